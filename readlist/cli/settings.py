"""The verb that shows the settings file, and writes one that explains itself."""

from __future__ import annotations

import click

from readlist.cli.session import Session
from readlist.cli.words import verb


@verb("settings")
@click.option("--path", "what", flag_value="path", help="Print where the settings file is, or would be.")
@click.option("--show", "what", flag_value="show", help="Print the settings that hold. The same without an option.")
@click.option("--write", "what", flag_value="write", help="Write a settings file with everything as comments.")
@click.pass_obj
def settings(session: Session, what: str | None) -> None:
    r"""Show the settings, and where they are kept.

    \b
    readlist settings
    readlist settings --write
    $EDITOR "$(readlist settings --path)"
    """
    from readlist.settings.writing import toml_of, write_default

    if what == "path":
        click.echo(session.settings_path)
    elif what == "write":
        write_default(session.settings_path)
        click.echo(f"written: {session.settings_path}", err=True)
    else:
        click.echo(toml_of(session.settings), nl=False)


COMMANDS = {"settings": settings}
"""The verb of this module."""
