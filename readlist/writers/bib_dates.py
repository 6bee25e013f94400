"""What the fields of a .bib file say of a date beside the day, the month and the year."""

from __future__ import annotations

import re
from typing import Final

from readlist.paper import Paper
from readlist.writers.described import plain_words, season

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as the macros that every style of BibTeX knows."""

_DAY_OF_MONTH: Final = re.compile(
    rf"({'|'.join(MONTHS)})[a-z]{{0,6}}\.?[ ~]+(\d{{1,2}})|(\d{{1,2}})[ ~.]+({'|'.join(MONTHS)})[a-z]{{0,6}}\.?",
    re.ASCII,
)


def day_and_month(value: str, paper: Paper) -> str:
    """Return the month with the day that its source has beside it, as BibTeX's manuals write it: `feb # "~12"`."""
    found = _DAY_OF_MONTH.fullmatch(value.casefold())
    if found is None or not paper.date:
        return ""
    name, day = (found[1] or found[4]), int(found[2] or found[3])
    if paper.date[5:] != f"{MONTHS.index(name) + 1:02}-{day:02}":
        return ""
    return f'{name} # "~{day}"' if found[1] else f'"{day}~" # {name}'


def is_fuller_year(value: str, paper: Paper) -> bool:
    """Whether the year of a source says more than that of the date, as `2019/2020` and `2019a` do."""
    if len(paper.date or "") != len("YYYY"):
        return False
    said = plain_words(value)
    return said != paper.date and str(paper.date) in said


def said_besides(name: str, paper: Paper) -> str:
    """Return what the fields of a date say that its year cannot: a month in words, a range of years; or nothing.

    Args:
        name: The name of the field that is to say it, folded: one that says nothing besides stays as it is.
        paper: The paper that has it.
    """
    if len(paper.date or "") != len("YYYY") or name not in ("year", "month") or season(paper):
        return ""
    fields = {field.casefold(): value for field, value in paper.extra}
    said = {
        "month": "" if (month := fields.get("month", "")).isdigit() else month,
        "year": year if is_fuller_year(year := fields.get("year", ""), paper) else "",
    }
    return " ".join(filter(None, said.values())) if said[name] else ""
