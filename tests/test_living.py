"""Exports that are kept up to date: what rewrites them, what leaves them alone, and what never stops a change."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.assets import asset
from readlist.errors import DamagedError, ForeignError, StoreError, UsageError
from readlist.files import replace_file
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.living import Context, keep, refresh, shown, stop, write_anew
from readlist.mark import change_tags, set_rating, star
from readlist.query import ALL
from readlist.settings import STATUSES
from readlist.store.exports import KeptExport
from readlist.writers.options import Options
from tests.papers import TODAY, paper

CONTEXT = Context(STATUSES, TODAY)
DEEP = paper("Deep Nets", "Ann Li", date="2020")
SEAS = paper("Deep Seas", "Bo Li", date="2020")
TREES = paper("On Trees", "Cy Oak", date="2021")


@pytest.fixture
def ids(library: Library) -> list[str]:
    return list(library.add([DEEP, SEAS, TREES]).ids)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


def kept(library: Library, file: Path, query: str = "is:starred", name: str = "bibtex") -> int:
    return keep(library, file, query, name=name, context=CONTEXT)


def keys(file: Path) -> list[str]:
    return [line.partition("{")[2].rstrip(",") for line in file.read_text().splitlines() if line.startswith("@")]


def stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_ino, found.st_mtime_ns


CHANGES: list[tuple[str, Callable[[Library, list[str]], object], list[str]]] = [
    ("a star", lambda library, ids: library.mark(ids[:1], star()), ["li2020deep", "li2020deepb"]),
    ("a star that is taken away", lambda library, ids: library.mark(ids[1:2], star(starred=False)), []),
    ("an undo", lambda library, ids: library.undo(), []),
    ("a removal", lambda library, ids: library.remove(ids[1:2]), []),
    ("another key", lambda library, ids: library.pin_key("li2020deepb", "seas"), ["seas"]),
]


@pytest.mark.parametrize(("change", "after"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES])
def test_a_file_is_written_again_when_its_papers_change(
    library: Library, ids: list[str], file: Path,
    change: Callable[[Library, list[str]], object], after: list[str],
) -> None:  # fmt: skip
    library.mark(ids[1:2], star())
    assert kept(library, file) == 1
    assert keys(file) == ["li2020deepb"]
    change(library, ids)
    assert refresh(library, CONTEXT) == []
    assert keys(file) == after


def test_a_file_is_written_again_when_papers_come_in_or_are_described_better(
    library: Library, ids: list[str], file: Path
) -> None:
    kept(library, file, "author:oak")
    library.add([paper("More Trees", "Cy Oak", date="2022")])
    refresh(library, CONTEXT)
    assert keys(file) == ["oak2021trees", "oak2022more"]
    library.add([paper("On Trees", "Cy Oak", date="2021", venue="Journal of Wood")])
    refresh(library, CONTEXT)
    assert "Journal of Wood" in file.read_text()


def test_a_file_is_not_touched_when_nothing_in_it_changes(library: Library, ids: list[str], file: Path) -> None:
    library.mark(ids[1:2], star())
    kept(library, file)
    before, listed = stamp(file), stamp(library.folder / "exports.json")
    library.mark(ids[:1], set_rating(3))
    assert refresh(library, CONTEXT) == []
    assert (stamp(file), stamp(library.folder / "exports.json")) == (before, listed)
    library.mark(ids[1:2], change_tags(add=["sea"]))
    assert refresh(library, CONTEXT) == []
    assert stamp(file) == before


def test_a_file_is_what_an_export_of_the_same_papers_is(library: Library, ids: list[str], tmp_path: Path) -> None:
    from readlist.cite import export

    for name in ("bibtex", "json"):
        kept(library, tmp_path / name, "", name)
        library.mark(ids[:1], star())
        refresh(library, CONTEXT)
        assert (tmp_path / name).read_text() == "".join(export(library, library.select(ALL), name))
        library.undo()


def test_the_keys_in_a_file_are_given_out_for_ever(library: Library, ids: list[str], file: Path) -> None:
    library.mark(ids[2:], star())
    kept(library, file)
    library.mark(ids[2:], star(starred=False))
    library.remove(ids[2:])
    library.add([paper("Other Trees", "Di Oak", date="2021"), paper("Trees", "Di Oak", date="2021")])
    assert library.find("oak2021trees") is None


def test_what_someone_else_changed_is_left_alone_and_told_until_it_is_written_anew_or_stopped(
    library: Library, ids: list[str], file: Path
) -> None:
    library.mark(ids[1:2], star())
    kept(library, file)
    file.write_text("mine\n")
    assert refresh(library, CONTEXT) == []
    library.mark(ids[:1], star())
    for _ in range(2):
        (told,) = refresh(library, CONTEXT)
        assert str(file) in told
        assert "someone else has changed it" in told
        assert "readlist kept write" in told
    assert file.read_text() == "mine\n"
    assert [one.state for one in shown(library)] == ["changed by someone else"]
    assert write_anew(library, CONTEXT, [str(file)]) == []
    assert keys(file) == ["li2020deep", "li2020deepb"]
    assert [one.state for one in shown(library)] == ["as written"]


def test_a_file_that_was_put_back_to_an_earlier_version_of_readlists_own_is_written_again(
    library: Library, ids: list[str], file: Path
) -> None:
    library.mark(ids[1:2], star())
    kept(library, file)
    earlier = file.read_bytes()
    library.mark(ids[:1], star())
    refresh(library, CONTEXT)
    file.write_bytes(earlier)
    library.mark(ids[2:], star())
    assert refresh(library, CONTEXT) == []
    assert len(keys(file)) == 3


def test_a_file_that_was_deleted_comes_back_with_the_next_change(library: Library, ids: list[str], file: Path) -> None:
    kept(library, file)
    file.unlink()
    assert [one.state for one in shown(library)] == ["missing"]
    library.mark(ids, star())
    assert refresh(library, CONTEXT) == []
    assert len(keys(file)) == 3


def test_one_file_that_cannot_be_written_is_told_and_the_others_are_written(
    library: Library, ids: list[str], tmp_path: Path
) -> None:
    gone, good = tmp_path / "gone" / "refs.bib", tmp_path / "good.bib"
    gone.parent.mkdir()
    kept(library, gone)
    kept(library, good)
    gone.unlink()
    gone.parent.rmdir()
    library.mark(ids[:1], star())
    (told,) = refresh(library, CONTEXT)
    assert f"{gone} is not kept up to date: there is no folder" in told
    assert keys(good) == ["li2020deep"]
    gone.parent.mkdir()
    assert refresh(library, CONTEXT) == []
    assert keys(gone) == ["li2020deep"]


def test_a_query_that_no_longer_means_anything_is_told(library: Library, ids: list[str], file: Path) -> None:
    kept(library, file, "status:skimmed")
    (told,) = refresh(library, Context(STATUSES[:3], TODAY))
    assert "skimmed" in told
    assert refresh(library, CONTEXT) == []


def test_a_file_is_stopped_by_any_path_to_it_and_stays(
    library: Library, ids: list[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    kept(library, Path("refs.bib"))
    assert [one.export.path for one in shown(library)] == [str(file)]
    (file.parent / "link.bib").symlink_to(file)
    with pytest.raises(UsageError, match="nothing is not kept up to date"):
        stop(library, ["nothing"])
    assert [one.path for one in stop(library, ["link.bib", "./refs.bib"])] == [str(file)]
    library.mark(ids, star())
    assert refresh(library, CONTEXT) == []
    assert keys(file) == []
    assert shown(library) == []


def test_a_link_is_followed_and_stays_one(library: Library, ids: list[str], tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    link = tmp_path / "refs.bib"
    link.symlink_to(tmp_path / "project" / "refs.bib")
    kept(library, link)
    library.mark(ids[:1], star())
    refresh(library, CONTEXT)
    assert link.is_symlink()
    assert keys(tmp_path / "project" / "refs.bib") == ["li2020deep"]


def test_to_name_a_file_again_replaces_what_is_kept_in_it(library: Library, ids: list[str], file: Path) -> None:
    kept(library, file)
    kept(library, file, "author:oak")
    assert [one.export.query for one in shown(library)] == ["author:oak"]
    assert keys(file) == ["oak2021trees"]


def test_what_is_no_file_cannot_be_kept_and_nothing_is_remembered_of_what_failed(
    library: Library, ids: list[str], tmp_path: Path
) -> None:
    for path, error in (
        (tmp_path, UsageError),
        (Path(os.devnull), UsageError),
        (tmp_path / "no" / "x.bib", StoreError),
    ):
        with pytest.raises(error):
            kept(library, path)
    with pytest.raises(UsageError):
        kept(library, tmp_path / "x", name="no-format")
    with pytest.raises(UsageError):
        kept(library, tmp_path / "x", "status:nowhere")
    assert shown(library) == []


def test_options_are_remembered(library: Library, ids: list[str], file: Path) -> None:
    keep(library, file, "", name="bibtex", context=CONTEXT, options=Options(unicode=True))
    (one,) = library.exports()
    assert one.options == (("unicode", True),)
    library.save_exports([KeptExport(one.path, "", "bibtex", (("later", True),))])
    (told,) = refresh(library, CONTEXT)
    assert "its option 'later' is not known" in told


@pytest.mark.parametrize("damage", [b"", b"{}", b"null", b"\xff\xfe", b'{"schema": 1, "exports": [], "sha256": ""}'])
def test_a_list_that_cannot_be_read_is_never_taken_for_empty(
    library: Library, ids: list[str], file: Path, damage: bytes
) -> None:
    kept(library, file)
    path = library.folder / "exports.json"
    path.write_bytes(damage)
    library.mark(ids[:1], star())
    (told,) = refresh(library, CONTEXT)
    assert "exports.json is damaged" in told
    for change in (lambda: kept(library, file), lambda: stop(library, [str(file)]), lambda: shown(library)):
        with pytest.raises(DamagedError, match="damaged"):
            change()
    assert path.read_bytes() == damage


def test_a_list_that_was_altered_or_is_of_a_newer_readlist_is_refused(
    library: Library, ids: list[str], file: Path
) -> None:
    kept(library, file)
    path = library.folder / "exports.json"
    whole = path.read_text()
    path.write_text(whole.replace("is:starred", "is:staried"))
    with pytest.raises(DamagedError, match="checksum"):
        library.exports()
    path.write_text(json.dumps({**json.loads(whole), "schema": 2}))
    with pytest.raises(ForeignError, match="newer"):
        library.exports()


def test_the_list_is_for_its_owner_only(library: Library, ids: list[str], file: Path) -> None:
    kept(library, file)
    assert stat.S_IMODE((library.folder / "exports.json").stat().st_mode) == 0o600


def test_a_kill_between_the_list_and_the_file_leaves_a_file_that_is_still_readlists_own(
    library: Library, ids: list[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Nothing catches it."""

    kept(library, file)
    library.mark(ids[:1], star())
    with monkeypatch.context() as dying:

        def dies_after(path: Path, *pieces: bytes, mode: int = 0o600) -> None:
            replace_file(path, *pieces, mode=mode)
            raise Killed

        dying.setattr("readlist.living.writing.replace_file", dies_after)
        with pytest.raises(Killed):
            refresh(library, CONTEXT)
    library.mark(ids[1:2], star())
    assert refresh(library, CONTEXT) == []
    assert keys(file) == ["li2020deep", "li2020deepb"]


def test_a_library_that_is_open_for_reading_only_writes_no_file(library: Library, ids: list[str], file: Path) -> None:
    kept(library, file)
    library.mark(ids, star())
    with Library.open(library.folder, read_only=True) as reading:
        assert refresh(reading, CONTEXT) == []
        assert keys(file) == []


def test_an_ingest_and_its_undo_are_followed(library: Library, file: Path) -> None:
    kept(library, file, "")
    ingest(library, [Source.from_path(asset("sample.txt"))], as_of=TODAY)
    refresh(library, CONTEXT)
    assert len(keys(file)) == 43
    library.undo()
    refresh(library, CONTEXT)
    assert keys(file) == []


def test_pauses_are_made_while_a_long_file_is_written(library: Library, file: Path) -> None:
    library.add(paper(f"Title {n}", f"Ann {n}", date="2023") for n in range(300))
    kept(library, file, "is:starred")
    library.mark(library.ids(library.select(ALL)), star())
    pauses = []
    refresh(library, CONTEXT, pause=lambda: pauses.append(1))
    assert len(keys(file)) == 300
    assert pauses
