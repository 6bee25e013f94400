"""The reading queue: priority, order by hand, and what to read next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from readlist.errors import ReadlistError
from readlist.library import Interrupted, Library
from readlist.mark import MAX_PRIORITY, set_priority
from readlist.tui.main.marking import Marking
from readlist.tui.main.viewing import Viewing
from readlist.tui.messages import Failed, NextKnown, Saved

if TYPE_CHECKING:
    from readlist.store.ranks import Place


class Queueing(Marking, Viewing):
    """Orders the queue, and goes to what is to be read next."""

    _went_to = ""
    """The paper that was last told to be read next: asked again on it, the one after is told."""

    def action_priority(self) -> None:
        """Ask for a priority."""
        if not self.targets():
            return
        from readlist.tui.screens.menu import Choice, Menu

        words = ("no priority", "low", "medium", "high")
        choices = [Choice(str(number), words[number]) for number in range(MAX_PRIORITY + 1)]

        def prioritise(answer: str | None) -> None:
            if answer:
                self.mark(lambda _: set_priority(int(answer)))

        self.app.push_screen(Menu("Priority in the reading queue", choices), prioritise)

    # ------------------------------------------------------------------ order by hand

    def action_earlier(self) -> None:
        """Move the papers up in the queue."""
        from readlist.store.ranks import Place

        self._move_in_queue(Place.EARLIER, "first")

    def action_later(self) -> None:
        """Move the papers down in the queue."""
        from readlist.store.ranks import Place

        self._move_in_queue(Place.LATER, "last")

    def _move_in_queue(self, place: Place, end: str) -> None:
        """Move the papers that a key is about."""
        ids = self.targets()
        if not ids:
            self.say("there is no paper to move")
            return
        job = partial(Library.move_in_queue, ids=ids, to=place)
        self.saver.submit(job, f"already {end} of its priority in the queue")

    def on_saved(self, event: Saved) -> None:
        """Show the queue in its new order, where it is listed so."""
        step = event.step
        if step is not None and step.kind == "do" and step.name.startswith("queue "):
            self.say(f"{step.name} · saved")  # papers that had to make room are not counted
        moved = step is not None and step.name.startswith(("queue ", "priority ", "status "))
        if step is not None and moved and step.kind == "do" and self.order.field == "queue":
            entry = self.papers.entry
            self.search(then=entry.id if entry else None)

    # ------------------------------------------------------------------ what next

    def action_next(self) -> None:
        """Find out, in a thread, what is to be read next."""
        entry = self.papers.entry
        self.asked.begin("next")
        again = entry is not None and entry.id == self._went_to
        work = partial(self._find_next_in_thread, self._went_to if again else "")
        self.run_worker(work, thread=True, exclusive=True, group="next")

    def _find_next_in_thread(self, paper_id: str) -> None:
        """Find the first paper of the queue, or the one after another."""
        while True:
            try:
                queue = self.library.queue()
            except Interrupted:
                continue
            except ReadlistError as error:
                self.asked.end("next")
                self.post_message(Failed(error))
            else:
                after = next((number for number, entry in enumerate(queue, 1) if entry.id == paper_id), 0)
                place = after % len(queue) if queue else 0
                self.post_message(NextKnown(queue[place] if queue else None, place + 1, len(queue)))
            return

    def on_next_known(self, event: NextKnown) -> None:
        """Go there, in the queue if it is not listed, and say why it is that one."""
        event.stop()
        self.asked.end("next")
        if event.entry is None:
            ways = (self.told("status_2", "queues a paper"), self.told("triage", "goes through the unread ones"))
            self.say(": ".join(filter(None, ("the queue is empty", ", ".join(filter(None, ways))))))
            return
        from readlist.nextup import why

        self._went_to = event.entry.id
        place = self.papers.listed.index_of(event.entry.id)
        if place is not None:
            self.papers.move_to(place)
        else:
            self._list_queue(event.entry.id)
        nth = "next" if event.place == 1 else f"number {event.place:,}"
        self.say(f"{nth} of {event.count:,} to read: {why(event.entry.mark, self.today)}")

    def _list_queue(self, paper_id: str) -> None:
        """List the queue, the cursor on a paper of it."""
        from readlist.query.queue import QUEUE

        self.load_views()
        view = next((view for view in self.views if view.order == "queue"), None)
        if view is not None:
            self.show_view(view)
        else:
            self.view = None
            self.replace_query(f"{QUEUE} ")
        self.search(then=paper_id)
