"""Author names: their parts, and the words that stand inside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PARTICLES: Final = frozenset(
    "af al ap av ben bin bint d' da dal dalla de degli dei del della delle den der des di do dos du e el 't "
    "ibn la las le les li lo los of op san st ten ter und van vande vander vom von vor y zu zum zur".split()
)
"""Lower-case words that belong to a family name (BibTeX's "von" part), casefolded."""

SUFFIXES: Final = frozenset("jr jr. sr sr. ii iii iv filho neto junior júnior".split())
"""Words after a family name that tell generations apart (BibTeX's "Jr" part), casefolded."""

GROUP_WORDS: Final = frozenset(
    "team group collaboration consortium initiative project lab labs laboratory laboratories institute "
    "university department community society association authors contributors members committee "
    "foundation organization organisation center centre network alliance".split()
)
"""Words that make an author a group rather than a person, casefolded."""


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of an author's name, as BibTeX knows them."""

    first: str
    """Given names and initials; empty for a group or a name of one word."""
    particle: str
    """E.g. `van den`; empty when there is none."""
    last: str
    """The family name, or the whole name of a group; never empty unless the name is."""
    suffix: str
    """E.g. `Jr.`; empty when there is none."""


def is_group(author: str) -> bool:
    """Whether the name is that of a group rather than a person, told by its words."""
    words = author.casefold().replace(",", " ").split()
    return len(words) > 1 and (words[-1] in GROUP_WORDS or words[0] == "the" or "collaboration" in words)


@lru_cache(256)
def split_name(author: str) -> Name:
    """Return the parts of a name written `First von Last Jr`, `Last, First` or `von Last, Jr, First`."""
    if is_group(author):
        return Name("", "", author.strip(), "")
    parts = [part.strip() for part in author.split(",")]
    parts = [part for part in parts if part]
    if len(parts) > 1 and parts[1].casefold() in SUFFIXES:
        if len(parts) > 2:  # noqa: PLR2004 — von Last, Jr, First
            particle, last = _family(parts[0].split())
            return Name(" ".join(parts[2:]), particle, last, parts[1])
        name = split_name(parts[0])
        return Name(name.first, name.particle, name.last, parts[1])
    if len(parts) > 1:
        particle, last = _family(parts[0].split())
        return Name(" ".join(parts[1:]), particle, last, "")
    return _in_order(author.replace(",", " ").split())


def _in_order(words: list[str]) -> Name:
    """Return the parts of a name written in the order of speech."""
    suffix = ""
    if len(words) > 2 and words[-1].casefold() in SUFFIXES:  # noqa: PLR2004 — a suffix follows first and last name
        suffix = words.pop()
    if len(words) < 2:  # noqa: PLR2004 — a name of one word has a family name only
        return Name("", "", " ".join(words), suffix)
    start = next((i for i, word in enumerate(words[:-1]) if i and _is_particle(word)), len(words) - 1)
    if _is_particle(words[0]):
        start = 0
    particle, last = _family(words[start:])
    return Name(" ".join(words[:start]), particle, last, suffix)


def _is_particle(word: str) -> bool:
    """Whether a word belongs to the family name that follows it: a known particle that is not capitalised."""
    return word[:1].islower() and (word.casefold() in PARTICLES or word.casefold().rstrip("'’") in PARTICLES)


def _family(words: list[str]) -> tuple[str, str]:
    """Return particle and family name of a family name's words."""
    count = next((i for i, word in enumerate(words) if not _is_particle(word)), len(words) - 1)
    count = min(count, len(words) - 1)
    return " ".join(words[:count]), " ".join(words[count:])


def family_name(author: str) -> str:
    """Return what a list of papers shows of an author: the family name with its particle, or the group's name."""
    name = split_name(author)
    return f"{name.particle} {name.last}".strip()
