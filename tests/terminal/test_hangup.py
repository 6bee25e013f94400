"""An app whose terminal is gone ends, whoever started it; one that is told to end leaves its terminal as it was."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from readlist.library import Library

PATIENCE = 30.0


@pytest.mark.parametrize("ignored", [False, True])
def test_an_app_ends_with_its_terminal_even_where_the_signal_is_ignored(
    library: Library, folder: Path, *, ignored: bool
) -> None:
    library.close()
    pid, descriptor = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)
        command = [sys.executable, "-m", "readlist", "--library", str(folder)]
        os.execve(command[0], command, {**os.environ, "TERM": "xterm-256color"})
    seen, end = b"", time.monotonic() + PATIENCE
    while b"No papers yet" not in seen and b"papers" not in seen:
        assert time.monotonic() < end, seen[-500:]
        if select.select([descriptor], [], [], 0.05)[0]:
            seen += os.read(descriptor, 1 << 20)
    os.close(descriptor)
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise AssertionError("the app goes on without a terminal")
        time.sleep(0.02)


def test_an_app_that_is_told_to_end_gives_the_terminal_back(library: Library, folder: Path) -> None:
    library.close()
    pid, descriptor = pty.fork()
    if pid == 0:
        command = [sys.executable, "-m", "readlist", "--library", str(folder)]
        os.execve(command[0], command, {**os.environ, "TERM": "xterm-256color"})
    seen, end, told = b"", time.monotonic() + PATIENCE, False
    while b"\x1b[?1049l" not in seen:
        assert time.monotonic() < end, seen[-500:]
        if select.select([descriptor], [], [], 0.05)[0]:
            seen += os.read(descriptor, 1 << 20)
        if not told and (b"No papers yet" in seen or b"papers" in seen):
            os.kill(pid, signal.SIGTERM)
            told = True
    while select.select([descriptor], [], [], PATIENCE)[0]:
        try:
            seen += os.read(descriptor, 1 << 20)
        except OSError:  # what Linux says when the other side is closed
            break
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 143
    assert b"\x1b[?25h" in seen
    os.close(descriptor)
