"""CSL-JSON that is valid against the schema of CSL data, for any paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from readlist.ingest import ingest, sample, sample_as_of
from readlist.library import Library
from readlist.mark import Mark, Note
from readlist.paper import Entry, Identifiers, Incoming, Paper
from readlist.query import ALL
from readlist.writers import format_writer
from readlist.writers.csl_json import item
from readlist.writers.options import Options
from tests.papers import NOW, from_bib, paper
from tests.readers.samples import read
from tests.writers.cited import CITED
from tests.writers.test_styled import papers

SCHEMA = jsonschema.Draft7Validator(json.loads((Path(__file__).parent / "csl-data-schema.json").read_text()))


def written(*entries: Entry, options: Options = Options()) -> Any:  # noqa: B008 — a frozen value
    found = json.loads("".join(format_writer("csl-json")(entries, options)))
    SCHEMA.validate(found)
    return found


def test_a_preprint_has_all_that_is_known() -> None:
    assert item("schick2023", CITED[0].paper) == {
        "id": "schick2023", "type": "article", "title": "Toolformer: Language Models Can Teach Themselves to Use Tools",
        "author": [
            {"family": "Schick", "given": "Timo"}, {"family": "Dwivedi-Yu", "given": "Jane"},
            {"family": "Dessì", "given": "Roberto"}, {"family": "Raileanu", "given": "Roberta"},
            {"family": "Lomeli", "given": "Maria"}, {"family": "Zettlemoyer", "given": "Luke"},
            {"family": "Cancedda", "given": "Nicola"}, {"family": "Scialom", "given": "Thomas"},
        ],
        "issued": {"date-parts": [[2023, 2, 9]]}, "archive": "arXiv", "archive_location": "2302.04761",
        "number": "arXiv:2302.04761", "publisher": "arXiv", "URL": "https://arxiv.org/abs/2302.04761",
    }  # fmt: skip


def test_a_published_paper_keeps_its_place_in_print_and_its_preprint() -> None:
    found = item("k", paper(
        "T", "A Author", kind="inproceedings", venue="Proc. {X}", date="2020", abstract="Text.\nMore.",
        identifiers=Identifiers("2001.00001", "10.1/a"),
        extra=(("pages", "1--9"), ("Volume", "3"), ("langid", "english"), ("editor", "Ed Itor and Others Team")),
    ))  # fmt: skip
    assert found["type"] == "paper-conference"
    assert (found["page"], found["volume"], found["language"]) == ("1-9", "3", "english")
    assert found["issued"] == {"date-parts": [[2020]]}
    assert found["editor"] == [{"family": "Itor", "given": "Ed"}, {"literal": "Others Team"}]
    assert (found["DOI"], found["URL"]) == ("10.1/a", "https://doi.org/10.1/a")
    assert found["archive_location"] == "2001.00001"
    assert "number" not in found


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Aäron van den Oord", {"family": "Oord", "given": "Aäron", "non-dropping-particle": "van den"}),
        ("King, Jr., Martin Luther", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("The ATLAS Collaboration", {"literal": "The ATLAS Collaboration"}),
        ("Plato", {"family": "Plato"}),
        (", ", {"literal": ","}),
    ],
)
def test_names_are_in_parts_and_groups_are_not(author: str, wanted: dict[str, str]) -> None:
    assert item("k", paper("T", author))["author"] == [wanted]


@pytest.mark.parametrize(
    ("kind", "venue", "wanted"),
    [
        (None, None, "article"), (None, "NeurIPS 2023", "paper-conference"), (None, "Nature", "article-journal"),
        (None, "Proceedings of the VLDB", "paper-conference"), ("article", "CoRR", "article"),
        ("article", "arXiv preprint arXiv:2302.04761", "article"), ("article", "JMLR", "article-journal"),
        ("inproceedings", None, "paper-conference"), ("PhdThesis", None, "thesis"),
        ("misc", "ICML", "paper-conference"),
        ("odd", None, "article"), ("inbook", "X", "chapter"),
    ],
)  # fmt: skip
def test_the_type_follows_from_kind_and_venue(kind: str | None, venue: str | None, wanted: str) -> None:
    assert item("k", paper("T", kind=kind, venue=venue))["type"] == wanted


def test_a_cut_list_of_authors_says_so() -> None:
    assert item("k", paper("T", "A Author", authors_truncated=True))["author"] == [
        {"family": "Author", "given": "A"}, {"literal": "others"},
    ]  # fmt: skip


def test_marks_go_out_only_when_they_are_asked_for() -> None:
    mark = Mark(tags=("llm", "rl"), notes=(Note("n1", "worth\nit", NOW, NOW), Note("n2", "twice", NOW, NOW)))
    one = Entry("p1", "k", NOW, paper("T"), mark)
    assert set(written(one)[0]) == {"id", "type", "title"}
    found = written(one, options=Options(with_notes=True, with_tags=True))[0]
    assert (found["keyword"], found["note"]) == ("llm, rl", "worth\nit\n\ntwice")


def test_the_sample_is_valid_and_so_is_nothing(library: Library) -> None:
    ingest(library, [sample()], as_of=sample_as_of())
    assert len(written(*library.entries(library.select(ALL)))) == 43
    assert written() == []
    assert not SCHEMA.is_valid([{"id": "x", "type": "preprint"}])
    assert not SCHEMA.is_valid([{"id": "x", "type": "article", "doi": "10.1/a"}])


@settings(deadline=None)
@given(papers())
def test_any_paper_is_valid(one: Paper) -> None:
    assert written(Entry("p1", "k", NOW, one))[0]["id"] == "k"


def given_back(item: dict[str, object]) -> dict[str, object]:
    """Return an item as it goes out again."""
    [found] = read("csl-json", json.dumps([{"id": "k", "type": "article-journal", "title": "T"} | item]))
    assert isinstance(found, Incoming)
    first: dict[str, object] = written(Entry("p1", "k", NOW, found.paper))[0]
    return first


def test_every_variable_of_the_schema_comes_back() -> None:
    schema = json.loads((Path(__file__).parent / "csl-data-schema.json").read_text(encoding="utf-8"))
    item: dict[str, object] = {}
    for name, kind in schema["items"]["properties"].items():
        if kind.get("$ref", "").endswith("date"):
            item[name] = {"date-parts": [[2019, 3, 4], [2019, 3, 6]]}
        elif "$ref" in kind.get("items", {}):
            item[name] = [{"family": "García Márquez", "given": f"{name.title()} A."}, {"literal": f"The {name}"}]
        elif kind.get("type") in ("string", ["string", "number"]):
            item[name] = f"v {name}"
    synonyms = ("event", "shortTitle", "journalAbbreviation")
    accounts = ("id", "citation-key", "citation-number", "first-reference-note-number")
    for name in (*synonyms, *accounts, "annote"):
        del item[name]
    item |= {"DOI": "10.1000/x", "URL": "https://e.org/x", "page": "1-9"}
    found = given_back(item)
    assert {name: found.get(name) for name in item} == item


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2019]], "season": "Spring"}, {"date-parts": [[2019, 5]], "circa": True},
        {"date-parts": [[2019], [2020]]}, {"literal": "in press"},
        {"date-parts": [[2019]], "literal": "2019, to appear"},
    ],
)  # fmt: skip
def test_what_is_said_of_a_date_beside_its_numbers_comes_back(issued: dict[str, object]) -> None:
    assert given_back({"issued": issued})["issued"] == issued


def test_marks_in_a_title_come_back_as_html_and_are_unicode_for_the_eye() -> None:
    title = 'H<sub>2</sub>O &amp; <span class="nocase">BERT</span> in <i>E. coli</i>'
    assert given_back({"title": title})["title"] == title
    assert given_back({"title": "A *fine* x<sup>2</sup>"})["title"] == "A <i>fine</i> x<sup>2</sup>"
    [found] = read("csl-json", json.dumps([{"type": "book", "title": title}]))
    assert isinstance(found, Incoming)
    assert found.paper.title == "H₂O & BERT in E. coli"


def test_marks_in_a_title_of_a_bib_file_are_html_without_its_tex() -> None:
    raw = r"On {\textless}i{\textgreater}Flies{\textless}/i{\textgreater} \&amp; {BERT}: $a<b$"
    (found,) = written(Entry("p1", "k", NOW, from_bib(f"@article{{k, title={{{raw}}}, journal={{J}}}}")))
    assert found["title"] == "On <i>Flies</i> &amp; BERT: a&lt;b"


def test_what_is_more_than_a_line_goes_out_as_it_came() -> None:
    came = {
        "id": "k", "type": "article-journal", "title": "T",
        "author": [{"literal": "ACME"}, {"family": "Plato"}, {"family": "Doe", "given": "J."}],
        "issued": {"date-parts": [[2019, 3], [2019, 5]], "season": "Summer", "circa": True},
        "note": "PMID: 3\nsecond line", "categories": ["physics", "biology"], "custom": {"a": 1, "b": ["x"]},
    }  # fmt: skip
    (incoming,) = read("csl-json", json.dumps([came]))
    assert isinstance(incoming, Incoming)
    assert incoming.paper.authors == ("ACME", "Plato", "J. Doe")
    assert written(Entry("p1", "k", NOW, incoming.paper)) == [came]


def test_emphasis_of_tex_in_a_title_is_html_and_its_subtitle_follows() -> None:
    raw = r"On \emph{E. coli} and {\it in vivo} {DNA} \textbf{$x$}"
    (found,) = written(Entry("p1", "k", NOW, from_bib(f"@misc{{k, title={{{raw}}}, subtitle={{A Study}}}}")))
    assert found["title"] == "On <i>E. coli</i> and <i>in vivo</i> DNA x: A Study"
