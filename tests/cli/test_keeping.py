"""The verbs `backup` and `restore`, on libraries that are whole and libraries that are not."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from readlist.ingest import welcome
from readlist.library import Library
from readlist.store.envelope import SCHEMA
from tests.program import run_text
from tests.store.marks_files import with_schema

KEY = "schick2023toolformer"
OTHER = "mialon2023augmented"


class Shell:
    """Runs readlist as a program on a library of its own."""

    def __init__(self, folder: Path) -> None:
        self.library = folder / "library"
        self.marks = self.library / "marks.json"
        self.environment = {**os.environ, "READLIST_LIBRARY": str(self.library), "PYTHONIOENCODING": "utf-8"}

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run_text(*words, env=self.environment)

    def said(self, *words: str) -> str:
        done = self(*words)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Library.open(made.library) as library:
        welcome(library)
    made.said("star", KEY)
    return made


def test_a_backup_is_made_listed_and_gone_back_to(shell: Shell) -> None:
    said = shell.said("backup")
    assert re.fullmatch(r"1 paper in .*backups/marks-\d{8}T\d{6}Z-g1\.json\n", said)
    shell.said("unstar", KEY)
    shell.said("rate", "4", OTHER)
    listed = shell.said("restore")
    assert re.fullmatch(r"   1  \d{4}-\d\d-\d\d \d\d:\d\d       1 paper  2 later steps\n", listed)
    assert re.fullmatch(r"restore the backup of .{16} on 2 papers\n", shell.said("restore", "1"))
    assert shell.said("list", "is:starred").count("\n") == 2
    assert "restore the backup of" in shell.said("history")
    assert shell.said("undo").startswith("undo: restore the backup of")
    assert shell.said("list", "is:starred").count("\n") == 1
    shell.said("redo")
    assert shell.said("restore", "1") == "nothing to change\n"


def test_a_damaged_file_is_told_and_restored_with_all_later_changes(shell: Shell) -> None:
    shell.said("backup")
    shell.said("rate", "4", OTHER)
    shell.marks.write_bytes(shell.marks.read_bytes()[:200])
    damaged = shell.marks.read_bytes()
    failed = shell("star", OTHER)
    assert failed.returncode == 1
    assert "marks.json is damaged: its last line is missing or was altered" in failed.stderr
    assert "readlist restore" in failed.stderr
    assert shell("backup").returncode == 1
    listed = shell.said("restore").splitlines()
    assert listed[0] == "marks.json is damaged: its last line is missing or was altered"
    assert listed[1].endswith("1 paper  1 later step")
    assert shell.marks.read_bytes() == damaged
    said = shell.said("restore", "1").splitlines()
    assert re.fullmatch(r"2 papers from the backup of .{16} and 1 later step", said[0])
    assert said[1].startswith("the damaged file is kept as marks.json.damaged-")
    assert [one.read_bytes() for one in shell.library.glob("marks.json.damaged-*")] == [damaged]
    assert shell.said("undo") == "undo: rate 4 on 1 paper\n"


def test_damage_that_shows_only_when_all_is_read_is_told_too(shell: Shell) -> None:
    shell.said("backup")
    shell.marks.write_bytes(shell.marks.read_bytes().replace(b"true", b"trud", 1))
    assert "do not fit its checksum" in shell.said("restore")
    failed = shell("star", OTHER)
    assert failed.returncode == 1
    assert "do not fit its checksum" in failed.stderr
    assert "readlist restore" in failed.stderr


def test_a_missing_file_without_backups_is_put_together_from_what_is_remembered(shell: Shell) -> None:
    shell.marks.unlink()
    assert shell.said("restore").splitlines() == [
        "marks.json is missing, but the catalogue remembers marks",
        "there are no good backups",
        "readlist restore 0 puts together what the catalogue and the history remember",
    ]
    assert shell.said("restore", "0") == "1 paper from what the catalogue remembered and 0 later steps\n"
    assert shell.said("list", "is:starred").count("\n") == 2


def test_an_edited_file_is_taken_over(shell: Shell) -> None:
    assert "nothing to accept" in shell.said("restore", "--accept")
    edited = shell.marks.read_text().replace('"tags": []', '"tags": ["by-hand"]')
    shell.marks.write_text(edited)
    said = shell.said("restore", "--accept").splitlines()
    assert said[0] == "1 paper taken over"
    assert said[1].startswith("the file as it was is kept as marks.json.before-accept-")
    assert shell.said("list", "tag:by-hand").count("\n") == 2
    shell.marks.write_text(edited.replace("{\n", "{\n<<<<<<< ours\n", 1))
    failed = shell("restore", "--accept")
    assert failed.returncode == 1
    assert "line 2 is a mark that git left: <<<<<<< ours" in failed.stderr


def test_a_newer_file_is_left_alone(shell: Shell) -> None:
    newer = with_schema(shell.marks.read_bytes(), SCHEMA + 1)
    shell.said("backup")
    shell.marks.write_bytes(newer)
    for words in (("restore", "1"), ("restore", "--accept"), ("star", OTHER)):
        failed = shell(*words)
        assert failed.returncode == 1
        assert "newer readlist" in failed.stderr
        assert "update readlist" in failed.stderr
    assert shell.marks.read_bytes() == newer


@pytest.mark.parametrize(
    "words", [("restore", "7"), ("restore", "x"), ("restore", "1", "2"), ("restore", "1", "--accept"), ("backup", "x")]
)
def test_wrong_usage_exits_with_2(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


def test_nothing_to_back_up_exits_with_1(tmp_path: Path) -> None:
    empty = Shell(tmp_path / "empty")
    assert empty("backup").returncode == 1
    assert empty.said("restore") == "there are no good backups\n"


def test_what_went_wrong_beside_a_change_is_a_warning(shell: Shell) -> None:
    (shell.library / "backups").write_text("in the way")
    done = shell("star", OTHER)
    assert (done.returncode, done.stdout) == (0, "star on 1 paper\n")
    assert done.stderr.startswith("warning: no backup of the marks could be made")


def test_a_verb_that_only_reads_says_that_the_marks_cannot_be_read(shell: Shell) -> None:
    shell.marks.write_bytes(b"garbage")
    done = shell("list", "is:starred")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 2
    assert done.stderr.startswith("note: marks.json is damaged")
    assert "`readlist restore`" in done.stderr
