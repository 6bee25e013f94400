"""How fast papers are cited in each style, and how long the copy menu takes to open.

    python -m tests.bench.citing [COUNT]

prints milliseconds of processor time a paper for each style and format, and from the key to the copy menu, the first
time and later. Run it on an installed wheel.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from readlist.library import Library
from readlist.query import ALL
from readlist.settings import CITATION_STYLES, Settings
from readlist.tui.app import ReadlistApp
from readlist.tui.main.screen import MainScreen
from readlist.writers import format_writer, style_writer
from tests.bench.made_up import made_up_papers


async def opening(library: Library) -> list[float]:
    """Return the milliseconds that the copy menu takes to be on the screen, time after time."""
    app = ReadlistApp(library, Settings(), today=date(2026, 4, 1))
    found = []
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause(1.0)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        for _ in range(6):
            began = time.perf_counter()
            screen.action_copy()
            while not app.screen.query(".choices"):  # noqa: ASYNC110 — every turn of the loop is to be seen
                await asyncio.sleep(0)
            found.append(round((time.perf_counter() - began) * 1000, 1))
            await pilot.press("z")
            await pilot.pause(0.3)
    return found


def main() -> None:
    """Measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        library.add(itertools.islice(made_up_papers(count), count))
        entries = library.entries(library.select(ALL))
        figures = {}
        for style in CITATION_STYLES:
            write = style_writer(style)
            "".join(write(entries[:3]))
            began = time.process_time()
            "".join(write(entries))
            figures[style] = round((time.process_time() - began) * 1000 / count, 2)
        began = time.process_time()
        "".join(format_writer("csl-json")(entries))
        figures["csl-json"] = round((time.process_time() - began) * 1000 / count, 3)
        print(json.dumps({"ms_per_paper": figures, "ms_to_the_copy_menu": asyncio.run(opening(library))}))


if __name__ == "__main__":
    main()
