"""The editor of one note."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from readlist.errors import ReadlistError
from readlist.text import safe_line
from readlist.tui.footer import Offer
from readlist.tui.look import QUIET
from readlist.tui.messages import DraftKept
from readlist.tui.screens.dialog import Dialog
from readlist.tui.widgets.area import Area

if TYPE_CHECKING:
    from readlist.tui.drafting import DraftKeeper

_PAUSE: Final = 0.3
"""Seconds from a key to the writing of the draft; the keys in between are written with it."""


class NoteScreen(Dialog[str]):
    """A pane to write in; what stands in it when it is left is the note. Meanwhile it is kept as a draft."""

    DEFAULT_CSS = """
    NoteScreen { align: right bottom; }
    NoteScreen > Vertical {
        width: 100%; max-width: 96; height: 70%; padding: 0 1; background: $surface; border: round $primary;
    }
    NoteScreen TextArea { height: 1fr; border: none; }
    NoteScreen #unkept { height: auto; display: none; color: $text-error; }
    NoteScreen #unkept.-shown { display: block; }
    """
    PLACE = "note"

    def __init__(self, keeper: DraftKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._keeping = False
        self._left = False

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        draft = self._keeper.draft
        with Vertical():
            yield Static(Content.assemble(("Note on ", QUIET), (safe_line(draft.title), "bold")), markup=False)
            yield Area(draft.text, soft_wrap=True, show_line_numbers=False, tab_behavior="indent")
            yield Static("", id="unkept", markup=False)

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers: both keys that save, since either may be a habit."""
        keys = " or ".join(self.keymap.named("note.save").shown_keys.split()[:2])
        found = self.offers({"note.save": "save and close", "note.editor": "your $EDITOR"})
        return [replace(one, key=keys) if one.command == "note.save" else one for one in found]

    def on_mount(self) -> None:
        """Begin to write, at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    async def on_unmount(self) -> None:
        """Keep what was written when the whole app is left; the note is made of it at the next start."""
        if not self._left:
            await asyncio.to_thread(self._keeper.keep_quietly)

    def action_save(self) -> None:
        """Leave with what was written."""
        self._left = True
        self._keeper.text = self.query_one(TextArea).text
        self.dismiss(self._keeper.text)

    # ------------------------------------------------------------------ the draft

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep the text soon."""
        event.stop()
        self._keeper.text = event.text_area.text
        self._keep_soon()

    def _keep_soon(self) -> None:
        """Keep the newest text after a pause, unless a writing is under way that will see to it."""
        if not self._keeping and not self._left and self._keeper.text != self._keeper.tried:
            self._keeping = True
            self.set_timer(_PAUSE, lambda: self.run_worker(self._keep_in_thread, thread=True, group="draft"))

    def _keep_in_thread(self) -> None:
        """Write the draft."""
        try:
            self._keeper.keep()
        except ReadlistError as error:
            self.post_message(DraftKept(error))
        else:
            self.post_message(DraftKept(None))

    def on_draft_kept(self, event: DraftKept) -> None:
        """Tell what could not be kept; go on with what was typed meanwhile."""
        event.stop()
        self._keeping = False
        self._tell(event.error)
        self._keep_soon()

    def _tell(self, error: ReadlistError | None) -> None:
        """Show why the draft is not saved, or take that away."""
        line = self.query_one("#unkept", Static)
        line.update(Content(f"this draft is not saved: {safe_line(error.message)}" if error else ""))
        line.set_class(error is not None, "-shown")

    # ------------------------------------------------------------------ the reader's own editor

    async def action_editor(self) -> None:
        """Write on in the editor of the reader's choice; when that fails, nothing changes."""
        area = self.query_one(TextArea)
        self._keeper.text = area.text
        try:
            await asyncio.to_thread(self._keeper.keep)
        except ReadlistError as error:
            self._tell(error)
        try:
            with self.app.suspend():
                edited, told = self._keeper.edit()
        except SuspendNotSupported:
            self.notify("this terminal cannot be handed to an editor", severity="warning", markup=False)
            return
        if edited is not None:
            area.text = edited
            area.move_cursor(area.document.end)
        if told:
            self.notify(safe_line(told), severity="warning", timeout=8, markup=False)
