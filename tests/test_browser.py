"""Opening pages: the browser of the reader's choice, and what is said where there is none."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from readlist.browser import command, open_page
from readlist.errors import ReadlistError
from readlist.ingest import welcome
from readlist.library import Library
from tests.cli.test_keeping import KEY, Shell
from tests.tui.reader import PATIENCE

ADDRESS = "https://arxiv.org/abs/2302.04761"
SEARCH = "https://scholar.google.com/scholar?q=%22Toolformer%3A%20Language%20Models%20Can%20Teach%20Themselves%20to%20Use%20Tools%22"


def program_in(folder: Path) -> Path:
    """Return a program that writes down what it is asked to open, and talks too much."""
    program = folder / "browser"
    program.write_text('#!/bin/sh\necho noise; echo noise >&2\necho "$@" >> "$0.opened"\n')
    program.chmod(0o700)
    return program


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    return program_in(tmp_path)


def opened(browser: Path) -> str:
    """Return what was opened, as soon as anything was."""
    path = browser.with_name("browser.opened")
    end = time.monotonic() + PATIENCE
    while not (path.exists() and path.read_text().endswith("\n")):
        assert time.monotonic() < end, "nothing was opened"
    return path.read_text()


def test_the_readers_browser_is_opened_with_its_own_words(browser: Path) -> None:
    open_page(ADDRESS, {"BROWSER": f"{browser} --new %s --end"})
    assert opened(browser) == f"--new {ADDRESS} --end\n"


@pytest.mark.parametrize("environment", [{}, {"SSH_TTY": "/dev/pts/1"}, {"BROWSER": "'"}])
def test_where_there_is_none_the_address_is_told(environment: dict[str, str]) -> None:
    if os.name == "posix":
        assert command(environment, "linux") is None
    with pytest.raises(ReadlistError) as caught:
        open_page(ADDRESS, {**environment, "BROWSER": environment.get("BROWSER", "'")})
    assert ADDRESS in caught.value.hint


def test_a_browser_that_cannot_be_run_is_told() -> None:
    with pytest.raises(ReadlistError, match="cannot be run"):
        open_page(ADDRESS, {"BROWSER": "/no/such/program"})


def test_the_verb_prints_and_opens(tmp_path: Path, browser: Path) -> None:
    shell = Shell(tmp_path)
    with Library.open(shell.library) as library:
        welcome(library)
    shell.environment["BROWSER"] = str(browser)
    assert shell.said("open", KEY) == f"{SEARCH}\n"
    assert opened(browser) == f"{SEARCH}\n"
    assert shell("open", KEY, "nobody").returncode == 3
