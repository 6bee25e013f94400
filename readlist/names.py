"""Author names: their parts, the lists that they stand in, and the words that stand inside them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from readlist.text import words

PARTICLES: Final = frozenset(
    "af al ap av ben bin bint d' da dal dalla de degli dei del della delle den der des di do dos du e el 't "
    "ibn la las le les li lo los of op san st ten ter und van vande vander vom von vor y zu zum zur".split()
)
"""Lower-case words that belong to a family name (BibTeX's "von" part), casefolded."""

SUFFIXES: Final = frozenset("jr jr. sr sr. ii iii iv filho neto junior júnior".split())
"""Words after a family name that tell generations apart (BibTeX's "Jr" part), casefolded."""

_AFTER_FAMILY: Final = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
"""Those that no family name ends in, casefolded: `Silva Neto` is one."""

GROUP_WORDS: Final = frozenset(
    "team group collaboration consortium initiative project lab labs laboratory laboratories institute "
    "university department community society association authors contributors members committee "
    "foundation organization organisation center centre network alliance".split()
)
"""Words that make an author a group rather than a person, casefolded."""


_COMPANIES: Final = frozenset("inc ltd llc gmbh corp plc".split())
"""Words that end the name of a company, casefolded, without a full stop."""


class Name(Struct, frozen=True):
    """The parts of an author's name, as BibTeX knows them."""

    first: str
    """Given names and initials; empty for a group or a name of one word."""
    particle: str
    """E.g. `van den`; empty when there is none."""
    last: str
    """The family name, or the whole name of a group; never empty unless the name is."""
    suffix: str
    """E.g. `Jr.`; empty when there is none."""
    whole: bool = False
    """Whether a source says that the name has no parts, though it is one word: that of a company, say."""


def is_group(author: str) -> bool:
    """Whether the name is that of a group rather than a person, told by its words."""
    words = author.casefold().replace(",", " ").split()
    if len(words) < 2:  # noqa: PLR2004 — a group's name says what sort of group it is
        return False
    last = words[-1]
    return last in GROUP_WORDS or words[0] == "the" or "collaboration" in words or last.rstrip(".") in _COMPANIES


@lru_cache(4096)
def split_name(author: str) -> Name:
    """Return the parts of a name: `First von Last Jr`, `Last, First`, `von Last, Jr, First` or `Last, First, Jr`."""
    if is_group(author):
        return Name("", "", author.strip(), "")
    parts = [part.strip() for part in author.split(",")]
    parts = [part for part in parts if part]
    if len(parts) > 2 and parts[-1].casefold() in SUFFIXES:  # noqa: PLR2004 — Last, First, Jr
        parts.insert(1, parts.pop())
    elif len(parts) > 1 and (jr := parts[0].rpartition(" "))[0] and jr[2].casefold() in _AFTER_FAMILY:
        parts[:1] = [jr[0], jr[2]]
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
    particles = [i for i, word in enumerate(words[:-1]) if _is_particle(word)]
    start = particles[0] if particles else len(words) - 1
    particle, last = _family(words[start:])
    return Name(" ".join(words[:start]), particle, last, suffix)


def _is_particle(word: str) -> bool:
    """Whether a word belongs to the family name that follows it: a known particle that is not capitalised."""
    return word[:1].islower() and (word.casefold() in PARTICLES or word.casefold().rstrip("'’") in PARTICLES)


def _family(words: list[str]) -> tuple[str, str]:
    """Return particle and family name of a family name's words."""
    if len(words) == 1:
        return "", words[0]
    count = next((i for i, word in enumerate(words) if not _is_particle(word)), len(words) - 1)
    count = min(count, len(words) - 1)
    return " ".join(words[:count]), " ".join(words[count:])


def family_name(author: str) -> str:
    """Return what a list of papers shows of an author: the family name with its particle, or the group's name."""
    name = split_name(author)
    return f"{name.particle} {name.last}".strip()


@lru_cache(4096)
def folded_name(author: str) -> tuple[str, str]:
    """Return a family name without particles, and the given names, folded; of a group its name without the article."""
    name = split_name(author)
    last = words(name.last)
    return "".join(last[1:] if last[:1] == ["the"] and is_group(author) else last), " ".join(words(name.first))


def givens_agree(one: str, other: str) -> bool:
    """Whether two folded given names can be of one person: either is missing, begins the other, or is its initial."""
    short, long = sorted((one, other), key=len)
    if not short or long.startswith(short):
        return True
    return short[0] == long[0] and (len(short.split()[0]) == 1 or len(long.split()[0]) == 1 or short[:3] == long[:3])


def may_be_one(one: str, other: str) -> bool:
    """Whether two names can be of one person: the family name is the same, and the given names agree."""
    (family, given), (other_family, other_given) = folded_name(one), folded_name(other)
    return family == other_family and givens_agree(given, other_given)


def spoken(name: Name) -> str:
    """Return a name in the order of speech: `First von Last Jr.`."""
    return " ".join(part for part in (name.first, name.particle, name.last, name.suffix) if part)


# ---------------------------------------------------------------------- lists as BibTeX writes them

_AND: Final = re.compile(r"\s+and(?:\s+and)*\s+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s0\d{3}$")
"""By which DBLP tells people of one name apart."""
_COMMA: Final = re.compile(",")
_BLANK: Final = re.compile(r"[\s~]+")
_BRACE: Final = re.compile(r"[{}]")
_EXTENDED: Final = re.compile(
    r"\s*(given|family|prefix|suffix|given-i|useprefix)\s*=\s*(.*)", re.IGNORECASE | re.DOTALL
)
_MOST_PARTS: Final = 3
"""von Last, Jr, First."""
_ET_AL: Final = re.compile(r"[\s,]{1,9}et al\.?$")
_OTHERS: Final = frozenset(("others", "et al", "et al.", "al., et", "al, et"))
"""What ends a list that was cut, casefolded; programs turn `et al.` round as if it were a name."""


def bibtex_names(field: str) -> tuple[tuple[Name, ...], bool]:
    """Return the names that a BibTeX field lists, TeX and all, and whether the list ends in `and others`.

    A name is written `First von Last`, `von Last, First`, `von Last, Jr, First` or, in BibLaTeX, `family=…, given=…`;
    one between braces is a whole, such as a group (btxdoc, section 4; the manual of biblatex, section 2.3.3).
    """
    listed = [name for name in (part.strip(" \t\n,") for part in _apart(f" {field.strip()} ", _AND)) if name]
    truncated = bool(listed) and listed[-1].casefold() in _OTHERS
    if truncated:
        listed.pop()
    elif listed and (cut := _ET_AL.search(listed[-1])):
        listed[-1], truncated = listed[-1][: cut.start()], True
    return tuple(_bibtex_name(_NUMBER.sub("", name)) for name in listed), truncated


def _apart(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between the separators that stand in no braces."""
    if "{" not in text:
        return separator.split(text)
    hidden: list[str] = []
    depth = start = 0
    pieces: list[str] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            if not depth:
                pieces.append(text[start : brace.start()])
                start = brace.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                hidden.append(text[start : brace.end()])
                pieces.append(f"\0{len(hidden) - 1}\0")
                start = brace.end()
    pieces.append(text[start:])
    found = separator.split("".join(pieces))
    return [re.sub("\0(\\d+)\0", lambda one: hidden[int(one[1])], part) for part in found]


@lru_cache(4096)
def _bibtex_name(written: str) -> Name:
    """Return the parts of one name of a BibTeX list."""
    if is_braced(written):
        return Name("", "", written, "")
    parts = [part.strip() for part in _apart(written, _COMMA)]
    named = [_EXTENDED.fullmatch(part) for part in parts]
    if all(named):
        value = {one[1].casefold(): one[2].strip('" ') for one in named if one}
        return Name(value.get("given", ""), value.get("prefix", ""), value.get("family", ""), value.get("suffix", ""))
    parts = [part for part in parts if part]
    if len(parts) < 2:  # noqa: PLR2004 — First von Last
        return _in_order([word for word in _apart(parts[0], _BLANK) if word])
    if len(parts) == _MOST_PARTS and parts[2].casefold() in SUFFIXES:  # Last, First, Jr
        parts[1:] = [parts[2], parts[1]]
    if len(parts) > _MOST_PARTS or (len(parts) == _MOST_PARTS and not _is_suffix(parts[1])):
        return Name("", "", written, "")  # a list that other signs divide
    if len(parts) < _MOST_PARTS and parts[1].casefold() in SUFFIXES:  # First Last, Jr
        name = _in_order(parts[0].split())
        return Name(name.first, name.particle, name.last, parts[1])
    particle, last = _family([word for word in _apart(parts[0], _BLANK) if word])
    return Name(parts[-1], particle, last, parts[1] if len(parts) == _MOST_PARTS else "")


def _is_suffix(part: str) -> bool:
    """Whether a part between two commas can tell generations apart."""
    return part.casefold() in SUFFIXES or len(part) <= len("VIII") or part.startswith("{")


def is_braced(text: str) -> bool:
    """Whether one pair of braces goes around all of a text."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end() == len(text)
    return False
