"""Papers that are likely one: what is listed for a decision, and what must not be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from readlist.library import Interrupted, Library
from readlist.paper import Identifiers, Paper
from readlist.store.alike import likely_same
from tests.papers import paper

ABSTRACT = (
    "Language models exhibit remarkable abilities to solve new tasks from just a few examples. They also struggle "
    "with basic functionality such as arithmetic, where much simpler and smaller models excel."
)
OTHER = (
    "We prove lower bounds on the regret of bandits whose feedback is delayed. The proof goes by a coupling of two "
    "environments, which may be of use elsewhere."
)
TOOLFORMER = paper(
    "Toolformer: Language Models Can Teach Themselves to Use Tools",
    "Timo Schick",
    "Jane Dwivedi-Yu",
    "Roberto Dessì",
    abstract=ABSTRACT,
    date="2023-02-09",
    identifiers=Identifiers(arxiv="2302.04761"),
)


def pairs(library: Library, *papers: Paper) -> list[tuple[str, float]]:
    added = library.add(papers)
    assert added.new == len(papers), "these were made one in silence"
    return [(pair.reason, pair.sure) for pair in library.likely_same()]


PUBLISHED = Identifiers(doi="10.5555/1")
SAME = {
    "initials": replace(TOOLFORMER, authors=("T. Schick", "J. Dwivedi-Yu", "R. Dessi"), identifiers=PUBLISHED),
    "another order of authors": replace(
        TOOLFORMER, authors=("Jane Dwivedi-Yu", "Timo Schick", "Roberto Dessì"), identifiers=PUBLISHED
    ),
    "no authors": replace(TOOLFORMER, authors=(), identifiers=Identifiers()),
    "no subtitle": replace(TOOLFORMER, title="Toolformer", identifiers=PUBLISHED, abstract=None),
    "only the subtitle": replace(
        TOOLFORMER, title="Language models can teach themselves to use tools", identifiers=PUBLISHED, abstract=None
    ),
    "cut": replace(TOOLFORMER, title="Toolformer: Language Models Can Tea…", identifiers=PUBLISHED),
    "a slip": replace(
        TOOLFORMER, title="Toolformer: Langauge Models Can Teach Themselves to Use Tools", identifiers=PUBLISHED
    ),
    "nobody yet": replace(TOOLFORMER, authors=("Anonymous",), identifiers=Identifiers()),
    "the next year": replace(
        TOOLFORMER, authors=("T Schick", "J Dwivedi-Yu"), date="2024", abstract=None, identifiers=PUBLISHED
    ),
}


LATER = replace(SAME["initials"], date="2027")
"""So many years later that a reader is asked."""

IN_SILENCE = ("initials", "another order of authors", "the next year")
"""Those of which there is no doubt; `test_same_title` has more."""


@pytest.mark.parametrize("name", IN_SILENCE)
def test_what_is_surely_the_same_is_not_asked_about(library: Library, name: str) -> None:
    assert library.add([TOOLFORMER, SAME[name]]).new == 1
    assert library.likely_same() == []


@pytest.mark.parametrize("name", [name for name in SAME if name not in IN_SILENCE])
def test_what_is_likely_the_same_is_listed_once(library: Library, name: str) -> None:
    assert len(pairs(library, TOOLFORMER, SAME[name])) == 1


def test_the_reason_says_what_speaks_for_it_and_the_older_one_is_the_first(library: Library) -> None:
    library.add([TOOLFORMER, LATER])
    (pair,) = library.likely_same()
    assert pair.reason == "the same title, 3 authors of both, alike abstracts, preprint and published"
    assert {pair.first, pair.second} == {TOOLFORMER.id, LATER.id}
    assert pair.kind == "the same title"
    assert pair.sure >= 0.9


TWO = {
    "two parts": (paper("A Theory of Sets, Part I", "Ann Li"), paper("A Theory of Sets, Part II", "Ann Li")),
    "one part of it": (paper("A Theory of Sets", "Ann Li"), paper("A Theory of Sets II", "Ann Li")),
    "a reply": (paper("A Theory of Sets", "Ann Li"), paper("A Theory of Sets: Reply", "Ann Li")),
    "an erratum": (paper("A Theory of Sets", "Ann Li"), paper("Erratum: A Theory of Sets", "Ann Li")),
    "a discussion": (
        paper("A Theory of Large Sets", "Ann Li"),
        paper("Discussion of “A Theory of Large Sets”", "Ann Li"),
    ),
    "other numbers": (
        paper("Overview of the shared task 2021 on sets", "Ann Li", date="2021"),
        paper("Overview of the shared task 2022 on sets", "Ann Li", date="2022"),
    ),
    "numbers in letters": (
        paper("Learning with two players and a referee", "Ann Li"),
        paper("Learning with ten players and a referee", "Ann Li"),
    ),
    "others wrote it": (paper("Preface to the volume", "Ann Li"), paper("Preface to the volume", "Bob Wu")),
    "namesakes": (paper("Preface to the volume", "Ann Li"), paper("Preface to the volume", "Bo Li")),
    "about something else": (
        paper("Learning to see a scene", "Ann Li", abstract=ABSTRACT),
        paper("Learning to seek a scene", "Ann Li", abstract=OTHER),
    ),
    "a name that others begin with": (
        paper("Neural networks", "Ann Li", abstract=ABSTRACT),
        paper("Neural networks for the sky", "Ann Li", abstract=OTHER),
    ),
    "two preprints": (
        replace(TOOLFORMER, authors=("T. Schick",), abstract=OTHER, identifiers=Identifiers(arxiv="2401.00001")),
        TOOLFORMER,
    ),
    "years between": (
        paper("Handbook of set theory for all", "Ann Li", date="2001"),
        paper("Handbook of sets theory for all", "Ann Li", date="2011"),
    ),
}


@pytest.mark.parametrize("name", TWO)
def test_what_is_likely_two_papers_is_not_listed(library: Library, name: str) -> None:
    assert pairs(library, *TWO[name]) == []


def test_another_spelling_is_not_the_same_title_and_is_listed_with_the_words_that_differ(library: Library) -> None:
    one = paper("Modelling colour in natural images of birds", "Ann Li", "Bob Wu")
    other = paper("Modeling color in natural images of birds", "Ann Li", "Bob Wu")
    ((reason, sure),) = pairs(library, one, other)
    assert reason.startswith("nearly the same title (")
    assert "modelling colour" in reason
    assert sure < 0.7


def test_a_preprint_that_was_submitted_twice_is_listed(library: Library) -> None:
    again = replace(SAME["initials"], identifiers=Identifiers(arxiv="2302.99999"))
    assert len(pairs(library, TOOLFORMER, again)) == 1


def test_decided_pairs_are_left_out(library: Library) -> None:
    library.add([TOOLFORMER, LATER, SAME["no subtitle"]])
    found = library.likely_same()
    decided = {(min(pair.first, pair.second), max(pair.first, pair.second)) for pair in found[:1]}
    assert library.likely_same(decided) == found[1:]


def test_a_thousand_prefaces_are_nobodys_duplicates(library: Library) -> None:
    library.add([paper("Preface", f"Ann A{number}", date="2011") for number in range(1000)])
    assert library.likely_same() == []


def test_a_big_family_is_compared_by_given_names_too(library: Library) -> None:
    library.add([paper(f"Number {n} of many", f"{chr(65 + n % 26)}ia{n} Wang") for n in range(500)])
    title = "On the convergence of something"
    library.add([paper(title, "Ying Wang"), paper(title.replace("something", "somethings"), "Y. Wang")])
    (pair,) = library.likely_same()
    assert pair.reason == "nearly the same title (something / somethings), the same author"


def test_it_can_be_interrupted(library: Library) -> None:
    library.add([TOOLFORMER, LATER])

    def go_on() -> None:
        raise Interrupted

    with library._catalogue._counting.use() as connection, pytest.raises(Interrupted):
        likely_same(connection, (), go_on)
    assert len(library.likely_same()) == 1


def test_two_that_came_to_share_an_identifier_are_always_listed(library: Library) -> None:
    preprint = paper("Bridge nets", "Ann Li", identifiers=Identifiers(arxiv="1905.00001"))
    article = paper("Spans: the published title", "Ann Li", identifiers=Identifiers(doi="10.5555/br"))
    both = paper("Bridge nets", "Ann Li", identifiers=Identifiers("1905.00001", "10.5555/br"))
    library.add([preprint, article, both])
    [pair] = library.likely_same()
    assert pair.reason == "the same DOI"
    library.keep_both(pair.first, pair.second)
    assert library.likely_same(library.apart()) == []


def test_chapters_that_have_the_doi_of_their_book_are_listed_last(library: Library) -> None:
    book = Identifiers(doi="10.5555/book")
    titles = ["Fish of the Sea", "Stars of the Sky", "Roads of Rome", "Bread and Salt"]
    names = ["Ann Li", "Cy Bo", "Eva Gil", "Xi Hu"]
    chapters = [paper(title, name, identifiers=book) for title, name in zip(titles, names, strict=True)]
    assert pairs(library, *chapters) == [("the same DOI", 0.5)] * 6
