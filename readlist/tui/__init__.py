"""The app: the only room that knows Textual."""

from __future__ import annotations

from datetime import date as Date

from readlist.library import Library
from readlist.settings import Settings


def run(library: Library, settings: Settings, *, notice: str = "") -> int:
    """Open the app on a library and stay until it is quit; what the program exits with.

    Raises:
        SettingsError: The keys in the settings name no command, or one key twice.
    """
    from readlist.tui.app import ReadlistApp

    app = ReadlistApp(library, settings, today=Date.today(), notice=notice)  # noqa: DTZ011 — the reader's day
    app.run()
    return app.return_code or 0
