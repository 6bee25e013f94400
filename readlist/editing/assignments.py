"""Fields that are corrected one after the other: what `title=Deep Nets` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from readlist.errors import UsageError
from readlist.fieldname import MEANT, meant
from readlist.latex import readable
from readlist.names import bibtex_names, spoken
from readlist.readers.identifiers import arxiv_id, identifiers
from readlist.record import Json, Record
from readlist.text import safe_line, safe_text


class Edits(Struct, frozen=True):
    """What a reader changed."""

    corrections: Record
    """By the names of `readlist.correction.FIELDS`."""
    citekey: str | None = None
    """Another citation key; None if it was left alone."""


def assigned(words: Iterable[str], held: Iterable[str] = ()) -> Edits:
    """Return what assignments such as `title=Deep Nets` say; an empty value empties the field.

    Args:
        words: The assignments.
        held: Names of further fields that the paper has.

    Raises:
        UsageError: One is not `FIELD=VALUE`, a value is not one that its field can have, or a field that nobody knows
            is nearly called like one that there is.
    """
    known = {*_READ, *_KEYS, *(name.casefold() for name in held)}
    corrections: Record = {}
    extra: Record = {}
    citekey = None
    for word in words:
        name, equals, value = word.partition("=")
        field, value = name.strip().lower().replace("-", "_"), value.strip()
        if not equals or not field:
            raise UsageError(f"{word!r} is not FIELD=VALUE", 'e.g. --set title="Deep Nets" --set year=2023')
        if field in _KEYS:
            citekey = value
        elif field in _READ:
            target, read = _READ[field]
            corrections |= _authors(value) if target == "authors" else {target: read(value)}
        else:
            extra[_other_name(name.strip().lower(), known)] = value or None
    return Edits(corrections | {"extra": extra} if extra else corrections, citekey)


def _other_name(name: str, known: Iterable[str]) -> str:
    """Return what a field goes by that is no field of a paper's own.

    Raises:
        UsageError: It is nearly called like one that there is, and does not say that it is meant.
    """
    instead = None if name.startswith(MEANT) else meant(name, known)
    if instead is not None:
        hint = f"did you mean {instead}? If the name is meant: --set {MEANT}{name}=VALUE"
        raise UsageError(f"there is no field {name!r}", hint)
    return name.removeprefix(MEANT)


def _text(value: str) -> Json:
    return safe_line(value) or None


def _lines(value: str) -> Json:
    return safe_text(value) or None


def listed(value: str) -> tuple[str, ...]:
    """Return what stands between semicolons."""
    return tuple(name for one in value.split(";") if (name := safe_line(one)))


def _list(value: str) -> Json:
    return list(listed(value.replace(",", ";")))


def field_called(name: str) -> str:
    """Return the name among `readlist.correction.NAMES` of what a reader calls a field, or that of another field."""
    folded = name.strip().lower().replace("-", "_")
    return _READ[folded][0] if folded in _READ else name.strip().lower()


def _authors(value: str) -> Record:
    """Return authors that are written as BibTeX has them, or with semicolons between, as corrections have them."""
    names, truncated = bibtex_names(value.replace(";", " and ") if ";" in value else value)
    told = (safe_line(readable(spoken(name))) for name in names)
    return {"authors": [name for name in told if name], "authors_truncated": truncated}


def _arxiv(value: str) -> Json:
    """Return an arXiv id.

    Raises:
        UsageError: It is none.
    """
    found = arxiv_id(value) if value else None
    if value and found is None:
        raise UsageError(f"{value!r} is not an arXiv id", "e.g. 2302.04761")
    return found


def _doi(value: str) -> Json:
    """Return a DOI.

    Raises:
        UsageError: It is none.
    """
    found = identifiers(None, value).doi if value else None
    if value and found is None:
        raise UsageError(f"{value!r} is not a DOI", "e.g. 10.1000/182")
    return found


def yes_or_no(value: str) -> bool | None:
    """Return whether there is code.

    Raises:
        UsageError: It is neither yes nor no.
    """
    word = value.strip().casefold()
    if word not in ("", "yes", "no", "true", "false"):
        raise UsageError(f"whether there is code is yes or no, not {value!r}")
    return None if not word else word in ("yes", "true")


def number(value: str) -> float | None:
    """Return a score.

    Raises:
        UsageError: It is no number.
    """
    try:
        found = float(value) if value.strip() else None
    except ValueError:
        raise UsageError(f"a score is a number, not {value!r}") from None
    if found is not None and found - found != 0:
        raise UsageError(f"a score is a number, not {value!r}")
    return found


_KEYS: Final = ("key", "citekey")
"""What the citation key is called."""

_READ: Final = {
    "title": ("title", _text), "author": ("authors", _text), "authors": ("authors", _text), "date": ("date", _text),
    "year": ("date", _text), "venue": ("venue", _text), "kind": ("kind", _text), "type": ("kind", _text),
    "arxiv": ("arxiv", _arxiv), "eprint": ("arxiv", _arxiv), "doi": ("doi", _doi),
    "affiliations": ("affiliations", _list), "categories": ("categories", _list), "abstract": ("abstract", _lines),
    "has_code": ("has_code", yes_or_no), "code": ("has_code", yes_or_no), "score": ("score", number),
}  # fmt: skip
"""What each field is called that is no field of a .bib file, and how its value is read."""
