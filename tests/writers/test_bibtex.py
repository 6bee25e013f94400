"""BibTeX that bibtex and biber read, for any paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.errors import UsageError
from readlist.ingest import ingest, sample, sample_as_of
from readlist.library import Library
from readlist.paper import Entry, Identifiers, Paper
from readlist.query import ALL
from readlist.writers import format_writer, formats, styles
from tests.papers import NOW, paper


def entry(one: Paper, key: str = "key") -> Entry:
    return Entry("p1", key, NOW, one)


def bibtex(*papers: Paper) -> str:
    return "".join(format_writer("bibtex")(entry(one, f"key{number}") for number, one in enumerate(papers)))


NASTY = [
    paper(r"\input{secret} \write18{rm} ^^5c \csname x\endcsname", "Ann Author"),
    paper("100% of $x^2$ & #1_a ~ {lone } brace", ", Smith", "A and B", "others", "The X Collaboration"),
    paper("Math $\\mathcal{O}(n)$ and $\\input{x}$ and $^^5c$ and $a}{b$", "Aäron van den Oord", "Martin King, Jr."),
    paper("日本語 é ü ł í ß “q” – α ⁶ ₂ ½ ™", "Łukasz Kaiser", "Şirin Ö", "李 雷", "yu, yunlong"),
    paper("Ends in a backslash \\", "D'Oro, Pierluca", "Jean-Baptiste Gaya", authors_truncated=True, date="2023-02"),
    paper("@misc{x, title = {y}}", "{, Smith}", '"quoted" Name', "%", date="2023"),
]


def test_an_entry_is_as_it_should_be() -> None:
    one = paper(
        "Toolformer: LLM Agents and NetHack in MLE-bench", "Timo Schick", "Roberto Dessì", authors_truncated=True,
        date="2023-02-09", categories=("cs.CL",), identifiers=Identifiers("2302.04761", "10.1000/a_b"),
    )  # fmt: skip
    assert bibtex(one) == (
        "@misc{key0,\n"
        "  title = {Toolformer: {LLM} Agents and {NetHack} in {MLE}-bench},\n"
        "  author = {Schick, Timo and Dess{\\`i}, Roberto and others},\n"
        "  year = {2023},\n  month = feb,\n"
        "  eprint = {2302.04761},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.CL},\n"
        "  doi = {10.1000/a\\_b},\n  url = {https://doi.org/10.1000/a\\_b},\n}\n"
    )


def test_a_foreign_entry_keeps_its_kind_and_fields() -> None:
    one = paper("T", kind="article", venue="Journal", extra=(("volume", "{3}"), ("bad name", "x"), ("note", "lone }")))
    text = bibtex(one)
    assert text.startswith("@article{")
    assert "journal = {Journal}" in text
    assert "volume = {{3}}" in text
    assert "bad name" not in text
    assert "note = {lone {\\textbraceright}}" in text


def test_commands_of_titles_are_inert() -> None:
    text = bibtex(*NASTY)
    for command in ("\\input", "\\write", "\\csname", "^^"):
        assert command not in text
    assert "$\\mathcal{O}(n)$" in text


@given(st.lists(st.tuples(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=3)), max_size=4))
def test_braces_balance_and_entries_are_as_many_as_papers(drawn: list[tuple[str, list[str]]]) -> None:
    text = bibtex(*(paper(title, *authors) for title, authors in drawn))
    depth, entries = 0, 0
    for char in text:
        entries += char == "@" and depth == 0
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert entries == len(drawn)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def compiled(folder: Path, text: str, keys: list[str], *program: str) -> str:
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    cited = "".join(f"\\citation{{{key}}}\n" for key in keys)
    (folder / "main.aux").write_text(f"\\relax\n{cited}\\bibstyle{{plain}}\n\\bibdata{{refs}}\n")
    done = subprocess.run(
        program, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def everything(library: Library) -> tuple[str, list[str]]:
    ingest(library, [sample()], as_of=sample_as_of())
    library.add(NASTY)
    entries = library.entries(library.select(ALL))
    return "".join(format_writer("bibtex")(entries)), [one.citekey for one in entries]


@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")
def test_bibtex_reads_all_entries_without_an_error(library: Library, tmp_path: Path) -> None:
    text, keys = everything(library)
    said = compiled(tmp_path, text, keys, "bibtex", "main")
    warnings = [
        line for line in said.splitlines() if "Warning--" in line and "empty" not in line and "sort" not in line
    ]
    assert not warnings
    assert "error message" not in said
    assert (tmp_path / "main.bbl").read_text(encoding="latin-1").count("\\bibitem") == len(keys)


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_biber_reads_all_entries_without_a_warning(library: Library, tmp_path: Path) -> None:
    text, keys = everything(library)
    said = compiled(tmp_path, text, keys, "biber", "--tool", "--output-file", "out.bib", "refs.bib")
    assert "ERROR" not in said
    assert not [line for line in said.splitlines() if "WARN" in line]
    assert len(re.findall("^@MISC", (tmp_path / "out.bib").read_text(encoding="utf-8"), re.MULTILINE)) == len(keys)


def test_what_cannot_be_written_is_told() -> None:
    assert {"bibtex", "json", "ris"} <= set(formats())
    assert "plain" in styles()
    with pytest.raises(UsageError) as error:
        format_writer("xlsx")
    assert "bibtex" in error.value.hint
