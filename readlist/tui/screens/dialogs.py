"""Small dialogs: a line of text, a text to read."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from readlist.tui.footer import Offer
from readlist.tui.look import QUIET
from readlist.tui.screens.dialog import Dialog
from readlist.tui.widgets.line import Line

_CSS = """
{name} > Vertical, {name} > VerticalScroll {{
    width: 80%; max-width: 96; min-width: 30; height: auto; max-height: 90%;
    padding: 1 2; background: $surface; border: round $primary;
}}
"""


class LineDialog(Dialog[str | None]):
    """A line of text to be typed; None when it is left."""

    DEFAULT_CSS = _CSS.format(name="LineDialog")
    PLACE = "line"

    def __init__(
        self,
        title: str,
        help_text: str,
        value: str = "",
        suggester: Suggester | None = None,
        *,
        does: str = "save",
        suggested: bool = False,
    ) -> None:
        """Say what to ask.

        Args:
            title: What the line is for.
            help_text: What can be typed; nothing where that goes without saying.
            value: What stands in the line at first.
            suggester: What completes it.
            does: What enter does, in a word for the last line.
            suggested: Whether that is only a suggestion: it is selected, typing replaces it, an arrow keeps it.
        """
        super().__init__()
        self._title = title
        self._help = help_text
        self._value = value
        self._suggester = suggester
        self._does = does
        self._suggested = suggested

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Vertical():
            yield Static(Content.assemble((self._title, "bold")), markup=False)
            yield self.line()
            if self._help:
                yield Static(Content.assemble((self._help, QUIET)), markup=False)

    def line(self) -> Input:
        """Return the line, to be laid out."""
        return Line(self._value, suggester=self._suggester, select_on_focus=self._suggested, id="line")

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers."""
        complete = {"line.complete": "complete"} if self._suggester else {}
        enter = Offer("enter", self._does, "Confirm what is typed.")
        return [enter, *self.offers(complete | {"line.cancel": "cancel"})]

    def on_mount(self) -> None:
        """Begin to type."""
        self.set_focus(self.query_one(Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line."""
        event.stop()
        self.dismiss(event.value)

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text of several lines whole."""
        if "\n" in event.text.strip():
            event.stop()
            event.prevent_default()
            self.dismiss(event.text)

    def action_cancel(self) -> None:
        """Leave without a line."""
        self.dismiss(None)

    def action_complete(self) -> None:
        """Accept the suggestion."""
        self.query_one(Input).action_cursor_right()


class PastingLine(Line):
    """A line that hands a pasted text of several lines on instead of cutting it."""

    def on_paste(self, event: events.Paste) -> None:
        """Leave such a text to the dialog."""
        if "\n" in event.text.strip():
            event.prevent_default()


class SourceDialog(LineDialog):
    """Where to read papers from: a path, or the pasted text itself."""

    DEFAULT_CSS = _CSS.format(name="SourceDialog")

    def line(self) -> Input:
        """Return a line that leaves pasted texts to the dialog."""
        return PastingLine(self._value, suggester=self._suggester, id="line")


class TextDialog(Dialog[None]):
    """A text to read, or to copy by hand."""

    DEFAULT_CSS = _CSS.format(name="TextDialog")
    PLACE = "text"
    KEYS = MappingProxyType({"text.leave": "leave", "text.down text.up": "scroll"})

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll():
            yield Static(Content.assemble((self._title + "\n\n", "bold"), self._text), markup=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_to_end(self, first: bool) -> None:
        """Scroll to the beginning or the end."""
        box = self.query_one(VerticalScroll)
        box.scroll_to(y=0 if first else box.max_scroll_y, animate=False)

    def action_page(self, part: float) -> None:
        """Scroll the text by a part of what is visible."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=part * box.size.height, animate=False)
