"""What the marks file keeps of one paper, and the document that stands for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from readlist.decided import NOTHING, Own
from readlist.errors import DamagedMarksError
from readlist.mark import MAX_PRIORITY, MAX_RATING, UNMARKED, Mark
from readlist.paper import Entry, Identifiers
from readlist.record import Record, RecordError, mark_from, mark_record
from readlist.store.envelope import RESTORE, Tables

TABLE: Final = "papers"
"""TinyDB's table of them."""

_ID: Final = re.compile("p[0-9a-f]{16}", re.ASCII)
_FACTS: Final = frozenset(("citekey", "given_out", "title", "authors", "date", "identifiers"))
_FIELDS: Final = _FACTS | {"id", "mark"}
_CHOSEN: Final = "keys"
"""The fact that is there only where a reader chose a key: `{"pinned", "former"}`."""
_KEYS: Final = frozenset(("pinned", "former"))
_OWN: Final = "own"
"""The fact that is there only where a reader decided something of the paper's facts."""
_OPTIONAL: Final = frozenset((_CHOSEN, _OWN))
_RANK: Final = "rank"
"""The part of a mark that is there only where a reader ordered the queue."""
_UNMARKED: Final = {name: value for name, value in mark_record(UNMARKED).items() if name != _RANK}
_MARK: Final = frozenset(_UNMARKED)
_NOTE: Final = frozenset(("id", "text", "created", "changed"))


class Kept(Struct, frozen=True):
    """What the marks file says of one paper: enough to stand without the catalogue."""

    id: str
    citekey: str
    given_out: bool
    """Whether the citation key was ever copied or exported, so that it must stay."""
    title: str
    authors: tuple[str, ...]
    date: str | None
    identifiers: Identifiers
    mark: Mark
    pinned: bool = False
    """Whether the citation key was set by hand, so that no pattern changes it."""
    former_keys: tuple[str, ...] = ()
    """The citation keys that it had before, oldest first: it is found by them, and no other paper gets one."""
    own: Own = NOTHING
    """What the reader decided of its facts. Title, authors, date and identifiers are what the sources say."""

    @classmethod
    def of(cls, entry: Entry, mark: Mark, *, given_out: bool) -> Kept:
        """Return what is kept of a paper of the catalogue with this mark."""
        paper = entry.sourced or entry.paper
        return cls(
            entry.id, entry.citekey, given_out, paper.title, paper.authors, paper.date, paper.identifiers, mark
        )  # fmt: skip

    @property
    def worth_keeping(self) -> bool:
        """Whether there is anything in it that a person decided."""
        return self.given_out or self.mark != UNMARKED or self.key_is_chosen or self.own != NOTHING

    @property
    def key_is_chosen(self) -> bool:
        """Whether the citation key is not the one that the paper got when it came in: the marks say which it is."""
        return self.pinned or bool(self.former_keys)

    def marked(self, mark: Mark, *, given_out: bool = False) -> Kept:
        """Return the same with another mark; a key that was given out once stays so."""
        return replace(self, mark=mark, given_out=self.given_out or given_out)

    def rekeyed(self, citekey: str, *, pinned: bool) -> Kept:
        """Return the same with another citation key; the one that it had becomes a former one."""
        former = self.former_keys if citekey == self.citekey else (*self.former_keys, self.citekey)
        kept = tuple(key for key in dict.fromkeys(former) if key != citekey)
        return replace(self, citekey=citekey, pinned=pinned, former_keys=kept)

    def decided_by(self, fields: Mapping[str, Any]) -> Kept:
        """Return the same after the change that a step wrote down, as far as it is one of decisions."""
        own = self.own.record()
        kept = self if not own.keys() & fields.keys() else replace(self, own=Own.of(own | _only_of(own, fields)))
        if not {"citekey", "pinned"} & fields.keys():
            return kept
        return kept.rekeyed(fields.get("citekey", self.citekey), pinned=fields.get("pinned", self.pinned))

    def decided_like(self, other: Kept | None) -> Kept:
        """Return the same with what a reader decided of another: of its citation key, and of its facts."""
        if other is None:
            return self
        kept = replace(self, own=other.own)
        if not other.key_is_chosen:
            return kept
        return replace(kept, citekey=other.citekey, pinned=other.pinned, former_keys=other.former_keys)


def document_id(paper_id: str) -> int:
    """Return TinyDB's id for a paper: the upper 63 bits of the paper's id, since TinyDB takes only integers."""
    return (int(paper_id[1:], 16) >> 1) or 1


def document_of(kept: Kept) -> Record:
    """Return the document that stands for `kept` in the file."""
    mark = mark_record(kept.mark)
    if kept.mark.rank is None:
        del mark[_RANK]
    return {"id": kept.id, **facts_of(kept), "mark": mark}


def decisions(kept: Kept) -> Record:
    """Return what a step may change of a paper besides its mark, as a JSON object."""
    return {"citekey": kept.citekey, "pinned": kept.pinned, **kept.own.record()}


def _only_of(record: Record, fields: Mapping[str, Any]) -> Record:
    """Return those fields that a record has."""
    return {name: value for name, value in fields.items() if name in record}


def facts_of(kept: Kept) -> Record:
    """Return the same without the id and the mark."""
    chosen: Record = {"pinned": kept.pinned, "former": list(kept.former_keys)}
    return {
        "citekey": kept.citekey,
        "given_out": kept.given_out,
        "title": kept.title,
        "authors": list(kept.authors),
        "date": kept.date,
        "identifiers": {"arxiv": kept.identifiers.arxiv, "doi": kept.identifiers.doi},
        **({_CHOSEN: chosen} if kept.key_is_chosen else {}),
        **({_OWN: kept.own.record()} if kept.own != NOTHING else {}),
    }


def keys_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the citation key that a document names, then the former ones, without reading the rest."""
    chosen = document.get(_CHOSEN)
    return (document["citekey"], *chosen["former"]) if chosen else (document["citekey"],)


def has_decisions(document: Mapping[str, Any]) -> bool:
    """Say whether a document decides anything besides a mark, without reading the rest."""
    return not _OPTIONAL.isdisjoint(document)


def has_mark(document: Mapping[str, Any]) -> bool:
    """Say whether a document has a mark, without reading the rest."""
    return bool(document["mark"] != _UNMARKED)


def kept_from(document: Mapping[str, Any]) -> Kept:
    """Return what a document of the file says.

    Raises:
        RecordError: A key is missing or unknown, or has a value of the wrong kind; the message names it.
    """
    _only(document, _FIELDS | (document.keys() & _OPTIONAL), "")
    _text(document, "id")
    if not _ID.fullmatch(document["id"]):
        raise RecordError(f"id should be p and 16 hex digits, not {document['id']!r:.60}")
    mark = mark_from(document["mark"], "mark")
    _only(document["mark"], _MARK | (document["mark"].keys() & {_RANK}), "mark.")
    for note in document["mark"]["notes"]:
        _only(note, _NOTE, "mark.notes.")
    return known(document["id"], {name: document[name] for name in document.keys() - {"id", "mark"}}, mark)


def known(paper_id: str, facts: Mapping[str, Any], mark: Mark) -> Kept:
    """Return what the facts of a paper and its mark make.

    Raises:
        RecordError: A fact is missing or unknown, or has a value of the wrong kind; the message names it.
    """
    _only(facts, _FACTS | (facts.keys() & _OPTIONAL), "")
    for name in ("citekey", "title"):
        _text(facts, name)
    if not isinstance(facts["given_out"], bool):
        raise RecordError(f"given_out should be true or false, not {facts['given_out']!r:.60}")
    if not isinstance(facts["authors"], list) or not all(isinstance(name, str) for name in facts["authors"]):
        raise RecordError(f"authors should be a list of texts, not {facts['authors']!r:.60}")
    if facts["date"] is not None:
        _text(facts, "date")
    identifiers = facts["identifiers"]
    if not isinstance(identifiers, dict):
        raise RecordError("identifiers should be an object")
    _only(identifiers, frozenset(("arxiv", "doi")), "identifiers.")
    for name, value in identifiers.items():
        if value is not None and not isinstance(value, str):
            raise RecordError(f"identifiers.{name} should be text, not {value!r:.60}")
    pinned, former = _keys(facts.get(_CHOSEN))
    return Kept(
        paper_id, facts["citekey"], facts["given_out"], facts["title"], tuple(facts["authors"]), facts["date"],
        Identifiers(**identifiers), mark, pinned, former, Own.of(facts.get(_OWN)),
    )  # fmt: skip


def _keys(chosen: object) -> tuple[bool, tuple[str, ...]]:
    """Read whether the key is pinned, and the former ones; None where no reader chose a key."""
    if chosen is None:
        return False, ()
    if not isinstance(chosen, dict):
        raise RecordError("keys should be an object")
    _only(chosen, _KEYS, "keys.")
    if not isinstance(chosen["pinned"], bool):
        raise RecordError(f"keys.pinned should be true or false, not {chosen['pinned']!r:.60}")
    former = chosen["former"]
    if not isinstance(former, list) or not all(isinstance(key, str) and key for key in former):
        raise RecordError(f"keys.former should be a list of texts, not {former!r:.60}")
    return chosen["pinned"], tuple(former)


def _only(record: Mapping[str, Any], names: frozenset[str], path: str) -> None:
    """Make sure that a record has these keys and no others."""
    if record.keys() != names:
        wrong = min(record.keys() ^ names)
        raise RecordError(f"{path}{wrong} is {'missing' if wrong in names else 'not known'}")


def _text(record: Mapping[str, Any], name: str) -> None:
    """Make sure that a value is text that is not empty."""
    if not isinstance(record[name], str) or not record[name]:
        raise RecordError(f"{name} should be text, not {record[name]!r:.60}")


def check(tables: Tables, name: str) -> None:
    """Make sure that every document of a paper is one that `kept_from` reads, and has the number that it should have.

    Raises:
        DamagedMarksError: One is not.
    """
    for key, document in tables.get(TABLE, {}).items():
        if not _sound(key, document):
            why = _why(key, document)
            if why:
                raise DamagedMarksError(f"{name} is damaged: the record {key} cannot be read: {why}", RESTORE)


def _sound(key: str, document: Mapping[str, Any]) -> bool:
    """Say quickly whether a document is surely right: ten thousand are looked at when the file is read."""
    try:
        mark, identifiers, paper_id = document["mark"], document["identifiers"], document["id"]
        notes, dates = mark["notes"], mark["status_dates"]
        texts = [document["citekey"], document["title"], mark["status"], *document["authors"], *mark["tags"]]
        for text in (identifiers["arxiv"], identifiers["doi"], mark["changed"], document["date"]):
            if text is not None:
                texts.append(text)  # noqa: PERF401 — half the time of a comprehension for four
        for note in notes:
            texts.extend(note.values())
        return (
            len(document) == len(_FIELDS) + len(_OPTIONAL & document.keys())
            and (_OWN not in document or Own.of(document[_OWN]) != NOTHING)
            and _keys(document.get(_CHOSEN)) is not None
            and len(mark) == len(_MARK) + (_RANK in mark)
            and type(mark.get(_RANK, 0.0)) is float
            and isfinite(mark.get(_RANK, 0.0))
            and str(document_id(paper_id)) == key
            and _ID.fullmatch(paper_id) is not None
            and set(map(type, [*texts, *dates.values()])) == {str}
            and type(document["given_out"]) is type(mark["starred"]) is bool
            and type(mark["rating"]) is type(mark["priority"]) is int
            and 0 <= mark["rating"] <= MAX_RATING
            and 0 <= mark["priority"] <= MAX_PRIORITY
            and type(document["authors"]) is type(mark["tags"]) is type(notes) is list
            and all(note.keys() == _NOTE for note in notes)
            and len(identifiers) == 2  # noqa: PLR2004 — those two
            and bool(document["citekey"] and document["title"])
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecordError):
        return False


def _why(key: str, document: Mapping[str, Any]) -> str:
    """Return what is wrong with a document; nothing if nothing is."""
    try:
        kept = kept_from(document)
    except RecordError as error:
        return error.message
    number = document_id(kept.id)
    return "" if str(number) == key else f"it is that of {kept.id}, whose number is {number}"
