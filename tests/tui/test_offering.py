"""The last line shows what works now; a command that does not says why; quicker ways are told."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from readlist.settings import Settings
from readlist.tui.circumstances import NEEDS, Now
from readlist.tui.commands import COMMANDS
from readlist.tui.footer import offers
from readlist.tui.hints import Hints
from readlist.tui.keymap import configured
from readlist.tui.main.screen import MainScreen
from readlist.tui.palette import Palette
from readlist.tui.widgets.bars import BottomBar
from readlist.tui.widgets.keys import Keys
from readlist.tui.widgets.sheet import Sheet
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines


def footer(reader: Reader) -> str:
    return str(reader.app.screen_stack[0].query_one("#keys").render()).rstrip()


def greyed(reader: Reader) -> set[str]:
    return {offer.command for _, _, offer in reader.app.screen_stack[0].query_one(Keys)._places if offer.why_not}


def main(reader: Reader) -> MainScreen:
    screen = reader.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


async def test_what_cannot_be_undone_is_greyed_until_it_can(reading: Reading) -> None:
    async with reading() as reader:
        await reader.until(lambda: greyed(reader) == {"undo"})
        await reader.press("s")
        await reader.until(lambda: not greyed(reader))
        await reader.press("u")
        await reader.until(lambda: greyed(reader) == {"undo"})
        reason = next(one.why_not(main(reader).now()) for one in COMMANDS if one.id == "undo")
        assert reason == "there is nothing to undo"
        await reader.press("u")
        await reader.told("there is nothing to undo")


async def test_an_empty_library_offers_what_brings_papers_in_first(reading: Reading) -> None:
    async with reading(sample=False) as reader:
        await reader.until(lambda: footer(reader).startswith("i ingest"))
        assert {"star", "tags", "note", "read", "copy", "export"} <= greyed(reader)
        await reader.press("D")
        await reader.told("there are no papers yet")
        await reader.press("e")
        await reader.told("there are no papers yet")
        assert len(reader.app.screen_stack) == 1


async def test_without_a_hit_there_is_nothing_to_mark(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"zzzz", "enter")
        await reader.until(lambda: not reader.papers.rows)
        await reader.until(lambda: "star" in greyed(reader))
        await reader.press("s")
        await reader.told("no paper is listed")
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.until(lambda: "star" not in greyed(reader))


async def test_each_pane_has_its_own_keys(reading: Reading) -> None:
    async with reading() as reader:
        await reader.until(lambda: footer(reader).startswith("/ search"))
        await reader.press("slash")
        assert footer(reader).startswith("enter to the list  escape clear  tab complete")
        await reader.press("escape", "enter")
        assert footer(reader).startswith("escape to the list  j scroll")
        await reader.press("escape", "F")
        assert footer(reader).startswith("enter choose  - exclude  escape to the list  F hide")
        await reader.press("escape")
        assert footer(reader).startswith("/ search")
        await reader.press("minus")
        await reader.told("nothing is chosen in the sidebar")


@pytest.mark.parametrize("said", ["hello", "a sentence that is much longer than any line can hold " * 5, ""])
async def test_no_key_is_cut_at_any_width(reading: Reading, said: str) -> None:
    async with reading() as reader:
        await reader.until(lambda: bool(footer(reader)))
        main(reader).say(said)
        for width in (140, 100, 80, 61, 60, 47, 33, 20, 9, 1):
            await reader.pilot.resize_terminal(width, 24)
            await reader.pilot.pause()
            whole = {f"{offer.key} {offer.label}" for offer in offers(reader.app.keymap, main(reader).now())}
            line = reader.app.screen.query_one(BottomBar)
            keys = line.query_one(Keys)
            shown = footer(reader)
            assert cell_len(shown) <= max(0, keys.content_region.width), width
            assert set(shown.split("  ")) <= whole | {""}, width
            state = str(line.query_one("#state").render())
            assert cell_len(state) <= max(0, width - 2)
            assert state in (said.strip(), "") or state.endswith("…")
            if width >= 60:
                assert "? keys" in shown, width


async def test_a_click_does_what_the_key_does_and_pointing_tells_of_it(reading: Reading) -> None:
    async with reading() as reader:
        await reader.until(lambda: "s star" in footer(reader))
        keys = main(reader).query_one(Keys)
        places = {offer.command: begin for begin, _, offer in keys._places}
        await reader.pilot.hover(Keys, offset=(places["undo"] + 2, 0))
        await reader.until(lambda: "Take back the last change. Not now" in str(keys.tooltip))
        await reader.pilot.click(Keys, offset=(places["star"] + 2, 0))
        await reader.told("star on 1 paper")


async def test_keys_of_the_line_that_is_typed_in_are_its_own(reading: Reading) -> None:
    async with reading(settings=Settings(key_set="emacs")) as reader:
        await reader.press("ctrl+n", "ctrl+n", "ctrl+p")
        assert reader.title.startswith("AIRS-Bench")
        await reader.press("ctrl+s", *"agents", "ctrl+u")
        assert reader.app.screen.query_one(Input).value == ""
        await reader.press("ctrl+g")
        assert reader.app.screen.focused is reader.papers
        await reader.press("alt+x")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)


async def test_keys_that_a_setting_takes_away_are_gone_and_a_command_without_a_key_can_have_one(
    reading: Reading,
) -> None:
    async with reading(settings=Settings(keys={"star": (), "rename_tag": ("ctrl+t",)})) as reader:
        await reader.press("s", "ctrl+t")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.press("escape")
        assert reader.library.history() == []


# ---------------------------------------------------------------------- the palette


async def test_the_palette_has_every_command_and_says_why_one_does_not_work(reading: Reading) -> None:
    async with reading(sample=False) as reader:
        await reader.until(lambda: bool(footer(reader)))
        await reader.press("ctrl+p")
        await reader.until(lambda: isinstance(reader.app.screen, Palette))
        lines = {line.id: line for line in reader.app.screen.query_one(Sheet)._lines}
        assert set(lines) == {command.id for command in COMMANDS} - {"palette"}
        assert lines["star"].right.split(None, 1) == ["s", "not now: there are no papers yet"]
        assert lines["rename_tag"].right.strip() == "Rename a tag on all papers, or join two."
        await reader.press(*"st")
        assert [line.left for line in reader.app.screen.query_one(Sheet)._lines][:2] == ["Statistics", "Star"]
        await reader.press(*"ar", "enter")
        await reader.told("there are no papers yet")


async def test_the_palette_does_what_is_found_by_a_part_of_its_name_as_fast_as_it_is_typed(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("ctrl+p", *"star", "enter", "ctrl+p", *"mark", "escape", "escape", "j", "s")
        await reader.until(lambda: len(reader.library.history()) == 2)
        assert len(reader.app.screen_stack) == 1


@pytest.mark.parametrize("size", [(60, 16), (20, 4), (1, 1)])
async def test_the_palette_is_lived_with_at_any_size(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await reader.press("ctrl+p", "pagedown", "pagedown", "up", "pageup", *"star the", "enter")
        await reader.until(lambda: len(reader.library.history()) == 1)


# ---------------------------------------------------------------------- quicker ways


async def test_a_command_that_is_looked_up_three_times_has_its_key_told_once(reading: Reading) -> None:
    async with reading() as reader:
        for _ in range(3):
            await reader.press("ctrl+p")
            await reader.until(lambda: len(reader.app.screen_stack) == 2)
            await reader.press(*"star the paper", "enter")
            await reader.until(lambda: len(reader.app.screen_stack) == 1)
            await reader.told("on 1 paper")
        await reader.told("s does that too: star")


async def test_hints_can_be_switched_off(reading: Reading) -> None:
    async with reading(settings=Settings(hints=False)) as reader:
        screen = main(reader)
        timers = len(screen._timers)
        for _ in range(4):
            screen.told_slowly(next(one for one in COMMANDS if one.id == "star"))
        assert len(screen._timers) == timers


def test_ten_papers_marked_one_by_one_bring_the_hint_once() -> None:
    commands = {one.id: one for one in configured(Settings()).of()}
    hints = Hints()
    told = []
    for _ in range(15):
        told += [hints.pressed(commands[name], commands["select"], selected=False) for name in ("star", "cursor_down")]
    assert [one for one in told if one] == ["v selects papers, s then marks them all"]
    assert told.index("v selects papers, s then marks them all") == 18
    others = Hints()
    for _ in range(15):
        assert others.pressed(commands["star"], commands["select"], selected=False) == ""
        assert others.pressed(commands["note"], commands["select"], selected=False) == ""


# ---------------------------------------------------------------------- what each command needs


@pytest.mark.parametrize(
    ("now", "works", "does_not"),
    [
        (Now(), {"star", "undo", "remove", "ingest", "quit"}, {"exclude": "nothing is chosen", "save_again": "saved"}),
        (Now(listed=False), {"ingest", "search", "undo"}, {"star": "no paper is listed", "copy": "no paper is listed"}),
        (Now(papers=False, listed=False), {"ingest"}, {"remove": "there are no papers yet"}),
        (Now(read_only="it is a museum"), {"copy", "search"}, {"star": "museum", "undo": "museum", "ingest": "museum"}),
        (Now(undoable=False), {"redo"}, {"undo": "nothing to undo"}),
        (Now(undoable=False, unsaved=True), {"undo", "save_again"}, {}),
        (Now(redoable=False), {"undo"}, {"redo": "nothing to redo"}),
        (Now(pane="sidebar", listed=False), {"exclude", "details"}, {"star": "no paper"}),
    ],
)
def test_a_command_says_why_it_does_not_work(now: Now, works: set[str], does_not: dict[str, str]) -> None:
    reasons = {command.id: command.why_not(now) for command in COMMANDS}
    assert {name for name in works if reasons[name]} == set()
    assert {name for name, words in does_not.items() if words not in reasons[name]} == set()
    assert all(need(now) is not None for needs in NEEDS.values() for need in needs)


@pytest.mark.parametrize("key", ["h", "l", "Q", "0", "f5", "ctrl+x", "shift+left"])
async def test_a_key_that_stands_for_nothing_is_told(reading: Reading, key: str) -> None:
    async with reading((80, 24)) as reader:
        await reader.press(key)
        await reader.told(f"{key} does nothing here")
        await reader.press("slash", "a")
        await reader.until(lambda: "does nothing here" not in reader.says)


@pytest.mark.parametrize("key", ["left_shift", "caps_lock", "raise_volume", "shift+tab"])
async def test_a_key_that_nobody_means_for_itself_is_not_told(reading: Reading, key: str) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("left")
        await reader.told("← does nothing here")
        await reader.press("s", key)
        await reader.told("star on 1 paper")
        assert "does nothing here" not in reader.says


async def test_a_key_that_stands_for_nothing_is_told_in_triage(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("T", "h")
        await reader.until(lambda: "h does nothing here" in lines(reader)[1])


async def test_a_border_that_cannot_be_moved_is_told(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press(*["greater_than_sign"] * 20)
        await reader.told("the border cannot go further")
    async with reading((80, 20)) as reader:
        await reader.press("greater_than_sign")
        await reader.told("there is only one pane at this size")
