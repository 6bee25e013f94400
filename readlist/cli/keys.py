"""The verb that shows and changes citation keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import click

from readlist.citekey import Rename
from readlist.cli.session import Session
from readlist.cli.words import finish, laid_out, named, query_of, verb
from readlist.errors import UsageError
from readlist.pattern import FIELDS, FILTERS, Pattern, parse_pattern
from readlist.text import safe_line

_SPECIAL: Final = re.compile(r"[][\\^$.*+?(){}|/~]")
_INSIDE: Final = "A-Za-z0-9_:.+/-"
"""Characters that a citation key goes on with."""

_PATTERN = click.option("--pattern", "written", metavar="PATTERN", help="Instead of the one in the settings.")
_SED = click.option("--sed", is_flag=True, help="Print a script for sed instead of old → new.")
_QUERY = click.argument("words", nargs=-1, metavar="[QUERY]")


@click.group("keys")
def keys() -> None:
    """Show and change citation keys."""


keys.help = laid_out(
    "Citation keys: look at what a pattern would make of them, rename them, set one by hand.\n\n"
    "A key is given once and stays. New papers get theirs by the pattern in the settings, [citekeys] pattern = "
    '"{author}{year}{word}". A paper that is renamed is still found by its former keys, and no other paper gets them.'
    "\n\nIn a pattern stand letters, digits, _ : . / + - and fields:\n\n\\b\n"
    + "\n".join(f"{{{name}}}".ljust(12) + meaning for name, meaning in FIELDS.items())
    + "\n\nA field may be followed by filters, as in {title:3|title|join:-}:\n\n\\b\n"
    + "\n".join(f"|{name}".ljust(12) + meaning for name, meaning in FILTERS.items())
)


def _pattern(session: Session, written: str | None) -> Pattern:
    """Return the pattern that was typed, or that of the settings."""
    return session.settings.citekeys if written is None else parse_pattern(written)


def _ids(session: Session, words: Sequence[str]) -> list[str]:
    """Return the papers that match; all without words."""
    return session.library.ids(session.library.select(query_of(session, words)))


def _tell(session: Session, ids: Sequence[str], found: Sequence[Rename], *, sed: bool) -> None:
    """Print what is renamed, and say how many keys stay because they were set by hand."""
    if sed:
        click.echo(sed_script(found), nl=False)
    else:
        for one in found:
            click.echo(f"{safe_line(one.old)} → {safe_line(one.new)}")
    if pinned := len(session.library.pinned(ids)):
        click.echo(f"{_keys(pinned)} set by hand, and {'stays' if pinned == 1 else 'stay'}", err=True)


def _keys(count: int) -> str:
    """Return a number of keys, as what something is said of."""
    return "1 key was" if count == 1 else f"{count:,} keys were"


@verb("preview")
@_QUERY
@_PATTERN
@_SED
@click.pass_obj
def preview(session: Session, words: tuple[str, ...], written: str | None, sed: bool) -> None:
    r"""Print what `apply` would rename, as old → new; nothing is changed.

    \b
    readlist keys preview
    readlist keys preview is:starred --pattern "{authors:2|title}{year:2}"
    """
    pattern = _pattern(session, written)
    ids = _ids(session, words)
    found = session.library.planned_keys(ids, pattern)
    _tell(session, ids, found, sed=sed)
    click.echo(f"{len(found):,} of {len(ids):,} keys would change", err=True)


@verb("apply")
@_QUERY
@_PATTERN
@_SED
@click.pass_obj
def apply(session: Session, words: tuple[str, ...], written: str | None, sed: bool) -> None:
    r"""Rename the keys of the papers that match (all without a QUERY) by a pattern, as one step that can be undone.

    What was renamed is printed as old → new, or as a script that renames them in a project's files.
    Keys that were set by hand stay.

    \b
    readlist keys apply
    readlist keys apply --sed > keys.sed; sed -E -i -f keys.sed paper.tex
    """
    pattern = _pattern(session, written)
    ids = _ids(session, words)
    step, found = session.library.rename_keys(ids, pattern)
    _tell(session, ids, found, sed=sed)
    click.echo(step.description if step else "nothing to change", err=True)


@verb("pin")
@click.argument("words", nargs=-1, metavar="KEY [NEWKEY]")
@_SED
@click.pass_obj
def pin(session: Session, words: tuple[str, ...], sed: bool) -> None:
    r"""Set the key of a paper by hand; without NEWKEY, keep the one that it has. No pattern changes it any more.

    \b
    readlist keys pin schick2023toolformer toolformer
    """
    if not 1 <= len(words) <= 2:  # noqa: PLR2004 — a key and a new one
        raise UsageError("say which paper, and its new key", "readlist keys pin KEY NEWKEY")
    entry = session.library.find(words[0])
    new = words[1] if len(words) > 1 else entry.citekey if entry else words[0]
    step, done = session.library.pin_key(words[0], new)
    renamed = [done] if done.old != done.new else []
    if sed:
        click.echo(sed_script(renamed), nl=False)
    for one in renamed if not sed else ():
        click.echo(f"{safe_line(one.old)} → {safe_line(one.new)}")
    click.echo(step.description if step else "nothing to change", err=True)


@verb("unpin")
@click.argument("words", nargs=-1, metavar="KEY…")
@click.option("--query", metavar="QUERY", help="The papers that match, instead of keys.")
@click.pass_context
def unpin(ctx: click.Context, words: tuple[str, ...], query: str | None) -> None:
    r"""Let patterns change keys again that were set by hand. They stay until `apply` is asked for.

    \b
    readlist keys unpin toolformer
    """
    entries, unknown = named(ctx.obj, words, query)
    step = ctx.obj.library.unpin_keys(entry.id for entry in entries)
    click.echo(step.description if step else "nothing to change", err=True)
    finish(ctx, unknown)


def sed_script(found: Sequence[Rename]) -> str:
    """Return a script for `sed -E` that puts new keys in the place of old ones in LaTeX and Markdown.

    A key is renamed where it stands alone: neither inside of a longer word nor before a sign that goes on with one.
    Each line stands twice, since two keys that follow one another share the sign between them.
    """
    lines = ["# sed -E -i -f keys.sed paper.tex\n"]
    for one in found:
        old, new = _SPECIAL.sub(r"\\\g<0>", one.old), re.sub(r"[\\&~]", r"\\\g<0>", one.new)
        lines += [f"s~(^|[^{_INSIDE}]){old}([:.+/-]*([^{_INSIDE}]|$))~\\1{new}\\2~g\n"] * 2
    return "".join(lines) if found else ""


for _command in (preview, apply, pin, unpin):
    keys.add_command(_command)

COMMANDS = {"keys": keys}
"""The verbs of this module."""
