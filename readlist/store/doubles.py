"""Whether two descriptions are likely of one paper: judged by titles, authors, identifiers, years and abstracts.

It is a guess for a person to decide upon. What is surely one paper was made one when it came in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from readlist.apart import is_standing, strangers, told_apart
from readlist.paper import Paper
from readlist.preprint import preprint_of, publisher_doi
from readlist.store.named import are_enough, authors_of_both, same_authors, told_otherwise
from readlist.text import words

NEAR: Final = 93.0
"""Per cent of likeness (rapidfuzz's ratio) from which two titles are nearly the same."""

_SLIP: Final = 75.0
"""Per cent of likeness of two words from which on one is the other with a slip."""

LEAST: Final = 0.5
"""How sure a guess must be to be told."""

_YEARS: Final = 2
"""Years that may lie between a preprint and its publication."""

_FAR_YEARS: Final = 6
"""Years from which on the same title is rather that of another edition."""

_SHORT: Final = 4
"""Words up to which a title may begin many others."""

_ALIKE: Final = 0.62
"""The share of the shorter abstract's words that is in the other from which on they are of one paper."""

_UNLIKE: Final = 0.45
"""The share below which they are of two: papers of one group about one thing have 0.3 to 0.5."""

_VERSIONS: Final = 0.8
"""The share from which on two papers with arXiv ids of their own may be one that was submitted twice."""

_TELLING: Final = 4
"""Words from which on a title is hardly that of two papers of one author."""

_BEYOND_DOUBT: Final = 0.8
"""How sure the guess must be that two papers of the same title are one, so that nobody need be asked."""

_NAMED: Final = 0.97
"""How sure it is where an identifier is the same, and not even the titles are strange to one another."""

_ASIDES: Final = frozenset(
    "erratum errata corrigendum corrigenda correction corrections addendum reply comment comments commentary response "
    "rejoinder retraction retracted discussion supplement supplementary appendix".split()
)
"""Words of titles of what is written about a paper, which is none of its versions."""

_PARTS: Final = frozenset("part parts volume vol chapter episode".split())

_ROMAN: Final = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_NUMBERS: Final = frozenset("one two three four five six seven eight nine ten first second third".split())

_BORDER: Final = re.compile(r"[:?!.(\[|—–]|\s[-‐]+\s")
"""Signs between a title and its subtitle."""

_CUT: Final = re.compile(r"(?:…|\.\.\.)\s*$")


class Guess(Struct, frozen=True):
    """Two descriptions that are likely of one paper."""

    sure: float
    """From 0 to 1."""
    reason: str
    """What speaks for it, as words."""
    kind: str = ""
    """What the titles say, without what is special to the two: pairs of a kind can be decided about together."""


def guess(one: Paper, other: Paper) -> Guess | None:
    """Return how sure it is that both are one paper, and why; None if they are likely two."""
    if (name := _name_of_both(one, other)) is not None:
        return Guess(LEAST if strangers(one, other) else _NAMED, name, name)
    found = _titles(one, other)
    if found is None or _are_two_preprints(one, other):
        return None
    shared, of = authors_of_both(one, other)
    if not are_enough(shared, of):
        return _written_otherwise(one, other) if found.reason == _SAME else None
    sure, reason = found.sure, [found.reason]
    abstracts = _abstracts(one, other)
    if not of:
        if found.reason != _SAME and (abstracts or 0) < _ALIKE:
            return None
        sure -= 0.25
        reason.append("one names no authors" if one.authors or other.authors else "no authors")
    else:
        reason.append(f"{shared} author{'' if shared == 1 else 's'} of both" if of > 1 else "the same author")
    if abstracts is not None and abstracts < _UNLIKE:
        sure -= 0.45 if found.reason != _SAME else 0.3
    elif abstracts is not None and abstracts >= _ALIKE:
        sure += 0.2
        reason.append("alike abstracts")
    elif abstracts is not None and found.reason != _SAME:
        sure -= 0.1
    sure -= _apart(one, other)
    reason.extend(_versions(one, other))
    return Guess(round(min(sure, 0.99), 2), ", ".join(reason), found.kind or found.reason) if sure >= LEAST else None


_SAME: Final = "the same title"


def _written_otherwise(one: Paper, other: Paper) -> Guess | None:
    """Return what papers of one title are whose authors may be the same and are told in another way."""
    alike = _abstracts(one, other)
    far = (_years(one, other) or 0) > _YEARS or (alike is not None and alike < _UNLIKE)
    if far or len(words(one.title)) < _TELLING or told_apart(one, other):
        return None
    why = told_otherwise(one.authors[0], other.authors[0])
    return Guess(0.6, f"{_SAME}, {why}", why) if why else None


def _name_of_both(one: Paper, other: Paper) -> str | None:
    """Return which identifier both have, as words: whatever the titles are, a person should know."""
    ours, theirs = one.identifiers, other.identifiers
    if preprint_of(ours) is not None and preprint_of(ours) == preprint_of(theirs):
        return "the same arXiv id"
    return "the same DOI" if ours.doi is not None and ours.doi == theirs.doi else None


def surely_same(one: Paper, other: Paper) -> bool:
    """Whether two papers are one beyond doubt although no identifier says so: a telling title, and authors of both.

    Names may be written in other ways and stand in another order; no more than two years lie between, and neither
    DOIs nor abstracts nor arXiv ids speak against it.
    """
    telling = len(words(one.title)) >= _TELLING or _all_agree(one, other)
    if not (telling and authors_of_both(one, other)[0]) or told_apart(one, other) or _apart(one, other):
        return False
    found = guess(one, other)
    return found is not None and found.kind == _SAME and found.sure >= _BEYOND_DOUBT


def _all_agree(one: Paper, other: Paper) -> bool:
    """Whether two papers of a short title, which not many have, name the same authors and nearly the same year."""
    years = _years(one, other)
    return years is not None and years <= 1 and not is_standing(one.title) and same_authors(one, other)


def _titles(one: Paper, other: Paper) -> Guess | None:
    """Return what the titles say."""
    ours, theirs = words(one.title), words(other.title)
    if "".join(ours) == "".join(theirs):
        return Guess(0.8, _SAME)
    if len(" ".join(ours)) > len(" ".join(theirs)):
        one, other, ours, theirs = other, one, theirs, ours
    more = _rest(ours, theirs)
    if more is not None:
        return None if _is_another(more, after=theirs[: len(ours)] == ours) else _shorter(one, other, ours)
    if _is_cut(one, ours, theirs):
        return Guess(0.8, "a title that is cut")
    if Counter(filter(_is_number, ours)) != Counter(filter(_is_number, theirs)) or _asides(ours, theirs):
        return None
    return _near(one, other, ours, theirs)


def _near(one: Paper, other: Paper, ours: Sequence[str], theirs: Sequence[str]) -> Guess | None:
    """Return what titles say that differ in a few letters."""
    from rapidfuzz.fuzz import ratio

    years = _years(one, other)
    if (years is not None and years > _YEARS) or ratio(" ".join(ours), " ".join(theirs)) < NEAR:
        return None
    left, right = _odd_words(ours, theirs), _odd_words(theirs, ours)
    # What differs in the end of a word is likely a slip or a spelling, what differs in its beginning another word.
    slips = len(left) == len(right) and all(map(_is_slip, left, right))
    slips |= sorted((left, right)) == [[], ["and"]] and "&" in f"{one.title}{other.title}"
    told = " / ".join(" ".join(side) or "nothing" for side in (left, right))
    return Guess(0.6 if slips else 0.45, f"nearly the same title ({told})", "nearly the same title")


def _is_slip(one: str, other: str) -> bool:
    """Whether one word is the other with a slip or in another spelling."""
    from rapidfuzz.fuzz import ratio

    return ratio(one, other) >= _SLIP or sorted(one) == sorted(other)


def _odd_words(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the words that only the first of two titles has, in order."""
    left = Counter(ours) - Counter(theirs)
    found = []
    for word in ours:
        if left[word] > 0:
            left[word] -= 1
            found.append(word)
    return found


def _rest(short: Sequence[str], long: Sequence[str]) -> Sequence[str] | None:
    """Return the words that the longer title has before or after the shorter; None if it is not in it."""
    count = len(short)
    if short and long[:count] == short:
        return long[count:]
    if short and long[-count:] == short:
        return long[:-count]
    return None


def _is_another(more: Sequence[str], *, after: bool) -> bool:
    """Whether words before or after a title make it that of another paper."""
    ends = {more[0], more[-1]}
    return bool(ends & (_ASIDES | _PARTS)) or (after and (_is_number(more[0]) or bool(_PARTS & set(more[:3]))))


def _asides(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one of the titles is about the other."""
    return bool(_ASIDES & (set(ours) ^ set(theirs)))


def _is_number(word: str) -> bool:
    """Whether a word tells papers of a series apart."""
    return any(map(str.isdigit, word)) or word in _NUMBERS or bool(_ROMAN.fullmatch(word))


def _shorter(one: Paper, other: Paper, ours: Sequence[str]) -> Guess | None:
    """Return what it says that the second title has more before or after the first."""
    begins = words(other.title)[: len(ours)] == list(ours)
    pieces = _BORDER.split(other.title)
    heads = ["".join(words(" ".join(pieces[:end]))) for end in range(1, len(pieces))]
    tails = ["".join(words(" ".join(pieces[end:]))) for end in range(1, len(pieces))]
    if "".join(ours) in (heads if begins else tails):
        told = "one title has no subtitle" if begins else "one title has only the subtitle"
        return Guess(0.7 if len(ours) > 1 else 0.55, told)
    if _CUT.search(one.title) or _CUT.search(one.title_raw):
        return Guess(0.8, "a title that is cut")
    return Guess(0.5 if len(ours) > _SHORT else 0.35, "a title within the other")


def _is_cut(one: Paper, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the first title is the second, cut within a word or before one."""
    cut = _CUT.search(one.title) or _CUT.search(one.title_raw)
    return bool(cut and len(ours) > _SHORT - 1 and " ".join(theirs).startswith(" ".join(ours)))


def _are_two_preprints(one: Paper, other: Paper) -> bool:
    """Whether they are two papers on arXiv, and no abstracts say that these are one."""
    ours, theirs = one.identifiers.arxiv, other.identifiers.arxiv
    if ours is None or theirs is None or ours == theirs:
        return False
    alike = _abstracts(one, other)
    return alike is None or alike < _VERSIONS


def _abstracts(one: Paper, other: Paper) -> float | None:
    """Return which share of the shorter abstract's words is in the other; None if there are not two."""
    if not (one.abstract and other.abstract):
        return None
    ours, theirs = Counter(words(one.abstract)), Counter(words(other.abstract))
    least = min(ours.total(), theirs.total())
    return (ours & theirs).total() / least if least else None


def _years(one: Paper, other: Paper) -> int | None:
    """Return how many years lie between; None if that is not known."""
    return abs(int(one.date[:4]) - int(other.date[:4])) if one.date and other.date else None


def _apart(one: Paper, other: Paper) -> float:
    """Return what speaks against it: years between, and DOIs that differ."""
    years = _years(one, other)
    against = 0.0 if years is None or years <= _YEARS else 0.1 if years < _FAR_YEARS else 0.25
    dois = {publisher_doi(one.identifiers), publisher_doi(other.identifiers)} - {None}
    return against + (0.1 if len(dois) > 1 else 0.0)


def _versions(one: Paper, other: Paper) -> list[str]:
    """Say which versions they seem to be."""
    arxiv = (one.identifiers.arxiv is not None) - (other.identifiers.arxiv is not None)
    published = (one.identifiers.doi is not None) - (other.identifiers.doi is not None)
    return ["preprint and published"] if arxiv and published and arxiv != published else []
