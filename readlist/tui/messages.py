"""Facts that threads and widgets tell the screen."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from readlist.errors import ReadlistError
from readlist.library import Step

if TYPE_CHECKING:
    from readlist.clipboard import Outcome
    from readlist.living import Shown
    from readlist.mark import Change
    from readlist.paper import Entry
    from readlist.query import Facet, Query, Text
    from readlist.query.completing import Candidate
    from readlist.report import Report
    from readlist.store.backups import Backup
    from readlist.store.drafts import Draft
    from readlist.store.runs import Run
    from readlist.tui.saver import Unsaved
    from readlist.tui.screens.menu import Menu
    from readlist.view import View


@dataclass(eq=False, repr=False)
class Found(Message):
    """A search has an answer."""

    number: int
    """Which search it was; older ones are of no interest."""
    rows: array[int]
    query: Query
    whole: bool
    """Whether these are all; False for the first page."""
    hidden: frozenset[str] | None = None
    """Which of the selected papers are not among these; None if that is not known yet."""
    sought: tuple[Text, ...] = ()
    """The texts that papers are wanted for."""
    meant: tuple[str, ...] = ()
    """Words that were likely meant, where there is no paper."""
    instead: str = ""
    """The query with these words in it, if that finds papers."""
    rest: bool = False
    """Whether these are the papers of a query without the part of it that cannot be understood."""


@dataclass(eq=False, repr=False)
class Counted(Message):
    """What the listed papers have in common is known, and how many papers some of the views have."""

    number: int
    """Which counting it was; older ones are of no interest."""
    facets: tuple[Facet, ...]
    views: tuple[View, ...]
    sizes: dict[View, int]


@dataclass(eq=False, repr=False)
class Misread(Message):
    """A query cannot be understood, or the library not be read."""

    number: int
    error: ReadlistError


@dataclass(eq=False, repr=False)
class KeptExports(Message):
    """The exports that are kept up to date."""

    exports: tuple[Shown, ...]


@dataclass(eq=False, repr=False)
class Warned(Message):
    """Something beside what was asked for could not be done."""

    words: str


@dataclass(eq=False, repr=False)
class Completed(Message):
    """The names that may complete the query are known."""

    number: int
    """Which question it was; the answers to older ones are of no interest."""
    candidates: tuple[Candidate, ...]


@dataclass(eq=False, repr=False)
class Retraceable(Message):
    """It is known whether there is a step to undo, and one to redo."""

    undo: bool
    redo: bool


@dataclass(eq=False, repr=False)
class Weighed(Message):
    """It is known what a key does to many papers."""

    ids: list[str]
    change: Change


@dataclass(eq=False, repr=False)
class Saved(Message):
    """A change is on the disk, or was not needed."""

    step: Step | None
    words: str = ""
    """What to say instead of the step's own description."""
    ids: tuple[str, ...] = ()
    """The papers that it was about, where there is no step that says so."""
    unsaved: tuple[Unsaved, ...] = ()
    """What the disk still refuses."""


@dataclass(eq=False, repr=False)
class NotSaved(Message):
    """A change could not be made."""

    error: ReadlistError
    unsaved: tuple[Unsaved, ...] = ()
    """The changes that wait for another try; none if this one was refused for good."""


@dataclass(eq=False, repr=False)
class Failed(Message):
    """Something else than a change could not be done."""

    error: ReadlistError


@dataclass(eq=False, repr=False)
class Done(Message):
    """Something else than a change was done."""

    words: str


@dataclass(eq=False, repr=False)
class Exported(Message):
    """A file was written."""

    words: str
    line: str
    """Where it is, as the reader has typed it."""
    notes: bool = False
    """Whether it has the notes of papers, and not the papers."""


@dataclass(eq=False, repr=False)
class Chosen(Message):
    """The papers that are to be selected are known."""

    ids: list[str]


@dataclass(eq=False, repr=False)
class Picked(Message):
    """The papers of a query that are to be selected, or dropped from the selection, are known."""

    ids: tuple[str, ...]
    away: bool


@dataclass(eq=False, repr=False)
class Damaged(Message):
    """The marks cannot be read."""

    backups: tuple[Backup, ...]
    """What can be put in their place, newest first."""


@dataclass(eq=False, repr=False)
class Mended(Message):
    """Marks that could not be read are there again."""

    words: str


@dataclass(eq=False, repr=False)
class Settled(Message):
    """Every change that was asked for is on the disk, or the disk has refused it."""

    unsaved: tuple[Unsaved, ...]


@dataclass(eq=False, repr=False)
class RunFound(Message):
    """Where the reader is in triage is known."""

    run: Run | None
    """The run that was kept last."""
    new: Run
    """The run that would begin now."""


@dataclass(eq=False, repr=False)
class NextKnown(Message):
    """What is to be read next is known."""

    entry: Entry | None
    """None if the queue is empty."""
    place: int
    """Where it stands in the queue, from 1."""
    count: int
    """How many papers are in the queue."""


@dataclass(eq=False, repr=False)
class DraftsFound(Message):
    """Notes were being written when an app was ended from outside."""

    drafts: tuple[Draft, ...]
    """Newest first."""
    about: Entry | None = None
    """The paper on which a new note is to be written, if it was for that one that they were looked for."""


@dataclass(eq=False, repr=False)
class DraftKept(Message):
    """The draft of the note that is being written is on the disk, or could not be kept."""

    error: ReadlistError | None


@dataclass(eq=False, repr=False)
class ChangedElsewhere(Message):
    """Another process has changed the library."""


@dataclass(eq=False, repr=False)
class Ingested(Message):
    """An ingest has ended, or has come so far."""

    report: Report
    done: bool
    stopped: bool = False
    """Whether the reader stopped it before its end."""
    seconds: float = 0.0
    """How long it has been running."""


@dataclass(eq=False, repr=False)
class LookedAlike(Message):
    """Papers that came in look like others."""

    count: int


@dataclass(eq=False, repr=False)
class Copied(Message):
    """A text was copied, or could not be."""

    what: str
    text: str
    outcome: Outcome


@dataclass(eq=False, repr=False)
class Previewed(Message):
    """What a key of the copy menu would copy is known."""

    menu: Menu
    key: str
    text: str
