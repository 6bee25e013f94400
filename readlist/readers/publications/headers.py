"""The header of a record: score, arXiv code, date and badges, with or without blanks between them."""

from __future__ import annotations

import re
from datetime import date as Date
from datetime import timedelta
from typing import Final

from msgspec import Struct

from readlist.readers.dates import checked
from readlist.readers.publications.archives import CATEGORIES

LONGEST: Final = 100
"""Characters beyond which a line is no header; looking at the start of every abstract would take long."""

_LEAP_YEARS: Final = 8
"""Counting back this many years finds a 29 February (1896 to 1904 is the longest gap)."""

_LAST_MONTH: Final = 12

_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?:1[89]|20)\d\d"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_UNITS: Final = r"(?:h|hours?|d|days?|w|weeks?|months?|years?)"

_SCORE: Final = r"\d{1,4}(?:\.\d+)?%?"
_CODE: Final = "|".join(sorted(map(re.escape, CATEGORIES), key=len, reverse=True))
_MONTH_DAY: Final = rf"(?:{_MONTH}|[A-Z][a-z]{{2,8}}) ?{_DAY}(?:(?:, ?| ){_YEAR})?"
_OTHER_DATE: Final = (
    rf"{_DAY}[ -]?{_MONTH}(?:(?:, ?|[ -]){_YEAR})?"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{_YEAR}-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}"
    rf"|(?i:today|yesterday|\d{{1,3}} ?{_UNITS} ago)"
)
_MONTH_YEAR: Final = rf"{_MONTH},? ?{_YEAR}"
_HEADER: Final = re.compile(
    rf"(?:(?P<score>{_SCORE}) ?)?(?P<code>{_CODE}|[A-Z]{{2}})"
    rf"(?P<when> ?(?:{_MONTH_DAY}|{_OTHER_DATE})|{_MONTH_YEAR})"
    r"(?P<badges>(?: ?Code|(?:PDF|Paper|Project|Data|Dataset|Demo|Video|Slides|Poster|Blog|Website)){0,4})"
)
_BEGINNING: Final = re.compile(rf"(?:{_SCORE})? ?(?:{_CODE})?")
_CUT: Final = re.compile(
    rf"(?:\d{{1,4}}\.\d*|(?:{_SCORE})? ?(?:{_CODE}))(?: ?[A-Z][a-z]{{0,8}}\.?)?(?: \d{{0,2}},?(?: \d{{0,4}})?)?"
)

_ENGLISH: Final = re.compile(rf"([A-Za-z]{{3,9}})\.? ?(\d{{1,2}})(?:st|nd|rd|th)?(?:,? ?({_YEAR}))?")
_TURNED: Final = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]?([A-Za-z]{{3,9}})\.?(?:,?[ -]?({_YEAR}))?")
_MONTH_ONLY: Final = re.compile(rf"([A-Za-z]{{3,9}})\.?,? ?({_YEAR})")
_ISO: Final = re.compile(rf"({_YEAR})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?")
_NUMBERS: Final = re.compile(rf"(\d{{1,2}})([/.])(\d{{1,2}})[/.]({_YEAR})")
_AGO: Final = re.compile(r"(\d{1,3}) ?([a-z]+) ago", re.IGNORECASE)


class Header(Struct, frozen=True):
    """What a header says."""

    text: str
    """As it stood."""
    score: float | None
    code: str
    when: str
    """The date as it stood."""
    has_code: bool


class Day(Struct, frozen=True):
    """The date of a header, as far as it is known."""

    date: str
    """`YYYY[-MM[-DD]]`."""
    inferred: bool = False
    """Whether the year was worked out."""
    doubtful: bool = False
    """Whether day and month could be either way round, so that only the year is told."""


def header(text: str) -> Header | None:
    """Return the header that a line is, made safe before; None if it is none."""
    found = _HEADER.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    score = found["score"]
    return Header(
        text,
        float(score.rstrip("%")) if score else None,
        found["code"],
        found["when"].strip(),
        "Code" in found["badges"],
    )


def may_begin(text: str) -> bool:
    """Whether a line may be the first part of a header that stands on several lines: a score, a code, or both."""
    return len(text) <= LONGEST and _BEGINNING.fullmatch(text) is not None


def is_cut(text: str) -> bool:
    """Whether a line is the beginning of a header whose end is missing."""
    return len(text) <= LONGEST and _CUT.fullmatch(text) is not None


def day_of(when: str, as_of: Date) -> Day | None:
    """Return the date that a header says; None if there is no such day.

    Args:
        when: The date as it stood.
        as_of: A date without a year is the latest such day that is not after this one; `ago` is counted from it.
    """
    if found := _ENGLISH.fullmatch(when):
        return _day(found[3], _month(found[1]), int(found[2]), as_of)
    if found := _TURNED.fullmatch(when):
        return _day(found[3], _month(found[2]), int(found[1]), as_of)
    if found := _MONTH_ONLY.fullmatch(when):
        return _known(checked(int(found[2]), _month(found[1])))
    if found := _ISO.fullmatch(when):
        return _known(checked(int(found[1]), int(found[2]), int(found[3]) if found[3] else None))
    if found := _NUMBERS.fullmatch(when):
        return _in_numbers(int(found[1]), found[2], int(found[3]), int(found[4]))
    return _ago(when.casefold(), as_of)


def _known(date: str | None) -> Day | None:
    """Return a date that was told in full."""
    return Day(date) if date else None


def _month(name: str) -> int:
    """Return the number of a month; 0 if it is none."""
    short = name[:3].casefold()
    return _NAMES.index(short) + 1 if short in _NAMES else 0


def _day(year: str | None, month: int, day: int, as_of: Date) -> Day | None:
    """Return a day whose year may not have been told."""
    if year:
        return _known(checked(int(year), month, day))
    for near in range(as_of.year, as_of.year - _LEAP_YEARS - 1, -1):
        date = checked(near, month, day)
        if date and date <= as_of.isoformat():
            return Day(date, inferred=True)
    return None


def _in_numbers(first: int, sign: str, second: int, year: int) -> Day | None:
    """Return a day in numbers: day before month where there are points, else only where it can be no other."""
    if sign == "." or first > _LAST_MONTH or first == second:
        return _known(checked(year, second, first))
    if second > _LAST_MONTH:
        return _known(checked(year, first, second))
    return Day(str(year), doubtful=True) if checked(year, first, second) else None


def _ago(when: str, as_of: Date) -> Day | None:
    """Return the day, or the month or year, that lies so far back."""
    if when in ("today", "yesterday"):
        return Day((as_of - timedelta(days=when == "yesterday")).isoformat(), inferred=True)
    found = _AGO.fullmatch(when)
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit.startswith("month"):
        years, month = divmod(as_of.year * 12 + as_of.month - 1 - count, 12)
        return Day(f"{years:04}-{month + 1:02}", inferred=True)
    if unit.startswith("year"):
        return Day(f"{as_of.year - count:04}", inferred=True)
    days = timedelta(hours=count) if unit.startswith("h") else timedelta(days=count * (7 if unit[0] == "w" else 1))
    return Day((as_of - days).isoformat(), inferred=True)
