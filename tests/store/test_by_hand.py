"""Papers that a reader adds by hand: kept with the marks, since no source can bring them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.errors import UsageError
from readlist.library import Library
from readlist.mark import star
from readlist.paper import Entry, Identifiers
from tests.papers import NOW, paper

HAND = paper(
    "Notes on Trees", "Ann Oak", date="1999-05", venue="Own Press", identifiers=Identifiers(None, "10.1000/trees"),
    extra=(("pages", "1--9"),), abstract="Trees.", abstract_raw="Trees.",
)  # fmt: skip


def one(library: Library, key: str) -> Entry:
    entry = library.find(key)
    assert entry is not None
    return entry


def test_a_paper_by_hand_is_there_found_and_a_step(library: Library) -> None:
    step, paper_id = library.add_by_hand(HAND)
    assert step.name == "add oak1999notes"
    entry = one(library, "10.1000/trees")
    assert (entry.id, entry.citekey, entry.paper.sources) == (paper_id, "oak1999notes", ("hand",))
    assert entry.paper.extra == HAND.extra
    library.undo()
    assert library.count() == 0
    library.redo()
    assert one(library, paper_id) == entry


def test_it_comes_back_whole_when_the_catalogue_is_lost(library: Library, folder: Path) -> None:
    library.add_by_hand(HAND, citekey="Trees99")
    before = one(library, "Trees99")
    library.close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert one(again, "Trees99") == before


def test_a_source_fills_its_gaps_and_never_changes_what_was_written(library: Library) -> None:
    _, paper_id = library.add_by_hand(HAND)
    added = library.add([paper("Other Words", "A. Oak", identifiers=HAND.identifiers, score=2.0, venue="Elsewhere")])
    assert added.ids == (paper_id,)
    entry = one(library, paper_id)
    assert (entry.paper.title, entry.paper.venue, entry.paper.score) == (HAND.title, "Own Press", 2.0)


def test_it_is_removed_for_good_and_brought_back(library: Library, folder: Path) -> None:
    _, paper_id = library.add_by_hand(HAND)
    library.mark([paper_id], star())
    before = one(library, paper_id)
    library.remove([paper_id])
    library.undo()
    assert one(library, paper_id) == before
    library.remove([paper_id])
    library.close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.find(paper_id) is None
        again.undo()
        assert one(again, paper_id).paper == before.paper


def test_it_can_be_corrected_and_given_back(library: Library) -> None:
    _, paper_id = library.add_by_hand(HAND)
    library.edit(paper_id, {"title": "On Trees"})
    assert one(library, paper_id).corrected == ("title",)
    library.revert([paper_id])
    assert one(library, paper_id).paper.title == HAND.title


def test_a_paper_that_is_there_is_not_added_again(library: Library) -> None:
    library.add([paper("Notes on Trees", "Ann Oak", date="1999")])
    with pytest.raises(UsageError, match="there already: oak1999notes"):
        library.add_by_hand(HAND)
    assert library.history() == []


def test_a_paper_by_hand_that_was_merged_is_not_lost_with_the_catalogue(library: Library, folder: Path) -> None:
    [other] = library.add([paper("Trees, Noted", "Ann Oak", date="1999")]).ids
    _, paper_id = library.add_by_hand(HAND)
    library.merge_papers(other, paper_id)
    library.close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.count() == 1
        assert one(again, paper_id).paper.venue == "Own Press"
        again.add([paper("Trees, Noted", "Ann Oak", date="1999")])
        assert again.count() == 1
        assert one(again, "10.1000/trees").id == other
        again.undo()
        assert again.count() == 2


def test_it_is_put_together_again_when_the_marks_are_lost(library: Library, folder: Path) -> None:
    library.add([paper("Other", "Bo Ash")])
    _, paper_id = library.add_by_hand(HAND)
    before = one(library, paper_id)
    library.close()
    (folder / "marks.json").unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.restore(0).put_together
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert one(again, paper_id) == before


def test_going_back_to_a_backup_brings_it_back(library: Library) -> None:
    _, paper_id = library.add_by_hand(HAND)
    before = one(library, paper_id)
    library.back_up()
    library.remove([paper_id])
    library.restore(1)
    assert one(library, paper_id) == before
