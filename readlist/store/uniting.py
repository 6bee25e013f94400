"""What is kept when papers become one: the marks, keys and decisions of all, and the better of each of their facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readlist import merge
from readlist.correction import united
from readlist.mark import UNMARKED
from readlist.paper import Entry
from readlist.record import Record, paper_record
from readlist.store.added import Added
from readlist.store.kept import Kept, decisions
from readlist.store.line import changed_fields
from readlist.store.rekeying import held_of
from readlist.store.steps import Changed, Steps

if TYPE_CHECKING:
    from readlist.store.underway import Brought


def as_one(
    kept: Entry, others: Sequence[Entry], held: Mapping[str, Kept], statuses: Sequence[str], now: str
) -> tuple[dict[str, Changed], Entry]:
    """Return what is to be kept of papers that become one, by id, and what the sources of all say of that one.

    Args:
        kept: The paper whose id and citation key stay.
        others: The papers that are part of it afterwards.
        held: What is kept of each, or would be.
        statuses: The ids of the reading statuses in their order.
        now: The present instant, UTC ISO 8601.
    """
    one = held[kept.id]
    whole = kept.sourced or kept.paper
    mark, corrections = one.mark, one.own.corrected
    parts = {}
    for other in others:
        two = held[other.id]
        whole = merge.united(whole, other.sourced or other.paper)
        mark = merge.united_mark(mark, two.mark, statuses, now)
        corrections = united(corrections, two.own.corrected)
        part = replace(two, own=replace(two.own, into=kept.id)).marked(UNMARKED)
        parts[other.id] = Changed(part, two.mark, decided=decisions(two))
    entry = replace(kept.as_sourced, paper=whole)
    # Its key must stay whichever of the sources comes in first when the catalogue is lost.
    after_all = Kept.of(entry, mark, given_out=True).decided_like(one)
    now_kept = replace(after_all, own=replace(one.own, corrected=corrections))
    return {kept.id: Changed(now_kept, one.mark, decided=decisions(one)), **parts}, entry


def told_of(before: Entry, after: Entry) -> Record | None:
    """Return what became known of a paper when others became part of it; None when nothing did."""
    old, new = changed_fields(paper_record(before.as_sourced.paper), paper_record(after.as_sourced.paper))
    return {"id": before.id, "before": old, "after": new} if new else None


def with_twins(
    steps: Steps,
    brought: Brought,
    changed: Mapping[str, Changed],
    twins: Iterable[tuple[str, str]],
    find: Callable[[Iterable[str]], Mapping[str, Entry]],
) -> tuple[Brought, dict[str, Changed]]:
    """Return what an ingest has brought in with the papers as one that it showed to be one, and what is to be kept.

    Args:
        steps: The library's, settled.
        brought: What it has brought in.
        changed: What is to be kept of papers whose marks came with it.
        twins: The papers: the one that stays, and the one that becomes part of it.
        find: Gives the papers of the catalogue that have these ids.
    """
    pairs = list(twins)
    entries = dict(find(dict.fromkeys(one for pair in pairs for one in pair)))
    result = dict(changed)
    held = held_of(steps, entries)
    for key in entries.keys() & changed.keys():
        now = changed[key].kept.marked(changed[key].kept.mark, given_out=held[key].given_out)
        held[key] = now if changed[key].decided is not None else now.decided_like(held[key])
    facts = {str(record["id"]): record for record in brought.facts}
    removed: list[Entry] = []
    for stays, goes in pairs:
        if stays not in entries or goes not in entries:
            continue
        kept, other = entries[stays], entries.pop(goes)
        more, entries[stays] = as_one(kept, [other], held, (), steps.now())
        for key, one in more.items():
            held[key] = one.kept
            first = result.get(key)
            result[key] = (
                one if first is None else replace(one, before=first.before, decided=first.decided or one.decided)
            )
        record = told_of(kept, entries[stays])
        if record is not None:
            Added(new=0, updated=0, unchanged=0, ids=(), facts=(record,)).gather(facts, besides=brought.created)
        if goes not in brought.created:
            removed.append(replace(other.as_sourced, mark=UNMARKED))
    return replace(brought, facts=tuple(facts.values()), removed=tuple(removed)), result
