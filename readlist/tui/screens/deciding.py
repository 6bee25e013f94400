"""The decisions of a triage: each changes the mark of the present paper, and can be taken back."""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import ReadlistError
from readlist.library import Library, Step
from readlist.mark import UNMARKED, Change, Mark, add_note, change_tags, new_note_id, set_status, star, tags_as_written
from readlist.paper import Entry
from readlist.settings import Settings
from readlist.store.runs import PREFIX, Run
from readlist.text import safe_line
from readlist.tui.keyed import Keyed
from readlist.tui.saver import Make, Saver
from readlist.tui.widgets.pile import Pile
from readlist.tui.widgets.triage_lines import ChipLine, Pace

CHIPS: Final = 9
"""How many tags have a key."""


class _Act(Struct):
    """Something that was done to the paper at a place."""

    place: int
    make: Make | None
    """None for a paper that was skipped."""
    decides: str = ""
    """The paper whose status it decided, by id, unless that was decided before."""
    void: bool = False
    """Whether nothing was different afterwards; known when its turn has come."""

    def at_turn(self, marks: list[Mark]) -> Change:
        """Return the change under its name in the history, and find out if it does anything."""
        assert self.make is not None
        change = self.make(marks)
        self.void = all(change(mark, mark.changed or "") == mark for mark in marks)
        return replace(change, name=PREFIX + change.name)

    def undo(self, library: Library, since: int) -> Step | None:
        """Take it back, unless there is nothing to take back."""
        return None if self.void else library.undo_after(since, PREFIX)


class Deciding(Keyed[str | None]):
    """Decides on the paper that is shown."""

    _library: Library
    _settings: Settings
    _saver: Saver
    _run: Run
    _pile: Pile | None = None
    """The papers; None until they are known."""
    _tags: list[str]
    """The tags that have a key."""
    _acts: list[_Act]
    """What was done in this sitting, latest last."""
    _pace: Pace

    def show(self) -> None:
        """Show the present paper, how many are left, and the tags."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Show a sentence in the last line."""
        raise NotImplementedError

    def keep(self) -> None:
        """Keep where the reader is."""
        raise NotImplementedError

    @property
    def place(self) -> int:
        """How many papers stand before the present one."""
        return self._pile.place if self._pile else 0

    @property
    def is_on_a_paper(self) -> bool:
        """Whether there is a paper to decide on."""
        return self._pile is not None and self._pile.entry is not None

    # ------------------------------------------------------------------ deciding

    def action_decide(self, status: str) -> None:
        """Set a status, and go to the next paper."""
        known = [one.id for one in self._settings.statuses]
        if status not in known:
            self.say(f"the settings have no status {status}; there is {', '.join(map(safe_line, known))}")
        elif (entry := self._present()) is not None:
            self._make(lambda _: set_status(status))
            if entry.id not in self._run.decided:
                self._acts[-1].decides = entry.id
                self._run = self._run.with_decision(entry.id)
            self._go_on()

    def action_skip(self) -> None:
        """Go to the next paper."""
        if self._present() is not None:
            self._acts.append(_Act(self.place, None))
            self._go_on()
            self.say("skipped")

    def action_previous(self) -> None:
        """Go back to the paper before."""
        if self._pile is None or not self._pile.total:
            return
        if self._pile.go(-1):
            self.say("")
            self.keep()
            self.show()
        else:
            self.say("this is the first paper")

    def action_again(self) -> None:
        """Go once more through the papers that were skipped."""
        if self._pile is None or not self._pile.total:
            return
        skipped = self._run.skipped
        if self.is_on_a_paper:
            self.say("what is skipped can be gone through again when no paper is left")
        elif not skipped:
            self.say("no paper was skipped")
        else:
            self._pile.put_last(skipped)
            self._acts.clear()  # they name places that other papers have now
            self.keep()
            self.say(f"{len(skipped):,} skipped before")
            self.show()

    def action_star(self) -> None:
        """Star the paper, or take the star away."""
        self._make(lambda marks: star(not all(mark.starred for mark in marks)))

    def on_chip_line_clicked(self, event: ChipLine.Clicked) -> None:
        """Add the tag that was clicked, or take it away."""
        event.stop()
        self.chip(event.number)

    def chip(self, number: int) -> None:
        """Add one of the tags that were used last, or take it away."""
        if number > len(self._tags):
            self.say(f"no tag has the key {number}; t adds any tag")
            return
        tag = self._tags[number - 1]
        add, remove = change_tags(add=[tag]), change_tags(remove=[tag])
        self._make(lambda marks: remove if all(tag in mark.tags for mark in marks) else add)

    def action_tags(self) -> None:
        """Ask for tags to add and to take away."""
        if self._present() is None:
            return
        from readlist.tui.screens.completion import TagSuggester
        from readlist.tui.screens.dialogs import LineDialog

        known = list(self._library.tags())
        text = "a word adds a tag · -word takes it away"
        self.app.push_screen(LineDialog("Tags", text, suggester=TagSuggester(known)), self._take_tags)

    def _take_tags(self, line: str | None) -> None:
        """Change the tags as a line says; new ones get a key if one is free."""
        try:
            change = tags_as_written(line or "")
        except ReadlistError as error:
            self.say(f"{error.message}: {error.hint}")
            return
        if change is not None and self._make(lambda _: change):
            added = [tag for tag in change(UNMARKED, "").tags if tag not in self._tags]
            self._tags = [*self._tags, *added][:CHIPS]

    def action_note(self) -> None:
        """Ask for a note of one line."""
        if self._present() is None:
            return
        from readlist.tui.screens.dialogs import LineDialog

        def written(line: str | None) -> None:
            if line and line.strip():
                note = add_note(new_note_id(), line)
                self._make(lambda _: note)

        self.app.push_screen(LineDialog("Note", ""), written)

    def _present(self) -> Entry | None:
        """Return the present paper; say if there is none."""
        entry = self._pile.entry if self._pile else None
        if entry is None and self._pile is not None:
            again, leave = self.key_of("triage.again"), self.key_of("triage.leave")
            waiting = f"only skipped papers are left: {again} goes through them"
            self.say(waiting if again and self._run.skipped else f"no paper is left: {leave} goes back to the list")
        return entry

    def _make(self, make: Make) -> bool:
        """Change the mark of the present paper; whether there is one."""
        entry = self._present()
        if entry is None:
            return False
        act = _Act(self.place, make)
        self._acts.append(act)
        self._saver.mark([entry.id], act.at_turn)
        return True

    def _go_on(self) -> None:
        """Go to the next paper; behind the last one the run is over."""
        assert self._pile is not None
        self._pile.go(1)
        self._pace.step()
        self.keep()
        self.show()

    # ------------------------------------------------------------------ taking back

    def action_undo(self) -> None:
        """Take back what was done last, and go back to its paper."""
        if self._pile is None:
            return
        act = self._acts.pop() if self._acts else None
        if act is not None:
            self._pile.place = min(act.place, self._pile.total)
            self._run = self._run.without_decision([act.decides])
            self.keep()
            self.show()
        since = self._run.since
        if act is None:
            self._saver.undo(partial(Library.undo_after, number=since, prefix=PREFIX))
        elif act.make is None:
            self.say("no longer skipped")
        else:
            self._saver.undo(partial(act.undo, since=since))

    def action_save_again(self) -> None:
        """Try again to save what the disk refused."""
        self._saver.retry()

    def action_undo_all(self) -> None:
        """Ask, then take back the whole run."""
        from readlist.tui.screens.menu import Choice, Menu

        def answered(answer: str | None) -> None:
            if answer == "y":
                job = partial(Library.take_back_triage, since=self._run.since)
                self._saver.submit(job, "nothing of this triage is left to take back")

        choices = [Choice("y", "take it back", "as one step"), Choice("n", "keep it")]
        text = f"papers gone through: {self.place:,}; it begins again at the first"
        self.app.push_screen(Menu("Take back this whole triage?", choices, text), answered)

    def begin_again(self, since: int) -> None:
        """Go to the first paper of a run that was taken back.

        Args:
            since: The number of the step that took it back.
        """
        self._acts.clear()
        self._run = replace(self._run, since=since, decided=())
        if self._pile is not None:
            self._pile.place = 0
        self.keep()
