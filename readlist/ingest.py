"""Bringing papers in: a source, its reader, the library; and the sample that readlist ships."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date as Date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from readlist.assets import asset
from readlist.errors import SourceError, StoreError
from readlist.library import Added, Library, Step
from readlist.mark import UNMARKED, Mark, change_tags
from readlist.paper import SAMPLE, Incoming, Paper, Rejected
from readlist.pattern import DEFAULT, Pattern
from readlist.query import Query, parse
from readlist.readers import detect, names, reader
from readlist.readers.decoding import decoded
from readlist.record import Record

BATCH: Final = 1000
"""Papers that go into the catalogue in one transaction: an ingest that is stopped leaves whole batches."""

Found = Paper | Incoming | Rejected
"""What a reader gives."""

_HEAD: Final = 1 << 16
"""Bytes of a source that its format is told by."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that papers are read from."""

    name: str
    """A file's base name, `stdin`, `paste` or `sample`."""
    open: Callable[[], BinaryIO]
    """Gives its bytes, once."""

    @classmethod
    def from_path(cls, path: Path, name: str = "") -> Source:
        """Return the source that is a file."""
        return cls(name or path.name, lambda: path.open("rb"))

    @classmethod
    def from_text(cls, text: str, name: str = "paste") -> Source:
        """Return the source that is a text at hand."""
        return cls(name, lambda: io.BytesIO(text.encode("utf-8", "surrogatepass")))

    @classmethod
    def stdin(cls) -> Source:
        """Return the source that is the standard input."""
        return cls("stdin", lambda: sys.stdin.buffer)


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, over all its sources."""

    format: str | None = None
    """The format of the sources; None when they differ, or when there was none."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    uncertain: int = 0
    """How many of the accepted papers have a field that may be read wrongly."""
    rejected: tuple[Rejected, ...] = field(default=())
    refused: tuple[tuple[str, str], ...] = field(default=())
    """Citation keys of the sources that could not be kept, each with the one that the paper goes by."""

    @property
    def accepted(self) -> int:
        """How many papers are in the library now because of it, or were there already."""
        return self.new + self.updated + self.unchanged

    @property
    def read(self) -> int:
        """How many records there were."""
        return self.accepted + len(self.rejected)

    def record(self) -> Record:
        """Return the report as the object that `--json` prints; keys that were refused are in it if there are any."""
        refused: Record = {"refused_keys": dict(self.refused)} if self.refused else {}
        return {
            "format": self.format,
            "read": self.read,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "uncertain": self.uncertain,
            "rejected": [
                {"line": one.line, "reason": one.reason, "text": one.text, "source": one.source}
                for one in self.rejected
            ],
            **refused,
        }


def ingest(
    library: Library,
    sources: Iterable[Source],
    *,
    as_of: Date,
    format: str | None = None,  # noqa: A002 — the word that users know it by
    tags: Iterable[str] = (),
    dry_run: bool = False,
    progress: Callable[[Report], None] | None = None,
    undoable: bool = True,
    pattern: Pattern = DEFAULT,
) -> Report:
    """Read the sources and add their papers to the library, as one step that can be undone.

    What a source holds of the reader's own, such as tags and notes, becomes the mark of papers that have none, as a
    step after it.

    Args:
        library: Where the papers go.
        sources: Read one after the other.
        as_of: The day that dates without a year are counted back from.
        format: The name of a reader; found out from the contents when None.
        tags: Given to every accepted paper, as one step.
        dry_run: Find out what would happen and leave the library as it is.
        progress: Told of the report so far after each batch; what it raises ends the ingest between batches.
        undoable: Whether it is a step.
        pattern: What the citation keys of new papers are made of.

    Raises:
        SourceError: A source cannot be read, or no reader knows its format.
        ReadlistError: The library cannot be written.
    """
    change = change_tags(add=tags) if (tags := tuple(tags)) else None
    report = Report()
    formats: set[str] = set()
    ids: list[str] = []
    created: list[str] = []
    read: list[str] = []
    marks: dict[str, Mark] = {}
    try:
        for source in sources:
            with _lines(source) as lines:
                name, all_lines = _format_of(source, lines, format)
                formats.add(name)
                read.append(source.name)
                found = reader(name).read(all_lines, as_of=as_of, source=source.name)
                for batch in _batches(found, None if dry_run else BATCH):
                    report, added = _take_in(library, batch, report, pattern, dry_run=dry_run)
                    created.extend(added.created if undoable and not dry_run else ())
                    ids.extend(added.ids if change else ())
                    marks = _marks_of(batch, added) | marks
                    if progress:
                        progress(report)
    except BaseException:
        with suppress(StoreError):  # what ended the ingest is told rather than that it cannot be undone
            _make_step(library, read, created)
            _take_over(library, read, {} if dry_run else marks)
        raise
    _make_step(library, read, created)
    _take_over(library, read, {} if dry_run else marks)
    if change and not dry_run:
        library.mark(ids, change)
    return replace(report, format=formats.pop() if len(formats) == 1 else None)


def _make_step(library: Library, read: list[str], created: list[str]) -> None:
    """Make what came in from these sources a step that can be undone."""
    library.took_in(f"ingest {', '.join(read)}", created)


def _take_over(library: Library, read: list[str], marks: dict[str, Mark]) -> None:
    """Give papers without a mark the marks that the sources have for them."""
    if marks:
        library.take_over(f"marks from {', '.join(read)}", marks)


def _marks_of(batch: list[Found], added: Added) -> dict[str, Mark]:
    """Return the marks that come with a batch, by paper; the first, if a paper comes twice."""
    papers = (one for one in batch if not isinstance(one, Rejected))
    marked = [
        (key, one.mark)
        for one, key in zip(papers, added.ids, strict=True)
        if isinstance(one, Incoming) and one.mark != UNMARKED
    ]
    return dict(reversed(marked))


def _batches(found: Iterator[Found], size: int | None) -> Iterator[list[Found]]:
    """Yield what was found in lists of `size`, or all of it in one."""
    while batch := list(islice(found, size)):
        yield batch


def _take_in(
    library: Library, batch: list[Found], report: Report, pattern: Pattern, *, dry_run: bool
) -> tuple[Report, Added]:
    """Add one batch; the report with its figures, and what became of it."""
    papers = [one for one in batch if not isinstance(one, Rejected)]
    doubtful = (bool((one.paper if isinstance(one, Incoming) else one).uncertain) for one in papers)
    added = library.add(papers, dry_run=dry_run, pattern=pattern)
    return replace(
        report,
        new=report.new + added.new,
        updated=report.updated + added.updated,
        unchanged=report.unchanged + added.unchanged,
        uncertain=report.uncertain + sum(doubtful),
        rejected=(*report.rejected, *(one for one in batch if isinstance(one, Rejected))),
        refused=(*report.refused, *added.refused),
    ), added


def _format_of(source: Source, lines: Iterator[str], named: str | None) -> tuple[str, Iterator[str]]:
    """Return the name of the source's format, and its lines as if none had been looked at.

    Raises:
        SourceError: No reader knows it.
    """
    if named is not None:
        return reader(named).NAME, lines
    head: list[str] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line)
        if size > _HEAD:
            break
    found = detect("".join(head))
    if found is None and any(line.strip() for line in head):
        raise SourceError(f"{source.name}: no reader knows this format", f"formats: {', '.join(names())}")
    return found or names()[0], chain(head, lines)


@contextmanager
def _lines(source: Source) -> Iterator[Iterator[str]]:
    """Open a source and give its lines.

    Raises:
        SourceError: It cannot be opened or read, or is no text.
    """
    try:
        with source.open() as file:
            yield decoded(file, source.name)
    except IsADirectoryError:
        raise SourceError(f"{source.name} is a folder, not a file") from None
    except OSError as error:
        raise SourceError(f"cannot read {source.name}: {error.strerror or error}") from error


def sample() -> Source:
    """Return the listing that readlist ships."""
    return Source.from_path(asset("sample.txt"), SAMPLE)


def sample_as_of() -> Date:
    """Return the day that the sample's dates without a year are counted back from."""
    return Date.fromisoformat(asset("sample.as-of").read_text().strip())


def welcome(library: Library, pattern: Pattern = DEFAULT) -> bool:
    """Bring the sample into a library that has never held a paper; whether it was brought in."""
    if library.read_only or not library.fresh:
        return False
    ingest(library, [sample()], as_of=sample_as_of(), undoable=False, pattern=pattern)
    return True


def remove_sample(library: Library) -> tuple[Step | None, int]:
    """Remove the sample's papers; the step, and how many stay because the reader has marked them."""
    return remove_unmarked(library, parse(f"source:{SAMPLE}", statuses=(), today=sample_as_of()))


def remove_unmarked(library: Library, query: Query) -> tuple[Step | None, int]:
    """Remove the papers that match, except those that the reader has marked.

    Returns the step (None when there was nothing to remove), and how many matching papers stay.

    Raises:
        ReadlistError: The library cannot be written.
    """
    found = library.entries(library.select(query))
    bare = [entry.id for entry in found if entry.mark == UNMARKED]
    return library.remove(bare), len(found) - len(bare)
