"""Triage: whole runs by keys alone, leaving and going on, and taking everything back."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.library import Library
from readlist.mark import change_tags, set_status
from readlist.query import ALL
from readlist.settings import Settings, Status
from readlist.tui.app import ReadlistApp
from readlist.tui.main.screen import MainScreen
from readlist.tui.screens.triage import TriageScreen
from tests.papers import TODAY, paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import HOSTILE, check, lines
from tests.tui.test_unsaved import no_room

FIRST, SECOND, THIRD = "goldie2026procedural", "lupidi2026airs", "maiti2025souper"


def shown(reader: Reader) -> str:
    return "\n".join(lines(reader))


async def sees(reader: Reader, words: str) -> None:
    await reader.until(lambda: words in shown(reader))


async def begun(reader: Reader, words: str = " left") -> None:
    await reader.press("T")
    await reader.until(lambda: isinstance(reader.app.screen, TriageScreen) and words in lines(reader)[0])


async def left(reader: Reader) -> None:
    await reader.press("escape")
    await reader.until(lambda: isinstance(reader.app.screen, MainScreen))


def statuses(library: Library) -> list[str]:
    """The statuses of all papers, newest paper first."""
    return [entry.mark.status for entry in library.entries(library.select(ALL))]


async def written(reader: Reader, count: int) -> None:
    """Wait until so many steps are on the disk."""
    await reader.until(lambda: len(reader.library.history()) == count)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)])
async def test_the_whole_sample_is_gone_through_by_keys_alone(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await begun(reader, "1 of 43 · 43 left")
        for number in range(43):
            await reader.press(("enter", "d", "space", "r", "m")[number % 5])
        await sees(reader, "That was the last of 43 papers.")
        await written(reader, 34)
        wanted = ["queued", "dropped", "unread", "read", "skimmed"] * 9
        assert statuses(reader.library) == wanted[:43]
        await left(reader)
        assert "9 of 43 skipped" in reader.says
        await reader.press("T")
        await sees(reader, "1 of 9 · 9 left")  # what was skipped is a run of its own


async def test_what_was_skipped_is_told_at_the_end_and_gone_through_again(reading: Reading, library: Library) -> None:
    library.add([paper(f"Paper {n}", "Ann Author", date=f"202{n}") for n in range(5)])
    async with reading((80, 24), sample=False) as reader:
        await begun(reader, "1 of 5 · 5 left")
        await reader.press("space", "enter", "s", "space", "d", "space")
        await sees(reader, "g goes once more through the 3 skipped.")
        for line in ("1  ◔ queued", "1  × dropped", "3    skipped", "1  ★ starred"):
            await sees(reader, line)
        assert lines(reader)[-1].split("  ")[:5] == [
            " escape leave", "g the skipped ones", "← back", "u undo", "U undo all"
        ]  # fmt: skip
        await reader.press("enter")
        await sees(reader, "only skipped papers are left: g goes through them")
        await reader.press("g")
        await sees(reader, "3 of 5 · 3 left")
        assert "Paper 4" in lines(reader)[3], "the skipped ones come in their order, behind those decided"
        await reader.press("r", "space", "u", "r", "m")
        await sees(reader, "2  ● read")
        assert "skipped" not in shown(reader)
        await left(reader)
        assert "all 5 decided" in reader.says
        await written(reader, 6)
        assert statuses(library) == ["read", "queued", "read", "dropped", "skimmed"]


async def test_a_decision_that_is_taken_back_is_skipped_if_nothing_else_is_decided(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("enter", "d", "u")
        await sees(reader, "2 of 43")
        await reader.press("space")
        await left(reader)
        assert "41 left, 1 skipped" in reader.says
        await begun(reader, "3 of 43")
        await reader.press("k", "k", "u")  # the one before was decided in another sitting
        await sees(reader, "1 of 43")
        await reader.press("space", "space")
        await left(reader)
        assert "41 left, 2 skipped" in reader.says


@pytest.mark.parametrize(("key", "told"), [("space", "g goes through them"), ("enter", "escape goes back to the list")])
async def test_what_can_be_done_where_no_paper_is_left_is_told_whole_in_a_narrow_terminal(
    reading: Reading, library: Library, key: str, told: str
) -> None:
    library.add([paper("Deep nets", "Ann Author", date="2020")])
    async with reading((60, 16), sample=False) as reader:
        await begun(reader, "1 of 1")
        await reader.press(key)
        await sees(reader, "That was the only paper.")
        await reader.press("enter")
        await reader.until(lambda: lines(reader)[1].rstrip().endswith(f"are left: {told}" if key == "space" else told))


async def test_a_triage_of_a_search_without_a_hit_says_that_nothing_is_listed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"zzzzz", "enter", "T")
        await sees(reader, "No paper is listed.")
        assert "unread" not in shown(reader)


async def test_going_back_from_the_first_paper_says_that_it_is_the_first(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("k")
        await sees(reader, "this is the first paper")


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_the_keys_that_matter_most_are_named_however_narrow_it_is(
    reading: Reading, size: tuple[int, int]
) -> None:
    async with reading(size) as reader:
        await begun(reader)
        await reader.press("enter")
        await sees(reader, "queued · saved")
        for label in ("keep", "drop", "skip", "back", "undo", "leave", "? keys"):
            assert label in lines(reader)[-1]


async def test_keys_that_come_in_a_burst_are_each_about_the_paper_that_they_were_meant_for(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("T", *("enter", "d", "space", "s", "r") * 8)
        await sees(reader, "33 of 43")
        await written(reader, 32)  # a step is in the history before it is in the marks
        await reader.until(lambda: statuses(reader.library)[:32] == ["queued", "dropped", "unread", "read"] * 8)
        starred = [entry.mark.starred for entry in reader.library.entries(reader.library.select(ALL))]
        assert starred[:32] == [False, False, False, True] * 8


async def test_it_is_left_and_gone_on_with_where_it_was(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("space", "enter", "d")
        await sees(reader, "4 of 43 · 40 left")
        fourth = lines(reader)[3]
        await left(reader)
        assert "40 left, 1 skipped · T goes on" in reader.says
        await begun(reader, "4 of 43 · 40 left")
        assert lines(reader)[3] == fourth
        await reader.press("k", "k", "k")
        assert "Procedural Generation" in shown(reader)


async def test_it_is_gone_on_with_after_a_restart(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("space", "space", "enter", "d")
        await sees(reader, "5 of 43 · 39 left")
        fifth = lines(reader)[3]
        await reader.until(lambda: (run := reader.library.triage()) is not None and len(run.passed) == 4)
    with Library.open(folder) as again:
        app = ReadlistApp(again, Settings(), today=TODAY)
        async with app.run_test(size=(140, 40)) as pilot:
            reader = Reader(app, pilot, again)
            await reader.until(lambda: bool(app.screen_stack[0].query("#state")))
            await begun(reader, "5 of 43 · 39 left")
            assert lines(reader)[3] == fifth
            await reader.press("u")  # what was decided before the restart can be taken back too
            await sees(reader, "4 of 43 · 40 left")
            assert statuses(again)[3] == "unread"


async def test_the_whole_run_is_taken_back_as_one_step_and_comes_back_as_one(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("j", "s")
        await written(reader, 1)
        await begun(reader)
        await reader.press("enter", "s", "d", "space", "r", "k", "s")
        await written(reader, 6)
        await reader.press("U")
        await sees(reader, "Take back this whole triage?")
        await reader.press("y")
        await sees(reader, "1 of 43 · 43 left")
        assert statuses(reader.library) == ["unread"] * 43
        assert reader.mark(SECOND).starred, "what was done before the triage stays"
        await left(reader)
        await reader.press("u")
        await reader.told("undo: take back the triage on 3 papers")
        assert statuses(reader.library)[:4] == ["queued", "dropped", "unread", "read"]
        assert not reader.mark(SECOND).starred


async def test_a_run_is_taken_back_after_it_was_left_and_what_changed_since_stays(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("enter", "d", "r")
        await written(reader, 3)
        await left(reader)
        reader.library.mark([entry.id for entry in [reader.library.find(SECOND)] if entry], set_status("reading"))
        assert isinstance(reader.app.screen, MainScreen)
        reader.app.screen.action_undo_triage()
        await sees(reader, "papers gone through: 3")
        await reader.press("y")
        await reader.told("1 changed since, and left alone")
        assert statuses(reader.library)[:3] == ["unread", "reading", "unread"]


async def test_u_takes_back_nothing_that_was_done_between_two_sittings(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("enter")
        await written(reader, 1)
        await left(reader)
        await reader.press("s")
        await written(reader, 2)
        await reader.press("T")
        await sees(reader, "resumed")
        await reader.press("u")
        await sees(reader, "nothing of this triage")
        assert len(reader.library.history()) == 2


async def test_u_takes_back_one_decision_after_the_other_and_goes_back_to_its_paper(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("enter", "space", "d", "s")
        await written(reader, 3)
        await reader.press("u")
        await sees(reader, "undo: star")
        assert "4 of 43" in lines(reader)[0]
        await reader.press("u")
        await sees(reader, "3 of 43")
        await sees(reader, "undo: dropped")
        await reader.press("u")
        await sees(reader, "no longer skipped")
        assert "2 of 43" in lines(reader)[0]
        await reader.press("u")
        await sees(reader, "1 of 43")
        await reader.press("u")
        await sees(reader, "nothing of this triage is left to take back")
        assert statuses(reader.library) == ["unread"] * 43


async def test_a_decision_that_changes_nothing_takes_nothing_else_with_it(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("enter", "k", "enter", "u")
        await sees(reader, "1 of 43")
        await reader.until(lambda: len(reader.library.history()) == 1)
        assert statuses(reader.library)[0] == "queued"
        await reader.press("u")
        await written(reader, 2)
        assert statuses(reader.library)[0] == "unread"


async def test_the_tags_that_were_used_last_have_keys(reading: Reading, library: Library) -> None:
    ids = library.add([paper(f"Paper {n}", "Ann Author", date=f"202{n}") for n in range(4)]).ids
    library.mark(ids[:1], change_tags(add=["zebra"]))
    async with reading((80, 24), sample=False) as reader:
        await begun(reader, "1 of 4 · 4 left")
        assert "1 zebra" in lines(reader)[-2]
        await reader.press("1")
        await sees(reader, "1✓zebra")
        await reader.press("t", *"agents -zebra", "enter")
        await sees(reader, "1 zebra  2✓agents")
        await reader.press("enter", "2")
        await sees(reader, "2 of 4")
        await sees(reader, "1 zebra  2✓agents")
        await reader.press("2", "9")
        await sees(reader, "no tag has the key 9")
        await written(reader, 6)
        found = [entry.mark.tags for entry in library.entries(library.select(ALL))]
        assert found == [("agents",), (), (), ("zebra",)]


async def test_tags_and_keys_are_clicked(reading: Reading, library: Library) -> None:
    ids = library.add([paper(f"Paper {n}", "Ann Author", date=f"202{n}") for n in range(4)]).ids
    library.mark(ids[:1], change_tags(add=["zebra"]))
    async with reading((80, 24), sample=False) as reader:
        await begun(reader, "1 of 4 · 4 left")
        await reader.pilot.click(offset=(lines(reader)[-2].index("zebra"), 22))
        await sees(reader, "1✓zebra")
        await reader.pilot.click(offset=(lines(reader)[-1].index("drop"), 23))
        await sees(reader, "2 of 4")
        await reader.pilot.click(offset=(lines(reader)[-1].index("escape"), 23))
        await reader.until(lambda: len(reader.app.screen_stack) == 1)


async def test_a_note_of_one_line_is_kept(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        await reader.press("n", *"read this", "enter", "n", "escape")
        await sees(reader, "read this")
        await reader.until(lambda: bool(reader.mark(FIRST).notes))
        assert [note.text for note in reader.mark(FIRST).notes] == ["read this"]


async def test_only_what_is_listed_and_unread_is_gone_through(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"raileanu", "enter", "s", "3")
        await written(reader, 2)
        await begun(reader, "raileanu")
        assert "1 of 16 · 16 left" in lines(reader)[0]
        await reader.press("space")
        await left(reader)
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.press("T")
        await sees(reader, "Unfinished triage")
        await reader.press("n")
        await sees(reader, "1 of 42 · 42 left")
        await reader.press("space")
        await left(reader)
        await begun(reader, "2 of 42 · 41 left")


async def test_what_is_selected_is_gone_through_whatever_its_status(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("5", "v", "v", "v")
        await begun(reader, "3 selected")
        assert "1 of 3 · 3 left" in lines(reader)[0]
        await reader.press("enter", "enter", "enter")
        await sees(reader, "That was the last of 3 papers.")
        await written(reader, 4)
        assert statuses(reader.library)[:4] == ["queued", "queued", "queued", "unread"]


async def test_where_nothing_is_unread_that_is_said(reading: Reading, library: Library) -> None:
    ids = library.add([paper("Deep nets", "Ann Author", date="2020")]).ids
    library.mark(ids, set_status("read"))
    async with reading((80, 24), sample=False) as reader:
        await reader.press("T")
        await sees(reader, "Nothing that is listed is unread.")


async def test_where_nothing_is_listed_it_says_what_to_do_next(reading: Reading) -> None:
    async with reading((80, 24), sample=False) as reader:
        await reader.press("T")
        await sees(reader, "No paper is listed.")
        await sees(reader, "and i brings in a listing")
        await reader.press("enter", "d", "space", "s", "1", "t", "n", "k", "u", "escape")
        await reader.until(lambda: isinstance(reader.app.screen, MainScreen))
        assert reader.library.history() == []


async def test_what_the_disk_refuses_is_told_and_saved_by_another_try(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        with no_room():
            await reader.press("enter")
            await sees(reader, "NOT saved")
            await reader.press("k")
            await sees(reader, "! not saved")
            assert statuses(reader.library)[0] == "unread"
        await reader.press("w")
        await sees(reader, "queued · saved")
        assert statuses(reader.library)[0] == "queued"
        assert "not saved" not in shown(reader)


async def test_a_status_that_the_settings_do_not_have_is_told(reading: Reading) -> None:
    settings = Settings(statuses=(Status("unread", "unread", "○"), Status("read", "read", "●")))
    async with reading(settings=settings) as reader:
        await begun(reader)
        await reader.press("enter")
        await sees(reader, "the settings have no status queued")
        assert "1 of 43" in lines(reader)[0]


async def test_a_paper_that_is_gone_meanwhile_is_left_out(reading: Reading) -> None:
    async with reading() as reader:
        await begun(reader)
        entry = reader.library.find(SECOND)
        assert entry is not None
        reader.library.remove([entry.id])
        await reader.press("enter")
        await sees(reader, "2 of 42")
        assert "Souper-Model" in shown(reader)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"query": 1}', b"\xff\xfe", b'{"query":"","order":"-date"}'])
async def test_a_run_that_cannot_be_read_is_begun_anew(reading: Reading, folder: Path, damage: bytes) -> None:
    async with reading() as reader:
        (folder / "triage.json").write_bytes(damage)
        await begun(reader, "1 of 43 · 43 left")


async def test_a_hostile_paper_is_shown_as_plain_text(reading: Reading, library: Library) -> None:
    ids = library.add([paper(HOSTILE, HOSTILE, abstract=HOSTILE, date="2023")]).ids
    library.mark(ids, change_tags(add=["[/x]"]))
    async with reading((80, 24), sample=False) as reader:
        await begun(reader)
        assert "\x1b" not in shown(reader)
        assert "[bold]title[/]" in shown(reader)
        assert "1✓[/x]" in shown(reader)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)])
async def test_what_it_looks_like(reading: Reading, library: Library, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        entry = library.find(THIRD)
        assert entry is not None
        library.mark([entry.id], change_tags(add=["agents", "survey"]))
        await begun(reader)
        await reader.press("space")
        await sees(reader, "2 of 43")
        assert "1 agents  2 survey" in check(reader, "triage", size)


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (300, 80)])
async def test_every_size_is_lived_with(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await reader.press("T")
        await reader.until(lambda: isinstance(reader.app.screen, TriageScreen) and reader.app.screen.is_on_a_paper)
        await reader.press("enter", "J", "K", "question_mark", "escape", "space", "escape")
        await reader.until(lambda: isinstance(reader.app.screen, MainScreen))
        await written(reader, 1)


async def test_the_mouse_does_no_harm(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await begun(reader)
        for place in ((5, 0), (5, 4), (5, 5), (5, 6), (79, 10), (5, 22), (79, 23)):
            await reader.pilot.click(offset=place)
        await reader.press("enter")
        await sees(reader, "2 of 43")
        await written(reader, 1)
