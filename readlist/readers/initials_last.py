"""Lists in which the family name comes first and initials follow without a comma: `van der Meer JP`, `O'Neil P.A.`.

PubMed, Scopus and the journals that follow the Vancouver style write so. One name does not tell (`Xu BO` may be someone
called Bo Xu), so the list decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from readlist.names import SUFFIXES, Name, is_group, split_name
from readlist.readers.name_lists import parted

_MOST: Final = 4
"""Initials that a person has at most."""
_SUFFIXES: Final = SUFFIXES | {"2nd", "3rd", "4th"}
"""PubMed writes `Griffin JR 3rd`."""
_ROMAN: Final = frozenset(("II", "III", "IV", "VI"))
_FAMILIES: Final = frozenset(
    "AN AU BA BO DO DU FU GU HA HE HO HU KO LE LI LO LU LY MA MO MU NG NI OH PU QI RU SI SU TU VO WU XI XU YE YI "
    "YU".split()
)
"""Names of two letters, which people write in capitals too."""
_VOWELS: Final = frozenset("AEIOUY")
_PINYIN: Final = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|[aeiou]ng|iao|ian|uai|uan|[aeiou]{1,2}n?|er)['-]?){1,3}",
    re.IGNORECASE,
)
"""What may be a Chinese name in Latin letters."""
_SHARE: Final = 0.8
"""Of the people of a list, how many must be written so."""


class Read(Struct, frozen=True):
    """The names of a list, in parts."""

    names: tuple[Name, ...]
    written: tuple[str, ...]
    """As they stand in the list."""
    doubtful: bool
    """Whether it may be the other way round."""


class _Turned(Struct, frozen=True):
    """A name that may be written with its initials last."""

    name: Name
    sure: bool
    """Whether what stands last can hardly be a name."""
    chinese: bool
    """Whether what stands first may be a Chinese name."""


def in_parts(written: Sequence[str]) -> Read:
    """Return the names of a list in parts, written `First Last`, `Last, First` or, if all are so, `Last FM`."""
    turned = [None if "," in name else _turned(name) for name in written]
    found = [one for one in turned if one]
    as_written = tuple(split_name(name) if "," in name else parted(name) for name in written)
    if not found:
        return Read(as_written, tuple(written), doubtful=False)
    people = sum(" " in name and not is_group(name) for name in written)
    if len(found) < _SHARE * people:
        return Read(as_written, tuple(written), doubtful=False)
    sure = any(one.sure for one in found)
    if not sure and any(one.chinese for one in found):
        return Read(as_written, tuple(written), doubtful=True)
    names = tuple(one.name if one else name for one, name in zip(turned, as_written, strict=True))
    return Read(names, tuple(written), doubtful=not sure)


def _turned(written: str) -> _Turned | None:
    """Return a name that ends in initials, in parts; None when it does not, or begins with some."""
    words = written.split()
    if not words or (not _are_initials(words[-1]) and words[-1].casefold() not in _SUFFIXES):
        return None
    at = len(words)
    while at > 1 and _are_initials(words[at - 1]):
        at -= 1
    suffix = ""
    if at == len(words) > 2 and words[-1].casefold() in _SUFFIXES:  # noqa: PLR2004 — a family name, initials, a suffix
        suffix, words = words[-1], words[:-1]
        at = len(words)
        while at > 1 and _are_initials(words[at - 1]):
            at -= 1
    elif words[-1] in _ROMAN and len(words) > 2:  # noqa: PLR2004 — likewise
        if at == len(words) - 1:
            return None  # First Last III
        suffix, words = words[-1], words[:-1]
    family, last = words[:at], words[at:]
    letters = "".join(char for word in last for char in word if char.isalpha())
    if not 0 < len(letters) <= _MOST or _is_initial(family[0]) or is_group(written):
        return None
    dotted = "." in last[-1]
    if not any(char.islower() for word in family for char in word) and not dotted and len(letters) > 1:
        return None  # in capitals throughout, so that the last word may be any name
    parts = split_name(f"{' '.join(family)}, {' '.join(map(_spaced, last))}")
    sure = dotted or len(letters) == 1 or _cannot_be_a_name(letters)
    return _Turned(
        Name(parts.first, parts.particle, parts.last, suffix),
        sure,
        all(_PINYIN.fullmatch(word) for word in family) or len(letters) > len("AB"),
    )


def _are_initials(word: str) -> bool:
    """Whether a word is nothing but initials, with full stops or without."""
    letters = word.replace(".", "").replace("-", "")
    return 0 < len(letters) <= _MOST and letters.isalpha() and letters.isupper() and word[0] not in ".-"


def _is_initial(word: str) -> bool:
    """Whether a word that stands first is an initial, as in `J. Smith`."""
    return len(word) == 1 or (word.endswith(".") and _are_initials(word))


def _cannot_be_a_name(letters: str) -> bool:
    """Whether capitals without full stops are initials and no name written in capitals."""
    if letters in _ROMAN or letters in _FAMILIES:
        return False
    return len(letters) == len("AB") or _VOWELS.isdisjoint(letters)


def _spaced(word: str) -> str:
    """Return initials that were run together (`JP`) as BibTeX's and CSL's styles can tell them apart: `J. P.`."""
    if "." in word or len(word) == 1:
        return word
    return re.sub(r"[^\W\d_]", r"\g<0>. ", word).replace(". -", ".-").strip()
