"""The app: the only room that knows Textual."""

from __future__ import annotations

import signal
from datetime import date as Date

from readlist.library import Library
from readlist.settings import Settings


def run(library: Library, settings: Settings, *, notice: str = "") -> int:
    """Open the app on a library and stay until it is quit; what the program exits with.

    Raises:
        SettingsError: The keys in the settings name no command, or one key twice.
    """
    from readlist.tui.app import ReadlistApp

    _end_with_the_terminal()
    app = ReadlistApp(library, settings, today=Date.today(), notice=notice)  # noqa: DTZ011 — the reader's day
    app.run()
    return app.return_code or 0


def _end_with_the_terminal() -> None:
    """Let the loss of the terminal end the app, also under `nohup` or a program that ignores the signal.

    Everything but the note that is being written is on the disk then, and of that there is a draft; an app without a
    terminal would read its end for ever.
    """
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) == signal.SIG_IGN:
        signal.signal(hangup, signal.SIG_DFL)
