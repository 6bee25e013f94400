"""Exports: in the order of the keys, a few papers in memory at a time, whole or not at all."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from readlist.cite import SUFFIXES, export, export_file, format_for
from readlist.errors import StoreError, UsageError
from readlist.library import Library
from readlist.paper import Entry
from readlist.query import ALL
from readlist.writers import formats
from tests.papers import paper


def fill(library: Library, count: int, words: int = 3) -> None:
    library.add(
        paper(f"Title {number}", f"Ann Author{number % 7}", abstract=f"{number} word " * words, date="2023")
        for number in range(count)
    )


def test_an_export_is_sorted_by_key_whatever_the_order_of_the_rows(library: Library, tmp_path: Path) -> None:
    fill(library, 50)
    rows = library.select(ALL)
    text = "".join(export(library, rows, "csv"))
    keys = [line.split(",")[0] for line in text.split("\r\n")[1:] if line]
    assert keys == sorted(keys)
    assert len(keys) == 50
    assert "".join(export(library, rows[::-1], "csv")) == text
    assert export_file(library, rows, tmp_path / "papers.csv") == 50
    assert (tmp_path / "papers.csv").read_bytes() == text.encode()


def test_rows_that_are_gone_are_left_out(library: Library, tmp_path: Path) -> None:
    fill(library, 5)
    rows = library.select(ALL)
    library.remove(library.ids(rows[:2]))
    assert export_file(library, rows, tmp_path / "papers.txt") == 3
    assert len((tmp_path / "papers.txt").read_text().splitlines()) == 3


def peak_of(library: Library, path: Path, *, at_once: bool) -> int:
    """Return the bytes of memory that an export needs, streamed or from a list of all papers."""
    rows = library.select(ALL)
    library.give_out(library.ids(rows))
    tracemalloc.start()
    try:
        if at_once:
            entries: list[Entry] = library.entries(rows)
            assert len(entries) == len(rows)
        else:
            assert export_file(library, rows, path) == len(rows)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_an_export_needs_little_memory(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(library, 1500, words=400)
    all_papers = peak_of(library, tmp_path / "papers.html", at_once=True)
    # Which keys were given out is a matter of the marks, whose memory grows with them.
    monkeypatch.setattr(library, "give_out", lambda ids: None)
    streamed = peak_of(library, tmp_path / "papers.html", at_once=False)
    size = (tmp_path / "papers.html").stat().st_size
    assert size > 4_000_000
    assert streamed < size / 2 < all_papers
    assert streamed < all_papers / 3


def test_suffixes_choose_formats_that_there_are() -> None:
    assert {suffix: format_for(Path(f"papers{suffix.upper()}")) for suffix in SUFFIXES} == SUFFIXES
    assert set(SUFFIXES.values()) <= set(formats())
    assert format_for(Path("refs")) == format_for(Path("refs.v2")) == "bibtex"
    with pytest.raises(UsageError, match=r"\.xlsx files cannot be written"):
        format_for(Path("refs.xlsx"))


def test_every_suffix_makes_a_file_with_every_paper(library: Library, tmp_path: Path) -> None:
    fill(library, 12)
    for suffix in SUFFIXES:
        assert export_file(library, library.select(ALL), tmp_path / f"papers{suffix}") == 12
        assert (tmp_path / f"papers{suffix}").read_text(encoding="utf-8").count("Title 11") in (1, 2), suffix


def test_a_file_in_no_folder_and_a_folder_are_refused(library: Library, tmp_path: Path) -> None:
    fill(library, 1)
    with pytest.raises(StoreError, match="there is no folder"):
        export_file(library, library.select(ALL), tmp_path / "nowhere" / "refs.ris")
    with pytest.raises(UsageError, match="is a folder"):
        export_file(library, library.select(ALL), tmp_path, "ris")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["library"]
