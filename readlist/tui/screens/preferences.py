"""The settings, to look at and to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from readlist.errors import PatternError, SettingsError
from readlist.pattern import parse_pattern
from readlist.settings import Settings, Status
from readlist.settings.known import KNOWN, Known, WrongValueError
from readlist.settings.writing import shown_value
from readlist.text import safe_line
from readlist.tui.screens.dialogs import LineDialog
from readlist.tui.screens.help import KeySheet, SheetScreen
from readlist.tui.screens.menu import Choice, Menu
from readlist.tui.widgets.sheet import Line

if TYPE_CHECKING:
    from readlist.tui.main.configuring import Configuring

_STATUS: Final = "statuses."
_LETTERS: Final = "123456789abcdefghijklmnpqrstuvwxyz"
"""The keys of a menu of choices."""

_OTHER: Final = "o"
"""The key for what is not in the menu."""


class Preferences(SheetScreen):
    """Every setting with its value; enter changes one."""

    PROMPT = "type to search"
    CHOOSES = "change"
    LEFT = 18

    def __init__(self, below: Configuring) -> None:
        """Take the screen whose settings they are."""
        super().__init__()
        self._below = below

    def lines(self) -> Sequence[Line]:
        """Return a line for every setting."""
        settings = self._below.settings
        path = settings.origin.path
        where = f"Kept in {safe_line(str(path))}" if path else "Kept until you leave: there is no settings file"
        found = []
        for one in KNOWN:
            later = "" if one.at_once else " A change shows at the next start."
            if one.key == "statuses":
                for status in settings.statuses:
                    more = f"Its label and glyph.{later}"
                    key = _STATUS + status.id
                    found.append(Line(where, key, f"{status.glyph} {status.label}", more, id=key))
            else:
                value = shown_value(one, getattr(settings, one.field))
                found.append(Line(where, one.key, value, f"{one.doc}{later}", id=one.key))
        return found

    def chosen(self, line: Line) -> None:
        """Change a setting."""
        if line.id.startswith(_STATUS):
            self._ask_for_status(line.id.removeprefix(_STATUS))
            return
        one = next(known for known in KNOWN if known.key == line.id)
        held = getattr(self._below.settings, one.field)
        if one.key == "keys":
            self.app.push_screen(KeySheet(self._below), lambda _: self.show_lines(stay=True))
        elif one.kind == "switch":
            self._set(one, not held)
        elif one.kind == "choice":
            self._ask_for_choice(one, str(held))
        else:
            self._ask_for_text(one, str(one.write(held)))

    def _ask_for_text(self, one: Known, held: str) -> None:
        """Ask for a line of text."""
        dialog = SettingDialog(f"{one.key}: {one.doc}", held, _EXAMPLES.get(one.key))
        self.app.push_screen(dialog, lambda typed: None if typed is None else self._set(one, typed))

    def _ask_for_choice(self, one: Known, held: str) -> None:
        """Ask for a word of some, or for what else the setting takes."""
        choices = [
            Choice(key, word, "now" if word == held else "") for key, word in zip(_LETTERS, one.choices, strict=False)
        ]
        by_key = {choice.key: choice.label for choice in choices}
        if one.free:
            choices.append(Choice(_OTHER, "another", held if held not in one.choices else "to be typed"))

        def answered(key: str | None) -> None:
            if key == _OTHER:
                self._ask_for_text(one, held)
            elif key:
                self._set(one, by_key[key])

        self.app.push_screen(Menu(one.key, choices, one.doc, "leave it"), answered)

    def _set(self, one: Known, written: str | bool) -> None:
        """Set a setting to what a file would have, if it takes that."""
        try:
            value: Any = one.read(written)
        except WrongValueError as error:
            self.say(f"{error.message}. {error.hint}")
            return
        settings = replace(self._below.settings, **{one.field: value})
        words = f"{one.key}: {shown_value(one, value)}"
        self._take(settings, {one.key: written}, words if one.at_once else f"{words}, from the next start on")

    def _ask_for_status(self, status_id: str) -> None:
        """Ask for the glyph and the label of a status."""
        held = self._below.settings.known_status(status_id)
        one = next(known for known in KNOWN if known.key == "statuses")

        def typed(line: str | None) -> None:
            if line is None:
                return
            glyph, _, label = line.strip().partition(" ")
            table = _statuses_written(self._below.settings.statuses)
            table[status_id] = {"glyph": glyph, "label": label.strip() or status_id}
            try:
                value: Any = one.read(table)
            except WrongValueError as error:
                self.say(f"{status_id}: {error.message}")
                return
            changes = {f"{_STATUS}{name}": written for name, written in table.items()}
            words = f"{status_id}: {glyph} {label}, from the next start on"
            self._take(replace(self._below.settings, statuses=value), changes, words)

        text = "the glyph, a blank, the label"
        self.app.push_screen(LineDialog(f"The status {status_id}", text, f"{held.glyph} {held.label}"), typed)

    def _take(self, settings: Settings, changes: Mapping[str, Any], words: str) -> None:
        """Let settings hold, and show them."""
        try:
            self._below.take_settings(settings, changes, words)
        except SettingsError as error:
            self.say(f"That does not go with the keys that you have set: {error.message}.")
        else:
            self.show_lines(stay=True)
            self.say(words)


def _statuses_written(statuses: Sequence[Status]) -> dict[str, dict[str, str]]:
    """Return statuses as the file has them."""
    return {one.id: {"label": one.label, "glyph": one.glyph} for one in statuses}


def example_key(typed: str) -> str:
    """Return what a pattern makes of a well-known paper, or what is wrong with it."""
    from readlist.citekey import base_key
    from readlist.paper import Paper

    title = "Toolformer: Language Models Can Teach Themselves to Use Tools"
    authors = ("Timo Schick", "Jane Dwivedi-Yu", "Roberto Dessì")
    paper = Paper(title, title, authors, date="2023-02-09", venue="NeurIPS")
    try:
        return f"Toolformer gets: {base_key(paper, parse_pattern(typed))}"
    except PatternError as error:
        return f"character {error.column + 1}: {error.message}"


_EXAMPLES: Final[Mapping[str, Callable[[str], str]]] = {"citekeys.pattern": example_key}
"""For settings that are typed, what says of a text what it would do."""


class SettingDialog(LineDialog):
    """A line of text that says what it would do while it is typed."""

    DEFAULT_CSS = LineDialog.DEFAULT_CSS.replace("LineDialog", "SettingDialog")

    def __init__(self, title: str, value: str, example: Callable[[str], str] | None) -> None:
        super().__init__(title, "", value)
        self._example = example

    def on_mount(self) -> None:
        """Show what the text does now."""
        if self._example is not None:
            self.query_one(Vertical).mount(Static("", markup=False, id="example"))
        super().on_mount()
        self._show_example()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the text would do."""
        event.stop()
        self._show_example()

    def _show_example(self) -> None:
        """Show what the text would do."""
        for shown in self.query("#example").results(Static):
            shown.update(Content(self._example(self.query_one(Input).value) if self._example else ""))
