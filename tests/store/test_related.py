"""Papers that are alike, and why."""

from __future__ import annotations

import pytest

from readlist.library import Interrupted, Library
from readlist.paper import Paper
from readlist.store.related import related
from tests.papers import paper

SUBJECTS = {
    "coresets": "A coreset is a small weighted subset of the points that approximates the cost of a clustering.",
    "planning": "The agent searches a tree of the actions with a learned simulator of the environment.",
    "translation": "Subword units of the language translate names, compounds and loanwords of a corpus.",
    "verification": "A solver of the constraints proves that invariants hold in every loop of a program.",
}


def about(subject: str, number: int, *authors: str) -> Paper:
    return paper(f"{subject.title()} of the kind {number}", *authors, abstract=SUBJECTS[subject], date="2023")


@pytest.fixture
def full(library: Library) -> Library:
    for number in range(6):
        library.add([about(subject, number, f"Ann {subject.title()}{number}") for subject in SUBJECTS])
    return library


def titles(library: Library, paper_id: str, limit: int = 20) -> list[str]:
    return [library.entries([one.row])[0].paper.title for one in library.related(paper_id, limit)]


def test_papers_about_the_same_come_first_and_the_paper_itself_does_not(full: Library) -> None:
    mine = about("planning", 0, "Ann Planning0")
    found = titles(full, mine.id)
    assert sorted(found[:5]) == [f"Planning of the kind {number}" for number in range(1, 6)]
    assert mine.title not in found


def test_the_reason_names_telling_words_as_they_are_written_and_none_that_every_paper_has(library: Library) -> None:
    common = "the model of a network is trained"
    library.add([paper(f"Number {n}", f"Ann A{n}", abstract=common) for n in range(320)])
    one = paper("Solving MuJoCo", "Bob B", abstract=f"{common} in MuJoCo with «Schrödinger» noise.")
    library.add([one, paper("Faster mujoco", "Eve C", abstract=f"{common}, schrodinger noise")])
    (first, *_) = library.related(one.id)
    assert set(first.words) == {"MuJoCo", "schrödinger", "noise"}
    assert first.authors == ()


def test_a_reason_does_not_name_a_word_and_its_plural(library: Library) -> None:
    library.add([paper(f"Number {n}", f"Ann A{n}", abstract="nothing of the kind") for n in range(320)])
    one = paper("One", "Bob B", abstract="a walrus meets walruses; an otter, otters, otters")
    library.add([one, paper("Two", "Eve C", abstract="otters and an otter, and a walrus")])
    (first, *_) = library.related(one.id)
    assert sorted(word.removesuffix("s") for word in first.words) == ["otter", "walru"]


def test_words_that_say_nothing_are_no_reason_in_a_small_catalogue_either(library: Library) -> None:
    library.add([paper(f"Number {n}", f"Ann A{n}", abstract="nothing of the kind") for n in range(20)])
    one = paper("How to tune them using noise", "Bob B", abstract="It is where they were based.")
    library.add([one, paper("Noise, and how to find them using those", "Eve C", abstract="where they were based")])
    (first,) = library.related(one.id)
    assert first.words == ("noise",)


def test_a_part_of_a_compound_is_no_reason_but_the_compound_that_both_have_is(library: Library) -> None:
    library.add([paper(f"Number {n}", f"Ann A{n}", abstract="nothing of the kind") for n in range(20)])
    one = paper("Open-Ended Self-Play with GPT-Zero", "Bob B", abstract="for walruses")
    whole = paper("Walruses in open-ended worlds", "Eve C", abstract="by GPT-Zero")
    apart = paper("An open end", "Dee D", abstract="a self and a shot at zero")
    library.add([one, whole, apart])
    (only,) = library.related(one.id)  # the one that has but parts of compounds has nothing in common
    assert set(only.words) == {"open-ended", "walruses", "GPT-Zero"}


def test_no_language_needs_a_list_of_its_stop_words(library: Library) -> None:
    common = "das ist ein und der die über mit von"
    library.add([paper(f"Nummer {n}", f"Ann A{n}", abstract=common) for n in range(320)])
    one = paper("Kernmengen", "Bob B", abstract=f"{common} Kernmengen Gewichte")
    library.add([one, paper("Mehr über Kernmengen", "Eve C", abstract=f"{common} Gewichte")])
    (first, *_) = library.related(one.id)
    assert set(first.words) == {"kernmengen", "gewichte"}


def test_shared_authors_are_a_reason_and_bring_a_paper_up(full: Library) -> None:
    mine = about("planning", 7, "Ann Author", "Łukasz Kaiser")
    theirs = about("planning", 8, "Lukasz Kaiser")
    other = paper("Something else entirely", "Ann Author", abstract="Nothing in common.")
    full.add([mine, theirs, other])
    found = full.related(mine.id)
    entries = [full.entries([one.row])[0].paper for one in found]
    assert entries[0].title == theirs.title
    assert found[0].authors == ("Łukasz Kaiser",)
    assert found[0].likeness > found[1].likeness > 0
    assert [one.authors for one, entry in zip(found, entries, strict=True) if entry.title == other.title] == [
        ("Ann Author",)
    ]


def test_a_paper_with_nothing_in_common_has_none(full: Library) -> None:
    odd = paper("Zymurgy", "Nobody Known", abstract="Fermenting xylophones.")
    full.add([odd])
    assert full.related(odd.id) == []
    assert full.related("p0000000000000000") == []


def test_as_many_are_told_as_are_asked_for(full: Library) -> None:
    mine = about("coresets", 0, "Ann Coresets0")
    assert len(full.related(mine.id, 2)) == 2
    assert full.related(mine.id, 0) == []


def test_parts_of_compound_words_and_signs_of_the_query_language_do_no_harm(library: Library) -> None:
    odd = paper('"Few-shot" NEAR(x) AND* title: c++', 'O\'Neil "x" D', abstract="few-shot NetHack (un)learning ^x")
    library.add([odd, paper("Few-shot NetHack", "O'Neil D", abstract="unlearning few-shot NetHack")])
    library.add([paper(f"Number {n}", f"Ann A{n}") for n in range(20)])
    (first,) = library.related(odd.id)
    assert "NetHack" in first.words


def test_it_can_be_interrupted(full: Library) -> None:
    mine = about("coresets", 0, "Ann Coresets0")
    row = full.row_of(mine.id)
    assert row is not None
    steps = iter(range(3))

    def go_on() -> None:
        if next(steps, None) is None:
            full.interrupt()
            raise Interrupted

    with full._catalogue._counting.use() as connection, pytest.raises(Interrupted):
        related(connection, row, 20, go_on)
    assert full.related(mine.id)
