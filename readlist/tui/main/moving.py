"""The keys that move, and the mouse."""

from __future__ import annotations

from textual.widgets import Input

from readlist.tui.main.arranging import Arranging
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.paper_list import PaperList


class Moving(Arranging):
    """Moves the cursor, the sidebar, the details and the focus."""

    def _in_details(self) -> bool:
        """Whether the keys that move are meant for the details."""
        return self.focused is self.details

    def _move(self, rows: int) -> None:
        """Move the cursor of the list or of the sidebar, or scroll the details: whichever has the focus."""
        if self.in_sidebar():
            self.sidebar.move(rows)
        elif self._in_details():
            self.details.scroll_relative(y=rows, animate=False)
        else:
            self.papers.move(rows)

    def action_cursor_down(self) -> None:
        """Move to the next paper."""
        self._move(1)

    def action_cursor_up(self) -> None:
        """Move to the paper before."""
        self._move(-1)

    def action_half_down(self) -> None:
        """Move half a page down."""
        self._move(max(1, self.papers.page_height // 2))

    def action_half_up(self) -> None:
        """Move half a page up."""
        self._move(-max(1, self.papers.page_height // 2))

    def action_page_down(self) -> None:
        """Move a page down."""
        self._move(self.papers.page_height)

    def action_page_up(self) -> None:
        """Move a page up."""
        self._move(-self.papers.page_height)

    def action_cursor_first(self) -> None:
        """Move to the first paper or line, or to the top of the details."""
        if self.in_sidebar():
            self.sidebar.move_to_end(first=True)
        elif self._in_details():
            self.details.scroll_home(animate=False)
        else:
            self.papers.move_to(0)

    def action_cursor_last(self) -> None:
        """Move to the last paper or line, or to the end of the details."""
        if self.in_sidebar():
            self.sidebar.move_to_end(first=False)
        elif self._in_details():
            self.details.scroll_end(animate=False)
        else:
            self.papers.move_to(len(self.papers.rows) - 1)

    def action_details_down(self) -> None:
        """Scroll the details down."""
        self.details.scroll_relative(y=3, animate=False)

    def action_details_up(self) -> None:
        """Scroll the details up."""
        self.details.scroll_relative(y=-3, animate=False)

    def action_details(self) -> None:
        """Go to the details, in place of the list where there is no room for both; in the sidebar, choose."""
        if self.in_sidebar():
            self.sidebar.choose()
        elif self.papers.entry is not None:
            self.add_class("-reading")
            self.set_focus(self.details)

    def action_next_pane(self) -> None:
        """Go to the next pane: from the list to the details, from there to the sidebar if it is shown."""
        if self._in_details() and self.sidebar_shown:
            self.remove_class("-reading")
            self.set_focus(self.sidebar)
        elif self.in_sidebar():
            self.leave_sidebar()
        elif self._in_details() or isinstance(self.focused, Input):
            self.to_list()
        else:
            self.action_details()

    def on_paper_list_opened(self, event: PaperList.Opened) -> None:
        """Open the paper that was clicked twice."""
        event.stop()
        self.action_details()

    def on_details_sought(self, event: Details.Sought) -> None:
        """List the papers of the author, affiliation or tag that was clicked."""
        event.stop()
        self.replace_query(f"{event.term} ")
