"""A paper as BibTeX to be corrected in an editor, and what was changed in the text that comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from typing import Final

from msgspec.structs import replace

from readlist.correction import differences
from readlist.editing.assignments import Edits, listed, number, yes_or_no
from readlist.errors import ReadlistError
from readlist.fieldname import MEANT, meant
from readlist.latex import readable
from readlist.paper import Entry, Furniture, Incoming, Paper, Rejected
from readlist.readers import bibtex
from readlist.readers.bibtex.blocks import Block, blocks
from readlist.readers.bibtex.entries import fields
from readlist.record import Record
from readlist.text import safe_line
from readlist.writers.biblatex import write
from readlist.writers.tex import escape

_OWN: Final = "readlist-"
"""What the names of fields begin with that BibTeX has nothing for."""
_LISTS: Final = ("affiliations", "categories")
_HEAD: Final = """\
% Correct what is wrong, save and close. A field that you empty or delete is empty from then on;
% what you leave as it is stays what the sources say. Another citation key is kept as a pinned one.
"""
_WITHIN: Final = re.compile(r"line (\d+) of the entry: ")
"""How the reader says where in an entry a fault is."""
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
    _check_names(back, given)
    found = differences(before.paper, after.paper)
    extra = found.get("extra")
    if isinstance(extra, dict):
        was, now = _plainly(_fields(given)), _plainly(_fields(back))
        changed: Record = {name: value for name, value in extra.items() if was.get(name) != now.get(name)}
        found = found | {"extra": changed} if changed else {name: found[name] for name in found if name != "extra"}
    key = after.citekey if after.citekey and after.citekey != before.citekey else None
    return Edits(found, key)


def paper_in(text: str, given: str | None = None) -> Incoming:
    """Return the paper that an entry describes.

    Args:
        text: The entry.
        given: The text that a reader made it of; None for one from elsewhere, whose fields are called as they are.

    Raises:
        EditError: It is not one entry that can be read.
    """
    found = _read(text)
    if given is not None:
        _check_names(text, given)
    return found


def _check_names(back: str, given: str) -> None:
    """Raise an EditError if a field that a reader put in is nearly called like one that there is."""
    had = _fields(given)
    for name in _fields(back):
        instead = None if name in had or name.startswith(MEANT) else meant(name)
        if instead is not None:
            line = next((at for at, text in enumerate(back.splitlines(), 1) if name in text.lower()), 1)
            raise EditError(
                f"line {line}: there is no field {safe_line(name)}: did you mean {instead}? "
                f"Write {MEANT}{safe_line(name)} if the name is meant"
            )


def _read(text: str) -> Incoming:
    """Read the one entry of a text, with the fields that BibTeX has nothing for.

    Raises:
        EditError: There is none, there are several, or it cannot be read.
    """
    told = bibtex.read(text.splitlines(keepends=True), as_of=Date.min, source="hand")
    found = [one for one in told if not isinstance(one, Furniture)]
    for one in found:
        if isinstance(one, Rejected):
            raise EditError(_told(one))
    if len(found) != 1:
        count = "no entry" if not found else f"{len(found)} entries"
        raise EditError(f"the text has {count}, and it should have one", "an entry begins with e.g. @article{key,")
    [whole] = found
    assert isinstance(whole, Incoming)
    return replace(whole, paper=_with_own(whole.paper))


def _told(rejected: Rejected) -> str:
    """Return why an entry cannot be read, with the line of the text, as an editor counts."""
    within = _WITHIN.match(rejected.reason)
    line = rejected.line + int(within[1]) - 1 if within else rejected.line
    return f"line {line}: {rejected.reason[within.end() if within else 0 :]}"


def _with_own(paper: Paper) -> Paper:
    """Return a paper with what stands in the fields that BibTeX has nothing for."""
    own = {name.removeprefix(_OWN): readable(value) for name, value in paper.extra if name.startswith(_OWN)}
    rest = tuple((name.removeprefix(MEANT), value) for name, value in paper.extra if not name.startswith(_OWN))
    unknown = own.keys() - {*_LISTS, "code", "score"}
    if unknown:
        raise EditError(f"there is no field {_OWN}{min(unknown)}")
    return replace(
        paper,
        extra=rest,
        affiliations=listed(own.get("affiliations", "")),
        categories=listed(own.get("categories", "")) or paper.categories,
        has_code=yes_or_no(own.get("code", "")),
        score=number(own.get("score", "")),
    )


def _fields(text: str) -> Mapping[str, str]:
    """Return the raw fields of the one entry of a text that was read before."""
    for block in blocks(text.splitlines(keepends=True)):
        if isinstance(block, Block) and block.kind:
            return fields(block.body, {}).values
    return {}


def _plainly(named: Mapping[str, str]) -> Mapping[str, str]:
    """Return fields by their names alone, without what says that these are meant."""
    return {name.removeprefix(MEANT): value for name, value in named.items()}
