"""Verbs that change marks, and the one that removes papers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from readlist.cli.session import Session
from readlist.cli.words import finish, named, query_of, verb
from readlist.errors import UsageError
from readlist.library import Step
from readlist.mark import (
    MANY,
    UNMARKED,
    Change,
    add_note,
    change_tags,
    checked_tag,
    counted,
    new_note_id,
    set_priority,
    set_rating,
    set_status,
    star,
)

_KEYS = click.argument("words", nargs=-1, metavar="KEY…")
_YES = "readlist.yes"
"""Where a verb's context keeps whether it may change many papers without asking."""


def _by_query(verb_function: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of those that change many papers."""

    def keep(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.meta[_YES] = value

    by_query = click.option("--query", metavar="QUERY", help="The papers that match, instead of keys.")
    without_asking = click.option(
        "--yes", is_flag=True, expose_value=False, callback=keep, help=f"Do not ask before changing over {MANY} papers."
    )
    return by_query(without_asking(verb_function))


_SESSION = click.pass_obj
_CONTEXT = click.pass_context


def _mark(ctx: click.Context, keys: Sequence[str], query: str | None, change: Change) -> None:
    """Apply a change to the papers named, tell it, and exit."""
    session: Session = ctx.obj
    entries, unknown = named(session, keys, query)
    _ask_before_many(ctx, len(entries), change.question)
    _tell(session.library.mark([entry.id for entry in entries], change))
    finish(ctx, unknown)


def _ask_before_many(ctx: click.Context, count: int, question: Callable[[int], str]) -> None:
    """Ask a person before so many papers are changed; a script is taken to mean it, and can undo it."""
    if count <= MANY or ctx.meta.get(_YES) or not sys.stdin.isatty():
        return
    if not click.confirm(question(count), err=True):
        click.echo("nothing was changed", err=True)
        ctx.exit(1)


def _removing(count: int) -> str:
    """Return the question whether so many papers are to be removed."""
    return f"Remove {counted(count)}?"


def _tell(step: Step | None) -> None:
    """Say what was done."""
    click.echo(step.description if step else "nothing to change")


def _number(word: str, what: str) -> int:
    """Return the whole number that a word is.

    Raises:
        UsageError: It is none.
    """
    if not (word.isascii() and word.isdigit()):
        raise UsageError(f"{what} is a whole number, not {word!r}")
    return int(word)


def _first(words: Sequence[str], what: str) -> tuple[str, Sequence[str]]:
    """Return the first word and the others.

    Raises:
        UsageError: There is none.
    """
    if not words:
        raise UsageError(f"{what} is missing")
    return words[0], words[1:]


@verb("star")
@_KEYS
@_by_query
@_CONTEXT
def star_papers(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
    r"""Star papers.

    \b
    readlist star schick2023toolformer
    readlist star --query "author:schick year:2023"
    """
    _mark(ctx, words, query, star())


@verb("unstar")
@_KEYS
@_by_query
@_CONTEXT
def unstar_papers(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
    r"""Take the star away.

    \b
    readlist unstar schick2023toolformer
    """
    _mark(ctx, words, query, star(starred=False))


@verb("status")
@click.argument("words", nargs=-1, metavar="STATUS KEY…")
@_by_query
@_CONTEXT
def set_papers_status(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
    r"""Set the reading status: unread, queued, reading, skimmed, read, dropped, or your own.

    \b
    readlist status read schick2023toolformer
    """
    name, keys = _first(words, "the status")
    _mark(ctx, keys, query, set_status(ctx.obj.settings.status(name).id))


@verb("tag", letters=True)
@click.argument("words", nargs=-1, metavar="+TAG… -TAG… KEY…")
@_by_query
@_CONTEXT
def tag_papers(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
    r"""Add tags with + and take them away with -.

    \b
    readlist tag +rl -todo schick2023toolformer
    readlist tag +toread --query "year:2025 -status:read"
    """
    signed = [word for word in words if word[:1] in "+-" and len(word) > 1]
    keys = [word for word in words if word not in signed]
    if not signed:
        raise UsageError("no tag was given", "+TAG adds one, -TAG takes one away")
    for word in signed:
        checked_tag(word[1:])
    add = [word[1:] for word in signed if word[0] == "+"]
    remove = [word[1:] for word in signed if word[0] == "-"]
    _mark(ctx, keys, query, change_tags(add, remove))


@verb("note", letters=True)
@click.argument("words", nargs=-1, metavar="KEY TEXT")
@_CONTEXT
def note_paper(ctx: click.Context, words: tuple[str, ...]) -> None:
    r"""Add a note to a paper; TEXT `-` reads it from the standard input.

    \b
    readlist note schick2023toolformer "worth a talk"
    """
    key, text = _first(words, "the key")
    written = sys.stdin.buffer.read().decode(errors="replace") if tuple(text) == ("-",) else " ".join(text)
    if not written.strip():
        raise UsageError("the note has no text")
    _mark(ctx, [key], None, add_note(new_note_id(), written))


def _numbered(name: str, what: str, change: Callable[[int], Change], help_text: str) -> click.Command:
    """Return a verb that sets a number."""

    @verb(name, help_text)
    @click.argument("words", nargs=-1, metavar="N KEY…")
    @_by_query
    @_CONTEXT
    def command(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
        number, keys = _first(words, what)
        _mark(ctx, keys, query, change(_number(number, what)))

    return command


@verb("remove")
@_KEYS
@_by_query
@_CONTEXT
def remove_papers(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
    r"""Remove papers; with --query those that you have marked stay. `undo` brings them back.

    \b
    readlist remove schick2023toolformer
    readlist remove --query source:sample
    """
    session: Session = ctx.obj
    if query is not None and query.strip() and not words:
        from readlist.ingest import remove_unmarked

        found = query_of(session, [query])
        _ask_before_many(ctx, len(session.library.select(found)), _removing)
        step, stay = remove_unmarked(session.library, found)
        _tell(step)
        if stay:
            click.echo(
                f"{stay} marked {'paper stays' if stay == 1 else 'papers stay'}; name them by key to remove them"
            )
        return
    entries, unknown = named(session, words, query)
    _ask_before_many(ctx, len(entries), _removing)
    marked = sum(entry.mark != UNMARKED for entry in entries)
    _tell(session.library.remove([entry.id for entry in entries]))
    if marked:
        click.echo(f"with {marked} mark{'' if marked == 1 else 's'}; readlist undo brings them back")
    finish(ctx, unknown)


COMMANDS = {
    "star": star_papers,
    "unstar": unstar_papers,
    "status": set_papers_status,
    "tag": tag_papers,
    "note": note_paper,
    "rate": _numbered(
        "rate", "the rating", set_rating, "Rate papers from 1 to 5; 0 takes the rating away.\n\n\b\nreadlist rate 4 KEY"
    ),
    "priority": _numbered(
        "priority", "the priority", set_priority, "Set the priority, 0 to 3.\n\n\b\nreadlist priority 2 KEY"
    ),
    "remove": remove_papers,
}
"""The verbs of this module."""
