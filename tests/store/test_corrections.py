"""A reader's own corrections: they win over what sources say, for ever, and can be given back."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.errors import StoreError, UsageError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.paper import Entry, Identifiers
from readlist.query import ALL, parse
from readlist.settings import STATUSES
from readlist.store.catalogue import Catalogue
from tests.papers import NOW, TODAY, paper

WRONG = paper("Deep Netz", "Ann Li", date="2020-01-05", venue="NIPS", affiliations=("MIT",))
SPLIT = paper("A Study of Trees Ann", "Marie Oak", date="2021", uncertain=("title", "authors"))


def one(library: Library, key: str) -> Entry:
    entry = library.find(key)
    assert entry is not None
    return entry


def hits(library: Library, query: str) -> list[str]:
    found = parse(query, statuses=STATUSES, today=TODAY)
    return [entry.id for entry in library.entries(library.select(found))]


@pytest.fixture
def wrong(library: Library) -> str:
    """The id of a paper with a mistake in its title."""
    return library.add([WRONG, paper("On Seas", "Bo Li", date="2019")]).ids[0]


def test_a_correction_is_shown_found_ordered_and_named(library: Library, wrong: str) -> None:
    step = library.edit(wrong, {"title": "Deep Nets", "date": "2018-03", "venue": None, "affiliations": []})
    assert step is not None
    assert step.description == "edit 1 paper"
    entry = one(library, wrong)
    assert (entry.paper.title, entry.paper.title_raw, entry.paper.date) == ("Deep Nets", "Deep Nets", "2018-03")
    assert (entry.paper.venue, entry.paper.affiliations) == (None, ())
    assert entry.corrected == ("title", "date", "venue", "affiliations")
    assert entry.sourced is not None
    assert entry.sourced.title == "Deep Netz"
    assert hits(library, "nets") == [wrong]
    assert hits(library, "netz") == []
    assert hits(library, "year:2018") == [wrong]
    assert library.entries(library.select(ALL))[-1].id == wrong  # the oldest now
    assert not [facet for facet in library.facets(ALL) if facet.name == "MIT"]


def test_a_later_ingest_updates_the_rest_and_never_what_was_corrected(library: Library, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets", "venue": None})
    added = library.add([paper("Deep Netz", "Ann Li", date="2020-01-05", venue="NeurIPS", score=3.0)])
    assert (added.updated, added.ids) == (1, (wrong,))
    entry = one(library, wrong)
    assert (entry.paper.title, entry.paper.venue, entry.paper.score) == ("Deep Nets", None, 3.0)
    assert entry.sourced is not None
    assert entry.sourced.venue == "NeurIPS"
    assert library.add([paper("Deep Netz", "Ann Li", date="2020-01-05", venue="NeurIPS", score=3.0)]).unchanged == 1


def test_a_source_with_the_right_title_finds_the_corrected_paper(library: Library, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets"})
    assert library.add([paper("Deep Nets", "Ann Li", sources=("b.txt",))]).ids == (wrong,)
    assert library.count() == 2


def test_a_wrong_identifier_that_was_corrected_brings_no_other_paper_into_this_one(library: Library) -> None:
    mixed = paper("Mixed Up", "Ann Li", identifiers=Identifiers(None, "10.1000/other"))
    [mixed_id] = library.add([mixed]).ids
    library.edit(mixed_id, {"doi": "10.1000/mine"})
    other = paper("The Other One", "Bo Li", identifiers=Identifiers(None, "10.1000/other"))
    [other_id] = library.add([other]).ids
    assert other_id != mixed_id
    assert library.add([mixed]).ids == (mixed_id,)
    assert one(library, "10.1000/mine").id == mixed_id
    assert one(library, "10.1000/other").id == other_id


def test_corrections_are_one_step_that_is_taken_back_and_done_again(library: Library, wrong: str) -> None:
    before = one(library, wrong)
    library.edit(wrong, {"title": "Deep Nets", "date": "2018"}, citekey="nets")
    after = one(library, "nets")
    library.undo()
    assert one(library, wrong) == before
    library.redo()
    assert one(library, wrong) == after
    assert one(library, before.citekey).id == wrong  # the former key finds it


def test_a_field_is_given_back_alone_or_with_all_others(library: Library, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets", "date": "2018", "extra": {"pages": "1--9", "note": "x"}})
    assert one(library, wrong).corrected == ("title", "date", "pages", "note")
    assert library.revert([wrong], ["title", "pages"]) is not None
    entry = one(library, wrong)
    assert (entry.corrected, entry.paper.title, dict(entry.paper.extra)) == (
        ("date", "note"),
        "Deep Netz",
        {"note": "x"},
    )
    library.revert([wrong])
    assert one(library, wrong).paper == WRONG
    assert library.revert([wrong]) is None


def test_what_the_sources_say_is_no_correction(library: Library, wrong: str) -> None:
    assert library.edit(wrong, {"title": "Deep Netz"}) is None
    library.edit(wrong, {"title": "Deep Nets"})
    library.edit(wrong, {"title": "Deep Netz"})
    assert one(library, wrong).corrected == ()
    assert library.corrections(wrong) == {}


def test_marks_and_given_out_keys_leave_corrections_alone(library: Library, wrong: str, folder: Path) -> None:
    library.edit(wrong, {"title": "Deep Nets"})
    library.mark([wrong], star())
    library.give_out([wrong])
    library.mark([wrong], star(starred=False))
    library.undo()
    assert one(library, wrong).paper.title == "Deep Nets"
    library.close()
    with Library.open(folder) as again:
        assert one(again, wrong).corrected == ("title",)


def test_a_removed_paper_loses_its_corrections_and_undo_brings_both_back(library: Library, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets", "date": "2018"})
    before = one(library, wrong)
    library.remove([wrong])
    assert library.add([WRONG]).created == (wrong,)
    assert one(library, wrong).paper.title == "Deep Netz"
    library.remove([wrong])
    library.undo()
    library.undo()
    assert one(library, wrong) == before


def test_an_accepted_split_stays_where_it_is(library: Library) -> None:
    [split] = library.add([SPLIT]).ids
    assert library.accept_split([split]) is not None
    entry = one(library, split)
    assert (entry.paper.uncertain, entry.corrected, entry.paper.title) == ((), (), SPLIT.title)
    library.add([paper("A Study of Trees", "Ann Marie Oak", date="2021")])  # the same glue, now read with certainty
    assert one(library, split).paper.title == SPLIT.title
    assert library.accept_split([split]) is None
    library.undo()
    assert one(library, split).paper.title == "A Study of Trees"


def test_an_identifier_that_stands_for_a_title_is_not_accepted_in_the_place_of_the_title(library: Library) -> None:
    known = Identifiers(arxiv="2302.04761")
    named = paper("arXiv:2302.04761", date="2023-02", identifiers=known, uncertain=("title", "authors"))
    [first, split] = library.add([named, SPLIT]).ids
    with pytest.raises(UsageError, match="only its identifier is known"):
        library.accept_split([first])
    assert library.accept_split([first, split]) is not None
    library.add([paper("Toolformer", "Timo Schick", date="2023-02-09", identifiers=known)])
    entry = one(library, first)
    assert (entry.paper.title, entry.paper.authors, entry.paper.uncertain) == ("Toolformer", ("Timo Schick",), ())


def test_editing_an_uncertain_title_makes_the_split_certain(library: Library) -> None:
    [split] = library.add([SPLIT]).ids
    library.edit(split, {"title": "A Study of Trees", "authors": ["Ann Marie Oak"]})
    entry = one(library, split)
    assert (entry.paper.uncertain, entry.paper.authors) == ((), ("Ann Marie Oak",))
    assert hits(library, "is:uncertain") == []
    library.revert([split])
    assert one(library, split).paper == SPLIT


@pytest.mark.parametrize(
    ("corrections", "said"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"date": "2023-13"}, "not a date"),
        ({"authors": "Ann"}, "list"),
        ({"score": "high"}, "number"),
        ({"colour": "red"}, "'colour' cannot be corrected"),
        ({"extra": {"pages": 3}}, "texts"),
    ],
)
def test_what_a_field_cannot_have_is_refused(
    library: Library, wrong: str, corrections: dict[str, object], said: str
) -> None:
    with pytest.raises(Exception, match=said):
        library.edit(wrong, corrections)  # type: ignore[arg-type]  # wrong on purpose
    assert library.history() == []


def test_hostile_text_is_made_safe(library: Library, wrong: str) -> None:
    library.edit(
        wrong, {"title": "Deep\x1b[31m Nets\u202e", "authors": ["Ann\nLi", " "], "extra": {"no\x07te": "a\x1bb"}}
    )
    entry = one(library, wrong)
    assert entry.paper.authors == ("Ann Li",)
    for text in (entry.paper.title, entry.paper.title_raw, *dict(entry.paper.extra), *dict(entry.paper.extra).values()):
        assert text.isprintable()


def test_corrections_come_back_when_the_catalogue_is_lost(library: Library, folder: Path, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets", "date": "2018"})
    before = one(library, wrong)
    library.close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert one(again, before.citekey).paper.title == "Deep Nets"
        assert one(again, before.citekey).paper.date == "2018"
        again.add([WRONG])
        assert one(again, wrong) == before
        again.undo()
        assert one(again, wrong).paper == WRONG


def test_corrections_come_back_when_the_catalogue_is_damaged(library: Library, folder: Path, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets", "date": "2018"})
    before = one(library, wrong)
    library.close()
    with Library.open(folder, now=lambda: NOW) as again:
        again.rebuild_catalogue()
        assert one(again, wrong) == before
        again.undo()
        assert one(again, wrong).paper == WRONG


def test_corrections_are_put_together_again_when_the_marks_are_lost(library: Library, folder: Path, wrong: str) -> None:
    library.mark([wrong], star())
    library.back_up()
    library.edit(wrong, {"title": "Deep Nets"})
    library.edit(wrong, {"date": "2018"})
    before = one(library, wrong)
    (folder / "marks.json").write_bytes(b"gone")
    library.close()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.restore(1).put_together
        assert one(again, wrong) == before


def test_corrections_are_remembered_without_any_backup(library: Library, folder: Path, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets"})
    before = one(library, wrong)
    library.close()
    (folder / "marks.json").unlink()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.restore(0).put_together
        assert one(again, wrong) == before


def test_going_back_to_a_backup_brings_its_corrections_and_undo_those_of_now(library: Library, wrong: str) -> None:
    library.edit(wrong, {"title": "Deep Nets"})
    library.back_up()
    library.edit(wrong, {"title": "Deeper Nets", "date": "2018"})
    library.mark([wrong], set_rating(3))
    now = one(library, wrong)
    library.restore(1)
    then = one(library, wrong)
    assert (then.paper.title, then.paper.date, then.mark.rating) == ("Deep Nets", "2020-01-05", 0)
    library.undo()
    assert one(library, wrong).paper == now.paper


def test_a_correction_that_the_catalogue_cannot_show_yet_is_saved_and_shown_later(
    library: Library, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def full(*_: object, **__: object) -> None:
            raise StoreError("the disk is full")

        broken.setattr(Catalogue, "follow", full)
        library.edit(wrong, {"title": "Deep Nets"})
        assert one(library, wrong).paper.title == "Deep Netz"
        assert "do not show them yet" in library.warnings()[0]
    library.warm_up()
    assert one(library, wrong).paper.title == "Deep Nets"


def test_another_process_sees_a_correction(library: Library, wrong: str, folder: Path) -> None:
    with Library.open(folder, now=lambda: NOW) as elsewhere:
        library.edit(wrong, {"title": "Deep Nets"}, citekey="nets")
        assert elsewhere.changed_elsewhere()
        assert one(elsewhere, "nets").paper.title == "Deep Nets"
        elsewhere.undo()
        assert library.changed_elsewhere()
        assert one(library, wrong).paper == WRONG


def test_a_key_of_another_paper_is_refused_and_nothing_is_changed(library: Library, wrong: str) -> None:
    with pytest.raises(UsageError, match="another paper has the key"):
        library.edit(wrong, {"title": "Deep Nets"}, citekey="li2019seas")
    assert one(library, wrong).corrected == ()


def test_corrections_that_someone_wrote_into_the_marks_file_are_taken_over(
    library: Library, folder: Path, wrong: str
) -> None:
    library.edit(wrong, {"title": "Deep Nets"})
    text = (folder / "marks.json").read_text(encoding="utf-8")
    (folder / "marks.json").write_text(text.replace('"Deep Nets"', '"Deepest Nets"'), encoding="utf-8")
    library.close()
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.accept() is not None
        assert one(again, wrong).paper.title == "Deepest Nets"
        again.changed_elsewhere()
        text = (folder / "marks.json").read_text(encoding="utf-8")
        start = text.index('"corrected": {')
        end = text.index("}", start)
        (folder / "marks.json").write_text(text[:start] + '"corrected": {' + text[end:], encoding="utf-8")
    with Library.open(folder, now=lambda: NOW) as again:
        assert again.accept() is not None
        assert one(again, wrong).paper == WRONG
