"""arXiv's announcements by e-mail: new papers, cross-lists and replacements."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final

from msgspec import field

from readlist.paper import Furniture, Paper, Rejected
from readlist.readers.arxiv import announced, unfolded
from readlist.readers.decoding import numbered
from readlist.readers.gathered import Gathered
from readlist.text import safe_verbatim

NAME: Final = "arxiv-mail"
"""The format's name."""

_BEGIN: Final = re.compile(r"(?:arXiv:|Paper: )(?P<id>\S{5,40})(?P<kind>\s*\(\*?cross[^)]*\))?\s*", re.IGNORECASE)
_LOOKS: Final = re.compile(r"^\\\\[ \t]*\r?\n(?:arXiv:|Paper: )\S", re.MULTILINE)
_LABEL: Final = re.compile(
    r"(?P<label>Title|Authors?|Categories|Comments|Report-no|Journal-ref|DOI|MSC-class|ACM-class|Proxy|License|Subj-class|"
    r"Date(?: \((?P<which>[^)]{1,30})\))?):[ \t]*(?P<value>.*)",
    re.DOTALL,
)
_REPLACED: Final = re.compile(r"replaced with revised version (.*)", re.DOTALL)
_SIZE: Final = re.compile(r"\(\d+kb(?:,(?P<flags>\w+))?\)")
_QUOTED: Final = re.compile(r"content-transfer-encoding:\s*quoted-printable", re.IGNORECASE)
_RULE: Final = re.compile(r"[-=%\\\s]*")
"""What only parts one thing from another."""
_LONGEST: Final = 1 << 18
"""Characters beyond which a line that was folded for the way is given up."""


class _Record(Gathered):
    """One announced paper."""

    number: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    abstract: list[str] = field(default_factory=list)
    last: str = ""
    in_abstract: bool = False

    def take(self, line: str) -> bool:
        """Take a line of the record; whether it says anything of it."""
        if not self.keeps(line):
            return True
        if self.in_abstract:
            self.abstract.append(line)
            return True
        label = _LABEL.match(line)
        if label:
            self._label(label)
        elif replaced := _REPLACED.match(line):
            word = "withdrawn" if _is_withdrawn(replaced[1]) else "replaced"
            self.fields["announced"] = f"{word} {_SIZE.sub('', replaced[1]).strip()}"
        elif line[:1] in " \t" and self.last and line.strip():
            self.fields[self.last] += " " + line.strip()
        else:
            return not line.strip()
        return True

    def _label(self, found: re.Match[str]) -> None:
        """Take a labelled line."""
        name = found["label"].lower().split(" ", maxsplit=1)[0]
        name = {"author": "authors", "subj-class": "categories"}.get(name, name)
        value, which = found["value"].strip(), found["which"] or ""
        if name == "date" and _is_withdrawn(value):
            self.fields["announced"] = "withdrawn"
        if name == "date" and which.startswith("revised "):
            self.fields["version"] = which.removeprefix("revised ").strip()
        elif name != "date" or "date" not in self.fields:
            self.fields[name] = value
        self.last = name if name != "date" else ""


def _is_withdrawn(written: str) -> bool:
    """Whether a date with a size says that there is nothing to read: arXiv's flag `I`."""
    size = _SIZE.search(written)
    return size is not None and "I" in (size["flags"] or "")


def looks_like(head: str) -> bool:
    r"""Whether a source that begins so is an announcement: a line `\\` and one with an id."""
    return _LOOKS.search(head) is not None


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Rejected | Furniture]:  # noqa: ARG001 — every reader is called so
    """Yield the announced papers, and what stands around them.

    One that was replaced is dated by the month of its id, for the mail says no more.

    Args:
        lines: The text of the e-mail.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    record: _Record | None = None
    before = ""
    for number, line in numbered(_unquoted(lines)):
        begin = _BEGIN.fullmatch(line) if before.startswith("\\\\") or record is None else None
        if begin:
            if record is not None:
                yield _paper(record, source)
            record = _Record(number, [line.rstrip("\n")], number=begin["id"])
            if begin["kind"]:
                record.fields["announced"] = "cross-list"
        elif record is not None and line.startswith("\\\\"):
            if record.in_abstract or line.rstrip() != "\\\\" or line.startswith("\\\\ ("):
                yield _paper(record, source)
                record = None
            else:
                record.in_abstract = True
                record.text.append(line.rstrip("\n"))
        elif record is not None and line.startswith("----------") and record.in_abstract:
            yield _paper(record, source)
            record = None
        elif (record is None or not record.take(line)) and not _RULE.fullmatch(line):
            yield Furniture(number, safe_verbatim(line.strip()), source)
        before = line
    if record is not None:
        yield _paper(record, source)


def _paper(record: _Record, source: str) -> Paper | Rejected:
    """Return the paper that a record describes."""
    paper = announced(record.number, record.fields, unfolded(record.abstract), source) if record.is_whole else None
    if paper is None:
        return record.rejected("expected a line 'Title: …'", source)
    if paper.identifiers.arxiv is None:
        return record.rejected(f"{record.number!r:.40} is not an arXiv id", source)
    return paper


def _unquoted(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of an e-mail as they were written, when it was sent as quoted-printable."""
    quoted = False
    rest = b""
    for line in lines:
        if not quoted:
            quoted = _QUOTED.match(line) is not None
            yield line
            continue
        raw = rest + line.encode("utf-8", "replace").rstrip(b"\r\n")
        soft = raw.endswith(b"=") and len(raw) < _LONGEST
        rest = raw[:-1] if soft else b""
        if not soft:
            yield quopri.decodestring(raw).decode("utf-8", "replace").replace("\n", " ") + "\n"
    if rest:
        yield quopri.decodestring(rest).decode("utf-8", "replace")
