"""Kill an editor again and again at random moments, and look at what it left.

    python -m tests.torture.kills {readlist,in-place,naive} KILLS FOLDER

Stops at the first loss. Prints what was found as one JSON object. It is a program of its own because it forks, which
a process with threads must not do.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from readlist.mark import UNMARKED, set_priority
from tests.papers import NOW
from tests.torture.editors import EDITORS, MARKS_FILE, Editor, LostError
from tests.torture.edits import Edit, Marks, edits, filled_library, said

PAPERS: Final = 200
MARKED: Final = 100
KILLS_A_FOLDER: Final = 25
"""After so many the editing begins anew: a history of many long notes is slow to read."""
MOST_WAITED_FOR: Final = 3
"""Edits that are waited for before the moment of the kill is drawn."""


@dataclass
class Found:
    """What a run of kills came to."""

    kills: int = 0
    acknowledged: int = 0
    """Edits that were told to be durable."""
    unacknowledged_there: int = 0
    """How often the edit that was not told was there, whole."""
    unfinished_files: int = 0
    """How often a kill left a file that is there only while another is written."""
    smallest: int = 1 << 60
    largest: int = 0
    """Bytes of the marks file as the kills found it."""
    lost: str = ""
    """What was wrong after the last kill."""
    seconds: float = 0


class Victim:
    """A child process that edits and acknowledges until it is killed."""

    def __init__(self, edit: Callable[[Callable[[], object]], None]) -> None:
        self._reading, writing = os.pipe()
        self._heard = b""
        self._process = os.fork()
        if self._process == 0:
            try:
                edit(lambda: os.write(writing, b"."))
            except BaseException:  # noqa: BLE001 — whatever it is, the parent must hear of it, and nobody else go on
                os.write(writing, b"!" + traceback.format_exc().encode())
            os._exit(1)
        os.close(writing)

    def wait_for(self, edits: int) -> float:
        """Wait until so many edits are acknowledged; the seconds that the last one took."""
        began = time.perf_counter()
        for _ in range(edits):
            began = time.perf_counter()
            self._heard += os.read(self._reading, 1)
        return time.perf_counter() - began

    def kill(self) -> int:
        """Kill it; how many edits it acknowledged in its life.

        Raises:
            RuntimeError: It had ended by itself.
        """
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        while more := os.read(self._reading, 1 << 16):
            self._heard += more
        os.close(self._reading)
        if b"!" in self._heard:
            raise RuntimeError(self._heard.decode())
        return len(self._heard)


class Torture:
    """One editor, killed again and again in the same folder."""

    def __init__(self, editor: Editor, folder: Path) -> None:
        self._editor = editor
        self._filled, self._work = folder / "filled", folder / "work"
        self._ids, self._first = filled_library(self._filled, PAPERS, MARKED)
        editor.fill(self._filled, self._first)
        self._names = _names(self._filled)
        self._rng = random.Random(1)
        self._pace = 0.01
        self.found = Found()

    def begin_anew(self) -> None:
        """Take a new copy of the folder as it was at first."""
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(self._filled, self._work)
        self._marks = self._first
        self._steps = self._editor.steps(self._work)

    def kill_once(self, seed: int) -> None:
        """Let a child edit, kill it, and compare what is there with what it had acknowledged.

        Raises:
            LostError: It is not all there.
        """
        victim = Victim(lambda done: self._editor.edit(self._work, edits(seed, self._marks, self._ids), done))
        waited_for = self._rng.randint(0, MOST_WAITED_FOR)
        took = victim.wait_for(waited_for)
        if waited_for > 1:
            self._pace += (took - self._pace) / 10
        _spin(self._rng.random() * self._pace * (1.5 if waited_for else 3))
        acknowledged = victim.kill()
        self.found.kills += 1
        self.found.acknowledged += acknowledged
        self._measure()
        planned = list(islice(edits(seed, self._marks, self._ids), acknowledged + 1))
        self._compare(acknowledged, planned)
        self._go_on(seed)

    def _measure(self) -> None:
        """Note what the kill left behind."""
        size = (self._work / MARKS_FILE).stat().st_size
        self.found.smallest = min(self.found.smallest, size)
        self.found.largest = max(self.found.largest, size)
        self.found.unfinished_files += any(name.endswith(".new") for name in _names(self._work))

    def _compare(self, acknowledged: int, planned: list[Edit]) -> None:
        """Compare the marks with those before and after the edit during which the kill came."""
        before = planned[acknowledged - 1].after if acknowledged else self._marks
        found = self._editor.marks(self._work)
        further = found == planned[acknowledged].after
        if found != before and not further:
            raise LostError(_difference(found, before))
        self.found.unacknowledged_there += further
        self._marks = found
        if self._steps is not None:
            self._steps += acknowledged + further
            if self._editor.steps(self._work) != self._steps:
                raise LostError(f"the history has {self._editor.steps(self._work)} steps, not {self._steps}")

    def _go_on(self, seed: int) -> None:
        """Make one more edit, as whoever starts the program again does, and look for what should be gone."""
        one, change = self._ids[0], set_priority(1 + seed % 3)
        after = said({**self._marks, one: change(self._marks.get(one, UNMARKED), NOW)})
        self._editor.edit(self._work, [Edit((one,), change, after)], lambda: None)
        self._marks = after
        if self._steps is not None:
            self._steps += 1
        if stray := _names(self._work) - self._names:
            raise LostError(f"left behind: {', '.join(sorted(stray))}")


def run(editor: Editor, kills: int, folder: Path) -> Found:
    """Kill an editor at most so many times, and stop when something was lost."""
    began = time.perf_counter()
    torture = Torture(editor, folder)
    gc.freeze()
    try:
        for number in range(kills):
            if number % KILLS_A_FOLDER == 0:
                torture.begin_anew()
            torture.kill_once(number)
    except LostError as error:
        torture.found.lost = str(error)
    torture.found.seconds = round(time.perf_counter() - began, 1)
    return torture.found


def _names(folder: Path) -> set[str]:
    """Return the names of what is in the folder, and of hidden files wherever they are below it."""
    names = {path.name for path in folder.iterdir()} | {path.name for path in folder.rglob(".*")}
    return names - {"backups"}  # there may be some from the second minute on


def _difference(found: Marks, expected: Marks) -> str:
    """Say in which papers two sets of marks differ."""
    differing = [one for one in {**found, **expected} if found.get(one) != expected.get(one)]
    return f"{len(differing)} papers are not as they were acknowledged, e.g. {differing[0]}"


def _spin(seconds: float) -> None:
    """Let time pass, to the microsecond."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


if __name__ == "__main__":
    print(json.dumps(asdict(run(EDITORS[sys.argv[1]](), int(sys.argv[2]), Path(sys.argv[3])))))
