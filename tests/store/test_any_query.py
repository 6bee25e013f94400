"""On a hundred thousand papers no query raises anything but a QueryError, nor takes longer than a second."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.errors import QueryError
from readlist.library import Library
from readlist.query import Node, Query, both, either, negated, parse
from readlist.query.completing import NAMED, gap
from readlist.query.fields import FIELDS, ORDERS
from readlist.settings import STATUSES
from tests.bench.made_up import make_library

PAPERS = 100_000
LONGEST = 1.0
"""Seconds of work that a query may take; what other processes do meanwhile does not count."""

FREQUENT = ["the", "of", "a", "learning", "t", "l", "ra", "rate", "te", "zzzz", "lo ni", "to-ra", "北京", "é"]
VALUES = st.sampled_from(
    [*FREQUENT, "2020", "2019..2023", ">=2021-06", "7d", "3", "starred", "code", "read", "cs", "rl"]
)
LEAVES = st.one_of(
    st.sampled_from(FREQUENT),
    st.sampled_from(FREQUENT).map("{}*".format),
    st.builds('"{} {}"'.format, st.sampled_from(FREQUENT), st.sampled_from(FREQUENT)),
    st.builds("{}:{}".format, st.sampled_from(FIELDS), VALUES),
    st.builds("{}:{}*".format, st.sampled_from(FIELDS), VALUES),
    st.builds("{}:{}".format, st.sampled_from(FIELDS), st.text(max_size=8)),
    st.text(max_size=12),
)


def read(text: str) -> Node | None:
    """Return what a text means; None where it means nothing."""
    with suppress(QueryError):
        return parse(text, statuses=STATUSES, today=date(2026, 4, 1), typing=True).tree
    return None


def kept(parts: list[Node | None]) -> list[Node]:
    return [part for part in parts if part is not None]


TREES = st.recursive(
    LEAVES.map(read),
    lambda inner: st.one_of(
        inner.map(lambda part: None if part is None else negated(part)),
        st.lists(inner, min_size=2, max_size=8).map(lambda parts: both(kept(parts))),
        st.lists(inner, min_size=2, max_size=8).map(lambda parts: either(kept(parts))),
    ),
    max_leaves=30,
)
TEXTS = st.lists(st.one_of(LEAVES, st.sampled_from(["OR", "NOT", "-", "(", ")", '"', "sort:title"])), max_size=12)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of so many papers, made once."""
    folder = tmp_path_factory.mktemp("many") / "library"
    make_library(folder, PAPERS)
    with Library.open(folder) as library:
        yield library


def worked(library: Library, query: Query) -> float:
    """Return the seconds of work that the slowest of the questions about a query takes, in this thread."""
    began = time.thread_time()
    first = library.first(query, 200)
    between = time.thread_time()
    found = library.select(query)
    ended = time.thread_time()
    assert first == found[:200]
    return max(between - began, ended - between)


@pytest.mark.slow
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(tree=TREES, field=st.sampled_from(ORDERS), descending=st.booleans())
def test_no_tree_takes_longer_than_a_second(many: Library, tree: Node | None, field: str, descending: bool) -> None:
    written = f"sort:{'-' if descending else ''}{field}"
    order = parse(written, statuses=STATUSES, today=date(2026, 4, 1)).order
    assert worked(many, Query(tree, order)) < LONGEST


@pytest.mark.slow
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(text=TEXTS.map(" ".join), typing=st.booleans())
def test_no_text_raises_or_takes_longer_than_a_second(many: Library, text: str, typing: bool) -> None:
    with suppress(QueryError):
        query = parse(text, statuses=STATUSES, today=date(2026, 4, 1), typing=typing)
        assert worked(many, query) < LONGEST
    place = gap(text, len(text))
    if place is not None and place.field in NAMED:
        began = time.thread_time()
        many.names_like(place.field, place.typed)
        assert time.thread_time() - began < LONGEST


@pytest.mark.slow
@pytest.mark.parametrize("order", ["", " sort:title", " sort:status"])
@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"),
        " ".join(["the"] * 400),
        " OR ".join(f"-w{number}" for number in range(400)),
        "-(the of and to) OR is:starred OR -tag:rl OR year:2010..2020",
        " ".join(f"-(a{number} OR is:starred)" for number in range(50)),
        " OR ".join(f"year:{year} rating:>={year % 5}" for year in range(1900, 2030)),
        " OR ".join(f"{one}{other}*" for one in "rtlnmsdvcpgfb" for other in "aeiou" * 6),
        " OR ".join(["(is:starred the)", "(of is:starred)"] * 60),
        "the the* OR (of* -is:starred) OR (key:a* -key:b*)",
        "tag:* OR cat:* OR source:*",
    ],
)
def test_the_worst_that_comes_to_mind_is_answered(many: Library, text: str, order: str) -> None:
    query = parse(text + order, statuses=STATUSES, today=date(2026, 4, 1))
    assert worked(many, query) < LONGEST
