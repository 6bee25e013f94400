"""What holds for every format: nothing private goes out unasked, nothing waits for the last paper, nothing varies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

import pytest
from hypothesis import given, settings

from readlist.paper import Entry
from readlist.writers import format_writer, formats
from readlist.writers.options import Options
from tests.papers import paper
from tests.writers.hostile import MARKED, OPTIONS, entry, libraries, written

WITH_MARKS = {"json", "markdown-notes", "markdown-notes-by-tag"}
"""Formats that are made for the reader's marks."""

ASKED = ["ris", "csv", "markdown", "markdown-table", "hayagriva", "html", "text"]
"""Formats that have notes and tags in them when they are asked for."""


@pytest.mark.parametrize("name", sorted(set(formats()) - WITH_MARKS))
def test_marks_stay_private_unless_asked_for(name: str) -> None:
    text = written(name, [MARKED])
    assert text == written(name, [entry(MARKED.paper, MARKED.citekey)])


@pytest.mark.parametrize("name", ASKED)
def test_notes_and_tags_go_out_when_asked_for(name: str) -> None:
    notes, tags = (written(name, [MARKED], Options(with_notes=n, with_tags=not n)) for n in (True, False))
    assert ("sekretnote" in notes, "sekrettag" in notes) == (True, False)
    assert ("sekretnote" in tags, "sekrettag" in tags) == (False, True)
    assert "dropped" not in notes + tags


@pytest.mark.parametrize("name", sorted(WITH_MARKS))
def test_formats_that_are_for_the_marks_have_notes_and_tags(name: str) -> None:
    text = written(name, [MARKED])
    assert "sekretnote" in text
    assert "sekrettag" in text


def without_end() -> Iterator[Entry]:
    return (entry(paper(f"Title {number}", "Ann Author"), f"key{number}") for number in count())


@pytest.mark.parametrize("name", sorted(set(formats()) - {"markdown-notes", "markdown-notes-by-tag"}))
def test_papers_are_written_as_they_come(name: str) -> None:
    assert "Title 40" in "".join(islice(format_writer(name)(without_end()), 200))


@settings(deadline=None, max_examples=30)
@given(libraries(), OPTIONS)
def test_the_same_papers_make_the_same_text(entries: list[Entry], options: Options) -> None:
    for name in formats():
        assert written(name, entries, options) == written(name, iter(entries), options), name


@pytest.mark.parametrize("name", formats())
def test_an_export_without_papers_is_whole(name: str) -> None:
    assert "Title" not in written(name, []).replace("title>", "").replace("| Title |", "")
