"""Papers of one title and author that are not one stay two, through whatever happens to them; preprints do not."""

from __future__ import annotations

import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from readlist.apart import named_apart
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.mark import star
from readlist.paper import Entry, Identifiers, Paper
from readlist.query import ALL
from readlist.report import Report
from readlist.writers.json import write
from tests.papers import NOW, TODAY, from_bib, paper


def entry(**fields: str) -> str:
    kind, key = fields.pop("kind", "article"), fields.pop("key")
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items()) + "}\n"


def twin(first: dict[str, str], second: dict[str, str]) -> list[str]:
    return [entry(key="one", **first), entry(key="two", **second)]


ISSUE = {"title": "Introduction to the Special Issue", "author": "Smith, Jo", "journal": "A Journal"}
EDITORIAL = {"title": "Editorial", "author": "Smith, Jo", "journal": "A Journal"}
BOOK = {"kind": "book", "title": "Learning: An Introduction", "author": "Sutton, R. and Barto, A.", "publisher": "MIT"}
NETS = {"title": "Deep Nets for Many Things", "author": "Li, Ann"}

OPTICS = {"kind": "incollection", "title": "Optics", "author": "Born, Max", "year": "2019"}
WIDGET = {"kind": "patent", "title": "Widget Apparatus", "author": "Ek, Dora", "year": "2019"}
PROGRAM = {"kind": "software", "title": "widgetlib", "author": "Hu, Xi", "year": "2020"}
LECTURE = {"kind": "misc", "title": "Lecture 1", "author": "Ng, Andrew"}
TALK = {**NETS, "kind": "inproceedings", "year": "2020"}

TWINS = {
    "two DOIs": twin({**ISSUE, "year": "2001", "doi": "10.1000/a"}, {**ISSUE, "year": "2001", "doi": "10.1000/b"}),
    "two signs": twin({**NETS, "title": "Search for $B^+$ in Data"}, {**NETS, "title": "Search for $B^-$ in Data"}),
    "two relations": twin({**NETS, "title": "Nets of Width $x<0$"}, {**NETS, "title": "Nets of Width $x>0$"}),
    "two languages": twin(
        {**NETS, "title": "Programming in C at Home"}, {**NETS, "title": "Programming in C++ at Home"}
    ),
    "two volumes": twin({**EDITORIAL, "volume": "1"}, {**EDITORIAL, "volume": "5"}),
    "two issues": twin({**EDITORIAL, "volume": "1", "number": "1"}, {**EDITORIAL, "volume": "1", "number": "2"}),
    "two years of a title that many have": twin({**EDITORIAL, "year": "2001"}, {**EDITORIAL, "year": "2002"}),
    "two pages": twin({**EDITORIAL, "pages": "1--2", "year": "2001"}, {**EDITORIAL, "pages": "90", "year": "2001"}),
    "two journals": twin(EDITORIAL, {**EDITORIAL, "journal": "Another"}),
    "two editions": twin({**BOOK, "year": "1998"}, {**BOOK, "year": "2018"}),
    "a thesis and an article": twin(
        {**NETS, "kind": "phdthesis", "school": "MIT", "year": "2020"}, {**NETS, "journal": "Nature", "year": "2020"}
    ),
    "two numbered editions": twin({**BOOK, "edition": "2"}, {**BOOK, "edition": "3"}),
    "a draft and an article nine years later": twin(
        {**NETS, "kind": "misc", "year": "2011"}, {**NETS, "journal": "Nature", "volume": "9", "year": "2020"}
    ),
    "two preprints": twin(
        {**NETS, "eprint": "2001.00001", "archiveprefix": "arXiv"},
        {**NETS, "eprint": "2002.00002", "archiveprefix": "arXiv"},
    ),
    "the preprints of two DOIs": twin(
        {**NETS, "doi": "10.48550/arXiv.2001.00001"}, {**NETS, "doi": "10.48550/arXiv.2002.00002"}
    ),
    "the versions of an archive": twin({**NETS, "doi": "10.5281/zenodo.1"}, {**NETS, "doi": "10.5281/zenodo.2"}),
    "a conference and a journal": twin(
        {**TALK, "booktitle": "ICML"}, {**NETS, "journal": "JMLR", "volume": "22", "pages": "1--40", "year": "2021"}
    ),
    "a workshop and a conference": twin(
        {**TALK, "booktitle": "Workshop on Nets at EMNLP"}, {**TALK, "booktitle": "EMNLP"}
    ),
    "chapters of two handbooks": twin(
        {**OPTICS, "booktitle": "Handbook of Light"}, {**OPTICS, "booktitle": "Encyclopedia of Physics"}
    ),
    "a report and an article": twin(
        {**NETS, "kind": "techreport", "institution": "Stanford", "number": "TR-5", "year": "1970"},
        {**NETS, "journal": "Communications of the ACM", "year": "1971"},
    ),
    "two patents": twin({**WIDGET, "number": "US123"}, {**WIDGET, "number": "EP123"}),
    "two ISBNs": twin(
        {**BOOK, "year": "1990", "isbn": "0-201-06673-4"}, {**BOOK, "year": "1990", "isbn": "978-0-201-51425-3"}
    ),
    "two versions of a program": twin({**PROGRAM, "version": "1.0"}, {**PROGRAM, "version": "2.0"}),
    "news without authors": twin(
        {"title": "News of Nets", "journal": "Nature", "year": "2019"},
        {"title": "News of Nets", "journal": "Science", "year": "2019"},
    ),
    "two months of a title that many have": twin(
        {**EDITORIAL, "year": "2019", "month": "jan"}, {**EDITORIAL, "year": "2019", "month": "feb"}
    ),
    "two lectures": twin(
        {**LECTURE, "url": "https://example.org/2019"}, {**LECTURE, "url": "https://example.org/2020"}
    ),
}
"""Pairs of entries that differ in what tells two papers apart."""

ONE = {
    "another spelling of the volume": twin(
        {**NETS, "journal": "A", "volume": "05"}, {**NETS, "journal": "A", "volume": "Vol. 5", "number": "2"}
    ),
    "preprint and article": twin(
        {**NETS, "journal": "arXiv preprint arXiv:2001.00001", "year": "2020", "pages": "1--30"},
        {**NETS, "journal": "Nature", "volume": "5", "pages": "7--9", "year": "2023"},
    ),
    "the DOIs of preprint and article": twin(
        {**NETS, "doi": "10.48550/arXiv.2001.00001", "year": "2020"},
        {**NETS, "doi": "10.1000/nets", "journal": "Nature", "year": "2021"},
    ),
    "one that tells less": twin({**ISSUE, "year": "2001", "doi": "10.1000/a"}, {**ISSUE}),
    "one with the page, the other with the number of an article": twin(
        {**NETS, "journal": "A", "volume": "5", "pages": "1--9", "year": "2020"},
        {**NETS, "journal": "A", "volume": "5", "pages": "104233", "year": "2020"},
    ),
    "proceedings that came out a year later": twin(
        {**NETS, "journal": "NeurIPS", "year": "2017"}, {**NETS, "journal": "Advances in NeurIPS", "year": "2018"}
    ),
    "proceedings as a journal and as a book": twin(
        {**NETS, "journal": "Advances in Neural Information Processing Systems", "volume": "30", "year": "2017"},
        {**TALK, "booktitle": "Advances in Neural Information Processing Systems 30", "year": "2017"},
    ),
    "a journal and its abbreviation": twin(
        {**NETS, "journal": "Journal of Machine Learning Research", "year": "2020"},
        {**NETS, "journal": "J. Mach. Learn. Res.", "year": "2020"},
    ),
    "one that has lost a sign": twin(
        {**NETS, "title": "Nets in $e^+e^-$ Collisions"}, {**NETS, "title": "Nets in e+e- Collisions"}
    ),
    "one that says no venue": twin({**TALK, "booktitle": "ICML"}, {**TALK}),
    "one ISBN in two lengths": twin(
        {**BOOK, "year": "1990", "isbn": "0-201-06673-4"}, {**BOOK, "year": "1990", "isbn": "9780201066739"}
    ),
    "one at two addresses": twin(
        {**TALK, "booktitle": "ICML", "url": "https://example.org/a"},
        {**TALK, "booktitle": "ICML", "url": "https://b.org"},
    ),
}
"""Pairs of entries that are one paper."""


def take_in(library: Library, *texts: str, name: str = "refs.bib") -> Report:
    return ingest(library, [Source.from_text(text, name) for text in texts], as_of=TODAY)


def whole(library: Library) -> dict[str, Entry]:
    return {one.citekey: one for one in library.entries(library.select(ALL))}


def figures(report: Report) -> tuple[int, int, int]:
    return report.new, report.updated, report.unchanged


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_two_papers_of_one_title_and_author_stay_two(library: Library, pair: list[str], turned: bool) -> None:
    pair = pair[::-1] if turned else pair
    assert figures(take_in(library, "".join(pair))) == (2, 0, 0)
    before = whole(library)
    assert set(before) == {"one", "two"}
    for again in (pair, pair[::-1]):
        assert figures(take_in(library, "".join(again))) == (0, 0, 2)
    assert figures(take_in(library, *pair, name="other.bib"))[0] == 0
    assert {key: (one.id, one.paper.extra) for key, one in whole(library).items()} == {
        key: (one.id, one.paper.extra) for key, one in before.items()
    }


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_two_descriptions_of_one_paper_are_one(library: Library, pair: list[str], turned: bool) -> None:
    pair = pair[::-1] if turned else pair
    assert take_in(library, "".join(pair)).new == 1
    before = whole(library)
    assert figures(take_in(library, "".join(pair))) == (0, 0, 2)
    assert whole(library) == before


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
def test_the_first_of_two_has_the_id_of_title_and_author_and_the_other_one_its_own(
    library: Library, tmp_path: Path, pair: list[str]
) -> None:
    take_in(library, "".join(pair))
    first, second = whole(library)["one"], whole(library)["two"]
    assert first.id == from_bib(pair[0]).id != second.id
    with Library.open(tmp_path / "elsewhere", now=lambda: NOW) as other:
        take_in(other, *pair, name="elsewhere.bib")
        assert {key: one.id for key, one in whole(other).items()} == {"one": first.id, "two": second.id}


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("marked", ["one", "two"])
def test_marks_stay_with_the_right_one_of_two_when_the_catalogue_is_lost(
    folder: Path, pair: list[str], marked: str
) -> None:
    with Library.open(folder, now=lambda: NOW) as library:
        take_in(library, "".join(pair))
        ids = {key: one.id for key, one in whole(library).items()}
        library.mark([ids[marked]], star())
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as library:
        take_in(library, "".join(pair))
        found = whole(library)
        assert {key: one.id for key, one in found.items()} == ids
        assert {key: one.mark.starred for key, one in found.items()} == {key: key == marked for key in ids}


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
def test_two_that_a_reader_merges_are_one_until_that_is_undone(folder: Path, pair: list[str]) -> None:
    with Library.open(folder, now=lambda: NOW) as library:
        take_in(library, "".join(pair))
        before = whole(library)
        for kept, other in permutations(("one", "two")):
            library.merge_papers(before[kept].id, before[other].id)
            merged = whole(library)
            assert list(merged) == [kept]
            assert figures(take_in(library, "".join(pair))) == (0, 0, 2)
            library.rebuild_catalogue()
            assert whole(library) == merged
            library.undo()
            assert whole(library) == before
            assert figures(take_in(library, "".join(pair))) == (0, 0, 2)
        library.edit(before["two"].id, {"venue": "Corrected"})
        assert figures(take_in(library, "".join(pair))) == (0, 0, 2)
        library.remove([before["one"].id])
        assert figures(take_in(library, "".join(pair))) == (1, 0, 1)
        assert {key: one.id for key, one in whole(library).items()} == {key: one.id for key, one in before.items()}


@pytest.mark.parametrize("pair", TWINS.values(), ids=TWINS)
def test_two_go_out_as_json_and_come_back_as_they_were(library: Library, tmp_path: Path, pair: list[str]) -> None:
    take_in(library, "".join(pair))
    library.mark([whole(library)["two"].id], star())
    before = whole(library)
    text, turned = ("".join(write(order)) for order in (before.values(), reversed(before.values())))
    for number, order in enumerate((text, turned)):
        with Library.open(tmp_path / str(number), now=lambda: NOW) as other:
            take_in(other, order, name="refs.json")
            assert {key: (one.id, one.mark.starred) for key, one in whole(other).items()} == {
                key: (one.id, one.mark.starred) for key, one in before.items()
            }
            assert figures(take_in(other, order, name="refs.json")) == (0, 0, 2)
            assert figures(take_in(other, "".join(pair)))[0] == 0
    assert figures(take_in(library, text, name="refs.json"))[0] == 0


@pytest.mark.parametrize("name", [name for name in TWINS if "preprint" not in name and "DOI" not in name])
def test_two_are_shown_for_a_decision(library: Library, name: str) -> None:
    take_in(library, *TWINS[name])
    assert len(library.likely_same(library.apart())) == 1


def test_two_entries_of_one_paper_in_one_file_do_not_take_turns(library: Library) -> None:
    pair = twin({**NETS, "doi": "10.1000/a", "note": "first"}, {**NETS, "doi": "10.1000/a", "note": "second"})
    assert figures(take_in(library, "".join(pair))) == (1, 0, 1)
    assert figures(take_in(library, "".join(pair))) == (0, 0, 2)
    updated = "".join(pair).replace("first", "third")
    assert figures(take_in(library, updated)) == (0, 1, 1)
    assert dict(whole(library)["one"].paper.extra)["note"] == "third"


def test_chapters_that_are_given_the_doi_of_their_book_stay_two(library: Library) -> None:
    text = "".join(
        twin(
            {"title": "Fish of the Sea", "author": "Li, Ann", "doi": "10.1000/book"},
            {"title": "Stars of the Sky", "author": "Bo, Cy", "doi": "10.1000/book"},
        )
    )
    assert figures(take_in(library, text)) == (2, 0, 0)
    assert figures(take_in(library, text)) == (0, 0, 2)
    renamed = text.replace("Fish of the Sea", "Whales").replace("Stars of the Sky", "Planets")
    assert figures(take_in(library, renamed, name="other.bib"))[0] == 0


_YEARS = st.sampled_from([None, "2001", "2001-03", "2002", "2003", "2009"])
_NUMBERS = st.sampled_from([None, None, "1", "2"])


@st.composite
def _papers(draw: st.DrawFn) -> Paper:
    """Return a paper of few titles, identifiers, years and volumes, so that many are alike."""
    title = draw(st.sampled_from(["Editorial", "Deep nets for many things", "Deep nets"]))
    author = draw(st.sampled_from(["Ann Li", "Ann Li", "A. Li"]))
    fields = {name: draw(_NUMBERS) for name in ("volume", "number", "pages", "edition")}
    fields["journal"] = draw(st.sampled_from([None, None, "arXiv preprint", "Nature"]))
    fields["month"] = draw(st.sampled_from([None, "mar"]))
    identifiers = Identifiers(
        draw(st.sampled_from([None, None, "2001.00001", "2002.00002"])),
        draw(st.sampled_from([None, None, "10.1000/a", "10.1000/b", "10.48550/arxiv.2001.00001", "10.2139/ssrn.1"])),
    )
    return paper(
        title,
        author,
        date=draw(_YEARS),
        year_inferred=draw(st.sampled_from([False, False, True])),
        identifiers=identifiers,
        venue=draw(st.sampled_from([None, "Nature", "Science"])),
        kind=draw(st.sampled_from([None, "misc", "article", "book"])),
        extra=tuple((name, text) for name, text in fields.items() if text),
        abstract=draw(st.sampled_from([None, "We study."])),
    )


def _sets(papers: list[Paper], ids: tuple[str, ...]) -> list[list[Paper]]:
    """Return the papers that became one, together."""
    return [[one for one, held in zip(papers, ids, strict=True) if held == paper_id] for paper_id in dict.fromkeys(ids)]


@given(papers=st.lists(_papers(), min_size=1, max_size=7), cut=st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_no_two_with_other_identifiers_ever_become_one_and_nothing_changes_a_second_time(
    papers: list[Paper], cut: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder, "whole"), now=lambda: NOW) as library:
            first = library.add(papers)
            for together in _sets(papers, first.ids):
                assert not any(named_apart(one, other) for one in together for other in together)
            before = whole(library)
            again = library.add(papers)
            assert (again.new, again.updated, again.unchanged) == (0, 0, len(papers))
            assert again.ids == first.ids
            assert whole(library) == before
        with Library.open(Path(folder, "parts"), now=lambda: NOW) as library:
            parts = papers[:cut], [replace(one, sources=("other.txt",)) for one in papers[cut:]]
            ids = [one for part in parts for one in library.add(part).ids]
            assert ids == list(first.ids)
            after = whole(library)
            for part in (*parts, *parts[::-1]):
                again = library.add(part)
                assert (again.new, again.updated, again.unchanged) == (0, 0, len(part))
            assert whole(library) == after
