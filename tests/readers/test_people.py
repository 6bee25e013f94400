"""Lists of authors as people write them by hand and programs in a cell."""

from __future__ import annotations

import pytest

from readlist.readers.people import authors


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Author, Ann", ("Ann Author",)),
        ("Dwivedi-Yu, Jane A.", ("Jane A. Dwivedi-Yu",)),
        ("Author, A., Builder, B., and Dee, C.", ("A. Author", "B. Builder", "C. Dee")),
        ("ANN AUTHOR, BOB VAN DER BERG", ("Ann Author", "Bob van der Berg")),
        ("Ann Author [1], Bob Builder [2, 3]", ("Ann Author", "Bob Builder")),
        ("Ann Author\u00b9, Bob Builder\u00b2,\u00b3", ("Ann Author", "Bob Builder")),
        ("Ann Author, Ph.D., Bob Builder, M.D.", ("Ann Author", "Bob Builder")),
        ("Ann Author, MIT", ("Ann Author", "MIT")),
        ("\u674e\u660e, \u738b\u82b3", ("\u674e\u660e", "\u738b\u82b3")),
        ("Martin Luther King, Jr., Ann Author", ("Martin Luther King Jr.", "Ann Author")),
        ("Ann Author\nBob Builder", ("Ann Author", "Bob Builder")),
        ("Ann Author, for the ATLAS Collaboration", ("Ann Author", "ATLAS Collaboration")),
        ("Institute for Things, Ann Author", ("Institute for Things", "Ann Author")),
        ("O'Brien, Conan; D'Angelo, Beverly", ("Conan O'Brien", "Beverly D'Angelo")),
    ],
)  # fmt: skip
def test_the_names_of_a_list(written: str, names: tuple[str, ...]) -> None:
    found = authors(written)
    assert (found.names, found.truncated) == (names, False)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ann Author, ... , Zoe Zed", ("Ann Author", "Zoe Zed")),
        ("Ann Author and 12 others", ("Ann Author",)),
        ("Ann Author, Bob Builder, and 5 more", ("Ann Author", "Bob Builder")),
        ("Ann Author et al.", ("Ann Author",)),
    ],
)  # fmt: skip
def test_a_list_that_was_cut_says_so_and_has_no_number_for_an_author(written: str, names: tuple[str, ...]) -> None:
    found = authors(written)
    assert (found.names, found.truncated) == (names, True)
