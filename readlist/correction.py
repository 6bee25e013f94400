"""A reader's own corrections of a paper: what they are, and what they make of what the sources say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from readlist.errors import UsageError
from readlist.paper import Paper, date_ordinal
from readlist.record import Json, Record, RecordError, paper_from, paper_record
from readlist.text import safe_line, safe_verbatim

Corrections = Mapping[str, Json]
"""Values of fields as JSON has them, by the names of `FIELDS`; None or an empty list where the reader emptied one.
`extra` holds the fields that were changed by their own names, with None where one was taken away."""

_TOGETHER: Final = {
    "title": ("title", "title_raw"),
    "authors": ("authors", "authors_truncated"),
    "abstract": ("abstract", "abstract_raw"),
}
"""Fields that say one thing in two ways, and are corrected together."""
_IDENTIFIERS: Final = ("arxiv", "doi")
NAMES: Final = (
    "title", "authors", "date", "venue", "kind", "arxiv", "doi", "affiliations", "categories", "has_code", "score",
    "abstract", "extra",
)  # fmt: skip
"""What a reader may correct."""
FIELDS: Final = frozenset(field for name in NAMES for field in _TOGETHER.get(name, (name,)))
SPLIT: Final = frozenset(("title", "authors"))
"""The fields that are read together, and of which a boundary between them may be drawn wrongly."""
_STAND_INS: Final = {
    "title": ("title",),
    "authors": ("author",),
    "date": ("date", "year", "month", "day"),
    "venue": ("journal", "journaltitle", "booktitle", "school", "institution", "organization", "howpublished",
              "publisher"),
    "arxiv": ("eprint", "eprinttype", "archiveprefix", "arxivid"),
    "doi": ("doi",),
    "categories": ("eprintclass", "primaryclass"),
    "abstract": ("abstract",),
}  # fmt: skip
"""Fields of a .bib file that say what a field of a paper does, as their source wrote it."""
_TOLD: Final = frozenset(("url", *(name for names in _STAND_INS.values() for name in names)))
_LINES: Final = frozenset(("title_raw", "abstract", "abstract_raw"))
"""Fields that are kept with their line breaks."""


def corrected(paper: Paper, corrections: Corrections) -> Paper:
    """Return a paper as the reader corrected it; what was corrected is not uncertain any more.

    Raises:
        RecordError: A value is of the wrong kind; the message names it.
    """
    if not corrections:
        return paper
    record = paper_record(paper)
    record |= {name: value for name, value in corrections.items() if name not in (*_IDENTIFIERS, "extra")}
    identifiers: Record = {"arxiv": paper.identifiers.arxiv, "doi": paper.identifiers.doi}
    record["identifiers"] = identifiers | {name: corrections[name] for name in _IDENTIFIERS if name in corrections}
    more: Json = corrections.get("extra") or {}
    if not isinstance(more, dict):
        raise RecordError("extra should be an object")
    stale = _stand_ins(corrections)
    extra: Record = {
        name: value
        for name, value in paper.extra
        if name.casefold() not in stale and not (name.casefold() == "url" and _is_former(value, corrections))
    }
    extra |= more
    left: Record = {name: value for name, value in extra.items() if value is not None}
    record["extra"] = left
    certain = SPLIT if SPLIT & corrections.keys() else frozenset()
    record["uncertain"] = [name for name in paper.uncertain if name not in certain and name not in corrections]
    if "date" in corrections:
        record["year_inferred"] = False
    return paper_from(record)


def differences(before: Paper, after: Paper) -> Record:
    """Return the corrections that make `after` of `before`."""
    old, new = _plain(before), _plain(after)
    found: Record = {}
    for name in NAMES[:-1]:
        fields = _TOGETHER.get(name, (name,))
        if any(old[field] != new[field] for field in fields):
            found |= {field: new[field] for field in fields}
    extra, wanted = dict(before.extra), dict(after.extra)
    changed: Record = {name: value for name, value in wanted.items() if extra.get(name) != value}
    changed |= dict.fromkeys(name for name in extra if name not in wanted)
    return found | {"extra": changed} if changed else found


def _plain(paper: Paper) -> Record:
    """Return the fields of a paper with its identifiers among them."""
    return paper_record(paper) | {"arxiv": paper.identifiers.arxiv, "doi": paper.identifiers.doi}


def _stand_ins(corrections: Corrections) -> frozenset[str]:
    """Return the fields of a .bib file that say what was corrected as it was before."""
    return frozenset(field for name in corrections for field in _STAND_INS.get(name, ()))


def _is_former(address: str, corrections: Corrections) -> bool:
    """Whether an address is made of an identifier that was corrected."""
    resolvers = {"doi": "doi.org/", "arxiv": "arxiv.org/"}
    return any(name in corrections and resolver in address.casefold() for name, resolver in resolvers.items())


def names_of(corrections: Corrections) -> tuple[str, ...]:
    """Return what these corrections are about, in the words of `NAMES`, other fields by their own names."""
    others = [name for name in _extra(corrections) if name not in _TOLD]
    return (*(name for name in NAMES[:-1] if name in corrections), *others)


def whole(corrections: Corrections) -> Record:
    """Return corrections with both ways of saying one thing, where a caller gave one.

    A title that is corrected without its raw text is that text; so is an abstract. Authors are then all of them.
    """
    found = dict(corrections)
    for name in ("title", "abstract"):
        if name in found:
            found.setdefault(f"{name}_raw", found[name])
    if "authors" in found:
        found.setdefault("authors_truncated", False)
    return found


def without(corrections: Corrections, names: frozenset[str]) -> Record:
    """Return corrections without those of some of the `NAMES` or other fields."""
    gone = {field for name in names for field in _TOGETHER.get(name, (name,))}
    found: Record = {name: value for name, value in corrections.items() if name not in gone}
    stale = names | _stand_ins(dict.fromkeys(names))
    left: Record = {name: value for name, value in _extra(found).items() if name not in stale}
    found.pop("extra", None)
    return found | {"extra": left} if left else found


def safe(corrections: Corrections) -> Record:
    """Return corrections as they are kept: text made safe, and every value one that its field can have.

    Raises:
        UsageError: A field is not one that can be corrected, or has a value that it cannot have.
    """
    unknown = sorted(corrections.keys() - FIELDS)
    if unknown:
        raise UsageError(f"{unknown[0]!r} cannot be corrected", f"what can be: {', '.join(NAMES)}")
    found = {name: _safe(name, value) for name, value in whole(corrections).items()}
    if not (found.get("title", "-") and found.get("title_raw", "-")):
        raise UsageError("a paper needs a title", "give it one, or leave the one that it has")
    try:
        paper = corrected(Paper(title="-", title_raw="-"), found)
    except RecordError as error:
        raise UsageError(error.message) from error
    date_ordinal(paper.date)
    return found


def _safe(name: str, value: Json) -> Json:
    """Return a value of a field with nothing in it that could do harm."""
    if isinstance(value, str):
        return (safe_verbatim if name in _LINES else safe_line)(value).strip() or None
    if isinstance(value, list):
        return [text for one in value if (text := safe_line(one) if isinstance(one, str) else one)]
    if isinstance(value, dict):
        return {safe_line(one): safe_verbatim(text) if isinstance(text, str) else text for one, text in value.items()}
    return value


def united(first: Corrections, second: Corrections) -> Record:
    """Return the corrections of both, those of `first` where they are about the same field."""
    found = {**second, **first}
    stale = _stand_ins(first)
    extra: Record = {name: value for name, value in _extra(second).items() if name not in stale} | _extra(first)
    found.pop("extra", None)
    return found | {"extra": extra} if extra else found


def _extra(corrections: Corrections) -> Record:
    """Return the corrections of fields that go by their own names."""
    extra = corrections.get("extra")
    return extra if isinstance(extra, dict) else {}


def accepted(paper: Paper) -> Record:
    """Return what keeps the boundary between title and authors where it is, and makes it certain."""
    record = _plain(paper)
    return {field: record[field] for name in sorted(SPLIT) for field in _TOGETHER[name]}


def as_certain(paper: Paper) -> Paper:
    """Return a paper whose title and authors are not uncertain."""
    return replace(paper, uncertain=tuple(name for name in paper.uncertain if name not in SPLIT))
