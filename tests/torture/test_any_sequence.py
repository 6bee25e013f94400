"""Whatever is done in whatever order, by one process or two, the library is what a plain dictionary would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from readlist.library import Library
from readlist.mark import Mark, set_priority, star
from readlist.view import View
from tests.papers import NOW
from tests.torture.editors import MARKS_FILE
from tests.torture.naive_library import Before, NaiveLibrary
from tests.torture.plain_model import Backup, with_value
from tests.torture.reading_list import BY_HAND, LIBRARIES, PAPERS, VIEWS, ReadingList

SEQUENCES = settings(
    max_examples=60,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    report_multiple_bugs=False,
)


class ReadingListWithMishaps(ReadingList):
    """The same where files are damaged and programs killed, and backups are gone back to."""

    def __init__(self) -> None:
        super().__init__()
        self.backup: tuple[Path, Backup] | None = None

    @rule(which=LIBRARIES)
    def back_up(self, which: int) -> None:
        library = self.libraries[which]
        assert isinstance(library, Library)
        if (self.folder / MARKS_FILE).exists():
            self.backup = library.back_up().path, self.snapshot()
            self.without_history = False

    def snapshot(self) -> Backup:
        """Return what there is now."""
        return Backup(dict(self.model.papers), self.model.views, self.marked_once(), dict(self.model.decided))

    @precondition(lambda self: not self.model.gone)
    @rule(which=LIBRARIES)
    def go_back(self, which: int) -> None:
        """Restore the last backup that was asked for, if it is still there."""
        library = self.libraries[which]
        assert isinstance(library, Library)
        numbers = {backup.path: backup.number for backup in library.backups()}
        if self.backup and self.backup[0] in numbers:
            kept = self.kept()
            step = library.restore(numbers[self.backup[0]]).step
            assert (step is not None) == self.model.go_back(self.backup[1], kept)

    @precondition(lambda self: not self.without_history)
    @rule(which=LIBRARIES)
    def damage(self, which: int) -> None:
        """The last bytes of the marks file are lost, and what it held is put together again."""
        library = self.libraries[which]
        assert isinstance(library, Library)
        path = self.folder / MARKS_FILE
        self.settled()  # else a step that was cut off is taken for finished when the file cannot say that it was not
        if path.exists():
            path.write_bytes(path.read_bytes()[:-9])
            assert library.restore(1 if library.backups() else 0).put_together

    @rule(
        written=st.sampled_from(["history.jsonl", MARKS_FILE]),
        name=st.sampled_from(["views", "star", "remove", "undo", "edit", "merge", "add"]),
        views=VIEWS,
        number=st.integers(0, PAPERS - 1),
    )
    def kill(self, written: str, name: str, views: tuple[View, ...], number: int) -> None:
        """A third program is killed in the midst of a step, when it has written this file and none after it."""
        for library in self.libraries:
            library.close()
        later = [MARKS_FILE, "catalogue.sqlite"] if written == "history.jsonl" else ["catalogue.sqlite"]
        spare = {path: path.read_bytes() for name in later for path in self.folder.glob(f"{name}*")}
        ids = [self.ids[number]] if self.ids[number] in self.model.papers else []
        two = list(self.model.papers)[:2]
        starred = with_value("starred", value=True)
        steps: dict[str, tuple[Callable[[Library], object], Callable[[], object]]] = {
            "views": (lambda doomed: doomed.set_views(views, "v"), lambda: self.model.set_views(views)),
            "star": (lambda doomed: doomed.mark(ids, star()), lambda: self.model.mark(ids, starred)),
            "remove": (lambda doomed: doomed.remove(ids), lambda: self.model.remove(ids)),
            "undo": (lambda doomed: doomed.undo(), self.model.undo),
            "edit": (
                lambda doomed: [doomed.edit(one, {"title": "Cut Off"}) for one in ids],
                lambda: [self.model.decide(one, title="Cut Off") for one in ids],
            ),
            "merge": (
                lambda doomed: doomed.merge_papers(*two),
                lambda: self.merged_in_model(*two),
            ),
            "add": (lambda doomed: doomed.add_by_hand(BY_HAND), lambda: self.model.add_by_hand(BY_HAND.id)),
        }
        take, take_in_model = steps[name]
        possible = {
            "undo": bool(self.model.undoable),
            "merge": len(self.model.papers) > 3,
            "add": self.model.root(BY_HAND.id) == BY_HAND.id not in self.model.papers,
        }
        if possible.get(name, True):
            with Library.open(self.folder, now=lambda: NOW) as doomed:
                take(doomed)
            if written == MARKS_FILE:
                take_in_model()
        for path in [path for name in later for path in self.folder.glob(f"{name}*")]:
            path.unlink()
        for path, data in spare.items():
            path.write_bytes(data)
        self.libraries = [self.opened() for _ in self.libraries]


class NaiveReadingList(ReadingList):
    """The same with TinyDB as it comes."""

    knows_keys = False

    def __init__(self) -> None:
        self.done: list[Before] = []
        self.undone: list[Before] = []
        super().__init__()

    def opened(self) -> NaiveLibrary:
        return NaiveLibrary(self.folder, self.done, self.undone)

    def shown(self, library: Library | NaiveLibrary) -> dict[str, Mark]:
        assert isinstance(library, NaiveLibrary)
        return library.marks()

    def write(self, one: str, mark: Mark) -> None:
        with self.opened() as elsewhere:
            elsewhere.write(one, mark)

    def write_views(self, views: tuple[View, ...]) -> None:
        with self.opened() as elsewhere:
            elsewhere.write_views(views)

    def priority_by_verb(self, one: str, priority: int) -> None:
        if one in self.model.papers:
            with self.opened() as elsewhere:
                elsewhere.mark([one], set_priority(priority))

    @invariant()
    def the_file_and_the_history_hold_the_same(self) -> None:
        """Not asked: it has no history."""


@pytest.mark.slow
def test_any_sequence_of_changes_leaves_what_a_dictionary_would() -> None:
    run_state_machine_as_test(ReadingListWithMishaps, settings=SEQUENCES)


@pytest.mark.slow
def test_some_sequence_of_changes_is_too_much_for_tinydb_and_an_undo_in_memory() -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            NaiveReadingList, settings=settings(SEQUENCES, phases=[Phase.generate], max_examples=600)
        )
