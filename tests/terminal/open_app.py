"""Run a command that opens the app, in a pseudo-terminal, and do a little with it; exits with 0 when all went well.

    python open_app.py PROGRAM [ARG …]

Uses the standard library alone, so that it runs before anything is installed.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

PATIENCE = 600.0
"""Seconds for the first screen: the command may install the program first."""

_SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|.)")


class Terminal:
    """A program in a pseudo-terminal of 140 by 40."""

    def __init__(self, command: list[str]) -> None:
        self.seen = b""
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="140", LINES="40")
            os.execvp(command[0], command)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))

    def wait_for(self, text: str, patience: float = 30.0) -> None:
        """Read until `text` has been drawn since the last call; exits with 1 when it is not."""
        end = time.monotonic() + patience
        while text.encode() not in _SEQUENCE.sub(b"", self.seen):
            if time.monotonic() > end:
                sys.exit(f"{text!r} never came; the last output was:\n{self.seen[-3000:].decode(errors='replace')}")
            if select.select([self.descriptor], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.descriptor, 1 << 16)
                except OSError:
                    sys.exit(f"the program ended:\n{self.seen[-3000:].decode(errors='replace')}")
        self.seen = b""

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.descriptor, keys.encode())

    def status(self) -> int:
        """Wait for the program's end; what it exited with."""
        while select.select([self.descriptor], [], [], 10.0)[0]:
            try:
                if not os.read(self.descriptor, 1 << 16):
                    break
            except OSError:
                break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def main() -> None:
    """Open, search, star, undo, quit."""
    terminal = Terminal(sys.argv[1:])
    terminal.wait_for("43 papers", PATIENCE)
    terminal.send("/")
    terminal.send("toolformer")
    terminal.wait_for("1 of 43")
    terminal.send("\r")
    terminal.send("s")
    terminal.wait_for("star on 1 paper")
    terminal.send("u")
    terminal.wait_for("undo: star on 1 paper")
    terminal.send("q")
    status = terminal.status()
    print("opened, searched, starred, undone, quit" if status == 0 else f"exit status {status}")
    sys.exit(status)


if __name__ == "__main__":
    main()
