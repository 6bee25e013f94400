"""What was not understood is saved so that it can be corrected and fed in again."""

# ruff: noqa: E501, ISC004 — sources stand as programs write them

from __future__ import annotations

import pytest

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.rejects import written
from readlist.report import Report
from tests.papers import TODAY

BROKEN = {
    "publications": (
        "The Institute\nCLFeb 30, 2023\nA Study of ThingsAnn Author, Bob Builder\nText.\n"
        "CLFeb 9, 2023\nGood ThingsCy Dee\nMore.\nLoad more\nThe Institute\nLGFeb 31, 2023\nOther ThingsAnn Author\n",
        {"Feb 30": "Feb 3", "Feb 31": "Feb 3"}, 2, 2,
    ),
    "bibtex": (
        "@misc{good, title = {Good}, author = {Dee, Cy}}\n@misc{k1, ttle = {A Study}, author = {Author, Ann}, year = 2020}\n"
        "@misc{k2, title = , author = {Author, Ann}}\n",
        {"ttle": "title", "title = ,": "title = {Two @ Once},"}, 2, 0,
    ),
    "ris": (
        "TY  - JOUR\nAU  - Author, Ann\nXX  - A Study\n\nTY  - JOUR\nTI  - Good\nER  - \n"
        "TY  - BOOK\nAU  - Dee, Cy\nXX  - Other\nER  - \n",
        {"XX": "TI"}, 2, 0,
    ),
    "csv": (
        "Title;Authors;Year\nGood;Cy Dee;2020\nA Study;Ann Author;2020;more;and more\n;Bob Builder;2020\n",
        {";more;and more": "", "\n;Bob": "\nAnother;Bob"}, 2, 0,
    ),
    "csl-json": (
        '[{"type": "book", "title": "Good"}, {"type": "book", "ttle": "A Study"},\n'
        '{"type": "book", "ttle": "Two", "DOI": "10.1/x"}]',
        {"ttle": "title"}, 2, 0,
    ),
    "arxiv-mail": (
        "\\\\\narXiv:2002.00001\nDate: Mon, 3 Feb 2020 16:49:57 GMT   (1024kb)\n\nTtle: A Study\nAuthors: Ann Author\n"
        "Categories: cs.CL\n\\\\\n  Text.\n\\\\ ( https://arxiv.org/abs/2002.00001 ,  1024kb)\n" + "-" * 78 + "\n"
        "\\\\\narXiv:2002.00002\nTitle: Good\nAuthors: Cy Dee\n\\\\\n  Text.\n\\\\ ( https://arxiv.org/abs/2002.00002 , 1kb)\n",
        {"Ttle": "Title"}, 1, 0,
    ),
    "arxiv-feed": (
        "<feed><entry><id>http://arxiv.org/abs/2002.00001v2</id><ttle>A Study</ttle></entry>\n"
        "<entry><id>http://arxiv.org/abs/2002.00002v2</id><title>Good</title></entry></feed>",
        {"ttle": "title"}, 1, 0,
    ),
    "arxiv-listing": (
        "Showing new listings for Friday, 7 February 2020\n[1] arXiv:2002.00001 [pdf, html, other]\n"
        "[2] arXiv:2002.00002 [pdf]\nTitle: Good\nCy Dee\nSubjects: Robotics (cs.RO)\n",
        {"other]": "other]\nTitle: A Study\nAnn Author"}, 1, 0,
    ),
    "arxiv-snapshot": (
        '{"id":"2002.00001","ttle":"A Study","authors_parsed":[["Author","Ann",""]]}\n'
        '{"id":"2002.00002","title":"Good","authors_parsed":[["Dee","Cy",""]]}\n',
        {"ttle": "title"}, 1, 0,
    ),
    "arxiv-oai": (
        "<ListRecords><record><metadata><arXiv><id>2002.00001</id><ttle>A Study</ttle></arXiv></metadata></record>\n"
        "<record><metadata><arXiv><id>2002.00002</id><title>Good</title></arXiv></metadata></record></ListRecords>",
        {"ttle": "title"}, 1, 0,
    ),
    "csl-yaml": (
        "references:\n  - type: book\n    title: Good\n  - type: book\n    ttle: A Study\n  - type: book\n    title: *x\n",
        {"ttle": "title", "*x": "x"}, 2, 0,
    ),
    "links": ("2302.04761\narxiv.org/abs/23o2.00001\n10.1145/ABC\n", {"23o2": "2302"}, 1, 0),
}  # fmt: skip
"""Format → a source with faults, how they are corrected, how many papers come of it, and what is never a paper."""


def _lines(report: Report) -> list[str]:
    """Return the lines that were rejected, without those that only end a record or say why it was rejected."""
    lines = (line for one in report.rejected for line in one.text.split("\n") if not line.startswith("# mine.x, "))
    return sorted(line for line in lines if line.strip() and line.strip() != "ER  -")


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_rejects_are_corrected_and_fed_in_again(library: Library, name: str) -> None:
    text, corrections, papers, page = BROKEN[name]
    report = ingest(library, [Source.from_text(text, "mine.x")], as_of=TODAY, format=name)
    assert report.new >= 1
    assert len(report.rejected) == papers + page
    ((told, pieces),) = written(report.rejected)
    rejects = "".join(pieces)
    assert told == name
    again = ingest(library, [Source.from_text(rejects)], as_of=TODAY, format=name, dry_run=True)
    assert again.new == 0
    assert _lines(again) == _lines(report)  # nothing is lost, nothing is added
    for wrong, right in corrections.items():
        assert wrong in rejects
        rejects = rejects.replace(wrong, right)
    corrected = ingest(library, [Source.from_text(rejects)], as_of=TODAY, format=name)
    assert corrected.new == papers, (rejects, corrected)
    assert bool(corrected.rejected) == bool(page)


@pytest.mark.parametrize("name", ["bibtex", "links", "arxiv-feed", "arxiv-oai", "csl-yaml"])
def test_the_reasons_stand_in_comments_where_there_are_such(library: Library, name: str) -> None:
    report = ingest(library, [Source.from_text(BROKEN[name][0], "a@b--c.x")], as_of=TODAY, format=name)
    ((_, pieces),) = written(report.rejected)
    rejects = "".join(pieces)
    for one in report.rejected:
        assert f"line {one.line}: {one.reason}" in rejects


def test_records_of_another_format_than_was_said_are_saved_in_theirs_and_can_be_read(library: Library) -> None:
    text = (
        "@misc{a, title = {Good}}\n\nTY  - JOUR\nTI  - A Study\nAU  - Author, Ann\nER  - \n@misc{b, title = {More}}\n"
    )
    report = ingest(library, [Source.from_text(text, "a.bib")], as_of=TODAY, format="bibtex")
    assert (report.new, [(one.line, one.reason) for one in report.rejected]) == (
        2, [(3, "expected bibtex, and this looks like ris")],
    )  # fmt: skip
    ((name, pieces),) = written(report.rejected)
    saved = "".join(pieces)
    assert name == "ris"
    again = ingest(library, [Source.from_text(saved)], as_of=TODAY)
    assert (again.format, again.new, again.rejected) == ("ris", 1, ())


def test_rejects_of_several_formats_are_several_texts(library: Library) -> None:
    sources = [Source.from_text(BROKEN[name][0], name) for name in ("bibtex", "csv")]
    report = ingest(library, sources, as_of=TODAY)
    assert [name for name, _ in written(report.rejected)] == ["bibtex", "csv"]
