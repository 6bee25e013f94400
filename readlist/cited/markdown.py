"""Pandoc's Markdown: `[@key, p. 3; -@other]`, `@key` in the text, `@{any key}`, and `nocite: "@*"`.

The rules are those of pandoc's manual, section "Citation syntax".
"""

from __future__ import annotations

import re
from typing import Final

_CITATION: Final = re.compile(
    r"(?<![\w@\\])@(?:\{([^{}\s]+)\}|(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*)|(\*)(?![\w*]))",
)
"""A key begins with a letter, digit or `_`, and has single signs only inside; another one stands in braces."""

_CROSS_REFERENCE: Final = re.compile(
    r"(?:fig|tbl|eq|sec|lst):.+|(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem)-.+", re.IGNORECASE
)
"""What pandoc-crossref and Quarto take for the label of a figure, a table and so on."""

_FENCE: Final = re.compile(r"^[ >\t]*(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_ADDRESS: Final = re.compile(r"(?<!@\{)\b[a-z][a-z0-9+.-]{1,20}://[^\s<>()\[\]]+", re.IGNORECASE)
_TICKS: Final = re.compile("`+")
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")


def keys(text: str) -> list[str]:
    """Return the keys that a Markdown file cites, in order; `*` if it cites all."""
    shown = _ADDRESS.sub(" ", _without_code(_without_fences(_without_comments(text))))
    found = (match[1] or match[2] or match[3] for match in _CITATION.finditer(shown))
    return [key for key in found if "\ufffd" not in key and not _CROSS_REFERENCE.fullmatch(key)]


def _without_comments(text: str) -> str:
    """Return the text without HTML's comments; one that never ends is none."""
    pieces = []
    place = 0
    while (begin := text.find("<!--", place)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        pieces.append(text[place:begin])
        place = end + 3
    return " ".join([*pieces, text[place:]])


def _without_fences(text: str) -> str:
    """Return the text without blocks of code; a fence that is never closed is text."""
    pieces = []
    place = 0
    fences = list(_FENCE.finditer(text))
    # For each kind of sign, the longest fence from each one on: where none is long enough, nothing is looked for.
    longest: list[dict[str, int]] = [{} for _ in range(len(fences) + 1)]
    for index in range(len(fences) - 1, -1, -1):
        sign, length = fences[index][1][0], len(fences[index][1])
        longest[index] = {**longest[index + 1], sign: max(length, longest[index + 1].get(sign, 0))}
    index = 0
    while index < len(fences):
        opening = fences[index]
        sign, length = opening[1][0], len(opening[1])
        index += 1
        if longest[index].get(sign, 0) < length:
            continue
        while not (fences[index][1][0] == sign and len(fences[index][1]) >= length):
            index += 1
        pieces.append(text[place : opening.start()])
        place = fences[index].end()
        index += 1
    return "\n".join([*pieces, text[place:]])


def _without_code(text: str) -> str:
    """Return the text without code inside of lines: what stands between two runs of as many backticks."""
    if "`" not in text:
        return text
    return "\n\n".join(map(_without_code_in_paragraph, _PARAGRAPH.split(text)))


def _without_code_in_paragraph(text: str) -> str:
    """Return a paragraph without code; a run of backticks that has no other one like it is text."""
    runs = list(_TICKS.finditer(text))
    following: dict[int, int] = {}
    next_like: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        next_like[index] = following.get(length)
        following[length] = index
    pieces = []
    place = index = 0
    while index < len(runs):
        other = next_like[index]
        if other is not None:
            pieces.append(text[place : runs[index].start()])
            place = runs[other].end()
            index = other
        index += 1
    return " ".join([*pieces, text[place:]])
