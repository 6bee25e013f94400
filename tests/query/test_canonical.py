"""The canonical text of a query parses to the same query, and no text does anything but parse or be refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.errors import QueryError
from readlist.query import (
    And,
    Flag,
    InStatus,
    Label,
    Node,
    Or,
    Order,
    Query,
    Span,
    Text,
    both,
    either,
    negated,
    parse,
)
from readlist.query.fields import FIELDS, ORDERS
from readlist.settings import STATUSES

TODAY = date(2026, 4, 1)

PIECES = st.sampled_from(
    [
        *(f"{name}:" for name in FIELDS), *'()"“”-*:. <>=', "..", ">=", " OR ", " AND ", " NOT ", "OR", "2023", "20",
        "2023-06", "06", "a", "few-shot", "NetHack", "Rocktäschel", "北京", "starred", "read", "cs.CL", "\x1b",
        "\ud800", "\u202e", "'", ";", "\\", "%", "\x00", "{", "^", "+", "\ue000", "title", "auther:", "added:",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=40))


def read(text: str, *, typing: bool = False) -> Query:
    return parse(text, statuses=STATUSES, today=TODAY, typing=typing)


@settings(deadline=None, max_examples=600)
@given(TEXTS, st.booleans())
def test_any_text_is_parsed_or_refused_and_prints_back(text: str, typing: bool) -> None:
    try:
        query = read(text, typing=typing)
    except QueryError as error:
        refused = error
    else:
        assert read(str(query)) == query
        return
    assert refused.message
    assert 0 <= refused.column <= len(text)


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_a_query_keeps_its_meaning_when_a_blank_follows(text: str) -> None:
    with suppress(QueryError):
        assert read(text + " ") == read(text) or text.endswith(":")


WORDS = st.sampled_from(
    ["a", "few-shot", "Rocktäschel", "OR", "not", "x y", "北京", "title:x", "it's", "-x", "3.5", "_"]
)


def texts(field: str | None) -> st.SearchStrategy[Node | None]:
    return st.tuples(WORDS, st.booleans()).map(lambda made: _text(made[0], field, made[1]))


def _text(written: str, field: str | None, prefix: bool) -> Text | None:
    kept = written.strip("-_")
    return Text(kept, field, prefix) if kept else None


def days() -> st.SearchStrategy[int]:
    return st.dates().map(date.toordinal)


LEAVES: st.SearchStrategy[Node | None] = st.one_of(
    *(texts(field) for field in (None, "title", "author", "affil", "abstract", "note")),
    st.builds(
        Label,
        st.sampled_from(["tag", "cat", "source", "key"]),
        st.sampled_from(["rl/x", "a b", "c++", "<1", 'a "b"', "a*", "#a"]),
    ),
    st.sampled_from([InStatus(status.id) for status in STATUSES]),
    st.sampled_from(["is:starred", "is:uncertain", "has:code", "has:note", "has:doi", "has:arxiv"]).map(Flag),
    st.tuples(days(), days()).map(lambda ends: Span("date", min(ends), max(ends))),
    days().map(lambda day: Span("date", day, None)),
    days().map(lambda day: Span("date", None, day)),
    st.integers(0, 5).map(lambda rating: Span("rating", rating, None)),
)


def _not(part: Node | None) -> Node | None:
    return None if part is None else negated(part)


def _kept(parts: list[Node | None]) -> list[Node]:
    return [part for part in parts if part is not None]


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(_not),
        st.lists(inner, max_size=4).map(lambda parts: both(_kept(parts))),
        st.lists(inner, max_size=4).map(lambda parts: either(_kept(parts))),
    ),
    max_leaves=10,
)
RANKS = tuple(status.id for status in STATUSES)


def order_of(field: str, descending: bool) -> Order:
    """Return an order as the parser makes it."""
    return Order(field, descending or field == "relevance", RANKS if field == "status" else ())


ORDER = st.builds(order_of, st.sampled_from(ORDERS), st.booleans())


@settings(deadline=None, max_examples=400)
@given(TREES, ORDER)
def test_every_tree_prints_as_a_text_that_means_it(tree: Node | None, order: Order) -> None:
    query = Query(tree, order)
    assert read(str(query)) == query


def test_trees_are_kept_flat() -> None:
    a, b, c = Text("a"), Text("b"), Text("c")
    assert both([And((a, b)), c]) == And((a, b, c))
    assert either([Or((a, b)), c]) == Or((a, b, c))
    assert negated(negated(a)) == a
    assert both([]) is either([]) is None


def test_dates_print_as_years_or_months_where_they_can() -> None:
    texts = ["year:2023", "year:2022..2024", "date:2023-06", "date:>=2023-06", "date:<=2024-02", "date:2023-06-02"]
    assert [str(read(text)) for text in texts] == texts
