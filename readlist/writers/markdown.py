"""Markdown: one item of a list for each paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.link import link
from readlist.paper import Entry
from readlist.text import safe_line
from readlist.writers.options import Options

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: ARG001, B008 — a frozen value
    """Yield one line for each paper: `- [Title](address), Ann Author et al., 2023`."""
    for entry in entries:
        paper = entry.paper
        address = link(paper)
        title = f"[{_escaped(paper.title)}]({address})" if address else f"**{_escaped(paper.title)}**"
        authors = _escaped(", ".join(paper.authors)) + (" et al." if paper.authors_truncated else "")
        parts = [title, authors, paper.date[:4] if paper.date else ""]
        yield "- " + ", ".join(part for part in parts if part) + "\n"


def _escaped(text: str) -> str:
    """Return `text` with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", safe_line(text))
