"""The words that two papers share, as a reader would name them: telling ones, and whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from readlist.text import words

EMPTY_WORDS: Final = frozenset(
    """
    about above after again against because been before being below between both cannot could does doing down during
    each from further have having here hers herself himself into itself more most myself once only other ought ours
    ourselves over same should some such than that their theirs them themselves then there these they this those through
    under until very were what when where which while whom will with would your yours yourself yourselves
    across along also although among based even first given however make makes making many much often second several
    show shown shows therefore though thus toward towards upon used uses using various well whether within without
    approach approaches method methods paper papers present presented presents propose proposed proposes result results
    studies study work works
    """.split()
)
"""English words that say nothing of what a paper is about: in a small catalogue few papers may have one by chance.
Those of the Snowball project's list (snowballstem.org), then such as join sentences in papers, then what every paper
says of itself. The short ones are left out in any language."""

_NAMED: Final = 4
"""Words that are given as a reason."""

_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")
"""Signs around a word."""

_HYPHEN: Final = re.compile("[-\u2010\u2011]")


class Spelling(Struct, frozen=True):
    """How a paper writes its words."""

    alone: Mapping[str, str]
    """Folded word → as it is written where it stands alone."""
    compounds: Mapping[str, tuple[str, str]]
    """A part of a compound with hyphens → all parts, folded, and the compound as it is written."""

    @classmethod
    def of(cls, text: str) -> Spelling:
        """Return how a text writes its words; of several ways the last."""
        alone: dict[str, str] = {}
        compounds: dict[str, tuple[str, str]] = {}
        for bare, folded in _spelled(text):
            if len(folded) == 1:
                alone[folded[0]] = bare
            elif _HYPHEN.search(bare):
                compounds |= dict.fromkeys(folded, (" ".join(folded), bare))
        return cls(alone, compounds)

    def named(self, telling: Iterable[str], other: str) -> tuple[str, ...]:
        """Return the first words of a reason; of one in the singular and in the plural only one.

        What stands only in compounds is named as the compound if the other paper has that too, else not at all.

        Args:
            telling: The folded words that both papers have, the most telling first.
            other: The folded words of the other paper, with blanks between.
        """
        named: dict[str, str] = {}
        for word in telling:
            whole, written = word, self.alone.get(word, word)
            if word not in self.alone and word in self.compounds:
                whole, written = self.compounds[word]
                if f" {whole} " not in f" {other} ":
                    continue
            named.setdefault(whole.removesuffix("s"), written)
            if len(named) == _NAMED:
                break
        return tuple(named.values())


def _spelled(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each word as it stands, in lower case unless a part is an abbreviation, and its folded parts."""
    for written in text.split():
        bare = _EDGES.sub("", written)
        abbreviated = any(part[1:] != part[1:].lower() for part in _HYPHEN.split(bare))
        yield bare if abbreviated else bare.lower(), words(written)
