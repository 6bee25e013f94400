"""The verb `tags`: counts, renames and removes over all papers, as one step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlist.errors import UsageError
from readlist.ingest import welcome
from readlist.library import Library
from readlist.mark import Mark, drop_tag, rename_tag
from tests.cli.test_keeping import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Library.open(made.library) as library:
        welcome(library)
    keys = [paper["citekey"] for paper in json.loads(made.said("list", "--json"))]
    made.said("tag", "+rl/offline", keys[0], keys[1])
    made.said("tag", "+rl", "+nlp", keys[1], keys[2])
    made.said("tag", "+rlhf", keys[3])
    return made


def tags(shell: Shell) -> dict[str, int]:
    found: dict[str, int] = json.loads(shell.said("tags", "--json"))
    return found


def test_a_tag_is_renamed_with_its_parts_and_brought_back(shell: Shell) -> None:
    assert shell.said("tags", "rename", "RL", "learning") == "rename the tag rl to learning on 3 papers\n"
    assert tags(shell) == {"learning": 2, "learning/offline": 2, "nlp": 2, "rlhf": 1}
    shell.said("undo")
    assert tags(shell) == {"rl": 2, "rl/offline": 2, "nlp": 2, "rlhf": 1}


def test_renaming_to_a_tag_that_is_there_joins_the_two(shell: Shell) -> None:
    shell.said("tags", "rename", "rlhf", "nlp")
    assert tags(shell) == {"nlp": 3, "rl": 2, "rl/offline": 2}


def test_a_tag_is_removed_with_its_parts(shell: Shell) -> None:
    assert shell.said("tags", "remove", "rl") == "remove the tag rl on 3 papers\n"
    assert tags(shell) == {"nlp": 2, "rlhf": 1}


def test_a_tag_that_nothing_has_is_told(shell: Shell) -> None:
    assert shell.said("tags", "remove", "cv") == "no paper has the tag cv\n"
    assert shell("tags", "rename", "rl").returncode == 2
    assert shell("tags", "rename", "rl", "-x").returncode == 2


def test_only_whole_parts_count_as_being_under_a_tag() -> None:
    mark = Mark(tags=("rl", "rl/a", "rlhf"))
    assert rename_tag("rl", "x").apply(mark, "").tags == ("rlhf", "x", "x/a")
    assert drop_tag("rl").apply(mark, "").tags == ("rlhf",)
    assert rename_tag("rl", "rl/a").apply(mark, "").tags == ("rl/a", "rl/a/a", "rlhf")
    with pytest.raises(UsageError):
        rename_tag("rl", "two words")
