"""Papers like one, and all papers of one's people: what the screens show, and the ways from them."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from readlist.library import Library
from readlist.paper import Paper
from readlist.query import ALL
from readlist.tui.screens.leafing import LeafingScreen
from readlist.tui.screens.people import PeopleScreen, WhoScreen
from readlist.tui.screens.related import RelatedScreen
from tests.papers import paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import HOSTILE, check, lines
from tests.tui.test_unsaved import no_room

SIZES = [(80, 24), (140, 40)]


def text(reader: Reader) -> str:
    return reader.app.screen_stack[0].query_one("#search", Input).value


def is_back(reader: Reader) -> bool:
    return reader.app.screen is reader.app.screen_stack[0]


def last_line(reader: Reader) -> str:
    return lines(reader)[-1]


def under_cursor(reader: Reader) -> Paper:
    screen = reader.app.screen
    assert isinstance(screen, RelatedScreen | WhoScreen)
    entry = screen.entry
    assert entry is not None
    return entry.paper


async def opened(reader: Reader, key: str, screen: type[LeafingScreen]) -> None:
    """Press a key, and wait for the screen that it opens to have found what it shows."""
    before = len(reader.app.screen_stack)
    await reader.press(key)
    await reader.until(
        lambda: (
            len(reader.app.screen_stack) > before
            and isinstance(reader.app.screen, screen)
            and bool(reader.app.screen.query("#leaves"))
            and reader.app.screen.figures.spot is not None
        )
    )


async def test_the_most_alike_paper_is_gone_to(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        here = reader.title
        await opened(reader, "R", RelatedScreen)
        assert here[:20] in lines(reader)[0]
        assert any(" · " in line or ", " in line for line in lines(reader)[3:5])
        wanted = under_cursor(reader).title
        await reader.press("enter")
        assert reader.title == wanted != here
        assert reader.app.focused is reader.papers
        await reader.press("escape")
        assert reader.title == here


async def test_escape_goes_back_to_where_the_reader_was(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("slash", *"raileanu", "enter", "j")
        here, count = reader.title, len(reader.papers.rows)
        await opened(reader, "R", RelatedScreen)
        await reader.press("j", "j")
        await opened(reader, "R", RelatedScreen)
        await reader.press("escape", "escape")
        assert (reader.title, len(reader.papers.rows), text(reader)) == (here, count, "raileanu")


async def test_a_paper_that_the_search_does_not_list_is_gone_to_and_the_search_remembered(
    reading: Reading, library: Library
) -> None:
    library.add(
        [
            paper("Coresets here", "Ann Li", abstract="Coresets of points"),
            paper("More coresets", "Bob Wu", abstract="Coresets of points"),
            *(paper(f"Number {n}", f"Eve E{n}", abstract="Other things") for n in range(8)),
        ]
    )
    async with reading((80, 24), sample=False) as reader:
        await reader.press("slash", *"author:ann", "enter")
        await reader.until(lambda: reader.title == "Coresets here")
        await opened(reader, "R", RelatedScreen)
        await reader.press("enter")
        await reader.until(lambda: reader.title == "More coresets" and len(reader.papers.rows) == 10)
        assert text(reader) == ""
        await reader.told("escape goes back to the search")
        await reader.press("escape")
        await reader.until(lambda: reader.title == "Coresets here" and len(reader.papers.rows) == 1)
        assert text(reader) == "author:ann"
        assert "goes back" not in lines(reader)[-1]
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 10)
        await reader.press("slash", "up")
        assert text(reader) == "author:ann"


async def test_each_escape_goes_back_one_of_several_ways_to_papers(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("slash", *"toolformer", "enter", "j")
        here, count = reader.title, len(reader.papers.rows)
        await opened(reader, "R", RelatedScreen)
        await reader.press("G", "enter")
        await reader.until(lambda: text(reader) == "" and len(reader.papers.rows) == 43)
        between = reader.title
        await opened(reader, "R", RelatedScreen)
        await reader.press("enter")
        assert reader.title != between
        await reader.press("escape")
        assert reader.title == between
        await reader.press("escape")
        await reader.until(lambda: (reader.title, len(reader.papers.rows)) == (here, count))
        assert text(reader) == "toolformer"


async def test_the_way_back_from_a_related_paper_ends_where_something_else_is_searched_for(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("slash", *"toolformer", "enter")
        await opened(reader, "R", RelatedScreen)
        await reader.press("G", "enter")
        await reader.until(lambda: text(reader) == "")
        await reader.press("slash", *"raileanu", "enter", "escape")
        await reader.until(lambda: text(reader) == "")
        await reader.press("escape")
        assert text(reader) == ""


async def test_papers_are_marked_where_they_are_shown(reading: Reading) -> None:
    async with reading((140, 40)) as reader:
        await opened(reader, "R", RelatedScreen)
        title = under_cursor(reader).title
        await reader.press("s", "2")
        await reader.until(lambda: "status queued on 1 paper · saved" in lines(reader)[0])
        assert any(("★" in line and "◔" in line) or "★" in line for line in lines(reader)[2:3])
        (entry,) = [one for one in reader.library.entries(reader.library.select(ALL)) if one.paper.title == title]
        assert entry.mark.starred
        assert entry.mark.status == "queued"
        await reader.press("u")
        await reader.until(lambda: "undo" in lines(reader)[0])
        assert reader.mark(entry.id).status == "unread"
        await reader.press("r", "escape")
        await reader.until(lambda: reader.mark(entry.id).status == "read")


async def test_what_cannot_be_saved_is_said_there(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await opened(reader, "R", RelatedScreen)
        with no_room():
            await reader.press("s")
            await reader.until(lambda: "cannot save" in lines(reader)[0])
            assert "★" not in lines(reader)[2]
        await reader.press("escape", "w")
        await reader.told("star on 1 paper · saved")


async def test_an_author_is_chosen_by_number_and_his_papers_stand_by_year(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("slash", *"toolformer", "enter")
        await reader.until(lambda: reader.title.startswith("Toolformer"))
        await opened(reader, "A", PeopleScreen)
        assert "Authors" in lines(reader)[2]
        assert "1  Timo Schick" in lines(reader)[3]
        await opened(reader, "1", WhoScreen)
        assert lines(reader)[0].startswith(" Timo Schick · ")
        assert any(line.startswith(" 2023") for line in lines(reader))
        assert any(" with " in line for line in lines(reader))
        await reader.press("slash")
        await reader.until(lambda: text(reader) == 'author:"Timo Schick" ')
        assert reader.app.focused is reader.papers
        await reader.told("escape goes back to the page of Timo Schick")
        await reader.press("escape")
        await reader.until(lambda: lines(reader)[0].startswith(" Timo Schick · "))
        await reader.press("escape")
        await reader.until(lambda: is_back(reader) and text(reader) == "toolformer")


async def test_the_keys_of_the_last_line_are_clicked(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await opened(reader, "R", RelatedScreen)
        await reader.pilot.click(offset=(last_line(reader).index("s star"), 23))
        await reader.until(lambda: "★" in lines(reader)[2])
        await reader.pilot.click(offset=(last_line(reader).index("escape"), 23))
        await reader.until(lambda: is_back(reader))


async def test_the_numbers_are_those_of_the_search(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await opened(reader, "A", PeopleScreen)
        shown = [line for line in lines(reader) if "paper" in line and line.strip()[0].isdigit()]
        await opened(reader, "2", WhoScreen)
        heading = lines(reader)[0]
        await reader.press("slash")
        await reader.until(
            lambda: text(reader).startswith("author:") and reader.app.screen is reader.app.screen_stack[0]
        )
        await reader.until(lambda: f"{len(reader.papers.rows)} paper" in heading)
        assert f" {len(reader.papers.rows)} paper" in shown[1]


async def test_the_only_author_is_shown_at_once(reading: Reading, library: Library) -> None:
    library.add([paper("One", "Ann Li", date="2023"), paper("Two", "Ann Li", "Bob Wu"), paper("None")])
    async with reading((80, 24), sample=False) as reader:
        await opened(reader, "A", WhoScreen)
        frame = "\n".join(lines(reader))
        assert "Ann Li · 2 papers" in frame
        assert "without a date" in frame
        assert " with Bob Wu (1)" in frame
        await reader.press("escape", "G", "A")
        assert "names no authors" in reader.says


async def test_nothing_alike_says_so(reading: Reading, library: Library) -> None:
    library.add([paper("Alone", "Ann Li", date="2023")])
    async with reading((80, 24), sample=False) as reader:
        await reader.press("R")
        await reader.until(lambda: "No other paper shares" in lines(reader)[2])
        await reader.press("enter", "s", "R", "j", "escape")
        assert is_back(reader)


async def test_an_empty_library_has_neither(reading: Reading) -> None:
    async with reading((80, 24), sample=False) as reader:
        await reader.press("R")
        assert "no paper" in reader.says
        await reader.press("A")
        assert "no paper" in reader.says


@pytest.mark.parametrize("size", [(20, 5), (60, 16), (300, 80)])
async def test_every_size_and_any_title_are_lived_with(
    reading: Reading, library: Library, size: tuple[int, int]
) -> None:
    library.add([paper(f"{HOSTILE} {n}", "[/x] Li", HOSTILE, affiliations=("[red]U[/]",)) for n in range(5)])
    async with reading(size, sample=False) as reader:
        for key, screen in (("R", RelatedScreen), ("A", PeopleScreen), ("2", WhoScreen)):
            await opened(reader, key, screen)
            for move in ("j", "G", "k", "g", "ctrl+d", "ctrl+u", "J", "K"):
                await reader.press(move)
            await reader.pilot.resize_terminal(70, 20)
            await reader.pilot.resize_terminal(*size)
            await reader.until(lambda: len(lines(reader)) == size[1])
            assert "\x1b" not in "".join(lines(reader))
        await reader.press("escape", "escape", "escape")
        assert is_back(reader)


@pytest.mark.parametrize("size", SIZES)
async def test_what_papers_like_one_look_like(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await opened(reader, "R", RelatedScreen)
        await reader.press("s")
        await reader.until(lambda: "★" in lines(reader)[2] and "saved" in lines(reader)[0])
        await reader.press("j")
        await reader.until(lambda: " 2 of " in last_line(reader))
        assert "Papers like: " in check(reader, "related", size)


@pytest.mark.parametrize("size", SIZES)
async def test_what_people_look_like(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await reader.press("slash", *"toolformer", "enter")
        await reader.until(lambda: reader.title.startswith("Toolformer"))
        await opened(reader, "A", PeopleScreen)
        assert "Affiliations" in check(reader, "people", size)


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_page_of_an_author_looks_like(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await reader.press("slash", *"toolformer", "enter")
        await reader.until(lambda: reader.title.startswith("Toolformer"))
        await opened(reader, "A", PeopleScreen)
        await opened(reader, "4", WhoScreen)
        assert " papers" in check(reader, "who", size)
