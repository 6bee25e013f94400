"""A bibliography of hard papers goes through bibtex, biber, pdflatex and two parsers, and nothing is lost or done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from readlist.ingest import ingest, sample, sample_as_of
from readlist.library import Library
from readlist.markup import shown
from readlist.paper import Entry
from readlist.query import ALL
from readlist.writers import format_writer
from tests.papers import paper
from tests.writers.bib_parsers import faults_of_bibtexparser, faults_of_pybtex
from tests.writers.hard_papers import as_entries, corpus, hostile_papers, real_papers
from tests.writers.tex_programs import (
    STYLES,
    faults_of_biber,
    faults_of_bibtex,
    faults_of_bibtex_alone,
    missing,
    naive,
    with_settable_names,
    within_biber,
)

HARD = 150
"""How many papers that do harm; a torture sets thousands."""

HARMFUL = (
    "read \\input{secret} here", "written \\immediate\\write18{touch canary} here", "an \\undefined macro",
    "all but 100% of this is there",
)  # fmt: skip

MARKED = [
    *(
        paper(shown(raw), "Ann Author", title_raw=raw, date="2023")
        for raw in (
            "H<sub>2</sub>O &amp; <i>Escherichia coli_x</i> in 5% of <b>Cases</b>",
            'On <span class="nocase">the BERT</span> of <sup>13</sup>C with <i>half a mark',
            "A *fine emphasis* with <sub>x_{i</sub> and <i>100% of</i> it & more",
            "&lt;i&gt;Literal&lt;/i&gt; &#123;braces &#125;&#125; &amp;amp; more",
        )
    ),
    paper(
        "Plain", "Ann Author", date="2023-02-12", kind="misc",
        extra=(
            ("month", "feb~12"), ("howpublished", r"\url{https://x.org/a_b?c=1&d=~e}"), ("year", "2023"),
            ("note", r"See \url{http://x.org/a%20b#c}, \href{https://y.org/?a=1&b}{a page}, <i>H<sub>2</sub>O</i>"),
            ("issued", "Spring & summer 2023"),
        ),
    ),
    paper(
        "Of addresses", "Ann Author", date="2023", kind="misc",
        extra=(
            ("howpublished", r"\url{https://x.org/a_b%20c#frag}"), ("note", r"See \href{https://y.org/a{\_}b}{this}"),
        ),
    ),
    paper("Of a season", "Ann Author", date="2023", kind="misc", extra=(("month", "Spring"),)),
    paper(
        "Unfinished", "Ann Author", kind="article", venue="J X_1",
        extra=(("journal", "J <i>X_1</i>"), ("year", "in press")),
    ),
]  # fmt: skip
"""Papers with marks of HTML and Markdown, addresses, and dates in words."""

needs_tex = pytest.mark.skipif(bool(missing()), reason=missing() or "everything is there")


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Entry]:
    """The shipped sample, real papers where there are any, and hostile ones."""
    with Library.open(tmp_path_factory.mktemp("library")) as library:
        ingest(library, [sample()], as_of=sample_as_of())
        shipped = list(library.entries(library.select(ALL)))
    assert len(shipped) == 43
    return [*shipped, *as_entries([*MARKED, *(real_papers(50) if corpus() else []), *hostile_papers(HARD)])]


def written(entries: Sequence[Entry], style: str) -> str:
    return "".join(format_writer(style)(entries))


@needs_tex
@pytest.mark.parametrize("style", STYLES)
def test_bibtex_reads_every_entry_and_latex_sets_it(entries: Sequence[Entry], style: str, tmp_path: Path) -> None:
    chosen = entries if style == "plain" else with_settable_names(entries)
    assert faults_of_bibtex(tmp_path / "set", written(chosen, "bibtex"), chosen, style) == []


@needs_tex
@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_biber_reads_every_entry_and_latex_sets_it(entries: Sequence[Entry], style: str, tmp_path: Path) -> None:
    chosen = within_biber(entries) if style == "bibtex" else entries
    assert faults_of_biber(tmp_path / "set", written(chosen, style), chosen) == []


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_other_parsers_find_the_entries_and_their_authors(entries: Sequence[Entry], style: str) -> None:
    text = written(entries, style)
    assert faults_of_pybtex(text, entries) == []
    assert faults_of_bibtexparser(text, entries) == []


@needs_tex
def test_a_writer_that_escapes_nothing_is_seen_to_fail(entries: Sequence[Entry], tmp_path: Path) -> None:
    harmful = as_entries([paper(text, "Ann Author", date="2023") for text in HARMFUL])
    found = faults_of_bibtex_alone(tmp_path / "all", naive(entries), entries, "plain")
    assert any("entries," in fault for fault in found)
    assert any("error message" in fault for fault in found)
    said: list[str] = []
    for number, one in enumerate(harmful):
        said += faults_of_bibtex(tmp_path / str(number), naive([one]), [one], "plain")
    assert any("main.txt was read" in fault for fault in said)
    assert any("canary was written" in fault for fault in said)
    assert any("pdflatex: !" in fault for fault in said)
    assert any("is not there" in fault for fault in said)


def test_a_writer_that_escapes_nothing_misleads_other_parsers(entries: Sequence[Entry]) -> None:
    assert faults_of_bibtexparser(naive(entries), entries)
