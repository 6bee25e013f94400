"""A verb of readlist that meets a fault at each of its calls to the system, and what that does to the library."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Final

from readlist.library import Library
from readlist.mark import set_rating
from readlist.paper import Paper
from readlist.query import ALL
from readlist.view import View
from tests.papers import NOW
from tests.torture.editors import LostError, Readlist
from tests.torture.edits import Marks, filled_library
from tests.torture.faults import WRITING, Call, Outcome, traced
from tests.torture.programs import verb

_MARKS: Final = ("marks.json", ".marks.json.new", "history.jsonl")


@dataclass(frozen=True)
class Held:
    """All that a library holds."""

    papers: tuple[str, ...]
    facts: tuple[Paper, ...]
    marks: Marks
    views: tuple[View, ...]
    steps: int

    @classmethod
    def in_folder(cls, folder: Path) -> Held:
        marks = Readlist().marks(folder)
        with Library.open(folder) as library:
            entries = library.entries(library.select(ALL))
            papers, facts = (tuple(found) for found in zip(*((one.id, one.paper) for one in entries), strict=True))
            return cls(papers, facts, marks, library.views(), library.history(1)[0].number)


class TorturedVerb:
    """A library, and a verb that is run on a copy of it again and again."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._filled, self.folder, self._log = folder / "filled", folder / "work", folder / "strace.log"
        self.ids, _ = filled_library(self._filled, 12, 6)
        self._command = verb(self.folder, *words)
        self.old = Held.in_folder(self._filled)
        self.run()  # once before anything is counted, so that Python has its byte code
        self.clean = self.run()
        assert self.clean.status == 0, self.clean.errors
        self.new = Held.in_folder(self.folder)
        assert self.new != self.old

    def run(self, fault: str = "") -> Outcome:
        """Run the verb on a new copy."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._filled, self.folder)
        return traced(self._command, self._log, fault)

    def calls(self, *names: str) -> list[Call]:
        """Return the calls of these names that a clean run makes about the library."""
        found = [call for call in self.clean.calls if call.name in names and call.touches(self.folder)]
        assert found
        return found

    def torture(self, fault: str, calls: list[Call]) -> list[str]:
        """Let a fault happen at each of these calls, every time in a new copy; what was wrong."""
        found = []
        for call in calls:
            outcome = self.run(f"{call.name}:{fault}:when={call.number}")
            if wrong := self._wrong(call, outcome):
                found.append(f"{fault} at {call.told}: {wrong}")
        print(f"{fault} at {len(calls)} calls: {len(found)} of them wrong")
        return found

    def _wrong(self, call: Call, outcome: Outcome) -> str:
        """Say what is wrong after a fault at a call; an empty text if nothing is."""
        try:
            held = Held.in_folder(self.folder)
        except LostError as error:
            return f"lost: {error}"
        return self._wrongly_told(call, outcome, held) or self._wrongly_goes_on(held)

    def _wrongly_told(self, call: Call, outcome: Outcome, held: Held) -> str:
        """Compare what the verb said with what became of the library."""
        killed = outcome.status == -SIGKILL
        hit = [made for made in outcome.calls[-1:] if killed] or [made for made in outcome.calls if made.injected]
        complaints = {
            "neither the old state nor the new one": held not in (self.old, self.new),
            "told as done, but it is not": held == self.old and (outcome.status == 0 or outcome.output),
            "the fault came elsewhere": not any(made.touches(self.folder) for made in hit),
            "the fault was not told": outcome.status == 0 and self._must_be_told(call),
            f"told wrongly, with status {outcome.status}: {outcome.errors}": not killed
            and outcome.status != 0
            and (outcome.status != 1 or not outcome.errors.startswith("error: ") or "Traceback" in outcome.errors),
        }
        return next((complaint for complaint, holds in complaints.items() if holds), "")

    def _must_be_told(self, call: Call) -> bool:
        """Whether nobody can make up for the failure of a call: one that makes a mark or a step durable."""
        if call.name not in WRITING or "O_RDONLY" in call.told:
            return False
        synced = call.name == "fsync" and f"<{self.folder}>" in call.told
        return synced or any(call.touches(self.folder / name) for name in _MARKS)

    def _wrongly_goes_on(self, held: Held) -> str:
        """Make another edit, as the person would; what is wrong with it."""
        one = held.papers[-1]
        with Library.open(self.folder, now=lambda: NOW) as library:
            step = library.mark([one], set_rating(4))
        after = Held.in_folder(self.folder)
        if step is None or after.marks[one].rating != 4 or after.steps != held.steps + 1:
            return "the next edit did not work"
        if {**after.marks, one: None} != {**held.marks, one: None}:
            return "the next edit changed another mark"
        return f"left behind: {left}" if (left := sorted(path.name for path in self.folder.glob(".*"))) else ""
