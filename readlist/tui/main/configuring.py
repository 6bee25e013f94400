"""Changing settings and keys in the app: what is changed holds at once, and is written to the settings file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readlist.errors import ReadlistError, SettingsError
from readlist.settings import Origin
from readlist.tui.commands import Command
from readlist.tui.keyed import Keyed
from readlist.tui.keymap import configured, usual_keys
from readlist.tui.keynames import named, shown_key
from readlist.tui.main.offering import Offering
from readlist.tui.messages import Done, Failed

if TYPE_CHECKING:
    from pathlib import Path

    from readlist.settings import Settings
    from readlist.settings.writing import Value
    from readlist.tui.keymap import Keys


class Configuring(Offering):
    """Changes settings, and keys."""

    @cached_property
    def _file(self) -> Lock:
        """Held by whoever writes the settings file."""
        return Lock()

    def action_settings(self) -> None:
        """Show the settings, and change them."""
        from readlist.tui.screens.preferences import Preferences

        self.app.push_screen(Preferences(self))

    def take_settings(self, settings: Settings, changes: Mapping[str, Value | None], words: str) -> None:
        """Follow other settings, and write what is changed to the file.

        Args:
            settings: All of them.
            changes: Those that are changed, as the file has them; None for what is to be taken out of it.
            words: What was done, as a sentence.

        Raises:
            SettingsError: They cannot be followed: one key would stand for two commands, or there is no such key.
        """
        self.keymap = configured(replace(settings, origin=Origin()))  # what is wrong is told, and stands in no file yet
        self.settings = settings
        for screen in self.app.screen_stack:
            if isinstance(screen, Keyed):
                screen.show_offers()
        path = settings.origin.path
        if path is None:
            self.say(f"{words}, until you leave: there is no settings file")
        else:
            self.run_worker(partial(self._write_in_thread, path, changes, words), thread=True, group="settings")

    def _write_in_thread(self, path: Path, changes: Mapping[str, Value | None], words: str) -> None:
        """Write the file; one that cannot be written or understood stays as it is, and the change holds anyhow."""
        from readlist.settings.writing import change

        try:
            with self._file:
                change(path, changes)
        except ReadlistError as error:
            self.post_message(Failed(SettingsError(f"{words}, until you leave only: {error.message}", error.hint)))
        else:
            self.post_message(Done(f"{words} · saved in {path.name}"))

    # ------------------------------------------------------------------ keys

    def ask_for_key(self, command: Command, tell: Callable[[str], None]) -> None:
        """Ask for another key of a command; if it is another command's, ask what becomes of that.

        Args:
            command: The command as it is now.
            tell: Called with what was done, or why it was not.
        """
        from readlist.tui.screens.key_dialog import NO_KEY, USUAL, KeyDialog

        def pressed(key: str | None) -> None:
            if key is None:
                return
            if key == USUAL:
                self._take_keys(usual_keys(self.settings, [command.id]), tell)
            elif key == NO_KEY:
                self._take_keys({command.id: ()}, tell)
            elif key in command.keys:
                tell(f"{shown_key(key)} is the key of “{command.label}” already.")
            else:
                self._give_key(command, key, tell)

        self.app.push_screen(KeyDialog(command.label, command.shown_keys), pressed)

    def _give_key(self, command: Command, key: str, tell: Callable[[str], None]) -> None:
        """Give a key to a command in place of its first one."""
        keys = (key, *command.keys[1:])
        owners = self.keymap.rivals(command, key)
        if not owners:
            self._take_keys({command.id: keys}, tell)
            return
        from readlist.tui.screens.menu import Choice, Menu

        left = {owner.id: tuple(one for one in owner.keys if one != key) for owner in owners}
        owner, has = owners[0], " ".join(map(shown_key, left[owners[0].id])) or "no key"
        taken = f"“{owner.label}” has {has} then" if len(owners) == 1 else "they lose it"
        swap = Choice("s", "swap", f"“{owner.label}” gets {command.shown_key}")
        choices = [*([swap] if command.keys and len(owners) == 1 else []), Choice("t", "take it", taken)]

        def answered(answer: str | None) -> None:
            if answer == "s":
                self._take_keys({command.id: keys, owner.id: (*command.keys[:1], *left[owner.id])}, tell)
            elif answer:
                self._take_keys({command.id: keys, **left}, tell)

        named_owners = " and ".join(f"“{one.label}”" for one in owners)
        title = f"{shown_key(key)} is the key of {named_owners}"
        self.app.push_screen(Menu(title, choices, otherwise="cancel"), answered)

    def _take_keys(self, changed: Keys, tell: Callable[[str], None]) -> None:
        """Give these keys to these commands, and no others."""
        usual = usual_keys(self.settings, changed)
        keys = {**self.settings.keys, **changed}
        keys = {name: held for name, held in keys.items() if name not in usual or held != usual[name]}
        changes = {f"keys.{name}": _written(keys[name]) if name in keys else None for name in changed}
        told = [(self.keymap.named(name).label, " ".join(map(shown_key, held))) for name, held in changed.items()]
        words = ", ".join(f"{label}: {keys_now or 'no key'}" for label, keys_now in told)
        try:
            self.take_settings(replace(self.settings, keys=keys), changes, words)
        except SettingsError as error:
            tell(f"{error.message}. {error.hint}".strip())
        else:
            tell(words)


def _written(keys: tuple[str, ...]) -> Value:
    """Return keys as the settings file has them."""
    words = [shown if named(shown := shown_key(key)) == key else key for key in keys]
    return words[0] if len(words) == 1 else words
