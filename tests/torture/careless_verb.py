"""Run a verb of readlist that does not wait for the disk.

python -m tests.torture.careless_verb --library FOLDER VERB …
"""

from __future__ import annotations

import os

from readlist.cli import main


def _do_not_wait(fd: object) -> None:
    """Say at once that all is on the disk."""


if __name__ == "__main__":
    os.fsync = _do_not_wait  # SQLite has its own
    main()
