"""What speaks for and against one reading of a glued line, as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log, log1p
from typing import Final

from readlist.names import GROUP_WORDS, PARTICLES, SUFFIXES
from readlist.readers.boundary.context import (
    MARKS,
    MORE_WORDS,
    NO_NAME,
    Context,
    as_name,
    is_initial,
    word_bounds,
)
from readlist.readers.boundary.lines import (
    CAPITALS,
    LOWER,
    MARK,
    PARTICLE,
    PREFIX,
    RUN,
    SCRIPT,
    STEP,
    Candidate,
    ends_in,
    folded,
)

FEATURES: Final = (
    "step", "run", "mark", "capitals", "particle", "lower", "script",
    "before digit", "before period", "before closing", "before other",
    "left title", "left end", "left end share", "left abstracts", "left given", "left family", "left unknown",
    "left sound",
    "left empty", "left letter", "left in abstract", "left stem in abstract", "left unknown in abstract",
    "left in titles", "left in names",
    "whole in abstract", "whole in text", "whole in names", "whole in names here", "whole in titles here",
    "first title", "first abstracts", "first given", "first family", "first unknown", "first sound", "first initial",
    "first in abstract", "first given here", "first family here", "first in titles here",
    "first capitals", "first letter",
    "last title", "last abstracts", "last given", "last family", "last unknown", "last sound", "last initial",
    "last in abstract", "last family here", "last lower",
    "middle names", "middle unknown", "middle lower", "middle initials", "middle in abstract",
    "one word", "two words", "three words", "four words", "five words", "more words",
    "group", "one word known", "name here", "name often here",
    "one author", "two authors", "comma in title", "others", "worst other", "passed name", "title is names",
    "title one word", "title two words", "open bracket", "open dollar", "open quote",
    "author digit", "author marks", "author brackets",
    "glue in title", "glue in author", "glue before in word", "glue after in word", "left adds to a word",
    "first odd capitals", "left one capital", "no abstract", "left prefix", "left initial",
)  # fmt: skip
"""The names of the features, in their order."""

_CLOSING: Final = frozenset(")]}?!\"”'’.»")
_BRACKETS: Final = frozenset("()[]{}")
_DIGIT: Final = re.compile(r"\d")
_ODD_CAPITALS: Final = re.compile("[A-Z]{2,}[a-z]")
_INITIAL: Final = re.compile(r"(?<![^\W\d_])[A-Z]\.$")
_STEM: Final = 4
"""Letters that a word's stem has at least."""


def features(index: int, shared: Context) -> list[float]:
    """Return the features of one reading, in the order of `FEATURES`."""
    one = shared.found[index]
    segment = shared.line.segments[one.segment]
    author = segment[one.at :]
    words = author.split()
    return [
        *_place(one, segment),
        *_left(one, segment, shared),
        *_whole(one, segment, shared),
        *_first(words, shared),
        *_last(words, shared),
        *_middle(words, shared),
        *_name(words, shared),
        *_segments(one, shared),
        *_title(one, segment, shared),
        float(_DIGIT.search(author) is not None),
        float(bool(MARKS.intersection(author))),
        float(bool(_BRACKETS.intersection(author))),
        *_glue(index, shared),
        float(_ODD_CAPITALS.match(author) is not None),
        float(one.kind == CAPITALS and one.at - segment.rfind(" ", 0, one.at) == 2),  # noqa: PLR2004 — one before it
        float(not shared.abstract),
        float(ends_in(PREFIX, segment, one.at)),
        float(ends_in(_INITIAL, segment, one.at)),
    ]


def _place(one: Candidate, segment: str) -> list[float]:
    """Return what kind of place it is."""
    found = [0.0] * 11
    found[(STEP, RUN, MARK, CAPITALS, PARTICLE, LOWER, SCRIPT).index(one.kind)] = 1.0
    if one.kind == MARK:
        before = segment[one.at - 1]
        found[7 if before.isdigit() else 8 if before == "." else 9 if before in _CLOSING else 10] = 1.0
    return found


def _left(one: Candidate, segment: str, shared: Context) -> list[float]:
    """Return how much the piece before the boundary looks like the end of a title."""
    piece = segment[segment.rfind(" ", 0, one.at) + 1 : one.at]
    word = folded(piece)
    use = shared.table.use(word)
    if not use.in_text and "-" in word:
        word = word[word.rfind("-") + 1 :]
        use = shared.table.use(word)
    listing = shared.listing
    here = shared.has(word)
    long = len(word) > _STEM
    return [
        use.title,
        use.end,
        log((1 + use.end) / (2 + use.title)) if use.title else 0.0,
        use.abstract,
        use.given,
        use.family,
        float(bool(word) and not use.in_text),
        use.sound,
        float(not word),
        float(len(word) == 1),
        float(here),
        float(long and (here or shared.has(word[: max(_STEM, len(word) * 2 // 3)], stem=True))),
        float(here and not use.in_text),
        log1p(listing.title_words.get(word, 0)),
        log1p(listing.given.get(word, 0) + listing.family.get(word, 0)),
    ]


def _whole(one: Candidate, segment: str, shared: Context) -> list[float]:
    """Return how much the word around the boundary looks like one word."""
    start, end = word_bounds(segment, one.at)
    word = folded(segment[start:end])
    use, listing = shared.table.use(word), shared.listing
    return [
        float(shared.has(word)),
        use.title + 0.5 * use.abstract,
        use.given + use.family,
        log1p(listing.given.get(word, 0) + listing.family.get(word, 0)),
        log1p(listing.title_words.get(word, 0)),
    ]


def _first(words: Sequence[str], shared: Context) -> list[float]:
    """Return how much the author's first word looks like a given name."""
    raw = words[0]
    word = folded(raw)
    use, listing = shared.table.use(word), shared.listing
    if not use.in_names and "-" in word:
        use = shared.table.use(word[: word.find("-")])
    initial = is_initial(raw)
    if initial:
        return [0.0] * 6 + [1.0, 0.0, log1p(listing.given.get(word, 0)), 0.0, 0.0, 0.0, float(len(raw) == 1)]
    return [
        use.title,
        use.abstract,
        use.given,
        use.family,
        float(not use.in_names),
        use.sound,
        0.0,
        float(shared.has(word)),
        log1p(listing.given.get(word, 0)),
        log1p(listing.family.get(word, 0)),
        log1p(listing.title_words.get(word, 0)),
        float(raw.isupper()),
        0.0,
    ]


def _last(words: Sequence[str], shared: Context) -> list[float]:
    """Return how much the author's last word looks like a family name."""
    if len(words) == 1:
        return [0.0] * 10
    raw = words[-2] if len(words) > 2 and words[-1].casefold() in SUFFIXES else words[-1]  # noqa: PLR2004 — Sammy Davis Jr
    word = folded(raw)
    use = shared.table.use(word)
    if not use.in_names and "-" in word:
        use = shared.table.use(word[word.rfind("-") + 1 :])
    return [
        use.title,
        use.abstract,
        use.given,
        use.family,
        float(not use.in_names),
        use.sound,
        float(is_initial(raw)),
        float(len(word) > 1 and shared.has(word)),
        log1p(max(0, shared.listing.family.get(word, 0))),
        float(raw[0].islower()),
    ]


def _middle(words: Sequence[str], shared: Context) -> list[float]:
    """Return how much the words between look like parts of a name."""
    names = unknown = lower = initials = in_abstract = 0.0
    if len(words) > 1 and folded(words[-1]) in GROUP_WORDS:
        return [0.0] * 5
    for raw in words[1:-1]:
        if is_initial(raw):
            initials += 1
        elif raw[0].islower() and raw.casefold() not in PARTICLES:
            lower += 1
        elif raw.casefold() not in PARTICLES:
            word = folded(raw)
            use = shared.table.use(word)
            names += as_name(use, max(use.given, use.family))
            unknown += not use.in_names
            in_abstract += shared.has(word)
    return [names, unknown, lower, initials, in_abstract]


def _name(words: Sequence[str], shared: Context) -> list[float]:
    """Return how much the words together look like a name."""
    found = [0.0] * 10
    found[min(len(words), MORE_WORDS) - 1] = 1.0
    plain = [folded(word) for word in words]
    found[6] = float(plain[-1] in GROUP_WORDS)
    if len(words) == 1:
        use = shared.table.use(plain[0])
        found[7] = use.family
    here = shared.listing.names.get(" ".join(plain), 0)
    found[8] = float(here > 0 and len(words) > 1)
    found[9] = log1p(here)
    return found


def _segments(one: Candidate, shared: Context) -> list[float]:
    """Return what the other segments say."""
    count = len(shared.line.segments)
    others = shared.names[one.segment + 1 :]
    authors = count - one.segment
    passed = shared.names[max(1, shared.line.possible.start + 1) : one.segment + 1]
    return [
        float(authors == 1),
        float(authors == 2),  # noqa: PLR2004 — each number of authors is a feature
        float(one.segment > 0),
        sum(others) / len(others) if others else 0.0,
        min(others) if others else 0.0,
        max(passed[:-1], default=NO_NAME) if len(passed) > 1 else NO_NAME,
        float(len(passed)),
    ]


def _title(one: Candidate, segment: str, shared: Context) -> list[float]:
    """Return how much what stands before the boundary looks like a whole title."""
    title = ", ".join((*shared.line.segments[: one.segment], segment[: one.at]))
    blanks = title.count(" ")
    return [
        float(blanks == 0),
        float(blanks == 1),
        float(title.count("(") > title.count(")")),
        float(title.count("$") % 2),
        float(title.count('"') % 2 or title.count("“") > title.count("”")),
    ]


def _glue(index: int, shared: Context) -> list[float]:
    """Return how many other places look like the boundary: in the title, in the author, in the same word.

    The last number says that the title would end in a word which is none, though a part of it is.
    """
    one = shared.found[index]
    segment = shared.line.segments[one.segment]
    start, end = word_bounds(segment, one.at)
    title = author = before = after = adds = 0.0
    for other, glued in zip(shared.found, shared.glue, strict=True):
        if not glued or other is one:
            continue
        if other.segment == one.segment and start <= other.at < end:
            before += other.at < one.at
            after += other.at > one.at
            if other.at < one.at and not adds:
                known = _known(folded(segment[start : other.at]), shared)
                adds = float(known and not _known(folded(segment[start : one.at]), shared))
        elif (other.segment, other.at) < (one.segment, one.at):
            title += 1
        else:
            author += 1
    return [title, author, before, after, adds]


def _known(word: str, shared: Context) -> bool:
    """Whether titles, abstracts or the abstract of this line have a word."""
    return shared.table.use(word).in_text or shared.has(word)
