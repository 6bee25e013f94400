"""The details of one paper, as prose."""

from __future__ import annotations

from datetime import date as Date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.link import link
from readlist.paper import Entry
from readlist.settings import Settings
from readlist.text import safe_line, safe_text
from readlist.tui.look import DISTINCTION, NOTE, QUIET, STAR, STATUS, TAG, TROUBLE, UNCERTAIN, UNSAVED


class Details(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Everything that is known of one paper, and the reader's marks."""

    DEFAULT_CSS = """
    Details { padding: 0 1; background: $background; scrollbar-size-vertical: 1; }
    Details > Static { max-width: 90; height: auto; }
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(id="details")
        self._settings = settings
        self._shown: Entry | None = None
        self._unsaved = False

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static("", markup=False)

    def show(self, entry: Entry | None, *, unsaved: bool = False) -> None:
        """Show a paper, from its top if it is another one; say so if its mark is not on the disk."""
        if (entry, unsaved) == (self._shown, self._unsaved):
            return
        self._unsaved = unsaved
        if entry is None or self._shown is None or entry.id != self._shown.id:
            self.scroll_home(animate=False)
        self._shown = entry
        self.query_one(Static).update(Content("") if entry is None else page(entry, self._settings, unsaved=unsaved))


def page(entry: Entry, settings: Settings, *, unsaved: bool = False) -> Content:
    """Return the details of a paper. Nothing in it is read as markup."""
    paper, mark = entry.paper, entry.mark
    status = settings.known_status(mark.status)
    parts: list[tuple[str, str]] = [(safe_line(paper.title) + "\n", "bold")]
    authors = ", ".join(map(safe_line, paper.authors)) + (" et al." if paper.authors_truncated else "")
    if authors:
        parts.append((authors + "\n", ""))
    facts = [safe_line(", ".join(paper.affiliations)), long_date(paper.date), ", ".join(paper.categories)]
    if paper.year_inferred:
        facts[1] += " (year inferred)"
    facts += [safe_line(paper.venue or ""), "code" if paper.has_code else ""]
    facts += ["" if paper.score is None else f"score {paper.score:g}"]
    parts.append((safe_line(" · ".join(fact for fact in facts if fact)) + "\n\n", QUIET))
    if unsaved:
        parts.append((f"{UNSAVED} not saved  ", TROUBLE))
    parts.append((f"{status.glyph} {status.label}", STATUS))
    if mark.starred:
        parts.append((f"  {STAR} starred", DISTINCTION))
    if mark.rating:
        parts.append((f"  rated {mark.rating} of 5", DISTINCTION))
    if mark.priority:
        parts.append((f"  priority {mark.priority}", DISTINCTION))
    parts.append(("  " + "  ".join(f"#{safe_line(tag)}" for tag in mark.tags) if mark.tags else "", TAG))
    parts.append(("\n", ""))
    if paper.uncertain:
        doubt = " and ".join(paper.uncertain)
        parts.append((f"{UNCERTAIN} {doubt} may be read wrongly: the source does not tell them apart\n", TROUBLE))
    parts.append(("\n" + safe_text(paper.abstract or "No abstract.") + "\n", "" if paper.abstract else QUIET))
    for note in mark.notes:
        parts.append((f"\n{NOTE} {note.created[:10]}\n", QUIET))
        parts.append((safe_text(note.text) + "\n", ""))
    parts.append(("\n" + safe_line(entry.citekey), QUIET))
    address = link(paper)
    parts.append((f" · {safe_line(address)}" if address else "", QUIET))
    parts.append((f" · from {safe_line(', '.join(paper.sources))}", QUIET))
    return Content.assemble(*parts)


def long_date(date: str | None) -> str:
    """Return a date as people write it: `9 Feb 2023`, `Feb 2023`, `2023`."""
    if not date:
        return ""
    first = Date.fromisoformat(date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date)  # noqa: PLR2004 — YYYY-MM-DD
    return {4: f"{first:%Y}", 7: f"{first:%b %Y}"}.get(len(date), f"{first.day} {first:%b %Y}")
