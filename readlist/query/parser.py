"""From the text of a query to its tree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from readlist.query.fields import Context, leaf, sort_order
from readlist.query.tokens import Kind, Token, tokens
from readlist.query.tree import NEWEST_FIRST, Node, Order, Query, both, either, negated
from readlist.settings import Status

DEEPEST: Final = 10
"""How many parentheses may be open at once; SQLite's parsers have room for little more."""

MOST: Final = 500
"""How many words and fields a query may have."""


def parse(
    text: str,
    *,
    statuses: Sequence[Status],
    today: date,
    typing: bool = False,
    order: Order = NEWEST_FIRST,
    former: Callable[[], Collection[str]] = frozenset,
) -> Query:
    """Return what a query means.

    Args:
        text: The query.
        statuses: Those that `status:` may name.
        today: What relative dates count from.
        typing: Whether the text is still being typed, as in the search bar: its last word may then go on, and
            what is only half there is forgiven.
        order: The order if the text names none.
        former: Gives the ids of the statuses that papers have; asked when `statuses` has none of that name.

    Raises:
        QueryError: The query cannot be understood.
    """
    context = Context(text, statuses, today, typing, former)
    return _Parser(tokens(text, typing=typing), context, order).query()


def order_named(name: str, statuses: Sequence[Status]) -> Order:
    """Return the order that a name stands for, e.g. `title` or `-date`.

    Raises:
        QueryError: There is no such order.
    """
    return parse(f"sort:{name}", statuses=statuses, today=date.min).order


class _Parser:
    """One pass over the tokens of a query."""

    def __init__(self, found: list[Token], context: Context, order: Order) -> None:
        self._tokens = found
        self._context = context
        self._at = 0
        self._leaves = 0
        self._order = order

    def query(self) -> Query:
        """Read everything."""
        tree = self._any_of(0)
        if self._at < len(self._tokens):
            column = self._tokens[self._at].column
            hint = 'as plain text, write it in "quotes"'
            raise self._context.error("this parenthesis closes nothing", column, hint, instead="")
        return Query(tree, self._order)

    def _next(self) -> Kind | None:
        """Return the kind of the next token; None at the end."""
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _any_of(self, depth: int) -> Node | None:
        """Read alternatives up to a closing parenthesis or the end."""
        parts = [self._all_of(depth)]
        while self._next() is Kind.OR:
            sign = self._tokens[self._at]
            before = self._tokens[self._at - 1].kind if self._at else Kind.OPEN
            self._at += 1
            if before in (Kind.OPEN, Kind.OR, Kind.AND, Kind.NOT) or self._next() in (None, Kind.CLOSE):
                self._missing(sign)
            parts.append(self._all_of(depth))
        return either(part for part in parts if part is not None)

    def _all_of(self, depth: int) -> Node | None:
        """Read what stands side by side."""
        parts: list[Node] = []
        while (kind := self._next()) not in (None, Kind.OR, Kind.CLOSE):
            if kind is Kind.AND:
                sign = self._tokens[self._at]
                self._at += 1
                if sign is self._tokens[0] or self._next() in (None, Kind.OR, Kind.AND, Kind.CLOSE):
                    self._missing(sign)
                continue
            part = self._one(depth)
            if part is not None:
                parts.append(part)
        return both(parts)

    def _one(self, depth: int) -> Node | None:
        """Read a word, a field or a group, with the signs before it that turn it round."""
        turned = False
        while self._next() is Kind.NOT:
            sign = self._tokens[self._at]
            turned = not turned
            self._at += 1
            if self._next() not in (Kind.NOT, Kind.WORD, Kind.OPEN):
                self._missing(sign)
                return None
        token = self._tokens[self._at]
        part = self._group(token, depth) if token.kind is Kind.OPEN else self._leaf(token, depth, turned=turned)
        return negated(part) if turned and part is not None else part

    def _group(self, token: Token, depth: int) -> Node | None:
        """Read what stands between parentheses."""
        if depth == DEEPEST:
            raise self._context.error(f"at most {DEEPEST} parentheses can be open", token.column, "use fewer")
        self._at += 1
        part = self._any_of(depth + 1)
        if self._next() is Kind.CLOSE:
            self._at += 1
        elif not self._context.typing:
            raise self._context.error("this parenthesis is never closed", token.column, 'write "(" … ")"')
        return part

    def _leaf(self, token: Token, depth: int, *, turned: bool) -> Node | None:
        """Read a word, a phrase or a field."""
        self._at += 1
        self._leaves += 1
        if self._leaves > MOST:
            raise self._context.error(f"a query has at most {MOST} words", token.column, "use fewer")
        if token.name != "sort":
            return leaf(token, replace(self._context, turned=turned))
        if depth or turned:
            raise self._context.error("sort: stands outside of parentheses and is not turned round", token.column)
        if (order := sort_order(token, self._context)) is not None:
            self._order = order
        return None

    def _missing(self, sign: Token) -> None:
        """Raise because a sign has nothing to work on; while typing, it is left out instead."""
        if not self._context.typing:
            name = "-" if sign.kind is Kind.NOT and not sign.text else sign.kind.value
            hint = f'as a word, write "{name}"'
            raise self._context.error(f"{name} needs something to stand with", sign.column, hint)
