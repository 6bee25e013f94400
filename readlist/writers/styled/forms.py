"""The forms of a finished citation: plain text, Markdown, HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from readlist.writers.styled.marked import MARKUP, shown

FORMS: Final = ("plain", "markdown", "html")
"""The names of the forms."""

_ADDRESS: Final = re.compile(r"https?://[^\s“”‘’\"'`|\\^{}<>\U0010fe00-\U0010feff]+")
_PIECE: Final = re.compile("([" + "".join(MARKUP) + "])")
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_LINE_START: Final = re.compile(r"^(\d+(?=[.)])|(?=[-+=>:]))")
_HTML: Final = {
    "italic": "<i>", "bold": "<b>", "raised": "<sup>", "lowered": "<sub>",
    "caps": '<span style="font-variant: small-caps">',
}  # fmt: skip
_MARKDOWN: Final = {"italic": "*", "bold": "**"}


def document(citations: Iterable[str], form: str) -> Iterator[str]:
    """Yield finished citations in one of the forms, piece by piece; nothing for no citations.

    - plain: a line each, without italics
    - markdown: a paragraph each
    - html: a fragment to put into a page
    """
    number = 0
    for number, citation in enumerate(citations, 1):
        if form == "plain":
            yield plain(citation) + "\n"
        elif form == "markdown":
            yield ("\n" if number > 1 else "") + markdown(citation) + "\n"
        else:
            opening = '<div class="csl-bib-body">\n' if number == 1 else ""
            yield f'{opening}  <div class="csl-entry">{as_html(citation)}</div>\n'
    if form == "html" and number:
        yield "</div>\n"


def plain(citation: str) -> str:
    """Return a citation without markup."""
    return shown(_PIECE.sub("", citation))


def as_html(citation: str) -> str:
    """Return a citation as HTML, addresses as links."""
    found = []
    for piece in _PIECE.split(citation):
        kind = MARKUP.get(piece)
        if kind is None:
            found.append(_linked(piece, html.escape, lambda at: f'<a href="{html.escape(at)}">{html.escape(at)}</a>'))
        elif kind.startswith("/"):
            found.append("</span>" if kind == "/caps" else _HTML[kind[1:]].replace("<", "</"))
        else:
            found.append(_HTML[kind])
    return "".join(found)


def markdown(citation: str) -> str:
    """Return a citation as Markdown, in which nothing of a paper is taken for markup."""
    found: list[str] = []
    pieces = _PIECE.split(citation)
    for number, piece in enumerate(pieces):
        kind = MARKUP.get(piece)
        if kind is None:
            found.append(_linked(piece, _escaped, lambda at: f"<{at}>"))
        elif kind.strip("/") in _MARKDOWN and _can_be_told(pieces, number):
            found.append(_MARKDOWN[kind.strip("/")])
        elif kind in ("raised", "lowered", "/raised", "/lowered"):
            tag = "sup" if kind.endswith("raised") else "sub"
            found.append(f"<{'/' if kind.startswith('/') else ''}{tag}>")
    return _LINE_START.sub(r"\1\\", "".join(found))


def _escaped(text: str) -> str:
    """Return text in which Markdown finds nothing of its own."""
    return _SPECIAL.sub(r"\\\1", text)


def _can_be_told(pieces: list[str], at: int) -> bool:
    """Whether Markdown takes the mark of this piece and of its partner for emphasis (CommonMark, 6.2).

    A mark must touch a letter on its inner side, or have no letter on its outer side.
    """
    kind = MARKUP[pieces[at]]
    if kind.startswith("/"):
        begin = max(number for number in range(at) if MARKUP.get(pieces[number]) == kind[1:])
        end = at
    else:
        begin = at
        ends = (number for number in range(at, len(pieces)) if MARKUP.get(pieces[number]) == f"/{kind}")
        end = next(ends, len(pieces) - 1)
    text = "".join(piece for piece in pieces[begin:end] if piece not in MARKUP)
    before = "".join(piece for piece in pieces[:begin] if piece not in MARKUP)[-1:]
    after = "".join(piece for piece in pieces[end:] if piece not in MARKUP)[:1]
    if not text or text != text.strip():
        return False
    return (text[0].isalnum() or not before.isalnum()) and (text[-1].isalnum() or not after.isalnum())


def _linked(text: str, escape: Callable[[str], str], link: Callable[[str], str]) -> str:
    """Return text with its addresses made links and the rest escaped."""
    found = []
    at = 0
    for address in _ADDRESS.finditer(text):
        end = address.start() + len(_without_tail(address[0]))
        found += [escape(shown(text[at : address.start()])), link(text[address.start() : end])]
        at = end
    return "".join([*found, escape(shown(text[at:]))])


def _without_tail(address: str) -> str:
    """Return an address without the punctuation of the sentence that it stands in."""
    while address[-1] in ".,;:!?" or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
