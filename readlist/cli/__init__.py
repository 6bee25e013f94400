"""The command line. A verb's module is loaded when the verb is used; the app only when it is opened."""

from __future__ import annotations

import gc
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
    places = _places(words)
    if places is None:
        from readlist.cli.program import run

        return run(words)
    gc.disable()  # nothing that a start makes is garbage; the app turns it on again when the first screen is painted
    from pathlib import Path

    from readlist.cli.app import open_app
    from readlist.cli.session import Session

    folder, settings = places
    session = Session.of(Path(folder) if folder else None, Path(settings) if settings else None)
    try:
        return open_app(session)
    finally:
        session.close()


def _places(words: list[str]) -> tuple[str | None, str | None] | None:
    """Return the library's folder and the settings file, if nothing else is said but where these are."""
    named = {"--library": os.environ.get("READLIST_LIBRARY"), "--config": None}
    for option, place in zip(words[::2], words[1::2], strict=False):
        if option not in named or place.startswith("-"):
            return None
        named[option] = place
    return None if len(words) % 2 else (named["--library"], named["--config"])
