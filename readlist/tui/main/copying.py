"""The copy menu: what each of its keys copies, of one paper or many."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.worker import Worker, get_current_worker

from readlist.errors import ReadlistError
from readlist.library import Library
from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.settings import CITATION_STYLES
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Copied, Failed, Previewed

if TYPE_CHECKING:
    from readlist.tui.screens.menu import Menu

_WHAT: Final = {
    "b": "BibTeX", "k": "key", "t": "title", "u": "link", "c": "citation", "m": "Markdown link",
}  # fmt: skip
_AT_ONCE: Final = ("k", "t", "u")
"""The keys whose previews need nothing that takes long to load."""

_OTHER: Final = "a"
"""The key of the menu of all styles."""

_NAMES: Final = {
    "apa": "APA", "ieee": "IEEE", "chicago": "Chicago", "mla": "MLA", "nature": "Nature", "acm": "ACM",
    "vancouver": "Vancouver",
}  # fmt: skip
_MENU_OF_STYLES: Final = {str(number): style for number, style in enumerate(CITATION_STYLES, 1)}
_PREVIEW: Final = 200
"""Characters of what would be copied that a line of the menu may show; the screen cuts it where it must."""

_LOOKED_AT: Final = 500
"""Papers at the top of the list among which the first of the selected ones is looked for."""

_MANY: Final = 100
"""Papers from which it is told that citations are being made: a style takes some milliseconds for each."""


def text_to_copy(what: str, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what is copied of papers, piece by piece; nothing changes by asking.

    Args:
        what: A key of the copy menu, or a style of citations.
        entries: The papers.

    Raises:
        UsageError: The style is a file that cannot be used.
    """
    if what == "k":
        yield ",".join(entry.citekey for entry in entries)
    elif what == "t":
        yield "\n".join(safe_line(entry.paper.title) for entry in entries)
    elif what == "u":
        yield "\n".join(address for entry in entries if (address := link(entry.paper)))
    elif what == "m":
        yield "\n".join(markdown_link(entry.paper) for entry in entries)
    else:
        from readlist.writers import style_writer

        yield from style_writer("bibtex" if what == "b" else what)(entries)


def markdown_link(paper: Paper) -> str:
    """Return the title of a paper as a Markdown link; without an address, the title."""
    from readlist.writers.styled.forms import markdown
    from readlist.writers.styled.marked import hidden

    title = markdown(hidden(paper.title))
    address = (link(paper) or "").replace("(", "%28").replace(")", "%29")
    return f"[{title}]({address})" if address else title


class Copying(ListingScreen):
    """Copies what the reader chooses from a menu."""

    _hinted = False
    """Whether the setting that helps has been told: once is enough."""

    def action_copy(self) -> None:
        """Ask what to copy."""
        ids = self.targets()
        example = self._first(ids)
        if not example:
            return
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice(key, name, _preview(key, example) if key in _AT_ONCE else "…") for key, name in _WHAT.items()]
        choices.append(Choice(_OTHER, "all styles", "APA, IEEE, Chicago, …"))
        menu = Menu(_title(ids), choices, "the first of them as a preview" if len(ids) > 1 else "")
        self.app.push_screen(menu, partial(self._copy, ids))
        later = {key: key for key in _WHAT if key not in _AT_ONCE}
        self._find_previews(menu, later | {"c": self.settings.cite_style}, example)

    def _first(self, ids: list[str]) -> list[Entry]:
        """Return the first of these papers in the list, as far as that can be known at once; else any of them."""
        wanted = set(ids)
        listed = self.library.ids(self.papers.rows[:_LOOKED_AT]) if len(ids) > 1 else []
        return self.library.by_ids([next((one for one in listed if one in wanted), ids[0])] if ids else [])

    def _find_previews(self, menu: Menu, keys: dict[str, str], example: list[Entry]) -> Worker[None]:
        """Find out in a thread what keys of a menu would copy; what writes it may take long to load."""

        def find() -> None:
            worker = get_current_worker()
            for key, what in keys.items():
                if worker.is_cancelled:
                    return
                self.post_message(Previewed(menu, key, _preview(what, example)))

        return self.run_worker(find, thread=True, exclusive=True, group="previews")

    def on_previewed(self, event: Previewed) -> None:
        """Show it, if the menu is still there."""
        if event.menu.is_current:
            event.menu.preview(event.key, event.text)

    def _copy(self, ids: list[str], what: str | None) -> None:
        """Copy in a thread: many papers take time, clipboards may be slow, and keys that are given out are kept."""
        self.workers.cancel_group(self, "previews")
        if what == _OTHER:
            self._ask_style(ids)
            return
        if not what:
            return
        if len(ids) > _MANY:
            self.say(f"making {self._called(what)} of {len(ids):,} papers …", lasting=True)
        work = partial(self._copy_in_thread, what, ids, self.papers.rows)
        self.run_worker(work, thread=True, exclusive=True, group="copy")

    def _ask_style(self, ids: list[str]) -> None:
        """Ask for one of all styles."""
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice(key, _NAMES[style], "…") for key, style in _MENU_OF_STYLES.items()]
        menu = Menu(f"{_title(ids)} in the style of", choices)
        self.app.push_screen(menu, lambda key: self._copy(ids, _MENU_OF_STYLES.get(key or "")))
        self._find_previews(menu, _MENU_OF_STYLES, self._first(ids))

    def _called(self, what: str) -> str:
        """Return what is copied, for the reader."""
        style = self.settings.cite_style if what == "c" else what
        return (
            _WHAT.get(what, "citation")
            if what != "c" and what in _WHAT
            else f"{_NAMES.get(style, '')} citation".strip()
        )

    def _copy_in_thread(self, what: str, ids: list[str], rows: array[int]) -> None:
        """Make the text, keep the keys that are given out, and copy it, unless another copy is asked for meanwhile."""
        from readlist.clipboard import one_line

        worker = get_current_worker()
        called = self._called(what)
        pieces: list[str] = []
        try:
            wanted = self.settings.cite_style if what == "c" else what
            for piece in text_to_copy(wanted, in_list_order(self.library, ids, rows)):
                if worker.is_cancelled:
                    return
                pieces.append(piece)
            text = one_line("".join(pieces))
            if not text:
                self.post_message(Failed(ReadlistError(f"no {called} is known")))
                return
            if what in ("b", "k"):
                self.library.give_out(ids)
        except ReadlistError as error:
            self.post_message(Failed(error))
            return
        self.copy_in_thread(f"{called} of {f'{len(ids):,} papers' if len(ids) > 1 else '1 paper'}", text)

    def on_copied(self, event: Copied) -> None:
        """Ask the terminal to copy too if it can, and tell what was really done."""
        outcome = event.outcome
        if outcome.through_terminal:
            self.app.copy_to_clipboard(event.text)
        told = f"{event.what}: {safe_line(outcome.words)}"
        if outcome.file is not None or not outcome.done:
            self.tell_failure(told)
        else:
            self.say(told)
        if outcome.hint and not self._hinted:
            self._hinted = True
            self.warn(outcome.hint)


def _preview(what: str, example: list[Entry]) -> str:
    """Return the beginning of what a key or a style would copy of the first paper."""
    try:
        return safe_line("".join(text_to_copy(what, example)))[:_PREVIEW] or "none known"
    except ReadlistError as error:
        return error.message


def _title(ids: Sequence[str]) -> str:
    """Return what a menu is about."""
    return "Copy" if len(ids) == 1 else f"Copy {len(ids):,} papers"


def in_list_order(library: Library, ids: Sequence[str], rows: array[int]) -> list[Entry]:
    """Return papers in the order in which the list has them; it may take long."""
    wanted = set(library.rows(ids))
    return library.entries([row for row in rows if row in wanted])
