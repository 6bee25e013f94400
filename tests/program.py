"""readlist run as a program, many times, each in a process of its own.

Most of what a verb costs is the start of the interpreter and its imports, which are the same each time. Here one
interpreter does them and waits; each run is a fork of it: a process of its own, with streams, environment and folder of
its own, which ends as any program does. What belongs to a start is tested by starting the interpreter itself.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 120.0
"""Seconds that a run may take at the most."""

_AT_START: Final = ("PYTHON", "LC_", "LANG")
"""How the variables begin that an interpreter reads when it starts: where they differ, another one waits."""
_WHEN_NEEDED: Final = ("bz2", "difflib", "filelock", "gzip", "platformdirs", "secrets", "tomlkit", "tomllib", "zipfile")
"""What the verbs import only when they need it, and many do."""


def run(
    *words: str, env: Mapping[str, str], cwd: Path | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run readlist with these words and what is given to it; what it wrote, and what it exited with."""
    door = _waiting(tuple(sorted((name, value) for name, value in env.items() if name.startswith(_AT_START))))
    (stdin, typed), (written, stdout), (told, stderr) = os.pipe(), os.pipe(), os.pipe()
    asked = json.dumps({"words": words, "env": dict(env), "cwd": str(cwd or Path.cwd())}).encode()
    with ThreadPoolExecutor(3) as pool:
        socket.send_fds(door, [len(asked).to_bytes(4)], [stdin, stdout, stderr])
        for theirs in (stdin, stdout, stderr):
            os.close(theirs)
        door.sendall(asked)
        out, err = pool.submit(_read, written), pool.submit(_read, told)
        pool.submit(_type, typed, given)
        status = int.from_bytes(_whole(door, 4), signed=True)
    return subprocess.CompletedProcess(["readlist", *words], status, out.result(), err.result())


def run_text(
    *words: str, env: Mapping[str, str], cwd: Path | None = None, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run readlist as `run` does, all texts in UTF-8."""
    done = run(*words, env=env, cwd=cwd, given=(given or "").encode())
    out, err = (text.decode().replace("\r\n", "\n") for text in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def _type(end: int, text: bytes) -> None:
    """Write a text into a pipe and close it; nobody needs to read it to its end."""
    try:
        with open(end, "wb", buffering=0) as stream:
            stream.write(text)
    except BrokenPipeError:
        pass


def _read(end: int) -> bytes:
    """Return all that comes out of a pipe."""
    with open(end, "rb") as stream:
        return stream.read()


@cache
def _waiting(at_start: tuple[tuple[str, str], ...]) -> socket.socket:
    """Start an interpreter that waits for runs; the socket on which it is told of them. It ends with these tests."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    around = {name: value for name, value in os.environ.items() if not name.startswith(_AT_START)}
    # Its streams are pipes from the first, as those of a run are.
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.program", str(theirs.fileno())], cwd=ROOT, env={**around, **dict(at_start)},
        pass_fds=[theirs.fileno()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    theirs.close()

    def end() -> None:
        ours.close()
        process.communicate()

    atexit.register(end)
    return ours


def _whole(door: socket.socket, length: int) -> bytes:
    """Return as many bytes as that from a socket."""
    got = b""
    while len(got) < length:
        more = door.recv(length - len(got))
        if not more:
            raise EOFError
        got += more
    return got


def _prepare() -> None:
    """Import what verbs use, but not the app."""
    import readlist

    for module in pkgutil.walk_packages(readlist.__path__, "readlist."):
        if module.name != "readlist.__main__" and not module.name.startswith("readlist.tui"):
            import_module(module.name)
    for name in _WHEN_NEEDED:
        import_module(name)
    gc.freeze()


def _forked(door: socket.socket) -> bool:
    """Wait for runs, and fork for each; true in a process that is to be one, false when there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is for the tests, which then end this
    while True:
        length, streams, *_ = socket.recv_fds(door, 4, 3)
        if not length:
            return False
        asked = json.loads(_whole(door, int.from_bytes(length)))
        if child := os.fork():
            for stream in streams:
                os.close(stream)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            door.sendall(status.to_bytes(4, signed=True))
            continue
        door.close()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(asked["env"])
        time.tzset()
        os.chdir(asked["cwd"])
        sys.argv = ["readlist", *asked["words"]]
        return True


if __name__ == "__main__":
    _prepare()
    if _forked(socket.socket(fileno=int(sys.argv[1]))):
        from readlist.cli import main

        main()
