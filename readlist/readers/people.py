"""Lists of authors as people write them: between commas, semicolons, `and`, on lines, with affiliations or without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from readlist.names import PARTICLES, SUFFIXES, Name, is_group, split_name, spoken
from readlist.readers.initials_last import in_parts
from readlist.readers.name_lists import untold


class Authors(Struct, frozen=True):
    """What a list of authors says."""

    names: tuple[str, ...]
    """Each in the order of speech, or a group's name."""
    truncated: bool
    """Whether the list was cut ("et al.")."""
    affiliations: tuple[str, ...]
    """In the order in which they stand in the list, without repeats."""
    parts: str = ""
    """The names as a .bib file lists them; empty when the order of speech tells what is given and what is family."""
    doubtful: bool = False
    """Whether given and family names may be the wrong way round."""


_MARKS: Final = re.compile(
    r"[\u00b7\u00b9\u00b2\u00b3\u2070-\u207f*\u2020\u2021\u00a7\u00b6\u2217]|\^(?:\{[\d,\s*]+\}|\d+(?:\s?,\s?\d+)*)?"
    r"|\s?\[\d{1,3}(?:\s?,\s?\d{1,3})*\]"
    r"|(?<=[^\W\d])(?:\s?\d{1,2}(?:\s?,\s?\d{1,2})*|\d{3,}|\s0\d{3})(?=\s*(?:[,;&*\u2020\u2021\n]|$)|\s+and\b)"
)
"""Signs that stand for an affiliation or a footnote, and the numbers by which DBLP tells people of one name apart."""
_WAYS: Final = re.compile(
    r"\s{0,3}<[^<>\s]{1,80}@[^<>\s]{1,80}>|\s{0,3}[(\[]?(?:https?://orcid\.org/)?000[09]-\d{4}-\d{4}-\d{3}[\dX][)\]]?"
)
"""Addresses and ORCIDs that stand beside names."""
_SEPARATORS: Final = str.maketrans({"、": "; ", "，": "; ", "；": "; ", "،": ", ", "؛": "; "})
"""What stands between names in other scripts."""
_BEHALF: Final = re.compile(
    r"(?<=[^\s,;])\s+(?=(?:on behalf of|for the)\s[^,;]{0,80}\b(?:Collaboration|Consortium|Group|Investigators|Team)\b)"
)
"""Where a group begins that the one before wrote for."""
_REFERENCE: Final = re.compile(r"\s*\d{1,3}(?:\s*(?:,|and|&|;|\s)\s*\d{1,3})*\s*")
_NUMBERED: Final = re.compile(r"\(\s*\d{1,3}\s*\)")
_FOR: Final = re.compile(r"(?:for|on behalf of)\s+(?:the\s+)?(.+)", re.IGNORECASE)
_CUT: Final = re.compile(
    r"[,;\s]*(?:\band\s+)?(?:\bet\.?\s?al\b\.?|\band\s+others\b|(?:\band|&|\+)\s*\d{1,5}\s+(?:others?|more)\b|\bothers$|\.\.\.|\u2026)[\s.,;]*$",
    re.IGNORECASE,
)
_CUT_ENDS: Final = ("al", "others", "other", "more", "\u2026")
"""What a list that was cut ends in, casefolded, but for dots."""
_GAPS: Final = frozenset(("...", "\u2026", ". . ."))
"""What stands for names that were left out of the middle of a list."""
_EDITING: Final = frozenset(("ed", "eds", "editor", "editors", "hrsg"))
"""What stands in parentheses after those who edited a book."""
_DEGREES: Final = frozenset("ph.d. phd ph.d m.d. m.d md m.sc. msc b.sc. bsc".split())
_TAIL: Final = 60
"""Characters at the end of a list that say whether it was cut."""
_AND: Final = r"(?:and|&|(?-i:und|et(?!\s+al)))"
_BETWEEN: Final = re.compile(rf"\s*(?:,\s*{_AND}(?!\w)|(?<!\w){_AND}(?!\w))\s+", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?[- ]?){1,4}|(?:[^\W\d_]\.[- ]?){1,5}")
_HAS_AND: Final = re.compile(rf"\s{_AND}\s", re.IGNORECASE)
_VANCOUVER: Final = re.compile(r"[^\W\d_][^,;.]*\s[^\W\d_]{1,3}(?:\s(?:Jr|Sr|2nd|3rd|4th|II|III))?")
"""A name as PubMed writes it, `van der Meer JP Jr`, if its initials are capitals."""
_VANCOUVER_LIST: Final = re.compile(rf"(?:{_VANCOUVER.pattern}[,;]\s+)+[^,;.]+\.")
"""A list of such names, which ends in a full stop."""
_MOST_INITIALS: Final = 3
_FEWEST_PAIRS: Final = 2
"""Names of one word each, two by two, that are looked at as pairs."""


def authors(text: str) -> Authors:
    """Return the authors of a list in any of the styles that people write.

    Names stand between commas, semicolons, `and`, `&` or on lines of their own, as `First Last` or `Last, First`.
    Affiliations in parentheses, arXiv's numbered ones too, and the signs that refer to them are taken out; a group
    that someone writes for is an author.
    """
    outside, inside = _parentheses(_plain(text))
    affiliations, groups = _stated(inside)
    whole = outside.strip()
    whole = whole.removesuffix(".") if _VANCOUVER_LIST.fullmatch(whole) else whole
    uncut = whole[:-_TAIL] + _CUT.sub("", whole[-_TAIL:]) if _may_be_cut(whole[-_TAIL:]) else whole
    listed = _listed(_MARKS.sub("", uncut))
    read = in_parts([*(name for name in listed if name not in _GAPS), *groups])
    names = read.names
    found = tuple(map(spoken, names))
    if found and all(map(str.isupper, found)) and any(" " in name for name in found):
        names = tuple(map(_in_lower_case, names))
        found = tuple(map(spoken, names))
    truncated = uncut != whole or not _GAPS.isdisjoint(listed)
    parts = "" if found == read.written else untold(names)
    doubtful = read.doubtful or _may_be_pairs(found)
    return Authors(found, truncated, tuple(dict.fromkeys(affiliations)), parts, doubtful)


def between_commas(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a list that was taken apart at its commas before."""
    found: list[str] = []
    for piece in pieces:
        name = _MARKS.sub("", piece).strip()
        if found and name.casefold() in SUFFIXES:
            found[-1] = f"{found[-1]} {name}"
        else:
            found += [_itself(part.strip()) for part in _HAS_AND.split(f" {name} ") if part.strip()]
    return tuple(found)


def _plain(text: str) -> str:
    """Return a list without addresses and ORCIDs, with the separators of English."""
    if not text.isascii():
        text = text.translate(_SEPARATORS)
    if "@" in text or "000" in text:
        text = _WAYS.sub("", text)
    return _BEHALF.sub("; " if ";" in text else ", ", text) if " for the " in text or "behalf" in text else text


def _may_be_pairs(names: tuple[str, ...]) -> bool:
    """Whether names of one word each may be family and given names by turns: `Smith, John, Doe, Anna`."""
    return (
        len(names) >= 2 * _FEWEST_PAIRS
        and len(names) % 2 == 0
        and all(name.isascii() and name.isalpha() and name.istitle() for name in names)
    )


def affiliations(text: str) -> tuple[str, ...]:
    """Return the affiliations that stand in parentheses in a list of authors, without repeats."""
    return tuple(dict.fromkeys(_stated(_parentheses(text)[1])[0]))


def _may_be_cut(tail: str) -> bool:
    """Whether the end of a list is worth a closer look: most lists are whole."""
    return "..." in tail or tail.rstrip(" \t\n.,;").casefold().endswith(_CUT_ENDS)


def _parentheses(text: str) -> tuple[str, list[str]]:
    """Return what stands outside of all parentheses, and what stands inside of each outermost pair."""
    outside: list[str] = []
    inside: list[str] = []
    depth = start = 0
    for place in re.finditer(r"[()]", text):
        if place[0] == "(":
            if not depth:
                outside.append(text[start : place.start()])
                start = place.end()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                inside.append(text[start : place.start()])
                start = place.end()
    outside.append(text[start:])
    return " ".join(outside) if inside else text, inside


def _stated(inside: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the affiliations, and the groups that are written for, of what stands in parentheses."""
    affiliations: list[str] = []
    groups: list[str] = []
    for text in inside:
        behalf = _FOR.fullmatch(text.strip())
        if behalf:
            groups.append(" ".join(behalf[1].split()))
        elif not _REFERENCE.fullmatch(" ".join(text.split())) and text.strip(" .").casefold() not in _EDITING:
            parts = _NUMBERED.split(text)
            affiliations += [found for part in parts if (found := " ".join(part.split()).strip(" ,;"))]
    return affiliations, groups


def _listed(text: str) -> list[str]:
    """Return the names of a list that has nothing but names, each as it is written there."""
    lines = [line.strip(" \t,;") for line in text.splitlines() if line.strip(" \t,;")]
    if ";" in text:
        pieces = [one for piece in text.replace("\n", " ").split(";") for one in _several(piece)]
        parts = [part for piece in pieces for part in _HAS_AND.split(f" {piece} ")]
    elif len(lines) > 1 and all(line.count(",") <= 1 and not _HAS_AND.search(line) for line in lines):
        parts = lines
    else:
        parts = _commas(" ".join(text.split()))
    found = (_itself(" ".join(part.split()).strip(" ,")) for part in parts)
    return [name for name in found if name]


def _several(piece: str) -> list[str]:
    """Return the names that stand between two semicolons: one, or those of a list that a semicolon ends.

    PubMed writes `Smith J, Doe AB; The Group.`
    """
    parts = [part.strip() for part in piece.split(",")]
    if len(parts) > 1 and all(map(_is_vancouver, parts)):
        return parts
    last = parts[-1].casefold()
    return [piece] if len(parts) <= 2 or last in SUFFIXES else _commas(" ".join(piece.split()))  # noqa: PLR2004 — Last, First


def _is_vancouver(name: str) -> bool:
    """Whether a name is written as PubMed does."""
    initials = (word.isupper() and len(word) <= _MOST_INITIALS for word in name.split()[1:])
    return _VANCOUVER.fullmatch(name) is not None and any(initials)


def _itself(name: str) -> str:
    """Return a name without the words that say that others wrote for it."""
    behalf = _FOR.fullmatch(name) if name.startswith(("for ", "on behalf ")) else None
    return behalf[1] if behalf else name


def _commas(text: str) -> list[str]:
    """Return the names of a list on one line without semicolons."""
    by_and = [part.strip(" ,") for part in _HAS_AND.split(text)]
    if len(by_and) > 1 and all(part.count(",") == 1 for part in by_and):
        return by_and  # Last, First and Last, First
    pieces = [piece.strip() for piece in _BETWEEN.sub(", ", f"{text} ").split(",") if piece.strip()]
    joined: list[str] = []
    for piece in pieces:
        if joined and piece.casefold() in SUFFIXES:
            of = -2 if len(joined) > 1 and _INITIALS.fullmatch(joined[-1]) else -1  # Smith, J. A., Jr.
            joined[of] = f"{joined[of]} {piece}"
        elif joined and piece.casefold() in _DEGREES:
            continue
        else:
            joined.append(piece)
    pairs = list(zip(joined[::2], joined[1::2], strict=False))
    one = len(pairs) == 1 and _is_one_name(*pairs[0])
    if len(joined) % 2 == 0 and pairs and (one or all(_is_reversed(last, first) for last, first in pairs)):
        return [f"{last}, {first}" for last, first in pairs]
    return joined


def _is_one_name(last: str, first: str) -> bool:
    """Whether the two pieces of a whole list are more likely `Last, First` than two people of one name each."""
    given = first.split()
    return (
        " " not in last
        and last.istitle()
        and given[0].istitle()
        and all(_INITIALS.fullmatch(word) for word in given[1:])
        and not is_group(f"{last} {first}")
    )


def _is_reversed(last: str, first: str) -> bool:
    """Whether two pieces of a list are one name written `Last, F.`."""
    return (
        first != first.lower()
        and bool(_INITIALS.fullmatch(first))
        and not _INITIALS.fullmatch(last.rsplit(maxsplit=1)[-1])  # SMITH J., DOE A.
        and len(last) > 1
        and not (" " in last and first.isalpha() and len(first) > 2)  # noqa: PLR2004 — an institute: Ann Author, MIT
    )


def _in_lower_case(name: Name) -> Name:
    """Return a name in capitals as it is written elsewhere."""
    whole = spoken(name)
    return name if is_group(whole) else split_name(_lowered(whole))


def _lowered(name: str) -> str:
    """Return a name in capitals as it is written elsewhere: `DANIEL VAN DER BERG` is `Daniel van der Berg`."""
    words = name.split()
    return " ".join(
        word.casefold()
        if 0 < at < len(words) - 1 and word.casefold() in PARTICLES - {"e", "y", "st"}
        else _word_lowered(word)
        for at, word in enumerate(words)
    )


def _word_lowered(word: str) -> str:
    """Return one word of a name with a capital at its start and after hyphens and apostrophes."""
    if word.casefold() in {"ii", "iii", "iv"} or (word.endswith(".") and len(word.replace(".", "")) <= 1):
        return word
    lowered = re.sub(r"[^\W\d_]+", lambda part: part[0][:1] + part[0][1:].lower(), word)
    return re.sub(r"\b(Mc|O['\u2019])([a-z])", lambda part: part[1] + part[2].upper(), lowered)
