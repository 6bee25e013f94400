"""TinyDB's storage over the marks file: whole generations, written durably."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from readlist.errors import StoreError
from readlist.files import replace_file
from readlist.store import envelope
from readlist.store.backups import Backups
from readlist.store.encoding import Lines
from readlist.store.envelope import Signature, Tables, file_signature, parse


class MarksStorage(Storage):
    """TinyDB's storage over one file, written whole beside it and put in its place only when it is on the disk.

    The caller holds the library's lock over a read and the write that follows it.

    Attributes:
        generation: That of the last read or write; 0 before there is a file.
        backups: The copies of past generations.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, check: Callable[[Tables], None] | None = None, cached: bool = False
    ) -> None:
        """Say where the file is.

        Args:
            path: The file's name.
            check: Raises DamagedError for tables whose documents are not what they should be.
            cached: Whether what was read last is kept, and read again only when the file is another one. Then
                nobody may alter what is read, except as `one_write` says.
        """
        self.path = Path(path)
        self.generation = 0
        self.backups = Backups(self.path)
        self._check = check
        self._cached = cached
        self._schema = envelope.SCHEMA
        self._held: Tables | None = None
        self._lines = Lines()
        self._signature: Signature | None = None
        self._collecting = False
        self._altered = False

    def read(self) -> Tables | None:
        """Return the tables, or None where there is no file.

        Raises:
            DamagedError: The file is not what readlist wrote, or a newer readlist wrote it.
            StoreError: It cannot be read.
        """
        if self._altered:
            return self._held
        signature = file_signature(self.path)
        if signature is None:
            self._forget()
            self.generation, self._schema = 0, envelope.SCHEMA
        elif not self._cached or self._held is None or signature != self._signature:
            self._forget()
            try:
                data = self.path.read_bytes()
            except OSError as error:
                raise StoreError(f"cannot read {self.path.name}: {error.strerror}") from error
            tables, found = parse(data, self.path.name)
            if self._check:
                self._check(tables)
            if self._cached and found.schema == envelope.SCHEMA:
                self._lines.take(data, tables)
            self._held, self._signature = tables, signature
            self.generation, self._schema = found.generation, found.schema
        return self._held

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Put `data` on the disk as the next generation; it is there when this returns.

        Within `one_write` it is put there when that ends.

        Raises:
            StoreError: It cannot be written; the file is as it was.
        """
        self._held = {name: _as_dict(table) for name, table in data.items()}
        self._altered = True
        if not self._collecting:
            self._put(None)

    @contextmanager
    def one_write(self, named: Collection[str] = ()) -> Iterator[None]:
        """Make all that TinyDB writes meanwhile one generation of the file, or none if it fails.

        Args:
            named: The keys of documents that are altered in place meanwhile. Others are only added, replaced by
                other objects or taken away, and are not encoded again if they are the same objects.
        """
        self._collecting = True
        try:
            yield
            if self._altered:
                self._put(named)
        finally:
            self._collecting = False
            if self._altered:
                self._forget()

    def _put(self, named: Collection[str] | None) -> None:
        """Write what is held as the next generation."""
        try:
            self._keep_replaced()
            pieces = self._lines.file(self._held or {}, self.generation + 1, named if self._cached else None)
            replace_file(self.path, *pieces)
        except BaseException:
            self._forget()
            raise
        self._altered = False
        self._signature = file_signature(self.path)
        self._schema = envelope.SCHEMA
        self.generation += 1

    def _keep_replaced(self) -> None:
        """Copy the file that is replaced; that of an earlier schema must be copied, and the copy stays for ever.

        Raises:
            StoreError: A file of an earlier schema cannot be copied.
        """
        if self._schema < envelope.SCHEMA:
            self.backups.keep(f"-schema{self._schema}")
        elif self.generation:
            self.backups.keep_replaced()

    def _forget(self) -> None:
        """Drop what is held, so that the next read takes it from the file."""
        self._held, self._signature, self._altered = None, None, False
        self._lines.forget()

    def close(self) -> None:
        """Nothing is held open between calls."""


def _as_dict(table: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return a table as TinyDB hands it, without copying what is a dictionary already."""
    return table if isinstance(table, dict) else {key: dict(document) for key, document in table.items()}
