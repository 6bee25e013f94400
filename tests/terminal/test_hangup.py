"""An app whose terminal is gone ends, whoever started it."""

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
