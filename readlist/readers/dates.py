"""Dates as people and programs write them, where the year is written too."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?<!\d)(?<!\d[-/])(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![-/]\d{1,2}\b)"
"""A day, but none of a range such as 1-5 June."""
_YEAR: Final = r"(?P<year>1[4-9]\d\d|20\d\d|21\d\d)"
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?!\d)",
        rf"{_DAY}[ .-]+{_LONG}[ ,.-]+{_YEAR}\b",
        rf"{_LONG}[ -]*{_DAY}[ ,]+{_YEAR}\b",
        rf"{_LONG}[ ,.-]+(?:\d{{1,2}}[-–]\d{{1,2}}[ ,]+)?{_YEAR}\b",
        rf"{_YEAR}[ -]+{_LONG}(?:[ -]+{_DAY})?\b",
        rf"(?<![\w/-])(?P<month>\d{{1,2}})[/-]{_YEAR}\b",
        rf"(?<!\d){_YEAR}(?!\d)",
    )
)
"""Shapes in which a day, a month or a year is told without doubt, the fullest first; 3/4/2020 is only a year."""

_LONGEST: Final = 80
"""Characters in which a date is looked for."""


def loose_date(text: str) -> str | None:
    """Return the date `YYYY[-MM[-DD]]` that a text says, as far as it says it without doubt; None if it says none."""
    text = text.strip()[:_LONGEST]
    for shape in _SHAPES:
        found = shape.search(text)
        if found:
            date = _date(found.groupdict())
            if date:
                return date
    return None


def _date(parts: dict[str, str | None]) -> str | None:
    """Return the date that these parts make; None when there is no such day."""
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if year is None:
        return None
    if month is None:
        return year
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return checked(int(year), number, int(day) if day else None)


def checked(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return a date if there is such a day."""
    try:
        found = Date(year, 1 if month is None else month, 1 if day is None else day).isoformat()
    except (ValueError, OverflowError):
        return None
    if month is None:
        return found[: len("YYYY")]
    return found[: len("YYYY-MM")] if day is None else found
