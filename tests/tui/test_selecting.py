"""Selecting many papers: by moving, and by a query."""

from __future__ import annotations

from readlist.library import Library
from readlist.query import ALL
from readlist.tui.main.screen import MainScreen
from tests.papers import paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines


def marks(reader: Reader) -> list[int]:
    """The places of the selected papers in the list."""
    papers = reader.papers
    entries = [papers.listed.entry_at(index) for index in range(len(papers.rows))]
    return [index for index, entry in enumerate(entries) if entry and entry.id in papers.listed.chosen]


async def test_a_range_is_selected_by_moving_and_shortened_by_moving_back(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("j", "shift+down", "shift+down", "shift+down")
        assert marks(reader) == [1, 2, 3, 4]
        assert "4 selected" in reader.says
        await reader.press("shift+up", "shift+up")
        assert marks(reader) == [1, 2]
        await reader.press("shift+up", "shift+up")
        assert marks(reader) == [0, 1]
        await reader.press("shift+up")
        assert marks(reader) == [0, 1]


async def test_a_second_range_is_added_to_the_first(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("shift+down", "j", "j", "shift+down", "v", "shift+up")
        assert marks(reader) == [0, 1, 3, 4, 5], "v drops the end of the range and moves down"
        await reader.press("escape")
        assert marks(reader) == []
        await reader.press("shift+up")
        assert marks(reader) == [3, 4]


async def test_a_range_is_marked_as_one_step(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("shift+down", "shift+down", "s")
        await reader.told("star on 3 papers")
        await reader.press("u")
        await reader.told("undo: star on 3 papers")


async def test_the_first_line_says_how_many_are_selected_as_long_as_they_are(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("v", "v", "s")
        await reader.told("star on 2 papers")
        assert "2 selected" in lines(reader)[0]
        await reader.press("escape")
        await reader.told("nothing selected")
        assert "selected" not in lines(reader)[0]


async def test_a_query_selects_among_the_listed_papers_and_takes_out_again(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"raileanu", "enter", "X", *"year:>=2023", "enter")
        await reader.told(" more · ")
        found = len(reader.papers.listed.chosen)
        wanted = [
            entry
            for entry in reader.library.entries(reader.library.select(ALL))
            if "Roberta Raileanu" in entry.paper.authors and (entry.paper.date or "") >= "2023"
        ]
        assert found == len(wanted) > 1
        assert f"{found} more · {found} selected" in reader.says
        await reader.press("X", *"- year:2023", "enter")
        await reader.told(" fewer · ")
        left = [one for one in wanted if not (one.paper.date or "").startswith("2023")]
        assert len(reader.papers.listed.chosen) == len(left) < found
        await reader.press("2")
        await reader.told(f"status queued on {len(left)} papers")


async def test_a_query_that_cannot_be_understood_selects_nothing(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("X", *"statsu:read", "enter")
        await reader.told("unknown field")
        await reader.press("X", "escape", "X", "enter")
        assert marks(reader) == []


async def test_so_many_papers_are_changed_only_if_that_is_meant(reading: Reading, library: Library) -> None:
    library.add([paper(f"Paper {number}", "Ann Author", date="2020") for number in range(63)])
    async with reading(sample=False) as reader:
        await reader.press("V", "s")
        await reader.until(
            lambda: "Star 63 papers?" in "".join(str(one.render()) for one in reader.app.screen.query("Static"))
        )
        await reader.press("y")
        await reader.told("star on 63 papers")


async def test_the_question_says_what_is_done_to_how_many_and_that_it_is_under_way(
    reading: Reading, library: Library
) -> None:
    library.add([paper(f"Paper {number}", f"Author {number}", date="2020") for number in range(1_200)])
    async with reading(sample=False) as reader:
        said: list[str] = []
        screen = reader.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        say = screen.say

        def heard(words: str, *, lasting: bool = False) -> None:
            said.append(words)
            say(words, lasting=lasting)

        screen.say = heard  # type: ignore[method-assign]  # what is said may stand for less than a test can see
        await reader.press("V", "t", *"+rl -x", "enter")
        await reader.until(
            lambda: any("Tag 1,200 papers with #rl, and take #x away?" in line for line in lines(reader))
        )
        await reader.press("y")
        await reader.told("tag +rl -x on 1,200 papers · saved")
        await reader.press("u")
        await reader.told("undo: tag +rl -x on 1,200 papers · saved")
        assert [words for words in said if words.endswith("…")] == [
            "looking at 1,200 papers …",
            "tag +rl -x on 1,200 papers …",
            "taking back …",
        ]
