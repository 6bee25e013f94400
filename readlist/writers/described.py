"""What several formats say of a paper, as plain words: names turned round, the source's other fields, notes."""

from __future__ import annotations

import re
from typing import Final

from readlist import markup
from readlist.latex import readable
from readlist.link import link, own_address
from readlist.mark import tag_of
from readlist.names import Name, bibtex_names, is_braced, is_group, split_name, spoken
from readlist.paper import Entry, Identifiers, Paper
from readlist.text import safe_line, safe_verbatim, words
from readlist.writers.kinds import kind_of

ET_AL: Final = "et al."
"""What ends a list of authors that its source cut, where a format has no way of its own to say so."""

_PUBLISHERS: Final = ("publisher", "school", "institution", "organization")
"""Fields that may say who brought a paper out, best first."""

_BY_THEMSELVES: Final = frozenset(
    "book booklet proceedings collection phdthesis mastersthesis thesis techreport report manual unpublished dataset "
    "software patent".split()
)
"""BibTeX's types of what stands in nothing larger."""

ISSUED: Final = "issued"
"""The field that keeps what a source says of its date beside the date itself."""
SEASONS: Final = ("spring", "summer", "autumn", "winter")
_SEASON: Final = re.compile(r"(spring|summer|autumn|winter|fall)(?: (\d{4}))?", re.IGNORECASE | re.ASCII)
_HREF: Final = re.compile(r"\\href\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_ENDS: Final = frozenset(":?!.–—")
"""Signs after which a subtitle needs no colon."""
_RANGE: Final = re.compile(r"\s*[-‐-―]+\s*")


def plain_words(raw: str) -> str:
    """Return a field of a .bib file as a readable line, the address of a link behind its words."""
    raw = _HREF.sub(_with_address, raw) if "\\href" in raw else raw
    return safe_line(readable(markup.plain(raw)).replace("{", "").replace("}", ""))


def _with_address(link: re.Match[str]) -> str:
    """Return the words of a link, and its address in the macro for addresses."""
    return link[2] if link[1] == link[2] else f"{link[2]} (\\url{{{link[1]}}})"


def full_title(paper: Paper) -> str:
    """Return the title, with the subtitle that a .bib file or Crossref says apart from it."""
    return with_subtitle(safe_line(paper.title), paper)


def with_subtitle(title: str, paper: Paper) -> str:
    """Return a title as it is written somewhere, with the subtitle that the source of its paper says apart from it."""
    raw = next((value for name, value in paper.extra if name.casefold() == "subtitle"), "")
    subtitle = plain_words(raw) if raw else ""
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{'' if title[-1:] in _ENDS else ':'} {subtitle}"


def authors(paper: Paper) -> list[Name]:
    """Return the authors' names in parts: as a .bib file divides them, else as such names are usually divided."""
    raw = next((value for field, value in paper.extra if field.casefold() == "author"), "")
    told = _names(raw)
    if len(told) == len(paper.authors) and all(
        words(spoken(name)) == words(author) for name, author in zip(told, paper.authors, strict=True)
    ):
        return told
    return [_divided(line) for author in paper.authors if (line := safe_line(author))]


def editors(paper: Paper) -> list[Name]:
    """Return the names in the field `editor`, in parts."""
    return names(paper, "editor")


def names(paper: Paper, name: str) -> list[Name]:
    """Return the names that a field of the source lists, in parts."""
    return _names(next((value for field, value in paper.extra if field.casefold() == name), ""))


def _names(raw: str) -> list[Name]:
    """Return the names that a field of a .bib file lists."""
    found = []
    for name in bibtex_names(raw)[0] if raw.strip() else ():
        parts = Name(
            plain_words(name.first), plain_words(name.particle), plain_words(name.last), plain_words(name.suffix)
        )  # fmt: skip
        if parts.last:
            whole = spoken(parts)
            braced = whole == parts.last and is_braced(name.last)
            found.append(Name("", "", whole, "", braced) if braced or is_group(whole) else parts)
    return found


def _divided(author: str) -> Name:
    """Return the parts of a name; that of a group has one."""
    parts = split_name(author)
    return Name("", "", author, "") if is_group(author) or not parts.last else parts


def is_person(name: Name) -> bool:
    """Whether a name has a given and a family name; a group's has not."""
    return bool(name.first and name.last)


def turned_round(name: Name) -> str:
    """Return a name as `von Last, First, Jr.`; that of a group, or of one word, as it stands."""
    if not is_person(name):
        return spoken(name)
    family = f"{name.particle} {name.last}".strip()
    return ", ".join(part for part in (family, name.first, name.suffix) if part)


def other_fields(paper: Paper) -> dict[str, str]:
    """Return the fields that the source had besides, by name in lower case, as readable lines."""
    found: dict[str, str] = {}
    for name, raw in paper.extra:
        value = plain_words(raw)
        if value:
            found.setdefault(name.casefold(), value)
    return found


def article_number(fields: dict[str, str]) -> str:
    """Return the number that an article has in place of pages: BibLaTeX's field, else ACM's."""
    return fields.get("eid", "") or fields.get("articleno", "")


def keywords(paper: Paper) -> list[str]:
    """Return the keywords that the source gave, between semicolons or else commas."""
    raw = next((value for field, value in paper.extra if field.casefold() == "keywords"), "")
    return [word for part in raw.split(";" if ";" in raw else ",") if (word := plain_words(part))]


def new_tags(entry: Entry) -> list[str]:
    """Return the reader's tags, but for those that the keywords of the source say already."""
    words = keywords(entry.paper)
    known = {word.casefold() for word in words} | {tag_of(word) for word in words}
    return [tag for tag in entry.mark.tags if tag.casefold() not in known]


def between(words: list[str]) -> str:
    """Return what stands between keywords on one line: semicolons where a comma is in one of them."""
    return "; " if any("," in word for word in words) else ", "


def season(paper: Paper) -> str:
    """Return the season that a source says beside the year; empty when it says none, or a month."""
    if len(paper.date or "") != len("YYYY"):
        return ""
    said = (value for name, value in paper.extra if name in (ISSUED, "month"))
    found = (_SEASON.fullmatch(value.strip("{} ")) for value in said)
    return next((one[1].capitalize() for one in found if one and one[2] in (None, paper.date)), "")


def said_of_date(paper: Paper, fields: dict[str, str]) -> str:
    """Return what a source says of the date beside day, month and year; all that it says if there is no year.

    Args:
        paper: The paper.
        fields: What `other_fields` says of it.
    """
    if not paper.date:
        return fields.get("year", "") or fields.get("date", "")
    span = fields.get("date", "")
    named = season(paper)
    return fields.get(ISSUED, "") or (
        f"{named} {paper.date}" if named else span if "/" in span else _words(paper, fields)
    )


def _words(paper: Paper, fields: dict[str, str]) -> str:
    """Return a month in words beside the year, and a year of which more is said, such as `Nov–Dec 2019/2020`."""
    year, month = fields.get("year", ""), fields.get("month", "")
    known = (paper.date or "")[:4]
    month = "" if len(paper.date or "") > len("YYYY") or month.isdigit() else month
    year = year if year != known == paper.date and known in year else ""
    return f"{month} {year or known}".strip() if month else year


def container(paper: Paper, fields: dict[str, str]) -> str:
    """Return what a paper stands in: a journal, a book, proceedings; empty for what stands by itself.

    A venue may be the school, the institution or the publisher of a source: these hold no papers.

    Args:
        paper: The paper.
        fields: What `other_fields` says of it.
    """
    venue = safe_line(paper.venue or "")
    if not venue or kind_of(paper).casefold() in _BY_THEMSELVES or venue in (paper.title, publisher(paper, fields)):
        return ""
    return venue


def publisher(paper: Paper, fields: dict[str, str]) -> str:
    """Return who brought a paper out: its publisher, or the school or institution; empty when nobody is named.

    Args:
        paper: The paper.
        fields: What `other_fields` says of it.
    """
    named = next((fields[name] for name in _PUBLISHERS if name in fields), "")
    return named or (safe_line(paper.venue or "") if kind_of(paper).casefold() in _BY_THEMSELVES else "")


def page_range(pages: str) -> tuple[str, str]:
    """Return the first and the last page of `pages`; the last is empty when one page or several ranges are named."""
    first, *rest = _RANGE.split(pages.strip())
    return (first, rest[0]) if len(rest) == 1 and "," not in pages else (pages.strip(), "")


def addresses(paper: Paper) -> list[tuple[str, str]]:
    """Return the identifiers that lead somewhere, e.g. `arXiv:2302.04761`, each with its address."""
    doi, arxiv = paper.identifiers.doi, paper.identifiers.arxiv
    ways = ((f"doi:{doi}", Identifiers(doi=doi)), (f"arXiv:{arxiv}", Identifiers(arxiv=arxiv)))
    found = ((name, link(Paper(paper.title, paper.title_raw, identifiers=only))) for name, only in ways)
    return [(safe_line(name), address) for name, address in found if address]


def site(paper: Paper) -> str:
    """Return the address that a paper's source gives; empty when it is one that an identifier leads to."""
    address = own_address(paper) or ""
    known = (paper.identifiers.doi, paper.identifiers.arxiv)
    return "" if any(number in address.casefold() for number in known if number) else address


def notes(entry: Entry) -> list[str]:
    """Return the reader's notes on a paper, each as it was written."""
    return [text for note in entry.mark.notes if (text := safe_verbatim(note.text).strip("\n"))]
