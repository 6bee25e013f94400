"""What the details say of one paper, as prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from textual.content import Content

from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.query import Text
from readlist.query.highlight import places
from readlist.settings import Settings
from readlist.text import safe_line, safe_text
from readlist.tui.look import DISTINCTION, HIT, NOTE, QUIET, STAR, STATUS, TAG, TROUBLE, UNCERTAIN, UNSAVED

Piece = tuple[str, str]
"""A text and its style."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper, and how it is shown."""

    entry: Entry
    unsaved: bool = False
    """Whether its mark is not on the disk."""
    sought: tuple[Text, ...] = ()
    """What the query looks for."""


def page(shown: Shown, settings: Settings) -> Content:
    """Return the details of a paper. Nothing in it is read as markup."""
    pieces = [*_facts(shown), *_state(shown, settings), *_prose(shown), *_origin(shown.entry)]
    return Content.assemble(*pieces)


def _marked(text: str, shown: Shown, field: str, style: str = "") -> Iterator[Piece]:
    """Yield a text in pieces, what is sought in it set off."""
    end = 0
    for begin, after in places(text, shown.sought, field):
        yield text[end:begin], style
        yield text[begin:after], f"{style} {HIT}"
        end = after
    yield text[end:], style


def _facts(shown: Shown) -> Iterator[Piece]:
    """Yield title, authors, and a line of facts."""
    paper = shown.entry.paper
    yield from _marked(safe_line(paper.title), shown, "title", "bold")
    authors = ", ".join(map(safe_line, paper.authors)) + (" et al." if paper.authors_truncated else "")
    yield "\n" if authors else "", ""
    yield from _marked(authors, shown, "author")
    affiliations = safe_line(", ".join(paper.affiliations))
    others = " · ".join(fact for fact in _other_facts(paper) if fact)
    yield "\n", ""
    yield from _marked(affiliations, shown, "affil", QUIET)
    yield (" · " if affiliations and others else "") + safe_line(others) + "\n\n", QUIET


def _other_facts(paper: Paper) -> Iterator[str]:
    """Yield the facts that take a word or two."""
    yield long_date(paper.date) + (" (year inferred)" if paper.year_inferred else "")
    yield ", ".join(paper.categories)
    yield paper.venue or ""
    yield "code" if paper.has_code else ""
    yield "" if paper.score is None else f"score {paper.score:g}"


def _state(shown: Shown, settings: Settings) -> Iterator[Piece]:
    """Yield what the reader said of the paper, in one line, and what is doubtful in it."""
    mark, paper = shown.entry.mark, shown.entry.paper
    status = settings.known_status(mark.status)
    yield f"{UNSAVED} not saved  " if shown.unsaved else "", TROUBLE
    yield f"{status.glyph} {status.label}", STATUS
    yield f"  {STAR} starred" if mark.starred else "", DISTINCTION
    yield f"  rated {mark.rating} of 5" if mark.rating else "", DISTINCTION
    yield f"  priority {mark.priority}" if mark.priority else "", DISTINCTION
    yield "".join(f"  #{safe_line(tag)}" for tag in mark.tags) + "\n", TAG
    if paper.uncertain:
        doubt = " and ".join(paper.uncertain)
        yield f"{UNCERTAIN} {doubt} may be read wrongly: the source does not tell them apart\n", TROUBLE


def _prose(shown: Shown) -> Iterator[Piece]:
    """Yield the abstract and the notes."""
    abstract = shown.entry.paper.abstract
    yield "\n", ""
    if abstract:
        yield from _marked(safe_text(abstract), shown, "abstract")
    else:
        yield "No abstract.", QUIET
    yield "\n", ""
    for note in shown.entry.mark.notes:
        yield f"\n{NOTE} {note.created[:10]}\n", QUIET
        yield from _marked(safe_text(note.text), shown, "note")
        yield "\n", ""


def _origin(entry: Entry) -> Iterator[Piece]:
    """Yield the citation key, the address, and where the paper came from."""
    address = link(entry.paper)
    said = [entry.citekey, address or "", f"from {', '.join(entry.paper.sources)}"]
    yield "\n" + " · ".join(safe_line(one) for one in said if one), QUIET


def long_date(date: str | None) -> str:
    """Return a date as people write it: `9 Feb 2023`, `Feb 2023`, `2023`."""
    if not date:
        return ""
    first = Date.fromisoformat(date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date)  # noqa: PLR2004 — YYYY-MM-DD
    return {4: f"{first:%Y}", 7: f"{first:%b %Y}"}.get(len(date), f"{first.day} {first:%b %Y}")
