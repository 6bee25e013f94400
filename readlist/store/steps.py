"""Steps: changes to marks, papers and saved views that are written down, made durable, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from readlist.errors import DamagedMarksError, StoreError
from readlist.mark import UNMARKED, Change, Mark
from readlist.paper import Entry
from readlist.record import Record, entry_from, entry_record, mark_record
from readlist.store import condition
from readlist.store.catalogue import Catalogue
from readlist.store.history import History
from readlist.store.kept import Kept, decisions, facts_of
from readlist.store.line import DO, KEYS, Kind, Line, changed_fields
from readlist.store.marks import MarkStore
from readlist.store.views import Replaced
from readlist.view import DEFAULTS, View

if TYPE_CHECKING:
    from readlist.store.underway import Brought


class Changed(Struct, frozen=True):
    """What is kept of one paper after a change, and its mark before."""

    kept: Kept
    before: Mark
    decided: Record | None = None
    """What was decided of its citation key and facts before a change of that; None if that stays as it is."""


class Steps:
    """Makes steps. The caller holds the library's lock, and `settle` was called since it was taken.

    A step is written to the history, then to the marks file, whose generation says that it took place, then to the
    catalogue, which can be made again from both. A catalogue that cannot be written then is no reason to say that
    the step did not take place: it is brought up later.

    Attributes:
        now: Gives the present instant, UTC ISO 8601.
        owed: Why the catalogue does not show the latest steps yet; None when it does.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, now: Callable[[], str]) -> None:
        self.folder = folder
        self._catalogue = catalogue
        self.now = now
        self.marks = MarkStore(folder / "marks.json")
        self.history = History(folder / "history.jsonl")
        self.owed: StoreError | None = None
        self._trouble: list[str] = []

    def settle(self) -> None:
        """Forget steps that were cut off, and bring the catalogue up to the marks' generation.

        Raises:
            DamagedMarksError: The marks cannot be read, or are not those that were saved last; nothing was changed.
            StoreError: The marks or the history cannot be read or written.
        """
        condition.tidy(self.folder)
        generation, behind = self.marks.generation, self._catalogue.generation
        if not generation or behind > generation + 1:
            condition.check(self.folder, behind)
        lost = self.history.settle(generation)
        self._follow(self._catch_up)
        if generation and (lost or self.history.overlong):
            self.start_from_here()

    def _follow(self, alter: Callable[[], None]) -> None:
        """Let the catalogue follow the marks; if it cannot, it is owed that, and the marks stay as they are."""
        try:
            alter()
        except StoreError as error:
            if self.owed is None:
                self._trouble.append(f"your changes are saved, but lists do not show them yet: {error.message}")
            self.owed = error
        else:
            self.owed = None
            self._trouble.clear()

    def _catch_up(self) -> None:
        """Bring the catalogue up to the marks' generation, from wherever it is."""
        generation, behind = self.marks.generation, self._catalogue.generation
        if behind == generation:
            return
        for head in self.history.heads():
            if head.generation > behind and head.is_step:
                line = self.history.line(head)
                self._catalogue.remove(str(record["id"]) for record in line.removed)
                self._catalogue.restore(entry_from(record) for record in line.restored)
                self._catalogue.alter(line.facts, {})
                if line.ingest:
                    self._catalogue.forget(line.ingest)
        kept = self.marks.all()
        self._catalogue.follow(kept, self.marks.decisions().roots, whole=True)
        self._mirror({key: one.mark for key, one in kept.items()}, whole=True)

    def _mirror(self, marks: Mapping[str, Mark], *, whole: bool = False) -> None:
        """Let the catalogue reflect these marks, the saved views, and the generation of both."""
        self._catalogue.mirror(marks, generation=self.marks.generation, whole=whole, views=self.marks.views())

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
        found = [*self._trouble, *self.history.trouble, *self.marks.backups.trouble]
        self._trouble.clear()
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

    def given_keys(self) -> dict[str, tuple[str, ...]]:
        """Return the citation keys that are kept, by paper id: the present one, then the former ones.

        Raises:
            StoreError: The marks cannot be read.
        """
        return self.marks.citekeys()

    def mark(self, entries: Mapping[str, Entry], change: Change) -> Line | None:
        """Apply a change to the marks of these papers; None when nothing is different afterwards.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        now = self.now()
        old = self._marks_of(entries)
        new = {key: change(old[key], now) for key in entries}
        changed = {
            key: Changed(Kept.of(entry, new[key], given_out=False), old[key])
            for key, entry in entries.items()
            if new[key] != old[key]
        }
        return self.take(change.name, changed, at=now) if changed else None

    def change_views(self, change: Callable[[tuple[View, ...]], tuple[View, ...]], name: str) -> Line | None:
        """Change the saved views; None when they are the same afterwards.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        before = self.marks.views()
        shown = DEFAULTS if before is None else before
        after = change(shown)
        return None if after == shown else self.take(name, {}, views=Replaced(before, after))

    def give_out(self, entries: Mapping[str, Entry]) -> None:
        """Keep the citation keys of these papers for ever.

        Raises:
            StoreError: It could not be written.
        """
        held = self.marks.get(entries)
        old = self._marks_of(entries)
        new = {
            key: Kept.of(entry, old[key], given_out=True).decided_like(held.get(key))
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
            at=self.now(),
            of=None,
            marks=tuple({"id": key, "before": {}, "after": {}, "paper": facts_of(kept)} for key, kept in new.items()),
        )
        self._write(line, new, {}, {})

    def took_in(self, brought: Brought, changed: Mapping[str, Changed]) -> Line:
        """Write down what an ingest has brought in, and the marks that came with it, so that it can be undone.

        Raises:
            StoreError: It could not be written; the papers are there, and stay.
        """
        held = self.marks.get(changed)
        line = Line(
            number=self.history.next_number,
            generation=self.marks.generation + 1,
            kind=DO,
            name=brought.ongoing.name,
            at=self.now(),
            of=None,
            marks=tuple(_written(one, known=key in held) for key, one in changed.items()),
            removed=tuple(map(entry_record, brought.removed)),
            added=brought.created,
            facts=brought.facts,
            ingest=brought.ongoing.id,
        )
        kept = {key: _with_key(one, held.get(key)) for key, one in changed.items()}
        decided = {key: kept[key] for key, one in changed.items() if one.decided}
        self._write(line, kept, {key: one.mark for key, one in kept.items()}, decided)
        return line

    def _write(
        self, line: Line, kept: Mapping[str, Kept], marks: Mapping[str, Mark], decided: Mapping[str, Kept]
    ) -> None:
        """Make a step durable that the catalogue has taken already, or has nothing of but marks and decisions."""
        self.history.append(line)
        self.marks.put(kept)
        self.history.accept(line)

        def show() -> None:
            if line.ingest:  # before the generation, so that what a kill leaves here is caught up
                self._catalogue.forget(line.ingest)
            self._catalogue.follow(decided, self.marks.decisions().roots if decided else {})
            self._mirror(marks)

        self._follow(self._catch_up if self.owed else show)

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
        facts: tuple[Record, ...] = (),
        views: Replaced | None = None,
        conflicts: int = 0,
    ) -> Line:
        """Make a step durable.

        Args:
            name: What the history calls it.
            changed: What is kept after it of the papers that it changes, by id.
            kind: `do`, `undo` or `redo`.
            at: The instant; now if there is none.
            of: The number of the step that an undo or redo is about.
            removed: Papers that it takes out of the catalogue, as their sources say.
            restored: Papers that it puts there.
            facts: `{"id", "before", "after"}`: what it changes of what sources say, as `paper_record` has it.
            views: The saved views before and after.
            conflicts: How many papers an undo or redo leaves alone.

        Raises:
            StoreError: It could not be written; nothing of it is kept.
        """
        held = self.marks.get(changed)
        line = Line(
            number=self.history.next_number,
            generation=self.marks.generation + 1,
            kind=kind,
            name=name,
            at=at or self.now(),
            of=of,
            marks=tuple(_written(one, known=key in held) for key, one in changed.items()),
            removed=tuple(map(entry_record, removed)),
            restored=tuple(map(entry_record, restored)),
            conflicts=conflicts,
            views=views,
            facts=facts,
        )
        self.history.append(line)
        kept = {key: _with_key(one, held.get(key)) for key, one in changed.items()}
        self.marks.put(kept, views)
        self.history.accept(line)

        def show() -> None:
            if removed:
                self._catalogue.remove(entry.id for entry in removed)
            if restored:
                self._catalogue.restore(restored)
            decided = [key for key, one in changed.items() if one.decided]
            if decided or restored or facts:
                told = [str(record["id"]) for record in facts]
                roots = self.marks.decisions().roots
                parts = [part for part, root in roots.items() if root in changed]
                again = self.marks.get([*decided, *told, *parts, *(entry.id for entry in restored)])
                self._catalogue.alter(facts, {key: one.own.corrected for key, one in again.items()})
                released = [key for key in decided if key not in again]
                self._catalogue.follow(again, roots, released=released)
            self._mirror({key: one.kept.mark for key, one in changed.items()})

        self._follow(self._catch_up if self.owed else show)
        return line


def _with_key(one: Changed, held: Kept | None) -> Kept:
    """Return what is to be kept of a paper: that its key was given out stays, and so does a key that was chosen."""
    kept = one.kept.marked(one.kept.mark, given_out=held is not None and held.given_out)
    return kept if one.decided is not None else kept.decided_like(held)


def _written(one: Changed, *, known: bool) -> Record:
    """Return what the history says of one paper's change; all that is kept of the paper when the marks have nothing."""
    before, after = changed_fields(mark_record(one.before), mark_record(one.kept.mark))
    if one.decided is not None:
        decided_before, decided_after = changed_fields(one.decided, decisions(one.kept))
        before, after = before | decided_before, after | decided_after
    record: Record = {"id": one.kept.id, "before": before, "after": after}
    if not known:
        record["paper"] = facts_of(one.kept)
    return record
