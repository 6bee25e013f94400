"""readlist's own JSON: an array of the objects that `--json` prints, with nothing left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from readlist.paper import Entry
from readlist.record import entry_record
from readlist.writers.options import Options


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: ARG001, B008 — a frozen value
    """Yield the array piece by piece; one without entries is `[]`."""
    opened = False
    for entry in entries:
        text = json.dumps(entry_record(entry), ensure_ascii=False, indent=2)
        indented = text.replace("\n", "\n  ")
        yield f"{',' if opened else '['}\n  {indented}"
        opened = True
    yield "\n]\n" if opened else "[]\n"
