"""A .bib file of the reader's own comes in with its keys, its marks and every field, and goes out again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from readlist.cite import export_file
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.mark import change_tags, star
from readlist.paper import Entry
from readlist.query import ALL
from readlist.report import Report
from tests.papers import NOW

OURS = r"""
@string{jmlr = "Journal of Machine Learning Research"}
@article{Srivastava:dropout, title = {Dropout: A Simple Way to Prevent Neural Networks from {Overfitting}},
  author = {Srivastava, Nitish and Hinton, Geoffrey and {van den Berg}, Ann and others}, journal = jmlr, volume = 15,
  number = {1}, pages = {1929--1958}, year = 2014, month = jan, issn = {1532-4435}, url = {http://jmlr.org/x.html},
  keywords = {Regularization, deep learning}, readstatus = {read}, ranking = {rank5}, priority = {prio2},
  annote = {Read twice}, doi = {10.5555/ABC.1}, my-field = {a \& b}}
@book{knuth1984, title = {The {\TeX}book}, author = {Knuth, Donald E.}, publisher = {Addison-Wesley}, year = {1984}}
@phdthesis{Guzman2019, title = {On G{\"o}del}, author = {Guzm{\'a}n D{\'\i}az, Mar{\'\i}a}, school = {MIT}, year = 2019}
@misc{broken, title = {never closed, year = 2020
@misc{last, title = {The Last One}, author = {{Open Ended Learning Team}}, year = 2021}
"""


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(OURS, encoding="utf-8")
    return path


def take_in(library: Library, path: Path) -> Report:
    return ingest(library, [Source.from_path(path)], as_of=date(2026, 4, 1))


def everything(library: Library) -> dict[str, Entry]:
    return {entry.citekey: entry for entry in library.entries(library.select(ALL))}


def test_keys_and_marks_come_in_once_and_a_second_time_changes_nothing(library: Library, bib: Path) -> None:
    first = take_in(library, bib)
    assert (first.format, first.new, len(first.rejected), first.refused) == ("bibtex", 4, 1, ())
    assert first.rejected[0].line == 10
    entries = everything(library)
    assert set(entries) == {"Srivastava:dropout", "knuth1984", "Guzman2019", "last"}
    mark = entries["Srivastava:dropout"].mark
    assert (mark.status, mark.rating, mark.priority, mark.tags) == ("read", 5, 2, ("deep-learning", "regularization"))
    assert [(note.text, bool(note.id), note.created) for note in mark.notes] == [("Read twice", True, NOW)]
    assert mark.status_dates == (("read", NOW),)
    again = take_in(library, bib)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 4)
    assert everything(library) == entries


def test_a_later_ingest_never_touches_a_mark(library: Library, bib: Path) -> None:
    take_in(library, bib)
    paper = everything(library)["Srivastava:dropout"].id
    library.mark([paper], change_tags(remove=["deep-learning", "regularization"]))
    before = everything(library)["Srivastava:dropout"].mark
    bib.write_text(OURS.replace("rank5", "rank1").replace("pages = {1929", "pages = {1930"))
    assert take_in(library, bib).updated == 1
    assert everything(library)["Srivastava:dropout"].mark == before


def test_a_paper_that_is_held_without_a_mark_gets_the_mark_and_keeps_its_key(library: Library, bib: Path) -> None:
    other = bib.with_name("other.bib")
    other.write_text("@misc{other:key, title = {The Last One}, author = {Open Ended Learning Team}, keywords = {x}}\n")
    take_in(library, bib)
    report = take_in(library, other)
    assert report.refused == (("other:key", "last"),)
    assert report.record()["refused_keys"] == {"other:key": "last"}
    assert everything(library)["last"].mark.tags == ("x",)


def test_a_key_that_another_paper_has_or_that_none_can_have_is_told(library: Library, bib: Path) -> None:
    take_in(library, bib)
    other = bib.with_name("other.bib")
    other.write_text("@misc{KNUTH1984, title = {Another Paper}}\n@misc{a'b, title = {Third}}\n")
    assert dict(take_in(library, other).refused) == {"KNUTH1984": "another", "a'b": "third"}


def test_an_ingest_with_marks_and_tags_is_one_step(library: Library, bib: Path) -> None:
    ingest(library, [Source.from_path(bib)], as_of=date(2026, 4, 1), tags=["digest"])
    entries = everything(library)
    assert entries["Srivastava:dropout"].mark.tags == ("deep-learning", "digest", "regularization")
    assert all("digest" in entry.mark.tags for entry in entries.values())
    assert [step.name for step in library.history()] == ["ingest refs.bib"]
    assert library.undo().name == "ingest refs.bib"
    assert not everything(library)
    assert not library.tags()
    library.redo()
    assert everything(library) == entries
    library.undo()
    take_in(library, bib)
    assert everything(library)["Srivastava:dropout"].mark.tags == ("deep-learning", "regularization")


def test_marks_that_come_to_papers_that_are_there_go_with_their_ingest(library: Library, bib: Path) -> None:
    listing = bib.with_name("list.bib")
    listing.write_text("@misc{last, title = {The Last One}, author = {Open Ended Learning Team}}\n")
    take_in(library, listing)
    before = everything(library)
    other = bib.with_name("other.bib")
    other.write_text("@misc{last, title = {The Last One}, author = {Open Ended Learning Team}, readstatus = {read}}\n")
    report = take_in(library, other)
    assert report.marked.words == "1 marked: status of 1"
    assert everything(library)["last"].mark.status == "read"
    assert library.undo().name == "ingest other.bib"
    assert everything(library) == before
    ingest(library, [Source.from_path(listing)], as_of=date(2026, 4, 1), tags=["x"])
    assert everything(library)["last"].mark.tags == ("x",)
    assert library.undo().name == "ingest list.bib"
    assert everything(library) == before


def test_a_dry_run_tells_of_the_marks_and_leaves_them_alone(library: Library, bib: Path) -> None:
    def run(*, dry_run: bool) -> Report:
        source = Source.from_path(bib)
        return ingest(library, [source], as_of=date(2026, 4, 1), tags=["digest"], dry_run=dry_run)

    report = run(dry_run=True)
    assert report.new == 4
    assert report.marked.words == "4 marked: tags of 4, status of 1, ratings of 1, priorities of 1, notes of 1"
    assert report.record()["marked"] == report.marked.record()
    assert not everything(library)
    assert library.history() == []
    assert run(dry_run=False).marked == report.marked
    assert run(dry_run=True).marked.words == ""
    assert "marked" not in run(dry_run=False).record()


def test_a_star_of_the_reader_stays_when_the_paper_comes_with_marks(library: Library, bib: Path) -> None:
    listing = bib.with_name("list.bib")
    listing.write_text("@misc{d, title = {Dropout: A Simple Way to Prevent Neural Networks from Overfitting},"
                       " author = {Srivastava, Nitish}}\n")  # fmt: skip
    take_in(library, listing)
    library.mark([everything(library)["d"].id], star())
    take_in(library, bib)
    mark = everything(library)["d"].mark
    assert mark.starred
    assert mark.tags == ()
    assert json.dumps(everything(library)["d"].paper.extra).count("1929--1958") == 1


@pytest.mark.parametrize("suffix", ["json", "csv", "ris", "csl.json"])
def test_what_was_exported_for_other_programs_comes_back(
    tmp_path: Path, library: Library, bib: Path, suffix: str
) -> None:
    take_in(library, bib)
    first = everything(library)
    out = tmp_path / f"out.{suffix}"
    export_file(library, library.select(ALL), out, "csl-json" if suffix == "csl.json" else None)
    with Library.open(tmp_path / "second", now=lambda: NOW) as second:
        assert not take_in(second, out).rejected
        back = everything(second)
    assert set(back) == set(first)
    for key, entry in first.items():
        ours, theirs = back[key].paper, entry.paper
        assert (ours.title, ours.authors, ours.authors_truncated) == (
            theirs.title,
            theirs.authors,
            theirs.authors_truncated,
        )
        assert (ours.date, ours.identifiers) == (theirs.date, theirs.identifiers)
