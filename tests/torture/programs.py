"""Running the programs of the torture, and readlist's verbs, as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).parents[2]
PATIENCE: Final = 600
"""Seconds after which a program counts as hanging."""


def environment() -> dict[str, str]:
    """Return the environment of a program that is tortured: what it runs is measured elsewhere, here speed counts."""
    left_out = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START", "COVERAGE_FILE")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8"}


def command(name: str, *words: object) -> list[str]:
    """Return the command that runs a program of this folder."""
    return [sys.executable, "-W", "error", "-m", f"tests.torture.{name}", *map(str, words)]


def verb(folder: Path, *words: str) -> list[str]:
    """Return the command that runs a verb of readlist on the library in `folder`."""
    return [sys.executable, "-m", "readlist", "--library", str(folder), *words]


def ran(words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        words, env=environment(), cwd=PROJECT, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )


def found_by(words: list[str]) -> Mapping[str, Any]:
    """Run a program of the torture and return what it prints."""
    done = ran(words)
    assert done.returncode == 0, done.stderr
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found
