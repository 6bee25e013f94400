"""The app on the sample, in a terminal of 140 by 40."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from readlist.ingest import welcome
from readlist.library import Library
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from tests.papers import TODAY
from tests.tui.reader import Reader, Reading


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal have all colours, wherever the tests run."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def reading(library: Library) -> Reading:
    """Opens the app on the sample."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (140, 40), settings: Settings | None = None, *, sample: bool = True
    ) -> AsyncIterator[Reader]:
        if sample:
            welcome(library)
        app = ReadlistApp(library, settings or Settings(), today=TODAY, notice="hello")
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot, library)
            await reader.until(lambda: bool(app.screen_stack[0].query("#state")))
            await reader.until(lambda: len(reader.papers.rows) == library.count())
            yield reader

    return opened
