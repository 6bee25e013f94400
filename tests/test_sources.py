"""What papers are read from: folders file by file, and what a text that was dropped or pasted means."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from readlist.cli.words import json_pieces
from readlist.errors import SourceError
from readlist.ingest import ingest
from readlist.library import Library
from readlist.query import parse
from readlist.settings import STATUSES
from readlist.sources import at, pasted
from tests.papers import TODAY

LISTING = "CLFeb 9, 2023\nA Study of ThingsAnn Author, Bob Builder\nText.\n"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with files of several kinds, links and hidden files."""
    folder = tmp_path / "mixed"
    (folder / "inner" / ".git").mkdir(parents=True)
    (folder / "a.txt").write_text(LISTING)
    (folder / "inner" / "b.bib").write_text("@misc{k, title = {Another Study}, author = {Dee, Cy}, year = 2020}\n")
    (folder / "ids.md").write_text("2302.04761\n")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "what.txt").write_text("nothing of the kind\n")
    (folder / ".hidden.txt").write_text(LISTING.replace("Things", "Secrets"))
    (folder / "inner" / ".git" / "c.txt").write_text(LISTING.replace("Things", "Secrets"))
    (folder / "inner" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "inner" / "again.txt").symlink_to(folder / "a.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    os.mkfifo(folder / "pipe")
    return folder


def test_papers_that_are_known_already_are_not_counted_as_uncertain(library: Library, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(
        "@misc{k, title = {Toolformer}, author = {Schick, Timo}, eprint = {2302.04761}, eprinttype = {arxiv}}\n"
    )
    (tmp_path / "ids.txt").write_text("2302.04761\n2301.00001\n")
    ingest(library, at(tmp_path / "refs.bib"), as_of=TODAY)
    assert ingest(library, at(tmp_path / "ids.txt"), as_of=TODAY, dry_run=True).uncertain == 1
    assert ingest(library, at(tmp_path / "ids.txt"), as_of=TODAY).uncertain == 1
    assert len(library.select(parse("is:uncertain", statuses=STATUSES, today=TODAY))) == 1
    assert ingest(library, at(tmp_path / "ids.txt"), as_of=TODAY).uncertain == 1


def test_a_folder_is_read_file_by_file_and_what_cannot_be_read_is_told(library: Library, mixed: Path) -> None:
    report = ingest(library, at(mixed), as_of=TODAY)
    assert (report.new, report.rejected, report.format) == (3, (), None)
    told = dict(report.skipped)
    assert sorted(told) == ["nowhere.txt", "photo.png", "what.txt"]
    assert "a picture" in told["photo.png"]
    assert "no reader knows" in told["what.txt"]
    assert "No such file" in told["nowhere.txt"]
    assert [sorted(one) for one in json.loads("".join(json_pieces(report.record())))["skipped"]] == [
        ["reason", "source"]
    ] * 3
    assert report.done == report.size or report.size is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_a_folder_that_may_not_be_read_is_told(library: Library, mixed: Path) -> None:
    (mixed / "a.txt").chmod(0)
    report = ingest(library, at(mixed), as_of=TODAY)
    assert "Permission denied" in dict(report.skipped)["a.txt"]


def test_a_file_that_turns_out_to_be_no_text_keeps_what_came_before(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "a.txt").write_text(LISTING)
    text = LISTING.replace("Things", "Zeros").encode()
    (folder / "b.txt").write_bytes(text * (70_000 // len(text)) + b"\1\0" * 9000)
    report = ingest(library, at(folder), as_of=TODAY)
    assert report.accepted
    assert "zero byte" in dict(report.skipped)["b.txt"]


def test_a_file_that_is_named_is_not_passed_over(library: Library, mixed: Path) -> None:
    with pytest.raises(SourceError, match="a picture"):
        ingest(library, at(mixed / "photo.png"), as_of=TODAY)


def test_a_folder_without_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(SourceError, match="holds no file"):
        at(tmp_path)


@pytest.mark.parametrize(
    "shape",
    [
        "{0}", "'{0}'", '"{0}"', "  {0}  \n", "file://{2}", "file://localhost{2}", "{1}", "{0}\n{0}", "{1} {1}",
        "file://{2}\r\nfile://{2}\r\n", "'{0}' '{0}'",
    ],
)  # fmt: skip
def test_a_dropped_file_is_read_however_the_terminal_writes_its_path(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "my 100% (new) listing's.txt"
    path.write_text(LISTING)
    shell = "".join(f"\\{char}" if char in " ()'%" else char for char in str(path))
    quoted = str(path)
    if shape.count("'"):
        path = path.rename(tmp_path / "my 100% (new) listing.txt")
        quoted = str(path)
    words = shape.format(quoted, shell, path.as_uri().removeprefix("file://"))
    found = pasted(words)
    assert {source.name for source in found} == {path.name}
    assert len(found) == max(shape.count("{"), 1)
    with found[0].open() as file:
        assert file.read().decode() == LISTING


@pytest.mark.parametrize(
    "text", [LISTING, "2302.04761", "https://doi.org/10.1145/abc\n", "@misc{k, title={x}}", "a\nb"]
)
def test_a_text_that_names_no_file_is_itself_the_source(text: str) -> None:
    (source,) = pasted(text)
    with source.open() as file:
        assert (source.name, file.read().decode()) == ("paste", text)


@pytest.mark.parametrize("text", ["nowhere.txt", "~/nowhere", "file:///nowhere/at/all.bib", "/no\0where", "x" * 5000])
def test_a_path_to_nothing_is_told(text: str) -> None:
    with pytest.raises(SourceError, match="cannot read"):
        pasted(text)


def test_a_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine.txt").write_text(LISTING)
    assert [source.name for source in pasted("~/mine.txt")] == ["mine.txt"]
