"""Copying: to the clipboard of this machine where there is one, through the terminal, else into a file.

A text goes to the first of these that can be reached:

1. the clipboard of this machine, by pyperclip, when the reader sits in front of it: not over SSH, and with a display;
2. the terminal, which is asked by OSC 52 (xterm's control sequences, "Manipulate Selection Data"). Over SSH and in tmux
   it is asked in any case. GNU screen takes the sequence in pieces and hands it on; tmux takes it as it is, if
   `set-clipboard` is `on`. Where that is `external`, tmux's default, tmux itself is told to (`load-buffer -w`);
3. a file, when the text is longer than terminals take, or nothing else can be reached.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from readlist.errors import StoreError
from readlist.text import safe_line

PATIENCE: Final = 2.0
"""Seconds that a clipboard program may take; some wait for ever (`wl-copy` without a compositor)."""

LONGEST: Final = 64 * 1024
"""Bytes that terminals take through OSC 52 without cutting."""

FILE: Final = "copied.txt"
"""The file in the library's folder that holds what could not be copied otherwise."""

_DEAF_TERMINALS: Final = frozenset({"", "dumb", "linux", "vt100", "vt220"})
"""Terminals that know nothing of OSC 52."""

_PIECE: Final = 250
"""Characters of a control string that GNU screen takes at once; old versions cut those longer than 256."""

_SETTING: Final = "set -g set-clipboard on"
"""What lets programs in tmux reach the clipboard."""


class Outcome(Struct, frozen=True):
    """What became of a copy."""

    locally: bool = False
    """Whether it is on the clipboard of this machine."""
    through_terminal: bool = False
    """Whether the terminal was asked to copy it; no terminal says whether it did."""
    tmux: str | None = None
    """What tmux does with it: its `set-clipboard`, or `unknown`; None outside tmux."""
    file: Path | None = None
    """The file that holds it instead."""
    too_long: bool = False
    """Whether it was too long for the terminal."""

    @property
    def done(self) -> bool:
        """Whether the text can be had."""
        return self.locally or self.through_terminal or self.file is not None

    @property
    def words(self) -> str:
        """What to tell the reader."""
        if self.locally:
            return "copied"
        if self.through_terminal:
            return "copied through tmux" if self.tmux in ("on", "external") else "sent to the terminal's clipboard"
        why = "too long for the terminal" if self.too_long else "no clipboard can be reached"
        return f"{why}: it is in {_short(self.file)}" if self.file else f"{why}, and no file could be written"

    @property
    def hint(self) -> str:
        """The setting that helps if the copy does not arrive; empty where none is needed."""
        if self.locally or self.tmux in (None, "on"):
            return ""
        return {
            "external": f"tmux has the text; if your clipboard does not get it, put this into ~/.tmux.conf: {_SETTING}",
            "off": f"tmux keeps it from the clipboard; put this into ~/.tmux.conf: {_SETTING}",
        }.get(self.tmux or "", f"in tmux this needs: {_SETTING}")


def over_ssh(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the reader sits at another machine."""
    return "SSH_CONNECTION" in environment or "SSH_TTY" in environment


def in_tmux(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether tmux stands between, on this machine or, as the terminal's name tells, on the one before it."""
    return bool(environment.get("TMUX")) or environment.get("TERM", "").startswith("tmux")


def in_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether GNU screen stands between, and is the nearest."""
    return bool(environment.get("STY")) and not environment.get("TMUX")


def has_local_clipboard(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this machine has a clipboard that the reader sees: not over SSH, and with a display."""
    if over_ssh(environment):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def one_line(text: str) -> str:
    """Return a text of one line without its end, so that it can be pasted into a sentence; others as they are."""
    return text.removesuffix("\n") if text.count("\n") == 1 else text


def osc_52(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the sequence that asks a terminal to copy `text`, wrapped for GNU screen if it stands between."""
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    if not in_screen(environment):
        return sequence
    pieces = [sequence[at : at + _PIECE] for at in range(0, len(sequence), _PIECE)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


class Clipboard:
    """Copies texts; its methods may take seconds, so that an app calls them in a thread."""

    def __init__(self, folder: Path, environment: Mapping[str, str] = os.environ, patience: float = PATIENCE) -> None:
        """Say where and how.

        Args:
            folder: Where to put what cannot be copied otherwise; the system's folder for such files where it cannot be.
            environment: What tells which terminal this is.
            patience: Seconds that a clipboard program may take.
        """
        self._folder = folder
        self._environment = environment
        self._patience = patience
        self._hangs = False

    def copy(self, text: str, ask: Callable[[str], bool]) -> Outcome:
        """Copy a text; what became of it.

        Args:
            text: What to copy.
            ask: Asks the terminal to copy it; whether it could be asked.
        """
        locally = self._locally(text)
        too_long = len(text.encode()) > LONGEST
        named = self._environment.get("TERM", "") not in _DEAF_TERMINALS
        wanted = not locally or over_ssh(self._environment) or in_tmux(self._environment)
        through_terminal = wanted and named and not too_long and ask(text)
        tmux = self._through_tmux(text) if through_terminal and in_tmux(self._environment) else None
        if locally or through_terminal:
            return Outcome(locally, through_terminal, tmux)
        return Outcome(file=self._into_file(text), too_long=too_long and named)

    def _locally(self, text: str) -> bool:
        """Put a text on this machine's clipboard; whether it is there. One that hangs is left alone from then on."""
        if self._hangs or not has_local_clipboard(self._environment):
            return False
        ended = threading.Event()
        copied = threading.Event()

        def copy() -> None:
            import pyperclip

            try:
                pyperclip.copy(text)
                copied.set()
            except (pyperclip.PyperclipException, OSError):
                pass  # there is no program for it, or it failed: `copied` is not set
            finally:
                ended.set()

        threading.Thread(target=copy, daemon=True).start()
        self._hangs = not ended.wait(self._patience)
        return copied.is_set()

    def _through_tmux(self, text: str) -> str:
        """Let tmux copy what it does not take from programs; what it does with what programs send."""
        setting = self._tmux("display-message", "-p", "#{set-clipboard}")
        if setting == "external" and self._tmux("load-buffer", "-w", "-", given=text) is None:
            return "unknown"
        return setting if setting in ("on", "external", "off") else "unknown"

    def _tmux(self, *words: str, given: str = "") -> str | None:
        """Return what tmux answers; None when it does not."""
        if not self._environment.get("TMUX"):
            return None
        try:
            done = subprocess.run(  # noqa: S603 — no word of it is a reader's
                ["tmux", *words],  # noqa: S607 — whichever tmux the reader runs
                input=given, capture_output=True, encoding="utf-8", timeout=self._patience, check=True,
                env=dict(self._environment),
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError, UnicodeError):
            return None
        return done.stdout.strip()

    def _into_file(self, text: str) -> Path | None:
        """Put a text into a file that only its owner can read; None where that cannot be."""
        from readlist.files import replace_file

        path = self._folder / FILE
        try:
            if path.is_file() and not path.is_symlink():
                path.chmod(0o600)
            replace_file(path, text.encode(), mode=0o600)
        except (StoreError, OSError):
            return _temporary(text)
        return path


def _temporary(text: str) -> Path | None:
    """Put a text into a new file of the system's folder for such; None where that cannot be."""
    try:
        descriptor, name = tempfile.mkstemp(prefix="readlist-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return Path(name)


def _short(path: Path | None) -> str:
    """Return the name of a file as it is told."""
    shown = safe_line(str(path))
    home = str(Path.home())
    return "~" + shown[len(home) :] if shown.startswith(home + os.sep) else shown


def ask_own_terminal(text: str) -> bool:
    """Ask the terminal that the program was started in to copy a text; whether there is one."""
    try:
        with Path("/dev/tty").open("w", encoding="ascii") as terminal:
            terminal.write(osc_52(text))
    except OSError:
        return False
    return True
