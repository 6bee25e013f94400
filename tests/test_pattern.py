"""Patterns of citation keys: read strictly, and written back as they were meant."""

from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.citekey import base_key, is_legal, short_venue
from readlist.errors import PatternError
from readlist.paper import Identifiers, Paper
from readlist.pattern import DEFAULT, FIELDS, JOINTS, Field, Pattern, parse_pattern
from tests.papers import paper

TOOLFORMER: Final = paper(
    "Toolformer: Language Models Can Teach Themselves",
    "Timo Schick", "Jane Dwivedi-Yu", "Roberto García Márquez", "Luke Zettlemoyer",
    date="2023-02-09", identifiers=Identifiers(arxiv="2302.04761"), venue="Neural Processing Systems (NeurIPS 2023)",
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("{author}{year}{word}", "schick2023toolformer"),
        ("{authors}{year:2}", "schickdwivediyumarquez23"),
        ("{authors:2|title}{year}", "SchickDwivediyu2023"),
        ("{authors:4|initials|upper}{year:2}", "SDMZ23"),
        ("{author|cut:3}-{year}-{title:3|join:-}", "sch-2023-toolformer-language-models"),
        ("{title:2|title}", "ToolformerLanguage"),
        ("arXiv:{arxiv}", "arXiv:2302.04761"),
        ("{venue|upper}{year:2}:{author}", "NEURIPS23:schick"),
    ],
)
def test_a_pattern_says_what_a_key_is_made_of(written: str, key: str) -> None:
    assert base_key(TOOLFORMER, parse_pattern(written)) == key


@pytest.mark.parametrize(
    ("written", "column", "words"),
    [
        ("{autor}{year}", 1, "there is no field 'autor'"),
        ("{author}{year", 8, "never closed"),
        ("{author} {year}", 8, "' ' cannot stand in a citation key"),
        ("{author}é", 8, "'é' cannot stand in a citation key"),
        ("{word}}", 6, "'}' cannot stand in a citation key"),
        ("{author{year}}", 7, "a field cannot hold another one"),
        ("{author}{year:3}", 14, "the number should be 2 or 4, not '3'"),
        ("{title:0}", 7, "the number should be 1 to 20, not '0'"),
        ("{title:²}", 7, "the number should be 1 to 20"),
        ("{title:}", 7, "the number should be 1 to 20, not ''"),
        ("{author:3}", 8, "author takes no number"),
        ("{word|lower}", 6, "there is no filter 'lower'"),
        ("{word|}", 6, "there is no filter ''"),
        ("{word|upper:2}", 12, "upper takes no value"),
        ("{word|cut}", 6, "cut needs a value"),
        ("{word|cut:41}", 10, "the number should be 1 to 40"),
        ("{title|join:,}", 12, "words are joined by one of"),
        ("{word|upper|upper}", 12, "upper stands twice"),
        ("{word|upper|title}", 12, "upper and title cannot both be"),
        ("{year}", 6, "every paper would have the same key"),
        ("refs", 4, "every paper would have the same key"),
        ("", 0, "every paper would have the same key"),
        ("{word}" + "x" * 200, 200, "at most 200 characters"),
    ],
)
def test_what_is_no_pattern_is_refused_with_the_place_of_the_error(written: str, column: int, words: str) -> None:
    with pytest.raises(PatternError, match=re.escape(words)) as caught:
        parse_pattern(written)
    assert (caught.value.text, caught.value.column) == (written, column)


NUMBERS: Final = {"authors": st.integers(1, 20), "title": st.integers(1, 20), "year": st.sampled_from([2, 4])}


@st.composite
def fields(draw: st.DrawFn) -> Field:
    name = draw(st.sampled_from(list(FIELDS)))
    case = draw(st.sampled_from(["", "upper", "capitals"]))
    return Field(
        name,
        draw(st.none() | NUMBERS[name]) if name in NUMBERS else None,
        upper=case == "upper",
        capitals=case == "capitals",
        initials=draw(st.booleans()),
        cut=draw(st.none() | st.integers(1, 40)),
        joint=draw(st.sampled_from(["", *JOINTS])),
    )


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Patterns with texts between fields, as reading gives them: no text is empty or follows another."""
    texts = st.text(st.sampled_from("abcXYZ019_:./+-"), max_size=5)
    parts: list[str | Field] = []
    for field in draw(st.lists(fields(), min_size=1, max_size=5)):
        parts += [*filter(None, [draw(texts)]), field]
    if all(part.name == "year" for part in parts if isinstance(part, Field)):
        parts.append(Field("word"))
    return Pattern((*parts, *filter(None, [draw(texts)])))


@given(patterns())
def test_a_pattern_that_is_written_out_is_read_back_the_same(pattern: Pattern) -> None:
    if len(str(pattern)) <= 200:
        assert parse_pattern(str(pattern)) == pattern


@given(st.text(st.sampled_from("{}|:autheriyw2joncup-_ é"), max_size=40))
def test_any_text_is_a_pattern_or_refused_with_a_place_in_it(written: str) -> None:
    column = error_column(written)
    assert column is None or 0 <= column <= len(written)
    if column is None:
        parsed = parse_pattern(written)
        assert parse_pattern(str(parsed)) == parsed


def error_column(written: str) -> int | None:
    """Return where a text is no pattern; None if it is one."""
    try:
        parse_pattern(written)
    except PatternError as error:
        return error.column
    return None


PAPERS = st.builds(
    Paper,
    title=st.text(min_size=1, max_size=60),
    title_raw=st.just(""),
    authors=st.lists(st.text(max_size=30), max_size=4).map(tuple),
    date=st.none() | st.sampled_from(["2023", "1999-12"]),
    identifiers=st.builds(Identifiers, arxiv=st.none() | st.sampled_from(["2302.04761", "hep-th/9901001"])),
    venue=st.none() | st.text(max_size=40),
)


@given(PAPERS, patterns())
def test_every_pattern_makes_a_key_of_every_paper_that_bibtex_biber_and_pandoc_take(
    one: Paper, pattern: Pattern
) -> None:
    assert is_legal(base_key(one, pattern))


def test_a_paper_of_which_nothing_can_be_written_has_its_id_for_a_key() -> None:
    unreadable = paper("深層学習", "山田太郎", date="2020")
    assert base_key(unreadable, DEFAULT) == unreadable.id


def test_signs_between_fields_that_are_empty_do_not_stand_in_the_key() -> None:
    assert base_key(paper("On Trees"), parse_pattern("{author}-{year}-{word}-{venue}")) == "trees"


@pytest.mark.parametrize(
    ("venue", "short"),
    [
        ("NeurIPS 2023", "neurips"),
        ("Conference on Empirical Methods in Natural Language Processing (EMNLP '21)", "emnlp"),
        ("Proceedings of the 40th International Conference on Machine Learning", "icml"),
        ("Journal of Machine Learning Research", "jmlr"),
        ("Nature", "nature"),
        ("", ""),
    ],
)
def test_a_venue_has_a_short_name(venue: str, short: str) -> None:
    assert short_venue(venue) == short
