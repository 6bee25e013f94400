"""Author names: lists of them in every style that people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.names import Name, bibtex_names, split_name, spoken
from readlist.readers.people import Authors, authors

THREE = ("Timo Schick", "Jane Dwivedi-Yu", "Roberto Dessì")


@pytest.mark.parametrize(
    "text",
    [
        "Timo Schick, Jane Dwivedi-Yu, Roberto Dessì",
        "Timo Schick, Jane Dwivedi-Yu and Roberto Dessì",
        "Timo Schick, Jane Dwivedi-Yu, and Roberto Dessì",
        "Timo Schick, Jane Dwivedi-Yu & Roberto Dessì",
        "Timo Schick; Jane Dwivedi-Yu; Roberto Dessì",
        "Schick, Timo; Dwivedi-Yu, Jane; Dessì, Roberto",
        "Schick, Timo and Dwivedi-Yu, Jane and Dessì, Roberto",
        "Timo Schick\nJane Dwivedi-Yu\nRoberto Dessì\n",
        "Schick, Timo\nDwivedi-Yu, Jane\nDessì, Roberto",
        "Timo Schick,\n   Jane Dwivedi-Yu,\n  Roberto Dessì",
        "Timo Schick¹, Jane Dwivedi-Yu¹·², Roberto Dessì†",
        "Timo Schick1,2, Jane Dwivedi-Yu*, Roberto Dessì3",
        "Timo Schick (1), Jane Dwivedi-Yu (1 and 2), Roberto Dessì (2)",
        "TIMO SCHICK, JANE DWIVEDI-YU, ROBERTO DESSÌ",
    ],
)
def test_one_list_in_many_styles(text: str) -> None:
    assert authors(text) == Authors(THREE, truncated=False, affiliations=())


@pytest.mark.parametrize("cut", [" et al.", ", et al", " and others", ", ...", ", …"])
def test_a_cut_list_says_so(cut: str) -> None:
    assert authors(", ".join(THREE) + cut) == Authors(THREE, truncated=True, affiliations=())


@pytest.mark.parametrize(
    ("text", "names", "affiliations"),
    [
        ("Ann Author (MIT), Bob Builder (Univ. of X (Y))", ("Ann Author", "Bob Builder"), ("MIT", "Univ. of X (Y)")),
        (
            "Ann Author (1), Bob (2) ((1) MIT, Cambridge, (2) Oxford)",
            ("Ann Author", "Bob"),
            ("MIT, Cambridge", "Oxford"),
        ),
        ("J. Smith (for the ATLAS Collaboration)", ("J. Smith", "ATLAS Collaboration"), ()),
        ("J. Smith (on behalf of CMS)", ("J. Smith", "CMS"), ()),
    ],
)
def test_what_stands_in_parentheses_is_an_affiliation_or_a_group(
    text: str, names: tuple[str, ...], affiliations: tuple[str, ...]
) -> None:
    assert authors(text) == Authors(names, truncated=False, affiliations=affiliations)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Schick, T., Mialon, G., & van den Berg, D.", ("T. Schick", "G. Mialon", "D. van den Berg")),
        ("J. van der Berg, J.-P. Sartre, P. D'Oro", ("J. van der Berg", "J.-P. Sartre", "P. D'Oro")),
        ("John Smith, Jr., Ann Author", ("John Smith Jr.", "Ann Author")),
        ("The ATLAS Collaboration, Ann Author", ("The ATLAS Collaboration", "Ann Author")),
        ("张三, 李四", ("张三", "李四")),
        ("DANIEL VAN DER BERG, J. MCDONALD, P. O'BRIEN", ("Daniel van der Berg", "J. McDonald", "P. O'Brien")),
        ("CMS", ("CMS",)),
        ("", ()),
        (" , ;", ()),
    ],
)
def test_initials_particles_suffixes_groups_scripts_and_capitals(text: str, names: tuple[str, ...]) -> None:
    assert authors(text).names == names


def test_a_bibtex_list_keeps_its_tex_and_the_parts_that_its_commas_say() -> None:
    names, cut = bibtex_names(r"Guzm{\'a}n D{\'\i}az, Mar{\'\i}a and {Barnes and Noble, Inc.} and others")
    assert names == (Name(r"Mar{\'\i}a", "", r"Guzm{\'a}n D{\'\i}az", ""), Name("", "", "{Barnes and Noble, Inc.}", ""))
    assert cut


@given(st.text(max_size=80))
def test_any_text_is_read_and_no_name_is_empty(text: str) -> None:
    assert all(name.strip() for name in authors(text).names)
    bibtex_names(text)


@given(st.lists(st.sampled_from("Ann Bob van der Li D'Oro J. Jr. Team".split()), min_size=1, max_size=5))
def test_a_name_in_the_order_of_speech_stays_as_it_is(words: list[str]) -> None:
    name = " ".join(words)
    assert spoken(split_name(name)) == name
