"""The fields of the language: their names, and what their values mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from msgspec import Struct

from readlist.errors import QueryError
from readlist.mark import MAX_PRIORITY, MAX_RATING
from readlist.query.spelling import near
from readlist.query.tokens import LABELS, Token
from readlist.query.tree import Flag, InStatus, Label, Node, Order, Span, Text, either, wording
from readlist.settings import Status
from readlist.text import plain, safe_line, words

TEXTS: Final = ("title", "author", "affil", "abstract", "note")
FLAGS: Final = {
    "is": ("starred", "uncertain"),
    "has": ("code", "note", "doi", "arxiv"),
}
MOMENTS: Final = ("added", "changed", "read")
"""When a paper came in, when its mark last changed, and when it was last marked as read."""
NUMBERS: Final = {"rating": MAX_RATING, "priority": MAX_PRIORITY}
ORDERS: Final = (
    "date", "added", "changed", "read", "title", "author", "status", "score", "rating", "priority", "queue", "relevance"
)  # fmt: skip
"""What papers can be sorted by."""
FIELDS: Final = (*TEXTS, *LABELS, "status", "year", "date", *MOMENTS, *NUMBERS, *FLAGS, "sort")
"""Every name that may stand before a colon."""
_COMPARED: Final = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
_YEAR, _MONTH, _DAY = 4, 2, 2  # digits
_DATE: Final = re.compile(r"(\d{1,4})(?:-(\d{0,2})(?:-(\d{0,2}))?)?", re.ASCII)
_WHOLE_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_AGO: Final = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)
_UNIT_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
_NAMED_DAYS: Final = {"today": 0, "yesterday": 1}
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_TWO_ENDS: Final = re.compile(r"(\d|\d{4}(?:-\d\d)?)(?:[-–—…/:]|\.|\.{3,}|to)(\d|\d{4}(?:-\d\d)?)", re.ASCII)


class Context(Struct, frozen=True):
    """What the meaning of a query depends on besides its text."""

    text: str
    """The whole query, for errors."""
    statuses: Sequence[Status]
    today: date
    typing: bool
    former: Callable[[], Collection[str]] = frozenset
    """Gives the ids of the statuses that papers have."""
    turned: bool = False
    """Whether what is read is taken out: what is still being typed then stands for itself alone, since the
    beginning of a word would take out nearly everything."""

    def goes_on(self, token: Token) -> bool:
        """Say whether a token is a prefix of what will stand there."""
        return self.typing and token.growing and not self.turned

    def error(
        self, message: str, column: int, hint: str = "", *, end: int = 0, instead: str | None = None
    ) -> QueryError:
        """Return an error at a place of the query."""
        return QueryError(message, self.text, column, hint, end=end, instead=instead)

    def wrong_value(self, message: str, token: Token, hint: str, instead: str | None = None) -> QueryError:
        """Return an error at the value of a field."""
        if instead is not None and token.quoted:
            instead = f'{instead}"' if self.text[token.end - 1] in '"”' else instead
        return self.error(message, token.value_column, hint, end=token.end, instead=instead)


def leaf(token: Token, context: Context) -> Node | None:
    """Return what a word, phrase or field means; None when it says nothing and so matches everything.

    Raises:
        QueryError: The field is unknown but looks like a known one, or its value makes no sense.
    """
    name = token.name
    if name is None:
        return _text(None, token.text, token, context)
    if name not in FIELDS:
        _refuse_near_miss(name, token, context)
        return _text(None, context.text[token.column : token.value_column] + token.text, token, context)
    is_whole = token.quoted and name in LABELS
    value = token.text if is_whole else safe_line(token.text.replace('"', " ")).rstrip("* ")
    if value or token.star:
        return _READERS[name](name, value, token, context)
    if context.typing and (token.growing or token.quoted):
        return None
    raise context.error(f"{name}: needs a value", token.column, _example(name), end=token.end)


def _refuse_near_miss(name: str, token: Token, context: Context) -> None:
    """Raise if a word before a colon was likely meant as a field."""
    meant = near(name, FIELDS)
    if meant is not None:
        hint = f'did you mean {meant}:{token.text}? As plain text, write "{name} {token.text}"'
        end = context.text.index(":", token.column)
        raise context.error(f"unknown field {name!r}", token.column, hint, end=end, instead=meant)


def _text(field: str | None, value: str, token: Token, context: Context) -> Text | None:
    """Read words; those that are only punctuation say nothing."""
    text = wording(value)
    if not words(text):
        return None
    word_is_open = token.text[-1:].isalnum()
    return Text(text, field, token.star or (word_is_open and context.goes_on(token)))


def _label(field: str, value: str, token: Token, context: Context) -> Label | None:
    """Read a name."""
    name = value.casefold().removeprefix("#" if field == "tag" and not token.quoted else "")
    return Label(field, name, token.star or context.goes_on(token)) if name or token.star else None


def _status(_: str, value: str, token: Token, context: Context) -> Node | None:
    """Read a status by its id or label."""
    wanted = plain(value)
    found = [status for status in context.statuses if wanted in (status.id, plain(status.label))]
    if token.star or (not found and context.typing and token.growing):
        found = [s for s in context.statuses if s.id.startswith(wanted) or plain(s.label).startswith(wanted)]
    if found or wanted in context.former():
        return either(InStatus(status.id) for status in found) or InStatus(wanted)
    hint = "statuses: " + " ".join(status.id for status in context.statuses)
    meant = near(wanted, (status.id for status in context.statuses))
    raise context.wrong_value(f"no status is called {value!r}", token, hint, meant)


def _flag(name: str, value: str, token: Token, context: Context) -> Node | None:
    """Read what stands after `is:` or `has:`."""
    wanted = value.casefold()
    found = [flag for flag in FLAGS[name] if flag == wanted]
    if not found and (token.star or (context.typing and token.growing)):
        found = [flag for flag in FLAGS[name] if flag.startswith(wanted)]
    if found:
        return either(Flag(f"{name}:{flag}") for flag in found)
    other = next((f"{group}:{wanted}" for group in FLAGS if wanted in FLAGS[group]), None)
    if other is not None:
        hint = f"did you mean {other}?"
        raise context.error(f"unknown {name}:{value}", token.column, hint, end=token.end, instead=other)
    meant = near(wanted, FLAGS[name])
    hint = f"did you mean {name}:{meant}?" if meant else "there is " + " ".join(f"{name}:{f}" for f in FLAGS[name])
    raise context.wrong_value(f"unknown {name}:{value}", token, hint, meant)


def sort_order(token: Token, context: Context) -> Order | None:
    """Return the order that a `sort:` names; None while it is being typed. The most relevant always come first.

    Raises:
        QueryError: There is no such order.
    """
    value = safe_line(token.text).casefold()
    field = value.removeprefix("-").removeprefix("+")
    if field in ORDERS:
        ranks = tuple(status.id for status in context.statuses) if field == "status" else ()
        return Order(field, value.startswith("-") or field == "relevance", ranks)
    if context.typing and token.growing and any(order.startswith(field) for order in ORDERS):
        return None
    if not field:
        raise context.error("sort: needs a value", token.column, _example("sort"), end=token.end)
    meant = near(field, ORDERS)
    hint = f"did you mean sort:{meant}?" if meant else "orders: " + " ".join(ORDERS)
    instead = meant and value[: len(value) - len(field)] + meant
    raise context.wrong_value(f"cannot sort by {value!r}", token, hint, instead)


def _span(field: str, value: str, token: Token, context: Context) -> Span | None:
    """Read a value or a range: `2022`, `2022..2024`, `>=2022`, `..2024`; of days also `7d`, `30d..7d`, `today`."""
    is_number, half_typed = field in NUMBERS, context.typing and token.growing
    today = context.today.toordinal()
    since = _ago(value.casefold(), today) if _AGO.fullmatch(value.casefold()) else None
    read = _number if is_number else _days(today)
    bounds = (since[0], None) if since and not is_number else _bounds(value, read)
    if bounds is None and half_typed:
        if is_number or context.turned or _may_become_relative(field, value):
            return None
        bounds = _bounds(value, _half_typed_days)
    if bounds is None:
        raise context.wrong_value(f"{field}: does not take {value!r}", token, _example(field), _as_range(value, read))
    low, high = bounds
    if low is not None and high is not None and low > high:
        if half_typed:
            return None
        first, _, last = value.partition("..")
        hint, turned = f"did you mean {field}:{last}..{first}?", f"{last}..{first}"
        raise context.wrong_value(f"the range {value} is empty: it ends before it begins", token, hint, turned)
    return Span("date" if field == "year" else field, low, high)


_Reading: TypeAlias = Callable[[str], tuple[int, int] | None]
"""Gives the first and the last number of what was written, or None when it cannot be read."""


def _as_range(value: str, read: _Reading) -> str | None:
    """Return the range that was likely meant by two numbers or days with something else than two dots between them."""
    ends = _TWO_ENDS.fullmatch(value)
    return f"{ends[1]}..{ends[2]}" if ends and read(ends[1]) and read(ends[2]) else None


def _bounds(value: str, read: _Reading) -> tuple[int | None, int | None] | None:
    """Return the first and the last number of a written range, or None when it cannot be read."""
    if ".." in value:
        first, _, last = value.partition("..")
        begin, end = read(first), read(last)
        if (begin is None and first) or (end is None and last) or begin is end:
            return None
        return begin and begin[0], end and end[1]
    compared = _COMPARED.fullmatch(value)
    assert compared is not None
    one = read(compared[2])
    if one is None:
        return None
    first_day, last_day = one
    return {
        ">=": (first_day, None),
        ">": (last_day + 1, None),
        "<=": (None, last_day),
        "<": (None, first_day - 1),
    }.get(compared[1], one)


def _number(written: str) -> tuple[int, int] | None:
    """Read a whole number."""
    return (int(written), int(written)) if _NUMBER.fullmatch(written) else None


def _days(today: int) -> _Reading:
    """Return what reads `YYYY[-MM[-DD]]` as its first and last day, and `7d`, `2w`, `today` as the day that it is."""

    def read(written: str) -> tuple[int, int] | None:
        if _WHOLE_DATE.fullmatch(written):
            return _half_typed_days(written)
        return _ago(written.casefold(), today)

    return read


def _ago(written: str, today: int) -> tuple[int, int] | None:
    """Read a day by how long ago it was; months have 30 days here, and years 365."""
    days = _NAMED_DAYS.get(written)
    if days is None and (shape := _AGO.fullmatch(written)):
        days = int(shape[1]) * _UNIT_DAYS[shape[2]]
    return None if days is None else (max(today - days, 1), max(today - days, 1))


def _may_become_relative(field: str, value: str) -> bool:
    """Whether what is half typed says nothing yet: `added:1` may become `added:14d`, `date:>=` anything."""
    last = value.rpartition("..")[2].lstrip("<>=").strip().casefold()
    short = field in MOMENTS and last.isdigit() and len(last) < _YEAR
    return not last or short or any(name.startswith(last) for name in _NAMED_DAYS)


def _half_typed_days(written: str) -> tuple[int, int] | None:
    """Read the beginning of a date as the first and last day of all that it may become."""
    shape = _DATE.fullmatch(written)
    if shape is None:
        return None
    year, month, day = shape[1], shape[2] or "", shape[3] or ""
    try:
        if len(year) < _YEAR:
            first_year, last_year = int(year.ljust(_YEAR, "0")), int(year.ljust(_YEAR, "9"))
            return date(max(first_year, 1), 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
        if len(month) < _MONTH:
            return date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal()
        first = date(int(year), int(month), int(day) if len(day) == _DAY else 1).toordinal()
        return first, first if len(day) == _DAY else first - 1 + monthrange(int(year), int(month))[1]
    except ValueError:
        return None


def _example(name: str) -> str:
    """Return words that show how a field is used."""
    examples = {
        "year": "write year:2023, year:2022..2024 or year:>=2022",
        "date": "write date:2023-06, date:2023-06..2023-09 or date:>=2023-06-15",
        **dict.fromkeys(MOMENTS, f"write {name}:today, {name}:7d, {name}:2023-06 or {name}:>=2023-06-15"),
        "rating": f"write rating:4 or rating:>=3; ratings go from 0 to {MAX_RATING}",
        "priority": f"write priority:2 or priority:>=1; priorities go from 0 to {MAX_PRIORITY}",
        "sort": "write sort:title or sort:-date",
        "is": "there is " + " ".join(f"is:{flag}" for flag in FLAGS["is"]),
        "has": "there is " + " ".join(f"has:{flag}" for flag in FLAGS["has"]),
    }
    return examples.get(name, f'write {name}:word or {name}:"several words"')


_READERS: Final[Mapping[str, Callable[[str, str, Token, Context], Node | None]]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(LABELS, _label),
    **dict.fromkeys(FLAGS, _flag),
    **dict.fromkeys((*NUMBERS, *MOMENTS, "year", "date"), _span),
    "status": _status,
}
"""What reads the value of each field."""
