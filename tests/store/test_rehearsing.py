"""A dry run says just what the ingest would do, over several sources and batches too."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist import ingest as ingesting
from readlist.cite import export
from readlist.errors import SourceError
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.query import ALL
from readlist.report import Report
from tests.papers import NOW, TODAY

NETS = "title = {Deep Nets for Many Things}, author = {Kim, Ann and Oak, Bo}"
TALK = f"@inproceedings{{talk, {NETS}, year = 2020, booktitle = {{ICML}}}}\n"
PREPRINT = f"@misc{{preprint, {NETS}, year = 2019, eprint = {{1903.00001}}, archiveprefix = {{arXiv}}}}\n"
ARTICLE = f"@article{{article, {NETS}, year = 2021, journal = {{JMLR}}, volume = 22, keywords = {{nets, deep}}}}\n"
IDS = "arXiv:1903.00001v2\nhttps://doi.org/10.1000/trees\n"
TREES = "@article{trees, title = {On the Growth of Trees}, author = {Elm, Cy}, doi = {10.1000/trees}, year = 2018}\n"
TEXTS = {"talk.bib": TALK, "preprint.bib": PREPRINT, "article.bib": ARTICLE, "ids.txt": IDS, "trees.bib": TREES}


def whole(library: Library) -> str:
    return "".join(export(library, library.select(ALL), "json"))


def figures(report: Report) -> tuple[object, ...]:
    return (
        report.format, report.read, report.new, report.updated, report.unchanged, report.uncertain, report.refused,
        report.marked,
    )  # fmt: skip


def run(library: Library, names: list[str], *, dry_run: bool) -> tuple[object, ...]:
    sources = [Source.from_text(TEXTS[name], name) for name in names]
    return figures(ingest(library, sources, as_of=TODAY, tags=["digest"], dry_run=dry_run))


def test_what_stands_in_two_sources_is_counted_once(library: Library) -> None:
    would = run(library, ["talk.bib", "preprint.bib"], dry_run=True)
    assert would[2:5] == (1, 1, 0)
    assert whole(library) == "[]\n"
    assert run(library, ["talk.bib", "preprint.bib"], dry_run=False) == would


def test_what_came_before_a_source_that_no_reader_knows_is_told(library: Library) -> None:
    sources = [Source.from_text(TALK, "talk.bib"), Source.from_text("no listing at all", "letter.txt")]
    told: list[Report] = []
    with pytest.raises(SourceError, match=r"letter\.txt"):
        ingest(library, sources, as_of=TODAY, dry_run=True, progress=told.append)
    assert told[-1].new == 1


@given(
    held=st.lists(st.sampled_from(sorted(TEXTS)), max_size=2),
    names=st.lists(st.sampled_from(sorted(TEXTS)), min_size=1, max_size=5),
    batch=st.integers(1, 3),
)
@settings(max_examples=40, deadline=None)
def test_whatever_comes_in_which_order_a_dry_run_says_what_the_ingest_does(
    held: list[str], names: list[str], batch: int
) -> None:
    with (
        TemporaryDirectory() as folder,
        Library.open(Path(folder), now=lambda: NOW) as library,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(ingesting, "BATCH", batch)
        if held:
            run(library, held, dry_run=False)
        before = whole(library)
        would = run(library, names, dry_run=True)
        assert whole(library) == before
        assert run(library, names, dry_run=False) == would
