"""Marks that cannot be read: the reader is told, and offered what can be put in their place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from readlist.errors import ReadlistError
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Damaged, Failed, Mended

if TYPE_CHECKING:
    from readlist.store.backups import Backup

_MOST: Final = 9
"""How many backups have a key."""

_PATIENCE: Final = 1.0
"""Seconds until it is tried again to ask, when another dialog is open."""


class Mending(ListingScreen):
    """Offers backups of the marks."""

    def look_for_damage(self) -> None:
        """Read the marks whole in a thread, which a change needs anyhow, and find out whether that can be done."""
        self.run_worker(self._look_for_damage_in_thread, thread=True, group="damage")

    def _look_for_damage_in_thread(self) -> None:
        """Ask the library."""
        try:
            self.library.warm_up()
        except ReadlistError as error:
            self.log.warning(error.message)  # the first change tells
        if self.library.damage:
            self.post_message(Damaged(tuple(self.library.backups())))

    def on_damaged(self, event: Damaged) -> None:
        """Ask what to put in the place of the marks."""
        self.tell_trouble("")
        if not self.is_current:
            self.set_timer(_PATIENCE, partial(self.post_message, event))
            return
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice(str(one.number), f"{_minute(one.made)}  ", _contents(one)) for one in event.backups[:_MOST]]
        if not choices:
            choices = [Choice("0", "put together", "what the catalogue and the history remember")]
        question = "Your marks cannot be read. Put a backup in their place?"
        text = f"{safe_line(self.library.damage or '')}. The file stays as it is, beside the new one."
        self.app.push_screen(Menu(question, choices, text, "leave it; nothing can be changed"), self._restore)

    def _restore(self, answer: str | None) -> None:
        """Put a backup in the place of the marks."""
        if answer:
            self.run_worker(partial(self._restore_in_thread, int(answer)), thread=True, group="damage")

    def _restore_in_thread(self, number: int) -> None:
        """Restore, and say what came of it."""
        try:
            done = self.library.restore(number)
        except ReadlistError as error:
            self.post_message(Failed(error))
            return
        steps = "1 later change" if done.steps == 1 else f"{done.steps:,} later changes"
        self.post_message(Mended(f"restored: marks of {done.papers:,} papers, {steps} made again"))

    def on_mended(self, event: Mended) -> None:
        """Show the marks as they are now."""
        self.papers.forget()
        self.tell_trouble("")
        self.say(event.words)


def _contents(backup: Backup) -> str:
    """Return what a backup brings back, as words."""
    papers = "1 paper" if backup.papers == 1 else f"{backup.papers:,} papers"
    later = "1 later change" if backup.later_steps == 1 else f"{backup.later_steps:,} later changes"
    return f"{papers}, and {later} from the history"


def _minute(instant: str) -> str:
    """Return an instant to the minute, UTC."""
    return instant[:16].replace("T", " ")
