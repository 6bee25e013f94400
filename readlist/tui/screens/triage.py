"""Triage: the papers one at a time, and a key for each decision."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.message import Message

from readlist.errors import NothingToDoError, ReadlistError
from readlist.library import Interrupted, Library, Step
from readlist.settings import Settings
from readlist.store.runs import PREFIX, TAKEN_BACK, Run
from readlist.text import safe_line
from readlist.tui.keyed import Labels
from readlist.tui.messages import NotSaved, Saved
from readlist.tui.saver import Saver, with_unsaved
from readlist.tui.screens.deciding import CHIPS, Deciding
from readlist.tui.widgets.details import Details
from readlist.tui.widgets.page import Shown
from readlist.tui.widgets.pile import Pile
from readlist.tui.widgets.triage_end import Ending
from readlist.tui.widgets.triage_lines import ChipLine, HeadLine, KeyLine, Pace

_FOOTER: Final[Labels] = {
    "triage.keep": "keep",
    "triage.drop": "drop",
    "triage.skip": "skip",
    "triage.previous": "back",
    "triage.undo": "undo",
    "triage.leave": "leave",
    "triage.star": "star",
    "triage.tags": "tags",
    "triage.note": "note",
    "triage.read": "read",
    "triage.skimmed": "skimmed",
    "triage.undo_all": "undo all",
    "triage.help": "keys",
}
"""What the last line shows where a paper is to be decided on, as far as there is room."""

_NEEDED: Final = 6
"""How many of these must not be missing, beside the one that shows all."""

_PATIENCE: Final = 2.0
"""Seconds that a key waits for the papers at the most."""


class TriageScreen(Deciding):
    """One paper at a time; gives the paper that it was left at."""

    DEFAULT_CSS = """
    TriageScreen { layout: vertical; }
    TriageScreen Details { height: 1fr; width: 100%; padding: 1 2; align-horizontal: center; }
    TriageScreen Details > Static { width: 100%; max-width: 90; }
    TriageScreen.-low Details { padding: 0 2; }
    TriageScreen Ending { height: 1fr; padding: 1 2; display: none; }
    TriageScreen.-low Ending { padding: 0 2; }
    TriageScreen.-ended Ending { display: block; }
    TriageScreen.-ended Details { display: none; }
    """
    PLACE = "triage"

    @dataclass
    class Loaded(Message):
        """The papers are known, and the tags that were used last."""

        rows: array[int]
        tags: tuple[str, ...]

    @dataclass
    class NotLoaded(Message):
        """They could not be found out."""

        error: ReadlistError

    def __init__(
        self,
        library: Library,
        settings: Settings,
        saver: Saver,
        run: Run,
        load: Callable[[Run], array[int]],
        *,
        listed: bool,
    ) -> None:
        """Say what to go through.

        Args:
            library: Where the papers are.
            settings: The statuses.
            saver: What saves the decisions.
            run: Where to begin.
            load: Gives the row numbers of the papers that are left; called in a thread.
            listed: Whether any paper was listed where it was asked for.
        """
        super().__init__()
        self._listed = listed
        self._library = library
        self._settings = settings
        self._saver = saver
        self._run = run
        self._load = load
        self._tags = []
        self._acts = []
        self._ready = asyncio.Event()
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """Lay out the paper between the lines about it."""
        yield HeadLine()
        yield Details(self._settings)
        yield Ending(self._library, self._settings.statuses)
        yield ChipLine()
        yield KeyLine()

    @property
    def reached(self) -> Run:
        """Where the reader is."""
        return self._run

    def summary(self) -> str:
        """Return how far it came, for the last line of the list."""
        if self._pile is None or not self._pile.total:
            return "triage: there was nothing to go through"
        skipped, key = len(self._run.skipped), self.key_of("triage")
        if self._pile.left:
            told = f"triage: {self._pile.left:,} left" + (f", {skipped:,} skipped" if skipped else "")
            return f"{told} · {key} goes on" if key else told
        if not skipped:
            return f"triage: all {self._pile.total:,} decided"
        told = f"triage: {skipped:,} of {self._pile.total:,} skipped"
        return f"{told} · {key} goes through them" if key and not self._run.chosen else told

    @property
    def details(self) -> Details:
        """The paper."""
        return self.query_one(Details)

    def on_mount(self) -> None:
        """Find the papers in a thread."""
        self.set_focus(self.details)
        self.query_one(KeyLine).offer(self.offers({"triage.leave": "leave", "triage.help": "keys"}), _NEEDED)
        self.say("looking …")
        self.run_worker(self._load_in_thread, thread=True, group="triage")

    async def ready_for_keys(self) -> None:
        """Wait for the papers: keys are about the one that is shown."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._ready.wait()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the room to the abstract where there is little."""
        self.set_class(event.size.height < 20, "-low")  # noqa: PLR2004 — rows with room for a margin

    async def on_key(self, event: events.Key) -> None:
        """Add the tag of a digit, or take it away; a key that asks for nothing is told."""
        if event.key.isdecimal() and event.key != "0":
            event.stop()
            event.prevent_default()
            self.chip(int(event.key))
        elif said := self.said_of(event.key):
            self.say(said)

    # ------------------------------------------------------------------ finding the papers

    def _load_in_thread(self) -> None:
        """Find the papers that are left; when another search interrupts that, once more."""
        while True:
            try:
                self.post_message(self.Loaded(self._load(self._run), tuple(self._library.recent_tags(CHIPS))))
            except Interrupted:
                if self.is_attached:
                    continue
            except ReadlistError as error:
                self.post_message(self.NotLoaded(error))
            return

    def on_triage_screen_loaded(self, event: Loaded) -> None:
        """Show the first of them."""
        event.stop()
        self._pile = Pile(self._library, self._run.passed, event.rows)
        self._tags = list(event.tags)
        self._ready.set()
        self.say(f"resumed: {self._pile.place:,} done" if self._pile.place else "")
        self.show()

    def on_triage_screen_not_loaded(self, event: NotLoaded) -> None:
        """Say why there are none."""
        event.stop()
        self._ready.set()
        self.say(f"{event.error.message}. {event.error.hint}".strip())

    # ------------------------------------------------------------------ showing one

    def show(self) -> None:
        """Show the present paper, how many are left, and the tags."""
        pile = self._pile
        if pile is None:
            return
        entry = pile.entry
        what = f"{len(self._run.chosen):,} selected" if self._run.chosen else safe_line(self._run.query.strip())
        self.query_one(HeadLine).show(what or "all papers", pile.place, pile.total, self._pace.words(pile.left))
        self.set_class(entry is None, "-ended")
        if entry is None:
            self._show_ending(pile)
            return
        self.query_one(KeyLine).offer(self.offers(_FOOTER), _NEEDED)
        unsaved = self._saver.unsaved
        shown = replace(entry, mark=with_unsaved(entry.id, entry.mark, unsaved))
        self.details.show(Shown(shown, any(entry.id in one.ids for one in unsaved)))
        self.query_one(ChipLine).show(self._tags, shown.mark.tags, self.key_of("triage.tags"))

    def show_offers(self) -> None:
        """Show the keys as they are now."""
        self.show()

    def _show_ending(self, pile: Pile) -> None:
        """Show what came of it, and the keys that work where no paper is left."""
        self.query_one(ChipLine).show((), (), "")
        leave, keys = {"triage.leave": "leave"}, {"triage.help": "keys"}
        if not pile.total:
            self.query_one(KeyLine).offer(self.offers(leave | keys), _NEEDED)
            self.query_one(Ending).show_nothing(self.key_of, selected=bool(self._run.chosen), listed=self._listed)
            return
        again = {"triage.again": "the skipped ones"} if self._run.skipped else {}
        back = {"triage.previous": "back", "triage.undo": "undo", "triage.undo_all": "undo all"}
        self.query_one(KeyLine).offer(self.offers(leave | again | back | keys), _NEEDED)
        self.query_one(Ending).show(self._run, self._pace.a_paper, self.key_of)

    def say(self, words: str) -> None:
        """Show a sentence beside how far it is."""
        self.query_one(HeadLine).say(words)

    def take_saved(self, event: Saved) -> None:
        """Show what is on the disk now."""
        step = event.step
        if step is not None:
            self.say(f"{_words(step)} · saved")
            if step.name == TAKEN_BACK and step.kind == "do":
                self.begin_again(step.number)
            elif step.kind == "undo" and step.ids and self._pile is not None:
                if step.name.startswith(f"{PREFIX}status "):
                    self._run = self._run.without_decision(step.ids)
                self._pile.go_to(step.ids[0])
        elif event.words:
            self.say(event.words)
        self.show()

    def take_not_saved(self, event: NotSaved) -> None:
        """Say that a decision is not on the disk."""
        error = event.error
        if isinstance(error, NothingToDoError):
            self.say("nothing of this triage is left to take back")
        else:
            retry = self.key_of("triage.save_again")
            self.say(f"NOT saved: {error.message}" + (f" · {retry} tries again" if event.unsaved and retry else ""))
        self.show()

    # ------------------------------------------------------------------ leaving

    def keep(self) -> None:
        """Keep where the reader is, in a thread."""
        pile = self._pile
        if pile is not None:
            self._run = replace(self._run, passed=pile.passed, over=not pile.left)
            self.run_worker(partial(self._keep_in_thread, self._run), thread=True, group="keep")

    def _keep_in_thread(self, run: Run) -> None:
        """Keep a run, unless a newer one is to be kept."""
        if run is self._run:
            self._library.keep_triage(run)

    def action_leave(self) -> None:
        """Go back to the list."""
        entry = self._pile.entry if self._pile else None
        self.dismiss(entry.id if entry else None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the abstract."""
        self.details.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll the abstract by what is visible."""
        self.details.scroll_relative(y=pages * max(1, self.details.size.height - 1), animate=False)


def _words(step: Step) -> str:
    """Return what a step did to the one paper that it is about."""
    done = step.name.removeprefix(PREFIX).removeprefix("status ")
    return done if step.kind == "do" else f"{step.kind}: {done}"
