"""The reading queue: its order, and papers that are moved in it by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.errors import NothingToDoError, UsageError
from readlist.library import Library
from readlist.mark import READING, set_priority, set_status
from readlist.query import Order, Query
from readlist.store.ranks import Place, new_ranks
from tests.papers import paper

PLACES = st.sampled_from(list(Place))


class Clock:
    """A clock that goes on by a minute each time."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> str:
        self.minutes += 1
        return f"2026-04-01T{self.minutes // 60:02}:{self.minutes % 60:02}:00Z"


@pytest.fixture
def library(folder: Path) -> Library:
    opened = Library.open(folder, now=Clock())
    opened.add([paper(f"Paper {letter}", "Ann Author", date="2023") for letter in "ABCDEF"])
    return opened


def ids(library: Library, letters: str) -> list[str]:
    found = {entry.paper.title[-1]: entry.id for entry in library.entries(library.select(Query(None)))}
    return [found[letter] for letter in letters]


def queue(library: Library) -> str:
    return "".join(entry.paper.title[-1] for entry in library.queue())


def ranked(library: Library) -> str:
    return "".join(entry.paper.title[-1] for entry in library.queue() if entry.mark.rank is not None)


def test_what_is_read_comes_first_then_priority_then_what_waits_longest(library: Library) -> None:
    for letter in "FDBA":
        library.mark(ids(library, letter), set_status("queued"))
    library.mark(ids(library, "C"), set_status("read"))
    assert queue(library) == "FDBA"
    library.mark(ids(library, "B"), set_priority(2))
    library.mark(ids(library, "A"), set_priority(1))
    assert queue(library) == "BAFD"
    library.mark(ids(library, "DE"), set_status(READING))
    assert queue(library) == "DEBAF"


def test_sorting_by_queue_puts_the_rest_behind_it_newest_first(library: Library) -> None:
    library.mark(ids(library, "D"), set_status("queued"))
    library.mark(ids(library, "B"), set_status("queued"))
    for descending, first in ((False, "DB"), (True, "BD")):
        rows = library.select(Query(None, Order("queue", descending)))
        assert "".join(entry.paper.title[-1] for entry in library.entries(rows)) == first + "ACEF"


def test_a_moved_paper_changes_its_own_mark_and_no_other(library: Library) -> None:
    for letter in "ABCDE":
        library.mark(ids(library, letter), set_status("queued"))
    step = library.move_in_queue(ids(library, "D"), Place.EARLIER)
    assert step is not None
    assert step.description == "queue earlier on 1 paper"
    assert (queue(library), ranked(library)) == ("ABDCE", "D")
    library.move_in_queue(ids(library, "D"), Place.FIRST)
    assert (queue(library), ranked(library)) == ("DABCE", "D")
    library.move_in_queue(ids(library, "A"), Place.LAST)
    assert queue(library) == "DBCEA"
    library.mark(ids(library, "F"), set_status("queued"))
    assert queue(library) == "DBCEAF", "what is queued later stands behind"
    assert library.move_in_queue(ids(library, "D"), Place.EARLIER) is None
    assert library.move_in_queue(ids(library, "F"), Place.LATER) is None


def test_papers_that_were_queued_together_can_be_put_in_order(library: Library) -> None:
    library.mark(ids(library, "ABCDEF"), set_status("queued"))
    assert queue(library) == "ABCDEF"
    library.move_in_queue(ids(library, "F"), Place.EARLIER)
    library.move_in_queue(ids(library, "F"), Place.EARLIER)
    assert queue(library) == "ABCFDE"
    library.move_in_queue(ids(library, "BF"), Place.LATER)
    assert queue(library) == "ACDBFE"
    library.move_in_queue(ids(library, "E"), ids(library, "C")[0])
    assert queue(library) == "AECDBF"


def test_moving_is_taken_back_and_kept_over_a_restart(library: Library, folder: Path) -> None:
    for letter in "ABC":
        library.mark(ids(library, letter), set_status("queued"))
    library.move_in_queue(ids(library, "C"), Place.FIRST)
    library.close()
    with Library.open(folder) as again:
        assert queue(again) == "CAB"
        again.undo()
        assert (queue(again), ranked(again)) == ("ABC", "")
        again.redo()
        assert queue(again) == "CAB"
    (folder / "catalogue.sqlite").unlink()
    with Library.open(folder) as again:
        assert queue(again) == "CAB", "the order is kept in the marks"


def test_a_paper_loses_its_place_when_it_leaves_the_queue(library: Library) -> None:
    for letter in "ABC":
        library.mark(ids(library, letter), set_status("queued"))
    library.move_in_queue(ids(library, "C"), Place.FIRST)
    library.mark(ids(library, "C"), set_status("read"))
    library.mark(ids(library, "C"), set_status("queued"))
    assert (queue(library), ranked(library)) == ("ABC", "")


def test_a_place_before_a_paper_of_another_priority_is_refused(library: Library) -> None:
    library.mark(ids(library, "AB"), set_status("queued"))
    library.mark(ids(library, "A"), set_priority(3))
    with pytest.raises(UsageError, match="not in the same part of the queue"):
        library.move_in_queue(ids(library, "B"), ids(library, "A")[0])
    assert queue(library) == "AB"


def test_a_paper_outside_of_the_queue_is_put_to_a_place_but_not_moved_by_one(library: Library) -> None:
    library.mark(ids(library, "AB"), set_status("queued"))
    with pytest.raises(NothingToDoError, match="not in the reading queue"):
        library.move_in_queue(ids(library, "C"), Place.EARLIER)
    step = library.move_in_queue(ids(library, "C"), Place.FIRST)
    assert queue(library) == "CAB"
    assert step is not None
    library.undo()
    assert queue(library) == "AB"


def test_the_marks_file_names_a_place_only_where_there_is_one(library: Library, folder: Path) -> None:
    library.mark(ids(library, "AB"), set_status("queued"))
    library.move_in_queue(ids(library, "B"), Place.FIRST)
    held = json.loads((folder / "marks.json").read_text())["papers"]
    found = {document["title"][-1]: document["mark"] for key, document in held.items() if key != "0"}
    assert "rank" not in found["A"]
    assert isinstance(found["B"]["rank"], float)


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=8),
    st.lists(st.tuples(st.sets(st.integers(0, 7), min_size=1), st.one_of(PLACES, st.integers(0, 7))), max_size=12),
)
def test_any_moves_give_the_order_that_they_would_give_to_a_list(
    gaps: list[int], moves: list[tuple[set[int], Place | int]]
) -> None:
    keys = [str(number) for number in range(len(gaps))]
    ranks = {key: float(sum(gaps[: number + 1])) for number, key in enumerate(keys)}
    wanted = list(keys)
    for chosen, where in moves:
        moved = [key for key in wanted if int(key) in chosen]
        to = where if isinstance(where, Place) else str(where)
        rest = [key for key in wanted if key not in moved]
        if not moved or (isinstance(to, str) and to not in rest):
            continue
        ranks |= new_ranks([(key, ranks[key]) for key in wanted], moved, to)
        if isinstance(to, str):
            place = rest.index(to)
        else:
            first, last = wanted.index(moved[0]), wanted.index(moved[-1])
            before = sum(key in rest for key in wanted[:first])
            behind = sum(key in rest for key in wanted[: last + 1])
            places = {Place.FIRST: 0, Place.LAST: len(rest), Place.EARLIER: before - 1, Place.LATER: behind + 1}
            place = max(0, min(places[to], len(rest)))
        wanted = rest[:place] + moved + rest[place:]
        order = {key: number for number, key in enumerate(wanted)}
        assert sorted(wanted, key=lambda key: (ranks[key], order[key])) == wanted
