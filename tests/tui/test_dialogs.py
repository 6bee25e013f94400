"""Dialogs: what the last line shows meanwhile, how menus are moved in, and how long what is said can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from readlist.settings import Settings
from readlist.tui.screens.menu import Menu
from readlist.tui.widgets import bars
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines


def last_line(reader: Reader) -> str:
    return lines(reader)[-1]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["y"], "escape cancel  ↑ ↓ move  enter choose"),
        (["t"], "enter save  tab complete  escape cancel"),
        (["M"], "enter save  escape cancel"),
        (["n"], "ctrl+s or escape save and close  ctrl+o your $EDITOR"),
        (["E"], "ctrl+s save  escape cancel  ctrl+o BibTeX in $EDITOR  tab next field"),
        (["question_mark", "enter"], "escape cancel  del no key  backspace default key"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_last_line_shows_the_keys_of_the_dialog(
    reading: Reading, keys: list[str], told: str, size: tuple[int, int]
) -> None:
    async with reading(size) as reader:
        await reader.press(*keys)
        await reader.until(lambda: len(reader.app.screen_stack) == 1 + len(keys))
        await reader.until(lambda: last_line(reader).strip() == told)
        assert not any(told in line for line in lines(reader)[:-1])
        await reader.press("escape", "escape", "escape")
        await reader.until(lambda: "/ search" in last_line(reader))


async def test_arrows_move_in_a_menu_and_enter_takes_the_line(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("asterisk")
        await reader.until(lambda: isinstance(reader.app.screen, Menu))
        await reader.press("enter")
        await reader.until(lambda: "move to a line with ↓ first, or press its key" in last_line(reader))
        await reader.press("down", "down", "down", "down", "down", "up")
        await reader.until(lambda: any("▌ 3  ★★★" in line for line in lines(reader)))
        await reader.press("enter")
        await reader.told("rate 3 on 1 paper")


async def test_a_key_without_meaning_leaves_the_menu_open_and_is_told(reading: Reading) -> None:
    async with reading((80, 24), Settings(key_set="emacs")) as reader:
        await reader.press("asterisk", "x")
        await reader.until(lambda: "x does nothing here" in last_line(reader))
        await reader.press("left", "f5", "ctrl+n")
        await reader.until(lambda: any("▌ 0  no rating" in line for line in lines(reader)))
        await reader.press("ctrl+g")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)


async def test_keys_that_are_no_commands_are_clicked_in_the_last_line(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("t", *"agents")
        await reader.until(lambda: "enter save" in last_line(reader))
        await reader.pilot.click(offset=(2, 23))
        await reader.told("tag +agents on 1 paper")
        await reader.press("question_mark", "enter")
        await reader.until(lambda: "del no key" in last_line(reader))
        await reader.pilot.click(offset=(last_line(reader).index("no key"), 23))
        await reader.until(lambda: any("down: no key" in line for line in lines(reader)))


async def test_a_line_of_a_menu_is_taken_with_the_mouse(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("asterisk")
        await reader.until(lambda: isinstance(reader.app.screen, Menu))
        await reader.pilot.click(".choices", offset=(4, 4))
        await reader.told("rate 4 on 1 paper")


async def test_a_long_menu_is_scrolled_to_the_cursor(reading: Reading) -> None:
    async with reading((60, 16)) as reader:
        await reader.press("S")
        await reader.until(lambda: isinstance(reader.app.screen, Menu))
        await reader.press("up")
        await reader.until(lambda: any("▌ v  relevance" in line for line in lines(reader)))


async def test_what_was_said_goes_when_it_was_read(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "_STANDS", 0.6)
    async with reading((80, 24)) as reader:
        await reader.press("s")
        await reader.told("star on 1 paper · saved")
        await reader.until(lambda: not reader.says)
        await reader.until(lambda: "quit" in last_line(reader) or "copy" in last_line(reader))


async def test_typing_replaces_the_path_that_is_suggested_and_an_arrow_keeps_it(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading((80, 24)) as reader:
        await reader.press("e", *"mine.ris", "enter")
        await reader.told("43 papers exported to mine.ris")
        await reader.press("e")
        assert reader.app.screen.query_one(Input).value == "mine.ris"
        await reader.press("left", *"z")
        assert reader.app.screen.query_one(Input).value == "zmine.ris"


async def test_a_path_that_nothing_could_be_written_to_is_not_suggested_again(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading() as reader:
        await reader.press("e", *"no/x.bib", "enter")
        await reader.told("cannot save x.bib")
        await reader.press("e")
        assert reader.app.screen.query_one(Input).value == "readlist.bib"


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)])
async def test_what_could_not_be_done_is_told_once_and_never_over_a_dialog(
    reading: Reading, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(size) as reader:
        for _ in range(2):
            await reader.press("e", *"a.xlsx", "enter")
            await reader.told(".xlsx files cannot be written")
            await reader.pilot.pause(0.1)
            toasts = len(reader.app.screen.query("Toast"))
            assert "\n".join(lines(reader)).count("files cannot be") == 1
            assert toasts <= 1
        await reader.press("y")
        await reader.until(lambda: isinstance(reader.app.screen, Menu))
        await reader.pilot.pause(0.1)
        assert not reader.app.screen.query("Toast")
