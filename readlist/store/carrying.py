"""What a reader decided of papers on its way from one library to another: out with an export, in with an ingest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from readlist.decided import NOTHING, Chosen, Decided, FromLibrary, Part, Whole
from readlist.mark import UNMARKED
from readlist.paper import Entry, Paper
from readlist.store.kept import Kept, decisions, document_of
from readlist.store.own import roots_of
from readlist.store.rekeying import owners

if TYPE_CHECKING:
    from readlist.store.steps import Changed, Steps


_NOT_GIVEN_OUT: Final = False
"""That a key was given out is told by the export that does it."""


def with_decisions(
    decided: Iterable[Kept], names: Mapping[str, Sequence[str]], entries: Iterable[Entry]
) -> Iterator[Entry]:
    """Yield entries with what is decided of them, and the other ids that they are known by.

    Args:
        decided: What is kept of all papers of which anything is decided.
        names: The other ids, by paper id.
        entries: Some papers.
    """
    kept = {one.id: one for one in decided}
    parts: dict[str, list[Part]] = {}
    roots = roots_of({one.id: one.own.into for one in kept.values() if one.own.into})
    for paper_id in sorted(roots):
        one = kept[paper_id]
        parts.setdefault(roots[paper_id], []).append(Part(one.id, one.citekey, _described(one), _chosen(one)))
    for entry in entries:
        chosen = _chosen(kept[entry.id]) if entry.id in kept else Chosen()
        whole = Decided(chosen, tuple(parts.get(entry.id, ())), tuple(names.get(entry.id, ())))
        if whole != Decided():
            yield Whole(
                entry.id, entry.citekey, entry.added, entry.paper, entry.mark, entry.corrected, entry.sourced,
                whole,
            )  # fmt: skip
        else:
            yield entry


def _chosen(kept: Kept) -> Chosen:
    """Return what is decided of a paper."""
    return Chosen(kept.own, kept.pinned, kept.former_keys)


def _described(kept: Kept) -> Paper:
    """Return what is kept of a paper's facts."""
    return Paper(kept.title, kept.title, kept.authors, date=kept.date, identifiers=kept.identifiers)


def documents(decided: Iterable[FromLibrary], held: Collection[str]) -> list[Mapping[str, Any]]:
    """Return what the marks would say of papers that come with decisions, where nothing is decided of them here.

    Args:
        decided: The papers.
        held: The ids of papers of which the marks decide anything.
    """
    found: list[Mapping[str, Any]] = []
    for one in decided:
        assert one.id is not None
        kept = [Kept.of(Entry(one.id, "-", "-", one.paper), UNMARKED, given_out=False), *map(_kept, one.decided.merged)]
        kept[0] = replace(kept[0], own=one.decided.chosen.own)
        found += [document_of(each) for each in kept if each.own != NOTHING and each.id not in held]
    return found


def brought_decisions(
    steps: Steps,
    decided: Mapping[str, FromLibrary],
    entries: Mapping[str, Entry],
    changed: Mapping[str, Changed],
    citekeys: Mapping[str, str],
) -> dict[str, Changed]:
    """Return what is to be kept of papers that came with decisions; what is decided of them here stays.

    Args:
        steps: The library's, settled.
        decided: What came, by the ids that the papers have here.
        entries: These papers, and those that were merged elsewhere and that are papers here: they stay so.
        changed: What is to be kept of papers because of their marks.
        citekeys: The citation keys of the catalogue, by paper id.
    """
    from readlist.store.steps import Changed

    here = {one.id: paper_id for paper_id, one in decided.items() if one.id is not None}
    taken = owners(citekeys, steps.given_keys(), steps.marks.decisions().roots)
    held = steps.marks.get([*decided, *(part.id for one in decided.values() for part in one.decided.merged)])
    found: dict[str, Changed] = {}
    for paper_id, one in decided.items():
        if paper_id not in entries:
            continue
        was = changed.get(paper_id)
        kept = held.get(paper_id)
        if was is None:
            mark = kept.mark if kept else UNMARKED
            was = Changed(Kept.of(entries[paper_id], mark, given_out=False), mark)
        before = was.kept.decided_like(kept)
        after = _taken_over(before, one, here)
        if kept is None and before.citekey == one.citekey:
            chosen = one.decided.chosen
            former = tuple(key for key in chosen.former_keys if taken.get(key.casefold(), paper_id) == paper_id)
            after = replace(after, pinned=chosen.pinned, former_keys=former)
        if after != before:
            found[paper_id] = Changed(after, was.before, decided=decisions(before))
        for part in one.decided.merged:
            if not (part.id in held or part.id in entries):
                now = _taken_over(replace(_kept(part), own=NOTHING), part, here)
                bare = replace(now, own=NOTHING, pinned=False, former_keys=())
                found[part.id] = Changed(now, UNMARKED, decided=decisions(bare))
    return found


def _taken_over(kept: Kept, one: FromLibrary | Part, here: Mapping[str, str]) -> Kept:
    """Return what is kept of a paper with what was decided elsewhere of its facts, if nothing was decided here.

    Args:
        kept: What is kept of it here.
        one: The paper as it came.
        here: The ids that papers have here, by those that they have there.
    """
    own = one.chosen.own if isinstance(one, Part) else one.decided.chosen.own
    if kept.own != NOTHING:
        return kept
    into = None if own.into is None else here.get(own.into, own.into)
    return replace(kept, own=replace(own, into=into, apart=tuple(sorted(here.get(id_, id_) for id_ in own.apart))))


def _kept(part: Part) -> Kept:
    """Return what is kept of a paper that was merged into another one."""
    paper, chosen = part.paper, part.chosen
    return Kept(
        part.id, part.citekey, _NOT_GIVEN_OUT, paper.title, paper.authors, paper.date, paper.identifiers, UNMARKED,
        chosen.pinned, chosen.former_keys, chosen.own,
    )  # fmt: skip
