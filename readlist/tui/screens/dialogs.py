"""Small dialogs: a choice by one key, a line of text, a text to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from readlist.tui.keyed import Keyed
from readlist.tui.look import KEY, QUIET

_CSS = """
{name} > Vertical, {name} > VerticalScroll {{
    width: 80%; max-width: 96; min-width: 30; height: auto; max-height: 90%;
    padding: 1 2; background: $surface; border: round $primary;
}}
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    key: str
    """The key that chooses it."""
    label: str
    preview: str = ""
    """What choosing it gives."""


class Menu(ModalScreen[str]):
    """A question that one key answers; any other key leaves it."""

    DEFAULT_CSS = _CSS.format(name="Menu") + "Menu .choices { text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, title: str, choices: Sequence[Choice], text: str = "", otherwise: str = "cancel") -> None:
        """Say what to ask.

        Args:
            title: The question.
            choices: The answers.
            text: Lines below the title that say more.
            otherwise: What any other key does.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._text = text
        self._otherwise = otherwise

    def compose(self) -> ComposeResult:
        """Lay out the choices."""
        with VerticalScroll():
            text = f"{self._text}\n" if self._text else ""
            yield Static(Content.assemble((self._title + "\n", "bold"), (text, "")), markup=False)
            yield Static(self._lines(), markup=False, classes="choices")
            yield Static(Content.assemble((f"any other key: {self._otherwise}", QUIET)), markup=False)

    def _lines(self) -> Content:
        """Return a line for each choice."""
        parts: list[tuple[str, str]] = []
        width = max(10, *(cell_len(choice.label) for choice in self._choices)) + 2
        for choice in self._choices:
            parts += [(f"{choice.key:>3}  ", KEY), (set_cell_size(choice.label, width), "")]
            parts.append((choice.preview + "\n", QUIET))
        return Content.assemble(*parts)

    def preview(self, key: str, text: str) -> None:
        """Show what a choice gives, found out after the menu was opened."""
        self._choices = [replace(one, preview=text) if one.key == key else one for one in self._choices]
        self.query_one(".choices", Static).update(self._lines())

    def on_key(self, event: events.Key) -> None:
        """Take the answer."""
        event.stop()
        event.prevent_default()
        pressed = event.character or event.key
        keys = [choice.key for choice in self._choices]
        self.dismiss(pressed if pressed in keys else "")

    def on_click(self, event: events.Click) -> None:
        """Leave the menu when something else is clicked."""
        if event.widget is self:
            self.dismiss("")


class LineDialog(ModalScreen[str | None], Keyed[str | None]):
    """A line of text to be typed; None when it is left."""

    DEFAULT_CSS = _CSS.format(name="LineDialog")
    PLACE = "line"

    def __init__(self, title: str, help_text: str, value: str = "", suggester: Suggester | None = None) -> None:
        """Say what to ask.

        Args:
            title: What the line is for.
            help_text: What can be typed, and what enter does; the other keys are named behind it.
            value: What stands in the line at first.
            suggester: What completes it.
        """
        super().__init__()
        self._title = title
        self._help = help_text
        self._value = value
        self._suggester = suggester

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Vertical():
            yield Static(Content.assemble((self._title, "bold")), markup=False)
            yield self.line()
            yield Static(Content.assemble((self._told(), QUIET)), markup=False)

    def line(self) -> Input:
        """Return the line, to be laid out."""
        return Input(self._value, suggester=self._suggester, select_on_focus=False, id="line")

    def _told(self) -> str:
        """Return what is said below the line: what it takes, and the keys."""
        complete = {"line.complete": "complete"} if self._suggester else {}
        return " · ".join(filter(None, (self._help, self.keys_told(complete | {"line.cancel": "cancel"}, ":"))))

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
        """Take what is suggested."""
        self.query_one(Input).action_cursor_right()


class PastingLine(Input):
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


class TextDialog(ModalScreen[None], Keyed[None]):
    """A text to read, or to copy by hand."""

    DEFAULT_CSS = _CSS.format(name="TextDialog")
    PLACE = "text"

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
