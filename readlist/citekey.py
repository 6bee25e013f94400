"""Citation keys: made once from what a paper is, by a pattern, and unique."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import count
from typing import Final

from msgspec import Struct

from readlist.errors import UsageError
from readlist.names import split_name
from readlist.paper import Entry, Paper
from readlist.pattern import DEFAULT, Field, Pattern
from readlist.text import safe_line, words

_STOP_WORDS: Final = frozenset(
    "a an and are as at be beyond by can do does for from has have how in into is it its of on or that the their "
    "this through to toward towards under using via was we what when where which who why with your".split()
)
"""Words that say nothing of what a paper is about."""

_NOT_KEY: Final = re.compile("[^a-z0-9]")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

_AUTHORS: Final = 3
"""How many authors `{authors}` names."""

_LONGEST: Final = 80
"""Characters that a key has at most: old bibtex keeps a line of 79, and nobody types more."""

_LEGAL: Final = re.compile(r"[A-Za-z0-9_]+(?:[_:./+-][A-Za-z0-9_]+)*", re.ASCII)
"""A key that bibtex, biber and pandoc all read without quotes: no blanks, `"#%'(),={}` (biber), no backslash, tilde,
or `&^$` (LaTeX), and signs only between letters and digits, one at a time (pandoc's manual, Citation syntax)."""

_AN_ID: Final = re.compile("p[0-9a-f]{16}", re.ASCII)

_SIGNS: Final = re.compile(r"([_:./+-])[_:./+-]+", re.ASCII)
_SIGNS_AT_ENDS: Final = re.compile(r"^[_:./+-]+|[_:./+-]+$", re.ASCII)
_NOT_ARXIV: Final = re.compile(r"[^A-Za-z0-9./-]", re.ASCII)

_IN_PARENTHESES: Final = re.compile(r"\(([A-Za-z]*[A-Z][A-Za-z]*)[-\s\d'’]*\)")
_ABBREVIATION: Final = re.compile(r"\b[A-Za-z]+[A-Z][A-Za-z]*\b")
_NO_VENUE: Final = frozenset(("proceedings", "annual"))


class Rename(Struct, frozen=True):
    """A paper that gets another citation key."""

    id: str
    old: str
    new: str


def base_key(paper: Paper, pattern: Pattern = DEFAULT) -> str:
    """Return the key that a paper would have if no other had it: `schick2023toolformer`.

    By the default pattern it is the first author's family name, the year, and the first word of the title that means
    something, all in `[a-z0-9]`. What cannot be written so is left out; if nothing but a year can, it is the id.
    """
    made = [(part, _filled(part, paper) if isinstance(part, Field) else part) for part in pattern.parts]
    if not any(text for part, text in made if isinstance(part, Field) and part.name != "year"):
        return _folded(paper.id)
    key = "".join(text for _, text in made)
    if key.isalnum():
        return key[:_LONGEST]
    key = _SIGNS.sub(r"\1", key)
    return _SIGNS_AT_ENDS.sub("", _SIGNS_AT_ENDS.sub("", key)[:_LONGEST])


def _filled(field: Field, paper: Paper) -> str:
    """Return what a field of the pattern says of a paper; nothing where the paper says nothing."""
    items = _items(field, paper)
    if field.initials:
        items = [item[0] for item in items]
    if field.upper:
        items = [item.upper() for item in items]
    elif field.capitals:
        items = [item[0].upper() + item[1:] for item in items]
    return field.joint.join(items)[: field.cut]


def _items(field: Field, paper: Paper) -> list[str]:  # noqa: PLR0911 — one for each field
    """Return the names, words or digits that a field stands for, none of them empty."""
    match field.name:
        case "author":
            return _family_names(paper, 1)
        case "authors":
            return _family_names(paper, field.count or _AUTHORS)
        case "year":
            return [paper.date[:4][-(field.count or 4) :]] if paper.date else []
        case "word":
            return _telling(paper.title)[:1]
        case "title":
            return _telling(paper.title)[: field.count]
        case "venue":
            return [short] if (short := short_venue(paper.venue or "")) else []
        case _:
            return [found] if (found := _NOT_ARXIV.sub("", paper.identifiers.arxiv or "")) else []


def _family_names(paper: Paper, most: int) -> list[str]:
    """Return the folded family names of the first authors."""
    names = (_folded(split_name(author).last) for author in paper.authors[:most])
    return [name for name in names if name]


def _telling(text: str) -> list[str]:
    """Return the folded words that mean something; all of them where none does."""
    folded = words(text) if text.isascii() else [one for word in words(text) if (one := _of_key(word))]
    return [word for word in folded if word not in _STOP_WORDS and len(word) > 1] or folded


def short_venue(venue: str) -> str:
    """Return a short name of a venue: `neurips`, `jmlr`, `nature`.

    It is the abbreviation in it if there is one, else the word that it is, else the initials of its words.
    """
    found = _IN_PARENTHESES.search(venue)
    if found is not None:
        return _folded(found[1])
    if (mixed := _ABBREVIATION.search(venue)) is not None:
        return _folded(mixed[0])
    said = [word for word in _telling(venue) if word not in _NO_VENUE and not word[0].isdigit()]
    return said[0] if len(said) == 1 else "".join(word[0] for word in said)


def _folded(text: str) -> str:
    """Return the ASCII letters and digits of `text`, in lower case and without accents."""
    return _of_key("".join(words(text)))


def _of_key(word: str) -> str:
    """Return what a key may have of a folded word."""
    return word if word.isascii() else _NOT_KEY.sub("", word)


def unique_key(base: str, taken: Callable[[str], bool]) -> str:
    """Return `base`, or `base` with the first letters `b`, `c`, … `z`, `aa`, … that make it unique."""
    if not taken(base):
        return base
    for number in count(1):
        key = base + _suffix(number)
        if not taken(key):
            return key
    raise AssertionError


def _suffix(number: int) -> str:
    """Return the letters that stand for a number: 1 is `b`, 25 is `z`, 26 is `aa`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    return letters


def checked_key(key: str) -> str:
    """Return a key that a reader typed, if bibtex, biber, LaTeX and pandoc all take it as it is.

    Raises:
        UsageError: They do not, or it looks like the id of a paper.
    """
    hint = "letters and digits of ASCII, and the signs _ : . / + - one at a time between them"
    if not _LEGAL.fullmatch(key):
        raise UsageError(f"{safe_line(key)!r} cannot be a citation key", hint)
    if len(key) > _LONGEST:
        raise UsageError(f"a citation key has at most {_LONGEST} characters, and this one {len(key)}", hint)
    if _AN_ID.fullmatch(key):
        raise UsageError(f"{key} is how readlist names a paper, and no citation key", hint)
    return key


def is_legal(key: str) -> bool:
    """Say whether a key can be written into any file of citations as it is."""
    return _LEGAL.fullmatch(key) is not None


def renames(
    entries: Iterable[Entry], pattern: Pattern, owners: Mapping[str, str], pinned: Collection[str] = ()
) -> list[Rename]:
    """Return which papers get another key when their keys are made by a pattern, earliest in the library first.

    A key that is what the pattern makes, with or without a letter, stays, so that doing it twice changes nothing.

    Args:
        entries: The papers.
        pattern: What keys are made of.
        owners: The paper that has each casefolded key now, or had it once.
        pinned: Ids of papers whose keys were set by hand, and stay.
    """
    owned = dict(owners)
    found = []
    for entry in sorted(entries, key=lambda one: (one.added, one.id)):
        base = base_key(entry.paper, pattern)
        if entry.id in pinned or _is_made_of(entry.citekey, base, owned):
            continue
        new = unique_key(base, lambda key, own=entry.id: owned.get(key.casefold(), own) != own)  # type: ignore[misc]  # mypy gives a default no type
        owned[new.casefold()] = entry.id
        found.append(Rename(entry.id, entry.citekey, new))
    return found


def _is_made_of(key: str, base: str, owned: Mapping[str, str]) -> bool:
    """Say whether a key is this base with or without letters that make it unique."""
    letters = key.removeprefix(base)
    if key == base or (key.startswith(base) and len(letters) == 1 and letters in _LETTERS):
        return True
    many = f"{base}z".casefold() in owned  # only then may there be two letters
    return many and key.startswith(base) and letters.isascii() and letters.isalpha() and letters.islower()
