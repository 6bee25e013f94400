"""A thousand kills at random moments lose nothing; the same kills ruin what is written in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.torture.programs import command, found_by

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]


def test_a_thousand_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    found = found_by(command("kills", "readlist", 1000, tmp_path))
    assert found["lost"] == ""
    assert found["kills"] == 1000
    assert found["acknowledged"] > 1000
    assert found["largest"] > 1.3 * found["smallest"], "the edits should grow and shrink the file"
    print(found)


@pytest.mark.parametrize("naive", ["naive", "in-place"])
def test_the_same_kills_ruin_a_file_that_is_written_in_place(tmp_path: Path, naive: str) -> None:
    found = found_by(command("kills", naive, 1000, tmp_path))
    assert found["lost"] != ""
    print(found)
