"""Markdown: a document of the reader's notes, grouped by status or by tag.

It waits for all papers before it writes the first, since it knows the groups only then; what it keeps of each is the
text that it is about to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from readlist.paper import Entry
from readlist.settings import STATUSES
from readlist.writers.markdown import authors, escaped, opening, quoted_notes, tag_list, title
from readlist.writers.options import Options

_UNTAGGED: Final = "no tags"
"""What the papers without a tag stand under, at the end; no tag has a blank in it."""


def write(entries: Iterable[Entry], _options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield the document grouped by status, in the order of a paper's way through a reading list."""
    order = {status.id: number for number, status in enumerate(STATUSES)}
    return _document(entries, lambda entry: [entry.mark.status], lambda name: (order.get(name, len(order)), name))


def write_by_tag(entries: Iterable[Entry], _options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield the document grouped by tag; a paper stands under each of its tags."""
    return _document(entries, lambda entry: entry.mark.tags or [_UNTAGGED], lambda name: (name == _UNTAGGED, name))


def _document(
    entries: Iterable[Entry], groups_of: Callable[[Entry], Iterable[str]], order: Callable[[str], tuple[int, str]]
) -> Iterator[str]:
    """Yield the document: a heading for each group, one below it for each paper, and its notes as quotations."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        section = _section(entry)
        for name in groups_of(entry):
            groups.setdefault(name, []).append(section)
    yield "# Reading notes\n"
    for name in sorted(groups, key=order):
        yield f"\n## {escaped(name)}\n"
        yield from groups[name]


def _section(entry: Entry) -> str:
    """Return what is written of one paper."""
    paper = entry.paper
    about = ", ".join(part for part in (authors(paper), paper.date or "", escaped(paper.venue or "")) if part)
    parts = [f"### {title(paper)}", opening(about), tag_list(entry), quoted_notes(entry)]
    return "".join(f"\n{part}\n" for part in parts if part)
