"""An export as JSON takes all that a reader decided into another library, where its own decisions stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.cite import export
from readlist.correction import Corrections
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.mark import add_note, change_tags, set_priority, set_rating, set_status, star
from readlist.paper import Entry, Rejected
from readlist.query import ALL
from tests.papers import NOW, TODAY, paper
from tests.readers.samples import read

BIB = """
@article{c1, title={Correct me please}, author={Kim, Ann}, year=2020, journal={Wrong Journal}}
@article{c2, title={On the Growth of Trees}, author={Oak, Ann and Ash, Bob}, year=2019, doi={10.1000/one}}
@misc{c3, title={Trees and how they grow}, author={Oak, A.}, year=2018, eprint={1801.00001}, archiveprefix={arXiv}}
@article{c4, title={Another Study}, author={Elm, Cy}, year=2017, doi={10.1000/four}, volume={3}}
@article{c5, title={Another Study of Elms}, author={Elm, Cy}, year=2017}
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """An empty library, somewhere else and later."""
    with Library.open(tmp_path / "other", now=lambda: "2030-01-01T00:00:00Z") as opened:
        yield opened


def bring(library: Library, text: str, name: str = "c.bib") -> None:
    ingest(library, [Source.from_text(text, name)], as_of=TODAY)


def exported(library: Library) -> str:
    return "".join(export(library, library.select(ALL), "json"))


def one(library: Library, key: str) -> Entry:
    found = library.find(key)
    assert found is not None, key
    return found


def test_corrections_come_along_and_win_over_the_source_there_too(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.edit(one(library, "c1").id, {"venue": "Right Journal"})
    bring(other, exported(library), "j.json")
    bring(other, BIB)
    there = one(other, "c1")
    assert (there.paper.venue, there.corrected) == ("Right Journal", ("venue",))
    assert there.sourced is not None
    assert there.sourced.venue == "Wrong Journal"
    other.revert([there.id])
    assert one(other, "c1").paper.venue == "Wrong Journal"


def test_what_was_merged_stays_merged_when_its_source_is_ingested_there(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.merge_papers(one(library, "c2").id, one(library, "c3").id)
    text = exported(library)
    bring(other, text, "j.json")
    bring(other, BIB)
    assert other.count() == 4
    assert one(other, "c3").id == one(other, "1801.00001").id == one(library, "c2").id
    assert exported(other) == text


def test_pinned_and_former_keys_come_along(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.pin_key("c4", "elm-study")
    bring(other, exported(library), "j.json")
    assert one(other, "c4").citekey == "elm-study"
    assert other.pinned([one(other, "c4").id]) == {one(other, "c4").id}
    bring(other, "@misc{c4, title={Something else}, author={Fir, Di}}")
    assert one(other, "c4").citekey == "elm-study"


def test_papers_that_were_kept_apart_stay_so(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.keep_both(one(library, "c4").id, one(library, "c5").id)
    bring(other, exported(library), "j.json")
    assert other.apart() == library.apart() != set()


def test_a_paper_added_by_hand_outlives_the_catalogue_there_too(
    library: Library, other: Library, tmp_path: Path
) -> None:
    _, paper_id = library.add_by_hand(paper("By Hand", "Ann Oak", venue="Own Press"))
    bring(other, exported(library), "j.json")
    other.close()
    (tmp_path / "other" / "catalogue.sqlite").unlink()
    with Library.open(tmp_path / "other") as again:
        assert one(again, paper_id).paper.venue == "Own Press"


def test_two_papers_of_one_identifier_that_was_corrected_stay_two(library: Library, other: Library) -> None:
    bring(library, "@article{x, title={First of all}, author={Elm, Cy}, doi={10.1000/y}}")
    library.edit(one(library, "x").id, {"doi": "10.1000/x"})
    bring(library, "@article{y, title={Wholly different}, author={Fir, Di}, doi={10.1000/y}}", "y.bib")
    text = exported(library)
    assert library.count() == 2
    bring(other, text, "j.json")
    assert exported(other) == text
    bring(other, text, "j.json")
    assert exported(other) == text


def test_it_is_part_of_the_one_step_of_the_ingest(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.edit(one(library, "c1").id, {"venue": "Right Journal"})
    library.merge_papers(one(library, "c2").id, one(library, "c3").id)
    text = exported(library)
    bring(other, text, "j.json")
    assert len(other.history()) == 1
    other.undo()
    assert other.count() == 0
    bring(other, BIB)
    assert other.count() == 5
    assert one(other, "c1").paper.venue == "Wrong Journal"
    other.undo()
    bring(other, text, "j.json")
    other.undo()
    other.redo()
    assert _told(exported(other)) == _told(text)


def test_what_was_decided_there_is_not_overwritten(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.edit(one(library, "c1").id, {"venue": "Right Journal"}, citekey="kim")
    library.merge_papers(one(library, "c2").id, one(library, "c3").id)
    bring(other, BIB)
    other.edit(one(other, "c1").id, {"venue": "My Journal"})
    other.mark([one(other, "c3").id], star())
    bring(other, exported(library), "j.json")
    assert (one(other, "c1").paper.venue, one(other, "c1").citekey) == ("My Journal", "c1")
    assert other.count() == 5
    assert one(other, "c3").mark.starred


def test_a_paper_that_is_there_without_decisions_gets_them(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.edit(one(library, "c1").id, {"venue": "Right Journal"})
    bring(other, BIB)
    bring(other, exported(library), "j.json")
    assert one(other, "c1").paper.venue == "Right Journal"
    other.undo()
    assert one(other, "c1").paper.venue == "Wrong Journal"


def test_a_dry_run_decides_nothing(library: Library, other: Library) -> None:
    bring(library, BIB)
    library.edit(one(library, "c1").id, {"venue": "Right Journal"})
    text = exported(library)
    bring(other, BIB)
    ingest(other, [Source.from_text(text, "j.json")], as_of=TODAY, dry_run=True)
    assert one(other, "c1").paper.venue == "Wrong Journal"
    assert other.corrections(one(other, "c1").id) == {}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"corrected": {"date": "soon"}}, "corrected"),
        ({"corrected": {"colour": "red"}}, "colour"),
        ({"apart": ["x"]}, "no paper's id"),
        ({"pinned": 1}, "pinned"),
        ({"merged": {}}, "merged should be a list"),
        ({"merged": [{"id": "p1"}]}, "missing"),
        ({"sourced": []}, "sourced"),
        ({"former_keys": ["a\u202eb"]}, "citation key"),
        ({"more": 1}, "more is not known"),
    ],
)
def test_a_decision_that_is_none_is_told(library: Library, change: dict[str, object], words: str) -> None:
    bring(library, BIB)
    library.edit(one(library, "c1").id, {"venue": "Right Journal"})
    [record] = [one for one in json.loads(exported(library)) if one["citekey"] == "c1"]
    record["decided"] |= change
    (rejected,) = read("json", json.dumps([record]))
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason


SOURCES = {
    "a.bib": BIB,
    "b.bib": "@article{d1, title={On the Growth of Trees}, author={Oak, Ann}, year=2019, journal={Woods}}\n"
    "@article{d2, title={Correct me please}, author={Kim, A.}, year=2020, doi={10.1000/two}}\n"
    "@misc{d3, title={Trees and How They Grow}, author={Oak, Ann}, year=2018, doi={10.1000/three}}\n"
    "@misc{c3, title={Of Other Things}, author={Yew, Em}, year=2011}\n",
}
CHOICES = st.tuples(
    st.sampled_from(
        ["venue", "title", "doi", "authors", "date", "pin", "merge", "apart", "tag", "note", "status", "star", "rate",
         "hand", "extra"]
    ),
    st.integers(0, 9),
    st.integers(0, 9),
)  # fmt: skip


def decide(library: Library, kind: str, first: int, second: int) -> None:
    """Decide something of two of the papers."""
    ids = [entry.id for entry in library.entries(library.select(ALL))]
    a, b = ids[first % len(ids)], ids[second % len(ids)]
    corrections: dict[str, Corrections] = {
        "venue": {"venue": f"Journal {second}"}, "title": {"title": f"Title {second}"},
        "doi": {"doi": f"10.1000/{second}"}, "authors": {"authors": ["Zo Own"]}, "date": {"date": f"200{second}"},
        "extra": {"extra": {"volume": str(second)}},
    }  # fmt: skip
    marks = {
        "tag": change_tags([f"t{second}"]), "note": add_note(f"n{second}", "text"), "status": set_status("queued"),
        "star": star(), "rate": set_rating(second % 5), "priority": set_priority(second % 3),
    }  # fmt: skip
    if kind in corrections:
        library.edit(a, corrections[kind])
    elif kind in marks:
        library.mark([a], marks[kind])
    elif kind == "pin":
        entry = library.find(a)
        assert entry is not None
        if library.find(f"key{second}") is None:
            library.pin_key(entry.citekey, f"key{second}")
    elif kind == "hand" and not any(e.paper.title == f"By Hand {second}" for e in library.entries(library.select(ALL))):
        library.add_by_hand(paper(f"By Hand {second}", "Ann Oak"))
    elif a != b and kind == "merge":
        library.merge_papers(a, b)
    elif a != b and kind == "apart":
        library.keep_both(a, b)


def _told(text: str) -> list[dict[str, object]]:
    """Return what an export says without the ids by which descriptions are known.

    Those that were taken for a paper which was merged since are still its own where it was merged.
    """
    records: list[dict[str, object]] = json.loads(text)
    for record in records:
        decided = record["decided"]
        if isinstance(decided, dict):
            del decided["names"]
            if not any(decided.values()):
                record["decided"] = None
    return records


@settings(max_examples=60, deadline=None)
@given(st.lists(CHOICES, max_size=8))
def test_whatever_was_decided_another_library_is_the_same_and_sources_make_the_same_of_both(
    choices: list[tuple[str, int, int]],
) -> None:
    with (
        TemporaryDirectory() as name,
        Library.open(Path(name, "one"), now=lambda: NOW) as library,
        Library.open(Path(name, "two"), now=lambda: NOW) as other,
    ):
        for source, text in SOURCES.items():
            bring(library, text, source)
        for choice in choices:
            decide(library, *choice)
        text = exported(library)
        bring(other, text, "j.json")
        assert exported(other) == text
        assert other.apart() == library.apart()
        for source, bib in SOURCES.items():
            bring(library, bib, source)
            bring(other, bib, source)
            assert _told(exported(other)) == _told(exported(library))


def test_an_export_that_comes_home_or_comes_twice_leaves_all_as_it_is_byte_for_byte(
    library: Library, other: Library
) -> None:
    issues = "@article{%s, title = {Editorial}, author = {Kim, Ann}, journal = {Nets}, volume = %d, year = 2019}\n"
    bring(library, BIB + issues % ("first", 1) + issues % ("second", 2))
    library.edit(one(library, "c1").id, {"title": "Another Title", "authors": ["Zo Own"]})
    library.merge_papers(one(library, "c2").id, one(library, "c3").id)
    library.remove([one(library, "first").id])
    text = exported(library)
    for there in (library, other, other):
        bring(there, text, "j.json")
        assert exported(there) == text
