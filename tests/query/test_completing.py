"""What completes a query at the cursor."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.query import parse
from readlist.query.completing import Candidate, Gap, completed, gap, grammatical, named
from readlist.query.fields import FIELDS
from readlist.settings import STATUSES, Status

TODAY = date(2026, 4, 1)
LATER = Status("later", "Später lesen", "…")


def at(marked: str) -> tuple[str, int]:
    """Take a query with a `|` where the cursor stands."""
    return marked.replace("|", "", 1), marked.index("|")


def names(marked: str) -> list[str]:
    found = gap(*at(marked))
    return [] if found is None else [one.name for one in grammatical(found, (*STATUSES, LATER), TODAY)]


def taken(marked: str, candidate: Candidate) -> str:
    """Return the query after a candidate was taken, with a `|` where the cursor stands."""
    text, cursor = at(marked)
    found = gap(text, cursor)
    assert found is not None
    after, place = completed(text, found, candidate)
    return f"{after[:place]}|{after[place:]}"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("aut|", ["author:"]),
        ("AUT|", ["author:"]),
        ("net hack aut|", ["author:"]),
        ("-aut|", ["author:"]),
        ("(a OR aut|)", ["author:"]),
        ("aut| hack", ["author:"]),
        ("st|", ["status:"]),
        ("star|", ["is:starred"]),
        ("ye|", ["year:"]),
        ("is:st|", ["starred"]),
        ("is:|", ["starred", "uncertain"]),
        ("-is:un|", ["uncertain"]),
        ("has:|", ["code", "note", "doi", "arxiv"]),
        ("status:re|", ["reading", "read"]),
        ("status:read|", ["read", "reading"]),
        ("status:lesen|", ["Später lesen"]),
        ('status:"spater l|', ["Später lesen"]),
        ("sort:|", [
            "-date", "-added", "-changed", "-read", "title", "author", "status", "-score", "-rating", "-priority",
            "queue",
            "relevance",
        ]),
        ("sort:ti|", ["title"]),
        ("sort:-ti|", ["-title"]),
        ("sort:da|", ["-date", "date"]),
        ("year:|", ["2026", "2025", "2024", "2023", "2022", "2021"]),
        ("added:|", ["today", "yesterday", "7d", "30d", "1y"]),
        ("changed:t|", ["today"]),
        ("priority:|", ["3", "2", "1", ">=2", ">=1"]),
        ("rating:>|", [">=4", ">=3", ">=2", ">=1"]),
    ],
)  # fmt: skip
def test_the_language_completes_itself(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "|", "a|", "aut |", "a|ut", '"aut|', '"aut"|', "auther:x|", "is:starred|", "sort:title|", "status:unread|",
        "net*|", "tag:r*|", "OR|", "(|", "-|", "year:2022..|", 'author:"tim" |', "x" * 20_001 + "|", "title:net|",
    ],
)  # fmt: skip
def test_elsewhere_nothing_is_offered(marked: str) -> None:
    assert names(marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("author:tim|", ("tim", "author")),
        ('author:"tim ro|', ("tim ro", "author")),
        ('author:"tim |', ("tim", "author")),
        ('author:"tim ro|"', ("tim ro", "author")),
        ("-tag:rl/o|", ("rl/o", "tag")),
        ("(cat:cs|)", ("cs", "cat")),
        ("aﬃl:ucl|", ("ucl", "affil")),
    ],
)
def test_the_value_of_a_field_is_what_is_left_to_the_library(marked: str, expected: tuple[str, str]) -> None:
    found = gap(*at(marked))
    assert found is not None
    assert (found.typed, found.field) == expected


TIM = named("author", [("Tim Rocktäschel", 12)])[0]


@pytest.mark.parametrize(
    ("marked", "candidate", "expected"),
    [
        ("aut|", Candidate("author:", "author:"), "author:|"),
        ("aut| hack", Candidate("author:", "author:"), "author:| hack"),
        ("author:rock|", TIM, 'author:"Tim Rocktäschel" |'),
        ('a author:"tim ro|', TIM, 'a author:"Tim Rocktäschel" |'),
        ('author:"tim ro|" b', TIM, 'author:"Tim Rocktäschel" |b'),
        ("(author:tim|)", TIM, '(author:"Tim Rocktäschel"|)'),
        ("-is:st| b", Candidate("starred", "starred"), "-is:starred |b"),
        ("star|", Candidate("is:starred", "is:starred"), "is:starred |"),
    ],
)
def test_what_is_taken_stands_in_its_place_and_the_cursor_after_it(
    marked: str, candidate: Candidate, expected: str
) -> None:
    assert taken(marked, candidate) == expected


def test_a_name_with_blanks_or_signs_gets_quotation_marks() -> None:
    found = named("source", [("my list.txt", 3), ('a "b".bib', 1), ("c*", 2), ("x.bib", None)])
    assert [(one.text, one.note) for one in found] == [
        ('"my list.txt"', "3"), ('"a ""b"".bib"', "1"), ('"c*"', "2"), ("x.bib", ""),
    ]  # fmt: skip
    assert [one.text for one in named("author", [('William "Bill" Li', 1), ("Bo Li*", 1), ("*", 1)])] == [
        '"William Bill Li"', '"Bo Li"',
    ]  # fmt: skip


def test_a_status_is_written_so_that_it_is_read_back() -> None:
    odd = (Status("later", 'so "later"', "…"), Status("soon", "very soon!", "…"))
    for status, candidate in zip(odd, grammatical(Gap(0, 0, "", "status"), odd, TODAY), strict=True):
        assert str(parse(f"status:{candidate.text}", statuses=odd, today=TODAY)) == f"status:{status.id}"


@given(st.text(max_size=30), st.integers(0, 40))
def test_any_text_is_lived_with(text: str, cursor: int) -> None:
    found = gap(text, cursor)
    if found is not None:
        assert 0 <= found.begin <= found.end <= len(text)
        for candidate in grammatical(found, STATUSES, TODAY):
            completed(text, found, candidate)


@pytest.mark.parametrize("field", FIELDS)
def test_everything_offered_is_understood(field: str) -> None:
    found = gap(f"{field}:", len(field) + 1)
    assert found is not None
    for candidate in grammatical(found, STATUSES, TODAY):
        parse(completed(f"{field}:", found, candidate)[0], statuses=STATUSES, today=TODAY)
