"""A paper as BibTeX to be corrected in an editor, and what was changed in the text that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Final

from readlist.correction import differences
from readlist.errors import ReadlistError, UsageError
from readlist.latex import readable
from readlist.names import bibtex_names, spoken
from readlist.paper import Entry, Incoming, Paper, Rejected
from readlist.readers import bibtex
from readlist.readers.bibtex.blocks import Block, blocks
from readlist.readers.bibtex.entries import fields
from readlist.readers.identifiers import arxiv_id, identifiers
from readlist.record import Json, Record
from readlist.text import safe_line, safe_text
from readlist.writers.biblatex import write
from readlist.writers.tex import escape

_OWN: Final = "readlist-"
"""What the names of fields begin with that BibTeX has nothing for."""
_LISTS: Final = ("affiliations", "categories")
_HEAD: Final = """\
% Correct what is wrong, save and close. A field that you empty or delete is empty from then on;
% what you leave as it is stays what the sources say. Another citation key is kept as a pinned one.
"""
_NEW: Final = """\
% Fill in what you know, save and close. Leave everything empty to add nothing.
@article{,
  title = {},
  author = {},
  date = {},
  journaltitle = {},
  eprint = {},
  doi = {},
  url = {},
  abstract = {},
}
"""


class EditError(ReadlistError):
    """A text that was edited is not one entry that can be read; the message says why, and where."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a reader changed."""

    corrections: Record
    """By the names of `readlist.correction.FIELDS`."""
    citekey: str | None = None
    """Another citation key; None if it was left alone."""


# ---------------------------------------------------------------------- as a text


def as_text(entry: Entry) -> str:
    """Return a paper as a BibLaTeX entry in which everything that can be corrected is a field."""
    paper = entry.paper
    known = {name.casefold() for name, _ in paper.extra}
    more = [] if paper.abstract_raw is None or "abstract" in known else [("abstract", _as_tex(paper))]
    more += [(_OWN + name, "; ".join(map(_escaped, getattr(paper, name)))) for name in _LISTS if getattr(paper, name)]
    if paper.has_code is not None:
        more.append((_OWN + "code", "yes" if paper.has_code else "no"))
    if paper.score is not None:
        more.append((_OWN + "score", f"{paper.score:g}"))
    told = replace(entry, paper=replace(paper, categories=(), extra=(*paper.extra, *more)))
    lines = "".join(write([told])).splitlines()
    # An address that is made of an identifier would go on naming the old one.
    kept = [line for line in lines if "url" in known or not line.startswith("  url = ")]
    return _HEAD + "\n".join(kept) + "\n"


def empty_text() -> str:
    """Return an entry to be filled in for a paper that is added by hand."""
    return _NEW


def _as_tex(paper: Paper) -> str:
    """Return an abstract as it is written into a field: as its source wrote it if that was a .bib file."""
    return paper.abstract_raw or "" if paper.kind else _escaped(paper.abstract or "")


def _escaped(text: str) -> str:
    return "\n".join(escape(line, unicode=True) for line in text.splitlines())


# ---------------------------------------------------------------------- and back


def edits(given: str, back: str) -> Edits:
    """Return what was changed between a text that was given out and the one that came back.

    Raises:
        EditError: What came back is not one entry that can be read.
    """
    before, after = _read(given), _read(back)
    found = differences(before.paper, after.paper)
    extra = found.get("extra")
    if isinstance(extra, dict):
        was, now = _fields(given), _fields(back)
        changed: Record = {name: value for name, value in extra.items() if was.get(name) != now.get(name)}
        found = found | {"extra": changed} if changed else {name: found[name] for name in found if name != "extra"}
    key = after.citekey if after.citekey and after.citekey != before.citekey else None
    return Edits(found, key)


def paper_in(text: str) -> Incoming:
    """Return the paper that an entry describes.

    Raises:
        EditError: It is not one entry that can be read.
    """
    return _read(text)


def _read(text: str) -> Incoming:
    """Read the one entry of a text, with the fields that BibTeX has nothing for.

    Raises:
        EditError: There is none, there are several, or it cannot be read.
    """
    found = list(bibtex.read(text.splitlines(keepends=True), as_of=Date.min, source="hand"))
    for one in found:
        if isinstance(one, Rejected):
            raise EditError(one.reason if one.reason.startswith("line ") else f"line {one.line}: {one.reason}")
    if len(found) != 1:
        count = "no entry" if not found else f"{len(found)} entries"
        raise EditError(f"the text has {count}, and it should have one", "an entry begins with e.g. @article{key,")
    [whole] = found
    assert isinstance(whole, Incoming)
    return replace(whole, paper=_with_own(whole.paper))


def _with_own(paper: Paper) -> Paper:
    """Return a paper with what stands in the fields that BibTeX has nothing for."""
    own = {name.removeprefix(_OWN): readable(value) for name, value in paper.extra if name.startswith(_OWN)}
    rest = tuple((name, value) for name, value in paper.extra if not name.startswith(_OWN))
    unknown = own.keys() - {*_LISTS, "code", "score"}
    if unknown:
        raise EditError(f"there is no field {_OWN}{min(unknown)}")
    return replace(
        paper,
        extra=rest,
        affiliations=_listed(own.get("affiliations", "")),
        categories=_listed(own.get("categories", "")) or paper.categories,
        has_code=_yes_or_no(own.get("code", "")),
        score=_number(own.get("score", "")),
    )


def _fields(text: str) -> Mapping[str, str]:
    """Return the raw fields of the one entry of a text that was read before."""
    for block in blocks(text.splitlines(keepends=True)):
        if isinstance(block, Block):
            return fields(block.body, {}).values
    return {}


# ---------------------------------------------------------------------- one field after the other


def assigned(words: Iterable[str]) -> Edits:
    """Return what assignments such as `title=Deep Nets` say; an empty value empties the field.

    Raises:
        UsageError: One is not `FIELD=VALUE`, or a value is not one that its field can have.
    """
    corrections: Record = {}
    extra: Record = {}
    citekey = None
    for word in words:
        name, equals, value = word.partition("=")
        field, value = name.strip().lower().replace("-", "_"), value.strip()
        if not equals or not field:
            raise UsageError(f"{word!r} is not FIELD=VALUE", 'e.g. --set title="Deep Nets" --set year=2023')
        if field in ("key", "citekey"):
            citekey = value
        elif field in _READ:
            target, read = _READ[field]
            corrections |= _authors(value) if target == "authors" else {target: read(value)}
        else:
            extra[name.strip().lower()] = value or None
    return Edits(corrections | {"extra": extra} if extra else corrections, citekey)


def _text(value: str) -> Json:
    return safe_line(value) or None


def _lines(value: str) -> Json:
    return safe_text(value) or None


def _listed(value: str) -> tuple[str, ...]:
    return tuple(name for one in value.split(";") if (name := safe_line(one)))


def _list(value: str) -> Json:
    return list(_listed(value.replace(",", ";")))


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


def _yes_or_no(value: str) -> bool | None:
    """Return whether there is code.

    Raises:
        UsageError: It is neither yes nor no.
    """
    word = value.strip().casefold()
    if word not in ("", "yes", "no", "true", "false"):
        raise UsageError(f"whether there is code is yes or no, not {value!r}")
    return None if not word else word in ("yes", "true")


def _number(value: str) -> float | None:
    """Return a score.

    Raises:
        UsageError: It is no number.
    """
    try:
        number = float(value) if value.strip() else None
    except ValueError:
        raise UsageError(f"a score is a number, not {value!r}") from None
    if number is not None and number - number != 0:
        raise UsageError(f"a score is a number, not {value!r}")
    return number


_READ: Final = {
    "title": ("title", _text), "author": ("authors", _text), "authors": ("authors", _text), "date": ("date", _text),
    "year": ("date", _text), "venue": ("venue", _text), "kind": ("kind", _text), "type": ("kind", _text),
    "arxiv": ("arxiv", _arxiv), "eprint": ("arxiv", _arxiv), "doi": ("doi", _doi),
    "affiliations": ("affiliations", _list), "categories": ("categories", _list), "abstract": ("abstract", _lines),
    "has_code": ("has_code", _yes_or_no), "code": ("has_code", _yes_or_no), "score": ("score", _number),
}  # fmt: skip
"""What each field is called that is no field of a .bib file, and how its value is read."""
