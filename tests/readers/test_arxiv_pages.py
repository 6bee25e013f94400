"""arXiv's pages as they are copied from a browser, with all that stands around the papers."""

# ruff: noqa: E501 — pages stand as they are copied

from __future__ import annotations

import pytest

from readlist.paper import Furniture, Identifiers, Paper, Rejected
from readlist.readers import detect
from tests.readers.samples import SAMPLES, papers, read

NEW = """Skip to main content
We gratefully acknowledge support from the Simons Foundation, member institutions, and all contributors. Donate
arxiv logo > cs.CL
Help | Advanced Search
Computation and Language

    New submissions
    Cross-lists

Showing new listings for Friday, 7 February 2025
Total of 192 entries
New submissions (showing 71 of 71 entries)

[1] arXiv:2502.03450 [pdf, html, other]

    Title: A Schema-Guided Framework
    Yiye Zhang, J\u00e9r\u00f4me Dupont (for the X Collaboration), and 5 others
    Comments: Accepted to NAACL 2025
    Subjects: Computation and Language (cs.CL); Artificial Intelligence (cs.AI)

    Large models have achieved much. Title: inside.

Replacement submissions (showing 73 of 73 entries)

[120] arXiv:2206.02096 (replaced) [pdf, html, other]

    Title: Replaced
    Wenhao Yu
    Subjects: Computation and Language (cs.CL)

Total of 192 entries
Showing up to 2000 entries per page: fewer | more | all

    About
    Help

    contact arXivClick here to contact arXiv Contact
    Copyright
"""

SEARCH = """Showing 1\u201350 of 1,234 results for all: toolformer

Search v0.5.6 released 2020-02-24
1
2
Next

    arXiv:2502.04644 [pdf, other] cs.CL cs.AI

    Agentic Reasoning: Reasoning with Tools

    Authors: Junde Wu, Jiayuan Zhu, Yuyang Liu

    Abstract: We introduce Agentic Reasoning, that enhances\u2026 \u25bd More We introduce Agentic Reasoning, that enhances models. \u25b3 Less

    Submitted 7 February, 2025; v1 submitted 6 February, 2025; originally announced February 2025.

    Comments: work in progress

    arXiv:2502.04411 [pdf, html, other] cs.LG doi 10.1145/3640457.3688104

    Mediator: Memory-efficient

    Authors: Kunfeng Lai

    Abstract: Model merging aggregates. \u25b3 Less

    Submitted 5 February, 2025; originally announced February 2025.
"""

PAPER = """Computer Science > Computation and Language
arXiv:2302.04761 (cs)
[Submitted on 9 Feb 2023 (v1), last revised 3 Mar 2023 (this version, v2)]
Title:Toolformer: Language Models Can Teach Themselves to Use Tools
Authors:Timo Schick, Jane Dwivedi-Yu
View PDF HTML (experimental)
Abstract:Language models (LMs) exhibit remarkable abilities.
Comments:\t9 pages
Subjects:\tComputation and Language (cs.CL)
Cite as:\tarXiv:2302.04761 [cs.CL]
 \t(or arXiv:2302.04761v2 [cs.CL] for this version)
 \thttps://doi.org/10.48550/arXiv.2302.04761
Focus to learn more
Submission history
From: Timo Schick [view email]
[v1] Thu, 9 Feb 2023 16:49:57 UTC (285 KB)
Bookmark
"""


def test_a_page_of_new_papers_ends_each_where_the_page_goes_on() -> None:
    assert detect(NEW) == "arxiv-listing"
    first, last = papers("arxiv-listing", NEW)
    assert (first.authors, first.authors_truncated) == (("Yiye Zhang", "Jérôme Dupont", "X Collaboration"), True)
    assert first.abstract == "Large models have achieved much. Title: inside."
    assert (last.title, last.abstract, dict(last.extra)) == ("Replaced", None, {"announced": "replaced"})


def test_results_of_a_search_with_a_doi_behind_the_classes() -> None:
    assert detect(SEARCH) == "arxiv-listing"
    first, second = papers("arxiv-listing", SEARCH)
    assert first.abstract == "We introduce Agentic Reasoning, that enhances models."
    assert (first.date, first.authors) == ("2025-02-06", ("Junde Wu", "Jiayuan Zhu", "Yuyang Liu"))
    assert (second.title, second.authors) == ("Mediator: Memory-efficient", ("Kunfeng Lai",))
    assert second.identifiers == Identifiers("2502.04411", "10.1145/3640457.3688104")
    assert (second.date, second.categories) == ("2025-02-05", ("cs.LG",))


def test_the_page_of_one_paper() -> None:
    assert detect(PAPER) == "arxiv-listing"
    (paper,) = papers("arxiv-listing", PAPER)
    assert paper.title == "Toolformer: Language Models Can Teach Themselves to Use Tools"
    assert (paper.authors, paper.date) == (("Timo Schick", "Jane Dwivedi-Yu"), "2023-02-09")
    assert paper.abstract == "Language models (LMs) exhibit remarkable abilities."
    assert dict(paper.extra) == {"comments": "9 pages", "version": "v2"}


LONG = "A Study of Very Many Things That Go On and On for as Long as"


@pytest.mark.parametrize(
    ("below", "title", "people"),
    [
        ("the Line Is Wide\nAnn Author, Jerome Builder", f"{LONG} the Line Is Wide", ("Ann Author", "Jerome Builder")),
        ("the Line Is Wide\nAnn Author", f"{LONG} the Line Is Wide", ("Ann Author",)),
        (
            "Ann Author, Jerome Builder, Cy van Dee,\nDi Eff",
            LONG,
            ("Ann Author", "Jerome Builder", "Cy van Dee", "Di Eff"),
        ),
        ("Models, Data and Scale\nAnn Author", f"{LONG} Models, Data and Scale", ("Ann Author",)),
        ("the Line Is Wide\nAuthors: Ann Author", f"{LONG} the Line Is Wide", ("Ann Author",)),
    ],
)
def test_a_folded_title_is_no_author(below: str, title: str, people: tuple[str, ...]) -> None:
    page = f"[1] arXiv:2002.00001 [pdf]\nTitle: {LONG}\n{below}\nSubjects: Robotics (cs.RO)\nText.\n"
    (paper,) = [one for one in read("arxiv-listing", page) if isinstance(one, Paper)]
    assert (paper.title, paper.authors, paper.abstract) == (title, people, "Text.")


def test_what_is_of_the_page_is_counted() -> None:
    found = read("arxiv-listing", SAMPLES["arxiv-listing"])
    told = [(one.line, one.text) for one in found if isinstance(one, Furniture)]
    assert told[:3] == [
        (1, "Computation and Language"),
        (2, "Showing new listings for Friday, 7 February 2020"),
        (3, "Total of 3 entries"),
    ]
    assert (13, "Cross submissions (showing 1 of 1 entries)") in told
    assert not [one for one in found if isinstance(one, Rejected)]


def test_a_paper_whose_id_is_cut_off_ends_the_one_before() -> None:
    text = (
        "[1] arXiv:2002.00001 [pdf]\nTitle: One\nA. Author\nSubjects: X (cs.CL)\n"
        "[2] arXiv:2002.0 [pdf]\nTitle: Two\nB. Author\n"
    )
    paper, rejected = read("arxiv-listing", text)
    assert isinstance(paper, Paper)
    assert (paper.title, paper.abstract) == ("One", None)
    assert isinstance(rejected, Rejected)
    assert (rejected.line, rejected.reason) == (5, "expected an arXiv id")
    assert rejected.text == "[2] arXiv:2002.0 [pdf]\nTitle: Two\nB. Author"
