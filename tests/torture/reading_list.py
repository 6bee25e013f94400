"""Two programs that have one library open and change it in any order, beside a dictionary that says what it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from readlist.errors import NothingToDoError, UnknownKeyError, UsageError
from readlist.library import Library
from readlist.mark import UNMARKED, Change, Mark, add_note, change_note, change_tags, set_rating, set_status, star
from readlist.merge import united_mark
from readlist.query import ALL
from readlist.record import Json, Record, mark_from, mark_record
from readlist.store.lock import locked
from readlist.store.marks import Kept, MarkStore
from readlist.store.views import Replaced
from readlist.view import DEFAULTS, View
from tests.papers import NOW, paper
from tests.torture.editors import MARKS_FILE
from tests.torture.naive_library import NaiveLibrary
from tests.torture.plain_model import (
    Fields,
    Model,
    fields_of,
    plain,
    unmarked,
    with_note,
    with_status,
    with_tags,
    with_value,
)
from tests.torture.programs import ran, verb

NAMES = ("Oaks", "Elms", "Firs", "Seas", "Hills", "Winds")
"""What the papers are about, so that each has its own citation key, whenever it comes in."""
BY_HAND = paper("By Hand", "Ann Author", date="2023", sources=("hand",))
PAPERS = len(NAMES) + 1
"""One of them is added by hand."""
TITLES = st.sampled_from(["A Better Title", "The Best", "好"])
LIBRARIES = st.sampled_from([0, 1])
"""Which of the two programs that have the library open does it."""
CHOSEN = st.sets(st.integers(0, PAPERS - 1), min_size=1)
TAGS = st.sets(st.sampled_from(["rl", "llm", "to/do", "über"]), max_size=3)
TEXTS = st.text(st.sampled_from("ab 好🙂\n"), max_size=40).map(str.strip)
VIEWS = st.lists(
    st.sampled_from([*DEFAULTS[:2], View("RL", "tag:rl"), View("Über", "", "title"), View("Inbox", "tag:x")]),
    max_size=4,
    unique_by=lambda view: view.name,
).map(tuple)

ELSEWHERE: Mapping[str, Sequence[Any]] = {"rating": range(6), "starred": (True, False), "tags": (("rl",), ("else",))}
"""The fields that the other writer changes, and the values that it gives them."""

VERBS = 1
"""How many verbs of the shell a sequence may have: each takes as long as a hundred other changes."""


class ReadingList(RuleBasedStateMachine):
    """Two programs that have one library open, and a dictionary."""

    knows_keys = True
    """Whether citation keys can be changed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="readlist-"))
        self.libraries: list[Library | NaiveLibrary] = [self.opened()]
        self.sources = [paper(f"On {name}", "Ann Author", date="2023") for name in NAMES]
        self.ids = [*self.libraries[0].add(self.sources).ids, BY_HAND.id]
        self.libraries.append(self.opened())
        self.model = Model({one: unmarked() for one in self.ids[:-1]})
        self.model.keys = {one: (key, False) for one, key in self.keys(self.libraries[0]).items()}
        self.model.keys[BY_HAND.id] = ("author2023hand", False)
        self.model.owners = {key: one for one, (key, _) in self.model.keys.items()}
        self.numbers = count(1)
        self.verbs = 0
        self.without_history = False
        """Whether something was written since the last backup of which the history knows nothing."""

    def opened(self) -> Library | NaiveLibrary:
        """Open the library once more."""
        return Library.open(self.folder, now=lambda: NOW)

    def shown(self, library: Library | NaiveLibrary) -> dict[str, Mark]:
        """Return the marks of all papers as one of the programs shows them."""
        assert isinstance(library, Library)
        library.changed_elsewhere()
        return {entry.id: entry.mark for entry in library.entries(library.select(ALL))}

    def keys(self, library: Library | NaiveLibrary) -> dict[str, str]:
        """Return the citation keys of all papers as one of the programs shows them; none where they cannot change."""
        if not isinstance(library, Library):
            return {}
        library.changed_elsewhere()
        return {entry.id: entry.citekey for entry in library.entries(library.select(ALL))}

    def settled(self) -> Library:
        """Return one of the libraries when what a kill left of a step is gone from the history."""
        library = self.libraries[0]
        assert isinstance(library, Library)
        library.warm_up()
        return library

    def write(self, one: str, mark: Mark) -> None:
        """Write a mark as another program would, which keeps no history."""
        library = self.settled()
        entry = library.find(one)
        assert entry is not None
        with locked(self.folder):
            marks = MarkStore(self.folder / MARKS_FILE)
            marks.put({one: Kept.of(entry, mark, given_out=False).decided_like(marks.get([one]).get(one))})

    def write_views(self, views: tuple[View, ...]) -> None:
        """Write the saved views as another program would."""
        self.settled()
        with locked(self.folder):
            MarkStore(self.folder / MARKS_FILE).put({}, Replaced(self.model.views, views))

    def marked_once(self) -> frozenset[str]:
        """Return the papers of which the marks file keeps a mark, if only that there was one."""
        kept = MarkStore(self.folder / MARKS_FILE).all()
        return frozenset(one for one in kept if kept[one].mark != UNMARKED)

    def kept(self) -> frozenset[str]:
        """Return the papers of which the marks file keeps something."""
        return frozenset(MarkStore(self.folder / MARKS_FILE).all())

    def priority_by_verb(self, one: str, priority: int) -> None:
        """Set a priority with readlist's verb."""
        done = ran(verb(self.folder, "priority", str(priority), one))
        assert done.returncode == (0 if self.model.root(one) in self.model.papers else 1), done.stderr

    def teardown(self) -> None:
        """Leave nothing behind."""
        for library in self.libraries:
            library.close()
        shutil.rmtree(self.folder)

    def mark(self, which: int, chosen: set[int], change: Change, in_model: Callable[[Fields], Fields]) -> None:
        """Make a change to some papers that are there, in the library and in the model."""
        ids = [self.ids[number] for number in sorted(chosen) if self.ids[number] in self.model.papers]
        step = self.libraries[which].mark(ids, change)
        assert (step is not None) == self.model.mark(ids, in_model)

    @rule(which=LIBRARIES, chosen=CHOSEN, starred=st.booleans())
    def star(self, which: int, chosen: set[int], starred: bool) -> None:
        self.mark(which, chosen, star(starred), with_value("starred", starred))

    @rule(which=LIBRARIES, chosen=CHOSEN, status=st.sampled_from(["unread", "reading", "read"]))
    def set_status(self, which: int, chosen: set[int], status: str) -> None:
        self.mark(which, chosen, set_status(status), with_status(status))

    @rule(which=LIBRARIES, chosen=CHOSEN, rating=st.integers(0, 5))
    def rate(self, which: int, chosen: set[int], rating: int) -> None:
        self.mark(which, chosen, set_rating(rating), with_value("rating", rating))

    @rule(which=LIBRARIES, chosen=CHOSEN, add=TAGS, remove=TAGS)
    def tag(self, which: int, chosen: set[int], add: set[str], remove: set[str]) -> None:
        self.mark(which, chosen, change_tags(sorted(add), sorted(remove)), with_tags(add, remove))

    @rule(which=LIBRARIES, number=st.integers(0, PAPERS - 1), text=TEXTS)
    def add_note(self, which: int, number: int, text: str) -> None:
        note = f"n{next(self.numbers)}"
        self.mark(which, {number}, add_note(note, text), with_note(note, text))

    @rule(which=LIBRARIES, number=st.integers(0, PAPERS - 1), text=TEXTS, data=st.data())
    def change_note(self, which: int, number: int, text: str, data: st.DataObject) -> None:
        notes = self.model.papers.get(self.ids[number], unmarked())["notes"]
        if notes:
            note, _ = data.draw(st.sampled_from(notes))
            self.mark(which, {number}, change_note(note, text), with_note(note, text))

    @rule(which=LIBRARIES, chosen=st.sets(st.integers(0, PAPERS - 1), min_size=1, max_size=2))
    def remove(self, which: int, chosen: set[int]) -> None:
        ids = [self.ids[number] for number in sorted(chosen)]
        step = self.libraries[which].remove(ids)
        assert (step is not None) == self.model.remove(ids)

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES, number=st.integers(0, PAPERS - 1), key=st.sampled_from(["", "a", "b", "c1", "d:2"]))
    def pin_key(self, which: int, number: int, key: str) -> None:
        """Set the key of a paper by hand, or keep the one that it has."""
        library, one = self.libraries[which], self.model.root(self.ids[number])
        assert isinstance(library, Library)
        key = key or self.model.keys[one][0]
        if self.model.owners.get(key, one) != one and self.model.root(self.model.owners[key]) == one:
            return  # it may have it, but then two of the parts had it once
        if self.model.owners.get(key, one) != one:
            with pytest.raises((UsageError, UnknownKeyError)):
                library.pin_key(one, key)
        elif one in self.model.papers:
            step, _ = library.pin_key(one, key)
            assert (step is not None) == self.model.pin(one, key)

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES, number=st.integers(0, PAPERS - 1), title=TITLES)
    def edit(self, which: int, number: int, title: str) -> None:
        """Correct a title."""
        library, one = self.libraries[which], self.ids[number]
        assert isinstance(library, Library)
        if one in self.model.papers:
            step = library.edit(one, {"title": title})
            assert (step is not None) == self.model.decide(one, title=title)

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES, number=st.integers(0, PAPERS - 1))
    def revert(self, which: int, number: int) -> None:
        """Give a title back to the sources."""
        library, one = self.libraries[which], self.ids[number]
        assert isinstance(library, Library)
        if one in self.model.papers:
            assert (library.revert([one]) is not None) == self.model.decide(one, title=None)

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES, pair=st.permutations(range(PAPERS)))
    def merge(self, which: int, pair: list[int]) -> None:
        """Make two papers one."""
        library, ids = self.libraries[which], [self.ids[number] for number in pair]
        assert isinstance(library, Library)
        there = [one for one in ids if one in self.model.papers]
        if len(there) > 3:  # else there would soon be one
            library.merge_papers(*there[:2])
            self.merged_in_model(*there[:2])

    def merged_in_model(self, kept: str, other: str) -> None:
        """Merge two papers in the model, with what unites their marks."""
        one, two = (
            mark_from({**mark_record(UNMARKED), **self.as_record(self.model.papers[part])}) for part in (kept, other)
        )
        self.model.merge(kept, other, fields_of(united_mark(one, two, (), NOW)))

    @staticmethod
    def as_record(fields: Fields) -> Record:
        """Return the fields of the model as a record of a mark."""
        notes: list[Json] = [
            {"id": note, "text": text, "created": NOW, "changed": NOW} for note, text in fields["notes"]
        ]
        return {**fields, "notes": notes}

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES, pair=st.permutations(range(PAPERS)))
    def keep_both(self, which: int, pair: list[int]) -> None:
        """Decide that two papers are not the same."""
        library = self.libraries[which]
        assert isinstance(library, Library)
        one, two = sorted(self.ids[number] for number in pair[:2])
        if {one, two} <= self.model.papers.keys():
            step = library.keep_both(two, one)
            assert (step is not None) == self.model.decide(one, apart=self.model.of(one).apart | {two})

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES)
    def add_by_hand(self, which: int) -> None:
        """Add a paper by hand, if it is not there."""
        library, one = self.libraries[which], BY_HAND.id
        assert isinstance(library, Library)
        if self.model.root(one) in self.model.papers:
            with pytest.raises(UsageError, match="there already"):
                library.add_by_hand(BY_HAND)
        elif self.model.root(one) == one:
            assert library.add_by_hand(BY_HAND)[1] == one
            self.model.add_by_hand(one)

    @precondition(lambda self: self.knows_keys)
    @rule(which=LIBRARIES, order=st.permutations(range(PAPERS - 1)))
    def ingest_again(self, which: int, order: list[int]) -> None:
        """What comes in again changes nothing."""
        library = self.libraries[which]
        assert isinstance(library, Library)
        again = [self.sources[number] for number in order if self.model.root(self.ids[number]) in self.model.papers]
        added = library.add(again)
        assert added.new == 0
        assert list(added.ids) == [self.model.root(one.id) for one in again]

    @precondition(lambda self: self.knows_keys and not self.model.gone)
    @rule(order=st.permutations(range(PAPERS - 1)))
    def lose_the_catalogue(self, order: list[int]) -> None:
        """The catalogue is lost, and the sources come in again in any order."""
        for library in self.libraries:
            library.close()
        for path in self.folder.glob("catalogue.sqlite*"):
            path.unlink()
        self.libraries = [self.opened() for _ in self.libraries]
        for number in order:
            if self.model.root(self.ids[number]) in self.model.papers:
                assert isinstance(self.libraries[0], Library)
                self.libraries[0].add([self.sources[number]])

    @rule(which=LIBRARIES, views=VIEWS)
    def set_views(self, which: int, views: tuple[View, ...]) -> None:
        step = self.libraries[which].set_views(views, "change the views")
        assert (step is not None) == self.model.set_views(views)

    @rule(which=LIBRARIES)
    def undo(self, which: int) -> None:
        if self.model.undoable:
            assert self.libraries[which].undo().conflicts == self.model.undo()
        else:
            with pytest.raises(NothingToDoError):
                self.libraries[which].undo()

    @rule(which=LIBRARIES)
    def redo(self, which: int) -> None:
        if self.model.redoable:
            assert self.libraries[which].redo().conflicts == self.model.redo()
        else:
            with pytest.raises(NothingToDoError):
                self.libraries[which].redo()

    @rule(which=LIBRARIES)
    def restart(self, which: int) -> None:
        self.libraries[which].close()
        self.libraries[which] = self.opened()

    @rule(number=st.integers(0, PAPERS - 1), name=st.sampled_from(list(ELSEWHERE)))
    def write_elsewhere(self, number: int, name: str) -> None:
        """Another writer changes a field, if there is one the very field that the next undo is about."""
        last = self.model.undoable[-1].fields if self.model.undoable else {}
        meant = [(one, field) for one, fields in last.items() for field in fields if field in ELSEWHERE]
        one, name = (*meant, (self.ids[number], name))[0]
        if one in self.model.papers:
            value = next(value for value in ELSEWHERE[name] if plain(value) != self.model.papers[one][name])
            self.write(one, replace(self.shown(self.libraries[0])[one], changed=NOW, **{name: value}))
            self.model.written_elsewhere(one, name, plain(value))
            self.without_history = True

    @rule(views=VIEWS)
    def write_views_elsewhere(self, views: tuple[View, ...]) -> None:
        self.write_views(views)
        self.model.views = views
        self.without_history = True

    @precondition(lambda self: self.verbs < VERBS)
    @rule(number=st.integers(0, PAPERS - 1), priority=st.integers(1, 3))
    def run_a_verb(self, number: int, priority: int) -> None:
        self.verbs += 1
        one = self.ids[number]
        self.priority_by_verb(one, priority)
        meant = self.model.root(one)  # the id of a paper that was merged leads to the one that it is part of
        if meant in self.model.papers:
            self.model.mark([meant], with_value("priority", priority))

    @invariant()
    def both_programs_show_what_the_dictionary_holds(self) -> None:
        for library in self.libraries:
            assert library.read_only is None
            assert {one: fields_of(mark) for one, mark in self.shown(library).items()} == self.model.papers
            assert library.views() == self.model.shown_views

    @invariant()
    def every_paper_has_the_key_that_it_should_and_is_found_by_those_that_it_had(self) -> None:
        for library in self.libraries if self.knows_keys else ():
            assert self.keys(library) == {one: self.model.keys[one][0] for one in self.model.papers}
            assert isinstance(library, Library)
            assert library.pinned(self.model.papers) == {one for one in self.model.papers if self.model.keys[one][1]}
            for key, one in self.model.owners.items():
                entry = library.find(key)
                root = self.model.root(one)
                assert (entry.id if entry else None) == (root if root in self.model.papers else None)

    @invariant()
    def every_paper_is_what_was_decided_of_it(self) -> None:
        for library in self.libraries if self.knows_keys else ():
            assert isinstance(library, Library)
            for entry in library.entries(library.select(ALL)):
                title = self.model.of(entry.id).title
                assert entry.corrected == (("title",) if title else ())
                assert title is None or entry.paper.title == title
            pairs = ((one, two) for one, decided in self.model.decided.items() for two in decided.apart)
            now = [sorted((self.model.root(one), self.model.root(two))) for one, two in pairs]
            assert library.apart() == {(one, two) for one, two in now if one != two}

    @invariant()
    def the_file_and_the_history_hold_the_same(self) -> None:
        store = MarkStore(self.folder / MARKS_FILE)
        held = {one: fields_of(kept.mark) for one, kept in store.all().items()}
        marked = {one: fields for one, fields in self.model.papers.items() if fields != unmarked()}
        assert {one: fields for one, fields in held.items() if fields != unmarked()} == {**marked, **self.model.gone}
        assert store.views() == self.model.views
        for library in self.libraries:
            assert isinstance(library, Library)
            assert [step.number for step in library.history(1)] == [self.model.steps][: self.model.steps]
