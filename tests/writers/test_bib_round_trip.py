"""A .bib file that readlist wrote is read, and written again the same; a foreign one loses nothing."""

from __future__ import annotations

import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.cite import export_file
from readlist.ingest import Source, ingest, sample, sample_as_of
from readlist.library import Library
from readlist.query import ALL
from readlist.readers.bibtex.facts import shown
from readlist.writers.tex import escape
from tests.papers import TODAY
from tests.writers.hard_papers import corpus, real_papers

FOREIGN = r"""@string{nat = {Nature}}
@article{ONeil:2020+x,
  author = {{\'E}lan, Ann and {Google Team} and van der {Berg}, Jr, Jan and others},
  title = {{T}he {NetHack} of $\mathcal{O}(n)$ \emph{things}},
  journal = nat,
  volume = {3}, number = "4", pages = {1--10},
  year = 2020, month = jul,
  doi = {10.1038/S41586_X},
  url = {https://example.org/a_b?c=%20d},
  note = {Seen on \url{http://a.b/~c}},
  editor = {Smith, Jo and Doe, J.},
  x-own = {kept {\o}n},
}

@inproceedings{second, title = "Second", booktitle = {Proc. of {X}}, year = {1999}, publisher = {ACM}}
@phdthesis{third, title = {Third}, school = {A School}, year = {2001}, address = {Z{\"u}rich}}
"""


def exported(folder: Path, source: Path | None, name: str) -> Path:
    """Return the export of a library of its own that a file (or the shipped sample) was read into."""
    with Library.open(folder / f"library of {name}") as library:
        if source:
            report = ingest(library, [Source.from_path(source)], as_of=TODAY)
            assert not report.rejected
        else:
            ingest(library, [sample()], as_of=sample_as_of())
            library.add(real_papers(300) if corpus() else [])
        export_file(library, library.select(ALL), folder / name, "biblatex" if "latex" in name else "bibtex")
    return folder / name


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_what_was_exported_comes_back_and_goes_out_the_same(style: str, tmp_path: Path) -> None:
    first = exported(tmp_path, None, f"{style}1.bib")
    second = exported(tmp_path, first, f"{style}2.bib")
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_a_foreign_file_loses_nothing_and_then_stays_the_same(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.bib"
    foreign.write_text(FOREIGN, encoding="utf-8")
    first = exported(tmp_path, foreign, "first.bib")
    text = first.read_text(encoding="utf-8")
    for kept in (
        "@article{ONeil:2020+x,", r"author = {{\'E}lan, Ann and {Google Team} and van der {Berg}, Jr, Jan and others}",
        r"title = {{T}he {NetHack} of {$\mathcal{O}(n)$} \emph{things}}", "journal = {Nature}", "volume = {3}",
        "number = {4}", "pages = {1--10}", "year = {2020}", "month = jul", "{https://example.org/a_b?c=%20d}",
        r"note = {Seen on \url{http://a.b/~c}}", "editor = {Smith, Jo and Doe, J.}", r"x-own = {kept {\o}n}",
        "@inproceedings{second,", "booktitle = {Proc. of {X}}", "publisher = {ACM}", "@phdthesis{third,",
        "school = {A School}", r"address = {Z{\"u}rich}",
    ):  # fmt: skip
        assert kept in text
    assert "10.1038/s41586_x" in text.lower()
    second = exported(tmp_path, first, "second.bib")
    assert second.read_text(encoding="utf-8") == text


LIKE_LATIN = frozenset("ΆΈΉΊΌΑΒΕΖΗΙΚΜΝΟΡΤΧΪΫόο")
"""Greek letters that TeX has no macros for, since they look like Latin ones."""
LIKE_OTHERS = frozenset("‐‑‒―‘’”ʼ")
"""Dashes and quotation marks that TeX writes like others; pairs of quotation marks are read as such."""
PRINTABLE = "".join(
    char
    for code in (*range(0x21, 0x180), *range(0x370, 0x3D0), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2192, 0x2264)
    if unicodedata.category(char := chr(code))[0] in "LNPS" and unicodedata.normalize("NFKC", char) == char
)


@pytest.mark.parametrize("unicode", [False, True])
def test_every_character_that_is_escaped_is_read_again(unicode: bool) -> None:
    lost = {
        char: written
        for char in PRINTABLE
        if char not in LIKE_LATIN | LIKE_OTHERS
        and shown(written := escape(f"a{char}b", unicode=unicode)) != f"a{char}b"
        and char not in "ĦħŦŧ"  # TeX's fonts have a bar only above them
    }
    assert lost == {}


@example("<P>")
@given(st.text(alphabet=[char for char in string.printable if char.isprintable()], max_size=30))
def test_ascii_in_any_order_is_read_again(text: str) -> None:
    text = " ".join(text.split())
    if not any(sign in text for sign in ("--", "``", "''")):  # what TeX makes other signs of
        assert shown(escape(text)) == text
