"""Signs that every font and every encoding has, in the place of those that the screen is usually drawn with."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PLAIN: Final = str.maketrans(
    {
        "○": "o", "◔": "q", "◐": "r", "◑": "s", "●": "x", "★": "*", "☆": ".", "✎": '"', "✓": "=", "▌": ">", "…": "~",
        "↑": "^", "↓": "v", "←": "<", "→": ">", "•": "*", "‣": "*", "◦": "o",
    }
    | dict.fromkeys("▏▎▍▕│┃║▐", "|")
    | dict.fromkeys("─━═▔▁▂▃▀▄", "-")
    | dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╔╗╚╝", "+")
    | dict.fromkeys("▊▉█▓▒░▅▆▇▋■▪", "#")
)  # fmt: skip
"""Glyphs of ours and of Textual's borders and bars, each with a sign of one cell too."""

_SPELT: Final = str.maketrans(
    dict.fromkeys("·•", ".") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’‚′", "'") | dict.fromkeys("“”„″", '"')
    | {"×": "x", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "Đ": "D"}
)  # fmt: skip
"""Punctuation and letters that are no letter with an accent, for encodings that have none of them."""

_POOR: Final = frozenset({"linux", "dumb", "vt100", "vt220", "cons25"})
"""Terminals, as `TERM` names them, whose fonts have some hundred characters."""


def needs_plain_signs(wanted: str, environ: Mapping[str, str], encoding: str) -> bool:
    """Whether the screen is to be drawn with plain signs.

    Args:
        wanted: What the settings say: `ascii`, `unicode`, or `auto` for what the terminal can show.
        environ: The environment, of which `TERM` names the terminal.
        encoding: How the terminal's text is encoded.
    """
    if wanted != "auto":
        return wanted == "ascii"
    return environ.get("TERM", "") in _POOR or not _is_unicode(encoding)


def _is_unicode(encoding: str) -> bool:
    """Whether an encoding has every character."""
    try:
        return codecs.lookup(encoding).name.startswith("utf")
    except LookupError:
        return True


class PlainSigns(LineFilter):
    """Puts plain signs in the place of glyphs, whatever draws them; a cell stays a cell."""

    def __init__(self, encoding: str) -> None:
        """Take the encoding, in which what remains must be possible to write."""
        super().__init__()
        self._encoding = "utf-8" if _is_unicode(encoding) else encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 — Textual's signature
        """Return segments of the same widths."""
        return [
            segment if segment.text.isascii() else Segment(_plain(segment.text, self._encoding), segment.style)
            for segment in segments
        ]


@lru_cache(4096)
def _plain(text: str, encoding: str) -> str:
    """Return a text without glyphs, and with `?` for what the encoding does not have."""
    signed = text.translate(_PLAIN)
    if encoding == "utf-8" or signed.isascii():
        return signed
    return "".join(_encodable(char, encoding) for char in unicodedata.normalize("NFC", signed))


def _encodable(char: str, encoding: str) -> str:
    """Return a character, what it is spelt with, its letter without accents, or question marks: what can be written."""
    for one in (char, char.translate(_SPELT), unicodedata.normalize("NFKD", char)[:1]):
        try:
            one.encode(encoding)
        except UnicodeEncodeError:
            continue
        return set_cell_size(one, cell_len(char))
    return "?" * cell_len(char)
