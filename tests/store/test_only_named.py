"""Papers of which only an identifier was known: their keys give way to better ones, unless they were given out."""

from __future__ import annotations

import pytest

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.mark import star
from readlist.query import ALL
from readlist.report import Report
from tests.papers import TODAY

LINKS = "10.1038/nature16961\n10.1038/nature16962\n"
GO = "@article{mine, title = {Mastering Go}, author = {Silver, D.}, year = 2016, doi = {10.1038/nature16961}}"


def take_in(library: Library, text: str, name: str = "refs.bib") -> Report:
    return ingest(library, [Source.from_text(text, name)], as_of=TODAY)


def keys(library: Library) -> list[str]:
    return sorted(entry.citekey for entry in library.entries(library.select(ALL)))


def test_a_key_made_of_an_identifier_gives_way_to_that_of_the_bib_file(library: Library) -> None:
    take_in(library, LINKS, "links.txt")
    assert keys(library) == ["doi", "doib"]
    assert take_in(library, GO).refused == ()
    assert keys(library) == ["doib", "mine"]
    assert take_in(library, GO).unchanged == 1
    assert keys(library) == ["doib", "mine"]


def test_a_source_without_keys_gives_one_of_the_pattern(library: Library) -> None:
    take_in(library, LINKS, "links.txt")
    ris = "TY  - JOUR\nTI  - Mastering Go\nAU  - Silver, D.\nPY  - 2016\nDO  - 10.1038/nature16961\nER  - \n"
    take_in(library, ris, "refs.ris")
    assert keys(library) == ["doib", "silver2016mastering"]


def test_a_key_that_another_paper_has_is_not_taken(library: Library) -> None:
    take_in(library, "@misc{mine, title = {Another}, author = {Li, Ann}}", "other.bib")
    take_in(library, LINKS, "links.txt")
    assert take_in(library, GO).refused == (("mine", "silver2016mastering"),)


def test_a_key_that_was_given_out_or_stands_beside_a_mark_stays(library: Library) -> None:
    take_in(library, LINKS, "links.txt")
    entry = library.find("doi")
    assert entry is not None
    library.mark([entry.id], star())
    assert take_in(library, GO).refused == (("mine", "doi"),)
    assert keys(library) == ["doi", "doib"]


def test_a_link_beside_an_identifier_is_kept(library: Library) -> None:
    take_in(library, "10.1038/nature16961 https://openreview.net/forum?id=abc\n10.1038/nature16962\n", "links.txt")
    entry = library.find("10.1038/nature16961")
    assert entry is not None
    assert entry.paper.extra == (("url", "https://openreview.net/forum?id=abc"),)


@pytest.mark.parametrize("tagged", [GO, GO.replace("year", "keywords = {go, games}, year")], ids=["", "with tags"])
def test_undoing_what_made_a_paper_known_gives_it_the_key_that_it_had_and_redo_the_new_one(
    library: Library, tagged: str
) -> None:
    def told() -> list[tuple[object, ...]]:
        found = library.entries(library.select(ALL))
        return sorted((one.id, one.citekey, repr(one.paper), one.mark.tags) for one in found)

    take_in(library, LINKS, "links.txt")
    before = told()
    take_in(library, tagged)
    after = told()
    assert before != after
    for _ in range(2):
        library.undo()
        assert told() == before
        library.redo()
        assert told() == after


def test_a_key_that_was_given_out_since_stays_when_the_ingest_is_undone(library: Library) -> None:
    take_in(library, LINKS, "links.txt")
    take_in(library, GO)
    library.give_out(entry.id for entry in library.entries(library.select(ALL)) if entry.citekey == "mine")
    library.undo()
    assert keys(library) == ["doib", "mine"]
    library.redo()
    assert keys(library) == ["doib", "mine"]


def test_a_key_that_was_given_out_after_the_undoing_stays_when_the_ingest_is_done_again(library: Library) -> None:
    take_in(library, LINKS, "links.txt")
    take_in(library, GO)
    library.undo()
    library.give_out(entry.id for entry in library.entries(library.select(ALL)))
    library.redo()
    assert keys(library) == ["doi", "doib"]
