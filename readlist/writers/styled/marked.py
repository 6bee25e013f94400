"""Text between a style and its final form: markup and what came from a paper are single characters of a private plane.

citeproc-py escapes nothing of what it is given, takes `<span class="nocase">` in a title for its own, and cannot tell
the quotation marks of a title from those that a style puts around it. What comes from papers is therefore hidden from
it, and shown again when everything is in its place.
"""

from __future__ import annotations

import re
from typing import Final

from readlist.text import safe_line

_FIRST: Final = 0x10FE00
_ITALIC, _NOT_ITALIC, _BOLD, _NOT_BOLD, _RAISED, _NOT_RAISED, _LOWERED, _NOT_LOWERED, _CAPS, _NOT_CAPS = (
    chr(_FIRST + number) for number in range(10)
)
END: Final = chr(_FIRST + 16)
"""Stands after a text that came from a paper."""

_LESS, _OPEN, _CLOSE, _STRAIGHT, _DOTS = (chr(_FIRST + 32 + number) for number in range(5))
_HIDDEN: Final = {"<": _LESS, "“": _OPEN, "”": _CLOSE, '"': _STRAIGHT, "…": _DOTS}
_HIDE: Final = str.maketrans({**_HIDDEN, **{chr(_FIRST + number): None for number in range(256)}})
_SHOW: Final = str.maketrans({hidden: shown for shown, hidden in _HIDDEN.items()})
_INNER: Final = {_OPEN: "‘", _CLOSE: "’", _STRAIGHT: "'"}

MARKUP: Final = {
    _ITALIC: "italic", _NOT_ITALIC: "/italic", _BOLD: "bold", _NOT_BOLD: "/bold", _RAISED: "raised",
    _NOT_RAISED: "/raised", _LOWERED: "lowered", _NOT_LOWERED: "/lowered", _CAPS: "caps", _NOT_CAPS: "/caps",
}  # fmt: skip
"""The characters of markup and what they mean; a slash ends it."""

_MARKS: Final = "[" + "".join(MARKUP) + END + "]"
_TWICE: Final = re.compile(rf"([.,;:])({_MARKS}+)\1")
_ENDED: Final = re.compile(rf"([?!])({_MARKS}+)[.,]")
_AFTER_QUOTE: Final = re.compile(rf"(.?)({_MARKS}*)”([.,])")


def hidden(text: str) -> str:
    """Return a text from a paper as a style may have it."""
    return safe_line(text).translate(_HIDE)


def shown(text: str) -> str:
    """Return a text that was hidden."""
    return text.translate(_SHOW)


def as_it_stands(text: str) -> str:
    """Return a hidden text that keeps its capitals whatever a style does with others (citeproc's own marking)."""
    return f'<span class="nocase">{text}</span>'


class Marking:
    """What citeproc-py calls a formatter: markup as characters, text as it is.

    The names are citeproc-py's.
    """

    @staticmethod
    def preformat(text: object) -> str:
        """Return a text as it is: it is escaped when everything is in its place."""
        return str(text)

    def __getattr__(self, name: str) -> object:
        """Return what sets a text in italics, in bold and so on; what has no marks leaves it as it is."""
        from citeproc.string import String

        before, after = {
            "Italic": (_ITALIC, _NOT_ITALIC), "Oblique": (_ITALIC, _NOT_ITALIC), "Bold": (_BOLD, _NOT_BOLD),
            "Superscript": (_RAISED, _NOT_RAISED), "Subscript": (_LOWERED, _NOT_LOWERED),
            "SmallCaps": (_CAPS, _NOT_CAPS),
        }.get(name, ("", ""))  # fmt: skip
        return lambda text: String(f"{before}{text}{after}")


def finished(text: str, *, style: str, inside_quotes: bool) -> str:
    """Return what a style made, its punctuation put right where citeproc-py or the style does not.

    - A full stop or comma goes inside closing quotation marks where the language has it so (CSL 1.0.2,
      `punctuation-in-quote`).
    - No mark stands twice where two parts meet, also with markup between them; after `?` and `!` at the end of a
      title there is neither full stop nor comma.
    - Quotation marks of a title become single ones when the title itself stands in quotation marks.
    - APA sets the dots for authors left out apart (manual, 9.8); IEEE puts a comma before a DOI (reference guide).
    """
    if style == "apa":
        text = text.replace("… ", ". . . ")
    elif style == "ieee":
        text = re.sub(r"\. +(doi: \S+)$", r", \1", text)
    text = _single_inside(text)
    if inside_quotes:
        text = _AFTER_QUOTE.sub(_moved_inside, text)
    text = _TWICE.sub(r"\1\2", text)
    text = _ENDED.sub(r"\1\2", text)
    text = re.sub(rf"({_MARKS}*) (?={_MARKS}* )", r"\1", text)
    return text.replace(END, "").strip()


def _moved_inside(found: re.Match[str]) -> str:
    """Return a closing quotation mark with what followed it before it."""
    last, marks, mark = found.groups()
    return f"{last}{marks}”" if last in ("?", "!", mark) else f"{last}{marks}{mark}”"


def _single_inside(text: str) -> str:
    """Return the text with the quotation marks of titles made single inside those of the style."""
    found = []
    depth = 0
    for char in text:
        depth = max(depth + (char == "“") - (char == "”"), 0)
        found.append(_INNER.get(char, char) if depth else char)
    return "".join(found)
