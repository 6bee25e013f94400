"""A query with words in the place of others: what was likely meant, where no paper has what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from readlist.query.completing import quoted
from readlist.query.tokens import Kind, Token, tokens
from readlist.query.tree import And, Label, Node, Or, in_quotes
from readlist.text import words

_WORD: Final = re.compile(r"[^\W_]+")
_LABELS: Final = ("tag", "cat", "source")


def wanted_labels(tree: Node | None) -> list[Label]:
    """Return the tags, categories and sources that papers are wanted for."""
    match tree:
        case Label(field="tag" | "cat" | "source"):
            return [tree]
        case And() | Or():
            return [label for part in tree.parts for label in wanted_labels(part)]
        case _:
            return []


def without(text: str, column: int) -> str:
    """Return a query without the word, field or sign that stands at a place of it."""
    for token in tokens(text, typing=True):
        if token.column <= column < max(token.end, token.column + 1):
            return f"{text[: token.column]}{text[max(token.end, token.column + 1) :]}"
    return text


def respelt(text: str, meant: Mapping[str, Sequence[str]]) -> str:
    """Return a query with the likeliest word in the place of each that no paper has.

    Args:
        text: The query as it was typed.
        meant: What was likely meant, best first, by folded word or by label.

    Raises:
        QueryError: The query is too long.
    """
    made = text
    for token in reversed(tokens(text, typing=True)):
        if token.kind is Kind.WORD:
            begin = token.value_column - token.quoted
            made = made[:begin] + _respelt(text[begin : token.end], token, meant) + made[token.end :]
    return made


def _respelt(written: str, token: Token, meant: Mapping[str, Sequence[str]]) -> str:
    """Return the value of a token, as it is written, with the likeliest words in it."""
    if token.name in _LABELS:
        sign = "#" if token.name == "tag" and not token.quoted else ""
        found = meant.get(token.text.casefold().removeprefix(sign))
        if not found:
            return written
        name = in_quotes(found[0]) if token.quoted else quoted(token.name, found[0])
        return name + ("*" if token.star else "")

    def likeliest(match: re.Match[str]) -> str:
        folded = "".join(words(match[0]))
        return meant[folded][0] if folded in meant else match[0]

    return _WORD.sub(likeliest, written)
