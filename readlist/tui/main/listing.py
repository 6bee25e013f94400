"""What the parts of the main screen share: the library, the list, and the papers that a key is about."""

from __future__ import annotations

from datetime import date as Date
from functools import cached_property
from typing import TYPE_CHECKING

from readlist.library import Library
from readlist.settings import Settings
from readlist.tui.asked import Asked
from readlist.tui.keyed import Keyed
from readlist.tui.messages import Copied
from readlist.tui.refreshing import Refresher
from readlist.tui.saver import Saver
from readlist.tui.widgets.bars import BottomBar, TopBar
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from readlist.clipboard import Clipboard


class ListingScreen(Keyed[None]):
    """A screen with a list of papers and the details of one."""

    library: Library
    settings: Settings
    today: Date
    saver: Saver
    refresher: Refresher
    asked: Asked
    """What keys have to wait for: searches, and whatever else they are about, that have no answer yet."""
    _warned = ""
    """What was shown last of what went wrong."""

    @property
    def papers(self) -> PaperList:
        """The list."""
        return self.query_one(PaperList)

    @property
    def details(self) -> Details:
        """The details."""
        return self.query_one(Details)

    @property
    def search_line(self) -> SearchLine:
        """Where the query is typed."""
        return self.query_one(TopBar).search_line

    def to_list(self, *, stay: bool = True) -> None:
        """Go to the list, which comes back if the details stand in its place.

        Args:
            stay: Whether the cursor stays on the paper that the reader sees it on; else it goes back to where it was
                put before the search, as soon as that is listed again.
        """
        if stay:
            self.papers.stay()
        self.remove_class("-reading")
        self.set_focus(self.papers)

    @cached_property
    def _clipboard(self) -> Clipboard:
        """What copies."""
        from readlist.clipboard import Clipboard

        return Clipboard(self.library.folder)

    def copy_in_thread(self, what: str, text: str) -> None:
        """Copy a text, which may take seconds, and tell the screen; the screen then asks the terminal.

        Args:
            what: What it is, for the reader.
            text: The text.
        """
        self.post_message(Copied(what, text, self._clipboard.copy(text, ask=lambda _: True)))

    def is_fixed(self, key: str) -> bool:  # noqa: ARG002 — for screens that have such keys
        """Whether a key stands on the screen for something, whatever command has it elsewhere."""
        return False

    def targets(self) -> list[str]:
        """Return the ids of the papers that a key is about: the selected ones, else the one under the cursor."""
        self.papers.stay()
        if selected := self.papers.listed.selected:
            return sorted(selected)
        entry = self.papers.entry
        return [entry.id] if entry else []

    def tell_trouble(self, words: str) -> None:
        """Show a line under the search; without words, why the library cannot be changed, or no line."""
        raise NotImplementedError

    def show_count(self) -> None:
        """Show how many papers there are, and how many of them are selected."""
        raise NotImplementedError

    def say(self, words: str, *, lasting: bool = False) -> None:
        """Show a sentence in the last line.

        Args:
            words: The sentence.
            lasting: Whether it stands until something else is said, since it goes on; else it goes when it was read.
        """
        raise NotImplementedError

    def tell_failure(self, message: str, hint: str = "") -> None:
        """Tell what could not be done, once: in the last line, or above it what has no room there."""
        has_room_for = self.query_one(BottomBar).has_room_for
        whole = f"{message}. {hint}" if hint else message
        if has_room_for(whole):
            self.say(whole)
        elif hint and has_room_for(message):
            self.say(message)
            self.warn(hint)
        else:
            self.say("")
            self.warn(whole)

    def warn(self, words: str) -> None:
        """Show what went wrong above the last line, for longer; the same words stand there only once."""
        if words == self._warned:
            self.app.clear_notifications()
        self._warned = words
        self.notify(words, severity="warning", timeout=8, markup=False)
