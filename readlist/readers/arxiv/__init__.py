"""What arXiv sends and shows: e-mails, pages, feeds, and the snapshot of its metadata; what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from readlist.latex import readable
from readlist.paper import Paper
from readlist.readers import people
from readlist.readers.dates import checked, loose_date
from readlist.readers.identifiers import arxiv_id, arxiv_version, identifiers
from readlist.readers.making import made

_CLASS: Final = re.compile(r"[a-z][a-z-]{1,10}(?:\.[A-Za-z-]{2,20})?", re.ASCII)
_SUBJECT: Final = re.compile(r"\(([a-z][a-z-]{1,10}(?:\.[A-Za-z-]{2,20})?)\)", re.ASCII)
_FIRST_YEAR: Final = 91
"""arXiv began in 1991: old ids of lower years are of this century."""
_FIELDS: Final = (
    "comments", "report-no", "journal-ref", "msc-class", "acm-class", "proxy", "license", "submitter", "updated"
)  # fmt: skip
"""What arXiv says besides, under the names that it has there."""


def announced(
    number: str, fields: dict[str, str], abstract: str, source: str, listed: people.Authors | None = None
) -> Paper | None:
    """Return the paper that labelled lines describe; None when they give no title.

    Args:
        number: The id, with its version if that was said.
        fields: Label in lower case → what stands after it.
        abstract: Empty when there is none.
        source: The source's name.
        listed: The authors; None when the line `authors` says them.
    """
    listed = listed or people.authors(readable(fields.get("authors", "")))
    written = loose_date(fields.get("date", ""))
    version = fields.get("version") or arxiv_version(number) or ""
    classes = fields.get("categories", "")
    return made(
        fields.get("title", ""),
        source,
        authors=listed.names,
        authors_truncated=listed.truncated,
        affiliations=listed.affiliations,
        categories=subjects(classes),
        date=written or month_of(number),
        abstract=abstract,
        identifiers=identifiers(number, fields.get("doi", "")),
        venue=fields.get("journal-ref"),
        extra=[
            *((name, fields[name]) for name in _FIELDS if name in fields),
            ("subjects", "" if subjects(classes) else classes),
            ("version", version if version != "v1" else ""),
            ("announced", fields.get("announced", "")),
        ],
    )


def subjects(written: str) -> list[str]:
    """Return the subject classes of a line: `cs.CL cs.AI`, or `Computation and Language (cs.CL); …`."""
    return _SUBJECT.findall(written) or [word for word in re.split(r"[\s;,]+", written) if _CLASS.fullmatch(word)]


def month_of(number: str) -> str | None:
    """Return the month that an arXiv id says: `2302.04761` is of 2023-02, `hep-th/9901001` of 1999-01."""
    found = arxiv_id(number)
    if found is None:
        return None
    digits = found.split("/")[-1]
    year, month = int(digits[:2]), int(digits[2:4])
    return checked((1900 if "/" in found and year >= _FIRST_YEAR else 2000) + year, month)


def unfolded(lines: Iterable[str]) -> str:
    """Return lines that one text was folded into as paragraphs: a line that is set in begins a new one."""
    paragraphs: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        begins = not paragraphs or line.startswith("    ")
        if begins:
            paragraphs.append(text)
        else:
            paragraphs[-1] += " " + text
    return "\n".join(paragraphs)
