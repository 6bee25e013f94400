"""TeX that came in with a .bib file: what is harmless stays as it was written, everything else is escaped.

Writing what was written before changes nothing, so that a file that is read and written again stays the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from readlist.latex import readable
from readlist.latex.address import address
from readlist.latex.tables import SORTING
from readlist.writers.math import is_harmless, settable
from readlist.writers.tex import accent, composed, escape, escape_piece, guarded, verbatim
from readlist.writers.tex_tables import ACCENTS, ASCII, TEXT_MACROS, TEXT_STYLES, TEXT_SWITCHES

_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|[{}$%#&_^~\\]|[^\\{}$%#&_^~]+")
_SIGNS: Final = frozenset(r"\% \& \# \_ \$ \, \- \/".split()) | {"\\ "}
_BARE: Final = re.compile(r"[^\\{}^%#$\s]+")
"""What may stand in the argument of `\\url` or `\\path`."""
_VERBATIM: Final = re.compile(r"(?:[^\\{}^\s]|\\[_%&#$])*")
_UNREAD: Final = frozenset("\\$")
"""What is left in a formula that cannot be read, or is none."""
_BLANKS: Final = re.compile(" {2,}")
_LETTER: Final = re.compile("[A-Za-z]")
_MACRO_AT_END: Final = re.compile(r"\\[A-Za-z]+$")
_END: Final = re.compile(r"(?:\\? )+$")
_CYRILLIC: Final = re.compile("(?:cyr[a-z]+|CYR[A-Z]+)")
_ACCENTED: Final = re.compile(r"[A-Za-z]|\\[ij]$")
_VERBATIM_MACROS: Final = ("url", "path", "nolinkurl", "ensuremath")
_LEFT_OUT: Final = SORTING | {"raisebox"}
"""Macros that are left out with their argument: what defines them stands in no entry, or they move what follows."""
_DEPTH: Final = 30
"""How deep groups may stand in groups."""

_LINE_END: Final = "\ue00a"
"""Stands for a line's end while a field is one line."""
_AROUND_ENDS: Final = re.compile(f" *{_LINE_END} *")

OPAQUE: Final = "\ufffc"
"""What is seen of a piece that is no text: a formula, a group, a macro with its argument."""


_BACK: Final = {written: sign for sign, written in ASCII.items()}


class Unit(Struct, frozen=True):
    """A piece of a field that is not taken apart."""

    written: str
    """As it stands in the file."""
    seen: str
    """One character for each of the text that it is; `OPAQUE` for anything that is no text."""


@lru_cache(maxsize=4096)
def seen(written: str) -> str:
    """Return the character that a macro, a group or a formula stands for; `OPAQUE` when it is no single one."""
    if written in _BACK:
        return _BACK[written]
    if "$" in written or written.startswith("{{"):
        return OPAQUE
    if "\\" not in written:  # what was put in braces to be left alone
        return written[1] if len(written) == 3 and not written[1].isalnum() else OPAQUE  # noqa: PLR2004 — {@}
    shown = readable(written)
    return shown[0] if len(shown) == 1 or (shown and all(map(unicodedata.combining, shown[1:]))) else OPAQUE


class _Tokens:
    """The tokens of a field, and which of its braces are partners."""

    def __init__(self, raw: str) -> None:
        self.all = _TOKEN.findall(raw)
        self.partner: dict[int, int] = {}
        self.depth = 0
        """How deep the braces go."""
        opened: list[int] = []
        for number, piece in enumerate(self.all):
            if piece == "{":
                opened.append(number)
            elif piece == "}" and opened:
                self.depth = max(self.depth, len(opened))
                self.partner[opened.pop()] = number

    def text(self, begin: int, end: int) -> str:
        """Return what stands in the tokens from `begin` up to `end`."""
        return "".join(self.all[begin:end])


class _Reader:
    """Turns tokens into units."""

    def __init__(self, raw: str, *, unicode: bool, links: bool) -> None:
        self._tokens = _Tokens(raw)
        self._unicode = unicode
        self._links = links
        self.too_deep = self._tokens.depth > _DEPTH

    def units(self, begin: int = 0, end: int | None = None) -> Iterator[Unit]:
        """Yield the units of the tokens from `begin` up to `end`."""
        at, end = begin, len(self._tokens.all) if end is None else end
        while at < end:
            piece = self._tokens.all[at]
            if piece[0] == "\\" and len(piece) > 1:
                unit, at = self._macro(at, end)
                yield unit
            elif piece == "{" and at in self._tokens.partner:
                closing = self._tokens.partner[at]
                written = f"{{{self._joined(at + 1, closing)}}}"
                yield Unit(written, seen(written))
                at = closing + 1
            elif piece == "$":
                unit, at = self._math(at, end)
                yield unit
            else:
                yield from self._plain(piece)
                at += 1

    def _joined(self, begin: int, end: int) -> str:
        return joined(self.units(begin, end))

    def _plain(self, piece: str) -> Iterator[Unit]:
        """Yield the units of a piece that is no macro, group or formula."""
        if piece == "~":
            yield Unit("~", " ")
        elif piece in ASCII:
            yield Unit(ASCII[piece], piece)
        elif piece.isascii():
            written = [(char, escape_piece(char)) for char in piece]
            yield from (Unit(escaped, char) for char, escaped in written)
        else:
            for part in re.findall("[^\u0300-\u036f]?[\u0300-\u036f]*", piece):
                if part:
                    written_part = escape_piece(part, unicode=self._unicode)
                    # An accent without a letter comes back as a sign of its own.
                    alone = unicodedata.combining(part[0]) != 0
                    shown = OPAQUE if "$" in written_part else part[0]
                    yield Unit(written_part, seen(written_part) if alone else shown)

    def _math(self, at: int, end: int) -> tuple[Unit, int]:
        """Return a formula if it is harmless, else as text, or its dollar escaped; and where what follows begins."""
        tokens = self._tokens.all
        closing = next((n for n in range(at + 1, end) if tokens[n] == "$"), None)
        if closing is None:
            return Unit(ASCII["$"], "$"), at + 1
        inner = self._tokens.text(at + 1, closing)
        if (kept := settable(inner)) is not None:
            return Unit(f"${kept}$", seen(f"${kept}$")), closing + 1
        shown = readable(f"${inner}$") if "\\" in inner else ""
        written = escape(shown, unicode=self._unicode)
        if not shown or "$" in written or not _UNREAD.isdisjoint(shown):  # biber breaks formulas in words
            return Unit(ASCII["$"], "$"), at + 1
        return Unit(f"{{{written}}}", OPAQUE), closing + 1

    def _macro(self, at: int, end: int) -> tuple[Unit, int]:
        """Return a macro with its argument if it is harmless, else as text; and where what follows begins."""
        macro = self._tokens.all[at]
        name = macro[1:]
        if macro in _SIGNS or name in TEXT_MACROS or name in TEXT_SWITCHES or _CYRILLIC.fullmatch(name):
            return Unit(macro, name if macro in _SIGNS else seen(f"{{{macro}}}")), at + 1
        if name in _LEFT_OUT and at + 1 in self._tokens.partner:
            return Unit("", OPAQUE), self._tokens.partner[at + 1] + 1
        if name in ("{", "}", "\\"):
            return Unit(ASCII[name] if name != "\\" else " ", name), at + 1
        if name in _VERBATIM_MACROS:
            found = self._verbatim(name, at + 1)
        elif name == "href":
            found = self._link_text(at + 1)
        elif name in ACCENTS or name in TEXT_STYLES:
            found = self._with_argument(macro, at + 1, end)
        else:
            found = None
        if found:
            return found
        self._tokens.all[at] = name  # what follows the backslash is text
        return Unit(ASCII["\\"], "\\"), at

    def _verbatim(self, name: str, at: int) -> tuple[Unit, int] | None:
        """Return a macro whose argument TeX does not read as text, and where what follows begins."""
        if at not in self._tokens.partner:
            return None
        closing = self._tokens.partner[at]
        inner = self._tokens.text(at + 1, closing)
        if name != "ensuremath":
            return Unit(self._address("path" if name == "path" else "url", at + 1, closing), OPAQUE), closing + 1
        if is_harmless(inner):
            return Unit(f"\\{name}{{{inner}}}", OPAQUE), closing + 1
        return Unit(f"{{{self._joined(at + 1, closing)}}}", OPAQUE), closing + 1

    def _address(self, name: str, begin: int, end: int) -> str:
        """Return an address in the macro that sets it, or as text where TeX could stumble over it."""
        plain = address(self._tokens.text(begin, end))
        return f"\\{name}{{{plain}}}" if is_settable(plain) else f"{{{escape(plain, unicode=self._unicode)}}}"

    def _link_text(self, at: int) -> tuple[Unit, int] | None:
        r"""Return the words that a link stands on, its address behind them, and where what follows begins.

        `\href` itself needs a package that not every document has.
        """
        words = self._tokens.partner[at] + 1 if at in self._tokens.partner else at
        if words == at or words not in self._tokens.partner:
            return None
        closing = self._tokens.partner[words]
        text = f"{{{self._joined(words + 1, closing)}}}"
        address = self._address("url", at + 1, words - 1) if self._links else ""
        if self._tokens.text(at + 1, words - 1) == self._tokens.text(words + 1, closing):
            return Unit(address or text, OPAQUE), closing + 1
        return Unit(f"{text} ({address})" if address else text, OPAQUE), closing + 1

    def _with_argument(self, macro: str, at: int, end: int) -> tuple[Unit, int] | None:
        """Return a macro with what it is put on, if there is such a thing, and where what follows begins."""
        pieces, name = self._tokens.all, macro[1:]
        if at < end and pieces[at].isspace():
            at += 1
        if at < end and at in self._tokens.partner:
            closing = self._tokens.partner[at]
            inner = self._joined(at + 1, closing)
            if name in TEXT_STYLES:
                return Unit(f"{macro}{{{inner}}}", OPAQUE), closing + 1
            return self._accent(name, inner.strip(), closing + 1)
        following = pieces[at].lstrip() if at < end else ""
        if name not in ACCENTS or not _ACCENTED.match(following):
            return None
        letter = following if following[0] == "\\" else following[0]
        pieces[at] = following.removeprefix(letter)
        return self._accent(name, letter, at if pieces[at] else at + 1)

    def _accent(self, name: str, inner: str, after: int) -> tuple[Unit, int] | None:
        """Return an accent on a letter, which keeps its dot: LaTeX takes it away."""
        letter = inner.removeprefix("\\") if inner in ("\\i", "\\j") else inner
        while letter.startswith("{") and letter.endswith("}") and is_balanced(letter[1:-1]):
            letter = letter[1:-1]
        if not any(char.isalnum() for char in letter):
            return None
        written = accent(name, letter)
        return Unit(written, seen(f"{{{written}}}")), after


def raw_units(raw: str, *, unicode: bool = False, links: bool = True) -> list[Unit]:
    """Return a field as TeX wrote it, unit by unit, with everything escaped that could do harm.

    Args:
        raw: The field.
        unicode: Whether letters that pdflatex reads in UTF-8 stay as they are.
        links: Whether the addresses of links stay, behind their words.
    """
    reader = _Reader(composed(raw), unicode=unicode, links=links)
    if reader.too_deep:
        return [Unit(escape(readable(raw).replace("{", "").replace("}", ""), unicode=unicode), OPAQUE)]
    return list(reader.units())


def sanitised(raw: str, *, unicode: bool = False, lines: bool = False) -> str:
    """Return a field as TeX wrote it, with everything escaped that could do harm.

    Args:
        raw: The field.
        unicode: Whether letters that pdflatex reads in UTF-8 stay as they are.
        lines: Whether line breaks stay; else they are blanks, as they are to TeX.
    """
    if raw.isalnum() and raw.isascii():
        return raw
    if lines and "\n" in raw:
        return _AROUND_ENDS.sub("\n", sanitised(raw.replace("\n", _LINE_END), unicode=unicode)).strip()
    return trimmed(joined(raw_units(raw, unicode=unicode)))


def trimmed(written: str) -> str:
    """Return a field without blanks at its ends, and safe for parsers in a hurry."""
    return guarded(_END.sub("", written.lstrip()))


def joined(units: Iterable[Unit]) -> str:
    """Return units put together; a macro ends before a letter that was no letter of ASCII."""
    written: list[str] = []
    for unit in units:
        if _LETTER.match(unit.written) and written and _MACRO_AT_END.search(written[-1]):
            written.append("{}")
        written.append(unit.written)
    return _BLANKS.sub(" ", "".join(written))


def is_settable(plain: str) -> bool:
    r"""Whether an address can stand in `\url`: TeX reads some signs there in BibTeX's way or BibLaTeX's."""
    return _BARE.fullmatch(plain) is not None


def sanitised_address(raw: str) -> str:
    """Return a field that is read verbatim (an address, an identifier) as it was written, if that is harmless."""
    plain = composed(raw)
    plain = plain if _VERBATIM.fullmatch(plain) else address(plain)
    return plain if plain.isascii() and _VERBATIM.fullmatch(plain) and "@" not in plain else verbatim(plain)


def is_balanced(raw: str) -> bool:
    """Whether every brace has its partner, as BibTeX counts them, whatever stands before it."""
    depth = 0
    for char in raw:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0
