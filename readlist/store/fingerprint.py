"""A checksum of papers with their keys and marks, without reading them whole: whether anything of them changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final, Protocol

_OF_ROW: Final = (
    "SELECT p.id, p.citekey, f.record, m.record FROM papers AS p JOIN facts AS f ON f.row = p.row "
    "LEFT JOIN marked AS m ON m.id = p.id WHERE p.row = ?"
)


class Checksum(Protocol):
    """What `hashlib` makes."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""


def take_in(connection: sqlite3.Connection, rows: Iterable[int], checksum: Checksum) -> None:
    """Take all that is known of the papers with these row numbers into a checksum, in the order given."""
    for row in rows:
        for values in connection.execute(_OF_ROW, (row,)):
            checksum.update(repr(values).encode(errors="surrogatepass"))
