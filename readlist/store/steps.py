"""Steps: changes to marks and papers that are written down, made durable, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from readlist.errors import NothingToDoError
from readlist.mark import UNMARKED, Change, Mark
from readlist.paper import Entry
from readlist.record import Record, entry_from, entry_record, mark_from, mark_record
from readlist.store.catalogue import Catalogue
from readlist.store.history import DO, REDO, UNDO, History, Kind, Line, changed_fields, standing
from readlist.store.marks import Kept, MarkStore


@dataclass(frozen=True, slots=True)
class Changed:
    """One paper's mark before and after."""

    entry: Entry
    before: Mark
    after: Mark


class Steps:
    """Makes steps. The caller holds the library's lock, and `settle` was called since it was taken.

    A step is written to the history, then to the marks file, whose generation says that it took place, then to the
    catalogue, which can be made again from both.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, now: Callable[[], str]) -> None:
        self._catalogue = catalogue
        self._now = now
        self.marks = MarkStore(folder / "marks.json")
        self.history = History(folder / "history.jsonl")

    def settle(self) -> None:
        """Forget steps that were cut off, and bring the catalogue up to the marks' generation.

        Raises:
            StoreError: A file cannot be read or written.
        """
        generation = self.marks.generation
        self.history.settle(generation)
        behind = self._catalogue.generation
        if behind == generation:
            return
        for line in self.history.lines(generation):
            if line.generation > behind:
                self._catalogue.remove(str(record["id"]) for record in line.removed)
                self._catalogue.restore(entry_from(record) for record in line.restored)
        marks = {key: one.mark for key, one in self.marks.all().items()}
        self._catalogue.mirror(marks, generation=generation, whole=True)

    def lines(self) -> list[Line]:
        """Return the steps that took place, oldest first.

        Raises:
            StoreError: The history cannot be read.
        """
        return self.history.lines(self.marks.generation)

    def given_keys(self) -> dict[str, str]:
        """Return the citation keys that are kept, by paper id.

        Raises:
            StoreError: The marks cannot be read.
        """
        return {one.id: one.citekey for one in self.marks.all().values()}

    def mark(self, entries: Mapping[str, Entry], change: Change) -> Line | None:
        """Apply a change to the marks of these papers; None when nothing is different afterwards.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        now = self._now()
        old = self._marks_of(entries)
        new = {key: change(old[key], now) for key in entries}
        changed = {key: Changed(entries[key], old[key], new[key]) for key in entries if new[key] != old[key]}
        return self._take(change.name, changed) if changed else None

    def remove(self, entries: Mapping[str, Entry]) -> Line | None:
        """Take papers and their marks out of the library; None when there are none.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        old = self._marks_of(entries)
        changed = {key: Changed(entries[key], mark, UNMARKED) for key, mark in old.items() if mark != UNMARKED}
        bare = tuple(replace(entry, mark=UNMARKED) for entry in entries.values())
        return self._take("remove", changed, removed=bare) if entries else None

    def give_out(self, entries: Mapping[str, Entry]) -> None:
        """Keep the citation keys of these papers for ever.

        Raises:
            StoreError: It could not be written.
        """
        held = self.marks.get(entries)
        old = self._marks_of(entries)
        new = {
            key: Kept.of(entry, old[key], given_out=True)
            for key, entry in entries.items()
            if key not in held or not held[key].given_out
        }
        if new:
            self._catalogue.mirror({}, generation=self.marks.put(new))

    def retrace(self, kind: Kind, find: Callable[[Iterable[str]], Mapping[str, Entry]]) -> Line:
        """Take back the last step (`undo`), or do again the one taken back last (`redo`).

        Args:
            kind: `undo` or `redo`.
            find: Gives the papers of the catalogue that have these ids.

        Raises:
            NothingToDoError: There is no such step.
            StoreError: It could not be written; nothing of it is kept.
        """
        undoable, redoable = standing(self.lines())
        steps = undoable if kind == UNDO else redoable
        if not steps:
            raise NothingToDoError(f"there is nothing to {kind}")
        line = steps[-1]
        gone, back = (line.removed, line.restored) if kind == REDO else (line.restored, line.removed)
        entries = {entry.id: entry for entry in map(entry_from, back)} | dict(find(line.ids))
        changed, conflicts = self._retraced(line, entries, forth=kind == REDO)
        return self._take(
            line.name,
            changed,
            kind=kind,
            of=line.number,
            removed=tuple(map(entry_from, gone)),
            restored=tuple(map(entry_from, back)),
            conflicts=conflicts,
        )

    def _retraced(self, line: Line, entries: Mapping[str, Entry], *, forth: bool) -> tuple[dict[str, Changed], int]:
        """Return the marks that result, and how many papers must be left alone, wholly or in part.

        A field that has another value than the step left there was changed by someone later, and stays.
        """
        old = self._marks_of(entries)
        changed: dict[str, Changed] = {}
        conflicts = 0
        for record in line.marks:
            paper_id = str(record["id"])
            left, wanted = (record["before"], record["after"]) if forth else (record["after"], record["before"])
            assert isinstance(left, dict)
            assert isinstance(wanted, dict)
            if paper_id not in entries:
                conflicts += 1
                continue
            fields = mark_record(old[paper_id])
            fitting = {name: value for name, value in wanted.items() if fields[name] == left[name]}
            conflicts += len(fitting) < len(wanted)
            if fitting:
                mark = mark_from({**fields, **fitting, "changed": None})
                after = UNMARKED if mark == UNMARKED else replace(mark, changed=self._now())
                changed[paper_id] = Changed(entries[paper_id], old[paper_id], after)
        return changed, conflicts

    def _marks_of(self, entries: Iterable[str]) -> dict[str, Mark]:
        """Return the marks of these papers as the marks file has them."""
        ids = list(entries)
        held = self.marks.get(ids)
        return {key: held[key].mark if key in held else UNMARKED for key in ids}

    def _take(
        self,
        name: str,
        changed: Mapping[str, Changed],
        *,
        kind: Kind = DO,
        of: int | None = None,
        removed: tuple[Entry, ...] = (),
        restored: tuple[Entry, ...] = (),
        conflicts: int = 0,
    ) -> Line:
        """Make a step durable."""
        marks: list[Record] = []
        for key, one in changed.items():
            before, after = changed_fields(mark_record(one.before), mark_record(one.after))
            marks.append({"id": key, "before": before, "after": after})
        line = Line(
            number=self.history.next_number,
            generation=self.marks.generation + 1,
            kind=kind,
            name=name,
            at=self._now(),
            of=of,
            marks=tuple(marks),
            removed=tuple(map(entry_record, removed)),
            restored=tuple(map(entry_record, restored)),
            conflicts=conflicts,
        )
        self.history.append(line)
        held = self.marks.get(changed)
        kept = {
            key: Kept.of(one.entry, one.after, given_out=key in held and held[key].given_out)
            for key, one in changed.items()
        }
        generation = self.marks.put(kept)
        self.history.accept(line)
        if removed:
            self._catalogue.remove(entry.id for entry in removed)
        if restored:
            self._catalogue.restore(restored)
        self._catalogue.mirror({key: one.after for key, one in changed.items()}, generation=generation)
        return line
