"""The text of arXiv's pages as it is copied from a browser: lists of new and recent papers, and search results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from msgspec import field

from readlist.names import PARTICLES
from readlist.paper import Furniture, Paper, Rejected
from readlist.readers.arxiv import announced
from readlist.readers.decoding import numbered
from readlist.readers.gathered import Gathered
from readlist.text import safe_line, safe_verbatim

NAME: Final = "arxiv-listing"
"""The format's name."""

_ID: Final = r"(?:\d{4}\.\d{4,5}|[a-z][a-z.-]{1,12}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?"
_BEGIN: Final = re.compile(
    rf"\s*(?:\[\d{{1,6}}\]|\d{{1,6}}\.)?\s*arXiv:(?P<id>{_ID})"
    r"(?:\s*(?:\((?P<kind>[^()]{1,60})\)|\[[^\[\]]{1,80}\]|doi\s+(?P<doi>\S{1,200}+)(?!\S)))*"
    r"\s*(?P<classes>(?:[a-z-]{2,10}\.[A-Za-z-]{2,20}(?![A-Za-z-])\s*)*)(?:doi\s+(?P<later_doi>\S{1,200})\s*)?",
    re.ASCII,
)
_NUMBERED: Final = re.compile(r"\s*\[\d{1,6}\]\s{0,9}arXiv:", re.IGNORECASE)
"""What a paper begins with on a page, even if its id is none or is cut off."""
_LONGEST_BEGIN: Final = 300
"""Characters beyond which a line begins no paper."""
_LABELLED: Final = re.compile(r"^[^\S\n]*+(?:Title|Authors|Subjects)[^\S\n]*+:", re.MULTILINE)
_LABEL: Final = re.compile(
    r"(Title|Authors|Subjects|Comments|Journal-ref|Journal ref|Journal reference|DOI|MSC class|ACM class|Report number|"
    r"Abstract|MSC-class|ACM-class|Report-no|Related DOI|Cite as|Submitted|Subj-class)(?::\s*|\s+)(.*)",
    re.DOTALL,
)
_NAMES: Final = {
    "submitted": "date", "subjects": "categories", "subj-class": "categories", "journal ref": "journal-ref",
    "journal reference": "journal-ref", "msc class": "msc-class", "acm class": "acm-class",
    "report number": "report-no", "related doi": "doi",
}  # fmt: skip
_FURNITURE: Final = re.compile(
    r"\[\d{1,6}\]|\d{1,6}\.|\[(?:pdf|ps|html|other|view|abs)[^\[\]]*\]|Showing .{1,60} (?:entries|of|listings).*|"
    r"(?:New submissions|Cross(?:-lists?| submissions)|Replacements?|Replacement submissions)\b.{0,60}|"
    r"View PDF.{0,40}|View a PDF of .*|HTML \(experimental\)|TeX Source|Other Formats|Focus to learn more|"
    r"\(?showing .*|\(or arXiv:.*|https://doi\.org/10\.48550/\S+|arXiv-issued DOI via DataCite.*|[-=_\s]+",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"Total of \d+ entries.*|Showing up to \d+ entries.*|.{0,60}\(\s*(?:showing|continued).{0,60}entries\s?\)|"
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4}\b.{0,60}|Submission history.*|About|"
    r"Previous\s*Next.*|Full-text links:|Access Paper:?"
)
"""What stands below a paper; up to the next there is nothing of papers."""
_BETWEEN: Final = re.compile(r",\s*(?:and\s)?|\sand\s")
_FOLDED: Final = 50
"""Characters that a line of a title has at the least that goes on in the next."""
_SUBMITTED: Final = re.compile(r"\[Submitted on ([^()\]]{4,40})(?:.*\(this version, (v\d{1,3})\).*|.*)\]")
_FIRST: Final = re.compile(r"\bv1 submitted ([^;]{4,40})")
_ANNOUNCED: Final = re.compile(r"new|cross|replaced|withdrawn", re.IGNORECASE)


class _Record(Gathered):
    """One listed paper."""

    number: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    between: list[str] = field(default_factory=list)
    """Lines without a label that stand below the title: more of it, and the authors."""
    ended: bool = False
    """Whether what follows is no more of the paper."""

    def take(self, line: str) -> bool:
        """Take a line of the record; whether it is one of it, and not of the page."""
        if not self.keeps(line):
            return True
        words = safe_line(line)
        self.ended = self.ended or _END.fullmatch(words) is not None
        if self.ended or not words or _FURNITURE.fullmatch(words):
            return not words
        label = _LABEL.match(words)
        if submitted := _SUBMITTED.fullmatch(words):
            self.fields |= {"date": submitted[1], "version": submitted[2] or ""}
        elif label and (words[len(label[1]) : len(label[1]) + 1] == ":" or label[1] == "Submitted"):
            name = _NAMES.get(label[1].lower(), label[1].lower())
            self.settle(labelled=name)
            self._put(name, label[2])
        elif not self.fields.get("title"):
            self._put("title", words)
        elif self._awaits_authors():
            self.between.append(words)
        else:
            self._put("abstract", words)
        return True

    def settle(self, *, labelled: str = "") -> None:
        """Tell the lines below the title apart, now that a label follows them, or nothing does.

        Only a long title is folded, and what lists people is no more of it. Without a label there may be an abstract.
        """
        lines, self.between = self.between, []
        before = self.fields.get("title", "")
        while (
            labelled and len(lines) > (labelled != "authors") and len(before) >= _FOLDED and not _lists_people(lines[0])
        ):
            before = lines.pop(0)
            self._put("title", before)
        for index, line in enumerate(lines):
            goes_on = not index or (labelled and (lines[index - 1].endswith(",") or _lists_people(line)))
            self._put("authors" if goes_on and "abstract" not in self.fields else "abstract", line)

    def _awaits_authors(self) -> bool:
        """Whether a line without a label is one of authors: those of pages stand between title and subjects."""
        return not self.fields.get("authors") and not {"categories", "abstract"} & self.fields.keys()

    def _put(self, name: str, words: str) -> None:
        """Take what was said, after what was said before under the same name."""
        held = self.fields.get(name)
        between = "\n" if name == "abstract" else " "
        self.fields[name] = f"{held}{between}{words}" if held else words


def _lists_people(line: str) -> bool:
    """Whether a line names several people: each of several words, all of them capitalised but for particles."""
    names = _BETWEEN.split(line.strip(" ,"))
    return (len(names) > 1 or line.rstrip().endswith(",")) and all(
        len(words := name.split()) > 1 and all(not word[0].islower() or word in PARTICLES for word in words)
        for name in names[:-1] or names
    )


def looks_like(head: str) -> bool:
    """Whether a source that begins so is a page of arXiv: lines that begin papers, and labelled ones."""
    return _LABELLED.search(head) is not None and any(map(_begin, head.split("\n")))


def _begin(line: str) -> re.Match[str] | None:
    """Return what a line says that begins a paper; None if it begins none."""
    return _BEGIN.fullmatch(line.rstrip()) if len(line) < _LONGEST_BEGIN and "arxiv:" in line.lower() else None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected | Furniture]:  # noqa: ARG001 — every reader is called so
    """Yield the papers of a page, dated by the months of their ids unless it says more, and what is of the page.

    Args:
        lines: The text of the page.
        as_of: Not used.
        source: The source's name.
    """
    record: _Record | None = None
    for number, line in numbered(lines):
        begin = _begin(line)
        if begin:
            if record is not None:
                yield _paper(record, source)
            record = _Record(number, [line.rstrip("\n")], number=begin["id"])
            said = {"categories": begin["classes"], "doi": begin["doi"] or begin["later_doi"]}
            if begin["kind"] and _ANNOUNCED.match(begin["kind"]):
                said["announced"] = begin["kind"]
            record.fields |= {name: words for name, words in said.items() if words}
        elif _NUMBERED.match(line):
            if record is not None:
                yield _paper(record, source)
            record = _Record(number, [line.rstrip("\n")])
        elif line.strip() and (record is None or not record.take(line)):
            yield Furniture(number, safe_verbatim(line.strip()), source)
    if record is not None:
        yield _paper(record, source)


def _paper(record: _Record, source: str) -> Paper | Rejected:
    """Return the paper that a record describes."""
    if not record.number:
        return record.rejected("expected an arXiv id", source)
    record.settle()
    fields = record.fields
    abstract = fields.get("abstract", "").rpartition("▽ More")[2].strip().removesuffix("△ Less").strip()
    if first := _FIRST.search(fields.get("date", "")):
        fields["date"] = first[1]
    paper = announced(record.number, fields, abstract, source) if record.is_whole else None
    return paper or record.rejected("expected a title after the id", source)
