"""Words and labels of the catalogue that are near to some which no paper has: what was likely meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from readlist.query import Label
from readlist.store.completions import labels_of

_SHORTEST: Final = 4
"""Letters from which a word is looked at: shorter ones are near to everything."""

_LONG: Final = 8
"""Letters from which two edits are near; below that, one is."""

_MOST: Final = 3
"""How many words are named."""

_LOOKED_AT: Final = 8
"""How many words and how many labels are looked at: of a pasted abstract, each would go through all words anew."""

# The private use area is for labels, which are no words.
_CANDIDATES: Final = """
SELECT term, doc FROM temp.vocabulary
WHERE length(term) BETWEEN ? AND ? AND NOT (term >= '\ue000' AND term < '\uf900')
"""


def near_words(connection: sqlite3.Connection, words: Iterable[str], go_on: Callable[[], None]) -> dict[str, list[str]]:
    """Return, for the first of the folded words that no paper has, the nearest words that papers have, best first.

    A word is there too if longer words begin with it. Words that have none near them are left out.

    Args:
        connection: To the catalogue.
        words: What papers are wanted for.
        go_on: Raises when this is no longer wanted.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'search', 'row')")
    found = {}
    looked_at = 0
    for word in dict.fromkeys(words):
        go_on()
        if len(word) < _SHORTEST or word.isdigit() or _is_there(connection, word):
            continue
        looked_at += 1
        if looked_at > _LOOKED_AT:
            break
        edits = 2 if len(word) >= _LONG else 1
        papers = dict(connection.execute(_CANDIDATES, (len(word) - edits, len(word) + edits)))
        near = extract(word, list(papers), scorer=OSA.distance, processor=None, score_cutoff=edits, limit=None)
        best = sorted((distance, -papers[term], term) for term, distance, _ in near)
        if best:
            found[word] = [term for _, _, term in best[:_MOST]]
    return found


def near_labels(
    connection: sqlite3.Connection, labels: Iterable[Label], go_on: Callable[[], None]
) -> dict[str, list[str]]:
    """Return, for the first tags, categories and sources that no paper has, the nearest that papers have, best first.

    Args:
        connection: To the catalogue.
        labels: What papers are wanted for.
        go_on: Raises when this is no longer wanted.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found = {}
    for label in islice(dict.fromkeys(labels), _LOOKED_AT):
        go_on()
        known = labels_of(connection, label.field)
        if len(label.name) < _SHORTEST or label.name in known or (label.prefix and _begins_any(label.name, known)):
            continue
        edits = 2 if len(label.name) >= _LONG else 1
        near = extract(label.name, list(known), scorer=OSA.distance, processor=None, score_cutoff=edits, limit=_MOST)
        if near:
            found[label.name] = [known[name] for name, _, _ in near]
    return found


def _begins_any(start: str, names: Iterable[str]) -> bool:
    """Whether any of the names begins so."""
    return any(name.startswith(start) for name in names)


def _is_there(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a word of any paper begins with this one."""
    found = connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (f'"{word}" *',)).fetchone()
    return found is not None


def nearest(key: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that are nearest to one that is none of them, best first.

    Near are those with few edits between, and those that begin with it.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    edits = 3 if len(key) >= _LONG else 1
    folded = {one: one.casefold() for one in keys}
    wanted = key.casefold()
    near = extract(wanted, folded, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=None)
    found = {name: distance for _, distance, name in near}
    if len(wanted) >= _SHORTEST:
        found |= {name: len(wanted) for name, one in folded.items() if name not in found and one.startswith(wanted)}
    return sorted(found, key=lambda name: (found[name], name))[:_MOST]
