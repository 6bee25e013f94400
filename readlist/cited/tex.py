r"""LaTeX: `\cite` and its family, with natbib's and biblatex's; `\input` is not followed, an .aux file knows it all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_VERBATIM: Final = "verbatim verbatim* Verbatim Verbatim* lstlisting minted comment filecontents filecontents*".split()

_TOKEN: Final = re.compile(
    r"(?P<begin>\\begin\s*\{(?P<name>" + "|".join(map(re.escape, _VERBATIM)) + r")\})"
    r"|(?P<verb>\\(?:verb|lstinline)\*?(?P<mark>[^A-Za-z\s*\[{]))"
    r"|(?P<false>\\iffalse(?![A-Za-z@]))"
    r"|(?P<end>\\end\s*\{document\})"
    r"|(?P<comment>%[^\n]*)"
    r"|\\(?P<sign>[^A-Za-z@])",
    re.DOTALL,
)
"""What must be looked at from left to right to know what is text."""

_COMMAND: Final = re.compile(r"\\(?P<name>[A-Za-z]*[cC]ite[A-Za-z]*|bibentry)\*?")

_ENDS_IN_CITE: Final = re.compile(r"(?:[A-Za-z]*[a-z])?[cC]ites?", re.ASCII)
r"""`\cite`, `\nocite`, `\parencite`, `\textcites`, `\onlinecite`, and the macros that people make."""

_NO_CITATION: Final = frozenset(("bibcite", "AtEveryCite", "AtNextCite", "AtEachCite", "ifcite", "newcites", "endcite"))
"""Names that end so and cite nothing."""

_BEGINS_WITH_CITE: Final = frozenset(
    "citep citet citealp citealt citeauthor citefullauthor citeyear citeyearpar citetitle citedate citeurl citefield "
    "citename citelist citenum citeonline citeA citeN citeNP citeANP citeauthorNP citefullauthorNP citeyearNP "
    "citeyearparNP citepalias citetalias citeposs citeasnoun citeaffixed citeyearless citetp citeptext citeauthoryear "
    "citeauthors citeps citets citeauthorfull".split()
)
"""Those of natbib, biblatex, apacite, harvard and revtex, in lower case at the beginning."""

_OTHERS: Final = frozenset("footcitetext footcitetexts defcitealias bibentry citeinline".split())
_VOLUMES: Final = frozenset(
    f"{name}{s}" for name in ("volcite", "pvolcite", "fvolcite", "ftvolcite", "svolcite", "tvolcite", "avolcite")
    for s in ("", "s")
)  # fmt: skip
"""Biblatex's commands that name a volume before the key."""

_BLANKS: Final = re.compile(r"[ \t]*\n?[ \t]*")
_KEYS: Final = re.compile(r"\{([^{}\\]*)\}")
_BRACKET: Final = re.compile(r"[\[\](){}]|\n[ \t]*\n")
_MOST: Final = 20
"""Brackets that a note may have: one that never ends must not cost the time of all that follows."""

_NO_KEY: Final = re.compile(r"[#\s\ufffd\0-\x1f]")


def keys(text: str) -> list[str]:
    """Return the keys that a LaTeX file cites, in order."""
    bare = _bare(text)
    found: list[str] = []
    for command in _COMMAND.finditer(bare):
        name = command["name"]
        if _cites(name):
            for group in _groups(bare, command.end(), many=name.endswith("s"), volume=name in _VOLUMES):
                found += [key for part in group.split(",") if (key := part.strip()) and not _NO_KEY.search(key)]
    return found


def _cites(name: str) -> bool:
    """Say whether a command is one that cites."""
    if name in _NO_CITATION:
        return False
    return bool(_ENDS_IN_CITE.fullmatch(name)) or name[0].lower() + name[1:] in _BEGINS_WITH_CITE or name in _OTHERS


def _groups(text: str, place: int, *, many: bool, volume: bool) -> Iterator[str]:
    """Yield the lists of keys that a command is given from a place on.

    Args:
        text: Without comments.
        place: Where the command's name ends.
        many: Whether it takes several lists, each with notes of its own.
        volume: Whether each list follows a volume in braces.
    """
    # biblatex's commands of several lists may begin with notes in parentheses for all of them.
    while many and (after := _note_end(text, place, "(")) is not None:
        place = after
    while True:
        start = _notes_end(text, place)
        if volume:
            volume_end = _note_end(text, start, "{")
            if volume_end is None:
                return
            start = _notes_end(text, volume_end)
        found = _KEYS.match(text, start)
        if found is None:
            return
        yield found[1]
        place = _BLANKS.match(text, found.end()).end()  # type: ignore[union-attr]  # it matches anywhere
        if not many or text[place : place + 1] not in ("[", "{"):
            return


def _notes_end(text: str, place: int) -> int:
    """Return where the notes in brackets end that stand from a place on, and the blanks after them."""
    while (after := _note_end(text, place, "[")) is not None:
        place = after
    return _BLANKS.match(text, place).end()  # type: ignore[union-attr]  # it matches anywhere


_CLOSING: Final = {"[": "]", "(": ")", "{": "}"}


def _note_end(text: str, place: int, opening: str) -> int | None:
    """Return where an argument ends that begins with this bracket after blanks; None where there is none.

    Braces within it nest, and hide brackets; it does not go beyond a paragraph.
    """
    place = _BLANKS.match(text, place).end()  # type: ignore[union-attr]  # it matches anywhere
    if text[place : place + 1] != opening:
        return None
    closing, depth, braces = _CLOSING[opening], 0, 0
    for count, bracket in enumerate(_BRACKET.finditer(text, place)):
        sign = bracket[0]
        if count == _MOST or sign.isspace():
            return None
        if sign == opening and (opening == "{" or not braces):
            depth += 1
        elif sign == closing and (opening == "{" or not braces):
            depth -= 1
            if not depth:
                return bracket.end()
        elif sign in "{}":
            braces += 1 if sign == "{" else -1
            if braces < 0:
                return None
    return None


def _bare(text: str) -> str:
    r"""Return a text without comments and what is set verbatim, and without the signs that a backslash makes plain.

    It ends with `\end{document}`.
    """
    pieces: list[str] = []
    place = 0
    never_ends: set[str] = set()
    while (token := _TOKEN.search(text, place)) is not None:
        pieces.append(text[place : token.start()])
        if token["end"]:
            return "".join(pieces)
        place = token.end()
        closing = _closing(token)
        if closing and closing not in never_ends:
            end = text.find(closing, place)
            line = text.find("\n", place, end) if token["verb"] and end >= 0 else -1
            if end >= 0 and line < 0:
                place = end + len(closing)
            elif not token["verb"]:
                never_ends.add(closing)
        pieces.append(" " if token["sign"] or closing else "")
    pieces.append(text[place:])
    return "".join(pieces)


def _closing(token: re.Match[str]) -> str:
    """Return what ends that which a token begins; nothing if it begins nothing."""
    if token["begin"]:
        return f"\\end{{{token['name']}}}"
    if token["verb"]:
        return token["mark"]
    return r"\fi" if token["false"] else ""
