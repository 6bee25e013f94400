"""What every dialog shares: it stands over a screen, and the last line shows its own keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen, ScreenResultType

from readlist.tui.keyed import Keyed, Labels
from readlist.tui.widgets.bars import BottomBar

if TYPE_CHECKING:
    from readlist.tui.footer import Offer
    from readlist.tui.widgets.keys import Keys


class Dialog(ModalScreen[ScreenResultType], Keyed[ScreenResultType]):
    """A screen that covers a part of another one, and its last line."""

    DEFAULT_CSS = "Dialog > BottomBar { dock: bottom; }"

    KEYS: ClassVar[Labels] = {}
    """The commands that the last line names, and what they are called there."""

    def on_mount(self) -> None:
        """Show the keys in the last line, in the place of those of the screen below; nothing stands over the dialog."""
        self.app.clear_notifications()
        self.mount(BottomBar(""))
        self.show_offers()

    def show_offers(self) -> None:
        """Show the keys as they are now."""
        for bar in self.query(BottomBar):  # there is none in a dialog that is left before it is shown
            bar.offer(self.offered())

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers."""
        return self.offers(self.KEYS)

    def say(self, words: str) -> None:
        """Show a sentence in the last line."""
        for bar in self.query(BottomBar):
            bar.say(words)

    async def on_keys_clicked(self, event: Keys.Clicked) -> None:
        """Do what the key does that was clicked."""
        event.stop()
        await self.take_click(event.offer)
