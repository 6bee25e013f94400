"""The reading queue in the app: priority, order by hand, and what to read next."""

from __future__ import annotations

from pathlib import Path

from readlist.library import Library
from readlist.mark import set_status
from readlist.settings import Settings
from readlist.tui.app import ReadlistApp
from tests.papers import TODAY
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines

FIRST = "goldie2026procedural"


def queue(reader: Reader) -> list[str]:
    return [entry.citekey for entry in reader.library.queue()]


def listed(reader: Reader) -> list[str]:
    return [entry.citekey for entry in reader.library.entries(reader.papers.rows)]


async def queued(reader: Reader, count: int) -> list[str]:
    """Queue the first papers of the list, one after the other."""
    for _ in range(count):
        await reader.press("2", "j")
    await reader.until(lambda: len(reader.library.history()) == count)
    return listed(reader)[:count]


async def test_the_queue_is_put_in_order_by_hand_and_kept_over_a_restart(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        keys = await queued(reader, 4)
        await reader.press("f", "2")
        await reader.until(lambda: listed(reader) == keys)
        await reader.press("g", "right_square_bracket")
        wanted = [keys[1], keys[0], *keys[2:]]
        await reader.until(lambda: listed(reader) == wanted)
        assert reader.papers.entry is not None
        assert reader.papers.entry.citekey == keys[0], "the cursor stays on the paper that was moved"
        await reader.press("left_square_bracket", "left_square_bracket")
        await reader.told("already first of its priority in the queue")
        await reader.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        wanted = [*keys[1:], keys[0]]
        await reader.until(lambda: listed(reader) == wanted)
        await reader.press("u")
        await reader.until(lambda: listed(reader) == [*keys[1:3], keys[0], keys[3]])
    with Library.open(folder) as again:
        app = ReadlistApp(again, Settings(), today=TODAY)
        async with app.run_test(size=(140, 40)) as pilot:
            reader = Reader(app, pilot, again)
            await reader.until(lambda: bool(app.screen_stack[0].query("#state")))
            await reader.press("f", "2")
            await reader.until(lambda: listed(reader) == [*keys[1:3], keys[0], keys[3]])


async def test_a_row_shows_the_priority_of_its_paper_beside_its_tags(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("p", "3")
        await reader.told("priority 3")
        await reader.until(lambda: any("Goldie" in line and " p3 " in line for line in lines(reader)))
        await reader.press("p", "0")
        await reader.until(lambda: not any(" p3 " in line for line in lines(reader)))


async def test_priority_comes_before_the_order_by_hand_and_what_is_read_before_both(reading: Reading) -> None:
    async with reading() as reader:
        keys = await queued(reader, 4)
        await reader.press("f", "2", "G", "p", "3")
        await reader.until(lambda: listed(reader) == [keys[3], *keys[:3]])
        await reader.press("G", "3")
        await reader.until(lambda: listed(reader) == [keys[2], keys[3], *keys[:2]])
        await reader.press("left_square_bracket")
        await reader.told("already first of its priority")
        assert queue(reader) == [keys[2], keys[3], *keys[:2]]


async def test_a_full_stop_goes_to_what_is_to_be_read_next_and_says_why(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("full_stop")
        await reader.told("the queue is empty: 2 queues a paper")
        keys = await queued(reader, 3)
        await reader.press("G", "full_stop")
        await reader.told("next of 3 to read: waiting since today")
        assert reader.papers.entry is not None
        assert reader.papers.entry.citekey == keys[0]
        await reader.press("full_stop")
        await reader.told("number 2 of 3 to read")
        assert reader.papers.entry.citekey == keys[1]
        await reader.press("3")
        await reader.told("status reading on 1 paper")
        await reader.press("g", "full_stop")
        await reader.told("next of 3 to read: reading since today")
        await reader.until(lambda: reader.papers.entry is not None and reader.papers.entry.citekey == keys[1])


async def test_what_next_lists_the_queue_when_the_paper_is_not_listed(reading: Reading) -> None:
    async with reading() as reader:
        keys = await queued(reader, 2)
        await reader.press("slash", *"toolformer", "enter", "full_stop")
        await reader.until(lambda: listed(reader) == keys)
        await reader.told("next of 2 to read")
        assert "Queue" in lines(reader)[0]
        assert reader.papers.entry is not None
        assert reader.papers.entry.citekey == keys[0]


async def test_a_paper_outside_of_the_queue_is_not_moved(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("left_square_bracket")
        await reader.told("it is not in the reading queue")
        assert reader.library.history() == []


async def test_several_selected_papers_are_moved_together(reading: Reading) -> None:
    async with reading() as reader:
        keys = await queued(reader, 4)
        await reader.press("f", "2")
        await reader.until(lambda: listed(reader) == keys)
        await reader.press("G", "k", "v", "v", "left_square_bracket")
        wanted = [keys[0], keys[2], keys[3], keys[1]]
        await reader.until(lambda: listed(reader) == wanted)
        await reader.told("queue earlier · saved")


async def test_reading_days_can_be_asked_for_by_month_and_range(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        entry = library.find(FIRST)
        assert entry is not None
        library.mark([entry.id], set_status("read"))
        for text, count in (("read:2026-04", 1), ("read:2026-03", 0), ("read:2026-03..2026-04", 1), ("read:2026", 1)):
            await reader.press("slash", *text, "enter")
            await reader.until(lambda count=count: len(reader.papers.rows) == count)  # type: ignore[misc]  # bound here
            await reader.press("escape")
            await reader.until(lambda: len(reader.papers.rows) == 43)
