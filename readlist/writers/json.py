"""readlist's own JSON: an array of the objects that `--json` prints, with nothing left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from readlist.decided import whole_record
from readlist.paper import Entry
from readlist.writers.options import Options

_HALF: Final = re.compile("[\ud800-\udfff]")


def write(entries: Iterable[Entry], _options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    r"""Yield the array piece by piece; one without entries is `[]`.

    The marks are part of it whatever is asked for: what reads it back makes the same entries of it. Half of a surrogate
    pair, which no encoding can write, stands there as `\uXXXX`.
    """
    opened = False
    for entry in entries:
        text = json.dumps(whole_record(entry), ensure_ascii=False, indent=2)
        indented = _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text).replace("\n", "\n  ")
        yield f"{',' if opened else '['}\n  {indented}"
        opened = True
    yield "\n]\n" if opened else "[]\n"
