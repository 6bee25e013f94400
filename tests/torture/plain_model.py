"""What a reading list is, as a plain dictionary: the model that the library is compared with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from readlist.mark import Mark
from readlist.view import DEFAULTS, View
from tests.papers import NOW

Fields = dict[str, Any]
"""A mark as plain values, by the names of the file."""

Views = tuple[View, ...] | None
"""The saved views; None when nobody ever changed them."""


def unmarked() -> Fields:
    """Return the mark of a paper that nobody touched."""
    return {
        "status": "unread",
        "status_dates": {},
        "starred": False,
        "tags": [],
        "rating": 0,
        "priority": 0,
        "notes": [],
    }


def plain(value: Any) -> Any:
    """Return the value of a field as the model has it."""
    return list(value) if isinstance(value, tuple) else value


def fields_of(mark: Mark) -> Fields:
    """Return a mark of the library as the model has it."""
    return {
        "status": mark.status,
        "status_dates": dict(mark.status_dates),
        "starred": mark.starred,
        "tags": list(mark.tags),
        "rating": mark.rating,
        "priority": mark.priority,
        "notes": [(note.id, note.text) for note in mark.notes],
    }


Key = tuple[str, bool]
"""A citation key, and whether it was set by hand."""


@dataclass(frozen=True)
class Decided:
    """What a reader decided of the facts of a paper."""

    title: str | None = None
    """The title as it was corrected."""
    into: str | None = None
    """The paper that it was merged into."""
    written: bool = False
    """Whether it was added by hand."""
    apart: frozenset[str] = frozenset()


@dataclass
class Taken:
    """A step: the fields that it changed, by paper, with the values before and after; the papers that it removed or
    brought back; and the views before and after, if it is about them."""

    fields: dict[str, dict[str, tuple[Any, Any]]]
    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    views: tuple[Views, Views] | None = None
    keys: dict[str, tuple[Key, Key]] = field(default_factory=dict)
    """The citation keys that it changed."""
    decided: dict[str, tuple[Decided, Decided]] = field(default_factory=dict)
    """What it decided of the facts of papers."""


@dataclass(frozen=True)
class Backup:
    """What there was at some time."""

    papers: dict[str, Fields]
    views: Views
    kept: frozenset[str]
    """The papers of which the file kept something, if only that they were marked once."""
    decided: dict[str, Decided] = field(default_factory=dict)


@dataclass
class Model:
    """The papers that there are with their marks, the saved views, and the steps that can be undone and done again."""

    papers: dict[str, Fields]
    views: Views = None
    gone: dict[str, Fields] = field(default_factory=dict)
    """The marks of papers that are not there, but have been marked by someone else before they were removed again."""
    undoable: list[Taken] = field(default_factory=list)
    redoable: list[Taken] = field(default_factory=list)
    steps: int = 0
    keys: dict[str, Key] = field(default_factory=dict)
    """The citation key of every paper, there or removed."""
    owners: dict[str, str] = field(default_factory=dict)
    """Which paper has each key, or had it once."""

    decided: dict[str, Decided] = field(default_factory=dict)
    """What was decided of each paper, there or removed."""

    def of(self, one: str) -> Decided:
        """Return what was decided of a paper."""
        return self.decided.get(one, Decided())

    def root(self, one: str) -> str:
        """Return the paper that one is part of."""
        while (after := self.of(one).into) is not None:
            one = after
        return one

    def decide(self, one: str, **changed: Any) -> bool:
        """Decide something of a paper as one step; whether that changes anything."""
        before = self.of(one)
        after = replace(before, **changed)
        if before != after:
            self._do(Taken({}, decided={one: (before, after)}))
        return before != after

    def add_by_hand(self, one: str) -> None:
        """Put a paper there as one step."""
        self._do(Taken({}, restored=(one,), decided={one: (self.of(one), replace(self.of(one), written=True))}))

    def merge(self, kept: str, other: str, mark: Fields) -> None:
        """Make two papers one as one step, the marks of both those that are given."""
        one, two = self.of(kept), self.of(other)
        fields = {kept: _differences(self.papers[kept], mark), other: _differences(self.papers[other], unmarked())}
        decided = {kept: (one, replace(one, title=one.title or two.title)), other: (two, replace(two, into=kept))}
        self._do(Taken(fields, removed=(other,), decided=decided))

    def pin(self, one: str, key: str) -> bool:
        """Set a paper's key by hand as a step; whether that changes anything."""
        before = self.keys[one]
        self.owners[key] = one
        if before != (key, True):
            self._do(Taken({}, keys={one: (before, (key, True))}))
        return before != (key, True)

    def mark(self, ids: Iterable[str], change: Callable[[Fields], Fields]) -> bool:
        """Change marks as one step; whether there was anything to change."""
        step = Taken({one: _differences(self.papers[one], change(dict(self.papers[one]))) for one in ids})
        step.fields = {one: changed for one, changed in step.fields.items() if changed}
        if step.fields:
            self._do(step)
        return bool(step.fields)

    def remove(self, ids: Iterable[str]) -> bool:
        """Remove papers with their marks as one step; whether there were any."""
        there = tuple(one for one in ids if one in self.papers)
        if there:
            step = Taken({one: _differences(self.papers[one], unmarked()) for one in there}, there)
            parts = [part for part in self.decided if self.root(part) in there and part not in there]
            step.decided = {one: (self.of(one), replace(self.of(one), title=None, written=False)) for one in there}
            step.decided |= {part: (self.of(part), replace(self.of(part), written=False)) for part in parts}
            self._do(step)
        return bool(there)

    @property
    def shown_views(self) -> tuple[View, ...]:
        """The views that a reader sees."""
        return DEFAULTS if self.views is None else self.views

    def set_views(self, views: tuple[View, ...]) -> bool:
        """Replace the views as one step; whether they differ."""
        if views == self.shown_views:
            return False
        self._do(Taken({}, views=(self.views, views)))
        return True

    def go_back(self, backup: Backup, kept: Collection[str]) -> bool:
        """Make everything what it was in a backup, as one step; whether there was anything to do.

        Args:
            backup: What there was.
            kept: The papers of which the file keeps something now.
        """
        was, ids = backup.decided, dict.fromkeys((*self.decided, *backup.decided, *backup.kept))
        restored = tuple(
            one
            for one in ids
            if one not in self.papers
            and was.get(one, Decided()).into is None
            and (one in backup.kept or was.get(one, Decided()).written or self.of(one).into)
        )
        removed = tuple(
            one
            for one in ids
            if one in self.papers
            and (was.get(one, Decided()).into or (self.of(one).written and not was.get(one, Decided()).written))
        )
        decided = {
            one: (self.of(one), was.get(one, Decided())) for one in ids if self.of(one) != was.get(one, Decided())
        }
        fields = {
            one: changed
            for one in dict.fromkeys((*self.papers, *restored))
            if (changed := _differences(self.papers.get(one, unmarked()), backup.papers.get(one, unmarked())))
        }
        views = None if backup.views == self.views else (self.views, backup.views)
        if not (fields or restored or removed or decided or views or backup.kept - {*kept}):
            return False
        self._do(Taken(fields, removed, restored, views, decided=decided))
        return True

    def undo(self) -> int:
        """Take back the last step, but not what was changed since; how many papers were left as they are."""
        step = self.undoable.pop()
        self.redoable.append(step)
        self.steps += 1
        return self._take(step, forth=False)

    def redo(self) -> int:
        """Do again what was taken back last; the same."""
        step = self.redoable.pop()
        self.undoable.append(step)
        self.steps += 1
        return self._take(step, forth=True)

    def written_elsewhere(self, one: str, name: str, value: Any) -> None:
        """Take over what another program wrote, of which the history knows nothing."""
        self.papers[one] = {**self.papers[one], name: value}

    def _do(self, step: Taken) -> None:
        self._take(step, forth=True)
        self.undoable.append(step)
        self.redoable.clear()
        self.steps += 1

    def _take(self, step: Taken, *, forth: bool) -> int:
        """Take a step forth or back; how many papers were left as they are, the views counted as one."""
        come, go = (step.restored, step.removed) if forth else (step.removed, step.restored)
        for one in come:
            if one not in self.papers:
                self.papers[one] = self.gone.pop(one, unmarked())
        self.decided.update({one: pair[forth] for one, pair in step.decided.items()})
        self.keys.update({one: pair[forth] for one, pair in step.keys.items()})
        conflicts = self._put(step, forth=forth) + self._put_views(step, forth=forth)
        for one in go:
            fields = self.papers.pop(one, unmarked())
            if fields != unmarked():
                self.gone[one] = fields
        return conflicts

    def _put_views(self, step: Taken, *, forth: bool) -> int:
        """Replace the views by those before or after the step, if they are those of the other side."""
        if step.views is None:
            return 0
        at, to = step.views if forth else step.views[::-1]
        if self.views != at:
            return 1
        self.views = to
        return 0

    def _put(self, step: Taken, *, forth: bool) -> int:
        """Give the fields their values before or after the step, where they have those of the other side."""
        conflicts = 0
        for one, changed in step.fields.items():
            sides = {name: pair if forth else pair[::-1] for name, pair in changed.items()}
            fitting = {name: to for name, (at, to) in sides.items() if self.papers[one][name] == at}
            self.papers[one] = {**self.papers[one], **fitting}
            conflicts += len(fitting) < len(changed)
        return conflicts


def with_status(status: str) -> Callable[[Fields], Fields]:
    """Return the change that sets a status, and notes when it was reached."""

    def change(fields: Fields) -> Fields:
        if fields["status"] == status:
            return fields
        return {**fields, "status": status, "status_dates": {**fields["status_dates"], status: NOW}}

    return change


def with_tags(add: Iterable[str], remove: Iterable[str]) -> Callable[[Fields], Fields]:
    """Return the change that adds tags and takes tags away."""
    return lambda fields: {**fields, "tags": sorted({*fields["tags"], *add} - {*remove})}


def with_value(name: str, value: Any) -> Callable[[Fields], Fields]:
    """Return the change that sets a field."""
    return lambda fields: {**fields, name: value}


def with_note(note_id: str, text: str) -> Callable[[Fields], Fields]:
    """Return the change that adds a note, replaces its text, or takes it away when there is none."""

    def change(fields: Fields) -> Fields:
        notes = dict(fields["notes"])
        notes[note_id] = text
        return {**fields, "notes": [(one, written) for one, written in notes.items() if written]}

    return change


def _differences(before: Fields, after: Fields) -> dict[str, tuple[Any, Any]]:
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}
