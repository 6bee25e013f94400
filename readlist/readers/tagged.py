"""Records in which a tag stands at the start of a line, and lines that go on are indented, as databases write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, Final

from msgspec import Struct, field

from readlist.names import SUFFIXES, Name
from readlist.paper import Incoming, Rejected
from readlist.readers.decoding import numbered
from readlist.readers.gathered import Gathered
from readlist.readers.initials_last import in_parts
from readlist.text import safe_verbatim

_SUFFIX: Final = re.compile(r"[\s,]{1,9}(\S{1,9})$")


class Tagged(Gathered):
    """The lines of one record."""

    LONGEST: ClassVar[int] = 1 << 20

    values: dict[str, list[list[str]]] = field(default_factory=dict)
    """Tag → its values, each as lines."""
    last: str = ""

    def take(self, tag: str, value: str, line: str) -> None:
        """Take one line: a value, or more of the one before; no more than a record may have."""
        if not self.keeps(line) or not value.strip():
            return
        if tag:
            self.values.setdefault(tag, []).append([value.strip()])
            self.last = tag
        elif self.last:
            self.values[self.last][-1].append(value.strip())

    def all(self, *tags: str) -> list[str]:
        """Return the values under these tags, each on one line."""
        return [" ".join(lines) for tag in tags for lines in self.values.get(tag, ())]

    def first(self, *tags: str) -> str:
        """Return the first value under these tags, on one line; empty when there is none."""
        return next(iter(self.all(*tags)), "")

    def lines(self, *tags: str) -> list[str]:
        """Return the lines under the first of these tags that has any."""
        return next(([one for value in self.values[tag] for one in value] for tag in tags if tag in self.values), [])


class Shape(Struct, frozen=True):
    """How a format writes its records."""

    line: re.Pattern[str]
    """A line with a tag, and what stands behind it, if anything does."""
    begins: str
    """The tag that a record begins with."""
    ends: str
    """The tag that ends it; empty when the next one does."""
    around: frozenset[str]
    """Tags that stand around all records."""


def read_tagged(
    lines: Iterable[str], source: str, shape: Shape, make: Callable[[Tagged], Incoming | None]
) -> Iterator[Incoming | Rejected]:
    """Yield the papers of the records; a record without a title, and a line that is of no record, is rejected."""
    record: Tagged | None = None
    for number, line in numbered(lines):
        found = shape.line.match(line)
        tag, value = (found[1], found[2] or "") if found else ("", line)
        if tag == shape.begins or tag in shape.around or (tag and tag == shape.ends):
            if record is not None:
                if tag == shape.ends:
                    record.keeps(line)
                yield make(record) or record.rejected("the record has no title", source)
            record = Tagged(number) if tag == shape.begins else None
        if record is not None and (tag or line[:1].isspace()):
            record.take(tag, value, line)
        elif line.strip() and not (tag and tag in (*shape.around, shape.ends)):
            yield Rejected(
                number, f"expected a record to begin with {shape.begins}", safe_verbatim(line.rstrip()), source
            )
    if record is not None:
        yield make(record) or record.rejected("the record has no title", source)


def authors(written: Iterable[str], groups: Iterable[str]) -> tuple[list[Name], bool]:
    """Return the people of a record in parts, then its groups, and whether the names may be the other way round."""
    read = in_parts(list(map(_suffix_second, written)))
    return [*read.names, *(Name("", "", group, "") for group in groups)], read.doubtful


def _suffix_second(written: str) -> str:
    """Return a name, written `Last, First Jr`, with its suffix second, as it stands in a .bib file."""
    family, comma, given = written.partition(",")
    found = _SUFFIX.search(given)
    if comma and found and found[1].casefold() in SUFFIXES - {"ii", "iv"}:
        return f"{family}, {found[1]}, {given[: found.start()].strip()}"
    return written
