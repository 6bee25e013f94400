"""Names that complete a query: found by the beginning of any word, with as many papers as the query then finds."""

from __future__ import annotations

from datetime import date

import pytest

from readlist.library import Library
from readlist.mark import change_tags
from readlist.query import ALL, parse
from readlist.query.completing import NAMED, Gap, completed, named
from readlist.settings import STATUSES
from readlist.store import completions
from tests.papers import paper

PAPERS = [
    paper("The NetHack Learning Environment", "Heinrich Küttler", "Tim Rocktäschel", date="2020"),
    paper("Few-Shot Learners", "Tom Brown", affiliations=("OpenAI", "Johns Hopkins University"), categories=("cs.CL",)),
    paper("The Łojasiewicz Inequality", "Tim Rocktaschel", affiliations=("UCL",), categories=("cs.LG", "stat.ML")),
    paper("Toolformer", "Timo Schick", "Jane Dwivedi-Yu", sources=("my list.txt", "Other.bib")),
    paper("Another", "Learning McCallum", categories=("cs.CL",)),
]


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found must not depend on how busy the machine is."""
    monkeypatch.setattr(completions, "_PATIENCE", 60.0)


@pytest.fixture
def held(library: Library) -> Library:
    library.add(PAPERS)
    by_title = {entry.paper.title: entry.id for entry in library.entries(library.select(ALL))}
    library.mark([by_title["Toolformer"]], change_tags(add=["rl/offline", "games"]))
    library.mark([by_title["Another"]], change_tags(add=["rl/online"]))
    return library


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("author", "rockt", [("Tim Rocktäschel", 2)]),
        ("author", "ROCKTÄ", [("Tim Rocktäschel", 2)]),
        ("author", "tim ro", [("Tim Rocktäschel", 2)]),
        ("author", "tim", [("Tim Rocktäschel", 2), ("Timo Schick", 1)]),
        ("author", "yu", [("Jane Dwivedi-Yu", 1)]),
        ("author", "dwivedi-y", [("Jane Dwivedi-Yu", 1)]),
        ("author", "callum", [("Learning McCallum", 1)]),
        ("author", "nethack", []),
        ("author", "ocktaschel", []),
        ("affil", "hop", [("Johns Hopkins University", 1)]),
        ("affil", "johns hop", [("Johns Hopkins University", 1)]),
        ("cat", "", [("cs", 3), ("cs.CL", 2), ("cs.LG", 1), ("stat", 1), ("stat.ML", 1)]),
        ("cat", "CS.l", [("cs.LG", 1)]),
        ("cat", "ml", [("stat.ML", 1)]),
        ("source", "o", [("Other.bib", 1)]),
        ("source", "my", [("my list.txt", 1)]),
        ("tag", "", [("games", 1), ("rl", 2), ("rl/offline", 1), ("rl/online", 1)]),
        ("tag", "#rl/o", [("rl/offline", 1), ("rl/online", 1)]),
        ("tag", "off", [("rl/offline", 1)]),
        ("tag", "rl", [("rl", 2), ("rl/offline", 1), ("rl/online", 1)]),
        ("key", "Brown", [("brownfew", None)]),
    ],
)
def test_names_are_found_by_what_is_typed(
    held: Library, field: str, typed: str, expected: list[tuple[str, int | None]]
) -> None:
    assert held.names_like(field, typed) == expected


def test_after_an_author_without_a_letter_those_of_the_newest_papers_are_named(held: Library) -> None:
    assert held.names_like("author", "")[0] == ("Tim Rocktäschel", 2)
    assert len(held.names_like("author", "")) == 6


def test_a_tag_that_is_taken_away_is_not_named_any_more(held: Library) -> None:
    held.undo()
    assert held.names_like("tag", "rl") == [("rl", 1), ("rl/offline", 1)]


@pytest.mark.parametrize("field", NAMED)
def test_what_is_offered_finds_as_many_papers_as_it_says(held: Library, field: str) -> None:
    found = named(field, held.names_like(field, ""))
    assert found
    for candidate in found:
        text = completed(f"{field}:", Gap(len(field) + 1, len(field) + 1, "", field), candidate)[0]
        rows = held.select(parse(text, statuses=STATUSES, today=date(2026, 4, 1)))
        assert str(len(rows)) == (candidate.note or "1")


@pytest.mark.parametrize("field", NAMED)
@pytest.mark.parametrize("typed", ['"', "' OR 1", "*", "a\x00b", "\ue012", "x" * 5000, "a OR b", "%"])
def test_whatever_is_typed_is_only_text(held: Library, field: str, typed: str) -> None:
    assert held.names_like(field, typed) == []


def test_what_is_no_text_is_left_out(held: Library) -> None:
    assert held.names_like("author", "rockt\ud800\x1b") == [("Tim Rocktäschel", 2)]


def test_without_time_nothing_is_waited_for(held: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completions, "_PATIENCE", 0.0)
    assert held.names_like("author", "rockt") == [("Tim Rocktäschel", None)]
    assert held.names_like("tag", "rl") == [("rl", None), ("rl/offline", None), ("rl/online", None)]


def test_an_empty_library_names_nothing(library: Library) -> None:
    assert all(library.names_like(field, typed) == [] for field in NAMED for typed in ("", "a"))
