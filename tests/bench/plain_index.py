"""What a full-text index of the same words costs when nothing else is kept: what an ingest is compared with."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from readlist.ingest import BATCH
from readlist.paper import Paper
from readlist.store.folding import folded_facts


def plain_seconds(papers: Sequence[Paper]) -> float:
    """Return the processor's seconds to put the folded words of papers into an index of SQLite as it comes."""
    rows = [folded_facts(paper) for paper in papers]
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "plain.sqlite", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE VIRTUAL TABLE plain USING fts5 (a, b, c, d, e, tokenize = 'ascii', prefix = '1 2 3')"
        )
        began = time.process_time()
        for begin in range(0, len(rows), BATCH):
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?)", rows[begin : begin + BATCH])
            connection.execute("COMMIT")
        worked = time.process_time() - began
        connection.close()
    return worked
