"""Fill up a small disk in many ways, and edit.

    python -m tests.torture.full_disk {readlist,naive} DISK SCRATCH

DISK is a file system of about a megabyte that holds nothing else. Prints what was found as one JSON object.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.mark import UNMARKED, add_note
from tests.papers import NOW
from tests.torture.editors import Editor, LostError, Naive, Readlist
from tests.torture.edits import Edit, Marks, filled_library, said
from tests.torture.programs import ran, verb

PAGE: Final = 4096
MOST_FREE: Final = 64
"""Pages: with so many an edit goes through."""
NOTE: Final = "a long thought, " * 500
PAPERS, MARKED = 12, 6


@dataclass
class Found:
    """What editing on full disks came to."""

    told: int = 0
    """Edits that failed with an error for the reader."""
    done: int = 0
    verbs_told: int = 0
    verbs_done: int = 0
    wrong: list[str] = field(default_factory=list)


class Disk:
    """A small file system with a folder of marks and a file that takes up the rest."""

    def __init__(self, mounted: Path, editor: Editor, scratch: Path) -> None:
        self.folder, self._rest, self._filled = mounted / "library", mounted / "rest", scratch / "filled"
        self.editor = editor
        self.ids, self.marks = filled_library(self._filled, PAPERS, MARKED)
        editor.fill(self._filled, self.marks)

    def renew(self) -> None:
        """Begin with the folder as it was at first, and an empty disk otherwise."""
        self._rest.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._filled, self.folder)

    @contextmanager
    def full(self, free_pages: int) -> Iterator[None]:
        """Leave only so many pages of the disk free for a while."""
        with self._rest.open("wb", buffering=0) as file:
            written = 0
            try:
                while True:
                    written += file.write(b"x" * PAGE)
            except OSError:
                file.truncate(max(0, written - free_pages * PAGE))
        try:
            yield
        finally:
            self._rest.unlink()


def torture_library(disk: Disk) -> Iterator[tuple[bool, str]]:
    """Edit in a library that stays open, as the app's does; whether each edit went through, and what was wrong."""
    one, change = disk.ids[2], add_note("n-late", NOTE)
    new = said({**disk.marks, one: change(disk.marks.get(one, UNMARKED), NOW)})
    for free_pages in range(MOST_FREE):
        disk.renew()
        with Library.open(disk.folder, now=lambda: NOW) as library:
            with disk.full(free_pages):
                try:
                    done = library.mark([one], change) is not None
                except ReadlistError:
                    done = False
            held = disk.editor.marks(disk.folder)
            if held != new and (done or held != disk.marks):
                yield done, f"{free_pages} pages free: neither the old marks nor the new ones"
                continue
            if held != new:
                library.mark([one], change)  # there is room again
        yield done, "" if disk.editor.marks(disk.folder) == new else f"{free_pages} pages free: it stays unsaved"


def torture_verbs(disk: Disk) -> Iterator[tuple[bool, str]]:
    """Edit with a verb; whether each edit went through, and what was wrong."""
    words = verb(disk.folder, "star", disk.ids[2])
    for free_pages in range(0, MOST_FREE, 4):
        disk.renew()
        with disk.full(free_pages):
            first = ran(words)
        done = first.returncode == 0
        if not done and (
            first.returncode != 1 or not first.stderr.startswith("error: ") or "Traceback" in first.stderr
        ):
            yield done, f"{free_pages} pages free: told wrongly, with status {first.returncode}: {first.stderr}"
            continue
        starred = {one for one, mark in disk.editor.marks(disk.folder).items() if mark.starred}
        if starred != {disk.ids[2]} and (done or starred):
            yield done, f"{free_pages} pages free: {starred} are starred"
        again = ran(words)
        whole = again.returncode == 0 and disk.editor.marks(disk.folder)[disk.ids[2]].starred
        yield done, "" if whole else f"{free_pages} pages free: it stays unsaved: {again.stderr}"


def torture_naive(disk: Disk) -> Iterator[tuple[bool, str]]:
    """Edit with TinyDB as it comes; the same."""
    one, change = disk.ids[2], add_note("n-late", NOTE)
    new: Marks = said({**disk.marks, one: change(disk.marks.get(one, UNMARKED), NOW)})
    for free_pages in range(MOST_FREE):
        disk.renew()
        with disk.full(free_pages):
            try:
                disk.editor.edit(disk.folder, [Edit((one,), change, new)], list)
                done = True
            except OSError:
                done = False
        try:
            whole = disk.editor.marks(disk.folder) in (disk.marks, new)
        except LostError:
            whole = False
        yield done, "" if whole else f"{free_pages} pages free: the marks are lost"


def run(which: str, mounted: Path, scratch: Path) -> Found:
    """Fill up the disk again and again."""
    found = Found()
    if which == "naive":
        edits = list(torture_naive(Disk(mounted, Naive(), scratch)))
    else:
        disk = Disk(mounted, Readlist(), scratch)
        edits = list(torture_library(disk))
        verbs = list(torture_verbs(disk))
        found.verbs_done = sum(done for done, _ in verbs)
        found.verbs_told = len(verbs) - found.verbs_done
        found.wrong += [wrong for _, wrong in verbs if wrong]
    found.done = sum(done for done, _ in edits)
    found.told = len(edits) - found.done
    found.wrong += [wrong for _, wrong in edits if wrong]
    return found


if __name__ == "__main__":
    print(json.dumps(asdict(run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))))
