"""Citation keys that a reader chose, and who has which key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readlist.errors import UsageError
from readlist.paper import Entry
from readlist.store.kept import Kept, decisions
from readlist.store.line import Line
from readlist.store.steps import Changed, Steps


def owners(held: Mapping[str, str], given: Mapping[str, Sequence[str]], roots: Mapping[str, str]) -> dict[str, str]:
    """Return which paper has each casefolded key, or had it once.

    Args:
        held: The keys of the papers in the catalogue, by paper id.
        given: Those that the marks keep: the present one, then the former ones.
        roots: The id of each paper that was merged into another one → that of the one that it is part of now.
    """
    found = {key.casefold(): roots.get(paper_id, paper_id) for paper_id, keys in given.items() for key in keys}
    return found | {key.casefold(): paper_id for paper_id, key in held.items()}


def rename(steps: Steps, entries: Mapping[str, Entry], name: str, new: Mapping[str, str]) -> Line | None:
    """Give papers other citation keys as one step; None when nothing is different afterwards.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = held_of(steps, entries)
    wanted = {paper_id: held[paper_id].rekeyed(key, pinned=held[paper_id].pinned) for paper_id, key in new.items()}
    return take_decisions(steps, name, held, wanted)


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
    check_free(entry, key, taken)
    held = held_of(steps, {entry.id: entry})
    return take_decisions(steps, f"pin {key}", held, {entry.id: held[entry.id].rekeyed(key, pinned=True)})


def unpin(steps: Steps, entries: Mapping[str, Entry]) -> Line | None:
    """Let patterns change the keys of these papers again, as one step; None when none was pinned.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = held_of(steps, entries)
    return take_decisions(
        steps, "unpin", held, {key: one.rekeyed(one.citekey, pinned=False) for key, one in held.items()}
    )


def check_free(entry: Entry, key: str, taken: Mapping[str, str]) -> None:
    """Make sure that a paper may have a key.

    Raises:
        UsageError: Another paper has or had it.
    """
    owner = taken.get(key.casefold(), entry.id)
    if owner != entry.id:
        hint = "a key that was given out once stays that paper's, so that a citation never means another one"
        raise UsageError(f"another paper has the key {key}, or had it once", hint)


def held_of(steps: Steps, entries: Mapping[str, Entry]) -> dict[str, Kept]:
    """Return what is kept of each paper, or would be."""
    kept = steps.marks.get(entries)
    return {
        key: Kept.of(
            entry, kept[key].mark if key in kept else entry.mark, given_out=key in kept and kept[key].given_out
        ).decided_like(kept.get(key))
        for key, entry in entries.items()
    }


def take_decisions(steps: Steps, name: str, held: Mapping[str, Kept], wanted: Mapping[str, Kept]) -> Line | None:
    """Make the step of those papers of which something else is decided than before; None when there is none.

    Args:
        steps: The library's, settled.
        name: What the step is called.
        held: What is kept of the papers, by id.
        wanted: What is to be kept of them.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    changed = {
        key: Changed(one, one.mark, decided=decisions(held[key]))
        for key, one in wanted.items()
        if decisions(one) != decisions(held[key])
    }
    return steps.take(name, changed) if changed else None
