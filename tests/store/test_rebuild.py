"""A damaged, lost or emptied catalogue is set aside and made again; nothing of the marks is touched."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from readlist.errors import DamagedError, ForeignError, ReadlistError, ReadOnlyError, StoreError
from readlist.ingest import Source, ingest, welcome
from readlist.library import Library
from readlist.mark import Mark, add_note, change_tags, set_rating, set_status, star
from readlist.paper import Entry, Identifiers
from readlist.query import ALL, Query, Text
from readlist.store import schema
from tests.listings import listing
from tests.papers import NOW, paper

AS_OF = date(2026, 4, 1)
PAPERS, MARKED = 60, 12
PAGE = 4096


def filled(folder: Path, papers: int = PAPERS, marked: int = MARKED) -> dict[str, Entry]:
    """Make a library of which some papers are marked; all its papers by id."""
    with Library.open(folder, now=lambda: NOW) as library:
        ingest(library, [Source.from_text(listing(papers), "listing.txt")], as_of=AS_OF)
        found = library.entries(library.select(ALL))
        chosen = [entry.id for entry in found[:: papers // marked]][:marked]
        library.mark(chosen, star())
        library.mark(chosen[: marked // 2], change_tags(add=["rl/offline"]))
        library.mark(chosen[: marked // 3], add_note("n1", "worth a talk"))
    return papers_of(folder)


def papers_of(folder: Path) -> dict[str, Entry]:
    """Return the papers of a library in their order, by id."""
    with Library.open(folder) as library:
        return looked_at(library)


def looked_at(library: Library) -> dict[str, Entry]:
    """Ask a library for all that it has."""
    library.tags()
    library.select(Query(Text("policies")))
    return {entry.id: entry for entry in library.entries(library.select(ALL))}


def marked(entries: dict[str, Entry]) -> dict[str, Entry]:
    return {key: entry for key, entry in entries.items() if entry.mark.starred}


def aside(folder: Path) -> list[Path]:
    """Return the files that were set aside."""
    return sorted(folder.glob("catalogue.sqlite.damaged-*"))


def files(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder and what is in each."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def is_well(path: Path) -> None:
    """Ask SQLite to look at every page, and at the full text against what it is of."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    connection.close()


def spoil_first_page(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"\x00" * 100 + data[100:])


def spoil_tables(path: Path) -> None:
    """Overwrite the root page of the table of papers, which the first look at a library does not read."""
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'papers'").fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * PAGE : root * PAGE] = b"\x5a" * PAGE
    path.write_bytes(data)


# ---------------------------------------------------------------------- what is found at the start

SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "random bytes": lambda _: Random(1).randbytes(30_000),
    "zeros": lambda data: bytes(len(data)),
    "no text at all": lambda _: b"not a database at all",
    "cut in the header": lambda data: data[:60],
    "cut in the first page": lambda data: data[:1000],
    "cut in the middle": lambda data: data[: len(data) // 2],
    "header gone": lambda data: bytes(100) + data[100:],
    "schema gone": lambda data: data[:100] + bytes(PAGE - 100) + data[PAGE:],
    "application id gone": lambda data: data[:68] + bytes(4) + data[72:],
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_catalogue_is_set_aside_and_made_again(folder: Path, how: str) -> None:
    before = filled(folder)
    marks = (folder / "marks.json").read_bytes()
    path = folder / "catalogue.sqlite"
    spoilt = SPOILT[how](path.read_bytes())
    path.write_bytes(spoilt)
    with Library.open(folder) as library:
        (notice,) = library.notices
        after = looked_at(library)
        assert not library.fresh
        assert not welcome(library)
        assert library.read_only is None
    assert marked(after).keys() == marked(before).keys()
    assert all(after[key].mark == entry.mark for key, entry in marked(before).items())
    assert all(after[key].citekey == entry.citekey for key, entry in marked(before).items())
    assert (folder / "marks.json").read_bytes() == marks
    (kept,) = aside(folder)
    assert kept.read_bytes() == spoilt
    assert kept.name in notice
    assert notice.startswith(f"catalogue.sqlite was {'empty' if how == 'empty' else 'damaged'}: ")
    is_well(path)
    with Library.open(folder) as again:
        assert again.notices == ()


@pytest.mark.parametrize("how", ["header gone", "schema gone", "application id gone"])
def test_every_paper_that_can_be_read_is_as_it_was(folder: Path, how: str) -> None:
    before = filled(folder)
    path = folder / "catalogue.sqlite"
    path.write_bytes(SPOILT[how](path.read_bytes()))
    with Library.open(folder) as library:
        assert library.notices[0].startswith(f"catalogue.sqlite was damaged: {PAPERS} papers were saved from it; ")
        after = looked_at(library)
    assert after == before
    assert list(after) == list(before)


def test_namesakes_whose_page_is_damaged_keep_their_citation_keys(folder: Path) -> None:
    before = filled(folder, 300)
    keys = {entry.citekey for entry in before.values()}
    path = folder / "catalogue.sqlite"
    whole = path.read_bytes()
    twins = [entry for entry in before.values() if entry.citekey[-1] == "b" and entry.citekey[:-1] in keys]
    pages = {
        number
        for number in range(1, len(whole) // PAGE)
        for one in twins
        if one.citekey.encode() in (page := whole[number * PAGE : (number + 1) * PAGE]) and one.id.encode() in page
    }
    assert pages
    for number in sorted(pages)[:5]:
        path.write_bytes(whole[: number * PAGE] + b"\x5a" * PAGE + whole[(number + 1) * PAGE :])
        with Library.open(folder) as library:
            library.rebuild_catalogue()
            after = looked_at(library)
        assert {key: entry.citekey for key, entry in after.items()} == {key: before[key].citekey for key in after}


def test_a_damaged_page_costs_only_its_own_rows(folder: Path) -> None:
    before = filled(folder, 300)
    path = folder / "catalogue.sqlite"
    whole = path.read_bytes()
    costs = []
    for number in range(1, len(whole) // PAGE, 5):
        path.write_bytes(whole[: number * PAGE] + b"\x5a" * PAGE + whole[(number + 1) * PAGE :])
        with Library.open(folder) as library:
            library.rebuild_catalogue()
            after = looked_at(library)
        assert marked(before).keys() <= after.keys() <= before.keys()
        assert all(after[key].citekey == before[key].citekey for key in after)
        costs.append(len(before) - len(after))
    assert max(costs) < 20
    assert sum(costs) > 0


def test_what_the_rest_lacks_comes_back_by_ingesting_again(folder: Path) -> None:
    before = filled(folder)
    (folder / "catalogue.sqlite").write_bytes(b"gone")
    with Library.open(folder, now=lambda: NOW) as library:
        assert library.count() == MARKED
        report = ingest(library, [Source.from_text(listing(PAPERS), "listing.txt")], as_of=AS_OF)
        assert (report.new, report.updated) == (PAPERS - MARKED, MARKED)
        assert looked_at(library) == before


def test_what_the_marks_do_not_tell_comes_back_from_the_listing(library: Library, folder: Path) -> None:
    told = paper(
        "A $\\beta$", "Ann Author", authors_truncated=True, date="2025-02-06", year_inferred=True, uncertain=("title",)
    )
    library.mark(library.add([told]).ids, star())
    library.close()
    (folder / "catalogue.sqlite").unlink()
    with Library.open(folder) as again:
        (entry,) = looked_at(again).values()
        assert (entry.paper.sources, entry.paper.authors_truncated) == (("marks.json",), False)
        again.add([replace(told, date="2026-02-06")])
        (entry,) = looked_at(again).values()
    assert entry.paper == told


def test_a_lost_catalogue_is_made_of_the_marks(folder: Path) -> None:
    before = filled(folder)
    (folder / "catalogue.sqlite").unlink()
    with Library.open(folder) as library:
        (notice,) = library.notices
        assert notice.startswith(f"catalogue.sqlite was missing: {MARKED} papers were taken from your marks; ingest")
        assert looked_at(library).keys() == marked(before).keys()
        assert library.find(next(iter(marked(before))))
    assert not aside(folder)


def test_a_catalogue_that_never_held_a_paper_beside_marks_is_made_of_them(folder: Path) -> None:
    before = filled(folder)
    (folder / "catalogue.sqlite").unlink()
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    schema.create(connection)
    connection.close()
    with Library.open(folder) as library:
        assert "was empty" in library.notices[0]
        assert looked_at(library).keys() == marked(before).keys()
    assert len(aside(folder)) == 1


def test_a_lost_catalogue_of_which_nothing_is_known_is_told(folder: Path) -> None:
    with Library.open(folder) as library:
        ingest(library, [Source.from_text(listing(3), "listing.txt")], as_of=AS_OF)
    (folder / "catalogue.sqlite").unlink()
    with Library.open(folder) as library:
        assert library.notices == ("catalogue.sqlite was missing: nothing is known of it; ingest your listings again",)
        assert not library.fresh
    with Library.open(folder) as library:
        assert library.notices == ()


def test_a_new_library_is_no_damaged_one(folder: Path) -> None:
    with Library.open(folder) as library:
        assert library.fresh
        assert library.notices == ()
    (folder / "catalogue.sqlite").write_bytes(b"")
    with Library.open(folder) as library:
        assert library.fresh
        assert library.notices == ()


def test_a_damaged_library_without_marks_and_papers_is_not_fresh(folder: Path) -> None:
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes(b"?" * 5000)
    with Library.open(folder) as library:
        assert "nothing could be saved from it" in library.notices[0]
        assert not library.fresh
        assert library.count() == 0
        library.add([paper()])
        assert library.count() == 1


def test_former_ids_and_identifiers_are_saved(library: Library, folder: Path) -> None:
    named = Identifiers(arxiv="2302.04761", doi="10.1000/182")
    library.add([paper("A Title", "Ann Author", identifiers=named)])
    (other,) = library.add([paper("Another Title", "Ann Author", identifiers=named)]).ids
    alias = paper("Another Title", "Ann Author").id
    assert alias != other
    library.close()
    spoil_first_page(folder / "catalogue.sqlite")
    with Library.open(folder) as again:
        for key in (alias, other, "arXiv:2302.04761", "https://doi.org/10.1000/182"):
            found = again.find(key)
            assert found is not None
            assert found.id == other


def test_removed_papers_stay_removed(folder: Path) -> None:
    before = filled(folder)
    gone = list(before)[3:40]
    with Library.open(folder) as library:
        library.give_out(gone)
        library.remove(gone)
    spoil_first_page(folder / "catalogue.sqlite")
    after = papers_of(folder)
    assert after.keys() == before.keys() - set(gone)
    with Library.open(folder, now=lambda: NOW) as library:
        library.undo()
        assert looked_at(library) == before


def test_a_removal_that_the_damaged_catalogue_missed_is_made_up_for(folder: Path) -> None:
    before = filled(folder)
    path = folder / "catalogue.sqlite"
    whole = path.read_bytes()
    gone = list(before)[:5]
    with Library.open(folder) as library:
        library.remove(gone)
    path.write_bytes(whole)
    spoil_first_page(path)
    # The header is lost, and with it the number of the marks' generation is not: it stands in a table.
    assert papers_of(folder).keys() == before.keys() - set(gone)


def test_what_only_the_log_has_is_saved(folder: Path) -> None:
    script = f"""
import os, signal
from readlist.library import Library
from tests.papers import paper
library = Library.open(__import__("pathlib").Path({str(folder)!r}))
library.add(paper(f"Title {{n}}", "Ann Author", abstract="word " * 300) for n in range(50))
os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[2])
    assert died.returncode == -signal.SIGKILL
    assert (folder / "catalogue.sqlite-wal").stat().st_size > PAGE
    spoil_first_page(folder / "catalogue.sqlite")
    log = (folder / "catalogue.sqlite-wal").read_bytes()
    (folder / "catalogue.sqlite").write_bytes(b"")  # which SQLite takes for a reason to delete the log
    with Library.open(folder) as library:
        assert "50 papers were saved from it" in library.notices[0]
        assert library.count() == 50
        assert all(len(entry.paper.abstract or "") == 1500 for entry in looked_at(library).values())
    assert [file.read_bytes() for file in aside(folder) if file.name.endswith("-wal")] == [log]


def test_a_second_damaged_file_does_not_take_the_place_of_the_first(folder: Path) -> None:
    filled(folder)
    for content in (b"one", b"two", b"three"):
        (folder / "catalogue.sqlite").write_bytes(content)
        Library.open(folder, now=lambda: NOW).close()
    names = [file.name.removeprefix("catalogue.sqlite.damaged-20260401T120000Z") for file in aside(folder)]
    assert names == ["", "-2", "-3"]
    assert [file.read_bytes() for file in aside(folder)] == [b"one", b"two", b"three"]


# ---------------------------------------------------------------------- what is left alone


def test_a_newer_catalogue_and_another_programs_file_are_left_alone(folder: Path) -> None:
    filled(folder)
    path = folder / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    newer = path.read_bytes()
    for suspect in (False, True):
        if suspect:
            (folder / "catalogue.suspect").touch()
        with pytest.raises(ForeignError, match="newer readlist"):
            Library.open(folder)
        assert path.read_bytes() == newer
    path.unlink()
    (folder / "catalogue.suspect").unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    other = path.read_bytes()
    with pytest.raises(ForeignError, match="not a catalogue"):
        Library.open(folder)
    assert path.read_bytes() == other
    assert not aside(folder)


@contextmanager
def as_someone_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Root may write everywhere; another user may not."""
    root = os.geteuid() == 0
    monkeypatch.setattr(os, "access", partial(os.access, effective_ids=True))
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_damaged_catalogue_that_cannot_be_set_aside_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        filled(folder)
        spoil_first_page(folder / "catalogue.sqlite")
        before = files(folder)
        for file in folder.iterdir():
            file.chmod(0o755)
        folder.chmod(0o555)
        with as_someone_else(monkeypatch), pytest.raises(DamagedError, match=r"catalogue\.sqlite is damaged") as caught:
            Library.open(folder)
        folder.chmod(0o755)
        assert "marks and notes are in another file" in caught.value.hint
        assert files(folder) == before
        with pytest.raises(DamagedError):
            Library.open(folder, read_only=True)
        assert files(folder) == before


@pytest.mark.parametrize("spoil", [spoil_first_page, lambda path: path.write_bytes(b"")])
def test_damaged_marks_are_left_alone_and_the_library_can_be_read(folder: Path, spoil: object) -> None:
    before = filled(folder)
    marks = (folder / "marks.json").read_bytes()
    (folder / "marks.json").write_bytes(marks[:-40])
    spoil_first_page(folder / "catalogue.sqlite")
    with Library.open(folder) as library:
        assert library.notices
        assert library.read_only is not None
        assert "marks.json is damaged" in library.read_only
        assert looked_at(library) == before  # the marks too, as the old catalogue mirrored them
        with pytest.raises(ReadOnlyError):
            library.mark(list(before), star())
    assert (folder / "marks.json").read_bytes() == marks[:-40]
    (folder / "marks.json").write_bytes(marks)
    with Library.open(folder) as library:
        assert library.read_only is None
        assert library.notices == ()
        assert looked_at(library) == before


def test_marks_that_are_older_than_the_history_are_not_taken_for_the_latest(folder: Path) -> None:
    before = filled(folder)
    older = (folder / "marks.json").read_bytes()
    chosen = list(before)[1:4]
    with Library.open(folder) as library:
        for rating in (1, 2, 3):
            library.mark(chosen, set_rating(rating))
    (folder / "marks.json").write_bytes(older)
    spoil_first_page(folder / "catalogue.sqlite")
    with Library.open(folder) as library:
        assert f"{PAPERS} papers were saved" in library.notices[0]
        assert library.damage is not None
        assert "older" in library.damage
        assert looked_at(library)[chosen[0]].mark.rating == 3  # as the old catalogue mirrored it
        library.restore(0)
        assert library.read_only is None
        found = looked_at(library)
    assert all(found[key].mark.rating == 3 for key in chosen)
    assert marked(found).keys() == marked(before).keys()


def test_marks_that_nobody_can_read_are_put_together_from_what_was_saved(folder: Path) -> None:
    before = filled(folder)
    with Library.open(folder) as library:
        library.remove(list(before)[:2])
        before = looked_at(library)
    (folder / "marks.json").unlink()
    spoil_first_page(folder / "catalogue.sqlite")
    with Library.open(folder) as library:
        assert library.damage is not None
        assert "missing" in library.damage
        library.restore(0)
        found = looked_at(library)
    assert found.keys() == before.keys()
    assert [replace(one.mark, changed=None) for one in found.values()] == [
        replace(one.mark, changed=None) for one in before.values()
    ]


# ---------------------------------------------------------------------- what is found later


def test_damage_that_a_query_meets_is_named_and_mended_at_the_next_start(folder: Path) -> None:
    before = filled(folder)
    spoil_tables(folder / "catalogue.sqlite")
    with Library.open(folder) as library:
        assert library.notices == ()
        with pytest.raises(DamagedError, match=r"catalogue\.sqlite is damaged") as caught:
            looked_at(library)
        assert "readlist restore --catalogue" in caught.value.hint
    with Library.open(folder) as library:
        assert f"{PAPERS} papers were saved" in library.notices[0]
        assert looked_at(library) == before
    assert not (folder / "catalogue.suspect").exists()
    with Library.open(folder) as library:
        assert library.notices == ()


def test_a_library_that_is_open_is_mended_and_goes_on(folder: Path) -> None:
    before = filled(folder)
    spoil_tables(folder / "catalogue.sqlite")
    with Library.open(folder) as library, Library.open(folder) as other:
        for one in (library, other):
            with pytest.raises(DamagedError):
                looked_at(one)
        assert f"{PAPERS} papers were saved" in library.rebuild_catalogue()
        assert looked_at(library) == before
        assert other.changed_elsewhere()
        assert looked_at(other) == before  # the other process follows to the new file
        step = other.mark(list(before)[:1], set_status("read"))
        assert step is not None
        assert library.changed_elsewhere()
        assert looked_at(library)[next(iter(before))].mark.status == "read"
    is_well(folder / "catalogue.sqlite")


def test_a_record_that_cannot_be_read_is_remembered_too(folder: Path) -> None:
    before = filled(folder)
    unmarked = next(key for key, entry in before.items() if not entry.mark.starred)
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute(
            "UPDATE facts SET record = '{' WHERE row = (SELECT row FROM papers WHERE id = ?)", (unmarked,)
        )
    connection.close()
    with pytest.raises(DamagedError) as caught:
        papers_of(folder)
    assert "restore --catalogue" in caught.value.hint
    assert papers_of(folder).keys() == before.keys() - {unmarked}


def test_a_read_only_library_remembers_nothing_and_mends_nothing(folder: Path) -> None:
    filled(folder)
    spoil_tables(folder / "catalogue.sqlite")
    names = {file.name for file in folder.iterdir()}
    with Library.open(folder, read_only=True) as library:
        with pytest.raises(DamagedError):
            looked_at(library)
        with pytest.raises(ReadOnlyError):
            library.rebuild_catalogue()
    assert {file.name for file in folder.iterdir()} - names <= {"catalogue.sqlite-wal", "catalogue.sqlite-shm"}


def test_opening_has_made_again_is_not_made_again_once_more(folder: Path) -> None:
    filled(folder)
    spoil_first_page(folder / "catalogue.sqlite")
    with Library.open(folder) as library:
        assert library.rebuild_catalogue() == library.notices[0]
    assert len(aside(folder)) == 1


def test_a_sound_catalogue_can_be_made_again_when_it_is_asked_for(folder: Path) -> None:
    before = filled(folder)
    with Library.open(folder) as library:
        library.rebuild_catalogue()
        assert looked_at(library) == before
    assert len(aside(folder)) == 1


# ---------------------------------------------------------------------- several processes, and kills


def run(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "readlist", "--library", folder, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_of_several_processes_one_mends_and_the_others_use_it(folder: Path) -> None:
    filled(folder)
    spoil_first_page(folder / "catalogue.sqlite")
    running = [run(folder, "list", "--json") for _ in range(4)]
    told = [(process.communicate(timeout=60), process.returncode) for process in running]
    assert [status for _, status in told] == [0] * 4, told
    assert len({out for (out, _), _ in told}) == 1
    notes = [err for (_, err), _ in told if err]
    assert len(notes) == 1
    assert notes[0].startswith(f"note: catalogue.sqlite was damaged: {PAPERS} papers were saved from it; ")
    assert len(aside(folder)) == 1


DIE = """
import os, pathlib, signal, sys
left = int(sys.argv[2])
def count(event, args):
    global left
    if event in {"os.rename", "os.link", "os.remove"} and "catalogue" in str(args[0]):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
from readlist.library import Library
sys.addaudithook(count)
Library.open(pathlib.Path(sys.argv[1])).close()
"""


@pytest.mark.slow
def test_a_rebuild_that_is_killed_before_any_of_its_moves_is_ended_by_the_next_start(tmp_path: Path) -> None:
    deaths = 0
    while True:
        folder = tmp_path / str(deaths)
        before = filled(folder)
        spoil_first_page(folder / "catalogue.sqlite")
        (folder / "catalogue.sqlite-wal").write_bytes(b"")
        spoilt = (folder / "catalogue.sqlite").read_bytes()
        command = [sys.executable, "-c", DIE, str(folder), str(deaths)]
        died = subprocess.run(command, check=False, cwd=Path(__file__).parents[2])
        with Library.open(folder) as library:
            assert looked_at(library) == before
            assert not library.fresh
        assert spoilt in [file.read_bytes() for file in aside(folder)]
        left = {name for name in files(folder) if "damaged" not in name}
        assert left == {"catalogue.sqlite", "marks.json", "history.jsonl", "lock"}
        is_well(folder / "catalogue.sqlite")
        if died.returncode == 0:
            break
        assert died.returncode == -signal.SIGKILL
        deaths += 1
    assert deaths > 4


def test_a_rebuild_that_finds_no_room_leaves_the_damaged_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder)
    spoil_first_page(folder / "catalogue.sqlite")
    before = files(folder)

    def full(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 3")
        create(connection)

    create = schema.create
    with monkeypatch.context() as patch:
        patch.setattr(schema, "create", full)
        with pytest.raises(StoreError, match="disk is full"):
            Library.open(folder)
    assert files(folder) == before
    with Library.open(folder) as library:
        assert library.count() == PAPERS


# ---------------------------------------------------------------------- torture


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, bytes, dict[str, Entry]]:
    """A library of 500 papers of which 40 are marked: its catalogue, marks and history, and the papers."""
    folder = tmp_path_factory.mktemp("sound") / "library"
    entries = filled(folder, 500, 40)
    assert len(marked(entries)) == 40
    names = ("catalogue.sqlite", "marks.json", "history.jsonl")
    catalogue, marks, history = ((folder / name).read_bytes() for name in names)
    return catalogue, marks, history, entries


def told(found: dict[str, Entry], wanted: Iterable[str]) -> list[tuple[str, str, Mark]]:
    """Return what of these papers must never be lost."""
    return [(found[key].id, found[key].citekey, found[key].mark) for key in wanted if key in found]


def survives(folder: Path, spoilt: bytes, sound: tuple[bytes, bytes, bytes, dict[str, Entry]]) -> str:
    """Open a library with that catalogue and look at all of it; how it went."""
    _, marks, history, entries = sound
    folder.mkdir()
    for name, data in (("catalogue.sqlite", spoilt), ("marks.json", marks), ("history.jsonl", history)):
        (folder / name).write_bytes(data)
    wanted = marked(entries)
    try:
        library = Library.open(folder)
    except ForeignError:  # the number of the schema was hit, which then is that of a newer readlist
        assert (folder / "catalogue.sqlite").read_bytes() == spoilt
        return "foreign"
    with library:
        outcome = "mended" if library.notices else "read"
        try:
            found = looked_at(library)
        except ReadlistError:
            outcome, found = "mended later", {}
        if told(found, wanted) != told(wanted, wanted):
            library.rebuild_catalogue()
            found = looked_at(library)
    assert told(found, wanted) == told(wanted, wanted)
    if outcome != "read":
        is_well(folder / "catalogue.sqlite")
    assert (folder / "marks.json").read_bytes() == marks
    return outcome


@pytest.mark.slow
def test_a_catalogue_cut_anywhere_keeps_what_is_marked(
    tmp_path: Path, sound: tuple[bytes, bytes, bytes, dict[str, Entry]]
) -> None:
    whole = sound[0]
    for percent in range(0, 100, 5):
        assert survives(tmp_path / str(percent), whole[: len(whole) * percent // 100], sound) == "mended"


def altered(whole: bytes, random: Random) -> bytes:
    """Return a file with one thing wrong: a flipped bit, a page of another place, zeros or noise in it."""
    data = bytearray(whole)
    pages = len(data) // PAGE
    begin = random.randrange(pages) * PAGE
    kind = random.choice(("bit", "bit in the first page", "bits of a page", "splice", "zeros", "noise"))
    if kind == "bit":
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    elif kind == "bit in the first page":
        data[random.randrange(PAGE)] ^= 1 << random.randrange(8)
    elif kind == "bits of a page":
        for _ in range(20):
            data[begin + random.randrange(PAGE)] ^= 1 << random.randrange(8)
    elif kind == "splice":
        other = random.randrange(pages) * PAGE
        data[begin : begin + PAGE] = whole[other : other + PAGE]
    else:
        data[begin : begin + PAGE] = bytes(PAGE) if kind == "zeros" else random.randbytes(PAGE)
    return bytes(data)


@pytest.mark.slow
def test_a_catalogue_altered_anywhere_keeps_what_is_marked(
    tmp_path: Path, sound: tuple[bytes, bytes, bytes, dict[str, Entry]]
) -> None:
    outcomes = [survives(tmp_path / str(seed), altered(sound[0], Random(seed)), sound) for seed in range(300)]
    assert {"read", "mended", "mended later"} <= set(outcomes)
    assert outcomes.count("foreign") < 10
