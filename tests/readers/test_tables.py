"""Tables as Scopus, Zotero, IEEE and people elsewhere write them."""

from __future__ import annotations

import pytest

from readlist.paper import Incoming
from readlist.readers import detect
from tests.readers.samples import papers, read


def one(text: str) -> Incoming:
    (only,) = read("csv", text)
    assert isinstance(only, Incoming), only
    return only


def test_scopus_has_full_names_with_numbers_and_affiliations_with_commas() -> None:
    incoming = one(
        '"Authors","Author full names","Title","Year","Page start","Page end","Affiliations","Author Keywords"\n'
        '"Author A.; Builder B.","Author, Ann (57190001234); Builder, Bob (58)","A Study","2021","1","12",'
        '"Univ X, City; Univ Y","deep learning; nlp"\n'
    )
    paper = incoming.paper
    assert (paper.authors, paper.affiliations) == (("Ann Author", "Bob Builder"), ("Univ X, City", "Univ Y"))
    assert dict(paper.extra) == {"pages": "1--12", "keywords": "deep learning; nlp"}
    assert incoming.mark.tags == ("deep-learning", "nlp")


def test_zotero_has_keys_for_itself_and_notes_in_html() -> None:
    incoming = one(
        '"Key","Item Type","Author","Title","Notes"\n"ABCD1234","preprint","Author, Ann","A","<p>n &amp; m</p>"\n'
    )
    assert incoming.citekey is None
    assert dict(incoming.paper.extra)["zotero-key"] == "ABCD1234"
    assert [note.text for note in incoming.mark.notes] == ["n & m"]


def test_excels_line_about_the_separator_is_no_header() -> None:
    assert [paper.title for paper in papers("csv", "sep=;\nTitle;Authors;Year\nA, B;C D;2020\n")] == ["A, B"]


def test_headers_in_other_languages() -> None:
    for header in (
        "Titel;Autor;Jahr",
        "Titre;Auteurs;Ann\u00e9e",
        "T\u00edtulo;Autores;A\u00f1o",
        "Titolo;Autori;Anno",
    ):
        (paper,) = papers("csv", f"{header}\nA Study;Ann Author;2020\n")
        assert (paper.title, paper.authors, paper.date) == ("A Study", ("Ann Author",), "2020")


def test_what_crossref_answers_is_csl_json_with_types_of_its_own() -> None:
    (found,) = read(
        "csl-json",
        '{"DOI": "10.1/x", "type": "proceedings-article", "title": ["A Study"], "container-title": ["Proc."]}',
    )
    assert isinstance(found, Incoming)
    assert (found.paper.title, found.paper.kind, found.paper.venue) == ("A Study", "inproceedings", "Proc.")


def test_pubmed_writes_initials_last() -> None:
    paper = one(
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
        '1,A Study,"Senior AW, Evans R, van der Meer JP",Nature. 2020,Senior AW,Nature,2020,2020/01/17,,,10.1038/x\n'
    ).paper
    assert (paper.authors, paper.uncertain) == (("A. W. Senior", "R Evans", "J. P. van der Meer"), ())


def test_a_name_that_may_be_the_wrong_way_round_is_marked() -> None:
    assert one("Title,Authors,Year\nA Study,Xu BO,2020\n").paper.uncertain == ("authors",)


def test_scopus_has_numbers_of_articles_and_of_its_own_records() -> None:
    paper = one('"Title","Year","Art. No.","EID"\n"A Study","2021","e1023","2-s2.0-85100000001"\n').paper
    assert dict(paper.extra) == {"eid": "e1023", "scopus-eid": "2-s2.0-85100000001"}


@pytest.mark.parametrize(
    ("written", "names", "uncertain"),
    [
        ("Ann LeeBob OakJürgen Ötker", ("Ann Lee", "Bob Oak", "Jürgen Ötker"), ()),
        ("Ann McDonaldBob O'NeilJ. Oak", ("Ann McDonald", "Bob O'Neil", "J. Oak"), ()),
        ("Ann DeWittBob Oak", ("Ann DeWitt", "Bob Oak"), ("authors",)),
        ("Ann Lee", ("Ann Lee",), ()),
    ],
)
def test_springer_runs_authors_together(written: str, names: tuple[str, ...], uncertain: tuple[str, ...]) -> None:
    text = (
        "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Publication Year,"
        f"URL,Content Type\nA Study,J. of X,,3,2,10.1007/X,{written},2020,http://link.springer.com/x,Article\n"
    )
    assert detect(text) == "csv"
    paper = one(text).paper
    assert (paper.authors, paper.uncertain) == (names, uncertain)
    assert (paper.title, paper.venue, paper.kind, paper.identifiers.doi) == (
        "A Study", "J. of X", "article", "10.1007/x",
    )  # fmt: skip
    assert dict(paper.extra)["volume"] == "3"
