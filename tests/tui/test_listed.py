"""What the list knows of its rows, at any number of them."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from readlist.library import Library
from readlist.query import ALL
from readlist.tui.widgets.listed import Listed, hidden_of, place_of
from tests.papers import paper


def filled(library: Library, count: int) -> array[int]:
    library.add(paper(f"Title {number}", "Ann Author") for number in range(count))
    return library.select(ALL)


@given(st.lists(st.integers(0, 200), unique=True), st.integers(0, 200), st.booleans())
def test_the_place_of_a_row_is_found_in_any_order(numbers: list[int], row: int, ordered: bool) -> None:
    rows = array("q", sorted(numbers, reverse=True) if ordered else numbers)
    assert place_of(row, rows) == (list(rows).index(row) if row in rows else None)


def test_a_list_that_grows_keeps_what_it_has_read(library: Library) -> None:
    rows = filled(library, 150)
    listed = Listed(library, rows[:100])
    before = [listed.entry_at(index) for index in range(100)]
    assert listed.entry_at(100) is None
    listed.extend(rows)
    assert listed.entry_at(0) is before[0]
    found = [listed.entry_at(index) for index in range(150)]
    assert found[:100] == before
    assert [entry.id for entry in found if entry] == library.ids(rows)


def test_the_selected_papers_that_are_not_listed_are_told(library: Library) -> None:
    rows = filled(library, 30)
    ids = library.ids(rows)
    assert hidden_of(library, set(ids[:10]), rows[5:]) == frozenset(ids[:5])
    assert hidden_of(library, set(), rows) == frozenset()
