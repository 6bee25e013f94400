"""What databases export as tagged text: the Web of Science and PubMed."""

from __future__ import annotations

import pytest

from readlist.paper import Identifiers, Incoming, Rejected
from readlist.readers import detect
from tests.readers.samples import SAMPLES, papers, read


def test_a_record_of_the_web_of_science() -> None:
    incoming, second = read("web-of-science", SAMPLES["web-of-science"])
    assert isinstance(incoming, Incoming)
    assert isinstance(second, Incoming)
    paper = incoming.paper
    assert (paper.title, paper.abstract, paper.venue) == ("A Study of Things", "Text that goes on.", "NATURE")
    assert paper.authors == ("Ann Author", "Gabriel J. Garcia Marquez Jr.", "The Team")
    assert (paper.date, paper.kind, paper.identifiers) == ("2021-04-26", "article", Identifiers(None, "10.1145/abc"))
    assert paper.affiliations == ("Univ X, City, England", "Univ Y, Town, USA")
    fields = dict(paper.extra)
    assert fields["author"] == "Author, Ann and Garcia Marquez, Jr., Gabriel J. and {The Team}"
    assert (fields["volume"], fields["number"], fields["pages"], fields["eid"]) == ("3", "2", "1--9", "e1023")
    assert (fields["issn"], fields["eissn"], fields["accession"]) == ("0028-0836", "1476-4687", "WOS:000123")
    assert (fields["keywords"], fields["keywords-plus"]) == ("one; two words", "THREE")
    assert incoming.mark.tags == ("one", "two-words")
    assert (second.paper.kind, second.paper.venue) == ("inproceedings", "PROC X")


def test_a_record_of_pubmed() -> None:
    incoming, second = read("medline", SAMPLES["medline"])
    assert isinstance(incoming, Incoming)
    assert isinstance(second, Incoming)
    paper = incoming.paper
    assert (paper.title, paper.abstract, paper.venue) == ("A Study of Things", "Text that goes on.", "Nature")
    assert paper.authors == ("Ann W Author", "Jan P van der Meer Jr", "The Team")
    assert (paper.date, paper.kind, paper.identifiers) == ("2020-01-15", "article", Identifiers(None, "10.1145/abc"))
    assert paper.affiliations == ("Univ X, City",)
    fields = dict(paper.extra)
    assert (fields["volume"], fields["number"], fields["pages"]) == ("577", "7792", "706--710")
    assert (fields["issn"], fields["issn-2"]) == ("1476-4687", "0028-0836")
    assert (fields["pmid"], fields["pmcid"]) == ("31942072", "PMC123")
    assert fields["keywords"] == "*Mice; Humans, Male; one"
    assert incoming.mark.tags == ("humans-male", "mice", "one")
    assert dict(second.paper.extra)["eid"] == "e1023"
    assert second.paper.authors == ("C Dee",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("web-of-science", "PT J\nAU Author, A\nER\n\nPT J\nTI Two\nER\n"),
        ("medline", "PMID- 1\nFAU - Author, Ann\n\nPMID- 2\nTI  - Two\n"),
    ],
)
def test_a_record_without_a_title_costs_no_other(name: str, text: str) -> None:
    assert detect(text) == name
    rejected, other = read(name, text)
    assert isinstance(rejected, Rejected)
    assert (rejected.line, rejected.reason) == (1, "the record has no title")
    assert isinstance(other, Incoming)
    assert detect(rejected.text + "\n") == name


def test_a_record_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    assert [paper.title for paper in papers("web-of-science", "PT J\nAU Author, A\nTI A Study of\n   Things\n")] == [
        "A Study of Things"
    ]


def test_a_line_that_is_of_no_record_of_pubmed_is_told() -> None:
    stray, *others = read("medline", "PMID- 1\nTI  - One\n\nstray words\nPMID- 2\nTI  - Two\n")
    assert stray == Rejected(4, "expected a record to begin with PMID", "stray words", "a.txt")
    assert [type(one) for one in others] == [Incoming, Incoming]


def test_a_table_of_the_web_of_science() -> None:
    heading = "\ufeffPT\tAU\tAF\tTI\tSO\tC1\tPY\tDI\tUT\n"
    row = (
        'J\tLiakos, KG; Busato, P\tLiakos, Konstantinos G.; Busato, Patrizia\tMachine "Learning"\tSENSORS\t'
        "[Liakos, K.; Busato, P.] Ctr Res, Greece; [Busato, P.] Univ Turin, Italy\t2018\t10.3390/s18082674\tWOS:1\n"
    )
    text = f"{heading}{row}J\tDoe, J\t\t\tX\n\nJ\tDoe, J\t\tTwo\tX\n"
    assert detect(text) == "web-of-science"
    first, untitled, last = read("web-of-science", text)
    assert isinstance(first, Incoming)
    assert isinstance(last, Incoming)
    paper = first.paper
    assert (paper.title, paper.venue, paper.kind, paper.date) == ('Machine "Learning"', "SENSORS", "article", "2018")
    assert paper.authors == ("Konstantinos G. Liakos", "Patrizia Busato")
    assert paper.affiliations == ("Ctr Res, Greece", "Univ Turin, Italy")
    assert paper.identifiers.doi == "10.3390/s18082674"
    assert isinstance(untitled, Rejected)
    assert (untitled.line, untitled.reason) == (3, "the row has no title")
    assert detect(f"{untitled.heading}\n{untitled.text}\n") == "web-of-science"
    assert last.paper.authors == ("J Doe",)
