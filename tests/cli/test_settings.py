"""The verb `settings`, and how every verb tells of a settings file that is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace

from readlist.settings import Origin, Settings, load
from tests.cli.test_keeping import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_the_file_is_named_written_once_and_shown(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    assert shell("--config", str(path), "settings", "--path").stdout == f"{path}\n"
    done = shell("--config", str(path), "settings", "--write")
    assert (done.returncode, done.stderr) == (0, f"written: {path}\n")
    assert replace(load(path), origin=Origin()) == Settings()
    path.write_text(path.read_text(encoding="utf-8").replace('# style = "apa"', 'style = "mla"'), encoding="utf-8")
    again = shell("--config", str(path), "settings", "--write")
    assert again.returncode == 1
    assert "already" in again.stderr
    shown = tomllib.loads(shell.said("--config", str(path), "settings"))
    assert shown["cite"]["style"] == "mla"
    assert shown["statuses"]["read"] == {"label": "read", "glyph": "●"}
    assert shell.said("--config", str(path), "settings", "--show") == shell.said("--config", str(path), "settings")


def test_without_a_file_the_platforms_place_is_named_and_the_defaults_hold(shell: Shell) -> None:
    path = Path(shell.said("settings", "--path").strip())
    assert path.name == "settings.toml"
    assert not path.exists()
    assert tomllib.loads(shell.said("settings"))["keys"] == {"set": "vim"}


def test_a_wrong_file_is_told_with_the_line_and_its_place_can_still_be_asked_for(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\n[cite]\nstile = "apa"\n')
    done = shell("--config", str(path), "list")
    assert done.returncode == 1
    assert done.stderr == f"error: {path}, line 3: unknown key 'cite.stile'\nhint: did you mean cite.style?\n"
    assert shell("--config", str(path), "settings", "--path").returncode == 0
    assert shell("--config", str(path), "settings").returncode == 1
