"""Text made safe for a .bib file: nothing in it is a command, and every brace has its partner.

Characters that TeX cannot read as they are go through pylatexenc, one by one and only once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from readlist.text import safe_line
from readlist.writers.tex_tables import (
    ABOVE,
    ASCII,
    BELOW,
    LONE_ACCENTS,
    MATH_STYLES,
    MATH_SYMBOLS,
    PUNCTUATION,
    TEXT_MACROS,
    UTF8,
)

_SPECIAL: Final = re.compile(r"[%&#_$^{}\\~<>|@]")
_MARKED: Final = re.compile("(.?)([\u0300-\u036f]+)", re.DOTALL)
_LIGATURE: Final = re.compile("[\ufb00-\ufb06]")
_DOTLESS: Final = re.compile("\u0131(?=[\u0300-\u030c])")
_BY_LETTER: Final = re.compile(r"\{\\[a-zA-Z]\{")
"""An accent such as `\\d`: biber makes a character of it in any case."""
_BLOCK: Final = re.compile(r"@(?=(?:\w*[ \t]*@)*\w*[ \t]*[{(])")
_MACRO: Final = re.compile(r"\\([A-Za-z]+)")
_ON_LETTER: Final = re.compile(r"\\([`'^\"~=.])\{([A-Za-z])\}")
_MATH: Final = re.compile(r"\\ensuremath\{(.*)\}")


@lru_cache(maxsize=1)
def readable_in_utf8() -> frozenset[str]:
    """Return the characters beyond ASCII that pdflatex reads as they are."""
    found: set[str] = set()
    for part in UTF8.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


class _Escapes(dict[int, str]):
    """Characters and what stands for them in a .bib file, worked out when first met."""

    def __init__(self, *, unicode: bool) -> None:
        super().__init__({ord(char): text for char, text in ASCII.items()})
        self._unicode = unicode

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char.isascii() or (self._unicode and char in readable_in_utf8())
        found = char if kept else _escaped(char)
        if self._unicode and _BY_LETTER.match(found):
            found = char
        self[code] = found
        return found


_ESCAPES: Final = {False: _Escapes(unicode=False), True: _Escapes(unicode=True)}


def _escaped(char: str) -> str:
    """Return what stands for one character; one that TeX has no macro for is kept."""
    if char in PUNCTUATION:
        return PUNCTUATION[char]
    apart = unicodedata.normalize("NFD", char)
    base = _escaped(apart[0]) if apart[1:] and not apart[0].isascii() else apart[0]  # Greek Ά is written like A
    accented = _accented(base, apart[1:]) if len(base) == 1 else ""
    if accented:
        return accented
    known = _known(_from_pylatexenc(char))
    if known:
        return known
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char and compatible.isascii() and compatible.isalnum():
        sign = {"<super>": "^", "<sub>": "_"}.get(unicodedata.decomposition(char).split(" ")[0], "")
        return f"{{${sign}{{{compatible}}}$}}" if sign else compatible
    if unicodedata.combining(char) and char in ABOVE:
        return LONE_ACCENTS.get(char, "")
    return char


def _accented(base: str, marks: str) -> str:
    """Return a letter with its accents, those below around those above; nothing when TeX has no such accents."""
    if not (marks and base.isascii() and base.isalpha()):
        return ""
    if not all(mark in ABOVE or mark in BELOW for mark in marks):
        return ""
    names = [ABOVE[mark] for mark in marks if mark in ABOVE] + [BELOW[mark] for mark in marks if mark in BELOW]
    written = base
    for name in names:
        written = accent(name, written)
    return f"{{{written}}}"


def accent(name: str, inner: str) -> str:
    r"""Return an accent on a letter, or on a letter that has one already.

    Biber turns a letter with an accent into a character, and where there is no such character, or the letter has an
    accent already, into something that TeX cannot set; it leaves the accent alone if the letter is in two braces, of
    which it takes one. (After `\d` or `\v` it takes even a brace for the letter: that is beyond biber 2.18.)
    """
    if len(inner) > 1 or not _is_character(name, inner):
        return f"\\{name}{{{inner}}}" if name.isalpha() else f"\\{name}{{{{{inner}}}}}"
    return f"\\{name}{{{inner}}}" if name.isalpha() else f"\\{name}{inner}"


@lru_cache(maxsize=1024)
def _is_character(name: str, letter: str) -> bool:
    """Whether a letter with an accent is a character that pdflatex reads as it is."""
    mark = next((mark for mark, accents in (*ABOVE.items(), *BELOW.items()) if accents == name), "")
    return unicodedata.normalize("NFC", letter + mark) in readable_in_utf8()


def _from_pylatexenc(char: str) -> str:
    """Return what pylatexenc makes of a character; the character when it knows none."""
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    encoder = UnicodeToLatexEncoder(
        unknown_char_policy="keep", replacement_latex_protection="none", unknown_char_warning=False
    )
    return str(encoder.unicode_to_latex(char))


def _known(found: str) -> str:
    """Return pylatexenc's macros as they are written here; nothing when LaTeX needs more than itself for them."""
    if not found.isascii():
        return ""
    math = _MATH.fullmatch(found)
    if math:
        known = set(_MACRO.findall(math[1])) <= MATH_SYMBOLS | MATH_STYLES
        return f"{{${math[1]}$}}" if known else ""
    on_letter = _ON_LETTER.fullmatch(found)
    if on_letter:
        return f"{{{accent(on_letter[1], on_letter[2])}}}"
    if "{}" in found or not set(_MACRO.findall(found)) <= TEXT_MACROS:
        return ""
    return found if found.isalnum() else f"{{{found}}}"


def escape(text: str, *, unicode: bool = False) -> str:
    """Return `text` as it stands in a .bib file: the same words, none of them a command.

    Args:
        text: Readable text.
        unicode: Whether letters that pdflatex reads in UTF-8 stay as they are.
    """
    return guarded(escape_piece(composed(text), unicode=unicode))


def composed(text: str) -> str:
    """Return one safe line in which letters and accents are one character wherever there is one, ligatures are not."""
    safe = safe_line(text)
    if safe.isascii():
        return safe
    safe = _DOTLESS.sub("i", safe)
    return _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", safe))


def escape_piece(text: str, *, unicode: bool = False) -> str:
    """Return a piece of composed text escaped; what is put together of pieces goes through `guarded`."""
    if text.isascii():
        return text.translate(_ESCAPES[unicode]) if _SPECIAL.search(text) else text
    escapes = _ESCAPES[unicode]
    if not _MARKED.search(text):
        return text.translate(escapes)
    written, at = [], 0
    for found in _MARKED.finditer(text):
        written += [text[at : found.start()].translate(escapes)]
        accented = _accented(found[1], found[2])
        if not accented or (unicode and _BY_LETTER.match(accented)):
            accented = found[0].translate(escapes)
        written += [accented]
        at = found.end()
    return "".join([*written, text[at:].translate(escapes)])


def guarded(written: str) -> str:
    """Return escaped text in which no parser that is in a hurry sees an entry begin (`@misc{`)."""
    return _BLOCK.sub("{@}", written) if "@" in written else written


def verbatim(text: str) -> str:
    r"""Return an identifier or address as it stands where TeX reads it verbatim, with nothing in it that steers TeX.

    Macros such as `\url` print what they are given, so nothing is escaped: what is dangerous is percent-encoded.
    """
    from urllib.parse import quote

    return quote(safe_line(text), safe="%/:;()<>._-~+=?&,!*'[]")


def unsettable(text: str) -> str:
    """Return the characters of a written .bib file that pdflatex cannot set, each once, in their order."""
    if text.isascii():
        return ""
    return "".join(char for char in dict.fromkeys(text) if not char.isascii() and char not in readable_in_utf8())


def unsettable_in(pieces: Iterable[str]) -> str:
    """Return the same for a file that is written piece by piece."""
    return "".join(dict.fromkeys(char for piece in pieces for char in unsettable(piece)))
