"""The history's file: what a kill or damage leaves of it, how it is trimmed, and that it is read only where needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.errors import NothingToDoError
from readlist.library import Library
from readlist.mark import Change, set_rating, star
from readlist.store import history as histories
from readlist.store.line import DO, Head, Line, head, parse, serialise, standing
from tests.papers import NOW
from tests.store.marks_files import filled


def rated(library: Library, ids: list[str], count: int) -> None:
    """Make steps that all change something."""
    for number in range(count):
        library.mark(ids, Change(f"step {number}", set_rating(1 + number % 5).apply))


def spoil(folder: Path, number: int) -> bytes:
    """Alter one line of the history; the line as it is then."""
    path = folder / "history.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number] = lines[number].replace(b'"rating"', b'"ratinG"')
    path.write_bytes(b"".join(lines))
    return lines[number]


def test_a_damaged_line_costs_only_itself_and_is_told_once(library: Library, folder: Path) -> None:
    ids = filled(library)
    rated(library, ids, 5)
    library.close()
    altered = spoil(folder, 2)
    with Library.open(folder) as again:
        assert again.read_only is None
        assert [step.number for step in again.history()] == [5, 4, 2, 1]
        again.mark(ids, star())
        (warning,) = again.warnings()
        assert "history.jsonl were damaged" in warning
        again.mark(ids, star(starred=False))
        assert again.warnings() == []
        assert [step.number for step in again.history()] == [7, 6, 5, 4, 2, 1]
        assert [again.undo().name for _ in range(4)] == ["unstar", "star", "step 4", "step 3"]
    (aside,) = folder.glob("history.jsonl.damaged-*")
    assert aside.read_bytes() == altered
    assert aside.stat().st_mode & 0o077 == 0


def test_what_was_set_aside_is_never_overwritten(library: Library, folder: Path) -> None:
    ids = filled(library)
    rated(library, ids, 4)
    library.close()
    altered = []
    for line in (1, 1):
        altered.append(spoil(folder, line))
        with Library.open(folder) as again:
            again.warm_up()
    assert sorted(one.read_bytes() for one in folder.glob("history.jsonl.damaged-*")) == sorted(altered)


@pytest.mark.parametrize(
    "data", [b"\0" * 500, b"\n\n\n", b"nonsense\n" * 50, b'00000000 {"number": 1}\n', b"\xff\xfe\n"]
)
def test_a_history_of_anything_stops_neither_reading_nor_changing(library: Library, folder: Path, data: bytes) -> None:
    ids = filled(library)
    rated(library, ids, 2)
    library.close()
    (folder / "history.jsonl").write_bytes(data)
    with Library.open(folder) as again:
        assert again.history() == []
        with pytest.raises(NothingToDoError):
            again.undo()
        assert again.mark(ids, star())
        assert [step.name for step in again.history()] == ["star"]
        assert again.undo().name == "star"


def test_when_lines_are_lost_the_marks_are_backed_up_at_once(library: Library, folder: Path) -> None:
    ids = filled(library)
    rated(library, ids, 5)
    library.close()
    spoil(folder, 3)
    with Library.open(folder, now=lambda: NOW) as again:
        again.warm_up()
        assert again.backups()[0].generation == 5
        again.mark(ids, star())
        whole = (folder / "marks.json").read_bytes()
        (folder / "marks.json").write_bytes(b"")
    with Library.open(folder, now=lambda: NOW) as third:
        third.restore(1)
    assert (folder / "marks.json").read_bytes().splitlines()[:-1] == whole.splitlines()[:-1]


def test_lines_that_stand_twice_are_set_aside(library: Library, folder: Path) -> None:
    ids = filled(library)
    rated(library, ids, 3)
    library.close()
    path = folder / "history.jsonl"
    path.write_bytes(path.read_bytes() * 2)
    with Library.open(folder) as again:
        again.warm_up()
        assert [step.number for step in again.history()] == [3, 2, 1]
        assert again.undo().name == "step 2"


def test_a_long_history_is_trimmed_and_numbers_go_on(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "STEPS", 10)
    monkeypatch.setattr(histories, "_MANY", 20)
    ids = filled(library)
    rated(library, ids, 20)
    library.give_out(ids)
    assert len(library.history()) == 20
    library.mark(ids, star())
    steps = library.history()
    assert [step.number for step in steps] == list(range(21, 10, -1))
    assert b'"kind":"keys"' not in (folder / "history.jsonl").read_bytes()
    newest = library.backups()[0]
    assert newest.generation == 21  # the state that the trimmed steps led to
    assert newest.later_steps == 1
    assert [library.undo().name for _ in range(4)] == ["star", "step 19", "step 18", "step 17"]
    with Library.open(folder) as again:
        assert (again.redo().name, again.history(1)[0].number) == ("step 17", 26)


def test_a_history_of_large_steps_is_trimmed_sooner(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "STEPS", 10)
    monkeypatch.setattr(histories, "_SOME", 15)
    monkeypatch.setattr(histories, "_LARGE", 1_000)
    ids = filled(library)
    rated(library, ids, 17)
    assert len(library.history()) == 11


def test_without_a_backup_nothing_is_trimmed(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "STEPS", 2)
    monkeypatch.setattr(histories, "_MANY", 4)
    ids = filled(library)
    (folder / "backups").write_text("in the way")
    rated(library, ids, 8)
    assert len(library.history()) == 8
    assert library.warnings()


def test_two_processes_keep_one_history(library: Library, folder: Path) -> None:
    ids = filled(library)
    with Library.open(folder) as other:
        for number in range(4):
            (library, other)[number % 2].mark(ids, set_rating(number + 1))
        assert [step.number for step in library.history()] == [4, 3, 2, 1]
        assert library.undo().name == "rate 4"
        assert other.undo().name == "rate 3"
        assert library.redo().name == "rate 3"


def line(number: int, name: str = "star", **facts: object) -> Line:
    """A line of the history."""
    given = {"kind": DO, "at": NOW, "of": None, "marks": (), "generation": number, **facts}
    return Line(number=number, name=name, **given)  # type: ignore[arg-type]  # facts are named by the test


@pytest.mark.parametrize("name", ["star", 'tag +"quoted"', "back\\slash\\", '","at":"x","of":7,"marks":[', "ü — 紙"])
def test_a_head_says_what_the_line_says(name: str) -> None:
    one = line(7, name, of=3, marks=({"id": "p1", "before": {}, "after": {}},))
    written = bytes(serialise(one))
    found = head(written, 100)
    assert found == Head(7, 7, DO, 3, 100, 100 + len(written))
    assert parse(written) == one


def test_a_line_with_a_right_checksum_that_is_no_step_is_not_read() -> None:
    import zlib

    for body in (b"[]", b"{}", b"nonsense", b'{"number": 1}', b"\xff", b"[" * 10_000):
        written = b"%08x " % zlib.crc32(body) + body + b"\n"
        assert parse(written) is None
        assert head(written, 0) is None


def heads(*kinds: tuple[int, str, int | None]) -> list[Head]:
    return [Head(number, number, kind, of, 0, 0) for number, kind, of in kinds]


def test_a_step_that_was_trimmed_can_be_neither_undone_nor_done_again() -> None:
    # 1 to 3 are trimmed; then 4 was done, 4, 3 and 2 were taken back, and 2 was done again.
    found = heads((4, "do", None), (5, "undo", 4), (6, "undo", 3), (7, "undo", 2), (8, "redo", 2))
    assert standing(found) == ([], [])
    found = heads((4, "do", None), (5, "do", None), (6, "undo", 5), (7, "redo", 5), (8, "undo", 5))
    undoable, redoable = standing(found)
    assert ([one.number for one in undoable], [one.number for one in redoable]) == ([4], [5])
