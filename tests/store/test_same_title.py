"""One paper from two sources without an identifier in common: one in silence only where nothing speaks against it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from readlist.library import Library
from readlist.paper import Identifiers, Paper
from readlist.query import ALL
from tests.papers import paper

TITLE = "Deep nets for many things"
PREPRINT = paper(TITLE, "Ann Li", "Cy Bo", date="2020-03", identifiers=Identifiers(arxiv="2001.00001"))


def published(title: str = TITLE, *authors: str, **facts: object) -> Paper:
    told = {"date": "2021", "identifiers": Identifiers(doi="10.1000/xyz"), "sources": ("other.bib",)} | facts
    return paper(title, *authors, **told)


@pytest.mark.parametrize("authors", [("A. Li", "C. Bo"), ("Li, Ann", "Cy Bo"), ("Cy Bo", "Ann Li"), ("A. Li",)])
def test_the_same_title_and_authors_are_one_paper(library: Library, authors: tuple[str, ...]) -> None:
    [kept] = library.add([PREPRINT]).ids
    added = library.add([published(TITLE, *authors)])
    assert (added.new, added.updated, added.ids) == (0, 1, (kept,))
    [entry] = library.entries(library.select(ALL))
    assert entry.paper.identifiers == Identifiers("2001.00001", "10.1000/xyz")
    assert entry.paper.authors == ("Ann Li", "Cy Bo")
    assert entry.paper.sources == ("test.txt", "other.bib")


def test_both_in_one_file_stay_as_they_are_when_it_is_ingested_again(library: Library) -> None:
    both = [PREPRINT, published(TITLE, "A. Li", "C. Bo", identifiers=Identifiers(), sources=("test.txt",))]
    library.add(both)
    before = library.entries(library.select(ALL))
    again = library.add(both)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)
    assert library.entries(library.select(ALL)) == before


@pytest.mark.parametrize(
    "other",
    [
        published(TITLE, "Dora Ek"),
        published(TITLE),
        published(TITLE, "A. Li", date="2029"),
        published(f"{TITLE}, part two", "A. Li"),
        published("Deep nets for many thing", "A. Li"),
        published(TITLE, "A. Li", identifiers=Identifiers(arxiv="2009.99999")),
    ],
    ids=["other authors", "no authors", "years later", "another part", "nearly the title", "another preprint"],
)
def test_where_anything_speaks_against_it_they_stay_two(library: Library, other: Paper) -> None:
    library.add([PREPRINT])
    assert library.add([other]).new == 1


def test_a_title_that_many_papers_have_says_nothing(library: Library) -> None:
    library.add([paper("Editorial", "Ann Li", date="2020")])
    assert library.add([paper("Editorial", "A. Li", date="2021")]).new == 1


def test_other_abstracts_are_other_papers(library: Library) -> None:
    first = "We study nets of many layers and show that they learn from few samples in a short time."
    second = "A survey of the history of weaving in the south, with pictures of looms and yarns."
    library.add([paper(TITLE, "Ann Li", date="2020", abstract=first, abstract_raw=first)])
    assert library.add([paper(TITLE, "A. Li", date="2020", abstract=second, abstract_raw=second)]).new == 1


def test_two_that_a_reader_keeps_apart_stay_apart_when_the_catalogue_is_lost(folder: Path) -> None:
    other = published(TITLE, "A. Li", date="2029")
    nearer = published(TITLE, "A. Li")
    with Library.open(folder) as library:
        ids = library.add([PREPRINT, other]).ids
        library.keep_both(*ids)
    (folder / "catalogue.sqlite").unlink()
    with Library.open(folder) as library:
        library.add([PREPRINT])
        assert library.add([nearer]).new + library.count() >= 2
        assert library.count() == 2


def test_a_catalogue_of_the_schema_before_gets_the_index(folder: Path) -> None:
    with Library.open(folder) as library:
        library.add([PREPRINT])
    with closing(sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP INDEX by_title")
        connection.execute("PRAGMA user_version = 2")
    with Library.open(folder) as library:
        assert library.add([published(TITLE, "A. Li")]).new == 0
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as connection:
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'by_title'").fetchone()


def test_what_brings_the_first_identifier_says_nothing_else_the_second_time(library: Library) -> None:
    library.add([paper(TITLE, "Ann Li", "Cy Bo", date="2021", kind="article", venue="Nature")])
    preprint = paper(TITLE, "A. Li", "C. Bo", date="2021", identifiers=Identifiers(arxiv="2001.00001"))
    assert library.add([preprint]).updated == 1
    before = library.entries(library.select(ALL))
    assert library.add([preprint]).unchanged == 1
    assert library.entries(library.select(ALL)) == before


@pytest.mark.parametrize(
    ("title", "one", "other"),
    [
        ("Measurement of the W boson mass", ["The ATLAS Collaboration"], ["ATLAS Collaboration"]),
        ("On the Growth of Very Large Trees", ["Jörg Müller"], ["Joerg Mueller"]),
        ("Toolformer", ["Timo Schick", "Jane Dwivedi-Yu"], ["T. Schick", "J. Dwivedi-Yu"]),
    ],
)
def test_names_in_another_spelling_are_the_same(library: Library, title: str, one: list[str], other: list[str]) -> None:
    library.add([paper(title, *one, date="2020")])
    assert library.add([published(title, *other)]).new == 0


@pytest.mark.parametrize(
    "other",
    [
        paper("Toolformer", "T. Schick", "J. Doe", date="2020"),
        paper("Toolformer", "T. Schick", "J. Dwivedi-Yu", date="2022"),
        paper("Toolformer", "T. Schick", "J. Dwivedi-Yu"),
        paper("Toolformer", "J. Dwivedi-Yu", "T. Schick", date="2020"),
    ],
    ids=["another author", "another year", "no year", "another order"],
)
def test_a_short_title_is_one_only_where_all_authors_and_the_year_agree(library: Library, other: Paper) -> None:
    library.add([paper("Toolformer", "Timo Schick", "Jane Dwivedi-Yu", date="2020")])
    assert library.add([replace(other, sources=("other.bib",))]).new == 1


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (["ATLAS Collaboration"], ["Georges Aad", "Brad Abbott"], "one names a group"),
        (["Wei Li", "Xiao Wang"], ["Li Wei", "Wang Xiao"], "turned round"),
    ],
)
def test_authors_that_are_told_in_another_way_are_asked_about(
    library: Library, one: list[str], other: list[str], reason: str
) -> None:
    title = "Measurement of the W boson mass"
    assert library.add([paper(title, *one, date="2020"), published(title, *other)]).new == 2
    [pair] = library.likely_same(library.apart())
    assert reason in pair.reason


def test_an_ampersand_and_its_word_are_asked_about(library: Library) -> None:
    library.add(
        [paper("Trees & Forests of the North Sea", "Ann Li"), paper("Trees and Forests of the North Sea", "Ann Li")]
    )
    assert len(library.likely_same(library.apart())) == 1
