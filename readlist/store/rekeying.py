"""Citation keys that a reader chose: how the catalogue follows the marks, and who has which key."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from readlist.errors import UsageError
from readlist.paper import Entry
from readlist.store.kept import Kept, key_record
from readlist.store.line import Line
from readlist.store.steps import Changed, Steps

_ALIAS: Final = (
    "INSERT OR REPLACE INTO aliases SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM papers WHERE id = ?1 AND id <> ?2)"
)
# The column compares without regard to case, and a key may change in nothing else.
_RENAME: Final = "UPDATE OR IGNORE papers SET citekey = ?2 WHERE id = ?1 AND citekey <> ?2 COLLATE BINARY"


def follow(connection: sqlite3.Connection, keys: Mapping[str, Sequence[str]]) -> None:
    """Give papers of the catalogue the keys that the marks say they have, and let them be found by former ones.

    Args:
        connection: Within a transaction.
        keys: By paper id, the present key first.
    """
    for paper_id, (key, *former) in keys.items():
        names = dict.fromkeys(name for one in former for name in (one, one.lower()))
        connection.executemany(_ALIAS, [(name, paper_id) for name in names])
        connection.execute(_RENAME, (paper_id, key))


def owners(held: Mapping[str, str], given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which paper has each casefolded key, or had it once.

    Args:
        held: The keys of the papers in the catalogue, by paper id.
        given: Those that the marks keep: the present one, then the former ones.
    """
    found = {key.casefold(): paper_id for paper_id, keys in given.items() for key in keys}
    return found | {key.casefold(): paper_id for paper_id, key in held.items()}


def rename(steps: Steps, entries: Mapping[str, Entry], name: str, new: Mapping[str, str]) -> Line | None:
    """Give papers other citation keys as one step; None when nothing is different afterwards.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = _held(steps, entries)
    wanted = {paper_id: held[paper_id].rekeyed(key, pinned=held[paper_id].pinned) for paper_id, key in new.items()}
    return _take(steps, name, held, wanted)


def pin(steps: Steps, entry: Entry, key: str, taken: Mapping[str, str]) -> Line | None:
    """Give a paper a citation key that no pattern changes, as one step; None when it has it already.

    Args:
        steps: The library's, settled.
        entry: The paper.
        key: A legal one.
        taken: Which paper has each casefolded key, or had it once.

    Raises:
        UsageError: Another paper has or had it.
        StoreError: It could not be written; nothing of it is kept.
    """
    owner = taken.get(key.casefold(), entry.id)
    if owner != entry.id:
        hint = "a key that was given out once stays that paper's, so that a citation never means another one"
        raise UsageError(f"another paper has the key {key}, or had it once", hint)
    held = _held(steps, {entry.id: entry})
    return _take(steps, f"pin {key}", held, {entry.id: held[entry.id].rekeyed(key, pinned=True)})


def unpin(steps: Steps, entries: Mapping[str, Entry]) -> Line | None:
    """Let patterns change the keys of these papers again, as one step; None when none was pinned.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = _held(steps, entries)
    return _take(steps, "unpin", held, {key: one.rekeyed(one.citekey, pinned=False) for key, one in held.items()})


def _held(steps: Steps, entries: Mapping[str, Entry]) -> dict[str, Kept]:
    """Return what is kept of each paper, or would be."""
    kept = steps.marks.get(entries)
    return {
        key: Kept.of(
            entry, kept[key].mark if key in kept else entry.mark, given_out=key in kept and kept[key].given_out
        ).keyed_like(kept.get(key))
        for key, entry in entries.items()
    }


def _take(steps: Steps, name: str, held: Mapping[str, Kept], wanted: Mapping[str, Kept]) -> Line | None:
    """Make the step of those that change."""
    changed = {
        key: Changed(one, one.mark, keyed=key_record(held[key]))
        for key, one in wanted.items()
        if key_record(one) != key_record(held[key])
    }
    return steps.take(name, changed) if changed else None
