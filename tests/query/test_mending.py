"""What is wrong with a query, where, and what was likely meant."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings

from readlist.errors import QueryError
from readlist.query import Query, parse
from readlist.query.mending import respelt, wanted_labels
from readlist.settings import STATUSES
from tests.query.test_canonical import TEXTS

TODAY = date(2026, 4, 1)


def read(text: str, *, typing: bool = True) -> Query:
    return parse(text, statuses=STATUSES, today=TODAY, typing=typing)


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "wrong", "mended"),
    [
        ("deep auther:li x", "auther", "deep author:li x"),
        ("AUTHER:li", "AUTHER", "author:li"),
        ('-auther:"tim r" x', "auther", '-author:"tim r" x'),
        ("x is:stared y", "stared", "x is:starred y"),
        ("is:code x", "is:code", "has:code x"),
        ("has:starred x", "has:starred", "is:starred x"),
        ("has:cod3", "cod3", "has:code"),
        ('is:"stared" x', 'stared"', 'is:"starred" x'),
        ("status:raed x", "raed", "status:read x"),
        ("sort:titel x", "titel", "sort:title x"),
        ("sort:-dat3", "-dat3", "sort:-date"),
        ("year:2022-2024 x", "2022-2024", "year:2022..2024 x"),
        ("date:2023-06-2023-09 x", "2023-06-2023-09", "date:2023-06..2023-09 x"),
        ("rating:3-5 x", "3-5", "rating:3..5 x"),
        ("year:2022...2024 x", "2022...2024", "year:2022..2024 x"),
        ("year:2024..2022 x", "2024..2022", "year:2022..2024 x"),
        ("added:7d..30d x", "7d..30d", "added:30d..7d x"),
        ("a ) b", ")", "a  b"),
    ],
)
def test_the_likely_intention_takes_the_place_of_what_is_wrong(text: str, wrong: str, mended: str) -> None:
    error = refused(text)
    assert (text[error.column : error.end], error.mended) == (wrong, mended)
    assert isinstance(read(mended), Query)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("x status:finished y", "finished"),
        ("year:soon x", "soon"),
        ("date:2023-13 x", "2023-13"),
        ("year:2022-99 x", "2022-99"),
        ("tag: x", "tag:"),
        ("is:zzz", "zzz"),
        ("sort:zzz", "zzz"),
        ("(a sort:title)", "s"),
    ],
)
def test_where_nothing_is_likely_nothing_is_put_in_the_place(text: str, wrong: str) -> None:
    with suppress(QueryError):
        read(text)
        assert text == "tag: x"  # a colon that a blank follows is ordinary text
        return
    error = refused(text)
    assert (text[error.column : error.end], error.mended) == (wrong, None)


def mistake(text: str) -> QueryError | None:
    try:
        read(text)
    except QueryError as error:
        return error
    return None


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_whoever_takes_what_was_likely_meant_again_and_again_comes_to_an_end(text: str) -> None:
    for _ in range(len(text) + 1):
        error = mistake(text)
        if error is None or error.mended is None:
            return
        assert 0 <= error.column < error.end <= len(text)
        text = error.mended
    raise AssertionError(f"taking what was likely meant never ends: {text!r}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reinforcment lerning", "reinforcement learning"),
        ("Reinforcment: x", "reinforcement: x"),
        ('title:"deep lerning" -lerning', 'title:"deep learning" -learning'),
        ("abstract:lerning* sort:title", "abstract:learning* sort:title"),
        ("tag:lerning (cat:reinforcment OR lerning)", "tag:learning (cat:reinforcement OR learning)"),
        ('tag:"lerning"', 'tag:"learning"'),
        ("tag:#lerning", "tag:learning"),
        ("source:my-listt x", 'source:"my ""list""*" x'),
        ("source:my-listt* x", 'source:"my ""list""*"* x'),
        ('source:"my-listt', 'source:"my ""list""*"'),
        ("learning", "learning"),
    ],
)
def test_near_words_take_the_place_of_those_that_no_paper_has(text: str, expected: str) -> None:
    meant = {"reinforcment": ["reinforcement"], "lerning": ["learning"], "my-listt": ['my "list"*', "my-lists"]}
    assert respelt(text, meant) == expected


@settings(deadline=None)
@given(TEXTS)
def test_where_no_word_is_near_a_query_stays_as_it_is(text: str) -> None:
    assert respelt(text, {}) == text


def test_labels_are_wanted_unless_they_are_taken_out() -> None:
    tree = read("tag:a (cat:b OR source:c) -tag:d key:e x").tree
    assert [str(label) for label in wanted_labels(tree)] == ["tag:a", "cat:b", "source:c"]
