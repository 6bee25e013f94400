"""Statistics of what is listed, and the way from them to the papers."""

from __future__ import annotations

from functools import partial

from readlist.errors import ReadlistError
from readlist.query import ALL
from readlist.text import safe_line
from readlist.tui.main.browsing import Browsing
from readlist.tui.main.returning import Returning


class Surveying(Browsing, Returning):
    """Shows statistics."""

    def action_statistics(self) -> None:
        """Show figures about the papers that are listed; what is chosen among them narrows the list."""
        self._survey(self.search_line.value)

    def _survey(self, text: str, at: str = "") -> None:
        """Show the statistics of what a query lists, the cursor on a term if need be."""
        from readlist.statistics import statistics
        from readlist.tui.screens.statistics import StatisticsScreen

        try:
            query = self.meaning(text, ALL.order)
        except ReadlistError:
            text, query = "", ALL
        what = safe_line(text.strip()) if text.strip() else "all papers"
        count = partial(statistics, self.library, query, self.settings, self.today)
        self.app.push_screen(StatisticsScreen(self.settings, what, count, partial(self._lead_to, text), at))

    def _lead_to(self, text: str, term: str) -> None:
        """List the papers of a term among those of a query."""
        from readlist.query.adding import with_term

        narrowed = with_term(self.gone_on_from(text), term)
        self.came_here(narrowed, partial(self._back_to_statistics, text, term))
        self.replace_query(narrowed)
        self.to_list()
        if back := self.key_of("back"):
            self.say(f"{back} goes back to the statistics")

    def _back_to_statistics(self, text: str, term: str) -> None:
        """Show the statistics of a query again, the cursor on the term that was chosen there."""
        self.replace_query(text)
        self._survey(text, term)
