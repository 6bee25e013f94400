"""What every verb and the app begin with: where the library is, and errors turned into words."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import Final, TextIO

from msgspec import Struct

from readlist.errors import PlacedError, ReadlistError, SettingsError
from readlist.library import Library
from readlist.settings import Settings, load
from readlist.text import safe_line, safe_verbatim

INTERRUPTED: Final = 130
"""The exit status of a program that was stopped with ctrl+c."""


class Session(Struct, dict=True):
    """What the global options say, and what they name, opened when it is first needed."""

    folder: Path
    settings_path: Path
    settings_named: bool = False
    """Whether the reader named the settings file."""

    @cached_property
    def settings(self) -> Settings:
        """The reader's settings.

        Raises:
            SettingsError: The file that was named is not there, or cannot be understood.
        """
        if self.settings_named and not self.settings_path.exists():
            raise SettingsError(f"there is no settings file {self.settings_path}", "check the name after --config")
        return load(self.settings_path)

    @cached_property
    def opened(self) -> Library:
        """The library, for the app, which tells its notices itself."""
        return Library.open(self.folder)

    @cached_property
    def library(self) -> Library:
        """The library, for a verb: its notices are told on the standard error."""
        damage = (self.opened.read_only,) if self.opened.damage else ()
        for notice in (*self.opened.notices, *filter(None, damage)):
            _tell_beside("note", notice)
        return self.opened

    @classmethod
    def of(cls, folder: Path | None = None, settings: Path | None = None) -> Session:
        """Return the session that these folders and files make; the platform's own where there are none."""
        named = settings is not None
        if folder is None or settings is None:
            import platformdirs

            folder = folder or Path(platformdirs.user_data_dir("readlist", appauthor=False))
            settings = settings or Path(platformdirs.user_config_dir("readlist", appauthor=False)) / "settings.toml"
        return cls(folder.expanduser(), settings.expanduser(), named)

    def close(self) -> None:
        """Let go of the library, and say what it could not do beside what was asked."""
        if "opened" in self.__dict__:
            if self.opened.changes and self.opened.keeps_exports:
                self._refresh_exports()
            for warning in self.opened.warnings():
                _tell_beside("warning", warning)
            self.opened.close()

    def _refresh_exports(self) -> None:
        """Write again what is kept up to date and has changed; what cannot be is told, and nothing failed."""
        from readlist.living import Context, refresh

        try:
            troubles = refresh(self.opened, Context(self.settings.statuses, Date.today()))  # noqa: DTZ011 — the reader's day
        except SettingsError as error:
            troubles = [f"exports are not kept up to date: {error.message}"]
        for trouble in troubles:
            _tell_beside("warning", trouble)


def guarded(run: Callable[[], int]) -> int:
    """Run the program, its errors turned into words; what to exit with."""
    _usable_streams()
    try:
        status = run()
        sys.stdout.flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # `| head` has seen enough: nothing failed
            _unheard()
            return 0
        # What reaches this place came from a stream: files and the library tell of theirs as ReadlistErrors.
        _unheard()
        tell(f"cannot write the output: {error.strerror or error}")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except ReadlistError as error:
        tell(error.message, error.hint, error if isinstance(error, PlacedError) else None)
        return error.exit_status
    return status


def _usable_streams() -> None:
    """Make the output and error streams ones that no character stops, and that are there when the shell closed them."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere() -> TextIO:
    """Return a stream whose text is dropped."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _unheard() -> None:
    """Drop what was not written yet, since Python would try again at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_beside(kind: str, message: str) -> None:
    """Say on the standard error what happened beside what was asked for."""
    print(f"{kind}: {safe_verbatim(message)}", file=sys.stderr)  # noqa: T201 — the message


def tell(message: str, hint: str = "", typed: PlacedError | None = None) -> None:
    """Say on the standard error what is wrong."""
    lines = [f"error: {safe_verbatim(message)}"]
    if typed is not None:
        from rich.cells import cell_len

        # Blanks of every kind become one blank, so that the caret stands under the right character.
        shown = "".join(" " if char.isspace() else char for char in typed.text)
        lines += [
            f"  {safe_line(shown) if shown.isascii() else shown}",
            "  " + " " * cell_len(shown[: typed.column]) + "^",
        ]
    if hint:
        lines.append(f"hint: {safe_verbatim(hint)}")
    print("\n".join(lines), file=sys.stderr)  # noqa: T201 — the message
