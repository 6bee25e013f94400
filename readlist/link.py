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
