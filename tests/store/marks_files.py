"""What the tests of the marks file share: libraries with marks, and ways to spoil the file."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from readlist.library import Library
from readlist.mark import add_note, change_tags, set_rating, set_status, star
from readlist.store.encoding import Lines
from readlist.store.envelope import SCHEMA, Tables, parse, sealed
from readlist.store.kept import Kept
from readlist.store.marks import MarkStore
from readlist.store.ranks import Place
from readlist.view import View
from tests.papers import NOW, paper


def filled(library: Library, count: int = 3) -> list[str]:
    """Put papers in."""
    return list(library.add(paper(f"Title {n}", "Ann Author", date="2023") for n in range(count)).ids)


def busy(library: Library, count: int = 3) -> list[str]:
    """Put papers in and make steps of every kind."""
    ids = filled(library, count)
    library.mark(ids, star())
    library.mark(ids[:1], change_tags(add=["rl", "agents"]))
    library.mark(ids[:2], set_status("read"))
    library.give_out(ids[1:2])
    library.mark(ids[1:2], add_note("n1", "worth\na talk — ü"))
    library.undo()
    library.redo()
    library.mark(ids[-1:], set_rating(4))
    library.remove(ids[-1:])
    return ids


def tables(folder: Path) -> Tables:
    """What the marks file holds."""
    return parse((folder / "marks.json").read_bytes(), "marks.json")[0]


def generation(folder: Path) -> int:
    """The generation of the marks file."""
    return parse((folder / "marks.json").read_bytes(), "marks.json")[1].generation


def as_file(held: Tables, number: int = 1) -> bytes:
    """The bytes of a file that holds these tables."""
    return b"".join(Lines().file(held, number))


def resealed(body: bytes, number: int = 5, documents: int = 3) -> bytes:
    """A file with a checksum that fits whatever stands before it."""
    return body + sealed(body, number, documents)


def body_of(data: bytes) -> bytes:
    """A file without its envelope."""
    return data[: data.rindex(b'"envelope"')]


def aged(path: Path, seconds: float) -> None:
    """Make a file older."""
    at = time.time() - seconds
    os.utime(path, (at, at))


def with_schema(data: bytes, schema: int) -> bytes:
    """The same file with another schema in its envelope."""
    return data.replace(b'{"schema": %d,' % SCHEMA, b'{"schema": %d,' % schema)


Spoil = Callable[[bytes], bytes]

_LONG = '{"a":' * 100_000


def edited(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """Spoil the first record, with a checksum that fits."""

    def spoil(data: bytes) -> bytes:
        held = parse(data, "marks.json")[0]
        change(next(iter(held["papers"].values())))
        return as_file(held, 5)

    return spoil


SPOILS: dict[str, Spoil] = {
    "empty": lambda _: b"",
    "one byte": lambda data: data[:1],
    "half": lambda data: data[: len(data) // 2],
    "without its last line": body_of,
    "without its last byte": lambda data: data[:-1],
    "a flipped byte": lambda data: data.replace(b'"starred": true', b'"starred": trud', 1),
    "invalid UTF-8": lambda data: data.replace(b'"starred": true', b'"starred": tru\xc5', 1),
    "zero bytes": lambda data: b"\0" * len(data),
    "a zero byte": lambda data: data[:40] + b"\0" + data[40:],
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "a page spliced": lambda data: data[:200] + data[50:],
    "another file": lambda _: b'{"_default": {"1": {"title": "x"}}}',
    "sealed with a byte order mark": lambda data: resealed(b"\xef\xbb\xbf" + body_of(data)),
    "sealed with a zero byte": lambda data: resealed(body_of(data).replace(b"Title", b"Ti\0le", 1)),
    "sealed with invalid UTF-8": lambda data: resealed(body_of(data).replace(b"Title", b"Ti\xc5le", 1)),
    "sealed with a key twice": lambda data: resealed(body_of(data).replace(b'"starred"', b'"status"', 1)),
    "sealed with a record twice": lambda data: resealed(
        b"".join(line * (2 if b'"id"' in line else 1) for line in body_of(data).splitlines(keepends=True)), documents=6
    ),
    "sealed with a wrong count": lambda data: resealed(body_of(data), documents=4),
    "sealed and a list": lambda _: resealed(b"[\n"),
    "sealed and nested deep": lambda _: resealed(b'{\n"papers": ' + _LONG.encode()),
    "a table that is none": lambda _: resealed(b'{\n"papers": 3,\n', documents=0),
    "a record that is none": lambda _: resealed(b'{\n"papers": {\n"1": 3,\n"0": {}},\n', documents=1),
    "a record under a word": lambda _: resealed(b'{\n"papers": {\n"x": {},\n"0": {}},\n', documents=1),
    "a record under another number": lambda data: resealed(
        b"\n".join(
            b'"17' + line[line.index(b'":') :] if b'"Title 0"' in line else line for line in body_of(data).split(b"\n")
        )
    ),
    "a status that is a number": edited(lambda one: one["mark"].update(status=3)),
    "a star that is a word": edited(lambda one: one["mark"].update(starred="yes")),
    "a rating out of range": edited(lambda one: one["mark"].update(rating=9)),
    "tags that are a word": edited(lambda one: one["mark"].update(tags="rl")),
    "notes of texts": edited(lambda one: one["mark"].update(notes=["a"])),
    "a mark that is none": edited(lambda one: one.update(mark=None)),
    "no mark": edited(lambda one: one.pop("mark")),
    "a field too many": edited(lambda one: one.update(mine=1)),
    "a key that is none": edited(lambda one: one.update(citekey=None)),
    "authors that are a word": edited(lambda one: one.update(authors="Ann")),
    "identifiers that are none": edited(lambda one: one.update(identifiers=[])),
    "an id of another kind": edited(lambda one: one.update(id="pzzz")),
}
"""What may have become of a marks file, by name."""


def write_golden(folder: Path, path: Path) -> None:
    """Make the golden file of the schema that is written now; run by hand when the schema is raised."""
    with Library.open(folder, now=lambda: NOW) as library:
        ids = busy(library)
        library.move_in_queue(ids[:1], Place.FIRST)
        library.mark(filled(library)[2:], set_status("queued"))
        library.move_in_queue(ids[:1], Place.LAST)
        library.set_views((View("Über RL", "tag:rl -status:read"), View("All", "", "title")), "save the view All")
    path.write_bytes((folder / "marks.json").read_bytes())


def checksum(data: bytes) -> str:
    """Tells two files apart in a failed test without printing them."""
    return hashlib.sha256(data).hexdigest()


def documents(folder: Path) -> dict[str, dict[str, object]]:
    """The documents of the marks file by paper id, read as any JSON."""
    held = json.loads((folder / "marks.json").read_text())["papers"]
    return {document["id"]: document for key, document in held.items() if key != "0"}


def kept(folder: Path) -> dict[str, Kept]:
    """What the marks file keeps, for comparing."""
    return MarkStore(folder / "marks.json").all()
