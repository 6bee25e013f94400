"""CSL-JSON, which citation processors read and reference managers write (CSL-data schema 1.0.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.paper import Incoming, Paper, Rejected
from readlist.readers.csl import TYPES, incoming
from readlist.readers.json_objects import read_records

NAME: Final = "csl-json"
"""The format's name."""

_LOOKS: Final = re.compile(r"\s*[\[{]")
_TYPE: Final = re.compile(rf'"type"\s*:\s*"{TYPES}"')


def looks_like(head: str) -> bool:
    """Whether a source that begins so is CSL-JSON: objects with one of its types."""
    return _LOOKS.match(head) is not None and _TYPE.search(head) is not None and '"title"' in head


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the items as papers with their ids as citation keys, unless these are addresses or numbers.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    return read_records(lines, source, lambda record: [incoming(record, source)])
