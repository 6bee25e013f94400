"""The command line. A verb's module is loaded when the verb is used; the app only when it is opened."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the words that it was called with, and exit."""
    if sys.argv[1:] == ["--version"]:  # the one answer that needs nothing else loaded
        from readlist import __version__

        print(f"readlist {__version__}")  # noqa: T201 — the answer
        return
    from readlist.cli.program import run

    sys.exit(run(sys.argv[1:]))
