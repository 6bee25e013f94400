"""Keys and the commands that they ask for; what works now, and why not; quicker ways told."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from textual import events
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from readlist.errors import ReadlistError
from readlist.tui.commands import Command
from readlist.tui.keynames import types
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import ChangedElsewhere, Ingested, NotSaved, Retraceable, Saved
from readlist.tui.widgets.bars import BottomBar
from readlist.tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from readlist.tui.circumstances import Now, Pane
    from readlist.tui.hints import Hints
    from readlist.tui.keymap import Keymap
    from readlist.tui.widgets.keys import Keys

_ASKED_ANYHOW: Final = frozenset({"undo", "redo", "save_again"})
"""Commands that say themselves when there is nothing to do: what came before them may still wait for its turn."""


_PAUSE: Final = 1.2
"""Seconds until a quicker way is told, so that what was done can be read first."""


class Offering(ListingScreen):
    """Hands keys to commands, and shows which of them work."""

    _offered: tuple[Keymap, Now] | None = None
    """What the last line was made of."""
    _retraceable = (True, True)
    """Whether there is a step to undo, and one to redo, as far as that is known."""

    @cached_property
    def _hints(self) -> Hints:
        """What counts slow ways."""
        from readlist.tui.hints import Hints

        return Hints()

    # ------------------------------------------------------------------ keys

    def command_of(self, key: str) -> Command | None:
        """Return the command that a key asks for, unless the line that is being typed in has a use for it."""
        command = super().command_of(key)
        if isinstance(self.focused, Input) and command in self.keymap.of() and key in _keys_of(type(self.focused)):
            return None
        return command

    async def on_key(self, event: events.Key) -> None:
        """Count a slow way; what the key asks for is done all the same. A key that asks for nothing is told."""
        if self.is_fixed(event.key):
            return
        command = self.command_of(event.key)
        if command is None:
            said = self.said_of(event.key)
            if said and not (isinstance(self.focused, Input) and types(event.key)):
                self.say(said)
        else:
            selected = bool(self.papers.listed.chosen)
            self._hint(self._hints.pressed(command, self.keymap.named("select"), selected=selected))

    async def obey(self, command: Command) -> None:
        """Do what a command is for, or say why that cannot be done now."""
        reason = command.why_not(self.now())
        if reason and command.id not in _ASKED_ANYHOW:
            self.tell_failure(reason)
        else:
            await super().obey(command)

    # ------------------------------------------------------------------ what works

    def now(self) -> Now:
        """Return what commands need to know."""
        from readlist.tui.circumstances import Now

        listed = self.papers.listed
        undoable, redoable = self._retraceable
        return Now(
            pane=self._pane(),
            papers=bool(self.papers.rows) or bool(self.library.count()),
            listed=bool(self.papers.rows),
            selected=len(listed.chosen) - len(listed.hidden),
            read_only=self.library.read_only or "",
            undoable=undoable,
            redoable=redoable,
            unsaved=bool(self.saver.unsaved),
        )

    def _pane(self) -> Pane:
        """Return what has the focus."""
        focused = self.focused
        if isinstance(focused, Input):
            return "search"
        name = focused.id if focused is not None else None
        return "details" if name == "details" else "sidebar" if name == "sidebar" else "list"

    def show_offers(self) -> None:
        """Show the keys as they are now."""
        self.offer()

    def offer(self) -> None:
        """Show the keys that matter now, if these are others than before."""
        from readlist.tui.footer import offers

        if self._offered is None:
            self._ask_what_can_be_undone()
        now = self.now()
        made_of = (self.keymap, now)
        if made_of != self._offered:
            self._offered = made_of
            self.query_one(BottomBar).offer(offers(self.keymap, now))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002 — Textual's signature
        """Offer what matters in another pane."""
        self._offer_again()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:  # noqa: ARG002 — Textual's signature
        """Offer what matters in another pane."""
        self._offer_again()

    def on_paper_list_moved(self, event: PaperList.Moved) -> None:  # noqa: ARG002 — Textual's signature
        """Offer what matters to another paper, or to none."""
        self._offer_again()

    def _offer_again(self) -> None:
        """Show the keys that matter now, once the first of them were shown."""
        if self._offered is not None:
            self.offer()

    async def on_keys_clicked(self, event: Keys.Clicked) -> None:
        """Do what the key does that was clicked."""
        self.clicked(event.offer.command)
        await self.take_click(event.offer)

    # ------------------------------------------------------------------ undo and redo

    def on_saved(self, event: Saved) -> None:  # noqa: ARG002 — Textual's signature
        """Find out what can be undone now."""
        self._ask_what_can_be_undone()

    def on_not_saved(self, event: NotSaved) -> None:  # noqa: ARG002 — Textual's signature
        """Show that there is something to save again."""
        self._offer_again()

    def on_ingested(self, event: Ingested) -> None:  # noqa: ARG002 — Textual's signature
        """Find out what can be undone now."""
        self._ask_what_can_be_undone()

    def on_changed_elsewhere(self, event: ChangedElsewhere) -> None:  # noqa: ARG002 — Textual's signature
        """Find out what can be undone now."""
        self._ask_what_can_be_undone()

    def _ask_what_can_be_undone(self) -> None:
        """Ask the library in a thread."""
        self.run_worker(self._ask_in_thread, thread=True, exclusive=True, group="retraceable")

    def _ask_in_thread(self) -> None:
        """Ask the library."""
        try:
            self.post_message(Retraceable(*self.library.retraceable()))
        except ReadlistError as error:
            self.log.warning(error.message)

    def on_retraceable(self, event: Retraceable) -> None:
        """Show whether there is something to undo, and to redo."""
        self._retraceable = (event.undo, event.redo)
        self._offer_again()

    # ------------------------------------------------------------------ quicker ways

    def told_slowly(self, command: Command) -> None:
        """Count a command that was looked up by its name although it has a key."""
        if command.keys:
            key = command.shown_keys.split()[0]
            self._hint(self._hints.took(f"palette {command.id}", f"{key} does that too: {command.label}"))

    def clicked(self, command_id: str) -> None:
        """Count a click on something that a key does."""
        command = self.keymap.get(command_id)
        if command is not None and command.keys:
            keys = " or ".join(command.shown_keys.split()[:2])
            self._hint(self._hints.took(f"click {command_id}", f"without the mouse: {keys} ({command.label})"))

    def on_paper_list_opened(self, event: PaperList.Opened) -> None:  # noqa: ARG002 — Textual's signature
        """Count a double click on a paper."""
        self.clicked("details")

    def _hint(self, sentence: str) -> None:
        """Tell a quicker way when what was done has been told, and nothing is wrong."""
        if sentence and self.settings.hints:
            self.set_timer(_PAUSE, lambda: None if self.saver.unsaved else self.say(sentence))

    # ------------------------------------------------------------------ every command

    def action_palette(self) -> None:
        """Find a command by its name."""
        from readlist.tui.palette import Palette

        self.app.push_screen(Palette(self), self._obey_by_name)

    async def _obey_by_name(self, name: str | None) -> None:
        """Do what a command is for that was looked up."""
        command = self.keymap.get(name)
        if command is not None:
            self.told_slowly(command)
            await self.obey(command)


@cache
def _keys_of(kind: type[Widget]) -> frozenset[str]:
    """Return the keys that a kind of line has a use for, those of a character aside."""
    found: set[str] = set()
    for one in kind.__mro__:
        for binding in one.__dict__.get("BINDINGS", ()) if issubclass(one, Input) else ():
            keys = binding.key if isinstance(binding, Binding) else binding[0]
            found.update(key.strip() for key in keys.split(","))
    return frozenset(found)
