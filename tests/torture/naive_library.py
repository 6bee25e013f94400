"""A reading list as it is often made: TinyDB as it comes, and an undo that puts back whole documents from memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from msgspec.structs import asdict
from tinydb import TinyDB
from tinydb.table import Document

from readlist.errors import NothingToDoError
from readlist.library import Step
from readlist.mark import UNMARKED, Change, Mark
from readlist.paper import Paper
from readlist.record import mark_from, mark_record
from readlist.store.added import Added
from readlist.view import DEFAULTS, View
from tests.papers import NOW
from tests.torture.editors import MARKS_FILE, document_number

Marks = Mapping[str, Mark | None]
"""By paper id; None for a paper that is not there."""


@dataclass(frozen=True)
class Before:
    """What a change put something else in the place of."""

    marks: Marks = field(default_factory=dict)
    views: tuple[View, ...] | None = None
    """The saved views; None if the change is not about them."""


class NaiveLibrary:
    """What the state machine asks of a library; those that are given the same lists undo each other's changes."""

    read_only: Final[str | None] = None

    def __init__(self, folder: Path, done: list[Before], undone: list[Before]) -> None:
        self._database = TinyDB(folder / MARKS_FILE)
        self._table = self._database.table("papers", cache_size=0)
        self._views = self._database.table("views", cache_size=0)
        self._done, self._undone = done, undone

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, papers: Iterable[Paper]) -> Added:
        """Add papers."""
        ids = tuple(one.id for one in papers)
        self._put(dict.fromkeys(ids, UNMARKED))
        return Added(len(ids), 0, 0, ids)

    def marks(self) -> dict[str, Mark]:
        """Return the marks of all papers."""
        return {document["id"]: mark_from(document["mark"]) for document in self._table.all()}

    def mark(self, ids: Iterable[str], change: Change) -> Step | None:
        """Apply a change to the marks of papers."""
        held = self.marks()
        before = {one: held[one] for one in ids}
        after = {one: change(mark, NOW) for one, mark in before.items()}
        return self._take(change.name, Before(before), Before(after)) if after != before else None

    def remove(self, ids: Iterable[str]) -> Step | None:
        """Remove papers."""
        held = self.marks()
        before = {one: held[one] for one in ids if one in held}
        return self._take("remove", Before(before), Before(dict.fromkeys(before))) if before else None

    def views(self) -> tuple[View, ...]:
        """Return the saved views; none at all are taken for views that were never changed."""
        return tuple(View(**document) for document in self._views.all()) or DEFAULTS

    def set_views(self, views: Sequence[View], name: str) -> Step | None:
        """Replace the saved views."""
        before, after = Before(views=self.views()), Before(views=tuple(views))
        return self._take(name, before, after) if after != before else None

    def undo(self) -> Step:
        """Put back what was there before the last change."""
        return self._retrace(self._done, self._undone)

    def redo(self) -> Step:
        """Put back what was there before the last undo."""
        return self._retrace(self._undone, self._done)

    def write(self, one: str, mark: Mark) -> None:
        """Write a mark as another program would."""
        self._put({one: mark})

    def write_views(self, views: Sequence[View]) -> None:
        """Write the saved views as another program would."""
        self._views.truncate()
        self._views.insert_multiple(asdict(view) for view in views)

    def _take(self, name: str, before: Before, after: Before) -> Step:
        self._go_to(after)
        self._done.append(before)
        self._undone.clear()
        return Step(len(self._done), name, "do", NOW, tuple(after.marks))

    def _retrace(self, these: list[Before], those: list[Before]) -> Step:
        if not these:
            raise NothingToDoError("there is nothing to undo")
        back = these.pop()
        held = self.marks()
        views = None if back.views is None else self.views()
        those.append(Before({one: held.get(one) for one in back.marks}, views))
        self._go_to(back)
        return Step(0, "", "undo", NOW, tuple(back.marks))

    def _go_to(self, state: Before) -> None:
        self._put(state.marks)
        if state.views is not None:
            self.write_views(state.views)

    def _put(self, marks: Marks) -> None:
        for one, mark in marks.items():
            number = document_number(one)
            if mark is not None:
                self._table.upsert(Document({"id": one, "mark": mark_record(mark)}, number))
            elif self._table.contains(doc_id=number):
                self._table.remove(doc_ids=[number])
