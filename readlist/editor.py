"""The editor of the reader's choice, run on a text."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from readlist.text import safe_verbatim


class Edited(Struct, frozen=True):
    """What came of it."""

    text: str
    """What the editor left in the file."""
    trouble: str = ""
    """Why this must not take the place of the text that it was given, as a sentence; empty when all went well."""


def edit(text: str, path: Path, environment: Mapping[str, str] = os.environ) -> Edited:
    """Open `$VISUAL`, `$EDITOR` or vi on a text, written to `path`, and wait for its end. The file stays."""
    editor = environment.get("VISUAL") or environment.get("EDITOR") or "vi"
    try:
        command = shlex.split(editor)
        path.write_text(safe_verbatim(text), encoding="utf-8")
    except ValueError:
        return Edited(text, f"$EDITOR is no command: {editor}")
    except OSError as error:
        return Edited(text, f"the text cannot be handed to an editor: {error.strerror}")
    if not command:
        return Edited(text, "$EDITOR is empty")
    # ctrl+c is for the editor. A handler, unlike SIG_IGN, is not inherited by it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 — the reader's own choice
    except (OSError, ValueError) as error:
        return Edited(text, f"{command[0]} cannot be run: {getattr(error, 'strerror', None) or error}")
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        left = safe_verbatim(path.read_bytes().decode("utf-8", "replace"))
    except OSError:
        left = ""
    if status:
        return Edited(left, f"{command[0]} failed ({f'exit status {status}' if status > 0 else f'signal {-status}'})")
    return Edited(left, "" if left.strip() else f"{command[0]} left nothing")
