"""The pages on keys and settings are what the registries say; every command is documented and can be reached."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from readlist.settings import KEY_SETS, Settings
from readlist.settings.file import parsed
from readlist.settings.known import KNOWN
from readlist.settings.writing import default_text, toml_of
from readlist.tui.circumstances import NEEDS
from readlist.tui.commands import COMMANDS, shown_key
from readlist.tui.elsewhere import keys_elsewhere
from readlist.tui.keyset import SETS, configured, named

ROOT = Path(__file__).parents[1]


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "assets" / "makers" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["keys.md", "settings.md"])
def test_the_page_is_what_the_registry_says(name: str) -> None:
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert maker().pages()[name] == kept, "python assets/makers/reference.py writes it anew"


def test_every_command_is_told_of_in_a_sentence_and_has_a_line_on_the_page() -> None:
    page = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert command.help.endswith("."), command.id
        assert command.help[0].isupper(), command.id
        assert command.label, command.id
        assert f"`{command.id}` |" in page, command.id


def test_keys_elsewhere_are_told_of_in_sentences() -> None:
    found = keys_elsewhere()
    assert {one.place for one in found} >= {"In the search line", "In the note editor", "In menus"}
    assert [one for one in found if not one.keys or not one.help.endswith(".")] == []


def test_needs_and_sets_name_commands() -> None:
    names = {command.id for command in COMMANDS}
    assert set(NEEDS) <= names
    assert set(SETS) == set(KEY_SETS)
    assert {name for keys in SETS.values() for name in keys} <= names


@pytest.mark.parametrize("name", KEY_SETS)
def test_no_set_gives_a_key_twice_and_each_reaches_the_palette(name: str) -> None:
    commands = configured(Settings(key_set=name))
    keys = [key for command in commands for key in command.keys]
    assert sorted(keys) == sorted(set(keys))
    by_id = {command.id: command.keys for command in commands}
    assert by_id["palette"]
    assert by_id["help"]
    lost = {one.id for one in COMMANDS if one.keys and not by_id[one.id]}
    assert lost <= {"half_down", "half_up"}


def test_a_key_is_written_as_it_is_read() -> None:
    for char in map(chr, range(33, 127)):
        assert shown_key(named(char)) == char


def test_the_file_with_everything_as_comments_changes_nothing_and_is_right_without_them() -> None:
    text = default_text()
    assert parsed(text, Path("x")) == Settings()
    bare = "\n".join(line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines())
    values = tomllib.loads(bare)
    assert values["keys"]["star"] == "x"
    assert parsed(bare.replace('star = "x"', ""), Path("x")).statuses == Settings().statuses
    assert all(one.default.splitlines()[0] in bare for one in KNOWN)


def test_what_is_shown_is_what_holds() -> None:
    settings = parsed(
        'hints = false\n[keys]\nset = "emacs"\nstar = ["x", "X"]\nundo = []\n[cite]\nstyle = "ieee"', Path()
    )
    assert parsed(toml_of(settings), Path()) == settings
