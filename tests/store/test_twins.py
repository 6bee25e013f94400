"""Two papers that are held become one when a source tells an identifier of both, or what an id stands for."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from readlist.cite import export
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.mark import add_note, change_tags, star
from readlist.paper import Entry
from readlist.query import ALL
from readlist.report import Report
from tests.papers import NOW, TODAY

NETS = "title = {Attention Mechanisms for Very Deep Graphs}, author = {Kim, Ann and Oak, Bo}"
FORMER = "title = {Going Deep on Graphs with Attention}, author = {Kim, Ann and Oak, Bo}"
ON_ARXIV = "eprint = {1903.00001}, archiveprefix = {arXiv}"
TALK = f"@inproceedings{{talk, {NETS}, year = 2020, booktitle = {{ICML}}, pages = {{1--9}}}}\n"
PREPRINT = f"@misc{{preprint, {NETS}, year = 2019, {ON_ARXIV}}}\n"
EARLY = f"@misc{{early, {FORMER}, year = 2019, {ON_ARXIV}}}\n"
ARTICLE = f"@article{{article, {NETS}, year = 2020, journal = {{Nature}}, volume = 5, doi = {{10.1038/abc}}}}\n"
BOTH = f"@misc{{both, {NETS}, year = 2019, {ON_ARXIV}, doi = {{10.1038/abc}}}}\n"
TEXTS = {
    "talk.bib": TALK, "preprint.bib": PREPRINT, "early.bib": EARLY, "article.bib": ARTICLE, "both.bib": BOTH,
    "ids.txt": "arXiv:1903.00001v2\n", "doi.txt": "https://doi.org/10.1038/abc\n",
}  # fmt: skip


def take_in(library: Library, *names: str, dry_run: bool = False) -> Report:
    return ingest(library, [Source.from_text(TEXTS[name], name) for name in names], as_of=TODAY, dry_run=dry_run)


def whole(library: Library) -> dict[str, Entry]:
    return {entry.citekey: entry for entry in library.entries(library.select(ALL))}


def exported(library: Library) -> str:
    return "".join(export(library, library.select(ALL), "json"))


@pytest.mark.parametrize("order", list(permutations(("talk.bib", "preprint.bib", "ids.txt"))))
def test_an_id_is_the_paper_that_it_is_of_in_any_order(library: Library, order: tuple[str, ...]) -> None:
    for name in order:
        would = take_in(library, name, dry_run=True)
        report = take_in(library, name)
        assert (would.new, would.updated, would.twins) == (report.new, report.updated, report.twins)
    [entry] = whole(library).values()
    assert set(entry.paper.sources) == set(order)
    assert (entry.paper.identifiers.arxiv, entry.paper.venue, entry.paper.date) == ("1903.00001", "ICML", "2020")
    before = exported(library)
    for name in order:
        assert take_in(library, name).unchanged == 1
    assert exported(library) == before


@pytest.mark.parametrize("order", list(permutations(("early.bib", "article.bib", "both.bib", "doi.txt"))))
def test_papers_of_two_titles_are_one_when_a_source_names_both_identifiers(
    library: Library, order: tuple[str, ...]
) -> None:
    for name in order:
        take_in(library, name)
    [entry] = whole(library).values()
    assert set(entry.paper.sources) == set(order)
    assert {take_in(library, name).unchanged for name in order} == {1}
    for _ in order:
        library.undo()
    assert not whole(library)
    for _ in order:
        library.redo()
    assert [(one.id, one.paper) for one in whole(library).values()] == [(entry.id, entry.paper)]


def test_the_marks_of_both_are_kept_and_undo_gives_each_its_own_back(library: Library) -> None:
    take_in(library, "ids.txt", "talk.bib")
    held = whole(library)
    library.mark([held["2019arxiv"].id], star())
    library.mark([held["talk"].id], add_note("n1", "of the talk"))
    library.mark([held["talk"].id], change_tags(["nets"]))
    before = whole(library)
    assert "1 pair turned out to be one paper" in take_in(library, "preprint.bib").united
    [entry] = whole(library).values()
    assert entry.mark.starred
    assert (entry.mark.tags, [note.text for note in entry.mark.notes]) == (("nets",), ["of the talk"])
    assert library.find("2019arxiv") == library.find("talk") == entry
    library.undo()
    assert whole(library) == before
    library.redo()
    assert whole(library) == {entry.citekey: entry}


def test_a_key_made_of_an_identifier_gives_way(library: Library) -> None:
    take_in(library, "ids.txt")
    take_in(library, "talk.bib")
    take_in(library, "preprint.bib")
    assert list(whole(library)) == ["talk"]


def test_what_a_reader_keeps_apart_stays_so(library: Library) -> None:
    take_in(library, "early.bib", "article.bib")
    held = whole(library)
    library.keep_both(held["early"].id, held["article"].id)
    assert take_in(library, "both.bib").twins == ()
    assert len(whole(library)) == 2


def test_papers_of_other_authors_and_titles_stay_two_whatever_identifier_is_said(library: Library) -> None:
    other = "@article{fish, title = {Fish of the Sea}, author = {Elm, Cy}, doi = {10.1038/abc}}"
    ingest(library, [Source.from_text(other, "fish.bib")], as_of=TODAY)
    take_in(library, "preprint.bib")
    assert take_in(library, "both.bib").twins == ()
    assert len(whole(library)) == 2


def test_two_that_came_with_the_ingest_itself_are_taken_out_by_one_undo(library: Library) -> None:
    report = take_in(library, "early.bib", "article.bib", "both.bib")
    assert (report.new, report.updated, len(report.twins)) == (2, 1, 1)
    after = whole(library)
    library.undo()
    assert not whole(library)
    library.redo()
    assert whole(library) == after
    assert take_in(library, "early.bib", "article.bib", "both.bib").unchanged == 3


def test_they_are_one_in_another_library_and_when_the_catalogue_is_lost(library: Library, tmp_path: Path) -> None:
    for name in ("ids.txt", "talk.bib", "preprint.bib"):
        take_in(library, name)
    text = exported(library)
    with Library.open(tmp_path / "other", now=lambda: NOW) as other:
        ingest(other, [Source.from_text(text, "refs.json")], as_of=TODAY)
        assert exported(other) == text
        assert {take_in(other, name).unchanged for name in ("ids.txt", "talk.bib", "preprint.bib")} == {1}
    before = whole(library)
    library.rebuild_catalogue()
    assert whole(library) == before
