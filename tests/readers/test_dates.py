"""Dates as people and programs write them: as much as is told without doubt, and no more."""

from __future__ import annotations

import pytest

from readlist.readers.dates import loose_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("9 February 2020", "2020-02-09"), ("Feb 9, 2020", "2020-02-09"), ("2020 Feb 9", "2020-02-09"),
        ("3rd Feb 2020", "2020-02-03"), ("2020-02-09T10:00:00Z", "2020-02-09"), ("2020/02/09/", "2020-02-09"),
        ("Mon, 3 Feb 2020 19:18:42 GMT", "2020-02-03"), ("May 2020", "2020-05"), ("2/2020", "2020-02"),
        ("2018/05//", "2018-05"), ("Spring 2020", "2020"), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_written_is_read(written: str, date: str | None) -> None:
    assert loose_date(written) == date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("09/02/2020", "2020"), ("3-4-2020", "2020"), ("1-5 June 2020", "2020-06"), ("June 1\u20135, 2020", "2020-06"),
        ("30 Feb 2020", "2020-02"), ("2020-13-01", "2020"),
    ],
)  # fmt: skip
def test_a_day_or_month_that_may_be_another_is_not_guessed(written: str, date: str) -> None:
    assert loose_date(written) == date
