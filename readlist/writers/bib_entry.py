"""One entry of a .bib file: its type, its key, and its fields in a fixed order.

First come the fields that readlist knows, each as its source wrote it where the source was a .bib file, then the
other fields of that source in their order. So what came in goes out again, and a second time the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Final

from msgspec import Struct

from readlist import markup
from readlist.latex import readable
from readlist.latex.address import address
from readlist.link import own_address
from readlist.mark import Note
from readlist.paper import FROM_MARKS, SAMPLE, Entry, Paper
from readlist.text import words
from readlist.writers.bib_dates import MONTHS, day_and_month, is_fuller_year, said_besides
from readlist.writers.described import ISSUED, new_tags, plain_words, season
from readlist.writers.kinds import MISC, kind_of
from readlist.writers.names import NAME_LISTS, authors, raw_authors, raw_names
from readlist.writers.options import Options
from readlist.writers.raw_tex import is_balanced, is_settable, sanitised, sanitised_address
from readlist.writers.tex import composed, escape, verbatim
from readlist.writers.titles import raw_title, title

Field = tuple[str, str]
"""A field's name, and its value with the delimiters."""

_CLASS: Final = re.compile(r"[A-Za-z-]+(?:\.[A-Za-z-]+)?")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_:.+/-]*")
_NOT_KEY: Final = re.compile(r"[\s,{}#%~\\\"\x00-\x1f\x7f]")
_NOT_BIBER_KEY: Final = re.compile(r"[\s,{}#%~\\\"'()=\x00-\x1f\x7f]")
_ADDRESSES: Final = re.compile(r"url|doi|eprint|urlraw|verb[abc]|pdf|(?:bdsk|ads|acm)-?url(?:-\d+)?|local-url")
_RESOLVER: Final = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
"""What styles put before a DOI themselves."""
_LINK: Final = re.compile(r"\\href\s*\{(https?://[^{}\s]+)\}")
_URL: Final = re.compile(r"[\s{]*\\url\s*\{.*\}\s*", re.DOTALL)
_FILES: Final = re.compile(r"file|bdsk-file-\d+")
_FIRST: Final = ("title", "author", "year", "month", "date")
"""The fields that stand before what a paper appeared in."""
_THEN: Final = ("eprint", "archiveprefix", "primaryclass", "doi", "url", "abstract")
"""The fields that stand after it."""
_ALIASES: Final = {"archiveprefix": "eprinttype", "primaryclass": "eprintclass"}
"""Names that BibLaTeX has for what is BibTeX's."""
_LISTS: Final = frozenset("publisher institution school organization location address language".split())
_EMPTY_PART: Final = re.compile(r"^\s*and\b|\band\s+and\b|\band\s*$", re.IGNORECASE)
_VENUES: Final = (
    "journal", "journaltitle", "booktitle", "school", "institution", "organization", "howpublished", "publisher"
)  # fmt: skip
"""Fields that may say what a paper appeared in."""
_SPELT: Final = {"archiveprefix": "archivePrefix", "primaryclass": "primaryClass"}
"""Names that are customarily spelt with a capital."""
_OF_LINES: Final = frozenset(("abstract", "annote", "annotation", "comment", "review", "note", "notes"))
"""Fields in which line breaks mean something."""
_PRIVATE: Final = re.compile(
    r"annote|annotation|review|comment(?:-.*)?|readstatus|ranking|rating|priority|relevance|ris-n1(?:-\d+)?"
)
"""Fields in which other programs keep what a reader thinks of a paper; they go out with the notes."""
_BIB_SUFFIXES: Final = ("", ".bib", ".bibtex")
_ELSEWHERE: Final = frozenset({"crossref", "xdata", "entryset"})
"""Fields that point to other entries, which may not be in the file; what they bring is read with the paper."""


class Dialect(Struct, frozen=True):
    """What BibTeX and BibLaTeX do in their own ways, and what the reader asked for."""

    dates: Callable[[str, str], Iterator[Field]]
    """Writes a date, and the season that is said beside it, if one is."""
    preprint: Callable[[Paper], Iterator[Field]]
    venues: Mapping[str, str]
    note: str
    """The field that holds notes."""
    options: Options
    kind: Callable[[Paper], str] = kind_of
    """The type of a paper's entry."""
    renamed: Callable[[dict[str, Field], str], dict[str, Field]] = lambda fields, _: fields
    """The fields of the source, by their folded names, under the names that the type has for them."""
    biblatex: bool = False


def entry_text(entry: Entry, dialect: Dialect) -> str:
    """Return one entry, a field a line."""
    paper = entry.paper
    kind = dialect.kind(paper)
    if dialect.biblatex and kind == MISC and not paper.kind and _address(paper):
        kind = "online"
    lines = [f"@{kind}{{{_key(entry, dialect)},"]
    lines.extend(f"  {name} = {value}," for name, value in _fields(entry, kind, dialect))
    return "\n".join([*lines, "}\n"])


def _key(entry: Entry, dialect: Dialect) -> str:
    """Return the citation key; one that the programs cannot read is told apart by the paper's id."""
    readable = (_NOT_BIBER_KEY if dialect.biblatex else _NOT_KEY).sub("", entry.citekey)
    return readable if readable == entry.citekey and readable else f"{readable}-{entry.id}".lstrip("-")


def _fields(entry: Entry, kind: str, dialect: Dialect) -> Iterator[Field]:
    """Yield the fields in their fixed order, each under one name only."""
    paper = entry.paper
    others = dialect.renamed(_source_fields(paper, dialect), kind) if paper.extra else {}
    own = {name.casefold(): (name, value) for name, value in _own(paper, dialect)}
    for name in _FIRST:
        yield from _one(name, own, others)
    yield from _venues(paper, dialect.venues.get(kind.casefold(), "howpublished"), others, dialect)
    for name in _THEN:
        yield from _one(name, own, others)
    marks = list(_marks(entry, dialect, others))
    yield from others.values()
    yield from marks


def _one(name: str, own: dict[str, Field], others: dict[str, Field]) -> Iterator[Field]:
    """Yield a field as the source wrote it, else as readlist does, under whichever name it has; or nothing."""
    names = (name, _ALIASES.get(name, name))
    found = [others.pop(one) for one in names if one in others] or [own[one] for one in names if one in own]
    yield from found[:1]


def _venues(paper: Paper, name: str, others: dict[str, Field], dialect: Dialect) -> Iterator[Field]:
    """Yield what the paper appeared in, and take it out of the other fields."""
    found = [others.pop(one) for one in dict.fromkeys((name, *_VENUES)) if one in others]
    told = (words(plain_words(value)) for _, value in found)
    if paper.venue and not (found and found[0][0].casefold() == name) and words(paper.venue) not in told:
        yield name, _braced(_whole_list(name, escape(paper.venue, unicode=dialect.options.unicode)))
    yield from found


def _source_fields(paper: Paper, dialect: Dialect) -> dict[str, Field]:
    """Return the fields that the source had besides, as it wrote them, by their folded names."""
    found: dict[str, Field] = {}
    for name, value in paper.extra:
        folded = name.casefold()
        if _PRIVATE.fullmatch(folded) and not dialect.options.with_notes:
            continue
        if dialect.biblatex and (besides := said_besides(folded, paper)):
            folded, name, value = ISSUED, ISSUED, besides  # noqa: PLW2901 — beside `date` it takes no month and no year
        if dialect.biblatex and folded == "howpublished" and _is_moved(value, paper):
            continue  # it is the field `url`, which biblatex prints
        if folded not in found and folded not in _ELSEWHERE and _NAME.fullmatch(name):
            written = "" if _is_stale(folded, value, paper, dialect) else _as_written(folded, value, paper, dialect)
            if written not in ("", "{}"):
                found[folded] = (_SPELT.get(folded, name), written)
    return found


def _is_moved(value: str, paper: Paper) -> bool:
    """Whether a field is nothing but an address that no macro may set, and the paper has no other."""
    if not _URL.fullmatch(value) or is_settable(address(value)) or paper.identifiers.arxiv:
        return False
    return all(name.casefold() != "url" for name, _ in paper.extra)


def _is_stale(name: str, value: str, paper: Paper, dialect: Dialect) -> bool:
    """Whether a field of the source is told by what is known of the paper, or contradicts it."""
    if name == "title" or (name == ISSUED and season(paper)):
        return True
    if name not in ("year", "month", "date") or not paper.date:
        return False
    if name == "date" and dialect.biblatex:
        return value[:4] != paper.date[:4]
    if name == "date":  # the year and the month are written
        return value in (paper.date[:4], paper.date[:7]) or value[:4] != paper.date[:4]
    if name == "month" and day_and_month(value, paper):
        return dialect.biblatex
    kept = not dialect.biblatex and (is_fuller_year(value, paper) if name == "year" else len(paper.date) == len("YYYY"))
    return not kept


def _own(paper: Paper, dialect: Dialect) -> Iterator[Field]:
    """Yield what readlist knows of a paper, but for its venue."""
    raw = markup.as_tex(markup.tagged(paper.title_raw, paper.title))
    as_tex = paper.kind or raw != paper.title_raw
    made = raw_title(raw, unicode=dialect.options.unicode) if as_tex else ""
    yield "title", _braced(made or title(raw, paper.title, unicode=dialect.options.unicode))
    names = authors(paper, unicode=dialect.options.unicode)
    if names:
        yield "author", _braced(names)
    if paper.date:
        yield from dialect.dates(paper.date, season(paper))
    if paper.identifiers.arxiv:
        yield "eprint", _braced(verbatim(paper.identifiers.arxiv))
        yield from dialect.preprint(paper)
    if paper.identifiers.doi:
        yield "doi", _braced(verbatim(paper.identifiers.doi))
    address = _address(paper)
    if address:
        yield "url", _braced(address)
    if paper.kind and paper.abstract_raw and _is_from_bib(paper):
        yield "abstract", _as_written("abstract", paper.abstract_raw, paper, dialect)


def _is_from_bib(paper: Paper) -> bool:
    """Whether the paper first came in with a .bib file; the abstracts of listings do not go out."""
    first = paper.sources[0] if paper.sources else SAMPLE
    return first not in (SAMPLE, FROM_MARKS) and PurePath(first).suffix.lower() in _BIB_SUFFIXES


def preprint_class(paper: Paper) -> str:
    """Return the subject class of a preprint at arXiv, e.g. `cs.CL`; an old id names its archive itself."""
    first = paper.categories[0] if paper.categories and "/" not in (paper.identifiers.arxiv or "/") else ""
    return first if _CLASS.fullmatch(first) else ""


def _address(paper: Paper) -> str:
    """Return where a preprint is at arXiv, else where a link in the title leads, or one that no macro may set.

    A DOI stands by itself, and styles would print its address beside it.
    """
    if paper.identifiers.arxiv:
        return "https://arxiv.org/abs/" + verbatim(paper.identifiers.arxiv)
    linked = _LINK.search(paper.title_raw)
    if linked:
        return sanitised_address(linked[1])
    named = own_address(paper) if paper.extra else None
    return sanitised_address(named) if named and not is_settable(named) else ""


def _as_written(name: str, value: str, paper: Paper, dialect: Dialect) -> str:
    """Return a field as its source wrote it, in braces, with nothing in it that could do harm."""
    if name == "author":
        return _braced(raw_authors(value, paper, unicode=dialect.options.unicode))
    if name in NAME_LISTS:
        return _braced(raw_names(value, unicode=dialect.options.unicode))
    if name == "month" and (value.casefold() in MONTHS or day_and_month(value, paper)):
        return day_and_month(value, paper) or value.casefold()
    if _ADDRESSES.fullmatch(name):
        value = _RESOLVER.sub("", value) if name == "doi" else value
        return _braced(sanitised_address(value))
    if _FILES.fullmatch(name) and is_balanced(value):
        return _braced(composed(value))
    written = sanitised(markup.as_tex(value), unicode=dialect.options.unicode, lines=name in _OF_LINES)
    if name in ("year", ISSUED):
        written = written.replace("{}", "")
    if name == "pages":  # in which biblatex puts a macro in place of a hyphen, which must be all that is raised
        written = written.replace("^-$", "^{-}$").replace("_-$", "_{-}$")
    return _braced(_whole_list(name, written))


def _whole_list(name: str, written: str) -> str:
    """Return what stands in a field that biblatex takes apart at each `and`: in braces if a part would be empty."""
    return f"{{{written}}}" if name in _LISTS and _EMPTY_PART.search(written) else written


def _marks(entry: Entry, dialect: Dialect, others: dict[str, Field]) -> Iterator[Field]:
    """Yield what the reader asked for of the marks, after what the source had under the same name."""
    if dialect.options.with_tags and entry.mark.tags:
        yield "keywords", _braced(_tags(entry, others.pop("keywords", ("", "{}"))[1][1:-1], dialect))
    if dialect.options.with_notes and entry.mark.notes:
        yield dialect.note, _braced(_notes(entry, others.pop(dialect.note, ("", "{}"))[1][1:-1], dialect))


def _tags(entry: Entry, before: str, dialect: Dialect) -> str:
    """Return the source's keywords and those tags that are not among them."""
    written = [escape(tag, unicode=dialect.options.unicode) for tag in new_tags(entry)]
    return ("; " if ";" in before else ", ").join(filter(None, [before, *written]))


def _notes(entry: Entry, before: str, dialect: Dialect) -> str:
    """Return the source's note and those notes that are not in it."""
    known = " ".join(words(readable(before)))
    new = [note for note in entry.mark.notes if not before or " ".join(words(note.text)) not in known]
    return "\n\n".join(filter(None, [before, *(_note(note, unicode=dialect.options.unicode) for note in new)]))


def _note(note: Note, *, unicode: bool) -> str:
    """Return a note with its lines; TeX takes a line's end for a blank."""
    return "\n".join(escape(line, unicode=unicode) for line in note.text.splitlines()).strip()


def _braced(text: str) -> str:
    """Return `text` between the braces that delimit a field."""
    return f"{{{text}}}"
