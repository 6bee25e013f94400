"""The palette: every command by its name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from readlist.tui.commands import Command
from readlist.tui.screens.main import MainScreen


class CommandProvider(Provider):
    """Finds the commands of the registry."""

    @property
    def _commands(self) -> list[Command]:
        """The commands of the main screen, if that is what lies below the palette."""
        return list(self.screen.commands) if isinstance(self.screen, MainScreen) else []

    def _text(self, command: Command) -> str:
        """Return how the palette names a command."""
        keys = f"  ({command.shown_keys})" if command.keys else ""
        return f"{command.label[:1].upper()}{command.label[1:]}{keys}"

    async def discover(self) -> Hits:
        """Yield every command, before anything is typed."""
        for command in self._commands:
            yield DiscoveryHit(self._text(command), partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Yield the commands that fit what was typed."""
        matcher = self.matcher(query)
        for command in self._commands:
            score = max(matcher.match(self._text(command)), 0.8 * matcher.match(command.help))
            if score > 0:
                text = matcher.highlight(self._text(command))
                yield Hit(score, text, partial(self._run, command), help=command.help)

    async def _run(self, command: Command) -> None:
        """Do what the command is for."""
        await self.screen.run_action(command.id)
