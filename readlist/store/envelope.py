"""The shape of the marks file.

The file is JSON that any TinyDB opens: tables of documents, one document a line, sorted by id, each line ending in a
comma, so that a change alters its own line and the last one. Each table ends with a document `0` that only closes
it; the last line is the envelope: schema, generation, number of documents, and the SHA-256 of all that stands
before it, these numbers too.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from readlist.errors import DamagedError, StoreError

SCHEMA: Final = 2
"""The version of the file's shape that this readlist writes. In the first one, the checksum left out the envelope."""

_ENVELOPE: Final = re.compile(
    rb'"envelope": \{"0": \{"schema": (\d+), "generation": (\d+), "documents": (\d+), '
    rb'"sha256": "([0-9a-f]{64})"\}\}\}\n\Z'
)
_TAIL: Final = 300
"""More bytes than an envelope has."""

Tables = dict[str, dict[str, dict[str, Any]]]
"""TinyDB's own shape: table → document id → document."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the last line of the file says of the rest."""

    generation: int
    """Counts the writes of the file."""
    documents: int
    sha256: str


Signature = tuple[int, int, int]
"""Tells one file from another of the same name: inode, size, time of change in nanoseconds."""


def file_signature(path: Path) -> Signature | None:
    """Return what tells this file from another one of its name; None where there is none.

    Raises:
        StoreError: It cannot be found out; a file that cannot be looked at just now must not be taken for none.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"cannot read {path.name}: {error.strerror}") from error
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def serialise(data: Mapping[str, Mapping[str, Mapping[str, Any]]], generation: int) -> bytes:
    """Return the bytes of the file that holds `data`."""
    from hashlib import sha256

    documents = sum(len(table) for table in data.values())
    body = "".join(_lines(data)).encode()
    numbers = json.dumps({"schema": SCHEMA, "generation": generation, "documents": documents}).removesuffix("}")
    covered = body + f'"envelope": {{"0": {numbers}, "sha256": "'.encode()
    return covered + f'{sha256(covered).hexdigest()}"}}}}}}\n'.encode()


def _lines(data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    """Yield the lines before the envelope."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    yield "{\n"
    for name in sorted(data):
        yield f"{encode(name)}: {{\n"
        for key in sorted(data[name], key=int):
            yield f'"{int(key)}": {encode(data[name][key])},\n'
        yield '"0": {}},\n'


def parse(data: bytes, name: str) -> tuple[Tables, Envelope]:
    """Return the tables and the envelope of a file's bytes.

    Raises:
        DamagedError: The envelope is missing, of a newer schema, or does not fit the rest.
    """
    from hashlib import sha256

    found = _ENVELOPE.search(data, max(0, len(data) - _TAIL))
    if found is None:
        raise DamagedError(f"{name} is damaged: its last line is missing or was altered", "nothing was changed in it")
    schema, generation, documents = (int(found[n]) for n in (1, 2, 3))
    if schema > SCHEMA:
        raise DamagedError(f"{name} was written by a newer readlist (schema {schema})", "update readlist to open it")
    checksum = found[4].decode()
    covered = found.start() if schema == 1 else found.start(4)
    if sha256(data[:covered]).hexdigest() != checksum:
        raise DamagedError(f"{name} is damaged: its contents do not fit its checksum", "nothing was changed in it")
    try:
        tables: Tables = json.loads(data)
        del tables["envelope"]
        for table in tables.values():
            del table["0"]
    except (ValueError, KeyError, AttributeError) as error:
        raise DamagedError(f"{name} is damaged: {error}", "nothing was changed in it") from error
    if sum(len(table) for table in tables.values()) != documents:
        raise DamagedError(f"{name} is damaged: it does not hold the {documents} documents that it should")
    return tables, Envelope(generation, documents, checksum)


def read_envelope(path: Path) -> Envelope | None:
    """Return the envelope of the file at `path` without reading the rest; None where there is no file.

    Raises:
        DamagedError: The file does not end in an envelope that this readlist knows.
        StoreError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            tail = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"cannot read {path.name}: {error.strerror}") from error
    found = _ENVELOPE.search(tail)
    if found is None:
        raise DamagedError(f"{path.name} is damaged: its last line is missing or was altered", "nothing was changed")
    if int(found[1]) > SCHEMA:
        raise DamagedError(f"{path.name} was written by a newer readlist", "update readlist to open it")
    return Envelope(int(found[2]), int(found[3]), found[4].decode())
