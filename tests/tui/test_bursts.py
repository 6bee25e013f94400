"""Keys that come in a burst, as typed ahead or over a slow line, do what they do one by one."""

from __future__ import annotations

import pytest
from textual import events

from readlist.mark import Mark
from readlist.query import Order
from readlist.tui.main.finding import Finding
from tests.tui.reader import Reader, Reading

FIRST = "goldie2026procedural"
SECOND = "lupidi2026airs"


def mark(reader: Reader, key: str) -> Mark:
    return reader.mark(key)


async def test_a_key_after_a_search_is_about_what_was_found(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("/", *"toolf", "enter", "s")
        await reader.told("star on 1 paper")
        assert mark(reader, "schick2023toolformer").starred


async def test_letters_that_come_at_once_are_one_search(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as reader:
        await reader.press("slash")
        asked: list[str] = []
        search = Finding.search_in_thread

        def watched(
            screen: Finding, number: int, text: str, order: Order, chosen: frozenset[str], *, listed: bool
        ) -> None:
            asked.append(text)
            search(screen, number, text, order, chosen, listed=listed)

        monkeypatch.setattr(Finding, "search_in_thread", watched)
        reader.burst(*"toolformer")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        assert asked[-1] == "toolformer"
        assert len(asked) <= 2  # a busy machine may bring a burst in two pieces


async def test_keys_after_a_line_go_to_the_list(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("t", *"newtag", "enter", "s", "j", "s")
        await reader.until(lambda: mark(reader, SECOND).starred)
        assert mark(reader, FIRST).tags == ("newtag",)
        assert mark(reader, FIRST).starred


async def test_a_note_is_whole_and_kept(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("n", *"hello, jks", "ctrl+s", "s")
        await reader.until(lambda: mark(reader, FIRST).starred)
        assert [note.text for note in mark(reader, FIRST).notes] == ["hello, jks"]


async def test_changes_undo_and_redo_keep_their_order(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("s", "u", "ctrl+r", "s", "r")
        await reader.until(lambda: mark(reader, FIRST).status == "read")
        assert not mark(reader, FIRST).starred


@pytest.mark.parametrize(
    "keys",
    [
        ("y", "k", "s"),
        ("y", "q", "escape", "s"),
        ("D", "n", "s"),
        ("*", "4", "s"),
        ("e", "escape", "s"),
        ("?", "?", "s"),
    ],
)
async def test_a_menu_takes_one_key(reading: Reading, keys: tuple[str, ...]) -> None:
    async with reading() as reader:
        reader.burst(*keys)
        await reader.until(lambda: mark(reader, FIRST).starred)
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        assert reader.app.return_value is None


async def test_two_enters_end_a_dialog_once(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("t", "x", "enter", "enter")
        await reader.until(lambda: mark(reader, FIRST).tags == ("x",))
        assert len(reader.app.screen_stack) == 1


async def test_a_paste_with_the_line_ends_of_a_terminal_is_a_listing(reading: Reading) -> None:
    listing = "CLFeb 9, 2023\rA Pasted Study of ThingsAnn Author, Bob Builder\rText.\r"
    async with reading() as reader:
        reader.app.post_message(events.Paste(listing))
        await reader.told("1 new")
        await reader.press("i")
        reader.app.post_message(events.Paste(listing.replace("\r", "\r\n").replace("Pasted", "Second")))
        await reader.told("1 new, 0 updated, 0 unchanged")
        await reader.until(lambda: reader.library.count() == 45)
