"""One line of the history: a step as it is written down, with a checksum in front, and what it says at a glance."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from readlist.record import Json, Record
from readlist.store.views import Replaced

Kind = Literal["do", "undo", "redo", "keys"]
"""What a line of the history did: a change, the taking back of one, or doing it again. Lines of `keys` are no steps:
they say which citation keys were given out, so that a backup and the history are together all that there was."""

DO: Final = "do"
UNDO: Final = "undo"
REDO: Final = "redo"
KEYS: Final = "keys"

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_NO_CHECKSUM: Final = b"00000000 "

_AT_ONCE: Final = 1000
"""Ids that are encoded together: each takes ten times its length on the way."""

_DECIDED: Final = frozenset(("corrected", "citekey"))
"""What a step changes beside marks that is seen of a paper."""

_HEAD: Final = re.compile(
    rb'\{"number":(\d{1,15}),"generation":(\d{1,15}),"kind":"(do|undo|redo|keys)",'
    rb'"name":"(?:[^"\\]|\\.)*","at":"[^"\\]*","of":(null|\d{1,15}),"marks":\['
)


class Line(Struct, frozen=True):
    """One step as it is written down."""

    number: int
    """Counts from 1; 0 for what is no step."""
    generation: int
    """The generation of the marks file that this step made; a line beyond the file's generation never happened."""
    kind: str
    name: str
    at: str
    of: int | None
    """The number of the step that an undo or redo is about."""
    marks: tuple[Record, ...]
    """`{"id", "before", "after"}`: the fields of a mark that changed, with both values; and `paper`, what is kept of
    the paper besides its mark, if nothing was kept of it before."""
    removed: tuple[Record, ...] = ()
    """Whole entries of papers that were taken out of the catalogue."""
    restored: tuple[Record, ...] = ()
    """Whole entries of papers that were put back."""
    conflicts: int = 0
    """How many papers an undo or redo left alone."""
    added: Sequence[str] = ()
    """Ids of papers that an ingest brought in; their entries are written down if it is undone."""
    facts: tuple[Record, ...] = ()
    """`{"id", "before", "after"}`: what was changed of what the sources say of papers, as `paper_record` has it; with
    `citekey` where a key that was made of an identifier gave way to another one."""
    ingest: str = ""
    """The id of the ingest whose batches it has; empty if it is none."""
    views: Replaced | None = None
    """The saved views before and after; None if the step is not about them."""

    @property
    def ids(self) -> Sequence[str]:
        """The papers that the step touched, in order, each once."""
        named = [
            str(record["id"]) for group in (self.marks, self.removed, self.restored, self.facts) for record in group
        ]
        return tuple(dict.fromkeys((*named, *self.added))) if named else self.added

    @property
    def about_facts(self) -> bool:
        """Whether papers came or went with the step, or say something else, a citation key among it."""
        if self.removed or self.restored or self.added or self.facts:
            return True
        sides = (record[side] for record in self.marks for side in ("before", "after"))
        return any(not _DECIDED.isdisjoint(side) for side in sides if isinstance(side, dict))


class Head(Struct, frozen=True):
    """What a line says without being read whole: a step on thousands of papers takes long to read."""

    number: int
    generation: int
    kind: str
    of: int | None
    begin: int
    """Where the line begins in the file, in bytes."""
    end: int

    @property
    def is_step(self) -> bool:
        """Whether it can be undone or undoes something."""
        return self.kind != KEYS


def serialise(line: Line) -> bytearray:
    """Return a step as one line of the file, its checksum in front.

    The line of a large ingest has megabytes, and is made in one place.
    """
    record: Record = {
        "number": line.number,
        "generation": line.generation,
        "kind": line.kind,
        "name": line.name,
        "at": line.at,
        "of": line.of,
        "marks": list(line.marks),
        "removed": list(line.removed),
        "restored": list(line.restored),
        "conflicts": line.conflicts,
        **({"facts": list(line.facts)} if line.facts else {}),
        **({"ingest": line.ingest} if line.ingest else {}),
        **({"views": line.views.record()} if line.views else {}),
    }
    written = bytearray(_NO_CHECKSUM)
    written += _ENCODE(record).encode()
    if line.added:
        written[-1:] = b',"added":['
        for begin in range(0, len(line.added), _AT_ONCE):
            written += _ENCODE(list(line.added[begin : begin + _AT_ONCE]))[1:-1].encode() + b","
        written[-1:] = b"]}"
    with memoryview(written) as body:
        checksum = zlib.crc32(body[len(_NO_CHECKSUM) :])
    written[: len(_NO_CHECKSUM)] = b"%08x " % checksum
    written += b"\n"
    return written


def parse(written: bytes) -> Line | None:
    """Return the step that a line holds; None if the line is not what was written."""
    body = _checked(written)
    if body is None:
        return None
    try:
        record = json.loads(body)
        return Line(
            number=record["number"],
            generation=record["generation"],
            kind=record["kind"],
            name=record["name"],
            at=record["at"],
            of=record["of"],
            marks=tuple(record["marks"]),
            removed=tuple(record["removed"]),
            restored=tuple(record["restored"]),
            conflicts=record["conflicts"],
            added=tuple(record.get("added", ())),
            facts=tuple(record.get("facts", ())),
            ingest=record.get("ingest", ""),
            views=Replaced.of(record["views"]) if "views" in record else None,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def head(written: bytes, begin: int) -> Head | None:
    """Return what a line says at a glance; None if the line is not what was written.

    Args:
        written: The line with its end.
        begin: Where it begins in the file.
    """
    body = _checked(written)
    found = _HEAD.match(body) if body is not None and written.endswith(b"\n") else None
    if found is None:
        return None
    of = None if found[4] == b"null" else int(found[4])
    return Head(int(found[1]), int(found[2]), found[3].decode(), of, begin, begin + len(written))


def _checked(written: bytes) -> bytes | None:
    """Return a line without its checksum, if it fits."""
    checksum, _, body = written.rstrip(b"\n").partition(b" ")
    return body if checksum == b"%08x" % zlib.crc32(body) else None


def standing(heads: Iterable[Head]) -> tuple[list[Head], list[Head]]:
    """Return the steps that can be undone and those that can be done again, each with the next one last.

    A step that is no longer in the history can be neither, and what stood above it when it was taken back cannot be
    done again.
    """
    undoable: list[Head] = []
    redoable: list[Head] = []
    for one in heads:
        if one.kind == DO:
            undoable.append(one)
            redoable.clear()
        elif one.kind == UNDO:
            if undoable and undoable[-1].number == one.of:
                redoable.append(undoable.pop())
            else:
                redoable.clear()
        elif one.kind == REDO and redoable and redoable[-1].number == one.of:
            undoable.append(redoable.pop())
    return undoable, redoable


def without_key(told: Mapping[str, Json]) -> Record:
    """Return one side of what became known of a paper without its citation key: what its sources say."""
    return {name: value for name, value in told.items() if name != "citekey"}


def changed_fields(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    """Return the fields in which two records of a mark differ, with the values of each side.

    `changed` is not among them: it says when, not what.
    """
    names = [name for name in after if name != "changed" and before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}
