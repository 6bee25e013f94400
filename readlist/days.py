"""Days as the reader lives them, and the instants at which they begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

_LAST: Final = date.max.toordinal()


def day_begins(ordinal: int) -> str:
    """Return the instant at which a day begins where the reader is, UTC ISO 8601 to the second.

    Args:
        ordinal: The day's number, as of `date.toordinal`; one beyond the calendar's ends stands for the nearest.
    """
    day = date.fromordinal(max(1, min(ordinal, _LAST)))
    try:
        local = datetime.combine(day, time.min).astimezone()
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):  # the calendar's ends have no instant in some zones
        return f"{day.isoformat()}T00:00:00Z"


def day_of(instant: str) -> int | None:
    """Return the number of the day that an instant is in where the reader is; None if it is none.

    Args:
        instant: UTC ISO 8601.
    """
    try:
        return datetime.fromisoformat(instant).astimezone().toordinal()
    except (ValueError, OverflowError, OSError):
        return None
