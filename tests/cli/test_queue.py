"""The verb `queue`: what to read next, in order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlist.ingest import welcome
from readlist.library import Library
from tests.cli.test_keeping import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Library.open(made.library) as library:
        welcome(library)
    return made


@pytest.fixture
def keys(shell: Shell) -> list[str]:
    return [paper["citekey"] for paper in json.loads(shell.said("list", "--json", "--limit", "4"))]


def queue(shell: Shell) -> list[str]:
    return [paper["citekey"] for paper in json.loads(shell.said("queue", "--json"))]


def test_papers_are_queued_and_put_in_order(shell: Shell, keys: list[str]) -> None:
    assert shell.said("queue", "--json") == "[]\n"
    assert shell.said("queue") == "the queue is empty: readlist queue KEY puts a paper into it\n"
    assert shell.said("queue", *keys[:3]) == "status queued on 3 papers\n"
    assert queue(shell) == keys[:3]
    assert shell.said("queue", keys[2], "--first") == "queue first on 1 paper\n"
    assert shell.said("queue", keys[3], "--before", keys[0]) == "queue before another paper on 1 paper\n"
    assert queue(shell) == [keys[2], keys[3], keys[0], keys[1]]
    shell.said("queue", keys[2], "--last")
    assert queue(shell) == [keys[3], keys[0], keys[1], keys[2]]
    shell.said("undo")
    assert queue(shell) == [keys[2], keys[3], keys[0], keys[1]]
    shell.said("priority", "2", keys[1])
    shell.said("status", "reading", keys[0])
    lines = shell.said("queue").splitlines()
    assert [line.split()[1] for line in lines] == [keys[0], keys[1], keys[2], keys[3]]
    assert "reading since today" in lines[0]
    assert "priority 2" in lines[1]
    assert "in the place that you gave it" in lines[2]
    assert shell.said("queue", keys[0]) == "nothing to change\n"


def test_an_object_of_the_queue_has_the_place_of_its_paper(shell: Shell, keys: list[str]) -> None:
    shell.said("queue", keys[0], keys[1])
    shell.said("queue", keys[1], "--first")
    first, second = json.loads(shell.said("queue", "--json"))
    assert isinstance(first["mark"]["rank"], float)
    assert second["mark"]["rank"] is None


@pytest.mark.parametrize(
    "words",
    [("--first",), ("KEY", "--first", "--last"), ("KEY", "--json"), ("KEY", "--before", "KEY", "--last")],
)
def test_what_makes_no_sense_is_wrong_usage(shell: Shell, keys: list[str], words: tuple[str, ...]) -> None:
    done = shell("queue", *(keys[0] if word == "KEY" else word for word in words))
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


def test_unknown_keys_and_other_parts_of_the_queue_are_told(shell: Shell, keys: list[str]) -> None:
    assert shell("queue", "nobody2020nothing").returncode == 1
    assert shell("queue", keys[0], "--before", "nobody2020nothing").returncode == 1
    assert shell("queue", keys[0], "nobody2020nothing").returncode == 3
    shell.said("priority", "3", keys[0])
    done = shell("queue", keys[1], "--before", keys[0])
    assert done.returncode == 2
    assert "not in the same part of the queue" in done.stderr
