"""Steps that decide of the facts of papers: corrections, papers by hand or removed, the same paper, other papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from readlist.correction import (
    SPLIT,
    Corrections,
    accepted,
    as_certain,
    corrected,
    differences,
    names_of,
    united,
    without,
)
from readlist.errors import UsageError
from readlist.mark import UNMARKED
from readlist.paper import Entry
from readlist.record import paper_record
from readlist.store.kept import decisions
from readlist.store.line import Line
from readlist.store.rekeying import check_free, held_of, take_decisions
from readlist.store.steps import Changed, Steps
from readlist.store.uniting import as_one, told_of


def edit(
    steps: Steps, entry: Entry, corrections: Corrections, citekey: str | None, taken: Mapping[str, str]
) -> Line | None:
    """Correct fields of a paper, and pin another citation key, as one step; None when nothing is different.

    A field that is given what the sources say is given back to them.

    Args:
        steps: The library's, settled.
        entry: The paper.
        corrections: Safe ones.
        citekey: A legal key that the paper is to have; None if it keeps the one that it has.
        taken: Which paper has each casefolded key, or had it once.

    Raises:
        UsageError: Another paper has or had the key.
        StoreError: It could not be written; nothing of it is kept.
    """
    held = held_of(steps, {entry.id: entry})[entry.id]
    sources = entry.sourced or entry.paper
    if SPLIT & corrections.keys() and as_certain(entry.paper) != entry.paper:
        corrections = united(corrections, accepted(entry.paper))  # the boundary is one decision about both
    wanted = united(corrections, held.own.corrected)
    changed = frozenset(names_of(corrections))
    other = frozenset(names_of(differences(as_certain(sources), as_certain(corrected(sources, wanted)))))
    wanted = without(wanted, changed - other - frozenset(sources.uncertain))
    kept = replace(held, own=replace(held.own, corrected=wanted))
    if citekey is not None and citekey != held.citekey:
        check_free(entry, citekey, taken)
        kept = kept.rekeyed(citekey, pinned=True)
    return take_decisions(steps, "edit", {entry.id: held}, {entry.id: kept})


def revert(steps: Steps, entries: Mapping[str, Entry], names: frozenset[str]) -> Line | None:
    """Give fields of papers back to the sources as one step, all without names; None when none was corrected.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = held_of(steps, entries)
    wanted = {
        key: replace(one, own=replace(one.own, corrected=without(one.own.corrected, names) if names else {}))
        for key, one in held.items()
    }
    return take_decisions(steps, "give back to the sources", held, wanted)


def accept_split(steps: Steps, entries: Mapping[str, Entry]) -> Line | None:
    """Take title and authors for rightly read where they were uncertain, as one step; None when none were.

    An identifier that stands in for a title is none that could be accepted: the title that a source tells later would
    give way to it.

    Raises:
        UsageError: There are only such papers.
        StoreError: It could not be written; nothing of it is kept.
    """
    doubtful = {key: entry for key, entry in entries.items() if as_certain(entry.paper) != entry.paper}
    unsure = {key: entry for key, entry in doubtful.items() if not entry.paper.is_only_named}
    if doubtful and not unsure:
        raise UsageError("only its identifier is known, there is no title to accept", "ingest a listing that has it")
    held = held_of(steps, unsure)
    wanted = {
        key: replace(one, own=replace(one.own, corrected=united(accepted(unsure[key].paper), one.own.corrected)))
        for key, one in held.items()
    }
    return take_decisions(steps, "accept the split", held, wanted)


def add_by_hand(steps: Steps, entry: Entry) -> Line:
    """Put a paper into the library that no source brought, as a step.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = held_of(steps, {entry.id: entry})[entry.id]
    kept = replace(held, own=replace(held.own, written=paper_record(entry.paper)))
    changed = {entry.id: Changed(kept, kept.mark, decided=decisions(held))}
    return steps.take(f"add {entry.citekey}", changed, restored=(entry,))


def merge_papers(steps: Steps, kept: Entry, others: Sequence[Entry], statuses: Sequence[str]) -> Line:
    """Make papers one as a step: the marks, keys and sources of the others are then the kept one's.

    Args:
        steps: The library's, settled.
        kept: The paper whose id and citation key stay.
        others: The papers that are part of it afterwards.
        statuses: The ids of the reading statuses in their order.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    held = held_of(steps, {entry.id: entry for entry in (kept, *others)})
    changed, whole = as_one(kept, others, held, statuses, steps.now())
    told = told_of(kept, whole)
    return steps.take(
        f"merge {', '.join(other.citekey for other in others)} into {kept.citekey}",
        changed,
        removed=tuple(replace(other.as_sourced, mark=UNMARKED) for other in others),
        facts=(told,) if told else (),
    )


def keep_both(steps: Steps, first: Entry, second: Entry) -> Line | None:
    """Decide that two papers are not the same, as a step; None when that was decided before.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    one, two = sorted((first, second), key=lambda entry: entry.id)
    held = held_of(steps, {one.id: one})[one.id]
    apart = tuple(sorted({*held.own.apart, two.id}))
    wanted = replace(held, own=replace(held.own, apart=apart))
    return take_decisions(steps, f"keep both {first.citekey} and {second.citekey}", {one.id: held}, {one.id: wanted})


def apart(steps: Steps) -> set[tuple[str, str]]:
    """Return the pairs of papers that were decided not to be the same, each with the lower id first.

    Raises:
        StoreError: The marks cannot be read.
    """
    decided = steps.marks.decisions()
    pairs = [(paper_id, one) for paper_id, others in decided.apart.items() for one in others]
    now = [sorted((decided.roots.get(one, one), decided.roots.get(two, two))) for one, two in pairs]
    return {(one, two) for one, two in now if one != two}


def remove(steps: Steps, entries: Mapping[str, Entry]) -> Line | None:
    """Take papers out of the library with their marks and corrections; None when there are none.

    Raises:
        StoreError: It could not be written; nothing of it is kept.
    """
    parts = [part for part, root in steps.marks.decisions().roots.items() if root in entries]
    held = held_of(steps, entries) | steps.marks.get(parts)
    changed: dict[str, Changed] = {}
    for key, one in held.items():
        # What was added by hand would come back with the marks, also as a part of a paper that is removed.
        own = replace(one.own, corrected={} if key in entries else one.own.corrected, written=None)
        mark = UNMARKED if key in entries else one.mark
        if own != one.own or mark != one.mark:
            decided = decisions(one) if own != one.own else None
            changed[key] = Changed(replace(one, own=own).marked(mark), one.mark, decided=decided)
    bare = tuple(replace(entry.as_sourced, mark=UNMARKED) for entry in entries.values())
    return steps.take("remove", changed, removed=bare) if entries else None
