"""The program `readlist`: global options, its verbs, and errors turned into words."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from readlist import __version__
from readlist.cli.session import INTERRUPTED, Session, tell

VERBS: Final = {
    "ingest": "taking_in", "list": "looking", "show": "looking", "tags": "tagging", "history": "steps",
    "star": "marking", "unstar": "marking", "status": "marking", "tag": "marking", "note": "marking",
    "rate": "marking", "priority": "marking", "remove": "marking", "undo": "steps", "redo": "steps",
    "cite": "citing", "export": "citing", "kept": "kept", "keys": "keys", "backup": "keeping", "restore": "keeping",
    "edit": "editing", "add": "editing", "merge": "editing", "views": "viewing", "stats": "stats", "open": "opening",
    "settings": "settings", "related": "alike", "queue": "queueing",
}  # fmt: skip
"""Every verb and the module that holds it."""


class _Verbs(click.Group):
    """The verbs, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — click's signature
        if cmd_name not in VERBS:
            return None
        module = import_module(f"readlist.cli.{VERBS[cmd_name]}")
        command: click.Command = module.COMMANDS[cmd_name]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS:
            raise click.UsageError(f"there is no verb {args[0]!r}; verbs: {', '.join(VERBS)}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Verbs, invoke_without_command=True, context_settings={"help_option_names": ["--help", "-h"]})
@click.option(
    "--library",
    "folder",
    type=click.Path(path_type=Path),
    envvar="READLIST_LIBRARY",
    metavar="DIR",
    help="The folder of the library. [env: READLIST_LIBRARY; default: the platform's data folder]",
)
@click.option(
    "--config", "settings", type=click.Path(path_type=Path), metavar="FILE", help="The settings file, in TOML."
)
@click.version_option(__version__, message="readlist %(version)s")
@click.pass_context
def program(ctx: click.Context, folder: Path | None, settings: Path | None) -> None:
    """Find the library and the settings; without a verb, open the app."""
    session = ctx.obj = Session.of(folder, settings)
    ctx.call_on_close(session.close)
    if ctx.invoked_subcommand is None:
        from readlist.cli.app import open_app

        ctx.exit(open_app(session))


program.help = """A reading list for research papers. Without a verb, the app opens.

\b
readlist ingest publications.txt
readlist list tag:llm -status:read
readlist cite schick2023toolformer
readlist export is:starred -o refs.bib
"""


def run(words: Sequence[str]) -> int:
    """Run the program with these words; what to exit with."""
    try:
        status = program.main(list(words), prog_name="readlist", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        at = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "readlist"
        tell(error.format_message(), f"{at} --help shows what it takes")
        return error.exit_code
    return status if isinstance(status, int) else 0
