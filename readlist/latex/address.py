r"""Addresses and identifiers as TeX writes them, without what only TeX needs.

Programs disagree about which fields are verbatim: Mendeley writes `{\_}` and `{\%}` in every address, others `\_`,
`{~}`, `{\textasciitilde}` or `\url{…}`.
"""

from __future__ import annotations

import re
from typing import Final

# Not compiled before an address needs them: the first screen does not.
_WORDS: Final = {
    "textasciitilde": "~", "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_",
    "textasciicircum": "^", "textbackslash": "\\", "textquotesingle": "'", "textdollar": "$", "textendash": "--",
    "textbraceleft": "{", "textbraceright": "}", "sim": "~", "slash": "/", "ldots": "...",
}  # fmt: skip
_NAME: Final = "|".join(_WORDS)
_WRITTEN: Final = (
    rf"\$\\sim\$|\{{\\(?P<group>{_NAME})\s?(?:\{{\}})?\}}|\\(?P<bare>{_NAME})(?:\{{\}}|\s|(?![A-Za-z]))"
    r"|\{\\?(?P<braced>[_%&#$~^])(?:\{\})?\}|\\(?P<sign>[_%&#$]|~(?:\{\})?|\^(?:\{\}))"
)
_MACRO: Final = r"\s*\\(?:url|path|nolinkurl|href)\s*\{(.*?)\}(?:\s*\{.*\})?\s*"

_GROUP: Final = r"\{([\w.~-]*)\}"
"""Letters in braces, which keep their capitals in a title: no address has a brace that is not written as `%7B`."""


def address(raw: str) -> str:
    r"""Return what an address or identifier says, whatever signs of TeX stand in it: `a{\_}b` is `a_b`."""
    if "\\" not in raw and "{" not in raw and "$" not in raw:
        return raw.strip()
    plain = re.sub(_WRITTEN, _sign, raw)
    while plain.startswith("{") and plain.endswith("}"):
        plain = plain[1:-1].strip()
    named = re.fullmatch(_MACRO, plain)
    return re.sub(_GROUP, r"\1", named[1] if named else plain).strip()


def _sign(found: re.Match[str]) -> str:
    """Return the character that TeX writes so."""
    name = found["group"] or found["bare"]
    return _WORDS[name] if name else (found["braced"] or found["sign"] or "~")[0]
