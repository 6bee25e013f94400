"""However long one thing goes on in a source, detection and reading take no more than in proportion to it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.readers import names, reader
from tests.papers import TODAY
from tests.readers.samples import read
from tests.readers.test_hostile import EVERY, check

UNITS = (
    "{", "[", '{"a":', '"', "(", "@a{b,", "<a>", "\\{", "$", "x ", ",", " ", "\n", "@", "TY  - ", "-", "&a;", "<entry>",
    "<record>", "- ", "- - a: ", "*a ", "? ", "\t", " \n", "\n ", "\r", "\\\\\n", "a", "A", "é", "1", ".", ";", ":",
    "=", "_", "/", "'", "<", "&", "#", "%", "^{", "a,", "1,", "1 ", "A. ", "and ", "(1)", "10.1234/", "1.", "<a",
    "arXiv:", "(arXiv:1 [", "http://", "\u3000", "doi x(a)[b] ", "@article{a,\n", "arXiv:2002.00001\n",
    "CLFeb 9, 2023\n",
)  # fmt: skip
BEGINNINGS = {
    "publications": ("CLFeb 9, 2023\n", "CLFeb 9, 2023\nA Title", "CLFeb 9, 2023\nA TitleAnn Author\n"),
    "bibtex": (
        "@misc{a, title = {",
        "@misc{a, author = {",
        '@misc{a, title = "',
        "@misc{",
        "@string{a = ",
        "@misc(a, ",
    ),
    "json": ('[{"title": "', '{"citekey":'),
    "zotero": ('[{"itemType": "book", "title": "', '[{"itemType": "book", "title": "x", "creators": '),
    "csl-json": ('[{"type": "book", "title": "', '[{"type": "book", "title": "x", "issued": '),
    "semantic-scholar": ('[{"paperId": "x", "title": "',),
    "ris": ("TY  - JOUR\nTI  - ", "TY  - JOUR\nTI  - x\nAU  - "),
    "web-of-science": ("PT J\nTI ", "PT J\nTI x\nAU ", "PT J\nTI x\nC1 "),
    "medline": ("PMID- 1\nTI  - ", "PMID- 1\nTI  - x\nAU  - ", "PMID- 1\nTI  - x\nIS  - "),
    "arxiv-mail": (
        "\\\\\narXiv:2002.00001\nTitle: ",
        "\\\\\narXiv:2002.00001\nTitle: x\nAuthors: ",
        "\\\\\narXiv:2002.00001\nTitle: x\n\\\\\n",
    ),
    "arxiv-listing": ("[1] arXiv:2002.00001 [pdf]\nTitle: ", "[1] arXiv:2002.00001 [pdf]\nTitle: x\n"),
    "arxiv-feed": ("<feed><entry><title>", "<rss><item><title>x</title><description>", "<rss><item "),
    "arxiv-oai": ("<OAI-PMH><record><metadata><arXiv><title>", "<OAI-PMH><record><metadata><dc>", "<OAI-PMH><error "),
    "csl-yaml": ("- title: ", "- title: '", "- title: |\n    ", "- title: x\n  author: ", "- title: [", "- {"),
    "arxiv-snapshot": ('{"id": "2002.00001", "authors_parsed": [], "title": "', '{"authors_parsed": '),
    "links": ("2002.00001\n", "https://arxiv.org/abs/", "10.1145/"),
    "csv": ("title,authors\n", "title,authors\nx,", 'title,authors\n"'),
}
"""What comes before it, so that it stands in a field."""

_TIMES = 4
"""How much longer each try is than the one before."""
_STEEPEST = 2.5
"""How many times longer than in proportion it may take: in proportion it is 1, what grows with the square takes 4."""
_TRIES = 3
"""How often what took too long is tried again: a machine that others use too is slow at times."""
_SOON = 0.1
"""Seconds of the processor that say nothing yet: pauses and first uses of a module."""


def _seconds(act: Callable[[int], object], size: int) -> float:
    """Return the seconds of the processor that something takes for so many characters."""
    began = time.process_time()
    act(size)
    return time.process_time() - began


def grows_evenly(act: Callable[[int], object], most: int) -> None:
    """Try longer and longer runs; fail at the first that takes far longer than the one before lets expect."""
    spent = _SOON
    size = 1 << 10
    while size <= most:
        bound = max(spent, _SOON) * _TIMES * _STEEPEST
        took = _seconds(act, size)
        for _ in range(_TRIES - 1):
            if took >= bound:
                gc.collect()
                took = min(took, _seconds(act, size))
        assert took < bound, f"{took:.1f} s for {size:,} characters, {spent:.2f} before"
        spent = took
        size *= _TIMES


def _tried(name: str, most: int) -> None:
    """Detect and read runs of each thing, alone and in fields."""
    for unit in UNITS:
        for begin in ("", *BEGINNINGS.get(name, ())):

            def run(size: int, begin: str = begin, unit: str = unit) -> str:
                return begin + unit * (size // len(unit))

            grows_evenly(lambda size, run=run: reader(name).looks_like(run(size)), most)  # type: ignore[misc]  # a default binds the loop's value
            grows_evenly(lambda size, run=run: read(name, run(size)), most)  # type: ignore[misc]  # as above


@EVERY
def test_a_run_of_one_thing_is_read_in_time_in_proportion(name: str) -> None:
    _tried(name, 1 << 14)


@EVERY
@pytest.mark.slow
def test_a_long_run_of_one_thing_is_read_in_time_in_proportion(name: str) -> None:
    _tried(name, 1 << 18)


@EVERY
def test_whatever_a_run_is_what_comes_out_can_be_shown(name: str) -> None:
    for unit in UNITS:
        for begin in ("", *BEGINNINGS.get(name, ())):
            check(name, begin + unit * ((1 << 12) // len(unit)))


def test_a_line_that_nearly_begins_a_paper_of_a_page_is_soon_known_for_none() -> None:
    looks_like = reader("arxiv-listing").looks_like
    for unit in ("doi x(a)[b] ", "cdefgh.", "(abc) ", "[abc] ", "doi doi "):
        for times in range(1, 280 // len(unit)):
            began = time.process_time()
            assert not looks_like(f"Title: x\narXiv:2002.00001 {unit * times}!\n")
            assert time.process_time() - began < 1  # what tries all ways to take it apart takes hours


@pytest.mark.parametrize("unit", [" ", "\n", "\t", " \n", "\r\n", "\u3000\n"])
def test_a_source_of_blanks_is_empty_whatever_its_size(library: Library, unit: str) -> None:
    report = ingest(library, [Source.from_text(unit * (200_000 // len(unit)))], as_of=TODAY)
    assert (report.read, report.furniture) == (0, ())


def test_the_format_is_told_by_what_follows_many_blank_lines(library: Library) -> None:
    blanks = "\n" * 100_000
    report = ingest(library, [Source.from_text(f"{blanks}TY  - JOUR\nTI  - A Study\nER  - \nxx\n")], as_of=TODAY)
    assert (report.format, report.new, [one.line for one in report.rejected]) == ("ris", 1, [100_004])


def test_the_way_growth_is_measured_finds_what_grows_with_the_square() -> None:
    def careless(size: int) -> None:
        for _ in range(size * size // 800):
            pass

    with pytest.raises(AssertionError, match="characters"):
        grows_evenly(careless, 1 << 20)


def test_every_format_is_tried_in_its_fields() -> None:
    assert sorted(BEGINNINGS) == sorted(names())
