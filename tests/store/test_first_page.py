"""The first page of a result costs a page's work, however many papers there are: counted in steps, not by the clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from readlist.library import Library
from readlist.query import parse
from readlist.store.compile import statement
from tests.papers import paper

PAPERS = 4000
STEPS = 10
"""Instructions of SQLite's machine between two counts."""


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A connection to a catalogue of some thousand papers that nearly all have the same words."""
    folder: Path = tmp_path_factory.mktemp("many") / "library"
    with Library.open(folder) as library:
        library.add(
            paper(
                f"The learning of many things {number}",
                f"Ann Author{number % 7}",
                date=(date(2026, 1, 1) - timedelta(number % 900)).isoformat(),
                abstract="the work" if number % 5 else "other work",
            )
            for number in range(PAPERS)
        )
    opened = sqlite3.connect(folder / "catalogue.sqlite")
    yield opened
    opened.close()


def steps(connection: sqlite3.Connection, text: str, limit: int | None) -> int:
    """Return about how many instructions it takes to answer."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += STEPS
        return 0

    sql, values = statement(parse(text, statuses=(), today=date(2026, 4, 1), typing=True), limit)
    connection.set_progress_handler(count, STEPS)
    found = connection.execute(sql, values).fetchall()
    connection.set_progress_handler(None, 0)
    assert len(found) == limit if limit else len(found) > PAPERS // 2
    return counted


@pytest.mark.parametrize(
    "text",
    ["", "the", "learning", "l", "le", "the OR work", "the learning", "-nothing", "year:2024..2026 the", "sort:-added"],
)
def test_the_first_page_takes_a_small_part_of_the_work(connection: sqlite3.Connection, text: str) -> None:
    assert steps(connection, text, 50) * 10 < steps(connection, text, None)


@pytest.mark.parametrize("text", ["sort:added", "sort:-added"])
def test_papers_come_by_when_they_were_added_from_an_index(connection: sqlite3.Connection, text: str) -> None:
    sql, values = statement(parse(text, statuses=(), today=date(2026, 4, 1)), 50)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("by_added" in line for line in plan), plan
