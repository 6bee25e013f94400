"""Words that were likely meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from readlist.library import Interrupted, Library
from readlist.mark import change_tags
from readlist.query import ALL, parse
from tests.papers import TODAY, paper


def near(library: Library, query: str) -> dict[str, list[str]]:
    return library.near(parse(query, statuses=(), today=TODAY))


def test_the_nearest_words_of_papers_are_named_the_most_frequent_first(library: Library) -> None:
    library.add(
        [
            paper("Reinforcement Learning", "Ann Author"),
            paper("Reinforcements", "Bob Builder"),
            paper("More Reinforcement", "Łukasz Kaiser"),
        ]
    )
    assert near(library, "reinforcemnt") == {"reinforcemnt": ["reinforcement", "reinforcements"]}
    assert near(library, "learnign author:luaksz") == {"learnign": ["learning"], "luaksz": ["lukasz"]}


def test_words_that_are_there_or_short_or_far_or_taken_out_have_none(library: Library) -> None:
    library.add([paper("Reinforcement Learning", "Ann Author")])
    assert near(library, "reinf learning lea xxxx anz 2023 -learnign tag:lerning") == {}


def test_labels_are_no_words(library: Library) -> None:
    library.add([paper("Title", "Ann Author", categories=("cs.CLLLL",), sources=("samples",))])
    assert near(library, "sample clllla") == {}


def test_tags_categories_and_sources_have_near_ones_too(library: Library) -> None:
    library.add([paper("Title", "Ann Author", categories=("stat.ML",), sources=("Readings.bib",))])
    library.mark([entry.id for entry in library.entries(library.select(ALL))], change_tags(add=["learning/deep"]))
    assert near(library, "tag:laerning cat:statt source:raedings.bip tag:learning/dep") == {
        "laerning": ["learning"],
        "statt": ["stat"],
        "raedings.bip": ["Readings.bib"],
        "learning/dep": ["learning/deep"],
    }
    assert near(library, "tag:learning cat:stat tag:learn* -tag:laerning cat:xxxxx") == {}


def test_of_many_words_only_the_first_are_looked_at(library: Library) -> None:
    names = [f"learning{letter}" for letter in "abcdefghijkl"]
    library.add([paper(" ".join(names), "Ann Author")])
    found = near(library, " ".join(f"{name[:3]}x{name[3:]}" for name in names))
    assert [meant[0] for meant in found.values()] == names[:8]


def test_looking_for_near_words_ends_when_it_is_interrupted(library: Library) -> None:
    library.add([paper("Reinforcement Learning", "Ann Author")])

    def words() -> Iterator[str]:
        yield "reinforcemnt"
        library.interrupt()
        yield "learnign"

    with pytest.raises(Interrupted):
        library._catalogue.near(words())
