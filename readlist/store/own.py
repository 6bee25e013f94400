"""What a reader decided of the facts of a paper: corrections, papers added by hand, and which papers are the same.

A paper that was merged into another one keeps its document, which says into which: so nothing of it is lost, the
merge can be taken back, and whoever asks for it or ingests it again comes to the paper that it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from readlist.apart import told_apart
from readlist.correction import Corrections, corrected
from readlist.paper import Identifiers, Paper
from readlist.store.naming import identifier_names


class Decisions(Struct, frozen=True):
    """What the marks decide of papers that come in."""

    corrections: Mapping[str, Corrections] = field(default_factory=dict)
    """By paper id."""
    roots: Mapping[str, str] = field(default_factory=dict)
    """The id of each paper that was merged into another one → that of the one that it is part of now."""
    parts: Mapping[str, Paper] = field(default_factory=dict)
    """What the marks know of each paper that was merged, by id."""
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By paper id, those that are like it and are other papers."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Other names of papers → their ids: the identifiers of those that were merged, and ids made of a title that the
    reader corrected."""

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Any]]) -> Decisions:
        """Return what the documents of the marks file decide."""
        decided = [one for one in documents if "own" in one]
        roots = roots_of({one["id"]: one["own"]["into"] for one in decided if one["own"]["into"]})
        corrections = {one["id"]: one["own"]["corrected"] for one in decided if one["own"]["corrected"]}
        named: dict[str, str] = {}
        parts: dict[str, Paper] = {}
        for one in decided:
            if one["id"] in roots:
                parts[one["id"]] = _bare(one)
                named.update((name, roots[one["id"]]) for name in identifier_names(**one["identifiers"]))
            correction = one["own"]["corrected"]
            if {"title", "authors"} & correction.keys():
                named.setdefault(corrected(_bare(one), correction).id, roots.get(one["id"], one["id"]))
        apart = {one["id"]: tuple(one["own"]["apart"]) for one in decided if one["own"]["apart"]}
        return cls(corrections, roots, parts, apart, named)

    def corrected(self, paper_id: str, paper: Paper) -> Paper:
        """Return what the sources say of a paper as the reader corrected it."""
        return corrected(paper, self.corrections.get(paper_id, {}))

    def reidentified(self, paper_id: str) -> bool:
        """Whether the reader corrected an identifier of a paper, so that what its sources say may be another one's."""
        return bool({"arxiv", "doi"} & self.corrections.get(paper_id, {}).keys())

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the reader decided that two papers are not the same."""
        return other in self.apart.get(one, ()) or one in self.apart.get(other, ())

    def merged_into(self, paper: Paper, ids: Iterable[str], made_id: str) -> str | None:
        """Return the paper that the reader merged this one into; None for one that was not merged.

        Args:
            paper: What a source says.
            ids: The ids that it can go by.
            made_id: That of them which any paper of this title and first author has; it is not enough.
        """
        if not self.roots:
            return None
        part = self.parts.get(made_id)
        named = (one for one in ids if one != made_id or (part is not None and not told_apart(part, paper)))
        names = identifier_names(paper.identifiers.arxiv, paper.identifiers.doi)
        return next(filter(None, (*map(self.roots.get, named), *map(self.named.get, names))), None)


def _bare(document: Mapping[str, Any]) -> Paper:
    """Return what a document of the marks file knows of a paper."""
    title, date = document["title"], document["date"]
    return Paper(
        title=title,
        title_raw=title,
        authors=tuple(document["authors"]),
        date=date,
        identifiers=Identifiers(**document["identifiers"]),
    )


def roots_of(into: Mapping[str, str]) -> dict[str, str]:
    """Return, for each paper that was merged, the one that it is part of in the end.

    Two machines may have merged two papers each into the other; then the one of the lower id stays.
    """
    found = {}
    for paper_id in into:
        seen = [paper_id]
        while (after := into.get(seen[-1])) is not None and after not in seen:
            seen.append(after)
        root = seen[-1] if after is None else min(seen[seen.index(after) :])
        if root != paper_id:
            found[paper_id] = root
    return found
