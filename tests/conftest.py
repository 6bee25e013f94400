"""What every test shares: a library in a folder of its own, a clock that stands still, papers to put in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from readlist.library import Library
from tests.papers import NOW

settings.register_profile("same every time", derandomize=True)
"""Where a change is judged, chance must not decide; at a desk, each run looks elsewhere."""
if os.environ.get("CI"):
    settings.load_profile("same every time")


@pytest.fixture(autouse=True)
def a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings, the library or the clipboard of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "READLIST_LIBRARY", "DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a library may be made."""
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """A new library with a clock that stands still."""
    with Library.open(folder, now=lambda: NOW) as opened:
        yield opened
