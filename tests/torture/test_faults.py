"""A kill, a full disk and a broken disk at every call of an edit leave the old state or the new one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.torture.editors import LostError, Naive
from tests.torture.edits import filled_library
from tests.torture.faults import READING, WRITING, Outcome, traced, unsynced, why_not
from tests.torture.programs import command
from tests.torture.tortured_verb import TorturedVerb

pytestmark = pytest.mark.slow

KILL: Final = "signal=SIGKILL"
FULL: Final = "error=ENOSPC"
BROKEN: Final = "error=EIO"


@pytest.fixture(autouse=True)
def injection() -> None:
    """Faults can be injected, or the test is skipped."""
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture
def edit(tmp_path: Path) -> TorturedVerb:
    return TorturedVerb(tmp_path, "star", "author2023subjectb")


def test_a_kill_before_any_call_leaves_the_old_state_or_the_new_one(edit: TorturedVerb) -> None:
    assert edit.torture(KILL, edit.calls(*WRITING)) == []


def test_a_disk_that_is_full_at_any_call_is_told_and_leaves_the_old_state_or_the_new_one(
    edit: TorturedVerb,
) -> None:
    assert edit.torture(FULL, edit.calls(*WRITING)) == []


def test_a_disk_that_breaks_at_any_call_is_told_and_leaves_the_old_state_or_the_new_one(edit: TorturedVerb) -> None:
    assert edit.torture(BROKEN, edit.calls(*WRITING)) == []


def test_marks_that_cannot_be_read_just_now_are_not_taken_for_none(edit: TorturedVerb) -> None:
    calls = [call for call in edit.calls(*READING) if "catalogue.sqlite" not in call.told]
    assert edit.torture(BROKEN, calls) == []


def test_a_kill_before_any_call_of_a_removal_leaves_the_paper_and_its_mark_or_neither(tmp_path: Path) -> None:
    removing = TorturedVerb(tmp_path, "remove", "author2023subjectb")
    assert removing.torture(KILL, removing.calls(*WRITING)) == []


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "author2023subjectb", "--set", "title=Corrected", "--set", "date=2020"),
        ("merge", "author2023subject", "author2023subjectb"),
        ("add", "--title", "By Hand", "--date", "2024"),
    ],
    ids=lambda words: words[0],
)
def test_a_kill_before_any_call_of_a_decision_on_facts_leaves_all_of_it_or_nothing(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    deciding = TorturedVerb(tmp_path, *words)
    assert deciding.torture(KILL, deciding.calls(*WRITING)) == []


@pytest.mark.parametrize("fault", [KILL, FULL, BROKEN])
def test_a_fault_at_any_call_of_the_saving_of_a_view_leaves_the_old_views_or_the_new_ones(
    tmp_path: Path, fault: str
) -> None:
    saving = TorturedVerb(tmp_path, "views", "add", "RL", "tag:rl")
    assert saving.torture(fault, saving.calls(*WRITING)) == []


def test_all_that_a_verb_reports_would_survive_a_loss_of_power(edit: TorturedVerb) -> None:
    assert unsynced(edit.clean.calls, edit.folder, "star on 1 paper") == []


def test_a_verb_that_does_not_wait_for_the_disk_is_found_out(edit: TorturedVerb, tmp_path: Path) -> None:
    careless = traced(
        command("careless_verb", "--library", edit.folder, "unstar", "author2023subjectb"), tmp_path / "log"
    )
    assert careless.status == 0, careless.errors
    found = unsynced(careless.calls, edit.folder, "unstar on 1 paper")
    assert any("marks.json was" in one for one in found)
    assert any("history.jsonl was" in one for one in found)


@pytest.mark.parametrize("fault", [KILL, FULL, BROKEN])
def test_the_same_fault_ruins_the_file_of_an_edit_in_place(tmp_path: Path, fault: str) -> None:
    filled, folder, log = tmp_path / "filled", tmp_path / "work", tmp_path / "log"
    naive = Naive()
    _, old = filled_library(filled, 12, 6)
    naive.fill(filled, old)

    def run(injected: str = "") -> Outcome:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(filled, folder)
        return traced(command("naive_edit", folder), log, injected)

    run()
    clean = run()
    assert clean.status == 0, clean.errors
    new = naive.marks(folder)
    for call in clean.calls:
        if call.name in WRITING and call.touches(folder):
            run(f"{call.name}:{fault}:when={call.number}")
            try:
                if naive.marks(folder) not in (old, new):
                    return
            except LostError:
                return
    pytest.fail("the naive program came through")
