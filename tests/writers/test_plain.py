"""Plain citations, a line each."""

from __future__ import annotations

from hypothesis import given, settings

from readlist.paper import Entry, Identifiers
from readlist.writers import style_writer
from readlist.writers.options import Options
from tests.papers import paper
from tests.writers.hostile import MARKED, OPTIONS, entry, libraries, written


def test_plain_reads_well() -> None:
    one = paper("A [x](y) *b*?", "Ann A", "Bob B", date="2023", identifiers=Identifiers("2302.04761"))
    assert "".join(style_writer("plain")([entry(one)])) == (
        "Ann A, Bob B (2023). A [x](y) *b*? arXiv:2302.04761. https://arxiv.org/abs/2302.04761\n"
    )
    assert written("text", [entry(paper("T"))]) == "T. (n.d.).\n"


def test_tags_and_notes_are_indented_below() -> None:
    text = written("text", [MARKED], Options(with_notes=True, with_tags=True))
    assert text.splitlines()[1:] == ["    #sekrettag", "    sekretnote"]


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_every_paper_is_a_line(entries: list[Entry], options: Options) -> None:
    lines = [line for line in written("text", entries, options).split("\n") if line and not line.startswith("    ")]
    assert len(lines) == len(entries)
    assert all(one.paper.title in line for one, line in zip(entries, lines, strict=True))
