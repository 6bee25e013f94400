"""The keys that decide of facts: correcting papers, adding them by hand, uncertain splits, papers that are one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from readlist.library import Library, Step
from readlist.paper import Entry, Paper
from readlist.tui.main.relating import Relating

if TYPE_CHECKING:
    from readlist.editing import Edits


class Editing(Relating):
    """Corrects papers, adds them, and decides which are the same."""

    def action_edit(self) -> None:
        """Correct the paper under the cursor."""
        if self.papers.entry is None:
            self.say("there is no paper to correct")
        else:
            self.edit(self.papers.entry.id)

    def edit(self, paper_id: str) -> None:
        """Show a paper in a form; what is changed there wins over what sources say."""
        from readlist.tui.screens.edit_form import EditForm

        entry = next(iter(self.library.by_ids([paper_id])), None)
        if entry is None:
            self.say("the paper is not there any more")
            return

        def done(found: Edits | None) -> None:
            if found is not None and not (found.corrections or found.citekey):
                self.say("nothing to change")
            elif found is not None:
                self.saver.submit(partial(_edit, entry=entry, found=found), "nothing to change")

        self.app.push_screen(EditForm(entry, self._owner), done)

    def action_add(self) -> None:
        """Add a paper by hand."""
        from readlist.correction import corrected
        from readlist.tui.screens.edit_form import EditForm

        def done(found: Edits | None) -> None:
            if found is not None and found.corrections:
                paper = corrected(Paper(title="-", title_raw="-"), found.corrections)
                pattern = self.settings.citekeys
                self.saver.submit(lambda library: library.add_by_hand(paper, citekey=found.citekey, pattern=pattern)[0])

        self.app.push_screen(EditForm(None, self._owner), done)

    def _owner(self, citekey: str) -> str | None:
        """Return the id of the paper that goes by a citation key."""
        entry = self.library.find(citekey)
        return entry.id if entry else None

    def action_uncertain(self) -> None:
        """Show the papers whose title and authors may be read wrongly, to be accepted or put right."""
        from readlist.tui.screens.splits import SplitsScreen

        self.app.push_screen(SplitsScreen(self))

    def action_same(self) -> None:
        """Show the papers that are likely one, to be decided about."""
        from readlist.tui.screens.same import SameScreen

        self.app.push_screen(SameScreen(self))

    def action_merge(self) -> None:
        """Show the selected papers, to be made one."""
        from readlist.tui.screens.merging import MOST, MergingScreen

        ids = self.papers.listed.selected
        if len(ids) > MOST:
            self.say(f"{len(ids):,} papers are selected: at most {MOST} can be merged at once")
        else:
            self.app.push_screen(MergingScreen(self, sorted(ids)))


def _edit(library: Library, *, entry: Entry, found: Edits) -> Step | None:
    """Correct a paper."""
    return library.edit(entry.id, found.corrections, citekey=found.citekey)
