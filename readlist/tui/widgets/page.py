"""What the details say of one paper, as prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content

from readlist.link import link
from readlist.paper import Entry, Paper
from readlist.query import Facet, Text
from readlist.query.highlight import places
from readlist.settings import Settings
from readlist.text import safe_line, safe_text
from readlist.tui.look import CHIP, DISTINCTION, HIT, LINK, NOTE, QUIET, STAR, STATUS, TROUBLE, UNCERTAIN, UNSAVED
from readlist.tui.widgets.pointing import pointing

if TYPE_CHECKING:
    from readlist.tui.widgets.markdown import Block

Piece = tuple[str, str]
"""A text and its style."""


class Shown(Struct, frozen=True):
    """A paper, and how it is shown."""

    entry: Entry
    unsaved: bool = False
    """Whether its mark is not on the disk."""
    sought: tuple[Text, ...] = ()
    """What the query looks for."""


def page(shown: Shown, settings: Settings) -> Content:
    """Return the details of a paper without its notes. Nothing in it is read as markup."""
    pieces = [*_facts(shown), *_state(shown, settings), *_abstract(shown), *_origin(shown.entry)]
    return Content.assemble(*pieces)


def note_blocks(shown: Shown) -> list[Block]:
    """Return the notes of a paper, each below its date."""
    from readlist.tui.widgets.markdown import Block, blocks

    found: list[Block] = []
    for note in shown.entry.mark.notes:
        found.append(Block(Content.assemble((f"{NOTE} {note.created[:10]}", QUIET))))
        first, *rest = blocks(note.text, shown.sought) or [Block(Content(""))]
        first.apart = False
        found += [first, *rest]
    return found


def _marked(text: str, shown: Shown, field: str, style: str = "") -> Iterator[Piece]:
    """Yield a text in pieces, what is sought in it set off."""
    end = 0
    for begin, after in places(text, shown.sought, field):
        yield text[end:begin], style
        yield text[begin:after], f"{style} {HIT}"
        end = after
    yield text[end:], style


def _names(names: Sequence[str], shown: Shown, field: str, style: str = "") -> Content:
    """Return names, each of which can be clicked, what is sought in them set off."""
    safe = [safe_line(name) for name in names]
    text = Content.assemble(*_marked(", ".join(safe), shown, field, style))
    begin = 0
    for name in safe:
        tree = Facet(field, name, 0).tree
        if tree is not None:
            text = text.stylize(pointing(term=str(tree)), begin, begin + len(name))
        begin += len(name) + 2
    return text


def _facts(shown: Shown) -> Iterator[Piece | Content]:
    """Yield title, authors, and a line of facts."""
    paper = shown.entry.paper
    yield from _marked(safe_line(paper.title), shown, "title", "bold")
    yield "\n" if paper.authors else "", ""
    yield _names(paper.authors, shown, "author")
    yield " et al." if paper.authors_truncated else "", ""
    others = " · ".join(fact for fact in _other_facts(paper) if fact)
    yield "\n", ""
    yield _names(paper.affiliations, shown, "affil", QUIET)
    yield (" · " if paper.affiliations and others else "") + safe_line(others) + "\n", QUIET


def _other_facts(paper: Paper) -> Iterator[str]:
    """Yield the facts that take a word or two."""
    yield long_date(paper.date) + (" (year inferred)" if paper.year_inferred else "")
    yield ", ".join(paper.categories)
    yield paper.venue or ""
    yield "code" if paper.has_code else ""
    yield "" if paper.score is None else f"score {paper.score:g}"


def _state(shown: Shown, settings: Settings) -> Iterator[Piece | Content]:
    """Yield what the reader said of the paper, in one line, and what is doubtful in it."""
    mark, paper = shown.entry.mark, shown.entry.paper
    status = settings.known_status(mark.status)
    yield f"{UNSAVED} not saved  " if shown.unsaved else "", TROUBLE
    yield f"{status.glyph} {status.label}", STATUS
    yield f"  {STAR} starred" if mark.starred else "", DISTINCTION
    yield f"  rated {mark.rating} of 5" if mark.rating else "", DISTINCTION
    yield f"  priority {mark.priority}" if mark.priority else "", DISTINCTION
    for tag in mark.tags:
        yield "  ", ""
        chip = Content.assemble((f" #{safe_line(tag)} ", CHIP))
        yield chip.stylize(pointing(term=str(Facet("tag", tag, 0).tree)))
    yield "\n", ""
    if paper.uncertain:
        doubt = " and ".join(paper.uncertain)
        yield f"{UNCERTAIN} {doubt} may be wrong: the source does not separate them\n", TROUBLE


def _abstract(shown: Shown) -> Iterator[Piece]:
    """Yield the abstract."""
    abstract = shown.entry.paper.abstract
    yield "\n", ""
    if abstract:
        yield from _marked(safe_text(abstract), shown, "abstract")
    else:
        yield "No abstract.", QUIET


def _origin(entry: Entry) -> Iterator[Piece | Content]:
    """Yield the citation key, the address, and where the paper came from."""
    yield f"\n\n{safe_line(entry.citekey)}", QUIET
    if address := link(entry.paper):
        address = safe_line(address)
        yield " · ", QUIET
        yield Content.assemble((address.partition("://")[2], LINK)).stylize(pointing(address=address))
    yield f" · from {safe_line(', '.join(entry.paper.sources))}", QUIET


def long_date(date: str | None) -> str:
    """Return a date as people write it: `9 Feb 2023`, `Feb 2023`, `2023`."""
    if not date:
        return ""
    first = Date.fromisoformat(date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date)  # noqa: PLR2004 — YYYY-MM-DD
    return {4: f"{first:%Y}", 7: f"{first:%b %Y}"}.get(len(date), f"{first.day} {first:%b %Y}")
