"""A note that is being written survives the end of the app and of the terminal, in a real pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

SIZES = [(60, 16), (80, 24), (140, 40)]
PATIENCE = 30.0


class Terminal:
    """The app in a pseudo-terminal, its screen followed."""

    def __init__(self, folder: Path, size: tuple[int, int] = (80, 24), **environment: str) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            terminal = {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)}
            command = [sys.executable, "-m", "readlist", "--library", str(folder)]
            os.execve(command[0], command, {**os.environ, **terminal, **environment})
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def until(self, holds: Callable[[], bool]) -> None:
        """Follow the screen until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"it never came to hold:\n{self.text}"
            if select.select([self.descriptor], [], [], 0.05)[0]:
                self.stream.feed(os.read(self.descriptor, 1 << 20))

    def shows(self, words: str) -> None:
        self.until(lambda: words in self.text)

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def kill(self) -> None:
        """End the app at once."""
        os.kill(self.pid, signal.SIGKILL)
        self.close()

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.descriptor)
        self.descriptor = -1
        self._reap()

    def close(self) -> None:
        """Wait for the end, and let go of the terminal."""
        if self.descriptor >= 0:
            self._reap()
            os.close(self.descriptor)
            self.descriptor = -1

    def _reap(self) -> None:
        """Wait for the app's end, its last output read; one that does not come to it is killed."""
        end = time.monotonic() + PATIENCE
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            watched = [self.descriptor] if self.descriptor >= 0 else []
            if select.select(watched, [], [], 0.02)[0]:
                try:
                    os.read(self.descriptor, 1 << 20)
                except OSError:
                    continue


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the app; what is open at the end of the test is killed."""
    terminals: list[Terminal] = []

    def opening(size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
        terminals.append(Terminal(folder, size, **environment))
        terminals[-1].shows("papers")
        return terminals[-1]

    yield opening
    for terminal in terminals:
        if terminal.descriptor >= 0:
            terminal.kill()


def drafts(folder: Path) -> list[str]:
    return [path.read_text() for path in (folder / "drafts").glob("d*.json")]


def show(folder: Path, key: str) -> str:
    command = [sys.executable, "-m", "readlist", "--library", str(folder), "show", key]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("end", [Terminal.kill, Terminal.hang_up])
def test_a_note_survives(
    folder: Path, opened: Callable[..., Terminal], end: Callable[[Terminal], None], size: tuple[int, int]
) -> None:
    first = opened(size)
    first.type("n")
    first.type("worth reading")
    first.until(lambda: any("worth reading" in draft for draft in drafts(folder)))
    second = opened(size)
    second.type("s")
    second.shows("star on 1 paper")
    assert "finished" not in second.text
    end(first)
    assert any("worth reading" in draft for draft in drafts(folder))
    third = opened(size)
    third.shows("finished")
    third.shows("worth reading")
    third.type("s")
    third.shows("note on 1 paper")
    assert drafts(folder) == []
    assert "worth reading" in show(folder, "goldie2026procedural")
    third.type("q")
    third.close()


def test_keys_in_a_burst_go_on_in_the_draft(folder: Path, opened: Callable[..., Terminal]) -> None:
    first = opened()
    first.type("nhalf a")
    first.until(lambda: any("half a" in draft for draft in drafts(folder)))
    first.kill()
    second = opened()
    second.shows("was not finished")
    second.type("e sentence")
    second.until(lambda: any("half a sentence" in draft for draft in drafts(folder)))
    second.type("\x13")
    second.shows("note on 1 paper")
    assert "half a sentence" in show(folder, "goldie2026procedural")


def test_keys_in_a_burst_are_all_in_the_note(folder: Path, opened: Callable[..., Terminal]) -> None:
    first = opened()
    first.type("n\x13nworth it\x13jnanother\x13")
    first.until(lambda: (folder / "marks.json").exists() and "another" in (folder / "marks.json").read_text())
    assert "worth it" in show(folder, "goldie2026procedural")
    assert "another" in show(folder, "lupidi2026airs")
    first.until(lambda: drafts(folder) == [])


def test_what_a_failing_editor_leaves_is_offered_at_the_next_start(
    folder: Path, opened: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "ed"
    editor.write_text('#!/bin/sh\necho "by the editor" > "$1"\nexit 3\n')
    editor.chmod(stat.S_IRWXU)
    first = opened(EDITOR=str(editor))
    first.type("nin the pane")
    first.shows("in the pane")
    first.type("\x0f")
    first.shows("exit status 3")
    first.shows("in the pane")
    first.type("\x13")
    first.shows("note on 1 paper")
    first.type("q")
    first.close()
    second = opened()
    second.shows("by the editor")
    second.type("s")
    second.shows("note on 1 paper")
    shown = show(folder, "goldie2026procedural")
    assert "in the pane" in shown
    assert "by the editor" in shown


def read(path: Path) -> str:
    """Return what a file says that is being put in its place."""
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


def test_an_app_that_is_killed_while_the_editor_is_open_loses_neither_text(
    folder: Path, opened: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "ed"
    editor.write_text('#!/bin/sh\necho "by the editor" > "$1"\nread answer\n')
    editor.chmod(stat.S_IRWXU)
    first = opened(EDITOR=str(editor))
    first.type("nin the pane\x0f")
    first.until(lambda: any(read(path) == "by the editor\n" for path in folder.glob("drafts/*.editor/note.md")))
    first.kill()
    second = opened()
    second.shows("by the editor")
    second.type("s")
    second.shows("in the pane")
    second.type("s")
    second.until(lambda: drafts(folder) == [])
    shown = show(folder, "goldie2026procedural")
    assert "in the pane" in shown
    assert "by the editor" in shown
