"""What a preprint goes by: arXiv's id, or the DOI that a server of preprints gave it, which is no publisher's."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from readlist.paper import Identifiers, Paper

ARXIV_DOI: Final = "10.48550/arxiv."
"""What the DOI that arXiv gives a preprint begins with; the preprint's id follows."""

PREPRINT_DOI: Final = "preprint-doi"
"""The field that keeps the DOI of a preprint once its article's is known."""

_POSTED: Final = re.compile(
    r"10\.1101/\d{6}|10\.1101/\d{4}\.\d\d\.\d\d\.|10\.2139/ssrn|10\.21203/rs\.|10\.26434/chemrxiv|"
    r"10\.3123[45]/osf\.io|10\.31219/osf\.io|10\.20944/preprints|10\.36227/techrxiv"
)
"""What the DOIs of bioRxiv, medRxiv, SSRN, Research Square, ChemRxiv, OSF, Preprints.org and TechRxiv begin with; the
journals of Cold Spring Harbor have letters behind 10.1101."""
_POSTED_VERSION: Final = re.compile(r"[./-]v\d+$")


def registered_doi(identifiers: Identifiers) -> str | None:
    """Return the DOI, unless it is the one that arXiv gave the preprint."""
    return None if identifiers.doi is None or identifiers.doi.startswith(ARXIV_DOI) else identifiers.doi


def publisher_doi(identifiers: Identifiers) -> str | None:
    """Return the DOI, unless it is the one that a server gave the preprint."""
    found = registered_doi(identifiers)
    return None if found is None or _POSTED.match(found) else found


def posted_doi(paper: Paper) -> str | None:
    """Return the DOI that another server than arXiv gave the preprint, whatever version it is of."""
    found = registered_doi(paper.identifiers)
    if found is None or not _POSTED.match(found):
        found = dict(paper.extra).get(PREPRINT_DOI)
    return _POSTED_VERSION.sub("", found) if found else None


def with_posted(paper: Paper, *told: Paper) -> Paper:
    """Return a paper that goes by its publisher's DOI with the one that its preprint had, as a field."""
    dois = (registered_doi(one.identifiers) for one in told)
    posted = next((found for found in dois if found and _POSTED.match(found)), None)
    if posted in (None, paper.identifiers.doi) or PREPRINT_DOI in dict(paper.extra):
        return paper
    return replace(paper, extra=(*paper.extra, (PREPRINT_DOI, str(posted))))


def preprint_of(identifiers: Identifiers) -> str | None:
    """Return the arXiv id, which the DOI that arXiv gives says too."""
    if identifiers.arxiv is None and identifiers.doi is not None and identifiers.doi.startswith(ARXIV_DOI):
        return identifiers.doi.removeprefix(ARXIV_DOI)
    return identifiers.arxiv


def with_preprint(paper: Paper) -> Paper:
    """Return a paper with the arXiv id that its DOI says."""
    arxiv = preprint_of(paper.identifiers)
    if arxiv == paper.identifiers.arxiv:
        return paper
    return replace(paper, identifiers=replace(paper.identifiers, arxiv=arxiv))
