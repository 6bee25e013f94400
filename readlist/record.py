"""Papers and marks as plain JSON objects and back: the one shape that files, exports and `--json` share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import TypeVar

from readlist.errors import ReadlistError
from readlist.mark import MAX_PRIORITY, MAX_RATING, Mark, Note
from readlist.paper import Entry, Identifiers, Paper

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""A value that JSON can hold."""

Record = dict[str, Json]
"""A JSON object."""

T = TypeVar("T")


class RecordError(ReadlistError):
    """A JSON object does not have the shape it should have; the message names the place in it."""


def paper_record(paper: Paper) -> Record:
    """Return the facts of a paper as a JSON object, every key present."""
    return {
        "kind": paper.kind,
        "title": paper.title,
        "title_raw": paper.title_raw,
        "authors": list(paper.authors),
        "authors_truncated": paper.authors_truncated,
        "affiliations": list(paper.affiliations),
        "categories": list(paper.categories),
        "date": paper.date,
        "year_inferred": paper.year_inferred,
        "has_code": paper.has_code,
        "score": paper.score,
        "abstract": paper.abstract,
        "abstract_raw": paper.abstract_raw,
        "identifiers": {"arxiv": paper.identifiers.arxiv, "doi": paper.identifiers.doi},
        "venue": paper.venue,
        "extra": dict(paper.extra),
        "sources": list(paper.sources),
        "uncertain": list(paper.uncertain),
    }


def mark_record(mark: Mark) -> Record:
    """Return a mark as a JSON object, every key present."""
    return {
        "status": mark.status,
        "status_dates": dict(mark.status_dates),
        "starred": mark.starred,
        "tags": list(mark.tags),
        "rating": mark.rating,
        "priority": mark.priority,
        "rank": mark.rank,
        "notes": [
            {"id": note.id, "text": note.text, "created": note.created, "changed": note.changed} for note in mark.notes
        ],
        "changed": mark.changed,
    }


def entry_record(entry: Entry) -> Record:
    """Return an entry as the object that `--json` prints (the contract with users)."""
    return {
        "id": entry.id,
        "citekey": entry.citekey,
        **paper_record(entry.paper),
        "corrected": list(entry.corrected),
        "added": entry.added,
        "mark": mark_record(entry.mark),
    }


class _Fields:
    """Strict reading of one JSON object; every error names the path to the value at fault."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise RecordError(f"{path or 'the record'} is not an object")
        self._values: Mapping[str, object] = value
        self._path = path

    def _wrong(self, key: str, expected: str) -> RecordError:
        place = f"{self._path}.{key}" if self._path else key
        return RecordError(f"{place} should be {expected}, not {self._values.get(key)!r:.60}")

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if not isinstance(value, str):
            raise self._wrong(key, "text")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self._values.get(key) is None else self.text(key)

    def boolean(self, key: str) -> bool:
        value = self._values.get(key)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def boolean_or_none(self, key: str) -> bool | None:
        return None if self._values.get(key) is None else self.boolean(key)

    def number_or_none(self, key: str) -> float | None:
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, "a number")
        return float(value)

    def finite_or_none(self, key: str) -> float | None:
        try:
            number = self.number_or_none(key)
        except OverflowError:
            raise self._wrong(key, "a number that is not too large") from None
        if number is not None and not isfinite(number):
            raise self._wrong(key, "a number")
        return number

    def whole_number(self, key: str, most: int) -> int:
        value = self._values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise self._wrong(key, f"a whole number from 0 to {most}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        value = self._values.get(key)
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self._wrong(key, "an object of texts")
        return tuple(value.items())

    def objects(self, key: str, make: Callable[[_Fields], T]) -> tuple[T, ...]:
        value = self._values.get(key)
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        place = f"{self._path}.{key}" if self._path else key
        return tuple(make(_Fields(item, f"{place}[{index}]")) for index, item in enumerate(value))

    def inner(self, key: str) -> _Fields:
        return _Fields(self._values.get(key), f"{self._path}.{key}" if self._path else key)


def paper_from(record: object, path: str = "") -> Paper:
    """Return the paper that a JSON object describes.

    Raises:
        RecordError: A key is missing or has a value of the wrong kind; the message names it.
    """
    fields = _Fields(record, path)
    identifiers = fields.inner("identifiers")
    return Paper(
        title=fields.text("title"),
        title_raw=fields.text("title_raw"),
        authors=fields.texts("authors"),
        authors_truncated=fields.boolean("authors_truncated"),
        affiliations=fields.texts("affiliations"),
        categories=fields.texts("categories"),
        date=fields.text_or_none("date"),
        year_inferred=fields.boolean("year_inferred"),
        has_code=fields.boolean_or_none("has_code"),
        score=fields.number_or_none("score"),
        abstract=fields.text_or_none("abstract"),
        abstract_raw=fields.text_or_none("abstract_raw"),
        identifiers=Identifiers(identifiers.text_or_none("arxiv"), identifiers.text_or_none("doi")),
        venue=fields.text_or_none("venue"),
        kind=fields.text_or_none("kind"),
        extra=fields.pairs("extra"),
        sources=fields.texts("sources"),
        uncertain=fields.texts("uncertain"),
    )


def _note_from(fields: _Fields) -> Note:
    return Note(fields.text("id"), fields.text("text"), fields.text("created"), fields.text("changed"))


def mark_from(record: object, path: str = "") -> Mark:
    """Return the mark that a JSON object describes.

    Raises:
        RecordError: A key is missing or has a value of the wrong kind; the message names it.
    """
    fields = _Fields(record, path)
    return Mark(
        status=fields.text("status"),
        status_dates=fields.pairs("status_dates"),
        starred=fields.boolean("starred"),
        tags=fields.texts("tags"),
        rating=fields.whole_number("rating", MAX_RATING),
        priority=fields.whole_number("priority", MAX_PRIORITY),
        rank=fields.finite_or_none("rank"),
        notes=fields.objects("notes", _note_from),
        changed=fields.text_or_none("changed"),
    )


def entry_from(record: object, path: str = "") -> Entry:
    """Return the entry that a JSON object describes.

    Raises:
        RecordError: A key is missing or has a value of the wrong kind; the message names it.
    """
    fields = _Fields(record, path)
    return Entry(
        id=fields.text("id"),
        citekey=fields.text("citekey"),
        added=fields.text("added"),
        paper=paper_from(record, path),
        mark=mark_from(record.get("mark") if isinstance(record, dict) else None, f"{path}.mark" if path else "mark"),
    )
