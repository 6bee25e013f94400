"""Bytes of any kind, and good sources that were cut and mixed, go through decoding, detection and the readers."""

from __future__ import annotations

import bz2
import gzip
import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.errors import SourceError
from readlist.readers import detect
from readlist.readers.decoding import decoded
from tests.readers.samples import SAMPLES
from tests.readers.test_hostile import check

_PIECES = sorted({line for text in SAMPLES.values() for line in text.splitlines(keepends=True)})
_SIGNS = (
    "{", "}", '"', "\\", "\n", "[", "]", "\0", "\u202e", "<", ">", "&#0;", "&amp;", ",", ";", ": ", "- ", "'", "|",
    "\t", "\r", "@", "%", "$", "(", ")", "\x1b]0;x\x07", "\ufeff", "&a;", "*a", "<!DOCTYPE", "]]>", "<![CDATA[", "\x85",
    "\u2028", "9" * 400, "et al.", " and ", "null", "1e999", "-1", "2020-02-30", "0000",
)  # fmt: skip
_Edit = tuple[int, int, str]


def _edits(most: int) -> st.SearchStrategy[list[_Edit]]:
    """Return edits of a text: where, how much is taken out, and what is put in."""
    put_in = st.sampled_from(_SIGNS) | st.sampled_from(_PIECES) | st.text(max_size=5)
    return st.lists(st.tuples(st.integers(0, 4000), st.sampled_from([0, 0, 1, 2, 30, 300]), put_in), max_size=most)


def _edited(text: str, edits: list[_Edit]) -> str:
    """Return a text after some edits."""
    for place, taken, put_in in edits:
        at = place % (len(text) + 1)
        text = text[:at] + put_in + text[at + taken :]
    return text


def _read_bytes(data: bytes) -> None:
    """Decode, detect and read, or be told that it is no text."""
    with suppress(SourceError):
        text = "".join(decoded(io.BytesIO(data), "a.txt"))
        if name := detect(text[: 1 << 16]):
            check(name, text)


_NAMES = st.sampled_from(sorted(SAMPLES))


@given(name=_NAMES, edits=_edits(6))
@settings(max_examples=150, deadline=None)
def test_an_edited_source_is_read_by_its_reader(name: str, edits: list[_Edit]) -> None:
    check(name, _edited(SAMPLES[name], edits))


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_told_to_be_no_text(data: bytes) -> None:
    _read_bytes(data)


_ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-16-be", "latin-1"])
_PACKERS = st.sampled_from([bytes, gzip.compress, bz2.compress])
_WRONG_BYTES = st.tuples(st.integers(0, 4000), st.integers(0, 255))


@given(name=_NAMES, edits=_edits(3), encoding=_ENCODINGS, packed=_PACKERS, wrong=_WRONG_BYTES)
@settings(max_examples=100, deadline=None)
def test_bytes_that_were_cut_or_changed_in_any_encoding_are_read_or_told(
    name: str, edits: list[_Edit], encoding: str, packed: type[bytes], wrong: tuple[int, int]
) -> None:
    cut, byte = wrong
    data = bytearray(packed(_edited(SAMPLES[name], edits).encode(encoding, "replace")))
    if data:
        data[cut % len(data)] = byte
    _read_bytes(bytes(data[: max(cut, 100)]))


@pytest.mark.slow
@given(name=_NAMES, other=_NAMES, edits=_edits(20))
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_edited_sources_are_read_by_the_readers_of_others(name: str, other: str, edits: list[_Edit]) -> None:
    check(other, _edited(SAMPLES[name] + SAMPLES[other], edits))
