"""Listings of papers that never were, in the publications format, of any length."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

_FIRST: Final = "Ada Benoît Chen Dora Émile Fatima Göran Hana Iris Jorge".split()
_LAST: Final = "Abbott Björk Costa Dubois Ernst Fischer García Holm Ito Jansen Kowalski Łukasik Moreau Novák".split()
_WORDS: Final = (
    "agents bandits beliefs curricula decoding episodes features gradients horizons inference kernels landmarks "
    "memories novelty options policies quantiles rewards sampling tokens uncertainty values worlds"
).split()
_CODES: Final = "CL LG AI RO".split()
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def listing(count: int, *, seed: int = 0) -> str:
    """Return a listing of `count` papers, each with a title of its own; the same for the same seed."""
    random = Random(seed)
    return "".join(_record(random, number) for number in range(count))


def write_listing(path: Path, count: int, *, seed: int = 0) -> Path:
    """Write such a listing into a file; the file."""
    path.write_text(listing(count, seed=seed), encoding="utf-8")
    return path


def _record(random: Random, number: int) -> str:
    """Return one record: a header line, a line of title and authors, a line of abstract."""
    day = f"{random.choice(_MONTHS)} {random.randint(1, 28)}, {random.randint(2012, 2025)}"
    title = " ".join(random.sample(_WORDS, 4)).capitalize()
    authors = ", ".join(f"{random.choice(_FIRST)} {random.choice(_LAST)}" for _ in range(random.randint(1, 3)))
    abstract = " ".join(random.choices(_WORDS, k=random.randint(20, 60))).capitalize()
    code = "Code" if random.random() < 0.3 else ""
    return f"{random.choice(_CODES)}{day}{code}\n{title} {number}: a Study{authors} · mit, uw\n{abstract}.\n"
