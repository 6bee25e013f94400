"""What queries find: the same as a slow reference that looks at every paper."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.mark import UNMARKED, Mark, Note
from readlist.paper import Entry, Identifiers, Paper, date_ordinal
from readlist.query import (
    ALL,
    And,
    Flag,
    InStatus,
    Label,
    Node,
    Not,
    Or,
    Order,
    Query,
    Span,
    Text,
    both,
    either,
    negated,
)
from readlist.query.fields import ORDERS
from readlist.store.catalogue import Catalogue
from readlist.text import indexed
from tests.papers import NOW

WORDS = [
    "net", "hack", "NetHack", "few-shot", "fewshot", "few", "shot", "GPT-4", "gpt", "4", "Łojasiewicz", "naïve",
    "reinforcement", "rein", "北京大学", "北京", "学", "ﬁnite", "off-the-shelf", "O'Hara", "Ann", "Li", "x", "Straße",
]  # fmt: skip
TAGS = ["rl", "rl/offline", "rl/offline/x", "rlhf", "nlp", "c++"]
CATEGORIES = ["cs.CL", "cs.LG", "stat.ML", "csx"]
SOURCES = ["sample", "sample.txt", "Reading List.bib"]
DATES = [None, "2021", "2022-03", "2022-03-01", "2022-03-02", "2023-12-31", "2024"]
STATUSES = ["unread", "reading", "read"]


def made_papers(count: int) -> list[Paper]:
    chance = random.Random(7)

    def text(most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    def some(names: list[str]) -> tuple[str, ...]:
        return tuple(chance.sample(names, chance.randint(0, 2)))

    return [
        Paper(
            title=(title := f"{text(4)} n{number}"),
            title_raw=title,
            authors=tuple(text(2) for _ in range(chance.randint(0, 3))),
            affiliations=tuple(text(2) for _ in range(chance.randint(0, 2))),
            abstract=chance.choice([None, text(12)]),
            categories=some(CATEGORIES),
            sources=(chance.choice(SOURCES),),
            date=chance.choice(DATES),
            has_code=chance.choice([None, False, True]),
            score=chance.choice([None, 1.0, 2.5]),
            identifiers=Identifiers(
                chance.choice([None, f"2301.{number:05}"]), chance.choice([None, f"10.1/{number}"])
            ),
            uncertain=chance.choice([(), ("title",)]),
        )
        for number in range(count)
    ]


def made_mark(chance: random.Random) -> Mark:
    notes = tuple(Note(f"n{n}", chance.choice(WORDS), NOW, NOW) for n in range(chance.randint(0, 2)))
    return Mark(
        status=chance.choice(STATUSES),
        starred=chance.random() < 0.5,
        tags=tuple(sorted(chance.sample(TAGS, chance.randint(0, 3)))),
        rating=chance.randint(0, 5),
        priority=chance.randint(0, 3),
        notes=notes,
        status_dates=chance.choice([(), (("read", f"2026-01-{chance.randint(1, 28):02}T23:30:00Z"),)]),
        changed=f"2026-01-{chance.randint(1, 28):02}T00:00:00Z",
    )


def filled(path: Path, count: int) -> Catalogue:
    catalogue = Catalogue.open(path, read_only=False)
    papers = made_papers(count)
    for begin in range(0, count, 70):
        instant = f"2026-02-{1 + begin % 27:02}T00:00:00Z"
        catalogue.add(papers[begin : begin + 70], now=instant, given_keys={})
    chance = random.Random(8)
    ids = [entry.id for entry in catalogue.entries(catalogue.select(ALL))]
    marked = chance.sample(ids, count // 3)
    catalogue.mirror({paper_id: made_mark(chance) for paper_id in marked}, generation=1)
    return catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = filled(tmp_path_factory.mktemp("select") / "catalogue.sqlite", 250)
    yield made
    made.close()


# ---------------------------------------------------------------------- the reference


def texts(entry: Entry, field: str | None) -> list[str]:
    paper, mark = entry.paper, entry.mark
    by_field = {
        "title": [paper.title],
        "author": list(paper.authors),
        "affil": list(paper.affiliations),
        "abstract": [paper.abstract or ""],
        "note": [note.text for note in mark.notes],
    }
    if field is not None:
        return by_field[field]
    return [*mark.tags, *(text for found in by_field.values() for text in found)]


@cache
def folded_words(text: str) -> list[str]:
    return indexed(text).split()


def stands_in(phrase: tuple[str, ...], text: str, *, prefix: bool) -> bool:
    found = folded_words(text)
    for begin in range(len(found) - len(phrase) + 1):
        *whole, last = found[begin : begin + len(phrase)]
        if tuple(whole) == phrase[:-1] and (last == phrase[-1] or (prefix and last.startswith(phrase[-1]))):
            return True
    return False


def has_label(node: Label, entry: Entry) -> bool:
    names, sign = {
        "tag": (entry.mark.tags, "/"),
        "cat": (entry.paper.categories, "."),
        "source": (entry.paper.sources, None),
        "key": ((entry.citekey,), None),
    }[node.field]
    return any(
        name.casefold() == node.name
        or (sign is not None and name.casefold().startswith(node.name + sign))
        or (node.prefix and name.casefold().startswith(node.name))
        for name in names
    )


def has_flag(flag: str, entry: Entry) -> bool:
    return bool(
        {
            "is:starred": entry.mark.starred,
            "is:uncertain": entry.paper.uncertain,
            "has:code": entry.paper.has_code,
            "has:note": entry.mark.notes,
            "has:doi": entry.paper.identifiers.doi,
            "has:arxiv": entry.paper.identifiers.arxiv,
        }[flag]
    )


def matches(node: Node | None, entry: Entry) -> bool:  # noqa: C901, PLR0911 - one case for each kind of node
    match node:
        case None:
            return True
        case And():
            return all(matches(part, entry) for part in node.parts)
        case Or():
            return any(matches(part, entry) for part in node.parts)
        case Not():
            return not matches(node.part, entry)
        case Text():
            return any(
                stands_in(phrase, text, prefix=node.prefix)
                for text in texts(entry, node.field)
                for phrase in node.phrases
            )
        case Label():
            return has_label(node, entry)
        case InStatus():
            return entry.mark.status == node.status
        case Flag():
            return has_flag(node.name, entry)
        case Span(field="date"):
            day = date_ordinal(entry.paper.date)
            return bool(day) and (node.low or 0) <= day <= (node.high or day)
        case Span(field="added" | "changed" | "read"):
            instants = {
                "added": entry.added,
                "changed": entry.mark.changed,
                "read": dict(entry.mark.status_dates).get("read"),
            }
            instant = instants[node.field]
            if instant is None:
                return False
            day = datetime.fromisoformat(instant).astimezone().date().toordinal()
            return (node.low or 0) <= day <= (day if node.high is None else node.high)
        case Span():
            value = entry.mark.rating if node.field == "rating" else entry.mark.priority
            return (node.low or 0) <= value <= (9 if node.high is None else node.high)


# ---------------------------------------------------------------------- random queries

TEXT = st.builds(
    Text,
    st.one_of(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join)),
    st.sampled_from([None, None, "title", "author", "affil", "abstract", "note"]),
    st.booleans(),
)
LABEL = st.one_of(
    st.builds(Label, st.just("tag"), st.sampled_from([*TAGS, "r", ""]), st.booleans()),
    st.builds(Label, st.just("cat"), st.sampled_from(["cs", "cs.cl", "c", "stat.ml"]), st.booleans()),
    st.builds(Label, st.just("source"), st.sampled_from(["sample", "reading list.bib", "s"]), st.booleans()),
    st.builds(Label, st.just("key"), st.sampled_from(["ann2022net", "li", "a"]), st.booleans()),
)
FLAG = st.sampled_from(["is:starred", "is:uncertain", "has:code", "has:note", "has:doi", "has:arxiv"]).map(Flag)
DAY = st.one_of(st.none(), st.dates(date(2021, 1, 1), date(2024, 2, 1)).map(date.toordinal))
NUMBER = st.one_of(st.none(), st.integers(0, 5))
LATE = st.one_of(st.none(), st.dates(date(2025, 12, 30), date(2026, 3, 2)).map(date.toordinal))
SPAN = st.one_of(
    st.builds(Span, st.just("date"), DAY, DAY),
    st.builds(Span, st.sampled_from(["added", "changed", "read"]), LATE, LATE),
    st.builds(Span, st.sampled_from(["rating", "priority"]), NUMBER, NUMBER),
)
LEAF = st.one_of(TEXT, TEXT, LABEL, FLAG, SPAN, st.sampled_from(STATUSES).map(InStatus))
TREE: st.SearchStrategy[Node] = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        inner.map(negated),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: both(parts) or parts[0]),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: either(parts) or parts[0]),
    ),
    max_leaves=7,
)


def wanted(catalogue: Catalogue, tree: Node | None) -> list[int]:
    rows = catalogue.select(ALL)
    return [row for row, entry in zip(rows, catalogue.entries(rows), strict=True) if matches(tree, entry)]


@settings(deadline=None, max_examples=150)
@given(tree=TREE)
def test_a_random_query_finds_what_the_reference_finds(catalogue: Catalogue, tree: Node) -> None:
    assert list(catalogue.select(Query(tree))) == wanted(catalogue, tree)


@pytest.mark.slow
def test_2000_random_queries_on_5000_papers_find_what_the_reference_finds(tmp_path: Path) -> None:
    large = filled(tmp_path / "catalogue.sqlite", 5000)
    rows = large.select(ALL)
    entries = large.entries(rows)

    @settings(deadline=None, max_examples=2000, database=None)
    @given(tree=TREE)
    def compare(tree: Node) -> None:
        found = set(large.select(Query(tree)))
        assert [row for row, entry in zip(rows, entries, strict=True) if matches(tree, entry)] == sorted(
            found, reverse=True
        )

    compare()
    large.close()


@settings(deadline=None, max_examples=60)
@given(tree=st.one_of(st.none(), TREE), order=st.builds(Order, st.sampled_from(ORDERS), st.booleans()))
def test_every_order_lists_the_same_papers_and_first_begins_like_select(
    catalogue: Catalogue, tree: Node | None, order: Order
) -> None:
    rows = catalogue.select(Query(tree, order))
    assert sorted(rows, reverse=True) == list(catalogue.select(Query(tree)))
    assert catalogue.first(Query(tree, order), 7) == rows[:7]


def sort_value(entry: Entry, field: str) -> object:
    return {
        "date": date_ordinal(entry.paper.date) or None,
        "added": entry.added,
        "changed": entry.mark.changed,
        "read": dict(entry.mark.status_dates).get("read"),
        "score": entry.paper.score,
        "rating": entry.mark.rating or None,
        "priority": entry.mark.priority or None,
    }[field]


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("field", ["date", "added", "changed", "read", "score", "rating", "priority"])
def test_orders_go_by_their_value_with_the_absent_last_and_ties_newest_first(
    catalogue: Catalogue, field: str, descending: bool
) -> None:
    rows = list(catalogue.select(Query(None, Order(field, descending))))
    values = dict(zip(rows, (sort_value(entry, field) for entry in catalogue.entries(rows)), strict=True))
    present = [row for row in sorted(rows, reverse=True) if values[row] is not None]
    present.sort(key=lambda row: values[row], reverse=descending)  # type: ignore[arg-type,return-value]  # of one kind
    assert rows == present + [row for row in sorted(rows, reverse=True) if values[row] is None]


def test_statuses_are_sorted_in_their_own_order(catalogue: Catalogue) -> None:
    order = Order("status", descending=False, ranks=("read", "unread", "reading"))
    found = [entry.mark.status for entry in catalogue.entries(catalogue.select(Query(None, order)))]
    assert found == sorted(found, key=order.ranks.index)
    assert set(found) == set(order.ranks)


def test_the_most_relevant_come_first_and_a_title_counts_more_than_an_abstract(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path / "catalogue.sqlite", read_only=False)
    papers = [
        Paper("About nets", "", abstract="nothing", date="2020"),
        Paper(
            "About much else", "", abstract="with nets, among a hundred other words " + "and so on " * 30, date="2024"
        ),
        Paper("Nets of nets", "", abstract="nets", date="2019"),
    ]
    catalogue.add(papers, now=NOW, given_keys={})
    found = catalogue.entries(catalogue.select(Query(Text("nets"), Order("relevance"))))
    assert [entry.paper.date for entry in found] == ["2019", "2020", "2024"]
    assert catalogue.select(Query(None, Order("relevance"))) == catalogue.select(ALL)
    catalogue.close()


def test_a_day_is_the_readers_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue.open(tmp_path / "catalogue.sqlite", read_only=False)
    ids = catalogue.add([Paper("A Title", "")], now="2026-01-10T23:30:00Z", given_keys={}).ids
    mark = Mark("read", (("read", "2026-01-10T23:30:00Z"),), changed="2026-01-10T23:30:00Z")
    catalogue.mirror({ids[0]: mark}, generation=1)

    def found(field: str, day: date) -> int:
        return len(catalogue.select(Query(Span(field, day.toordinal(), day.toordinal()))))

    try:
        for zone, day in [("UTC", 10), ("Asia/Tokyo", 11), ("America/Los_Angeles", 10)]:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            for field in ("added", "changed", "read"):
                assert [d for d in (9, 10, 11, 12) if found(field, date(2026, 1, d))] == [day]
    finally:
        monkeypatch.undo()
        time.tzset()
    catalogue.close()


def test_marks_of_papers_that_are_not_there_are_never_found(catalogue: Catalogue) -> None:
    before = len(catalogue.select(Query(Flag("is:starred"))))
    catalogue.mirror({"p0000000000000000": Mark(starred=True, tags=("ghost",))}, generation=2)
    assert len(catalogue.select(Query(Flag("is:starred")))) == before
    assert "ghost" not in catalogue.tags()
    catalogue.mirror({"p0000000000000000": UNMARKED}, generation=3)
