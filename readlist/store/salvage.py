"""What can still be read of a damaged catalogue, row by row: a damaged page costs only what stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from readlist.errors import ReadlistError
from readlist.mark import Mark
from readlist.paper import Paper, date_ordinal
from readlist.record import paper_from, paper_record
from readlist.store.cells import UNREADABLE, Cell, integer
from readlist.store.facts import mark_of, packed, sourced
from readlist.store.mirror import VIEWS
from readlist.store.naming import arxiv_id, doi
from readlist.store.pages import Pages
from readlist.store.views import Views, from_mirror
from readlist.text import safe_line

_ID: Final = re.compile("p[0-9a-f]{16}")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

_TRIED: Final = 3
"""How many cells of a page are looked at before the page is left: one of them may be damaged."""


class Given(Struct, frozen=True):
    """What is left of what the library gave a paper; each is None where it cannot be read."""

    id: str | None = None
    citekey: str | None = None
    added: str | None = None


class Salvage(Struct):
    """What a pass over the pages found. Facts are read when they are asked for: there may be very many."""

    pages: Pages
    given: dict[int, Given] = field(default_factory=dict)
    """By row."""
    facts: dict[int, int] = field(default_factory=dict)
    """Where a row's facts stand."""
    indexed: dict[int, list[str]] = field(default_factory=dict)
    """By row, the texts that some index has for it: ids, citation keys, identifiers, instants."""
    aliases: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    """The mirror of the marks, by paper id."""
    views: Views = None
    """The mirror of the saved views."""
    generation: int | None = None
    """The generation of the marks that the catalogue reflected."""

    def paper(self, row: int) -> Paper | None:
        """Return what the sources say of the paper of a row; None if it cannot be read."""
        place = self.facts.get(row)
        if place is None:
            return None
        try:
            cell = self.pages.cell(place)
            return _sound(sourced(self.pages.values(cell)[1].decode()))
        except (*UNREADABLE, ReadlistError, TypeError, OverflowError):
            return None

    def ids(self, row: int) -> list[str]:
        """Return the ids that an index has for a row."""
        return [text for text in self.indexed.get(row, ()) if _ID.fullmatch(text)]

    def citekeys(self, row: int) -> list[str]:
        """Return what may be a citation key of a row: what an index has and is nothing else."""
        others = (_ID.fullmatch, _INSTANT.fullmatch, arxiv_id, doi)
        return [text for text in self.indexed.get(row, ()) if not any(is_other(text) for is_other in others)]

    def added(self, row: int) -> str | None:
        """Return when a row came in."""
        given = self.given.get(row, Given()).added
        return given or next(filter(_INSTANT.fullmatch, self.indexed.get(row, ())), None)


def _sound(paper: Paper) -> Paper | None:
    """Return the paper if every fact of it is of the right kind and can be written again."""
    score = paper_from(paper_record(paper)).score
    date_ordinal(paper.date)
    packed(paper).encode()
    return replace(paper, score=score) if paper.title.strip() else None


def salvage(pages: Pages) -> Salvage:
    """Look through all pages.

    Raises:
        OSError: The disk does not give them.
    """
    found = Salvage(pages)
    for cell in _cells(pages):
        try:
            _take(found, cell)
        except (*UNREADABLE, ReadlistError):
            continue
    return found


def _cells(pages: Pages) -> Iterator[Cell]:
    """Yield the cells that are wanted; a page's cells are all of one table, so that most pages are left at once."""
    freed = pages.freed or frozenset()
    for number in range(2, pages.count + 1):
        if number in freed:
            continue
        wanted = False
        for tried, cell in enumerate(pages.cells(number), 1):
            if _is_wanted(cell):
                wanted = True
                yield cell
            elif not wanted and tried == _TRIED:
                break


def _is_wanted(cell: Cell) -> bool:
    """Say whether it looks like one of `papers`, `facts`, `marked`, or of an index of texts."""
    shape = cell.shape
    if cell.row is None:
        return shape in {"tt", "ti"}
    return shape == "nt" or (len(shape), shape[:2]) in {(9, "nt"), (9, "tt")}


def _take(found: Salvage, cell: Cell) -> None:
    """Put one row or index entry where it belongs; it is told by the kinds of its values."""
    if cell.row is None:
        _take_entry(found, cell)
    elif cell.shape == "nt":
        found.facts.setdefault(cell.row, cell.place)
    elif cell.shape.startswith("nt"):
        found.given.setdefault(cell.row, _given(found.pages.values(cell)))
    else:
        values = found.pages.values(cell)
        paper_id = values[0].decode()
        if _ID.fullmatch(paper_id):
            found.marks.setdefault(paper_id, mark_of(values[-1].decode()))


def _take_entry(found: Salvage, cell: Cell) -> None:
    """Take an entry of an index, or a row of one of the tables that are kept like one: `aliases` and `meta`."""
    first, second = found.pages.values(cell)
    text = first.decode()
    if cell.shape == "tt":
        paper_id = second.decode()
        if text == VIEWS and not _ID.fullmatch(paper_id):  # a tag may be called so
            found.views = from_mirror(paper_id)
        if _ID.fullmatch(text) and _ID.fullmatch(paper_id):
            found.aliases.setdefault(text, paper_id)
    elif text == "generation":
        found.generation = integer(cell.types[1], second)
    else:
        found.indexed.setdefault(integer(cell.types[1], second), []).append(text)


def _given(values: list[bytes]) -> Given:
    """Return what a row of `papers` says."""
    paper_id, citekey, added = (_text(values[column]) for column in (1, 2, 5))
    return Given(
        paper_id if paper_id and _ID.fullmatch(paper_id) else None,
        citekey if citekey and safe_line(citekey) == citekey else None,
        added if added and _INSTANT.fullmatch(added) else None,
    )


def _text(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None
