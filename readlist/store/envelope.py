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
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from readlist.errors import DamagedMarksError, NewerSchemaError, StoreError

SCHEMA: Final = 4
"""The version of the file's shape that this readlist writes. In the first one, the checksum left out the envelope; the
second one had no saved views; in the third one, nothing was decided of a paper's facts,
and no paper had a place of its own in the queue."""

RESTORE: Final = "`readlist restore` lists what can be put in its place; the file was left as it is"
"""What to do about a marks file that cannot be read."""

_ENVELOPE: Final = re.compile(
    rb'"envelope": \{"0": \{"schema": (\d{1,9}), "generation": (\d{1,15}), "documents": (\d{1,15}), '
    rb'"sha256": "([0-9a-f]{64})"\}\}\}\n\Z'
)
_SCHEMA: Final = re.compile(rb'"schema": (\d{1,9})')
_TAIL: Final = 300
"""More bytes than an envelope has."""

Tables = dict[str, dict[str, dict[str, Any]]]
"""TinyDB's own shape: table → document id → document."""

UPGRADES: dict[int, Callable[[Tables], Tables]] = {number: lambda tables: tables for number in range(1, SCHEMA)}
"""For each earlier schema, what makes its tables those of the next one."""


class Envelope(Struct, frozen=True):
    """What the last line of the file says of the rest."""

    generation: int
    """Counts the writes of the file."""
    documents: int
    sha256: str
    schema: int = SCHEMA


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


def sealed(body: bytes, generation: int, documents: int) -> bytes:
    """Return the envelope's line for the lines before it."""
    from hashlib import sha256

    numbers = json.dumps({"schema": SCHEMA, "generation": generation, "documents": documents}).removesuffix("}")
    line = f'"envelope": {{"0": {numbers}, "sha256": "'.encode()
    checksum = sha256(body)
    checksum.update(line)
    return line + f'{checksum.hexdigest()}"}}}}}}\n'.encode()


def verify(data: bytes, name: str) -> Envelope:
    """Return the envelope of a file's bytes if it fits them.

    Raises:
        DamagedMarksError: The envelope is missing or does not fit the rest.
        NewerSchemaError: A newer readlist wrote it.
    """
    from hashlib import sha256

    found = _found(data, name)
    checksum = found[4].decode()
    covered = found.start() if int(found[1]) == 1 else found.start(4)
    if sha256(memoryview(data)[:covered]).hexdigest() != checksum:
        raise DamagedMarksError(f"{name} is damaged: its contents do not fit its checksum", RESTORE)
    return _envelope(found)


def parse(data: bytes, name: str) -> tuple[Tables, Envelope]:
    """Return the tables and the envelope of a file's bytes; tables of an earlier schema are brought up to this one.

    Raises:
        DamagedMarksError: The envelope is missing or does not fit the rest, or the rest is not tables of documents.
        NewerSchemaError: A newer readlist wrote it.
    """
    envelope = verify(data, name)
    try:
        tables = tables_of(data.decode())
        count = sum(len(table) for table in tables.values())
        if count != envelope.documents:
            raise ValueError(f"it holds {count} documents, not the {envelope.documents} that it should")
        for schema in range(envelope.schema, SCHEMA):
            tables = UPGRADES[schema](tables)
    except (ValueError, KeyError, RecursionError) as error:
        raise DamagedMarksError(f"{name} is damaged: {in_words(error)}", RESTORE) from error
    return tables, envelope


def tables_of(text: str) -> Tables:
    """Return the tables of a file's text, without the envelope.

    Raises:
        ValueError: It is not JSON, an object has a key twice, or it is not tables of documents.
        RecursionError: It is nested too deep.
    """
    tables = json.loads(text, object_pairs_hook=_each_once)
    if not isinstance(tables, dict):
        raise ValueError("it is not an object of tables")  # noqa: TRY004 — one kind of error for all that JSON may hold
    tables.pop("envelope", None)
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"the table {name!r:.60} is not an object")  # noqa: TRY004 — as above
        if table.pop("0", {}) != {}:
            raise ValueError(f"the document 0 that closes the table {name!r:.60} is not empty")
        for key, document in table.items():
            if not (key.isascii() and key.isdigit() and key[0] != "0"):
                raise ValueError(f"{key!r:.60} is not the number of a document")
            if not isinstance(document, dict):
                raise ValueError(f"the document {key} is not an object")  # noqa: TRY004 — as above
    return tables


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object that the pairs make; JSON's own reading would silently keep the last of two."""
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        if twice != "envelope":
            raise ValueError(f"the key {twice!r:.60} stands twice in one object")
    return made


def in_words(error: Exception) -> str:
    """Return what is wrong with a text that is not what it should be."""
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 from byte {error.start} on"
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return str(error)


def read_envelope(path: Path) -> Envelope | None:
    """Return the envelope of the file at `path` without reading the rest; None where there is no file.

    Raises:
        DamagedMarksError: The file does not end in an envelope.
        NewerSchemaError: A newer readlist wrote it.
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
    return _envelope(_found(tail, path.name))


def refuse_newer(data: bytes, name: str) -> None:
    """Make sure that no newer readlist wrote the bytes, as far as they tell, damaged or not.

    Raises:
        NewerSchemaError: One did.
    """
    schemas = [int(found) for found in _SCHEMA.findall(data, max(0, len(data) - _TAIL))]
    if max(schemas, default=0) > SCHEMA:
        raise NewerSchemaError(
            f"{name} was written by a newer readlist (schema {max(schemas)}; this one knows {SCHEMA})",
            "update readlist; the file was left as it is",
        )


def _found(data: bytes, name: str) -> re.Match[bytes]:
    """Return the place of the envelope at the end of the bytes.

    Raises:
        DamagedMarksError: There is none.
        NewerSchemaError: It is that of a newer readlist.
    """
    if not data:
        raise DamagedMarksError(f"{name} is damaged: it is empty", RESTORE)
    refuse_newer(data, name)
    found = _ENVELOPE.search(data, max(0, len(data) - _TAIL))
    if found is None or int(found[1]) < 1:
        raise DamagedMarksError(f"{name} is damaged: its last line is missing or was altered", RESTORE)
    return found


def _envelope(found: re.Match[bytes]) -> Envelope:
    """Return what an envelope says."""
    schema, generation, documents = (int(found[n]) for n in (1, 2, 3))
    return Envelope(generation, documents, found[4].decode(), schema)
