"""The search line: each key narrows the list; a newer search takes the place of an older one."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from textual import events
from textual.widgets import Input

from readlist.errors import QueryError
from readlist.query import ALL, NEWEST_FIRST, Query
from readlist.text import safe_line
from readlist.tui.look import WIDE
from readlist.tui.main.completing import Completing
from readlist.tui.main.finding import FIRST_PAGE, Finding
from readlist.tui.main.mistakes import Mistakes
from readlist.tui.main.recalling import Recalling
from readlist.tui.messages import Found, Misread
from readlist.tui.orders import in_words
from readlist.tui.widgets.bars import TopBar
from readlist.tui.widgets.search_line import SearchLine

_PATIENCE: Final = 2.0
"""Seconds that a key waits for the answer of a search at the most."""

_TURNS: Final = 50
"""Turns of the event loop, a millisecond in all, of which a key that has come already takes half to change the query:
of keys that come all at once, only what they make together is searched for."""


class Searching(Finding, Completing, Recalling, Mistakes):
    """Finds papers and lists them."""

    DEFAULT_CSS = """
    Searching #papers.-former { color: $foreground-muted; }
    """

    order = NEWEST_FIRST
    """The order that papers are listed in."""
    listed_query: Query = ALL
    """What the listed papers were found by; while the query cannot be understood, the one before it or its rest."""
    _then: str | None = None
    """The paper that the cursor goes to with the next answer."""
    search_number = 0
    """Counts the searches; the answer to any but the last is of no interest."""
    total = 0
    """How many papers the library has."""
    all_known = False
    """Whether the list has every paper that matches, and not only the first of them."""

    _typed = ""
    """What stood in the search line before its last change."""
    _asked = ""
    """What is searched for."""
    _good = ""
    """The last query that had papers."""
    _instead = ("", "")
    """A query that cannot be used as it is, and the one to take in its place."""
    _rest_of: int | None = None
    """The search of whose query the list shows only a part, the one that can be understood; None where it shows all."""
    _watched = False

    def action_search(self) -> None:
        """Go to the search line."""
        self.set_focus(self.search_line)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Look where the cursor of the search line goes from now on."""
        if isinstance(event.widget, SearchLine) and not self._watched:
            self._watched = True
            self.watch(event.widget, "selection", self._complete_soon, init=False)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Remember a query that is left with a result."""
        if isinstance(event.widget, SearchLine):
            self.forget_candidates()
            if self._good == self.search_line.value:
                self.remember(self._good)

    def _complete_soon(self) -> None:
        """Complete when the key that moves the cursor has done all that it does."""
        self.call_later(self._complete_typed)

    def _complete_typed(self) -> None:
        """Complete what is typed, not what is brought back."""
        if self.recalled:
            self.forget_candidates()
        else:
            self.complete()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list; a query with a result that is cleared is remembered."""
        event.stop()
        if self.focused is self.search_line:
            self.say("")  # what was said last was about something else
        before, self._typed = self._typed, self.search_line.value
        if not self._typed and before == self._good:
            self.remember(before)
        self.search()
        self._complete_typed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list and keep the filter, unless it cannot be understood."""
        event.stop()
        if self.candidate_was_sought_out and self.take():
            return
        if self.mistake() is None:
            self.remember(self.search_line.value)
            self.to_list()

    async def action_take(self) -> None:
        """Put in what completes the query, or what was likely meant; else go to the next pane."""
        line = self.search_line
        if self.take():
            return
        mistake = self.mistake()
        text, instead = self._instead
        if mistake is not None and mistake.mended is not None:
            text, instead = line.value, mistake.mended
        if text == line.value != instead:
            line.put(instead, len(instead) - len(text) + line.cursor_position)
        else:
            await self.run_action("next_pane")

    async def ready_for_keys(self) -> None:
        """Wait for the answer of a search, unless the query is still being typed: keys are about what is listed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self.completion_known()
        if self.focused is not self.search_line:
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await self.asked.wait()

    def search(self, then: str | None = None) -> None:
        """Begin a search for what stands in the search line; an older one is given up.

        Args:
            then: The paper that the cursor goes to when it is found; else it stays on its own.
        """
        self.search_number += 1
        self.asked.begin("search")
        self.library.interrupt()
        self._then = then or self._then
        self._asked = self.search_line.value
        self._search_soon(self.search_number, _TURNS)

    def _search_soon(self, number: int, turns: int) -> None:
        """Begin a search in a thread after some turns of the event loop, unless a newer one takes its place."""
        if number != self.search_number or not self.is_running:
            return
        if turns:
            asyncio.get_running_loop().call_soon(self._search_soon, number, turns - 1)
            return
        chosen = frozenset(self.papers.listed.chosen)
        listed = bool(self.papers.rows) and self._rest_of is None
        work = partial(self.search_in_thread, number, self._asked, self.base_order, chosen, listed=listed)
        self.run_worker(work, thread=True, exclusive=True, group="search")

    def replace_query(self, text: str) -> None:
        """Put another query into the search line, and search for it."""
        line = self.search_line
        if line.value == text:
            self.search()
        else:
            line.value = text
            line.cursor_position = len(text)

    def on_found(self, event: Found) -> None:
        """List what was found, unless another search has begun."""
        if event.number != self.search_number:
            return
        self.asked.end("search")
        anew = bool(self.papers.rows) and event.query == self.listed_query
        if anew and not event.whole:
            return  # of what is listed already the first papers say nothing: the list would shrink and grow again
        self.total = self.library.count()
        self.all_known = event.whole
        filtered = bool(self.search_line.value.strip())
        self._rest_of = event.number if event.rest else None
        if not event.rest:
            self.tell_trouble("")
            name = self.shown_name()
            no_hit = self._empty_view(name) if name else self._no_hit(event.meant, event.instead)
            self.papers.empty_text = no_hit if filtered and self.total else self.no_papers()
            self._instead = (self._asked, event.instead or self._asked)
            self._good = self._asked if event.rows and filtered else ""
        self._set_off(event)
        if event.rows != self.papers.rows or (self._then and event.whole):
            if event.whole or len(event.rows) > len(self.papers.rows) or filtered or not self._is_start(event.rows):
                self.papers.show(event.rows, self._then, anew=anew)
                self._then = None if event.whole else self._then
        elif not event.rows:
            self.papers.refresh()
        self.show_count()
        if event.whole:
            self.count_again()

    def count_again(self, *, views: bool = False) -> None:
        """Count what the listed papers have in common, when there is time for it."""
        raise NotImplementedError

    def _set_off(self, event: Found) -> None:
        """Take over what was searched for, and set it off; selected papers that are not listed are left alone."""
        self.listed_query, self.order = event.query, event.query.order
        listed = self.papers.listed
        if event.hidden is not None:
            listed.hidden = event.hidden & listed.chosen
        if event.sought != listed.sought:
            listed.sought = event.sought
            self.papers.draw_again()

    def _is_start(self, rows: array[int]) -> bool:
        """Whether the list begins with these rows already: more is known than this first page says."""
        return self.papers.rows[: len(rows)] == rows

    def on_misread(self, event: Misread) -> None:
        """Say what is wrong with the query; the list stays as it is."""
        if event.number == self.search_number:
            self.asked.end("search")
            if isinstance(event.error, QueryError):
                self.tell_mistake(event.error)
            else:
                self.tell_trouble(f"{event.error.message}. {event.error.hint}")
            self.show_count()

    def show_count(self) -> None:
        """Show how many papers there are, how many are selected, and in which order."""
        count = len(self.papers.rows)
        known = self.all_known or count < FIRST_PAGE
        shown = f"{count:,}" if known else f"{count:,}+"
        total = f"{shown} of {self.total:,}" if self.search_line.value.strip() else f"{self.total:,} papers"
        if self.papers.has_class("-former"):
            total = f"{'without it' if self._rest_of == self.search_number else 'as before'}: {shown}"
        selected, hidden = len(self.papers.listed.selected), len(self.papers.listed.hidden)
        if selected or hidden:
            total = f"{selected:,} selected{f' ({hidden:,} hidden)' if hidden else ''} · {total}"
        narrow = self.app.size.width < WIDE
        shown = self.shown_name()
        name = f"{shown} · " if shown else ""
        self.query_one(TopBar).show_count(total if narrow else f"{name}{total} · {in_words(self.order)}")

    def shown_name(self) -> str:
        """Return the name of what is listed, if it has one."""
        return ""

    # ------------------------------------------------------------------ what stands where no paper does

    def no_papers(self) -> str:
        """Return what stands in the list of a library without papers."""
        key = self.keymap.named("ingest").shown_key
        bring = f"Press {key} to bring in a listing: a file, or text that you paste." if key else ""
        return "\n".join(filter(None, ("No papers yet.", bring)))

    def _empty_view(self, name: str) -> str:
        """Return what stands in the list when no paper is in a view."""
        fills = "The view fills by itself: it lists every paper that matches the search above."
        return "\n".join(filter(None, (f"No paper is in {name} now.", fills, self.told("back", "shows all papers."))))

    def _no_hit(self, meant: Sequence[str], instead: str) -> str:
        """Return what stands in the list when no paper matches."""
        lines = ["No paper matches."]
        if meant:
            *others, last = map(safe_line, meant)
            before = f"{', '.join(others)} or " if others else ""
            lines.append(f"Did you mean {before}{last}?")
        if instead and (key := self.keymap.named("search.take").shown_key):
            lines.append(f"In the search line, {key} searches for: {safe_line(instead)}")
        return "\n".join(filter(None, (*lines, self.told("back", "clears the search."))))
