"""`cite --aux`, `--tex`, `--md`: just what a document cites, under the keys that it has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_verbs import KEY, Shell, filled, shell

__all__ = ["filled", "shell"]

OTHER = "mialon2023augmented"


def keys(text: str) -> list[str]:
    return [line.partition("{")[2].rstrip(",") for line in text.splitlines() if line.startswith("@")]


def write(shell: Shell, name: str, text: str) -> str:
    (shell.folder / name).write_text(text)
    return name


def test_the_papers_that_a_document_cites_are_printed_and_no_others(filled: Shell) -> None:
    tex = write(filled, "paper.tex", f"\\cite{{{KEY},{OTHER}}} % \\cite{{toledo2025ai}}")
    md = write(filled, "paper.md", f"As @{KEY} says [@{OTHER}].")
    aux = write(filled, "paper.aux", f"\\citation{{{KEY},{OTHER}}}\n")
    for words in (("--tex", tex), ("--md", md), ("--aux", aux), ("--tex", tex, "--md", md)):
        done = filled("cite", *words)
        assert (done.returncode, done.stderr) == (0, "")
        assert keys(done.stdout) == sorted((KEY, OTHER))


def test_formatted_citations_come_in_the_order_in_which_papers_are_cited(filled: Shell) -> None:
    md = write(filled, "paper.md", f"@{KEY} @{OTHER}")
    assert (
        filled("cite", "--md", md, "--style", "plain").stdout == filled("cite", KEY, OTHER, "--style", "plain").stdout
    )


def test_unknown_keys_are_named_with_what_was_likely_meant(filled: Shell) -> None:
    md = write(filled, "paper.md", f"@{KEY} @schick2023toolfromer @xyz1999nothing")
    done = filled("cite", "--md", md)
    assert (done.returncode, keys(done.stdout)) == (3, [KEY])
    assert done.stderr.splitlines() == [
        f"no paper goes by schick2023toolfromer: did you mean {KEY}?",
        "error: no paper goes by: schick2023toolfromer, xyz1999nothing",
    ]


def test_when_no_key_is_known_nothing_is_written(filled: Shell) -> None:
    md = write(filled, "paper.md", "@xyz1999nothing")
    (filled.folder / "refs.bib").write_text("as it was")
    done = filled("cite", "--md", md, "-o", "refs.bib")
    assert (done.returncode, done.stdout) == (1, "")
    assert (filled.folder / "refs.bib").read_text() == "as it was"


def test_a_document_that_cites_nothing_is_told(filled: Shell) -> None:
    done = filled("cite", "--md", write(filled, "paper.md", "nothing"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "note: nothing is cited\n")


def test_a_paper_that_was_renamed_comes_under_the_key_that_the_document_has(filled: Shell) -> None:
    tex = write(filled, "paper.tex", f"\\cite{{{KEY}}}")
    filled("keys", "pin", KEY, "toolformer")
    done = filled("cite", "--tex", tex, "-o", "refs.bib")
    assert done.returncode == 0
    assert f"note: {KEY} is cited, and is toolformer by now" in done.stderr
    assert keys((filled.folder / "refs.bib").read_text()) == [KEY]


def test_everything_is_exported_when_everything_is_cited(filled: Shell) -> None:
    tex = write(filled, "paper.tex", "\\nocite{*}")
    assert filled("cite", "--tex", tex).stdout == filled("export").stdout


def test_a_file_is_written_in_the_format_of_its_suffix_or_in_the_style_that_is_said(filled: Shell) -> None:
    md = write(filled, "paper.md", f"@{KEY}")
    for output, words, begin in (("a.bib", (), "@"), ("a.json", (), "["), ("a.json", ("--style", "bibtex"), "@")):
        done = filled("cite", "--md", md, "-o", output, *words)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == f"1 paper in {output}\n"
        assert (filled.folder / output).read_text().startswith(begin)
    assert filled("cite", KEY, "-o", "b.bib").returncode == 0
    assert (filled.folder / "a.bib").read_text() == (filled.folder / "b.bib").read_text()
    assert filled("cite", KEY, "-o", "-").stdout == (filled.folder / "b.bib").read_text()


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--tex", "none.tex"), 1, "cannot read none.tex"),
        (("--md", "."), 1, ". is a folder"),
        (("--tex", "x.tex", KEY), 2, "name papers, or a document"),
        (("--tex", "x.tex", "--query", "is:starred"), 2, "name papers, or a document"),
        ((KEY, "-o", "."), 2, ". is a folder"),
        ((KEY, "-o", "x.bib", "--copy"), 2, "copied or written"),
        ((KEY, "--style", "no"), 2, "no style is called"),
    ],
)
def test_what_cannot_be_done_is_refused(filled: Shell, words: tuple[str, ...], status: int, told: str) -> None:
    write(filled, "x.tex", f"\\cite{{{KEY}}}")
    done = filled("cite", *words)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr


MISSING = [name for name in ("pdflatex", "bibtex", "biber") if shutil.which(name) is None]


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, timeout=120, check=False)
    return done.stdout.decode(errors="replace")


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
@pytest.mark.parametrize("program", ["bibtex", "biber"])
def test_what_is_cited_in_a_real_run_of_latex_is_all_that_bibtex_and_biber_ask_for(filled: Shell, program: str) -> None:
    filled("keys", "pin", OTHER, "Augmented:2023/survey_x.y+z")
    head, foot = r"\bibliographystyle{plain}", r"\bibliography{refs}"
    if program == "biber":
        head, foot = "\\usepackage[backend=biber]{biblatex}\\addbibresource{refs.bib}", r"\printbibliography"
    cites = f"\\cite{{{KEY}}} \\cite[p.~2]{{Augmented:2023/survey_x.y+z}}"
    write(filled, "paper.tex", f"\\documentclass{{article}}{head}\\begin{{document}}{cites}{foot}\\end{{document}}")
    latex = ("pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex")
    if "not found" in run(filled.folder, *latex):
        pytest.skip("a package is not installed")
    done = filled("cite", "--aux", "paper.aux", "-o", "refs.bib")
    assert done.returncode == 0, done.stderr
    told = run(filled.folder, program, "paper")
    assert "error" not in told.casefold().replace("(there were 0 errors", "")
    assert "didn't find" not in told
    bbl = (filled.folder / "paper.bbl").read_text()
    assert all(key in bbl for key in (KEY, "Augmented:2023/survey_x.y+z"))
