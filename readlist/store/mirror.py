"""The mirror of the marks and the saved views in the catalogue: what queries join with, never where these are kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from readlist.mark import READ, UNMARKED, Mark
from readlist.record import mark_record
from readlist.store.connection import in_words, reader
from readlist.store.facts import mark_of
from readlist.store.rows import Rows
from readlist.store.views import Views, from_mirror, mirrored

VIEWS: Final = "views"
"""The name in `meta` of the saved views; there is none when the reader never changed them."""


def held_mark(connection: sqlite3.Connection, paper_id: str) -> Mark:
    """Return the mark that the mirror has for a paper."""
    found = connection.execute("SELECT record FROM marked WHERE id = ?", (paper_id,)).fetchone()
    return mark_of(found and found[0])


def held_views(connection: sqlite3.Connection) -> Views:
    """Return the saved views that the mirror has; None when the reader never changed them.

    Raises:
        DamagedError: They cannot be read.
    """
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (VIEWS,)).fetchone()
    return None if found is None else from_mirror(found[0])


def remembered(path: Path) -> tuple[int, dict[str, Mark], Views]:
    """Return the generation of the marks that a catalogue reflects, these marks by paper id, and the saved views.

    Raises:
        StoreError: The catalogue cannot be read.
    """
    with in_words(path), closing(reader(path)) as connection:
        generation = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0]
        marks = {key: mark_of(record) for key, record in connection.execute("SELECT id, record FROM marked")}
        return int(generation), marks, held_views(connection)


def write(
    connection: sqlite3.Connection, marks: Mapping[str, Mark], *, generation: int, whole: bool, views: Views
) -> None:
    """Put marks and the saved views into the mirror.

    A mark that says nothing is taken out, and with `whole` so is every other one.
    """
    rows = Rows(connection)
    if whole:
        gone = [paper_id for (paper_id,) in connection.execute("SELECT id FROM marked") if paper_id not in marks]
        for paper_id in gone:
            _put(rows, paper_id, UNMARKED)
    for paper_id, mark in marks.items():
        _put(rows, paper_id, mark)
    rows.finish()
    if views is None:
        connection.execute("DELETE FROM meta WHERE name = ?", (VIEWS,))
    else:
        connection.execute("REPLACE INTO meta VALUES (?, ?)", (VIEWS, mirrored(views)))
    connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (generation,))


def _put(rows: Rows, paper_id: str, mark: Mark) -> None:
    """Replace the mirrored mark of one paper, and what the full text has of it."""
    connection = rows.connection
    record = json.dumps(mark_record(mark), ensure_ascii=False, separators=(",", ":"))
    before = connection.execute("SELECT record FROM marked WHERE id = ?", (paper_id,)).fetchone()
    if (before is None and mark == UNMARKED) or before == (record,):
        return
    connection.execute("DELETE FROM marked WHERE id = ?", (paper_id,))
    connection.execute("DELETE FROM marked_tags WHERE id = ?", (paper_id,))
    if mark != UNMARKED:
        when_read = dict(mark.status_dates).get(READ)
        values = (mark.status, mark.starred, mark.rating, mark.priority, mark.changed, when_read, len(mark.notes))
        connection.execute("INSERT INTO marked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (paper_id, *values, record))
        connection.executemany("INSERT INTO marked_tags VALUES (?, ?)", [(tag, paper_id) for tag in mark.tags])
    found = connection.execute("SELECT row FROM papers WHERE id = ?", (paper_id,)).fetchone()
    if found is not None:
        rows.set_mark(found[0], mark)
