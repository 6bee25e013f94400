"""The table of `list` fits the terminal; elsewhere nothing of it is cut."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from readlist.ingest import welcome
from readlist.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with the sample."""
    with Library.open(tmp_path / "library") as library:
        welcome(library)
    return tmp_path / "library"


def table(folder: Path, columns: int) -> list[str]:
    """Return what `list` prints on a terminal that is so wide."""
    ours, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "readlist", "--library", str(folder), "list"]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, env=environment):
        os.close(terminal)
        told = b""
        while True:
            try:
                told += os.read(ours, 1 << 16)
            except OSError:  # Linux says so when the last writer has gone
                break
    os.close(ours)
    return told.decode().splitlines()


@pytest.mark.parametrize("columns", [50, 80, 120, 200])
def test_no_line_is_longer_than_the_terminal_is_wide_and_keys_are_whole(folder: Path, columns: int) -> None:
    lines = table(folder, columns)
    assert len(lines) == 44
    assert max(map(cell_len, lines)) <= columns
    assert any(line.startswith("openendedlearningteam2021open ") for line in lines)
    assert all("TITLE" in line or len(line.split("  ")) > 1 for line in lines)


def test_elsewhere_nothing_is_cut(folder: Path) -> None:
    command = [sys.executable, "-m", "readlist", "--library", str(folder), "list"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert (
        "AI Research Agents for Machine Learning: Search, Exploration, and Generalization in MLE-bench" in done.stdout
    )
