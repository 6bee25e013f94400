"""A rich record of each format: every word that it says is there again in readlist's own JSON.

Each value of the records below has a word of its own, which must come out; so what a reader leaves out is seen.
"""

from __future__ import annotations

import json
import re

import pytest

from readlist.paper import Entry, Incoming, Paper, Rejected
from readlist.record import entry_record
from tests.readers.samples import papers, read

CSL = {
    "id": "wid2020", "type": "speech", "title": "W <i>title</i>", "title-short": "wshort", "note": "wnote",
    "author": [
        {"family": "Wfamily Wtwo", "given": "Wgiven", "suffix": "Wsuffix", "dropping-particle": "wde"},
        {"literal": "The Wgroup"}, {"name": "Wnamed Consortium"}, "Wplain Person", 5,
        {"family": "Wx", "given": "Wy", "affiliation": [{"name": "Waffil"}], "ORCID": "worcid"},
    ],
    "editor": [{"family": "Weditor"}], "translator": ["Ann Wtranslator"], "director": {"family": "Wdirector"},
    "issued": {"date-parts": [[2019]], "season": "Wseason"}, "accessed": {"literal": "waccessed"},
    "event-date": {"date-parts": [[2018, 3, 4], [2018, 3, 6]]}, "submitted": {"raw": "wsubmitted"},
    "container-title": ["Wcontainer", "Wcont."], "volume": 17, "number": "wnumber", "issue": "wissue", "DOI": "wdoi",
    "custom": {"x": "wcustom"}, "categories": ["wone", "wtwo"], "URL": "https://w.org/wurl", "keyword": "wkey, wword",
    "abstract": "wabstract", "unheard-of": "wunheard", "event-title": "wevent", "medium": "wmedium",
}  # fmt: skip

ZOTERO = {
    "itemType": "magazineArticle", "title": "Wtitle", "publicationTitle": "Wpub", "conferenceName": "Wconf",
    "creators": [
        {"creatorType": "author", "firstName": "Wgiven", "lastName": "Wfamily Wtwo"},
        {"creatorType": "translator", "firstName": "Wtr", "lastName": "Wans"},
        {"creatorType": "seriesEditor", "name": "Wseries"}, {"creatorType": "unheard", "name": "Wunheard"},
        "Wplain Person",
    ],
    "date": "wspring 2019", "DOI": "wdoi", "abstractNote": "wabstract", "extra": "wextra", "rights": "wrights",
    "tags": [{"tag": "wtag"}, "wtwo"], "notes": [{"note": "<p>wnote</p>"}, "wsecond"], "callNumber": "wcall",
    "attachments": [{"path": "/w/wfile.pdf"}], "libraryCatalog": "wcatalog", "journalAbbreviation": "wabbr",
    "dateAdded": "2020-01-01T00:00:0wadded", "pages": "w1-w2", "unheardOf": {"a": "wdeep"}, "websiteType": "wsort",
}  # fmt: skip

SEMANTIC_SCHOLAR = {
    "paperId": "wpaper", "corpusId": 7777, "externalIds": {"MAG": "wmag", "CorpusId": 8888, "DBLP": "wdblp",
    "PubMed": "wpubmed", "ACL": "wacl"}, "title": "Wtitle", "abstract": "wabstract", "venue": "Wvenue", "year": 2019,
    "publicationDate": "wdate", "publicationTypes": ["JournalArticle", "Wtype"], "tldr": {"text": "wtldr"},
    "authors": [{"authorId": "wid", "name": "Ann Wauthor", "affiliations": ["Waffil"]}, "Bob Wplain"],
    "journal": {"name": "Wjournal", "volume": "wvol", "pages": "wpages"}, "citationCount": 1234,
    "publicationVenue": {"name": "Wfull", "issn": "wissn"}, "s2FieldsOfStudy": [{"category": "Wfield"}],
    "fieldsOfStudy": ["Wstudy"], "openAccessPdf": {"url": "https://w.org/wpdf"}, "isOpenAccess": True,
}  # fmt: skip

SNAPSHOT = {
    "id": "0704.0001", "submitter": "Wsub Mitter", "authors": "Ann Wauthor (Waffil), Bob B (Wother)",
    "authors_parsed": [["Wauthor", "Ann", ""], ["B", "Bob", ""]], "title": "Wtitle", "comments": "wcomment",
    "journal-ref": "Wjournal", "doi": "10.1000/wdoi", "report-no": "wreport", "categories": "cs.CL math.ST",
    "license": "wlicense", "abstract": "wabstract", "update_date": "wupdated",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2", "created": ""}],
}  # fmt: skip

RIS = (
    "TY  - MGZN\nID  - wid\nAU  - Wfamily Wtwo, Wgiven\nTI  - Wtitle\nT1  - Wother title\nT2  - Wvenue\n"
    "JO  - Wjo\nJA  - Wja\n"
    "PY  - wpress\nDA  - wday\nAB  - wabstract\nN2  - wsecond\nN1  - wnote\nN1  - Times Cited: wcited\nKW  - wkey\n"
    "DO  - wdoi\nUR  - https://w.org/wurl\nUR  - https://w.org/wtwo\nSP  - w1-w2\nEP  - w3\nSN  - wsn\n"
    "A2  - Weditor, A.\n"
    "A3  - Wthird, B.\nAD  - Waffil; Wother\nM1  - wm1\nM3  - wm3\nC1  - wc1\nL1  - wl1\nDB  - wdb\nDP  - wdp\nER  - \n"
)
CSV = (
    "Key,Title,Authors,Date,Year,Journal,DOI,arXiv,Keywords,Notes,Volume,Type,Pages,Affiliations,Score,Own,URL\n"
    "wkey,Wtitle,Ann Wauthor,wspring,2019,Wjournal,wdoi,warxiv,wtag,wnote,wvol,wtype,wpages,Waffil,wscore,wown,"
    "https://w.org/wurl\n"
)
BIBTEX = (
    "@article{wkey, title={Wtitle}, author={Wauthor, Ann}, year={wpress}, month={wmonth}, journal={Wjournal}, "
    "doi={wdoi}, eprint={weprint}, keywords={wtag}, annote={wnote}, note={\\url{https://w.org/wurl}}, x-own={wown}, "
    "abstract={wabstract}, howpublished={whow}, file={:wfile.pdf:PDF}, date={wdate}}"
)


def said(name: str, text: str) -> str:
    """Return the only paper of a source as readlist's JSON."""
    [found] = read(name, text)
    assert isinstance(found, Paper | Incoming), found
    incoming = found if isinstance(found, Incoming) else Incoming(found)
    entry = Entry("p1", incoming.citekey or "k", "2026-01-01T00:00:00Z", incoming.paper, incoming.mark)
    return json.dumps(entry_record(entry), ensure_ascii=False)


def yaml_of(record: dict[str, object]) -> str:
    """Return an item of CSL-YAML, which takes JSON for its values."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in record.items()]
    return "- " + "\n  ".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csl-json", json.dumps([CSL], ensure_ascii=False)),
        ("csl-yaml", yaml_of(CSL)),
        ("zotero", json.dumps([ZOTERO])),
        ("semantic-scholar", json.dumps(SEMANTIC_SCHOLAR)),
        ("arxiv-snapshot", json.dumps(SNAPSHOT)),
        ("ris", RIS),
        ("csv", CSV),
        ("bibtex", BIBTEX),
    ],
)
def test_every_word_of_a_rich_record_is_there_again(name: str, text: str) -> None:
    out = said(name, text).casefold()
    words = {word.casefold() for word in re.findall(r"\b[Ww](?:[a-z]+|\d|m\d|c\d|l\d|n\d)\b|\b\d{4}\b", text)}
    lost = {word for word in words if word not in out}
    assert len(words) > 12
    assert not lost


def test_keywords_of_a_table_are_the_papers_and_its_tags_are_the_readers() -> None:
    table = "Title,Year,Author Keywords,Manual Tags\nT,2020,deep learning; nlp,to-read\n"
    [found] = read("csv", table)
    assert isinstance(found, Incoming)
    assert dict(found.paper.extra) == {"keywords": "deep learning; nlp"}
    assert found.mark.tags == ("deep-learning", "nlp", "to-read")


def test_authors_are_read_in_whatever_shape_they_stand() -> None:
    for authors in (
        "Ann Author and Bob Builder",
        ["Ann Author", "Builder, Bob"],
        [{"literal": "Ann Author"}, "Bob Builder"],
    ):
        (paper,) = papers("csl-json", json.dumps([{"type": "book", "title": "T", "author": authors}]))
        assert paper.authors == ("Ann Author", "Bob Builder")
        (paper,) = papers("csl-yaml", yaml_of({"type": "book", "title": "T", "author": authors}))
        assert paper.authors == ("Ann Author", "Bob Builder")
    (paper,) = papers("csl-json", '[{"type": "book", "title": "T", "author": "Ann Author et al."}]')
    assert (paper.authors, paper.authors_truncated) == (("Ann Author",), True)
    (paper,) = papers("semantic-scholar", '{"paperId": "x", "title": "T", "authors": "Ann Author, Bob Builder"}')
    assert paper.authors == ("Ann Author", "Bob Builder")
    (paper,) = papers("zotero", '[{"itemType": "book", "title": "T", "creators": ["Ann Author"]}]')
    assert paper.authors == ("Ann Author",)


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("csl-json", '{"type": "book", "title": "T"}'),
        ("zotero", '{"itemType": "book", "title": "T"}'),
        ("semantic-scholar", '{"paperId": "x", "title": "T"}'),
    ],
)
def test_what_is_no_record_among_json_is_told_with_its_line(name: str, good: str) -> None:
    within, beside = "expected an object", "expected a JSON object or an array of them"
    for text, lines, reason in (
        (f'[{good}, "x", 5, null, {good}]', [1], within),
        (f'["x",\n{good},\n5,\nnull,\n{good}]', [1, 3, 4], within),
        (f'{{"items": [{good}, "x", {good}], "tags": ["y"], "total": 2}}', [1], within),
        (f"{good}\n5\n{good}\n", [2], beside),
    ):
        found = read(name, text)
        told = [one for one in found if isinstance(one, Rejected)]
        assert [(one.line, one.reason) for one in told] == [(line, reason) for line in lines]
        assert len(found) == len(told) + 2


@pytest.mark.parametrize(
    ("written", "date", "kept"),
    [
        ("in press", None, ("year", "in press")), ("Spring 2019", "2019", ("issued", "Spring 2019")),
        ("2018-2019", "2018", ("issued", "2018-2019")), ("c. 2019", "2019", ("issued", "c. 2019")),
        ("20", None, ("year", "20")), ("1-5 June 2019", "2019-06", ("issued", "1-5 June 2019")),
        ("9 February 2020", "2020-02-09", None), ("Mon, 3 Feb 2020 19:18:42 GMT", "2020-02-03", None),
        ("2020-02-09T10:00:00Z", "2020-02-09", None),
    ],
)  # fmt: skip
def test_what_a_date_says_beside_day_month_and_year_is_kept(
    written: str, date: str | None, kept: tuple[str, str] | None
) -> None:
    for name, text in (
        ("ris", f"TY  - JOUR\nTI  - T\nPY  - {written}\nER  - \n"),
        ("csv", f'title,date,doi\nT,"{written}",\n'),
        ("csl-json", json.dumps([{"type": "book", "title": "T", "issued": {"literal": written}}])),
        ("csl-yaml", f'- {{type: book, title: T, issued: "{written}"}}\n'),
        ("zotero", json.dumps([{"itemType": "book", "title": "T", "date": written}])),
    ):
        (paper,) = papers(name, text)
        told = [field for field in paper.extra if field[0] in ("year", "issued")]
        assert (name, paper.date, told) == (name, date, [kept] if kept else [])


@pytest.mark.parametrize("nobody", ["[No author name available]", "[Anonymous]", "n/a", "NaN"])
@pytest.mark.parametrize("nothing", ["[No abstract available]", "No abstract available.", "nan"])
def test_words_that_stand_where_there_is_nothing_are_no_author_and_no_abstract(nobody: str, nothing: str) -> None:
    table = f'Authors,Title,Year,Source title,Abstract\n"{nobody}",T,2020,[No source information available],{nothing}\n'
    (of_table,) = papers("csv", table)
    (of_ris,) = papers("ris", f"TY  - JOUR\nTI  - T\nAU  - {nobody}\nPY  - 2020\nAB  - {nothing}\nER  - \n")
    (of_bib,) = papers("bibtex", f"@article{{k, title={{T}}, author={{{{{nobody}}}}}, abstract={{{nothing}}}}}")
    for paper in (of_table, of_ris, of_bib):
        assert (paper.authors, paper.abstract, paper.venue) == ((), None, None)


def test_names_and_abstracts_that_only_look_like_nothing_stay() -> None:
    (paper,) = papers("csv", "Authors,Title,Year,Abstract\nAnonymous,T,2020,None of it is true.\n")
    assert (paper.authors, paper.abstract) == (("Anonymous",), "None of it is true.")
    (paper,) = papers("ris", "TY  - JOUR\nTI  - T\nAU  - None\nAU  - Author, Ann\nER  - \n")
    assert paper.authors == ("None", "Ann Author")
