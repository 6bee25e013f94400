"""What may complete a query at the place where it is being typed, as far as the language itself knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from readlist.errors import QueryError
from readlist.query.fields import FIELDS, FLAGS, MOMENTS, NUMBERS, ORDERS
from readlist.query.tokens import LABELS, LONGEST, Kind, tokens
from readlist.query.tree import Label, Text, wording
from readlist.settings import Status
from readlist.text import plain, safe_line, words

NAMED: Final = ("author", "affil", "cat", "source", "tag", "key")
"""The fields whose values are names that papers have: a library knows them, the language does not."""

_LEAST: Final = 2
"""Letters of a word from which it is completed to a field: one letter begins nearly everything."""
_LEAST_OF_FLAG: Final = 3
_YEARS: Final = 6
_ASCENDING: Final = frozenset({"title", "author", "status", "queue"})
"""The orders that are rarely wanted the other way round."""
_ENDS: Final = re.compile(r'[\s)]|"(?=[\s)]|$)')
_MEANT: Final = {
    "title": "words of the title",
    "author": "an author",
    "affil": "an affiliation",
    "abstract": "words of the abstract",
    "note": "words of your notes",
    "tag": "a tag, or its first part",
    "cat": "a category, e.g. cs.CL",
    "source": "where it came from",
    "key": "a citation key",
    "status": "how far you have read",
    "year": "2023, 2022..2024, >=2022",
    "date": "2023-06, 2023-06..2023-09",
    "added": "when it came in: 7d, today",
    "changed": "when you last marked it",
    "read": "when you read it",
    "rating": "4, >=3",
    "priority": "2, >=1",
    "is": "starred, uncertain",
    "has": "code, note, doi, arxiv",
    "sort": "the order of the list",
}
_DAYS: Final = {
    "today": "", "yesterday": "", "7d": "the last 7 days", "30d": "the last 30 days", "1y": "the last 365 days",
}  # fmt: skip


class Gap(Struct, frozen=True):
    """A piece of a query that is being typed and that something else may take the place of."""

    begin: int
    """Its first character in the query."""
    end: int
    """The place after its last."""
    typed: str
    """What stands there, without quotation marks."""
    field: str | None = None
    """The field whose value it is; None for a word, which may become a field."""


class Candidate(Struct, frozen=True):
    """Something that may take the place of what is typed."""

    name: str
    """As it is shown."""
    text: str
    """As it stands in a query."""
    note: str = ""
    """What it means, or how many papers it finds."""


def gap(text: str, cursor: int) -> Gap | None:
    """Return what is being typed at a place of a query; None where it is nothing that could be completed."""
    if not 0 < cursor <= min(len(text), LONGEST):
        return None
    rest = _ENDS.match(text, cursor)
    if cursor < len(text) and rest is None:
        return None
    head = text[:cursor]
    try:
        found = tokens(head, typing=True)
    except QueryError:
        return None
    last = found[-1] if found else None
    if last is None or last.kind is not Kind.WORD or last.star or not (last.growing or last.unclosed):
        return None
    end = cursor + (last.quoted and rest is not None and rest[0] == '"')
    if last.name in FIELDS:
        return Gap(text.index(":", last.column) + 1, end, last.text, last.name)
    return None if last.quoted or last.name is not None else Gap(last.column, end, last.text)


def grammatical(found: Gap, statuses: Sequence[Status], today: date) -> list[Candidate]:
    """Return what the language itself can put in a gap, likeliest first."""
    typed = plain(found.typed)
    match found.field:
        case None:
            made = _fields(typed)
        case "status":
            made = _statuses(typed, statuses)
        case "is" | "has":
            made = _beginning(typed, FLAGS[found.field])
        case "sort":
            made = _orders(typed)
        case "year":
            made = _beginning(typed, [str(today.year - ago) for ago in range(_YEARS)])
        case field if field in NUMBERS:
            made = _numbers(typed, field)
        case field if field in (*MOMENTS, "date"):
            made = [Candidate(day, day, _DAYS[day]) for day in _DAYS if day.startswith(typed) and day != typed]
        case _:
            made = []
    return made


def _fields(typed: str) -> list[Candidate]:
    """Return the fields and flags that begin so."""
    if len(typed) < _LEAST:
        return []
    fields = [Candidate(f"{name}:", f"{name}:", _MEANT[name]) for name in FIELDS if name.startswith(typed)]
    if len(typed) < _LEAST_OF_FLAG:
        return fields
    flags = [f"{name}:{flag}" for name in FLAGS for flag in FLAGS[name] if flag.startswith(typed)]
    return fields + [Candidate(flag, flag) for flag in flags]


def _statuses(typed: str, statuses: Sequence[Status]) -> list[Candidate]:
    """Return the statuses of which a word of the label, or the id, begins so; the one that is it comes first."""
    found = [
        status
        for status in statuses
        if status.id.startswith(typed)
        or plain(status.label).startswith(typed)
        or any(word.startswith(typed) for word in words(status.label))
    ]
    found.sort(key=lambda status: typed not in (status.id, plain(status.label)))
    made = [Candidate(status.label, _status_text(status), status.glyph) for status in found]
    return [] if len(made) == 1 and plain(made[0].name) == typed else made


def _status_text(status: Status) -> str:
    """Return how a status is written: by its label, unless that cannot be written."""
    if '"' in status.label or status.label.endswith("*"):
        return status.id
    return quoted("tag", status.label)


def _orders(typed: str) -> list[Candidate]:
    """Return the orders that begin so, the way round that is mostly wanted, or the one that a sign asks for."""
    sign, name = ("-", typed[1:]) if typed.startswith("-") else ("", typed)
    made = []
    for order in ORDERS:
        if order.startswith(name) and not (order == "relevance" and sign):
            down = sign or ("" if order in _ASCENDING or order == "relevance" else "-")
            made.append(Candidate(f"{down}{order}", f"{down}{order}", _order_note(order, descending=bool(down))))
            if not sign and down and name:
                made.append(Candidate(order, order, _order_note(order, descending=False)))
    return [one for one in made if one.name != typed]


def _order_note(order: str, *, descending: bool) -> str:
    """Return what an order puts first."""
    if order == "relevance":
        return "best hits first"
    if order == "queue":
        return "what to read last" if descending else "what to read next"
    if order in (*MOMENTS, "date"):
        return "newest first" if descending else "oldest first"
    if order in ("title", "author"):
        return "z to a" if descending else "a to z"
    if order == "status":
        return "last status first" if descending else "first status first"
    return "highest first" if descending else "lowest first"


def _numbers(typed: str, field: str) -> list[Candidate]:
    """Return the numbers, and what is at least so much."""
    most = NUMBERS[field]
    exactly, at_least = map(str, range(most, 0, -1)), (f">={number}" for number in range(most - 1, 0, -1))
    return _beginning(typed, [*exactly, *at_least])


def _beginning(typed: str, names: Iterable[str]) -> list[Candidate]:
    """Return the names that begin so and go on."""
    return [Candidate(name, name) for name in names if name.startswith(typed) and name != typed]


def named(field: str, names: Iterable[tuple[str, int | None]]) -> list[Candidate]:
    """Return names that papers have as what can stand after a field.

    Args:
        field: One of `NAMED`.
        names: Each with the number of papers that it finds, where that is known.
    """
    made = []
    for name, count in names:
        shown = safe_line(name)
        if shown and (field in LABELS or words(shown)):
            papers = "" if count is None else f"{count:,}"
            made.append(Candidate(shown, quoted(field, shown), papers))
    return made


def quoted(field: str, name: str) -> str:
    """Return a name as the value of a field: in quotation marks if it needs them."""
    node = Label(field, name) if field in LABELS else Text(wording(name), field)
    return str(node).removeprefix(f"{field}:")


def completed(text: str, place: Gap, candidate: Candidate) -> tuple[str, int]:
    """Return a query with a candidate in its gap, and where the cursor then stands: ready for what comes next."""
    before, after = text[: place.begin] + candidate.text, text[place.end :]
    if candidate.text.endswith(":"):
        return before + after, len(before)
    if after.startswith(")"):
        return before + after, len(before)
    return before + ("" if after[:1].isspace() else " ") + after, len(before) + 1
