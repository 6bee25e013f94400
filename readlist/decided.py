"""What a reader decided of a paper besides its mark: its facts, its citation key, which papers are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from readlist.correction import FIELDS, Corrections, corrected, safe
from readlist.errors import ReadlistError
from readlist.paper import Entry, Identifiers, Incoming, Paper, date_ordinal
from readlist.record import Json, Record, RecordError, entry_record, paper_from, paper_record
from readlist.text import safe_line

_NAMES: Final = frozenset(("corrected", "written", "into", "apart"))
_KEYS: Final = frozenset(("pinned", "former_keys"))
_ABOUT: Final = frozenset(("sourced", "merged", "names"))
_PART: Final = frozenset(("id", "citekey", "title", "authors", "date", "identifiers"))
_ID: Final = re.compile("p[0-9a-f]{16}", re.ASCII)


def is_id(text: str) -> bool:
    """Say whether a text is the id of a paper."""
    return _ID.fullmatch(text) is not None


class Own(Struct, frozen=True):
    """What a reader decided of one paper's facts."""

    corrected: Corrections = field(default_factory=dict)
    """The reader's own corrections; those of an accepted split are what the sources say."""
    written: Mapping[str, Json] | None = None
    """The paper as it was added by hand; None for one that came from a source."""
    into: str | None = None
    """The id of the paper that this one was merged into."""
    apart: tuple[str, ...] = ()
    """Ids of papers that are like this one and are other papers."""

    def record(self) -> Record:
        """Return it as a JSON object."""
        return {
            "corrected": dict(self.corrected),
            "written": None if self.written is None else dict(self.written),
            "into": self.into,
            "apart": list(self.apart),
        }

    @classmethod
    def of(cls, record: object) -> Own:
        """Return what a JSON object says; nothing is decided where there is none.

        Raises:
            RecordError: It is not what `record` made; the message names the place.
        """
        if record is None:
            return NOTHING
        if not isinstance(record, dict):
            raise RecordError("own should be an object")
        if record.keys() != _NAMES:
            wrong = min(record.keys() ^ _NAMES)
            raise RecordError(f"own.{wrong} is {'missing' if wrong in _NAMES else 'not known'}")
        _check_corrections(record["corrected"])
        if record["written"] is not None:
            date_ordinal(paper_from(record["written"], "own.written").date)
        if not (record["into"] is None or isinstance(record["into"], str)):
            raise RecordError(f"own.into should be text, not {record['into']!r:.60}")
        apart = record["apart"]
        if not isinstance(apart, list) or not all(isinstance(one, str) for one in apart):
            raise RecordError(f"own.apart should be a list of texts, not {apart!r:.60}")
        return cls(record["corrected"], record["written"], record["into"], tuple(apart))

    @property
    def safe(self) -> Own:
        """The same with every text in it made safe.

        Raises:
            UsageError: A correction has a value that its field cannot have.
        """
        return Own(safe(self.corrected), self.written, self.into, self.apart)


NOTHING: Final = Own()
"""What is decided of a paper whose facts the reader has left alone."""


def _check_corrections(record: object) -> None:
    """Make sure that corrections are some.

    Raises:
        RecordError: They are not.
    """
    if not isinstance(record, dict):
        raise RecordError("own.corrected should be an object")
    unknown = sorted(record.keys() - FIELDS)
    if unknown:
        raise RecordError(f"own.corrected.{unknown[0]} is not known")
    try:
        paper = corrected(Paper(title="-", title_raw="-"), record)
        date_ordinal(paper.date)
    except ReadlistError as error:
        raise RecordError(f"own.corrected: {error.message}") from error
    if not paper.title.strip():
        raise RecordError("own.corrected.title should be text that is not empty")


class Chosen(Struct, frozen=True):
    """What a reader decided of one paper, as far as it goes from one library to another."""

    own: Own = NOTHING
    pinned: bool = False
    """Whether the citation key was set by hand."""
    former_keys: tuple[str, ...] = ()
    """The citation keys that it had before, oldest first."""

    def record(self) -> Record:
        """Return it as a JSON object."""
        return {**self.own.record(), "pinned": self.pinned, "former_keys": list(self.former_keys)}

    @classmethod
    def of(cls, record: Mapping[str, object], path: str) -> Chosen:
        """Return what the fields of a JSON object say, made safe.

        Raises:
            ReadlistError: One has a value that it cannot have; the message names the place.
        """
        own = Own.of({name: record[name] for name in _NAMES}).safe
        if not isinstance(record["pinned"], bool):
            raise RecordError(f"{path}.pinned should be true or false, not {record['pinned']!r:.60}")
        for paper_id in (*own.apart, *filter(None, [own.into])):
            _check_id(paper_id, path)
        return cls(own, record["pinned"], tuple(_checked_key(key, path) for key in _texts(record, "former_keys", path)))


class Part(Struct, frozen=True):
    """A paper that was merged into another one: what is kept of it, so that its sources come to that one."""

    id: str
    citekey: str
    paper: Paper
    """Its title, authors, date and identifiers."""
    chosen: Chosen

    def record(self) -> Record:
        """Return it as a JSON object."""
        facts = paper_record(self.paper)
        told = {name: facts[name] for name in ("title", "authors", "date", "identifiers")}
        return {"id": self.id, "citekey": self.citekey, **told, **self.chosen.record()}

    @classmethod
    def of(cls, record: object) -> Part:
        """Return what a JSON object says, made safe.

        Raises:
            ReadlistError: It is not what `record` made; the message names the place.
        """
        path = "decided.merged"
        fields = _fields(record, _PART | _NAMES | _KEYS, path)
        bare = paper_record(Paper(title="-", title_raw="-"))
        facts = {name: fields[name] for name in ("title", "authors", "date", "identifiers")}
        paper = paper_from({**bare, **facts, "title_raw": fields["title"]}, path)
        date_ordinal(paper.date)
        title, named = safe_line(paper.title), (paper.identifiers.arxiv, paper.identifiers.doi)
        if not title:
            raise RecordError(f"{path}.title has no readable text")
        chosen = Chosen.of(fields, path)
        if chosen.own.into is None:
            raise RecordError(f"{path}.into should be the id of a paper")
        names = Identifiers(*(safe_line(name or "") or None for name in named))
        authors = tuple(map(safe_line, paper.authors))
        paper = Paper(title, title, authors, date=paper.date, identifiers=names)
        return cls(_check_id(fields["id"], path), _checked_key(fields["citekey"], path), paper, chosen)


class Decided(Struct, frozen=True):
    """All that a reader decided of one paper besides its mark, so that an export can take it elsewhere."""

    chosen: Chosen = field(default_factory=Chosen)
    merged: tuple[Part, ...] = ()
    """The papers that were merged into it, by id."""
    names: tuple[str, ...] = ()
    """Other ids by which descriptions of it are known: a source that was taken for it once is so again."""

    @property
    def decides(self) -> bool:
        """Whether there is anything in it that a person decided."""
        return bool(self.merged) or self.chosen != Chosen()

    def record(self, entry: Entry) -> Record:
        """Return it as a JSON object, with what the sources say of the paper where the reader corrected that."""
        shown = paper_record(entry.paper)
        facts = paper_record(entry.as_sourced.paper)
        told: Record = {name: value for name, value in facts.items() if value != shown[name]}
        merged: list[Json] = [part.record() for part in self.merged]
        return {**self.chosen.record(), "sourced": told, "merged": merged, "names": list(self.names)}

    @classmethod
    def of(cls, record: object) -> Decided:
        """Return what a JSON object says, made safe.

        Raises:
            ReadlistError: It is not what `record` made; the message names the place.
        """
        fields = _fields(record, _NAMES | _KEYS | _ABOUT, "decided")
        merged = fields["merged"]
        if not isinstance(merged, list):
            raise RecordError(f"decided.merged should be a list, not {merged!r:.60}")
        chosen = Chosen.of(fields, "decided")
        if chosen.own.into is not None:
            raise RecordError("decided.into should be null: a paper that was merged is not exported by itself")
        names = tuple(_check_id(name, "decided") for name in _texts(fields, "names", "decided"))
        return cls(chosen, tuple(map(Part.of, merged)), names)


class Whole(Entry, frozen=True):
    """An entry with all that its reader decided of it."""

    decided: Decided = Decided()


class FromLibrary(Incoming, frozen=True):
    """A paper of another library, as its sources describe it, with what its reader decided of it there."""

    decided: Decided = Decided()


def whole_record(entry: Entry) -> Record:
    """Return an entry as the object that is exported: with what is decided of it; null for that if it is nothing."""
    decided = entry.decided.record(entry) if isinstance(entry, Whole) and entry.decided != Decided() else None
    return {**entry_record(entry), "decided": decided}


def decided_from(found: object, shown: Paper) -> tuple[Paper, Decided]:
    """Return what the sources say of a paper, and what is decided of it, from the object that was exported.

    Args:
        found: What `whole_record` has as `decided`.
        shown: The paper that the rest of the object describes.

    Raises:
        ReadlistError: It is not what `whole_record` made; the message names the place.
    """
    if found is None:
        return shown, Decided()
    decided = Decided.of(found)
    told = found.get("sourced") if isinstance(found, dict) else None
    if not isinstance(told, dict):
        raise RecordError("decided.sourced should be an object")
    sourced = paper_from({**paper_record(shown), **told}, "decided.sourced")
    date_ordinal(sourced.date)
    return sourced, decided


def _fields(record: object, names: frozenset[str], path: str) -> Mapping[str, object]:
    """Return an object that has these keys and no others.

    Raises:
        RecordError: It has not, or is none.
    """
    if not isinstance(record, dict):
        raise RecordError(f"{path} should be an object")
    if record.keys() != names:
        wrong = min(record.keys() ^ names)
        raise RecordError(f"{path}.{wrong} is {'missing' if wrong in names else 'not known'}")
    return record


def _texts(record: Mapping[str, object], name: str, path: str) -> list[str]:
    """Return a list of texts.

    Raises:
        RecordError: It is none.
    """
    value = record[name]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise RecordError(f"{path}.{name} should be a list of texts, not {value!r:.60}")
    return value


def _check_id(value: object, path: str) -> str:
    """Return a paper's id.

    Raises:
        RecordError: It is none.
    """
    if not isinstance(value, str) or not is_id(value):
        raise RecordError(f"{path} names {value!r:.60}, which is no paper's id: p and 16 hex digits")
    return value


def _checked_key(value: object, path: str) -> str:
    """Return a citation key.

    Raises:
        RecordError: It is none.
    """
    if not isinstance(value, str) or not value or safe_line(value) != value:
        raise RecordError(f"{path} has {value!r:.60} for a citation key")
    return value
