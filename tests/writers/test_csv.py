"""CSV that spreadsheets open without running any of it."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import example, given, settings

from readlist.paper import Entry, Identifiers
from readlist.text import safe_line
from readlist.writers.csv import inert
from readlist.writers.options import Options
from tests.papers import paper
from tests.writers.hostile import HOSTILE, MARKED, OPTIONS, TEXTS, entry, libraries, written


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_as_they_should_be() -> None:
    one = paper(
        "A, B", "Ann A", "Bob B", authors_truncated=True, date="2023-02", venue='The "V"', has_code=True,
        categories=("cs.CL", "cs.AI"), affiliations=("MIT",), abstract="One.\nTwo.",
        identifiers=Identifiers("2302.04761", "10.1/x"),
    )  # fmt: skip
    assert written("csv", [entry(one)]) == (
        "key,title,authors,date,venue,doi,arxiv,link,categories,affiliations,code,abstract\r\n"
        'key,"A, B",Ann A; Bob B; et al.,2023-02,"The ""V""",10.1/x,2302.04761,https://doi.org/10.1/x,'
        'cs.CL; cs.AI,MIT,yes,"One.\nTwo."\r\n'
    )
    asked = rows(written("csv", [MARKED], Options(with_notes=True, with_tags=True)))
    assert (asked[0]["tags"], asked[0]["notes"]) == ("sekrettag", "sekretnote")


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_every_paper_is_a_row_and_no_cell_is_a_formula(entries: list[Entry], options: Options) -> None:
    text = written("csv", entries, options)
    found = rows(text)
    assert [one["title"] for one in found] == [inert(safe_line(one.paper.title)) for one in entries]
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if re.match(r"\s*[=+\-@\t\r]", cell)]


@settings(deadline=None)
@given(TEXTS)
@example("'=1")
@example("''=1")
def test_what_was_made_inert_can_be_told_from_what_was_written_so(cell: str) -> None:
    made = inert(cell)
    assert made in (cell, f"'{cell}")
    assert (inert(made[1:]) == made) if made != cell else (made[:1] != "'" or inert(cell[1:]) != cell)


def test_the_hostile_text_has_formulas_in_it() -> None:
    assert sum(inert(text) != text for text in HOSTILE) >= 8
