"""Putting a term into the text of a query and taking it out again, the rest of the text left as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from readlist.errors import QueryError
from readlist.query.tokens import Kind, Token, tokens


class _Piece(Struct, frozen=True):
    """A term that stands outside of parentheses, with a sign that turns it round."""

    begin: int
    end: int
    token: Token


def has_term(text: str, term: str) -> bool:
    """Whether a query demands a term: it stands outside of parentheses and of alternatives.

    Args:
        text: The query as typed.
        term: A term in canonical form, e.g. `tag:rl` or `-has:code`.
    """
    return not _has_alternatives(text) and any(_is(text, piece, term) for piece in _pieces(text))


def with_term(text: str, term: str) -> str:
    """Return a query that also demands a term; it ends in a blank, so that the term is whole in the search bar."""
    if has_term(text, term):
        return text
    return f"{as_one(_closed(text.strip()))} {term} ".lstrip()


def as_one(text: str) -> str:
    """Return a query that is narrowed as a whole by what is written behind it: alternatives stand in parentheses."""
    return f"({_closed(text.strip())})" if _has_alternatives(text) else text


def without_term(text: str, term: str) -> str:
    """Return a query without a term."""
    return _without(text, lambda piece: _is(text, piece, term))


def without_order(text: str) -> str:
    """Return a query that says nothing of its order."""
    return _without(text, lambda piece: piece.token.name == "sort")


def _closed(text: str) -> str:
    """Return a text with the phrase and the parentheses closed that are open at its end."""
    try:
        tokens(text, typing=False)
    except QueryError:
        text += '"'
    found = _found(text)
    opened = sum((token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE) for token in found)
    return text + ")" * opened


def _without(text: str, is_out: Callable[[_Piece], bool]) -> str:
    """Cut pieces out of a text."""
    for piece in reversed(list(_pieces(text))):
        if is_out(piece):
            left, right = text[: piece.begin], text[piece.end :]
            text = left + (right.lstrip() if not left or left[-1].isspace() else right)
    return text


def _is(text: str, piece: _Piece, term: str) -> bool:
    """Whether a piece is the term."""
    return text[piece.begin : piece.end].casefold() == term.casefold()


def _found(text: str) -> list[Token]:
    """Return the tokens of a text; none when it has too many to be a query."""
    try:
        return tokens(text, typing=True)
    except QueryError:
        return []


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the terms outside of parentheses."""
    found = _found(text)
    depth = 0
    begin: int | None = None
    for place, token in enumerate(found):
        if token.kind is Kind.WORD and depth == 0:
            after = found[place + 1].column if place + 1 < len(found) else len(text)
            yield _Piece(
                token.column if begin is None else begin,
                token.column + len(text[token.column : after].rstrip()),
                token,
            )
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        begin = (token.column if begin is None else begin) if token.kind is Kind.NOT else None


def _has_alternatives(text: str) -> bool:
    """Whether there is an `OR` outside of parentheses."""
    depth = 0
    for token in _found(text):
        if token.kind is Kind.OR and depth == 0:
            return True
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
    return False
