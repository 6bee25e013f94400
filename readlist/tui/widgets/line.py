"""A line that is typed in: it shows where its text goes on beyond an edge."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from readlist.tui.look import CUT


class Line(Input):
    """A line whose text may be longer than it: `…` stands at an edge that hides some; when it is left, it begins."""

    def render_line(self, y: int) -> Strip:
        """Return the line, with a sign at each edge that hides text; never upon the cursor."""
        strip = super().render_line(y)
        room = self.scrollable_content_region.width
        if y or not self.value or room < 3:  # noqa: PLR2004 — two signs and something between them
            return strip
        start = int(self.scroll_offset.x)
        cursor = self._column - start if self.has_focus else None
        sign = Strip([Segment(CUT, self.rich_style)])
        if start and cursor != 0:
            strip = Strip.join([sign, strip.crop(1)])
        if cell_len(self.value) - start > room and cursor != room - 1:
            strip = Strip.join([strip.crop(0, room - 1), sign, strip.crop(room)])
        return strip

    @property
    def _column(self) -> int:
        """The cells of the text before the cursor."""
        return cell_len(self.value[: self.cursor_position])

    def watch_selection(self) -> None:
        """Show the beginning of a text that is put in while nobody types."""
        if not self.has_focus:
            self._begin()

    def on_blur(self) -> None:
        """Show the beginning again."""
        self._begin()

    def on_focus(self) -> None:
        """Show where the cursor stands."""
        self.scroll_to_region(Region(self._column, 0, 1, 1), force=True, animate=False)

    def _begin(self) -> None:
        """Show the beginning."""
        self.scroll_to(x=0, force=True, animate=False, immediate=True)
