"""What may become of a file: cut, flipped, spliced, and altered by a program or a person who means well."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

BLOCK: Final = 4096
"""Bytes that a disk writes at once."""
_CHECKSUM: Final = re.compile(rb'"sha256": "([0-9a-f]{64})"')

_MAY_BE_NONE: Final = ("date", "changed")
"""The fields that may say nothing, and otherwise are texts."""

Damage = tuple[str, bytes]
"""What was done, and the bytes that there are then."""


def cuts(data: bytes) -> Iterator[Damage]:
    """Yield the file cut off at each hundredth of its length, and one byte before its end."""
    for percent in range(100):
        yield f"cut at {percent} %", data[: len(data) * percent // 100]
    yield "without the last byte", data[:-1]


def flips(data: bytes, count: int, seed: int) -> Iterator[Damage]:
    """Yield the file with one byte altered, `count` times: first each bit of the last line, then anywhere."""
    last = data.rfind(b'"envelope"') % len(data)
    places = [(at, 1 << bit) for at in range(last, len(data)) for bit in range(8)]
    rng = random.Random(seed)
    places += [(rng.randrange(len(data)), rng.randrange(1, 256)) for _ in range(count - len(places))]
    for at, mask in places[:count]:
        flipped = bytearray(data)
        flipped[at] ^= mask
        yield f"byte {at} is {flipped[at]:#04x}, not {data[at]:#04x}", bytes(flipped)


def splices(old: bytes, new: bytes) -> Iterator[Damage]:
    """Yield the file as a crash leaves it that wrote some blocks of the new generation and not others."""
    blocks = range(0, max(len(old), len(new)), BLOCK)
    for at in blocks:
        yield f"an old block at {at}", new[:at] + old[at : at + BLOCK] + new[at + BLOCK :]
        yield f"a new block at {at}", old[:at] + new[at : at + BLOCK] + old[at + BLOCK :]
        yield f"new up to {at}", new[:at] + old[at:]
        yield f"old up to {at}", old[:at] + new[at:]
        yield f"zeros at {at}", new[:at] + bytes(len(new[at : at + BLOCK])) + new[at + BLOCK :]
        yield f"zeros from {at}", new[:at] + bytes(len(new) - at)


def foreign_bytes(data: bytes) -> Iterator[Damage]:
    """Yield the file as editors and other programs leave it."""
    text = data.decode()
    yield "empty", b""
    yield "a newline", b"\n"
    yield "an empty object", b"{}"
    yield "a byte order mark", b"\xef\xbb\xbf" + data
    yield "UTF-16", text.encode("utf-16")
    yield "Latin-1", text.encode("latin-1", errors="replace")
    yield "a NUL at the end", data + b"\0"
    yield "a NUL at the beginning", b"\0" + data
    yield "a block of NULs at the end", data + bytes(BLOCK)
    yield "a NUL in a text", data.replace(b"Subject", b"Sub\0ject", 1)
    yield "an escaped NUL in a text", data.replace(b"Subject", rb"Sub\u0000ject", 1)
    yield "other line ends", data.replace(b"\n", b"\r\n")
    yield "twice", data + data
    yield "a newline more", data + b"\n"
    yield "indented", json.dumps(json.loads(text), indent=2).encode()
    yield "conflict markers", data.replace(b'"envelope"', b'<<<<<<< mine\n=======\n>>>>>>> theirs\n"envelope"')
    yield "nested deep", b'{"papers": ' + b"[" * 100_000


def resealed(data: bytes, alter: Callable[[bytes], bytes]) -> bytes:
    """Return the file after a change to what its checksum covers, with a checksum that fits again."""
    found = _CHECKSUM.search(data, data.rindex(b'"envelope"'))
    assert found is not None
    ends = {sha256(data[:end]).hexdigest(): end for end in (found.start(1), data.rindex(b'"envelope"'))}
    covered = ends[found[1].decode()]
    altered = alter(data[:covered])
    rest = data[covered:].replace(found[1], sha256(altered).hexdigest().encode())
    return altered + rest


def wrong_contents(data: bytes) -> Iterator[Damage]:
    """Yield files whose checksum is right, and whose contents are not what they should be."""
    lines = data.decode().splitlines(keepends=True)
    key, _, document = lines[2].partition(": ")
    record = json.loads(document.rstrip().removesuffix(","))

    def with_document(new: str) -> bytes:
        return resealed(data, lambda covered: covered.replace(lines[2].encode(), new.encode()))

    kinds: tuple[Any, ...] = (None, 5, "text", [], [[]], True)
    for value in kinds:
        yield f"a document that is {value!r}", with_document(f"{key}: {json.dumps(value)},\n")
    for name in record:
        for value in _others(name, record[name]):
            yield f"{name} is {value!r}", with_document(f"{key}: {json.dumps({**record, name: value})},\n")
        less = {other: record[other] for other in record if other != name}
        yield f"without {name}", with_document(f"{key}: {json.dumps(less)},\n")
    for name in record["mark"]:
        for value in _others(name, record["mark"][name]):
            mark = {**record["mark"], name: value}
            yield f"mark.{name} is {value!r}", with_document(f"{key}: {json.dumps({**record, 'mark': mark})},\n")
    yield "a key that is no number", with_document(f'"abc": {document}')
    yield "a document twice", with_document(lines[2] * 2)
    yield "a document in another's place", with_document(f"{key}: {lines[3].partition(': ')[2]}")
    yield (
        "a document twice, the second altered",
        with_document(lines[2] + f"{key}: {json.dumps({**record, 'title': 'Another'})},\n"),
    )
    yield (
        "a table that is a list",
        resealed(data, lambda covered: covered.replace(b'"papers": {', b'"x": [], "papers": {')),
    )


def _others(name: str, value: Any) -> list[Any]:
    """Return values of other kinds than the one that should stand in a field."""
    kinds: list[Any] = [None, True, 7, -1, "text", ["text", 5], {"a": 1}]
    allowed = (type(None), str) if name in _MAY_BE_NONE else (type(value),)
    return [one for one in kinds if type(one) not in allowed]
