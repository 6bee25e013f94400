"""The app on the sample, in a terminal of 140 by 40."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from readlist.ingest import welcome
from readlist.library import Library
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from tests.papers import TODAY
from tests.tui.reader import Reader, Reading, come_to_rest


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal have all colours, wherever the tests run."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True, scope="session")
def sheets() -> Iterator[None]:
    """Parse each style sheet once: Textual does it once an app, and the rules are only read afterwards."""
    parse, parsed = Stylesheet._parse_rules, dict[object, list[RuleSet]]()

    def parse_once(self: Stylesheet, *source: Any, **where: Any) -> list[RuleSet]:
        key = (frozenset(self._variables.items()), source, tuple(where.items()))
        if key not in parsed:
            parsed[key] = parse(self, *source, **where)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(autouse=True)
def rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait until the app has done all that was asked, not until the processor is seen to be idle."""
    for place in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{place}.wait_for_idle", come_to_rest)


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
