"""Taking back a step, and doing it again: what others changed since then stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from readlist.decided import NOTHING
from readlist.errors import NothingToDoError
from readlist.mark import UNMARKED
from readlist.paper import Entry
from readlist.record import Json, Record, entry_from, entry_record, mark_from, mark_record, paper_from, paper_record
from readlist.store.kept import Kept, decisions, known
from readlist.store.line import REDO, UNDO, Kind, Line, standing, without_key
from readlist.store.steps import Changed, Steps
from readlist.store.views import Replaced

Find = Callable[[Iterable[str]], Mapping[str, Entry]]
"""Gives the papers of the catalogue that have these ids."""


def retrace(steps: Steps, kind: Kind, find: Find, *, after: int = 0, prefix: str = "") -> Line:
    """Take back the last step (`undo`), or do again the one taken back last (`redo`).

    Args:
        steps: The library's, settled.
        kind: `undo` or `redo`.
        find: Gives the papers of the catalogue that have these ids.
        after: Only a step with a number above this one,
        prefix: and whose name begins so.

    Raises:
        NothingToDoError: There is no such step.
        StoreError: It could not be written; nothing of it is kept.
    """
    undoable, redoable = standing(steps.history.heads())
    stack = undoable if kind == UNDO else redoable
    if not stack or stack[-1].number <= after:
        raise NothingToDoError(f"there is nothing to {kind}")
    line = steps.history.line(stack[-1])
    if not line.name.startswith(prefix):
        raise NothingToDoError(f"there is nothing to {kind}")
    gone, back = (line.removed, line.restored) if kind == REDO else (line.restored, line.removed)
    if line.added and kind == UNDO:
        gone = tuple(entry_record(replace(entry.as_sourced, mark=UNMARKED)) for entry in find(line.added).values())
    elif line.added:
        back = _taken_back(steps, line.number)
    entries = {entry.id: entry for entry in map(entry_from, back)} | dict(find(line.ids))
    facts = tuple(_retraced_facts(line, entries, forth=kind == REDO))
    kept = steps.marks.get(str(record["id"]) for record in facts)
    if kind == REDO:
        facts = tuple(_without_keys(facts, kept))
    entries |= {str(record["id"]): _told(entries[str(record["id"])], record, kind) for record in facts}
    changed, conflicts = _retraced(steps, line, entries, forth=kind == REDO)
    if kind == UNDO:
        stay = {**kept, **{key: one.kept for key, one in changed.items()}}
        facts = tuple(_without_keys(facts, {key for key, one in stay.items() if one.worth_keeping}))
    views = _retraced_views(steps, line, forth=kind == REDO)
    return steps.take(
        line.name,
        changed,
        kind=kind,
        of=line.number,
        removed=tuple(map(entry_from, gone)),
        restored=tuple(map(entry_from, back)),
        facts=facts,
        views=views,
        conflicts=conflicts + (views is not None and views.left_alone),
    )


def retraceable(steps: Steps) -> tuple[bool, bool]:
    """Return whether there is a step to take back, and one to do again; the library's steps are settled."""
    undoable, redoable = standing(steps.history.heads())
    return bool(undoable), bool(redoable)


def take_back(steps: Steps, name: str, since: int, prefix: str, find: Find) -> Line | None:
    """Take back, in one step that can itself be taken back, what many steps have changed; None if that is nothing.

    Args:
        steps: The library's, settled.
        name: What the step is called.
        since: The steps are those with a number above this one that stand,
        prefix: and whose names begin so.
        find: Gives the papers of the catalogue that have these ids.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    undoable, _ = standing(steps.history.heads())
    lines = [steps.history.line(head) for head in undoable if head.number > since]
    whole = _as_one([line for line in lines if line.name.startswith(prefix)])
    if whole is None:
        return None
    changed, conflicts = _retraced(steps, whole, find(whole.ids), forth=False)
    return steps.take(name, changed, conflicts=conflicts) if changed else None


def _as_one(lines: Sequence[Line]) -> Line | None:
    """Return one step that changes the marks as these do one after the other; None if they do nothing together."""
    before: dict[str, Record] = {}
    after: dict[str, Record] = {}
    for line in lines:
        for record in line.marks:
            key = str(record["id"])
            assert isinstance(record["before"], dict)
            assert isinstance(record["after"], dict)
            before[key] = {**record["before"], **before.get(key, {})}
            after[key] = {**after.get(key, {}), **record["after"]}
    marks: list[Record] = []
    for key, first in before.items():
        fields = [name for name in first if first[name] != after[key][name]]
        if fields:
            left = {name: after[key][name] for name in fields}
            marks.append({"id": key, "before": {name: first[name] for name in fields}, "after": left})
    return replace(lines[-1], marks=tuple(marks)) if marks else None


def _taken_back(steps: Steps, number: int) -> tuple[Record, ...]:
    """Return the entries that the last undoing of a step took out of the catalogue."""
    undone = [head for head in steps.history.heads() if head.kind == UNDO and head.of == number]
    return steps.history.line(undone[-1]).removed


def _retraced(steps: Steps, line: Line, entries: Mapping[str, Entry], *, forth: bool) -> tuple[dict[str, Changed], int]:
    """Return the marks that result, and how many papers must be left alone, wholly or in part.

    A field that has another value than the step left there was changed by someone later, and stays.
    """
    held = steps.marks.get(str(record["id"]) for record in line.marks)
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
            kept = Kept.of(entries[paper_id], before, given_out=False).decided_like(kept)
        elif kept is None and forth and "into" in wanted:  # a part of another paper, which only that step knew of
            kept = _as_before(paper_id, record)
        if kept is None:
            conflicts += 1
            continue
        decided = decisions(kept)
        fields = mark_record(before) | decided
        fitting = {name: value for name, value in wanted.items() if fields[name] == left[name]}
        conflicts += len(fitting) < len(wanted)
        if fitting or record["id"] in {told["id"] for told in line.facts}:
            after = _with(kept.marked(before), fitting, steps.now())
            changed[paper_id] = Changed(after, before, decided if decided.keys() & fitting.keys() else None)
    return changed, conflicts


def _as_before(paper_id: str, record: Record) -> Kept | None:
    """Return what is known of a paper from a step's record of it, as nothing was decided of it before that step."""
    facts = record.get("paper")
    return replace(known(paper_id, facts, UNMARKED), own=NOTHING) if isinstance(facts, dict) else None


def _with(kept: Kept, fields: Mapping[str, Json], now: str) -> Kept:
    """Return what is kept of a paper with these fields of its mark and what is decided of it changed."""
    of_mark = {name: value for name, value in fields.items() if name not in decisions(kept)}
    if of_mark:
        mark = mark_from({**mark_record(kept.mark), **of_mark, "changed": None})
        kept = kept.marked(UNMARKED if mark == UNMARKED else replace(mark, changed=now))
    return kept.decided_by(fields)


def _retraced_facts(line: Line, entries: Mapping[str, Entry], *, forth: bool) -> Iterator[Record]:
    """Yield what becomes of what the sources say of papers; what another source said since then stays."""
    for record in line.facts:
        left, wanted = (record["before"], record["after"]) if forth else (record["after"], record["before"])
        assert isinstance(left, dict)
        assert isinstance(wanted, dict)
        entry = entries.get(str(record["id"]))
        if entry is None:
            continue
        now: Record = {**paper_record(entry.as_sourced.paper), "citekey": entry.citekey}
        fitting = {name: value for name, value in wanted.items() if now[name] == left[name]}
        if fitting:
            yield {"id": entry.id, "before": {name: now[name] for name in fitting}, "after": fitting}


def _without_keys(facts: Iterable[Record], ids: Collection[str]) -> Iterator[Record]:
    """Yield facts without the citation keys of some papers: a key that is kept with a mark stays that paper's."""
    for record in facts:
        if record["id"] not in ids:
            yield record
            continue
        sides = {}
        for side in ("before", "after"):
            told = record[side]
            assert isinstance(told, dict)
            sides[side] = without_key(told)
        if sides["after"]:
            yield {"id": record["id"], **sides}


def _told(entry: Entry, record: Record, kind: Kind) -> Entry:
    """Return an entry whose sources say what they do after a step; with the key that a step gives again."""
    after = record["after"]
    assert isinstance(after, dict)
    bare = entry.as_sourced
    key = str(after["citekey"]) if "citekey" in after and kind == REDO else bare.citekey
    return replace(bare, paper=paper_from(paper_record(bare.paper) | without_key(after)), citekey=key)


def _retraced_views(steps: Steps, line: Line, *, forth: bool) -> Replaced | None:
    """Return what becomes of the saved views; they are left alone if they are not what the step left."""
    if line.views is None:
        return None
    left, wanted = (line.views.before, line.views.after) if forth else (line.views.after, line.views.before)
    held = steps.marks.views()
    return Replaced(held, wanted if held == left else held)
