"""The saved views as the marks file, the history and the catalogue keep them.

In the marks file they are a table of their own, one document a view, which the reader may have emptied; where there
is no such table, the reader never changed the views that readlist comes with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, Final

from msgspec import Struct

from readlist.errors import DamagedError, DamagedMarksError, UsageError
from readlist.record import Json, Record, RecordError
from readlist.store.connection import RESCUE
from readlist.store.envelope import RESTORE, Tables
from readlist.view import View, all_checked

TABLE: Final = "views"
"""TinyDB's table of them."""

_OPENING: Final = b'\n"views": {\n'
_TEXTS: Final = ("name", "query", "order")
_FIELDS: Final = frozenset((*_TEXTS, "place"))

Views = tuple[View, ...] | None
"""The views in their order; None when the reader never changed them."""


class Replaced(Struct, frozen=True):
    """The saved views before and after a step; the same on both sides if the step left them alone."""

    before: Views
    after: Views

    @property
    def left_alone(self) -> bool:
        """Whether they were changed since then, so that an undo or redo let them be."""
        return self.before == self.after

    def record(self) -> Record:
        """Return it as the history has it."""
        return {"before": _records(self.before), "after": _records(self.after)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Replaced:
        """Return what `record` made."""
        return cls(_of_records(record["before"]), _of_records(record["after"]))


def _record(view: View) -> dict[str, Json]:
    return {name: getattr(view, name) for name in _TEXTS}


def _records(views: Views) -> Json:
    return None if views is None else [_record(view) for view in views]


def _of_records(records: Iterable[Mapping[str, Any]] | None) -> Views:
    return None if records is None else tuple(View(*(record[name] for name in _TEXTS)) for record in records)


# ---------------------------------------------------------------------- in the catalogue


def mirrored(views: tuple[View, ...]) -> str:
    """Return views as the catalogue's mirror has them."""
    return json.dumps(_records(views), ensure_ascii=False, separators=(",", ":"))


def from_mirror(record: str) -> Views:
    """Return the views that `mirrored` wrote.

    Raises:
        DamagedError: It did not write this.
    """
    try:
        return _of_records(json.loads(record))
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedError("catalogue.sqlite is damaged: the views in it cannot be read", RESCUE) from error


# ---------------------------------------------------------------------- in the marks file


def views_of(tables: Tables) -> Views:
    """Return the views that tables hold which `check` has passed."""
    if TABLE not in tables:
        return None
    return _of_records(sorted(tables[TABLE].values(), key=itemgetter("place")))


def table_of(views: tuple[View, ...]) -> dict[str, Record]:
    """Return the documents that stand for views, by their numbers."""
    return {number_of(view.name): {**_record(view), "place": place} for place, view in enumerate(views, 1)}


def number_of(name: str) -> str:
    """Return the number of a view's document, which comes from its name: each machine gives it the same one."""
    from hashlib import sha256

    return str(int.from_bytes(sha256(name.encode()).digest()[:8]) >> 1 or 1)


def count_in(data: bytes) -> int:
    """Return how many views there are in a marks file that is whole."""
    begin = data.rfind(_OPENING)
    if begin < 0:
        return 0
    return data.count(b"\n", begin + len(_OPENING), data.rindex(b'"envelope"')) - 1  # one line closes the table


def check(tables: Tables, name: str) -> None:
    """Make sure that the documents of the views are ones that readlist wrote.

    Raises:
        DamagedMarksError: They are not.
    """
    table = tables.get(TABLE, {})
    for key, document in table.items():
        try:
            _check_document(document)
            number = number_of(document["name"])
            if number != key:
                raise RecordError(f"it is that of the view {document['name']!r:.60}, whose number is {number}")
        except RecordError as error:
            why = f"{name} is damaged: the record {key} cannot be read: {error.message}"
            raise DamagedMarksError(why, RESTORE) from error
    if sorted(document["place"] for document in table.values()) != list(range(1, len(table) + 1)):
        raise DamagedMarksError(f"{name} is damaged: the places of the views are not 1 to {len(table)}", RESTORE)


def taken_over(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Record]:
    """Return the documents of views that a person or git may have written, as readlist would write them.

    Raises:
        ValueError: One of them is no view, or two go by one name.
    """
    for key, document in table.items():
        try:
            _check_document(document)
        except RecordError as error:
            raise ValueError(f"the record {key}: {error.message}") from error
    ordered = sorted(table.values(), key=itemgetter("place", "name"))
    try:
        return table_of(all_checked(_of_records(ordered) or ()))
    except UsageError as error:
        raise ValueError(f"views: {error.message}") from error


def _check_document(document: Mapping[str, Any]) -> None:
    """Make sure that a document has the shape of a view.

    Raises:
        RecordError: A key is missing or unknown, or has a value of the wrong kind; the message names it.
    """
    if document.keys() != _FIELDS:
        wrong = min(document.keys() ^ _FIELDS)
        raise RecordError(f"{wrong} is {'missing' if wrong in _FIELDS else 'not known'}")
    for field in _TEXTS:
        if not isinstance(document[field], str) or not (document[field] or field == "query"):
            raise RecordError(f"{field} should be text, not {document[field]!r:.60}")
    if type(document["place"]) is not int or document["place"] < 1:
        raise RecordError(f"place should be a whole number from 1 on, not {document['place']!r:.60}")
