"""The choice of colours: the screen below shows each theme as the cursor comes to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from readlist.tui.footer import Offer
from readlist.tui.look import QUIET
from readlist.tui.screens.dialog import Dialog
from readlist.tui.themes import OWN

_ABOUT: Final = {"ansi-dark": "your terminal's", "ansi-light": "yours, on light"}


class ThemeMenu(Dialog[str]):
    """The themes, ours first; what is chosen, or nothing."""

    DEFAULT_CSS = """
    ThemeMenu { align: right middle; background: transparent; }
    ThemeMenu > Vertical {
        width: 48; max-width: 100%; height: auto; max-height: 90%; padding: 0 1;
        background: $surface; border: round $primary;
    }
    ThemeMenu OptionList { height: auto; max-height: 100%; border: none; background: $surface; padding: 0; }
    """
    PLACE = "themes"

    def __init__(self, current: str, known: Collection[str]) -> None:
        """Take the theme that is used, and the names of all."""
        super().__init__()
        own = [theme.name for theme in OWN]
        self._names = [*own, *sorted(name for name in known if name not in own)]
        self._current = current

    def compose(self) -> ComposeResult:
        """Lay out the themes."""
        with Vertical():
            yield Static(Content.assemble(("Theme", "bold")), markup=False)
            yield OptionList(*(Option(self._line(name), id=name) for name in self._names), markup=False)

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers."""
        looking, leaving = (
            self.offers(one) for one in ({"themes.down themes.up": "preview"}, {"themes.leave": "cancel"})
        )
        return [*looking, Offer("enter", "keep", "Keep the theme under the cursor."), *leaving]

    def _line(self, name: str) -> Content:
        """Return what the menu says of a theme."""
        about = _ABOUT.get(name, "") + (" now" if name == self._current else "")
        return Content.assemble((name.ljust(22), ""), (about.strip(), QUIET))

    def on_mount(self) -> None:
        """Begin at the theme that is used."""
        menu = self.query_one(OptionList)
        menu.highlighted = self._names.index(self._current) if self._current in self._names else 0
        self.set_focus(menu)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what it looks like."""
        event.stop()
        if event.option.id:
            self.app.theme = event.option.id

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose it."""
        event.stop()
        self.dismiss(event.option.id or "")

    def action_move(self, by: int) -> None:
        """Go to another theme."""
        menu = self.query_one(OptionList)
        (menu.action_cursor_down if by > 0 else menu.action_cursor_up)()

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss("")
