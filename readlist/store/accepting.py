"""Taking over a marks file that someone edited by hand or that git merged: checked strictly, then sealed anew."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import DamagedMarksError, ReadlistError, StoreError, UsageError
from readlist.mark import Mark, checked_tag
from readlist.paper import date_ordinal
from readlist.record import RecordError
from readlist.store import envelope
from readlist.store.envelope import Tables, in_words, refuse_newer, tables_of
from readlist.store.kept import TABLE, Kept, document_id, document_of, kept_from
from readlist.store.restoring import damage_of, drop_unfinished, put, set_aside
from readlist.store.steps import Steps
from readlist.store.views import TABLE as VIEWS
from readlist.store.views import taken_over

_CONFLICT: Final = re.compile("(<{7}|={7}|>{7}|\\|{7})( .*)?", re.ASCII)
"""The lines that git leaves where it could not merge."""

_SCHEMA: Final = re.compile(r'"envelope"\s*:\s*\{\s*"0"\s*:\s*\{[^{}]*?"schema"\s*:\s*(\d{1,9})', re.ASCII)
_MEND: Final = "mend it, or go back to a backup: `readlist restore` lists them; the file was left as it is"


class Accepted(Struct, frozen=True):
    """What taking over a marks file did."""

    papers: int
    """How many papers the marks have something of now."""
    aside: Path
    """Where the file is kept as it was."""


def accept(steps: Steps, mirrored: int) -> Accepted | None:
    """Take over the marks file as it stands; None when it is as readlist wrote it.

    Args:
        steps: Those of the library, which is locked.
        mirrored: The generation of the marks that the catalogue reflects.

    Raises:
        DamagedMarksError: It cannot be taken over; the message says where it is wrong.
        NewerSchemaError: A newer readlist wrote it.
        StoreError: There is none, or it cannot be read or written.
    """
    path = steps.folder / "marks.json"
    if damage_of(steps) is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"cannot read {path.name}: {error.strerror}", "`readlist restore` lists backups") from error
    tables = _checked(data, path.name)
    drop_unfinished(steps, mirrored)
    aside = set_aside(path, "before-accept")
    assert aside is not None
    put(steps, tables, mirrored)
    return Accepted(len(tables[TABLE]), aside)


def _checked(data: bytes, name: str) -> Tables:
    """Return the tables of a file that someone else may have written.

    Raises:
        DamagedMarksError: Anything in it is not as it should be; the message says where.
        NewerSchemaError: A newer readlist wrote it.
    """
    refuse_newer(data, name)
    try:
        text = data.decode("utf-8-sig")
        for number, line in enumerate(text.splitlines(), 1):
            if _CONFLICT.fullmatch(line):
                raise DamagedMarksError(f"{name}: line {number} is a mark that git left: {line:.40}", _MEND)
        schemas = {int(found) for found in _SCHEMA.findall(text)} or {envelope.SCHEMA}
        if max(schemas) > envelope.SCHEMA:
            refuse_newer(f'"schema": {max(schemas)}'.encode(), name)
        if len(schemas) > 1 or min(schemas) < 1:
            raise ValueError("its envelopes are of different schemas")
        tables = tables_of(text)
        for schema in range(min(schemas), envelope.SCHEMA):
            tables = envelope.UPGRADES[schema](tables)
        unknown = sorted(tables.keys() - {TABLE, VIEWS})
        if unknown:
            raise ValueError(f"the table {unknown[0]!r:.60} is not known")
        views = {VIEWS: taken_over(tables[VIEWS])} if VIEWS in tables else {}
        return {TABLE: dict(_record(key, document) for key, document in tables.get(TABLE, {}).items()), **views}
    except json.JSONDecodeError as error:
        raise DamagedMarksError(f"{name}: line {error.lineno}, column {error.colno}: {error.msg}", _MEND) from error
    except (ValueError, KeyError, RecursionError) as error:
        raise DamagedMarksError(f"{name} cannot be taken over: {in_words(error)}", _MEND) from error


def _record(key: str, document: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Return a record as readlist would write it, with its key.

    Raises:
        ValueError: It is none.
    """
    try:
        kept = kept_from(document)
        if str(document_id(kept.id)) != key:
            raise ValueError(f"the record {key} is that of {kept.id}, whose number is {document_id(kept.id)}")
        date_ordinal(kept.date)
        kept = _tidy(kept)
    except (RecordError, UsageError) as error:
        raise ValueError(f"the record {key}: {error.message}") from error
    except ReadlistError as error:
        raise ValueError(f"the record {key}: date: {error.message}") from error
    made: dict[str, object] = dict(document_of(kept))
    try:
        json.dumps(made, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"the record {key} holds half a character ({error.object[error.start]!a})") from error
    return key, made


def _tidy(kept: Kept) -> Kept:
    """Return a record with its tags in order.

    Raises:
        UsageError: A tag cannot be one.
        RecordError: An instant is none, or two notes go by one id.
    """
    mark: Mark = kept.mark
    tags = tuple(sorted({checked_tag(tag) for tag in mark.tags}))
    instants = [instant for _, instant in mark.status_dates]
    instants += [instant for note in mark.notes for instant in (note.created, note.changed)]
    for instant in (*instants, *([mark.changed] if mark.changed else [])):
        try:
            datetime.strptime(instant, "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            raise RecordError(f"{instant!r:.40} is not an instant such as 2026-04-01T12:00:00Z") from None
    if len({note.id for note in mark.notes}) != len(mark.notes):
        raise RecordError("two notes go by one id")
    return replace(kept, mark=replace(mark, tags=tags), own=kept.own.safe)
