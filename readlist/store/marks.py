"""The marks file: one TinyDB document a paper that was marked or whose key was given out, and one a saved view."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from readlist.store import kept as papers
from readlist.store import views as saved
from readlist.store.backups import Backups
from readlist.store.envelope import Tables
from readlist.store.kept import TABLE, Kept, document_id, document_of, has_decisions, has_mark, kept_from, keys_of
from readlist.store.own import Decisions
from readlist.store.storage import MarksStorage
from readlist.store.views import Replaced, Views

if TYPE_CHECKING:
    from readlist.decided import FromLibrary

__all__ = ["Kept", "MarkStore", "check"]


def check(tables: Tables, name: str = "marks.json") -> None:
    """Make sure that every document is one that this readlist would write.

    Raises:
        DamagedMarksError: One is not.
    """
    papers.check(tables, name)
    saved.check(tables, name)


class _Documents(Table):
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
        self._table = _Documents(storage, TABLE, cache_size=0)

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

    def marked(self, ids: Iterable[str]) -> set[str]:
        """Return those of these papers that have a mark.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        table = self._documents()
        found = ((paper_id, table.get(str(document_id(paper_id)))) for paper_id in ids)
        return {paper_id for paper_id, document in found if document is not None and has_mark(document)}

    def decisions(self, coming: Collection[FromLibrary] = ()) -> Decisions:
        """Return what is decided of the facts of papers.

        Args:
            coming: Papers that come with decisions, which hold where nothing is decided of them here.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        held = self._documents().values()
        if not coming:
            return Decisions.of(held)
        from readlist.store.carrying import documents

        more = documents(coming, {document["id"] for document in held if "own" in document})
        return Decisions.of([*held, *more])

    def decided(self) -> list[Kept]:
        """Return what is kept of papers of whose facts or keys anything is decided.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        return [kept_from(document) for document in self._documents().values() if has_decisions(document)]

    def given_out(self) -> set[str]:
        """Return the ids of the papers whose citation keys were given out.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        return {document["id"] for document in self._documents().values() if document["given_out"]}

    def views(self) -> Views:
        """Return the saved views; None when the reader never changed them.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        return saved.views_of(self._storage.read() or {})

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

    def put(self, changed: Mapping[str, Kept], views: Replaced | None = None) -> int:
        """Replace what is kept of these papers, and the saved views, all in one write; the new generation.

        Raises:
            StoreError: It cannot be written; the file is as it was.
        """
        present = {one: str(document_id(one)) for one in self.get(changed)}
        kept = {one: key for one, key in present.items() if changed[one].worth_keeping}
        gone = [key for one, key in present.items() if one not in kept]
        new = [
            Document(document_of(one), str(document_id(one.id)))  # type: ignore[arg-type]  # the class of `_Documents`
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
            if views is not None and not views.left_alone:
                self._put_views(views.after)
        return self._storage.generation

    def _put_views(self, views: Views) -> None:
        """Replace the saved views."""
        if views is None:
            self._database.drop_table(saved.TABLE)
            return
        table = _Documents(self._storage, saved.TABLE, cache_size=0)
        table.truncate()
        documents = saved.table_of(views).items()
        table.insert_multiple(Document(document, number) for number, document in documents)  # type: ignore[arg-type]  # the class of `_Documents`


def _replace(document: MutableMapping[Any, Any], changed: Mapping[str, Kept]) -> None:
    """Make a document say what is now kept of its paper."""
    new = document_of(changed[document["id"]])
    document.clear()
    document.update(new)
