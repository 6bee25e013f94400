"""The keys that mark papers."""

from __future__ import annotations

from collections.abc import Callable

from readlist.mark import (
    MANY,
    Change,
    Mark,
    set_rating,
    set_status,
    star,
)
from readlist.tui.main.noting import Noting


class Marking(Noting):
    """Stars, statuses, ratings; undo and redo."""

    def mark(self, change: Callable[[list[Mark]], Change]) -> None:
        """Apply a change, made from the marks as they are when its turn comes, to the papers that the key is about."""
        ids = self.targets()
        if not ids:
            self.say("there is no paper to mark")
        elif len(ids) <= MANY:
            self.saver.mark(ids, change)
        else:
            self._ask_before_many(ids, change)

    def _ask_before_many(self, ids: list[str], change: Callable[[list[Mark]], Change]) -> None:
        """Change so many papers only if that is meant."""
        from readlist.tui.screens.menu import Choice, Menu

        def answered(answer: str | None) -> None:
            if answer == "y":
                self.saver.mark(ids, change)

        choices = [Choice("y", "change them", "one step, u takes it back"), Choice("n", "leave them")]
        self.app.push_screen(Menu(f"Change {len(ids):,} papers?", choices), answered)

    def action_star(self) -> None:
        """Star the papers; take the stars away if all have one."""
        self.mark(lambda marks: star(not all(mark.starred for mark in marks)))

    def action_read(self) -> None:
        """Mark the papers as read, or as unread if all are read."""
        self.mark(lambda marks: set_status("unread" if all(mark.status == "read" for mark in marks) else "read"))

    def action_next_status(self) -> None:
        """Give each paper the status after its own; after the last comes the first."""
        ids = [status.id for status in self.settings.statuses]
        after = dict(zip(ids, [*ids[1:], ids[0]], strict=True))

        def apply(mark: Mark, now: str) -> Mark:
            return set_status(after.get(mark.status, ids[0])).apply(mark, now)

        self.mark(
            lambda marks: (
                Change(f"status {after.get(marks[0].status, ids[0])}", apply)
                if len(marks) == 1
                else Change("next status", apply)
            )
        )

    def _set_status(self, number: int) -> None:
        """Set the status with a number, as the settings order them."""
        if number <= len(self.settings.statuses):
            self.mark(lambda _: set_status(self.settings.statuses[number - 1].id))
        else:
            self.say(f"there are only {len(self.settings.statuses)} statuses")

    def action_status_1(self) -> None:
        """Set the first status."""
        self._set_status(1)

    def action_status_2(self) -> None:
        """Set the second status."""
        self._set_status(2)

    def action_status_3(self) -> None:
        """Set the third status."""
        self._set_status(3)

    def action_status_4(self) -> None:
        """Set the fourth status."""
        self._set_status(4)

    def action_status_5(self) -> None:
        """Set the fifth status."""
        self._set_status(5)

    def action_status_6(self) -> None:
        """Set the sixth status."""
        self._set_status(6)

    def action_rate(self) -> None:
        """Ask for a rating."""
        if not self.targets():
            return
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice("0", "no rating"), *(Choice(str(number), "★" * number) for number in range(1, 6))]

        def rate(answer: str | None) -> None:
            if answer:
                self.mark(lambda _: set_rating(int(answer)))

        self.app.push_screen(Menu("Rating", choices), rate)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.saver.undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.saver.submit(lambda library: library.redo())

    def action_save_again(self) -> None:
        """Try again to save what the disk refused."""
        if self.saver.unsaved:
            self.saver.retry()
        else:
            self.say("everything is saved")
