"""Where a format surely begins: what stands at the start of a line, confirmed by the lines that follow it.

An abstract may speak of `@article` or have a line that begins with TY; nothing but records of a format has the lines
after it too. What only looks like a format, as `detect` knows it by, is no such sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from readlist.readers import csv, links, medline, reader, web_of_science
from readlist.readers.ahead import Ahead
from readlist.readers.json_objects import texts
from readlist.readers.publications.archives import CATEGORIES
from readlist.readers.publications.headers import header
from readlist.text import safe_line

JSON: Final = {
    "json": ('"authors_truncated"',),
    "zotero": ('"itemType"',),
    "semantic-scholar": ('"paperId"', '"corpusid"', '"corpusId"'),
    "arxiv-snapshot": ('"authors_parsed"',),
    "csl-json": (),
}
"""Formats that are JSON, in the order in which they are tried, and keys that no other one has."""
_XML: Final = ("arxiv-feed", "arxiv-oai")
"""Formats that are XML, likewise."""

_MAY: Final = re.compile(
    r"""[ \t]{0,9}(?:
      (?P<bibtex>@[ \t]{0,9}[A-Za-z]{2,30}[ \t]{0,9}[{(])
    | (?P<wos>\ufeff?(?:FN|PT)[ ](?=\S))
    | (?P<medline>\ufeff?PMID-[ ])
    | (?P<ris>\ufeff?TY[ \t]{1,4}-)
    | (?P<json>[\[{][ \t]*(?:["\[{]|$))
    | (?P<mail>(?:\\\\|-{70,90})\s*$|Subject:[ ])
    | (?P<page>(?:Showing[ ](?:new|up[ ]to|the)\b|Total[ ]of[ ]\d|New[ ]submissions[ ]\()
        |\[\d{1,6}\][ ]{0,4}arXiv:|arXiv:\S{5,40}\s{1,4}\[(?:pdf|ps|html|other)\b)
    | (?P<xml><(?:\?xml\s
        |(?:feed|rss|rdf:RDF|(?:[\w.-]{1,20}:)?(?:OAI-PMH|ListRecords|GetRecord))(?:\s*>\s*(?:<|$)|\s+[\w:]{1,40}\s?=)))
    | (?P<yaml>---\s*$|(?:["']?references["']?[ \t]*:|-[ ]{1,9}["']?[A-Za-z-]{2,30}["']?:)(?:\s|$))
    | (?P<links>\#[ ]|(?:(?:[-*+•]|\d{1,4}[.)])\s{1,4})?<?
        (?:https?://|doi:|10\.\d{4}|arXiv:|\d{4}\.\d{4}|[a-z-]{2,9}+(?:\.[A-Z]{2})?/\d{7}))
    | (?P<header>(?:\d{1,4}(?:\.\d{1,3})?%?[ ]?)?(?:[A-Z]{2}|[a-z-]{2,9}+(?:\.[A-Za-z-]{2,9}?)?)[ ]?
        (?:[A-Z][a-z]{2}|\d))
    | (?P<csv>["'\w][^,;\t|]{0,40}[,;\t|]["'\w])
    )""",
    re.VERBOSE,
)
"""What a line begins with that may be a sign; the name of the group says of what."""
_ENTRY: Final = re.compile(
    r"[ \t]{0,9}@[ \t]{0,9}[A-Za-z]{2,30}[ \t]{0,9}[{(]\s{0,9}(?:[^\s,{}()=\"]{0,200}\s{0,9},)?\s{0,9}"
    r"(?P<field>[\w:.-]{1,60}\s{0,9}=\s{0,9}[\"{\w])?"
)
_FIELD: Final = re.compile(r"[\s,]{0,40}[\w:.-]{1,60}\s{0,9}=\s{0,9}(?:[\"{\w]|$)")
_TYPE: Final = re.compile(r"\s{0,9}\ufeff?TY[ \t]{1,4}-[ \t]{0,4}[A-Z]{3,6}\s*$")
_TAG: Final = re.compile(r"[A-Z][A-Z0-9][ \t]{1,4}-(?:\s|$)")
_OBJECT: Final = re.compile(r'\{\s*"[^"\n]{1,80}"\s*:')
_ANNOUNCED: Final = re.compile(r"(?:arXiv:|Paper: )\S")
_LABELLED: Final = re.compile(r"\s{0,9}(?:Title|Authors|Subjects)\s{0,9}:")
_PAGE: Final = 16
"""Lines within which a page of arXiv has a paper with a label."""
_MAIL: Final = 40
"""Lines that may stand above the first announcement of an e-mail."""
_LOOKED_AT: Final = 1 << 14
"""Characters by which it is told which of several formats it is."""
_TITLE: Final = re.compile(r"[^\W\d_](?:[\w,&'\u2019()-]|[ ](?![ ])){1,90}:?\n")
"""What stands alone above a part and is its title, not the end of the part before."""
_LONGEST_HEADING: Final = 500
"""Characters beyond which a line heads no table."""


def may_begin(line: str, *, apart: bool) -> bool:
    """Whether a line is worth a closer look: it may be a sign, or the title of a part.

    Args:
        line: The line.
        apart: Whether the line before is blank, or there is none.
    """
    return _MAY.match(line) is not None or (apart and _TITLE.fullmatch(line) is not None)


class Signs:
    """Looks for formats that begin in the lines of a source."""

    def __init__(self, ahead: Ahead) -> None:
        """Take the lines."""
        self._ahead = ahead
        self._at = 0
        self._quiet: dict[str, int] = {}
        self._of: dict[str, tuple[Sequence[str], Callable[[], str | None]]] = {
            "bibtex": (("bibtex",), self._bibtex),
            "ris": (("ris",), self._ris),
            "wos": (("web-of-science",), lambda: self._two(web_of_science.BEGINS, "web-of-science")),
            "medline": (("medline",), lambda: self._two(medline.BEGINS, "medline")),
            "mail": (("arxiv-mail",), self._mail),
            "page": (("arxiv-listing",), self._page),
            "xml": ((), lambda: self._known(_XML)),
            "yaml": (("csl-yaml",), lambda: self._known(("csl-yaml",))),
            "header": (("publications",), self._header),
            "csv": (("csv",), self._csv),
        }

    def begun(self, current: str | None, *, apart: bool, anew: bool = True) -> str | None:
        """Return the format that surely begins in the next line; None if it is none, or the one that is being read.

        Args:
            current: The format that is being read; None when it is not known yet.
            apart: Whether the line before is blank, or there is none.
            anew: Whether what is being read may be over.
        """
        line = self._ahead.peek(0)
        found = _MAY.match(line)
        self._at = 0
        if found and (name := self._confirmed(found, current, apart=apart, anew=anew)):
            return name
        if apart and not found and not (current == "csv" and "," in line) and _TITLE.fullmatch(line):
            self._at = 1
            found = _MAY.match(self._ahead.peek(1))
            return self._confirmed(found, current, apart=False, anew=False) if found else None
        return None

    def _confirmed(self, found: re.Match[str], current: str | None, *, apart: bool, anew: bool) -> str | None:
        """Return the format that a line says which may begin one; None when it does not, or says the current one."""
        if found["links"]:
            return None if current == "links" else self._links(apart=apart, in_table=current == "csv")
        if found["json"]:
            name = self._json(current) if anew or current not in JSON else None
        else:
            formats, confirmed = self._of[found.lastgroup or ""]
            name = None if current in formats else confirmed()
        return None if name == current else name

    def _line(self, further: int = 0) -> str:
        """Return the line that is looked at, or one further on."""
        return self._ahead.peek(self._at + further)

    def _following(self) -> str:
        """Return the next line after it that is not blank."""
        return self._ahead.following(self._at)

    def _bibtex(self) -> str | None:
        """An entry with a field, in its own line or the next."""
        line = self._line()
        found = _ENTRY.match(line)
        if found is None:
            return None
        goes_on = not line[found.end() :].strip() and _FIELD.match(self._following())
        return "bibtex" if found["field"] or goes_on else None

    def _ris(self) -> str | None:
        """A type and another tag."""
        return "ris" if _TYPE.match(self._line()) and _TAG.match(self._following()) else None

    def _two(self, begins: re.Pattern[str], name: str) -> str | None:
        """The first two lines of a record."""
        return name if begins.match(self._line().lstrip() + self._following()) else None

    def _json(self, current: str | None) -> str | None:
        """An object, or an array of them, that a reader of JSON knows; of several one after the other, the first."""
        line = self._line()
        whole = line.startswith("{") and line.rstrip().endswith("}")
        text = line if whole else _record(self._ahead.window(_LOOKED_AT, self._at))
        mine = JSON.get(current or "")
        if mine is not None and (any(key in text for key in mine) if mine else not _has_key(text)):
            return current
        return self._known(tuple(JSON), text) if _OBJECT.match(text[:1000]) else None

    def _mail(self) -> str | None:
        """The line that stands around announcements, and an id; or the line that stands above them."""
        if not self._line().startswith("\\\\"):
            lines = [self._line(index) for index in range(1, _MAIL)]
            begun = (one.startswith("\\\\") and _ANNOUNCED.match(after) for one, after in pairwise(lines))
            return "arxiv-mail" if any(begun) else None
        return "arxiv-mail" if _ANNOUNCED.match(self._following()) else None

    def _page(self) -> str | None:
        """The first line of a paper, and a label soon after it; or a line above them."""
        lines = [self._line(index) for index in range(_PAGE)]
        at = next((index for index, line in enumerate(lines) if "arXiv:" in line), _PAGE)
        return "arxiv-listing" if any(map(_LABELLED.match, lines[at + 1 :])) else None

    def _links(self, *, apart: bool, in_table: bool) -> str | None:
        """Lines of identifiers of different papers; one alone only if it stands apart and nothing follows it.

        A line alone may be the link of the paper that it stands below.
        """
        line = self._line()
        if line.startswith("#"):  # a comment above them
            first, second = links.listed(self._line(1)), links.listed(self._line(2))
            return "links" if first and second and first != second else None
        following = self._following()
        after = _MAY.match(following)
        if not (after and after["links"]) and not (apart and not following.strip()):
            return None
        named = [] if in_table and not set(",;\t|").isdisjoint(line) else links.listed(line)
        if not named:
            return None
        named += links.listed(following)
        several = max(len({one.arxiv for one in named} - {None}), len({one.doi for one in named} - {None})) > 1
        return "links" if several or (apart and not following.strip()) else None

    def _header(self) -> str | None:
        """A header of a publications page with a score or one of arXiv's codes, and something below it."""
        found = header(safe_line(self._line()))
        known = found is not None and (found.code in CATEGORIES or found.score is not None)
        return "publications" if known and self._following() else None

    def _csv(self) -> str | None:
        """A header row of papers, and a row that is as long."""
        line = self._line()
        if len(line) > _LONGEST_HEADING or "tit" not in line.lower():
            return None
        return "csv" if csv.begins(line, self._following()) else None

    def _known(self, formats: Sequence[str], text: str = "") -> str | None:
        """Return which of these formats the next lines are in; what they are not is not asked of each of them again.

        Args:
            formats: In the order in which they are tried.
            text: What is looked at first, if it is less than the next lines.
        """
        at = self._ahead.number
        if at < self._quiet.get(formats[0], 0):
            return None
        if text and (found := which(text, formats)):
            return found
        lines = self._ahead.window(_LOOKED_AT, self._at)
        found = which("".join(lines), formats)
        if found is None:
            self._quiet[formats[0]] = at + len(lines) // 2
        return found


def _record(lines: Iterable[str]) -> str:
    """Return the text of the first record of JSON in some lines; empty when there is none."""
    return next((one.text for one in texts(lines)), "")


def _has_key(text: str) -> bool:
    """Whether a text has a key that only one of the formats that are JSON has."""
    return any(key in text for keys in JSON.values() for key in keys)


def which(head: str, formats: Iterable[str]) -> str | None:
    """Return which of these formats a source is in that begins so; None when it is in none."""
    return next((name for name in formats if reader(name).looks_like(head)), None)
