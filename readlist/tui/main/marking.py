"""The keys that mark papers."""

from __future__ import annotations

from functools import partial

from readlist.errors import ReadlistError
from readlist.mark import (
    MANY,
    Change,
    Mark,
    counted,
    set_rating,
    set_status,
    star,
)
from readlist.text import safe_line
from readlist.tui.main.noting import Noting
from readlist.tui.messages import Failed, Weighed
from readlist.tui.saver import Make


class Marking(Noting):
    """Stars, statuses, ratings; undo and redo."""

    def mark(self, make: Make) -> None:
        """Apply a change, made from the marks as they are when its turn comes, to the papers that the key is about."""
        ids = self.targets()
        if not ids:
            self.say("there is no paper to mark")
        elif len(ids) <= MANY:
            self.saver.mark(ids, make)
        else:
            self.asked.begin("weighing")
            self.say(f"looking at {counted(len(ids))} …", lasting=True)
            self.run_worker(partial(self._weigh_in_thread, ids, make), thread=True, group="weighing")

    def _weigh_in_thread(self, ids: list[str], make: Make) -> None:
        """Find out what a key does to so many papers, to be asked about."""
        try:
            self.post_message(Weighed(ids, make(self.saver.marks_of(ids))))
        except ReadlistError as error:
            self.asked.end("weighing")
            self.post_message(Failed(error))

    def on_weighed(self, event: Weighed) -> None:
        """Change so many papers only if that is meant; say so as long as it is under way."""
        event.stop()
        self.asked.end("weighing")
        self.say("")
        ids, change = event.ids, event.change
        from readlist.tui.screens.menu import Choice, Menu

        def answered(answer: str | None) -> None:
            if answer == "y":
                self.say(f"{change.name} on {counted(len(ids))} …", lasting=True)
                self.saver.mark(ids, change)

        choices = [
            Choice("y", "yes", self.told("undo", "takes it back as one step")),
            Choice("n", "no", "leave them as they are"),
        ]
        self.app.push_screen(Menu(safe_line(change.question(len(ids))), choices), answered)

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
                else Change("next status", apply, "Give {} their next status")
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
        self.say("taking back …", lasting=True)
        self.saver.undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.say("doing again …", lasting=True)
        self.saver.submit(lambda library: library.redo())

    def action_save_again(self) -> None:
        """Try again to save what the disk refused."""
        if self.saver.unsaved:
            self.saver.retry()
        else:
            self.say("everything is saved")
