"""The sheet of all keys, made from the registry: it is searched by typing, and changes keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from readlist.text import plain
from readlist.tui.commands import Command, in_settings
from readlist.tui.keyed import Keyed
from readlist.tui.places import FIXED, PLACES, reaching
from readlist.tui.widgets.keys import line_of
from readlist.tui.widgets.sheet import Line, Sheet

if TYPE_CHECKING:
    from readlist.tui.main.configuring import Configuring

_JUST_THAT: Final = "Best match"


class SheetScreen(ModalScreen[str], Keyed[str]):
    """A sheet with a line above it that narrows it, and a sentence below it about what the cursor stands on."""

    DEFAULT_CSS = """
    SheetScreen > Vertical {
        width: 100%; max-width: 150; height: 100%; padding: 0 1; background: $surface; border: round $primary;
    }
    SheetScreen Input { background: $surface; padding: 0; margin-bottom: 1; }
    SheetScreen .about { height: auto; min-height: 2; max-height: 4; }
    SheetScreen .keys { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    PLACE = "sheet"
    PROMPT: ClassVar = "type to search"
    CHOOSES: ClassVar = "choose"
    """What choosing a line does, in a word or two."""
    STAYS: ClassVar = True
    """Whether one looks around in it, from one word to the next, and not for a single line."""
    LEFT: ClassVar = 14

    def compose(self) -> ComposeResult:
        """Lay out the sheet."""
        with Vertical():
            yield Input(placeholder=self.PROMPT, compact=True, select_on_focus=False)
            yield Sheet(self.LEFT)
            yield Static("", markup=False, classes="about")
            yield Static("", markup=False, classes="keys")

    def on_mount(self) -> None:
        """Show every line."""
        self.set_focus(self.query_one(Input))
        self.show_offers()
        self.show_lines()

    def show_offers(self) -> None:
        """Show the keys of the sheet itself."""
        leaves = "clear" if self._is_cleared_first else "close"
        labels = {"sheet.up sheet.down": "move", "sheet.choose": self.CHOOSES, "sheet.leave": leaves}
        self.query_one(".keys", Static).update(line_of(self.offers(labels)))

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
        self.show_offers()
        self.show_lines()

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        """Say more of what the cursor stands on."""
        event.stop()
        self.say(event.line.more if event.line else self._no_line())

    def _no_line(self) -> str:
        """Return what is said where no line fits, as a sentence."""
        clears = self.told("sheet.leave", "clears it") if self.STAYS else ""
        return "; ".join(filter(None, ("Nothing matches what is typed", clears))) + "."

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
        """Go back; a sheet to look around in first shows everything again."""
        if self._is_cleared_first:
            self.query_one(Input).value = ""
        else:
            self.dismiss(None)

    @property
    def _is_cleared_first(self) -> bool:
        """Whether the way back is to clear what is typed."""
        return self.STAYS and bool(self.query_one(Input).value)


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

    PROMPT = "type to search: a word or a key"
    CHOOSES = "change its key"

    def __init__(self, below: Configuring, places: Sequence[str] = ()) -> None:
        """Say whose keys they are.

        Args:
            below: The screen that has the commands.
            places: Where the reader is; the keys of these places come first.
        """
        super().__init__()
        self._below = below
        self._places = places

    def lines(self) -> Sequence[Line]:
        """Return a line for every command of every place, and for the keys that stay as they are."""
        of_list = self.keymap.of()
        order = list(dict.fromkeys(command.group for command in of_list))
        palette = self.keymap.named("palette").shown_key or "palette"
        now = self._below.now()
        first = [place for place in self._places if place]
        return [
            *(line for place in first for line in self._lines_of(place)),
            *(
                _line(command, command.why_not(now), f"{palette} …")
                for command in sorted(of_list, key=lambda one: order.index(one.group))
            ),
            *(line for place in PLACES if place not in first for line in self._lines_of(place)),
        ]

    def _lines_of(self, place: str) -> Iterator[Line]:
        """Yield the lines of a place."""
        together = self._places if place in self._places else reaching(place)
        for command in self.keymap.of(place):
            yield _line(self.keymap.here(command, together), "", "none")
        for one in FIXED:
            if one.place == place:
                yield Line(PLACES[place].heading, one.shown, one.help, f"{one.help} This key is fixed.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the sheet; the key that shows it leaves it too."""
        if event.value in self.keymap.named("help").shown_keys.split():
            event.stop()
            event.prevent_default()
            self.dismiss(None)

    def chosen(self, line: Line) -> None:
        """Ask for another key."""
        command = self.keymap.get(line.id)
        if command is None:
            self.say("This key is fixed.")
            return
        self._below.ask_for_key(command, self._tell)

    def _tell(self, words: str) -> None:
        """Show the keys as they are now, and what was done."""
        self.show_lines(stay=True)
        self.say(words)


def show_keys(app: App[object], places: Sequence[str]) -> None:
    """Show every key over the screen of some places, theirs first."""
    from readlist.tui.main.configuring import Configuring

    below = next(screen for screen in app.screen_stack if isinstance(screen, Configuring))
    app.push_screen(KeySheet(below, places))


def _line(command: Command, why_not: str, without: str) -> Line:
    """Return the line of a command.

    Args:
        command: The command.
        why_not: Why it does not work now; nothing when it does.
        without: What stands in the place of keys that it does not have.
    """
    more = f"{command.help} Not now: {why_not}." if why_not else command.help
    also = f", else as {' and '.join(command.follows)}" if command.follows else ""
    more = f"{more} In the settings: {in_settings(command.id)}{also}."
    return Line(command.group, command.shown_keys or without, command.help, more, bool(why_not), command.id)
