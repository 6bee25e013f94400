"""`readlist export`: every format to a file and to the standard output, private marks only when asked for."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from readlist.cite import SUFFIXES
from readlist.ingest import welcome
from readlist.library import Library
from readlist.mark import add_note, change_tags
from tests.program import run

KEY = "schick2023toolformer"


class Exports:
    """Runs `readlist export` in a folder, on a library with the sample and one paper that is marked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with Library.open(folder / "library") as library:
            welcome(library)
            entry = library.find(KEY)
            assert entry is not None
            library.mark([entry.id], change_tags(["sekrettag"]))
            library.mark([entry.id], add_note("n1", "# sekretnote"))

    def __call__(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "READLIST_LIBRARY": str(self.folder / "library"), "PYTHONIOENCODING": "latin-1"}
        return run("export", *words, env=environment, cwd=self.folder)


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path)


def test_the_suffix_chooses_and_the_output_is_the_same_utf_8(exports: Exports) -> None:
    for suffix in (".csv", ".ris", ".html"):
        done = exports("-o", f"papers{suffix}")
        assert (done.returncode, done.stderr) == (0, f"43 papers in papers{suffix}\n".encode())
        told = exports("--format", SUFFIXES[suffix], "-o", "-")
        assert told.returncode == 0
        assert told.stdout == (exports.folder / f"papers{suffix}").read_bytes()
        assert len(told.stdout.decode()) > 1000
    assert "Küttler" in (exports.folder / "papers.csv").read_text(encoding="utf-8")
    assert (exports.folder / "papers.ris").read_bytes().count(b"ER  - \r\n") == 43


def test_notes_and_tags_go_out_when_asked_for(exports: Exports) -> None:
    without = exports("--format", "html").stdout
    assert b"sekret" not in without
    with_notes = exports("--format", "html", "--with-notes").stdout
    assert b"sekretnote" in with_notes
    assert b"sekrettag" not in with_notes
    assert b"sekrettag" in exports("--format", "csv", "--with-tags").stdout


def test_reading_notes_are_a_document(exports: Exports) -> None:
    done = exports("tag:sekrettag", "--format", "markdown-notes-by-tag", "-o", "notes.md")
    assert done.returncode == 0
    text = (exports.folder / "notes.md").read_text()
    assert text.startswith("# Reading notes\n\n## sekrettag\n\n### Toolformer")
    assert "\n> # sekretnote\n" in text


def test_a_file_is_replaced_and_a_format_that_is_not_known_leaves_it(exports: Exports) -> None:
    assert exports("-o", "papers.json").returncode == 0
    assert exports(f"key:{KEY}", "-o", "papers.json").returncode == 0
    [one] = json.loads((exports.folder / "papers.json").read_bytes())
    assert one["mark"]["tags"] == ["sekrettag"]
    done = exports("--format", "xlsx", "-o", "papers.json")
    assert done.returncode == 2
    assert b"markdown-notes" in done.stderr
    assert len(json.loads((exports.folder / "papers.json").read_bytes())) == 1
    assert exports("-o", "papers.xlsx").returncode == 2
    assert sorted(one.name for one in exports.folder.iterdir()) == ["library", "papers.json"]


def test_a_short_option_names_the_format_and_no_other_letter_is_a_query(exports: Exports) -> None:
    assert exports("-f", "json", "-o", "papers.txt").returncode == 0
    before = (exports.folder / "papers.txt").read_bytes()
    assert len(json.loads(before)) == 43
    for words, told in (
        (("-j", "-o", "papers.txt"), b"there is no option -j"),
        (("-fjson", "-o", "papers.txt"), b"write -f json"),
        (("-f=json", "-o", "papers.txt"), b"stands after a blank: -f json"),
    ):
        done = exports(*words)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert (exports.folder / "papers.txt").read_bytes() == before
    everything = json.loads(exports("--format", "json").stdout)
    for query in (("-toolformer",), ("--", "-toolformer"), ("NOT", "toolformer")):
        assert 0 < len(json.loads(exports("-f", "json", *query).stdout)) < len(everything)


def test_a_query_that_nothing_matches_empties_no_file(exports: Exports) -> None:
    assert exports("-o", "refs.bib").returncode == 0
    before = (exports.folder / "refs.bib").read_bytes()
    for words in (("tag:none",), ("tag:none", "--keep")):
        done = exports(*words, "-o", "refs.bib")
        assert done.returncode == 1
        assert b"no paper matches: refs.bib stays as it was" in done.stderr
    assert (exports.folder / "refs.bib").read_bytes() == before
    for _ in range(2):
        assert exports("tag:none", "-o", "none.json").returncode == 0
    assert (exports.folder / "none.json").read_bytes() == b"[]\n"
