"""What else a source said, as CSL's variables: CSL-JSON that came in goes out whole (CSL-data schema 1.0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from readlist.latex import readable
from readlist.link import link
from readlist.markup import as_html, is_marked, tagged
from readlist.names import Name
from readlist.paper import Paper
from readlist.text import safe_line
from readlist.writers.described import (
    between,
    keywords,
    names,
    other_fields,
    plain_words,
    said_of_date,
    site,
    with_subtitle,
)

_TEXTS: Final = {
    "shorttitle": "title-short", "note": "note", "pagetotal": "number-of-pages", "volumes": "number-of-volumes",
    "shortjournal": "container-title-short", "eventtitle": "event-title", "origtitle": "original-title",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place", "pubstate": "status",
    "articleno": "number", "eid": "number", "pmid": "PMID", "pmcid": "PMCID",
    **{
        name: name
        for name in "archive archive_collection archive_location archive-place authority call-number citation-label "
        "dimensions division event-place jurisdiction medium part-title references reviewed-genre reviewed-title scale "
        "section source volume-title volume-title-short year-suffix collection-number page-first part printing "
        "supplement locator".split()
    },
}  # fmt: skip
"""Fields of a source and CSL's variables; those that have no other name in a .bib file are kept under CSL's."""
_VENUES: Final = ("journal", "journaltitle", "booktitle")
_NAMES: Final = {
    "translator": "translator", "bookauthor": "container-author",
    **{
        name: name
        for name in "collection-editor editorial-director chair compiler composer contributor curator director "
        "executive-producer guest host illustrator interviewer narrator organizer original-author performer producer "
        "recipient reviewed-author script-writer series-creator".split()
    },
}  # fmt: skip
_DATES: Final = {
    "eventdate": "event-date", "origdate": "original-date", "urldate": "accessed",
    "available-date": "available-date", "submitted": "submitted",
}  # fmt: skip
_TEX: Final = re.compile(
    r"\\(emph|textit|textbf)\s?\{([^{}$\\]{1,300})\}|\{\\(em|it|bf)(?:shape|series)?\s+([^{}$\\]{1,300})\}"
)
_TAGS: Final = {"emph": "i", "textit": "i", "textbf": "b", "em": "i", "it": "i", "bf": "b"}
"""TeX's macros for emphasis, and the tags that processors of citations know."""
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SEASON: Final = re.compile(r"(circa )?(?:(spring|summer|autumn|winter|fall)\b ?)?(.*)", re.IGNORECASE)
_TYPES: Final = frozenset(
    "article-magazine article-newspaper bill broadcast classic collection document entry entry-dictionary "
    "entry-encyclopedia event figure graphic hearing interview legal_case legislation map motion_picture "
    "musical_score pamphlet performance periodical personal_communication post post-weblog regulation review "
    "review-book song speech standard treaty".split()
)
"""Types that none of BibTeX's stands for."""


def whole(paper: Paper, item: dict[str, object], *, private: bool) -> dict[str, object]:
    """Return what an item says besides, and what it says better.

    Args:
        paper: The paper.
        item: What is known of it already.
        private: Whether what another program kept for its reader goes out too.
    """
    fields = other_fields(paper)
    found: dict[str, object] = {}
    found |= {variable: fields[name] for name, variable in _TEXTS.items() if name in fields and variable not in item}
    found |= {variable: _date(fields[name]) for name, variable in _DATES.items() if name in fields}
    found |= {
        variable: [csl_name(one) for one in people]
        for name, variable in _NAMES.items()
        if (people := names(paper, name))
    }
    found |= dict(_better(paper, fields, item))
    found |= dict(_of_own_shapes(paper))
    if words := keywords(paper):
        found["keyword"] = between(words).join(words)
    if private and "annote" in fields:
        found["annote"] = fields["annote"]
    return found


def _of_own_shapes(paper: Paper) -> Iterator[tuple[str, object]]:
    """Yield the variables that are more than a line: notes, the categories and what programs keep of their own."""
    fields = {name.casefold(): value for name, value in paper.extra}
    if "\n" in fields.get("note", ""):
        yield "note", "\n".join(map(plain_words, fields["note"].splitlines()))
    if "categories" in fields:
        yield "categories", [one.strip() for one in fields["categories"].split(",") if one.strip()]
    if fields.get("custom", "").startswith("{"):
        try:
            yield "custom", json.loads(fields["custom"])
        except (ValueError, RecursionError):
            return


def _better(paper: Paper, fields: dict[str, str], item: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield what an item is without, or says in fewer words: marks in its title, its own address, more of its date."""
    raw = _tex_as_tags(tagged(paper.title_raw, paper.title))
    if is_marked(raw):
        yield "title", with_subtitle(_marked(raw, paper.title), paper)
    venue = next((value for name, value in paper.extra if name in _VENUES and plain_words(value) == paper.venue), "")
    if is_marked(venue) and "container-title" in item:
        yield "container-title", _marked(venue, paper.venue or "")
    if address := site(paper) or link(paper):
        yield "URL", address
    if fields.get("csl-type") in _TYPES:
        yield "type", fields["csl-type"]
    if "doi" in fields and not paper.identifiers.doi:
        yield "DOI", fields["doi"]
    if said := said_of_date(paper, fields):
        yield "issued", _issued(paper.date or "", said)


def _tex_as_tags(raw: str) -> str:
    r"""Return a title with tags for TeX's emphasis, `\emph{…}` and `{\it …}`, around plain words."""
    if "\\" not in raw:
        return raw
    return _TEX.sub(_in_tags, raw)


def _in_tags(found: re.Match[str]) -> str:
    """Return emphasised words in tags."""
    tag = _TAGS[found[1] or found[3]]
    return f"<{tag}>{found[2] or found[4]}</{tag}>"


def _marked(raw: str, shown: str) -> str:
    """Return a text with its marks, but without its TeX.

    Args:
        raw: As its source wrote it.
        shown: The same as readable text.
    """
    text = safe_line(readable(as_html(raw)))
    return text if "{" in shown else text.replace("{", "").replace("}", "")


def _issued(date: str, said: str) -> dict[str, object]:
    """Return a date of which more is said than a day, a month or a year."""
    if not date:
        return {"literal": said}
    if "/" in said and (span := _date(said)).keys() == {"date-parts"}:
        return span
    found: dict[str, object] = {"date-parts": [_parts(date)]}
    words = _SEASON.fullmatch(said)
    if words and "/" in words[3] and (words[1] or words[2]) and (span := _date(words[3])).keys() == {"date-parts"}:
        found = span
        words = _SEASON.fullmatch(said.removesuffix(words[3]))
    if words and words[3].strip() in ("", date, date[:4]) and (words[1] or words[2]):
        return found | ({"season": words[2]} if words[2] else {}) | ({"circa": True} if words[1] else {})
    return found | {"literal": said if date[:4] in said else f"{said} {date[:4]}"}


def _date(said: str) -> dict[str, object]:
    """Return a date, or a range of two; in words where it is none."""
    days = said.split("/")
    if 1 <= len(days) <= 2 and all(map(_DAY.fullmatch, days)):  # noqa: PLR2004 — from, to
        return {"date-parts": [_parts(day) for day in days]}
    return {"raw": said}


def _parts(date: str) -> list[int]:
    """Return year, month and day, as far as they are said."""
    return [int(part) for part in date.split("-")]


def csl_name(parts: Name) -> dict[str, str]:
    """Return a name as CSL writes it: a group as it stands, a person in parts."""
    if parts.first or parts.particle or parts.suffix:
        found = {
            "family": parts.last, "given": parts.first, "non-dropping-particle": parts.particle, "suffix": parts.suffix
        }  # fmt: skip
        return {part: text for part, text in found.items() if text}
    is_word = not parts.whole and " " not in parts.last and any(map(str.isalnum, parts.last))
    return {"family" if is_word else "literal": parts.last}
