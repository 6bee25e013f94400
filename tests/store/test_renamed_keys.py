"""Citation keys that are renamed and pinned: as steps, for ever, and whatever is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlist.citekey import Rename
from readlist.errors import DamagedMarksError, StoreError, UnknownKeyError, UsageError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.pattern import DEFAULT, parse_pattern
from readlist.query import ALL
from readlist.store.catalogue import Catalogue
from readlist.store.history import History
from readlist.store.marks import MarkStore
from tests.papers import NOW, paper

SHORT = parse_pattern("{author}{year:2}")
DEEP = paper("Deep Nets", "Ann Li", date="2020")
SEAS = paper("Deep Seas", "Bo Li", date="2020")
TREES = paper("On Trees", "Cy Oak", date="2021")


@pytest.fixture
def ids(library: Library) -> list[str]:
    """The three papers, in that order: li2020deep, li2020deepb, oak2021trees."""
    return list(library.add([DEEP, SEAS, TREES]).ids)


def keys(library: Library) -> dict[str, str]:
    return {entry.id: entry.citekey for entry in library.entries(library.select(ALL))}


def key(library: Library, paper_id: str) -> str:
    return keys(library)[paper_id]


def found(library: Library, name: str) -> str | None:
    entry = library.find(name)
    return entry.id if entry else None


def test_a_pattern_is_previewed_before_it_is_applied_and_is_one_step(library: Library, ids: list[str]) -> None:
    before = keys(library)
    planned = library.planned_keys(ids, SHORT)
    assert keys(library) == before
    assert library.history() == []
    step, renamed = library.rename_keys(ids, SHORT)
    assert renamed == planned
    assert sorted(one.new for one in renamed) == ["li20", "li20b", "oak21"]
    assert step is not None
    assert step.description == "rename keys on 3 papers"
    assert keys(library) == {one.id: one.new for one in renamed}
    assert library.rename_keys(ids, SHORT) == (None, [])


def test_renaming_is_taken_back_and_done_again(library: Library, ids: list[str]) -> None:
    before = keys(library)
    library.rename_keys(ids, SHORT)
    after = keys(library)
    assert library.undo().description == "undo: rename keys on 3 papers"
    assert keys(library) == before
    assert library.redo().description == "redo: rename keys on 3 papers"
    assert keys(library) == after


def test_a_renamed_paper_is_found_by_every_key_that_it_had_in_either_case(library: Library, ids: list[str]) -> None:
    library.pin_key("oak2021trees", "Oaks")
    library.pin_key("Oaks", "forest")
    library.undo()
    for name in ("oak2021trees", "OAK2021trees", "Oaks", "oaks", "forest"):
        assert found(library, name) == ids[2]


def test_a_key_that_a_paper_had_goes_to_no_other(library: Library, ids: list[str]) -> None:
    library.pin_key("oak2021trees", "oaks")
    library.add([paper("Trees Again", "Di Oak", date="2021")], pattern=parse_pattern("{author}s"))
    assert "oaksb" in keys(library).values()
    library.add([paper("Trees of All", "Ed Oak", date="2021")])
    assert key(library, paper("Trees of All", "Ed Oak").id) == "oak2021treesb"
    for taken in ("oak2021trees", "OAK2021TREES", "oaks"):
        with pytest.raises(UsageError, match="another paper has the key"):
            library.pin_key("li2020deep", taken)


def test_the_order_of_ingest_changes_no_key_that_is_there(library: Library, ids: list[str]) -> None:
    before = keys(library)
    library.add([paper("Deep Trees", "Al Li", date="2020"), SEAS, DEEP])
    library.add([TREES, DEEP, SEAS])
    after = keys(library)
    assert {one: after[one] for one in before} == before
    assert library.planned_keys(after, DEFAULT) == []


def test_a_new_paper_gets_its_key_by_the_pattern_that_is_set(library: Library) -> None:
    library.add([DEEP, SEAS], pattern=SHORT)
    assert sorted(keys(library).values()) == ["li20", "li20b"]


def test_a_pinned_key_stays_when_a_pattern_is_applied_until_it_is_unpinned(library: Library, ids: list[str]) -> None:
    step, done = library.pin_key("oak2021trees", "Trees:2021")
    assert done == Rename(ids[2], "oak2021trees", "Trees:2021")
    assert step is not None
    assert step.description == "pin Trees:2021 on 1 paper"
    assert library.pin_key("trees:2021", "Trees:2021")[0] is None
    library.rename_keys(ids, SHORT)
    assert key(library, ids[2]) == "Trees:2021"
    unpinned = library.unpin_keys(ids)
    assert unpinned is not None
    assert unpinned.ids == (ids[2],)
    assert [one.new for one in library.planned_keys(ids, SHORT)] == ["oak21"]
    assert library.unpin_keys(ids) is None


def test_a_key_can_be_pinned_as_it_is(library: Library, ids: list[str]) -> None:
    library.pin_key("li2020deep", "li2020deep")
    assert library.pinned(ids) == {ids[0]}
    library.undo()
    assert library.pinned(ids) == set()
    assert MarkStore(library.folder / "marks.json").all() == {}


def test_a_key_may_change_in_the_case_of_its_letters_alone(library: Library, ids: list[str]) -> None:
    library.pin_key("oak2021trees", "Oak2021Trees")
    assert key(library, ids[2]) == "Oak2021Trees"
    library.undo()
    assert key(library, ids[2]) == "oak2021trees"


@pytest.mark.parametrize(
    "wrong",
    ["", "two words", "a,b", "a{b", "50%", "a#b", "ä", "a\\b", "a=b", 'a"b', "a~b", "-a", "a-", "a--b", "(a)", "a'b",
     "p0123456789abcdef", "x" * 81, "a\n"],
)  # fmt: skip
def test_what_bibtex_biber_latex_or_pandoc_would_not_take_is_refused_as_a_key(
    library: Library, ids: list[str], wrong: str
) -> None:
    with pytest.raises(UsageError):
        library.pin_key("oak2021trees", wrong)
    assert library.history() == []


def test_an_unknown_paper_cannot_be_pinned(library: Library, ids: list[str]) -> None:
    with pytest.raises(UnknownKeyError):
        library.pin_key("nobody2020", "somebody2020")


def test_a_mark_that_is_changed_later_leaves_the_key_and_undo_of_the_key_leaves_the_mark(
    library: Library, ids: list[str]
) -> None:
    library.pin_key("oak2021trees", "oaks")
    library.mark([ids[2]], star())
    library.mark([ids[2]], star(starred=False))
    assert key(library, ids[2]) == "oaks"
    library.undo()
    library.undo()
    library.undo()
    assert key(library, ids[2]) == "oak2021trees"
    entry = library.find("oaks")
    assert entry is not None
    assert entry.mark.changed is None


def test_renamed_papers_are_removed_and_come_back_with_their_keys(library: Library, ids: list[str]) -> None:
    library.pin_key("oak2021trees", "oaks")
    library.remove([ids[2]])
    library.add([paper("On Trees", "Oz Oak", date="2021")])
    assert found(library, "oak2021trees") is None
    library.undo()
    assert key(library, ids[2]) == "oaks"
    library.remove([ids[2]])
    library.add([TREES])
    assert key(library, ids[2]) == "oaks"


@pytest.fixture
def renamed(folder: Path) -> tuple[Path, dict[str, str], list[str]]:
    """A library that was renamed, pinned and marked, and is closed; its keys, and its papers' ids."""
    with Library.open(folder, now=lambda: NOW) as library:
        ids = list(library.add([DEEP, SEAS, TREES]).ids)
        library.mark(ids[:1], star())
        library.back_up()
        library.rename_keys(ids, SHORT)
        library.pin_key("oak21", "oaks")
        library.mark(ids[1:], set_rating(3))
        held = keys(library)
    return folder, held, ids


FORMER = ("li2020deep", "li2020deepb", "oak2021trees", "oak21")


def holds(folder: Path, held: dict[str, str], ids: list[str]) -> None:
    """Make sure that keys, former keys and pins are as they were, in the catalogue and in the marks."""
    with Library.open(folder, now=lambda: NOW) as library:
        library.warm_up()
        assert keys(library) == held
        assert [found(library, name) for name in FORMER] == [ids[0], ids[1], ids[2], ids[2]]
        assert library.pinned(ids) == {ids[2]}
        with pytest.raises(UsageError, match="another paper has the key"):
            library.pin_key(ids[0], "oak21")
    kept = MarkStore(folder / "marks.json").all()
    assert {one: kept[one].citekey for one in ids} == held
    assert sorted(name for one in kept.values() for name in one.former_keys) == sorted(FORMER)


def test_renamed_keys_are_there_after_a_restart(renamed: tuple[Path, dict[str, str], list[str]]) -> None:
    holds(*renamed)


def test_renamed_keys_survive_the_loss_of_the_catalogue(renamed: tuple[Path, dict[str, str], list[str]]) -> None:
    folder, held, ids = renamed
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    holds(folder, held, ids)


def test_renamed_keys_survive_a_catalogue_that_is_made_again(renamed: tuple[Path, dict[str, str], list[str]]) -> None:
    folder, held, ids = renamed
    with Library.open(folder) as library:
        library.rebuild_catalogue()
    holds(folder, held, ids)


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("lost", [False, True])
def test_renamed_keys_survive_damaged_marks_that_are_restored_from_a_backup_or_from_what_is_remembered(
    renamed: tuple[Path, dict[str, str], list[str]], base: int, *, lost: bool
) -> None:
    folder, held, ids = renamed
    path = folder / "marks.json"
    path.write_bytes(path.read_bytes().replace(b"rating", b"gnitar", 1))
    if lost:
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as library:
        library.restore(base)
    holds(folder, held, ids)


def test_going_back_to_a_backup_leaves_the_keys_for_undo_to_take_back(
    renamed: tuple[Path, dict[str, str], list[str]],
) -> None:
    folder, held, ids = renamed
    with Library.open(folder, now=lambda: NOW) as library:
        library.restore(1)
        assert keys(library) == held
        entry = library.find("oaks")
        assert entry is not None
        assert entry.mark.rating == 0
    holds(folder, held, ids)


def test_a_key_that_the_catalogue_cannot_take_over_is_saved_and_no_later_change_loses_it(
    library: Library, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def full(*_: object, **__: object) -> None:
            raise StoreError("the disk is full")

        broken.setattr(Catalogue, "follow", full)
        broken.setattr(Catalogue, "mirror", full)
        assert library.pin_key("oak2021trees", "oaks")[0] is not None
        library.mark([ids[2]], star())
        assert any("your changes are saved" in one for one in library.warnings())
        assert key(library, ids[2]) == "oak2021trees"
    library.mark([ids[2]], set_rating(2))
    assert key(library, ids[2]) == "oaks"
    assert found(library, "oak2021trees") == ids[2]


@pytest.mark.parametrize("method", ["append", "put", "follow", "mirror"])
def test_a_renaming_that_is_cut_off_took_place_or_did_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    owner = {"append": History, "put": MarkStore}.get(method, Catalogue)

    class Killed(BaseException):
        """Nothing catches it."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with Library.open(folder, now=lambda: NOW) as library:
        ids = library.add([DEEP, SEAS, TREES]).ids
        with monkeypatch.context() as dying:
            dying.setattr(owner, method, killed)
            with pytest.raises(Killed):
                library.rename_keys(ids, SHORT)
    with Library.open(folder, now=lambda: NOW) as library:
        took_place = method in {"follow", "mirror"}
        assert sorted(keys(library).values()) == (
            ["li20", "li20b", "oak21"] if took_place else ["li2020deep", "li2020deepb", "oak2021trees"]
        )
        assert len(library.history()) == took_place
        library.mark(ids, star())
        assert len({one.citekey for one in MarkStore(folder / "marks.json").all().values()}) == 3


def test_papers_whose_keys_nobody_chose_are_kept_as_they_always_were(library: Library, ids: list[str]) -> None:
    library.mark([ids[0]], star())
    library.pin_key("oak2021trees", "oaks")
    lines = (library.folder / "marks.json").read_text().splitlines()
    documents = [json.loads("{" + line.rstrip(",") + "}") for line in lines if '"mark"' in line]
    by_key = {one["citekey"]: one for document in documents for one in document.values()}
    assert "keys" not in by_key["li2020deep"]
    assert by_key["oaks"]["keys"] == {"pinned": True, "former": ["oak2021trees"]}


@pytest.mark.parametrize(
    "keys", ['{"pinned": 1, "former": []}', '{"pinned": true}', '{"pinned": true, "former": [1]}', "[]"]
)
def test_keys_that_are_not_what_readlist_writes_are_not_taken_over(library: Library, ids: list[str], keys: str) -> None:
    library.pin_key("oak2021trees", "oaks")
    path = library.folder / "marks.json"
    text = path.read_text().replace('{"pinned": true, "former": ["oak2021trees"]}', keys)
    assert keys in text
    path.write_text(text)
    with pytest.raises(DamagedMarksError, match="keys"):
        library.accept()
