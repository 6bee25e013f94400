"""A copy goes where it can be pasted from, and what is told of it is true."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readlist.clipboard import LONGEST, Clipboard, Outcome, has_local_clipboard, in_tmux, one_line, osc_52

XTERM = {"TERM": "xterm-256color"}


class Terminal:
    """Takes what it is asked to copy, or cannot be asked."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.asked: list[str] = []

    def __call__(self, text: str) -> bool:
        self.asked.append(text)
        return self.there


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that stands first in the PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o700)


def wl_copy(folder: Path, script: str) -> None:
    """Make the programs of a Wayland clipboard."""
    program(folder, "wl-copy", script)
    program(folder, "wl-paste", "exit 1")


def test_a_clipboard_is_local_only_when_the_reader_sits_before_it() -> None:
    assert not has_local_clipboard({"SSH_TTY": "x", "DISPLAY": ":0"})
    assert has_local_clipboard({"WAYLAND_DISPLAY": "x"}) == has_local_clipboard({"DISPLAY": ":0"})
    assert in_tmux({"TERM": "tmux-256color"})
    assert not in_tmux({"TERM": "screen-256color", "STY": "x"})


def test_the_sequence_is_wrapped_for_screen_and_for_nothing_else() -> None:
    assert osc_52("hi", {}) == "\x1b]52;c;aGk=\a"
    assert osc_52("hi", {"TMUX": "x", "STY": "y"}) == osc_52("hi", {})
    text = "é" * 1000
    wrapped = osc_52(text, {"STY": "y"})
    pieces = wrapped.removesuffix("\x1b\\").split("\x1b\\")
    assert all(piece.startswith("\x1bP") and len(piece) <= 252 for piece in pieces)
    assert "".join(piece[2:] for piece in pieces) == osc_52(text, {})


def test_a_line_is_copied_without_its_end() -> None:
    assert one_line("a\n") == "a"
    assert one_line("a\nb\n") == "a\nb\n"
    assert one_line("a") == "a"


def copied_by_pyperclip(text: str, terminal: str, **environment: str) -> str:
    """Copy in a process of its own, since pyperclip looks for programs once; what became of it."""
    script = f"""
import sys
from pathlib import Path
from readlist.clipboard import Clipboard
clipboard = Clipboard(Path({str(Path.cwd())!r}), patience=0.5)
for _ in range(2):
    outcome = clipboard.copy(sys.argv[1], lambda text: {terminal})
    print(outcome.locally, outcome.through_terminal, outcome.file)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, text],
        env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=True, timeout=20,
    )  # fmt: skip
    return done.stdout


def test_a_local_clipboard_is_used_and_the_terminal_left_alone(programs: Path) -> None:
    wl_copy(programs, f"cat > {programs}/copied")
    said = copied_by_pyperclip("grüße", "sys.exit('it was asked')", WAYLAND_DISPLAY="w", TERM="xterm")
    assert said == "True False None\n" * 2
    assert (programs / "copied").read_text() == "grüße"


def test_in_tmux_the_terminal_is_asked_too(programs: Path) -> None:
    wl_copy(programs, f"cat > {programs}/copied")
    said = copied_by_pyperclip("x", "True", WAYLAND_DISPLAY="w", TERM="tmux-256color")
    assert said == "True True None\n" * 2


def test_a_clipboard_program_that_hangs_is_not_waited_for_and_not_tried_again(programs: Path) -> None:
    wl_copy(programs, f"echo x >> {programs}/calls; exec sleep 6 > /dev/null 2>&1")
    begin = time.monotonic()
    said = copied_by_pyperclip("x", "True", WAYLAND_DISPLAY="w", TERM="xterm")
    assert said == "False True None\n" * 2
    assert (programs / "calls").read_text() == "x\n"
    assert time.monotonic() - begin < 6


def test_over_ssh_the_terminal_is_asked_whatever_display_there_is(tmp_path: Path) -> None:
    terminal = Terminal()
    outcome = Clipboard(tmp_path, {**XTERM, "SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}).copy("x", terminal)
    assert outcome == Outcome(through_terminal=True)
    assert terminal.asked == ["x"]
    assert outcome.words == "sent to the terminal's clipboard"


@pytest.mark.parametrize(
    ("environment", "text", "there", "why"),
    [
        (XTERM, "x" * (LONGEST + 1), True, "too long for the terminal"),
        (XTERM, "é" * LONGEST, True, "too long for the terminal"),
        ({"TERM": "linux"}, "x", True, "no clipboard can be reached"),
        ({}, "x", True, "no clipboard can be reached"),
        (XTERM, "x", False, "no clipboard can be reached"),
    ],
)
def test_what_cannot_be_copied_is_put_into_a_file_that_is_named(
    tmp_path: Path, environment: dict[str, str], text: str, there: bool, why: str
) -> None:
    terminal = Terminal(there=there)
    (tmp_path / "copied.txt").write_text("an older and longer one")
    outcome = Clipboard(tmp_path, environment).copy(text, terminal)
    assert outcome.file == tmp_path / "copied.txt"
    assert outcome.file.read_text(encoding="utf-8") == text
    assert stat.S_IMODE(outcome.file.stat().st_mode) == 0o600
    assert outcome.words.startswith(f"{why}: it is in ")
    assert not there or not terminal.asked


def test_a_folder_that_takes_no_file_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outcome = Clipboard(tmp_path / "gone", {}).copy("x", Terminal())
    assert outcome.file is not None
    assert outcome.file.read_text() == "x"
    assert stat.S_IMODE(outcome.file.stat().st_mode) == 0o600
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    outcome = Clipboard(tmp_path / "gone", {}).copy("x", Terminal())
    assert not outcome.done
    assert outcome.words == "no clipboard can be reached, and no file could be written"


SENT = "sent to the terminal's clipboard"


@pytest.mark.parametrize(
    ("answer", "words", "hint"),
    [
        ("echo on", "copied through tmux", ""),
        ("echo off", SENT, "put this into ~/.tmux.conf: set -g set-clipboard on"),
        ("exit 1", SENT, "in tmux this needs: set -g set-clipboard on"),
        ("exec sleep 5", SENT, "in tmux this needs: set -g set-clipboard on"),
        ('[ "$1" = load-buffer ] && exit 1; echo external', SENT, "in tmux this needs: set -g set-clipboard on"),
        ('[ "$1" = load-buffer ] && cat > "$0.got"; echo external', "copied through tmux", "set -g set-clipboard on"),
    ],
)
def test_what_tmux_does_is_told_with_the_setting_that_helps(programs: Path, answer: str, words: str, hint: str) -> None:
    program(programs, "tmux", answer)
    environment = {**XTERM, "TMUX": "/tmp/x,1,0", "PATH": os.environ["PATH"]}
    outcome = Clipboard(programs, environment, patience=0.5).copy("grüße", Terminal())
    assert outcome.through_terminal
    assert outcome.words == words
    assert outcome.hint.endswith(hint)
    assert bool(outcome.hint) == bool(hint)
    if "cat" in answer:
        assert (programs / "tmux.got").read_text(encoding="utf-8") == "grüße"


def test_the_sequence_holds_the_text() -> None:
    text = "“grüße” \x1b]52;c;aGk=\a\n"
    assert base64.b64decode(osc_52(text, {})[7:-1]).decode() == text
