"""The verb `related`: papers like one, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlist.ingest import welcome
from readlist.library import Library
from readlist.query import ALL
from tests.cli.test_keeping import Shell

KEY = "schick2023toolformer"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Library.open(made.library) as library:
        welcome(library)
    return made


def test_papers_like_one_are_shown_with_what_they_share(shell: Shell) -> None:
    lines = shell.said("related", KEY, "--limit", "3").splitlines()
    assert len(lines) == 6
    assert all(line.startswith("    both: ") for line in lines[1::2])
    keys = {paper["citekey"] for paper in json.loads(shell.said("list", "--json"))} - {KEY}
    assert {line.split()[0] for line in lines[::2]} <= keys


def test_json_has_every_fact_of_each_paper_and_the_reason(shell: Shell) -> None:
    found = json.loads(shell.said("related", KEY, "--limit", "4", "--json"))
    assert len(found) == 4
    listed = {paper["id"]: paper for paper in json.loads(shell.said("list", "--json"))}
    for one in found:
        shared = one.pop("shared")
        assert one.pop("likeness") > 0
        assert shared["words"] or shared["authors"]
        assert one == listed[one["id"]]


def test_the_likeness_goes_down(shell: Shell) -> None:
    found = [one["likeness"] for one in json.loads(shell.said("related", KEY, "--json"))]
    assert found == sorted(found, reverse=True)


def test_a_key_that_no_paper_goes_by_is_named(shell: Shell) -> None:
    done = shell("related", "nobody2020")
    assert done.returncode == 1
    assert "nobody2020" in done.stderr
    assert shell("related").returncode == 2


def test_a_paper_alone_has_none(tmp_path: Path) -> None:
    made = Shell(tmp_path)
    with Library.open(made.library) as library:
        welcome(library)
        only = library.entries(library.first(ALL, 1))[0]
        library.remove([entry.id for entry in library.entries(library.select(ALL)) if entry.id != only.id])
    assert json.loads(made.said("related", only.citekey, "--json")) == []
    assert made.said("related", only.citekey) == ""
