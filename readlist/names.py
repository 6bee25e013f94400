"""Words that stand inside personal names: particles, suffixes and the marks of a group."""

from __future__ import annotations

from typing import Final

PARTICLES: Final = frozenset(
    ["af", "al", "ap", "aus'm", "av", "bin", "ben", "d'", "da", "dal", "dalla", "de", "degli", "dei", "del", "della", "delle", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "'t", "in", "la", "las", "le", "les", "li", "lo", "los", "of", "op", "san", "st", "'t", "ten", "ter", "ter't", "und", "van", "vande", "vander", "vom", "von", "vor", "y", "zu", "zum", "zur"]
)
"""Lower-case words that belong to a family name (BibTeX's "von" part), casefolded."""

SUFFIXES: Final = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v", "filho", "neto", "junior", "júnior"])
"""Words after a family name that tell generations apart (BibTeX's "Jr" part), casefolded."""

GROUP_WORDS: Final = frozenset(
    ["team", "group", "collaboration", "consortium", "initiative", "project", "lab", "labs", "laboratory", "laboratories", "institute", "university", "department", "community", "society", "association", "authors", "contributors", "members", "committee", "foundation", "organization", "organisation", "center", "centre", "network", "alliance"]
)
"""Words that make an author a group rather than a person, casefolded."""
