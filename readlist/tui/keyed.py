"""What every screen with keys shares: a key asks for the command that has it, whatever key that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.screen import Screen, ScreenResultType

from readlist.tui.commands import Command
from readlist.tui.keymap import Keymap
from readlist.tui.keynames import is_pressed_for_itself, key_shown_as, shown_key
from readlist.tui.places import reaching

if TYPE_CHECKING:
    from readlist.tui.footer import Offer

Labels = Mapping[str, str]
"""Names of commands, and what the last line calls them there."""


@runtime_checkable
class HasKeys(Protocol):
    """The app, which knows the keys as the reader has them."""

    keymap: Keymap


class Keyed(Screen[ScreenResultType]):
    """A screen whose keys are commands of the registry."""

    PLACE: ClassVar = ""
    """The place of its commands: a name of `readlist.tui.places`."""

    @property
    def keymap(self) -> Keymap:
        """All commands with their keys."""
        return self._app_with_keys.keymap

    @keymap.setter
    def keymap(self, keymap: Keymap) -> None:
        self._app_with_keys.keymap = keymap

    @property
    def _app_with_keys(self) -> HasKeys:
        app: object = self.app
        assert isinstance(app, HasKeys)
        return app

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose keys work now, the first before the others."""
        return reaching(self.PLACE)

    def command_of(self, key: str) -> Command | None:
        """Return the command that a key asks for here."""
        return self.keymap.asked_for(key, self.places)

    async def on_key(self, event: events.Key) -> None:
        """Do what a key asks for."""
        command = self.command_of(event.key)
        if command is not None:
            event.stop()
            event.prevent_default()
            await self.obey(command)

    def said_of(self, key: str) -> str:
        """Return that a key asks for nothing here; nothing where it does, or where nobody waits for an answer."""
        asks = self.command_of(key) is not None or key in self.active_bindings
        return "" if asks or not is_pressed_for_itself(key) else f"{shown_key(key)} does nothing here"

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does whose name is clicked."""
        from readlist.tui.widgets.pointing import asked_for

        command = self.keymap.get(asked_for(event.style.meta))
        if command is not None:
            event.stop()
            await self.obey(command)

    async def take_click(self, offer: Offer) -> None:
        """Do what a key of the last line does; one that is no command's is pressed."""
        command = self.keymap.get(offer.command)
        if command is not None:
            await self.obey(command)
        else:
            # What tells of the click must have come to rest: a key is handed to a screen that is done.
            self.app.call_later(self.app.simulate_key, key_shown_as(offer.key))

    async def obey(self, command: Command) -> None:
        """Do what a command is for."""
        await self.run_action(command.action)

    # ------------------------------------------------------------------ saying which keys there are

    def command_here(self, name: str) -> Command:
        """Return a command with the keys that it has on this screen; one of another place with all that it has."""
        command = self.keymap.named(name)
        return self.keymap.here(command, self.places) if command.place in self.places else command

    def key_of(self, name: str) -> str:
        """Return the first key of a command as people write it; nothing when it has none."""
        return self.command_here(name).shown_key

    def told(self, name: str, does: str) -> str:
        """Return what the key of a command does, as words: `u brings it back`; nothing when it has no key.

        The key is the one that it has in its own place: the words may be read after something else had the focus.
        """
        key = self.keymap.named(name).shown_key
        return f"{key} {does}" if key else ""

    def offers(self, labels: Labels) -> list[Offer]:
        """Return commands as the last line offers them, those that have keys.

        Args:
            labels: Commands with what they are called; where keys stand together, several names with blanks between.
        """
        from readlist.tui.footer import offer_of

        named = ((map(self.command_here, names.split()), label) for names, label in labels.items())
        with_keys = (([one for one in commands if one.keys], label) for commands, label in named)
        return [offer_of(*commands, label=label) for commands, label in with_keys if commands]

    def show_offers(self) -> None:
        """Show the keys as they are now; they are others than before."""

    def action_help(self) -> None:
        """Show every key, those of this screen first."""
        from readlist.tui.screens.help import show_keys

        show_keys(self.app, self.places)
