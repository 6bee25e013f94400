"""Answers of arXiv's OAI-PMH interface, and of archives that speak Dublin Core."""

from __future__ import annotations

import pytest

from readlist.paper import Identifiers, Paper, Rejected
from tests.readers.samples import SAMPLES, papers, read


def test_the_three_formats_of_arxiv() -> None:
    own, raw, core = papers("arxiv-oai", SAMPLES["arxiv-oai"])
    assert (own.title, own.authors, own.abstract) == (
        "A Study of Things & x₁", ("Ann Author Jr", "C. Balázs"), "Text on lines.",
    )  # fmt: skip
    assert (own.date, own.categories, own.affiliations) == ("2020-02-03", ("cs.CL", "stat.ML"), ("MIT",))
    assert own.identifiers == Identifiers("2002.00001", "10.1145/abc")
    assert own.venue == "J. of X 3 (2020) 1-9"
    assert dict(own.extra) == {
        "comments": "9 pages", "report-no": "R-1", "journal-ref": "J. of X 3 (2020) 1-9", "msc-class": "68T50",
        "license": "http://l",
        "updated": "2020-02-04",
    }  # fmt: skip
    assert (raw.authors, raw.affiliations) == (("Ann Author", "Bob Builder", "Cy Dee"), ("MIT",))
    assert (raw.date, raw.extra) == ("2020-02-03", (("submitter", "Ann"), ("version", "v2")))
    assert (core.authors, core.date) == (("Ann van der Author", "The ATLAS Collaboration"), "1999-01-04")
    assert (core.abstract, core.venue) == ("Text.", "Phys.Lett. B (1999)")
    assert core.identifiers == Identifiers("hep-th/9901001", "10.1016/abc")
    assert dict(core.extra)["comments"] == "10 pages"


def test_dublin_core_of_another_archive_with_prefixes_everywhere() -> None:
    (paper,) = papers(
        "arxiv-oai",
        """<oai:OAI-PMH xmlns:oai="x"><oai:ListRecords>
<oai:record><oai:header><oai:identifier>oai:x.org:1</oai:identifier></oai:header>
<oai:metadata><dc:dc><dc:title>A Study</dc:title><dc:creator>Author, Ann</dc:creator><dc:date>2020</dc:date>
<dc:identifier>https://x.org/1</dc:identifier><dc:identifier>https://doi.org/10.5281/zenodo.1</dc:identifier>
</dc:dc></oai:metadata></oai:record></oai:ListRecords></oai:OAI-PMH>""",
    )
    assert (paper.title, paper.authors, paper.date) == ("A Study", ("Ann Author",), "2020")
    assert (paper.identifiers.doi, dict(paper.extra)["url"]) == ("10.5281/zenodo.1", "https://x.org/1")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (
            '<error code="noRecordsMatch">Nothing at all.</error>',
            "answered with an error: noRecordsMatch Nothing at all.",
        ),
        ('<record><header status="deleted"><identifier>x</identifier></header></record>', "was deleted"),
        ("<record><metadata><arXiv><id>2002.00001</id></arXiv></metadata></record>", "no title"),
        ("<record><metadata/></record>", "no title"),
        ("<record><metadata>&lol2;</metadata></record>", "undefined entity"),
        ('<record><!DOCTYPE x [<!ENTITY a "b">]>&a;</record>', "not well-formed"),
        (f"<record>{'<a>' * 99}{'</a>' * 99}</record>", "nested too deeply"),
    ],
)
def test_a_record_that_is_no_paper_is_told_and_costs_no_other(bad: str, words: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>\n'
    good = "<record><metadata><arXiv><id>2002.00001</id><title>Good</title></arXiv></metadata></record>"
    first, rejected, last = read("arxiv-oai", f"{laughs}<OAI-PMH>\n{good}\n{bad}\n{good}</OAI-PMH>")
    assert isinstance(first, Paper)
    assert isinstance(last, Paper)
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason
    assert rejected.line == 4


def test_an_answer_that_is_cut_off_says_so() -> None:
    *_, rejected = read("arxiv-oai", SAMPLES["arxiv-oai"][:-700])
    assert isinstance(rejected, Rejected)
    assert "cut off" in rejected.reason
