"""Citations as the manuals of the styles want them, in every form, for any paper."""

from __future__ import annotations

import html
import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readlist.assets import asset
from readlist.errors import UsageError
from readlist.ingest import ingest, sample, sample_as_of
from readlist.library import Library
from readlist.paper import Entry, Identifiers, Paper
from readlist.query import ALL
from readlist.settings import CITATION_STYLES
from readlist.writers import style_writer, styles
from readlist.writers.plain import citation
from readlist.writers.styled import STYLES
from readlist.writers.styled.casing import sentence_case
from tests.papers import NOW, paper
from tests.writers.cited import CITED, Cited


def cited(style: str, *papers: Paper, form: str | None = None) -> str:
    return "".join(
        style_writer(style, form)(Entry("p1", f"key{number}", NOW, one) for number, one in enumerate(papers))
    )


def name(one: Cited) -> str:
    return one.paper.title[:20]


@pytest.mark.parametrize("one", CITED, ids=name)
def test_a_citation_is_what_the_manual_of_apa_makes_of_the_paper(one: Cited) -> None:
    assert cited("apa", one.paper) == one.apa + "\n"


@pytest.mark.parametrize("one", CITED, ids=name)
def test_a_citation_is_what_the_manual_of_ieee_makes_of_the_paper(one: Cited) -> None:
    assert cited("ieee", one.paper) == one.ieee + "\n"


TOOLFORMER, ATTENTION, DEEP_LEARNING = (CITED[number].paper for number in range(3))


OTHERS = [
    block.splitlines()
    for block in (Path(__file__).parent / "other-styles.txt").read_text(encoding="utf-8").split("\n\n")
]
"""Of each other style: its name, and what it makes of three papers."""


@pytest.mark.parametrize(("style", "lines"), [(name, lines) for name, *lines in OTHERS])
def test_the_other_styles_keep_the_order_of_the_papers_and_number_them(style: str, lines: list[str]) -> None:
    assert cited(style, TOOLFORMER, ATTENTION, DEEP_LEARNING).splitlines() == lines


def test_the_names_in_the_settings_are_those_of_the_styles_that_come_along() -> None:
    assert tuple(STYLES) == CITATION_STYLES
    assert set(CITATION_STYLES) < set(styles())
    for style in STYLES.values():
        assert "creativecommons.org/licenses/by-sa" in asset(f"styles/{style.file}").read_text(encoding="utf-8")


CUT = paper("A Study", "Ann Author", authors_truncated=True, date="2020")
CUT_LONG = paper("A Study", *(f"A{chr(97 + i)} B{chr(97 + i)}" for i in range(22)), authors_truncated=True, date="2020")


def test_a_cut_list_of_authors_ends_in_et_al_in_every_style() -> None:
    for style in STYLES:
        text = cited(style, CUT)
        assert "et al." in text, style
        assert "others" not in text, style
    assert cited("apa", CUT) == "Author, A. et al. (2020). A study.\n"
    assert cited("ieee", CUT) == "[1] A. Author et al., “A study,” 2020.\n"
    assert ", Bs, A., et al. (2020)" in cited("apa", CUT_LONG)
    assert cited("ieee", CUT_LONG).startswith("[1] A. Ba et al., “")
    assert cited("apa", TOOLFORMER) == CITED[0].apa + "\n"  # the style is as it was


MARKUP = paper(
    'Is <i>this</i> *bold*, `code` & "real" “text” or $x^2$ <span class="nocase">N</span> [a](b)?', "A_n * Author"
)


def text_of_html(source: str) -> str:
    class Text(HTMLParser):
        found = ""

        def handle_data(self, data: str) -> None:
            self.found += data

    parser = Text()
    parser.feed(source)
    return parser.found


def test_text_that_looks_like_markup_comes_out_as_text_in_every_form() -> None:
    plain = cited("chicago", MARKUP)
    assert "<i>this</i> *bold*, `code` & 'real' ‘text’" in plain.replace("This", "this").replace("Bold", "bold").lower()
    for style in STYLES:
        plain = cited(style, MARKUP).strip()
        assert text_of_html(cited(style, MARKUP, form="html")).strip() == plain
        rendered = MarkdownIt("commonmark").render(cited(style, MARKUP, form="markdown"))
        assert text_of_html(rendered).strip() == plain
        assert "<code>" not in rendered
        assert "<strong>" not in rendered
        assert "<ul>" not in rendered
        assert "<ol>" not in rendered


def test_markdown_and_html_have_italics_and_links() -> None:
    assert cited("apa", TOOLFORMER, form="markdown").endswith(
        "(2023). *Toolformer: Language models can teach themselves to use tools* (arXiv:2302.04761). arXiv. "
        "<https://doi.org/10.48550/arXiv.2302.04761>\n"
    )
    text = cited("nature", DEEP_LEARNING, TOOLFORMER, form="html")
    assert "<i>Nature</i> <b>521</b>, 436–444 (2015).</div>" in text
    assert '<a href="https://doi.org/10.48550/arXiv.2302.04761">https://doi.org/10.48550/arXiv.2302.04761</a>' in text
    assert text.startswith('<div class="csl-bib-body">\n  <div class="csl-entry">1. ')
    assert text.endswith("</div>\n</div>\n")
    assert cited("apa", form="html") == cited("apa") == ""


ANYTHING = st.text(max_size=25) | st.sampled_from(
    ["<i>x</i>", "</span>", '<span class="nocase">', "“", "?", "!", "..", "\U0010fe00\U0010fe10", "\x1b]52;c;\a", "和"]
)  # fmt: skip


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    title = draw(ANYTHING)
    return paper(
        title, *draw(st.lists(ANYTHING, max_size=4)), authors_truncated=draw(st.booleans()),
        date=draw(st.sampled_from([None, "2023", "1997-12", "2023-02-09"])), venue=draw(st.none() | ANYTHING),
        kind=draw(st.sampled_from([None, "article", "inproceedings", "book", "thesis", "techreport", "inbook", "x"])),
        identifiers=Identifiers(draw(st.none() | ANYTHING), draw(st.none() | ANYTHING)),
        extra=tuple((field, draw(ANYTHING)) for field in draw(st.sets(st.sampled_from(
            ["volume", "number", "pages", "publisher", "address", "edition", "series", "editor", "isbn"])))),
        abstract=draw(st.none() | ANYTHING),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(papers(), st.sampled_from(list(STYLES)))
def test_no_paper_is_too_odd_and_every_form_says_the_same(one: Paper, style: str) -> None:
    plain = cited(style, one)
    assert plain.count("\n") <= 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\U0010fe00-\U0010feff]", plain)
    assert text_of_html(cited(style, one, form="html")).strip() == plain.strip()
    rendered = text_of_html(MarkdownIt("commonmark").render(cited(style, one, form="markdown")))
    assert unquote(rendered).strip() == unquote(plain).strip()  # the text of a link is shown without its `%20`


def test_all_papers_of_the_sample_are_set_by_the_style_itself(library: Library) -> None:
    ingest(library, [sample()], as_of=sample_as_of())
    entries = library.entries(library.select(ALL))
    for style in STYLES:
        lines = "".join(style_writer(style)(entries)).splitlines()
        assert len(lines) == 43
        assert not [line for line, entry in zip(lines, entries, strict=True) if line == citation(entry.paper)]


@pytest.mark.parametrize(
    ("title", "abstract", "wanted"),
    [
        ("Learning to Play Minecraft with Video PreTraining", "", "Learning to play Minecraft with video PreTraining"),
        ("A Survey of Crafter Agents", "We play Crafter and more.", "A survey of Crafter agents"),
        ("Deep learning for Zork", "", "Deep learning for Zork"),
        ("Q-Learning in Bayesian Games: a Study", "", "Q-learning in Bayesian games: A study"),
        ("ALL IN CAPITALS", "", "ALL IN CAPITALS"),
        ("What Now? The Next Step", "", "What now? The next step"),
        ("Parkinson's Disease and Its Models", "", "Parkinson's disease and its models"),
        ("X", "", "X"),
    ],
)
def test_a_title_in_sentence_case_keeps_the_capitals_of_names(title: str, abstract: str, wanted: str) -> None:
    assert sentence_case(title, title, abstract) == wanted


def test_braces_in_the_source_keep_a_capital() -> None:
    assert sentence_case("Models of Zork Players", "Models of {Zork} Players") == "Models of Zork players"


MINIMAL = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t</title>
<id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix="."><names variable="author"><name initialize-with=""/></names>
<text variable="title" prefix=": " font-weight="bold"/></layout></bibliography></style>"""


def test_a_style_of_ones_own_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.csl").write_text(MINIMAL)
    assert cited(str(tmp_path / "mine.csl"), DEEP_LEARNING) == "Y LeCun, Y Bengio, G Hinton: Deep learning.\n"
    assert cited(str(tmp_path / "mine.csl"), CUT, form="markdown") == "A Author et al.: **A Study**.\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot read the style x.csl: No such file"),
        ("not xml", "x.csl is not a style of citation"),
        ("<style/>", "x.csl is not a style of citation"),
        (MINIMAL.partition("<bibliography>")[0] + "</style>", "x.csl prints no list of references"),
        (MINIMAL.replace('version="1.0"', 'default-locale="xx-XX" version="1.0"').replace("text ", "nonsense "), None),
        ("x" * 5_000_000, "too long"),
    ],
)
def test_a_file_that_is_no_style_is_told(tmp_path: Path, text: str | None, words: str | None) -> None:
    if text is not None:
        (tmp_path / "x.csl").write_text(text)
    if words is None:  # a style may be odd: then what it cannot set is a plain citation
        assert "Deep learning" in cited(str(tmp_path / "x.csl"), DEEP_LEARNING)
        return
    with pytest.raises(UsageError, match=words):
        cited(str(tmp_path / "x.csl"))


def test_a_style_that_stands_for_another_names_it(tmp_path: Path) -> None:
    (tmp_path / "x.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><link rel="independent-parent" '
        'href="http://www.zotero.org/styles/nature"/></info></style>'
    )
    with pytest.raises(UsageError) as error:
        cited(str(tmp_path / "x.csl"))
    assert "get nature.csl" in error.value.hint


def test_a_style_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    (tmp_path / "x.csl").write_text(
        f'<!DOCTYPE style [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
        + MINIMAL.replace('<text variable="title" prefix', '<text value="&x;"/><text variable="title" prefix')
        + "<!-- -->"
    )
    try:
        text = cited(str(tmp_path / "x.csl"), DEEP_LEARNING)
    except UsageError as error:
        text = str(error)
    assert "SECRET" not in text


def test_what_there_is_not_is_told_with_near_names() -> None:
    with pytest.raises(UsageError) as error:
        style_writer("iee")
    assert error.value.hint.startswith("did you mean ieee?")
    with pytest.raises(UsageError, match="no form 'rtf'"):
        style_writer("apa", "rtf")
    with pytest.raises(UsageError, match="bibtex is written in one form only"):
        style_writer("bibtex", "html")


def test_two_threads_may_cite_at_once() -> None:
    wanted = {style: cited(style, *(one.paper for one in CITED), CUT) for style in ("apa", "ieee")}
    found: list[tuple[str, str]] = []

    def work(style: str) -> None:
        found.extend((style, cited(style, *(one.paper for one in CITED), CUT)) for _ in range(3))

    threads = [threading.Thread(target=work, args=(style,)) for style in ("apa", "ieee", "apa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 9
    assert all(text == wanted[style] for style, text in found)


def test_the_text_of_an_address_is_its_link() -> None:
    one = paper(
        "T", "A Author", date="2001", identifiers=Identifiers(None, "10.1002/(sici)1097(19980815)17:15<1661::aid>3.0")
    )
    text = cited("apa", one, form="html")
    address = re.search('href="([^"]*)"', text)
    assert address
    assert html.unescape(address[1]) == "https://doi.org/10.1002/(sici)1097(19980815)17:15%3C1661::aid%3E3.0"


@pytest.mark.parametrize(
    ("style", "located"),
    [("apa", "3(2), Article e1023."), ("ieee", "no. 2, Art. no. e1023."), ("chicago", "3 (2): e1023.")],
)
def test_an_article_without_pages_is_found_by_its_number(style: str, located: str) -> None:
    extra = (("journal", "PLOS ONE"), ("volume", "3"), ("number", "2"), ("eid", "e1023"))
    assert located in cited(style, paper("A", kind="article", venue="PLOS ONE", extra=extra))


def test_a_number_in_proceedings_is_no_page() -> None:
    one = paper("A", kind="inproceedings", venue="Proc. X", extra=(("booktitle", "Proc. X"), ("articleno", "63")))
    assert "X, 63." in cited("acm", one)
    assert "63" not in cited("ieee", one)


def test_an_arxiv_id_in_place_of_a_volume_is_no_volume() -> None:
    extra = (("journal", "CoRR"), ("volume", "abs/2302.04761"))
    one = paper("A", kind="article", venue="CoRR", extra=extra, identifiers=Identifiers("2302.04761", None))
    assert "abs/" not in cited("apa", one) + cited("ieee", one)
