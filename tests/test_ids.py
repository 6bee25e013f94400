"""Paper ids in little room: what is there, in which order, and how little room that is."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from readlist.ids import PaperIds

IDS = st.integers(0, (1 << 64) - 1).map(lambda number: f"p{number:016x}")


def made(number: int) -> str:
    """An id as a paper has it."""
    return "p" + sha256(str(number).encode()).hexdigest()[:16]


@given(st.lists(IDS | st.integers(0, 9).map(made)), IDS)
def test_ids_are_there_in_the_order_of_their_coming_each_once(ids: list[str], other: str) -> None:
    found = PaperIds(ids)
    assert list(found) == list(dict.fromkeys(ids))
    assert len(found) == len(set(ids))
    assert all(one in found for one in ids)
    assert (other in found) == (other in ids)
    assert found[1:3] == list(dict.fromkeys(ids))[1:3]


def test_many_ids_are_told_from_those_that_never_came() -> None:
    ids = PaperIds()
    for begin in range(0, 20_000, 1000):
        ids.update(map(made, range(begin, begin + 1000)))
        ids.update(map(made, range(begin, begin + 10)))
    assert len(ids) == 20_000
    assert ids[-1] == made(19_999)
    assert all(made(number) in ids for number in range(20_000))
    assert not any(made(number) in ids for number in range(20_000, 30_000))
    assert "p0000000000000000" not in ids
