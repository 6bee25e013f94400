"""Changing a library: papers in and out, marks, undo and redo. Every method waits for the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from readlist.library.reading import Reading
from readlist.library.step import Step
from readlist.mark import Change, Mark, checked_tag
from readlist.paper import Entry, Incoming, Paper
from readlist.pattern import DEFAULT, Pattern
from readlist.query import Label, Query
from readlist.store.added import Added
from readlist.text import safe_line

if TYPE_CHECKING:
    from readlist.store.course import Course
    from readlist.store.foreign import Foreign
    from readlist.store.own import Decisions
    from readlist.store.steps import Steps
    from readlist.store.underway import Ongoing
    from readlist.view import View


class Changing(Reading):
    """Changes papers, marks and saved views."""

    def add(
        self,
        papers: Iterable[Paper | Incoming],
        *,
        pattern: Pattern = DEFAULT,
        ongoing: Ongoing | None = None,
        course: Course | None = None,
    ) -> Added:
        """Add one batch of papers in one transaction; a paper that is held already is merged with what is held.

        Args:
            papers: The batch.
            pattern: What the citation keys of new papers are made of.
            ongoing: The ingest that they are a batch of, for which `took_in` makes a step; None if there is to be none.
            course: What this ingest has met so far; it is added to. Without it, no decisions come with papers.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The batch could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            if ongoing is not None:
                self._underway.hold(ongoing)
            return self._catalogue.add(
                papers,
                now=self._now(),
                given_keys=steps.given_keys(),
                decisions=steps.marks.decisions(course.decided.values() if course else ()),
                pattern=pattern,
                ongoing=ongoing,
                course=course,
            )

    def rehearse(
        self, batches: Iterable[Sequence[Paper | Incoming]], *, pattern: Pattern = DEFAULT, course: Course
    ) -> list[Added]:
        """Find out what an ingest of these batches, one after the other, would do; the library is left as it is.

        Args:
            batches: The batches, of all sources.
            pattern: What the citation keys of new papers are made of.
            course: What this ingest has met so far; it is added to.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The library cannot be read.
        """
        with self._changing() as steps:

            def met() -> Iterator[tuple[Sequence[Paper | Incoming], Decisions]]:
                for papers in batches:
                    course.meet(papers)
                    yield papers, steps.marks.decisions(course.decided.values())

            return self._catalogue.rehearse(
                met(), now=self._now(), given_keys=steps.given_keys(), pattern=pattern, course=course
            )

    def took_in(
        self, ongoing: Ongoing, foreign: Foreign | None = None, twins: Sequence[tuple[str, str]] = ()
    ) -> Step | None:
        """Make what an ingest has brought in a step, so that it can be undone; None when that is nothing.

        Until then, and when its process dies before, the step is made when the library is next opened.

        Args:
            ongoing: The ingest.
            foreign: The marks that came with it.
            twins: The papers that it showed to be one: the one that stays, and the one that becomes part of it.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: It could not be written; the papers are there, and the step is made later.
        """
        if not self._underway.holds(ongoing):
            return None
        with self._changing() as steps:
            changed = {}
            if foreign:
                from readlist.store.foreign import brought_marks

                changed = brought_marks(steps, foreign, self._by_id, self._catalogue.citekeys)
            unite = None
            if twins:
                from readlist.store.uniting import with_twins

                unite = partial(with_twins, steps, twins=twins, find=self._by_id)
            line = self._underway.close(steps, ongoing, changed, unite)
        return Step.of(line) if line else None

    def coming(self, foreign: Foreign) -> list[tuple[Mark, Mark]]:
        """Return the marks that would change if these came with an ingest now, each as it is and as it would be.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The marks cannot be read.
        """
        from readlist.store.foreign import coming

        with self._changing() as steps:
            return list(coming(steps, foreign, self._now()).values())

    def mark(self, ids: Iterable[str], change: Change) -> Step | None:
        """Apply a change to the marks of these papers as one step, on disk when it returns.

        Returns None when nothing was different afterwards.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        with self._changing() as steps:
            line = steps.mark(self._present(steps, ids), change)
        return Step.of(line) if line else None

    def _present(self, steps: Steps, ids: Iterable[str]) -> dict[str, Entry]:
        """Return the papers with these ids; for one that was merged meanwhile, the one that it is part of now."""
        wanted = list(dict.fromkeys(ids))
        found = self._by_id(wanted)
        if len(found) < len(wanted):
            roots = steps.marks.decisions().roots
            found |= self._by_id(roots[one] for one in wanted if one not in found and one in roots)
        return found

    def change_tag(self, tag: str, change: Change) -> Step | None:
        """Apply a change to the marks of all papers that have a tag; None when there are none.

        Raises:
            UsageError: It cannot be a tag.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        tagged = Query(Label("tag", checked_tag(tag)))
        with self._changing() as steps:
            ids = self._catalogue.ids(self._catalogue.select(tagged))
            line = steps.mark(self._by_id(ids), change)
        return Step.of(line) if line else None

    def remove(self, ids: Iterable[str]) -> Step | None:
        """Take papers out of the library together with their marks, as one step; None when there are none.

        Raises:
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.deciding import remove

        with self._changing() as steps:
            line = remove(steps, self._by_id(ids))
        return Step.of(line) if line else None

    def set_views(self, views: Sequence[View], name: str) -> Step | None:
        """Replace all saved views by these, in this order, as one step; None when they are the same.

        What another process saved meanwhile is replaced too; `change_views` goes by what there is.

        Args:
            views: All that there should be. Their queries and orders are kept as they are, understood or not.
            name: What the history calls it, e.g. `save the view RL`.

        Raises:
            UsageError: One of them cannot be kept, or two go by one name.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        return self.change_views(lambda _: views, name)

    def change_views(self, change: Callable[[tuple[View, ...]], Iterable[View]], name: str) -> Step | None:
        """Change the saved views as one step; None when they are the same afterwards.

        Args:
            change: Takes the views that there are, while nobody else can change them; gives all that there should be.
            name: What the history calls it, e.g. `save the view RL`.

        Raises:
            UsageError: One of them cannot be kept, or two go by one name.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.view import all_checked

        with self._changing() as steps:
            line = steps.change_views(lambda views: all_checked(change(views)), safe_line(name))
        return Step.of(line) if line else None

    def undo(self) -> Step:
        """Take back the last step that has not been taken back.

        Raises:
            NothingToDoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.retracing import retrace

        with self._changing() as steps:
            return Step.of(retrace(steps, "undo", self._by_id))

    def redo(self) -> Step:
        """Do again the step that was last taken back.

        Raises:
            NothingToDoError: There is none.
            ReadOnlyError: The library is open for reading only.
            StoreError: The change could not be written; nothing of it is kept.
        """
        from readlist.store.retracing import retrace

        with self._changing() as steps:
            return Step.of(retrace(steps, "redo", self._by_id))

    def retraceable(self) -> tuple[bool, bool]:
        """Return whether there is a step to undo, and one to redo.

        Raises:
            StoreError: The library cannot be changed now.
        """
        from readlist.store.retracing import retraceable

        with self._changing() as steps:
            return retraceable(steps)

    def history(self, limit: int | None = None) -> list[Step]:
        """Return the steps, latest first.

        Raises:
            StoreError: The history cannot be read.
        """
        return [Step.of(line) for line in self._steps.lines(limit)[::-1]]

    def give_out(self, ids: Iterable[str]) -> None:
        """Note that the citation keys of these papers were copied or exported, so that they never change.

        A library that is open for reading only is left as it is.

        Raises:
            StoreError: It could not be written.
        """
        if not self.read_only:
            with self._changing() as steps:
                given = steps.marks.given_out()
                steps.give_out(self._by_id(one for one in ids if one not in given))
