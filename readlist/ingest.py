"""Bringing papers in: a source, its reader, the library; and the sample that readlist ships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date as Date
from itertools import chain, islice
from typing import BinaryIO, Final

from msgspec import Struct, field
from msgspec.structs import replace

from readlist.assets import asset
from readlist.decided import FromLibrary
from readlist.errors import SourceError, StoreError
from readlist.ids import PaperIds
from readlist.library import Added, Course, Foreign, Library, Ongoing, Step
from readlist.mark import UNMARKED, Mark, change_tags
from readlist.paper import SAMPLE, Found, Furniture, Incoming, Paper, Rejected
from readlist.pattern import DEFAULT, Pattern
from readlist.query import Query, parse
from readlist.readers.parts import parts
from readlist.report import Marked, Report, rejects_spool
from readlist.sources import Source as Source  # noqa: PLC0414 — those who ingest find it here
from readlist.sources import opened
from readlist.spool import Spool

BATCH: Final = 1000
"""Papers that go into the catalogue in one transaction: an ingest that is stopped leaves whole batches."""


def ingest(
    library: Library,
    sources: Iterable[Source],
    *,
    as_of: Date,
    format: str | None = None,  # noqa: A002 — the word that users know it by
    encoding: str | None = None,
    tags: Iterable[str] = (),
    dry_run: bool = False,
    progress: Callable[[Report], None] | None = None,
    undoable: bool = True,
    pattern: Pattern = DEFAULT,
) -> Report:
    """Read the sources and add their papers to the library, as one step that can be undone.

    What a source holds of the reader's own, such as tags and notes, becomes the mark of papers that have none, in the
    same step.

    Args:
        library: Where the papers go.
        sources: Read one after the other.
        as_of: The day that dates without a year are counted back from.
        format: The name of a reader; found out from the contents when None.
        encoding: What the sources are encoded in; found out when None.
        tags: Given to every accepted paper.
        dry_run: Find out what would happen and leave the library as it is.
        progress: Told of the report so far after each batch; what it raises ends the ingest between batches.
        undoable: Whether it is a step; what is none brings no marks.
        pattern: What the citation keys of new papers are made of.

    Raises:
        SourceError: A source cannot be read, or no reader knows its format; one of a folder's files is passed over.
        ReadlistError: The library cannot be written.
    """
    change = change_tags(add=tags) if (tags := tuple(tags)) else None
    sizes = [source.size for source in sources] if isinstance(sources, Sequence) else [None]
    ongoing = Ongoing.new("ingest") if undoable and not dry_run else None
    accepted: list[str] | None = [] if change else None
    run = _Run(
        library=library,
        as_of=as_of,
        format=format,
        encoding=encoding,
        pattern=pattern,
        progress=progress,
        ongoing=ongoing,
        dry_run=dry_run,
        accepted=accepted,
    )
    run.report = Report(size=None if None in sizes else sum(filter(None, sizes)))
    try:
        for source in sources:
            run.read(source)
    except BaseException as error:
        if isinstance(error, SourceError):  # what would come in before it
            run.rehearse()
        with suppress(StoreError):  # what ended the ingest is told rather than that it cannot be undone
            run.make_step(Foreign(run.marks, decided=run.decided))
        raise
    run.rehearse()
    foreign = Foreign(run.marks, run.accepted or (), change if run.accepted else None, run.decided)
    if foreign and (ongoing or dry_run):
        run.report = replace(run.report, marked=Marked.of(library.coming(foreign)))
    run.make_step(foreign)
    format = run.formats.pop() if len(run.formats) == 1 else None  # noqa: A001 — as above
    return replace(run.report, format=format, created=run.created)


class _Run(Struct, kw_only=True):
    """An ingest that is under way."""

    library: Library
    as_of: Date
    format: str | None
    pattern: Pattern
    progress: Callable[[Report], None] | None
    ongoing: Ongoing | None
    """What becomes a step; None when none is to be made."""
    dry_run: bool
    encoding: str | None
    accepted: list[str] | None
    """The papers that are in the library now, if they are needed."""
    report: Report = field(default_factory=Report)
    formats: set[str] = field(default_factory=set)
    created: PaperIds = field(default_factory=PaperIds)
    """Those that are new, in the order of their coming."""
    course: Course = field(default_factory=Course)
    """What it has met so far."""
    decided: dict[str, FromLibrary] = field(default_factory=dict)
    """Papers that came with decisions, by the ids that they have in the library; the first, if one comes twice."""
    rejected: Spool[Rejected] = field(default_factory=rejects_spool)
    furniture: Spool[Furniture] = field(
        default_factory=lambda: Spool(Furniture, lambda one: (one.line, one.text, one.source))
    )
    names: list[str] = field(default_factory=list)
    """What was read."""
    ahead: list[list[Paper | Incoming]] = field(default_factory=list)
    """The batches of a dry run, which finds out about all together: what comes first tells on what comes then."""
    marks: dict[str, Mark] = field(default_factory=dict)
    """What the sources hold of the reader's own, by paper; the first, if a paper comes twice."""

    def read(self, source: Source) -> None:
        """Take in one source; one of a folder's files that cannot be read is told and passed over.

        Raises:
            SourceError: It cannot be read, or no reader knows its format.
        """
        before = self.report.done
        try:
            with opened(source, self.encoding, lambda: self._guessed(source.name)) as (file, lines):
                self._take_in_all(source, file, lines, before)
        except SourceError as error:
            if not source.in_folder:
                raise
            reason = error.message.removeprefix(f"{source.name}: ").removeprefix(f"{source.name} ")
            self.report = replace(self.report, skipped=(*self.report.skipped, (source.name, reason)))
        self.report = replace(self.report, done=before + (source.size or 0))

    def _guessed(self, name: str) -> None:
        """Take note of a source whose encoding was guessed."""
        if name not in self.report.guessed[-1:]:
            self.report = replace(self.report, guessed=(*self.report.guessed, name))

    def _take_in_all(self, source: Source, file: BinaryIO, lines: Iterator[str], before: int) -> None:
        """Take in what a source holds, batch by batch, and tell how far it is."""
        self.names.append(source.name)
        if self.ongoing:
            self.ongoing = replace(self.ongoing, name=f"ingest {', '.join(self.names)}")
        for batch in self._batches(source, lines):
            if self.dry_run:
                self.ahead.append(batch)
            else:
                self._take_in(batch)
            done = before + (_place(file) if source.size else 0)
            rejected, furniture = self.rejected.so_far, self.furniture.so_far
            self.report = replace(self.report, done=done, rejected=rejected, furniture=furniture)
            if self.progress:
                self.progress(self.report)

    def _batches(self, source: Source, lines: Iterator[str]) -> Iterator[list[Paper | Incoming]]:
        """Yield the papers of a source in batches; the rest of it goes to the spools.

        Raises:
            StoreError: What was not understood cannot be put aside.
        """
        found = self._found(source, lines)
        for first in found:
            papers: list[Paper | Incoming] = []
            for one in chain((first,), islice(found, BATCH - 1)):
                if isinstance(one, Paper | Incoming):
                    papers.append(one)
                else:
                    self._put_aside(one)
            yield papers

    def _put_aside(self, one: Rejected | Furniture) -> None:
        """Keep what is no paper.

        Raises:
            StoreError: There is no room for it.
        """
        try:
            if isinstance(one, Rejected):
                self.rejected.append(one)
            else:
                self.furniture.append(one)
        except OSError as error:
            why = f"what was not understood cannot be kept in a temporary file: {error.strerror}"
            raise StoreError(why, "make room, or set TMPDIR to a folder that has some") from error

    def _found(self, source: Source, lines: Iterator[str]) -> Iterator[Found]:
        """Yield what a source holds, each part of it read by the reader of its format."""
        for part in parts(lines, source.name, self.format):
            self.formats.add(part.name)
            yield from part.read(as_of=self.as_of, source=source.name)

    def _take_in(self, papers: list[Paper | Incoming]) -> None:
        """Add one batch."""
        if self.ongoing:
            self.course.meet(papers)
        added = self.library.add(papers, pattern=self.pattern, ongoing=self.ongoing, course=self.course)
        self.created.update(added.created)
        self._note(papers, added)

    def rehearse(self) -> None:
        """Find out what the batches of a dry run would do."""
        if not self.ahead:
            return
        told = self.library.rehearse(self.ahead, pattern=self.pattern, course=self.course)
        for papers, added in zip(self.ahead, told, strict=True):
            self._note(papers, added)
        self.ahead.clear()
        if self.progress:
            self.progress(self.report)

    def _note(self, papers: list[Paper | Incoming], added: Added) -> None:
        """Take note of what became of one batch."""
        before = self.report
        self.report = replace(
            before,
            new=before.new + added.new,
            updated=before.updated + added.updated,
            unchanged=before.unchanged + added.unchanged,
            uncertain=before.uncertain + len(added.uncertain),
            refused=(*before.refused, *added.refused),
            elsewhere=before.elsewhere + added.elsewhere,
            twins=(*before.twins, *added.twins),
        )
        if self.accepted is not None:
            self.accepted.extend(added.ids)
        self._note_own(papers, added)

    def _note_own(self, papers: list[Paper | Incoming], added: Added) -> None:
        """Take note of what the papers of a batch come with that their readers decided."""
        for one, paper_id in zip(papers, added.ids, strict=True):
            if isinstance(one, Incoming) and one.mark != UNMARKED:
                self.marks.setdefault(paper_id, one.mark)
            if isinstance(one, FromLibrary) and one.id in self.course.decided:
                self.decided.setdefault(paper_id, one)

    def make_step(self, foreign: Foreign) -> None:
        """Make what came in, and the marks that came with it, one step that can be undone."""
        if self.ongoing:
            self.library.took_in(self.ongoing, foreign, self.report.twins)


def _place(file: BinaryIO) -> int:
    """Return how many bytes of a file have been read."""
    try:
        return file.tell()
    except OSError:
        return 0


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
