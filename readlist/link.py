"""Where a paper is on the web."""

from __future__ import annotations

from urllib.parse import quote

from readlist.paper import Paper


def link(paper: Paper) -> str | None:
    """Return the address of a paper: by its DOI, else by its arXiv id; None when it has neither."""
    if paper.identifiers.doi:
        return "https://doi.org/" + quote(paper.identifiers.doi, safe="/:;()._-", errors="replace")
    if paper.identifiers.arxiv:
        return "https://arxiv.org/abs/" + quote(paper.identifiers.arxiv, safe="/.", errors="replace")
    return None


def page(paper: Paper) -> str:
    """Return the address to look a paper up at: its own, or a search for its title where it has none."""
    return link(paper) or "https://scholar.google.com/scholar?q=" + quote(f'"{paper.title}"', safe="", errors="replace")
