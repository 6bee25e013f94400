"""Five thousand papers, real ones and ones that try to do harm, through every program that reads a .bib file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from readlist.paper import Entry
from readlist.writers import format_writer
from tests.writers.bib_parsers import faults_of_bibtexparser, faults_of_pybtex
from tests.writers.hard_papers import as_entries, corpus, hostile_papers, real_papers
from tests.writers.tex_programs import (
    STYLES,
    faults_of_biber,
    faults_of_bibtex,
    missing,
    with_settable_names,
    within_biber,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=missing() or "everything is there"),
]

REAL = 2000
HOSTILE = 3000
AT_ONCE = 1250
"""So many entries of biblatex fit into TeX's memory."""


@pytest.fixture(scope="module")
def entries() -> Sequence[Entry]:
    """Real papers where there are any, half of them the hardest, and hostile ones."""
    return as_entries([*(real_papers(REAL) if corpus() else []), *hostile_papers(HOSTILE, seed=7)])


def written(entries: Sequence[Entry], style: str) -> str:
    return "".join(format_writer(style)(entries))


@pytest.mark.parametrize("style", STYLES)
def test_bibtex_and_latex(entries: Sequence[Entry], style: str, tmp_path: Path) -> None:
    chosen = entries if style == "plain" else with_settable_names(entries)
    assert len(chosen) > len(entries) / 2
    assert faults_of_bibtex(tmp_path / "set", written(chosen, "bibtex"), chosen, style) == []


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_biber_and_latex(entries: Sequence[Entry], style: str, tmp_path: Path) -> None:
    chosen = within_biber(entries) if style == "bibtex" else entries
    assert len(chosen) > 0.9 * len(entries)
    for begin in range(0, len(chosen), AT_ONCE):
        part = chosen[begin : begin + AT_ONCE]
        assert faults_of_biber(tmp_path / str(begin), written(part, style), part) == []


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_other_parsers(entries: Sequence[Entry], style: str) -> None:
    text = written(entries, style)
    assert faults_of_pybtex(text, entries) == []
    assert faults_of_bibtexparser(text, entries) == []
