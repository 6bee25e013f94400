"""What to read next, and why."""

from __future__ import annotations

from datetime import date as Date

from readlist.days import day_of
from readlist.mark import READING, Mark


def why(mark: Mark, today: Date) -> str:
    """Return why a paper stands where it does in the reading queue, as a few words."""
    since = _since(mark, today)
    if mark.status == READING:
        return f"reading since {since}" if since else "you are reading it"
    if mark.priority:
        return f"priority {mark.priority}"
    if mark.rank is not None:
        return "in the place that you gave it"
    return f"waiting since {since}" if since else "waiting"


def _since(mark: Mark, today: Date) -> str:
    """Return the day on which a paper got its status; nothing if that is not known."""
    day = day_of(dict(mark.status_dates).get(mark.status, ""))
    if day == today.toordinal():
        return "today"
    return Date.fromordinal(day).isoformat() if day is not None else ""
