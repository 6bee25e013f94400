"""The pages on keys and settings are what the registries say; every command is documented and can be reached."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

from readlist.settings import KEY_SETS, Origin, Settings
from readlist.settings.file import parsed
from readlist.settings.known import KNOWN
from readlist.settings.writing import default_text, toml_of
from readlist.tui.circumstances import NEEDS
from readlist.tui.commands import COMMANDS, in_settings
from readlist.tui.elsewhere import ELSEWHERE
from readlist.tui.keymap import configured
from readlist.tui.keynames import exists, named, shown_key, types
from readlist.tui.keyset import SETS
from readlist.tui.places import FIXED, PLACES, reaching

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


EVERY = (*COMMANDS, *ELSEWHERE)


def test_every_command_is_told_of_in_a_sentence_and_has_a_line_on_the_page() -> None:
    page = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    for command in EVERY:
        assert command.help.endswith("."), command.id
        assert command.help[0].isupper(), command.id
        assert command.label, command.id
        assert f"| {command.help} | `{in_settings(command.id)}`" in page, command.id
    assert [one for one in FIXED if f"| {one.help} |" not in page or not one.help.endswith(".")] == []


def test_needs_sets_places_and_what_follows_name_what_there_is() -> None:
    names = {command.id for command in EVERY}
    of_list = {command.id for command in COMMANDS}
    assert len(names) == len(EVERY)
    assert set(NEEDS) <= of_list
    assert set(SETS) == set(KEY_SETS)
    assert {name for keys in SETS.values() for name in keys} <= names
    assert {name for command in EVERY for name in command.follows} <= of_list
    assert {command.place for command in ELSEWHERE} | {one.place for one in FIXED} == set(PLACES)


@pytest.mark.parametrize("name", KEY_SETS)
def test_no_set_gives_a_key_twice_on_a_screen_and_each_reaches_the_palette(name: str) -> None:
    keymap = configured(Settings(key_set=name))
    for places in (("",), *map(reaching, PLACES)):
        keys = [key for place in places for command in keymap.of(place) for key in command.keys]
        keys += [key for one in FIXED if one.place in places for key in one.keys]
        assert sorted(keys) == sorted(set(keys)), places
    assert keymap.named("palette").keys
    assert keymap.named("help").keys
    lost = {one.id for one in EVERY if (one.keys or one.follows) and not keymap.named(one.id).keys}
    assert lost <= {"half_down", "half_up"}


@pytest.mark.parametrize("name", KEY_SETS)
def test_where_something_is_typed_no_character_asks_for_a_command(name: str) -> None:
    keymap = configured(Settings(key_set=name))
    typed = [place for place in PLACES if PLACES[place].typed]
    assert {"note", "form", "line", "sheet", "search"} <= set(typed)
    assert [key for place in typed for one in keymap.of(place) for key in one.keys if types(key)] == []
    assert types("j")
    assert types("question_mark")
    assert not types("down")


def test_a_key_is_written_as_it_is_read() -> None:
    for char in map(chr, range(33, 127)):
        assert shown_key(named(char)) == char


def test_every_key_that_comes_with_readlist_exists() -> None:
    keys = {key for name in KEY_SETS for command in configured(Settings(key_set=name)).commands for key in command.keys}
    assert {key for key in keys if not exists(key)} == set()


def test_alt_stands_with_letters_and_digits_only() -> None:
    """Terminals send an escape and a character, of which Textual tells `alt` only where the key's name is one sign."""
    keys = {key for name in KEY_SETS for command in configured(Settings(key_set=name)).commands for key in command.keys}
    assert [key for key in keys if key.startswith("alt+") and len(key) > len("alt+x")] == []


def test_the_file_with_everything_as_comments_changes_nothing_and_is_right_without_them() -> None:
    text = default_text()
    assert replace(parsed(text, Path("x")), origin=Origin()) == Settings()
    bare = "\n".join(line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines())
    values = tomllib.loads(bare)
    assert values["keys"]["star"] == "x"
    assert parsed(bare.replace('star = "x"', ""), Path("x")).statuses == Settings().statuses
    assert all(one.default.splitlines()[0] in bare for one in KNOWN)


def test_what_is_shown_is_what_holds() -> None:
    settings = parsed(
        'hints = false\n[keys]\nset = "emacs"\nstar = ["x", "X"]\nundo = []\n[cite]\nstyle = "ieee"', Path()
    )
    assert replace(parsed(toml_of(settings), Path()), origin=settings.origin) == settings
