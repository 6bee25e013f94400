"""Facets: each count is that of the papers which a search for it finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from readlist.errors import ForeignError
from readlist.library import Interrupted, Library
from readlist.mark import add_note, change_tags, set_status
from readlist.paper import Paper
from readlist.query import ALL, Facet, Query, both, parse
from readlist.store.catalogue import Catalogue
from readlist.store.facets import Tally
from readlist.text import words
from tests.papers import NOW, TODAY, paper

AUTHORS = ["Ann Li", "Ann Li Smith", "Timo Schick", "Łukasz Müller", "Bo", "北京 大学"]
AFFILIATIONS = ["meta", "meta-ai", "uw", "ETH Zürich"]


def made_papers() -> Iterator[Paper]:
    for number in range(120):
        yield paper(
            f"Paper of the number n{number} about {'nets' if number % 3 else 'trees'}",
            *{AUTHORS[number % 6], AUTHORS[number % 5]},
            affiliations=tuple({AFFILIATIONS[number % 4], AFFILIATIONS[number % 3]}),
            categories=("cs.CL", "stat.ML") if number % 2 else ("cs.CL",),
            sources=("a.txt",) if number % 7 else ("b.bib",),
            has_code=(None, False, True)[number % 3],
            date=(None, "2021", "2022-03", "2023-12-31")[number % 4],
        )


@pytest.fixture
def full(library: Library) -> Library:
    library.add(made_papers())
    ids = library.ids(library.select(ALL))
    library.mark(ids[:30], set_status("reading"))
    library.mark(ids[10:25], change_tags(add=["rl/offline", "nlp"]))
    library.mark(ids[20:40], change_tags(add=["rl"]))
    library.mark(ids[50:60], add_note("n1", "of use"))
    return library


def query(text: str) -> Query:
    return parse(text, statuses=(), today=TODAY)


@pytest.mark.parametrize(
    "text", ["", "nets", "trees -author:schick", "tag:rl OR year:2021", "nothing", "has:code", 'affil:"meta"']
)
def test_each_count_is_that_of_a_search_for_it(full: Library, text: str) -> None:
    wanted = query(text)
    facets = full.facets(wanted)
    assert {facet.kind for facet in facets} == (
        set() if text == "nothing" else {facet.kind for facet in facets} | {"status", "year", "author", "affil", "cat"}
    )
    for facet in facets:
        assert facet.tree is not None
        narrowed = Query(both([part for part in (wanted.tree, facet.tree) if part is not None]))
        assert (facet.kind, facet.name, facet.count) == (facet.kind, facet.name, len(full.select(narrowed)))


@pytest.mark.parametrize("kind", ["source", "cat", "author", "affil"])
def test_each_name_is_found_by_its_text_however_it_is_written(library: Library, kind: str) -> None:
    names = ['a "x"', 'a "x" b', '"', "ab", "a*", "a", "a\\", 'Bo "Bill" Li*', "Bo Bill Lin", "OR", "-a"]
    field = {"source": "sources", "cat": "categories", "author": "authors", "affil": "affiliations"}[kind]
    library.add(
        replace(paper(f"Title number {number}", f"Author {number}"), **{field: (name,)})
        for number, name in enumerate(names)
    )
    facets = [facet for facet in library.facets(ALL) if facet.kind == kind]
    assert {facet.name for facet in facets} == {name for name in names if kind in ("source", "cat") or words(name)}
    for facet in facets:
        assert (facet.name, facet.count) == (facet.name, len(library.select(query(str(facet.tree)))))


def test_every_value_is_told_that_papers_have(full: Library) -> None:
    found: dict[str, set[str]] = {}
    for facet in full.facets(ALL):
        found.setdefault(facet.kind, set()).add(facet.name)
    assert found == {
        "status": {"unread", "reading"},
        "tag": {"rl", "rl/offline", "nlp"},
        "year": {"2021", "2022", "2023"},
        "author": set(AUTHORS),
        "affil": set(AFFILIATIONS),
        "cat": {"cs.CL", "stat.ML"},
        "source": {"a.txt", "b.bib"},
        "has": {"code"},
    }


def test_the_most_frequent_stand_first_and_years_newest_first(full: Library) -> None:
    facets = full.facets(ALL)
    counts = [facet.count for facet in facets if facet.kind == "author"]
    assert counts == sorted(counts, reverse=True)
    assert [facet.name for facet in facets if facet.kind == "year"] == ["2023", "2022", "2021"]


def test_a_paper_that_changed_or_is_gone_is_counted_as_it_is_now(library: Library) -> None:
    first = paper("One Title", "Ann Li", date="2021", identifiers=paper().identifiers)
    library.add([first, paper("Another Title", "Bo Yu", date="2021")])
    library.add([replace(first, categories=("cs.CL",))])
    assert Facet("cat", "cs.CL", 1) in library.facets(ALL)
    library.remove([first.id])
    left = library.facets(ALL)
    assert Facet("author", "Bo Yu", 1) in left
    assert not any(facet.name in ("Ann Li", "cs.CL") for facet in left)


def test_authors_who_have_many_papers_are_found_when_there_is_room_for_few(
    full: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.add(paper(f"Other {number}", f"Someone{number} Else") for number in range(300))
    before = full.facets(ALL)
    monkeypatch.setattr("readlist.store.facets._ROOM", 20)
    monkeypatch.setattr("readlist.store.facets._AT_ONCE", 10)
    often = {facet for facet in before if facet.kind != "author" or facet.count > 5}
    assert often <= set(full.facets(ALL))


def test_what_is_counted_is_the_library_at_one_moment(full: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = full.facets(ALL)
    count_tags = Tally._tags

    def while_another_writes(tally: Tally) -> list[Facet]:
        full.mark(full.ids(full.select(ALL))[:60], change_tags(add=["meanwhile"]))
        full.add([paper("A Paper That Came Meanwhile", "Someone New", date="2024")])
        return count_tags(tally)

    with monkeypatch.context() as patched:
        patched.setattr(Tally, "_tags", while_another_writes)
        assert full.facets(ALL) == before
    assert Facet("tag", "meanwhile", 60) in full.facets(ALL)


def test_counting_ends_when_it_is_interrupted(full: Library) -> None:
    facets = full._catalogue.facets
    begun = full._catalogue._interrupts

    class Impatient:
        @property
        def tree(self) -> None:
            full.interrupt()

    with pytest.raises(Interrupted):
        facets(cast("Query", Impatient()))
    assert full._catalogue._interrupts > begun


# ------------------------------------------------------------------ catalogues of an older readlist


def make_old(folder: Path) -> None:
    """Make a catalogue what a readlist without facets wrote."""
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as connection:
        connection.executescript("DROP TABLE names; DROP TABLE facets; PRAGMA user_version = 1")


def test_an_older_catalogue_is_brought_up_when_it_is_opened(full: Library) -> None:
    before = full.facets(ALL)
    full.close()
    make_old(full.folder)
    with Library.open(full.folder, now=lambda: NOW) as library:
        assert library.notices == ()
        assert library.facets(ALL) == before
        assert library.count() == 120


def test_an_older_catalogue_that_cannot_be_written_says_what_to_do(full: Library) -> None:
    full.close()
    make_old(full.folder)
    with pytest.raises(ForeignError, match="older readlist") as caught:
        Catalogue.open(full.folder / "catalogue.sqlite", read_only=True)
    assert "open it once" in caught.value.hint
