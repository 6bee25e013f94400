"""A disk of one megabyte that fills up: the old marks stay whole, the error is told, and with room it goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.torture.programs import command, found_by

pytestmark = pytest.mark.slow

_MOUNT: Final = 'mount -t tmpfs -o size=1m none "$0" && exec "$@"'


def on_a_small_disk(disk: Path) -> list[str]:
    """Return the beginning of a command that runs with a file system of a megabyte at `disk`, seen by it alone."""
    disk.mkdir()
    return ["unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c", _MOUNT, str(disk)]


def torture(tmp_path: Path, which: str) -> Mapping[str, Any]:
    """Run the torture, if a file system can be mounted here."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare to mount a small file system with")
    beginning = on_a_small_disk(tmp_path / "disk")
    tried = subprocess.run([*beginning, "true"], capture_output=True, encoding="utf-8", check=False)
    if tried.returncode:
        pytest.skip(f"no small file system can be mounted: {tried.stderr.strip()}")
    found = found_by([*beginning, *command("full_disk", which, tmp_path / "disk", tmp_path)])
    print(found)
    return found


def test_a_full_disk_costs_nothing_and_with_room_the_edit_goes_through(tmp_path: Path) -> None:
    found = torture(tmp_path, "readlist")
    assert found["wrong"] == []
    assert found["told"] > 0
    assert found["done"] > 0
    assert found["verbs_told"] > 0
    assert found["verbs_done"] > 0


def test_a_full_disk_takes_the_whole_file_of_an_edit_in_place(tmp_path: Path) -> None:
    assert torture(tmp_path, "naive")["wrong"] != []
