"""The sheet of all keys, made from the registry: it is searched by typing, and changes keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from readlist.text import plain
from readlist.tui.commands import Command
from readlist.tui.elsewhere import keys_elsewhere
from readlist.tui.look import QUIET
from readlist.tui.widgets.sheet import Line, Sheet

if TYPE_CHECKING:
    from readlist.tui.main.configuring import Configuring

_JUST_THAT: Final = "Just that"


class SheetScreen(ModalScreen[str]):
    """A sheet with a line above it that narrows it, and a sentence below it about what the cursor stands on."""

    DEFAULT_CSS = """
    SheetScreen > Vertical {
        width: 100%; max-width: 150; height: 100%; padding: 0 1; background: $surface; border: round $primary;
    }
    SheetScreen Input { background: $surface; padding: 0; margin-bottom: 1; }
    SheetScreen .about { height: auto; min-height: 2; max-height: 4; }
    SheetScreen .keys { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Clear what is typed, else leave.", show=False),
        Binding("down", "move(1)", "Move to the next line.", show=False, priority=True),
        Binding("up", "move(-1)", "Move to the line before.", show=False, priority=True),
        Binding("pagedown", "page(1)", "Move a page down.", show=False, priority=True),
        Binding("pageup", "page(-1)", "Move a page up.", show=False, priority=True),
        Binding("enter", "choose", "Change what the cursor stands on.", show=False, priority=True),
    ]
    PROMPT: ClassVar = "type to narrow"
    KEYS: ClassVar = ""
    LEFT: ClassVar = 14

    def compose(self) -> ComposeResult:
        """Lay out the sheet."""
        with Vertical():
            yield Input(placeholder=self.PROMPT, compact=True, select_on_focus=False)
            yield Sheet(self.LEFT)
            yield Static("", markup=False, classes="about")
            yield Static(Content.assemble((self.KEYS, QUIET)), markup=False, classes="keys")

    def on_mount(self) -> None:
        """Show every line."""
        self.set_focus(self.query_one(Input))
        self.show_lines()

    @property
    def sheet(self) -> Sheet:
        """The sheet."""
        return self.query_one(Sheet)

    def lines(self) -> Sequence[Line]:
        """Return all lines."""
        raise NotImplementedError

    def chosen(self, line: Line) -> None:
        """Change what a line stands for."""
        raise NotImplementedError

    def show_lines(self, *, stay: bool = False) -> None:
        """Show the lines that fit what is typed."""
        self.sheet.show(fitting(self.lines(), self.query_one(Input).value), stay=stay)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the sheet."""
        event.stop()
        self.show_lines()

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        """Say more of what the cursor stands on."""
        event.stop()
        self.say(event.line.more if event.line else "Nothing fits what is typed; escape clears it.")

    def say(self, words: str) -> None:
        """Say something below the sheet, until the cursor moves."""
        self.query_one(".about", Static).update(Content(words))

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        """Change what was clicked twice."""
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Change what the cursor stands on."""
        if (line := self.sheet.line) is not None:
            self.chosen(line)

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.sheet.move(lines)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.sheet.move(pages * self.sheet.page)

    def action_leave(self) -> None:
        """Clear what is typed, else go back."""
        typed = self.query_one(Input)
        if typed.value:
            typed.value = ""
        else:
            self.dismiss(None)


def fitting(lines: Sequence[Line], typed: str) -> list[Line]:
    """Return the lines that have every word that is typed; a single key is looked for as a key first."""
    words = plain(typed).split()
    if not words:
        return list(lines)
    said = [plain(f"{line.group} {line.left} {line.right} {line.more} {line.id}") for line in lines]
    found = [line for line, text in zip(lines, said, strict=True) if all(word in text for word in words)]
    just_that = [line for line in lines if typed.strip() in line.left.split()]
    first = [replace(line, group=_JUST_THAT) for line in just_that]
    rest = [line for line in found if line not in just_that]
    if len({line.group for line in lines}) == 1:  # no heading is torn apart when what is called so comes first
        rest.sort(key=lambda line: _distance(plain(line.left), words[0]))
    return first + rest


def _distance(name: str, word: str) -> int:
    """Return how far a name is from being meant by a word: it begins with it, one of its words does, it has it."""
    begins = any(part.startswith(word) for part in name.split())
    return 0 if name.startswith(word) else 1 if begins else 2 if word in name else 3


class KeySheet(SheetScreen):
    """Every key, and what it does."""

    PROMPT = "type to narrow: a word, or a key"
    KEYS = "↑ ↓ move · enter another key for it · escape leave"

    def __init__(self, below: Configuring, places: Sequence[str] = ()) -> None:
        """Say whose keys they are.

        Args:
            below: The screen that has the commands.
            places: The places where the reader is; their keys come first.
        """
        super().__init__()
        self._below = below
        self._places = places

    def lines(self) -> Sequence[Line]:
        """Return a line for every command, and for every key elsewhere."""
        now = self._below.now()
        order = list(dict.fromkeys(command.group for command in self._below.commands))
        commands = sorted(self._below.commands, key=lambda one: order.index(one.group))
        palette = next((one.shown_keys for one in commands if one.id == "palette" and one.keys), "palette")
        elsewhere = [Line(one.place, one.keys, one.help, one.help) for one in keys_elsewhere()]
        here = sorted(
            (one for one in elsewhere if one.group in self._places), key=lambda one: self._places.index(one.group)
        )
        return [
            *here,
            *(_line(command, command.why_not(now), palette) for command in commands),
            *(one for one in elsewhere if one.group not in self._places),
        ]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the sheet; the key that shows it leaves it too."""
        asked = next(one for one in self._below.commands if one.id == "help")
        if event.value in asked.shown_keys.split():
            event.stop()
            event.prevent_default()
            self.dismiss(None)

    def chosen(self, line: Line) -> None:
        """Ask for another key."""
        command = next((one for one in self._below.commands if one.id == line.id), None)
        if command is None:
            self.say("This key stays as it is.")
            return
        self._below.ask_for_key(command, self._tell)

    def _tell(self, words: str) -> None:
        """Show the keys as they are now, and what was done."""
        self.show_lines(stay=True)
        self.say(words)


def show_keys(app: App[int], *places: str) -> None:
    """Show every key over the screen of some places, theirs first."""
    from readlist.tui.main.configuring import Configuring

    below = next(screen for screen in app.screen_stack if isinstance(screen, Configuring))
    app.push_screen(KeySheet(below, places))


def _line(command: Command, why_not: str, palette: str) -> Line:
    """Return the line of a command."""
    more = f"{command.help} Not now: {why_not}." if why_not else command.help
    keys = command.shown_keys or f"{palette.split(maxsplit=1)[0]} …"
    more = f"{more} In the settings: {command.id}."
    return Line(command.group, keys, command.help, more, bool(why_not), command.id)
