"""The lock of a library where it cannot be had."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from readlist.errors import StoreError
from readlist.library import Library
from readlist.mark import star
from readlist.store import lock
from tests.store.marks_files import filled

WITHOUT = ["ENOLCK", "ENOSYS", "EOPNOTSUPP"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are other locks there")
@pytest.mark.parametrize("name", WITHOUT)
def test_a_file_system_without_locks_is_told(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    import fcntl

    ids = filled(library)

    def refuse(*_: object) -> None:
        code = getattr(errno, name)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StoreError, match=r"the file system of .* has no locks") as caught:
        library.mark(ids, star())
    assert "--library DIR" in caught.value.hint
    assert not (folder / "marks.json").exists()
    assert library.count() == 3


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which injects the error")
@pytest.mark.parametrize("name", WITHOUT)
def test_the_system_itself_refusing_locks_is_told(library: Library, folder: Path, name: str) -> None:
    ids = filled(library)
    library.close()
    strace = [
        "strace",
        "-f",
        "-o",
        os.devnull,
        "-e",
        "trace=flock",
        "-e",
        f"inject=flock:error={name}",
    ]
    probe = subprocess.run([*strace, "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("strace may not trace here")
    done = subprocess.run(
        [*strace, sys.executable, "-m", "readlist", "--library", str(folder), "star", ids[0]],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "has no locks" in done.stderr
    assert "Traceback" not in done.stderr
    assert "warning" not in done.stderr
    assert not (folder / "marks.json").exists()


def test_another_holder_is_waited_for_and_then_told(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(library)
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with lock.locked(folder), pytest.raises(StoreError, match="another readlist is writing"):
        library.mark(ids, star())
    assert library.mark(ids, star())


def test_a_lock_that_cannot_be_made_is_told(library: Library, folder: Path) -> None:
    ids = filled(library)
    (folder / "lock").unlink()
    (folder / "lock").mkdir()
    with pytest.raises(StoreError, match="cannot lock the library"):
        library.mark(ids, star())
