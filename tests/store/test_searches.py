"""Former queries are kept as well as can be, and disturb nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from readlist.library import Library
from readlist.store.searches import MOST, NAME
from tests.papers import NOW


def test_queries_are_kept_across_restarts_newest_last_and_none_twice(folder: Path) -> None:
    with Library.open(folder, now=lambda: NOW) as library:
        assert library.searches() == []
        assert all(map(library.keep_search, ["net hack", 'author:"Tim Rocktäschel"', "net hack"]))
    with Library.open(folder, now=lambda: NOW) as library:
        assert library.searches() == ['author:"Tim Rocktäschel"', "net hack"]
    assert (folder / NAME).stat().st_mode & 0o77 == 0


def test_only_so_many_are_kept(library: Library) -> None:
    for number in range(MOST + 5):
        library.keep_search(f"word{number}")
    assert library.searches() == [f"word{number}" for number in range(5, MOST + 5)]


def test_two_apps_keep_the_queries_of_both(library: Library, folder: Path) -> None:
    library.keep_search("one")
    with Library.open(folder, now=lambda: NOW) as other:
        other.keep_search("two")
    library.keep_search("three")
    assert library.searches() == ["one", "two", "three"]


def test_what_is_no_query_is_not_kept(library: Library) -> None:
    for query in ("", "  ", "x" * 1001, "\x1b"):
        library.keep_search(query)
    assert library.searches() == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (b"\xff\xfe\nnet hack\nbad \xc3line\n\n\nrl", ["net hack", "rl"]),
        (b"\x00" * 100, []),
        (b"a\x1b]52;c;x\x07b\n", ["a]52;c;xb"]),
        (b"x" * 3_000_000, []),
        (b"", []),
    ],
)
def test_what_is_damaged_is_left_out(library: Library, folder: Path, damage: bytes, expected: list[str]) -> None:
    (folder / NAME).write_bytes(damage)
    assert library.searches() == expected
    assert library.keep_search("new")
    assert library.searches() == [*expected, "new"]


def test_what_is_no_file_is_neither_read_nor_written(library: Library, folder: Path) -> None:
    os.mkfifo(folder / NAME)
    assert library.searches() == []
    assert not library.keep_search("net")


def test_a_folder_in_the_place_of_the_file_is_lived_with(library: Library, folder: Path) -> None:
    (folder / NAME).mkdir()
    assert library.searches() == []
    assert not library.keep_search("net")


def test_a_library_that_is_only_read_keeps_none(library: Library, folder: Path) -> None:
    library.keep_search("one")
    with Library.open(folder, read_only=True) as reader:
        assert not reader.keep_search("two")
        assert reader.searches() == ["one"]
