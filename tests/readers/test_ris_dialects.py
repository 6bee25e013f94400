"""RIS as EndNote, Mendeley, Scopus and IEEE write it."""

from __future__ import annotations

import pytest

from readlist.paper import Entry, Furniture, Identifiers, Incoming, Rejected
from readlist.writers import ris
from tests.papers import NOW
from tests.readers.samples import read


def one(text: str) -> Incoming:
    (only,) = read("ris", text)
    assert isinstance(only, Incoming), only
    return only


def test_endnote_has_doi_and_day_in_other_places_and_numbers_for_keys() -> None:
    incoming = one(
        "TY  - JOUR\r\nAU  - Builder, C.,Jr.\r\nPY  - 2019\r\nDA  - Mar 15\r\nTI  - A Study\r\nT2  - Nature\r\n"
        "N1  - Times Cited: 5\r\nM3  - 10.1038/XYZ\r\nID  - 12\r\nER  - \r\n"
    )
    assert (incoming.paper.date, incoming.paper.identifiers) == ("2019-03-15", Identifiers(None, "10.1038/xyz"))
    assert incoming.paper.authors == ("C. Builder Jr.",)
    assert incoming.citekey is None
    assert incoming.mark.notes == ()
    assert dict(incoming.paper.extra)["note"] == "Times Cited: 5"


def test_mendeley_says_the_month_beside_the_year() -> None:
    paper = one("TY  - JOUR\nT1  - A Study\nA1  - Author, Ann\nY1  - 2018/05//\nPY  - 2018\nER  - \n").paper
    assert paper.date == "2018-05"


def test_scopus_says_where_the_authors_are_and_counts_in_a_note() -> None:
    incoming = one(
        "TY  - CONF\nTI  - A Study\nAU  - Author, A.\nPY  - 2021\nAD  - Univ of X, Country; Univ of Y\n"
        "N1  - Export Date: 24 November 2023; Cited By: 3\nKW  - Computer Science - Robotics\nER  -\n"
    )
    assert incoming.paper.affiliations == ("Univ of X, Country", "Univ of Y")
    assert incoming.mark.notes == ()
    assert incoming.mark.tags == ("computer-science-robotics",)


def test_the_days_of_a_conference_are_no_day_of_the_paper() -> None:
    assert one("TY  - CONF\nTI  - A Study\nPY  - 2020\nY1  - 1-5 June 2020\nER  - \n").paper.date == "2020-06"


@pytest.mark.parametrize(
    "above",
    [
        'Provider: ACS\nContent: text/plain; charset="UTF-8"\n\n',
        'Provider: HighWire Press\nDatabase: JNeurosci\nContent:text/plain; charset="UTF-8"\n\n\n',
        "Scopus\nEXPORT DATE: 3 February 2020\n\n",
    ],
)
def test_what_a_publisher_writes_above_the_records_is_furniture(above: str) -> None:
    *told, incoming = read("ris", f"{above}TY  - JOUR\nTI  - A Study\nER  - \n")
    assert isinstance(incoming, Incoming)
    assert [one.text for one in told if isinstance(one, Furniture)] == above.split("\n")[: len(told)]
    assert told


def test_text_without_a_record_and_text_behind_one_are_rejected() -> None:
    prose = "Once upon a time.\n" * 3
    assert [type(one) for one in read("ris", prose)] == [Rejected] * 3
    assert [type(one) for one in read("ris", f"TY  - JOUR\nTI  - A Study\nER  - \n{prose}")[1:]] == [Rejected] * 3
    assert [type(one) for one in read("ris", "AU  - Author, Ann\nER  - \n")] == [Rejected]
    assert (
        len([one for one in read("ris", f"{prose * 1000}TY  - JOUR\nTI  - A\nER  - \n") if isinstance(one, Rejected)])
        == 3000
    )


@pytest.mark.parametrize(
    ("kind", "lines", "field", "value"),
    [
        ("BOOK", "SP  - 350\n", "pagetotal", "350"),
        ("THES", "SP  - xii, 350 p.\n", "pagetotal", "xii, 350 p."),
        ("BOOK", "SP  - 12\nEP  - 30\n", "pages", "12--30"),
        ("JOUR", "SP  - 350\n", "pages", "350"),
        ("JOUR", "Y2  - 2023/08/02/12:00:00\n", "urldate", "2023-08-02"),
        ("JOUR", "Y2  - 2023/08/02/\n", "urldate", "2023-08-02"),
        ("JOUR", "Y2  - last summer\n", "urldate", "last summer"),
        ("JOUR", "DA  - Mar-Apr 2019\n", "issued", "Mar-Apr 2019"),
    ],
)
def test_pages_and_days_are_what_their_tags_mean(kind: str, lines: str, field: str, value: str) -> None:
    paper = one(f"TY  - {kind}\nTI  - A Study\n{lines}ER  - \n").paper
    assert dict(paper.extra)[field] == value
    assert (paper.date, "pages" in dict(paper.extra)) == ("2019" if field == "issued" else None, field == "pages")


def test_initials_that_stand_last_without_a_comma_are_given_names() -> None:
    paper = one("TY  - JOUR\nTI  - A Study\nA1  - Haber M.\nA1  - De Vries A.W.\nER  - \n").paper
    assert paper.authors == ("M. Haber", "A.W. De Vries")
    assert dict(paper.extra)["author"] == "Haber, M. and De Vries, A.W."


def test_endnote_lists_keywords_numbers_and_addresses_on_lines_below_one_tag() -> None:
    incoming = one(
        "TY  - JOUR\nTI  - A Study of\n  Things\nAB  - Text that\ngoes on.\nKW  - Animals\nHumans, Male\n*Mice\n"
        "SN  - 0092-8674 (Print)\n0092-8674 (Linking)\nUR  - https://a.org/1\nhttps://b.org/2\nER  - \n"
    )
    fields = dict(incoming.paper.extra)
    assert fields["keywords"] == "Animals; Humans, Male; *Mice"
    assert incoming.mark.tags == ("animals", "humans-male", "mice")
    assert (fields["issn"], fields["url"], fields["url-2"]) == ("0092-8674", "https://a.org/1", "https://b.org/2")
    assert (incoming.paper.title, incoming.paper.abstract) == ("A Study of Things", "Text that\ngoes on.")
    assert not {"issn-2", "isbn"} & fields.keys()


@pytest.mark.parametrize(
    ("sort", "written", "fields"),
    [
        ("JOUR", "15499596 (ISSN)", {"issn": "1549-9596"}),
        ("JOUR", "2434-561X", {"issn": "2434-561X"}),
        ("JOUR", "1234-5678", {"issn": "1234-5678"}),
        ("BOOK", "978-3-16-148410-0 (print)", {"isbn": "978-3-16-148410-0"}),
        ("CONF", "03029743 (ISSN); 9783319464923 (ISBN)", {"issn": "0302-9743", "isbn": "9783319464923"}),
        ("JOUR", "unknown number", {"issn": "unknown number"}),
        ("BOOK", "0-306-40615", {"isbn": "0-306-40615"}),
    ],
)
def test_numbers_of_journals_and_books_are_told_apart(sort: str, written: str, fields: dict[str, str]) -> None:
    extra = dict(one(f"TY  - {sort}\nTI  - A Study\nSN  - {written}\nER  - \n").paper.extra)
    assert {name: value for name, value in extra.items() if name in ("issn", "isbn")} == fields


def test_the_number_of_an_article_comes_in_and_goes_out() -> None:
    paper = one("TY  - JOUR\nTI  - A Study\nC7  - e1023\nER  - \n").paper
    assert dict(paper.extra) == {"eid": "e1023"}
    assert "C7  - e1023\r\n" in "".join(ris.write([Entry("p1", "key", NOW, paper)]))
