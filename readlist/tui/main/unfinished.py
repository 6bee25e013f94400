"""Notes that were being written when an app or its terminal was ended from outside: offered again, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from readlist.errors import ReadlistError
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import DraftsFound

if TYPE_CHECKING:
    from readlist.paper import Entry
    from readlist.store.drafts import Draft
    from readlist.tui.drafting import DraftKeeper

_PATIENCE: Final = 1.0
"""Seconds until it is tried again to ask, when the reader is busy."""

_PREVIEW: Final = 200
"""Characters of the first line that may be shown."""


class Unfinished(ListingScreen):
    """Writes notes, and offers those that were cut off."""

    _waiting: Sequence[Draft] = ()
    """Drafts that the reader is still to be asked about."""
    _to_note: Entry | None = None
    """The paper on which a new note is to be written, while its drafts are offered first."""

    @cached_property
    def _put_off(self) -> set[str]:
        """The papers, by id, whose drafts the reader has put off; nobody holds those drafts."""
        return set()

    def write_new_note(self, entry: Entry) -> None:
        """Open the pane for a new note; a draft on the paper that was put off is offered first."""
        if entry.id not in self._put_off:
            self.write_note(self.library.drafts.new(entry.id, entry.paper.title, None, ""))
            return
        self._put_off.discard(entry.id)
        self.asked.begin("drafts")
        self.run_worker(partial(self._look_for_drafts_in_thread, entry), thread=True, group="drafts")

    def write_note(self, draft: Draft) -> None:
        """Open the pane to write in; what stands in it when it is left becomes a note."""
        from readlist.tui.drafting import DraftKeeper
        from readlist.tui.screens.note import NoteScreen

        keeper = DraftKeeper(self.library, draft)
        self.app.push_screen(NoteScreen(keeper), lambda _: self._take_note(keeper))

    def _take_note(self, keeper: DraftKeeper) -> None:
        """Make a note of what was written; the draft goes when the note is on the disk."""
        if not keeper.needed:
            self.run_worker(keeper.drop, thread=True)
            return
        self.run_worker(keeper.keep_quietly, thread=True)
        self.saver.mark([keeper.draft.paper_id], keeper.change, keeper.drop_if_saved)

    # ------------------------------------------------------------------ what was cut off

    def look_for_drafts(self) -> None:
        """Find out in a thread whether there is any."""
        if not self.library.read_only:
            self.run_worker(self._look_for_drafts_in_thread, thread=True, group="drafts")

    def _look_for_drafts_in_thread(self, about: Entry | None = None) -> None:
        """Find the drafts that nobody writes on, those on one paper if need be; those that are notes are dropped."""
        left: tuple[Draft, ...] = ()
        try:
            found = self.library.drafts.unattended()
            for other in found if about else ():
                if about and other.paper_id != about.id:
                    self.library.drafts.let_go(other.id)
            found = [draft for draft in found if about is None or draft.paper_id == about.id]
            if found:
                from readlist.tui.drafting import DraftKeeper, is_saved

                saved = [draft for draft in found if not draft.text.strip() or is_saved(self.library, draft)]
                for draft in saved:
                    DraftKeeper(self.library, draft).drop()
                left = tuple(draft for draft in found if draft not in saved)
        except ReadlistError as error:
            self.log.warning(error.message)
        if left or about:
            self.post_message(DraftsFound(left, about))

    def on_drafts_found(self, event: DraftsFound) -> None:
        """Ask about each of them."""
        if event.about is not None:
            self.asked.end("drafts")
        if event.about is not None and not event.drafts:
            self.write_new_note(event.about)
            return
        self._to_note = event.about
        self._waiting = [*event.drafts, *self._waiting]
        self._offer_next()

    def _offer_next(self) -> None:
        """Ask about the next draft, when the reader is not typing elsewhere."""
        if not self._waiting:
            return
        if not self.is_current or isinstance(self.focused, Input):
            self.set_timer(_PATIENCE, self._offer_next)
            return
        from readlist.tui.screens.menu import Choice, Menu

        draft, *rest = self._waiting
        self._waiting = rest
        there = self.library.row_of(draft.paper_id) is not None
        lines = draft.text.strip().splitlines()
        count = f", {len(lines)} lines" if len(lines) > 1 else ""
        text = f"written {_local(draft.changed)}{count}\n{safe_line(lines[0])[:_PREVIEW]}"
        drop = Choice("d", "drop it", "for good")
        if there:
            choices = [Choice("e", "go on writing"), Choice("s", "save it", "as a note, as it is"), drop]
            if self._to_note is not None and self._to_note.id == draft.paper_id:
                choices.append(Choice("n", "another note", "and this one later"))
        else:
            text = f"the paper is not in the library any more\n{text}"
            choices = [Choice("c", "copy it"), drop]
        title = f"A note on “{safe_line(draft.title)}” was not finished"
        self.app.push_screen(Menu(title, choices, text, "later"), partial(self._answered, draft))

    def _answered(self, draft: Draft, answer: str | None) -> None:
        """Do what the reader wants with a draft, then ask about the next."""
        from readlist.tui.drafting import DraftKeeper

        about, self._to_note = self._to_note, None
        if answer == "e":
            self.write_note(draft)
        elif answer == "s":
            self._take_note(DraftKeeper(self.library, draft))
        elif answer == "d":
            self._ask_before_dropping(draft)
            return
        elif answer == "c":
            self.run_worker(partial(self._copy_draft_in_thread, draft), thread=True)
        else:
            self.run_worker(partial(self._put_off_in_thread, draft), thread=True)
            if answer == "n" and about is not None:
                self.write_note(self.library.drafts.new(about.id, about.paper.title, None, ""))
        self.call_after_refresh(self._offer_next)

    def _put_off_in_thread(self, draft: Draft) -> None:
        """Let go of a draft; it is offered again at the next start, or before a new note on its paper."""
        self.library.drafts.let_go(draft.id)
        self._put_off.add(draft.paper_id)

    def _ask_before_dropping(self, draft: Draft) -> None:
        """Make sure: the dialog may have come up under hands that were typing, and nothing brings the text back."""
        from readlist.tui.drafting import DraftKeeper
        from readlist.tui.screens.menu import Choice, Menu

        def answered(answer: str | None) -> None:
            if answer == "d":
                self.run_worker(DraftKeeper(self.library, draft).drop, thread=True)
                self.say("the draft is dropped")
            else:
                self._waiting = [draft, *self._waiting]
            self.call_after_refresh(self._offer_next)

        choices = [Choice("d", "drop it", safe_line(draft.text)[:_PREVIEW])]
        self.app.push_screen(Menu("Drop this text for good?", choices, otherwise="keep it"), answered)

    def _copy_draft_in_thread(self, draft: Draft) -> None:
        """Copy the text of a draft, which stays."""
        self.library.drafts.let_go(draft.id)
        self.copy_in_thread("note", draft.text)


def _local(instant: str) -> str:
    """Return an instant as the reader's clock shows it."""
    try:
        return datetime.fromisoformat(instant).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return safe_line(instant)
