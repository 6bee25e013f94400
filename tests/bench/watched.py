"""A program in a pseudo-terminal, watched as the person at the keyboard sees it; and an empty app to compare with."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sysconfig
import termios
import time
from collections.abc import Callable
from math import isnan, nan
from pathlib import Path
from typing import NamedTuple

import pyte

COLUMNS, ROWS = 140, 40
LIST = slice(25, 85)
"""The columns of the screen in which the list stands, right of the sidebar."""
STAR = slice(3, 5)
"""Where in a row of the list the star stands."""
READLIST = str(Path(sysconfig.get_path("scripts")) / "readlist")

BARE = """
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from rich.segment import Segment
class Lines(ScrollView, can_focus=True):
    cursor = 0
    def on_mount(self): self.virtual_size = Size(100, 1000)
    def key_j(self):
        self.cursor += 1; self.refresh()
    def render_line(self, y):
        return Strip([Segment(f"{'>' if y == self.cursor else ' '} BARE {y}".ljust(self.size.width))])
class Bare(App):
    def compose(self): yield Lines()
    def on_mount(self): self.query_one(Lines).focus()
Bare().run()
"""


_MOMENT = 0.02
"""Seconds after which a second key follows."""


class Change(NamedTuple):
    """When the screen changed, in seconds after a key; not a number if it did not."""

    after: float
    """The list, for the last time."""
    answered: float
    """The search line, for the first time after what was typed meanwhile."""


class Terminal:
    """A program in a pseudo-terminal, its screen followed."""

    def __init__(self, command: list[str], **environment: str) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.seen = bytearray()
        self.began = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            size = {"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
            os.execvpe(command[0], command, {**os.environ, **size, **environment})
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, patience: float) -> bool:
        """Take in what comes within some seconds; whether anything came."""
        if not select.select([self.descriptor], [], [], patience)[0]:
            return False
        data = os.read(self.descriptor, 1 << 20)
        self.seen += data
        self.stream.feed(data)
        return True

    def until_drawn(self, text: str) -> float:
        """Wait until a text was drawn at all; the seconds since the program began.

        The bytes are looked at, not the picture: to make that takes longer the more a program draws.
        """
        while text.encode() not in self.seen:
            self.read(0.05)
        return time.perf_counter() - self.began

    def list_rows(self) -> list[str]:
        """Return the rows of the list as they are on the screen."""
        return [row[LIST] for row in self.screen.display[1:-1]]

    def until(self, holds: Callable[[], bool]) -> float:
        """Wait until something holds; the seconds since the program began."""
        while not holds():
            self.read(0.05)
        return time.perf_counter() - self.began

    def quiet(self, seconds: float = 0.3) -> None:
        """Wait until nothing comes for a while."""
        while self.read(seconds):
            pass

    def moves(self, count: int) -> list[float]:
        """Press `j` so many times, each time when all is quiet; the seconds until the first answers."""
        took = []
        for _ in range(count):
            took.append(self.press("j"))
            self.quiet(0.08)
        return took

    def press(self, keys: str) -> float:
        """Type; the seconds until the first answer."""
        sent = time.perf_counter()
        os.write(self.descriptor, keys.encode())
        self.read(10)
        return time.perf_counter() - sent

    def settle(self, seconds: float) -> None:
        """Take in what comes within some seconds, all of them: a cursor that blinks is never quiet."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def last_change(self, keys: str, *, meanwhile: str = "", seconds: float = 0.6) -> Change:
        """Type, and find out when the list changed for the last time within some seconds.

        What comes is only noted with the time, and made into a picture afterwards, which takes longer than to draw it.

        Args:
            keys: What is typed.
            meanwhile: Something else that is typed in the search line a moment later.
            seconds: How long to watch.
        """
        before = self.list_rows()
        came: list[tuple[float, bytes]] = []
        sent = time.perf_counter()
        os.write(self.descriptor, keys.encode())
        second = sent + _MOMENT if meanwhile else 0.0
        owed = meanwhile.encode()
        while (now := time.perf_counter()) < sent + seconds:
            if owed and now >= second:
                os.write(self.descriptor, owed)
                second, owed = time.perf_counter(), b""
            wait = second - now if owed else sent + seconds - now
            if select.select([self.descriptor], [], [], max(0.0, wait))[0]:
                came.append((time.perf_counter(), os.read(self.descriptor, 1 << 20)))
        changed = answered = nan
        top = self.screen.display[0]
        for when, data in came:
            self.stream.feed(data)
            if (rows := self.list_rows()) != before:
                before, changed = rows, when - sent
            if (line := self.screen.display[0]) != top:
                top = line
                answered = when - second if meanwhile and when > second and isnan(answered) else answered
        return Change(changed, answered)

    def memory(self) -> dict[str, float]:
        """Return the megabytes of memory that the program has: in all, and to itself alone."""
        lines = (Path("/proc") / str(self.pid) / "smaps_rollup").read_text().splitlines()[1:]
        kilobytes = {name.rstrip(":"): int(value) for name, value, *_ in map(str.split, lines)}
        return {"rss": kilobytes["Rss"] / 1024, "uss": (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) / 1024}

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)
