"""Exports that are kept up to date from the shell, by one program and by several at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from readlist.library import Library
from readlist.query import ALL
from tests.cli.test_verbs import KEY, Shell, filled, shell

__all__ = ["filled", "shell"]

OTHER = "mialon2023augmented"


def keys(file: Path) -> list[str]:
    return [line.partition("{")[2].rstrip(",") for line in file.read_text().splitlines() if line.startswith("@")]


def test_every_verb_that_changes_a_paper_writes_the_file_again(filled: Shell) -> None:
    file = filled.folder / "refs.bib"
    done = filled("export", "is:starred", "-o", "refs.bib", "--keep")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "0 papers in refs.bib, which is kept up to date\n"
    for words, after in (
        (("star", KEY), [KEY]),
        (("star", OTHER), [OTHER, KEY]),
        (("keys", "pin", KEY, "toolformer"), [OTHER, "toolformer"]),
        (("remove", OTHER), ["toolformer"]),
        (("undo",), [OTHER, "toolformer"]),
        (("undo",), [OTHER, KEY]),
        (("redo",), [OTHER, "toolformer"]),
        (("unstar", "--query", "is:starred"), []),
    ):
        done = filled(*words)
        assert (done.returncode, keys(file)) == (0, after), done.stderr
        assert "warning" not in done.stderr


def test_kept_exports_are_listed_stopped_and_written_again_in_one_place(filled: Shell) -> None:
    filled("export", "is:starred", "-o", "refs.bib", "--keep")
    file = filled.folder / "refs.bib"
    assert filled("kept").stdout == f"{file}  as written  bibtex  is:starred\n"
    file.write_text("mine")
    done = filled("star", KEY)
    assert done.returncode == 0
    assert f"warning: {file} is not kept up to date: someone else has changed it" in done.stderr
    assert file.read_text() == "mine"
    assert filled("kept").stdout == f"{file}  changed by someone else  bibtex  is:starred\n"
    assert filled("kept", "write", "refs.bib").returncode == 0
    assert keys(file) == [KEY]
    assert filled("kept", "stop", "refs.bib").stderr == f"{file} is kept up to date no longer\n"
    assert filled("kept").stdout == ""
    filled("star", OTHER)
    assert keys(file) == [KEY]


def test_what_cannot_be_kept_is_refused(filled: Shell) -> None:
    for words, told in (
        (("export", "--keep"), "only a file can be kept up to date"),
        (("export", "--keep", "-o", "-"), "only a file can be kept up to date"),
        (("export", "--keep", "-o", "."), "is a folder"),
        (("kept", "stop"), "say which file"),
        (("kept", "stop", "x.bib"), "x.bib is not kept up to date"),
        (("kept", "write", "x.bib"), "x.bib is not kept up to date"),
    ):
        done = filled(*words)
        assert done.returncode == 2
        assert told in done.stderr
    assert not (filled.folder / "library" / "exports.json").exists()


def test_settings_that_cannot_be_read_do_not_fail_a_change(filled: Shell) -> None:
    filled("export", "is:starred", "-o", "refs.bib", "--keep")
    config = filled.folder / "settings.toml"
    config.write_text("[statuses")
    done = filled("--config", str(config), "star", KEY)
    assert done.returncode == 0, done.stderr
    assert "warning: exports are not kept up to date" in done.stderr


STARRING = """
import sys
from datetime import date
from pathlib import Path
from readlist.library import Library
from readlist.living import Context, refresh
from readlist.mark import star
from readlist.settings import STATUSES
folder, ids = Path(sys.argv[1]), sys.argv[2:]
with Library.open(folder) as library:
    for one in ids:
        library.mark([one], star())
        troubles = refresh(library, Context(STATUSES, date(2026, 4, 1)))
        assert not troubles, troubles
"""


def test_several_programs_that_change_papers_at_once_leave_the_file_with_all_changes(filled: Shell) -> None:
    filled("export", "is:starred", "-o", "refs.bib", "--keep")
    folder = filled.folder / "library"
    with Library.open(folder) as library:
        entries = library.entries(library.select(ALL))[:24]
    ids = [entry.id for entry in entries]
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", STARRING, str(folder), *ids[part::3]], stderr=subprocess.PIPE, encoding="utf-8"
        )
        for part in range(3)
    ]
    for program in programs:
        _, told = program.communicate(timeout=120)
        assert program.returncode == 0, told
    assert keys(filled.folder / "refs.bib") == sorted(entry.citekey for entry in entries)


def test_a_saved_view_and_options_are_kept_too(filled: Shell) -> None:
    filled("note", KEY, "what I thought")
    done = filled("export", "--view", "Starred", "author:schick", "-o", "refs.json", "--keep", "--with-notes")
    assert done.returncode == 0, done.stderr
    filled("star", KEY, OTHER)
    assert [one["citekey"] for one in json.loads((filled.folder / "refs.json").read_text())] == [KEY]
    told = filled("kept").stdout
    assert told == f"{filled.folder / 'refs.json'}  as written  json  with_notes  (is:starred) (author:schick)\n"
