"""An ingest that is watched in a shell: how far it is, and ctrl+c, which lets the batch under way end."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, Protocol

from readlist.report import Report

PATIENCE: Final = 1.0
"""Seconds after which a bar appears."""


class Tell(Protocol):
    """Is told of the report so far."""

    def __call__(self, report: Report, /) -> None:
        """Take note of the report."""


@contextmanager
def progress() -> Iterator[Tell]:
    """Show on the standard error how far an ingest is, if it takes long and someone is watching."""
    began = time.monotonic()
    if not sys.stderr.isatty():
        yield lambda _report, /: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("reading", total=None)
    shown = False

    def tell(report: Report, /) -> None:
        nonlocal shown
        took = time.monotonic() - began
        bar.update(
            task,
            description=f"{report.read:,} papers, {report.read / max(took, 0.001):,.0f}/s, ctrl+c stops",
            total=report.size or None,
            completed=report.done if report.size else 0,
        )
        if took > PATIENCE and not shown:
            bar.start()
            shown = True

    try:
        yield tell
    finally:
        if shown:
            bar.stop()


@contextmanager
def stopping(tell: Tell) -> Iterator[Tell]:
    """Give what is to be told instead of `tell`: it ends the ingest between two batches when ctrl+c was pressed.

    Pressed a second time, ctrl+c ends at once what is under way.

    Raises:
        KeyboardInterrupt: Ctrl+c was pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield tell
        return
    asked = False

    def ask(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    def told(report: Report, /) -> None:
        tell(report)
        if asked:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield told
    finally:
        signal.signal(signal.SIGINT, before)
