"""The marks file: one TinyDB document for each paper that was marked or whose citation key was given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from readlist.store.backups import Backups
from readlist.store.kept import TABLE, Kept, check, document_id, document_of, kept_from, keys_of
from readlist.store.storage import MarksStorage

__all__ = ["Kept", "MarkStore"]


class _Papers(Table):
    """TinyDB's table with the numbers of documents left as the file has them.

    Turning ten thousand into integers and back takes longer than all else that a change does but the disk.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB lets a table have its own class of ids


class MarkStore:
    """The file `marks.json`. The caller holds the library's lock while it writes."""

    def __init__(self, path: Path) -> None:
        self._storage: MarksStorage
        self._database = TinyDB(path, storage=MarksStorage, check=check, cached=True)
        storage = self._database.storage
        assert isinstance(storage, MarksStorage)
        self._storage = storage
        self._table = _Papers(storage, TABLE, cache_size=0)

    @property
    def backups(self) -> Backups:
        """The copies of past generations."""
        return self._storage.backups

    def get(self, ids: Iterable[str]) -> dict[str, Kept]:
        """Return what is kept of these papers; those of which nothing is are left out.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        table = self._documents()
        found = {paper_id: table.get(str(document_id(paper_id))) for paper_id in ids}
        return {paper_id: kept_from(document) for paper_id, document in found.items() if document is not None}

    def all(self) -> dict[str, Kept]:
        """Return everything that is kept, by paper id.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        kept = [kept_from(document) for document in self._table.all()]
        return {one.id: one for one in kept}

    def citekeys(self) -> dict[str, tuple[str, ...]]:
        """Return the citation keys that are kept, by paper id: the present one, then the former ones.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        return {document["id"]: keys_of(document) for document in self._documents().values()}

    def given_out(self) -> set[str]:
        """Return the ids of the papers whose citation keys were given out.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        return {document["id"] for document in self._documents().values() if document["given_out"]}

    def _documents(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the documents by TinyDB's keys."""
        return (self._storage.read() or {}).get(TABLE, {})

    @property
    def generation(self) -> int:
        """The generation of the file as it is now; 0 where there is none.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        self._storage.read()
        return self._storage.generation

    def put(self, changed: Mapping[str, Kept]) -> int:
        """Replace what is kept of these papers, all of them in one write; the new generation.

        Raises:
            StoreError: It cannot be written; the file is as it was.
        """
        present = {one: str(document_id(one)) for one in self.get(changed)}
        kept = {one: key for one, key in present.items() if changed[one].worth_keeping}
        gone = [key for one, key in present.items() if one not in kept]
        new = [
            Document(document_of(one), str(document_id(one.id)))  # type: ignore[arg-type]  # the class of `_Papers`
            for one in changed.values()
            if one.worth_keeping and one.id not in present
        ]
        # Each of these goes through all documents, so that only what is needed is asked for.
        with self._storage.one_write(named=kept.values()):
            if gone:
                self._table.remove(doc_ids=gone)  # type: ignore[arg-type]  # the same
            if kept:
                self._table.update(lambda document: _replace(document, changed), doc_ids=kept.values())  # type: ignore[arg-type]  # the same
            if new or not present:
                self._table.insert_multiple(new)
        return self._storage.generation


def _replace(document: MutableMapping[Any, Any], changed: Mapping[str, Kept]) -> None:
    """Make a document say what is now kept of its paper."""
    new = document_of(changed[document["id"]])
    document.clear()
    document.update(new)
