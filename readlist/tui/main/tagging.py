"""Tags: of the papers that a key is about, and over the whole library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from readlist.errors import ReadlistError
from readlist.mark import Change, drop_tag, rename_tag, tags_as_written
from readlist.query import Facet
from readlist.tui.main.browsing import Browsing
from readlist.tui.main.marking import Marking

_LOOKED_AT: Final = 50
"""Of so many papers the tags are shown before they are changed."""


class Tagging(Marking, Browsing):
    """Adds tags and takes them away, renames them and removes them everywhere."""

    def action_tags(self) -> None:
        """Ask for tags to add and to take away."""
        ids = self.targets()
        entries = self.library.by_ids(ids[:_LOOKED_AT])
        if not entries:
            return
        from readlist.tui.screens.completion import TagSuggester
        from readlist.tui.screens.dialogs import LineDialog

        present = sorted({tag for entry in entries for tag in entry.mark.tags})
        title = "Tags" if len(ids) == 1 else f"Tags of {len(ids):,} papers"
        now = f"now: {' '.join(present)}\n" if present else ""
        known = list(self.library.tags())
        some = f"in use: {' '.join(known[:30])}\n" if known else ""
        text = f"{now}{some}a word adds a tag · -word takes it away"
        self.app.push_screen(LineDialog(title, text, suggester=TagSuggester(known)), self._take_tags)

    def _take_tags(self, line: str | None) -> None:
        """Change the tags as a line says: `rl +agents -todo`."""
        try:
            change = tags_as_written(line or "")
        except ReadlistError as error:
            self.tell_failure(error.message, error.hint)
        else:
            if change is not None:
                self.mark(lambda _: change)

    # ------------------------------------------------------------------ everywhere

    def action_rename_tag(self) -> None:
        """Ask which tag to rename, and how."""

        def changed(words: list[str]) -> tuple[str, Change]:
            old, new = words
            return old, rename_tag(old, new)

        text = "the tag and its new name · an existing name joins the two"
        self._ask_for_tag(
            "Rename a tag on all papers", text, f"{self._tag_under_cursor()} ".lstrip(), 2, changed, does="rename"
        )

    def action_remove_tag(self) -> None:
        """Ask which tag to take away from all papers."""
        text = " · ".join(filter(None, ("its papers lose it", self.told("undo", "brings it back"))))
        self._ask_for_tag(
            "Remove a tag from all papers",
            text,
            self._tag_under_cursor(),
            1,
            lambda words: (words[0], drop_tag(words[0])),
            does="remove",
        )

    def _tag_under_cursor(self) -> str:
        """Return the tag under the cursor of the sidebar, if it stands on one."""
        target = self.sidebar.target if self.sidebar_shown else None
        return target.name if isinstance(target, Facet) and target.kind == "tag" else ""

    def _ask_for_tag(
        self,
        title: str,
        text: str,
        value: str,
        wanted: int,
        changed: Callable[[list[str]], tuple[str, Change]],
        *,
        does: str,
    ) -> None:
        """Ask for a line of so many tags, and change the first one everywhere."""
        from readlist.tui.screens.completion import TagSuggester
        from readlist.tui.screens.dialogs import LineDialog

        known = self.library.tags()
        used = " ".join(f"{tag} ({count:,})" for tag, count in list(known.items())[:30])

        def answered(line: str | None) -> None:
            words = (line or "").split()
            if not words:
                return
            if len(words) != wanted:
                self.say("write " + ("one tag" if wanted == 1 else "the tag and its new name"))
                return
            try:
                tag, change = changed(words)
            except ReadlistError as error:
                self.tell_failure(error.message, error.hint)
            else:
                self.saver.submit(lambda library: library.change_tag(tag, change), "no paper has that tag")

        shown = f"in use: {used}\n{text}" if used else text
        suggester = TagSuggester(list(known))
        self.app.push_screen(LineDialog(title, shown, value, suggester=suggester, does=does), answered)
