"""The first and the last line of the main screen. Each is empty until something in it is asked for.

A start paints the list before them: every widget that stands in the first picture makes the reader wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from readlist.text import safe_line
from readlist.tui.widgets.row import cut
from readlist.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from readlist.tui.footer import Offer

_SPARE: Final = 16
"""Columns that may stand empty before the number of papers, so that not each other number moves the search line."""

_NARROW: Final = 48
"""Columns from which the program's name stands in the first line."""

_PADDING: Final = 4
"""Cells around the keys and around what is said."""

_RESERVED: Final = 60
"""Columns from which what is said leaves room for the key of all keys."""


_STANDS: Final = 10.0
"""Seconds that what is said can be read: long enough for the key that takes a change back."""


class _Bar(Horizontal):
    """A line whose parts are made and put in when the first of them is asked for: the first paint goes without them."""

    def parts(self) -> Sequence[Widget]:
        """Make the parts."""
        raise NotImplementedError

    def furnish(self) -> None:
        """Put the parts in, if they are not there yet and the app is not about to end."""
        if not self.children and self.is_attached:
            self.mount(*self.parts())


class TopBar(_Bar):
    """The program's name, the search line, and how many papers are listed."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel; }
    #name { width: auto; padding: 0 1; text-style: bold; color: $text-primary; }
    TopBar.-narrow #name { display: none; }
    #search { width: 1fr; background: $panel; padding: 0; }
    #search:focus { background: $boost; }
    #count { width: auto; padding: 0 1; color: $text-muted; }
    """

    _words = ""
    """What is shown of how many papers are listed."""
    _room = 0
    """Cells that it has."""

    def parts(self) -> Sequence[Widget]:
        """Make the name, the search line and the place of the number."""
        name, count = (Static(words, id=part, markup=False) for words, part in (("readlist", "name"), ("", "count")))
        return name, self._search_line, count

    @cached_property
    def _search_line(self) -> SearchLine:
        return SearchLine()

    @property
    def search_line(self) -> SearchLine:
        """Where the query is typed."""
        self.furnish()
        return self._search_line

    def on_resize(self, event: events.Resize) -> None:
        """Leave the room to the query where there is little."""
        self.set_class(event.size.width < _NARROW, "-narrow")

    def show_count(self, words: str) -> None:
        """Show how many papers are listed."""
        self.furnish()
        if words == self._words or not self.children:
            return
        self._words = words
        before, needed = self._room, cell_len(words)
        if not needed <= before <= needed + _SPARE:
            self._room = needed
        # Only another width moves what stands beside it, which costs as much as the list.
        shown = Content(" " * (self._room - needed) + words)
        self.query_one("#count", Static).update(shown, layout=self._room != before)


class BottomBar(_Bar):
    """The keys that matter now, and what was done last."""

    DEFAULT_CSS = """
    BottomBar { height: 1; background: $panel; }
    #keys { width: 1fr; height: 1; padding: 0 1; text-wrap: nowrap; }
    #state { width: auto; height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; }
    """

    def __init__(self, words: str) -> None:
        """Take what is said first."""
        super().__init__()
        self._offers: Sequence[Offer] = ()
        self._said = self._shown = safe_line(words)
        self._going: Timer | None = None

    def parts(self) -> Sequence[Widget]:
        """Make the place of the keys and that of what is said."""
        from readlist.tui.widgets.keys import Keys

        self._go_later()
        return Keys(), Static(Content(self._said), id="state", markup=False)

    @property
    def said(self) -> str:
        """The sentence that is shown, whole."""
        return self._said

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show other keys."""
        self._offers = offers
        self.furnish()
        self._lay_out()

    def on_resize(self) -> None:
        """Show as much as there is room for now."""
        self._lay_out()

    def say(self, words: str, *, lasting: bool = False) -> None:
        """Show a sentence at the end of the line.

        Args:
            words: The sentence; nothing to take away what stands there.
            lasting: Whether it stands until something else is said, and not only until it was read.
        """
        self._said = safe_line(words)
        self.furnish()
        self._lay_out()
        self._go_later(lasting=lasting)

    def _go_later(self, *, lasting: bool = False) -> None:
        """Take away what is said when it was read."""
        if self._going is not None:
            self._going.stop()
        self._going = self.set_timer(_STANDS, partial(self.say, "")) if self._said and not lasting else None

    @property
    def _most(self) -> int:
        """Cells that what is said may take; where there is room, the key of all keys stands beside it."""
        from readlist.tui.widgets.keys import width_of

        width = self.size.width
        kept = sum(width_of(offer) for offer in self._offers if offer.command == "help") if width >= _RESERVED else 0
        return max(0, width - 2 - kept)

    def has_room_for(self, words: str) -> bool:
        """Whether a sentence can be shown whole."""
        return cell_len(safe_line(words)) <= self._most

    def _lay_out(self) -> None:
        """Show what is said, cut at a word if it must be, and as many keys as that leaves room for."""
        width = self.size.width
        if not self.children or not width:
            return
        from readlist.tui.widgets.keys import Keys

        said = cut(self._said, self._most).rstrip()
        if said != self._shown:
            self._shown = said
            self.query_one("#state", Static).update(Content(said))
        self.query_one(Keys).show(self._offers, width - cell_len(said) - _PADDING)
