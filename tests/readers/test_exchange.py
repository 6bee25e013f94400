"""The formats that other programs write: what is read of them, beside that they are read at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlist.cite import export_file
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.mark import add_note, change_tags, set_rating, set_status, star
from readlist.paper import Identifiers, Incoming, Paper, Rejected
from readlist.query import ALL
from readlist.record import entry_record
from tests.papers import TODAY
from tests.readers.samples import SAMPLES, papers, read


def one(name: str, text: str) -> Incoming:
    (only,) = read(name, text)
    assert isinstance(only, Incoming), only
    return only


# ---------------------------------------------------------------------- readlist's own JSON


def test_everything_that_was_exported_comes_back_marks_and_all(library: Library, tmp_path: Path) -> None:
    text = SAMPLES["bibtex"] + "@misc{k3, title = {$x^2$ \\& more}, author = {Le~Roux, Ann}, doi = {10.5555/Q}}\n"
    ingest(library, [Source.from_text(text, "refs.bib")], as_of=TODAY)
    ids = [entry.id for entry in library.entries(library.select(ALL))]
    for change in (
        star(),
        set_status("reading"),
        set_rating(4),
        add_note("n1", "A note\nof lines"),
        change_tags(["x/y"]),
    ):
        library.mark(ids[:2], change)
    out = tmp_path / "all.json"
    export_file(library, library.select(ALL), out)
    with Library.open(tmp_path / "second", now=lambda: "2030-01-01T00:00:00Z") as second:
        report = ingest(second, [Source.from_path(out)], as_of=TODAY)
        assert (report.format, report.new, report.rejected, report.refused) == ("json", len(ids), (), ())
        back = tmp_path / "back.json"
        export_file(second, second.select(ALL), back)
        assert json.loads(back.read_text()) == json.loads(out.read_text())
        again = ingest(second, [Source.from_path(out)], as_of=TODAY)
        assert again.unchanged == len(ids)


def test_an_id_given_elsewhere_stays_although_title_and_author_have_changed(library: Library) -> None:
    ingest(library, [Source.from_text(SAMPLES["json"], "a.json")], as_of=TODAY)
    entry = library.find("author2020study")
    assert entry is not None
    assert entry.id == "p0123456789abcdef"
    assert entry.paper.id != entry.id
    ingest(library, [Source.from_text("@misc{a, title={A Study}, author={Author, Ann}}")], as_of=TODAY)
    assert library.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"rating": 3', '"rating": 9', "mark.rating"),
        ('"2020-02"', '"soon"', "soon"),
        ('"tags": ["x"]', '"tags": ["a b"]', "tag"),
        ('"title": "A Study"', '"title": 3', "title should be text"),
        ('"created": "2024-01-02T00:00:00Z"', '"created": "x"', "instant"),
    ],
)
def test_a_record_that_is_not_as_it_should_be_is_told_with_the_key(old: str, new: str, words: str) -> None:
    (rejected,) = read("json", SAMPLES["json"].replace(old, new))
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason
    assert rejected.line == 2


def test_what_list_json_prints_is_read_too(library: Library) -> None:
    ingest(library, [Source.from_text(SAMPLES["bibtex"])], as_of=TODAY)
    text = json.dumps([entry_record(entry) for entry in library.entries(library.select(ALL))])
    assert len(papers("json", text)) == 2


# ---------------------------------------------------------------------- JSON of others


def test_csl_json() -> None:
    incoming = one("csl-json", SAMPLES["csl-json"])
    paper = incoming.paper
    assert (incoming.citekey, paper.kind, paper.title, paper.date) == ("ann20", "article", "A Study", "2020-02-09")
    assert paper.authors == ("Ann van Author", "The Team")
    assert (paper.venue, paper.identifiers, paper.abstract) == ("J. of X", Identifiers(None, "10.1145/abc"), "Text.")
    assert dict(paper.extra) == {
        "journal": "J. of X", "volume": "3", "pages": "1-9", "keywords": "x, y z", "editor": "Ed, I."
    }  # fmt: skip
    assert incoming.mark.tags == ("x", "y-z")


@pytest.mark.parametrize("key", ["http://zotero.org/users/1/items/A", "12", ""])
def test_an_id_that_is_an_address_or_a_number_is_no_citation_key(key: str) -> None:
    assert one("csl-json", SAMPLES["csl-json"].replace('"ann20"', json.dumps(key))).citekey is None


def test_zotero_with_its_notes_and_tags() -> None:
    (incoming,) = read("zotero", SAMPLES["zotero"])
    assert isinstance(incoming, Incoming)
    paper = incoming.paper
    assert (paper.title, paper.title_raw) == ("A Study of Things", "A Study of <i>Things</i>")
    assert (paper.kind, paper.authors, paper.date, paper.venue) == (
        "inproceedings",
        ("Ann Author",),
        "2020-02-09",
        "Proc. of X",
    )
    assert paper.identifiers == Identifiers("2002.00001", "10.1145/abc")
    assert dict(paper.extra)["editor"] == "{The Editors}"
    assert incoming.citekey == "ann20"
    assert incoming.mark.tags == ("ml", "to-do")
    assert [note.text for note in incoming.mark.notes] == ["One & two"]


def test_a_note_without_its_paper_is_told() -> None:
    (rejected,) = read("zotero", '[{"itemType": "note", "note": "x"}]')
    assert isinstance(rejected, Rejected)
    (orphan,) = read("zotero", '[{"itemType": "note", "parentItem": "Q", "note": "<p>wo\\u0085rds</p>"}]')
    assert isinstance(orphan, Rejected)
    assert orphan.text == '{"itemType": "note", "parentItem": "Q", "note": "<p>wo\nrds</p>"}'


def test_notes_of_an_item_find_it_wherever_they_stand_and_say_where_when_they_do_not() -> None:
    item = '{"key": "K", "itemType": "book", "title": "T"}'
    note, lost = ('{"itemType": "note", "parentItem": "K", "note": "n"}', '{"itemType":"note", "parentItem": "Q"}')
    for text in (f"[{item},\n{note}]", f"[{note},\n{item}]"):
        (found,) = read("zotero", text)
        assert isinstance(found, Incoming)
        assert [one.text for one in found.mark.notes] == ["n"]
    twice = read("zotero", f"[{item},\n{lost},\n{item}]")
    assert [type(one) for one in twice] == [Incoming, Incoming, Rejected]
    assert [one.line for one in twice if isinstance(one, Rejected)] == [2]


def test_better_bibtex_json_keeps_notes_in_the_item() -> None:
    text = (
        '{"config": {"a": 1}, "version": {}, "collections": {}, "items": [{"itemType": "book", "title": "T", '
        '"citationKey": "key:1", "notes": [{"note": "<p>n</p>"}], "tags": []}]}'
    )
    incoming = one("zotero", text)
    assert (incoming.citekey, incoming.paper.kind, incoming.mark.notes[0].text) == ("key:1", "book", "n")


def test_semantic_scholar() -> None:
    (paper,) = papers("semantic-scholar", SAMPLES["semantic-scholar"])
    assert (paper.title, paper.authors, paper.date) == ("A Study", ("Ann Author", "Bob Builder"), "2020-02-09")
    assert (paper.kind, paper.venue, paper.identifiers) == (
        "inproceedings",
        "ICML",
        Identifiers("2002.00001", "10.1145/abc"),
    )
    assert dict(paper.extra) == {
        "booktitle": "ICML", "volume": "3", "pages": "1-9", "paperid": "abc", "citationcount": "4", "corpusid": "7",
        "isopenaccess": "true", "publicationtypes": "JournalArticle, Conference", "authorids": "1",
    }  # fmt: skip


def test_lines_of_a_data_set_and_lists_of_references() -> None:
    line = '{"corpusid": 1, "title": "One", "year": 2020, "externalids": {"ArXiv": "2002.00001"}}\n'
    (first, second) = papers("semantic-scholar", line + line.replace("One", "Two"))
    assert (first.title, second.title, first.identifiers.arxiv) == ("One", "Two", "2002.00001")
    (cited,) = papers("semantic-scholar", '{"data": [{"citedPaper": {"paperId": "x", "title": "Cited"}}]}')
    assert cited.title == "Cited"


def test_one_broken_record_costs_no_other_whatever_the_layout() -> None:
    good = '{"paperId": "1", "title": "%s"}'
    for text in (
        f'[{good % "A"}, {{"paperId": }}, {good % "B"}]',
        f'{good % "A"}\n{{"paperId": "unclosed\n{good % "B"}\n',
        f'{good % "A"}\n{{"paperId": [}}\n{good % "B"}\n',
        "[\n  " + f'{good % "A"},\n  {{"paperId": "unclosed,\n  {good % "B"}\n]\n',
    ):
        found = read("semantic-scholar", text)
        assert [one.title for one in found if isinstance(one, Paper)] == ["A", "B"], text
        assert len(found) == 3, text


# ---------------------------------------------------------------------- RIS and CSV


def test_ris() -> None:
    incoming = one("ris", SAMPLES["ris"])
    paper = incoming.paper
    assert (incoming.citekey, paper.kind, paper.title, paper.date, paper.venue) == (
        "ann20",
        "article",
        "A Study",
        "2020-02-09",
        "J. of X",
    )
    assert paper.authors == ("Ann van Author Jr.", "The Team")
    assert paper.identifiers == Identifiers("2002.00001", "10.1145/abc")
    assert dict(paper.extra) == {
        "journal": "J. of X", "pages": "1--9", "volume": "3", "keywords": "x, y z", "ris-n1": "a note\nof two lines"
    }  # fmt: skip
    assert incoming.mark.tags == ("x", "y-z")
    assert incoming.mark.notes[0].text == "a note\nof two lines"


def test_ris_records_without_an_end_and_lines_of_none_are_told_or_read() -> None:
    found = read("ris", "furniture\nTY  - JOUR\nTI  - One\nTY  - BOOK\nT1  - Two\nER  -\nTY  - JOUR\nER  - \n")
    assert [type(item).__name__ for item in found] == ["Furniture", "Incoming", "Incoming", "Rejected"]
    assert [item.line for item in found if isinstance(item, Rejected)] == [7]


def test_csv() -> None:
    incoming = one("csv", SAMPLES["csv"])
    paper = incoming.paper
    assert (incoming.citekey, paper.title, paper.date, paper.venue) == (
        "ann20",
        'A Study, of "Things"',
        "2020",
        "J. of X",
    )
    assert paper.authors == ("Ann Author", "Bob Builder")
    assert paper.extra == (("volume", "3"),)
    assert incoming.mark.tags == ("x", "y-z")
    assert incoming.mark.notes[0].text == "two\nlines"


@pytest.mark.parametrize(
    "header",
    ["Title;Author(s);Year", "paper title\tauthors\tpublication year", "TITLE,AUTHORS,PubYear", "\ufeffTitle|By|Year"],
)
def test_columns_are_known_by_their_names_and_cells_by_the_sign_between_them(header: str) -> None:
    sign = next(char for char in ";\t|," if char in header)
    (paper,) = papers("csv", f"{header}\nA Study{sign}Ann Author{sign}2020\n")
    assert (paper.title, paper.authors, paper.date) == ("A Study", ("Ann Author",), "2020")


def test_cells_that_were_kept_from_running_are_as_they_were() -> None:
    (paper,) = papers("csv", "title,authors\n'=SUM of Parts,'-Ann\n")
    assert (paper.title, paper.authors) == ("=SUM of Parts", ("-Ann",))


def test_bad_rows_are_told_with_their_line_and_cost_no_other() -> None:
    found = read("csv", 'title,authors\nOne,A\n"Two,B\nThree,C\nFour,D,E,F\n,G\nFive,H\n')
    assert [item.paper.title for item in found if isinstance(item, Incoming)] == ["One", "Three", "Five"]
    assert [item.line for item in found if isinstance(item, Rejected)] == [3, 5, 6]


def test_semantic_scholar_has_no_volume_where_an_arxiv_id_stands() -> None:
    text = SAMPLES["semantic-scholar"].replace('"volume": "3"', '"volume": "abs/2002.00001"')
    (paper,) = papers("semantic-scholar", text)
    assert "volume" not in dict(paper.extra)
