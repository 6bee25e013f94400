"""Steps: changes to marks and papers that are written down, made durable, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from readlist.errors import DamagedMarksError, NothingToUndoError, StoreError
from readlist.mark import UNMARKED, Change, Mark
from readlist.paper import Entry
from readlist.record import Record, entry_from, entry_record, mark_from, mark_record
from readlist.store import condition
from readlist.store.catalogue import Catalogue
from readlist.store.history import History
from readlist.store.kept import Kept, facts_of
from readlist.store.line import DO, KEYS, REDO, UNDO, Kind, Line, changed_fields, standing
from readlist.store.marks import MarkStore


@dataclass(frozen=True, slots=True)
class Changed:
    """What is kept of one paper after a change, and its mark before."""

    kept: Kept
    before: Mark


class Steps:
    """Makes steps. The caller holds the library's lock, and `settle` was called since it was taken.

    A step is written to the history, then to the marks file, whose generation says that it took place, then to the
    catalogue, which can be made again from both.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, now: Callable[[], str]) -> None:
        self.folder = folder
        self._catalogue = catalogue
        self._now = now
        self.marks = MarkStore(folder / "marks.json")
        self.history = History(folder / "history.jsonl")

    def settle(self) -> None:
        """Forget steps that were cut off, and bring the catalogue up to the marks' generation.

        Raises:
            DamagedMarksError: The marks cannot be read, or are not those that were saved last; nothing was changed.
            StoreError: A file cannot be read or written.
        """
        condition.tidy(self.folder)
        generation, behind = self.marks.generation, self._catalogue.generation
        if not generation or behind > generation + 1:
            condition.check(self.folder, behind)
        lost = self.history.settle(generation)
        if behind != generation:
            for head in self.history.heads():
                if head.generation > behind and head.is_step:
                    line = self.history.line(head)
                    self._catalogue.remove(str(record["id"]) for record in line.removed)
                    self._catalogue.restore(entry_from(record) for record in line.restored)
            marks = {key: one.mark for key, one in self.marks.all().items()}
            self._catalogue.mirror(marks, generation=generation, whole=True)
        if generation and (lost or self.history.overlong):
            self.start_from_here()

    def start_from_here(self) -> None:
        """Back up the marks, so that the history need only go on from here, and trim it if it is long.

        That this fails never stops a change: why is among the `troubles`.
        """
        try:
            self.marks.backups.keep()
            if self.history.overlong:
                self.history.trim()
        except StoreError as error:
            self.marks.backups.trouble.append(f"no backup of the marks could be made: {error.message}")

    def back_up(self) -> Path:
        """Back up the marks as they are now; where the copy is.

        Raises:
            StoreError: It cannot be made, or there are no marks yet.
        """
        try:
            return self.marks.backups.keep()
        except FileNotFoundError:
            raise StoreError("there are no marks to back up yet") from None

    def troubles(self) -> list[str]:
        """Return what went wrong beside the changes that were made, and forget it."""
        found = [*self.history.trouble, *self.marks.backups.trouble]
        self.history.trouble.clear()
        self.marks.backups.trouble.clear()
        return found

    def lines(self, limit: int | None = None) -> list[Line]:
        """Return the steps that took place, oldest first; at most the last `limit`.

        While the marks cannot be read, these are all steps that were written down.

        Raises:
            StoreError: The history cannot be read.
        """
        try:
            condition.check(self.folder, self._catalogue.generation)
            generation = self.marks.generation
        except DamagedMarksError:
            return self.history.lines(None, limit)
        return self.history.lines(generation, limit)

    def given_keys(self) -> dict[str, str]:
        """Return the citation keys that are kept, by paper id.

        Raises:
            StoreError: The marks cannot be read.
        """
        return self.marks.citekeys()

    def mark(self, entries: Mapping[str, Entry], change: Change) -> Line | None:
        """Apply a change to the marks of these papers; None when nothing is different afterwards.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        now = self._now()
        old = self._marks_of(entries)
        new = {key: change(old[key], now) for key in entries}
        changed = {
            key: Changed(Kept.of(entry, new[key], given_out=False), old[key])
            for key, entry in entries.items()
            if new[key] != old[key]
        }
        return self.take(change.name, changed, at=now) if changed else None

    def remove(self, entries: Mapping[str, Entry]) -> Line | None:
        """Take papers and their marks out of the library; None when there are none.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        old = self._marks_of(entries)
        changed = {
            key: Changed(Kept.of(entries[key], UNMARKED, given_out=False), mark)
            for key, mark in old.items()
            if mark != UNMARKED
        }
        bare = tuple(replace(entry, mark=UNMARKED) for entry in entries.values())
        return self.take("remove", changed, removed=bare) if entries else None

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
        if not new:
            return
        line = Line(
            number=0,
            generation=self.marks.generation + 1,
            kind=KEYS,
            name="keys",
            at=self._now(),
            of=None,
            marks=tuple({"id": key, "before": {}, "after": {}, "paper": facts_of(kept)} for key, kept in new.items()),
        )
        self.history.append(line)
        generation = self.marks.put(new)
        self.history.accept(line)
        self._catalogue.mirror({}, generation=generation)

    def retrace(self, kind: Kind, find: Callable[[Iterable[str]], Mapping[str, Entry]]) -> Line:
        """Take back the last step (`undo`), or do again the one taken back last (`redo`).

        Args:
            kind: `undo` or `redo`.
            find: Gives the papers of the catalogue that have these ids.

        Raises:
            NothingToUndoError: There is no such step.
            StoreError: It could not be written; nothing of it is kept.
        """
        undoable, redoable = standing(self.history.heads())
        steps = undoable if kind == UNDO else redoable
        if not steps:
            raise NothingToUndoError(f"there is nothing to {kind}")
        line = self.history.line(steps[-1])
        gone, back = (line.removed, line.restored) if kind == REDO else (line.restored, line.removed)
        entries = {entry.id: entry for entry in map(entry_from, back)} | dict(find(line.ids))
        changed, conflicts = self._retraced(line, entries, forth=kind == REDO)
        return self.take(
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
        held = self.marks.get(str(record["id"]) for record in line.marks)
        changed: dict[str, Changed] = {}
        conflicts = 0
        for record in line.marks:
            paper_id = str(record["id"])
            left, wanted = (record["before"], record["after"]) if forth else (record["after"], record["before"])
            assert isinstance(left, dict)
            assert isinstance(wanted, dict)
            kept = held.get(paper_id)
            before = kept.mark if kept else UNMARKED
            if paper_id in entries:
                kept = Kept.of(entries[paper_id], before, given_out=False)
            if kept is None:
                conflicts += 1
                continue
            fields = mark_record(before)
            fitting = {name: value for name, value in wanted.items() if fields[name] == left[name]}
            conflicts += len(fitting) < len(wanted)
            if fitting:
                mark = mark_from({**fields, **fitting, "changed": None})
                after = UNMARKED if mark == UNMARKED else replace(mark, changed=self._now())
                changed[paper_id] = Changed(kept.marked(after), before)
        return changed, conflicts

    def _marks_of(self, entries: Iterable[str]) -> dict[str, Mark]:
        """Return the marks of these papers as the marks file has them."""
        ids = list(entries)
        held = self.marks.get(ids)
        return {key: held[key].mark if key in held else UNMARKED for key in ids}

    def take(
        self,
        name: str,
        changed: Mapping[str, Changed],
        *,
        kind: Kind = DO,
        at: str | None = None,
        of: int | None = None,
        removed: tuple[Entry, ...] = (),
        restored: tuple[Entry, ...] = (),
        conflicts: int = 0,
    ) -> Line:
        """Make a step durable.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        held = self.marks.get(changed)
        line = Line(
            number=self.history.next_number,
            generation=self.marks.generation + 1,
            kind=kind,
            name=name,
            at=at or self._now(),
            of=of,
            marks=tuple(_written(one, known=key in held) for key, one in changed.items()),
            removed=tuple(map(entry_record, removed)),
            restored=tuple(map(entry_record, restored)),
            conflicts=conflicts,
        )
        self.history.append(line)
        kept = {
            key: one.kept.marked(one.kept.mark, given_out=key in held and held[key].given_out)
            for key, one in changed.items()
        }
        generation = self.marks.put(kept)
        self.history.accept(line)
        if removed:
            self._catalogue.remove(entry.id for entry in removed)
        if restored:
            self._catalogue.restore(restored)
        self._catalogue.mirror({key: one.kept.mark for key, one in changed.items()}, generation=generation)
        return line


def _written(one: Changed, *, known: bool) -> Record:
    """Return what the history says of one paper's change; all that is kept of the paper when the marks have nothing."""
    before, after = changed_fields(mark_record(one.before), mark_record(one.kept.mark))
    record: Record = {"id": one.kept.id, "before": before, "after": after}
    if not known:
        record["paper"] = facts_of(one.kept)
    return record
