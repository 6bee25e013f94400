"""The verb for the tags as a whole."""

from __future__ import annotations

import click

from readlist.cli.session import Session
from readlist.cli.words import shown_json, verb
from readlist.errors import UsageError
from readlist.mark import drop_tag, rename_tag
from readlist.text import safe_line


@verb("tags")
@click.argument("words", nargs=-1, metavar="[rename OLD NEW | remove TAG]")
@click.option("--json", "as_json", is_flag=True, help="Print an object of tags and numbers.")
@click.pass_obj
def all_tags(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    r"""List the tags in use with their papers, rename one everywhere, or remove it. `undo` takes it back.

    A tag takes its parts with it: renaming rl to learning makes learning/offline of rl/offline. Renaming to a tag that
    is there joins the two.

    \b
    readlist tags
    readlist tags rename rl reinforcement-learning
    readlist tags remove todo
    """
    match words:
        case ():
            _list(session.library.tags(), as_json=as_json)
        case ("rename", old, new):
            step = session.library.change_tag(old, rename_tag(old, new))
            click.echo(step.description if step else f"no paper has the tag {safe_line(old)}")
        case ("remove", tag):
            step = session.library.change_tag(tag, drop_tag(tag))
            click.echo(step.description if step else f"no paper has the tag {safe_line(tag)}")
        case _:
            raise UsageError(
                f"tags {' '.join(map(safe_line, words))}: what?",
                "readlist tags, readlist tags rename OLD NEW, or readlist tags remove TAG",
            )


def _list(tags: dict[str, int], *, as_json: bool) -> None:
    """Print the tags in alphabetical order."""
    if as_json:
        click.echo(shown_json(tags))
        return
    for tag, count in tags.items():
        click.echo(f"{count:>5}  {safe_line(tag)}")


COMMANDS = {"tags": all_tags}
"""The verb of this module."""
