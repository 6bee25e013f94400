"""Authors and affiliations: those of a paper, and all papers of one of them by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import Struct
from rich.cells import cell_len
from textual import events

from readlist.paper import Entry, Paper
from readlist.query import Facet, Query
from readlist.text import safe_line, words
from readlist.tui.keyed import Labels
from readlist.tui.screens.leafing import LAST, LeafingScreen
from readlist.tui.screens.papers import PapersScreen, paper_line
from readlist.tui.widgets.figures import FigureLine, Spot
from readlist.tui.widgets.row import cut

if TYPE_CHECKING:
    from readlist.tui.main.relating import Relating

_NUMBERED: Final = 9
"""Lines that have a key of their own."""

_MOST: Final = 1000
"""Papers that a page shows at the most, the newest; a search lists all."""

_OTHERS: Final = 12
"""Coauthors that are named at the most."""

_HEADINGS: Final = {"author": "Authors", "affil": "Affiliations"}


class Who(Struct, frozen=True):
    """An author or an affiliation."""

    kind: str
    """`author` or `affil`."""
    name: str

    @property
    def query(self) -> Query:
        """What finds the papers."""
        return Query(Facet(self.kind, self.name, 0).tree)

    def is_named(self, name: str) -> bool:
        """Whether a name of a paper is this one, as the search sees it."""
        return f" {' '.join(words(self.name))} " in f" {' '.join(words(name))} "


def people_of(paper: Paper) -> list[Who]:
    """Return the authors and affiliations of a paper that can be looked for, each once."""
    named = [*(Who("author", name) for name in paper.authors), *(Who("affil", name) for name in paper.affiliations)]
    return [who for who in dict.fromkeys(named) if words(who.name)]


class PeopleScreen(LeafingScreen):
    """The authors and affiliations of a paper, with how many papers each has."""

    KEYS: ClassVar[Labels] = {"lists.choose": "or 1–9 show papers", **LAST}
    PLACE = "people"

    def __init__(self, host: Relating, entry: Entry, people: Sequence[Who]) -> None:
        super().__init__(host.settings, f"Authors and affiliations: {entry.paper.title}")
        self._host = host
        self._people = {str(place): who for place, who in enumerate(people, 1)}
        self._counts: Mapping[str, int] = {}

    def find(self) -> Callable[[], None]:
        """Count the papers of each."""
        counts = {place: self._host.library.size(who.query) for place, who in self._people.items()}
        return partial(self._take, counts)

    def _take(self, counts: Mapping[str, int]) -> None:
        """Take over the numbers."""
        self._counts = counts

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return a line for each, under headings."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[FigureLine]:
        digits = max((len(f"{count:,}") for count in self._counts.values()), default=1)
        longest = max((cell_len(safe_line(who.name)) for who in self._people.values()), default=1)
        room = max(1, min(longest, width - digits - len(" 1     papers")))
        for number, (kind, group) in enumerate(groupby(self._people.items(), key=lambda one: one[1].kind)):
            if number:
                yield FigureLine((("", ""),))
            yield FigureLine(((_HEADINGS[kind], "heading"),))
            for place, who in group:
                count = self._counts.get(place, 0)
                key = place if int(place) <= _NUMBERED else ""
                pieces = (
                    (f" {key:>1}  ", "heading"),
                    (cut(safe_line(who.name), room), ""),
                    (f"  {count:>{digits},} paper{'' if count == 1 else 's'}", "dim"),
                )
                yield FigureLine(pieces, (Spot(place, safe_line(who.name)),))

    def chosen(self, spot: Spot) -> None:
        """Show all papers of one."""
        self._host.show_who(self._people[spot.term])

    async def on_key(self, event: events.Key) -> None:
        """Show all papers of the one with a number."""
        if len(event.key) == 1 and event.key in self._people:
            event.stop()
            event.prevent_default()
            self._host.show_who(self._people[event.key])


class WhoScreen(PapersScreen):
    """All papers of an author or an affiliation by year, the newest first."""

    KEYS: ClassVar[Labels] = {
        "lists.choose": "show in list", "author.list_all": "list and search", "papers.star": "star", **LAST
    }  # fmt: skip

    PLACE = "author"

    def __init__(self, host: Relating, who: Who) -> None:
        super().__init__(host, who.name)
        self._who = who
        self._total = 0

    def find(self) -> Callable[[], None]:
        """Look up the papers."""
        library = self.host.library
        rows = library.select(self._who.query)
        return partial(self._take, len(rows), library.entries(rows[:_MOST]))

    def _take(self, total: int, entries: Sequence[Entry]) -> None:
        """Take over what was found."""
        self._total = total
        self.entries = {entry.id: entry for entry in entries}
        papers = f"{total:,} paper{'' if total == 1 else 's'}"
        more = f", the newest {len(entries):,} of them" if len(entries) < total else ""
        self._heading = f"{safe_line(self._who.name)} · {papers}{more}"

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return who is named beside, and then the papers under their years."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[FigureLine]:
        others = self._others()
        if others:
            often = "often " if others[0][1] > 1 else ""
            named = f"{often}with " if self._who.kind == "author" else "most by "
            told = ", ".join(f"{safe_line(name)} ({count:,})" for name, count in others)
            yield FigureLine(((named, "dim"), (cut(told, max(1, width - len(named))).rstrip(), "")))
        for year, group in groupby(self.entries.values(), key=_year):
            papers = list(group)
            if others or papers[0].id != next(iter(self.entries)):
                yield FigureLine((("", ""),))
            yield FigureLine(((year, "heading"), (f"  {len(papers):,}", "dim")))
            for entry in papers:
                yield paper_line(entry, width, self.settings, safe_line(", ".join(entry.paper.authors)))

    def _others(self) -> list[tuple[str, int]]:
        """Return the authors who are named most often on these papers, the author himself aside."""
        authors = Counter(
            name
            for entry in self.entries.values()
            for name in dict.fromkeys(entry.paper.authors)
            if self._who.kind != "author" or not self._who.is_named(name)
        )
        return sorted(authors.items(), key=lambda one: (-one[1], one[0]))[:_OTHERS]

    def action_list_all(self) -> None:
        """List these papers in the main list, where they can be searched further."""
        self.host.list_papers_of(self._who)


def _year(entry: Entry) -> str:
    """Return what a paper's heading says."""
    return (entry.paper.date or "")[:4] or "without a date"
