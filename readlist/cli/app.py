"""Opening the app."""

from __future__ import annotations

import os
import sys

from readlist.cli.session import Session
from readlist.errors import UsageError


def open_app(session: Session) -> int:
    """Open the app; what to exit with.

    Raises:
        UsageError: There is no terminal.
        ReadlistError: The settings or the library cannot be read.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal", "for scripts there are verbs: readlist --help")
    if os.environ.get("TERM") == "dumb":
        raise UsageError("this terminal cannot show the app (TERM=dumb)", "the verbs work everywhere: readlist --help")
    settings = session.settings
    library = session.opened
    notice = "; ".join(library.notices)
    if not library.read_only and library.fresh:
        from readlist.ingest import welcome

        if welcome(library, settings.citekeys):
            notice = "these are samples: press i to bring in your own"
    from readlist.tui import run

    return run(library, settings, notice=notice)
