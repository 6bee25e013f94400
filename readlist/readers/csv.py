"""CSV with a header row: from spreadsheets, Zotero, Scopus, and readlist itself; columns are known by their names."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.mark import Mark
from readlist.markup import plain as without_marks
from readlist.paper import Incoming, Paper, Rejected
from readlist.readers import people, reading
from readlist.readers.dates import dated
from readlist.readers.glued_names import apart
from readlist.readers.identifiers import identifiers, is_told
from readlist.readers.making import made, venue_field
from readlist.text import plain, safe_line, safe_verbatim

NAME: Final = "csv"
"""The format's name."""

_COLUMNS: Final = {
    "title": "title itemtitle papertitle articletitle documenttitle name titel titre titulo titolo",
    "fullauthors": "authorfullnames",
    "gluedauthors": "",
    "authors": "author authors authornames creators by autor autoren verfasser auteur auteurs autores autore autori",
    "date": "date publicationdate published issued coverdate datepublished",
    "year": "year publicationyear pubyear jahr annee ano anno",
    "venue": "venue journal sourcetitle publicationtitle publication booktitle conference conferencename source "
    "containertitle journalbook zeitschrift revue revista rivista",
    "doi": "doi itemdoi",
    "arxiv": "arxiv arxivid eprint",
    "url": "link url links address pdf",
    "categories": "category categories subject subjects primarycategory primaryclass",
    "affiliations": "affiliation affiliations authoraffiliations institution institutions",
    "firstpage": "startpage pagestart",
    "lastpage": "endpage pageend",
    "code": "code hascode",
    "score": "score",
    "abstract": "abstract abstractnote summary",
    "key": "key citekey citationkey bibtexkey bibkey",
    "kind": "type kind itemtype contenttype documenttype entrytype",
    "tags": "tags tag manualtags labels",
    "keywords": "keywords authorkeywords",
    "notes": "note notes comment comments",
    "status": "status readstatus readingstatus",
    "rating": "rating ranking stars",
    "priority": "priority",
    "starred": "starred star favorite favourite",
}  # fmt: skip
"""What a column is for, and how people call it, letters only."""
_NAMES: Final = {name: use for use, names in _COLUMNS.items() for name in names.split()}
_FIELDS: Final = {
    "issue": "number", "no": "number", "vol": "volume", "page": "pages", "articleno": "articleno", "artno": "eid",
    "articlenumber": "eid", "journalvolume": "volume", "journalissue": "number", "bookseriestitle": "series",
    "placeofpublication": "address", "seriestitle": "series", "key": "zotero-key",
}  # fmt: skip
"""Other columns, and what a .bib file calls them."""
_FIRST: Final = frozenset((*_NAMES, *_FIELDS))
_KINDS: Final = {
    "article": "article", "journalarticle": "article", "review": "article", "conferencepaper": "inproceedings",
    "inproceedings": "inproceedings", "proceedingspaper": "inproceedings", "booksection": "incollection",
    "bookchapter": "incollection", "chapter": "incollection", "chapterconferencepaper": "inproceedings",
    "incollection": "incollection", "book": "book", "thesis": "phdthesis", "phdthesis": "phdthesis", "misc": "misc",
    "report": "techreport", "techreport": "techreport", "preprint": "misc",
}  # fmt: skip
_YES: Final = frozenset(("yes", "true", "1", "x", "y"))
_NO: Final = frozenset(("no", "false", "0", "n"))
_INERT: Final = re.compile(r"'++(?=[\s']*[=+\-@\t\r＝＋－＠])")
"""An apostrophe at the start that only keeps a spreadsheet from running the cell."""
_NOT_LETTER: Final = re.compile(r"[^a-z]+")
_SCOPUS: Final = re.compile(r"2-s2\.0-\d")
"""What the number of a record of Scopus begins with, whose column is called as BibLaTeX calls that of an article."""
_SEPARATOR: Final = re.compile(r"\ufeff?sep=.\s*")
"""A line in front of the header that tells Excel what stands between the cells."""
_NUMBER: Final = re.compile(r"\(\d{1,20}\)")
_DELIMITERS: Final = ",;\t|"
_LEAST_SURE: Final = 3
"""Columns of a header row that is told from a line of text."""
_LEAST_KNOWN: Final = 2
"""Columns that must be known by name, a title among them, for a source to be CSV."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is CSV of papers: a header row names a title and something else."""
    first = next((line for line in head.splitlines() if line.strip() and not _SEPARATOR.fullmatch(line)), "")
    return len(first) < 1 << 14 and _uses(_header(first)) is not None


def begins(line: str, following: str) -> bool:
    """Whether a line heads a table of papers beyond doubt: all its cells are names of columns, and a row is as long."""
    if _NOT_LETTER.sub("", line[:40].lower().split(_delimiter(line))[0]) not in _FIRST:
        return False
    header = _header(line)
    uses = _uses(header)
    if uses is None or len(uses) < _LEAST_SURE or not all(use in _COLUMNS or use in _FIELDS.values() for use in uses):
        return False
    try:
        row = next(csv.reader([following], delimiter=_delimiter(line)), [])
    except csv.Error:
        return True  # a cell goes on in the next line
    return len(row) == len(header) or (following.count('"') % 2 == 1 and len(row) <= len(header))


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the rows as papers.

    Args:
        lines: The text of the source.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    rows = _Rows(lines)
    uses: list[str] | None = None
    heading = ""
    for number, row, trouble in rows.all():
        if trouble or not any(cell.strip() for cell in row):
            if trouble:
                yield Rejected(number, trouble, rows.written, source, heading=heading)
            continue
        if uses is None:
            uses = _uses(row)
            heading = rows.written if uses else ""
            if uses is None:
                yield Rejected(number, "expected a header row with a column called title", rows.written, source)
            continue
        if len(row) > len(uses) and any(cell.strip() for cell in row[len(uses) :]):
            yield Rejected(
                number, f"the row has {len(row)} cells, the header {len(uses)}", rows.written, source, heading=heading
            )
            continue
        yield _incoming(dict(_cells(uses, row)), source) or Rejected(
            number, "the row has no title", rows.written, source, heading=heading
        )


class _Rows:
    """The rows of a source.

    Attributes:
        written: The row that was given last, as it stands.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        head: list[str] = []
        for line in self._lines:
            separator = _SEPARATOR.fullmatch(line)
            head.append("\n" if separator else line)
            if line.strip() and not separator:
                break
        self._back = deque(head)
        self._delimiter = _delimiter(head[-1]) if head else ","
        self._number = 0
        self._pieces: list[str] = []
        self.written = ""

    def all(self) -> Iterator[tuple[int, list[str], str]]:
        """Yield the number of a row's first line, its cells, and what is wrong with it, if anything is."""
        reader = None
        while True:
            self._pieces = []
            first = self._number + 1
            try:
                if reader is None:
                    reader = self._reader()
                row = next(reader, None)
            except csv.Error as error:
                self._back.extendleft(reversed(self._pieces[1:]))
                self._pieces = self._pieces[:1]
                self._number, reader = first, None
                self._note()
                yield first, [], f"the row cannot be read: {error}"
                continue
            if row is None:
                return
            self._note()
            yield first, row, ""

    def _reader(self) -> Iterator[list[str]]:
        """Return what cuts rows; a row with a wrong quotation mark is an error, and the next ones are read anew."""
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        """Yield the lines, taking note of each."""
        while True:
            line = self._back.popleft() if self._back else next(self._lines, None)
            if line is None:
                return
            self._number += 1
            text = line.replace("\0", "").removeprefix("\ufeff")
            self._pieces.append(text)
            yield text

    def _note(self) -> None:
        """Take note of what the row stood as."""
        self.written = safe_verbatim("".join(self._pieces)[: 1 << 14]).rstrip("\n")


def _header(line: str) -> list[str]:
    """Return the cells of a header row."""
    try:
        return next(csv.reader([line.removeprefix("\ufeff")], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def _delimiter(line: str) -> str:
    """Return the sign that most likely stands between the cells of a header."""
    return max(_DELIMITERS, key=line.count)


def _uses(header: list[str]) -> list[str] | None:
    """Return what each column is for, or its name; None when the header is not one of papers."""
    uses = []
    names = [_NOT_LETTER.sub("", plain(cell)) for cell in header]
    for name, cell in zip(names, header, strict=True):
        use = _NAMES.get(name, "") if name != "key" or "itemtype" not in names else ""  # Zotero's key is for itself
        use = "gluedauthors" if use == "authors" and "itemtitle" in names else use  # Springer's
        uses.append(use if use and use not in uses else _FIELDS.get(name, cell.strip().lower()))
    known = sum(use in _COLUMNS for use in uses)
    return uses if "title" in uses and known >= _LEAST_KNOWN else None


def _cells(uses: list[str], row: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands in the columns, without the signs that keep a spreadsheet from running it."""
    for use, cell in zip(uses, row, strict=False):
        inert = _INERT.match(cell)
        text = cell[inert.end() :] if inert else cell
        if text.strip():
            yield "scopus-eid" if use == "eid" and _SCOPUS.match(text.strip()) else use, text.strip()


def _incoming(cells: dict[str, str], source: str) -> Incoming | None:
    """Return the paper that a row describes; None when it has no title."""
    get: Callable[[str], str] = lambda use: cells.get(use, "")  # noqa: E731 — read in twenty places below
    glued, sure = apart(get("gluedauthors"))
    listed = people.authors(_NUMBER.sub("", get("fullauthors")) or get("authors"))
    kind = _KINDS.get(_NOT_LETTER.sub("", get("kind").casefold()))
    venue = get("venue")
    score = _number(get("score"))
    written = dated(get("date"), year=get("year"))
    extra = [("author", listed.parts), (venue_field(kind), venue if kind else "")]
    extra += [*written.extra, *((name, value) for name, value in cells.items() if name not in _COLUMNS)]
    extra += [("pages", "--".join(page for page in (get("firstpage"), get("lastpage")) if page))]
    extra += [("type", get("kind"))] if get("kind") and not kind else []
    found = identifiers(get("arxiv") or _arxiv_link(get("url")), get("doi") or _doi_link(get("url")))
    extra += [("url", get("url"))] if not is_told(get("url"), found) else []
    extra += [("keywords", get("keywords"))]
    extra += [("doi", get("doi"))] if not found.doi else []
    extra += [("eprint", get("arxiv"))] if not found.arxiv else []
    extra += [("score", get("score"))] if get("score") and score is None else []
    paper = made(
        get("title"),
        source,
        authors=glued or listed.names,
        authors_truncated=listed.truncated,
        affiliations=[*(part.strip() for part in get("affiliations").split(";")), *listed.affiliations],
        categories=_several(get("categories")),
        date=written.date,
        has_code=True if get("code").casefold() in _YES else False if get("code").casefold() in _NO else None,
        score=score,
        abstract=get("abstract"),
        identifiers=found,
        venue=venue,
        kind=kind,
        extra=extra,
        uncertain=("authors",) if listed.doubtful or not sure else (),
    )
    return None if paper is None else Incoming(paper, safe_line(get("key")) or None, _mark(cells))


def _mark(cells: dict[str, str]) -> Mark:
    """Return what a row says of the reader's own."""
    words = [word for use in ("tags", "keywords") for word in reading.keywords(cells.get(use, ""))]
    return reading.mark(
        status=reading.status(cells.get("status", "")),
        starred=cells.get("starred", "").casefold() in _YES,
        tags=reading.tags(words),
        rating=reading.rating(cells.get("rating", "")),
        priority=reading.priority(cells.get("priority", "")),
        notes=[without_marks(cells["notes"]).strip()] if "notes" in cells else (),
    )


def _several(cell: str) -> list[str]:
    """Return the items of a cell that lists some."""
    return [part for piece in cell.split(";" if ";" in cell else ",") if (part := piece.strip())]


def _number(cell: str) -> float | None:
    """Return the number that a cell holds; None when it holds none."""
    return float(cell) if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", cell, re.ASCII) else None


def _arxiv_link(link: str) -> str:
    """Return an address that may name a preprint."""
    return link if "arxiv" in link.casefold() else ""


def _doi_link(link: str) -> str:
    """Return an address that may say a DOI."""
    return link if "doi.org/" in link else ""
