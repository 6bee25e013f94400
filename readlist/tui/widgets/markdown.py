"""Notes as Markdown, set for the terminal. What a note says is text: nothing in it is Textual's markup or a command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from rich.cells import cell_len
from textual.content import Content

from readlist.query import Text
from readlist.query.highlight import places
from readlist.text import safe_line, safe_verbatim
from readlist.tui.look import BULLET, CODE, HEADING, HIT, LINK, QUIET, QUOTE, RULE
from readlist.tui.widgets.pointing import pointing

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST: Final = 20_000
"""Characters of a note up to which it is read as Markdown: a longer one would keep the keys waiting."""

_NARROWEST: Final = 12
"""Cells that a text has however deep it stands."""

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")

_SPANS: Final = {"strong": "bold", "em": "italic", "s": "strike"}


class Block(Struct):
    """Lines that are wrapped together.

    Attributes:
        text: What they say.
        first: What stands before the first line, such as the bullet of a list.
        rest: What stands before the others.
        apart: Whether an empty line stands above.
        wraps: Whether lines that are too long are wrapped at words.
    """

    text: Content
    first: str = ""
    rest: str = ""
    apart: bool = True
    wraps: bool = True

    def lines(self, width: int) -> Iterator[Content]:
        """Yield the lines for a width."""
        first, rest = self.first, self.rest
        if width - cell_len(rest) < _NARROWEST:  # so deep that nothing could be read
            room = max(0, min(cell_len(rest), width - _NARROWEST))
            first, rest = first[-room:] if room else "", rest[-room:] if room else ""
        room = max(1, width - cell_len(rest))
        for number, line in enumerate(self._wrapped(room)):
            yield Content.assemble((rest if number else first, QUIET), line)

    def _wrapped(self, width: int) -> list[Content]:
        """Return the text in lines of at most `width` cells; code is broken where it must be."""
        if self.wraps:
            return self.text.wrap(width)
        return [part for line in self.text.split("\n") for part in line.fold(width)]


def blocks(text: str, sought: Sequence[Text] = ()) -> list[Block]:
    """Return the blocks of a note.

    Args:
        text: The note as it was written.
        sought: What the query looks for; it is set off.
    """
    text = safe_verbatim(text).expandtabs(4).strip("\n")
    if len(text) > _LONGEST:
        return [Block(_marked(Content(text), sought))]
    from markdown_it import MarkdownIt

    # Raw HTML is text like any other; a line ends where its writer ended it.
    reader = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    return list(_Setting(sought).blocks(reader.parse(text)))


def laid_out(blocks: Sequence[Block], width: int) -> Content:
    """Return blocks, one below the other, in lines of at most `width` cells."""
    lines: list[Content] = []
    for block in blocks:
        if block.apart and lines:
            lines.append(Content(""))
        lines.extend(block.lines(width))
    return Content("\n").join(lines)


class _Setting(Struct):
    """What is known while a note is gone through."""

    sought: Sequence[Text]
    inside: list[list[str]] = field(default_factory=list)
    """What stands before the lines of each quotation and item that is open: before the next line, and the others."""
    counts: list[int | None] = field(default_factory=list)
    """The number of the next item of each open list; None for lists with bullets."""
    begun: bool = False
    """Whether something of the open list has been set: then no empty line stands before the rest."""

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Yield the blocks of a whole note."""
        style = ""
        for token in tokens:
            match token.type:
                case "heading_open" | "heading_close":
                    style = HEADING if token.nesting > 0 else ""
                case "inline":
                    yield self._block(_inline(token.children or (), style))
                case "fence" | "code_block":
                    code = Content.assemble((_safe(token.content.rstrip("\n")), CODE))
                    yield self._block(code, wraps=False)
                case "hr":
                    yield self._block(Content.assemble((RULE * 8, QUIET)))
                case _:
                    self._enter_or_leave(token)

    def _enter_or_leave(self, token: Token) -> None:
        """Begin or end a list, an item of it, or a quotation."""
        match token.type:
            case "bullet_list_open":
                self.counts.append(None)
            case "ordered_list_open":
                start = token.attrGet("start")
                self.counts.append(1 if start is None else int(start))
            case "bullet_list_close" | "ordered_list_close":
                self.counts.pop()
                self.begun = bool(self.counts)
            case "list_item_open":
                self._open_item()
            case "blockquote_open":
                self.inside.append([QUOTE, QUOTE])
            case "list_item_close" | "blockquote_close":
                self.inside.pop()

    def _open_item(self) -> None:
        """Begin an item of the innermost list."""
        number = self.counts[-1]
        sign = BULLET if number is None else f"{number}. "
        if number is not None:
            self.counts[-1] = number + 1
        self.inside.append([sign, " " * cell_len(sign)])

    def _block(self, text: Content, *, wraps: bool = True) -> Block:
        """Return a block where it stands."""
        first = "".join(signs[0] for signs in self.inside)
        rest = "".join(signs[1] for signs in self.inside)
        for signs in self.inside:
            signs[0] = signs[1]
        apart = not (self.counts and self.begun)
        self.begun = bool(self.counts)
        return Block(_marked(text, self.sought), first, rest, apart, wraps)


def _inline(tokens: Sequence[Token], style: str) -> Content:
    """Return the text of a paragraph or heading."""
    parts: list[Content] = []
    styles = [style] if style else []
    address = ""
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "link_open":
            address = safe_line(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            address = ""
        elif kind in _SPANS:
            if token.type.endswith("_open"):
                styles.append(_SPANS[kind])
            elif _SPANS[kind] in styles:
                styles.remove(_SPANS[kind])
        else:
            text, own = _said(token)
            found = Content.assemble((text, " ".join([*styles, own]).strip()))
            parts.append(_linked(found, address) if address else _with_addresses(found))
    return Content("").join(parts)


def _said(token: Token) -> tuple[str, str]:
    """Return the text of a token, and its style."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n", ""
    text = _safe(token.content)
    if token.type == "image":
        return f"[{text or 'picture'}]", QUIET
    return text, CODE if token.type == "code_inline" else ""


def _safe(text: str) -> str:
    """Return a text without what could do harm: an entity such as `&#27;` has become a character by now."""
    return safe_verbatim(text)


def _linked(text: Content, address: str) -> Content:
    """Return a text that can be clicked; one that goes elsewhere than the web cannot."""
    if not _ADDRESS.match(address):
        return text
    return text.stylize(LINK).stylize(pointing(address=address))


def _with_addresses(text: Content) -> Content:
    """Return a text in which bare addresses can be clicked."""
    for match in _ADDRESS.finditer(text.plain):
        text = text.stylize(LINK, *match.span()).stylize(pointing(address=match[0]), *match.span())
    return text


def _marked(text: Content, sought: Sequence[Text]) -> Content:
    """Return a text with what is sought in it set off."""
    for begin, after in places(text.plain, sought, "note"):
        text = text.stylize(HIT, begin, after)
    return text
