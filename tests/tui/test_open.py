"""The key that opens pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.library import Library
from readlist.paper import Identifiers
from tests.papers import paper
from tests.test_browser import opened, program_in
from tests.tui.reader import Reading


async def test_the_key_opens_the_page_or_copies_the_link(
    reading: Reading, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = program_in(tmp_path)
    monkeypatch.setenv("BROWSER", str(browser))
    library.add(paper(f"Paper {n}", "Ann Li", identifiers=Identifiers(arxiv=f"2302.0476{n}")) for n in range(11))
    async with reading(sample=False) as reader:
        await reader.press("o")
        await reader.told("opened in the browser")
        assert opened(browser).startswith("https://arxiv.org/abs/2302.0476")
        monkeypatch.setenv("BROWSER", "/no/such/program")
        await reader.press("o")
        await reader.told("directory; link: ")
        await reader.press("V", "o")
        await reader.told("too many to open at once")
