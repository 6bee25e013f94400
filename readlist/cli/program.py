"""The program `readlist`: global options, its verbs, and errors turned into words."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from readlist import __version__
from readlist.errors import QueryError, ReadlistError
from readlist.library import Library
from readlist.settings import Settings, load
from readlist.text import safe_line, safe_verbatim

VERBS: Final = {
    "ingest": "taking_in", "list": "looking", "show": "looking", "tags": "looking", "history": "steps",
    "star": "marking", "unstar": "marking", "status": "marking", "tag": "marking", "note": "marking",
    "rate": "marking", "priority": "marking", "remove": "marking", "undo": "steps", "redo": "steps",
    "cite": "citing", "export": "citing",
}  # fmt: skip
"""Every verb and the module that holds it."""

INTERRUPTED: Final = 130
"""The exit status of a program that was stopped with ctrl+c."""


@dataclass
class Session:
    """What the global options say, and what they name, opened when it is first needed."""

    folder: Path
    settings_path: Path

    @cached_property
    def settings(self) -> Settings:
        """The reader's settings."""
        return load(self.settings_path)

    @cached_property
    def library(self) -> Library:
        """The library."""
        return Library.open(self.folder)

    def close(self) -> None:
        """Let go of the library."""
        if "library" in self.__dict__:
            self.library.close()


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
    r"""A reading list for research papers. Without a verb, the app opens.

    \b
    readlist ingest publications.txt
    readlist list tag:llm -status:read
    readlist cite schick2023toolformer
    readlist export is:starred -o refs.bib
    """
    if folder is None or settings is None:
        import platformdirs

        folder = folder or Path(platformdirs.user_data_dir("readlist", appauthor=False))
        settings = settings or Path(platformdirs.user_config_dir("readlist", appauthor=False)) / "settings.toml"
    session = ctx.obj = Session(folder.expanduser(), settings.expanduser())
    ctx.call_on_close(session.close)
    if ctx.invoked_subcommand is None:
        ctx.exit(_open_app(session))


def _open_app(session: Session) -> int:
    """Open the app; what to exit with."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the app needs a terminal; for scripts there are verbs: readlist --help")
    settings = session.settings
    library = session.library
    notice = ""
    if not library.read_only and library.fresh:
        from readlist.ingest import welcome

        if welcome(library):
            notice = "These are sample papers. i brings in your own; remove these with ctrl+p, Remove the sample."
    from readlist.tui import run as run_app

    return run_app(library, settings, notice=notice)


def run(words: Sequence[str]) -> int:
    """Run the program with these words; what to exit with."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = program.main(list(words), prog_name="readlist", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except click.ClickException as error:
        _tell(error.format_message(), "")
        return error.exit_code
    except ReadlistError as error:
        _tell(error.message, error.hint, error if isinstance(error, QueryError) else None)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read our output has gone: nothing more can be told, and Python must not try at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status if isinstance(status, int) else 0


def _tell(message: str, hint: str, query: QueryError | None = None) -> None:
    """Say on the standard error what is wrong."""
    lines = [f"error: {safe_verbatim(message)}"]
    if query is not None:
        from rich.cells import cell_len

        # Blanks of every kind become one blank, so that the caret stands under the right character.
        shown = "".join(" " if char.isspace() else char for char in query.text)
        lines += [
            f"  {safe_line(shown) if shown.isascii() else shown}",
            "  " + " " * cell_len(shown[: query.column]) + "^",
        ]
    if hint:
        lines.append(f"hint: {safe_verbatim(hint)}")
    print("\n".join(lines), file=sys.stderr)  # noqa: T201 — the message
