"""The web browser of the reader's choice, opened on a page without a word on the terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Mapping
from shutil import which
from typing import Final

from readlist.errors import ReadlistError

_WITH_DISPLAY: Final = (("xdg-open",), ("gio", "open"), ("wslview",))
"""What opens the browser of a desktop."""

_NONE: Final = "no browser can be opened from here"


def command(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str] | None:
    """Return what opens a page whose address stands behind it; None where there is nothing.

    `$BROWSER` comes first. Programs of a desktop are used only where there is one: over SSH they would open a text
    browser in the terminal that readlist has.
    """
    if chosen := environment.get("BROWSER", "").split(os.pathsep)[0]:
        try:
            return shlex.split(chosen) or None
        except ValueError:
            return None
    if platform == "darwin":
        return ["open"]
    if platform == "win32":
        return ["explorer"]
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")):
        return None
    return next((list(words) for words in _WITH_DISPLAY if which(words[0])), None)


def open_page(address: str, environment: Mapping[str, str] = os.environ) -> None:
    """Open a page, and do not wait for the browser.

    Raises:
        ReadlistError: There is no browser, or it cannot be run.
    """
    words = command(environment)
    if words is None:
        raise ReadlistError(_NONE, f"the page is {address}; BROWSER=PROGRAM names one")
    if "%s" in words:
        words = [address if word == "%s" else word for word in words]
    else:
        words.append(address)
    try:
        process = subprocess.Popen(  # noqa: S603 — the reader's own choice
            words,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadlistError(f"{words[0]} cannot be run: {reason}", f"the page is {address}") from error
    threading.Thread(target=process.wait, daemon=True).start()  # what has ended must be asked how it ended
