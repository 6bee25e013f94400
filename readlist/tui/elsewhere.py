"""The commands of every other place than the list: screens, dialogs, and lines that are typed in.

What a place has in common with the list follows it: whoever moves by other keys there moves by them here.
"""

from __future__ import annotations

from typing import Final

from readlist.tui.commands import Command
from readlist.tui.places import PLACES


def _at(command_id: str, label: str, told: str, *keys: str, follows: str = "", does: str = "") -> Command:
    """Return a command of a place; what it follows is named with blanks between."""
    heading = PLACES[command_id.partition(".")[0]].heading
    return Command(command_id, keys, label, told, heading, follows=tuple(follows.split()), does=does)


_SEARCH: Final = (
    _at("search.clear", "clear", "Clear the search and go to the list.", follows="back", does="back"),
    _at("search.take", "complete", "Accept the completion, or what was likely meant.", "tab"),
    _at("search.older", "older", "Bring back an older query.", "up", does="older_search"),
    _at("search.newer", "newer", "Bring back a newer query.", "down", does="newer_search"),
    _at("candidates.next", "next", "Go to the next completion.", "ctrl+n", does="next_candidate"),
    _at("candidates.previous", "previous", "Go to the completion before.", "ctrl+p", does="previous_candidate"),
)

_WRITING: Final = (
    _at("note.save", "save and close", "Save the note and close it.", "ctrl+s", follows="back"),
    _at("note.editor", "your $EDITOR", "Go on in your $EDITOR.", "ctrl+o"),
    _at("line.cancel", "cancel", "Leave without a change.", follows="back"),
    _at("line.complete", "complete", "Accept the suggestion.", "tab"),
    _at("form.save", "save", "Save what was changed, and close the form.", "ctrl+s"),
    _at("form.leave", "cancel", "Leave without a change.", follows="back"),
    _at("form.editor", "as BibTeX in your $EDITOR", "Edit the whole paper as BibTeX in your $EDITOR.", "ctrl+o"),
    _at("form.give_back", "back to the sources", "Give the field back to what the sources say.", "ctrl+r"),
)

_STATISTICS: Final = (
    _at("statistics.leave", "back", "Leave the statistics.", follows="statistics"),
    _at("statistics.ten_down", "far down", "Move ten down.", "space", does="move(10)"),
    _at("statistics.week_back", "week back", "In the calendar, move a week back.", "h", "left", does="along(-1)"),
    _at("statistics.week_on", "week on", "In the calendar, move a week on.", "l", "right", does="along(1)"),
    _at("statistics.other_side", "other side", "Move to the other side.", follows="next_pane"),
)

_LEAVES: Final = (
    _at("lists.leave", "back", "Go back.", follows="back quit"),
    _at("lists.choose", "open", "Open what the cursor is on.", follows="details"),
    _at("lists.help", "keys", "Show every key, those of this place first.", follows="help"),
    _at("lists.down", "down", "Move down.", follows="cursor_down", does="move(1)"),
    _at("lists.up", "up", "Move up.", follows="cursor_up", does="move(-1)"),
    _at("lists.ten_down", "far down", "Move ten lines down.", follows="half_down page_down", does="move(10)"),
    _at("lists.ten_up", "far up", "Move ten lines up.", follows="half_up page_up", does="move(-10)"),
    _at("lists.first", "first", "Move to the first line.", follows="cursor_first", does="move_to_end(True)"),
    _at("lists.last", "last", "Move to the last line.", follows="cursor_last", does="move_to_end(False)"),
)

_PAPERS: Final = (
    _at("papers.star", "star", "Star the paper, or take the star away.", follows="star"),
    _at("papers.read", "read", "Mark the paper as read, or as unread again.", follows="read"),
    _at("papers.next_status", "status", "Go on to the next reading status.", follows="next_status"),
    *(
        _at(
            f"papers.status_{number}",
            f"status {number}",
            f"Set the reading status number {number}.",
            follows=f"status_{number}",
            does=f"status({number})",
        )
        for number in range(1, 7)
    ),
    _at("papers.undo", "undo", "Take back the last change that was made on this screen.", follows="undo"),
    _at("papers.related", "related", "Show the papers that are most like this one.", follows="related"),
    _at("papers.people", "people", "Show the authors and affiliations of this one.", follows="people"),
    _at("papers.details_down", "scroll down", "Scroll the details down.", follows="details_down", does="scroll(1)"),
    _at("papers.details_up", "scroll up", "Scroll the details up.", follows="details_up", does="scroll(-1)"),
    _at("author.list_all", "list and search", "List these papers, and search them further.", follows="search"),
    _at("splits.accept", "correct as it is", "Accept title and authors as they are.", "y"),
    _at("splits.word_back", "word back", "Move the boundary a word back.", "h", "left", does="shift(-1)"),
    _at("splits.word_on", "word on", "Move the boundary a word on.", "l", "right", does="shift(1)"),
    _at("splits.edit", "edit", "Correct the paper in a form.", follows="edit"),
    _at("same.merge", "merge into this one", "Merge the two; the key of the one under the cursor stays.", "m", "y"),
    _at("same.keep_both", "keep both", "Keep both, and never ask about them again.", "b", "n"),
    _at("same.all", "all such pairs", "Decide about all pairs of this reason and these sources.", "a"),
    _at("merging.merge", "merge into this one", "Merge them; the key of the paper under the cursor stays.", "m", "y"),
    _at("merging.edit", "edit", "Correct the paper in a form.", follows="edit"),
    _at("same.edit", "edit", "Correct the paper in a form.", follows="edit"),
)

_TRIAGE: Final = (
    _at("triage.keep", "keep", "Keep it: put it into the reading queue.", "enter", "a", does="decide('queued')"),
    _at("triage.drop", "drop", "Drop it.", "d", "x", does="decide('dropped')"),
    _at("triage.read", "read", "Mark it as read.", follows="read", does="decide('read')"),
    _at("triage.skimmed", "skimmed", "Mark it as skimmed.", "m", does="decide('skimmed')"),
    _at("triage.skip", "skip", "Decide nothing now.", "space", "right", follows="cursor_down"),
    _at("triage.star", "star", "Star it, or take the star away.", follows="star"),
    _at("triage.tags", "tags", "Add and take away tags; 1 to 9: those used last.", follows="tags"),
    _at("triage.note", "note", "Write a note of one line.", follows="note quick_note"),
    _at("triage.previous", "back", "Go back to the paper before.", "left", "backspace", follows="cursor_up"),
    _at("triage.undo", "undo", "Take back the last decision, and go back to its paper.", follows="undo"),
    _at("triage.again", "the skipped ones", "At the end: go once more through the papers that were skipped.", "g"),
    _at("triage.undo_all", "undo all", "Take back the whole triage.", "U"),
    _at("triage.save_again", "save again", "Try again to save what the disk refused.", follows="save_again"),
    _at("triage.leave", "leave", "Leave; triage goes on from here another time.", follows="back quit triage"),
    _at("triage.help", "keys", "Show every key, those of triage first.", follows="help"),
    _at("triage.scroll_down", "scroll down", "Scroll the abstract down.", follows="details_down", does="scroll(3)"),
    _at("triage.scroll_up", "scroll up", "Scroll the abstract up.", follows="details_up", does="scroll(-3)"),
    _at(
        "triage.page_down",
        "page down",
        "Scroll the abstract a page down.",
        follows="page_down half_down",
        does="page(1)",
    ),
    _at("triage.page_up", "page up", "Scroll the abstract a page up.", follows="page_up half_up", does="page(-1)"),
)

_SHOWN: Final = (
    _at("text.leave", "leave", "Leave the text.", follows="back quit details help"),
    _at("text.down", "down", "Scroll down.", follows="cursor_down", does="scroll(1)"),
    _at("text.up", "up", "Scroll up.", follows="cursor_up", does="scroll(-1)"),
    _at("text.half_down", "half down", "Half a page down.", "space", follows="half_down page_down", does="page(0.5)"),
    _at("text.half_up", "half up", "Half a page up.", follows="half_up page_up", does="page(-0.5)"),
    _at("text.first", "beginning", "Scroll to the beginning.", follows="cursor_first", does="to_end(True)"),
    _at("text.last", "end", "Scroll to the end.", follows="cursor_last", does="to_end(False)"),
    _at("menu.down", "down", "Go to the next line.", "down", follows="cursor_down", does="move(1)"),
    _at("menu.up", "up", "Go to the line before.", "up", follows="cursor_up", does="move(-1)"),
    _at("menu.choose", "choose", "Choose the line under the cursor.", follows="details"),
    _at("menu.leave", "leave", "Leave the menu; nothing changes.", follows="back"),
    _at("themes.down", "down", "Go to the next theme.", follows="cursor_down", does="move(1)"),
    _at("themes.up", "up", "Go to the theme before.", follows="cursor_up", does="move(-1)"),
    _at("themes.leave", "cancel", "Leave the colours as they were.", follows="back quit"),
    _at("sheet.down", "down", "Move to the next line.", follows="cursor_down", does="move(1)"),
    _at("sheet.up", "up", "Move to the line before.", follows="cursor_up", does="move(-1)"),
    _at("sheet.page_down", "page down", "Move a page down.", follows="page_down", does="page(1)"),
    _at("sheet.page_up", "page up", "Move a page up.", follows="page_up", does="page(-1)"),
    _at("sheet.choose", "choose", "Choose or change what the cursor stands on.", follows="details"),
    _at("sheet.leave", "close", "Clear what is typed, or close the sheet.", follows="back"),
)

ELSEWHERE: Final = (*_SEARCH, *_WRITING, *_STATISTICS, *_LEAVES, *_PAPERS, *_TRIAGE, *_SHOWN)
"""Every command of another place than the list; those of one place in the order of the help."""
