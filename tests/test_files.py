"""Files are replaced whole, keep their permissions, and what is no file is written into."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.errors import StoreError
from readlist.files import replace_file, stream_to_file


def test_a_new_file_gets_the_mode_and_a_held_one_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace_file(path, b"one", mode=0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    replace_file(path, b"two", mode=0o666)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o640)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    replace_file(tmp_path / "link", b"one")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"one"


def test_a_pipe_stays_a_pipe_and_gets_the_bytes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    replace_file(pipe, b"through")
    reader.join(10)
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"there is no folder {tmp_path / 'nowhere'}"):
        replace_file(tmp_path / "nowhere" / "refs.bib", b"")


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_a_file_whose_pieces_end_in_an_error_is_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new" * 100_000
        raise error

    with pytest.raises(StoreError if error is OSError else error):
        stream_to_file(path, pieces())
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["refs.bib"]


def test_pieces_are_asked_for_as_they_are_written(tmp_path: Path) -> None:
    beside = tmp_path / ".refs.bib.new"
    sizes = []

    def pieces() -> Iterator[bytes]:
        for _ in range(4):
            sizes.append(beside.stat().st_size)
            yield b"x" * 1_000_000

    stream_to_file(tmp_path / "refs.bib", pieces())
    assert sizes == [0, 1_000_000, 2_000_000, 3_000_000]
    assert (tmp_path / "refs.bib").stat().st_size == 4_000_000
