"""What other programs keep of a reader's own: keywords, ranks and notes, turned into a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from readlist.mark import MAX_PRIORITY, MAX_RATING, UNREAD, Mark, Note, tag_of
from readlist.text import safe_line, safe_verbatim

_STATUSES: Final = {
    "read": "read", "skimmed": "skimmed", "reading": "reading", "in progress": "reading", "unread": UNREAD,
    "to read": "queued", "to-read": "queued", "toread": "queued", "queued": "queued", "abandoned": "dropped",
    "dropped": "dropped",
}  # fmt: skip
"""What programs call a reading status, and readlist's word for it."""

_NUMBER: Final = re.compile(r"\d")


def tags(keywords: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that keywords make."""
    return tuple(sorted({tag for keyword in keywords if (tag := tag_of(keyword))}))


def keywords(text: str) -> list[str]:
    """Return the keywords that one field lists, between semicolons or else commas."""
    return [word for word in (part.strip() for part in text.split(";" if ";" in text else ",")) if word]


def status(text: str) -> str:
    """Return the status that a word of another program means; `unread` when it means none."""
    return _STATUSES.get(safe_line(text).casefold(), UNREAD)


def rating(text: str) -> int:
    """Return the rating that JabRef's `rank4`, a number or stars mean; 0 when they mean none."""
    stars = text.count("★") + text.count("⭐")
    number = _NUMBER.search(text)
    return min(stars or (int(number[0]) if number else 0), MAX_RATING)


def priority(text: str) -> int:
    """Return the priority that JabRef's `prio1` (its highest) or a word means; 0 when they mean none."""
    word = safe_line(text).casefold()
    if word in ("high", "medium", "low"):
        return {"high": 3, "medium": 2, "low": 1}[word]
    number = _NUMBER.search(word)
    if number is None:
        return 0
    found = int(number[0])
    return max(MAX_PRIORITY + 1 - found, 0) if word.startswith("prio") and found else min(found, MAX_PRIORITY)


def note(text: str) -> Note | None:
    """Return the note that a text makes, its id and instants still to be given; None when there is no text."""
    kept = safe_verbatim(text).strip()
    return Note("", kept, "", "") if kept else None


def mark(
    *,
    status: str = UNREAD,
    starred: bool = False,
    tags: tuple[str, ...] = (),
    rating: int = 0,
    priority: int = 0,
    notes: Iterable[str] = (),
) -> Mark:
    """Return the mark that another program's fields make; one without anything in it is `UNMARKED`."""
    made = tuple(one for text in dict.fromkeys(notes) if (one := note(text)))
    return Mark(status=status, starred=starred, tags=tags, rating=rating, priority=priority, notes=made)
