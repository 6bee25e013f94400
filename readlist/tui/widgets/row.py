"""One line of the list: columns aligned by terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from readlist.names import family_name
from readlist.paper import Entry
from readlist.query import Text
from readlist.query.highlight import places
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.look import CURSOR, CUT, NOTE, SELECTED, STAR, UNCERTAIN, UNSAVED

_DATE: Final = 7
_ROOMY, _ROOM, _SOME, _NARROW = 90, 70, 56, 44
"""Widths from which the list has wide authors and tags, narrow authors, short ones, and a date."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is drawn."""

    base: Style
    dim: Style
    star: Style
    unread: Style
    hit: Style
    sought: tuple[Text, ...]
    """What the query looks for."""
    cursor: bool
    selected: bool
    unsaved: bool
    """Whether the mark is shown as it will be, and is not on the disk."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide each column is at some width of the list, in cells."""

    date: int
    authors: int
    tags: int
    """At most; what a row's tags do not need goes to its title."""
    title: int
    """What is left for title and tags together."""

    @classmethod
    def at(cls, width: int) -> Columns:
        """Return the columns of a list that is so wide."""
        date = _DATE + 2 if width >= _NARROW else 0
        authors = 22 if width >= _ROOMY else 20 if width >= _ROOM else 15 if width >= _SOME else 0
        tags = 22 if width >= _ROOMY else 16 if width >= _NARROW else 0
        return cls(date, authors, tags, max(1, width - 6 - date - authors))


def cut(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells, cut at a word with `…` if it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width < 1:
        return ""
    head = set_cell_size(text, width - 1).rstrip()
    space = head.rfind(" ")
    if text[len(head) : len(head) + 1].strip() and space > len(head) * 2 // 3:
        head = head[:space].rstrip(" ,;:–-")
    return set_cell_size(head + CUT, width)


def authors_of(entry: Entry) -> str:
    """Return the authors as the list shows them: `Schick et al.`, `Raileanu & Fergus`."""
    authors = entry.paper.authors
    if not authors:
        return ""
    first = family_name(authors[0])
    if len(authors) == 1 and not entry.paper.authors_truncated:
        return first
    if len(authors) == 2 and not entry.paper.authors_truncated:  # noqa: PLR2004 — two are both named
        return f"{first} & {family_name(authors[1])}"
    return f"{first} et al."


def segments(entry: Entry, width: int, settings: Settings, look: Look) -> list[Segment]:
    """Return the pieces of one row."""
    columns = Columns.at(width)
    mark, paper = entry.mark, entry.paper
    status = settings.known_status(mark.status)
    title_style = look.base + look.unread if mark.status == settings.statuses[0].id else look.base
    noted = look.base + look.star if mark.starred or look.unsaved else look.base
    pieces: list[tuple[str, Style]] = [
        (CURSOR if look.cursor else " ", look.base),
        (set_cell_size(status.glyph, 1), look.base),
        (SELECTED, look.base + look.star) if look.selected else (" ", look.base),
        (f"{STAR if mark.starred else ' '}{UNSAVED if look.unsaved else ' '}", noted),
    ]
    if columns.date:
        pieces.append((cut((paper.date or "")[:_DATE], columns.date), look.base + look.dim))
    if columns.authors:
        pieces.append((cut(safe_line(authors_of(entry)), columns.authors - 2) + "  ", look.base + look.dim))
    doubt = f"{UNCERTAIN} " if paper.uncertain else ""
    note = f"{NOTE}{len(mark.notes)} " if mark.notes else ""
    tags = (note + " ".join(safe_line(tag) for tag in mark.tags)).strip() if columns.tags else ""
    room = min(cell_len(tags), columns.tags)
    title = cut(doubt + safe_line(paper.title), columns.title - (room + 2 if room else 0))
    pieces.extend(_marked(title, look, title_style))
    if room:
        pieces.append(("  " + cut(tags, room), look.base + look.dim))
    pieces.append((" ", look.base))
    return list(_joined(pieces))


def _joined(pieces: Iterable[tuple[str, Style]]) -> Iterator[Segment]:
    """Yield pieces as segments, those of one style that follow each other as one: a terminal has less to read."""
    for style, run in groupby((piece for piece in pieces if piece[0]), key=itemgetter(1)):
        yield Segment("".join(text for text, _ in run), style)


def _marked(title: str, look: Look, style: Style) -> Iterator[tuple[str, Style]]:
    """Yield a title in pieces, what is sought in it set off."""
    end = 0
    for begin, after in places(title, look.sought, "title"):
        yield title[end:begin], style
        yield title[begin:after], style + look.hit
        end = after
    yield title[end:], style
