"""Verbs that go back and forth in the history."""

from __future__ import annotations

import click

from readlist.cli.session import Session
from readlist.cli.words import DONE_IN_PART, verb
from readlist.library import Step


def _tell(ctx: click.Context, step: Step) -> None:
    """Say what was done, and what could not be."""
    click.echo(step.description)
    if step.conflicts:
        were = "was" if step.conflicts == 1 and not step.views_left else "were"
        click.echo(f"{step.left_alone} {were} changed again since then, and that change stays", err=True)
        ctx.exit(DONE_IN_PART)


@verb("undo")
@click.pass_context
def undo(ctx: click.Context) -> None:
    """Take back the last change, from the app or the shell. Again for the one before."""
    _tell(ctx, ctx.obj.library.undo())


@verb("redo")
@click.pass_context
def redo(ctx: click.Context) -> None:
    """Do again what was taken back last."""
    _tell(ctx, ctx.obj.library.redo())


@verb("history")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most.")
@click.pass_obj
def history(session: Session, limit: int) -> None:
    """List the changes, latest first."""
    for step in session.library.history(limit):
        click.echo(f"{step.number:>5}  {step.at.replace('T', ' ').removesuffix('Z')}  {step.description}")


COMMANDS = {"undo": undo, "redo": redo, "history": history}
"""The verbs of this module."""
