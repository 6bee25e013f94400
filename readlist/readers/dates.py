"""Dates as people and programs write them, where the year is written too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Date
from functools import lru_cache
from typing import Final

from msgspec import Struct

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
        rf"(?<![A-Za-z.][-–/]){_LONG}[ ,.-]+(?:\d{{1,2}}[-–]\d{{1,2}}[ ,]+)?{_YEAR}\b",
        rf"{_YEAR}[ -]+{_LONG}(?:[ -]+{_DAY})?\b",
        rf"(?<![\w/-])(?P<month>\d{{1,2}})[/-]{_YEAR}\b",
        rf"(?<!\d){_YEAR}(?!\d)",
    )
)
"""Shapes in which a day, a month or a year is told without doubt, the fullest first; 3/4/2020 is only a year."""

_LONGEST: Final = 80
"""Characters in which a date is looked for."""


_SHORT: Final = 40
"""Characters up to which what was read of a text is kept."""

ISSUED: Final = "issued"
"""The field that keeps what a source says of its date beside the date itself: `Spring 2019`, `2019/2020`."""

_BESIDE: Final = re.compile(
    r"\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?[+-]\d\d:?\d\d\b)?|"
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\b(?:gmt|utc)\b",
    re.IGNORECASE,
)
"""The time of day and the day of the week, which a date does not need."""
_WORDS: Final = re.compile(r"[^\W_]")
_OTHER: Final = re.compile(r"(?P<date>\d{4}/\d{0,2}/\d{0,2})/(?P<other>.*)", re.ASCII | re.DOTALL)
"""RIS's shape of a date, with other information behind it, as in `2019///Spring`."""


class Dated(Struct, frozen=True):
    """What a source says of a date."""

    date: str | None
    """`YYYY[-MM[-DD]]`, as far as it is said without doubt."""
    extra: tuple[tuple[str, str], ...] = ()
    """The field that keeps what the date does not tell: `year` when there is no date, as BibTeX has `in press`, else
    `ISSUED`."""


def dated(*texts: str, year: str = "") -> Dated:
    """Return what texts say of one date; nothing of them is lost.

    Args:
        texts: Each the date, or as much of it as that field says.
        year: The year, where a field has it to itself; a text that has none is of that year.
    """
    in_year = (loose_date(year) or "")[:4]
    said = [text for one in dict.fromkeys((*texts, year)) if (text := one.strip())]
    found = [first if (first := _read(text))[0] else _read(f"{text} {in_year}") for text in said]
    date = max((one for one, _ in found if one and one.startswith(in_year)), key=len, default=in_year or None)
    pairs = zip(said, found, strict=True)
    left = [_other(text) for text, (one, whole) in pairs if not (whole and (date or "").startswith(one or "-"))]
    return Dated(date, kept_beside(date, left))


def kept_beside(date: str | None, left: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the field that keeps what is said of a date beside the date itself."""
    text = "; ".join(dict.fromkeys(left))
    return ((ISSUED if date else "year", text),) if text else ()


def loose_date(text: str) -> str | None:
    """Return the date `YYYY[-MM[-DD]]` that a text says, as far as it says it without doubt; None if it says none."""
    return _read(text)[0]


def _read(text: str) -> tuple[str | None, bool]:
    """Return the date that a text says, and whether it says nothing besides."""
    return _read_before(text) if len(text) <= _SHORT else _read_anew(text)


@lru_cache(maxsize=4096)
def _read_before(text: str) -> tuple[str | None, bool]:
    """Return the same: most dates of a source have been read before."""
    return _read_anew(text)


def _read_anew(text: str) -> tuple[str | None, bool]:
    """Return the date that a text says, and whether it says nothing besides."""
    text = text.strip()
    for shape in _SHAPES:
        found = shape.search(text[:_LONGEST])
        if found:
            date = _date(found.groupdict())
            if date:
                rest = text[: found.start()] + " " + text[found.end() :]
                return date, not _WORDS.search(rest) or not _WORDS.search(
                    _BESIDE.sub("", rest.lstrip(" T").rstrip("Z"))
                )
    return None, False


def _other(text: str) -> str:
    """Return the other information of a date that is written as in RIS; else the text."""
    found = _OTHER.fullmatch(text)
    return found["other"].strip() if found and loose_date(found["date"]) and found["other"].strip() else text


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
