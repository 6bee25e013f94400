"""Where the reader is in going through papers one by one, in a small file of the library's folder.

It is kept as well as can be: what cannot be read or written is left alone, and only where to go on is lost with it;
what was decided is in the marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from readlist.errors import StoreError
from readlist.files import replace_file

NAME: Final = "triage.json"

PREFIX: Final = "triage: "
"""What the names of the steps of a run begin with."""

TAKEN_BACK: Final = "take back the triage"
"""The name of the step that takes a whole run back."""

_MOST: Final = 64 << 20
"""Bytes that are read at the most."""


class Run(Struct, frozen=True):
    """A going through papers one by one."""

    query: str
    """What stood in the search line: the papers that it lists and that are unread are gone through."""
    order: str
    """What stands after `sort:`."""
    chosen: tuple[str, ...] = ()
    """The papers that were selected, by id: they are gone through, whatever their status; none if it is the query's."""
    since: int = 0
    """The number of the last step before the run."""
    passed: tuple[str, ...] = ()
    """The papers that were decided on or skipped, by id, in order."""
    decided: tuple[str, ...] = ()
    """The papers whose status was decided, by id."""
    over: bool = False
    """Whether the last paper was passed."""

    @property
    def skipped(self) -> tuple[str, ...]:
        """The papers that were passed without a decision, in order."""
        decided = frozenset(self.decided)
        return tuple(one for one in self.passed if one not in decided)

    def with_decision(self, paper_id: str) -> Run:
        """Return the run with a paper's status decided."""
        return self if paper_id in self.decided else replace(self, decided=(*self.decided, paper_id))

    def without_decision(self, paper_ids: Iterable[str]) -> Run:
        """Return the run without the decisions about some papers."""
        gone = frozenset(paper_ids)
        return replace(self, decided=tuple(one for one in self.decided if one not in gone))

    def is_about_the_same_as(self, other: Run) -> bool:
        """Whether another run goes through the same papers in the same order."""
        return (self.query, self.order, self.chosen) == (other.query, other.order, other.chosen)


def read(folder: Path) -> Run | None:
    """Return the run that was kept last; None if there is none that can be read."""
    path = folder / NAME
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        return _run_from(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def keep(folder: Path, run: Run) -> bool:
    """Keep a run in the place of the one before; whether it is on the disk."""
    path = folder / NAME
    if path.exists() and not path.is_file():
        return False
    try:
        replace_file(path, json.dumps(asdict(run), ensure_ascii=False).encode(errors="replace") + b"\n")
    except (StoreError, OSError):
        return False
    return True


def _run_from(record: dict[str, Any]) -> Run:
    """Return the run that `keep` wrote.

    Raises:
        KeyError: It has not written this.
        TypeError: As before.
    """
    run = Run(
        record["query"], record["order"], tuple(record["chosen"]), record["since"], tuple(record["passed"]),
        tuple(record["decided"]), record["over"],
    )  # fmt: skip
    texts = (run.query, run.order, *run.chosen, *run.passed, *run.decided)
    if not all(type(text) is str for text in texts) or type(run.since) is not int or type(run.over) is not bool:
        raise TypeError("a value has the wrong kind")
    return run
