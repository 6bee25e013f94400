"""Whatever a reader is fed, it ends with papers and rejects, soon, in bounded memory, with nothing unsafe in them."""

from __future__ import annotations

import random
import resource
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import astuple

from readlist.paper import Furniture, Incoming, Rejected, date_ordinal
from readlist.readers import detect, names
from tests.readers.samples import SAMPLES, read

EVERY = pytest.mark.parametrize("name", sorted(SAMPLES))
_MEGABYTE = 1 << 20


def texts(value: object) -> list[str]:
    """Return all texts in nested values and tuples."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Struct):
        return texts(astuple(value))
    return [text for item in value for text in texts(item)] if isinstance(value, tuple | list) else []


def check(name: str, text: str) -> None:
    """Read a text and make sure that what comes out can be kept and shown."""
    for one in read(name, text):
        for found in texts(one):
            assert not [char for char in found if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"], (
                found
            )
        if isinstance(one, Rejected | Furniture):
            assert one.line >= 1
            assert one.source == "a.txt"
            assert isinstance(one, Furniture) or one.reason
            continue
        paper = one.paper if isinstance(one, Incoming) else one
        assert paper.title
        assert "\n" not in "".join((paper.title, *paper.authors, *paper.affiliations, *paper.categories))
        assert date_ordinal(paper.date) >= 0
        assert len({key for key, _ in paper.extra}) == len(paper.extra)


def test_there_is_a_sample_of_every_format() -> None:
    assert sorted(SAMPLES) == sorted(names())


@EVERY
def test_the_format_is_told_by_its_contents(name: str) -> None:
    assert detect(SAMPLES[name]) == name
    assert detect("\ufeff\n\n" + SAMPLES[name]) == name


@EVERY
def test_a_good_source_gives_papers_only(name: str) -> None:
    found = read(name, SAMPLES[name].removeprefix("Publications\n"))
    assert found
    assert not [one for one in found if isinstance(one, Rejected)]
    check(name, SAMPLES[name])


@EVERY
@given(text=st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_read_by_any_reader(name: str, text: str) -> None:
    check(name, text)


@EVERY
@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_source_that_was_damaged_is_read(name: str, seed: int) -> None:
    chance = random.Random(seed)
    text = SAMPLES[name] * 2
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text))
        junk = chance.choice(
            ["", "\x1b]0;x\x07", "{", "}", '"', "\\", "\n", "[[", "\0", "\u202e", "<", "&#1;", "\ud800", "]" * 9]
        )
        text = text[:start] + junk + text[start + chance.choice([0, 1, 2, 30]) :]
    check(name, text)


@EVERY
@given(at=st.integers(0, 1500))
@settings(max_examples=40, deadline=None)
def test_a_source_that_was_cut_is_read(name: str, at: int) -> None:
    check(name, SAMPLES[name][:at])


@EVERY
@pytest.mark.slow
def test_a_line_of_a_hundred_megabytes_does_not_fill_the_memory(name: str) -> None:
    piece = "word " * (_MEGABYTE // 5)

    def lines() -> list[str]:
        return [SAMPLES[name][:60], *([piece] * 100), "\n", *SAMPLES[name].splitlines(keepends=True)]

    from readlist.readers import reader
    from tests.readers.samples import AS_OF

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = sum(1 for _ in reader(name).read(iter(lines()), as_of=AS_OF, source="a.txt"))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert found
    assert grown < 400, f"{grown:.0f} MB more"
