"""What arXiv sends and shows: e-mails, pages, feeds, the snapshot, and lists of ids."""

# ruff: noqa: E501 — records stand as arXiv writes them

from __future__ import annotations

import pytest

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.paper import Furniture, Identifiers, Incoming, Paper, Rejected
from readlist.readers import detect
from tests.papers import TODAY
from tests.readers.samples import SAMPLES, papers, read


def only(name: str, text: str) -> Paper:
    (paper,) = papers(name, text)
    return paper


def test_an_announcement_says_all_that_arxiv_knows_folded_lines_too() -> None:
    paper = papers("arxiv-mail", SAMPLES["arxiv-mail"])[0]
    assert paper.title == "A Study of Things That Are So Long That the Title Is Folded"
    assert paper.authors == ("Ann Author", "Jérôme Builder", "Cy Dee")
    assert (paper.affiliations, paper.categories) == (("MIT", "Oxford"), ("cs.CL", "stat.ML"))
    assert (paper.date, paper.identifiers) == ("2020-02-03", Identifiers("2002.00001", "10.1145/abc"))
    assert (paper.abstract, paper.abstract_raw) == ("Text on lines with x².", "Text on lines with $x^2$.")
    assert paper.venue == "J. of X 3 (2020) 1-9"
    assert dict(paper.extra) | {"comments": "9 pages, with figures", "report-no": "R-1", "msc-class": "68T50"} == dict(
        paper.extra
    )


def test_cross_lists_and_replacements_say_so_and_a_replacement_is_dated_by_its_id() -> None:
    _, crossed, replaced = papers("arxiv-mail", SAMPLES["arxiv-mail"])
    assert dict(crossed.extra)["announced"] == "cross-list"
    assert dict(replaced.extra)["announced"] == "replaced Thu, 6 Feb 2020 12:00:00 GMT"
    assert (replaced.date, replaced.abstract, replaced.year_inferred) == ("2019-01", None, False)


@pytest.mark.parametrize(
    ("lines", "extra", "date"),
    [
        ("Date (v1): Mon, 3 Feb 2020 16:49:57 GMT   (1kb)\nDate (revised v2): Tue, 4 Feb 2020 1:00:00 GMT   (2kb)", {"version": "v2"}, "2020-02-03"),
        ("Date: Mon, 3 Feb 2020 16:49:57 GMT   (0kb,I)", {"announced": "withdrawn"}, "2020-02-03"),
        ("replaced with revised version Tue, 4 Feb 2020 1:00:00 GMT   (0kb,I)", {"announced": "withdrawn Tue, 4 Feb 2020 1:00:00 GMT"}, "2020-02"),
    ],
)  # fmt: skip
def test_versions_and_withdrawals_are_kept(lines: str, extra: dict[str, str], date: str) -> None:
    paper = only("arxiv-mail", f"\\\\\narXiv:2002.00001\n{lines}\n\nTitle: T\nAuthors: A\n\\\\\n  Text.\n\\\\\n")
    assert (dict(paper.extra), paper.date) == (extra, date)


def test_an_old_id_and_a_record_without_title_or_id() -> None:
    assert (
        only("arxiv-mail", "\\\\\nPaper: math.GT/0309136\nTitle: T\n\\\\\n  A.\n\\\\\n").identifiers.arxiv
        == "math/0309136"
    )
    found = read(
        "arxiv-mail", "\\\\\narXiv:2002.00001\nAuthors: A\n\\\\\n  A.\n\\\\\n\\\\\narXiv:nonsense\nTitle: T\n\\\\\n"
    )
    assert [type(one) for one in found] == [Rejected, Rejected]
    assert [one.line for one in found if isinstance(one, Rejected)] == [2, 8]


def test_what_stands_around_announcements_is_counted() -> None:
    text = (
        f"From: no-reply@arxiv.org\n{'-' * 78}\nSend any comments to us.\n{'-' * 78}\n\\\\\narXiv:2002.00001\n"
        "From: A <a@b.org>\nTitle: T\n\\\\\n  A.\n\\\\ ( https://arxiv.org/abs/2002.00001 ,  1kb)\n%%%---%%%\nBye.\n"
    )
    told = [(one.line, one.text) for one in read("arxiv-mail", text) if isinstance(one, Furniture)]
    assert told == [
        (1, "From: no-reply@arxiv.org"), (3, "Send any comments to us."), (7, "From: A <a@b.org>"), (13, "Bye.")
    ]  # fmt: skip


def test_an_e_mail_that_was_sent_as_quoted_printable_is_read() -> None:
    text = "Content-Transfer-Encoding: quoted-printable\n\n\\\\\narXiv:2002.00001\nTitle: M=C3=BCller and a long=\ner title\n\\\\\n  A.\n\\\\\n"
    assert only("arxiv-mail", text).title == "Müller and a longer title"


def test_a_page_as_it_is_copied_from_the_browser() -> None:
    first, crossed, third = papers("arxiv-listing", SAMPLES["arxiv-listing"])
    assert (first.title, first.authors, first.categories) == (
        "A Study",
        ("Ann Author", "Jerome Builder"),
        ("cs.CL", "stat.ML"),
    )
    assert (first.abstract, first.date) == ("Text of the\nabstract.", "2020-02")
    assert (crossed.title, crossed.authors, crossed.abstract) == ("Crossed", ("The Team", "Bob"), None)
    assert dict(crossed.extra)["announced"] == "cross-list from math.CO"
    assert (third.title, third.venue, third.identifiers.arxiv) == ("Three", "J. of X", "2002.00003")


def test_search_results_as_they_are_copied() -> None:
    paper = only(
        "arxiv-listing",
        "arXiv:2002.00001 [pdf, other] cs.CL cs.LG\nA Study of Things\nAuthors: Ann Author, Bob Builder\n"
        "Abstract: Text of it. △ Less\nSubmitted 9 February, 2020; originally announced February 2020.\nComments: 9 pages\n",
    )
    assert (paper.title, paper.authors, paper.categories) == (
        "A Study of Things",
        ("Ann Author", "Bob Builder"),
        ("cs.CL", "cs.LG"),
    )
    assert (paper.abstract, paper.date) == ("Text of it.", "2020-02-09")


def test_an_answer_of_the_api() -> None:
    paper = only("arxiv-feed", SAMPLES["arxiv-feed"])
    assert (paper.title, paper.title_raw) == ("A Study of Things & x²", "A Study of Things & $x^2$")
    assert (paper.authors, paper.affiliations, paper.categories) == (
        ("Ann Author", "Bob Builder"),
        ("MIT",),
        ("cs.CL", "stat.ML"),
    )
    assert (paper.date, paper.identifiers) == ("2020-02-03", Identifiers("2002.00001", "10.1145/abc"))
    assert dict(paper.extra) == {"comments": "9 pages", "journal-ref": "J. of X", "version": "v2"}


def test_the_error_that_the_api_answers_is_told_and_an_empty_feed_is_empty() -> None:
    head, tail = '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n', "</feed>\n"
    error = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_1</id><title>Error</title>"
        "<summary>incorrect id format for 1</summary></entry>"
    )
    (rejected,) = read("arxiv-feed", head + error + tail)
    assert isinstance(rejected, Rejected)
    assert "incorrect id format for 1" in rejected.reason
    assert rejected.line == 3
    assert read("arxiv-feed", head + tail) == []


def test_items_of_rss_new_and_old() -> None:
    new = (
        '<rss version="2.0"><channel><title>cs updates</title><item><title>A Study</title><link>https://arxiv.org/abs/2002.00001</link>'
        "<description>arXiv:2002.00001v2 Announce Type: replace \nAbstract: Text.</description><category>cs.CL</category>"
        "<guid>oai:arXiv.org:2002.00001v2</guid><pubDate>Fri, 07 Feb 2025 00:00:00 -0500</pubDate>"
        "<arxiv:announce_type>replace</arxiv:announce_type><dc:creator>Ann Author, Bob Builder</dc:creator></item></channel></rss>"
    )
    paper = only("arxiv-feed", new)
    assert (paper.title, paper.authors, paper.abstract) == ("A Study", ("Ann Author", "Bob Builder"), "Text.")
    assert (paper.date, paper.identifiers.arxiv, paper.categories) == ("2020-02", "2002.00001", ("cs.CL",))
    assert dict(paper.extra) == {"version": "v2", "announced": "replace"}
    old = (
        "<rdf:RDF><item><title>A Study. (arXiv:2002.00001v1 [cs.CL])</title><link>http://arxiv.org/abs/2002.00001</link>"
        '<description>&lt;p&gt;Text &amp;amp; more.&lt;/p&gt;</description><dc:creator>&lt;a href="x"&gt;Ann Author&lt;/a&gt;</dc:creator></item>'
    )
    paper = only("arxiv-feed", old)
    assert (paper.title, paper.authors, paper.categories, paper.abstract) == (
        "A Study",
        ("Ann Author",),
        ("cs.CL",),
        "Text & more.",
    )


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("<entry><title>&lol;</title></entry>", "undefined entity"),
        ('<entry><!DOCTYPE x [<!ENTITY a "b">]><title>&a;</title></entry>', "not well-formed"),
        ("<entry><title>x</entry>", "mismatched tag"),
        ("<entry>" + "<a>" * 99 + "</a>" * 99 + "</entry>", "nested too deeply"),
        ("<entry><title> </title></entry>", "no title"),
    ],
)
def test_a_broken_entry_is_told_and_costs_no_other_and_entities_never_grow(bad: str, words: str) -> None:
    laughs = '<!DOCTYPE feed [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>\n'
    good = "<entry><title>Good</title></entry>"
    first, rejected, last = read("arxiv-feed", f"<?xml version='1.0'?>\n{laughs}<feed>\n{good}\n{bad}\n{good}</feed>")
    assert isinstance(first, Paper)
    assert isinstance(last, Paper)
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason
    assert rejected.line == 5


def test_the_snapshot() -> None:
    first, second = papers("arxiv-snapshot", SAMPLES["arxiv-snapshot"])
    assert (first.title, first.authors, first.abstract) == (
        "A Study of Things",
        ("Ann Author", "J. Balázs Jr."),
        "Text on lines.",
    )
    assert (first.date, first.categories, first.identifiers) == (
        "2020-02-03",
        ("cs.CL", "stat.ML"),
        Identifiers("2002.00001", "10.1145/abc"),
    )
    assert dict(first.extra) == {
        "comments": "9 pages", "license": "http://l", "version": "v2", "submitter": "Ann", "update_date": "2020-02-05",
    }  # fmt: skip
    assert (second.identifiers.arxiv, second.date) == ("hep-th/9901001", "1999-01")


def test_ids_and_links_are_papers_that_are_known_better_later(library: Library) -> None:
    found = papers("links", SAMPLES["links"])
    assert [paper.identifiers.arxiv or paper.identifiers.doi for paper in found] == [
        "2302.04761", "hep-th/9901001", "2002.00001", "10.1145/abc", "2002.00002"
    ]  # fmt: skip
    assert all(paper.uncertain == ("title", "authors") for paper in found)
    for name in ("links", "arxiv-mail", "links"):
        ingest(library, [Source.from_text(SAMPLES[name], name)], as_of=TODAY)
    entry = library.find("2002.00001")
    assert entry is not None
    assert entry.paper.title.startswith("A Study of Things")
    assert entry.paper.authors[0] == "Ann Author"
    assert (entry.paper.date, entry.paper.uncertain) == ("2020-02-03", ())


def test_words_beside_a_link_become_a_note() -> None:
    text = (
        "- [Toolformer](https://arxiv.org/abs/2302.04761) great paper\n1. Attention is all you need 1706.03762\n"
        "arXiv:2302.04762 [cs.CL]\n2302.04763 and <https://openreview.net/forum?id=x>, doi: 10.1145/c.\n"
    )
    notes = [
        (one.paper.identifiers.arxiv, [note.text for note in one.mark.notes])
        for one in read("links", text)
        if isinstance(one, Incoming)
    ]
    assert notes == [
        ("2302.04761", ["[Toolformer](https://arxiv.org/abs/2302.04761) great paper"]),
        ("1706.03762", ["Attention is all you need 1706.03762"]),
    ]


def test_a_list_of_references_or_of_links_with_words_is_read_as_a_list_of_links() -> None:
    text = '[1] Y. LeCun, "Deep learning," Nature, 2015. https://doi.org/10.1038/nature14539\n'
    assert detect(text) == "links"
    assert detect("# To read\n\n- [x] [Toolformer](https://arxiv.org/abs/2302.04761)\n") == "links"
    assert detect("We met.\nOne is https://arxiv.org/abs/2302.04761, and good.\nWe went.\n") is None
    (one,) = read("links", text)
    assert isinstance(one, Incoming)
    assert [note.text for note in one.mark.notes] == [text.strip().removeprefix("[1] ")]


def test_what_is_no_link_is_told() -> None:
    (rejected,) = read("links", "# a comment\n\nhttps://example.org/paper\n")
    assert isinstance(rejected, Rejected)
    assert rejected.line == 3


def test_several_identifiers_on_a_line_are_several_papers_and_a_doi_beside_an_arxiv_id_is_the_same() -> None:
    text = "2302.04761, 2302.04762 2302.04763\n10.1145/a 10.1145/b\narXiv:2302.04764 doi:10.1145/c\n"
    found = papers("links", text)
    assert [paper.identifiers.arxiv or paper.identifiers.doi for paper in found] == [
        "2302.04761", "2302.04762", "2302.04763", "10.1145/a", "10.1145/b", "2302.04764",
    ]  # fmt: skip
    assert found[-1].identifiers.doi == "10.1145/c"


def test_a_doi_with_angle_brackets_is_whole() -> None:
    (paper,) = papers("links", "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O\n")
    assert paper.identifiers.doi == "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"


def test_who_writes_for_a_group_and_how_many_more_there_are() -> None:
    text = (
        "\\\\\narXiv:2311.00001\nTitle: Found\nAuthors: Ann Author, Bob Builder, for the ATLAS Collaboration\n\\\\\n"
        "  Text.\n\\\\ ( https://arxiv.org/abs/2311.00001 ,  5kb)\n"
        "\\\\\narXiv:2311.00002\nTitle: Other\nAuthors: Ann Author and 12 others\nSubj-class: Mathematical Physics\n\\\\\n"
    )
    first, second = papers("arxiv-mail", text)
    assert first.authors == ("Ann Author", "Bob Builder", "ATLAS Collaboration")
    assert (second.authors, second.authors_truncated) == (("Ann Author",), True)
    assert dict(second.extra) == {"subjects": "Mathematical Physics"}
