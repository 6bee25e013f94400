"""Text made safe for a .bib file: nothing in it is a command, and every brace has its partner.

BibTeX counts braces and ignores backslashes, so that lone braces are written as macros (btxdoc, section 4).
Characters that TeX cannot read as they are go through pylatexenc, one by one and only once.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from readlist.latex import readable
from readlist.text import safe_line

_ASCII: Final = {
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}", "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}", "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
}  # fmt: skip
"""Characters of ASCII that mean something to TeX, or that its oldest fonts lack."""

_ACCENTS: Final = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
}  # fmt: skip
"""Combining characters and TeX's accents."""

_MATH: Final = re.compile(r"\$([^$\\{}]*(?:(?:\\[A-Za-z]+|[{}])[^$\\{}]*)*)\$(?!\d)")
_MATH_TEXT: Final = re.compile(r"[A-Za-z0-9\s+\-*/=<>().,^_{}|!:;'\[\]\\]+")
_MATH_MACROS: Final = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell infty partial "
    "nabla times cdot cdots ldots dots pm mp le leq ge geq neq ne approx sim simeq equiv to rightarrow leftarrow "
    "mapsto in subset subseteq cup cap forall exists sum prod int sqrt frac log exp min max sup inf lim hat tilde bar "
    "vec overline mathbb mathcal mathbf mathrm mathit mathsf star ast circ prime top perp langle rangle".split()
)
"""Macros that math in a title may use; none of them reads, writes or defines anything."""


class _Escapes(dict[int, str]):
    """Characters and what stands for them in a .bib file, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _escaped(chr(code))
        return found


_ESCAPES: Final = _Escapes({ord(char): text for char, text in _ASCII.items()})


def _escaped(char: str) -> str:
    """Return what stands for one character; scripts that TeX cannot write in ASCII are kept."""
    if char.isascii():
        return char
    apart = unicodedata.normalize("NFD", char)
    base, marks = apart[0], apart[1:]
    if base.isascii() and base.isalpha() and marks in _ACCENTS:
        accent = _ACCENTS[marks]
        return f"{{\\{accent}{{{base}}}}}" if accent.isalpha() else f"{{\\{accent}{base}}}"
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and plain.isascii() and plain.isalnum():
        sign = {"<super>": "^", "<sub>": "_"}.get(unicodedata.decomposition(char).split(" ")[0], "")
        return f"{{${sign}{{{plain}}}$}}" if sign else plain
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    encoder = UnicodeToLatexEncoder(
        unknown_char_policy="keep", replacement_latex_protection="none", unknown_char_warning=False
    )
    found = str(encoder.unicode_to_latex(char))
    return found if found == char or found.isalnum() else f"{{{found}}}"


def escape(text: str) -> str:
    """Return `text` as it stands in a .bib file: the same words, none of them a command."""
    return safe_line(text).translate(_ESCAPES)


def title(raw: str, shown: str) -> str:
    """Return a title as it stands in a .bib file; words that must keep their capitals are braced one by one.

    Math between dollars is kept when its braces balance and it uses known macros only.

    Args:
        raw: The title as its source wrote it.
        shown: The same as readable text.
    """
    pieces = _with_math(safe_line(raw))
    if len(pieces) == 1:
        return _capitals_kept(shown)
    return "".join(
        f"{{{piece}}}" if is_math else _capitals_kept(readable(piece), edge=True) for piece, is_math in pieces
    )


def _with_math(raw: str) -> list[tuple[str, bool]]:
    """Return the pieces of a title, and which of them are math that may be kept."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _MATH.finditer(raw):
        if _is_harmless(found[1]):
            pieces += [(raw[at : found.start()], False), (found[0], True)]
            at = found.end()
    return [*pieces, (raw[at:], False)]


def _is_harmless(math: str) -> bool:
    """Whether math may be kept as it is: known macros, balanced braces, and something to show."""
    depth = 0
    for char in math:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    macros = re.findall(r"\\([A-Za-z]*)", math)
    tex = bool(macros or set(math) & set("^_{}")) or math.strip().isalnum()
    scripts = re.search(r"[\^_]\s*(?:[\^_}]|$)|\^[^{}\\]\^|\^\^", math)
    return not depth and tex and not scripts and bool(_MATH_TEXT.fullmatch(math)) and set(macros) <= _MATH_MACROS


_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _capitals_kept(text: str, *, edge: bool = False) -> str:
    """Return escaped text with acronyms and words with inner capitals in braces."""
    safe = re.sub(r"\s+", " ", text) if edge else safe_line(text)
    found = []
    at = 0
    for word in _WORD.finditer(safe):
        found.append(safe[at : word.start()].translate(_ESCAPES))
        written = word[0].translate(_ESCAPES)
        found.append(f"{{{written}}}" if any(char.isupper() for char in word[0][1:]) else written)
        at = word.end()
    found.append(safe[at:].translate(_ESCAPES))
    return "".join(found)
