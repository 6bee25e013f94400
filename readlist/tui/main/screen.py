"""The main screen: search, list, details, and one line of keys and state."""

from __future__ import annotations

import gc
from datetime import date as Date
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from readlist.errors import NothingToDoError
from readlist.library import Library
from readlist.query import ALL, NEWEST_FIRST, Query
from readlist.settings import Settings
from readlist.text import safe_line
from readlist.tui.asked import Asked
from readlist.tui.left import Left
from readlist.tui.main.configuring import Configuring
from readlist.tui.main.editing import Editing
from readlist.tui.main.finding import FIRST_PAGE
from readlist.tui.main.giving import Giving
from readlist.tui.main.kept import Kept
from readlist.tui.main.mending import Mending
from readlist.tui.main.moving import Moving
from readlist.tui.main.opening import Opening
from readlist.tui.main.queueing import Queueing
from readlist.tui.main.selecting import Selecting
from readlist.tui.main.surveying import Surveying
from readlist.tui.main.tagging import Tagging
from readlist.tui.main.taking import Taking
from readlist.tui.main.triaging import Triaging
from readlist.tui.main.watching import Watching
from readlist.tui.messages import Done, Failed, Ingested, NotSaved, Saved, Settled, Warned
from readlist.tui.refreshing import Refresher
from readlist.tui.saver import Saver, Unsaved
from readlist.tui.widgets.bars import BottomBar, TopBar
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.paper_list import PaperList

_SORTED_FIRST = 5_000
"""Papers that are sorted before the first paint at the most; of more, the newest are painted until they are sorted."""

_PAUSE = 0.04
"""Seconds that the cursor must rest before the details follow it: a held key must not wait for prose."""


class MainScreen(
    Configuring,
    Moving,
    Triaging,
    Queueing,
    Selecting,
    Tagging,
    Taking,
    Giving,
    Opening,
    Kept,
    Surveying,
    Editing,
    Mending,
    Watching,
):
    """The reading list."""

    DEFAULT_CSS = """
    MainScreen { layout: vertical; }
    #trouble { height: auto; display: none; color: $text-error; padding: 0 1; }
    #trouble.-shown { display: block; }
    #panes { height: 1fr; }
    #papers { width: 1fr; height: 100%; }
    #details { width: 1fr; height: 100%; border-left: vkey $panel; }
    #sidebar { display: none; dock: left; width: 24; height: 100%; border-right: vkey $panel; }
    MainScreen.-awaited #panes { padding-left: 24; }
    MainScreen.-awaited.-vast #panes { padding-left: 30; }
    MainScreen.-sidebar #sidebar { display: block; }
    MainScreen.-sidebar.-vast #sidebar { width: 30; }
    MainScreen.-sidebar.-tight #sidebar { width: 100%; border-right: none; }
    MainScreen.-sidebar.-tight #papers { display: none; }
    MainScreen.-beside #papers { width: 3fr; }
    MainScreen.-beside #details { width: 2fr; max-width: 94; }
    MainScreen.-below #panes { layout: vertical; }
    MainScreen.-below #papers { width: 100%; height: 3fr; }
    MainScreen.-below #details { width: 100%; height: 2fr; border-left: none; border-top: hkey $panel; }
    MainScreen.-alone #details { display: none; border-left: none; }
    MainScreen.-alone.-reading #details { display: block; }
    MainScreen.-alone.-reading #papers { display: none; }
    """

    def __init__(self, library: Library, settings: Settings, today: Date, notice: str, *, left: Left) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.today = today
        self.saver = Saver(library, self.post_message)
        self.refresher = Refresher(library, settings, today, self.post_message)
        self.left = self.kept = left
        self._notice = notice
        self.sizes = {}
        self.asked = Asked()
        self.total = library.count()
        self.own_order = self.order = self.order_left()

    def compose(self) -> ComposeResult:
        """Lay out the screen, its first papers in place; the rest comes when these are painted."""
        self.suit(self.app.size)
        self.await_sidebar(self.app.size.width)
        yield TopBar()
        yield Static("", id="trouble", markup=False)
        with Horizontal(id="panes"):
            order = self.order if self.total <= _SORTED_FIRST else NEWEST_FIRST
            first = self.library.first(Query(ALL.tree, order), FIRST_PAGE)
            left = self.left
            yield PaperList(self.library, self.settings, first, comfortable=left.comfortable, paper_id=left.paper)
            yield Details(self.settings)
        yield BottomBar(self._notice)

    def on_mount(self) -> None:
        """Paint the list, and only then all that can wait."""
        self.give_room()
        self.papers.empty_text = self.no_papers()
        self.set_focus(self.papers)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Show the rest of the screen, and find out about the rest of the papers."""
        self.details.show(self.papers.shown)
        self.offer()
        self.tell_trouble("")
        self.show_count()
        self.furnish_sidebar()
        self.search()
        self.look_for_damage()
        self.look_for_drafts()
        self.refresher.soon()
        self.begin_watching()
        # `readlist.cli` turned the collector off: nothing that a start makes is garbage.
        gc.freeze()
        gc.enable()

    def on_unmount(self) -> None:
        """Leave only when everything is on the disk."""
        self.saver.close()
        self.refresher.close()

    def say(self, words: str, *, lasting: bool = False) -> None:
        """Show a sentence at the end of the last line."""
        self.query_one(BottomBar).say(words, lasting=lasting)

    # ------------------------------------------------------------------ what comes back

    def action_back(self) -> None:
        """Drop the selection, else go back to the list or to where it was come from, else clear the search."""
        search = self.search_line
        if self.focused is search:
            self.to_list(stay=False)
            search.value = ""
        elif self.stop_ingest():
            self.say("stopping …", lasting=True)
        elif self.papers.listed.chosen:
            self.papers.drop_selection()
            self.show_count()
            self.say("nothing selected")
        elif self.in_sidebar():
            self.leave_sidebar()
        elif self._in_details():
            self.to_list()
        elif not self.go_back():
            search.value = ""

    def on_paper_list_moved(self, event: PaperList.Moved) -> None:
        """Let the details follow the cursor when it rests."""
        event.stop()
        self._moves = getattr(self, "_moves", 0) + 1
        self.leave_at(self.papers.home)
        self.set_timer(_PAUSE, partial(self._follow, self._moves))

    def _follow(self, move: int) -> None:
        """Show the paper under the cursor, if the cursor has not moved on."""
        if move == self._moves:
            self.details.show(self.papers.shown)

    def on_saved(self, event: Saved) -> None:
        """Show what is on the disk now."""
        step = event.step
        self._show_unsaved(event.unsaved)
        self.refresher.soon()
        if step is None:
            self.papers.renew(frozenset(event.ids))
            self.say(event.words or "nothing to change")
            return
        for warning in self.library.warnings():
            self.warn(warning)
        conflicts = f" ({step.conflicts} changed since, and left alone)" if step.conflicts else ""
        self.say(f"{step.description}{conflicts} · saved")
        self.papers.renew(frozenset(step.ids))
        self.count_again(views=True)
        self.follow_views(undone=step.kind != "do")
        if step.kind != "do" or step.facts:  # papers may have come or gone with it, or say something else
            gone = step.kind == "do" and step.name == "remove"
            self.search(then=None if gone else next(iter(step.ids), None))

    def _show_unsaved(self, unsaved: tuple[Unsaved, ...]) -> None:
        """Show these changes as made but not on the disk, and no others."""
        if unsaved != self.papers.listed.unsaved:
            self.papers.listed.unsaved = unsaved
            self.papers.draw_again()

    def on_failed(self, event: Failed) -> None:
        """Say what could not be done."""
        self.tell_failure(event.error.message, event.error.hint)

    def on_warned(self, event: Warned) -> None:
        """Say what could not be done beside what was."""
        self.warn(event.words)

    def on_done(self, event: Done) -> None:
        """Say what was done."""
        self.say(event.words)

    def on_not_saved(self, event: NotSaved) -> None:
        """Say that a change was not made, and why."""
        error = event.error
        self._show_unsaved(event.unsaved)
        if isinstance(error, NothingToDoError):
            self.say(error.message)
            return
        retry = self.key_of("save_again")
        words = f"NOT saved: {error.message}" + (f" · {retry} tries again" if event.unsaved and retry else "")
        self.say(words, lasting=bool(event.unsaved))
        if not self.query_one(BottomBar).has_room_for(words):
            self.warn(f"not saved: {error.message}. {error.hint}".strip())
        elif error.hint:
            self.warn(error.hint)

    def on_ingested(self, event: Ingested) -> None:
        """Show the papers that came in."""
        if event.done:
            self.refresher.soon()
            self.count_again(views=True)
            self.search()
            self.papers.forget()
            self.show_report(event.report, stopped=event.stopped)
        else:
            self.show_progress(event.report, event.seconds)

    # ------------------------------------------------------------------ the end

    def action_quit(self) -> None:
        """Leave when every change is on the disk."""
        self.saver.settle()

    def on_settled(self, event: Settled) -> None:
        """Leave; if something is not on the disk, say what would be lost, and ask."""
        if not event.unsaved:
            self.app.exit(0)
            return
        from readlist.tui.screens.menu import Choice, Menu

        named = [one.description for one in event.unsaved]
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""  # noqa: PLR2004 — as many as a line holds
        lost = ", ".join(named[:3]) + more
        choices = [Choice("w", "try again"), Choice("q", "leave", f"and lose: {safe_line(lost)}")]

        def answered(answer: str | None) -> None:
            if answer == "q":
                self.app.exit(0)
            elif answer == "w":
                self.saver.settle()

        count = "a change is" if len(named) == 1 else f"{len(named)} changes are"
        self.app.push_screen(Menu(f"{count} not on the disk".capitalize(), choices), answered)
