"""The registry of commands: keys, footer, help, palette and remapping all come from here.

Those of the list stand here, those of every other place in `readlist.tui.elsewhere`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from rich.cells import cell_len

from readlist.tui.keynames import shown_key

if TYPE_CHECKING:
    from readlist.tui.circumstances import Now


class Command(Struct, frozen=True):
    """Something the reader can ask for."""

    id: str
    """Its name in the settings; elsewhere than at the list with the place before it: `triage.keep`."""
    keys: tuple[str, ...]
    """The keys that ask for it, as Textual names them; none for a command of the palette only."""
    label: str
    """A word or two for the footer and the help."""
    help: str
    """What it does, as a sentence."""
    group: str
    """The heading that the help puts it under."""
    footer: bool = False
    """Whether the footer of the list shows it when there is room."""
    follows: tuple[str, ...] = ()
    """Commands of the list; it also has their keys, whatever the reader makes of these."""
    does: str = ""
    """What the screen is asked for, as Textual calls it: `move(1)`; nothing when that is its name."""

    @property
    def place(self) -> str:
        """Where it works: a name of `readlist.tui.places`; nothing for the list."""
        return self.id.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Its name in that place."""
        return self.id.rpartition(".")[2]

    @property
    def action(self) -> str:
        """What the screen is asked for: its method `action_…`."""
        return self.does or self.name

    @property
    def shown_key(self) -> str:
        """The first of its keys as people write it; nothing when it has none."""
        return shown_key(self.keys[0]) if self.keys else ""

    @property
    def shortest_key(self) -> str:
        """The one of its keys that takes the fewest cells, a character before an arrow; nothing when it has none."""
        shown = map(shown_key, self.keys)
        return min(shown, key=lambda key: (cell_len(key), not key.isascii()), default="")

    @property
    def shown_keys(self) -> str:
        """The keys as people write them."""
        return " ".join(map(shown_key, self.keys))

    def why_not(self, now: Now) -> str:
        """Return why it does not work in these circumstances, as a sentence; nothing when it works."""
        from readlist.tui.circumstances import NEEDS

        return next((reason for need in NEEDS.get(self.id, ()) if (reason := need(now))), "")


def in_settings(name: str) -> str:
    """Return the name of a command as a settings file has it: one with a place stands in quotes."""
    return f'"{name}"' if "." in name else name


MOVE, LOOK, MARK, GIVE, LIBRARY = "Move", "Find", "Mark", "Copy and export", "Library"

COMMANDS: Final = (
    Command("cursor_down", ("j", "down"), "down", "Move to the next paper.", MOVE),
    Command("cursor_up", ("k", "up"), "up", "Move to the paper before.", MOVE),
    Command("cursor_first", ("g", "home"), "first", "Move to the first paper.", MOVE),
    Command("cursor_last", ("G", "end"), "last", "Move to the last paper.", MOVE),
    Command("half_down", ("ctrl+d",), "half down", "Move half a page down.", MOVE),
    Command("half_up", ("ctrl+u",), "half up", "Move half a page up.", MOVE),
    Command("page_down", ("pagedown",), "page down", "Move a page down.", MOVE),
    Command("page_up", ("pageup",), "page up", "Move a page up.", MOVE),
    Command("details_down", ("J",), "scroll down", "Scroll the details down.", MOVE),
    Command("details_up", ("K",), "scroll up", "Scroll the details up.", MOVE),
    Command("details", ("enter",), "details", "Go to the details of the paper; in the sidebar, choose.", MOVE),
    Command("next_pane", ("tab",), "next pane", "Go to the next pane.", MOVE),
    Command("back", ("escape",), "back", "Drop the selection, else go back, else clear the search.", MOVE),
    Command("search", ("slash",), "search", "Narrow the list with every key you type.", LOOK, footer=True),
    Command(
        "views",
        ("f",),
        "views",
        "Show a view: then 1 to 9, 0 for all papers, + to keep this search as a view.",
        LOOK,
        footer=True,
    ),
    Command("sort", ("S",), "sort", "Choose the order; it is kept with the view.", LOOK),
    Command("sidebar", ("F",), "sidebar", "Go to the sidebar of views and counts; from there, hide it.", LOOK),
    Command("exclude", ("minus",), "exclude", "In the sidebar: leave out the papers that have this.", LOOK),
    Command("next", ("full_stop",), "next", "Go to the paper to read next; once more: to the one after.", LOOK),
    Command("statistics", ("number_sign",), "statistics", "Count what is listed: bars, reading days, pace.", LOOK),
    Command("related", ("R",), "related", "Show the papers that are most like this one, and why.", LOOK),
    Command("people", ("A",), "people", "Show all papers of one of its authors or affiliations, by year.", LOOK),
    Command("density", ("z",), "density", "Show each paper in two lines, or in one again.", LOOK),
    Command("narrower", ("less_than_sign",), "border back", "Move the border of the pane to the left, or up.", LOOK),
    Command("wider", ("greater_than_sign",), "border on", "Move the border of the pane to the right, or down.", LOOK),
    Command("theme", (), "theme", "Choose the colours; each is shown before you choose it.", LOOK),
    Command("keep_view", (), "keep the view", "Keep this search and its order as a view.", LOOK),
    Command("remove_view", (), "remove a view", "Remove a view from the sidebar.", LOOK),
    Command("help", ("question_mark",), "keys", "Show every key, and change or remap any of them.", LOOK, footer=True),
    Command("palette", ("ctrl+p",), "commands", "Find any command by its name.", LOOK),
    Command("settings", ("comma",), "settings", "Look at the settings and change them.", LOOK),
    Command("star", ("s",), "star", "Star the paper, or take the star away.", MARK, footer=True),
    Command("tags", ("t",), "tags", "Add and take away tags.", MARK, footer=True),
    Command("rename_tag", (), "rename a tag", "Rename a tag on all papers, or join two.", MARK),
    Command("remove_tag", (), "remove a tag", "Take a tag away from all papers.", MARK),
    Command("note", ("n",), "note", "Write a new note.", MARK, footer=True),
    Command("quick_note", ("M",), "quick note", "Write a note of one line.", MARK),
    Command("edit_note", ("N",), "edit note", "Edit a note; where there are several, choose which.", MARK),
    Command("remove_note", (), "remove a note", "Remove a note; where there are several, choose which.", MARK),
    Command("read", ("r",), "read", "Mark the paper as read, or as unread again.", MARK, footer=True),
    Command("next_status", ("space",), "status", "Go on to the next reading status.", MARK),
    *(
        Command(
            f"status_{number}", (str(number),), f"status {number}", f"Set the reading status number {number}.", MARK
        )
        for number in range(1, 7)
    ),
    Command("rate", ("asterisk",), "rate", "Rate the paper: then 0 to 5.", MARK),
    Command("priority", ("p",), "priority", "Set the priority: then 0 to 3.", MARK),
    Command("earlier", ("left_square_bracket",), "earlier", "Move the paper up in the reading queue.", MARK),
    Command("later", ("right_square_bracket",), "later", "Move the paper down in the reading queue.", MARK),
    Command("select", ("v",), "select", "Select the paper and move down; marks then change all selected.", MARK),
    Command("select_down", ("shift+down",), "select down", "Select from here to the next paper, and on.", MARK),
    Command("select_up", ("shift+up",), "select up", "Select from here to the paper before, and on.", MARK),
    Command("select_by", ("X",), "select by a query", "Select the papers of a query; - before it drops them.", MARK),
    Command("select_all", ("V",), "select all", "Select every listed paper, or none.", MARK),
    Command("triage", ("T",), "triage", "Go through the unread papers one by one, a key a decision.", MARK),
    Command("undo_triage", (), "undo the triage", "Take back every decision of the last triage, as one step.", MARK),
    Command("undo", ("u",), "undo", "Take back the last change.", MARK, footer=True),
    Command("redo", ("ctrl+r",), "redo", "Do again what was taken back.", MARK),
    Command("save_again", ("w",), "save again", "Try again to save what the disk refused.", MARK),
    Command("copy", ("y",), "copy", "Copy a citation, the key, the title or the link.", GIVE, footer=True),
    Command("export", ("e",), "export", "Export the selected or all listed papers to a file.", GIVE, footer=True),
    Command("export_notes", (), "export the notes", "Write the notes of the listed papers as one document.", GIVE),
    Command("open", ("o",), "open", "Open the paper's page in the browser.", GIVE),
    Command("kept_exports", (), "kept exports", "See which exports are kept up to date; stop one.", GIVE),
    Command("ingest", ("i",), "ingest", "Bring in papers from a file or pasted text.", LIBRARY, footer=True),
    Command("edit", ("E",), "edit", "Correct the paper; what you correct wins over every source.", LIBRARY),
    Command("add", ("a",), "add", "Add a paper by hand.", LIBRARY),
    Command("uncertain", ("U",), "uncertain", "Check papers whose title and authors may be split wrongly.", LIBRARY),
    Command("same", ("W",), "duplicates", "Decide about likely duplicates: merge, or keep both.", LIBRARY),
    Command("merge", ("m",), "merge", "Merge the selected papers into one; they are shown first.", LIBRARY),
    Command("remove", ("D",), "remove", "Remove the paper from the library.", LIBRARY),
    Command("remove_sample", (), "remove the sample", "Remove the sample; what you have marked stays.", LIBRARY),
    Command("quit", ("q",), "quit", "Leave readlist; everything is saved.", LIBRARY),
)
"""Every command of the list, in the order of the help."""
