"""The palette: every command by its name, with its key, and why it does not work now."""

from __future__ import annotations

from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from readlist.tui.commands import Command
from readlist.tui.screens.offering import Offering


def palette() -> CommandPalette:
    """Return the screen that finds commands by their names."""
    return CommandPalette(providers=[CommandProvider], placeholder="a command: type a part of its name")


class CommandProvider(Provider):
    """Finds the commands of the registry."""

    @property
    def _commands(self) -> list[tuple[Command, str, str]]:
        """The commands of the main screen, if that is what lies below the palette: each with its name and help."""
        if not isinstance(self.screen, Offering):
            return []
        now = self.screen.now()
        return [(one, _name(one), _help(one.help, one.why_not(now))) for one in self.screen.commands]

    async def discover(self) -> Hits:
        """Yield every command, before anything is typed."""
        for command, name, help_text in self._commands:
            yield DiscoveryHit(name, partial(self._run, command), help=help_text)

    async def search(self, query: str) -> Hits:
        """Yield the commands that fit what was typed."""
        matcher = self.matcher(query)
        for command, name, help_text in self._commands:
            score = max(matcher.match(name), 0.8 * matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(name), partial(self._run, command), help=help_text)

    async def _run(self, command: Command) -> None:
        """Do what the command is for."""
        if isinstance(self.screen, Offering):
            self.screen.told_slowly(command)
            await self.screen.obey(command)


def _name(command: Command) -> str:
    """Return how the palette names a command."""
    keys = f"  ({command.shown_keys})" if command.keys else ""
    return f"{command.label[:1].upper()}{command.label[1:]}{keys}"


def _help(help_text: str, why_not: str) -> str:
    """Return what the palette says of a command."""
    return f"Not now: {why_not}." if why_not else help_text
