"""Text from outside: made safe to draw, and folded so that a search finds it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_UNSAFE_CHARACTERS: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 without tab, newline and carriage return; DEL; C1
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, invisible fillers, Arabic letter mark
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"  # zero width, bidi
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e0fff"  # tags and further variation selectors
)
_UNSAFE: Final = re.compile(f"[{_UNSAFE_CHARACTERS}]")
_HIDDEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""Those of them that Python takes for printable."""
_SPACE: Final = re.compile(r"[\s\u2028\u2029]+")
_LINE_ENDS: Final = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")
_NOT_VERBATIM: Final = re.compile(f"[{_UNSAFE_CHARACTERS}\r\u2028\u2029]")
"""What `safe_verbatim` changes: nearly no text has any, and to look for it is half the work."""
_BLANKS: Final = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")


def safe_line(text: str) -> str:
    """Return `text` as one line without characters that could steer a terminal or hide.

    Control characters (C0, C1, DEL), bidi overrides, zero-width characters and lone surrogates are removed;
    every run of white space becomes one blank.
    """
    if text.isprintable() and "  " not in text and (text.isascii() or _HIDDEN.search(text) is None):
        return text.strip()
    return _SPACE.sub(" ", _UNSAFE.sub("", _SPACE.sub(" ", text))).strip()


def safe_text(text: str) -> str:
    """Return `text` made safe like `safe_line` does, with its line breaks kept as newlines."""
    if (
        text.replace("\n", "").isprintable()
        and "  " not in text
        and " \n" not in text
        and (text.isascii() or _HIDDEN.search(text) is None)
    ):
        return text.rstrip().lstrip("\n")
    lines = _UNSAFE.sub("", _LINE_ENDS.sub("\n", text)).split("\n")
    return "\n".join(_BLANKS.sub(" ", line).rstrip() for line in lines).strip("\n")


def safe_verbatim(text: str) -> str:
    """Return what a source or a person wrote, blanks and all, without the characters that could do harm.

    Used where white space means something: notes written in an editor, and the raw text of a source.
    """
    if (text.isascii() and text.isprintable()) or _NOT_VERBATIM.search(text) is None:
        return text
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


_LETTERS: Final = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "ng", "ħ": "h",
        "ŧ": "t", "ĸ": "k", "ƶ": "z", "ȼ": "c", "ɨ": "i", "ə": "e", "’": "'", "ʼ": "'", "‘": "'",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and the forms of the apostrophe."""

_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’ʼ][^\W_]+)+")
_CAMEL: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_JOINT: Final = re.compile("[-\u2010\u2011'’ʼ]")
_SEAM: Final = re.compile("[A-Z0-9](?<=[A-Za-z].)(?:(?<=[a-z].)|(?<=[0-9])|(?=[a-z]))")
"""A capital or digit after a letter, but of capitals in a row only the last one, and that if a small letter follows."""
_IDEOGRAPHS: Final = (("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))
"""The first and the last of each block of kana and ideographs: a pattern of these takes a millisecond to compile."""
_FOREIGN: Final = re.compile("[^\x00-\x7f]+")

_ASCII_WORDS: Final = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
"""ASCII letters and digits in lower case; blanks for the rest."""

PARTS_FOLLOW: Final = "\ue000"
"""A word of its own in indexed text: the parts of compound words follow it, and no phrase reaches across it."""


class _Plain(dict[int, str]):
    """Characters and what they fold to, worked out when first met."""

    def __missing__(self, code: int) -> str:
        taken_apart = unicodedata.normalize("NFKD", chr(code).casefold())
        # Some letters, such as ℍ, are capitals again once they are taken apart.
        folded = "".join(c for c in taken_apart if not unicodedata.combining(c)).lower().translate(_LETTERS)
        self[code] = folded
        return folded


_PLAIN: Final = _Plain()


def plain(text: str) -> str:
    """Return `text` in lower case without accents, ligatures and letter variants; everything else stays."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


class _Split(dict[int, str]):
    """Characters and what they are to words: folded, blanks around ideographs, blanks for what is in no word."""

    def __missing__(self, code: int) -> str:
        self[code] = split = "".join(self._split(character) for character in _PLAIN[code])
        return split

    def _split(self, character: str) -> str:
        if not character.isalnum():
            return " "
        return f" {character} " if any(first <= character <= last for first, last in _IDEOGRAPHS) else character


_SPLIT: Final = _Split()


def words(text: str) -> list[str]:
    """Return the folded words of `text`: lower case, no accents; each ideograph and kana is a word of its own."""
    return _spread(text).split()


def _spread(text: str) -> str:
    """Return `text` folded, with blanks for all that is in no word."""
    if not text.isascii():
        # Most texts have few such characters, and tables of bytes are many times as fast as those of characters.
        rest = _FOREIGN.sub(lambda run: run[0].translate(_SPLIT), text)
        if not rest.isascii():
            return text.translate(_SPLIT)
        text = rest
    return text.encode("ascii").translate(_ASCII_WORDS).decode("ascii")


def indexed(text: str) -> str:
    """Return `text` as the full-text index keeps it: its folded words, then the parts of its compound words.

    `NetHack` is kept as `nethack` with the parts `net hack`; `few-shot` as `few shot` with `fewshot`.
    """
    # Most of a text is words with one blank between them, which need not be taken apart to be put together again.
    found = _spread(text)
    while "  " in found:
        found = found.replace("  ", " ")
    parts: list[str] = []
    if "-" in text or "'" in text or not text.isascii():
        parts.extend(_spread(joined).replace(" ", "") for joined in _around(_JOINT, text, _JOINED))
    for mixed in _around(_SEAM, text, _WORD):
        pieces = _CAMEL.findall(mixed)
        if len(pieces) > 1:
            parts.extend(piece.lower() for piece in pieces)
    return " ".join((found.strip(), PARTS_FOLLOW, *dict.fromkeys(parts)) if parts else (found.strip(),))


def _around(seams: re.Pattern[str], text: str, shape: re.Pattern[str]) -> Iterator[str]:
    """Yield the words of `shape` around the places where `seams` stand; in linear time, as a search is not."""
    end = 0
    for seam in seams.finditer(text):
        begin = seam.start()
        if begin < end:
            continue
        while begin and text[begin - 1].isalnum():
            begin -= 1
        found = shape.match(text, begin)
        if found:
            end = found.end()
            yield found[0]


def glue(title: str, first_author: str) -> str:
    """Return the normalised letters of title and first author run together.

    The result is the same wherever the boundary between the two is drawn (DESIGN: what a paper is).
    """
    return "".join(words(title)) + "".join(words(first_author))
