"""What Crossref's API answers: works, or one work, wrapped in a message."""

from __future__ import annotations

import json

import pytest

from readlist.paper import Identifiers, Incoming, Rejected
from readlist.readers import detect
from tests.readers.samples import papers, read

WORK = {
    "indexed": {"date-parts": [[2024, 1, 1]]}, "member": "297", "reference": [{"key": "a", "article-title": "Other"}],
    "DOI": "10.1145/ABC", "type": "journal-article", "title": ["A Study of <i>Things</i>"], "volume": "3",
    "container-title": ["J. of X"], "issued": {"date-parts": [[2021, 7, 15]]},
    "author": [{"given": "Ann", "family": "Author", "sequence": "first", "affiliation": [{"name": "Univ X"}]}],
    "abstract": "<jats:p>Text of <jats:italic>it</jats:italic>.</jats:p>",
}  # fmt: skip
FRAME = {"status": "ok", "message-version": "1.0.0"}
LIST = {**FRAME, "message-type": "work-list", "message": {"facets": {}, "items": [WORK, {**WORK, "title": ["Two"]}]}}
ONE = {**FRAME, "message-type": "work", "message": WORK}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(("answer", "titles"), [(LIST, ["A Study of Things", "Two"]), (ONE, ["A Study of Things"])])
def test_the_works_of_an_answer_are_papers(answer: object, titles: list[str], indent: int | None) -> None:
    text = json.dumps(answer, indent=indent)
    assert detect(text) == "csl-json"
    found = papers("csl-json", text + "\n")
    assert [paper.title for paper in found] == titles
    paper = found[0]
    assert (paper.authors, paper.affiliations, paper.venue) == (("Ann Author",), ("Univ X",), "J. of X")
    assert (paper.date, paper.abstract, paper.identifiers) == (
        "2021-07-15", "Text of it.", Identifiers(None, "10.1145/abc"),
    )  # fmt: skip
    assert dict(paper.extra).keys() == {"journal", "volume"}


def test_a_work_without_a_title_costs_no_other() -> None:
    text = json.dumps({**LIST, "message": {"items": [{**WORK, "title": []}, WORK]}})
    rejected, other = read("csl-json", text)
    assert isinstance(rejected, Rejected)
    assert isinstance(other, Incoming)


def test_a_message_of_anything_else_is_a_field() -> None:
    (incoming,) = read("csl-json", '[{"type": "book", "title": "A", "message": {"title": "B"}}]')
    assert isinstance(incoming, Incoming)
    assert incoming.paper.title == "A"


def test_the_heading_of_an_abstract_is_no_part_of_it() -> None:
    work = {"indexed": {}, "DOI": "10.1145/a", "type": "journal-article", "title": ["A"], "reference": [{"key": "b"}]}
    abstract = "<jats:title>Abstract</jats:title><jats:p>Text.</jats:p>"
    (paper,) = papers("csl-json", json.dumps([{**work, "abstract": abstract}]))
    assert (paper.abstract, paper.extra) == ("Text.", ())
