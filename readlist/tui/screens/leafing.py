"""What the screens beside the list share: lines with a cursor, found in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from readlist.errors import ReadlistError
from readlist.library import Interrupted
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.footer import Offer
from readlist.tui.keyed import Keyed, Labels
from readlist.tui.look import QUIET, WIDE
from readlist.tui.widgets.figures import FigureLine, Figures, Spot
from readlist.tui.widgets.keys import is_help, leads_back, line_of
from readlist.tui.widgets.row import cut

LAST: Final[Labels] = {"lists.help": "keys", "lists.leave": "back"}
"""What every such screen names last in its last line."""


_PROSE: Final = 72
"""Cells of a line of prose."""

_SHORTEST: Final = 12
"""Cells of words about a place that are shown cut; shorter ones whole or not at all."""


class LeafingScreen(Keyed[None]):
    """Lines that are found in a thread, some of them places that can be chosen."""

    DEFAULT_CSS = """
    LeafingScreen { layout: vertical; }
    LeafingScreen #heading { height: 1; padding: 0 1; color: $text-accent; text-style: bold; }
    LeafingScreen #told { height: 1; padding: 0 1; background: $panel; }
    LeafingScreen #sides { height: 1fr; padding-top: 1; }
    LeafingScreen Figures { width: 3fr; height: 100%; padding: 0 1 0 0; scrollbar-gutter: stable; }
    """

    PLACE = "lists"

    KEYS: ClassVar[Labels] = {"lists.choose": "choose", **LAST}
    """The commands that the last line names, and what they are called there."""

    NONE: ClassVar[str] = "There is nothing."
    """What it says when nothing was found."""

    @dataclass
    class Known(Message):
        """What is to be shown is found."""

        number: int
        """Which finding it was; older ones are of no interest."""
        show: Callable[[], None]
        """Puts it on the screen."""

    @dataclass
    class Unknown(Message):
        """It could not be found."""

        error: ReadlistError

    def __init__(self, settings: Settings, heading: str) -> None:
        """Say what to show.

        Args:
            settings: The reader's.
            heading: What it is, for the first line.
        """
        super().__init__()
        self.settings = settings
        self._heading = safe_line(heading)
        self._said = "looking …"
        self._found = False
        self._findings = 0
        self._at: Spot | None = None
        self.without: Labels = {}
        """The commands that the last line names where nothing was found, before the way back."""

    @property
    def figures(self) -> Figures:
        """The lines that the keys are about."""
        return self.query_one(Figures)

    def compose(self) -> ComposeResult:
        """Lay out what stands side by side between two lines."""
        yield Static("", id="heading", markup=False)
        with Horizontal(id="sides"):
            yield from self.sides()
        yield Static("", id="told", markup=False)

    def sides(self) -> ComposeResult:
        """Lay out the lines, and what stands beside them."""
        yield Figures("leaves")

    def on_mount(self) -> None:
        """Find in a thread what to show."""
        self.set_focus(self.figures)
        self._tell_again()
        self.find_again()

    def find_again(self) -> None:
        """Find in a thread what to show now."""
        self._findings += 1
        work = partial(self._find_in_thread, self._findings)
        self.run_worker(work, thread=True, exclusive=True, group="leafing")

    def _find_in_thread(self, number: int) -> None:
        """Find what to show; when a search interrupts it, once more."""
        try:
            while True:
                try:
                    self.post_message(self.Known(number, self.find()))
                except Interrupted:
                    if self.is_attached and number == self._findings:
                        continue
                return
        except ReadlistError as error:
            self.post_message(self.Unknown(error))

    def on_leafing_screen_known(self, event: Known) -> None:
        """Show it, unless it is being found anew."""
        event.stop()
        if event.number != self._findings:
            return
        event.show()
        said = self._said if self._found else ""
        self._found = True
        self.draw()
        self._at, self._said = self.figures.spot, said
        self._tell_again()

    def on_leafing_screen_unknown(self, event: Unknown) -> None:
        """Say why not."""
        event.stop()
        self.tell(f"{event.error.message}. {event.error.hint}".strip())

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the room there is."""
        self.set_class(event.size.width >= WIDE, "-beside")
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Draw the lines, if there is where to."""
        if not self.query(Figures):
            return
        if self._found:
            self.show_lines()
        self._tell_again()

    def show_lines(self) -> None:
        """Put in what was found."""
        self.figures.show(self.lines(self.figures.room) or self.nothing())

    def nothing(self) -> list[FigureLine]:
        """Return what stands where nothing was found: a sentence, and what to do next."""
        words = f"{self.NONE}\n{self.what_next()}".strip()
        room = min(_PROSE, self.figures.room - 1)
        told = (line for part in words.split("\n") for line in wrap(part, max(1, room)) or [""])
        return [FigureLine(((line, ""),)) for line in told]

    # ------------------------------------------------------------------ what each screen says for itself

    def find(self) -> Callable[[], None]:
        """Find, in a thread, what to show; return what takes it over on the screen."""
        raise NotImplementedError

    def lines(self, width: int) -> Sequence[FigureLine]:
        """Return the lines for some width."""
        raise NotImplementedError

    def chosen(self, spot: Spot) -> None:
        """Go where a place leads."""
        raise NotImplementedError

    def what_next(self) -> str:
        """Return what can be done when nothing was found, as a sentence."""
        return f"{self.key_of('lists.leave')} goes back."

    # ------------------------------------------------------------------ the last line

    def on_figures_moved(self, event: Figures.Moved) -> None:
        """Say what the cursor stands on, if it is something else."""
        event.stop()
        if self._found and event.control is self.figures and event.spot != self._at:
            self._at, self._said = event.spot, ""
            self._tell_again()

    def tell(self, words: str) -> None:
        """Show a sentence until the cursor moves."""
        self._said = safe_line(words)
        self._tell_again()

    def show_offers(self) -> None:
        """Name the keys as they are now."""
        self._tell_again()

    def _tell_again(self) -> None:
        """Show the last sentence beside the heading; below, what the cursor stands on, and the keys that work."""
        if not self.query(Figures):
            return
        width = max(1, self.app.size.width - 2)
        said = cut(self._said, min(width, cell_len(self._said))).rstrip()
        room = width - cell_len(said) - 2 if said else width
        heading = cut(self._heading, max(0, room))
        gap = "  " if said and heading else ""
        parts = ((heading if said else heading.rstrip(), ""), (gap, ""), (said, f"not bold {QUIET}"))
        self.query_one("#heading", Static).update(Content.assemble(*parts))
        spot = self.figures.spot
        if not spot:
            self.query_one("#told", Static).update(line_of(_fitting(self.offers({**self.without, **LAST}), width)))
            return
        needed = cell_len(spot.words) + 3 if spot.words else 0
        offered = {name: label for name, label in self.KEYS.items() if spot.term or name != "lists.choose"}
        keys = _fitting(self.offers(offered), width - needed if needed <= width // 2 else width)
        room = width - _width(keys) - 3
        shown = room >= cell_len(spot.words) or room > _SHORTEST
        words = cut(spot.words, room).rstrip() if shown else ""
        told = Content.assemble((words, ""), ("   " if words else "", ""), line_of(keys))
        self.query_one("#told", Static).update(told)

    # ------------------------------------------------------------------ keys

    async def on_key(self, event: events.Key) -> None:
        """Tell that a key does nothing here."""
        if said := self.said_of(event.key):
            self.tell(said)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_choose(self) -> None:
        """Choose what the cursor stands on."""
        self.figures.choose()

    def on_figures_chosen(self, event: Figures.Chosen) -> None:
        """Go where it leads."""
        event.stop()
        self.chosen(event.spot)

    def action_move(self, lines: int) -> None:
        """Move up or down."""
        self.figures.move(lines)

    def action_move_to_end(self, first: bool) -> None:
        """Move to the first or the last place."""
        self.figures.move_to_end(first=first)


def _fitting(offers: Sequence[Offer], width: int) -> list[Offer]:
    """Return what of some keys there is room for: whole ones, and in any case the way back.

    The last ones go first, then the one that shows all others, and at last the first one.
    """
    left = list(offers)
    others = [offer for offer in reversed(left) if not (leads_back(offer) or is_help(offer))]
    for offer in (*others[:-1], *filter(is_help, offers), *others[-1:]):
        if _width(left) > width:
            left.remove(offer)
    return left


def _width(offers: Sequence[Offer]) -> int:
    """Return the cells of keys with what they do as a line."""
    return line_of(offers).cell_length
