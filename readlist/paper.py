"""What a source says of a paper, and what the library adds to it."""

from __future__ import annotations

from datetime import date as Date
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from readlist.errors import ReadlistError
from readlist.mark import UNMARKED, Mark
from readlist.text import glue

SAMPLE: Final = "sample"
"""The name, as a source, of the listing that readlist ships."""

BY_HAND: Final = "hand"
"""The name, as a source, of the reader who added a paper by hand."""

FROM_MARKS: Final = "marks.json"
"""The name, as a source, of the marks: all that is known of a paper when the catalogue was lost."""

_DATE_LENGTHS: Final = {4: "{}-01-01", 7: "{}-01", 10: "{}"}


def date_ordinal(written: str | None) -> int:
    """Return the day number of a date `YYYY[-MM[-DD]]`, taken as its first day; 0 when there is none.

    Raises:
        ReadlistError: `written` is not such a date.
    """
    if written is None:
        return 0
    shape = _DATE_LENGTHS.get(len(written))
    try:
        if shape is None:
            raise ValueError(written)
        return Date.fromisoformat(shape.format(written)).toordinal()
    except ValueError:
        raise ReadlistError(f"{written!r} is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD") from None


class Identifiers(Struct, frozen=True):
    """The names that the world knows a paper by."""

    arxiv: str | None = None
    """The arXiv id without its version, e.g. `2302.04761` or `hep-th/9901001`."""
    doi: str | None = None
    """The DOI without a resolver's address, in lower case, e.g. `10.1000/182`."""


class Paper(Struct, frozen=True):
    """The facts of one paper as its sources give them; what they do not say is absent."""

    title: str
    """The title as readable text, one safe line, never empty."""
    title_raw: str
    """The title as the source wrote it, LaTeX and all."""
    authors: tuple[str, ...] = ()
    """The listed authors in order, each `First Last` or a group's name."""
    authors_truncated: bool = False
    """Whether the source cut the list ("et al.")."""
    affiliations: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """Subject classes, e.g. `cs.CL`; the first is the primary one."""
    date: str | None = None
    """`YYYY[-MM[-DD]]`."""
    year_inferred: bool = False
    """Whether the source left out the year and it was worked out."""
    has_code: bool | None = None
    score: float | None = None
    abstract: str | None = None
    """The abstract as readable text; paragraphs are separated by newlines."""
    abstract_raw: str | None = None
    identifiers: Identifiers = Identifiers()
    venue: str | None = None
    kind: str | None = None
    """BibTeX's entry type, e.g. `inproceedings`, when a source gave one."""
    extra: tuple[tuple[str, str], ...] = ()
    """The source's other fields in order, raw."""
    sources: tuple[str, ...] = ()
    """Names of the sources that brought the paper in, first to last."""
    uncertain: tuple[str, ...] = ()
    """Names of fields that may be read wrongly."""

    @property
    def is_only_named(self) -> bool:
        """Whether its identifier is all that a source told of it, and stands in for its title."""
        names = (f"arXiv:{self.identifiers.arxiv}", f"doi:{self.identifiers.doi}")
        return not self.authors and self.title in names

    @property
    def id(self) -> str:
        """The paper's opaque id, `p` and 16 hex digits, made from title and first author."""
        from hashlib import sha256

        letters = glue(self.title, self.authors[0] if self.authors else "")
        return "p" + sha256(letters.encode()).hexdigest()[:16]


class Incoming(Struct, frozen=True):
    """A paper together with what its source holds of the reader's own."""

    paper: Paper
    citekey: str | None = None
    """The citation key that the paper goes by there."""
    mark: Mark = UNMARKED
    """What the reader did with it there; a note without id and instants gets them when it is taken over."""
    id: str | None = None
    """The id that readlist gave it elsewhere, which stays the same everywhere."""
    added: str | None = None
    """When it came in there, UTC ISO 8601."""


class Rejected(Struct, frozen=True):
    """A piece of a source that could not be understood."""

    line: int
    """The number of its first line, counted from 1."""
    reason: str
    """What was expected and what was found, as a sentence without a final full stop."""
    text: str
    """What stood there, as it stood."""
    source: str = ""
    """The name of the source."""
    format: str = ""
    """The name of the format that it is in, as far as is known: that of the reader that did not understand it, unless
    that reader says otherwise."""
    heading: str = ""
    """What such records stand under and are not understood without: the header row of a table."""


class Furniture(Struct, frozen=True):
    """A line of a source that belongs to its page and to no paper: a heading, a count, a button."""

    line: int
    """Its number, counted from 1."""
    text: str
    """What stood there, as it stood."""
    source: str = ""
    """The name of the source."""


Found = Paper | Incoming | Rejected | Furniture
"""What a reader gives."""


class Entry(Struct, frozen=True):
    """A paper in the library: its facts, what the library gave it, and the reader's mark."""

    id: str
    """The paper's id when it was first met; it never changes."""
    citekey: str
    """The citation key, unique in the library."""
    added: str
    """When it came in, UTC ISO 8601."""
    paper: Paper
    mark: Mark = field(default=UNMARKED)
    corrected: tuple[str, ...] = ()
    """What the reader corrected by hand, so that the paper differs there from what its sources say."""
    sourced: Paper | None = None
    """What the sources say; None where the reader corrected nothing."""

    @property
    def as_sourced(self) -> Entry:
        """The same without the reader's corrections."""
        return replace(self, paper=self.sourced or self.paper, corrected=(), sourced=None)
