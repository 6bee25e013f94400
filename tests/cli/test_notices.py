"""What had to be mended when the library was opened is told, by verbs and by the app."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import readlist.tui
from readlist.cli.app import open_app
from readlist.cli.program import run
from readlist.cli.session import Session
from readlist.errors import UsageError
from readlist.library import Library
from readlist.mark import star
from readlist.settings import Settings
from tests.papers import paper


@pytest.fixture
def damaged(folder: Path) -> Path:
    """A library of two papers, one of them marked, with a catalogue that is none any more."""
    with Library.open(folder) as library:
        library.mark(library.add([paper("One"), paper("Two")]).ids[:1], star())
    (folder / "catalogue.sqlite").write_bytes(b"?" * 5000)
    return folder


def test_a_verb_tells_it_on_the_standard_error_and_goes_on(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--library", str(damaged), "list"]) == 0
    printed = capsys.readouterr()
    assert "One" in printed.out
    assert printed.err.startswith("note: catalogue.sqlite was damaged: 1 paper was taken from your marks; ingest your")
    assert printed.err.count("\n") == 1
    assert run(["--library", str(damaged), "list"]) == 0
    assert capsys.readouterr().err == ""


def test_the_app_tells_it_and_brings_in_no_sample(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, str]] = []

    def app(library: Library, _: Settings, *, notice: str) -> int:
        told.append((library.count(), notice))
        return 0

    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(readlist.tui, "run", app)
    session = Session(damaged, damaged / "settings.toml")
    assert open_app(session) == 0
    session.close()
    ((count, notice),) = told
    assert count == 1
    assert notice.startswith("catalogue.sqlite was damaged: 1 paper was taken from your marks")


def test_restore_sets_the_catalogue_aside_once(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--library", str(damaged), "restore", "--catalogue"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("catalogue.sqlite was damaged: 1 paper was taken from your marks")
    assert printed.err == ""
    assert len(list(damaged.glob("catalogue.sqlite.damaged-*"))) == 1
    with pytest.raises(UsageError, match="--catalogue"):
        run(["--library", str(damaged), "restore", "--catalogue", "1"])
