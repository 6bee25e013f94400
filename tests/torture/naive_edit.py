"""Remove the notes of every paper with TinyDB as it comes.

python -m tests.torture.naive_edit FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.papers import NOW
from tests.torture.editors import Naive
from tests.torture.edits import WITHOUT_NOTES, Edit, said


def main(folder: Path) -> None:
    """Make one edit, and say so when it is done."""
    editor = Naive()
    before = editor.marks(folder)
    after = said({one: WITHOUT_NOTES(mark, NOW) for one, mark in before.items()})
    editor.edit(folder, [Edit(tuple(before), WITHOUT_NOTES, after)], lambda: print("edited"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
