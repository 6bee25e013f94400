"""A paper as a text to be corrected: what is left alone is no correction, and what is changed is exactly that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from readlist.correction import corrected
from readlist.editing import EditError, Edits, as_text, assigned, edits, empty_text, paper_in
from readlist.errors import ReadlistError, UsageError
from readlist.paper import Entry, Identifiers, Incoming, Paper
from readlist.readers import bibtex
from readlist.text import safe_line
from tests.papers import NOW, TODAY, paper
from tests.writers.hostile import papers

LISTED = paper(
    "Deep Nets & LLMs: 50% of ${x}$", "Ann Li", "Bo von Oak", date="2020-01-05", affiliations=("MIT & Co", "ETH"),
    categories=("cs.LG", "stat.ML"), abstract="We study 50% of them.\nThey work.", abstract_raw="We study 50% of them.",
    has_code=True, score=3.5, identifiers=Identifiers("2001.00001", None), sources=("publications.txt",),
)  # fmt: skip
BIB = r"""@inproceedings{li20,
  title = {{Deep} Nets in {\'E}tudes},
  author = {Li, Ann and {The ACME Group} and others},
  booktitle = {Proc.\ of NeurIPS},
  date = {2020-06-01/2020-06-04},
  pages = {1--9},
  url = {https://example.org/x},
  doi = {10.1000/nets},
}
"""


def entry(one: Paper) -> Entry:
    return Entry("p0123456789abcdef", "li2020deep", NOW, one)


def from_bib() -> Paper:
    [found] = bibtex.read(BIB.splitlines(keepends=True), as_of=TODAY, source="refs.bib")
    assert isinstance(found, Incoming)
    return found.paper


@settings(deadline=None)
@given(papers(), st.sampled_from(["refs.bib", "publications.txt"]))
def test_a_text_that_is_left_alone_corrects_nothing(one: Paper, source: str) -> None:
    text = as_text(entry(replace(one, sources=(source,))))
    assert edits(text, text) == Edits({})


@given(papers(), st.text(alphabet="abcdefgh ", min_size=1).filter(str.strip))
def test_one_field_that_is_changed_is_the_only_correction(one: Paper, title: str) -> None:
    text = as_text(entry(one))
    lines = [f"  title = {{New {title}}}," if line.startswith("  title = ") else line for line in text.splitlines()]
    found = edits(text, "\n".join(lines))
    assert found.corrections.keys() == {"title", "title_raw"}
    assert found.corrections["title"] == safe_line(f"New {title}")


@pytest.mark.parametrize("one", [LISTED, from_bib()])
def test_every_field_can_be_corrected_and_emptied(one: Paper) -> None:
    text = as_text(entry(one))
    for field in re.findall(r"^  [a-z-]+ = \{.*?\},\n", text, re.MULTILINE | re.DOTALL):
        name = field.split("=")[0].strip()
        if name in ("title", "eprinttype"):
            continue
        emptied = corrected(one, edits(text, text.replace(field, "")).corrections)
        assert emptied != one, name
        assert emptied.title == one.title
        assert f"  {name} = " not in as_text(entry(emptied))


def test_fields_without_a_home_in_bibtex_are_read_back() -> None:
    text = as_text(entry(LISTED))
    changed = (
        text.replace("MIT \\& Co; ETH", "MIT \\& Co; Uni Zürich")
        .replace("readlist-code = {yes}", "readlist-code = {no}")
        .replace("{3.5}", "{4}")
        .replace("cs.LG; stat.ML", "cs.CL")
        .replace("They work", "They fail")
    )
    found = edits(text, changed).corrections
    after = corrected(LISTED, found)
    assert after.affiliations == ("MIT & Co", "Uni Zürich")
    assert (after.has_code, after.score, after.categories) == (False, 4.0, ("cs.CL",))
    assert after.abstract == "We study 50% of them.\nThey fail."
    assert found.keys() == {"affiliations", "has_code", "score", "categories", "abstract", "abstract_raw"}


def test_another_identifier_leaves_no_address_of_the_old_one() -> None:
    text = as_text(entry(LISTED))
    assert "url" not in text
    found = edits(text, text.replace("2001.00001", "2001.00002")).corrections
    assert found == {"arxiv": "2001.00002"}
    assert edits(text, text.replace("  eprint = {2001.00001},\n", "")).corrections == {"arxiv": None}


def test_a_key_that_is_changed_is_another_key() -> None:
    text = as_text(entry(LISTED))
    assert edits(text, text.replace("{li2020deep,", "{nets,")) == Edits({}, "nets")


def test_a_corrected_date_or_venue_is_what_goes_out() -> None:
    one = from_bib()
    assert "10.1000/nets" in as_text(entry(one))
    after = corrected(one, {"date": "2021", "venue": "ICML"})
    text = as_text(entry(after))
    assert "date = {2021}" in text
    assert "booktitle = {ICML}" in text
    assert "2020" not in text.replace("li2020deep", "")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("@article{li, title = {A", "line 1: the entry is never closed"),
        ("\n\n@article{li,\n  title = {},\n}", "line 3: the entry has no title"),
        ("@article{li,\n  title = {A},\n  = {x},\n}", "line 3: expected a field"),
        ("nothing here", "no entry"),
        ("@misc{a, title={A}}\n@misc{b, title={B}}", "2 entries"),
        ("@misc{a, title={A}, readlist-colour = {red}}", "no field readlist-colour"),
        ("@misc{a, title={A}, readlist-score = {high}}", "a score is a number"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_with_its_line(broken: str, said: str) -> None:
    with pytest.raises(ReadlistError, match=said):
        edits(as_text(entry(LISTED)), broken)


def test_a_template_that_was_left_alone_is_told() -> None:
    with pytest.raises(EditError, match="no title"):
        paper_in(empty_text())


def test_assignments_are_read_as_their_fields_are() -> None:
    found = assigned(
        ["title=Deep=Nets", "author=Li, Ann and Bo Oak and others", "year=2023", "doi=https://doi.org/10.1000/AB",
         "arxiv=arXiv:2001.00001v3", "affiliations=MIT; ETH", "code=yes", "score=", "pages=1--9", "key=nets"]
    )  # fmt: skip
    assert found.citekey == "nets"
    assert found.corrections == {
        "title": "Deep=Nets", "authors": ["Ann Li", "Bo Oak"], "authors_truncated": True, "date": "2023",
        "doi": "10.1000/ab", "arxiv": "2001.00001", "affiliations": ["MIT", "ETH"], "has_code": True, "score": None,
        "extra": {"pages": "1--9"},
    }  # fmt: skip


@pytest.mark.parametrize("word", ["title", "=x", "doi=no", "arxiv=no", "score=high", "score=nan", "code=maybe"])
def test_an_assignment_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(UsageError):
        assigned([word])


@pytest.mark.parametrize(
    ("name", "meant"),
    [("auhtor", "author"), ("titel", "title"), ("yaer", "year"), ("journaltitel", "journaltitle"), ("venu", "venue"),
     ("Abstrct", "abstract"), ("dio", "doi"), ("ley", "key"), ("bootitle", "booktitle"), ("has_coed", "has_code")],
)  # fmt: skip
def test_a_field_that_is_nearly_called_like_one_that_there_is_is_refused(name: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"no field '{name.lower()}'") as error:
        assigned([f"{name}=x"])
    assert error.value.hint is not None
    assert error.value.hint.startswith(f"did you mean {meant}? ")
    assert f"--set extra.{name.lower()}=VALUE" in error.value.hint


@pytest.mark.parametrize(
    "name",
    ["pages", "editor", "isbn", "url2", "isbn13", "note", "mytag", "shelf", "lab-book", "bdsk-url-1", "rating", "x"],
)
def test_a_field_of_a_bib_file_or_of_the_readers_own_is_taken(name: str) -> None:
    assert assigned([f"{name}=x"]).corrections == {"extra": {name: "x"}}


def test_a_name_that_is_meant_or_that_the_paper_has_is_taken() -> None:
    assert assigned(["extra.auhtor=x"]).corrections == {"extra": {"auhtor": "x"}}
    assert assigned(["auhtor=x"], held=["Auhtor"]).corrections == {"extra": {"auhtor": "x"}}


def test_a_field_of_the_text_that_is_nearly_called_like_one_that_there_is_is_told_with_its_line() -> None:
    given = as_text(entry(LISTED))
    wrong = given.replace("  author =", "  auhtor =")
    line = wrong[: wrong.index("auhtor")].count("\n") + 1
    with pytest.raises(EditError, match=f"line {line}: there is no field auhtor: did you mean author"):
        edits(given, wrong)
    with pytest.raises(EditError, match=r"did you mean title\?"):
        paper_in("@misc{a, title = {A}, titel = {B}}", empty_text())
    assert paper_in("@misc{a, title = {A}, titel = {B}}").paper.extra == (("titel", "B"),)


def test_a_field_of_the_text_whose_name_is_meant_is_kept_under_it() -> None:
    given = as_text(entry(LISTED))
    back = given.replace("\n}", "\n  extra.auhtor = {x},\n  shelf = {B},\n}")
    found = edits(given, back).corrections
    assert found == {"extra": {"auhtor": "x", "shelf": "B"}}
    again = as_text(entry(corrected(LISTED, found)))
    assert edits(again, again) == Edits({})
    assert edits(again, again.replace("auhtor = {x}", "auhtor = {y}")).corrections == {"extra": {"auhtor": "y"}}
