"""Inline marks of HTML, JATS and Markdown in titles and abstracts: taken out for the eye, or put into TeX or HTML.

Programs that keep plain text put `<i>`, `<sub>` and the like into it: Zotero and CSL (docs.citationstyles.org, "rich
text"), publishers with JATS, databases with entities.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

from msgspec import Struct, field

from readlist.latex import readable
from readlist.latex.scripts import raised
from readlist.text import safe_line

_NAMES: Final = (
    r"(?:jats:)?(?:p|br|i|b|u|em|strong|sub|sup|span|sc|div|ul|ol|li|h[1-6]|a|tt|code|italic|bold|title|sec|list|scp)"
    r"|mml:[a-z]+|math|mi|mn|mo|mrow|msub|msup|msubsup|mtext|mspace|mstyle|mover|mfrac|msqrt"
)
_ATTRIBUTE: Final = r"""\s+[\w:-]{1,40}\s*=\s*(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s"'<>=]{1,300})"""
_TAG: Final = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES})(?P<rest>(?:{_ATTRIBUTE}){{0,9}})\s*/?>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_LESS, _MORE = (
    rf"(?:\{{\\text{name}\}}|\\text{name}(?:\{{\}}|\s)|\{{?\${sign}\$\}}?)"
    for name, sign in (("less", "<"), ("greater", ">"))
)
_HIDDEN: Final = re.compile(rf"{_LESS}(/?[A-Za-z][^{{}}\\<>$]{{0,60}}?){_MORE}|\\(&(?:#\d{{1,7}}|[A-Za-z]{{2,8}});)")
"""Tags and entities that a program took for text when it wrote TeX: Mendeley has `{\\textless}i{\\textgreater}`."""
_MATH: Final = re.compile(r"\$[^$]*\$")
_LESS_IN_MATH: Final = "\ue00b"
"""Stands for `<` in math while tags are sought."""
_BREAKS: Final = frozenset(("p", "br", "div", "li", "sec", "title", "h1", "h2", "h3"))
_STYLES: Final = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sub": "sub", "sup": "sup", "sc": "sc",
    "scp": "sc", "tt": "tt", "code": "tt", "msub": "", "msup": "",
}  # fmt: skip
"""What the names of tags mean; the others mean nothing here."""
_TEX: Final = {
    "i": r"\textit{%s}", "b": r"\textbf{%s}", "sub": r"\textsubscript{%s}", "sup": r"\textsuperscript{%s}",
    "sc": r"\textsc{%s}", "tt": r"\texttt{%s}", "nocase": "{%s}",
}  # fmt: skip
_HTML: Final = {
    "i": "<i>%s</i>", "b": "<b>%s</b>", "sub": "<sub>%s</sub>", "sup": "<sup>%s</sup>",
    "sc": '<span style="font-variant:small-caps;">%s</span>', "nocase": '<span class="nocase">%s</span>',
}  # fmt: skip
"""What processors of citations know."""
_EMPHASIS: Final = re.compile(r"(?<![\w*\\$])(\*{1,2})(?=\w)([^*\n$]{1,300})(?<=[\w.!?)])\1(?![\w*$])")
_DEEPEST: Final = 12
"""Marks in marks beyond this many are left out."""


class _Node(Struct):
    """A mark with what stands in it; the whole text has none."""

    name: str = ""
    style: str = ""
    parts: list[str | _Node] = field(default_factory=list)


def is_marked(text: str) -> bool:
    """Whether there is a tag or an entity in a text."""
    if not ("<" in text or "&" in text or "\\textless" in text):
        return False
    text = _unhidden(text)
    return ("<" in text and _TAG.search(text) is not None) or ("&" in text and _ENTITY.search(text) is not None)


def _unhidden(text: str) -> str:
    """Return a text with tags and entities for those that TeX hides, and none in math, where `<` is a relation."""
    if "\\textless" in text or "$<" in text or ("\\&" in text and ";" in text):
        text = _HIDDEN.sub(_as_mark, text)
    return _MATH.sub(_as_relation, text) if "$" in text and "<" in text else text


def _as_mark(found: re.Match[str]) -> str:
    """Return the tag or entity that is hidden in TeX, if it is one."""
    if found[2]:
        return found[2]
    tag = f"<{found[1]}>"
    return tag if _TAG.fullmatch(tag) else found[0]


def _as_relation(math: re.Match[str]) -> str:
    """Return math without tags; what stands between two prices may have some."""
    return math[0] if "</" in math[0] else math[0].replace("<", _LESS_IN_MATH)


def emphasised(text: str) -> str:
    """Return a title with tags instead of Markdown's asterisks around words."""
    if "*" not in text:
        return text
    return _EMPHASIS.sub(lambda found: f"<{_SIGNS[found[1]]}>{found[2]}</{_SIGNS[found[1]]}>", text)


_SIGNS: Final = {"*": "i", "**": "b"}


def shown(raw: str) -> str:
    """Return a title as one readable line: without marks, its LaTeX in Unicode."""
    return safe_line(readable(plain(emphasised(raw))))


def tagged(raw: str, title: str) -> str:
    """Return a title as its source wrote it, with tags for Markdown's asterisks if it was read so.

    Args:
        raw: As the source wrote it.
        title: As it was read; a source of TeX has no Markdown.
    """
    return emphasised(raw) if "*" in raw and shown(raw) == title else raw


def plain(text: str) -> str:
    """Return a text without its marks, what is raised and lowered in Unicode's characters where there are such."""
    return _written(text, _raised_for_the_eye, lines=True) if is_marked(text) else text


def as_tex(text: str) -> str:
    """Return a text with TeX's macros for its marks; everything else in it is left to be escaped."""
    return _written(text, _as_macro) if is_marked(text) else text


def _as_macro(style: str, inner: str) -> str:
    """Return what stands in a mark in a macro, unless a brace in it has no partner and would end the macro."""
    depth = 0
    for char in inner:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return inner
    return inner if depth else _TEX[style] % inner


def as_html(text: str) -> str:
    """Return a text with those marks only that processors of citations know."""
    return _written(text, lambda style, inner: _HTML.get(style, "%s") % inner, keep=True) if is_marked(text) else text


def _raised_for_the_eye(style: str, inner: str) -> str:
    """Return what stands in a mark, as the eye reads it."""
    return raised("^" if style == "sup" else "_", inner) if style in ("sub", "sup") else inner


def _written(text: str, mark: Callable[[str, str], str], *, lines: bool = False, keep: bool = False) -> str:
    """Return a text whose marks are written otherwise.

    Args:
        text: What has marks.
        mark: Returns what stands for a style and what is in it.
        lines: Whether tags that begin a line do so; else they are blanks.
        keep: Whether signs that HTML reads as marks stay entities.
    """

    def written(node: _Node) -> str:
        inner = "".join(part if isinstance(part, str) else written(part) for part in node.parts)
        return mark(node.style, inner) if node.style and inner.strip() else inner

    whole = _parsed(_unhidden(text), "\n" if lines else " ", _as_it_stands if keep else _resolved)
    made = written(whole).replace(_LESS_IN_MATH, "&lt;" if keep else "<")
    return made if made.strip() else text  # of which nothing would be left


def _resolved(text: str) -> str:
    """Return a text with characters for its entities."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _as_it_stands(text: str) -> str:
    """Return a text in which only the entities stay that HTML needs."""
    return _ENTITY.sub(lambda found: escape(unescape(found[0]), quote=False), text) if "&" in text else text


def _parsed(text: str, end_of_line: str, words: Callable[[str], str]) -> _Node:
    """Return the tree of a text's marks; one that is never closed, or closed only, is left out."""
    stack = [_Node()]
    at = 0
    for tag in _TAG.finditer(text):
        stack[-1].parts.append(words(text[at : tag.start()]))
        at = tag.end()
        name = tag["name"].lower().removeprefix("jats:").removeprefix("mml:")
        if name in _BREAKS:
            stack[-1].parts.append(end_of_line)
        elif tag["end"]:
            _close(stack, name)
        elif not tag[0].endswith("/>") and len(stack) <= _DEEPEST:
            stack.append(_Node(name, _style(name, tag["rest"].lower())))
    stack[-1].parts.append(words(text[at:]))
    while len(stack) > 1:
        _give_up(stack)
    return stack[0]


def _style(name: str, rest: str) -> str:
    """Return what a tag means."""
    if name == "span":
        return "nocase" if "nocase" in rest else "sc" if "small-caps" in rest else ""
    return _STYLES.get(name, "")


def _close(stack: list[_Node], name: str) -> None:
    """Close the mark of that name that was opened last, if there is one."""
    if all(node.name != name for node in stack[1:]):
        return
    while stack[-1].name != name:
        _give_up(stack)
    node = stack.pop()
    stack[-1].parts.append(node)


def _give_up(stack: list[_Node]) -> None:
    """Take what stands in the mark that was opened last for a part of what stands around it."""
    node = stack.pop()
    stack[-1].parts.extend(node.parts)
