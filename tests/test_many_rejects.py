"""However much of a source is not understood, it is told in little memory, and all of it can be saved."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cli.words import json_pieces, shown_json
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.paper import Rejected
from readlist.rejects import written
from readlist.report import Report, rejects_spool
from tests.papers import TODAY

MANY = (4_000, pytest.param(40_000, marks=pytest.mark.slow))
MOST = 3 << 20
"""Bytes that may be taken, however many there are."""


def garbage(many: int) -> str:
    rest = "and what else stands in a row of garbage; " * 5
    return "title,authors,notes\nGood,Ann,\n" + "".join(f",Ann {number},{rest!r}\n" for number in range(many))


@pytest.mark.parametrize("many", MANY)
def test_however_many_rejects_there_are_they_take_no_more_memory(library: Library, tmp_path: Path, many: int) -> None:
    path = tmp_path / "garbage.txt"
    path.write_text(garbage(many))
    seen: list[int] = []

    def note(report: Report) -> None:
        seen.append(len(report.rejected))

    ingest(library, [Source.from_text(garbage(10))], as_of=TODAY, format="csv", dry_run=True)
    tracemalloc.start()
    try:
        report = ingest(library, [Source.from_path(path)], as_of=TODAY, format="csv", progress=note)
        size = sum(len(piece) for _, pieces in written(report.rejected) for piece in pieces)
        printed = sum(len(piece) for piece in json_pieces(report.record()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(report.rejected) == many
    assert seen == sorted(seen)
    assert len(seen) == many // 1000 + 1
    assert size > path.stat().st_size - 100  # all but the good one
    assert printed > size
    assert peak < MOST, peak


def test_holding_the_fewer_of_them_would_take_more_than_is_allowed() -> None:
    text = garbage(10_000).splitlines()
    tracemalloc.start()
    try:
        held = [Rejected(number, f"{line:.40} is none", line + " ", "a", "csv") for number, line in enumerate(text)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(held) == len(text)
    assert peak > MOST


def test_a_report_stays_as_it_was_when_more_is_rejected() -> None:
    spool = rejects_spool()
    records = [Rejected(number, "why", "x" * 5000, "a") for number in range(1000)]
    spool.extend(records[:600])
    before = spool.so_far
    spool.extend(records[600:])
    assert before == records[:600]
    assert list(spool.so_far) == records
    assert spool.so_far != before
    assert spool.so_far[-1] == records[-1]
    assert spool.so_far[10:900:7] == records[10:900:7]
    assert spool.so_far[5:2:-1] == records[5:2:-1]
    with pytest.raises(IndexError):
        before[600]
    one, two = iter(before), iter(spool.so_far)
    assert [(next(one), next(two)) for _ in range(600)] == [(record, record) for record in records[:600]]


def test_a_record_of_many_megabytes_is_not_held() -> None:
    spool = rejects_spool()
    tracemalloc.start()
    try:
        for number in range(10):
            spool.append(Rejected(number, "why", "\ud800" + "x" * (1 << 20), "a"))
        now, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert now < 1 << 20
    assert [one.line for one in spool.so_far if one.text.startswith("\ud800")] == list(range(10))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_json_in_pieces_is_the_same_as_json_at_once(record: dict[str, object]) -> None:
    def lazily(value: object) -> object:
        return iter(value) if isinstance(value, list) else value

    pieces = json_pieces({name: lazily(value) for name, value in record.items()})
    assert "".join(pieces) == shown_json(record) + "\n"


def test_a_full_disk_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from readlist import spool
    from readlist.errors import StoreError

    def full() -> Iterator[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "TemporaryFile", full)
    with pytest.raises(StoreError, match="No space left"):
        ingest(library, [Source.from_text(garbage(5000))], as_of=TODAY, format="csv")
