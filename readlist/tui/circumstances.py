"""What a command needs to work, and the circumstances that it is asked in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

Pane = Literal["list", "details", "sidebar", "search"]
"""What has the focus on the main screen."""


class Now(Struct, frozen=True):
    """What the main screen knows at a moment; each fact is known without asking the disk."""

    pane: Pane = "list"
    papers: bool = True
    """Whether the library has any paper."""
    listed: bool = True
    """Whether the list has any paper, so that the cursor stands on one."""
    selected: int = 0
    """How many papers are selected and listed."""
    read_only: str = ""
    """Why nothing can be changed; empty when everything can."""
    undoable: bool = True
    """Whether there is a step to take back; True as long as that is not known."""
    redoable: bool = True
    """Whether there is a step to do again; True as long as that is not known."""
    unsaved: bool = False
    """Whether the disk has refused a change."""


Need = Callable[[Now], str]
"""Says why what needs it does not work now, as a sentence without a full stop; nothing when it works."""


def a_paper(now: Now) -> str:
    """A paper to be about."""
    if now.listed:
        return ""
    return "no paper is listed" if now.papers else "there are no papers yet"


def a_paper_in_hand(now: Now) -> str:
    """A paper that the reader has in hand: who is in the sidebar looks at views, not at the paper under the cursor."""
    in_hand = now.pane != "sidebar" or now.selected
    return a_paper(now) or ("" if in_hand else "the sidebar has the keys: go to the list first")


def something_to_open(now: Now) -> str:
    """A paper, or a line of the sidebar."""
    return "" if now.pane == "sidebar" else a_paper(now)


def may_change(now: Now) -> str:
    """A library that can be written."""
    return now.read_only and f"nothing can be changed: {now.read_only}"


def several_selected(now: Now) -> str:
    """Two papers or more that are selected."""
    return "" if now.selected > 1 else "first select the papers to merge"


def in_sidebar(now: Now) -> str:
    """The focus in the sidebar."""
    return "" if now.pane == "sidebar" else "nothing is chosen in the sidebar"


def a_step(now: Now) -> str:
    """A step that can be taken back."""
    return "" if now.undoable or now.unsaved else "there is nothing to undo"


def a_step_back(now: Now) -> str:
    """A step that was taken back."""
    return "" if now.redoable else "there is nothing to redo"


def something_unsaved(now: Now) -> str:
    """A change that the disk has refused."""
    return "" if now.unsaved else "everything is saved"


_PAPER: Final = (a_paper,)
_MARKED: Final = (a_paper_in_hand, may_change)
_CHANGED: Final = (may_change,)

NEEDS: Final[Mapping[str, tuple[Need, ...]]] = {
    "details": (something_to_open,),
    "exclude": (in_sidebar,),
    "merge": (may_change, several_selected),
    "undo": (may_change, a_step),
    "redo": (may_change, a_step_back),
    "save_again": (something_unsaved,),
    **dict.fromkeys(("copy", "export", "open", "select", "select_all", "related", "people"), _PAPER),
    **dict.fromkeys(("select_down", "select_up", "select_by", "export_notes"), _PAPER),
    **dict.fromkeys(("star", "tags", "note", "edit_note", "read", "next_status", "rate", "remove", "edit"), _MARKED),
    **dict.fromkeys(("priority", "earlier", "later", "quick_note", "remove_note"), _MARKED),
    **dict.fromkeys((f"status_{number}" for number in range(1, 7)), _MARKED),
    **dict.fromkeys(("keep_view", "remove_view", "rename_tag", "remove_tag", "ingest", "remove_sample"), _CHANGED),
    **dict.fromkeys(("triage", "undo_triage", "add"), _CHANGED),
}
"""What each command needs, by its name; a command that is not named works always."""
