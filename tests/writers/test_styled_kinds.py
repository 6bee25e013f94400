"""Citations of what is no article: books, theses, reports, software, pages of the web, as a .bib file has them."""

from __future__ import annotations

from typing import Final

import pytest

from readlist.link import link
from readlist.paper import Entry, Incoming
from readlist.readers.csl_json import read as read_csl
from readlist.readers.ris import read as read_ris
from readlist.writers import format_writer, style_writer
from tests.papers import NOW, TODAY, from_bib

TEXBOOK: Final = """@book{b, author={Donald E. Knuth}, title={The {\\TeX}book}, publisher={Addison-Wesley}, year=1986,
  edition={2}}"""
THESIS: Final = """@phdthesis{t, author={Sutton, Richard S.}, title={Temporal Credit Assignment}, year=1984,
  school={University of Massachusetts}}"""
REPORT: Final = """@techreport{r, author={{World Health Organization} and {Barnes and Noble, Inc.}}, number={TR-7},
  title={Coverage of Doses}, institution={{WHO}}, year=2020, url={https://who.int/a\\_b?x=1&y=50\\%25}}"""
PROCEEDINGS: Final = "@proceedings{p, editor={Editor, Ed}, title={Collected works on {X}}, publisher={ACM}, year=2019}"
CHAPTER: Final = """@incollection{c, author={Breiman, Leo}, title={Chapter one}, booktitle={Book}, pages={1--20},
  editor={Smith, A. and Jones, B.}, publisher={Springer}, year=2001}"""
PAGE: Final = """@online{o, author={Karpathy, Andrej}, title={Recurrent networks}, date={2015-05-21},
  url={http://karpathy.io/rnn/}, urldate={2020-01-02}}"""
ANONYMOUS: Final = "@article{a, title={Anonymous piece}, journal={The Times}, year=1999}"
SOFTWARE: Final = "@software{s, author={Virtanen, Pauli}, title={{SciPy}}, version={1.0}, year=2020, doi={10.5281/z.1}}"
GERMAN: Final = """@article{g, author={Einstein, A.}, title={Zur Elektrodynamik bewegter Körper}, year=1905,
  journal={Annalen der Physik}, langid={german}}"""
CHINESE: Final = "@article{z, author={王, 小明}, title={深度学习综述}, journal={计算机学报}, year=2021}"
MATH: Final = """@article{m, author={Neumann, J.}, journal={JMLR}, year=2011, title={On the {$L^2$} norm of
  $\\mathcal{O}(n \\log n)$ games with $\\alpha_{i}$-regret in {scikit-learn}}}"""

CITATIONS: Final = [
    ("apa", TEXBOOK, "Knuth, D. E. (1986). The TeXbook (2nd ed.). Addison-Wesley."),
    ("ieee", TEXBOOK, "[1] D. E. Knuth, The TeXbook, 2nd ed. Addison-Wesley, 1986."),
    ("acm", TEXBOOK, "[1] Donald E. Knuth. 1986. The TeXbook (2nd ed.). Addison-Wesley."),
    (
        "apa", THESIS,
        ("Sutton, R. S. (1984). Temporal credit assignment [Unpublished doctoral dissertation]. "
         "University of Massachusetts."),
    ),
    (
        "ieee", THESIS,
        "[1] R. S. Sutton, “Temporal credit assignment,” Ph.D. dissertation, University of Massachusetts, 1984.",
    ),
    (
        "chicago", THESIS,
        "Sutton, Richard S. 1984. “Temporal Credit Assignment.” PhD diss., University of Massachusetts.",
    ),
    (
        "apa", REPORT,
        ("World Health Organization, & Barnes and Noble, Inc. (2020). Coverage of doses (Technical Report TR-7). WHO. "
         "https://who.int/a_b?x=1&y=50%25"),
    ),
    (
        "ieee", REPORT,
        ("[1] World Health Organization and Barnes and Noble, Inc., “Coverage of doses,” WHO, Tech. Rep. TR-7, 2020. "
         "[Online]. Available: https://who.int/a_b?x=1&y=50%25"),
    ),
    ("apa", PROCEEDINGS, "Editor, E. (Ed.). (2019). Collected works on X. ACM."),
    ("chicago", PROCEEDINGS, "Editor, Ed, ed. 2019. Collected Works on X. ACM."),
    ("mla", PROCEEDINGS, "Editor, Ed, editor. Collected Works on X. ACM, 2019."),
    ("apa", CHAPTER, "Breiman, L. (2001). Chapter one. In A. Smith & B. Jones (Eds.), Book (pp. 1–20). Springer."),
    ("mla", CHAPTER, "Breiman, Leo. “Chapter One.” Book, edited by A. Smith and B. Jones, Springer, 2001, pp. 1–20."),
    ("apa", PAGE, "Karpathy, A. (2015, May 21). Recurrent networks. http://karpathy.io/rnn/"),
    (
        "ieee", PAGE,
        "[1] A. Karpathy, “Recurrent networks.” Accessed: Jan. 02, 2020. [Online]. Available: http://karpathy.io/rnn/",
    ),
    ("apa", ANONYMOUS, "Anonymous piece. (1999). The Times."),
    ("chicago", ANONYMOUS, "“Anonymous Piece.” 1999. The Times."),
    ("apa", SOFTWARE, "Virtanen, P. (2020). SciPy (Version 1.0) [Computer software]. https://doi.org/10.5281/z.1"),
    ("chicago", SOFTWARE, "Virtanen, Pauli. 2020. SciPy. V. 1.0. https://doi.org/10.5281/z.1."),
    ("apa", GERMAN, "Einstein, A. (1905). Zur Elektrodynamik bewegter Körper. Annalen der Physik."),
    ("chicago", GERMAN, "Einstein, A. 1905. “Zur Elektrodynamik bewegter Körper.” Annalen der Physik."),
    ("chicago", MATH, "Neumann, J. 2011. “On the L² Norm of O(n log n) Games with αᵢ-regret in scikit-learn.” JMLR."),
    ("mla", MATH, "Neumann, J. “On the L² Norm of O(n log n) Games with αᵢ-regret in scikit-learn.” JMLR, 2011."),
    ("apa", CHINESE, "王小明. (2021). 深度学习综述. 计算机学报."),
]  # fmt: skip
"""Style, entry, and the citation that the style's manual makes of it."""


@pytest.mark.parametrize(("style", "bib", "wanted"), CITATIONS)
def test_a_citation_is_what_the_manual_makes_of_an_entry_that_is_no_article(style: str, bib: str, wanted: str) -> None:
    assert "".join(style_writer(style)([Entry("p1", "key", NOW, from_bib(bib))])) == wanted + "\n"


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        (r"url={https://who.int/a\_b?x=1&y=50\%25\#f\~{}g}", "https://who.int/a_b?x=1&y=50%25#f~g"),
        (r"url={\url{https://a.b/c}}", "https://a.b/c"),
        (r"howpublished={\url{https://conda-forge.org/~x/}}", "https://conda-forge.org/~x/"),
        (r"note={See \url{https://a.b/c}, accessed 2020}", "https://a.b/c"),
        (r"url={http://x.org/a{\_}b{\%}20c{\&}d{\#}e{~}f}", "http://x.org/a_b%20c&d#e~f"),
        ("url={http://x.org/(SICI)1<1661::AID>3.0.CO;2-2}", "http://x.org/(SICI)1%3C1661::AID%3E3.0.CO;2-2"),
        ("url={<https://a.b/c>}", "https://a.b/c"),
        (r"note={\href{https://a.b/c{\_}d}{The site}}", "https://a.b/c_d"),
        ("note={See https://a.b/c for the reviews}", None),
        ("url={javascript:alert(1)}", None),
        ("url={file:///etc/passwd}", None),
        ("url={https://a.b/ö x}", "https://a.b/%C3%B6"),
        ("url={https://a.b}, doi={10.1000/x}", "https://doi.org/10.1000/x"),
    ],
)
def test_a_paper_without_doi_is_linked_by_the_address_that_its_source_gives(field: str, wanted: str | None) -> None:
    assert link(from_bib(f"@misc{{k, title={{T}}, {field}}}")) == wanted


def test_every_format_has_the_address_and_the_publisher_of_what_has_no_doi() -> None:
    entries = [Entry("p1", "k", NOW, from_bib(REPORT)), Entry("p2", "t", NOW, from_bib(THESIS))]
    for name in ("csl-json", "ris", "hayagriva", "csv", "markdown", "html", "text"):
        assert "https://who.int/a_b?x=1&" in "".join(format_writer(name)(entries)).replace("&amp;", "&"), name
    ris = "".join(format_writer("ris")(entries))
    assert "T2" not in ris
    assert ris.count("PB  - ") == 2
    assert "AU  - Barnes and Noble, Inc." in ris
    assert "container-title" not in "".join(format_writer("csl-json")(entries))
    assert "parent" not in "".join(format_writer("hayagriva")(entries))


def test_what_has_no_doi_is_read_back_from_every_format_as_it_was_written() -> None:
    papers = [from_bib(bib) for bib in (TEXBOOK, THESIS, THESIS.replace("phd", "masters"), REPORT, CHAPTER, PAGE)]
    entries = [Entry(f"p{number}", f"key{number}", NOW, one) for number, one in enumerate(papers)]
    for name, reader in (("csl-json", read_csl), ("ris", read_ris)):
        once = "".join(format_writer(name)(entries))
        back = [
            one.paper
            for one in reader(once.splitlines(keepends=True), as_of=TODAY, source="x")
            if isinstance(one, Incoming)
        ]
        again = [Entry(f"p{number}", f"key{number}", NOW, one) for number, one in enumerate(back)]
        assert "".join(format_writer(name)(again)) == once
