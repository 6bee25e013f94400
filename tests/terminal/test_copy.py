"""Copies from the app and the shell: the exact bytes of a pseudo-terminal, and the buffer of a real tmux."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readlist.clipboard import osc_52
from readlist.ingest import welcome
from readlist.library import Library
from readlist.query import ALL
from readlist.writers import style_writer

PATIENCE = 30.0
KEY = "schick2023toolformer"
FIRST = "goldie2026procedural"


@pytest.fixture
def filled(library: Library, folder: Path) -> Path:
    """The folder of a library with the sample in it."""
    welcome(library)
    return folder


def citation(folder: Path, key: str, style: str) -> str:
    with Library.open(folder) as library:
        entry = library.find(key)
        assert entry is not None
        return "".join(style_writer(style)([entry])).removesuffix("\n")


class Terminal:
    """A program in a pseudo-terminal; everything that it writes is kept."""

    def __init__(self, *words: str, **environment: str) -> None:
        self.seen = b""
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            command = [sys.executable, "-m", "readlist", *words]
            os.execve(command[0], command, {**os.environ, "TERM": "xterm-256color", **environment})
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, wanted: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while wanted not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:]
            if select.select([self.descriptor], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.descriptor, 1 << 20)
                except OSError:
                    break
        assert wanted in self.seen, self.seen[-2000:]

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def end(self) -> None:
        os.close(self.descriptor)
        os.waitpid(self.pid, 0)


@pytest.mark.parametrize("environment", [{}, {"SSH_TTY": "/dev/pts/9", "DISPLAY": ":9"}, {"STY": "1.x"}])
def test_the_shell_sends_exactly_the_sequence(filled: Path, environment: dict[str, str]) -> None:
    terminal = Terminal("--library", str(filled), "cite", "--style", "apa", "--copy", KEY, **environment)
    terminal.until(b"sent to the terminal's clipboard")
    terminal.end()
    wanted = osc_52(citation(filled, KEY, "apa"), environment).encode()
    assert terminal.seen == wanted + b"sent to the terminal's clipboard\r\n"


@pytest.mark.parametrize("environment", [{}, {"SSH_TTY": "/dev/pts/9", "DISPLAY": ":9"}, {"STY": "1.x"}])
def test_the_app_sends_exactly_the_sequence(filled: Path, environment: dict[str, str]) -> None:
    terminal = Terminal("--library", str(filled), **environment)
    terminal.until(b"43 papers")
    terminal.type("y")
    terminal.until(b"choose")
    terminal.type("c")
    wanted = osc_52(citation(filled, FIRST, "apa"), environment).encode()
    terminal.until(wanted)
    assert terminal.seen.count(b"52;c;") == 1
    terminal.type("q")
    terminal.end()


class Tmux:
    """A tmux server of its own, without anyone's settings."""

    def __init__(self, folder: Path, setting: str) -> None:
        self.socket = folder / "tmux"
        self("new-session", "-d", "-x", "100", "-y", "30", "sh")
        self("set-option", "-g", "set-clipboard", setting)

    def __call__(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), "-f", "/dev/null", *words],
            capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout

    def type(self, *keys: str) -> None:
        self("send-keys", *keys)

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.screen
            time.sleep(0.05)

    @property
    def screen(self) -> str:
        return self("capture-pane", "-p")

    @property
    def buffer(self) -> str:
        return self("show-buffer")


@pytest.fixture(params=["on", "external"])
def tmux(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tmux]:
    """A real tmux."""
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    server = Tmux(tmp_path, request.param)
    yield server
    server("kill-server")


def test_in_tmux_the_buffer_holds_what_the_shell_copies(filled: Path, tmux: Tmux) -> None:
    tmux.type(f"{sys.executable} -m readlist --library {filled} cite --style ieee --copy {KEY}", "Enter")
    tmux.until(lambda: tmux.buffer == citation(filled, KEY, "ieee"))
    tmux.until(lambda: "tmux" in tmux.screen.partition("--copy")[2])


def test_in_tmux_the_buffer_holds_what_the_app_copies(filled: Path, tmux: Tmux) -> None:
    tmux.type(f"{sys.executable} -m readlist --library {filled}", "Enter")
    tmux.until(lambda: "43 papers" in tmux.screen)
    tmux.type("y")
    tmux.until(lambda: "choose" in tmux.screen)
    tmux.type("c")
    tmux.until(lambda: tmux.buffer == citation(filled, FIRST, "apa"))
    tmux.until(lambda: "APA citation of 1 paper" in tmux.screen)
    with Library.open(filled) as library:
        titles = [entry.paper.title for entry in library.entries(library.select(ALL))]
    tmux.type("V")
    tmux.until(lambda: "43 selected" in tmux.screen)
    tmux.type("y")
    tmux.until(lambda: "Copy 43 papers" in tmux.screen)
    tmux.type("t")
    tmux.until(lambda: tmux.buffer == "\n".join(titles))
