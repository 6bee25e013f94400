"""What the reader did with a paper: a frozen value, and the changes that make a new one of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.errors import UsageError
from readlist.text import safe_line, safe_verbatim

UNREAD: Final = "unread"
"""The status of a paper that nobody has touched."""

QUEUED: Final = "queued"
"""The status of a paper that waits to be read."""

READING: Final = "reading"
"""The status of a paper that is being read."""

SKIMMED: Final = "skimmed"
"""The status of a paper that was looked through."""

READ: Final = "read"
"""The status of a paper that was read; when it was last reached can be searched."""

DROPPED: Final = "dropped"
"""The status of a paper that will not be read."""

IN_QUEUE: Final = (READING, QUEUED)
"""The statuses of papers in the reading queue, in its order."""

MANY: Final = 50
"""A change to more papers than this is asked about before it is made."""

MAX_RATING: Final = 5
MAX_PRIORITY: Final = 3


class Note(Struct, frozen=True):
    """One note on a paper."""

    id: str
    """`n` and hex digits, unique within the library."""
    text: str
    created: str
    """UTC ISO 8601."""
    changed: str
    """UTC ISO 8601."""


class Mark(Struct, frozen=True):
    """A reader's own data about one paper."""

    status: str = UNREAD
    """The id of a status, e.g. `reading`."""
    status_dates: tuple[tuple[str, str], ...] = ()
    """When each status was last reached, as pairs of status id and UTC instant, in order of the first time."""
    starred: bool = False
    tags: tuple[str, ...] = ()
    """In alphabetical order, without repeats."""
    rating: int = 0
    """0 (none) to 5."""
    priority: int = 0
    """0 (none) to 3."""
    rank: float | None = None
    """Where it stands in the queue, if that was set by hand, among the seconds since 1970 at which the others were
    queued; None outside of the queue."""
    notes: tuple[Note, ...] = ()
    """In the order of their making."""
    changed: str | None = None
    """When the mark last changed, UTC ISO 8601; None when it never did."""


UNMARKED: Final = Mark()
"""The mark of a paper that the reader has not touched."""


def counted(papers: int) -> str:
    """Return a number of papers as words: `1 paper`, `10,490 papers`."""
    return "1 paper" if papers == 1 else f"{papers:,} papers"


class Change(Struct, frozen=True):
    """A change to a mark, with the words that name it in the history."""

    name: str
    """E.g. `star` or `tag +rl -todo`."""
    apply: Callable[[Mark, str], Mark]
    """Takes a mark and the present instant; gives the new mark (the same one when nothing changes)."""
    asks: str = "Change {}"
    """What it does to some papers, before it is done, with `{}` where these are named: `Tag {} with #rl`."""

    def question(self, count: int) -> str:
        """Return the question whether so many papers are to be changed, e.g. `Star 10,490 papers?`."""
        return self.asks.replace("{}", counted(count)) + "?"

    def __call__(self, mark: Mark, now: str) -> Mark:
        """Return `mark` after the change; its `changed` is `now` if anything is different."""
        new = self.apply(mark, now)
        return mark if new == mark else replace(new, changed=now)


def star(starred: bool = True) -> Change:
    """Set or take away the star."""
    asks = "Star {}" if starred else "Take the star from {}"
    return Change("star" if starred else "unstar", lambda mark, _: replace(mark, starred=starred), asks)


def set_status(status: str) -> Change:
    """Set the reading status and keep when it was reached."""

    def apply(mark: Mark, now: str) -> Mark:
        if mark.status == status:
            return mark
        reached = dict(mark.status_dates)
        reached[status] = now
        rank = mark.rank if status in IN_QUEUE else None
        return replace(mark, status=status, status_dates=tuple(reached.items()), rank=rank)

    return Change(f"status {status}", apply, f"Set the status of {{}} to {status}")


def set_rating(rating: int) -> Change:
    """Set the rating, 0 to 5.

    Raises:
        UsageError: The number is out of range.
    """
    if not 0 <= rating <= MAX_RATING:
        raise UsageError(f"a rating is a whole number from 0 to {MAX_RATING}, not {rating}")
    asks = f"Rate {{}} with {rating}" if rating else "Take the rating from {}"
    return Change(f"rate {rating}", lambda mark, _: replace(mark, rating=rating), asks)


def set_priority(priority: int) -> Change:
    """Set the priority, 0 to 3.

    Raises:
        UsageError: The number is out of range.
    """
    if not 0 <= priority <= MAX_PRIORITY:
        raise UsageError(f"a priority is a whole number from 0 to {MAX_PRIORITY}, not {priority}")
    asks = f"Give {{}} the priority {priority}" if priority else "Take the priority from {}"
    return Change(f"priority {priority}", lambda mark, _: replace(mark, priority=priority), asks)


def checked_tag(tag: str) -> str:
    """Return a tag as it is kept: casefolded, without surrounding blanks or a leading `#`.

    Raises:
        UsageError: It is empty, holds a blank, a comma or a quotation mark, begins with `+` or `-`, or has an
            empty part.
    """
    name = safe_verbatim(tag).strip().removeprefix("#").casefold()
    if not name or any(c.isspace() or c in ',"' for c in name):
        raise UsageError(f"{tag!r} cannot be a tag", "a tag has no blanks, commas or quotation marks; use - inside it")
    if name[0] in "+-" or not all(name.split("/")):
        raise UsageError(f"{tag!r} cannot be a tag", "a tag never begins with + or -, and no part between / is empty")
    return name


def change_tags(add: Iterable[str] = (), remove: Iterable[str] = ()) -> Change:
    """Add tags and take tags away.

    Raises:
        UsageError: One of them cannot be a tag.
    """
    added = tuple(dict.fromkeys(checked_tag(tag) for tag in add))
    removed = tuple(dict.fromkeys(checked_tag(tag) for tag in remove))
    name = " ".join(["tag", *(f"+{tag}" for tag in added), *(f"-{tag}" for tag in removed)])

    def apply(mark: Mark, _: str) -> Mark:
        return replace(mark, tags=tuple(sorted({*mark.tags, *added} - set(removed))))

    return Change(name, apply, _asks_of_tags(added, removed))


def _asks_of_tags(added: Sequence[str], removed: Sequence[str]) -> str:
    """Return what adding and taking away these tags does."""
    new, gone = (" ".join(f"#{tag}" for tag in tags) for tags in (added, removed))
    if new and gone:
        return f"Tag {{}} with {new}, and take {gone} away"
    return f"Tag {{}} with {new}" if new else f"Take {gone} from {{}}"


def tags_as_written(line: str) -> Change | None:
    """Return the change that a line such as `rl +agents -todo` asks for; None if it asks for nothing.

    Raises:
        UsageError: One of the words cannot be a tag.
    """
    words = line.replace(",", " ").split()
    added = [word.removeprefix("+") for word in words if word[0] != "-"]
    removed = [word[1:] for word in words if word[0] == "-"]
    return change_tags(added, removed) if words else None


def taken_over(mark: Mark, now: str) -> Mark:
    """Return a mark that a source held, with the instants and the notes' ids that the source did not know."""
    dates = mark.status_dates or (() if mark.status == UNREAD else ((mark.status, now),))
    notes = tuple(
        replace(note, id=note.id or new_note_id(), created=note.created or now, changed=note.changed or now)
        for note in mark.notes
    )
    return replace(mark, status_dates=dates, notes=notes, changed=mark.changed or now)


def rename_tag(old: str, new: str) -> Change:
    """Give a tag, and with it every tag that has it as its first part, another name; one that is there is joined.

    Raises:
        UsageError: One of them cannot be a tag.
    """
    before, after = checked_tag(old), checked_tag(new)

    def apply(mark: Mark, _: str) -> Mark:
        renamed = {after + tag[len(before) :] if _is_under(tag, before) else tag for tag in mark.tags}
        return replace(mark, tags=tuple(sorted(renamed)))

    return Change(f"rename the tag {before} to {after}", apply)


def drop_tag(tag: str) -> Change:
    """Take away a tag, and with it every tag that has it as its first part.

    Raises:
        UsageError: It cannot be a tag.
    """
    gone = checked_tag(tag)

    def apply(mark: Mark, _: str) -> Mark:
        return replace(mark, tags=tuple(tag for tag in mark.tags if not _is_under(tag, gone)))

    return Change(f"remove the tag {gone}", apply)


def _is_under(tag: str, first: str) -> bool:
    """Whether a tag is another one, or has it as its first part: `rl/offline` is under `rl`."""
    return tag == first or tag.startswith(f"{first}/")


def new_note_id() -> str:
    """Return an id that no other note has."""
    import secrets

    return "n" + secrets.token_hex(6)


def add_note(note_id: str, text: str) -> Change:
    """Add a note; one without any text changes nothing."""
    kept = safe_verbatim(text).strip()

    def apply(mark: Mark, now: str) -> Mark:
        if not kept:
            return mark
        return replace(mark, notes=(*mark.notes, Note(note_id, kept, now, now)))

    return Change("note", apply)


def change_note(note_id: str, text: str) -> Change:
    """Replace the text of a note; an empty text takes the note away."""
    kept = safe_verbatim(text).strip()

    def apply(mark: Mark, now: str) -> Mark:
        notes = tuple(
            replace(note, text=kept, changed=now) if note.id == note_id and note.text != kept else note
            for note in mark.notes
            if kept or note.id != note_id
        )
        return replace(mark, notes=notes)

    return Change("edit note" if kept else "remove note", apply)


LONGEST_TAG: Final = 60
"""Characters beyond which a keyword is no tag."""

_NOT_IN_TAG: Final = r'(?:\s-+\s|[,"\s])+'


@lru_cache(1024)
def tag_of(keyword: str) -> str | None:
    """Return the tag that a keyword makes: `Machine Learning` is `machine-learning`, JabRef's `A > B` is `a/b`."""
    text = safe_line(keyword).casefold().lstrip("#*+-_/ ")
    parts = [re.sub(_NOT_IN_TAG, "-", part.strip(' ,"')) for part in re.split(r" ?> ?|/", text)]
    name = "/".join(part for part in parts if part)
    try:
        return checked_tag(name) if len(name) <= LONGEST_TAG else None
    except UsageError:
        return None
