"""The list of exports that are kept up to date: which file has which papers, and what was last written into it.

It is a file of its own in the library's folder, since it names places on this machine: the marks travel to others.
It is small JSON with a checksum; one that cannot be read is never taken for empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from readlist.errors import DamagedError, ForeignError, StoreError
from readlist.files import replace_file

NAME: Final = "exports.json"
"""The file's name in the library's folder."""

LOCK: Final = "exports.lock"
"""The lock of all that is kept up to date. It is not the library's own, which a change would have to wait for."""

SCHEMA: Final = 1
"""The version of the file's shape that this readlist writes."""

REMEMBERED: Final = 10
"""So many versions of a file are known for readlist's own: it may have been put back to an earlier one, e.g. by git."""

_HASH: Final = re.compile("[0-9a-f]{64}", re.ASCII)
_MEND: Final = f"delete {NAME} to forget the files that are kept up to date, then name them again with export --keep"


class KeptExport(Struct, frozen=True):
    """A file that is written again whenever its papers change."""

    path: str
    """Its absolute path, as it was named: a link is followed each time."""
    query: str
    """Which papers, as it was typed; empty for all."""
    format: str
    options: tuple[tuple[str, bool], ...] = ()
    """What was asked of the writer, by name, where it is not what is usual."""
    state: str = ""
    """A checksum of the papers that it was last written from; empty if it never was."""
    written: tuple[str, ...] = ()
    """SHA-256 of what was written into it, the latest first."""

    @property
    def record(self) -> dict[str, object]:
        """The export as a JSON object."""
        return {
            "path": self.path, "query": self.query, "format": self.format, "options": dict(self.options),
            "state": self.state, "written": list(self.written),
        }  # fmt: skip


def is_there(folder: Path) -> bool:
    """Say whether any export was ever kept; cheap enough to ask after every change."""
    return (folder / NAME).exists()


def read(folder: Path) -> list[KeptExport]:
    """Return the exports that are kept up to date, in the order in which they were named.

    Raises:
        ForeignError: A newer readlist wrote the list.
        DamagedError: It is not what readlist wrote.
        StoreError: It cannot be read.
    """
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"cannot read {NAME}: {error.strerror}") from error
    try:
        whole = json.loads(data)
        schema, records = whole["schema"], whole["exports"]
        if isinstance(schema, int) and schema > SCHEMA:
            raise ForeignError(f"{NAME} was written by a newer readlist", "update readlist; it was left as it is")
        if schema != SCHEMA or whole["sha256"] != _checksum(records):
            raise DamagedError(f"{NAME} is damaged: its contents do not fit its checksum", _MEND)
        return [_export(record) for record in records]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedError(f"{NAME} is damaged: it is not what readlist wrote", _MEND) from error


def write(folder: Path, exports: Sequence[KeptExport]) -> None:
    """Replace the list. The caller holds its lock.

    Raises:
        StoreError: It cannot be written; it is as it was.
    """
    records = [one.record for one in exports]
    whole = {"schema": SCHEMA, "exports": records, "sha256": _checksum(records)}
    replace_file(folder / NAME, json.dumps(whole, ensure_ascii=True, indent=1).encode() + b"\n")


def _checksum(records: object) -> str:
    """Return the checksum of the list's contents."""
    from hashlib import sha256

    return sha256(json.dumps(records, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _export(record: dict[str, object]) -> KeptExport:
    """Return the export that a JSON object describes.

    Raises:
        ValueError: It describes none.
        KeyError: Something is missing.
    """
    path, query, name, state = (record[key] for key in ("path", "query", "format", "state"))
    options, written = record["options"], record["written"]
    texts = all(isinstance(one, str) for one in (path, query, name, state))
    choices = isinstance(options, dict) and all(isinstance(value, bool) for value in options.values())
    hashes = isinstance(written, list) and all(isinstance(one, str) and _HASH.fullmatch(one) for one in written)
    if not (texts and choices and hashes and isinstance(options, dict) and isinstance(written, list)):
        raise ValueError("it is no export")
    return KeptExport(str(path), str(query), str(name), tuple(options.items()), str(state), tuple(written))
