"""A description that could be of several papers goes to the one that says clearly more of the same, or to none."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.paper import Entry
from readlist.query import ALL
from readlist.report import Report
from tests.papers import NOW, TODAY

WRITTEN = "title = {Foo of Bars and of Their Baz}, author = {Kim, Ann and Oak, Bo and Elm, Cy}"
THESIS = "@phdthesis{thesis, title = {Foo of Bars and of Their Baz}, author = {Kim, Ann}, year = 2020, school = {MIT}}"
TALK = f"@inproceedings{{talk, {WRITTEN}, year = 2019, booktitle = {{ICML}}}}"
ARTICLE = f"@article{{article, {WRITTEN}, year = 2021, journal = {{JMLR}}, volume = 22}}"
PREPRINT = f"@misc{{preprint, {WRITTEN}, year = %s, eprint = {{1903.00001}}, archivePrefix = {{arXiv}}}}"


def take_in(library: Library, *texts: str) -> Report:
    return ingest(library, [Source.from_text("\n".join(texts), "refs.bib")], as_of=TODAY)


def whole(library: Library) -> dict[str, Entry]:
    return {entry.citekey: entry for entry in library.entries(library.select(ALL))}


@pytest.mark.parametrize("turned", [False, True], ids=["thesis first", "preprint first"])
def test_a_thesis_does_not_get_the_authors_of_a_preprint(library: Library, turned: bool) -> None:
    texts = [THESIS, PREPRINT % 2019]
    take_in(library, *(texts[::-1] if turned else texts))
    held = whole(library)
    assert held["thesis"].paper.authors == ("Ann Kim",)
    assert held["thesis"].paper.identifiers.arxiv is None
    assert held["preprint"].paper.identifiers.arxiv == "1903.00001"
    again = take_in(library, *texts)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)


def test_a_thesis_on_arxiv_is_one(library: Library) -> None:
    alone = PREPRINT.replace(" and Oak, Bo and Elm, Cy", "") % 2020
    assert take_in(library, THESIS, alone).new == 1


@pytest.mark.parametrize("order", list(permutations([THESIS, TALK, ARTICLE])))
def test_a_preprint_goes_to_the_one_of_its_year_whichever_came_first(library: Library, order: tuple[str, ...]) -> None:
    assert take_in(library, *order).new == 3
    assert take_in(library, PREPRINT % 2019).new == 0
    held = whole(library)
    assert {key: entry.paper.identifiers.arxiv for key, entry in held.items()} == {
        "thesis": None, "talk": "1903.00001", "article": None,
    }  # fmt: skip


@pytest.mark.parametrize("order", list(permutations([THESIS, TALK, ARTICLE])))
def test_a_preprint_that_could_be_of_two_is_its_own_and_asked_about(library: Library, order: tuple[str, ...]) -> None:
    take_in(library, *order)
    assert take_in(library, PREPRINT % 2020).new == 1
    held = whole(library)
    assert held["preprint"].paper.identifiers.arxiv == "1903.00001"
    asked = {frozenset((pair.first, pair.second)) for pair in library.likely_same(library.apart())}
    assert {frozenset((held["preprint"].id, held[key].id)) for key in ("talk", "article")} <= asked
    before = whole(library)
    again = take_in(library, *order, PREPRINT % 2020)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 4)
    assert whole(library) == before


def test_what_was_told_apart_stays_so_when_the_catalogue_is_made_anew(folder: Path) -> None:
    with Library.open(folder, now=lambda: NOW) as library:
        take_in(library, TALK, ARTICLE, PREPRINT % 2020)
        before = whole(library)
        library.rebuild_catalogue()
        assert whole(library) == before
