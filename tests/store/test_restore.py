"""Restoring: a backup and the history are all that was saved; going back is a step; accepting is strict."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from readlist.errors import DamagedMarksError, NothingToDoError, StoreError, UsageError
from readlist.library import Library
from readlist.mark import Change, Mark, add_note, change_tags, set_rating, set_status, star
from readlist.store.envelope import SCHEMA, parse
from readlist.view import View
from tests.papers import NOW, paper
from tests.store.marks_files import SPOILS, aged, as_file, body_of, busy, documents, filled, generation, kept, tables


def marks_of(library: Library, ids: list[str]) -> list[Mark | None]:
    """The marks as the catalogue shows them."""
    return [entry.mark if entry else None for entry in map(library.find, ids)]


def lose_catalogue(folder: Path) -> None:
    for file in folder.glob("catalogue.sqlite*"):
        file.unlink()


@pytest.mark.parametrize("spoil", [*SPOILS, "missing"])
def test_a_backup_and_the_history_are_all_that_was_saved(library: Library, folder: Path, spoil: str) -> None:
    ids = filled(library, 4)
    library.mark(ids[:2], star())
    library.back_up()
    library.mark(ids[1:3], set_status("read"))
    library.give_out(ids[3:])
    library.mark(ids[1:2], add_note("n1", "a note"))
    library.undo()
    library.redo()
    library.mark(ids[:1], star(starred=False))
    library.remove(ids[2:3])
    before, shown, steps = kept(folder), marks_of(library, ids), library.history()
    number = generation(folder)
    library.close()
    path = folder / "marks.json"
    spoilt = None if spoil == "missing" else SPOILS[spoil](path.read_bytes())
    path.unlink()
    if spoilt is not None:
        path.write_bytes(spoilt)
    with Library.open(folder, now=lambda: NOW) as again:
        done = again.restore(1)
        assert (again.damage, again.read_only) == (None, None)
        assert (done.papers, done.steps, done.put_together) == (3, 6, True)
        assert kept(folder) == before
        assert marks_of(again, ids) == shown
        assert again.history() == steps
        assert generation(folder) > number
        assert (done.aside is None) == (spoilt is None)
        if done.aside:
            assert done.aside.read_bytes() == spoilt
            assert done.aside.name.startswith("marks.json.damaged-")
        assert again.undo().name == "remove"
        assert again.undo().name == "unstar"
        assert again.find(ids[2]) is not None
    with Library.open(folder, now=lambda: NOW) as third:
        assert third.read_only is None
        assert third.redo().name == "unstar"


@pytest.mark.parametrize("catalogue", [True, False])
def test_without_a_backup_the_catalogue_and_the_history_remember(
    library: Library, folder: Path, catalogue: bool
) -> None:
    ids = busy(library, 4)
    before = kept(folder)
    for file in (folder / "backups").iterdir():
        file.unlink()
    library.close()
    (folder / "marks.json").write_bytes(b"")
    if not catalogue:
        lose_catalogue(folder)
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.backups() == []
        with pytest.raises(UsageError, match="there are none"):
            again.restore(1)
        done = again.restore(0)
        assert (done.made, done.put_together) == (None, True)
        assert kept(folder) == before
        assert again.mark(ids[:1], set_rating(3)) is not None or not catalogue


def test_an_older_backup_gets_all_later_steps_too(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.back_up()
    library.mark(ids, set_rating(1))
    library.back_up()
    library.mark(ids, set_rating(2))
    before = kept(folder)
    library.close()
    (folder / "marks.json").write_bytes(b"")
    with Library.open(folder, now=lambda: NOW) as again:
        assert [one.later_steps for one in again.backups()] == [1, 2]
        assert again.restore(2).steps == 2
        assert kept(folder) == before
        assert again.backups()[0].generation == generation(folder)  # from here on this one is enough


def test_papers_that_the_catalogue_lost_keep_their_marks_and_keys(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids[:1], star())
    library.back_up()
    library.mark(ids[1:], set_rating(2))
    before = kept(folder)
    library.close()
    (folder / "marks.json").unlink()
    lose_catalogue(folder)
    with Library.open(folder, now=lambda: NOW) as again:
        again.restore(1)
        assert kept(folder) == before
        filled(again)
        assert [mark and mark.rating for mark in marks_of(again, ids)] == [0, 2, 2]


def test_a_step_that_was_cut_off_is_not_done_by_a_restoration(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.back_up()
    library.mark(ids, set_rating(1))
    marks, spare = (folder / "marks.json").read_bytes(), {f: f.read_bytes() for f in folder.glob("catalogue.sqlite*")}
    library.mark(ids, set_rating(2))
    library.close()
    for file, data in spare.items():
        file.write_bytes(data)
    (folder / "marks.json").write_bytes(marks.replace(b"Title", b"Titel"))
    with Library.open(folder, now=lambda: NOW) as again:
        with pytest.raises(DamagedMarksError):
            again.warm_up()
        again.restore(1)
        assert {one.mark.rating for one in kept(folder).values()} == {1}
        assert [step.name for step in again.history()] == ["rate 1", "star"]


def test_damage_in_the_history_costs_only_the_damaged_steps(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.back_up()
    for number in range(1, 4):
        library.mark(ids[number - 1 : number], set_rating(number))
    library.close()
    (folder / "marks.json").write_bytes(b"")
    path = folder / "history.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], lines[1], b"x" + lines[2], lines[3]]))
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.restore(1).steps == 2
        assert [mark and mark.rating for mark in marks_of(again, ids)] == [1, 0, 3]
        assert len(again.warnings()) == 1


def test_going_back_is_one_step_that_can_be_taken_back(library: Library, folder: Path) -> None:
    ids = filled(library, 4)
    library.mark(ids[:3], star())
    library.mark(ids[:1], add_note("n1", "kept"))
    made = library.back_up()
    then, shown = documents(folder), marks_of(library, ids)
    library.mark(ids[:2], set_status("read"))
    library.mark(ids[3:], change_tags(add=["later"]))
    library.give_out(ids[3:])
    now = marks_of(library, ids)
    done = library.restore(1)
    assert done.step is not None
    assert done.step.name == f"restore the backup of {made.made[:10]} {made.made[11:16]}"
    assert re.fullmatch(r"restore the backup of \d{4}-\d\d-\d\d \d\d:\d\d", library.history(1)[0].name)
    assert not done.put_together
    assert marks_of(library, ids) == shown
    assert {key: one for key, one in documents(folder).items() if key != ids[3]} == then
    assert documents(folder)[ids[3]]["given_out"] is True  # a key that was given out stays so
    assert library.undo().conflicts == 0
    assert [one and one.status for one in marks_of(library, ids)] == [getattr(one, "status", 0) for one in now]
    assert library.redo().conflicts == 0
    assert library.restore(1).step is None


def test_going_back_brings_back_papers_that_were_removed(library: Library) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.back_up()
    shown = marks_of(library, ids)
    library.remove(ids[:2])
    library.restore(1)
    assert library.count() == 3
    assert marks_of(library, ids) == shown
    library.undo()
    assert library.count() == 1


def test_an_undo_after_going_back_leaves_later_changes_alone(library: Library) -> None:
    ids = filled(library)
    library.mark(ids, set_rating(1))
    library.back_up()
    library.mark(ids, set_rating(2))
    library.restore(1)
    library.mark(ids[:1], set_rating(5))
    assert library.undo().name == "rate 5"
    assert library.undo().name.startswith("restore the backup")
    assert library.undo().name == "rate 2"
    assert [one and one.rating for one in marks_of(library, ids)] == [1, 1, 1]


def test_a_number_that_no_backup_has_is_refused(library: Library) -> None:
    library.mark(filled(library), star())
    library.back_up()
    for number in (0, 2, -1):
        with pytest.raises(UsageError, match="there is one"):
            library.restore(number)


# ---------------------------------------------------------------------- accepting


def by_hand(folder: Path, change: Callable[[str], str]) -> bytes:
    """Edit the marks file as a person does."""
    path = folder / "marks.json"
    path.write_text(change(path.read_text()))
    return path.read_bytes()


def test_a_file_edited_by_hand_is_taken_over_when_asked(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.mark(ids[:1], change_tags(add=["rl"]))
    number = generation(folder)
    library.close()
    edited = by_hand(folder, lambda text: text.replace('["rl"]', '["todo", "rl"]'))
    with Library.open(folder, now=lambda: NOW) as again:
        with pytest.raises(DamagedMarksError):
            again.mark(ids[:1], set_rating(1))
        assert (folder / "marks.json").read_bytes() == edited
        done = again.accept()
        assert done is not None
        assert done.papers == 3
        assert done.aside.read_bytes() == edited
        assert (again.damage, again.read_only) == (None, None)
        assert generation(folder) > number
        assert [one and one.tags for one in marks_of(again, ids)] == [("rl", "todo"), (), ()]
        assert again.backups()[0].generation == generation(folder)
        assert again.undo().conflicts == 1  # the tags are no longer what the step left
        assert again.undo().name == "star"
        assert again.accept() is None
    with Library.open(folder, now=lambda: NOW) as third:
        (folder / "marks.json").write_bytes(b"")
        third.restore(1)
        assert [one and one.tags for one in marks_of(third, ids)] == [("rl", "todo"), (), ()]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"documents": 3', '"documents": 2'),
        lambda text: text[: text.rindex(',\n"envelope"')] + "\n}\n",
        lambda text: text.replace(
            '"envelope"', f'"envelope": {{"0": {{"schema": {SCHEMA}, "generation": 7}}}},\n"envelope"'
        ),
        lambda text: "\ufeff" + text,
        lambda text: json.dumps(json.loads(text), indent=2),
        lambda text: json.dumps({"papers": {}}),
    ],
    ids=["count", "no envelope", "two envelopes", "byte order mark", "laid out anew", "empty"],
)
def test_what_parses_can_be_taken_over(library: Library, folder: Path, change: Callable[[str], str]) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.close()
    edited = by_hand(folder, change)
    with Library.open(folder, now=lambda: NOW) as again:
        done = again.accept()
        assert done is not None
        assert done.aside.read_bytes() == edited
        assert done.papers == (0 if edited == b'{"papers": {}}' else 3)
        assert again.mark(ids, set_rating(2))
    data = (folder / "marks.json").read_bytes()
    assert data == as_file(parse(data, "marks.json")[0], generation(folder))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"starred": true', '"starred": true,\n<<<<<<< HEAD\n"x": 1', "line 4 is a mark that git left: <<<<<<< HEAD"),
        ('"papers": {\n', '"papers": {\n=======\n', "line 3 is a mark that git left"),
        ('"starred": true', '"starred": tru', "line 3, column"),
        ('"starred": true', '"starred": true, "starred": false', "'starred' stands twice"),
        ('"starred": true', '"starred": 1', "mark.starred should be true or false, not 1"),
        ('"starred": true', '"starred": true, "mine": 1', "mark.mine is not known"),
        ('"given_out": false, ', "", "given_out is missing"),
        ('"id": "p', '"id": "p0', "id should be p and 16 hex digits"),
        ('"tags": []', '"tags": ["a b"]', "cannot be a tag"),
        ('"date": "2023"', '"date": "soon"', "'soon' is not a date"),
        ('"changed": "2026-04-01T12:00:00Z"', '"changed": "now"', "'now' is not an instant"),
        ('"title": "Title', '"title": "\\ud800Title', "half a character"),
        ('"papers"', '"shelves": {"0": {}},\n"papers"', "the table 'shelves' is not known"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_taken_over(
    library: Library, folder: Path, old: str, new: str, words: str
) -> None:
    library.mark(filled(library), star())
    library.close()
    edited = by_hand(folder, lambda text: text.replace(old, new, 1))
    with Library.open(folder) as again:
        with pytest.raises(DamagedMarksError, match=re.escape(words)):
            again.accept()
        assert again.read_only is None or again.damage
    assert (folder / "marks.json").read_bytes() == edited
    assert not list(folder.glob("marks.json.*"))


def test_a_record_under_the_number_of_another_is_not_taken_over(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.close()
    first, second = list(tables(folder)["papers"])[:2]
    by_hand(folder, lambda text: text.replace(f'"{first}"', '"7"').replace(f'"{second}"', f'"{first}"'))
    with Library.open(folder) as again, pytest.raises(DamagedMarksError, match="whose number is"):
        again.accept()


def test_a_missing_or_cut_file_cannot_be_taken_over(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.close()
    whole = (folder / "marks.json").read_bytes()
    for data in (b"", body_of(whole), whole[:-40]):
        (folder / "marks.json").write_bytes(data)
        with Library.open(folder) as again, pytest.raises(DamagedMarksError, match="line"):
            again.accept()
    (folder / "marks.json").unlink()
    with Library.open(folder) as again, pytest.raises(StoreError, match=r"cannot read marks\.json"):
        again.accept()


def test_an_older_file_is_taken_over_only_when_asked(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    older = (folder / "marks.json").read_bytes()
    for rating in (1, 2, 3):
        library.mark(ids, set_rating(rating))
    library.close()
    (folder / "marks.json").write_bytes(older)
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.damage
        assert again.accept()
        assert {one.mark.rating for one in kept(folder).values()} == {0}
        assert generation(folder) == 5
        assert again.mark(ids, set_rating(5))


# ---------------------------------------------------------------------- whatever was done

CHANGES: list[Callable[[int], Change]] = [
    lambda n: star(starred=bool(n % 2)),
    lambda n: set_rating(n % 6),
    lambda n: set_status(["unread", "read", "reading"][n % 3]),
    lambda n: change_tags(add=[f"t{n % 4}"], remove=[f"t{(n + 1) % 4}"]),
    lambda n: add_note(f"n{n}", f"note {n}"),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 40)), min_size=1, max_size=25), st.integers(0, 24))
@example(steps=[(0, 3), (0, 14), (5, 3)], backed_up=0)
def test_whatever_was_saved_comes_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]], backed_up: int
) -> None:
    folder = tmp_path_factory.mktemp("any") / "library"
    ticks = iter(range(10_000))
    with Library.open(
        folder, now=lambda: f"2026-04-01T{next(ticks) // 60 % 24:02}:{next(ticks) % 60:02}:00Z"
    ) as library:
        ids = list(library.add(paper(f"Title {n}", "Ann Author") for n in range(4)).ids)
        for place, (what, number) in enumerate(steps):
            some = ids[number % 4 : number % 4 + 1 + number % 3]
            with suppress(NothingToDoError):
                if what < len(CHANGES):
                    library.mark(some, CHANGES[what](number))
                elif what == 5:
                    library.remove(some[:1])
                elif what == 6:
                    library.give_out(some)
                elif what in (7, 8):
                    library.undo()
                elif what == 10:
                    library.set_views([View(f"view {n}", "tag:t1") for n in range(number % 4)], "change the views")
                else:
                    library.redo()
            if place == backed_up and (folder / "marks.json").exists():
                aged(library.back_up().path, 100)
        if not (folder / "marks.json").exists():
            return
        before, views = documents(folder), tables(folder).get("views")
        (folder / "marks.json").write_bytes(b"")
        library.restore(1 if library.backups() else 0)
        after = documents(folder)
        assert tables(folder).get("views") == views
    assert {key: without_time(one) for key, one in after.items()} == {
        key: without_time(one) for key, one in before.items()
    }


def without_time(document: dict[str, object]) -> dict[str, object]:
    """A document without when it changed last: a step and the marks that it makes are a tick apart."""
    mark = document["mark"]
    assert isinstance(mark, dict)
    return {**document, "mark": {**mark, "changed": mark["changed"] is not None}}
