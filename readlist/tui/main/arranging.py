"""How the screen is laid out: which panes stand where and how wide, and how dense the list is; all this is kept."""

from __future__ import annotations

from typing import Any, Final, Literal

from textual import events
from textual.geometry import Size
from textual.widget import Widget

from readlist.tui.look import SHARED, SHARES, SIDEBARS, TALL, VAST, WIDE
from readlist.tui.main.browsing import Browsing

_STEP: Final = 5
"""Per cent of the room, or columns of the sidebar halved, by which a key moves a border."""

_LEAST: Final = (28, 20, 4)
"""Columns of the list, columns of the details, and rows of either, below which no border is moved."""

Border = Literal["sidebar", "beside", "below"]
"""What can be moved: the border of the sidebar, and that of the details beside or below the list."""


class Arranging(Browsing):
    """Lays the panes out for the room there is, and as the reader wants them."""

    _dragged: Border | None = None
    """The border that the mouse holds."""

    # ------------------------------------------------------------------ room

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the room there is; the one that has the focus can be seen at any size."""
        self.suit(event.size)
        if self.focused is self.details:
            self.add_class("-reading")
        self.suit_sidebar(event.size.width)
        self.give_room()
        if self._furnished:
            self.show_count()

    def suit(self, size: Size) -> None:
        """Put the details beside the list, below it, or in its place: what is not there yet comes there at once."""
        width, height = size
        self.set_class(width >= WIDE, "-beside")
        self.set_class(width >= VAST, "-vast")
        self.set_class(width < SHARED, "-tight")
        self.set_class(width < WIDE and height >= TALL, "-below")
        self.set_class(width < WIDE and height < TALL, "-alone")

    def give_room(self) -> None:
        """Give each pane the room that the reader wants it to have; the sidebar also before it is there."""
        across, down = self.left.list_width, self.left.list_height
        beside, below = self.has_class("-beside"), self.has_class("-below")
        self.papers.styles.width = f"{across}fr" if beside else None
        self.details.styles.width = f"{100 - across}fr" if beside else None
        self.papers.styles.height = f"{down}fr" if below else None
        self.details.styles.height = f"{100 - down}fr" if below else None
        awaited = self.left.sidebar if self.has_class("-awaited") else 0
        self.query_one("#panes").styles.padding = (0, 0, 0, awaited) if awaited else None
        for bar in self.query("Sidebar"):
            wanted = self.left.sidebar and not self.has_class("-tight")
            bar.styles.width = self.left.sidebar if wanted else None

    def show_sidebar(self) -> None:
        """Show the sidebar, as wide as it was left."""
        super().show_sidebar()
        self.give_room()

    # ------------------------------------------------------------------ what the reader wants

    def arrange_as(self, **changes: Any) -> None:  # noqa: ANN401 — fields of `Left`, checked by it
        """Lay the screen out otherwise, and keep that for the next time."""
        self.leave_as(**changes)
        self.give_room()

    def action_density(self) -> None:
        """Draw each paper in two lines, or in one again."""
        comfortable = not self.papers.comfortable
        self.papers.set_comfortable(comfortable=comfortable)
        self.arrange_as(comfortable=comfortable)
        self.say("two lines per paper" if comfortable else "one line per paper")

    def action_wider(self) -> None:
        """Move the border of the pane on, to the right or down."""
        self._shift(1)

    def action_narrower(self) -> None:
        """Move the border of the pane back, to the left or up."""
        self._shift(-1)

    def _shift(self, by: int) -> None:
        """Move the border of the sidebar if that has the focus, else the one between list and details."""
        before = self.left
        if self.in_sidebar() and not self.has_class("-tight"):
            self._move_border("sidebar", (before.sidebar or self.sidebar.outer_size.width) + 2 * by)
        elif self.has_class("-beside"):  # counted from what was asked for: the next frame may not be painted yet
            room = self._room(across=True)
            self._move_border("beside", round(room * before.list_width / 100) + by * max(1, room * _STEP // 100))
        elif self.has_class("-below"):
            room = self._room(across=False)
            self._move_border("below", round(room * before.list_height / 100) + by)
        else:
            self.say("there is only one pane at this size")
            return
        if self.left == before:
            self.say("the border cannot go further")

    def _move_border(self, border: Border, cells: int) -> None:
        """Give the pane before a border so many cells, as far as the other one can spare them."""
        if border == "sidebar":
            widest = min(SIDEBARS[1], self.size.width - _LEAST[0] - (_LEAST[1] if self.has_class("-beside") else 0))
            self.arrange_as(sidebar=max(SIDEBARS[0], min(cells, widest)))
        else:
            across = border == "beside"
            room = self._room(across=across)
            least, spare = (_LEAST[0], _LEAST[1]) if across else (_LEAST[2], _LEAST[2])
            cells = max(least, min(cells, room - spare))
            share = max(SHARES[0], min(round(100 * cells / max(1, room)), SHARES[1]))
            self.arrange_as(**{"list_width" if across else "list_height": share})

    def _room(self, *, across: bool) -> int:
        """Return the columns, or the lines, that the list and the details share."""
        sizes = [pane.outer_size for pane in (self.papers, self.details)]
        return sum(size.width if across else size.height for size in sizes)

    # ------------------------------------------------------------------ the mouse

    def _border_at(self, x: int, y: int) -> Border | None:
        """Return the border at a place of the screen."""
        if self.sidebar_shown and not self.has_class("-tight"):
            region = self.sidebar.region
            if x == region.right - 1 and region.y <= y < region.bottom:
                return "sidebar"
        region = self.details.region
        if self.has_class("-beside") and x == region.x and region.y <= y < region.bottom:
            return "beside"
        if self.has_class("-below") and y == region.y and region.x <= x < region.right:
            return "below"
        return None

    def get_focusable_widget_at(self, x: int, y: int) -> Widget | None:
        """Return what a click there gives the focus to: who takes hold of a border goes on where the keys were."""
        return None if self._border_at(x, y) else super().get_focusable_widget_at(x, y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a border."""
        self._dragged = self._border_at(event.screen_x, event.screen_y) if event.button == 1 else None
        if self._dragged:
            (self.sidebar if self._dragged == "sidebar" else self.details).capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border that the mouse holds."""
        if self._dragged == "sidebar":
            self._move_border("sidebar", event.screen_x - self.sidebar.region.x + 1)
        elif self._dragged == "beside":
            self._move_border("beside", event.screen_x - self.papers.region.x)
        elif self._dragged == "below":
            self._move_border("below", event.screen_y - self.papers.region.y)

    def on_mouse_up(self) -> None:
        """Let go of the border."""
        if self._dragged:
            self._dragged = None
            self.app.capture_mouse(None)

    # ------------------------------------------------------------------ colours

    def action_theme(self) -> None:
        """Choose the colours, each of which is seen before it is chosen."""
        from readlist.tui.screens.themes import ThemeMenu

        before = self.app.theme

        def chosen(name: str | None) -> None:
            self.app.theme = name or before
            if name and name != before:
                self.arrange_as(theme=name)
                self.say(f"theme: {name}")

        self.app.push_screen(ThemeMenu(before, self.app.available_themes), chosen)
