"""Random edits that grow and shrink the marks file, the same ones for whoever has the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from readlist.library import Library
from readlist.mark import UNMARKED, Change, Mark, add_note, change_note, change_tags, set_rating, star
from tests.papers import NOW, paper

LONGEST: Final = 20_000
"""Characters of the longest note."""

_WORDS: Final = "the quick brown fox löst größere Aufgaben, naïvely — 深度学习 αβγ 🙂 jumps\nover a lazy dog. "
_TEXT: Final = "".join(random.Random(5).choices(_WORDS, k=2 * LONGEST))

Marks = Mapping[str, Mark]
"""By paper id; a paper that is not there is unmarked."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One durable change."""

    ids: tuple[str, ...]
    change: Change | None
    """None takes back the edit before."""
    after: Marks
    """All marks that there are when it is done."""


def note_text(rng: random.Random) -> str:
    """Return the text of a note: 1 to 20,000 characters, short ones more often than long ones."""
    length = int(LONGEST ** rng.random())
    begin = rng.randrange(len(_TEXT) - length)
    return _TEXT[begin : begin + length].strip() or "x"


def edits(seed: int, before: Marks, ids: Sequence[str]) -> Iterator[Edit]:
    """Yield edits without end, each a change to what the one before left."""
    rng = random.Random(seed)
    last: Marks | None = None
    while True:
        if last is not None and rng.random() < 0.1:
            edit = Edit((), None, last)
            last = None
        else:
            edit = _edit(rng, before, ids)
            last = before
        yield edit
        before = edit.after


def _edit(rng: random.Random, before: Marks, ids: Sequence[str]) -> Edit:
    """Return an edit that changes something."""
    while True:
        chosen, change = _choice(rng, before, ids)
        after = said({**before, **{one: change(before.get(one, UNMARKED), NOW) for one in chosen}})
        if after != before:
            return Edit(tuple(chosen), change, after)


def said(marks: Marks) -> dict[str, Mark]:
    """Return what marks say, without when they were changed, and without those that say nothing."""
    without = {one: replace(mark, changed=None) for one, mark in marks.items()}
    return {one: mark for one, mark in without.items() if mark != UNMARKED}


def _choice(rng: random.Random, before: Marks, ids: Sequence[str]) -> tuple[Sequence[str], Change]:
    """Return some papers and a change to their marks, half of the time one that makes the file smaller."""
    noted = [one for one, mark in before.items() if mark.notes]
    kind = rng.randrange(8) if noted else 0
    if kind <= 2:
        return [rng.choice(ids)], add_note(f"n{rng.getrandbits(48):012x}", note_text(rng))
    if kind == 3:
        return rng.sample(noted, min(len(noted), rng.randint(2, 10))), WITHOUT_NOTES
    if kind <= 5:
        one = rng.choice(noted)
        return [one], change_note(rng.choice(before[one].notes).id, note_text(rng) if kind == 4 else "")
    change = rng.choice(
        [star(rng.random() < 0.5), set_rating(rng.randrange(6)), change_tags([f"t{rng.randrange(9)}"], ["t1"])]
    )
    return rng.sample(ids, rng.randint(1, 10)), change


WITHOUT_NOTES: Final = Change("remove notes", lambda mark, _: replace(mark, notes=()))
"""A change that makes the file smaller."""


def filled_library(folder: Path, papers: int, marked: int) -> tuple[list[str], Marks]:
    """Make a library in `folder` in which the first `marked` papers have notes; the papers' ids and the marks."""
    rng = random.Random(papers)
    with Library.open(folder, now=lambda: NOW) as library:
        ids = list(library.add(paper(f"On Subject {n}", "Ann Author", date="2023-05") for n in range(papers)).ids)
        marks = {}
        for number, one in enumerate(ids[:marked]):
            change = add_note(f"n{number}", note_text(rng))
            library.mark([one], change)
            marks[one] = change(UNMARKED, NOW)
    return ids, said(marks)
