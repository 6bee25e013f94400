"""What arXiv's OAI-PMH interface answers, in its formats `arXiv`, `arXivRaw` and Dublin Core (`oai_dc`).

Dublin Core of other archives is read too, as far as it says the same (info.arxiv.org/help/oa, openarchives.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from readlist.latex import readable
from readlist.names import Name, split_name, spoken
from readlist.paper import Paper, Rejected
from readlist.readers import people
from readlist.readers.arxiv import announced, month_of, unfolded
from readlist.readers.arxiv.elements import Broken, Element, begins, records
from readlist.readers.dates import loose_date
from readlist.readers.identifiers import arxiv_id, doi, identifiers
from readlist.readers.making import made
from readlist.text import safe_line

NAME: Final = "arxiv-oai"
"""The format's name."""

_LOOKS: Final = begins(r"(?:[\w.-]{1,20}:)?(?:OAI-PMH|ListRecords|GetRecord)")
_RECORDS: Final = r"(?:[\w.-]{1,20}:)?(?:record|error)"
_FIELDS: Final = ("title", "categories", "comments", "report-no", "journal-ref", "doi", "msc-class", "acm-class",
                  "proxy", "license", "submitter", "updated")  # fmt: skip
"""What the formats of arXiv's own say, under the names that announcements have for it."""
_COMMENT: Final = re.compile(r"Comments?:\s*", re.IGNORECASE)
_PREFIX: Final = "oai:arXiv.org:"


def looks_like(head: str) -> bool:
    """Whether a source that begins so is an answer of OAI-PMH."""
    return _LOOKS.match(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the records as papers; an error that the archive answers with is told as such.

    Args:
        lines: The text of the answer, or of several one after the other.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    for cut in records(lines, _RECORDS):
        try:
            yield _paper(Element(cut), source)
        except Broken as error:
            yield Rejected(cut.line, str(error), cut.shown, source)


def _paper(record: Element, source: str) -> Paper:
    """Return the paper that a record describes.

    Raises:
        Broken: It is an error, a record that was deleted, or has no title.
    """
    if record.is_called("error"):
        words = " ".join([*record.attributes("", "code"), *record.all("")])
        raise Broken(f"the archive answered with an error: {safe_line(words)}")
    if "deleted" in record.attributes("header", "status"):
        raise Broken("the archive says that the record was deleted")
    for own in ("metadata/arXiv", "metadata/arXivRaw"):
        if record.groups(own):
            paper = _own(record, own, source)
            break
    else:
        paper = _dublin_core(record, source)
    if paper is None:
        raise Broken("the record has no title")
    return paper


def _own(record: Element, at: str, source: str) -> Paper | None:
    """Return the paper that a record in one of arXiv's own formats describes."""
    said = record.groups(at)[0]
    number = said.get("id") or record.first("header/identifier").removeprefix(_PREFIX)
    versions = record.attributes(f"{at}/version", "version")
    fields = {name: " ".join(said[name].split()) for name in _FIELDS if said.get(name)}
    fields["date"] = said.get("created") or record.first(f"{at}/version/date")
    if versions:
        fields["version"] = versions[-1]
    people_said = record.groups(f"{at}/authors/author")
    listed = None
    if people_said:
        names = tuple(_spoken(one) for one in people_said)
        places = dict.fromkeys(record.all(f"{at}/authors/author/affiliation"))
        listed = people.Authors(names, truncated=False, affiliations=tuple(places))
    else:
        fields["authors"] = " ".join(said.get("authors", "").split())
    return announced(number, fields, unfolded(said.get("abstract", "").splitlines()), source, listed)


def _spoken(author: dict[str, str]) -> str:
    """Return a name in the order of speech."""
    return spoken(Name(author.get("forenames", ""), "", author.get("keyname", ""), author.get("suffix", "")))


def _dublin_core(record: Element, source: str) -> Paper | None:
    """Return the paper that a record in Dublin Core describes."""
    at = "metadata/dc"
    names = [" ".join(one.split()) for one in record.all(f"{at}/identifier", f"{at}/relation")]
    number = record.first("header/identifier").removeprefix(_PREFIX)
    number = next((one for one in (number, *names) if arxiv_id(one)), "")
    texts = record.all(f"{at}/description")
    comments = [text for text in texts if _COMMENT.match(text)]
    abstract = next((text for text in texts if not _COMMENT.match(text)), "")
    dates = sorted(date for text in record.all(f"{at}/date") if (date := loose_date(text)))
    cited = [one for one in names if not (arxiv_id(one) or doi(one) or "://" in one)]
    link = next((one for one in names if "://" in one and not arxiv_id(one) and not doi(one)), "")
    return made(
        " ".join(record.first(f"{at}/title").split()),
        source,
        authors=[spoken(split_name(readable(one))) for one in record.all(f"{at}/creator")],
        date=dates[0] if dates else month_of(number),
        abstract=unfolded(abstract.splitlines()),
        identifiers=identifiers(number, next((one for one in names if doi(one)), "")),
        venue=cited[0] if cited else record.first(f"{at}/source"),
        extra=[
            *(("comments", " ".join(_COMMENT.sub("", text, count=1).split())) for text in comments),
            ("journal-ref", "".join(cited[:1])),
            ("keywords", ", ".join(record.all(f"{at}/subject"))),
            ("publisher", record.first(f"{at}/publisher")),
            ("language", record.first(f"{at}/language")),
            ("license", record.first(f"{at}/rights")),
            ("url", link),
        ],
    )
