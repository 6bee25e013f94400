"""Saved views: kept with the marks, undone and redone, restored, taken over, and never taken for damage or papers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.errors import DamagedMarksError, NothingToDoError, ReadOnlyError, UsageError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.store.envelope import parse
from readlist.store.views import number_of
from readlist.view import DEFAULTS, View
from tests.papers import NOW, paper
from tests.store.marks_files import as_file, filled, generation, tables

RL = View("RL", "tag:rl -status:read")
OLD = View("Öld ones", "year:<2000", "title")


def undone(library: Library) -> str:
    return library.undo().description


def lose_catalogue(folder: Path) -> None:
    for file in folder.glob("catalogue.sqlite*"):
        file.unlink()


def by_hand(folder: Path, change: Callable[[str], str]) -> None:
    """Edit the marks file as a person does."""
    path = folder / "marks.json"
    edited = change(path.read_text())
    assert edited != path.read_text()
    path.write_text(edited)


def test_until_they_are_changed_there_are_those_that_readlist_comes_with(library: Library, folder: Path) -> None:
    assert library.views() == DEFAULTS
    assert library.set_views(DEFAULTS, "save the view Inbox") is None
    assert library.views() == DEFAULTS
    assert not (folder / "marks.json").exists()
    assert not (folder / "history.jsonl").exists()
    library.mark(filled(library), star())
    assert library.views() == DEFAULTS
    assert "views" not in tables(folder)


def test_a_view_is_there_after_a_restart_in_its_place(library: Library, folder: Path) -> None:
    step = library.set_views([OLD, *DEFAULTS, RL], "save the view RL")
    assert step is not None
    assert (step.description, step.ids, step.views) == ("save the view RL", (), True)
    assert library.views() == (OLD, *DEFAULTS, RL)
    with Library.open(folder) as again:
        assert again.views() == (OLD, *DEFAULTS, RL)
        assert again.set_views([OLD, *DEFAULTS, RL], "save the view RL") is None
        assert [one.description for one in again.history()] == ["save the view RL"]


def test_a_change_of_one_view_alters_its_line_and_the_last_one(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.set_views([*DEFAULTS, RL], "save the view RL")
    before = (folder / "marks.json").read_text().splitlines()
    library.set_views([*DEFAULTS, View("RL", "tag:rl")], "save the view RL")
    after = (folder / "marks.json").read_text().splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2
    assert json.loads("\n".join(after))["envelope"]["0"]["documents"] == 3 + 8
    held = parse((folder / "marks.json").read_bytes(), "marks.json")[0]
    assert (folder / "marks.json").read_bytes() == as_file(held, generation(folder))


def test_a_step_on_views_is_undone_and_done_again_across_restarts(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.set_views([*DEFAULTS, RL], "save the view RL")
    library.mark(ids, star())
    library.set_views([RL], "remove the views")
    with Library.open(folder, now=lambda: NOW) as again:
        assert undone(again) == "undo: remove the views"
        assert again.views() == (*DEFAULTS, RL)
        assert undone(again) == "undo: star on 3 papers"
        assert undone(again) == "undo: save the view RL"
        assert again.views() == DEFAULTS
        assert "views" not in tables(folder)  # as if they had never been changed
        with pytest.raises(NothingToDoError):
            again.undo()
    with Library.open(folder, now=lambda: NOW) as third:
        assert [third.redo().description for _ in range(3)] == [
            "redo: save the view RL", "redo: star on 3 papers", "redo: remove the views",
        ]  # fmt: skip
        assert third.views() == (RL,)
        assert all(entry.mark.starred for entry in third.by_ids(ids))


def test_no_views_at_all_are_not_taken_for_views_that_were_never_changed(library: Library, folder: Path) -> None:
    library.set_views([], "remove the views")
    with Library.open(folder) as again:
        assert again.views() == ()
        again.mark(filled(again), star())
        assert again.views() == ()
        assert undone(again) == "undo: star on 3 papers"
        assert undone(again) == "undo: remove the views"
        assert again.views() == DEFAULTS


def test_what_another_process_saves_is_seen(library: Library, folder: Path) -> None:
    with Library.open(folder, now=lambda: NOW) as other:
        other.set_views([RL], "save the view RL")
        assert not other.changed_elsewhere()
    assert library.changed_elsewhere()
    assert library.views() == (RL,)
    assert undone(library) == "undo: save the view RL"


@pytest.mark.parametrize("views", [[View("", "")], [View("a\nb", "")], [RL, View("rl", "")], [View("RL", "", "-")]])
def test_views_that_cannot_be_kept_change_nothing(library: Library, folder: Path, views: list[View]) -> None:
    library.set_views([OLD], "save the view Öld ones")
    before = (folder / "marks.json").read_bytes()
    with pytest.raises(UsageError):
        library.set_views(views, "save the view")
    assert (folder / "marks.json").read_bytes() == before
    assert library.views() == (OLD,)


def test_what_could_steer_a_terminal_is_kept_neither_in_views_nor_in_the_history(library: Library) -> None:
    step = library.set_views([View("R\u202eL", "tag:rl\x1b")], "save the view \x1b]0;R\ud800L")
    assert step is not None
    assert step.name == "save the view ]0;RL"
    assert library.views() == (View("RL", "tag:rl"),)


def test_nothing_is_changed_in_a_library_opened_for_reading(library: Library, folder: Path) -> None:
    library.set_views([RL], "save the view RL")
    library.close()
    with Library.open(folder, read_only=True) as again:
        assert again.views() == (RL,)
        with pytest.raises(ReadOnlyError):
            again.set_views([], "remove the view RL")


def test_an_undo_leaves_views_alone_that_are_not_what_the_step_left(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.set_views([RL, OLD], "save the view RL")
    by_hand(folder, lambda text: text.replace("year:<2000", "year:<1990"))
    assert library.accept() is not None
    step = library.undo()
    assert (step.conflicts, step.views_left, step.left_alone) == (1, True, "the saved views")
    assert step.description == "undo: save the view RL"
    kept = (RL, View("Öld ones", "year:<1990", "title"))
    assert library.views() == kept
    assert library.redo().conflicts == 1
    assert library.views() == kept
    undone(library)
    assert undone(library) == "undo: star on 3 papers"
    assert library.views() == kept


def test_a_step_that_was_cut_off_changed_no_views(library: Library, folder: Path) -> None:
    library.set_views([OLD], "save the view Öld ones")
    marks = (folder / "marks.json").read_bytes()
    library.set_views([RL], "save the view RL")
    library.close()
    (folder / "marks.json").write_bytes(marks)  # killed between the history and the marks file
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.views() == (OLD,)
        assert [step.name for step in again.history()] == ["save the view Öld ones"]
        assert undone(again) == "undo: save the view Öld ones"


def test_views_that_the_catalogue_missed_are_made_up_for(library: Library, folder: Path) -> None:
    filled(library)
    library.close()
    spare = {file: file.read_bytes() for file in folder.glob("catalogue.sqlite*")}
    with Library.open(folder) as again:
        again.set_views([RL], "save the view RL")
    lose_catalogue(folder)
    for file, data in spare.items():
        file.write_bytes(data)
    with Library.open(folder) as third:
        assert third.views() == (RL,)


# ---------------------------------------------------------------------- libraries without papers


def test_views_can_be_saved_before_there_are_papers(library: Library, folder: Path) -> None:
    library.set_views([RL], "save the view RL")
    library.undo()
    library.redo()
    library.close()
    with Library.open(folder) as again:
        assert (again.notices, again.fresh, again.views()) == ((), True, (RL,))  # it never held a paper
        again.mark(filled(again), star())
        assert not again.fresh
    lose_catalogue(folder)
    with Library.open(folder) as third:
        assert "3 papers were taken from your marks" in third.notices[0]
        assert third.views() == (RL,)


def test_without_papers_a_catalogue_that_was_lost_is_made_again_in_silence(library: Library, folder: Path) -> None:
    library.set_views([RL], "save the view RL")
    library.close()
    lose_catalogue(folder)
    with Library.open(folder) as again:
        assert (again.notices, again.fresh, again.views()) == ((), True, (RL,))


# ---------------------------------------------------------------------- backups and restoring


def test_a_backup_counts_papers_not_views(library: Library) -> None:
    ids = filled(library)
    library.set_views([RL, OLD], "save the view RL")
    assert library.back_up().papers == 0
    library.mark(ids, star())
    assert library.back_up().papers == 3
    library.set_views([], "remove the views")
    assert library.back_up().papers == 3
    library.undo()
    library.undo()
    library.undo()
    assert library.back_up().papers == 0


@pytest.mark.parametrize("backed_up", [True, False])
@pytest.mark.parametrize("last", [(), (RL, OLD)])
def test_views_are_put_together_with_the_marks(
    library: Library, folder: Path, backed_up: bool, last: tuple[View, ...]
) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.set_views([OLD], "save the view Öld ones")
    if backed_up:
        library.back_up()
    library.mark(ids[:1], set_rating(3))
    library.set_views(last, "change the views")
    library.set_views([RL], "save the view RL")
    library.undo()
    before = tables(folder)
    library.close()
    if not backed_up:
        for file in folder.glob("backups/*"):
            file.unlink()
    (folder / "marks.json").write_bytes((folder / "marks.json").read_bytes()[:-9])
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.views() == last  # the catalogue remembers them
        with pytest.raises(ReadOnlyError):
            again.set_views([], "remove the views")
        again.restore(1 if backed_up else 0)
        assert tables(folder) == before
        assert again.views() == last
        assert again.redo().name == "save the view RL"
        assert [undone(again) for _ in range(2)] == ["undo: save the view RL", "undo: change the views"]
        assert again.views() == (OLD,)


def test_without_a_history_the_catalogue_remembers_the_views(library: Library, folder: Path) -> None:
    filled(library)
    library.set_views([RL, OLD], "save the view RL")
    library.close()
    for file in (folder / "marks.json", folder / "history.jsonl"):
        file.unlink()
    with Library.open(folder) as again:
        again.restore(0)
        assert again.views() == (RL, OLD)
        assert again.damage is None
    assert list(tables(folder)) == ["papers", "views"]


def test_going_back_to_a_backup_takes_the_views_along_as_one_step(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.set_views([OLD], "save the view Öld ones")
    library.back_up()
    library.set_views([RL, OLD], "save the view RL")
    alone = library.restore(1).step
    assert alone is not None
    assert alone.ids == ()
    assert re.fullmatch(r"restore the backup of [\d-]{10} [\d:]{5}", library.history(1)[0].description)
    assert library.views() == (OLD,)
    undone(library)
    library.mark(ids[:1], star())
    assert library.restore(1).step is not None
    assert library.history(1)[0].description.endswith(" on 1 paper")
    assert library.views() == (OLD,)
    undone(library)
    assert library.views() == (RL, OLD)
    library.redo()
    assert library.views() == (OLD,)
    assert library.restore(1).step is None


def test_going_back_to_before_the_views_were_changed_brings_back_the_first_ones(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    library.back_up()
    library.set_views([RL], "save the view RL")
    library.restore(1)
    assert library.views() == DEFAULTS
    assert "views" not in tables(folder)
    library.undo()
    assert library.views() == (RL,)


# ---------------------------------------------------------------------- damage


def spoilt(folder: Path, change: Callable[[dict[str, dict[str, object]]], object]) -> None:
    """Alter the table of views, with a checksum that fits."""
    held = tables(folder)
    change(held["views"])
    (folder / "marks.json").write_bytes(as_file(held, generation(folder)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda views: views[number_of("RL")].pop("order"), "order is missing"),
        (lambda views: views[number_of("RL")].update(mine=1), "mine is not known"),
        (lambda views: views[number_of("RL")].update(query=None), "query should be text, not None"),
        (lambda views: views[number_of("RL")].update(place=True), "place should be a whole number from 1 on, not True"),
        (lambda views: views[number_of("RL")].update(place=7), "the places of the views are not 1 to 2"),
        (lambda views: views[number_of("RL")].update(place=2), "the places of the views are not 1 to 2"),
        (lambda views: views[number_of("RL")].update(name="LR"), "it is that of the view 'LR', whose number is"),
        (lambda views: views[number_of("RL")].update(name=""), "name should be text"),
    ],
)
def test_views_that_readlist_did_not_write_are_told(
    library: Library, folder: Path, change: Callable[[dict[str, dict[str, object]]], object], words: str
) -> None:
    library.set_views([RL, OLD], "save the view RL")
    spoilt(folder, change)
    with pytest.raises(DamagedMarksError, match=re.escape(words)):
        library.mark(filled(library), star())
    assert library.damage is not None
    assert library.views() == (RL, OLD)


def test_a_damaged_catalogue_gives_back_the_views_when_the_marks_are_lost_too(library: Library, folder: Path) -> None:
    library.add(paper(f"Title {n}", "Ann Author", date="2023") for n in range(50))
    many = [View(f"View {n}", f"tag:t{n} " + "word " * 60) for n in range(40)]  # more than one page holds
    library.set_views(many, "save many views")
    held = library.views()
    library.close()
    (folder / "marks.json").unlink()
    (folder / "history.jsonl").unlink()
    path = folder / "catalogue.sqlite"
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    with Library.open(folder) as again:
        assert "50 papers were saved" in again.notices[0]
        assert again.damage == "marks.json is missing, but the catalogue remembers marks"
        assert again.views() == held
        again.restore(0)
        assert again.views() == held
    assert len(tables(folder)["views"]) == 40


def test_a_catalogue_made_again_has_the_views_of_the_marks(library: Library, folder: Path) -> None:
    filled(library)
    library.set_views([RL], "save the view RL")
    library.rebuild_catalogue()
    assert library.views() == (RL,)


# ---------------------------------------------------------------------- accepting


def test_views_that_git_merged_are_taken_over_in_order(library: Library, folder: Path) -> None:
    library.set_views([RL, OLD], "save the view RL")
    theirs = json.dumps({"name": "Agents", "query": "tag:agents", "order": "-date", "place": 2})
    by_hand(folder, lambda text: text.replace('"views": {\n', f'"views": {{\n"77": {theirs},\n'))
    assert library.accept() is not None
    assert library.views() == (RL, View("Agents", "tag:agents"), OLD)
    assert [one["place"] for one in tables(folder)["views"].values()].count(2) == 1
    assert library.mark(filled(library), star())


def test_a_view_renamed_by_hand_is_taken_over(library: Library, folder: Path) -> None:
    library.set_views([RL, OLD], "save the view RL")
    by_hand(
        folder, lambda text: text.replace('"name": "RL"', '"name": "Reinforcement"').replace('"title"', '"-Rating"')
    )
    assert library.accept() is not None
    assert library.views() == (View("Reinforcement", RL.query), View("Öld ones", OLD.query, "-rating"))


def test_views_taken_out_of_the_file_are_those_that_were_never_changed(library: Library, folder: Path) -> None:
    library.set_views([RL], "save the view RL")
    by_hand(folder, lambda _: json.dumps({"papers": {}}))
    assert library.accept() is not None
    assert library.views() == DEFAULTS


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"name": "RL"', '"name": "öld ONES"', "there is a view 'Öld ones' already"),
        ('"name": "RL"', '"name": ""', "name should be text"),
        ('"name": "RL"', '"name": "' + "x" * 41 + '"', "at most 40 characters"),
        ('"name": "RL"', '"name": "R\\tL"', "no control characters"),
        ('"place": 1', '"place": "first"', "place should be a whole number"),
        ('"place": 1', '"place": 1, "mine": 2', "mine is not known"),
        ('"order": "title"', '"order": "title tag:x"', "is no order"),
        ('"views": {\n', '"views": {\n"7": [],\n', "the document 7 is not an object"),
    ],
)
def test_views_that_cannot_be_taken_over_are_told(
    library: Library, folder: Path, old: str, new: str, words: str
) -> None:
    library.set_views([RL, OLD], "save the view RL")
    by_hand(folder, lambda text: text.replace(old, new, 1))
    before = (folder / "marks.json").read_bytes()
    with pytest.raises(DamagedMarksError, match=re.escape(words)):
        library.accept()
    assert (folder / "marks.json").read_bytes() == before
