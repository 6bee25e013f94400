"""Bytes turned into lines: encodings, line ends, lines of any length, and files that are no text."""

from __future__ import annotations

import codecs
import io
import random
import struct
import tarfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.errors import SourceError, UsageError
from readlist.readers.decoding import PIECE, decoded, known, numbered


def lines(data: bytes) -> list[str]:
    return list(decoded(io.BytesIO(data), "x.txt"))


@pytest.mark.parametrize(
    "data",
    [
        "Müller\nŁódź\n".encode(),
        codecs.BOM_UTF8 + "Müller\nŁódź\n".encode(),
        "Müller\nŁódź\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Müller\nŁódź\n".encode("utf-16-be"),
        "Müller\nŁódź\n".encode("utf-32"),
        "Müller\r\nŁódź\r\n".encode(),
        "Müller\rŁódź\r".encode(),
    ],
    ids=["utf-8", "with a mark", "utf-16", "utf-16 be", "utf-32", "windows line ends", "old line ends"],
)
def test_the_encoding_is_told_by_the_contents(data: bytes) -> None:
    assert lines(data) == ["Müller\n", "Łódź\n"]


def test_what_is_no_utf_8_is_windows_1252_line_by_line() -> None:
    assert lines("Müller “x”\n".encode("cp1252") + "Łódź\n".encode()) == ["Müller “x”\n", "Łódź\n"]


def test_a_long_line_comes_in_pieces_and_no_character_is_cut() -> None:
    text = "é€😀" * (PIECE // 3) + "\nend\n"
    found = lines(text.encode())
    assert "".join(found) == text
    assert max(len(piece) for piece in found) <= PIECE
    assert {number for number, _ in numbered(found[:-1])} == {1}
    assert list(numbered(found))[-1] == (2, "end\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_whole_wherever_the_reading_of_a_long_file_pauses(end: str) -> None:
    text = [f"{'é€😀' * (number % 50)}{number}" for number in range(5000)]
    assert lines(end.join(text).encode()) == [*(line + "\n" for line in text[:-1]), text[-1]]


def test_in_a_long_file_only_the_lines_that_are_no_utf_8_are_windows_1252() -> None:
    text = [f"Łódź “{number}”" for number in range(9000)]
    found = lines("\n".join(text[:8000]).encode() + b"\nM\xfcller\n" + "\n".join(text[8000:]).encode())
    assert found == [*(line + "\n" for line in text[:8000]), "Müller\n", *(x + "\n" for x in text[8000:-1]), text[-1]]


def test_what_becomes_binary_far_down_is_told_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"is not a text file: line 3[0-9]{4} has a zero byte"):
        lines(b"a line\n" * 30_000 + b"\0x\n" * 200_000)


@pytest.mark.parametrize(
    ("head", "kind"),
    [(b"PK\x03\x04rest", "ZIP"), (b"%PDF-1.7\n", "PDF"), (b"a\nb\0c\n", "line 2")],
)
def test_what_is_no_text_is_told(head: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind) as told:
        lines(head)
    assert "x.txt is not a text file" in told.value.message


BIB = "@misc{a,\n  title = {Über alles},\n  author = {Łukasz Müller},\n}\n"


@pytest.mark.parametrize("at", [0, 1, 12, 40, len(BIB.encode())])
@pytest.mark.parametrize("zeros", [1, 2, 5000])
def test_zero_bytes_that_strayed_into_a_text_are_left_out(at: int, zeros: int) -> None:
    data = BIB.encode()
    assert "".join(lines(data[:at] + b"\0" * zeros + data[at:])) == BIB
    long = BIB.encode() * 2000
    assert "".join(lines(long + data[:at] + b"\0" * zeros + data[at:])) == BIB * 2001


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    assert "".join(lines((BIB * 2000).encode(encoding))) == BIB * 2000
    assert "".join(lines(BIB.encode(encoding))) == BIB


@pytest.mark.parametrize(
    "before", [b"", BIB.encode(), BIB.encode() * 2000], ids=["alone", "after a text", "after a long one"]
)
@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(200_000),
        struct.pack("<50000i", *range(50000)),
        struct.pack("<60000h", *range(-30000, 30000)),
        b"name\0\x01\x02size\0\x03\x04" * 20_000,
    ],
    ids=["random", "integers", "samples", "records"],
)
def test_what_is_mostly_no_text_is_told(before: bytes, data: bytes) -> None:
    with pytest.raises(SourceError, match="zero byte"):
        lines(before + data)


def test_a_tar_archive_is_told() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("refs.bib")
        info.size = len(BIB.encode())
        archive.addfile(info, io.BytesIO(BIB.encode()))
    with pytest.raises(SourceError, match="a tar archive"):
        lines(file.getvalue())


@given(st.text(st.characters(exclude_characters="\0\rÃÂâ", exclude_categories=["Cs"])))
def test_any_text_comes_through(text: str) -> None:
    if not text.startswith("\ufeff") and not any(
        text.encode().startswith(one) for one in (b"PK", b"7z", b"%PDF-", b"GIF8", b"BZh")
    ):
        assert "".join(lines(text.encode())) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_told_to_be_none(data: bytes) -> None:
    found: list[str] = []
    with suppress(SourceError):
        found = lines(data)
    if found:
        assert "\r" not in "".join(found)
        assert all("\n" not in line[:-1] for line in found)


RUSSIAN = (
    "@misc{k, title = {\u041e \u043d\u0435\u0439\u0440\u043e\u043d\u043d\u044b\u0445 \u0441\u0435\u0442\u044f\u0445}}\n"
)
JAPANESE = "@misc{k, title = {\u6df1\u5c64\u5b66\u7fd2\u306e\u30c6\u30b9\u30c8}}\n"
CHINESE = "@misc{k, title = {\u6df1\u5ea6\u5b66\u4e60\u7684\u7814\u7a76}}\n"
GERMAN = (
    "@misc{k, title = {\u00dcber gro\u00dfe \u201eSprachmodelle\u201c \u2013 eine \u00dcbersicht},\n"
    " author = {Andr\u00e9, Fran\u00e7ois}}\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5hkscs"),
    ],
)
def test_an_encoding_that_was_guessed_wrongly_is_told_and_can_be_given(text: str, encoding: str) -> None:
    raw = text.encode(encoding, "replace")
    told: list[int] = []
    assert "".join(decoded(io.BytesIO(raw), "a.bib", None, lambda: told.append(1))) != text
    assert told
    told.clear()
    assert "".join(decoded(io.BytesIO(raw), "a.bib", known(encoding), lambda: told.append(1))) == raw.decode(encoding)
    assert not told


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1"])
def test_letters_that_were_encoded_twice_are_read_as_they_were_meant_and_told(taken_for: str) -> None:
    text = "Grégoire Mialon · São Paulo – naïve Lukás\n"
    told: list[int] = []
    twice = text.encode().decode(taken_for, "strict").encode()
    assert list(decoded(io.BytesIO(twice + b"plain\n"), "a.bib", None, lambda: told.append(1))) == [text, "plain\n"]
    assert told


@pytest.mark.parametrize("text", ["São Paulo", "PARÂ · x", "Ã", "VOILÀ, ÇA", "GrÃ©goire and Łukasz", "â€ and 日本"])
def test_letters_that_were_encoded_once_stay(text: str) -> None:
    told: list[int] = []
    assert list(decoded(io.BytesIO(text.encode()), "a.bib", None, lambda: told.append(1))) == [text]
    assert not told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_is_surely_known_is_not_told_as_guessed(encoding: str) -> None:
    told: list[int] = []
    for text in (GERMAN,) if encoding == "cp1252" else (GERMAN, RUSSIAN, JAPANESE):
        assert "".join(decoded(io.BytesIO(text.encode(encoding)), "a.bib", None, lambda: told.append(1))) == text
    assert not told


def test_a_byte_order_mark_is_believed_before_what_was_said() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert "".join(decoded(io.BytesIO(RUSSIAN.encode(encoding)), "a.bib", known("cp1251"))) == RUSSIAN


@pytest.mark.parametrize("name", ["no-such", "base64", "rot13", "hex", "idna", "undefined", "zlib", ""])
def test_what_is_no_encoding_of_text_is_a_wrong_word(name: str) -> None:
    with pytest.raises(UsageError, match="no encoding is called"):
        known(name)
