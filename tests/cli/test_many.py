"""A change to many papers is asked about when a person is at the keyboard."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from readlist.library import Library
from readlist.query import parse
from tests.papers import TODAY, paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of 60 papers."""
    with Library.open(tmp_path / "library") as library:
        library.add(paper(f"Title {number}", "Ann Author", date="2023") for number in range(60))
    return tmp_path / "library"


def run(folder: Path, *words: str, answer: str | None) -> tuple[int, str]:
    """Run a verb, with an answer typed in a terminal or, where that is None, without a terminal."""
    command = [sys.executable, "-m", "readlist", "--library", str(folder), *words]
    if answer is None:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return done.returncode, (done.stdout + done.stderr).decode()
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as child:
        os.write(keyboard, answer.encode())
        told, _ = child.communicate(timeout=60)
    os.close(terminal)
    os.close(keyboard)
    return child.returncode, told.decode()


def starred(folder: Path) -> int:
    with Library.open(folder) as library:
        return len(library.select(parse("is:starred", statuses=(), today=TODAY)))


def test_no_leaves_everything_as_it_is(folder: Path) -> None:
    status, told = run(folder, "star", "--query", "year:2023", answer="n\n")
    assert (status, starred(folder)) == (1, 0)
    assert "Star 60 papers?" in told
    assert "nothing was changed" in told


def test_yes_makes_the_change(folder: Path) -> None:
    status, told = run(folder, "star", "--query", "year:2023", answer="y\n")
    assert (status, starred(folder)) == (0, 60)
    assert "star on 60 papers" in told


def test_a_script_is_not_asked_and_neither_is_who_says_yes_beforehand(folder: Path) -> None:
    assert run(folder, "star", "--query", "year:2023", answer=None) == (0, "star on 60 papers\n")
    assert run(folder, "unstar", "--yes", "--query", "year:2023", answer="") == (0, "unstar on 60 papers\n")


def test_removing_many_is_asked_about_too(folder: Path) -> None:
    status, told = run(folder, "remove", "--query", "year:2023", answer="n\n")
    assert status == 1
    assert "Remove 60 papers?" in told
    with Library.open(folder) as library:
        assert library.count() == 60
