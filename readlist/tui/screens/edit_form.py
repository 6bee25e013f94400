"""The form in which a paper is corrected, or one is added by hand."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from readlist import editing
from readlist.citekey import checked_key
from readlist.correction import corrected, differences, safe
from readlist.editing import Edits
from readlist.errors import ReadlistError, UsageError
from readlist.paper import Entry, Paper
from readlist.text import safe_line, safe_text
from readlist.tui.footer import Offer
from readlist.tui.look import QUIET, TAG
from readlist.tui.screens.dialog import Dialog
from readlist.tui.widgets.area import Area
from readlist.tui.widgets.line import Line

_LINES: Final = {
    "title": "title",
    "date": "date",
    "venue": "venue",
    "kind": "kind",
    "arxiv": "arXiv",
    "doi": "DOI",
    "categories": "categories",
    "affiliations": "affiliations",
    "key": "citation key",
}
"""The fields that are one line, with their labels."""

_AREAS: Final = {"authors": "authors", "abstract": "abstract"}
"""The fields that are several lines."""

_ORDER: Final = (
    "title", "authors", "date", "venue", "kind", "arxiv", "doi", "categories", "affiliations", "key", "abstract"
)  # fmt: skip

_ET_AL: Final = "et al."
"""Stands below authors whose list was cut."""

_MORE: Final = frozenset({_ET_AL, "et al", "others", "and others"})
"""What may be written for it; `others` is BibTeX's word."""

_EXAMPLES: Final = {
    "date": "2023, 2023-06 or 2023-06-15",
    "kind": "article, inproceedings, misc …",
    "arxiv": "e.g. 2302.04761",
    "doi": "e.g. 10.1000/182",
    "categories": "e.g. cs.CL; cs.LG",
    "key": "if empty: made from author, year and title",
}
"""What an empty field shows."""

_KEYS: Final = {"form.save": "save", "form.leave": "cancel", "form.editor": "BibTeX in $EDITOR"}
_TAB: Final = Offer("tab", "next field", "Go to the next field.")
_BACK: Final = {"form.give_back": "back to the sources"}


def values_of(paper: Paper, citekey: str) -> dict[str, str]:
    """Return what the form shows of a paper, by field; authors stand in lines of their own."""
    authors = [*map(safe_line, paper.authors), *([_ET_AL] if paper.authors_truncated else [])]
    return {
        "title": safe_line(paper.title),
        "authors": "\n".join(authors),
        "date": paper.date or "",
        "venue": safe_line(paper.venue or ""),
        "kind": safe_line(paper.kind or ""),
        "arxiv": safe_line(paper.identifiers.arxiv or ""),
        "doi": safe_line(paper.identifiers.doi or ""),
        "categories": "; ".join(map(safe_line, paper.categories)),
        "affiliations": "; ".join(map(safe_line, paper.affiliations)),
        "key": safe_line(citekey),
        "abstract": safe_text(paper.abstract or ""),
    }


def changes(before: dict[str, str], after: dict[str, str]) -> Edits:
    """Return what was changed in the form.

    Raises:
        UsageError: A field has a value that it cannot have.
    """
    changed = {name: after[name] for name in after if after[name].strip() != before[name].strip()}
    if "authors" in changed:
        names = filter(None, (line.strip() for line in changed["authors"].splitlines()))
        changed["authors"] = "; ".join("others" if name.casefold() in _MORE else name for name in names)
    found = editing.assigned(f"{name}={value}" for name, value in changed.items())
    if found.citekey is not None:
        checked_key(found.citekey)
    return Edits(safe(found.corrections), found.citekey or None)


class EditForm(Dialog[Edits | None]):
    """Every fact of a paper in a field of its own; gives what was changed."""

    DEFAULT_CSS = """
    EditForm > Vertical {
        width: 100%; max-width: 100; height: 90%; padding: 0 1; background: $surface; border: round $primary;
    }
    EditForm VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    EditForm .heading { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    EditForm Horizontal { height: auto; }
    EditForm .label { width: 19; height: 1; }
    EditForm Input { width: 1fr; height: 1; border: none; padding: 0; }
    EditForm Input:focus { border: none; background: $panel; }
    EditForm TextArea { width: 1fr; border: none; padding: 0; }
    EditForm TextArea:focus { border: none; background: $panel; }
    EditForm #authors { height: 5; }
    EditForm #abstract { height: 8; }
    EditForm #trouble { height: auto; display: none; color: $text-error; }
    EditForm #trouble.-shown { display: block; }
    """

    PLACE = "form"

    def __init__(self, entry: Entry | None, owner: Callable[[str], str | None]) -> None:
        """Say what to edit.

        Args:
            entry: The paper; None for a new one.
            owner: Gives the id of the paper that goes by a citation key.
        """
        super().__init__()
        self._entry = entry
        self._owner = owner
        self._held = entry or Entry("", "", "", Paper(title="", title_raw=""))
        self._before = values_of(self._held.paper, self._held.citekey)
        self._given = editing.as_text(entry) if entry else editing.empty_text()
        self._written = self._given
        self._told = self._before
        self._warned = False

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        entry = self._entry
        with Vertical():
            title = safe_line(entry.paper.title) if entry else "a paper by hand"
            heading = Content.assemble(("Edit " if entry else "Add ", QUIET), (title, "bold"))
            yield Static(heading, markup=False, classes="heading")
            with VerticalScroll():
                yield from self._fields()
            yield Static("", id="trouble", markup=False)

    def offered(self) -> Sequence[Offer]:
        """Return what the last line offers."""
        return [*self.offers(_KEYS | (_BACK if self._entry and self._entry.corrected else {})), _TAB]

    def _fields(self) -> Iterator[Horizontal]:
        """Yield a line for each field."""
        for name in _ORDER:
            label = (_LINES | _AREAS)[name]
            mine = self._entry is not None and name in self._entry.corrected
            shown = Content.assemble((label, TAG if mine else QUIET), (" yours" if mine else "", QUIET))
            value = self._before[name]
            field: Input | TextArea
            if name in _LINES:
                field = Line(value, placeholder=_EXAMPLES.get(name, ""), select_on_focus=False, id=name)
            else:
                field = Area(value, soft_wrap=True, tab_behavior="focus", id=name)
            yield Horizontal(Static(shown, classes="label", markup=False), field)

    def on_mount(self) -> None:
        """Begin with the title."""
        self.set_focus(self.query_one("#title", Input))

    def _after(self) -> dict[str, str]:
        """Return what stands in the fields now."""
        lines = {name: self.query_one(f"#{name}", Input).value for name in _LINES}
        return lines | {name: self.query_one(f"#{name}", TextArea).text for name in _AREAS}

    def _tell(self, *words: str) -> None:
        """Say what is wrong, in sentences; nothing takes that away."""
        told = ". ".join(_sentence(one) for one in words if one)
        line = self.query_one("#trouble", Static)
        line.update(Content(safe_line(told)))
        line.set_class(bool(told), "-shown")

    # ------------------------------------------------------------------ keys

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field."""
        event.stop()
        self.focus_next()

    def action_save(self) -> None:
        """Leave with what was changed, if every field can have its value."""
        try:
            found = changes(self._before, self._after())
            self._check(found)
        except ReadlistError as error:
            self._tell(error.message, error.hint)
        else:
            self.dismiss(found)

    def _check(self, found: Edits) -> None:
        """Make sure that a new paper has a title, and that no other paper has the key.

        Raises:
            UsageError: It has none, or one has.
        """
        if self._entry is None and "title" not in found.corrections:
            raise UsageError("a paper needs a title")
        owner = self._owner(found.citekey) if found.citekey else None
        if owner is not None and owner != (self._entry.id if self._entry else ""):
            raise UsageError(f"another paper has the key {found.citekey}")

    def action_leave(self) -> None:
        """Leave; what was changed is dropped when that was said twice."""
        if self._after() != self._before and not self._warned:
            self._warned = True
            self._tell(f"not saved: {self.key_of('form.save')} saves, leaving again drops what you changed")
        else:
            self.dismiss(None)

    def action_give_back(self) -> None:
        """Put what the sources say into the field that has the focus."""
        entry, field = self._entry, self.focused
        if entry is None or entry.sourced is None or field is None or field.id not in self._before:
            return
        value = values_of(entry.sourced, entry.citekey)[field.id]
        if isinstance(field, Input):
            field.value = value
        elif isinstance(field, TextArea):
            field.text = value

    def action_editor(self) -> None:
        """Edit the whole paper as BibTeX in the editor of the reader's choice."""
        from readlist.editor import edit

        folder = Path(tempfile.mkdtemp(prefix="readlist-"))
        try:
            given = self._text()
            with self.app.suspend():
                edited = edit(given, folder / "paper.bib")
        except ReadlistError as error:
            self._tell(error.message)
            return
        except SuspendNotSupported:
            self._tell("this terminal cannot be handed to an editor")
            return
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if edited.trouble:
            self._tell(edited.trouble)
            return
        if edited.text == given:
            return
        self._written, self._told = edited.text, self._after()
        try:
            found = self._found(edited.text)
            self._check(found)
        except ReadlistError as error:
            self._tell(error.message, f"{self.key_of('form.editor')} goes on with your text")
        else:
            self.dismiss(found if found.corrections or found.citekey else None)

    def _text(self) -> str:
        """Return what the editor opens on: what it left the last time, unless the form says something else since.

        Raises:
            UsageError: A field has a value that it cannot have.
        """
        after = self._after()
        if after == self._told:
            return self._written
        found = changes(self._before, after)
        paper = corrected(self._held.paper, found.corrections)
        return editing.as_text(replace(self._held, paper=paper, citekey=found.citekey or self._held.citekey))

    def _found(self, text: str) -> Edits:
        """Return what a text changes of the paper, or makes of a new one.

        Raises:
            EditError: It is not one entry that can be read.
        """
        if self._entry is not None:
            return editing.edits(self._given, text)
        whole = editing.paper_in(text, self._given)
        return Edits(differences(Paper(title="-", title_raw="-"), whole.paper), whole.citekey or None)


def _sentence(words: str) -> str:
    """Return words as they begin a sentence; a key, or a name such as arXiv, stays as it is written."""
    return words[:1].upper() + words[1:] if words.partition(" ")[0].isalpha() and words[:2].islower() else words
