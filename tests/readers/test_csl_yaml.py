"""CSL-YAML as pandoc and Better BibTeX write it: item by item, nothing constructed, nothing that can grow."""

from __future__ import annotations

import pytest

from readlist.paper import Identifiers, Incoming, Rejected
from readlist.readers import detect
from tests.readers.samples import SAMPLES, papers, read


def test_items_of_pandoc_and_of_better_bibtex() -> None:
    first, second, third = read("csl-yaml", SAMPLES["csl-yaml"])
    assert isinstance(first, Incoming)
    paper = first.paper
    assert (first.citekey, paper.kind, paper.title, paper.date) == (
        "ann20", "article", "BERT: A Study of Things", "2020-02-09",
    )  # fmt: skip
    assert paper.title_raw == '<span class="nocase">BERT</span>: A Study of <i>Things</i>'
    assert paper.authors == ("Ann van Author", "The Team")
    assert (paper.venue, paper.identifiers) == ("J. of X", Identifiers(None, "10.1145/abc"))
    assert paper.abstract == "Text.\n\n- and a list"
    assert dict(paper.extra)["pages"] == "1-9"
    assert first.mark.tags == ("x", "y-z")
    assert isinstance(second, Incoming)
    assert (second.paper.title, second.paper.date) == ("A Study of BERT that goes on", "2020-05")
    assert isinstance(third, Incoming)
    assert (third.citekey, third.paper.title, third.paper.date) == ("c", "Three", "2019-07")


def test_a_bare_list_and_a_block_in_a_markdown_file() -> None:
    items = "- id: a\n  type: book\n  title: One\n- id: b\n  type: book\n  title: Two\n"
    assert detect(items) == "csl-yaml"
    assert [paper.title for paper in papers("csl-yaml", items)] == ["One", "Two"]
    page = f"---\ntitle: My Paper\nauthor:\n- Me\nreferences:\n{items}nocite: '@*'\n---\n\n# Text\n\n- A list\n"
    assert detect(page) == "csl-yaml"
    found = read("csl-yaml", page)
    assert [one.paper.title for one in found if isinstance(one, Incoming)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ("2020", "2020"),
        ("'2020-02'", "2020-02"),
        ("2020-05/2020-06", "2020-05"),
        ("[{year: 2020, season: 1}]", "2020"),
        ("{date-parts: [['2020', '2', '30']]}", "2020"),
        ("{literal: 3 February 2020}", "2020-02-03"),
        ("{raw: 2020-02-03}", "2020-02-03"),
        ("null", None),
    ],
)
def test_dates_in_each_of_the_shapes(issued: str, date: str | None) -> None:
    (paper,) = papers("csl-yaml", f"- {{type: book, title: x, issued: {issued}}}\n")
    assert paper.date == date


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("- type: book\n  title: *other\n", "refers to another (*other)"),
        ("- &a type: book\n  title: [*a, *a, *a]\n", "refers to another"),
        ("- type: book\n  title: [unclosed\n", "line 3 of the item"),
        ("- type: book\n  title: 'unclosed\n", "line 3 of the item"),
        ("- type: book\n", "no title"),
        ("- just a text\n", "expected an item such as"),
        ("- ? [a, b]\n  : c\n", "cannot be a name"),
        (f"- title: {'[' * 99}{']' * 99}\n", "nested too deeply"),
        ("- type: book\n\ttitle: x\n", "line 2 of the item"),
    ],
)
def test_a_broken_item_is_told_with_its_line_and_costs_no_other(bad: str, words: str) -> None:
    good = "- type: book\n  title: Good\n"
    first, rejected, last = read("csl-yaml", f"references:\n{good}{bad}{good}")
    assert isinstance(first, Incoming)
    assert isinstance(last, Incoming)
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason
    assert rejected.line == 4


def test_a_line_that_is_set_in_wrongly_is_told_and_not_left_out() -> None:
    found = read("csl-yaml", "- type: book\n  title: One\ntitle-short: x\n- type: book\n  title: Two\n")
    assert [type(one).__name__ for one in found] == ["Rejected", "Incoming"]


def test_tags_that_would_make_objects_are_texts() -> None:
    (paper,) = papers("csl-yaml", "- type: book\n  title: !!python/object/apply:os.getcwd [x]\n  title-short: Short\n")
    assert paper.title == "x"  # nothing is called; what stands behind the tag is read as if there were none
    (paper,) = papers("csl-yaml", "- type: book\n  title: !!python/name:os.system x\n  volume: no\n")
    assert (paper.title, paper.extra) == ("x", (("volume", "no"),))


def test_a_list_on_one_line_is_told() -> None:
    (rejected,) = read("csl-yaml", "references: [{type: book, title: x}]\n")
    assert isinstance(rejected, Rejected)
    assert "after a dash" in rejected.reason


@pytest.mark.parametrize(
    "text", ["- 2302.04761\n- 10.1145/ABC\n", "- type: book\n", "title: x\ntype: book\n", "- a\n- b\n"]
)
def test_other_lists_are_not_taken_for_it(text: str) -> None:
    assert detect(text) != "csl-yaml"


def test_what_pandoc_raises_and_lowers_is_unicode_for_the_eye() -> None:
    item = "- id: a\n  type: article\n  title: H~2~O and x^2^, but ~5 to ~6 and \\^c\n"
    (paper,) = papers("csl-yaml", item)
    assert paper.title == "H₂O and x², but ~5 to ~6 and ^c"


def test_a_list_of_references_without_types_is_known() -> None:
    text = 'references:\n- id: a\n  title: A\n- id: b\n  title: "unclosed\n- id: c\n  title: C\n'
    assert detect(text) == "csl-yaml"
    assert [type(one).__name__ for one in read("csl-yaml", text)] == ["Incoming", "Rejected", "Incoming"]
