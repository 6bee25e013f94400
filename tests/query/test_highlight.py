"""Where what is sought stands in a text."""

from __future__ import annotations

import pytest

from readlist.query import parse, sought
from readlist.query.highlight import places
from tests.papers import TODAY


def shown(text: str, query: str, field: str = "title", *, typing: bool = False) -> str:
    """Return the text with what is sought in it between brackets."""
    found = places(text, sought(parse(query, statuses=(), today=TODAY, typing=typing).tree), field)
    for begin, end in reversed(found):
        text = f"{text[:begin]}[{text[begin:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("toolformer", "[Toolformer]: Language Models Can Teach Themselves"),
        ("models teach", "Toolformer: Language [Models] Can [Teach] Themselves"),
        ('"language models"', "Toolformer: [Language Models] Can Teach Themselves"),
        ("lang*", "Toolformer: [Language] Models Can Teach Themselves"),
        ("lang", "Toolformer: Language Models Can Teach Themselves"),
        ("title:can -teach", "Toolformer: Language Models [Can] Teach Themselves"),
        ("abstract:can", "Toolformer: Language Models Can Teach Themselves"),
        ("can OR teach", "Toolformer: Language Models [Can] [Teach] Themselves"),
    ],
)
def test_words_and_phrases_are_found_where_they_stand(query: str, marked: str) -> None:
    assert shown("Toolformer: Language Models Can Teach Themselves", query) == marked


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("The NetHack Challenge", "nethack", "The [NetHack] Challenge"),
        ("The NetHack Challenge", "hack", "The [NetHack] Challenge"),
        ("On few-shot learning", "fewshot", "On [few-shot] learning"),
        ("On few-shot learning", "shot", "On [few-shot] learning"),
        ("On few-shot learning", "few-shot", "On [few-shot] learning"),
        ("Tim Rocktäschel", "rocktaschel", "Tim [Rocktäschel]"),
        ("Łojasiewicz’s inequality", "lojasiewicz", "[Łojasiewicz’s] inequality"),
        ("ﬁnite fields", "finite", "[ﬁnite] fields"),
        ("Straße", "strasse", "[Straße]"),
    ],
)
def test_folded_words_and_parts_of_compounds_are_marked_as_they_are_written(text: str, query: str, marked: str) -> None:
    assert shown(text, query) == marked


def test_the_word_being_typed_marks_what_it_begins() -> None:
    assert shown("Reinforcement learning", "reinf", typing=True) == "[Reinforcement] learning"


def test_nothing_is_marked_without_a_query() -> None:
    assert shown("Anything", "") == "Anything"
    assert shown("", "anything") == ""
