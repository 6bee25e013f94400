"""Programs that change one library at the same time.

    python -m tests.torture.writers {writer,app,naive} FOLDER NAME CHANGES
    python -m tests.torture.writers holder FOLDER

A writer has a tag of its own on each paper, with a number that it counts up, and looks every time whether the tag is
still as it left it. The app does the same, and looks for what others changed, until its input is closed. The holder
takes the lock, says so, and waits for its end. Each prints what it found as one JSON object.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace
from tinydb import TinyDB

from readlist.errors import StoreError
from readlist.library import Library
from readlist.mark import Change, Mark
from readlist.query import ALL
from tests.torture.editors import MARKS_FILE

GLANCE: Final = 0.05
"""Seconds between two looks for what others changed."""
UP_TO_DATE: Final = 1.0
"""Seconds within which the app must show what others wrote."""


@dataclass
class Found:
    """What a program found while others wrote too."""

    changes: int = 0
    lost: int = 0
    """How often its own tag was not as it had left it."""
    refused: int = 0
    """How often it was told to try again."""
    seen: int = 0
    """How often the app was told of changes elsewhere."""
    shown: dict[str, list[str]] = field(default_factory=dict)
    """The tags that the app showed in the end, by paper id."""
    error: str = ""


class Counter:
    """The tags of one writer, counted up."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found = Found()
        self._numbers: dict[str, int] = {}

    def counted_up(self, one: str, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Return the tags of a paper with the writer's own one counted up; see whether it was as it should be."""
        number = self._numbers.get(one)
        own = [tag for tag in tags if tag.startswith(f"{self.name}/")]
        self.found.lost += own != ([] if number is None else [self._tag(number)])
        return tuple(sorted({*tags} - {*own} | {self._tag(self.found.changes)}))

    def done(self, one: str) -> None:
        """Take a change for durable."""
        self._numbers[one] = self.found.changes
        self.found.changes += 1

    def _tag(self, number: int) -> str:
        return f"{self.name}/{number}"


def write(library: Library, counter: Counter, changes: int) -> None:
    """Make changes as fast as it goes."""
    rng = random.Random(counter.name)
    ids = [entry.id for entry in library.entries(library.select(ALL))]
    while counter.found.changes < changes:
        one = rng.choice(ids)

        def apply(mark: Mark, _: str, one: str = one) -> Mark:
            return replace(mark, tags=counter.counted_up(one, mark.tags))

        try:
            library.mark([one], Change(f"{counter.name} {counter.found.changes}", apply))
        except StoreError as error:
            if "another readlist" not in error.message:
                raise
            counter.found.refused += 1
        else:
            counter.done(one)


def be_the_app(library: Library, counter: Counter, changes: int) -> None:
    """Make changes in one thread and look for those of others in another one, until the input is closed."""
    writing = threading.Thread(target=write, args=(library, counter, changes))
    writing.start()
    closed = threading.Event()
    threading.Thread(target=wait_for_the_end, args=(closed,), daemon=True).start()
    until = float("inf")
    while time.monotonic() < until:
        counter.found.seen += library.changed_elsewhere()
        if closed.is_set() and not writing.is_alive() and until == float("inf"):
            until = time.monotonic() + UP_TO_DATE
        time.sleep(GLANCE)
    counter.found.shown = {entry.id: list(entry.mark.tags) for entry in library.entries(library.select(ALL))}


def wait_for_the_end(closed: threading.Event) -> None:
    """Wait until the input is closed."""
    sys.stdin.read()
    closed.set()


def write_naively(folder: Path, counter: Counter, changes: int) -> None:
    """Make the same changes with TinyDB as it comes."""
    rng = random.Random(counter.name)
    with TinyDB(folder / MARKS_FILE) as database:
        table = database.table("papers", cache_size=0)
        numbers = [document.doc_id for document in table.all()]
        while counter.found.changes < changes:
            number = rng.choice(numbers)

            def apply(document: Any, one: str = str(number)) -> None:
                document["tags"] = list(counter.counted_up(one, tuple(document["tags"])))

            table.update(apply, doc_ids=[number])
            counter.done(str(number))


def hold(folder: Path) -> None:
    """Take the lock as a change does, and never come to the writing."""
    with Library.open(folder) as library, library._changing():
        print("holding", flush=True)
        signal.pause()


def main(role: str, folder: Path, name: str = "", changes: str = "0") -> None:
    """Be one of the programs."""
    if role == "holder":
        hold(folder)
        return
    counter = Counter(name)
    if role == "naive":
        try:
            write_naively(folder, counter, int(changes))
        except Exception as error:  # noqa: BLE001 — whatever stops it is what was to be seen
            counter.found.error = f"{type(error).__name__}: {error}"
    else:
        work: Callable[[Library, Counter, int], None] = be_the_app if role == "app" else write
        with Library.open(folder) as library:
            work(library, counter, int(changes))
    print(json.dumps(asdict(counter.found)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
