"""Markdown in three shapes: no title makes markup, and no note breaks the document that it stands in."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readlist.mark import Mark, Note
from readlist.paper import Entry, Identifiers
from readlist.text import safe_line
from readlist.writers import style_writer
from readlist.writers.options import Options
from tests.papers import NOW, paper
from tests.writers.hostile import HOSTILE, MARKED, OPTIONS, TEXTS, TITLES, entry, libraries, written

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
KNOWN = {"text", "text_special", "link_open", "link_close", "strong_open", "strong_close"}
"""What a paper of ours has in a line."""


def noted(text: str, *tags: str, status: str = "read", title: str = "T") -> Entry:
    return entry(paper(title), mark=Mark(status, tags=tags, notes=(Note("n1", text, NOW, NOW),)))


def shown(token: Token) -> str:
    """Return what a reader sees of a line."""
    return "".join(child.content for child in token.children or [])


def lines(text: str) -> list[Token]:
    """Return the lines of a document that stand outside quotations."""
    depth, found = 0, []
    for token in MARKDOWN.parse(text):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline" and not depth:
            found.append(token)
    return found


def is_plain(token: Token) -> bool:
    """Whether a line has nothing but words, our bold title and links to where papers are."""
    children = token.children or []
    addresses = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
    return {child.type for child in children} <= KNOWN and all(
        address.startswith(("https://doi.org/", "https://arxiv.org/abs/")) for address in addresses
    )


def titles(text: str) -> list[str]:
    """Return the titles in a document of notes, in which each is a heading."""
    tokens = MARKDOWN.parse(text)
    heads = [number for number, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h3"]
    return [shown(tokens[number + 1]) for number in heads if not tokens[number].level]


def test_markdown_reads_well() -> None:
    one = paper("A [x](y) *b*?", "Ann A", "Bob B", date="2023", identifiers=Identifiers("2302.04761"))
    assert "".join(style_writer("markdown")([entry(one)])) == (
        "- [A \\[x\\](y) \\*b\\*?](https://arxiv.org/abs/2302.04761), Ann A, Bob B, 2023\n"
    )
    text = written("markdown", [MARKED, entry(paper("Next"))], Options(with_notes=True, with_tags=True))
    assert text == (
        "- [A Title](https://doi.org/10.1/x), Ann Author, 2023, \\#sekrettag\n\n  > sekretnote\n\n- **Next**\n"
    )


def test_a_table_has_a_row_for_each_paper() -> None:
    text = written("markdown-table", [MARKED, entry(paper("A | B \\"))], Options(with_notes=True, with_tags=True))
    assert text == (
        "| Title | Authors | Date | Venue | Tags | Notes |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| [A Title](https://doi.org/10.1/x) | Ann Author | 2023-02-09 |  | \\#sekrettag | sekretnote |\n"
        "| A \\| B \\\\ |  |  |  |  |  |\n"
    )


def test_notes_are_grouped_by_status_in_the_order_of_reading() -> None:
    papers = [noted("one", status="my own"), noted("two", "b"), noted("three", "a", "b", status="unread")]
    text = written("markdown-notes", papers)
    assert [line for line in text.splitlines() if line.startswith(("## ", "> "))] == [
        "## unread", "> three", "## read", "> two", "## my own", "> one",
    ]  # fmt: skip


def test_notes_are_grouped_by_tag_and_a_paper_stands_under_each_of_its_own() -> None:
    text = written("markdown-notes-by-tag", [noted("one"), noted("two", "b"), noted("three", "a", "b")])
    assert [line for line in text.splitlines() if line.startswith(("## ", "> "))] == [
        "## a", "> three", "## b", "> two", "> three", "## no tags", "> one",
    ]  # fmt: skip


def test_a_paper_in_a_document_of_notes_is_as_it_should_be() -> None:
    assert written("markdown-notes", [MARKED]) == (
        "# Reading notes\n\n## dropped\n\n### [A Title](https://doi.org/10.1/x)\n\nAnn Author, 2023-02-09\n\n"
        "\\#sekrettag\n\n> sekretnote\n"
    )


@settings(deadline=None)
@given(TEXTS)
@example("# Heading\n\nSetext\n===")
@example("```\nnever closed")
@example("<!-- never closed\n\n<div>")
@example("- a list\n\n    code\n1. x")
@example("| a | b |\n| - | - |")
def test_no_note_breaks_the_document(note: str) -> None:
    text = written("markdown-notes", [noted(note), noted("Ordinary *note*", title="Second")])
    assert titles(text) == ["T", "Second"]
    headings = [token.tag for token in MARKDOWN.parse(text) if token.type == "heading_open" and not token.level]
    assert headings == ["h1", "h2", "h3", "h3"]
    in_list = written("markdown", [noted(note), noted("x", title="Second")], Options(with_notes=True))
    assert [shown(line) for line in lines(in_list)] == ["T", "Second"]


def test_a_note_stays_the_markdown_that_it_is() -> None:
    text = MARKDOWN.render(written("markdown-notes", [noted("# Mine\n\n- *one*\n- `two`\n\n    code")]))
    quotation = text[text.index("<blockquote>") :]
    for part in ("<h1>Mine</h1>", "<em>one</em>", "<code>two</code>", "code"):
        assert part in quotation


@pytest.mark.parametrize("text", [safe_line(text) for text in HOSTILE if safe_line(text)])
def test_no_title_makes_markup(text: str) -> None:
    one = entry(paper(text, text, venue=text, identifiers=Identifiers(doi=f"10.1/{text}")))
    for name in ("markdown", "markdown-table", "markdown-notes"):
        found = [*lines(written(name, [one])), *lines(written(name, [entry(paper(text, text, venue=text))]))]
        assert all(is_plain(line) for line in found), name
        assert any(text in shown(line) for line in found), name


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_a_list_has_an_item_for_each_paper(entries: list[Entry], options: Options) -> None:
    found = lines(written("markdown", entries, options))
    assert len(found) == len(entries)
    for line, one in zip(found, entries, strict=True):
        assert shown(line).startswith(one.paper.title)
        assert is_plain(line)


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_a_table_has_its_cells_and_no_more(entries: list[Entry], options: Options) -> None:
    text = written("markdown-table", entries, options)
    tokens = MARKDOWN.parse(text)
    cells = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "td_open"]
    columns = 4 + options.with_tags + options.with_notes
    assert [shown(cell) for cell in cells[::columns]] == [one.paper.title for one in entries]
    assert len(cells) == columns * len(entries)
    assert all(is_plain(cell) for cell in cells)
    assert text.count("\n") == len(entries) + 2


@settings(deadline=None)
@given(libraries())
def test_a_document_of_notes_has_a_heading_for_each_paper(entries: list[Entry]) -> None:
    text = written("markdown-notes", entries)
    assert sorted(titles(text)) == sorted(one.paper.title for one in entries)
    assert all(is_plain(line) for line in lines(text))
    by_tag = written("markdown-notes-by-tag", entries)
    assert len(titles(by_tag)) == sum(max(1, len(one.mark.tags)) for one in entries)


@settings(deadline=None)
@given(TITLES)
def test_addresses_in_titles_do_not_become_links_where_programs_make_them(title: str) -> None:
    text = written("markdown", [entry(paper(title))])
    assert not re.search(r"(?<!\\)://|www\.", text)
