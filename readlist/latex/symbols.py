"""Single symbols and accents, as pylatexenc knows them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from readlist.latex.tables import CHARACTERS, MATH_ACCENTS, SPACES


@lru_cache(maxsize=1)
def _converter() -> object:
    """Return pylatexenc's converter, made when first needed: its tables take a while to build."""
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(keep_comments=True, strict_latex_spaces=True)


@lru_cache(maxsize=1)
def _macros() -> object:
    """Return what pylatexenc knows of macros, made once: it would be made anew for each text."""
    from pylatexenc.latexwalker import get_default_latex_context_db

    return get_default_latex_context_db()


@lru_cache(maxsize=2048)
def _converted(tex: str) -> str:
    """Return what pylatexenc makes of a short piece of TeX; an empty text if it knows nothing of it."""
    from pylatexenc.latex2text import LatexNodes2Text

    converter = _converter()
    assert isinstance(converter, LatexNodes2Text)
    try:
        return str(converter.latex_to_text(tex, tolerant_parsing=True, latex_context=_macros()))
    except Exception:  # noqa: BLE001 — whatever it stumbles over, the text is kept as it is
        return ""


def accented(sign: str, argument: str) -> str:
    """Return a letter with an accent; an empty text when that is not what it is."""
    letters = argument.strip()
    if letters in ("\\i", "\\j"):
        letters = letters[1]
    if not letters or not letters[0].isalpha() or len(letters) > 2:  # noqa: PLR2004 — a tie stands over two
        return ""
    return _converted(f"\\{sign}{{{letters}}}").strip()


def greek_accented(name: str, letter: str) -> str:
    """Return a Greek letter with an accent of math, as Greek words are written in TeX; empty when it is none."""
    if name not in MATH_ACCENTS or len(letter) != 1 or letter.isascii():
        return ""
    found = unicodedata.normalize("NFC", letter.replace("ϵ", "ε") + MATH_ACCENTS[name])
    return found if len(found) == 1 else ""


def character(name: str) -> str | None:
    """Return the character that a macro stands for; None when pylatexenc knows none."""
    known = SPACES.get(name, CHARACTERS.get(name))
    if known is not None:
        return known
    if name in ("input", "include"):  # pylatexenc would look for a file
        return None
    text = _converted(f"\\{name}{{}}").strip() or _converted(f"\\{name}").strip()
    return text if text and not set("\\<") & set(text) else None
