"""The ways from a paper to others: those like it, and those of its people; and back to the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from readlist.errors import NothingToDoError
from readlist.paper import Entry
from readlist.text import safe_line
from readlist.tui.main.browsing import Browsing
from readlist.tui.main.returning import Returning
from readlist.tui.messages import Ingested, NotSaved, Saved

if TYPE_CHECKING:
    from readlist.tui.screens.people import Who


class Relating(Browsing, Returning):
    """Shows papers beside the list. Such screens can lead to one another; each `escape` goes one back."""

    def action_related(self) -> None:
        """Show the papers that are most like the one under the cursor."""
        if self.papers.entry is None:
            self.say("there is no paper to compare with")
        else:
            self.show_related(self.papers.entry)

    def action_people(self) -> None:
        """Ask for one of the authors and affiliations of the paper under the cursor."""
        if self.papers.entry is None:
            self.say("there is no paper to show the authors of")
        else:
            self.show_people(self.papers.entry)

    def show_related(self, entry: Entry) -> None:
        """Show the papers that are most like one."""
        from readlist.tui.screens.related import RelatedScreen

        self.app.push_screen(RelatedScreen(self, entry))

    def show_people(self, entry: Entry) -> None:
        """Ask for one of the authors and affiliations of a paper; show the only one there is at once."""
        from readlist.tui.screens.people import PeopleScreen, people_of

        people = people_of(entry.paper)
        if not people:
            (self.say if self.app.screen is self else self.warn)("the paper names no authors and no affiliations")
        elif len(people) == 1:
            self.show_who(people[0])
        else:
            self.app.push_screen(PeopleScreen(self, entry, people))

    def show_who(self, who: Who) -> None:
        """Show all papers of an author or an affiliation."""
        from readlist.tui.screens.people import WhoScreen

        self.app.push_screen(WhoScreen(self, who))

    # ------------------------------------------------------------------ back to the list

    def go_to(self, entry: Entry) -> None:
        """Put the cursor of the list on a paper; a search that does not list it is left, and remembered."""
        self._come_back()
        place = self.papers.listed.index_of(entry.id)
        if place is not None:
            self.papers.move_to(place)
            return
        if self.search_line.value.strip():
            self.remember(self.search_line.value)
        self._then = entry.id
        self.replace_query("")

    def go_to_and_back(self, entry: Entry) -> None:
        """Put the cursor of the list on a paper; the way back to the one under the cursor is kept."""
        text, view, here = self.search_line.value, self.view, self.papers.entry
        self.go_to(entry)
        after = self.search_line.value
        back = partial(self._back_to, text, view, here.id if here else "")
        self.came_here(after, back, entry.id if after == text else "")
        if after != text and (key := self.key_of("back")):
            self.say(f"{key} goes back to the search")

    def _back_to(self, text: str, view: str | None, paper_id: str) -> None:
        """List again what a query lists, the cursor on the paper that it was on."""
        self.view = view
        place = self.papers.listed.index_of(paper_id) if text == self.search_line.value else None
        if place is not None:
            self.papers.move_to(place)
            return
        self._then = paper_id
        self.replace_query(text)

    def list_papers_of(self, who: Who) -> None:
        """List the papers of an author or an affiliation; the way back to their page is kept."""
        text, view, here = self.search_line.value, self.view, self.papers.entry
        self._come_back()
        self.remember(text)
        self.replace_query(f"{who.query} ")

        def back() -> None:
            self._back_to(text, view, here.id if here else "")
            self.show_who(who)

        self.came_here(self.search_line.value, back)
        if key := self.key_of("back"):
            self.say(f"{key} goes back to the page of {safe_line(who.name)}")

    def _come_back(self) -> None:
        """Close every screen above this one."""
        while self.app.screen is not self:
            self.app.pop_screen()
        self.to_list()

    # ------------------------------------------------------------------ marks made there

    def on_saved(self, event: Saved) -> None:
        """Show in the screens above, too, what is on the disk now."""
        from readlist.tui.screens.papers import PapersScreen

        ids = event.ids if event.step is None else event.step.ids
        told = event.words or "nothing to change" if event.step is None else f"{event.step.description} · saved"
        for screen in self.app.screen_stack:
            if isinstance(screen, PapersScreen):
                screen.renew(frozenset(ids), told)

    def on_ingested(self, event: Ingested) -> None:
        """Leave an ingest that has ended below such a screen out of what is taken back there."""
        from readlist.tui.screens.papers import PapersScreen

        if event.done:
            for screen in self.app.screen_stack:
                if isinstance(screen, PapersScreen):
                    screen.begin_anew()

    def on_not_saved(self, event: NotSaved) -> None:
        """Say in the screen above, too, why a mark was not made."""
        from readlist.tui.screens.papers import PapersScreen

        if isinstance(self.app.screen, PapersScreen):
            untouched = isinstance(event.error, NothingToDoError)
            self.app.screen.tell(self.app.screen.UNTOUCHED if untouched else event.error.message)
