"""The marks file: one TinyDB document for each paper that was marked or whose citation key was given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tinydb import TinyDB
from tinydb.table import Document

from readlist.errors import DamagedError
from readlist.mark import UNMARKED, Mark
from readlist.paper import Entry, Identifiers
from readlist.record import Record, RecordError, mark_from, mark_record
from readlist.store.storage import MarksStorage

_TABLE: Final = "papers"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the marks file says of one paper: enough to stand without the catalogue."""

    id: str
    citekey: str
    given_out: bool
    """Whether the citation key was ever copied or exported, so that it must stay."""
    title: str
    authors: tuple[str, ...]
    date: str | None
    identifiers: Identifiers
    mark: Mark

    @classmethod
    def of(cls, entry: Entry, mark: Mark, *, given_out: bool) -> Kept:
        """Return what is kept of a paper of the catalogue with this mark."""
        paper = entry.paper
        return cls(
            entry.id, entry.citekey, given_out, paper.title, paper.authors, paper.date, paper.identifiers, mark
        )  # fmt: skip

    @property
    def worth_keeping(self) -> bool:
        """Whether there is anything in it that a person decided."""
        return self.given_out or self.mark != UNMARKED


class MarkStore:
    """The file `marks.json`. The caller holds the library's lock while it writes."""

    def __init__(self, path: Path) -> None:
        self._storage: MarksStorage
        self._database = TinyDB(path, storage=MarksStorage)
        storage = self._database.storage
        assert isinstance(storage, MarksStorage)
        self._storage = storage
        self._table = self._database.table(_TABLE, cache_size=0)

    def get(self, ids: Iterable[str]) -> dict[str, Kept]:
        """Return what is kept of these papers; those of which nothing is are left out.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        table = (self._storage.read() or {}).get(_TABLE, {})
        found = {paper_id: table.get(str(document_id(paper_id))) for paper_id in ids}
        return {paper_id: _kept(document) for paper_id, document in found.items() if document is not None}

    def all(self) -> dict[str, Kept]:
        """Return everything that is kept, by paper id.

        Raises:
            DamagedError: The file is not what readlist wrote.
            StoreError: It cannot be read.
        """
        kept = [_kept(document) for document in self._table.all()]
        return {one.id: one for one in kept}

    @property
    def generation(self) -> int:
        """The generation of the file as it is now.

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
        with self._storage.one_write():
            present = [document_id(one) for one in self.get(changed)]
            if present:
                self._table.remove(doc_ids=present)
            documents = [Document(_document(one), document_id(one.id)) for one in changed.values() if one.worth_keeping]
            if documents or not present:
                self._table.insert_multiple(documents)
        return self._storage.generation


def document_id(paper_id: str) -> int:
    """Return TinyDB's id for a paper: the upper 63 bits of the paper's id, since TinyDB takes only integers."""
    return (int(paper_id[1:], 16) >> 1) or 1


def _document(kept: Kept) -> Record:
    """Return the document that stands for `kept` in the file."""
    return {
        "id": kept.id,
        "citekey": kept.citekey,
        "given_out": kept.given_out,
        "title": kept.title,
        "authors": list(kept.authors),
        "date": kept.date,
        "identifiers": {"arxiv": kept.identifiers.arxiv, "doi": kept.identifiers.doi},
        "mark": mark_record(kept.mark),
    }


def _kept(document: Mapping[str, Any]) -> Kept:
    """Return what a document of the file says.

    Raises:
        DamagedError: It does not have the shape of one.
    """
    try:
        return Kept(
            id=str(document["id"]),
            citekey=str(document["citekey"]),
            given_out=bool(document["given_out"]),
            title=str(document["title"]),
            authors=tuple(document["authors"]),
            date=document["date"],
            identifiers=Identifiers(**document["identifiers"]),
            mark=mark_from(document["mark"], "mark"),
        )
    except (KeyError, TypeError, RecordError) as error:
        raise DamagedError(f"marks.json is damaged: the record of {document.get('id')!r} cannot be read") from error
