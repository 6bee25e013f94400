"""What the fields of a BibTeX entry say of the paper, and which of them must be kept as they stand."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import ReadlistError
from readlist.latex import readable
from readlist.latex.address import address
from readlist.mark import UNMARKED, Mark
from readlist.markup import plain
from readlist.names import Name, bibtex_names, split_name, spoken
from readlist.paper import Identifiers, Incoming, Paper, Rejected, date_ordinal
from readlist.readers import reading
from readlist.readers.bibtex.braces import ungrouped
from readlist.readers.bibtex.entries import MONTHS, Fields
from readlist.readers.bibtex.journals import spelled_out
from readlist.readers.dates import loose_date
from readlist.readers.identifiers import arxiv_id, identifiers
from readlist.readers.people import authors
from readlist.readers.placeholders import says_nothing
from readlist.text import safe_line, safe_text, safe_verbatim

_TITLES: Final = ("title", "maintitle", "booktitle", "shorttitle", "chapter", "journaltitle", "journal", "series")
"""Where a title is looked for, best first."""
_VENUES: Final = (
    "journaltitle", "journal", "booktitle", "school", "institution", "organization", "howpublished", "publisher"
)  # fmt: skip
"""Where a venue is looked for, best first."""
_NO_VENUE: Final = re.compile(r"\\url|https?://|\barxiv\b|\bcorr\b", re.IGNORECASE)
_ARXIV_PLACES: Final = ("url", "journal", "journaltitle", "volume", "note", "howpublished", "number")
"""Fields besides `eprint` that may name a preprint, as arXiv, DBLP and Google Scholar fill them."""
_NOTES: Final = ("annote", "annotation", "comment", "review")
_ACCENT: Final = re.compile(r"\{\\.{1,8}?\}")
"""A letter with an accent, between braces."""
_TIE: Final = re.compile(r"(?<!\\)~")
"""A blank at which no line breaks; `\\~` is an accent."""
_NUMBERED: Final = re.compile(r"\s0\d{3}(?:\s|$)")
"""A number that is no part of a name, but tells people of one name apart."""
_INITIALS_LAST: Final = re.compile(r"[^\W\d_][\w'’-]+(?: (?:[^\W\d_]\.-?){1,3})+")
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[/T~?])", re.ASCII)
_SEASONS: Final = frozenset(("21", "22", "23", "24"))
"""What stands for seasons in the place of the month (ISO 8601-2, 4.8)."""
_MONTH_NAME: Final = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.?", re.IGNORECASE)
_MONTH_IN: Final = re.compile(rf"\b{_MONTH_NAME.pattern}", re.IGNORECASE)
_DAY: Final = re.compile(r"(?:([a-z.]{3,10})[ ~]+(\d{1,2})|(\d{1,2})[ ~.]+([a-z.]{3,10}))", re.IGNORECASE | re.ASCII)
_FIRST_CLASS: Final = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?", re.ASCII)


class Described(Struct, frozen=True):
    """An entry of a .bib file."""

    kind: str
    """Its type, in lower case."""
    fields: Fields
    line: int
    """The number of its first line."""
    text: str
    """The entry as it stands."""

    def paper(self, source: str) -> Paper | Incoming | Rejected:
        """Return the paper that the entry describes."""
        values = spelled_out(self.fields.values)
        for name in ("author", "abstract"):
            if says_nothing(values.get(name, "")):
                values = {field: value for field, value in values.items() if field != name}
        raw = next((values[name] for name in _TITLES if values.get(name)), "")
        title = shown(raw)
        if not title:
            return Rejected(self.line, "the entry has no title", safe_verbatim(self.text), source)
        abstract = values.get("abstract") or None
        people = _people(values.get("author", ""))
        found = _identifiers(values)
        paper = Paper(
            title=title,
            title_raw=raw,
            authors=people.names,
            authors_truncated=people.truncated,
            categories=_categories(values),
            date=_date(values),
            abstract=safe_text(ungrouped_text(abstract)) or None if abstract else None,
            abstract_raw=abstract,
            identifiers=found,
            venue=_venue(values),
            kind=self.kind,
            sources=(source,),
            uncertain=() if people.certain else ("authors",),
        )
        paper = replace(paper, extra=_extra(paper, values, authors_told=people.told))
        return Incoming(paper, safe_line(self.fields.key) or None, _mark(values))


def shown(raw: str) -> str:
    """Return a field as readable text on one line."""
    return safe_line(ungrouped_text(raw))


def ungrouped_text(raw: str) -> str:
    """Return a field as readable text, without marks of HTML."""
    raw = plain(raw)
    return readable(ungrouped(raw) if "{" in raw else raw)


class _People(Struct, frozen=True):
    """Who wrote the paper."""

    names: tuple[str, ...] = ()
    truncated: bool = False
    certain: bool = True
    """Whether the names are surely read right."""
    told: bool = True
    """Whether the names in the order of speech still say what is given and what is family name."""


def _people(field: str) -> _People:
    """Return who an author field names."""
    if not field:
        return _People()
    names, truncated = bibtex_names(field)
    if any(map(_is_a_list, names)):
        listed = authors(shown(field))
        return _People(listed.names, listed.truncated, certain=False, told=False)
    told = True
    if "{" in field or "\\" in field or "~" in field:
        told = "{" not in _ACCENT.sub("", field) and not _TIE.search(field)
        names = tuple(Name(_part(n.first), _part(n.particle), _part(n.last), _part(n.suffix)) for n in names)
    found = tuple(map(spoken, names))
    told = told and all(split_name(one) == name for one, name in zip(found, names, strict=True))
    told = told and not _NUMBERED.search(field)
    return _People(tuple(name for one in found if (name := safe_line(one))), truncated, told=told)


def _part(raw: str) -> str:
    """Return a part of a name as readable text."""
    untied = _TIE.sub(" ", raw) if "~" in raw else raw
    return shown(untied) if "\\" in raw or "{" in raw else untied


def _is_a_list(name: Name) -> bool:
    """Whether one name of a list is in truth several that other signs stand between."""
    whole = spoken(name)
    if whole.startswith("{"):
        return False
    if _INITIALS_LAST.fullmatch(name.last) and _INITIALS_LAST.fullmatch(name.first):
        return True  # Smith J., Doe A.
    return ";" in whole.replace("\\;", "") or whole.count(",") > 1 or (" " in name.last and len(name.first.split()) > 6)  # noqa: PLR2004 — no name has seven given ones


def _identifiers(values: dict[str, str]) -> Identifiers:
    """Return the identifiers that the fields name."""
    named = values.get("archiveprefix") or values.get("eprinttype") or "arxiv"
    eprint = values.get("eprint", "") if named.strip().casefold() == "arxiv" else ""
    number = arxiv_id(eprint)
    places = (values[name] for name in _ARXIV_PLACES if name in values)
    number = number or next((one for text in places if (one := _arxiv_in(text))), None)
    written = values.get("doi") or (values.get("url", "") if "doi.org/" in values.get("url", "") else "")
    found = identifiers(number, address(written))
    return Identifiers(arxiv_id(values.get("arxivid", "")) or found.arxiv, found.doi)


def _arxiv_in(text: str) -> str | None:
    """Return the arXiv id that a field names; a mere number is none."""
    return arxiv_id(text) if "arxiv" in text.casefold() or text.startswith("abs/") else None


def _categories(values: dict[str, str]) -> tuple[str, ...]:
    """Return the subject class."""
    written = values.get("primaryclass") or values.get("eprintclass") or ""
    found = _FIRST_CLASS.fullmatch(written)
    return (found[0],) if found else ()


def _venue(values: dict[str, str]) -> str | None:
    """Return where the paper stands; a preprint server is no venue."""
    found = (shown(values[name]) for name in _VENUES if values.get(name) and not _NO_VENUE.search(values[name]))
    return next((name for name in found if name), None)


def _date(values: dict[str, str]) -> str | None:
    """Return the date as far as the fields say it."""
    said = values.get("date", "")
    iso = _ISO.match(said)
    if iso:
        parts = tuple(part for part in iso.groups() if part)
        return _possible(parts[0]) if len(parts) > 1 and parts[1] in _SEASONS else _possible(*parts)
    year = _YEAR.fullmatch(values.get("year", "").strip("{} "))
    if year is None:
        return loose_date(shown(said)) or _loose_year(values.get("year", ""))
    month, day = _month(values.get("month", ""))
    day = values.get("day", "").strip() or day
    if month is None:
        return _possible(year[0])
    parts = (year[0], f"{month:02}", *((f"{int(day):02}",) if day.isascii() and day.isdigit() else ()))
    return _possible(*parts) or _possible(*parts[:2])


def _loose_year(written: str) -> str | None:
    """Return the year of a range or of a year with words; a date if the words name a month."""
    found = loose_date(shown(written)) if written else None
    return found if found is None or _MONTH_IN.search(written) else found[: len("YYYY")]


def _month(written: str) -> tuple[int | None, str]:
    """Return the month that a field says, and the day if it says one too."""
    text = shown(written)
    both = _DAY.fullmatch(text)
    day = (both[2] or both[3]) if both else ""
    text = (both[1] or both[4]) if both else text
    name = _MONTH_NAME.fullmatch(text)
    if name:
        return MONTHS.index(name[1].lower()) + 1, day
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0  # noqa: PLR2004 — 1 to 12
    return (number, "") if 1 <= number <= len(MONTHS) else (None, "")


def _possible(*parts: str) -> str | None:
    """Return a date if there is such a day."""
    written = "-".join(parts)
    try:
        date_ordinal(written)
    except ReadlistError:
        return None
    return written if Date.min.year <= int(parts[0]) else None


def _extra(paper: Paper, values: dict[str, str], *, authors_told: bool) -> tuple[tuple[str, str], ...]:
    """Return every field that the facts of the paper do not give back."""
    date, number = paper.date or "", paper.identifiers.arxiv
    told = {
        "title": paper.title_raw,
        "abstract": paper.abstract_raw,
        "year": date[:4],
        "date": date if len(date) < len("YYYY-MM-DD") else None,
        "doi": paper.identifiers.doi,
        "eprint": number,
        "url": f"https://arxiv.org/abs/{number}" if number else None,
    }
    if authors_told:
        told["author"] = values.get("author")
    if number and paper.categories and "/" not in number:
        told["primaryclass"] = told["eprintclass"] = paper.categories[0]
    for name in ("archiveprefix", "eprinttype"):
        if number and values.get(name, "").casefold() == "arxiv":
            told[name] = values[name]
    if _month(values.get("month", "")) == (int(date[5:7] or 0), ""):
        told["month"] = values["month"]
    return tuple((name, value) for name, value in values.items() if value != told.get(name))


def _mark(values: dict[str, str]) -> Mark:
    """Return what JabRef and Zotero keep of the reader's own."""
    words = reading.keywords(shown(values["keywords"])) if values.get("keywords") else []
    rank = values.get("ranking") or values.get("rating") or ""
    if not (words or rank or {"readstatus", "priority", "relevance", *_NOTES} & values.keys()):
        return UNMARKED
    notes = [values[name] for name in values if name in _NOTES or name.startswith("comment-")]
    return reading.mark(
        status=reading.status(values.get("readstatus", "")),
        starred=values.get("relevance", "").casefold() == "relevant",
        tags=reading.tags(words),
        rating=reading.rating(rank),
        priority=reading.priority(values.get("priority", "")),
        notes=[safe_text(ungrouped_text(text)) for text in notes],
    )
