"""The verbs that decide of facts: edit, add, merge."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from readlist.assets import asset
from tests.cli.test_verbs import KEY, Shell, filled, shell
from tests.program import run_text

__all__ = ["filled", "shell"]


def editor(folder: Path, program: str) -> dict[str, str]:
    """Return the environment in which `$EDITOR` runs a program on the text, with its path as `path`."""
    script = folder / "edit.py"
    script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n{program}\n")
    return {**os.environ, "EDITOR": f"{sys.executable} {script}", "VISUAL": "", "TMPDIR": str(folder)}


def run(shell: Shell, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb that opens an editor."""
    return run_text("--library", str(shell.folder / "library"), *words, env=editor(shell.folder, program))


def shown(shell: Shell, key: str = KEY) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell("show", key, "--json").stdout)
    return found


def test_a_paper_is_corrected_in_the_editor_and_show_says_what(filled: Shell) -> None:
    before = shown(filled)
    done = run(
        filled, "path.write_text(text.replace('Toolformer', 'Toolsmith').replace('2023-02-09', '2023-03'))", "edit", KEY
    )
    assert (done.returncode, done.stdout) == (0, "edit 1 paper\n"), done.stderr
    after = shown(filled)
    assert after["title"] == before["title"].replace("Toolformer", "Toolsmith")
    assert (after["date"], after["corrected"]) == ("2023-03", ["title", "date"])
    assert {name for name in after if after[name] != before[name]} <= {
        "title",
        "title_raw",
        "date",
        "corrected",
        "decided",
        "year_inferred",
    }
    assert "\nyours    title, date\n" in filled("show", KEY).stdout
    assert not list(filled.folder.glob("readlist-*"))
    assert "Toolsmith" in filled("cite", KEY).stdout
    filled("undo")
    assert shown(filled) == before


def test_a_misspelt_field_is_refused_and_taken_when_it_is_meant(filled: Shell) -> None:
    refused = filled("edit", KEY, "--set", "auhtor=Ann Li")
    assert refused.returncode == 2
    assert "there is no field 'auhtor'" in refused.stderr
    assert "did you mean author?" in refused.stderr
    assert "auhtor" not in shown(filled)["extra"]
    assert filled("edit", KEY, "--set", "extra.auhtor=Ann Li").returncode == 0
    assert shown(filled)["extra"]["auhtor"] == "Ann Li"
    assert filled("edit", KEY, "--set", "auhtor=").returncode == 0
    assert "auhtor" not in shown(filled)["extra"]


def test_a_field_that_the_editor_left_misspelt_is_told(filled: Shell) -> None:
    done = run(filled, "path.write_text(text.replace('author =', 'auhtor ='))", "edit", KEY)
    assert done.returncode == 1
    assert "line 5: there is no field auhtor: did you mean author?" in done.stderr
    assert shown(filled)["corrected"] == []


def test_an_editor_that_changes_nothing_makes_no_step(filled: Shell) -> None:
    done = run(filled, "", "edit", KEY)
    assert done.stdout == "nothing to change\n", done.stderr
    assert "edit" not in filled("history").stdout


def test_a_text_that_cannot_be_read_is_told_and_kept(filled: Shell) -> None:
    done = run(filled, "path.write_text(text.replace('title = {', 'title = {my work {'))", "edit", KEY)
    assert done.returncode == 1
    assert "never closed" in done.stderr
    assert "line" in done.stderr
    [kept] = filled.folder.glob("readlist-*/paper.bib")
    assert str(kept) in done.stderr
    assert "my work" in kept.read_text()
    assert shown(filled)["corrected"] == []


def test_a_text_that_names_a_key_of_another_paper_is_kept_too(filled: Shell) -> None:
    other = filled.json("list", "--json")[0]["citekey"]
    program = f"path.write_text(text.replace('{{{KEY},', '{{{other},').replace('title = {{', 'title = {{My '))"
    done = run(filled, program, "edit", KEY)
    assert (done.returncode, f"another paper has the key {other}" in done.stderr) == (1, True)
    [kept] = filled.folder.glob("readlist-*/paper.bib")
    assert "title = {My " in kept.read_text()
    assert shown(filled)["corrected"] == []


def test_an_editor_that_fails_changes_nothing(filled: Shell) -> None:
    done = run(filled, "path.write_text('@misc{x, title={X}}'); sys.exit(3)", "edit", KEY)
    assert done.returncode == 1
    assert "exit status 3" in done.stderr
    assert shown(filled)["corrected"] == []


def test_fields_are_set_emptied_and_given_back_without_an_editor(filled: Shell) -> None:
    done = filled("edit", KEY, "--set", "year=2024", "--set", "affiliations=", "--set", "pages=1--9", "--json")
    found = json.loads(done.stdout)
    assert (found["date"], found["affiliations"], found["extra"]) == ("2024", [], {"pages": "1--9"})
    assert found["corrected"] == ["date", "affiliations", "pages"]
    assert json.loads(filled("edit", KEY, "--revert", "year", "--json").stdout)["corrected"] == [
        "affiliations",
        "pages",
    ]
    assert json.loads(filled("edit", KEY, "--revert", "all", "--json").stdout)["corrected"] == []
    assert filled("edit", KEY, "--revert", "all").stdout == "nothing to change\n"
    renamed = json.loads(filled("edit", KEY, "--set", "key=toolformer", "--json").stdout)
    assert renamed["citekey"] == "toolformer"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 2), (("a", "b"), 2), (("nobody",), 1), ((KEY, "--set", "date=soon"), 1), ((KEY, "--set", "nothing"), 2),
        ((KEY, "--set", "title="), 2), ((KEY, "--set", "score=high"), 2),
        ((KEY, "--set", "year=2020", "--revert", "all"), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(filled: Shell, words: tuple[str, ...], status: int) -> None:
    done = filled("edit", *words)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("error: ")


def test_a_correction_outlives_an_ingest_and_a_lost_catalogue(filled: Shell) -> None:
    filled("edit", KEY, "--set", "title=Mine")
    for path in (filled.folder / "library").glob("catalogue.sqlite*"):
        path.unlink()
    assert shown(filled)["title"] == "Mine"
    assert filled("ingest", str(asset("sample.txt")), "--as-of", "2026-04-01").returncode == 0
    assert (shown(filled)["title"], shown(filled)["corrected"]) == ("Mine", ["title"])


def test_a_paper_is_added_with_options_in_the_editor_and_from_the_standard_input(shell: Shell) -> None:
    words = ("add", "--title", "On Trees", "--author", "Oak, Ann", "--author", "Bo Ash", "--date", "1999-05", "--json")
    found = json.loads(shell(*words, "--doi", "10.1000/trees", "--url", "https://example.org/t").stdout)
    assert (found["citekey"], found["authors"], found["sources"]) == ("oak1999trees", ["Ann Oak", "Bo Ash"], ["hand"])
    assert (found["identifiers"]["doi"], found["extra"]) == ("10.1000/trees", {"url": "https://example.org/t"})
    done = run(
        shell,
        "path.write_text(text.replace('@article{', '@book{seas').replace('title = {', 'title = {Seas', 1))",
        "add",
    )
    assert (done.returncode, done.stdout) == (0, "add seas on 1 paper\n"), done.stderr
    assert shown(shell, "seas")["kind"] == "book"
    done = shell("add", "-", given="@misc{hills, title = {On Hills}, author = {Cy Fir}}")
    assert done.stdout == "add hills on 1 paper\n", done.stderr
    again = shell("add", "-", given="@misc{other, title = {On Hills}, author = {Cy Fir}}")
    assert (again.returncode, "there already: hills" in again.stderr) == (2, True)
    shell("remove", "hills")
    assert shell("show", "hills").returncode == 1
    shell("undo")
    assert shown(shell, "hills")["title"] == "On Hills"


def test_an_empty_title_is_no_title_and_opens_no_editor(shell: Shell) -> None:
    for words in (("--title", ""), ("--title", " ", "--date", "2020"), ("--doi", "")):
        done = shell("add", *words)
        assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: a paper needs a title")


def test_a_template_that_was_left_alone_adds_nothing(shell: Shell) -> None:
    done = run(shell, "", "add")
    assert done.returncode == 1
    assert "no title" in done.stderr
    assert not list(shell.folder.glob("readlist-*"))
    assert shell("list", "--json").stdout == "[]\n"


def test_two_papers_are_merged_and_undo_parts_them(shell: Shell) -> None:
    for key, venue in (("one", "arXiv"), ("two", "NeurIPS")):
        shell("add", "-", given=f"@misc{{{key}, title = {{Title {key}}}, howpublished = {{{venue}}}}}")
    shell("tag", "+rl", "two")
    done = shell("merge", "one", "two")
    assert done.stdout == "merge two into one\n", done.stderr
    assert shown(shell, "two")["citekey"] == "one"
    assert shown(shell, "one")["mark"]["tags"] == ["rl"]
    assert shell("merge", "one", "two").returncode == 2
    shell("undo")
    assert shown(shell, "two")["citekey"] == "two"
    assert shell("merge", "--keep-both", "one", "two").stdout == "keep both one and two\n"
    assert shell("merge", "--keep-both", "two", "one").stdout == "nothing to change\n"
    assert shell("merge", "one").returncode == 2
    assert shell("merge", "one", "three").returncode == 1


def test_more_than_two_papers_are_merged_as_one_step(shell: Shell) -> None:
    for key in ("one", "two", "three"):
        shell("add", "-", given=f"@misc{{{key}, title = {{Title {key}}}}}")
    shell("tag", "+rl", "three")
    done = shell("merge", "one", "two", "three")
    assert done.stdout == "merge two, three into one\n", done.stderr
    assert [shown(shell, key)["citekey"] for key in ("one", "two", "three")] == ["one"] * 3
    assert shown(shell, "one")["mark"]["tags"] == ["rl"]
    assert shell("undo").stdout == "undo: merge two, three into one\n"
    assert [shown(shell, key)["citekey"] for key in ("one", "two", "three")] == ["one", "two", "three"]
    assert shown(shell, "three")["mark"]["tags"] == ["rl"]
    assert shell("merge", "--keep-both", "one", "two", "three").returncode == 2


def test_papers_that_are_likely_the_same_are_listed_until_it_is_decided(shell: Shell) -> None:
    for key, title in (
        ("one", "Modelling colour in images of birds"),
        ("two", "Modeling color in images of birds"),
        ("three", "On Seas"),
    ):
        shell("add", "-", given=f"@misc{{{key}, title = {{{title}}}, author = {{Ann Li}}, year = {{2020}}}}")
    [pair] = shell.json("merge", "--json")
    assert {pair["first"], pair["second"]} == {"one", "two"}
    listed = shell("merge")
    assert "Modelling colour" in listed.stdout
    assert "1 pair is likely the same" in listed.stderr
    shell("merge", "--keep-both", "one", "two")
    assert shell.json("merge", "--json") == []
    shell("undo")
    shell("merge", "one", "two")
    assert shell.json("merge", "--json") == []
