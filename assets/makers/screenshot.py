"""Make the picture of the main screen that README shows: `readlist.svg`.

python assets/makers/screenshot.py
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from readlist.ingest import sample_as_of, welcome
from readlist.library import Library
from readlist.mark import add_note, change_tags, set_status, star
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from readlist.tui.screens.main import MainScreen

MARKS = (
    ("schick2023toolformer", (star(), set_status("read"), change_tags(add=["llm", "tools"]))),
    ("toledo2025ai", (star(), set_status("reading"), change_tags(add=["agents"]))),
    ("zhao2025automated", (set_status("queued"), change_tags(add=["agents"]))),
    ("kuttler2020nethack", (star(), change_tags(add=["nethack"]))),
    ("mialon2023augmented", (set_status("skimmed"), change_tags(add=["survey"]))),
    ("nathani2025mlgym", (set_status("queued"), change_tags(add=["agents", "benchmark"]))),
)

NOTE = """**Compare** *operators* and search policies with our own scaffold:

- which operators does [MLE-bench](https://arxiv.org/abs/2410.07095) need?
- what does a run cost?
"""


async def picture(folder: Path) -> str:
    """Return the SVG of the app on the sample, some papers marked."""
    with Library.open(folder, now=lambda: "2026-04-01T12:00:00Z") as library:
        welcome(library)
        for key, changes in MARKS:
            entry = library.find(key)
            assert entry is not None, key
            for change in changes:
                library.mark([entry.id], change)
        found = library.find("toledo2025ai")
        assert found is not None
        library.mark([found.id], add_note("n1", NOTE))
        app = ReadlistApp(library, Settings(theme="readlist-dark"), today=sample_as_of())
        async with app.run_test(size=(140, 36)) as pilot:
            await pilot.pause()
            await pilot.press("j", "j", "j")
            while "toledo2025ai" not in str(app.screen.query_one("#facts").render()) or not _counted(app):
                await pilot.pause(0.02)
            # The fonts that Textual names are fetched from elsewhere: a picture should need nothing but itself.
            return re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="readlist"), flags=re.DOTALL)


def _counted(app: ReadlistApp) -> bool:
    """Whether the sidebar shows its numbers."""
    screen = app.screen
    return isinstance(screen, MainScreen) and bool(screen.views) and set(screen.sizes) == set(screen.views)


def main() -> None:
    """Write the picture beside this program's folder."""
    with tempfile.TemporaryDirectory() as folder:
        svg = asyncio.run(picture(Path(folder) / "library"))
    target = Path(__file__).parents[1] / "readlist.svg"
    target.write_text(svg, encoding="utf-8")
    print(target.name, target.stat().st_size)


if __name__ == "__main__":
    main()
