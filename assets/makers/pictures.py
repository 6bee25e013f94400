"""Make the pictures of the documentation: `assets/readlist.svg`, which README shows, and `docs/pictures/*.svg`.

python assets/makers/pictures.py [NAME…]
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from readlist.ingest import sample_as_of, welcome
from readlist.library import Library
from readlist.mark import Change, add_note, change_tags, set_priority, set_rating, set_status, star
from readlist.query import ALL
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from readlist.tui.main.screen import MainScreen

ROOT = Path(__file__).parents[2]

MARKS: dict[str, tuple[Change, ...]] = {
    "schick2023toolformer": (star(), set_status("read"), set_rating(5), change_tags(add=["llm", "tools"])),
    "toledo2025ai": (star(), set_status("reading"), change_tags(add=["agents"])),
    "zhao2025automated": (set_status("queued"), set_priority(2), change_tags(add=["agents"])),
    "kuttler2020nethack": (star(), change_tags(add=["nethack"])),
    "mialon2023augmented": (set_status("skimmed"), change_tags(add=["survey"])),
    "nathani2025mlgym": (set_status("queued"), change_tags(add=["agents", "benchmark"])),
}
NOTE = """Compare operators and search policies with our own scaffold.

- **operators** matter more than search
- try on MLE-bench"""

Scene = Callable[[Pilot[int]], Awaitable[None]]
Size = tuple[int, int]


class Clock:
    """A clock that is set by hand."""

    now = datetime(2026, 4, 1, 12, tzinfo=UTC)

    def __call__(self) -> str:
        """Return the instant, UTC ISO 8601."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def fill(library: Library, clock: Clock) -> None:
    """Put the sample in, and a winter's reading."""
    clock.now = datetime(2025, 12, 1, 12, tzinfo=UTC)
    welcome(library)
    ids = library.ids(library.select(ALL))
    for number, paper_id in enumerate(ids[8:26]):
        clock.now = datetime(2025, 12, 3, 20, tzinfo=UTC) + timedelta(days=6 * number + number % 4)
        library.mark([paper_id], set_status("queued"))
        if number % 4:
            clock.now += timedelta(days=2 + number % 5)
            library.mark([paper_id], set_status("read"))
    clock.now = datetime(2026, 4, 1, 12, tzinfo=UTC)
    for key, changes in MARKS.items():
        entry = library.find(key)
        assert entry is not None, key
        for change in changes:
            library.mark([entry.id], change)
    found = library.find("toledo2025ai")
    assert found is not None
    library.mark([found.id], add_note("n1", NOTE))


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + 20
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        await pilot.pause(0.02)


def main_of(pilot: Pilot[int]) -> MainScreen:
    """Return the main screen."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


async def settled(pilot: Pilot[int]) -> None:
    """Wait until everything on the main screen is there."""
    screen = main_of(pilot)

    def holds() -> bool:
        entry = screen.papers.entry
        counted = not screen.sidebar_shown or (bool(screen.views) and set(screen.sizes) == set(screen.views))
        followed = entry is None or entry.citekey in str(screen.query_one("#details Static").render())
        return counted and followed and screen.asked.all_answered()

    await until(pilot, holds)
    await pilot.pause(0.2)


def keys(*names: str, theme: str = "") -> Scene:
    """Return a scene that comes of keys, in a theme."""

    async def play(pilot: Pilot[int]) -> None:
        if theme:
            pilot.app.theme = theme
        for name in names:
            await pilot.press(name)
            await pilot.pause(0.05)
        await settled(pilot)

    return play


SCENES: dict[str, tuple[Size, Scene]] = {
    "readlist": ((140, 36), keys("j", "j", "j")),
    "light": ((140, 36), keys("j", "j", "j", theme="readlist-light")),
    "list-80": ((80, 24), keys("j", "j", "j")),
    "list-60": ((60, 16), keys("j", "j", "j")),
    "comfortable": ((120, 30), keys("j", "j", "j", "z")),
    "search": ((120, 30), keys("slash", *"agents -bench")),
    "completion": ((120, 30), keys("slash", *"status:r")),
    "mistake": ((120, 30), keys("slash", *"staus:read agents")),
    "sidebar": ((140, 36), keys("F", *"jjjjjjjjjjjj", "enter")),
    "views": ((100, 28), keys("f")),
    "triage": ((120, 36), keys("T", "j", "j")),
    "copy": ((120, 30), keys("j", "j", "j", "y")),
    "note": ((120, 30), keys("j", "j", "j", "N")),
    "edit": ((120, 36), keys("j", "j", "j", "E")),
    "related": ((140, 36), keys("slash", *"toolformer", "enter", "R")),
    "people": ((120, 36), keys("slash", *"toolformer", "enter", "A", "3")),
    "help": ((140, 36), keys("question_mark")),
    "palette": ((100, 28), keys("ctrl+p", *"view")),
    "settings": ((120, 30), keys("comma")),
    "statistics": ((140, 40), keys("number_sign")),
}
"""What is pictured: the terminal's size, and what leads there."""


async def picture(folder: Path, size: Size, scene: Scene) -> str:
    """Return the SVG of a scene."""
    clock = Clock()
    with Library.open(folder, now=clock) as library:
        fill(library, clock)
        app = ReadlistApp(library, Settings(theme="readlist-dark"), today=max(sample_as_of(), date(2026, 4, 1)))
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await scene(pilot)
            await pilot.pause(0.5)
            # The fonts that Textual names are fetched from elsewhere: a picture should need nothing but itself.
            return re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="readlist"), flags=re.DOTALL)


def main(names: list[str]) -> None:
    """Write the pictures."""
    for name in names or list(SCENES):
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(picture(Path(folder) / "library", *SCENES[name]))
        target = ROOT / "assets" / "readlist.svg" if name == "readlist" else ROOT / "docs" / "pictures" / f"{name}.svg"
        target.parent.mkdir(exist_ok=True)
        target.write_text(svg, encoding="utf-8")
        print(target.relative_to(ROOT), target.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
