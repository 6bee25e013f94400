"""The command line. A verb's module is loaded when the verb is used; the app only when it is opened."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the program with the words that it was called with, and exit."""
    words = sys.argv[1:]
    if words == ["--version"]:  # the one answer that needs nothing else loaded
        from readlist import __version__

        print(f"readlist {__version__}")  # noqa: T201 — the answer
        return
    from readlist.cli.session import guarded

    sys.exit(guarded(lambda: _run(words)))


def _run(words: list[str]) -> int:
    """Open the app when nothing is asked for, without loading what only verbs need; else do what is asked."""
    if words:
        from readlist.cli.program import run

        return run(words)
    from pathlib import Path

    from readlist.cli.app import open_app
    from readlist.cli.session import Session

    folder = os.environ.get("READLIST_LIBRARY")
    session = Session.of(Path(folder) if folder else None)
    try:
        return open_app(session)
    finally:
        session.close()
