"""How words find papers: folded, by their parts, across fields; and whatever hostile text is searched for."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.errors import QueryError
from readlist.mark import Mark, Note
from readlist.paper import Paper
from readlist.query import parse
from readlist.query.parser import DEEPEST
from readlist.settings import STATUSES
from readlist.store.catalogue import Catalogue
from tests.papers import NOW, paper

PAPERS = [
    paper("The NetHack Learning Environment", "Heinrich Küttler", "Roberta Raileanu", date="2020"),
    paper("Language Models are Few-Shot Learners", "Tom Brown", affiliations=("OpenAI",), abstract="GPT-3 is naïve."),
    paper("The Łojasiewicz Inequality", "Tim Rocktäschel", affiliations=("UCL",), categories=("cs.LG",)),
    paper("北京大学的研究", "Jane Dwivedi-Yu", abstract="An eﬃcient method, 32% better"),
    paper("Toolformer: Language Models Can Teach Themselves to Use Tools", "Timo Schick", "Jane Dwivedi-Yu"),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    made = Catalogue.open(tmp_path_factory.mktemp("words") / "catalogue.sqlite", read_only=False)
    ids = made.add(PAPERS, now=NOW, given_keys={}).ids
    notes = (Note("n1", "compare with Gumbel softmax", NOW, NOW),)
    made.mirror({ids[0]: Mark(tags=("rl/offline", "games"), notes=notes)}, generation=1)
    return made


def found(catalogue: Catalogue, text: str, *, typing: bool = False) -> list[str]:
    query = parse(text, statuses=STATUSES, today=date(2026, 4, 1), typing=typing)
    return [entry.paper.title for entry in catalogue.entries(catalogue.select(query))]


def titles(*numbers: int) -> list[str]:
    return [PAPERS[number].title for number in numbers]


@pytest.mark.parametrize(
    "text", ["net hack", "nethack", "NetHack", '"net hack"', "NETHACK", "net*", "nethack raileanu"]
)
def test_nethack_is_found_by_all_its_names(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == titles(0)


@pytest.mark.parametrize("text", ["few shot", "few-shot", "fewshot", '"few-shot learners"', "GPT-3", "gpt3", "naive"])
def test_compound_words_are_found_together_and_apart(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == titles(1)


@pytest.mark.parametrize("text", ["rocktaschel", "ROCKTÄSCHEL", "lojasiewicz", 'author:"tim rocktaschel"', "cat:cs"])
def test_accents_and_letter_variants_do_not_matter(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == titles(2)


@pytest.mark.parametrize("text", ["北京", "大学", "efficient", "32%"])
def test_ideographs_and_ligatures_are_found(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == titles(3)


@pytest.mark.parametrize("text", ["京北", '"models language"', "ocktaschel", "shot-few", "timo tim", '"schick jane"'])
def test_words_are_whole_and_phrases_in_order_and_within_one_text(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == []


def test_words_may_stand_in_different_fields(catalogue: Catalogue) -> None:
    assert found(catalogue, "openai brown gpt learners") == titles(1)
    assert found(catalogue, "dwivedi-yu") == titles(3, 4)


def test_a_pasted_title_finds_its_paper(catalogue: Catalogue) -> None:
    for number, held in enumerate(PAPERS):
        assert found(catalogue, held.title) == titles(number)


def test_notes_and_tags_are_found_by_words(catalogue: Catalogue) -> None:
    for text in (
        "gumbel",
        "offline",
        "games softmax",
        "note:compare",
        "tag:rl",
        "tag:rl/offline",
        "tag:g*",
        "has:note",
    ):
        assert found(catalogue, text) == titles(0)
    for text in ("tag:r", "tag:offline", "note:nethack", "title:gumbel"):
        assert found(catalogue, text) == []


def test_only_while_typing_the_last_word_is_a_prefix(catalogue: Catalogue) -> None:
    assert found(catalogue, "raile") == []
    assert found(catalogue, "raile", typing=True) == titles(0)
    assert found(catalogue, "raile nethack", typing=True) == []
    assert found(catalogue, "tag:r", typing=True) == titles(0)


@pytest.mark.parametrize(
    "text",
    [
        '"; DROP TABLE papers; --', "' OR 1=1", "title:x'y", "NEAR(a b)", "{title}: x", "^the", "a + b", "rowid:1",
        "search MATCH", "tag:%", "key:%' OR '1'='1", "source:\"a'b\"", "\x00", "a\x00b", "\ud800", "\ue000", "\ue010cs",
    ],
)  # fmt: skip
def test_what_looks_like_sql_is_only_text(catalogue: Catalogue, text: str) -> None:
    before = catalogue.count()
    with suppress(QueryError):
        found(catalogue, text, typing=True)
    with suppress(QueryError):
        found(catalogue, text)
    assert catalogue.count() == before == len(PAPERS)


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=30), typing=st.booleans())
def test_no_text_raises_anything_but_a_query_error(catalogue: Catalogue, text: str, typing: bool) -> None:
    with suppress(QueryError):
        found(catalogue, text, typing=typing)


@pytest.mark.parametrize(
    "group",
    [
        "(a OR b ",
        "-(a OR b ",
        "-(a OR is:starred ",
        "-(a b ",
        "(a OR -(b OR is:starred ",
        "(title:few-shot* -(tag:x OR y ",
    ],
)
def test_the_deepest_query_is_still_answered(catalogue: Catalogue, group: str) -> None:
    times = DEEPEST // group.count("(")
    found(catalogue, group * times + "a" + ")" * (group.count("(") * times))
    found(catalogue, " ".join(["a"] * 400))
    found(catalogue, " OR ".join(f"-w{n}" for n in range(400)))
    found(catalogue, " ".join(f"-w{n}" for n in range(400)))


def test_a_closed_catalogue_says_so(tmp_path: Path) -> None:
    closed = Catalogue.open(tmp_path / "catalogue.sqlite", read_only=False)
    closed.add([Paper("a", "a")], now=NOW, given_keys={})
    closed.close()
    with pytest.raises(Exception, match="the library is closed"):
        closed.count()
