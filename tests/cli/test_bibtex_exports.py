"""What the shell says and gives when it writes BibTeX."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from readlist.library import Library
from tests.papers import paper
from tests.program import run_text


@pytest.fixture
def library_of_two(folder: Path) -> Path:
    with Library.open(folder) as library:
        library.add([paper("Über 日本語", "Roberto Dessì", date="2023"), paper("Plain", "Ann Author", date="2020")])
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_text("--library", str(folder), *words, env={**os.environ, "PYTHONIOENCODING": "utf-8"})


def test_characters_that_pdflatex_cannot_set_are_told_once_and_kept(library_of_two: Path, tmp_path: Path) -> None:
    done = run(library_of_two, "export")
    assert '{\\"U}ber 日本語' in done.stdout
    assert done.stderr == "warning: pdflatex cannot set 日 本 語: written as they are, for lualatex or xelatex\n"
    done = run(library_of_two, "export", "-o", str(tmp_path / "refs.bib"))
    assert done.stderr.count("warning:") == 1
    assert "warning" not in run(library_of_two, "export", "plain").stderr
    assert "warning" not in run(library_of_two, "export", "--format", "json").stderr
    assert "日 本 語" in run(library_of_two, "cite", "dessi2023uber").stderr


def test_accents_are_utf8_where_that_is_asked_for(library_of_two: Path) -> None:
    assert "Dess{\\`i}, Roberto" in run(library_of_two, "export").stdout
    assert "Dessì, Roberto" in run(library_of_two, "export", "--unicode").stdout
    assert "Dessì, Roberto" in run(library_of_two, "cite", "--unicode", "dessi2023uber").stdout
    assert "@misc{dessi2023uber,\n  title = {Über" in run(library_of_two, "export", "--format", "biblatex").stdout


def test_notes_and_tags_go_out_only_when_they_are_asked_for(library_of_two: Path) -> None:
    assert run(library_of_two, "note", "author2020plain", "mine & true").returncode == 0
    assert run(library_of_two, "tag", "+rl", "author2020plain").returncode == 0
    for verb in (("export", "plain"), ("cite", "author2020plain")):
        bare = run(library_of_two, *verb).stdout
        assert "mine" not in bare
        assert "rl" not in bare
        whole = run(library_of_two, *verb, "--with-notes", "--with-tags").stdout
        assert "  keywords = {rl},\n  annote = {mine \\& true},\n" in whole
