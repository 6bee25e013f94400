"""What the full-text index holds of a paper and its mark: folded words, and labels as words of their own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from readlist.mark import Mark
from readlist.names import family_name
from readlist.paper import Paper
from readlist.text import PARTS_FOLLOW, indexed, words

_KINDS: Final = {"cat": "\ue010", "source": "\ue011", "tag": "\ue012", "is": "\ue013", "has": "\ue014"}
"""A label's first character, in the private use area: no word of a text begins with it."""

_PARTS: Final = {"cat": ".", "tag": "/"}
"""What stands between the parts of a label; the first parts of it are labels too."""

_SIGNS: Final = str.maketrans({chr(c): chr(0xE100 + c) for c in range(128) if not chr(c).isalnum()})
"""ASCII signs would end a word of the index; in a label they stand as other characters."""

_BETWEEN: Final = f" {PARTS_FOLLOW} "


@lru_cache(1024)
def label(kind: str, name: str) -> str:
    """Return a label as a word of the index.

    Args:
        kind: `cat`, `source`, `tag`, `is` or `has`.
        name: E.g. `cs.cl` or `starred`, in lower case.
    """
    return _KINDS[kind] + name.translate(_SIGNS)


def folded_facts(paper: Paper) -> tuple[str, str, str, str, str]:
    """Return what the index holds of a paper: title, authors, affiliations, abstract, labels."""
    return (
        indexed(paper.title),
        _listed(paper.authors),
        _listed(paper.affiliations),
        indexed(paper.abstract or ""),
        _labels(paper),
    )


def folded_mark(mark: Mark) -> tuple[str, str]:
    """Return what the index holds of a mark: notes and tags."""
    tags = [*map(indexed, mark.tags), *dict.fromkeys(word for tag in mark.tags for word in _family("tag", tag))]
    return _listed(note.text for note in mark.notes), _BETWEEN.join(tags)


def title_key(paper: Paper) -> str:
    """Return what papers are sorted by title by."""
    return " ".join(words(paper.title))


def author_key(paper: Paper) -> str | None:
    """Return what papers are sorted by first author by: the family name, then the rest."""
    if not paper.authors:
        return None
    family = family_name(paper.authors[0])
    return " ".join(words(f"{family} {paper.authors[0].removesuffix(family)}"))


def _listed(texts: Iterable[str]) -> str:
    """Fold several texts; no phrase reaches from one into the next."""
    return _BETWEEN.join(map(indexed, texts))


def _labels(paper: Paper) -> str:
    """Return a paper's labels as words."""
    found = [word for name in paper.categories for word in _family("cat", name.casefold())]
    found.extend(label("source", name.casefold()) for name in paper.sources)
    if paper.uncertain:
        found.append(label("is", "uncertain"))
    if paper.has_code:
        found.append(label("has", "code"))
    if paper.identifiers.doi:
        found.append(label("has", "doi"))
    if paper.identifiers.arxiv:
        found.append(label("has", "arxiv"))
    return " ".join(dict.fromkeys(found))


@lru_cache(1024)
def _family(kind: str, name: str) -> tuple[str, ...]:
    """Return the words of a label and of its first parts: `rl/offline` is also `rl`."""
    return tuple(label(kind, part) for part in parts_of(name, _PARTS[kind]))


def parts_of(name: str, sign: str = "/") -> list[str]:
    """Return a tag's first parts, from the first one to the whole: `rl/offline` gives `rl` and `rl/offline`."""
    parts = name.split(sign)
    return [sign.join(parts[: end + 1]) for end in range(len(parts))]
