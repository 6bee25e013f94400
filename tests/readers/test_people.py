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
        ("A. Author^1, B. Builder^{2,3}, C. Dee^*", ("A. Author", "B. Builder", "C. Dee")),
        ("Ann Author 1,2, Bob Builder 2 and Cy Dee1", ("Ann Author", "Bob Builder", "Cy Dee")),
        ("H1 Collaboration, C4591001 Trial Group, D0 Collaboration",
         ("H1 Collaboration", "C4591001 Trial Group", "D0 Collaboration")),
        ("King, Martin Luther, Jr.; Doe, J.", ("Martin Luther King Jr.", "J. Doe")),
        ("King Jr., Martin Luther; Doe, J.", ("Martin Luther King Jr.", "J. Doe")),
        ("Smith, J. A., Jr., & Doe, B.", ("J. A. Smith Jr.", "B. Doe")),
        ("Smith, J., & Doe, A. (Eds.)", ("J. Smith", "A. Doe")),
        ("Jean Dupont et Marie Curie", ("Jean Dupont", "Marie Curie")),
        ("Anna Meier und Bernd Kluge", ("Anna Meier", "Bernd Kluge")),
        ("\u674e\u660e\u3001\u738b\u82b3\uff1b\u4f50\u85e4\u82b1\u5b50",
         ("\u674e\u660e", "\u738b\u82b3", "\u4f50\u85e4\u82b1\u5b50")),
        ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a\u060c \u0623\u062d\u0645\u062f \u062d\u0633\u0646",
         ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a", "\u0623\u062d\u0645\u062f \u062d\u0633\u0646")),
        ("J. Smith on behalf of the CMS Collaboration", ("J. Smith", "CMS Collaboration")),
        ("Doe, J.; Smith, A. for the ATLAS Collaboration", ("J. Doe", "A. Smith", "ATLAS Collaboration")),
        ("Ann Author <ann@author.org>, Bob Builder [0000-0002-1825-0097]", ("Ann Author", "Bob Builder")),
        ("Wei Wang 0001, Ann Author", ("Wei Wang", "Ann Author")),
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


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Senior AW, Evans R, van der Meer JP", ("A. W. Senior", "R Evans", "J. P. van der Meer")),
        ("Smith J., van der Berg K., O'Neil P.A.", ("J. Smith", "K. van der Berg", "P.A. O'Neil")),
        ("Bee A.; Dee C.", ("A. Bee", "C. Dee")),
        ("Dwivedi-Yu J-P, Griffin JR 3rd, Smith JA Jr", ("J.-P. Dwivedi-Yu", "J. R. Griffin 3rd", "J. A. Smith Jr")),
        ("Müller Ä, Şahin Ö.", ("Ä Müller", "Ö Şahin")),
        ("SMITH J., DOE A.", ("J. Smith", "A. Doe")),
        ("Xu BO, Smith J, Li W", ("B. O. Xu", "J Smith", "W Li")),
        ("Ivanov IV, Petrov P", ("I. V. Ivanov", "P Petrov")),
        ("Polack FP, van der Meer JP Jr, Kitchin N; C4591001 Trial Group.",
         ("F. P. Polack", "J. P. van der Meer Jr", "N Kitchin", "C4591001 Trial Group")),
        ("Liakos KG, Busato P, Moshou D.", ("K. G. Liakos", "P Busato", "D Moshou")),
        ("Jaynes ET, Smith J", ("E. T. Jaynes", "J Smith")),
        ("Horby P, RECOVERY Collaborative Group", ("P Horby", "RECOVERY Collaborative Group")),
    ],
)  # fmt: skip
def test_names_whose_initials_come_last_are_turned_round(written: str, names: tuple[str, ...]) -> None:
    found = authors(written)
    assert (found.names, found.doubtful) == (names, False)


@pytest.mark.parametrize(
    "written",
    [
        "Wei Li, Xu Bo", "J. Smith, A. W. Senior", "Andrew NG, Geoffrey HINTON", "Ann Author, Bob B.",
        "Martin King III", "John F. Elder IV", "OpenAI, Ann Author", "Ann Author, MIT",
    ],
)  # fmt: skip
def test_names_in_the_order_of_speech_stay_as_they_are(written: str) -> None:
    found = authors(written)
    assert (found.names, found.doubtful) == (tuple(written.split(", ")), False)


@pytest.mark.parametrize("written", ["Xu BO", "Wei LI, Xiaoming MA"])
def test_capitals_that_may_be_a_chinese_name_are_left_and_marked(written: str) -> None:
    found = authors(written)
    assert (found.names, found.doubtful) == (tuple(written.split(", ")), True)


def test_capitals_that_were_a_list_in_capitals_are_no_initials() -> None:
    assert authors("SMITH JOHN, DOE ANN").names == ("Smith John", "Doe Ann")


def test_family_names_of_several_words_are_kept_as_such() -> None:
    assert authors("García Márquez G, De Vries A").parts == "García Márquez, G and De Vries, A"


@pytest.mark.parametrize(("written", "doubtful"), [("Smith, John, Doe, Anna", True), ("DeepMind, OpenAI", False)])
def test_names_of_one_word_that_may_be_pairs_are_marked(written: str, doubtful: bool) -> None:
    assert authors(written).doubtful == doubtful
