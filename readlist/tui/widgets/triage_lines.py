"""The lines around the paper of a triage: how far it is, the tags that have a key, the keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from readlist.text import safe_line
from readlist.tui.footer import Offer
from readlist.tui.look import CHOSEN, KEY, QUIET, TAG
from readlist.tui.widgets.keys import GAP, fitting, is_help, line_of, width_of
from readlist.tui.widgets.pointing import pointed_at, pointing
from readlist.tui.widgets.row import cut

_SURE: Final = 3
"""Papers after which the pace can be told."""

_MINUTE: Final = 60
_SHORT: Final = 80
"""Columns from which everything is told of how far the triage is."""

_DONE, _LEFT = "━", "─"


class Pace:
    """How fast papers are gone through in this sitting."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._latest = clock()
        self._papers = 0

    def step(self) -> None:
        """Count a paper."""
        self._papers += 1
        self._latest = self._clock()

    @property
    def a_paper(self) -> float:
        """Seconds that a paper took; 0 while that is a guess."""
        return (self._latest - self._began) / self._papers if self._papers >= _SURE else 0.0

    def words(self, left: int) -> str:
        """Return papers a minute, and how long the rest takes; nothing while that is a guess."""
        if not self.a_paper:
            return ""
        a_minute = _MINUTE / self.a_paper
        rest = left / a_minute
        shown = f"{a_minute:.0f}" if a_minute >= _SURE else f"{a_minute:.1f}"
        to_go = "less than a minute" if rest < 1 else f"{rest:.0f} min"
        return f"{shown} a minute · {to_go} to go" if left else f"{shown} a minute"


class HeadLine(Static):
    """What is gone through, how far it is, and a bar of that; where the bar ends, what was done last."""

    DEFAULT_CSS = """
    HeadLine { height: 2; padding: 0 1; background: $panel; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._told = ("", 0, 0, "")
        self._said = ""

    def show(self, what: str, done: int, total: int, pace: str) -> None:
        """Show how far the triage of some papers is."""
        self._told = (what, done, total, pace)
        self._draw()

    def say(self, words: str) -> None:
        """Show a sentence at the end of the bar."""
        self._said = safe_line(words)
        self._draw()

    def on_resize(self) -> None:
        """Draw for the room there is."""
        self._draw()

    def _draw(self) -> None:
        """Put the line and the bar in."""
        what, done, total, pace = self._told
        width = max(1, self.content_size.width)
        left = total - done
        far = f"{min(done + 1, total):,} of {total:,} · {left:,} left" if total else ""
        if pace and width >= _SHORT:
            far = f"{far} · {pace}"
        room = width - cell_len(far) - len("Triage  ") - 1
        said = cut(f"  {self._said}", min(width, cell_len(self._said) + 2)).rstrip() if self._said else ""
        bar = width - cell_len(said)
        filled = bar * done // total if total else 0
        self.update(
            Content.assemble(
                ("Triage  ", KEY),
                (cut(what, max(0, room)) + " ", ""),
                (far + "\n", QUIET),
                (_DONE * filled, KEY),
                (_LEFT * (bar - filled), QUIET),
                (said, ""),
            )
        )


class ChipLine(Static):
    """The tags that have a key; those of the paper are ticked. A click does what the key does."""

    @dataclass
    class Clicked(Message):
        """A tag was clicked."""

        number: int
        """The digit before it."""

    DEFAULT_CSS = """
    ChipLine { height: 1; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def show(self, tags: Sequence[str], on: Collection[str], key: str) -> None:
        """Show as many tags as there is room for; without any, the key that adds one."""
        room = self.content_size.width
        parts: list[Content | str | tuple[str, str]] = []
        if not tags and key:
            parts.append((f"{key} adds tags; those used last get the keys 1 to 9", QUIET))
        for number, tag in enumerate(map(safe_line, tags), 1):
            mark = CHOSEN if tags[number - 1] in on else " "
            room -= cell_len(tag) + 5
            if room < 0:
                break
            chip = Content.assemble((f"{number}{mark}", KEY), (tag, TAG if mark == CHOSEN else ""))
            parts += [chip.stylize(pointing(term=str(number))), "  "]
        self.update(Content.assemble(*parts))

    def on_click(self, event: events.Click) -> None:
        """Tell which tag was clicked."""
        number, _ = pointed_at(event.style.meta)
        if number:
            event.stop()
            self.post_message(self.Clicked(int(number)))


class KeyLine(Static):
    """The keys that work: as many as there is room for, the first ones in any case."""

    DEFAULT_CSS = """
    KeyLine { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._offers: Sequence[Offer] = ()
        self._needed = 0

    def offer(self, offers: Sequence[Offer], needed: int) -> None:
        """Show these keys in their order.

        Args:
            offers: Those that work.
            needed: How many of them must not be missing, beside the one that shows all others: where there is little
                room, they stand by their shortest keys.
        """
        self._offers, self._needed = offers, needed
        self._draw()

    def on_resize(self) -> None:
        """Show as many keys as there is room for."""
        self._draw()

    def _draw(self) -> None:
        """Put the keys in."""
        width = self.content_size.width
        offers = list(self._offers)
        needed = (one for number, one in enumerate(offers) if number < self._needed or is_help(one))
        if sum(map(width_of, needed)) - GAP > width:
            offers = [replace(offer, key=offer.shortest) for offer in offers]
        self.update(line_of(fitting(offers, width), "  "))
