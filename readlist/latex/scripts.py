"""What is raised or lowered, in Unicode's characters."""

from __future__ import annotations

from readlist.latex.tables import SUBSCRIPTS, SUPERSCRIPTS


def raised(sign: str, text: str) -> str:
    """Return a script in Unicode's raised or lowered characters, or with its sign where there are none."""
    table = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    if text in ("′", "*", "†", "∘", "°"):
        return {"∘": "°"}.get(text, text)
    if text and all(char in table for char in text):
        return "".join(table[char] for char in text)
    if not text:
        return ""
    return sign + (text if text.isalnum() or len(text) == 1 else f"({text})")
