"""Statistics of what is listed, and the way from them to the papers."""

from __future__ import annotations

from functools import partial

from readlist.errors import ReadlistError
from readlist.query import ALL
from readlist.text import safe_line
from readlist.tui.main.browsing import Browsing


class Surveying(Browsing):
    """Shows statistics."""

    def action_statistics(self) -> None:
        """Show figures about the papers that are listed; what is chosen among them narrows the list."""
        from readlist.statistics import statistics
        from readlist.tui.screens.statistics import StatisticsScreen

        text = self.search_line.value
        try:
            query = self.meaning(text, ALL.order)
        except ReadlistError:
            text, query = "", ALL
        what = f"the papers of {safe_line(text.strip())}" if text.strip() else "all papers"
        count = partial(statistics, self.library, query, self.settings, self.today)

        def chosen(term: str | None) -> None:
            from readlist.query.adding import with_term

            if term is not None:
                self.replace_query(with_term(self.gone_on_from(text), term))
                self.to_list()

        self.app.push_screen(StatisticsScreen(what, count), chosen)
