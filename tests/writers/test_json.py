"""readlist's own JSON: nothing is lost in it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.mark import Mark, Note
from readlist.paper import Entry, Identifiers, Paper
from readlist.record import entry_from
from tests.writers.hostile import MARKED, TEXTS, entry, libraries, written

TEXT_LISTS = st.lists(TEXTS, max_size=2).map(tuple)
OPTIONAL = st.none() | TEXTS
PAIRS = st.dictionaries(TEXTS, TEXTS, max_size=3).map(lambda found: tuple(found.items()))
PAPERS = st.builds(
    Paper, title=TEXTS, title_raw=TEXTS, authors=TEXT_LISTS, authors_truncated=st.booleans(), affiliations=TEXT_LISTS,
    categories=TEXT_LISTS, date=OPTIONAL, year_inferred=st.booleans(), has_code=st.none() | st.booleans(),
    score=st.none() | st.floats(allow_nan=False, allow_infinity=False), abstract=OPTIONAL, abstract_raw=OPTIONAL,
    identifiers=st.builds(Identifiers, OPTIONAL, OPTIONAL), venue=OPTIONAL, kind=OPTIONAL, extra=PAIRS,
    sources=TEXT_LISTS, uncertain=TEXT_LISTS,
)  # fmt: skip
MARKS = st.builds(
    Mark, status=TEXTS, status_dates=PAIRS, starred=st.booleans(), tags=TEXT_LISTS, rating=st.integers(0, 5),
    priority=st.integers(0, 3), notes=st.lists(st.builds(Note, TEXTS, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    changed=OPTIONAL,
)  # fmt: skip


def test_an_array_even_of_nothing() -> None:
    assert written("json", []) == "[]\n"


def test_every_field_of_papers_and_marks_is_there() -> None:
    [record] = json.loads(written("json", [MARKED]))
    assert set(Entry.__struct_fields__) - {"paper", "sourced"} <= set(record)
    assert set(Paper.__struct_fields__) <= set(record)
    assert set(Mark.__struct_fields__) == set(record["mark"])
    assert set(Identifiers.__struct_fields__) == set(record["identifiers"])


@settings(deadline=None)
@given(st.lists(st.builds(Entry, TEXTS, TEXTS, TEXTS, PAPERS, MARKS), max_size=3))
def test_nothing_is_lost_and_a_second_export_is_the_same(entries: list[Entry]) -> None:
    text = written("json", entries)
    back = [entry_from(record) for record in json.loads(text)]
    assert back == entries
    assert written("json", back) == text


@settings(deadline=None)
@given(libraries())
def test_every_paper_is_an_object_of_the_array(entries: list[Entry]) -> None:
    assert [one["title"] for one in json.loads(written("json", entries))] == [one.paper.title for one in entries]


def test_half_of_a_surrogate_pair_is_kept() -> None:
    one = entry(Paper("\ud800 \udc00", "x"))
    assert json.loads(written("json", [one]))[0]["title"] == "\ud800 \udc00"
