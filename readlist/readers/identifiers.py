"""arXiv ids and DOIs, in any style in which people write them."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import unquote

from readlist.paper import Identifiers
from readlist.text import safe_line

_NEW: Final = r"\d{4}\.\d{4,5}"
_OLD: Final = r"[a-z][a-z-]{1,9}(?:\.[A-Z]{2})?/\d{7}"
_ID: Final = re.compile(rf"(?P<id>{_NEW}|{_OLD})(?P<version>v\d{{1,3}})?", re.ASCII)
_IN_TEXT: Final = re.compile(
    rf"(?:arxiv\s{{0,2}}:\s{{0,2}}|arxiv\.org/[a-z]{{2,8}}/|arxiv\.|alphaxiv\.org/[a-z]{{2,8}}/|"
    r"huggingface\.co/papers/|papers\.cool/arxiv/|semanticscholar\.org/arxiv/|^abs/)"
    rf"(?P<id>{_NEW}|{_OLD})(?P<version>v\d{{1,3}})?(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/(?:[^\s\"<>]|<[\w.-]*::[^\s\"<>]*>)+", re.ASCII)
"""Angle brackets stand around the pages in the DOIs of Wiley's older papers, `…:8<693::AID-ASI4>3.0.CO;2-O`."""
_ENCODED: Final = re.compile("%[23][0-9a-f]", re.IGNORECASE)
_FIRST_OLD: Final = "9107"
_LAST_OLD: Final = "0703"
_FIRST_NEW: Final = "0704"
_FIRST_LONG: Final = "1501"
"""Year and month: of the first and last ids such as `hep-th/9901001`, of the first of others, and of five digits."""
_LONGEST: Final = 2000
"""Characters in which an identifier is looked for."""


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id, without its version, that a text is or names; None when there is none.

    `2302.04761v2`, `hep-th/9901001`, `math.GT/0309136`, `arXiv:…` and links to any page of a paper are understood.
    """
    found = _found(text)
    return _canonical(found["id"]) if found else None


def arxiv_version(text: str) -> str | None:
    """Return the version (`v2`) that an arXiv id is written with."""
    found = _found(text)
    return found["version"] if found else None


def _found(text: str) -> re.Match[str] | None:
    """Return where a text is or names an id that arXiv can have given; None when it does not."""
    text = text.strip()[:_LONGEST]
    found = _ID.fullmatch(text)
    places = [found] if found else _IN_TEXT.finditer(text)
    return next((place for place in places if _is_possible(place["id"])), None)


def _is_possible(found: str) -> bool:
    """Whether arXiv can have given an id: it says a month, and has the digits of its time.

    Old ones were given from 1991-07 to 2007-03, new ones with four digits up to 2014-12, with five from then on
    (info.arxiv.org/help/arxiv_identifier).
    """
    month, number = found[-7:-3] if "/" in found else found[:4], found[-3:] if "/" in found else found[5:]
    if not "01" <= month[2:] <= "12" or not int(number):
        return False
    if "/" in found:
        return month >= _FIRST_OLD or month <= _LAST_OLD
    return month >= _FIRST_NEW and (len(number) == len("12345")) == (month >= _FIRST_LONG)


def _canonical(found: str) -> str:
    """Return an id as arXiv writes it: an old one has no subject class."""
    if "/" not in found:
        return found
    archive, number = found.split("/")
    return f"{archive.split('.')[0].lower()}/{number}"


def doi(text: str) -> str | None:
    """Return the DOI, in lower case and without a resolver's address, that a text names; None when there is none."""
    text = safe_line(text[:_LONGEST]).replace("\\_", "_").replace("\\%", "%")
    if "doi.org" in text.lower() and _ENCODED.search(text):
        text = safe_line(unquote(text))
    found = _DOI.search(unescape(text) if "&lt;" in text else text)
    if found is None:
        return None
    name = found[0].rstrip(".,;:'}]")
    while name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1].rstrip(".,;:")
    return name.lower()


def identifiers(arxiv: str | None, written_doi: str | None) -> Identifiers:
    """Return the identifiers that two texts name; the DOI of a preprint says its arXiv id too."""
    found = doi(written_doi) if written_doi else None
    number = arxiv_id(arxiv) if arxiv else None
    if number is None and found is not None and found.startswith("10.48550/arxiv."):
        number = arxiv_id(found.removeprefix("10.48550/arxiv."))
    return Identifiers(number, found)


_RESOLVED: Final = re.compile(r"https?://(?:(?:dx\.|www\.)?doi\.org|(?:www\.)?arxiv\.org/abs)/", re.IGNORECASE)


def is_told(address: str, found: Identifiers) -> bool:
    """Whether an address leads nowhere but where one of these identifiers does."""
    if not _RESOLVED.match(address):
        return False
    named = identifiers(address, address)
    return (named.doi or named.arxiv) is not None and (named.doi or found.doi, named.arxiv or found.arxiv) == (
        found.doi,
        found.arxiv,
    )
