"""The exports that are kept up to date: shown, stopped, written again."""

from __future__ import annotations

from functools import partial
from typing import Final

from readlist.errors import ReadlistError
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Done, Failed, KeptExports

_MOST: Final = 9
"""How many have a key; the shell lists all."""


class Kept(ListingScreen):
    """Asks what to do with exports that are kept up to date."""

    def action_kept_exports(self) -> None:
        """Find out in a thread which there are."""
        self.run_worker(self._look_at_exports_in_thread, thread=True, group="kept")

    def _look_at_exports_in_thread(self) -> None:
        """Read the list, and the files."""
        from readlist.living import shown

        try:
            self.post_message(KeptExports(tuple(shown(self.library))))
        except ReadlistError as error:
            self.post_message(Failed(error))

    def on_kept_exports(self, event: KeptExports) -> None:
        """Ask which one it is about."""
        from readlist.tui.screens.menu import Choice, Menu

        found = event.exports[:_MOST]
        if not found:
            self.say("no export is kept up to date: readlist export QUERY -o FILE --keep")
            return
        choices = []
        for number, one in enumerate(found, 1):
            told = f"{one.state} · {one.export.query or 'all'}"
            choices.append(Choice(str(number), f"{safe_line(one.export.path)}  ", safe_line(told)))

        def answered(answer: str | None) -> None:
            if answer:
                self._ask_about(found[int(answer) - 1].export.path)

        self.app.push_screen(Menu("Exports that are kept up to date", choices), answered)

    def _ask_about(self, path: str) -> None:
        """Ask what to do with one of them."""
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice("s", "stop", "the file stays as it is"), Choice("w", "write again", "whatever stands in it")]

        def answered(answer: str | None) -> None:
            if answer:
                self.run_worker(partial(self._change_in_thread, path, answer), thread=True, group="kept")

        self.app.push_screen(Menu(safe_line(path), choices), answered)

    def _change_in_thread(self, path: str, what: str) -> None:
        """Stop one, or write it whatever stands in it."""
        from readlist.living import stop, write_anew

        try:
            if what == "s":
                stop(self.library, [path])
                self.post_message(Done(f"{path} is kept up to date no longer"))
                return
            troubles = write_anew(self.library, self.refresher.context(), [path])
        except ReadlistError as error:
            self.post_message(Failed(error))
            return
        self.post_message(Failed(ReadlistError(troubles[0])) if troubles else Done(f"{path} is written"))
