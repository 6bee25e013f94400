"""Citation keys that new papers can have: those that no paper has, had once, or keeps beside its mark."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from readlist.citekey import base_key, unique_key
from readlist.paper import Paper
from readlist.pattern import DEFAULT, Pattern

_ADOPTABLE: Final = re.compile(r"[^\s,{}()=\"#%~\\']{1,200}")
"""A key that BibTeX and biber read as it stands."""


class Keys:
    """The citation keys that are not free: those of papers held, and those given out or had before.

    Args:
        connection: To the catalogue.
        given: Keys that stay a paper's for ever, by paper id: its present one first.
        pattern: What new keys are made of.
    """

    def __init__(
        self, connection: sqlite3.Connection, given: Mapping[str, Sequence[str]], pattern: Pattern = DEFAULT
    ) -> None:
        self._connection = connection
        self._given = given
        self._pattern = pattern

    @cached_property
    def _reserved(self) -> set[str]:
        """The keys that were given out, casefolded; not needed where no paper is new."""
        return {key.casefold() for keys in self._given.values() for key in keys}

    def is_taken(self, key: str) -> bool:
        """Say whether another paper has the key, or had it once."""
        return key.casefold() in self._reserved or self._is_held(key)

    def _is_held(self, key: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM papers WHERE citekey = ?", (key,)).fetchone()
        return found is not None

    def for_paper(self, paper_id: str, paper: Paper, wanted: str | None = None) -> str:
        """Return a key for a new paper: the one that it had before, else the one wanted if it is free, else another."""
        given = self._given.get(paper_id)
        if given is not None and not self._is_held(given[0]):
            return given[0]
        if wanted is not None and _ADOPTABLE.fullmatch(wanted) and not self.is_taken(wanted):
            return wanted
        return unique_key(base_key(paper, self._pattern), self.is_taken)

    def is_given(self, paper_id: str) -> bool:
        """Say whether the key of a paper was given out, chosen, or stands beside its mark."""
        return paper_id in self._given

    def again(self, wanted: str) -> str:
        """Return the key that a paper had before, or a free one like it if another paper has it now."""
        return unique_key(wanted, self.is_taken) if self._is_held(wanted) else wanted
