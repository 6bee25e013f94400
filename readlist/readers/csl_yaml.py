"""CSL-YAML: CSL's items as pandoc and Zotero's Better BibTeX write them, below `references:` or as a bare list.

Items are cut out of the stream by their indentation, so that a broken one costs no other, and read event by event:
nothing is constructed, every value is a text, and an alias, which could make a small source grow without end, is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import ClassVar, Final

from readlist.paper import Incoming, Paper, Rejected
from readlist.readers.csl import TYPES, incoming
from readlist.readers.decoding import numbered
from readlist.readers.gathered import Gathered
from readlist.readers.json_objects import Record, Unfit
from readlist.text import safe_verbatim

NAME: Final = "csl-yaml"
"""The format's name."""

_ITEM: Final = re.compile(r"(?P<margin> {0,40})-(?:[ \t]+\S|[ \t]*$)")
_LIST: Final = re.compile(r"""["']?references["']?[ \t]*:[ \t]*(?P<flow>[\[{&*!].*)?(?:#.*)?$""", re.ASCII)
_NAME: Final = re.compile(r"[\"']?[\w-]{1,60}[\"']?[ \t]*:(?:\s|$)")
_LOOKS_ITEM: Final = re.compile(r"^ {0,40}- +[\"']?[A-Za-z-]{2,30}[\"']?:(?:\s|$)", re.MULTILINE | re.ASCII)
_LOOKS_TYPE: Final = re.compile(rf"^[ -]*[\"']?type[\"']?: +[\"']?(?:{TYPES})[\"']?\s*$", re.MULTILINE | re.ASCII)
_LOOKS_LIST: Final = re.compile(r"^[\"']?references[\"']?:[ \t]*$", re.MULTILINE)
_LOOKS_TITLE: Final = re.compile(r"^[ -]*[\"']?title[\"']?:(?:\s|$)", re.MULTILINE)
_BEGINS: Final = re.compile(r"\s*(?:[\[{<@%]|//)")
_END: Final = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_DEEPEST: Final = 30
"""Lists in lists beyond this many are no item's."""

_MARKUP: Final = (
    (re.compile(r"\[([^\[\]\n]{1,300})\]\{\.nocase\}"), r'<span class="nocase">\1</span>'),
    (re.compile(r"\[([^\[\]\n]{1,300})\]\{\.smallcaps\}"), r"\1"),
    (re.compile(r"(?<![\w*\\])(\*{1,2})(?=[^\s*])([^*\n]{1,300})(?<=[^\s\\])\1(?![\w*])"), r"<i>\2</i>"),
    (re.compile(r"(?<![\\~])~([^\s~]{1,40})(?<!\\)~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"(?<![\\^$])\^([^\s^$]{1,40})(?<!\\)\^(?!\^)"), r"<sup>\1</sup>"),
    (re.compile(r"\\([*\[\]<>@|~^])"), r"\1"),
)
"""Pandoc's Markdown in titles, and what other programs write for it."""


def looks_like(head: str) -> bool:
    """Whether a source that begins so is CSL-YAML: items with titles, below `references` or of CSL's types."""
    return (
        _BEGINS.match(head) is None
        and _LOOKS_ITEM.search(head) is not None
        and (_LOOKS_TYPE.search(head) or _LOOKS_LIST.search(head)) is not None
        and _LOOKS_TITLE.search(head) is not None
    )


def read(lines: Iterable[str], *, as_of: Date, source: str) -> Iterator[Paper | Incoming | Rejected]:  # noqa: ARG001 — every reader is called so
    """Yield the items as papers with their ids as citation keys, unless these are addresses or numbers.

    Args:
        lines: The text of the source; what stands before and after the list is passed over.
        as_of: Not used: the dates have years.
        source: The source's name.
    """
    for item in _items(lines):
        try:
            if item.why or not item.is_whole:
                raise Unfit(item.why)
            yield incoming(_marked_up(_record("\n".join(item.text) + "\n")), source)
        except Unfit as error:
            yield item.rejected(str(error), source)


class _Item(Gathered):
    """The lines of one item."""

    LONGEST: ClassVar[int] = 1 << 20

    margin: int = 0
    """How far its dash is set in."""
    why: str = ""
    """Why it cannot be read; empty when it may be read."""


def _items(lines: Iterable[str]) -> Iterator[_Item]:
    """Yield the items of the lists that have no other name than `references`."""
    item: _Item | None = None
    name: bool | None = None  # whether the list is called `references`; None when it has no name
    whole = True  # whether the piece before ended its line
    for number, line in numbered(lines):
        begins, whole = whole, line.endswith("\n")
        if begins and item is not None and _ends(line, item.margin, named=bool(name)):
            yield item
            item = None
        dash = _ITEM.match(line) if begins else None
        if dash and name is not False and (item is None or len(dash["margin"]) == item.margin):
            if item is not None:
                yield item
            item = _Item(number, margin=len(dash["margin"]))
        elif item is None and begins and _NAME.match(line):
            listed = _LIST.match(line.rstrip())
            name = listed is not None
            if listed and listed["flow"]:
                yield _Item(number, [line.rstrip("\n")], why="expected a list with an item a line, each after a dash")
        if item is not None:
            item.keeps(line)
    if item is not None:
        yield item


def _ends(line: str, margin: int, *, named: bool) -> bool:
    """Whether a line can be no part of an item whose dash is set in so far; a comment or a tab may be, or a mistake."""
    if _END.match(line):
        return True
    text = line.lstrip(" ")
    set_in = len(line) - len(text)
    apart = set_in < margin or (set_in == margin and not _ITEM.match(line))
    return named and apart and bool(text.strip()) and text[0] not in "#\t"


def _record(text: str) -> Record:
    """Return the object that an item is, every value in it a text.

    Raises:
        Unfit: It is none, or is not well-formed.
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # C is ten times as fast
    value: object = None
    try:
        found = _Built()
        for event in yaml.parse(safe_verbatim(text), Loader=loader):
            found.take(event)
        value = found.value
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Unfit(f"{error.problem}{f' (line {mark.line + 1} of the item)' if mark else ''}") from None
    except yaml.YAMLError as error:
        raise Unfit(f"it is not YAML: {' '.join(str(error).split())}") from None
    if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict)):
        raise Unfit("expected an item such as '- title: …'")
    return value[0]


class _Built:
    """A value that is put together from the events of a parser."""

    def __init__(self) -> None:
        self.value: object = None
        self._open: list[list[object] | dict[str, object]] = []
        self._keys: list[str | None] = []

    def take(self, event: object) -> None:
        """Take the next event.

        Raises:
            Unfit: The value names another, or is nested too deeply.
        """
        import yaml

        if isinstance(event, yaml.AliasEvent):
            raise Unfit(f"the item refers to another (*{event.anchor}), which is not supported")
        if isinstance(event, yaml.ScalarEvent):
            self._put(event.value if event.style or event.value not in ("null", "~") else "")
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= _DEEPEST:
                raise Unfit("the item is nested too deeply")
            made: list[object] | dict[str, object] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            self._put(made)
            self._open.append(made)
            self._keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def _put(self, value: object) -> None:
        """Put a value where it belongs; of what is said twice the first is kept."""
        if not self._open:
            self.value = value
            return
        into = self._open[-1]
        if isinstance(into, list):
            into.append(value)
        elif (key := self._keys[-1]) is None:
            if not isinstance(value, str):
                raise Unfit("a list or an object cannot be a name")
            self._keys[-1] = value
        else:
            into.setdefault(key, value)
            self._keys[-1] = None


def _marked_up(record: Record) -> Record:
    """Return an item whose title and venue have the marks that other programs write."""
    return {
        key: _without_markdown(value)
        if isinstance(value, str) and key in ("title", "title-short", "container-title", "abstract")
        else value
        for key, value in record.items()
    }


def _without_markdown(text: str) -> str:
    """Return a text in which HTML stands for Markdown."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text
