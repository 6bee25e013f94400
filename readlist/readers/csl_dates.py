"""CSL's dates in each of their shapes: parts, ranges, seasons, texts (CSL-data schema 1.0.2, "date-variable")."""

from __future__ import annotations

import json
import re
from typing import Final

from readlist.readers.dates import Dated, checked, dated, kept_beside
from readlist.readers.json_objects import Record, text

_SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
_NUMBER: Final = re.compile(r"\d{1,4}", re.ASCII)
_RANGE: Final = 2
"""Dates of which a range is made."""


def of(value: object) -> Dated:
    """Return what a variable says of its date; what is more than one day, month or year is kept beside it.

    Args:
        value: As CSL-JSON has it, as pandoc and citeproc's YAML write it, or a text.
    """
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return dated(str(value))
    if isinstance(value, dict) and value.keys() == {"date-parts"} and len(_parts(value)) == 1:  # nearly every date
        only = _day(value)
        if only is not None and only.count("-") + 1 >= len(_parts(value)[0]):
            return Dated(only)
    listed = [one for one in value if one not in (None, "")] if isinstance(value, list) else [value]  # two are a range
    if len(listed) == 1 and isinstance(listed[0], dict):
        listed = [{**listed[0], "date-parts": [part]} for part in _parts(listed[0])] or listed
    found: list[Record] = [one if isinstance(one, dict) else {"literal": str(one)} for one in listed if one is not None]
    if not found:
        return Dated(None)
    days = [_day(one) for one in found]
    if len(days) == _RANGE and all(days) and days[0] != days[1]:
        return Dated(days[0], kept_beside(days[0], [*_besides(found[0], days[0], "/".join(map(str, days)))]))
    date = days[0]
    if date is None:
        words = [text(found[0], "literal", "raw", "edtf"), *_besides(found[0], None, "")]
        said = " ".join(dict.fromkeys(word for word in words if word)) or _written(found[0])
        return dated(said)
    return Dated(date, kept_beside(date, _besides(found[0], date, "")))


def as_text(value: object) -> str:
    """Return a date as one text: ISO 8601, two of them with a slash between for a range; or the words for it."""
    found = of(value)
    return found.extra[0][1] if found.extra else found.date or ""


def _parts(date: Record) -> list[list[object]]:
    """Return the one or two dates whose parts a date has."""
    parts = date.get("date-parts")
    if not isinstance(parts, list):
        return []
    lists = parts if all(isinstance(one, list) for one in parts) else [parts]
    said = ([number for number in one if number not in (None, "")] for one in lists if isinstance(one, list))
    return [part for part in said if part]


def _day(date: Record) -> str | None:
    """Return the date that the parts of one say; None when they say none."""
    parts = _parts(date)
    numbers: list[int] = []
    for part in parts[0] if parts else [date.get(part) for part in ("year", "month", "day")]:
        if not _NUMBER.fullmatch(str(part)):
            break
        numbers.append(int(str(part)))
    if not numbers or numbers[0] <= 0:
        return None
    return checked(*numbers[:3]) or checked(*numbers[:1])


def _besides(date: Record, day: str | None, span: str) -> list[str]:
    """Return what a date says beside its parts, as one text, or none.

    Args:
        date: The date.
        day: What its parts say.
        span: The range that it begins; empty when it begins none.
    """
    literal = text(date, "literal", "raw") if day is not None else ""
    read = dated(literal) if literal else Dated(day)
    if literal and (read.extra or not (day or "").startswith(read.date or "-")):
        return [literal]
    year = (day or "")[:4]
    season = text(date, "season")
    named = _SEASONS[(int(season) - 1) % 4] if season.isascii() and season.isdigit() and int(season) else season
    words = " ".join(part for part in (named, span or (year if named else "")) if part)
    circa = date.get("circa")
    if circa and str(circa).casefold() not in ("false", "0"):
        return [f"circa {words or day or ''}".strip()]
    if not words and day is not None and _written(date) != day and (more := _more(date, day)):
        return [more]
    return [words] if words else []


def _more(date: Record, day: str) -> str:
    """Return the parts of a date that there is no such day for."""
    parts = _parts(date)
    said = [str(part) for part in parts[0]] if parts else []
    return "-".join(said) if len(said) > day.count("-") + 1 else ""


def _written(date: Record) -> str:
    """Return a date as it stands, in one text."""
    parts = _parts(date)
    if parts:
        return "/".join("-".join(map(str, one)) for one in parts)
    said = {key: one for key, one in date.items() if one not in (None, "", [], {}) and key != "date-parts"}
    return json.dumps(said, ensure_ascii=False) if said else ""
