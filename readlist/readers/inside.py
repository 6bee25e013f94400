"""Where nothing else can begin among the lines of a format, as in an entry, a record, a cell; where its records end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from readlist.readers import links
from readlist.readers.bibtex.blocks import NEXT

_GLUED: Final = re.compile(r"@[A-Za-z]{2,30}\{[^\s,{}()=\"]{1,200},\s*$|TY  - [A-Z]{3,6}\s*$")
"""What stands at the end of a line where two files were joined and the first did not end its last line."""
_BRACE: Final = re.compile("[{}]")
_TAG: Final = re.compile(r"\ufeff?(?:([A-Z][A-Z0-9])[ \t]{1,4}-(?:\s|$)|ER[ \t]{1,4}-)")
_DATABASE: Final = re.compile(r"\ufeff?(?:[A-Z][A-Z0-9](?:[ ]|\s*$)|[A-Z]{2,4}[ ]{0,2}-(?:\s|$))")
_CLOSED: Final = re.compile(r"\s{0,99}[}\])][\s}\])]{0,99}(?=[^\s}\]),:])")
_NO_JSON: Final = re.compile(r"[^\s\[\]{}\",:\dtfn-]")
_ROOT_ENDS: Final = re.compile(r"</(?:feed|rss|rdf:RDF|(?:[\w.-]{1,20}:)?(?:OAI-PMH|ListRecords|GetRecord))>")


class Inside:
    """Follows the lines of a format in which records are one below the other.

    Attributes:
        held: Whether the next line is surely of this format.
        held_apart: Whether it is so after a blank line, too.
        anew: Whether what is read may be over, so that the same kind of source can begin again.
    """

    held = False
    held_apart = True
    anew = True

    def takes(self, line: str) -> int:
        """Take note of a line that was read; return where in it another format may begin, 0 if nowhere."""
        if "@" in line or "TY  - " in line:
            found = _GLUED.search(line)
            return found.start() if found else 0
        return 0

    def ends(self, line: str) -> bool:  # noqa: ARG002 — others look at it
        """Whether the next line, this one, is surely none of this format."""
        return False


class _Entries(Inside):
    """Entries of BibTeX, by their braces."""

    def __init__(self) -> None:
        self._depth = 0

    def takes(self, line: str) -> int:
        before = 0 if NEXT.match(line) else self._depth
        self._depth = max(before + line.count("{") - line.count("}"), 0)
        self.held = self._depth > 0
        if self.held:
            return 0
        for brace in _BRACE.finditer(line):
            before += 1 if brace[0] == "{" else -1
            if before <= 0:
                return brace.end() if line[brace.end() :].strip(" \t\n,") else 0
        return 0

    def ends(self, line: str) -> bool:
        return not self._depth and line.lstrip()[:1] not in ("@", "%", "")


class _Records(Inside):
    """Records of RIS: one that is open may have a text of several lines."""

    held_apart = False

    def takes(self, line: str) -> int:
        found = _TAG.match(line)
        if found:
            self.held = found[1] not in ("ER", None)
        return super().takes(line)

    def ends(self, line: str) -> bool:
        return not self.held and bool(line.strip()) and not _TAG.match(line)


class _Tagged(Inside):
    """Records of databases: what goes on is indented."""

    held_apart = False

    def __init__(self, begins: str, ends: str) -> None:
        self._begins, self._ends = begins, ends

    def takes(self, line: str) -> int:
        if line.startswith((self._begins, self._ends)):
            self.held = line.startswith(self._begins)
        return super().takes(line)

    def ends(self, line: str) -> bool:
        return not line[:1].isspace() and not _DATABASE.match(line)


class _Rows(Inside):
    """Rows of a table: a cell in quotation marks may have several lines."""

    def takes(self, line: str) -> int:
        if line.count('"') % 2:
            self.held = not self.held
        return super().takes(line)


class _Links(Inside):
    """Lines of identifiers."""

    def ends(self, line: str) -> bool:
        return bool(line.strip()) and not line.lstrip().startswith("#") and not links.listed(line)


class _Objects(Inside):
    """Objects of JSON: after a bracket that closes and no comma, one that opens begins anew."""

    def takes(self, line: str) -> int:
        if end := line.rstrip()[-1:]:
            self.anew = end in "]}"
        found = _CLOSED.match(line)
        return found.end() if found else super().takes(line)

    def ends(self, line: str) -> bool:
        return _NO_JSON.match(line) is not None


class _Elements(Inside):
    """Elements of XML, below one root."""

    def __init__(self) -> None:
        self._over = False

    def takes(self, line: str) -> int:
        found = _ROOT_ENDS.match(line, max(line.rfind("</"), 0))
        if found is None:
            return 0
        self._over = True
        return found.end() if line[found.end() :].strip() else 0

    def ends(self, line: str) -> bool:
        return self._over and bool(line.strip())


_OF: Final[dict[str, Callable[[], Inside]]] = {
    "bibtex": _Entries,
    "ris": _Records,
    "web-of-science": lambda: _Tagged("PT ", "ER"),
    "medline": lambda: _Tagged("PMID-", "\n"),
    "csv": _Rows,
    "links": _Links,
    "json": _Objects,
    "zotero": _Objects,
    "semantic-scholar": _Objects,
    "arxiv-snapshot": _Objects,
    "csl-json": _Objects,
    "arxiv-feed": _Elements,
    "arxiv-oai": _Elements,
}
"""Format → what follows its lines; those of others stand one below the other."""


def inside(name: str) -> Inside:
    """Return what follows the lines of a format from their beginning."""
    return _OF.get(name, Inside)()
