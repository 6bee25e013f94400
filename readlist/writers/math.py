"""Math between dollars: kept only if TeX is sure to set it, and it can do nothing else."""

from __future__ import annotations

import re
from typing import Final

from readlist.writers.tex_tables import MATH_PAIRS, MATH_SCRIPTS, MATH_STYLES, MATH_SYMBOLS

_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|.")
_SIGNS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-*/=<>().,|!:;[]?@")
_SPACES: Final = frozenset((" ", "\\,", "\\;", "\\:", "\\!", "\\ "))
BLANK: Final = "\\ "
"""A blank in math."""
_BY_ITSELF: Final = {
    "boldsymbol": "mathbf", "bm": "mathbf", "mathscr": "mathcal", "dfrac": "frac", "tfrac": "frac", "pmb": "mathbf",
    "lvert": "vert", "rvert": "vert", "lVert": "Vert", "rVert": "Vert",
}  # fmt: skip
"""Macros of packages, and those of LaTeX itself that come nearest."""
_STYLES: Final = re.compile(rf"\\({'|'.join(_BY_ITSELF)})(?![A-Za-z])")
_WORDS: Final = re.compile(r"\\(?:text(?:rm|normal|up)?|operatorname\*?)\s?\{([A-Za-z0-9 .,:;()+-]{1,60})\}")
_CLOSING: Final = {"{": "}", "\\{": "\\}"}  # BibTeX counts both kinds of braces
_DEPTH: Final = 12
"""How deep groups may stand in groups."""


class _NotHarmlessError(Exception):
    """The math is not of the kind that may be kept."""


class _Math:
    """Reads math piece by piece and stops at the first that is not allowed, or that TeX would stumble over."""

    def __init__(self, text: str) -> None:
        self._pieces: list[str] = _TOKEN.findall(text)
        self._at = 0

    def whole(self) -> None:
        """Read everything."""
        self._list("", 0)

    def _next(self) -> str:
        if self._at == len(self._pieces):
            raise _NotHarmlessError
        self._at += 1
        return self._pieces[self._at - 1]

    def _is_next(self, piece: str) -> bool:
        return self._at < len(self._pieces) and self._pieces[self._at] == piece

    def _list(self, end: str, depth: int) -> None:
        """Read up to `end`, which is what closes a group, or nothing for the end of the math."""
        if depth > _DEPTH:
            raise _NotHarmlessError
        scripts = ""
        while end or self._at < len(self._pieces):
            piece = self._next()
            if piece == end:
                return
            if piece in ("^", "_", "'"):
                scripts += self._script(piece, scripts, depth)
            elif piece != " ":
                scripts = ""
                self._atom(piece, depth)

    def _script(self, piece: str, scripts: str, depth: int) -> str:
        """Read a script or primes; which one it was, since TeX allows each once."""
        kind = "^" if piece == "'" else piece
        if kind in scripts:
            raise _NotHarmlessError
        if piece != "'":
            self._argument(depth, MATH_SCRIPTS)
            return kind
        while self._is_next("'"):
            self._at += 1
        return "" if self._is_next("^") else kind  # a script that follows primes joins them

    def _atom(self, piece: str, depth: int) -> None:
        """Read what can bear a script."""
        if piece in _CLOSING:
            self._list(_CLOSING[piece], depth + 1)
        elif piece[0] == "\\" and piece[1:] in MATH_STYLES:
            self._argument(depth, MATH_SYMBOLS)
        elif piece[0] == "\\" and piece[1:] in MATH_PAIRS:
            self._argument(depth, MATH_SYMBOLS)
            self._argument(depth, MATH_SYMBOLS)
        elif not (piece in _SIGNS or piece in _SPACES or (piece[0] == "\\" and piece[1:] in MATH_SYMBOLS)):
            raise _NotHarmlessError

    def _argument(self, depth: int, macros: frozenset[str]) -> None:
        """Read a group, one character, or one macro of those."""
        piece = self._next()
        while piece == " ":
            piece = self._next()
        if piece == "{":
            self._list("}", depth + 1)
        elif not (piece in "+-*" or (piece.isascii() and piece.isalnum()) or piece[1:] in macros):
            raise _NotHarmlessError


def is_harmless(math: str) -> bool:
    """Whether math (without its dollars) uses known macros only and is what TeX sets without an error."""
    if not math.isascii() or not math.strip():
        return False
    try:
        _Math(math).whole()
    except _NotHarmlessError:
        return False
    return True


def settable(math: str) -> str | None:
    r"""Return math (without its dollars) as TeX sets it without a package; None if it is not harmless.

    `\text{fb}`, `\operatorname{Tr}`, `\boldsymbol{x}` and the like are written with macros that LaTeX has by itself.
    """
    if is_harmless(math):
        return math
    known = _WORDS.sub(lambda found: f"\\mathrm{{{found[1].replace(' ', BLANK)}}}", math)
    known = _STYLES.sub(lambda found: f"\\{_BY_ITSELF[found[1]]}", known).replace("~", BLANK)
    return known if known != math and is_harmless(known) else None


def looks_like_math(text: str) -> bool:
    """Whether what stands between two dollars is rather math than the words between two prices."""
    return "\\" in text or not set("^_{}").isdisjoint(text) or text.strip().isalnum()
