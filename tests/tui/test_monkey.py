"""A monkey at the keyboard: whatever keys come, the app goes on, and what it said was saved is on the disk.

READLIST_MONKEY_KEYS says how many keys it presses (3,000), READLIST_MONKEY_SEED which ones.
"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from readlist.library import Library
from readlist.query import ALL
from readlist.tui.app import ReadlistApp
from readlist.tui.commands import COMMANDS
from readlist.tui.elsewhere import ELSEWHERE
from readlist.tui.main.screen import MainScreen
from tests.papers import paper
from tests.tui.reader import Reader, Reading

KEYS = int(os.environ.get("READLIST_MONKEY_KEYS", "3000"))
SEED = int(os.environ.get("READLIST_MONKEY_SEED", "20260401"))

LEAVING = {"q", "ctrl+q", "ctrl+c"}
HANDING_OVER = {"ctrl+o", "ctrl+z"}
"""Keys that hand the terminal to another program, which is not there."""

AT_ONCE = 25
"""Keys that are typed ahead."""

GROWTH = 40 << 20
"""Bytes of memory that the second half of the keys may take beyond the first."""

pytestmark = pytest.mark.slow


def keys_of(chance: random.Random) -> list[str]:
    """Return keys to choose from: those of the commands, those of dialogs, and letters."""
    known = [key for command in (*COMMANDS, *ELSEWHERE) for key in command.keys if key not in LEAVING | HANDING_OVER]
    typed = [*'abcdefghijklmnoprstuvwxyz0123456789 :-+*"()/.,é中']
    others = (
        ["escape"] * 12 + ["enter"] * 8 + ["tab", "shift+tab", "backspace", "delete", "left", "right", "ctrl+s"] * 2
    )
    found = known * 3 + typed + others
    chance.shuffle(found)
    return found


async def at_rest(reader: Reader) -> None:
    """Wait until every key that was typed has done what it does."""
    await reader.until(reader.app._keyboard._typed.empty)
    await reader.pilot.pause()


def memory() -> int:
    """Return the bytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def others_at_work(folder: Path, stop: threading.Event) -> None:
    """Bring papers in from elsewhere, as another process does, until it is enough."""
    with Library.open(folder) as library:
        for batch in range(40):
            library.add([paper(f"Another paper {batch} {n}", f"Author {n}", date="2024-05") for n in range(25)])
            if stop.wait(1.0):
                return


async def test_nothing_breaks_and_nothing_is_lost(
    reading: Reading, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", "true")
    chance = random.Random(SEED)
    keys = keys_of(chance)
    pressed: list[str] = []
    stop = threading.Event()
    other = threading.Thread(target=others_at_work, args=(folder, stop))
    async with reading(size=(120, 34)) as reader:
        other.start()
        held: list[int] = []
        try:
            while len(pressed) < KEYS:
                some = chance.choices(keys, k=AT_ONCE)
                pressed += some
                reader.burst(*some)
                if chance.random() < 0.02:
                    reader.app.post_message(events.Paste("CLFeb 9, 2023\nA Pasted Title of No UseAnn Author\nWords.\n"))
                if chance.random() < 0.05:
                    await reader.pilot.resize_terminal(chance.randint(1, 200), chance.randint(1, 60))
                await at_rest(reader)
                assert reader.app.is_running, pressed[-2 * AT_ONCE :]
                assert reader.app._exception is None, pressed[-2 * AT_ONCE :]
                if len(pressed) in (KEYS // 2, KEYS):
                    held.append(memory())
        finally:
            stop.set()
            other.join()
        await to_the_list(reader)
        main = reader.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        await reader.until(lambda: not main.papers.listed.unsaved)
        shown = {entry.id: entry.mark for entry in reader.library.entries(reader.library.select(ALL))}
        steps = len(reader.library.history())
    with Library.open(folder) as again:
        assert {entry.id: entry.mark for entry in again.entries(again.select(ALL))} == shown
        assert len(again.history()) == steps
        assert again.read_only is None
    assert steps > KEYS // 200, Counter(pressed).most_common(5)
    if len(held) > 1:
        assert held[-1] - held[0] < GROWTH


async def to_the_list(reader: Reader) -> None:
    """Leave every dialog."""
    app: ReadlistApp = reader.app
    for _ in range(20):
        if len(app.screen_stack) == 1 and not isinstance(app.focused, Input):
            return
        await reader.press("escape")
        await at_rest(reader)
    raise AssertionError(f"escape does not lead out of {app.screen!r}")
