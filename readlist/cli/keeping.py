"""Verbs that keep the marks: backups, and going back to them."""

from __future__ import annotations

from contextlib import suppress

import click

from readlist.cli.session import Session
from readlist.cli.words import verb
from readlist.errors import DamagedError, UsageError
from readlist.library import Library, Step
from readlist.text import safe_line


@verb("backup")
@click.argument("words", nargs=-1, metavar="")
@click.pass_obj
def back_up(session: Session, words: tuple[str, ...]) -> None:
    r"""Back up the marks as they are now. It also happens by itself; `restore` lists the backups.

    \b
    readlist backup
    """
    if words:
        raise UsageError("backup takes no words")
    made = session.opened.back_up()
    click.echo(f"{_papers(made.papers)} in {safe_line(str(made.path))}")


@verb("restore")
@click.argument("words", nargs=-1, metavar="[N]")
@click.option("--accept", is_flag=True, help="Take over a marks.json that you edited or that git merged.")
@click.option("--catalogue", is_flag=True, help="Set a damaged catalogue aside; save what can be read of it.")
@click.pass_obj
def restore(session: Session, words: tuple[str, ...], accept: bool, catalogue: bool) -> None:
    r"""Go back to a backup of the marks; without N, list the backups.

    When marks.json is damaged or missing, all later changes are made again from the history, and the damaged file
    is kept. Otherwise `undo` takes the restoration back.

    \b
    readlist restore
    readlist restore 1
    readlist restore --accept
    readlist restore --catalogue
    """
    if len(words) + accept + catalogue > 1:
        raise UsageError("name one backup by its number, or say --accept or --catalogue", "readlist restore lists them")
    if catalogue:
        click.echo(session.opened.rebuild_catalogue())
    elif accept:
        _accept(session.opened)
    elif words:
        _restore(session.opened, words[0])
    else:
        _list(session.opened)


def _list(library: Library) -> None:
    """Print the good backups, and what is wrong with the marks if anything is."""
    with suppress(DamagedError):
        if not library.read_only:
            library.warm_up()  # reads the marks whole: damage in their midst shows only then
    if library.read_only:
        click.echo(safe_line(library.damage or library.read_only))
    found = library.backups()
    for one in found:
        later = "1 later step" if one.later_steps == 1 else f"{one.later_steps} later steps"
        click.echo(f"{one.number:>4}  {_minute(one.made)}  {_papers(one.papers):>12}  {later}")
    if not found:
        click.echo("there are no good backups")
        if library.damage:
            click.echo("readlist restore 0 puts together what the catalogue and the history remember")


def _restore(library: Library, word: str) -> None:
    """Put a backup in the place of the marks, and say so."""
    if not (word.isascii() and word.isdigit()):
        raise UsageError(f"the number of a backup is a whole number, not {word!r}", "readlist restore lists them")
    done = library.restore(int(word))
    if not done.put_together:
        click.echo(Step.of(done.step).description if done.step else "nothing to change")
        return
    base = f"the backup of {_minute(done.made)}" if done.made else "what the catalogue remembered"
    steps = "1 later step" if done.steps == 1 else f"{done.steps} later steps"
    click.echo(f"{_papers(done.papers)} from {base} and {steps}")
    if done.aside:
        click.echo(f"the damaged file is kept as {safe_line(done.aside.name)}")


def _accept(library: Library) -> None:
    """Take over the marks file as it stands, and say so."""
    done = library.accept()
    if done is None:
        click.echo("marks.json is as readlist wrote it: there is nothing to accept")
        return
    click.echo(f"{_papers(done.papers)} taken over")
    click.echo(f"the file as it was is kept as {safe_line(done.aside.name)}")


def _papers(count: int) -> str:
    """Return a number of papers in words."""
    return "1 paper" if count == 1 else f"{count} papers"


def _minute(instant: str) -> str:
    """Return an instant to the minute, as the history shows it (UTC)."""
    return instant[:16].replace("T", " ")


COMMANDS = {"backup": back_up, "restore": restore}
"""The verbs of this module."""
