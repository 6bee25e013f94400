"""The main screen: search, list, details, and one line of keys and state."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date as Date
from functools import partial

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from readlist.errors import NothingToUndoError, QueryError, ReadlistError
from readlist.library import Interrupted, Library
from readlist.query import ALL
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.commands import Command, bindings
from readlist.tui.look import TALL, WIDE
from readlist.tui.messages import ChangedElsewhere, Found, Ingested, Misread, NotSaved, Saved
from readlist.tui.saver import Saver
from readlist.tui.screens.giving import Giving
from readlist.tui.screens.marking import Marking
from readlist.tui.screens.moving import Moving
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.paper_list import PaperList

_FIRST = 200
"""Papers of a result that are shown before all of them are known."""

_PAUSE = 0.04
"""Seconds that the cursor must rest before the details follow it: a held key must not wait for prose."""

_EMPTY = "No papers yet.\nPress i to bring in a listing: a file, or text that you paste."
_NO_HIT = "No paper matches.\nescape clears the search."


class MainScreen(Moving, Marking, Giving):
    """The reading list."""

    BINDINGS = bindings()

    DEFAULT_CSS = """
    MainScreen { layout: vertical; }
    #top { height: 1; background: $panel; }
    #name { width: auto; padding: 0 1; text-style: bold; color: $text-primary; }
    #search { width: 1fr; background: $panel; padding: 0; }
    #search:focus { background: $boost; }
    #count { width: auto; padding: 0 1; color: $text-muted; }
    #trouble { height: auto; display: none; color: $text-error; padding: 0 1; }
    #trouble.-shown { display: block; }
    #panes { height: 1fr; }
    #papers { width: 1fr; height: 100%; }
    #details { width: 1fr; height: 100%; border-left: vkey $panel; }
    MainScreen.-beside #papers { width: 3fr; }
    MainScreen.-beside #details { width: 2fr; max-width: 94; }
    MainScreen.-below #panes { layout: vertical; }
    MainScreen.-below #papers { width: 100%; height: 3fr; }
    MainScreen.-below #details { width: 100%; height: 2fr; border-left: none; border-top: hkey $panel; }
    MainScreen.-alone #details { display: none; border-left: none; }
    MainScreen.-alone.-reading #details { display: block; }
    MainScreen.-alone.-reading #papers { display: none; }
    #bottom { height: 1; background: $panel; }
    #keys { width: 1fr; height: 1; padding: 0 1; }
    #state { width: auto; height: 1; padding: 0 1; color: $text-muted; max-width: 80%; }
    """

    def __init__(
        self, library: Library, settings: Settings, commands: Sequence[Command], today: Date, notice: str
    ) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.commands = commands
        self.today = today
        self.saver = Saver(library, self.post_message)
        self._notice = notice
        self._search_number = 0
        self._total = library.count()
        self._all_known = False

    def compose(self) -> ComposeResult:
        """Lay out the screen, its first papers in place."""
        with Horizontal(id="top"):
            yield Static("readlist", id="name", markup=False)
            yield Input(placeholder="/ to search", id="search", compact=True, select_on_focus=False)
            yield Static("", id="count", markup=False)
        yield Static("", id="trouble", markup=False)
        with Horizontal(id="panes"):
            yield PaperList(self.library, self.settings, self.library.first(ALL, _FIRST))
            yield Details(self.settings)
        with Horizontal(id="bottom"):
            yield Static("", id="keys", markup=False)
            yield Static("", id="state", markup=False)

    def on_mount(self) -> None:
        """Show the first paper, and find out about the rest."""
        self._arrange(self.app.size.width, self.app.size.height)
        self.papers.empty_text = _EMPTY
        self.set_focus(self.papers)
        self.details.show(self.papers.entry)
        self.say((self.library.read_only and f"read-only: {self.library.read_only}") or self._notice)
        self._show_count()
        self.call_after_refresh(self._search)
        self.set_interval(1.0, self._look_elsewhere)

    def on_unmount(self) -> None:
        """Leave only when everything is on the disk."""
        self.saver.close()

    # ------------------------------------------------------------------ room

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the room there is."""
        self._arrange(event.size.width, event.size.height)

    def _arrange(self, width: int, height: int) -> None:
        """Put the details beside the list, below it, or in its place."""
        self.set_class(width >= WIDE, "-beside")
        self.set_class(width < WIDE and height >= TALL, "-below")
        self.set_class(width < WIDE and height < TALL, "-alone")
        self._show_keys(width)

    def _show_keys(self, width: int) -> None:
        """Show the keys of the footer for which there is room."""
        parts: list[tuple[str, str]] = []
        used = 0
        for command in self.commands:
            if command.footer and command.keys:
                key = command.shown_keys.split(" ")[0]
                used += cell_len(key) + len(command.label) + 3
                if used > width * 0.72:
                    break
                parts += [(key, "bold $text-accent"), (f" {command.label}  ", "$text-muted")]
        self.query_one("#keys", Static).update(Content.assemble(*parts))

    def say(self, words: str) -> None:
        """Show a sentence at the end of the last line."""
        self.query_one("#state", Static).update(Content(safe_line(words)))

    def _show_count(self) -> None:
        """Show how many papers there are, and in which order."""
        count = len(self.papers.rows)
        filtered = bool(self.query_one(Input).value.strip())
        known = self._all_known or count < _FIRST
        shown = f"{count:,}" if known else f"{count:,}+"
        total = f"{shown} of {self._total:,}" if filtered else f"{self._total:,} papers"
        narrow = self.app.size.width < WIDE
        self.query_one("#count", Static).update(Content(total if narrow else f"{total} · newest first"))

    # ------------------------------------------------------------------ search

    def action_search(self) -> None:
        """Go to the search line; there, the key types itself."""
        search = self.query_one(Input)
        if self.focused is search:
            search.insert_text_at_cursor("/")
        self.set_focus(search)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list and keep the filter."""
        event.stop()
        self.set_focus(self.papers)

    def _search(self) -> None:
        """Begin a search for what stands in the search line; an older one is given up."""
        self._search_number += 1
        self.library.interrupt()
        text = self.query_one(Input).value
        self.run_worker(
            partial(self._search_in_thread, self._search_number, text), thread=True, exclusive=True, group="search"
        )

    def _search_in_thread(self, number: int, text: str) -> None:
        """Find the papers: the first ones at once, then all."""
        from readlist.query import parse

        try:
            query = parse(text, statuses=self.settings.statuses, today=self.today, typing=True)
            first = self.library.first(query, _FIRST)
            whole = len(first) < _FIRST
            self.post_message(Found(number, first, whole))
            if not whole:
                self.post_message(Found(number, self.library.select(query), whole=True))
        except Interrupted:
            return
        except ReadlistError as error:
            self.post_message(Misread(number, error))

    def on_found(self, event: Found) -> None:
        """List what was found, unless another search has begun."""
        if event.number != self._search_number:
            return
        self._total = self.library.count()
        self._all_known = event.whole
        self._tell_trouble("")
        filtered = self.query_one(Input).value.strip()
        self.papers.empty_text = _NO_HIT if filtered and self._total else _EMPTY
        if event.rows != self.papers.rows:
            if event.whole or len(event.rows) > len(self.papers.rows) or filtered or not self._is_start(event.rows):
                self.papers.show(event.rows)
        elif not event.rows:
            self.papers.refresh()
        self._show_count()

    def _is_start(self, rows: array[int]) -> bool:
        """Whether the list begins with these rows already: more is known than this first page says."""
        return self.papers.rows[: len(rows)] == rows

    def on_misread(self, event: Misread) -> None:
        """Say what is wrong with the query; the list stays as it is."""
        if event.number == self._search_number:
            error = event.error
            place = f" (at {error.text[error.column :][:12]!r})" if isinstance(error, QueryError) else ""
            self._tell_trouble(f"{error.message}{place}. {error.hint}")

    def _tell_trouble(self, words: str) -> None:
        """Show a line under the search, or take it away."""
        line = self.query_one("#trouble", Static)
        line.update(Content(safe_line(words)))
        line.set_class(bool(words), "-shown")

    def action_back(self) -> None:
        """Drop the selection, else go back to the list, else clear the search."""
        search = self.query_one(Input)
        if self.focused is search:
            search.value = ""
            self.set_focus(self.papers)
        elif self.papers.selected:
            self.papers.drop_selection()
            self.say("nothing selected")
        elif self._in_details():
            self.remove_class("-reading")
            self.set_focus(self.papers)
        elif search.value:
            search.value = ""

    # ------------------------------------------------------------------ what comes back

    def on_paper_list_moved(self, event: PaperList.Moved) -> None:
        """Let the details follow the cursor when it rests."""
        event.stop()
        self._moves = getattr(self, "_moves", 0) + 1
        self.set_timer(_PAUSE, partial(self._follow, self._moves))

    def _follow(self, move: int) -> None:
        """Show the paper under the cursor, if the cursor has not moved on."""
        if move == self._moves:
            self.details.show(self.papers.entry)

    def on_saved(self, event: Saved) -> None:
        """Show what is on the disk now."""
        step = event.step
        if step is None:
            self.say(event.words or "nothing to change")
            return
        conflicts = f" ({step.conflicts} changed since, and left alone)" if step.conflicts else ""
        self.say(f"{step.description}{conflicts} · saved")
        self.papers.forget()
        self.details.show(self.papers.entry)
        if step.name == "remove":
            self._search()

    def on_not_saved(self, event: NotSaved) -> None:
        """Say that a change was not made, and why."""
        error = event.error
        if isinstance(error, NothingToUndoError):
            self.say(error.message)
            return
        self.say(f"NOT saved: {error.message}")
        self.warn(f"not saved: {error.message}. {error.hint}".strip())

    def on_ingested(self, event: Ingested) -> None:
        """Show the papers that came in."""
        if event.done:
            self._search()
            self.papers.forget()
            self.show_report(event.report)
        else:
            self.say(f"{event.report.read:,} papers read …")

    def _look_elsewhere(self) -> None:
        """Find out in a thread whether another process has changed the library."""
        self.run_worker(self._look_in_thread, thread=True, exclusive=True, group="elsewhere")

    def _look_in_thread(self) -> None:
        """Ask the library."""
        try:
            if self.library.changed_elsewhere():
                self.post_message(ChangedElsewhere())
        except ReadlistError as error:
            self.log.warning(error.message)

    def on_changed_elsewhere(self, event: ChangedElsewhere) -> None:
        """Show what others did, without losing the place."""
        event.stop()
        self.papers.forget()
        self._search()

    # ------------------------------------------------------------------ help and the end

    def action_help(self) -> None:
        """Show every key."""
        from readlist.tui.screens.help import key_sheet

        self.app.push_screen(key_sheet(self.commands))

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.app.action_command_palette()

    def action_quit(self) -> None:
        """Leave; the changes that wait are saved first."""
        self.app.exit(0)
