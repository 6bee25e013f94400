"""The app and other programs change one library at the same time, and one is killed while it holds the lock."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from tinydb import TinyDB

from readlist.library import Library
from readlist.mark import star
from readlist.query import ALL
from readlist.store.lock import PATIENCE as LOCK_PATIENCE
from tests.papers import paper
from tests.torture.editors import MARKS_FILE, Readlist
from tests.torture.programs import PATIENCE, PROJECT, command, environment, ran, verb

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no signals to kill with"),
]

PAPERS: Final = 20
WRITERS: Final = ("w1", "w2", "w3")


@contextmanager
def running(*words: object) -> Iterator[subprocess.Popen[str]]:
    """Run a writer beside others; it has ended afterwards."""
    program = subprocess.Popen(
        command("writers", *words), env=environment(), cwd=PROJECT, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def what_it_found(program: subprocess.Popen[str]) -> dict[str, Any]:
    """Close a writer's input, wait for its end, and return what it printed."""
    output, errors = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, errors
    found: dict[str, Any] = json.loads(output)
    print({name: value for name, value in found.items() if name != "shown"})
    return found


def kill_while_it_holds_the_lock(folder: Path) -> None:
    """Start a program that takes the lock, wait until it has it, and kill it."""
    with running("holder", folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"


@pytest.fixture
def shared(folder: Path) -> Sequence[str]:
    """The papers of a library that several programs change."""
    with Library.open(folder) as library:
        return library.add(paper(f"On Subject {n}", "Ann Author", date="2023-05") for n in range(PAPERS)).ids


def test_an_app_and_three_writers_lose_nothing_when_one_is_killed_holding_the_lock(
    folder: Path, shared: Sequence[str]
) -> None:
    changes = 1000
    with (
        running("app", folder, "app", changes) as app,
        running("writer", folder, "w1", changes) as first,
        running("writer", folder, "w2", changes) as second,
        running("writer", folder, "w3", changes) as third,
    ):
        kill_while_it_holds_the_lock(folder)
        found = [what_it_found(program) for program in (first, second, third, app)]
    assert [one["changes"] for one in found] == [changes] * 4
    assert [one["lost"] for one in found] == [0] * 4
    assert found[-1]["seen"] > 0
    held = Readlist().marks(folder)
    assert {one: tuple(tags) for one, tags in found[-1]["shown"].items()} == {one: held[one].tags for one in shared}
    with Library.open(folder) as library:
        steps = library.history(changes)
    assert steps[0].number == 4 * changes
    assert len({step.name for step in steps}) == changes


def test_an_app_and_three_verbs_at_a_time_lose_nothing(folder: Path, shared: Sequence[str]) -> None:
    changes = 30

    def tag(writer: str) -> list[str]:
        words = [("tag", f"+{writer}/{number}", shared[number % PAPERS]) for number in range(changes)]
        return [done.stderr for done in (ran(verb(folder, *one)) for one in words) if done.returncode]

    with running("app", folder, "app", changes) as app, ThreadPoolExecutor(len(WRITERS)) as shells:
        errors = list(shells.map(tag, WRITERS))
        found = what_it_found(app)
    assert errors == [[], [], []]
    assert (found["changes"], found["lost"]) == (changes, 0)
    held = Readlist().marks(folder)
    assert {one: tuple(tags) for one, tags in found["shown"].items()} == {one: held[one].tags for one in shared}
    written = [tag for mark in held.values() for tag in mark.tags if not tag.startswith("app/")]
    assert sorted(written) == sorted(f"{writer}/{number}" for writer in WRITERS for number in range(changes))


def test_a_program_that_was_killed_holding_the_lock_is_not_waited_for(folder: Path, shared: Sequence[str]) -> None:
    with Library.open(folder) as library:
        for starred in (True, False, True):
            kill_while_it_holds_the_lock(folder)
            began = time.monotonic()
            assert library.mark(shared, star(starred)) is not None
            assert time.monotonic() - began < LOCK_PATIENCE / 2
        assert all(entry.mark.starred for entry in library.entries(library.select(ALL)))


def test_three_writers_ruin_or_lose_what_tinydbs_own_storage_keeps(folder: Path) -> None:
    folder.mkdir()
    with TinyDB(folder / MARKS_FILE) as database:
        database.table("papers").insert_multiple({"title": f"On Subject {n}", "tags": []} for n in range(PAPERS))
    with (
        running("naive", folder, "w1", 1000) as first,
        running("naive", folder, "w2", 1000) as second,
        running("naive", folder, "w3", 1000) as third,
    ):
        found = [what_it_found(program) for program in (first, second, third)]
    assert sum(one["lost"] for one in found) > 0 or any(one["error"] for one in found)
