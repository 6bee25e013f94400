"""The editor of the reader's choice: whatever becomes of it is told, and the text that it was given is not lost."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.editor import Edited, edit
from readlist.library import Library
from readlist.tui.drafting import DraftKeeper

Script = Callable[[str], dict[str, str]]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Makes an editor of a few lines of shell."""

    def made(lines: str) -> dict[str, str]:
        path = tmp_path / "ed"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(stat.S_IRWXU)
        return {**os.environ, "EDITOR": f"{path} --wait"}

    return made


def test_what_the_editor_wrote_is_the_text(tmp_path: Path, script: Script) -> None:
    assert edit("some", tmp_path / "n.md", script("printf ' \\033[2Jmore' >> \"$2\"")) == Edited("some [2Jmore")


@pytest.mark.parametrize(
    ("lines", "left", "trouble"),
    [
        ('echo other > "$2"; exit 3', "other\n", "failed (exit status 3)"),
        ('echo other > "$2"; kill -9 $$', "other\n", "failed (signal 9)"),
        (': > "$2"', "", "left nothing"),
        ('rm "$2"', "", "left nothing"),
        ('rm "$2"; exit 1', "", "failed (exit status 1)"),
    ],
)
def test_a_failure_is_told(tmp_path: Path, script: Script, lines: str, left: str, trouble: str) -> None:
    edited = edit("some", tmp_path / "n.md", script(lines))
    assert edited.text == left
    assert edited.trouble.endswith(trouble)


@pytest.mark.parametrize(
    ("editor", "trouble"),
    [
        ("/nowhere/to/be/found", "/nowhere/to/be/found cannot be run: No such file or directory"),
        ("vi 'unclosed", "$EDITOR is no command: vi 'unclosed"),
        ("  ", "$EDITOR is empty"),
        ("/", "/ cannot be run: Permission denied"),
    ],
)
def test_an_editor_that_is_missing_is_told(tmp_path: Path, editor: str, trouble: str) -> None:
    assert edit("some", tmp_path / "n.md", {"EDITOR": editor}) == Edited("some", trouble)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    edited = edit("some", tmp_path / "no" / "n.md", {"EDITOR": "true"})
    assert edited == Edited("some", "the text cannot be handed to an editor: No such file or directory")


def test_ctrl_c_in_the_editor_does_not_end_the_app(tmp_path: Path, script: Script) -> None:
    before = signal.getsignal(signal.SIGINT)
    edited = edit("some", tmp_path / "n.md", script('kill -INT $PPID; printf " more" >> "$2"'))
    assert edited == Edited("some more")
    assert signal.getsignal(signal.SIGINT) is before


def written(library: Library) -> DraftKeeper:
    """Return the keeper of a draft that is on the disk."""
    keeper = DraftKeeper(library, library.drafts.new("p1", "A Title", None, ""))
    keeper.text = "some"
    keeper.keep()
    return keeper


def test_a_text_from_a_failed_editor_is_offered_at_the_next_start(
    library: Library, folder: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = written(library)
    monkeypatch.setenv("EDITOR", script('echo other > "$2"; exit 3')["EDITOR"])
    text, told = keeper.edit()
    assert text is None
    assert "exit status 3" in told
    assert "offered" in told
    with Library.open(folder) as next_start:
        assert [draft.text for draft in next_start.drafts.unattended()] == ["other\n"]
    assert not list((folder / "drafts").glob("*.editor"))


@pytest.mark.parametrize("lines", ["exit 1", ': > "$2"', 'printf "some\\n" > "$2"; exit 1'])
def test_an_editor_that_leaves_nothing_new_leaves_no_draft(
    library: Library, folder: Path, script: Script, lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = written(library)
    monkeypatch.setenv("EDITOR", script(lines)["EDITOR"])
    text, told = keeper.edit()
    assert text is None
    assert told.endswith("the note is as it was")
    assert len(list((folder / "drafts").glob("*.json"))) == 1
    assert not list((folder / "drafts").glob("*.editor"))


def test_without_room_for_a_draft_the_file_of_the_editor_stays(
    library: Library, script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keeper = written(library)
    library._reason = "the disk is gone"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("EDITOR", script('echo other > "$2"; exit 3')["EDITOR"])
    text, told = keeper.edit()
    assert text is None
    place = Path(told.rpartition(" is in ")[2])
    assert place.read_text() == "other\n"
