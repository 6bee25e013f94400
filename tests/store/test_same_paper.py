"""Two papers that are one are merged as a step and found by all their names; two that are not are never asked about."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from readlist.errors import UnknownKeyError, UsageError
from readlist.ingest import Source, ingest
from readlist.library import Library, Ongoing
from readlist.mark import add_note, change_tags, set_priority, set_rating, set_status, star
from readlist.paper import Entry, Identifiers, Paper
from readlist.query import ALL, parse
from readlist.settings import STATUSES
from readlist.store.marks import MarkStore
from tests.papers import NOW, TODAY, paper

PREPRINT = paper(
    "Deep Nets: A Study", "Ann Li", date="2020-01", abstract="We study.", identifiers=Identifiers("2001.00001", None)
)
PUBLISHED = paper(
    "A Study of Deep Nets",
    "Ann Li",
    "Bo Oak",
    date="2020-06-01",
    venue="NeurIPS",
    identifiers=Identifiers(None, "10.1000/nets"),
    sources=("refs.bib",),
)


def one(library: Library, key: str) -> Entry:
    entry = library.find(key)
    assert entry is not None
    return entry


def whole(library: Library) -> dict[str, Entry]:
    return {entry.id: entry for entry in library.entries(library.select(ALL))}


@pytest.fixture
def two(library: Library) -> tuple[str, str]:
    """The ids of the preprint and of the published paper."""
    first, second = library.add([PREPRINT, PUBLISHED]).ids
    return first, second


def test_a_merge_takes_the_better_of_each_field_and_names_every_source(library: Library, two: tuple[str, str]) -> None:
    key = one(library, two[0]).citekey
    step = library.merge_papers(*two)
    assert step.name == "merge li2020study into li2020deep"
    [entry] = whole(library).values()
    assert (entry.id, entry.citekey) == (two[0], key)
    merged = entry.paper
    assert (merged.title, merged.venue, merged.abstract) == (PREPRINT.title, "NeurIPS", "We study.")
    assert merged.identifiers == Identifiers("2001.00001", "10.1000/nets")
    assert merged.date == "2020-01"
    assert merged.sources == ("test.txt", "refs.bib")


def test_every_name_of_either_finds_the_one_paper(library: Library, two: tuple[str, str]) -> None:
    library.edit(two[1], {}, citekey="studied")
    library.merge_papers(*two)
    for name in (*two, "li2020deep", "li2020study", "studied", "2001.00001v2", "https://doi.org/10.1000/NETS"):
        assert one(library, name).id == two[0]
    library.add([paper("Other", "Cy Ash", date="2020")])
    with pytest.raises(UsageError, match="another paper has the key"):
        library.pin_key("ash2020other", "studied")
    library.pin_key("li2020deep", "li2020study")  # it is this paper's now
    assert one(library, "li2020study").id == two[0]


def test_a_second_identifier_finds_the_paper_and_brings_its_source_there(library: Library) -> None:
    first = paper("Deep Nets", "Ann Li", identifiers=Identifiers(None, "10.1000/one"))
    second = paper("Deeper Nets", "Ann Li", identifiers=Identifiers(None, "10.1000/two"))
    ids = library.add([first, second]).ids
    library.merge_papers(*ids)
    assert one(library, "10.1000/two").id == ids[0]
    other = paper("The Deepest Nets", "Ann Li", identifiers=Identifiers(None, "10.1000/two"), sources=("c.txt",))
    assert library.add([other]).ids == (ids[0],)
    assert library.count() == 1


def test_marks_are_united(library: Library, two: tuple[str, str]) -> None:
    library.mark([two[0]], change_tags(["a", "b"]))
    library.mark([two[0]], set_status("read"))
    library.mark([two[0]], set_rating(2))
    library.mark([two[0]], add_note("n1", "first"))
    library.mark([two[1]], change_tags(["b", "c"]))
    library.mark([two[1]], star())
    library.mark([two[1]], set_status("queued"))
    library.mark([two[1]], set_rating(4))
    library.mark([two[1]], set_priority(1))
    library.mark([two[1]], add_note("n2", "second"))
    library.merge_papers(*two)
    mark = one(library, two[1]).mark
    assert (mark.tags, mark.starred, mark.status, mark.rating, mark.priority) == (("a", "b", "c"), True, "read", 4, 1)
    assert [note.text for note in mark.notes] == ["first", "second"]
    assert dict(mark.status_dates) == {"read": NOW, "queued": NOW}
    found = library.entries(library.select(parse("note:second tag:a", statuses=STATUSES, today=TODAY)))
    assert [entry.id for entry in found] == [two[0]]


def test_a_copy_that_was_dropped_does_not_drop_the_paper(library: Library, two: tuple[str, str]) -> None:
    library.mark([two[0]], set_status("queued"))
    library.mark([two[1]], set_status("dropped"))
    library.merge_papers(*two)
    assert one(library, two[0]).mark.status == "queued"


def test_undo_gives_both_papers_marks_and_keys_back_and_redo_merges_again(
    library: Library, two: tuple[str, str], folder: Path
) -> None:
    library.edit(two[0], {"title": "Deep Nets"})
    library.edit(two[1], {"venue": "NIPS"}, citekey="studied")
    library.mark([two[1]], star())
    library.give_out([two[1]])
    before = whole(library)
    library.merge_papers(*two)
    after = whole(library)
    assert after[two[0]].paper.venue == "NIPS"
    assert after[two[0]].corrected == ("title", "venue")
    library.undo()
    assert whole(library) == before
    assert one(library, "studied").id == one(library, "10.1000/nets").id == one(library, "li2020study").id == two[1]
    library.redo()
    assert whole(library) == after
    library.undo()
    library.close()
    with Library.open(folder, now=lambda: NOW) as again:
        assert whole(again) == before
        again.remove([two[1]])
        assert again.find("studied") is None  # nothing leads to the other paper any more


def test_an_undo_leaves_what_a_later_source_said(library: Library, two: tuple[str, str]) -> None:
    library.merge_papers(*two)
    library.add([paper(PUBLISHED.title, "Ann Li", score=4.0, affiliations=("MIT",), sources=("c.txt",))])
    assert one(library, two[0]).paper.score == 4.0
    library.undo()
    entries = whole(library)
    assert entries[two[0]].paper.venue is None
    assert entries[two[0]].paper.score == 4.0
    assert entries[two[1]].paper == PUBLISHED


def test_either_source_goes_to_the_one_paper(library: Library, two: tuple[str, str]) -> None:
    library.merge_papers(*two)
    before = whole(library)
    added = library.add([PUBLISHED, PREPRINT])
    assert (added.ids, added.unchanged) == ((two[0], two[0]), 2)
    assert whole(library) == before


@pytest.mark.parametrize("order", list(permutations([PREPRINT, PUBLISHED, paper("Other", "Cy Ash", date="2020")])))
@pytest.mark.parametrize("marked", [False, True])
def test_a_merge_survives_the_loss_of_the_catalogue_in_any_order_of_ingests(
    library: Library, folder: Path, two: tuple[str, str], order: tuple[Paper, ...], marked: bool
) -> None:
    if marked:
        library.mark([two[1]], star())
    library.merge_papers(*two)
    library.close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert list(whole(again)) == [two[0]]  # the marks know it by its own key
        for source in order:
            again.add([source])
        assert sorted(whole(again)) == sorted({two[0], order[0].id, order[1].id, order[2].id} - {two[1]})
        entry = one(again, two[1])
        assert entry.id == two[0]
        assert entry.mark.starred == marked
        assert (entry.paper.venue, entry.paper.abstract) == ("NeurIPS", "We study.")
        assert again.find("2001.00001") == again.find("10.1000/nets") == again.find("li2020study") == entry
        again.undo()
        assert sorted(whole(again)) == sorted({*two, order[0].id, order[1].id, order[2].id})


def test_a_merge_survives_damage_of_the_catalogue(library: Library, folder: Path, two: tuple[str, str]) -> None:
    library.merge_papers(*two)
    before = whole(library)
    library.rebuild_catalogue()
    assert whole(library) == before
    assert one(library, "li2020study").id == two[0]


def test_a_merge_of_merged_papers_leads_to_the_last_one(library: Library, two: tuple[str, str]) -> None:
    [third] = library.add([paper("Nets, Deep", "Ann Li", date="2021")]).ids
    library.merge_papers(*two)
    before = whole(library)
    library.merge_papers(third, two[0])
    assert {one(library, name).id for name in (*two, third, "2001.00001", "10.1000/nets")} == {third}
    assert library.add([PUBLISHED, PREPRINT]).ids == (third, third)
    library.undo()
    assert whole(library) == before
    assert one(library, two[1]).id == two[0]


def test_the_marks_of_two_machines_that_merged_crosswise_still_open(
    library: Library, folder: Path, two: tuple[str, str]
) -> None:
    library.mark([two[0]], star())
    library.merge_papers(*two)
    library.close()
    into = f'"own": {{"corrected": {{}}, "written": null, "into": "{two[1]}", "apart": []}}, "mark": {{'
    lines = (folder / "marks.json").read_text(encoding="utf-8").splitlines(keepends=True)
    crossed = [line.replace('"mark": {', into) if f'"id": "{two[0]}"' in line else line for line in lines]
    assert crossed != lines
    (folder / "marks.json").write_text("".join(crossed), encoding="utf-8")
    with Library.open(folder, now=lambda: NOW) as again:
        again.accept()
        again.add([PREPRINT, PUBLISHED])
        assert list(whole(again)) == [min(two)]
        assert one(again, max(two)).id == min(two)


def test_two_papers_that_are_kept_apart_are_so_for_ever(library: Library, folder: Path, two: tuple[str, str]) -> None:
    step = library.keep_both(two[1], two[0])
    assert step is not None
    assert step.name == "keep both li2020study and li2020deep"
    pair = (min(two), max(two))
    assert library.apart() == {pair}
    assert library.keep_both(*two) is None
    library.undo()
    assert library.apart() == set()
    library.redo()
    library.mark(two, star())
    library.mark(two, star(starred=False))
    library.close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        again.add([PREPRINT, PUBLISHED])
        assert again.apart() == {pair}


def test_what_was_kept_apart_from_a_merged_paper_is_apart_from_the_one_that_it_is_part_of(
    library: Library, two: tuple[str, str]
) -> None:
    [third] = library.add([paper("Nets, Deep", "Ann Li", date="2021")]).ids
    library.keep_both(two[1], third)
    library.merge_papers(*two)
    assert library.apart() == {(min(two[0], third), max(two[0], third))}


def test_a_paper_is_not_merged_with_itself_or_with_none(library: Library, two: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="one paper"):
        library.merge_papers(two[0], two[0])
    with pytest.raises(UnknownKeyError):
        library.merge_papers(two[0], "p0000000000000000")
    assert library.history() == []


def test_a_merge_is_put_together_again_when_the_marks_are_lost(
    library: Library, folder: Path, two: tuple[str, str]
) -> None:
    library.mark([two[1]], star())
    library.back_up()
    library.merge_papers(*two)
    before = whole(library)
    kept = MarkStore(folder / "marks.json").all()
    (folder / "marks.json").write_bytes(b"gone")
    library.close()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.restore(1).put_together
        assert whole(again) == before
        assert {key: one.own for key, one in MarkStore(folder / "marks.json").all().items()} == {
            key: one.own for key, one in kept.items()
        }


def test_going_back_to_a_backup_parts_what_was_merged_since_and_undo_merges_it(
    library: Library, two: tuple[str, str]
) -> None:
    library.mark([two[1]], star())
    library.back_up()
    library.merge_papers(*two)
    library.restore(1)
    assert sorted(whole(library)) == sorted(two)
    assert one(library, "10.1000/nets").mark.starred
    library.undo()
    assert list(whole(library)) == [two[0]]
    assert one(library, two[1]).mark.starred


def test_going_back_to_a_backup_merges_what_was_parted_since(library: Library, two: tuple[str, str]) -> None:
    library.mark([two[1]], star())
    library.merge_papers(*two)
    library.back_up()
    library.undo()
    assert library.count() == 2
    library.restore(1)
    assert list(whole(library)) == [two[0]]
    library.undo()
    assert sorted(whole(library)) == sorted(two)


def test_undoing_an_ingest_takes_back_what_it_told_of_papers_that_were_there(library: Library) -> None:
    [held] = library.add([PREPRINT]).ids
    before = whole(library)
    more = replace(PREPRINT, sources=("b.txt",), venue="NeurIPS", score=2.0)
    ongoing = Ongoing.new("ingest b.txt")
    added = library.add([more, paper("Other", "Cy Ash")], ongoing=ongoing)
    step = library.took_in(ongoing)
    assert step is not None
    assert set(step.ids) == {held, *added.created}
    after = whole(library)
    library.undo()
    assert whole(library) == before
    library.redo()
    assert whole(library) == after
    library.add([replace(more, sources=("c.txt",), affiliations=("MIT",))])
    library.undo()
    entry = one(library, held)
    assert (entry.paper.venue, entry.paper.affiliations) == (None, ("MIT",))


def test_an_ingest_of_many_batches_is_undone_whole(library: Library) -> None:
    files = [
        Source.from_text("@misc{a, title = {Deep Nets}, author = {Ann Li}}", "a.bib"),
        Source.from_text("@misc{a, title = {Deep Nets}, author = {Ann Li}, year = {2020}}", "b.bib"),
        Source.from_text("@misc{a, title = {Deep Nets}, author = {Ann Li}, note = {x}}\n@misc{b, title={B}}", "c.bib"),
    ]
    ingest(library, files[:1], as_of=TODAY)
    before = whole(library)
    ingest(library, files[1:], as_of=TODAY)
    after = whole(library)
    assert len(after) == 2
    library.undo()
    assert whole(library) == before
    library.redo()
    assert whole(library) == after
    ingest(library, files[2:], as_of=TODAY)
    assert [step.name for step in library.history(1)] == ["ingest b.bib, c.bib"]  # nothing was new, and it is no step


def test_a_note_on_a_paper_that_was_merged_meanwhile_goes_to_the_one_that_it_is_part_of(
    library: Library, two: tuple[str, str]
) -> None:
    library.merge_papers(*two)
    assert library.mark([two[1]], add_note("n1", "written before")) is not None
    assert [note.text for note in one(library, two[0]).mark.notes] == ["written before"]


def test_removing_a_merged_paper_and_ingesting_it_again_makes_one_paper(library: Library, two: tuple[str, str]) -> None:
    library.merge_papers(*two)
    library.remove([two[0]])
    assert library.count() == 0
    assert set(library.add([PUBLISHED, PREPRINT]).ids) == {two[0]}
