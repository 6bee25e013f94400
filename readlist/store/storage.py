"""TinyDB's storage over the marks file: whole generations, written durably."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from readlist.errors import StoreError
from readlist.files import replace_file
from readlist.store.envelope import Signature, Tables, file_signature, parse, serialise


class MarksStorage(Storage):
    """TinyDB's storage over one file, written whole beside it and put in its place only when it is on the disk.

    The caller holds the library's lock over a read and the write that follows it. What was read last is kept, and
    read again only when the file is another one.

    Attributes:
        generation: That of the last read or write; 0 before there is a file.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.generation = 0
        self._held: Tables | None = None
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
            self._held, self._signature, self.generation = None, None, 0
        elif self._held is None or signature != self._signature:
            try:
                data = self.path.read_bytes()
            except OSError as error:
                raise StoreError(f"cannot read {self.path.name}: {error.strerror}") from error
            self._held, envelope = parse(data, self.path.name)
            self._signature, self.generation = signature, envelope.generation
        return self._held

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Put `data` on the disk as the next generation; it is there when this returns.

        Within `one_write` it is put there when that ends.

        Raises:
            StoreError: It cannot be written; the file is as it was.
        """
        self._held = {name: {str(key): dict(doc) for key, doc in table.items()} for name, table in data.items()}
        self._altered = True
        if not self._collecting:
            self._put()

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """Make all that TinyDB writes meanwhile one generation of the file, or none if it fails."""
        self._collecting = True
        try:
            yield
            if self._altered:
                self._put()
        finally:
            self._collecting = False
            if self._altered:
                self._forget()

    def _put(self) -> None:
        """Write what is held as the next generation."""
        try:
            replace_file(self.path, serialise(self._held or {}, self.generation + 1))
        except StoreError:
            self._forget()
            raise
        self._altered = False
        self._signature = file_signature(self.path)
        self.generation += 1

    def _forget(self) -> None:
        """Drop what is held, so that the next read takes it from the file."""
        self._held, self._signature, self._altered = None, None, False

    def close(self) -> None:
        """Nothing is held open between calls."""
