"""The lines of a paper in the list: columns aligned by terminal cells, in one line or in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from readlist.names import family_name
from readlist.paper import Entry
from readlist.query import Text
from readlist.query.highlight import places
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.look import CURSOR, CUT, NOTE, PRIORITY, SELECTED, STAR, UNCERTAIN, UNSAVED

_DATE: Final = 7
_SIGNS: Final = 6
"""Cells of cursor, status, selection, star and what is unsaved, and a blank at the end."""

_NARROW: Final = 44
"""Cells from which there is room for a date."""

_WIDTHS: Final = (
    (100, 9, 9, 22, 26),
    (90, 9, 9, 20, 22),
    (76, 9, 9, 15, 14),
    (70, 0, 9, 20, 16),
    (56, 0, 9, 15, 12),
    (_NARROW, 0, 9, 0, 12),
    (0, 0, 0, 0, 0),
)
"""Widths of the list, from the widest, with the cells of status, date, authors and tags that it has from there on."""

_NAMED: Final = 3
"""Authors that a second line names."""


class Paints(Struct, frozen=True):
    """The styles of a row's parts. All but the first are put upon that."""

    base: Style
    dim: Style
    star: Style
    tag: Style
    unread: Style
    hit: Style


class Look(Struct, frozen=True):
    """How a row is drawn."""

    paints: Paints
    sought: tuple[Text, ...]
    """What the query looks for."""
    cursor: bool
    selected: bool
    unsaved: bool
    """Whether the mark is shown as it will be, and is not on the disk."""


class Columns(Struct, frozen=True):
    """How wide each column is at some width of the list, in cells."""

    status: int
    """Room for the word of the status."""
    date: int
    authors: int
    tags: int
    """At most; what a row's tags do not need goes to its title."""
    title: int
    """What is left for title and tags together."""

    @classmethod
    def at(cls, width: int) -> Columns:
        """Return the columns of a list that is so wide."""
        status, date, authors, tags = next(cells for least, *cells in _WIDTHS if width >= least)
        return cls(status, date, authors, tags, max(1, width - _SIGNS - status - date - authors))


def cut(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells, cut at a word with `…` if it is longer."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width < 1:
        return ""
    head = set_cell_size(text, width - 1).rstrip()
    space = head.rfind(" ")
    if text[len(head) : len(head) + 1].strip() and space > len(head) // 2:
        head = head[:space].rstrip(" ,;:–-")
    return set_cell_size(head + CUT, width)


def authors_of(entry: Entry, width: int = 80) -> str:
    """Return the authors as the list shows them: `Schick et al.`, `Raileanu & Fergus`.

    Args:
        entry: The paper.
        width: Cells that there are for it; where they are too few, `…` stands for all authors but the first.
    """
    authors = entry.paper.authors
    if not authors:
        return ""
    first = safe_line(family_name(authors[0]))
    if len(authors) == 1 and not entry.paper.authors_truncated:
        return first
    if len(authors) == 2 and not entry.paper.authors_truncated:  # noqa: PLR2004 — two are both named
        whole = f"{first} & {safe_line(family_name(authors[1]))}"
    else:
        whole = f"{first} et al."
    return whole if cell_len(whole) <= width else f"{first}{CUT}"


def segments(entry: Entry, width: int, settings: Settings, look: Look) -> list[Segment]:
    """Return the pieces of a paper that takes one line."""
    columns = Columns.at(width)
    paints, paper = look.paints, entry.paper
    pieces = [*_signs(entry, settings, look)]
    if columns.status:
        word = settings.known_status(entry.mark.status).label
        pieces.append((cut(word, columns.status - 1) + " ", paints.base + paints.dim))
    if columns.date:
        pieces.append((cut((paper.date or "")[:_DATE], columns.date), paints.base + paints.dim))
    if columns.authors:
        room = columns.authors - 2
        pieces.append((cut(authors_of(entry, room), room) + "  ", paints.base + paints.dim))
    aside = _aside(entry, paints, columns.tags)
    title = cut(_title(entry), columns.title - _gap(aside))
    pieces += [*_marked(title, look, _title_style(entry, settings, paints)), *_set_off(aside, paints)]
    pieces.append((" ", paints.base))
    return list(_joined(pieces))


def upper_segments(entry: Entry, width: int, settings: Settings, look: Look) -> list[Segment]:
    """Return the pieces of the first line of a paper that takes two: its title and its date."""
    paints = look.paints
    date = (entry.paper.date or "")[:_DATE].rjust(_DATE) if width >= _NARROW else ""
    room = max(1, width - _SIGNS - (_DATE + 2 if date else 0))
    pieces = [
        *_signs(entry, settings, look),
        *_marked(cut(_title(entry), room), look, _title_style(entry, settings, paints)),
        (f"  {date}" if date else "", paints.base + paints.dim),
        (" ", paints.base),
    ]
    return list(_joined(pieces))


def lower_segments(entry: Entry, width: int, settings: Settings, look: Look) -> list[Segment]:
    """Return the pieces of the second line: the word of the status, authors, venue; what is told aside at the end."""
    paints, paper = look.paints, entry.paper
    names = [safe_line(family_name(name)) for name in paper.authors[:_NAMED]]
    more = paper.authors_truncated or len(paper.authors) > len(names)
    authors = ", ".join(names) + (" et al." if more and names else "")
    word = settings.known_status(entry.mark.status).label
    said = " · ".join(part for part in (word, authors, safe_line(paper.venue or "")) if part)
    room = max(1, width - _SIGNS)
    aside = _aside(entry, paints, room // 2)
    pieces = [
        ((CURSOR if look.cursor else " ").ljust(_SIGNS - 1), paints.base),
        (cut(said, room - _gap(aside)), paints.base + paints.dim),
        *_set_off(aside, paints),
        (" ", paints.base),
    ]
    return list(_joined(pieces))


Piece = tuple[str, Style]
"""A text and its style."""


def _signs(entry: Entry, settings: Settings, look: Look) -> Iterator[Piece]:
    """Yield what stands before a paper: cursor, status, selection, star, and whether that is saved."""
    paints, mark = look.paints, entry.mark
    noted = paints.base + paints.star
    yield CURSOR if look.cursor else " ", paints.base
    yield set_cell_size(settings.known_status(mark.status).glyph, 1), paints.base
    yield (SELECTED, noted) if look.selected else (" ", paints.base)
    said = f"{STAR if mark.starred else ' '}{UNSAVED if look.unsaved else ' '}"
    yield said, noted if said.strip() else paints.base


def _title(entry: Entry) -> str:
    """Return a title, with a sign before it that may be read wrongly."""
    return (f"{UNCERTAIN} " if entry.paper.uncertain else "") + safe_line(entry.paper.title)


def _title_style(entry: Entry, settings: Settings, paints: Paints) -> Style:
    """Return the style of a title: the first status stands out, the last one steps back."""
    match entry.mark.status:
        case status if status == settings.statuses[0].id:
            return paints.base + paints.unread
        case "dropped":
            return paints.base + paints.dim
        case _:
            return paints.base


def _aside(entry: Entry, paints: Paints, room: int) -> list[Piece]:
    """Return priority, notes and tags, cut to what there is room for."""
    if room < 1:
        return []
    mark = entry.mark
    told = [
        (f"{PRIORITY}{mark.priority}" if mark.priority else "", paints.base + paints.star),
        (f"{NOTE}{len(mark.notes)}" if mark.notes else "", paints.base + paints.dim),
    ]
    told = [piece for piece in told if piece[0]]
    tags = _tags([safe_line(tag) for tag in mark.tags], room - sum(cell_len(text) + 1 for text, _ in told))
    told += [(tags, paints.base + paints.tag)] if tags else []
    return [(f"{text} ", style) for text, style in told[:-1]] + told[-1:]


def _tags(tags: list[str], room: int) -> str:
    """Return tags, as many as there is room for, and how many more there are: `agents +2`."""
    whole = " ".join(tags)
    if cell_len(whole) <= room:
        return whole
    for shown in range(len(tags) - 1, 0, -1):
        fitting = f"{' '.join(tags[:shown])} +{len(tags) - shown}"
        if cell_len(fitting) <= room:
            return fitting
    return cut(whole, room).rstrip()


def _gap(aside: list[Piece]) -> int:
    """Return the cells that priority, notes and tags take, with what stands before them."""
    return sum(cell_len(text) for text, _ in aside) + 2 if aside else 0


def _set_off(aside: list[Piece], paints: Paints) -> Iterator[Piece]:
    """Yield priority, notes and tags at some distance."""
    if aside:
        yield "  ", paints.base
        yield from aside


def _joined(pieces: Iterable[Piece]) -> Iterator[Segment]:
    """Yield pieces as segments, those of one style that follow each other as one: a terminal has less to read."""
    for style, run in groupby((piece for piece in pieces if piece[0]), key=itemgetter(1)):
        yield Segment("".join(text for text, _ in run), style)


def _marked(title: str, look: Look, style: Style) -> Iterator[Piece]:
    """Yield a title in pieces, what is sought in it set off."""
    end = 0
    for begin, after in places(title, look.sought, "title"):
        yield title[end:begin], style
        yield title[begin:after], style + look.paints.hit
        end = after
    yield title[end:], style
