"""The records of an XML source, each cut out of the stream and parsed by itself.

So no document type, and no entity that names entities, ever gets to the parser, and a broken record costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.parsers import expat

from msgspec import Struct

from readlist.readers.decoding import numbered
from readlist.text import safe_verbatim

_LONGEST: Final = 1 << 20
"""Characters beyond which a record is given up."""
_DEEPEST: Final = 50
"""Elements in elements beyond this many are no record's."""
_SHOWN: Final = 1 << 14
_PROLOG: Final = r"\s*(?:<\?xml[^>]{0,999}>\s*)?(?:<!--[^>]{0,999}-->\s*|<\?[^>]{0,999}\?>\s*)*"
"""What may stand before the first element."""


class Broken(Exception):  # noqa: N818 — a finding, caught where the record is known
    """A record cannot be read; the message says why."""


class Cut(Struct, frozen=True):
    """One record as it stands in the source."""

    line: int
    """The number of its first line."""
    text: str
    why: str = ""
    """Why it cannot be read; empty when it may be read."""

    @property
    def shown(self) -> str:
        """What stands there, to be shown."""
        return safe_verbatim(self.text[:_SHOWN])


def begins(root: str) -> re.Pattern[str]:
    """Return what a source begins with whose first element is one of those that a pattern names."""
    return re.compile(rf"{_PROLOG}<(?:{root})\b")


def records(lines: Iterable[str], names: str) -> Iterator[Cut]:
    """Yield the elements whose names fit a pattern, whatever they stand in."""
    begin = re.compile(rf"<({names})(?=[\s>])")
    held: list[str] = []
    size = begun = 0
    name = ""
    for number, line in numbered(lines):
        at = 0
        while True:
            if not name:
                found = begin.search(line, at)
                if found is None:
                    break
                name, begun, held, size, at = found[1], number, [], 0, found.start()
            ended = f"</{name}>"
            end = line.find(ended, at)
            stop = end + len(ended) if end >= 0 else len(line)
            size += stop - at
            if size <= _LONGEST:
                held.append(line[at:stop])
            at = stop
            if end < 0:
                break
            yield Cut(begun, "".join(held), "" if size <= _LONGEST else f"it has more than {_LONGEST:,} characters")
            name = ""
    if name:
        yield Cut(begun, "".join(held), f"the {name} is cut off at the end")


class _Element(Struct):
    """One element: where it stands below the record (the record itself at an empty path), and what it says."""

    path: str
    parent: int
    attributes: Mapping[str, str]
    text: str = ""


class Element:
    """What stands in the elements of one record; their names have no prefixes."""

    def __init__(self, cut: Cut) -> None:
        """Parse the record.

        Raises:
            Broken: It cannot be read, or is not well-formed.
        """
        if cut.why:
            raise Broken(cut.why)
        self._name = ""
        self._elements: list[_Element] = []
        self._open: list[int] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(cut.text.encode("utf-8", "replace"), True)  # noqa: FBT003 — expat's own order
        except expat.ExpatError as error:
            raise Broken(f"it is not well-formed: {expat.errors.messages[error.code]}") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        if len(self._open) >= _DEEPEST:
            raise Broken("it is nested too deeply")
        parent = self._open[-1] if self._open else -1
        above = self._elements[parent].path if parent > 0 else ""
        path = f"{above}/{_local(name)}".lstrip("/") if self._open else ""
        self._name = self._name or _local(name)
        self._open.append(len(self._elements))
        self._elements.append(_Element(path, parent, attributes))

    def _end(self, _: str) -> None:
        """Take an end tag."""
        self._open.pop()

    def _data(self, data: str) -> None:
        """Take text."""
        self._elements[self._open[-1]].text += data

    def _entity(self, *_: object) -> None:
        """Refuse an entity of the record's own."""
        raise Broken("it declares an entity")

    def is_called(self, name: str) -> bool:
        """Whether the record itself has this name."""
        return self._name == name

    def all(self, *paths: str) -> list[str]:
        """Return the texts of the elements at these paths, the empty ones left out."""
        return [text for path in paths for one in self._elements if one.path == path and (text := one.text.strip())]

    def first(self, *paths: str) -> str:
        """Return the first text of the elements at these paths; empty when there is none."""
        return next(iter(self.all(*paths)), "")

    def groups(self, path: str) -> list[dict[str, str]]:
        """Return what stands in each element at a path, by name; the first of a name counts."""
        found: dict[int, dict[str, str]] = {at: {} for at, one in enumerate(self._elements) if one.path == path}
        for one in self._elements:
            if one.parent in found:
                found[one.parent].setdefault(one.path.rsplit("/", 1)[-1], one.text.strip())
        return list(found.values())

    def attributes(self, path: str, name: str) -> list[str]:
        """Return the values that the elements at a path have for an attribute."""
        return [value for one in self._elements if one.path == path and (value := one.attributes.get(name, ""))]


def _local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rsplit(":", 1)[-1]
