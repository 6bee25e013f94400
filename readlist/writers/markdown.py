"""Markdown: one item of a list for each paper. The other shapes of Markdown share its escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.text import safe_line
from readlist.writers.described import ET_AL, full_title, notes
from readlist.writers.options import Options

_SPECIAL: Final = re.compile(
    r"[\\`*_{}\[\]<>#|~$&^@]"  # what CommonMark, GitHub's tables and footnotes, math and Pandoc take for their own
    r"|:(?=//)|(?<=www)\.|(?<=WWW)\."  # addresses, which GitHub makes links of
    r"|==|%%",  # highlights and comments of note-taking programs
    re.ASCII,
)

_OPENING: Final = re.compile(r"^(?=[-+=:])|^(\d+)(?=[.)])", re.ASCII)


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield one item for each paper: `- [Title](address), Ann Author et al., 2023`; notes are quoted below it."""
    for entry in entries:
        paper = entry.paper
        tags = tag_list(entry) if options.with_tags else ""
        parts = [title(paper, bold=True), authors(paper), paper.date[:4] if paper.date else "", tags]
        yield "- " + ", ".join(part for part in parts if part) + "\n"
        if options.with_notes and (quoted := quoted_notes(entry)):
            yield "\n" + "".join(f"  {line}\n" if line else "\n" for line in quoted.split("\n")) + "\n"


def escaped(text: str) -> str:
    """Return `text` as one line with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(lambda found: "".join(f"\\{char}" for char in found[0]), safe_line(text))


def opening(text: str) -> str:
    """Return escaped text that is to begin a paragraph, and not a list, a line across the page or a definition."""
    return _OPENING.sub(r"\1\\", text)


def title(paper: Paper, *, bold: bool = False) -> str:
    """Return the title as a link to the paper; as it stands, or in bold, when there is no address."""
    address, words = link(paper), escaped(full_title(paper))
    if not address:
        return f"**{words}**" if bold else words
    # An address may hold brackets that have no partner.
    return f"[{words}]({address.replace('(', '%28').replace(')', '%29')})"


def authors(paper: Paper) -> str:
    """Return the authors as they are spoken of."""
    return escaped(", ".join(paper.authors)) + (f" {ET_AL}" if paper.authors and paper.authors_truncated else "")


def tag_list(entry: Entry) -> str:
    """Return the reader's tags, e.g. `#llm #agents`."""
    return " ".join(escaped(f"#{tag}") for tag in entry.mark.tags)


def quoted_notes(entry: Entry) -> str:
    """Return the reader's notes as quotations: they are Markdown of their own, and whatever they open ends with them.

    Headings in them are headings of the quotation, and do not come between those of the document.
    """
    return "\n\n".join("\n".join(f"> {line}".rstrip() for line in note.split("\n")) for note in notes(entry))
