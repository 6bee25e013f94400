"""TinyDB over the marks file: the bytes it writes, what is encoded again, and files of earlier schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from readlist.errors import NewerSchemaError, StoreError
from readlist.library import Library
from readlist.mark import set_rating, star
from readlist.store import encoding, envelope
from readlist.store.envelope import SCHEMA, Tables, parse
from readlist.store.storage import MarksStorage
from readlist.view import DEFAULTS, View
from tests.papers import NOW
from tests.store.marks_files import as_file, documents, filled, generation, kept, tables, with_schema

GOLDEN = Path(__file__).parent / "golden"
VIEWS_SINCE = 3
"""The first schema that has saved views."""
RANKS_SINCE = 4
"""The first schema that has places in the queue."""


def test_a_plain_tinydb_inserts_updates_and_removes(tmp_path: Path) -> None:
    path = tmp_path / "marks.json"
    with TinyDB(path, storage=MarksStorage) as database:
        first, second = database.insert_multiple([{"name": "a", "tags": ["x"]}, {"name": "b", "tags": []}])
        database.update({"name": "c"}, doc_ids=[first])
        database.update(lambda document: document["tags"].append("y"), where("name") == "b")
        database.table("other").insert({"n": 1})
        database.remove(doc_ids=[first])
        assert database.all() == [{"name": "b", "tags": ["y"]}]
    with TinyDB(path, storage=MarksStorage) as again:
        assert again.get(doc_id=second) == {"name": "b", "tags": ["y"]}
        assert again.table("other").all() == [{"n": 1}]
    data = path.read_bytes()
    assert data == as_file(parse(data, "marks.json")[0], 5)


def test_what_a_plain_tinydb_gives_out_can_be_altered_without_altering_the_file(tmp_path: Path) -> None:
    database = TinyDB(tmp_path / "marks.json", storage=MarksStorage)
    one = database.insert({"tags": []})
    found = database.get(doc_id=one)
    assert isinstance(found, dict)
    found["tags"].append("never saved")
    database.insert({"tags": ["saved"]})
    assert [document["tags"] for document in database.all()] == [[], ["saved"]]


def test_a_change_encodes_only_what_it_alters(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = filled(library, 20)
    library.mark(ids, star())
    encoded: list[object] = []

    def counting(value: object) -> str:
        encoded.append(value)
        return json.dumps(value, ensure_ascii=False)

    monkeypatch.setattr(encoding, "_encode", counting)
    library.mark(ids[3:5], set_rating(2))
    assert sum(isinstance(one, dict) for one in encoded) == 2
    with Library.open(folder, now=lambda: NOW) as again:
        encoded.clear()
        again.mark(ids[7:8], set_rating(3))
        assert sum(isinstance(one, dict) for one in encoded) == 1
    data = (folder / "marks.json").read_bytes()
    assert data == as_file(parse(data, "marks.json")[0], 3)


def test_lines_of_another_program_are_not_taken_over(tmp_path: Path) -> None:
    held: Tables = {"papers": {"2": {"a": 1}, "10": {"b": 2}}}
    pretty = json.dumps({"papers": {**held["papers"], "0": {}}}, indent=1).encode()[:-1] + b",\n"
    lines = encoding.Lines()
    lines.take(pretty, held)
    assert b"".join(lines.file(held, 1, ())) == as_file(held, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "drop", "alter", "same"]),
            st.integers(1, 30),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        ),
        max_size=30,
    )
)
def test_cached_lines_are_the_lines_that_encoding_all_anew_gives(changes: list[tuple[str, int, str]]) -> None:
    lines = encoding.Lines()
    held: Tables = {"papers": {"5": {"v": "first"}, "17": {"v": "second"}}, "other": {"1": {}}}
    for number, (what, place, value) in enumerate(changes, 1):
        table = dict(held["papers"])
        key = str(place)
        named = []
        if what == "put":
            table[key] = {"v": value}
        elif what == "drop":
            table.pop(key, None)
        elif what == "alter" and key in table:
            table[key]["v"] = value
            named.append(key)
        held["papers"] = table
        assert b"".join(lines.file(held, number, named)) == as_file(held, number)


def test_a_failed_write_leaves_the_file_and_what_is_read(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(library)
    library.mark(ids, star())
    before = (folder / "marks.json").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise StoreError("cannot save marks.json: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("readlist.store.storage.replace_file", full)
        with pytest.raises(StoreError, match="No space"):
            library.mark(ids[:1], set_rating(3))
    assert (folder / "marks.json").read_bytes() == before
    assert [step.name for step in library.history()] == ["star"]
    library.mark(ids[1:2], set_rating(3))
    assert sum(one.mark.rating == 3 for one in kept(folder).values()) == 1


# ---------------------------------------------------------------------- schemas


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_the_golden_file_of_every_schema_opens(folder: Path, schema: int) -> None:
    golden = (GOLDEN / f"marks-schema-{schema}.json").read_bytes()
    assert b'"schema": %d,' % schema in golden
    folder.mkdir()
    (folder / "marks.json").write_bytes(golden)
    with Library.open(folder, now=lambda: NOW) as library:
        assert library.read_only is None
        ids = filled(library)
        entry = library.find(ids[1])
        assert entry is not None
        assert [note.text for note in entry.mark.notes] == ["worth\na talk — ü"]
        assert (entry.mark.starred, entry.mark.status, entry.citekey) == (True, "read", "author2023titleb")
        views = (View("Über RL", "tag:rl -status:read"), View("All", "", "title"))
        assert library.views() == (DEFAULTS if schema < VIEWS_SINCE else views)
        ranks = [entry.mark.rank for entry in library.queue()]
        assert ranks == ([] if schema < RANKS_SINCE else [None, 1775044800.015625])
        library.mark(ids[:1], set_rating(5))
        assert library.views() == (DEFAULTS if schema < VIEWS_SINCE else views)
    assert generation(folder) > parse(golden, "golden")[1].generation


def raise_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(held: Tables) -> Tables:
        return {"papers": {key: {**one, "title": one["title"].upper()} for key, one in held["papers"].items()}}

    monkeypatch.setitem(envelope.UPGRADES, SCHEMA, upgrade)
    monkeypatch.setattr(envelope, "SCHEMA", SCHEMA + 1)


def test_a_file_of_an_earlier_schema_is_migrated_once_and_kept(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.close()
    old = (folder / "marks.json").read_bytes()
    raise_schema(monkeypatch)
    with Library.open(folder) as again:
        assert again.read_only is None
        assert (folder / "marks.json").read_bytes() == old  # opening it changes nothing
        again.mark(ids[:1], set_rating(3))
        titles = {document["title"] for document in documents(folder).values()}
        assert titles == {"Title 0", "TITLE 1", "TITLE 2"}  # the first is fresh from the catalogue
        copies = list((folder / "backups").glob(f"*-schema{SCHEMA}.json"))
        assert [copy.read_bytes() for copy in copies] == [old]
        again.mark(ids[:1], set_rating(4))
        assert b'"schema": %d' % (SCHEMA + 1) in (folder / "marks.json").read_bytes()
        assert list((folder / "backups").glob(f"*-schema{SCHEMA}.json")) == copies
        assert again.backups()[-1].path == copies[0]
        again.restore(len(again.backups()))
        assert {one.mark.rating for one in kept(folder).values()} == {0}


def test_without_a_copy_there_is_no_migration(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = filled(library)
    library.mark(ids, star())
    old = (folder / "marks.json").read_bytes()
    (folder / "backups").write_text("in the way")
    raise_schema(monkeypatch)
    with Library.open(folder) as again, pytest.raises(StoreError, match="cannot copy"):
        again.mark(ids[:1], set_rating(3))
    assert (folder / "marks.json").read_bytes() == old


def test_a_newer_schema_is_neither_restored_over_nor_accepted(library: Library, folder: Path) -> None:
    ids = filled(library)
    library.mark(ids, star())
    library.back_up()
    library.close()
    newer = with_schema((folder / "marks.json").read_bytes(), SCHEMA + 1)
    for data in (newer, newer.replace(b"true", b"trud", 1), newer[:-20]):
        (folder / "marks.json").write_bytes(data)
        with Library.open(folder) as again:
            assert again.read_only is not None
            assert "update readlist" in again.read_only or data != newer
            for mend in (lambda: again.restore(1), again.accept):
                with pytest.raises(NewerSchemaError, match="newer readlist"):
                    mend()
        assert (folder / "marks.json").read_bytes() == data


def test_the_storage_says_which_tables_it_holds(library: Library, folder: Path) -> None:
    library.mark(filled(library), star())
    assert list(tables(folder)) == ["papers"]
