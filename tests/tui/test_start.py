"""What opening the app loads: what the first screen needs, and nothing else."""

from __future__ import annotations

import subprocess
import sys

LATER = (
    "citeproc", "filelock", "lxml", "markdown_it", "pylatexenc", "pyperclip", "rapidfuzz", "tinydb", "tomlkit", "yaml",
    "readlist.correction", "readlist.editing", "readlist.living", "readlist.readers", "readlist.statistics",
    "readlist.store.steps", "readlist.writers",
)  # fmt: skip
"""What is loaded when it is first needed."""


def test_the_first_screen_loads_nothing_that_it_does_not_need() -> None:
    program = "import sys, readlist.cli.program, readlist.cli.app, readlist.tui.app; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert {"readlist.tui.app", "textual.app"} <= loaded
    assert loaded.isdisjoint(LATER)
