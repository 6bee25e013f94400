"""Putting the marks together again from a backup and the history, or going back to a backup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.decided import NOTHING
from readlist.errors import DamagedMarksError, NewerSchemaError, StoreError, UsageError
from readlist.files import replace_file
from readlist.mark import UNMARKED, Mark
from readlist.paper import Entry, Identifiers
from readlist.record import Record, entry_from, mark_from, mark_record
from readlist.store.backups import Backup
from readlist.store.encoding import Lines
from readlist.store.envelope import Tables, parse, read_envelope, refuse_newer
from readlist.store.history import beside
from readlist.store.kept import TABLE, Kept, decisions, document_id, document_of, kept_from, known
from readlist.store.line import DO, Line
from readlist.store.marks import check
from readlist.store.mirror import remembered
from readlist.store.steps import Changed, Steps
from readlist.store.views import TABLE as VIEWS
from readlist.store.views import Replaced, Views, table_of, views_of

Find = Callable[[Iterable[str]], Mapping[str, Entry]]
"""Gives the papers of the catalogue that have these ids."""

REMEMBERED: Final = 0
"""The number that stands for what the catalogue and the history remember, for when there is no good backup."""

_GENERATION: Final = re.compile(rb'"generation": (\d{1,12})\D')


class Restored(Struct, frozen=True):
    """What a restoration did."""

    made: str | None
    """When the backup was made, UTC ISO 8601; None if it was put together without one."""
    papers: int
    """How many papers the marks have something of now."""
    put_together: bool = False
    """Whether the marks could not be read and were put together anew; else this was a step."""
    steps: int = 0
    """How many later steps the history added."""
    aside: Path | None = None
    """Where the file is kept that could not be read."""
    step: Line | None = None
    """The step that went back, when the marks could be read; None if they were the same."""


class Base(Struct, frozen=True):
    """Marks as they were at some generation."""

    generation: int
    kept: Mapping[str, Kept]
    views: Views
    backup: Backup | None = None


def backups(steps: Steps) -> list[Backup]:
    """Return the good backups, newest first, with how many later steps the history has.

    Raises:
        StoreError: They cannot be listed.
    """
    generations = [line.generation for line in steps.history.written() if line.number]
    return [
        replace(one, later_steps=sum(generation > one.generation for generation in generations))
        for one in steps.marks.backups.good()
    ]


def restore(steps: Steps, number: int, mirrored: int, find: Find) -> Restored:
    """Put a backup in the place of the marks file.

    When the marks cannot be read, every later step that the history has is done again; otherwise this is a step
    itself, which goes back to exactly the backup.

    Args:
        steps: Those of the library, which is locked.
        number: That of the backup, or `REMEMBERED`.
        mirrored: The generation of the marks that the catalogue reflects.
        find: Gives papers of the catalogue.

    Raises:
        UsageError: There is no such backup.
        NewerSchemaError: A newer readlist wrote the marks.
        StoreError: It could not be written.
    """
    damaged = damage_of(steps)
    base = _remembered(steps, find) if number == REMEMBERED and damaged else _backup(steps, number)
    return _put_together(steps, base, mirrored, find) if damaged else _go_back(steps, base, find)


def damage_of(steps: Steps) -> DamagedMarksError | None:
    """Return why the marks cannot be read; None when they can.

    Raises:
        NewerSchemaError: A newer readlist wrote them.
        StoreError: A file cannot be read or written now.
    """
    path = steps.folder / "marks.json"
    try:
        steps.settle()
    except NewerSchemaError:
        raise
    except DamagedMarksError as error:
        if path.exists():
            refuse_newer(path.read_bytes(), path.name)
        return error
    return None


def _backup(steps: Steps, number: int) -> Base:
    """Read a backup.

    Raises:
        UsageError: There is no such backup.
        DamagedMarksError: What is in it is not what readlist wrote.
    """
    good = steps.marks.backups.good()
    if not 1 <= number <= len(good):
        there_are = f"there are {len(good)}" if len(good) > 1 else "there is one" if good else "there are none"
        raise UsageError(f"there is no good backup number {number}: {there_are}", "readlist restore lists them")
    backup = good[number - 1]
    tables, envelope = parse(backup.path.read_bytes(), backup.path.name)
    check(tables, backup.path.name)
    kept = [kept_from(document) for document in tables.get(TABLE, {}).values()]
    return Base(envelope.generation, {one.id: one for one in kept}, views_of(tables), backup)


def _remembered(steps: Steps, find: Find) -> Base:
    """Return the marks that the catalogue reflects; none where it reflects none."""
    generation, marks, views = remembered(steps.folder / "catalogue.sqlite")
    lines = [line for line in steps.history.written() if line.generation <= generation]
    met = _Met(lines, find(marks))
    kept = {paper_id: met.kept(paper_id, {}).marked(mark) for paper_id, mark in marks.items()}
    for line in lines:  # the catalogue does not know which keys were given out
        for record in line.marks:
            facts = record.get("paper")
            paper_id = str(record["id"])
            if isinstance(facts, dict) and facts.get("given_out"):
                one = kept.get(paper_id) or met.kept(paper_id, facts)
                kept[paper_id] = one.marked(one.mark, given_out=True)
            after = record["after"]
            one = kept.get(paper_id) or met.kept(paper_id, facts if isinstance(facts, dict) else {})
            if isinstance(after, dict) and decisions(one).keys() & after.keys():
                kept[paper_id] = _decided(one, record)
    return Base(generation, kept, views)


def _go_back(steps: Steps, base: Base, find: Find) -> Restored:
    """Make the marks those of a backup, as a step; keys that were given out since then stay so."""
    assert base.backup is not None
    held = steps.marks.all()
    entries = find([*held, *base.kept])
    changed: dict[str, Changed] = {}
    for paper_id in dict.fromkeys([*base.kept, *held]):
        now, then = held.get(paper_id), base.kept.get(paper_id)
        before, after = (one.mark if one else UNMARKED for one in (now, then))
        # What was kept for its key alone has nothing to bring back: keys stay as they are now.
        own, own_then = (one.own if one else NOTHING for one in (now, then))
        nothing_more = then is None or now is not None or (then.mark == UNMARKED and not then.given_out)
        if replace(before, changed=None) == replace(after, changed=None) and nothing_more and own == own_then:
            continue
        kept = replace(_fresh(now or then, entries.get(paper_id)), pinned=now is not None and now.pinned, own=own)
        kept = kept.marked(after, given_out=bool(then and then.given_out))
        decided = decisions(kept) if own != own_then else None
        changed[paper_id] = Changed(replace(kept, own=own_then), before, decided)
    either = dict.fromkeys([*base.kept, *held])
    gone = [key for key in either if _was_there(base.kept.get(key), held.get(key)) and key not in entries]
    removed = _entries_of(steps.history.written()) if gone else {}
    restored = tuple(removed[key] for key in gone if key in removed)
    name = f"restore the backup of {base.backup.made[:16].replace('T', ' ')}"
    replaced = Replaced(steps.marks.views(), base.views)
    views = None if replaced.left_alone else replaced
    going = [key for key in either if _was_not_there(base.kept.get(key), held.get(key)) and key in entries]
    taken = tuple(replace(entries[key].as_sourced, mark=UNMARKED) for key in going)
    something = changed or restored or taken or views
    step = steps.take(name, changed, restored=restored, removed=taken, views=views) if something else None
    return Restored(base.backup.made, len(steps.marks.citekeys()), step=step)


def _was_there(then: Kept | None, now: Kept | None) -> bool:
    """Whether going back to what a backup has of a paper puts it into the catalogue."""
    own_then, own = (one.own if one else NOTHING for one in (then, now))
    marked = then is not None and then.mark != UNMARKED
    return own_then.into is None and (marked or own_then.written is not None or own.into is not None)


def _was_not_there(then: Kept | None, now: Kept | None) -> bool:
    """Whether going back to what a backup has of a paper takes it out: it was part of another, or not yet added."""
    own_then, own = (one.own if one else NOTHING for one in (then, now))
    return own_then.into is not None or (own.written is not None and own_then.written is None)


def _put_together(steps: Steps, base: Base, mirrored: int, find: Find) -> Restored:
    """Replace a marks file that cannot be read by a backup and all finished steps that came after it."""
    drop_unfinished(steps, mirrored)
    written = {line.generation: line for line in steps.history.written() if line.generation > base.generation}
    later = [written[generation] for generation in sorted(written)]
    kept = replayed(base.kept, later, find)
    aside = set_aside(steps.folder / "marks.json", "damaged")
    tables: Tables = {TABLE: {str(document_id(one.id)): document_of(one) for one in kept.values()}}
    views = [base.views, *(line.views.after for line in later if line.views)][-1]
    if views is not None:
        tables[VIEWS] = table_of(views)
    put(steps, tables, mirrored)
    count = sum(line.number > 0 for line in later)
    made = base.backup.made if base.backup else None
    return Restored(made, len(kept), put_together=True, steps=count, aside=aside)


def put(steps: Steps, tables: Tables, mirrored: int) -> None:
    """Write tables as a generation beyond every one that anything of the library knows, and take it from there.

    Raises:
        StoreError: It cannot be written; the file is as it was.
    """
    path = steps.folder / "marks.json"
    known_ones = [mirrored, *(line.generation for line in steps.history.written()), *steps.marks.backups.generations()]
    if path.exists():
        known_ones += map(int, _GENERATION.findall(path.read_bytes()))
    replace_file(path, *Lines().file(tables, max(known_ones) + 1))
    steps.settle()
    # No step leads to this generation, so that the history can only be done again from here.
    steps.start_from_here()


def set_aside(path: Path, what: str) -> Path | None:
    """Copy a file beside itself before it is replaced; where the copy is, None where there is no file.

    Raises:
        StoreError: It cannot be copied.
    """
    if not path.exists():
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"cannot read {path.name}: {error.strerror}") from error
    aside = beside(path, what)
    replace_file(aside, data)
    return aside


def drop_unfinished(steps: Steps, mirrored: int) -> None:
    """Cut the last line off the history if it is surely that of a step which was never finished.

    Where the marks file no longer tells its generation the step is taken for finished: it was meant, and may have
    been told as saved.

    Raises:
        StoreError: A file cannot be read or cut.
    """
    try:
        envelope = read_envelope(steps.folder / "marks.json")
    except DamagedMarksError:
        return
    if envelope is not None and mirrored <= envelope.generation:
        steps.history.cut_unfinished(envelope.generation)


def replayed(base: Mapping[str, Kept], lines: list[Line], find: Find) -> dict[str, Kept]:
    """Return what is kept after the steps of these lines are done again."""
    result = dict(base)
    met = _Met(lines, find(dict.fromkeys(str(record["id"]) for line in lines for record in line.marks)))
    for line in lines:
        gone = {str(record["id"]) for record in line.removed}
        for record in line.marks:
            paper_id, facts, after = str(record["id"]), record.get("paper"), record["after"]
            facts = facts if isinstance(facts, dict) else {}
            assert isinstance(after, dict)
            kept = _fresh(result.get(paper_id) or met.kept(paper_id, facts), met.entries.get(paper_id))
            of_mark = {name: value for name, value in after.items() if name not in decisions(kept)}
            mark = _done(kept.mark, of_mark, line) if of_mark or paper_id in gone else kept.mark
            result[paper_id] = kept.marked(mark, given_out=bool(facts.get("given_out")))
            result[paper_id] = _decided(result[paper_id], record)
    return {paper_id: kept for paper_id, kept in result.items() if kept.worth_keeping}


def _done(mark: Mark, after: Record, line: Line) -> Mark:
    """Return a mark after a step, as the step left it."""
    done = mark_from({**mark_record(mark), **after, "changed": line.at})
    bare = replace(done, changed=None) == UNMARKED
    return UNMARKED if bare and (line.kind != DO or line.removed) else done


def _decided(kept: Kept, record: Record) -> Kept:
    """Return what is kept of a paper after what a step decided of its citation key and its facts.

    What the catalogue says of a key may be later than the step, unless a reader had chosen it before.
    """
    before, after = record["before"], record["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    if not kept.key_is_chosen and isinstance(before.get("citekey"), str):
        kept = replace(kept, citekey=str(before["citekey"]))
    return kept.decided_by(after)


class _Met:
    """Papers that steps are about: what the catalogue, else the history says of them."""

    def __init__(self, lines: Iterable[Line], entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self._written = _entries_of(lines)

    def kept(self, paper_id: str, facts: Record) -> Kept:
        """Return what is kept of an unmarked paper."""
        entry = self.entries.get(paper_id) or self._written.get(paper_id)
        if entry is not None:
            return Kept.of(entry, UNMARKED, given_out=False)
        if facts:
            return known(paper_id, facts, UNMARKED)
        # Nothing knows the paper any more; its mark is kept all the same, and finds the paper when it is ingested.
        return Kept(paper_id, paper_id, False, paper_id, (), None, Identifiers(), UNMARKED)  # noqa: FBT003 — not given out


def _entries_of(lines: Iterable[Line]) -> dict[str, Entry]:
    """Return the papers that the lines have whole, as they were last."""
    records = [record for line in lines for record in (*line.removed, *line.restored)]
    return {entry.id: entry for entry in map(entry_from, records)}


def _fresh(kept: Kept | None, entry: Entry | None) -> Kept:
    """Return what is kept with what the catalogue says now of the paper, as every change does."""
    assert kept is not None
    return kept if entry is None else Kept.of(entry, kept.mark, given_out=kept.given_out).decided_like(kept)
