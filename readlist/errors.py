"""The errors that readlist tells its users about: a sentence and, where there is one, a hint."""

from __future__ import annotations

from typing import ClassVar, Final

_NAMED: Final = 5


class ReadlistError(Exception):
    """Something went wrong that the reader of the message can understand and often mend.

    Attributes:
        message: What is wrong, as a sentence without a final full stop.
        hint: What to do about it, or an empty string.
    """

    exit_status: ClassVar[int] = 1
    """What the command line exits with when this error ends it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Give the message without its hint."""
        return self.message


class UsageError(ReadlistError):
    """A command was given words that it does not take."""

    exit_status = 2


class PlacedError(UsageError):
    """Something that was typed cannot be understood from some place on.

    Attributes:
        text: What was typed.
        column: Where in it the trouble is, counted from 0.
        end: The place after the last character of it.
        instead: What was likely meant to stand there; None when that cannot be told.
    """

    def __init__(
        self, message: str, text: str, column: int, hint: str = "", *, end: int = 0, instead: str | None = None
    ) -> None:
        super().__init__(message, hint)
        self.text = text
        self.column = column
        self.end = end or column + 1
        self.instead = instead

    @property
    def mended(self) -> str | None:
        """The query as it was likely meant."""
        return None if self.instead is None else self.text[: self.column] + self.instead + self.text[self.end :]


class QueryError(PlacedError):
    """A query cannot be understood."""


class PatternError(PlacedError):
    """A pattern of citation keys cannot be understood."""


class SettingsError(ReadlistError):
    """The settings file is not TOML, or a key in it has a wrong name or value."""


class SourceError(ReadlistError):
    """Something that was to be ingested cannot be read, or no reader knows its format."""


class UnknownKeyError(ReadlistError):
    """No paper goes by a name that was given.

    Attributes:
        keys: The names that no paper goes by.
    """

    def __init__(self, keys: tuple[str, ...], hint: str = "") -> None:
        named = ", ".join(keys[:_NAMED]) + (f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else "")
        super().__init__(f"no paper goes by: {named}", hint)
        self.keys = keys


class NothingToDoError(ReadlistError):
    """There is nothing that what was asked for could be done to: no step to undo, no sample to remove."""


class StoreError(ReadlistError):
    """The library cannot be opened, read or written."""


class ReadOnlyError(StoreError):
    """A change was asked of a library that is open for reading only."""


class DamagedError(StoreError):
    """A file of the library is not what readlist wrote: cut, altered, or of a newer version."""


class ForeignError(DamagedError):
    """A file that a newer readlist or another program wrote, which is never altered, moved or replaced."""


class DamagedMarksError(DamagedError):
    """The marks file cannot be taken for what the library had last; restoring mends it."""


class NewerSchemaError(DamagedMarksError):
    """A newer readlist wrote the marks file: it is never overwritten nor restored over."""
