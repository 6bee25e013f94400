"""The keys of triage: its footer, its help and its bindings come from here."""

from __future__ import annotations

from typing import Final

from readlist.tui.commands import Command

CHIPS: Final = 9
"""How many tags have a key."""

_DECIDE, _WRITE, _GO = "Decide, and go to the next paper", "Write on it, and stay", "Go"

COMMANDS: Final = (
    Command("decide('queued')", ("enter", "a"), "keep", "Keep it: put it into the reading queue.", _DECIDE),
    Command("decide('dropped')", ("d", "x"), "drop", "Drop it.", _DECIDE),
    Command("decide('read')", ("r",), "read", "It is read already.", _DECIDE),
    Command("decide('skimmed')", ("m",), "skimmed", "It is skimmed already.", _DECIDE),
    Command("skip", ("space", "j", "down", "right"), "skip", "Decide nothing now.", _DECIDE),
    Command("star", ("s",), "star", "Star it, or take the star away.", _WRITE),
    Command("tags", ("t",), "tags", "Add and take away tags; 1 to 9: those used last.", _WRITE),
    Command("note", ("n", "M"), "note", "Write a note of one line.", _WRITE),
    Command("previous", ("k", "up", "left", "backspace"), "back", "Go back to the paper before.", _GO),
    Command("undo", ("u",), "undo", "Take back the last decision, and go back to its paper.", _GO),
    Command("undo_all", ("U",), "undo all", "Take back the whole triage.", _GO),
    Command("save_again", ("w",), "save again", "Try again to save what the disk refused.", _GO),
    Command("leave", ("escape", "q", "T"), "leave", "Leave; T goes on from here another time.", _GO),
    Command("keys", ("question_mark",), "keys", "Show these keys.", _GO),
    Command("scroll(3)", ("J",), "scroll down", "Scroll the abstract down.", _GO),
    Command("scroll(-3)", ("K",), "scroll up", "Scroll the abstract up.", _GO),
    Command("page(1)", ("pagedown", "ctrl+d"), "page down", "Scroll the abstract a page down.", _GO),
    Command("page(-1)", ("pageup", "ctrl+u"), "page up", "Scroll the abstract a page up.", _GO),
)
"""What can be done, in the order of the help."""

_SHOWN: Final = (
    "decide('queued')", "decide('dropped')", "skip", "star", "tags", "note", "previous", "undo", "leave",
    "decide('read')", "decide('skimmed')", "undo_all",
)  # fmt: skip

FOOTER: Final = tuple(command for name in _SHOWN for command in COMMANDS if command.id == name)
"""What the last line shows as far as there is room, in its order."""

HELP: Final = next(command for command in COMMANDS if command.id == "keys")
"""What it shows in any case."""
