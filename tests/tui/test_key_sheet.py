"""The sheet of keys, changing keys in it, and the screen of settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from readlist.library import Library
from readlist.settings import Settings, load
from readlist.tui.main.screen import MainScreen
from readlist.tui.places import FIXED
from readlist.tui.screens.help import SheetScreen
from readlist.tui.screens.preferences import example_key
from readlist.tui.widgets.sheet import Sheet
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import check


def lines(reader: Reader) -> list[str]:
    return [strip.text.rstrip() for strip in reader.app.screen._compositor.render_strips()]


def seen(reader: Reader) -> str:
    return "\n".join(lines(reader))


def about(reader: Reader) -> str:
    return str(reader.app.screen.query_one(".about", Static).render())


def written(config: Path) -> str:
    return config.read_text(encoding="utf-8")


def spoil(config: Path) -> None:
    config.write_text("[keys\n")


async def opened(reader: Reader, key: str) -> Sheet:
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, SheetScreen) and bool(reader.app.screen.query(Sheet)))
    await reader.pilot.pause()
    return reader.app.screen.query_one(Sheet)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text('# my own\n[keys]\n# quick\nnote = "N"\nedit_note = "n"\n')
    return path


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)])
async def test_the_sheet_names_every_command_and_every_key_elsewhere(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        sheet = await opened(reader, "question_mark")
        wanted = [one.help for one in reader.app.keymap.commands] + [one.help for one in FIXED]
        found = []
        for _ in wanted:
            assert sheet.line is not None
            found.append(sheet.line.right)
            assert sheet.line.left.split()[0] in seen(reader)
            assert about(reader).startswith(sheet.line.right)
            await reader.press("down")
        assert sorted(found) == sorted(wanted)
        assert all(len(line) <= size[0] for line in lines(reader))
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["R"], "In a list of papers"),
        (["A"], "Among the people of a paper"),
        (["A", "1"], "On the page of an author"),
        (["number_sign"], "In the statistics"),
        (["U"], "Among uncertain papers"),
        (["T"], "In triage"),
    ],
)
async def test_on_every_screen_one_key_shows_the_keys_and_those_of_the_screen_first(
    reading: Reading, keys: list[str], place: str
) -> None:
    async with reading() as reader:
        for key in keys:
            before = reader.app.screen
            await reader.press(key)
            await reader.until(lambda before=before: reader.app.screen is not before)  # type: ignore[misc]  # a default
        below = reader.app.screen
        sheet = await opened(reader, "question_mark")
        assert sheet.line is not None
        assert sheet.line.group == place
        await reader.press("question_mark")
        assert reader.app.screen is below


async def test_there_are_two_columns_when_there_is_room(reading: Reading) -> None:
    async with reading((140, 40)) as reader:
        await opened(reader, "question_mark")

        def beside() -> str:
            return (
                next(line for line in lines(reader) if "next paper." in line).partition("next paper.")[2].strip(" │▁▂")
            )

        assert beside().endswith((".", "…"))
        await reader.pilot.resize_terminal(80, 24)
        await reader.until(lambda: not beside().endswith((".", "…")))


async def test_typing_narrows_the_sheet_by_words_and_by_keys(reading: Reading) -> None:
    async with reading() as reader:
        sheet = await opened(reader, "question_mark")
        await reader.press(*"tag all")
        assert {one.id for one in sheet._lines} == {"rename_tag", "remove_tag"}
        await reader.press(*["backspace"] * 7, "D")
        assert (sheet.line and sheet.line.id, sheet._lines[0].group) == ("remove", "Best match")
        await reader.press(*"zzz")
        assert about(reader) == "Nothing matches what is typed; escape clears it."
        assert "escape clear" in seen(reader)
        await reader.press("enter", "escape", "escape")
        assert len(reader.app.screen_stack) == 1


async def test_the_palette_is_left_by_one_escape_whatever_is_typed(reading: Reading) -> None:
    async with reading() as reader:
        await opened(reader, "ctrl+p")
        await reader.press(*"zzz")
        await reader.until(lambda: about(reader) == "Nothing matches what is typed.")
        assert "escape close" in seen(reader)
        await reader.press("escape")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)


async def test_the_key_that_shows_the_sheet_leaves_it(reading: Reading) -> None:
    async with reading() as reader:
        await opened(reader, "question_mark")
        await reader.press("question_mark")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)


async def test_a_key_is_changed_in_the_sheet_and_kept_in_the_file(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        await opened(reader, "question_mark")
        await reader.press(*"star the", "enter", "x")
        await reader.until(lambda: about(reader).startswith("star: x"))
        assert " x " in seen(reader)
        await reader.press("escape", "escape")
        await reader.told("star: x · saved in settings.toml")
        await reader.press("x")
        await reader.told("star on 1 paper")
    assert load(config).keys == {"note": ("N",), "edit_note": ("n",), "star": ("x",)}
    assert written(config).startswith("# my own\n[keys]\n# quick\n")


async def test_a_clash_is_told_and_can_be_swapped_or_taken(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        await opened(reader, "question_mark")
        await reader.press(*"star the", "enter", "e")
        await reader.until(lambda: "e is the key of “export”" in seen(reader))
        await reader.press("z")
        await reader.pilot.pause()
        assert reader.app.keymap.named("star").keys == ("s",)
        await reader.press("enter", "e", "s")
        await reader.until(lambda: "star: e, export: s" in about(reader))
        await reader.press("enter", "r", "t")
        await reader.until(lambda: "star: r, read: no key" in about(reader))
        await reader.press("escape", "escape")
        await reader.told("star: r, read: no key · saved")
    assert load(config).keys == {
        "note": ("N",), "edit_note": ("n",), "star": ("r",), "export": ("s",), "read": (),
    }  # fmt: skip


async def test_a_key_is_taken_away_and_brought_back(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        await opened(reader, "question_mark")
        await reader.press(*"star the", "enter", "s")
        await reader.until(lambda: "already" in about(reader))
        await reader.press("enter", "delete")
        await reader.until(lambda: "star: no key" in about(reader))
        await reader.press("enter", "backspace")
        await reader.until(lambda: "star: s" in about(reader))
        await reader.press("escape", "escape")
        await reader.told("star: s · saved")
    assert "star" not in load(config).keys


async def test_without_a_file_a_key_is_changed_until_the_end(reading: Reading) -> None:
    async with reading() as reader:
        await opened(reader, "question_mark")
        await reader.press(*"star the", "enter", "x", "escape", "escape")
        await reader.told("until you leave: there is no settings file")
        await reader.press("x")
        await reader.told("star on 1 paper")


async def test_a_file_that_broke_meanwhile_costs_nothing(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        spoil(config)
        await opened(reader, "question_mark")
        await reader.press(*"star the", "enter", "x", "escape", "escape")
        await reader.told("until you leave only")
        assert "line 1" in reader.says
        await reader.press("x")
        await reader.until(lambda: len(reader.library.history()) == 1)
    assert written(config) == "[keys\n"


@pytest.mark.parametrize("size", [(60, 16), (140, 40)])
@pytest.mark.parametrize(("name", "keys"), [("keys", "question_mark"), ("settings", "comma")])
async def test_what_the_sheets_look_like(reading: Reading, size: tuple[int, int], name: str, keys: str) -> None:
    async with reading(size) as reader:
        await opened(reader, keys)
        await reader.press(*("note" if name == "keys" else ""))
        await reader.pilot.pause()
        frame = check(reader, name, size)
        assert ("Write a new note." if name == "keys" else "citekeys.pattern") in frame


# ---------------------------------------------------------------------- settings


def main(reader: Reader) -> MainScreen:
    screen = reader.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


@pytest.mark.parametrize("size", [(60, 16), (140, 40)])
async def test_settings_are_changed_in_the_app(reading: Reading, config: Path, size: tuple[int, int]) -> None:
    async with reading(size, settings=load(config)) as reader:
        await opened(reader, "comma")
        await reader.press(*"cite", "enter", "2")
        await reader.until(lambda: "cite.style: ieee" in about(reader))
        assert main(reader).settings.cite_style == "ieee"
        await reader.press("escape", *"hints", "enter")
        await reader.until(lambda: "hints: no" in about(reader))
        await reader.press("escape", *"keys.set", "enter", "3")
        await reader.until(lambda: "keys.set: emacs" in about(reader))
        await reader.press("escape", "escape", "ctrl+n")
        assert reader.title.startswith("AIRS-Bench")
        await reader.until(lambda: load(config).key_set == "emacs")
    settings = load(config)
    assert (settings.cite_style, settings.hints, settings.key_set) == ("ieee", False, "emacs")
    assert written(config).startswith("# my own\n")


async def test_a_style_that_is_not_in_the_menu_is_typed(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        await opened(reader, "comma")
        await reader.press(*"cite", "enter", "o")
        await reader.until(lambda: len(reader.app.screen_stack) == 3 and isinstance(reader.app.screen.focused, Input))
        reader.app.screen.query_one(Input).value = "~/styles/neuron.csl"
        await reader.press("enter")
        await reader.until(lambda: load(config).cite_style == "~/styles/neuron.csl")
        await reader.press("enter", "o")
        await reader.until(lambda: len(reader.app.screen_stack) == 3 and isinstance(reader.app.screen.focused, Input))
        reader.app.screen.query_one(Input).value = "nothing"
        await reader.press("enter")
        await reader.until(lambda: "is no style of citations" in about(reader))


async def test_a_pattern_shows_what_it_makes_while_it_is_typed(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        await opened(reader, "comma")
        await reader.press(*"pattern", "enter")
        await reader.until(lambda: "Toolformer gets: schick2023toolformer" in seen(reader))
        line = reader.app.screen.query_one(Input)
        line.value = "{autor}"
        await reader.until(lambda: "character 2: there is no field 'autor'" in seen(reader))
        await reader.press("enter")
        await reader.until(lambda: "there is no field" in about(reader))
        assert str(main(reader).settings.citekeys) == "{author}{year}{word}"
        await reader.press("enter")
        await reader.until(lambda: bool(reader.app.screen.query("#example")))
        reader.app.screen.query_one(Input).value = "{author}-{year:2}"
        await reader.press("enter")
        await reader.until(lambda: str(load(config).citekeys) == "{author}-{year:2}")
        assert str(main(reader).settings.citekeys) == "{author}-{year:2}"


async def test_a_status_is_called_otherwise_from_the_next_start_on(reading: Reading, config: Path) -> None:
    async with reading(settings=load(config)) as reader:
        await opened(reader, "comma")
        await reader.press(*"statuses.queued", "enter")
        await reader.until(lambda: isinstance(reader.app.screen.focused, Input) and len(reader.app.screen_stack) == 3)
        reader.app.screen.query_one(Input).value = "> to read"
        await reader.press("enter")
        await reader.until(lambda: "from the next start on" in about(reader))
        await reader.until(lambda: "to read" in written(config))
    status = load(config).status("queued")
    assert (status.label, status.glyph) == ("to read", ">")
    assert len(load(config).statuses) == 6


async def test_a_set_that_clashes_with_own_keys_is_refused(reading: Reading, config: Path) -> None:
    async with reading(settings=Settings(keys={"star": ("ctrl+n",)})) as reader:
        await opened(reader, "comma")
        await reader.press(*"keys.set", "enter", "3")
        await reader.until(lambda: "does not go with the keys" in about(reader))
        assert main(reader).settings.key_set == "vim"


async def test_keys_are_reached_from_the_settings(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        await opened(reader, "comma")
        await reader.press(*"keys", "enter")
        await reader.until(lambda: "Move to the next paper." in seen(reader))
        await reader.press("escape", "escape", "escape")
        assert len(reader.app.screen_stack) == 1


def test_an_example_tells_what_is_wrong() -> None:
    assert example_key("{authors:2|title}{year:2}") == "Toolformer gets: SchickDwivediyu23"
    assert example_key("{author").startswith("character 1:")


@pytest.mark.parametrize("key_set", ["vim", "arrows", "emacs"])
async def test_no_key_is_cut_in_the_palette_and_in_the_sheet(reading: Reading, key_set: str) -> None:
    async with reading((80, 24), Settings(key_set=key_set)) as reader:
        commands = {one.help: one.shown_keys for one in reader.app.keymap.of() if one.keys}
        for key, begins in (("question_mark", 1), ("f9", 22)):
            if key == "f9":
                await reader.app.screen_stack[0].run_action("palette")
            else:
                await reader.press(key)
            await reader.until(lambda: len(reader.app.screen_stack) == 2)
            await reader.pilot.pause()
            columns = set()
            for line in lines(reader)[:-5]:  # below, the one under the cursor is told once more
                told = next((told for told in commands if told[:20] in line), "")
                if told:
                    columns.add(line.index(told[:20]))
                    assert commands[told] in line[begins:]
            assert len(columns) == 1
            await reader.press("escape")


@pytest.mark.parametrize("word", ["remap", "change key"])
async def test_who_wants_other_keys_finds_how(reading: Reading, word: str) -> None:
    async with reading((140, 40)) as reader:
        await reader.press("question_mark", *word)
        await reader.until(lambda: "Show every key, and change or remap any of them." in seen(reader))
