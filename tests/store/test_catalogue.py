"""The catalogue: how papers come in, stand in order, are found by name, leave and come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from readlist.mark import UNMARKED, Mark, Note
from readlist.paper import Identifiers, Paper, date_ordinal
from readlist.query import ALL, Flag, InStatus, Label, Query, Text
from readlist.store.catalogue import Added, Catalogue
from readlist.store.facts import packed, unpacked
from readlist.store.own import Decisions
from readlist.store.schema import DAY
from tests.papers import NOW, paper


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.open(tmp_path / "catalogue.sqlite", read_only=False)
    yield made
    made.close()


def add(catalogue: Catalogue, *papers: Paper) -> Added:
    return catalogue.add(papers, now=NOW, given_keys={})


def titles(catalogue: Catalogue, query: Query = ALL) -> list[str]:
    return [entry.paper.title for entry in catalogue.entries(catalogue.select(query))]


def keys(catalogue: Catalogue) -> list[str]:
    return [entry.citekey for entry in catalogue.entries(catalogue.select(ALL))]


# ---------------------------------------------------------------------- order


def test_newest_stand_first_undated_last_a_year_as_its_first_day_and_ties_as_first_ingested(
    catalogue: Catalogue,
) -> None:
    dates = {
        "undated": None,
        "year": "2023",
        "later": "2023-01-02",
        "tie": "2023-01-01",
        "old": "1999-05",
        "none": None,
    }
    add(catalogue, *(paper(title, date=written) for title, written in dates.items()))
    assert titles(catalogue) == ["later", "year", "tie", "old", "undated", "none"]
    add(catalogue, paper("last of its day", date="2023-01-01"), paper("very last"))
    assert titles(catalogue) == ["later", "year", "tie", "last of its day", "old", "undated", "none", "very last"]


def test_a_paper_whose_date_changes_moves(catalogue: Catalogue) -> None:
    add(catalogue, paper("a", date="2023-03-18", year_inferred=True), paper("b", date="2022"))
    (paper_id,) = add(catalogue, paper("a", date="2021-03-18")).ids
    assert titles(catalogue) == ["b", "a"]
    assert titles(catalogue, Query(Text("a"))) == ["a"]
    row = catalogue.row_of(paper_id)
    assert row is not None
    assert row // DAY == date_ordinal("2021-03-18")


def test_rows_that_are_gone_are_left_out(catalogue: Catalogue) -> None:
    add(catalogue, paper("a"), paper("b"))
    rows = catalogue.select(ALL)
    assert [entry.paper.title for entry in catalogue.entries([*rows, 77, rows[0]])] == ["a", "b", "a"]
    assert catalogue.entries([]) == []


# ---------------------------------------------------------------------- matching and merging


def test_the_same_papers_again_change_nothing(catalogue: Catalogue) -> None:
    papers = [paper("a", "Ann Author", date="2023"), paper("b", abstract="text")]
    first = add(catalogue, *papers)
    assert (first.new, first.updated, first.unchanged) == (2, 0, 0)
    before = catalogue.entries(catalogue.select(ALL))
    again = catalogue.add(papers, now="2030-01-01T00:00:00Z", given_keys={})
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)
    assert again.ids == first.ids
    assert catalogue.entries(catalogue.select(ALL)) == before
    assert catalogue.count() == 2


def test_two_equal_papers_in_one_batch_are_one(catalogue: Catalogue) -> None:
    added = add(catalogue, paper("a"), paper("a"), paper("a", abstract="more words"))
    assert (added.new, added.updated, added.unchanged) == (1, 1, 1)
    assert len(set(added.ids)) == 1
    assert titles(catalogue, Query(Text("more words"))) == ["a"]


def test_what_a_merge_brings_is_found_and_what_it_replaces_is_not(catalogue: Catalogue) -> None:
    add(catalogue, paper("a", abstract="former"))
    assert add(catalogue, paper("a", abstract="present")).updated == 1
    assert titles(catalogue, Query(Text("present"))) == ["a"]
    assert titles(catalogue, Query(Text("former"))) == []


@pytest.mark.parametrize("identifiers", [Identifiers(arxiv="2302.04761"), Identifiers(doi="10.1000/182")])
def test_an_identifier_matches_under_another_title_and_the_other_id_becomes_an_alias(
    catalogue: Catalogue, identifiers: Identifiers
) -> None:
    (held,) = add(catalogue, paper("Old title", identifiers=identifiers)).ids
    other = paper("New title", identifiers=identifiers, sources=("other.bib",))
    assert add(catalogue, other).ids == (held,)
    assert other.id != held
    assert catalogue.resolve(other.id) == held
    assert add(catalogue, replace(other, identifiers=Identifiers())).ids == (held,)
    assert catalogue.count() == 1


def test_an_alias_never_hides_a_paper(catalogue: Catalogue) -> None:
    one, two = add(catalogue, paper("one", "Li", identifiers=Identifiers(doi="10.1/1")), paper("two", "Li")).ids
    assert add(catalogue, paper("two", "Li", identifiers=Identifiers(doi="10.1/1"))).ids == (one,)
    assert catalogue.resolve(two) == two
    assert add(catalogue, paper("two", "Li")).ids == (two,)


# ---------------------------------------------------------------------- citation keys


def test_keys_are_unique_and_kept(catalogue: Catalogue) -> None:
    add(catalogue, paper("Deep Nets", "Ann Li", date="2020"), paper("Deep Seas", "Bo Li", date="2020"))
    assert keys(catalogue) == ["li2020deep", "li2020deepb"]
    add(catalogue, paper("Deep Nets", "Ann Li", date="2021"))
    assert sorted(keys(catalogue)) == ["li2020deep", "li2020deepb"]


def test_a_key_that_was_given_out_comes_back_to_its_paper_and_goes_to_no_other(catalogue: Catalogue) -> None:
    kept, other = paper("Deep Nets", "Ann Li", date="2020"), paper("Deep Seas", "Bo Li", date="2020")
    given_out = {kept.id: ("Li2020deep",)}
    catalogue.add([other], now=NOW, given_keys=given_out)
    catalogue.add([kept], now=NOW, given_keys=given_out)
    assert keys(catalogue) == ["li2020deepb", "Li2020deep"]


def test_a_key_that_another_paper_has_by_now_is_not_given_twice(catalogue: Catalogue) -> None:
    add(catalogue, paper("Deep Seas", "Bo Li", date="2020"))
    other = paper("Other", "Bo Li", date="2020")
    catalogue.add([other], now=NOW, given_keys={other.id: ("li2020deep",)})
    assert len(set(keys(catalogue))) == 2


# ---------------------------------------------------------------------- names


def test_a_paper_goes_by_all_its_names(catalogue: Catalogue) -> None:
    held = paper("Toolformer", "Timo Schick", date="2023", identifiers=Identifiers("2302.04761", "10.1000/abc"))
    (paper_id,) = add(catalogue, held).ids
    for name in [
        paper_id, "schick2023toolformer", " Schick2023Toolformer ", "2302.04761", "2302.04761v3", "arXiv:2302.04761",
        "https://arxiv.org/abs/2302.04761v1", "http://arxiv.org/pdf/2302.04761.pdf", "10.48550/arXiv.2302.04761",
        "https://doi.org/10.48550/arXiv.2302.04761", "10.1000/ABC", "doi:10.1000/abc", "https://dx.doi.org/10.1000/abc",
    ]:  # fmt: skip
        assert catalogue.resolve(name) == paper_id, name
    for name in ["", "schick", "2302.0476", "10.1000/ab", "p0", "'", "\ud800", "a\x00b"]:
        assert catalogue.resolve(name) is None
    assert catalogue.row_of("p0") is None


def test_an_old_arxiv_id_is_a_name_too(catalogue: Catalogue) -> None:
    (paper_id,) = add(catalogue, paper("a", identifiers=Identifiers("hep-th/9901001"))).ids
    assert catalogue.resolve("arXiv:hep-th/9901001v2") == paper_id


# ---------------------------------------------------------------------- trying, removing, restoring


def test_a_dry_run_says_what_would_happen_and_changes_nothing(catalogue: Catalogue) -> None:
    add(catalogue, paper("a"))
    batches = [([paper("a"), paper("b")], Decisions()), ([paper("b")], Decisions())]
    first, second = catalogue.rehearse(batches, now=NOW, given_keys={})
    assert (first.new, first.unchanged) == (1, 1)
    assert (second.new, second.unchanged) == (0, 1)
    assert titles(catalogue) == ["a"]
    assert catalogue.count() == 1
    assert add(catalogue, paper("b")).new == 1


def test_a_batch_that_fails_leaves_nothing(catalogue: Catalogue) -> None:
    def broken() -> Iterator[Paper]:
        yield paper("a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogue.add(broken(), now=NOW, given_keys={})
    assert catalogue.count() == 0
    assert not catalogue.held
    assert titles(catalogue, Query(Text("a"))) == []


def test_removed_papers_come_back_as_they_were_and_where_they_were(catalogue: Catalogue) -> None:
    ids = add(catalogue, *(paper(f"Title {n}", "Ann Li", date="2020", abstract=f"word{n}") for n in range(4))).ids
    catalogue.mirror({ids[1]: Mark(starred=True)}, generation=1)
    before = catalogue.entries(catalogue.select(ALL))
    taken = catalogue.remove([ids[1], ids[3], "p0", ids[1]])
    assert taken == [before[1], before[3]]
    assert catalogue.count() == 2
    assert titles(catalogue, Query(Text("word1"))) == []
    catalogue.restore(taken)
    catalogue.restore(taken)
    assert catalogue.entries(catalogue.select(ALL)) == before
    assert catalogue.count() == 4
    assert titles(catalogue, Query(Text("word1"))) == ["Title 1"]


def test_a_restored_paper_whose_key_or_place_is_taken_gets_another(catalogue: Catalogue) -> None:
    (one,) = add(catalogue, paper("Deep Nets", "Ann Li", date="2020")).ids
    taken = catalogue.remove([one])
    (two,) = add(catalogue, paper("Deep Seas", "Bo Li", date="2020")).ids
    catalogue.restore(taken)
    found = {entry.id: entry.citekey for entry in catalogue.entries(catalogue.select(ALL))}
    assert found == {two: "li2020deep", one: "li2020deepb"}


def test_it_remembers_that_it_once_held_a_paper(catalogue: Catalogue) -> None:
    assert not catalogue.held
    ids = add(catalogue, paper("a")).ids
    catalogue.remove(ids)
    assert catalogue.count() == 0
    assert catalogue.held


# ---------------------------------------------------------------------- the mirror of the marks


def test_marks_are_joined_and_taken_out_again(catalogue: Catalogue) -> None:
    one, two = add(catalogue, paper("one"), paper("two")).ids
    note = Note("n1", "compare with Gumbel", NOW, NOW)
    mark = Mark(
        "reading", (("reading", NOW),), starred=True, tags=("rl/offline",), rating=4, notes=(note,), changed=NOW
    )
    catalogue.mirror({one: mark, two: Mark(tags=("rl",))}, generation=5)
    assert catalogue.generation == 5
    assert [entry.mark for entry in catalogue.entries(catalogue.select(ALL))] == [mark, Mark(tags=("rl",))]
    assert catalogue.tags() == {"rl": 1, "rl/offline": 1}
    assert titles(catalogue, Query(Text("gumbel"))) == ["one"]
    assert titles(catalogue, Query(InStatus("reading"))) == ["one"]
    catalogue.mirror({one: UNMARKED}, generation=6)
    assert titles(catalogue, Query(Text("gumbel"))) == []
    assert titles(catalogue, Query(Flag("is:starred"))) == []
    assert titles(catalogue, Query(Label("tag", "rl"))) == ["two"]
    assert titles(catalogue, Query(InStatus("unread"))) == ["one", "two"]


def test_the_whole_mirror_is_replaced(catalogue: Catalogue) -> None:
    one, two = add(catalogue, paper("one"), paper("two")).ids
    catalogue.mirror({one: Mark(starred=True, tags=("x",))}, generation=1)
    catalogue.mirror({two: Mark(tags=("y",))}, generation=2, whole=True)
    assert [entry.mark for entry in catalogue.entries(catalogue.select(ALL))] == [UNMARKED, Mark(tags=("y",))]
    assert catalogue.tags() == {"y": 1}
    assert titles(catalogue, Query(Text("x"))) == []


def test_a_mark_waits_for_its_paper(catalogue: Catalogue) -> None:
    later = paper("later", date="2020")
    catalogue.mirror({later.id: Mark(starred=True, tags=("soon",))}, generation=1)
    add(catalogue, later)
    assert titles(catalogue, Query(Text("soon"))) == titles(catalogue, Query(Flag("is:starred"))) == ["later"]
    add(catalogue, replace(later, date="2021", sources=("test.txt",)))
    assert titles(catalogue, Query(Label("tag", "soon"))) == ["later"]


# ---------------------------------------------------------------------- facts

LISTS = st.lists(st.sampled_from(["a", "ß", "北"]), max_size=3).map(tuple)
MAYBE = st.one_of(st.none(), st.sampled_from(["", "a", "ü\n{\\it b}"]))
PAPERS = st.builds(
    Paper,
    title=st.sampled_from(["a", "b c"]),
    title_raw=st.sampled_from(["a", "\\textbf{a}", ""]),
    authors=LISTS,
    authors_truncated=st.booleans(),
    affiliations=LISTS,
    categories=LISTS,
    date=st.sampled_from([None, "2020", "2020-02-03"]),
    year_inferred=st.booleans(),
    has_code=st.sampled_from([None, True, False]),
    score=st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    abstract=MAYBE,
    abstract_raw=MAYBE,
    identifiers=st.builds(Identifiers, MAYBE, MAYBE),
    venue=MAYBE,
    kind=MAYBE,
    extra=st.lists(st.tuples(st.sampled_from(["x", "note"]), st.sampled_from(["", "1"])), max_size=2).map(tuple),
    sources=LISTS,
    uncertain=LISTS,
)


@settings(deadline=None)
@given(PAPERS)
def test_facts_come_out_as_they_went_in(facts: Paper) -> None:
    assert unpacked(packed(facts)) == facts
