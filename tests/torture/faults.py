"""Faults at every call that a program makes to the system about a folder, by strace's injection."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.torture.programs import PATIENCE, PROJECT, environment

WRITING: Final = (
    "write", "writev", "pwrite64", "pwritev", "pwritev2", "fsync", "fdatasync", "sync_file_range", "rename", "renameat",
    "renameat2", "open", "openat", "creat", "truncate", "ftruncate", "fallocate", "unlink", "unlinkat", "link",
    "linkat", "mkdir", "mkdirat", "sendfile", "copy_file_range",
)  # fmt: skip
"""The calls that change what is on the disk, or promise that it is there."""

_SYNCING: Final = ("fsync", "fdatasync")
_ALTERING: Final = ("write", "writev", "pwrite64", "pwritev", "pwritev2", "truncate", "ftruncate", "fallocate")

READING: Final = ("open", "openat", "read", "pread64", "stat", "newfstatat", "statx")
"""The calls that find out what is on the disk."""

_CALL: Final = re.compile(r"\d+ +(\w+)\((.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call that a program made."""

    name: str
    number: int
    """Counts the program's calls of that name from 1."""
    told: str
    """The call as strace tells it."""

    @property
    def injected(self) -> bool:
        """Whether it failed because it was made to."""
        return "(INJECTED)" in self.told

    def touches(self, path: Path) -> bool:
        """Whether it is about a file or folder of this name, or one below it."""
        return re.search(rf'["<]{re.escape(str(path))}(?:/[^">]*)?[">]', self.told) is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a program."""

    status: int
    """What it exited with, or minus the signal that killed it."""
    output: str
    errors: str
    calls: tuple[Call, ...]


def why_not() -> str:
    """Return why faults cannot be injected here; an empty text if they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    words = ["strace", "-qq", "-o", "/dev/null", "-e", "trace=none", "-e", "inject=fsync:error=EIO:when=9", "true"]
    tried = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    return f"strace may not be used: {tried.stderr.strip()}" if tried.returncode else ""


def traced(words: list[str], log: Path, fault: str = "") -> Outcome:
    """Run a program, and tell which calls it made.

    Args:
        words: The command.
        log: Where strace may write.
        fault: What to inject, as strace writes it; nothing by default.
    """
    kinds = ",".join(f"?{name}" for name in dict.fromkeys(WRITING + READING))  # `?`: not every machine has all of them
    tracing = ["strace", "-f", "-y", "-qq", "-s", "40", "-o", str(log), "-e", f"trace={kinds}"]
    injecting = ["-e", f"inject={fault}"] if fault else []
    done = subprocess.run(
        [*tracing, *injecting, *words],
        env={**environment(), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=PROJECT, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    status = done.returncode if done.returncode < 128 else 128 - done.returncode
    return Outcome(status, done.stdout, done.stderr, tuple(_calls(log)))


def _calls(log: Path) -> Iterator[Call]:
    """Yield the calls in a log of strace's, in order."""
    counts: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        found = _CALL.match(line)
        if found:
            counts[found[1]] += 1
            yield Call(found[1], counts[found[1]], line)


def unsynced(calls: Iterable[Call], folder: Path, told: str) -> list[str]:
    """Return what a loss of power could take at the moment when a program says that it is done.

    The catalogue and the lock are not looked at: they can be made again.

    Args:
        calls: What the program did.
        folder: The library.
        told: The words by which it says so.
    """
    waiting: dict[str, str] = {}
    for call in calls:
        names = [name for name in re.findall(r'["<](/[^">]*)[">]', call.told) if Path(name).is_relative_to(folder)]
        if call.name == "write" and told in call.told:
            return list(waiting.values())
        if not names or Path(names[-1]).name.startswith(("catalogue.sqlite", "lock")):
            continue
        if call.name in _SYNCING:
            waiting = {about: why for about, why in waiting.items() if about not in (names[0], f"{names[0]}/")}
        elif call.name.startswith("rename"):
            if names[0] in waiting:
                waiting[names[1]] = f"{Path(names[1]).name} was written and not synced"
                del waiting[names[0]]
            waiting[f"{Path(names[1]).parent}/"] = (
                f"{Path(names[1]).name} was put in its place and its folder not synced"
            )
        elif call.name in _ALTERING:
            waiting[names[0]] = f"{Path(names[0]).name} was written and not synced"
    raise AssertionError(f"the program never said {told!r}")
