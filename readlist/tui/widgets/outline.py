"""The lines of the sidebar: views, then what the listed papers have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from readlist.query import Facet
from readlist.query.adding import has_term
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.view import NUMBERED, View

SECTIONS: Final = {
    "status": "Status",
    "tag": "Tags",
    "year": "Years",
    "author": "Authors",
    "affil": "Affiliations",
    "cat": "Categories",
    "source": "Sources",
    "has": "Code",
}
"""The kinds of facets with their headings, in order."""

FEW: Final = 6
"""Lines of a section that are shown before it is opened."""


class Line(Struct, frozen=True):
    """A line of the sidebar."""

    label: str
    target: View | Facet | str | None = None
    """What choosing it gives: a view, a facet, the kind of the section that it opens; None for a heading or a gap."""
    count: int | None = None
    """How many papers; None if that is not known."""
    share: float | None = None
    """The length of its bar, from 0 to 1; None for a line without a bar."""
    active: bool = False
    """Whether the list is narrowed by it, or shows it."""

    @property
    def is_heading(self) -> bool:
        """Whether it is the name of a section."""
        return self.target is None and bool(self.label)


def outline(
    views: Sequence[tuple[View, int | None]],
    facets: Iterable[Facet],
    *,
    view: str | None,
    text: str,
    opened: Collection[str],
    settings: Settings,
) -> list[Line]:
    """Return the lines.

    Args:
        views: The views with their numbers of papers.
        facets: What the listed papers have in common.
        view: The name of the view that is shown.
        text: The query.
        opened: The kinds of which every value is shown.
        settings: For the labels of the statuses.
    """
    lines = [Line("Views")]
    for number, (one, count) in enumerate(views, 1):
        key = str(number) if number <= NUMBERED else " "
        lines.append(Line(f"{key} {safe_line(one.name)}", one, count, active=one.name == view))
    by_kind: dict[str, list[Facet]] = {kind: [] for kind in SECTIONS}
    for facet in facets:
        by_kind[facet.kind].append(facet)
    ranks = {status.id: rank for rank, status in enumerate(settings.statuses)}
    by_kind["status"].sort(key=lambda facet: ranks.get(facet.name, len(ranks)))
    for kind, found in by_kind.items():
        if found:
            lines += [Line(""), Line(SECTIONS[kind]), *_section(kind, found, text, opened, settings)]
    return lines


def _section(
    kind: str, found: Sequence[Facet], text: str, opened: Collection[str], settings: Settings
) -> Iterator[Line]:
    """Yield the lines of one kind of facet."""
    shown = found if kind in opened or len(found) <= FEW + 1 else found[:FEW]
    most = max(facet.count for facet in shown)
    for facet in shown:
        share = facet.count / most if kind == "year" else None
        active = facet.tree is not None and has_term(text, str(facet.tree))
        yield Line(label(facet, settings), facet, facet.count, share, active)
    if len(shown) < len(found):
        yield Line(f"… {len(found) - len(shown)} more", kind)


def label(facet: Facet, settings: Settings) -> str:
    """Return how a facet is shown."""
    if facet.kind == "status":
        status = settings.known_status(facet.name)
        return f"{status.glyph} {status.label}"
    return "has code" if facet.kind == "has" else safe_line(facet.name)
