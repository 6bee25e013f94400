"""Copying: to the clipboard of this machine where there is one, and through the terminal."""

from __future__ import annotations

import base64
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PATIENCE: Final = 2.0
"""Seconds that a clipboard program may take; some wait for ever (`wl-copy` without a compositor)."""

LONGEST: Final = 64 * 1024
"""Bytes that terminals take through OSC 52 without cutting."""

_DEAF_TERMINALS: Final = frozenset({"", "dumb", "linux", "vt100", "vt220"})
"""Terminals that know nothing of OSC 52."""


def has_local_clipboard(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this machine has a clipboard that the reader sees: not over SSH, and with a display."""
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def copy_locally(text: str) -> bool:
    """Put `text` on this machine's clipboard; whether it is there. It never waits longer than `PATIENCE`."""
    if not has_local_clipboard():
        return False
    done = threading.Event()

    def copy() -> None:
        import pyperclip

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError):
            return
        done.set()

    threading.Thread(target=copy, daemon=True).start()
    return done.wait(PATIENCE)


def reaches_terminal(text: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal can be asked to copy `text`."""
    return environment.get("TERM", "") not in _DEAF_TERMINALS and len(text.encode()) <= LONGEST


def osc_52(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the sequence that asks a terminal to copy `text`, wrapped for GNU screen if it stands between.

    tmux takes the sequence as it is (with `set -g set-clipboard on`).
    """
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    if environment.get("STY") and not environment.get("TMUX"):
        pieces = [sequence[at : at + 250] for at in range(0, len(sequence), 250)]  # screen cuts longer strings
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence


def told(locally: bool, through_terminal: bool, environment: Mapping[str, str] = os.environ) -> str:
    """Return what to say of how a text was copied."""
    if locally:
        return "copied"
    if through_terminal:
        tmux = "; in tmux this needs: set -g set-clipboard on" if environment.get("TMUX") else ""
        return f"sent to the terminal's clipboard{tmux}"
    return "no clipboard can be reached"


def copy_from_shell(text: str) -> str:
    """Copy `text` from a command of the shell; what was done, as words."""
    locally = copy_locally(text)
    through_terminal = False
    if not locally and reaches_terminal(text):
        try:
            with Path("/dev/tty").open("w", encoding="ascii") as terminal:
                terminal.write(osc_52(text))
            through_terminal = True
        except OSError:
            through_terminal = False
    return told(locally=locally, through_terminal=through_terminal)
