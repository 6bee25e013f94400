"""Compressed files and archives are read as what they hold; what grows without measure or is damaged is told."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.errors import SourceError
from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.sources import at
from tests.papers import TODAY

LISTING = "CLFeb 9, 2023\nA Study of ThingsAnn Author, Bob Builder\nText.\n"
BIB = "@misc{k, title = {Another Study}, author = {Dee, Cy}, year = 2020}\n"


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress])
def test_a_compressed_file_is_read_as_what_it_holds(library: Library, tmp_path: Path, compress: object) -> None:
    assert callable(compress)
    path = tmp_path / "listing.txt.x"
    path.write_bytes(compress(LISTING.encode()))
    report = ingest(library, at(path), as_of=TODAY)
    assert (report.format, report.new, report.rejected) == ("publications", 1, ())
    assert report.done == report.size == path.stat().st_size


def test_a_compressed_stream_that_cannot_be_sought_in_is_read(library: Library) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

    source = Source("stdin", lambda: Pipe(gzip.compress(LISTING.encode())))
    assert ingest(library, [source], as_of=TODAY).new == 1


@pytest.mark.parametrize("name", ["../refs.bib", "/refs.bib", "./refs.bib", "_refs.bib", "a/__b/refs.bib"])
def test_no_file_of_an_archive_is_left_out_for_an_odd_name(library: Library, tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "all.zip", {name: BIB, "listing.txt": LISTING})
    assert ingest(library, at(path), as_of=TODAY).new == 2
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".bib"] == []


def test_an_archive_that_is_cut_off_costs_its_folder_nothing_else(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "all.zip").write_bytes(packed(tmp_path / "all.zip", {"listing.txt": LISTING}).read_bytes()[:-30])
    (folder / "refs.bib").write_text(BIB)
    report = ingest(library, at(folder), as_of=TODAY)
    assert (report.new, report.skipped) == (1, (("all.zip", "cannot be unpacked: it is cut off or damaged"),))


def test_an_archive_is_read_file_by_file_like_a_folder(library: Library, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a/listing.txt": LISTING, "refs.bib": BIB, "__MACOSX/x": "x", ".hidden": BIB, "photo.png": b"\x89PNG\r\n\x1a\n",
    }  # fmt: skip
    path = packed(tmp_path / "all.zip", files)
    assert [source.name for source in at(path)] == ["listing.txt", "photo.png", "refs.bib"]
    report = ingest(library, at(path), as_of=TODAY)
    assert report.new == 2
    assert [name for name, _ in report.skipped] == ["photo.png"]
    again = ingest(library, at(tmp_path), as_of=TODAY)
    assert (again.new, again.unchanged) == (0, 2)


def test_a_document_that_is_an_archive_inside_is_no_listing(tmp_path: Path, library: Library) -> None:
    path = packed(tmp_path / "paper.docx", {"[Content_Types].xml": "<x/>", "word/document.xml": LISTING})
    with pytest.raises(SourceError, match="ZIP archive"):
        ingest(library, at(path), as_of=TODAY)


BOMB = BIB.encode() + b" " * (1 << 27)


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, None])
def test_what_grows_without_measure_is_refused_before_anything_of_it_is_read(
    library: Library, tmp_path: Path, compress: Callable[[bytes], bytes] | None
) -> None:
    path = tmp_path / "bomb.x"
    if compress:
        path.write_bytes(compress(BOMB))
    else:
        packed(path, {"bomb.bib": BOMB})
    with pytest.raises(SourceError, match="times its size"):
        ingest(library, at(path), as_of=TODAY)
    assert library.count() == 0


def test_what_begins_to_grow_later_is_refused_then(library: Library, tmp_path: Path) -> None:
    comments = "".join(f"% {number * number:x}\n" for number in range(40_000))
    path = tmp_path / "bomb.bib.gz"
    path.write_bytes(gzip.compress(BIB.encode() + comments.encode()) + gzip.compress(b" " * (1 << 28)))
    with pytest.raises(SourceError, match="times its size"):
        ingest(library, at(path), as_of=TODAY)


def test_a_file_that_grows_costs_the_others_of_its_archive_nothing(library: Library, tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {"bomb.bib": BOMB, "listing.txt": LISTING})
    report = ingest(library, at(path), as_of=TODAY)
    assert (report.new, [name for name, _ in report.skipped]) == (1, ["bomb.bib"])


def test_many_files_that_grow_together_are_refused(library: Library, tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {f"{number}.bib": b" " * (1 << 25) for number in range(8)})
    with pytest.raises(SourceError, match="too large together"):
        ingest(library, at(path), as_of=TODAY)


@pytest.mark.parametrize("end", [20, 30, -1])
def test_a_file_that_is_cut_off_is_told(library: Library, tmp_path: Path, end: int) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(LISTING.encode())[:end])
    with pytest.raises(SourceError, match=r"cut\.gz cannot be unpacked: it is cut off"):
        ingest(library, at(path), as_of=TODAY)


def test_damage_inside_and_a_second_wrapping_are_told(library: Library, tmp_path: Path) -> None:
    data = bytearray(gzip.compress(LISTING.encode()))
    data[20] ^= 0xFF
    (tmp_path / "bad.gz").write_bytes(data)
    with pytest.raises(SourceError, match="cannot be unpacked"):
        ingest(library, at(tmp_path / "bad.gz"), as_of=TODAY)
    (tmp_path / "twice.gz").write_bytes(gzip.compress(gzip.compress(LISTING.encode())))
    with pytest.raises(SourceError, match="in a compressed file"):
        ingest(library, at(tmp_path / "twice.gz"), as_of=TODAY)


def test_an_archive_that_is_damaged_or_cut_off_is_told(library: Library, tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {"refs.bib": BIB * 50})
    data = bytearray(path.read_bytes())
    path.write_bytes(data[:60])
    with pytest.raises(SourceError, match="cannot be unpacked: it is cut off or damaged"):
        ingest(library, at(path), as_of=TODAY)
    data[45] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(SourceError, match="unpacked"):
        ingest(library, at(path), as_of=TODAY)
