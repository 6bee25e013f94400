"""The keys of every other screen than the list: remapped in the file and in the app, told where they work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from readlist.library import Library
from readlist.paper import Paper
from readlist.settings import KEY_SETS, Settings, load
from readlist.tui.elsewhere import ELSEWHERE
from readlist.tui.keyed import Keyed
from readlist.tui.main.screen import MainScreen
from readlist.tui.palette import Palette
from readlist.tui.places import PLACES
from readlist.tui.screens.dialogs import LineDialog, TextDialog
from readlist.tui.screens.edit_form import EditForm
from readlist.tui.screens.help import KeySheet, SheetScreen
from readlist.tui.screens.menu import Menu
from readlist.tui.screens.merging import MergingScreen
from readlist.tui.screens.note import NoteScreen
from readlist.tui.screens.people import PeopleScreen, WhoScreen
from readlist.tui.screens.related import RelatedScreen
from readlist.tui.screens.same import SameScreen
from readlist.tui.screens.splits import SplitsScreen
from readlist.tui.screens.statistics import StatisticsScreen
from readlist.tui.screens.themes import ThemeMenu
from readlist.tui.screens.triage import TriageScreen
from readlist.tui.widgets.figures import Figures
from readlist.tui.widgets.sheet import Sheet
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines

SCREENS: list[type[Keyed[Any]]] = [
    MainScreen, NoteScreen, LineDialog, EditForm, StatisticsScreen, PeopleScreen, RelatedScreen, WhoScreen,
    SplitsScreen, SameScreen, MergingScreen, TriageScreen, TextDialog, ThemeMenu, KeySheet, Menu,
]  # fmt: skip

MOVING = {"vim": ("j", "k"), "arrows": ("down", "up"), "emacs": ("ctrl+n", "ctrl+p")}


def shown(reader: Reader) -> str:
    return "\n".join(lines(reader))


def last_line(reader: Reader) -> str:
    return lines(reader)[-1]


async def sees(reader: Reader, words: str) -> None:
    await reader.until(lambda: words in shown(reader))


async def on(reader: Reader, kind: type[Screen[Any]], *keys: str) -> None:
    """Press keys until they have led to a screen."""
    await reader.press(*keys)
    await reader.until(lambda: isinstance(reader.app.screen, kind))
    await reader.pilot.pause()


async def in_triage(reader: Reader) -> None:
    await on(reader, TriageScreen, "T")
    await sees(reader, "1 of 43")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text("# mine\n")
    return path


def write(config: Path, text: str) -> Settings:
    config.write_text(text)
    return load(config)


def written(config: Path) -> str:
    return config.read_text()


def test_every_command_is_one_that_its_screen_can_do() -> None:
    for command in ELSEWHERE:
        place = command.place
        of_list = place in ("search", "candidates")
        screens = [MainScreen] if of_list else [one for one in SCREENS if place in _places(one)]
        assert screens, command.id
        method = "action_" + command.action.partition("(")[0]
        assert [one for one in screens if not hasattr(one, method)] == [], command.id
    assert {place for one in SCREENS for place in _places(one)} | {"search", "candidates", "sidebar", "menu", ""} == {
        *PLACES,
        "",
    }


def _places(screen: type[Keyed[Any]]) -> set[str]:
    """Return the places of the classes that a screen is made of."""
    return {place for one in screen.__mro__ if (place := one.__dict__.get("PLACE")) is not None}


def test_a_screen_is_in_the_places_that_its_own_is_within() -> None:
    from readlist.tui.places import reaching

    for screen in SCREENS:
        assert _places(screen) >= set(reaching(screen.PLACE)), screen


async def test_a_key_of_triage_is_remapped_in_the_file_and_the_last_line_shows_it(
    reading: Reading, config: Path
) -> None:
    settings = write(config, '[keys]\n"triage.keep" = "c"\n"triage.undo" = ["ctrl+z", "z"]\n')
    async with reading((80, 24), settings=settings) as reader:
        await in_triage(reader)
        assert last_line(reader).startswith(" c keep  d drop  space skip ")
        await reader.press("c")
        await sees(reader, "2 of 43")
        await reader.press("enter", "a")  # they were its keys
        await reader.press("d")
        await sees(reader, "3 of 43")
        await reader.press("ctrl+z")
        await sees(reader, "2 of 43")


async def test_in_triage_a_key_is_changed_from_the_sheet_works_at_once_and_is_kept(
    reading: Reading, config: Path
) -> None:
    async with reading((80, 24), settings=load(config)) as reader:
        await in_triage(reader)
        await on(reader, KeySheet, "question_mark")
        await reader.press(*"keep it", "enter", "c")
        await sees(reader, "keep: c")
        await reader.press("escape", "escape")
        await reader.until(lambda: isinstance(reader.app.screen, TriageScreen))
        assert last_line(reader).startswith(" c keep ")
        await reader.press("c")
        await sees(reader, "2 of 43")
        await reader.until(lambda: load(config).keys == {"triage.keep": ("c", "a")})
        assert written(config).startswith("# mine\n")
        await on(reader, KeySheet, "question_mark")
        await reader.press(*"keep it", "enter", "backspace")
        await sees(reader, "keep: enter a")
        await reader.until(lambda: load(config).keys == {})


async def test_a_clash_on_a_screen_is_told_and_can_be_swapped(reading: Reading, config: Path) -> None:
    async with reading((80, 24), settings=load(config)) as reader:
        await in_triage(reader)
        await on(reader, KeySheet, "question_mark")
        await reader.press(*"drop it", "enter", "s")
        await sees(reader, "s is the key of “star”")
        await reader.press("s")
        await sees(reader, "drop: s x, star: d")
        await reader.until(lambda: load(config).keys == {"triage.drop": ("s", "x"), "triage.star": ("d",)})
        await reader.press("enter", "7")
        await sees(reader, "7 has a fixed meaning there")
        await reader.press("escape", "escape", "d")
        await sees(reader, "star · saved")
        await reader.press("escape", "s")
        await reader.told("star on 1 paper")


async def test_a_key_that_several_screens_use_is_taken_from_all(reading: Reading) -> None:
    async with reading() as reader:
        await on(reader, RelatedScreen, "R")
        await on(reader, KeySheet, "question_mark")
        await reader.press(*"lists.down", "enter", "E")
        await sees(reader, "E is the key of “edit” and “edit”")
        assert "swap" not in shown(reader)
        await reader.press("t")
        await sees(reader, "down: E ↓, edit: no key, edit: no key")


async def test_where_something_is_typed_a_character_cannot_be_a_key(reading: Reading) -> None:
    async with reading() as reader:
        await on(reader, KeySheet, "question_mark")
        await reader.press(*"save the note", "enter", "x")
        await sees(reader, "x is typed there")
        assert reader.app.keymap.named("note.save").keys == ("ctrl+s", "escape")
        await reader.press("enter", "f2")
        await sees(reader, "save and close: f2 escape")
        await reader.press("escape", "escape")
        await on(reader, NoteScreen, "n", *"worth it")
        assert "f2 or escape save and close" in last_line(reader)
        await reader.press("ctrl+s", "f2")
        await reader.told("note on 1 paper")


async def test_what_is_remapped_at_the_list_holds_on_the_other_screens(reading: Reading) -> None:
    settings = Settings(keys={"star": ("c",), "related": ("f2",), "cursor_down": ("ctrl+n",), "back": ("f10",)})
    async with reading(settings=settings) as reader:
        await on(reader, RelatedScreen, "f2")
        await sees(reader, "c star · f2 related · ? keys · f10 back")
        await reader.press("c")
        await sees(reader, "star on 1 paper · saved")
        await reader.press("ctrl+n")
        await sees(reader, "2 of 15")
        await reader.press("f10")
        await in_triage(reader)
        await reader.press("c", "ctrl+n")
        await sees(reader, "2 of 43")
        await reader.press("f10")
        assert isinstance(reader.app.screen, MainScreen)


@pytest.mark.parametrize("name", KEY_SETS)
async def test_every_screen_moves_by_the_keys_of_the_set(reading: Reading, name: str, tmp_path: Path) -> None:
    down, up = MOVING[name]
    async with reading((80, 24), settings=Settings(key_set=name)) as reader:
        screens: list[tuple[str, type[Screen[Any]]]]
        screens = [("number_sign", StatisticsScreen), ("R", RelatedScreen), ("A", PeopleScreen)]
        for key, kind in screens:
            await on(reader, kind, key)
            figures = reader.app.screen.query_one(Figures)
            await reader.until(lambda figures=figures: figures.spot is not None)  # type: ignore[misc]  # a default
            first = figures.line
            await reader.press(down)
            assert figures.line > first
            await reader.press(up)
            assert figures.line == first
            await reader.press("escape")
        await in_triage(reader)
        await reader.press(down)
        await sees(reader, "2 of 43")
        await reader.press(up)
        await sees(reader, "1 of 43")
        await reader.press("escape")
        typed = {"j": "down", "k": "up"}
        await on(reader, SheetScreen, "question_mark")
        sheet = reader.app.screen.query_one(Sheet)
        await reader.press(typed.get(down, down), typed.get(down, down), typed.get(up, up))
        assert sheet._cursor == 1
        await reader.press("escape")
        reader.app.push_screen(TextDialog("Much", _long_text()))
        await reader.until(lambda: isinstance(reader.app.screen, TextDialog))
        await reader.pilot.pause()
        await reader.press(down, down, up)
        await reader.until(lambda: reader.app.screen.query("VerticalScroll").first().scroll_y == 1)


def _long_text() -> Content:
    return Content("\n".join(map(str, range(100))))


async def test_emacs_keys_lead_back_from_every_line_and_find_commands(reading: Reading) -> None:
    async with reading(settings=Settings(key_set="emacs")) as reader:
        await on(reader, LineDialog, "t")
        await reader.press("ctrl+g")
        await reader.until(lambda: isinstance(reader.app.screen, MainScreen))
    async with reading(settings=Settings(key_set="emacs")) as reader:
        await on(reader, Palette, "alt+x")
        first = reader.app.screen.query_one(Sheet).line
        await reader.press("ctrl+n")
        assert reader.app.screen.query_one(Sheet).line != first
        await reader.press("ctrl+g")
        await reader.until(lambda: isinstance(reader.app.screen, MainScreen))
        await reader.press("ctrl+s", *"net")
        assert reader.app.screen.focused is not reader.papers
        await reader.press("ctrl+g")
        assert reader.app.screen.focused is reader.papers


async def test_the_keys_of_the_search_line_can_be_changed(reading: Reading) -> None:
    settings = Settings(keys={"search.take": ("f2",), "candidates.next": ("f3",), "search.older": ("f4",)})
    async with reading(settings=settings) as reader:
        await reader.press("slash", *"statu")
        await sees(reader, "f2 takes it")
        await reader.press("f2")
        line = reader.app.screen.query_one("#search", Input)
        await reader.until(lambda: line.value == "status:")
        await sees(reader, "f3 ctrl+p")
        await reader.press("f3", "f2")
        await reader.until(lambda: line.value.strip() == "status:queued")
        await reader.press("enter", "slash", "escape", "slash", "f4")
        await reader.until(lambda: line.value.strip() == "status:queued")


async def test_uncertain_papers_go_by_other_keys(reading: Reading, library: Library) -> None:
    library.add([Paper(title="Deep Nets Ann", title_raw="", authors=("Author",), uncertain=("title",))])
    settings = Settings(keys={"splits.word_back": ("b",), "splits.accept": ("c",), "edit": ("f2",)})
    async with reading(settings=settings, sample=False) as reader:
        await on(reader, SplitsScreen, "U")
        await sees(reader, "c correct as it is · b l move the boundary · f2 edit · ? keys · escape back")
        await reader.press("b")
        await sees(reader, "moved: c accepts it")
        await reader.press("c")
        await sees(reader, "edit 1 paper · saved")


async def test_a_line_that_asks_names_the_keys_that_it_has(reading: Reading) -> None:
    settings = Settings(keys={"line.cancel": ("f10",), "line.complete": ("ctrl+i", "f2")})
    async with reading(settings=settings) as reader:
        await on(reader, LineDialog, "t")
        assert re.search(r"enter \w+  \S+ complete  f10 cancel", last_line(reader))
        await reader.press("escape")
        assert isinstance(reader.app.screen, LineDialog)
        await reader.press("f10")
        await reader.until(lambda: isinstance(reader.app.screen, MainScreen))


async def test_where_a_screen_needs_a_key_itself_what_follows_the_list_keeps_its_usual_one(reading: Reading) -> None:
    async with reading(settings=Settings(keys={"cursor_down": ("h",), "star": ("y",), "copy": ("Y",)})) as reader:
        reader.library.add([Paper(title="Deep Nets Ann", title_raw="", authors=("Author",), uncertain=("title",))])
        await on(reader, RelatedScreen, "R")
        await sees(reader, "y star")
        await reader.press("h")
        await sees(reader, "2 of 1")
        await reader.press("escape")
        await on(reader, SplitsScreen, "U")
        await sees(reader, "y correct as it is · h l move the boundary")
        await reader.press("h")
        await sees(reader, "moved: y accepts it")
        await on(reader, KeySheet, "question_mark")
        assert re.search(r" j ↓ +Move down\.", shown(reader))
        assert re.search(r" s +Star the paper", shown(reader))
