"""The editor of one note."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from readlist.text import safe_verbatim


class NoteScreen(ModalScreen[str]):
    """A pane to write in; what stands in it when it is left is the note."""

    DEFAULT_CSS = """
    NoteScreen { align: right bottom; }
    NoteScreen > Vertical {
        width: 100%; max-width: 96; height: 70%; padding: 0 1; background: $surface; border: round $primary;
    }
    NoteScreen TextArea { height: 1fr; border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,escape", "save", "save", show=False, priority=True),
        Binding("ctrl+o", "editor", "editor", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical():
            yield Static(Content.assemble(("Note on ", "$text-muted"), (self._title, "bold")), markup=False)
            yield TextArea(self._text, soft_wrap=True, show_line_numbers=False, tab_behavior="indent")
            yield Static(
                Content.assemble(("ctrl+s or escape: save and close · ctrl+o: your $EDITOR", "$text-muted")),
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin to write, at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    def on_key(self, event: events.Key) -> None:
        """Take what was typed while the pane opened."""
        area = self.query_one(TextArea)
        if self.focused is not area and event.character and event.is_printable:
            event.stop()
            area.insert(event.character)

    def action_save(self) -> None:
        """Leave with what was written."""
        self.dismiss(self.query_one(TextArea).text)

    def action_editor(self) -> None:
        """Write on in the editor of the reader's choice; when that fails, nothing changes."""
        area = self.query_one(TextArea)
        try:
            with self.app.suspend():
                edited = edit(area.text)
        except SuspendNotSupported:
            self.notify("this terminal cannot be handed to an editor", severity="warning", markup=False)
            return
        if edited is None:
            self.notify("the editor failed; the note is as it was", severity="warning", markup=False)
        else:
            area.text = edited
            area.move_cursor(area.document.end)


def edit(text: str) -> str | None:
    """Return what the reader's editor makes of a text; None when it fails or leaves nothing."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="readlist-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 — the reader's own choice
            edited = safe_verbatim(path.read_text(encoding="utf-8", errors="replace"))
        except (OSError, ValueError):
            return None
    return edited if done.returncode == 0 and edited.strip() else None
