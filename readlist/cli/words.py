"""The words of a verb: keys, queries and tags, passed through as they were typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from difflib import get_close_matches
from typing import Final

import click

from readlist.cli.session import Session
from readlist.errors import QueryError, UnknownKeyError, UsageError
from readlist.paper import Entry
from readlist.query import Query, both, parse
from readlist.text import safe_line

DONE_IN_PART = 3
"""The exit status when some keys are unknown or some records rejected."""


_LETTER: Final = re.compile("-[A-Za-z]")
"""What an option of one letter looks like."""


class Verb(click.Command):
    """A verb whose words may begin with `-`: only its own options are options.

    `list -nlp` and `list -is:starred` mean what they say. A lone letter after a dash is an option, of another program
    if not of this one, and is refused rather than taken for a word to be left out; but `tag -h` takes a tag away.
    After `--` everything is a word.

    Attributes:
        letters: Whether a lone letter after a dash is a word, as it is among tags and in the text of a note.
    """

    letters = False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the options out of the words."""
        known: dict[str, bool] = {}
        for option in self.get_params(ctx):
            if isinstance(option, click.Option):
                takes_value = not option.is_flag and not option.count
                known |= dict.fromkeys((*option.opts, *option.secondary_opts), takes_value)
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for word in rest:
            name, equals, _ = word.partition("=")
            if word == "--":
                words.extend(rest)
            elif name in known and (name.startswith("--") or not equals):
                options.append(word)
                if known[name] and not equals:
                    options.extend(value for value in [next(rest, None)] if value is not None)
            elif word.startswith("--") and len(word) > 2:  # noqa: PLR2004 — more than the dashes
                raise click.NoSuchOption(name, possibilities=get_close_matches(name, known), ctx=ctx)
            elif name in known:
                raise click.UsageError(f"the value of {name} stands after a blank: {name} {word[len(name) + 1 :]}", ctx)
            elif not self.letters and _LETTER.fullmatch(name):
                raise click.UsageError(f"there is no option {name}; what is meant as a word stands after --", ctx)
            else:
                words.append(word)
        return super().parse_args(ctx, [*options, "--", *words])


def verb(
    name: str, help_text: str | None = None, *, letters: bool = False
) -> Callable[[Callable[..., None]], click.Command]:
    """Declare a verb; its help is the function's docstring unless one is given.

    Args:
        name: What it is called.
        help_text: Its help.
        letters: Whether a lone letter after a dash is one of its words.
    """

    def declare(function: Callable[..., None]) -> click.Command:
        text = laid_out(help_text or function.__doc__ or "")
        command = click.command(name, cls=Verb, help=text, context_settings={"help_option_names": ["--help"]})(function)
        command.letters = letters
        return command

    return declare


def laid_out(docstring: str) -> str:
    r"""Return a help text with the `\b` of raw docstrings as the character by which click keeps lines apart."""
    return docstring.replace(r"\b", "\b")


_NOT_ASCII: Final = re.compile(r"[^\n -~]")


def shown_json(value: object) -> str:
    r"""Return a value as JSON that is safe on a terminal: what could steer it or hide is written `\uXXXX`."""
    return _NOT_ASCII.sub(_shown, json.dumps(value, ensure_ascii=False, indent=2))


def json_pieces(record: Mapping[str, object]) -> Iterator[str]:
    """Yield an object as `shown_json` writes it, and a newline; iterators in it are arrays, read one by one."""
    before = "{"
    for name, value in record.items():
        yield f"{before}\n  {shown_json(name)}: "
        before = ","
        if not isinstance(value, Iterator):
            yield _indented(value, 2)
            continue
        begin = "["
        for one in value:
            yield f"{begin}\n    {_indented(one, 4)}"
            begin = ","
        yield "[]" if begin == "[" else "\n  ]"
    yield "\n}\n" if record else "{}\n"


def _indented(value: object, margin: int) -> str:
    """Return a value as JSON whose lines but the first are set in."""
    return shown_json(value).replace("\n", "\n" + " " * margin)


def _shown(char: re.Match[str]) -> str:
    r"""Return a character of a JSON text, as `\uXXXX` when drawing it is not safe."""
    if char[0].isprintable():
        return char[0]
    return r"\u007f" if char[0] == "\x7f" else json.dumps(char[0])[1:-1]


def named_in_line(keys: Iterable[str]) -> str:
    """Return keys that someone typed as one safe line."""
    return ", ".join(safe_line(key) for key in keys)


def query_of(session: Session, words: Sequence[str]) -> Query:
    """Return the query that the words make.

    Raises:
        QueryError: It cannot be understood.
    """
    return parse(
        " ".join(words),
        statuses=session.settings.statuses,
        today=Date.today(),  # noqa: DTZ011 — the reader's day
        former=lambda: session.library.statuses(),  # noqa: PLW0108 — it is opened only when it is asked
    )


def query_within(session: Session, view: str | None, words: Sequence[str]) -> Query:
    """Return the query that the words make within a saved view, in the view's order unless the words name one.

    Raises:
        UsageError: No view goes by that name.
        QueryError: The words, or the view's query, cannot be understood.
    """
    query = query_of(session, words)
    if view is None:
        return query
    from readlist.view import named

    saved = named(session.library.views(), view)
    try:
        within = query_of(session, [saved.query, f"sort:{saved.order}"])
    except QueryError as error:
        raise QueryError(f"the view {saved.name}: {error.message}", error.text, error.column, error.hint) from error
    order = query_of(session, [f"sort:{saved.order}", *words]).order  # the last one that is named is meant
    return Query(both(tree for tree in (within.tree, query.tree) if tree is not None), order)


def selected(session: Session, query: Query) -> list[Entry]:
    """Return the papers that match, in the query's order."""
    return session.library.entries(session.library.select(query))


def named(session: Session, keys: Sequence[str], query: str | None) -> tuple[list[Entry], tuple[str, ...]]:
    """Return the papers that a verb is about, and the keys that no paper goes by.

    Raises:
        UsageError: Neither keys nor a query were given, or both.
        UnknownKeyError: No paper goes by any of the keys.
    """
    if (query is None) == (not keys):
        raise UsageError("name papers by their keys, or with --query", "readlist list shows the keys")
    if query is not None and not query.strip():
        raise UsageError("the query is empty, which means every paper", 'to mean that, write --query "key:*"')
    if query is not None:
        return selected(session, query_of(session, [query])), ()
    found: dict[str, Entry] = {}
    unknown = []
    for key in keys:
        entry = session.library.find(key)
        if entry is None:
            unknown.append(key)
        else:
            found.setdefault(entry.id, entry)
    if not found:
        asked = "; a query stands after --query" if any(":" in key for key in unknown) else ""
        raise UnknownKeyError(tuple(unknown), f"readlist list shows the keys{asked}")
    return list(found.values()), tuple(unknown)


def finish(ctx: click.Context, unknown: Sequence[str]) -> None:
    """Exit: done, or done in part when some keys were unknown."""
    if unknown:
        click.echo(f"error: no paper goes by: {named_in_line(unknown)}", err=True)
        ctx.exit(DONE_IN_PART)
