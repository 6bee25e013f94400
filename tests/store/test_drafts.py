"""Drafts are on the disk, for their owner only, and belong to one process at a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from readlist.errors import ReadOnlyError, StoreError
from readlist.library import Library
from readlist.text import safe_verbatim
from tests.papers import NOW

WRITER = """
import sys
from pathlib import Path
from readlist.library import Library
drafts = Library.open(Path(sys.argv[1])).drafts
drafts.keep(drafts.new("p1", "A Title", None, "cut off"))
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def writer(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is writing a draft."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        yield process
        process.kill()


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "drafts").iterdir()} - {"lock"}


def test_a_draft_is_found_again_when_nobody_writes_on_it(library: Library, folder: Path) -> None:
    draft = library.drafts.new("p1", "A Title", "n1", "")
    kept = library.drafts.keep(replace(draft, text="first\n\n  second ✓\n"))
    assert kept == replace(draft, text="first\n\n  second ✓\n", changed=NOW)
    assert library.drafts.unattended() == []
    with Library.open(folder) as other:
        assert other.drafts.unattended() == []
        library.close()
        assert other.drafts.unattended() == [kept]
        assert other.drafts.unattended() == []  # it is being asked about


def test_a_person_can_read_it(library: Library, folder: Path) -> None:
    kept = library.drafts.keep(library.drafts.new("p1", "Ein Titel: Übung", None, "first\nzwölf"))
    text = (folder / "drafts" / f"{kept.id}.json").read_text(encoding="utf-8")
    assert '"Ein Titel: Übung"' in text
    assert '"first",\n' in text
    assert json.loads(text)["text"] == ["first", "zwölf"]


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_comes_back(library: Library, folder: Path, text: str) -> None:
    kept = library.drafts.keep(library.drafts.new("p1", "A Title", None, text))
    library.drafts.let_go(kept.id)
    with Library.open(folder) as other:
        (found,) = other.drafts.unattended()
        assert found.text == safe_verbatim(text)
        other.drafts.drop(found.id)


def test_only_the_owner_can_read_it(library: Library, folder: Path) -> None:
    before = os.umask(0)
    try:
        kept = library.drafts.keep(library.drafts.new("p1", "A Title", None, "secret"))
        editor = library.drafts.editor_folder(kept.id)
    finally:
        os.umask(before)
    for path in (folder / "drafts", *(folder / "drafts").iterdir(), editor):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_dropped_draft_leaves_nothing_behind(library: Library, folder: Path) -> None:
    kept = library.drafts.keep(library.drafts.new("p1", "A Title", None, "text"))
    assert files(folder) == {f"{kept.id}.json", f"{kept.id}.lock"}
    library.drafts.drop(kept.id)
    assert files(folder) == set()
    library.drafts.drop(kept.id)
    library.drafts.drop("d-never-kept")


def test_the_newest_comes_first(folder: Path) -> None:
    times = iter(["2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"] * 2)
    with Library.open(folder, now=lambda: next(times)) as library:
        ids = [library.drafts.keep(library.drafts.new("p1", "A", None, "x")).id for _ in range(3)]
    with Library.open(folder) as again:
        found = again.drafts.unattended()
    assert {draft.id for draft in found} == set(ids)
    assert [draft.changed for draft in found] == sorted((draft.changed for draft in found), reverse=True)


def test_another_process_keeps_its_draft_until_it_is_killed(
    library: Library, folder: Path, writer: subprocess.Popen[str]
) -> None:
    before = files(folder)
    assert library.drafts.unattended() == []
    (name,) = (Path(name).stem for name in before if name.endswith(".json"))
    library.drafts.drop(name)
    assert files(folder) == before
    with pytest.raises(StoreError, match="another readlist is writing this draft"):
        library.drafts.keep(replace(library.drafts.new("p1", "A", None, "mine"), id=name))
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert [draft.text for draft in library.drafts.unattended()] == ["cut off"]


def test_a_child_of_the_writer_does_not_keep_its_draft(library: Library, folder: Path) -> None:
    library.drafts.keep(library.drafts.new("p1", "A Title", None, "text"))
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as editor:
        library.close()
        with Library.open(folder) as other:
            assert len(other.drafts.unattended()) == 1
        editor.kill()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"text": "a"}', b'{"paper": "p1", "title": "A", "changed": 1, "text": []}',
     b'{"paper": "p1", "title": "A", "note": 3, "changed": "x", "text": []}', b"[" * 100_000,
     b'{"paper": "p1", "title": "A", "note": null, "changed": "x", "text": ["a", 2]}'],
)  # fmt: skip
def test_a_damaged_draft_is_skipped_and_kept(library: Library, folder: Path, data: bytes) -> None:
    kept = library.drafts.keep(library.drafts.new("p1", "A Title", None, "text"))
    library.drafts.let_go(kept.id)
    damaged = folder / "drafts" / "dbad.json"
    damaged.write_bytes(data)
    assert [draft.id for draft in library.drafts.unattended()] == [kept.id]
    assert damaged.read_bytes() == data
    library.drafts.drop(kept.id)
    assert library.drafts.unattended() == []
    assert damaged.read_bytes() == data


def test_what_a_kill_left_half_made_is_cleared_away(library: Library, folder: Path) -> None:
    kept = library.drafts.keep(library.drafts.new("p1", "A Title", None, "text"))
    library.close()
    path = folder / "drafts" / f"{kept.id}.json"
    path.rename(path.with_name(f".{path.name}.new"))  # killed before the first draft was in its place
    with Library.open(folder) as again:
        assert again.drafts.unattended() == []
        assert files(folder) == set()


def test_looking_for_drafts_makes_nothing(library: Library, folder: Path) -> None:
    assert library.drafts.unattended() == []
    assert not (folder / "drafts").exists()


def test_a_library_for_reading_only_keeps_none(library: Library, folder: Path) -> None:
    library.close()
    with Library.open(folder, read_only=True) as again:
        draft = again.drafts.new("p1", "A Title", None, "text")
        for refused in (lambda: again.drafts.keep(draft), again.drafts.unattended):
            with pytest.raises(ReadOnlyError):
                refused()
    assert not (folder / "drafts").exists()


def test_what_cannot_be_kept_is_told(library: Library, folder: Path) -> None:
    (folder / "drafts").write_text("")
    draft = library.drafts.new("p1", "A Title", None, "text")
    with pytest.raises(StoreError, match="cannot make the folder"):
        library.drafts.keep(draft)
    with pytest.raises(StoreError, match="cannot read the folder"):
        library.drafts.unattended()
    (folder / "drafts").unlink()
    library.drafts.keep(draft)


def test_what_an_editor_left_when_the_app_died_is_a_draft_of_its_own(library: Library, folder: Path) -> None:
    kept = library.drafts.keep(library.drafts.new("p1", "A Title", "n1", "before the editor"))
    path = library.drafts.editor_folder(kept.id) / "note.md"
    path.write_text("in the editor\n")
    os.utime(path, (2_000_000_000, 2_000_000_000))
    library.close()
    with Library.open(folder) as again:
        newer, older = again.drafts.unattended()
        assert (older.text, newer.text) == ("before the editor", "in the editor\n")
        assert newer.changed == "2033-05-18T03:33:20Z"
        assert (newer.paper_id, newer.note_id) == ("p1", "n1")
        assert not path.parent.exists()
    with Library.open(folder) as third:
        assert {draft.text for draft in third.drafts.unattended()} == {older.text, newer.text}
