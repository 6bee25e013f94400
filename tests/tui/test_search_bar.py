"""The search bar completes what is typed, tells what is wrong and where, and brings former queries back."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.library import Library
from readlist.mark import change_tags
from readlist.query import ALL, NEWEST_FIRST
from readlist.query.tokens import LONGEST
from readlist.settings import STATUSES, Settings, Status
from readlist.store import completions
from readlist.text import safe_line
from readlist.tui.main.mistakes import pointed
from readlist.tui.main.screen import MainScreen
from readlist.tui.widgets.candidates import CandidateList
from readlist.tui.widgets.search_line import SearchLine
from tests.papers import paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted must not depend on how busy the machine is."""
    monkeypatch.setattr(completions, "_PATIENCE", 60.0)


def line(reader: Reader) -> SearchLine:
    return reader.app.screen_stack[0].query_one(SearchLine)


def offered(reader: Reader) -> list[str]:
    """Return the names that hang from the bar, and `>` before the chosen one."""
    found = reader.app.screen_stack[0].query(CandidateList)
    if not found or not found.first().display:
        return []
    shown = found.first()
    names = sorted((one.name for one in shown._candidates), key=len, reverse=True)
    rows = str(shown.render()).split("\n")[:-1]
    return [
        (">" if row.startswith("▌") else "") + next(name for name in names if row[2:].startswith(safe_line(name)))
        for row in rows
    ]


def trouble(reader: Reader) -> str:
    shown = reader.app.screen_stack[0].query_one("#trouble")
    return str(shown.render()) if shown.display else ""


def screen_row(reader: Reader, number: int) -> str:
    return reader.app.screen._compositor.render_strips()[number].text


def tag_some(library: Library) -> None:
    rows = library.select(ALL)
    ids = [entry.id for entry in library.entries(rows[:3])]
    library.mark(ids, change_tags(add=["rl/offline"]))
    library.mark(ids[:1], change_tags(add=["agents"]))


# ---------------------------------------------------------------------- completion


async def test_tab_completes_a_field_and_then_its_value(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"aut")
        await reader.until(lambda: offered(reader) == [">author:"])
        await reader.press("tab")
        assert line(reader).value == "author:"
        await reader.until(lambda: ">Roberta Raileanu" in offered(reader))
        await reader.press(*"rockt")
        await reader.until(lambda: offered(reader) == [">Tim Rocktäschel"])
        await reader.press("tab")
        assert line(reader).value == 'author:"Tim Rocktäschel" '
        await reader.until(lambda: len(reader.papers.rows) == 2)
        assert offered(reader) == []


async def test_names_hang_under_what_they_complete_with_their_counts(reading: Reading) -> None:
    async with reading((80, 24)) as reader:
        await reader.press("slash", *"author:rockt")
        await reader.until(lambda: bool(offered(reader)))
        await reader.pilot.pause()
        value = screen_row(reader, 0).index("rockt")
        assert screen_row(reader, 1)[value:].startswith("Tim Rocktäschel  2")
        assert "tab takes it" in screen_row(reader, 2)


async def test_the_candidates_are_walked_around_and_enter_takes_the_one_that_was_sought_out(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"is:")
        await reader.until(lambda: offered(reader) == [">starred", "uncertain"])
        await reader.press("ctrl+n")
        assert offered(reader) == ["starred", ">uncertain"]
        await reader.press("ctrl+n", "ctrl+p", "ctrl+p")
        assert offered(reader) == [">starred", "uncertain"]
        await reader.press("ctrl+p", "enter")
        assert line(reader).value == "is:uncertain "
        assert reader.app.screen.focused is line(reader)
        await reader.press("enter")
        assert reader.app.screen.focused is not line(reader)


async def test_the_palette_opens_when_nothing_is_offered(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"x", "ctrl+p")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)


async def test_enter_searches_for_what_is_typed_whatever_is_offered(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"aut")
        await reader.until(lambda: bool(offered(reader)))
        await reader.press("enter")
        assert (line(reader).value, offered(reader)) == ("aut", [])
        assert reader.app.focused is reader.papers


async def test_tags_are_completed_by_their_parts_and_a_word_within_the_query_too(
    reading: Reading, library: Library
) -> None:
    async with reading() as reader:
        tag_some(library)
        await reader.press("slash", *"tag: x", "left", "left")
        await reader.until(lambda: offered(reader) == [">agents", "rl", "rl/offline"])
        await reader.press(*"off")
        await reader.until(lambda: offered(reader) == [">rl/offline"])
        await reader.press("tab")
        assert (line(reader).value, line(reader).cursor_position) == ("tag:rl/offline x", 15)


async def test_statuses_are_offered_by_their_labels(reading: Reading) -> None:
    statuses = (*STATUSES, Status("later", "Später lesen", "…"))
    async with reading(settings=Settings(statuses=statuses)) as reader:
        await reader.press("slash", *"status:spa")
        await reader.until(lambda: offered(reader) == [">Später lesen"])
        await reader.press("tab")
        assert line(reader).value == 'status:"Später lesen" '
        await reader.until(lambda: not reader.papers.rows)
        assert trouble(reader) == ""


async def test_a_long_list_shows_eight_and_where_one_is(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"sort:")
        await reader.until(lambda: len(offered(reader)) == 8)
        await reader.press("ctrl+p")
        assert offered(reader)[-1] == ">relevance"
        assert "12 of 12" in str(reader.app.screen.query_one(CandidateList).render())


async def test_a_candidate_is_taken_with_the_mouse(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"has:")
        await reader.until(lambda: len(offered(reader)) == 4)
        await reader.pilot.click(CandidateList, offset=(3, 2))
        await reader.until(lambda: line(reader).value == "has:doi ")
        assert reader.app.focused is line(reader)


async def test_keys_that_come_in_a_burst_complete_too(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("/", *"aut", "tab", *"rockt", "tab", *"ride", "enter", "s")
        await reader.told("star on 1 paper")
        assert line(reader).value == 'author:"Tim Rocktäschel" ride'


async def test_tab_goes_to_the_list_when_nothing_is_offered(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethack", "tab")
        assert reader.app.focused is reader.papers
        await reader.press("slash", *" author:zzzz", "tab")
        await reader.until(lambda: line(reader).value == "nethack author:zzzz")


async def test_what_is_offered_is_put_away_when_the_bar_is_left(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"is:")
        await reader.until(lambda: bool(offered(reader)))
        await reader.press("escape")
        assert (line(reader).value, offered(reader)) == ("", [])
        assert reader.app.focused is reader.papers
        await reader.press("slash", *"is:")
        await reader.until(lambda: bool(offered(reader)))
        await reader.press("home")
        await reader.until(lambda: offered(reader) == [])


async def test_names_from_outside_steer_no_terminal(reading: Reading, library: Library) -> None:
    library.add([paper("Title", "[/x] \x1b]52;c;aGk=\x07Evil [bold]Name[/]", date="2023")])
    async with reading(sample=False) as reader:
        await reader.press("slash", *"author:evil")
        await reader.until(lambda: bool(offered(reader)))
        assert "[bold]Name[/]" in "".join(offered(reader))
        assert "\x1b" not in "".join(offered(reader))
        await reader.press("tab")
        await reader.until(lambda: len(reader.papers.rows) == 1)


@pytest.mark.parametrize("size", [(30, 12), (20, 5), (80, 24)])
async def test_the_list_of_candidates_fits_any_terminal(reading: Reading, size: tuple[int, int]) -> None:
    async with reading(size) as reader:
        await reader.press("slash", *"author:")
        await reader.until(lambda: bool(reader.app.screen.query("CandidateList.-shown")))
        shown = reader.app.screen.query_one(CandidateList)
        await reader.until(lambda: shown.region.bottom > 1)
        assert shown.region.right <= size[0]
        await reader.press("ctrl+n", "tab")
        assert line(reader).value.startswith('author:"')


# ---------------------------------------------------------------------- mistakes


async def test_a_mistake_is_pointed_at_and_tab_mends_it(reading: Reading) -> None:
    async with reading() as reader:
        line(reader).value = "nethack "
        await reader.until(lambda: len(reader.papers.rows) == 5)
        await reader.press("slash")
        reader.app.screen.query_one(SearchLine).insert_text_at_cursor("auther:")
        await reader.until(lambda: bool(trouble(reader)))
        assert len(reader.papers.rows) == 5
        assert reader.papers.has_class("-former")
        row, below = screen_row(reader, 0), screen_row(reader, 1)
        at = row.index("auther")
        assert below[at:].startswith("^^^^^^ unknown field 'auther': did you mean author? tab takes it")
        assert "as before: 5" in str(reader.app.screen.query_one("#count").render())
        await reader.press(*"k", "tab")
        assert line(reader).value == "nethack author:k"
        await reader.until(lambda: trouble(reader) == "" and len(reader.papers.rows) < 5)
        assert not reader.papers.has_class("-former")


async def test_where_a_mistake_emptied_the_list_it_shows_what_the_rest_finds(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethack ")
        await reader.until(lambda: len(reader.papers.rows) == 5)
        await reader.press(*"auther")
        await reader.until(lambda: not reader.papers.rows)
        await reader.press(*":raileanu")
        await reader.until(lambda: len(reader.papers.rows) == 5)
        assert "without it: 5" in str(reader.app.screen.query_one("#count").render())
        assert "did you mean author?" in trouble(reader)
        await reader.press("V", "ctrl+u")  # a letter of the query, not a key of the list
        await reader.until(lambda: len(reader.papers.rows) == 43)


async def test_each_mistake_shows_what_the_rest_of_its_own_query_finds(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"zzzzqq")
        await reader.until(lambda: not reader.papers.rows)
        line(reader).value = "nethack auther:raileanu "
        await reader.until(lambda: "without it: 5" in str(reader.app.screen.query_one("#count").render()))
        line(reader).value = "toolformer auther:raileanu "
        await reader.until(lambda: "without it: 1" in str(reader.app.screen.query_one("#count").render()))
        line(reader).value = "auther:raileanu is:zzz "
        await reader.until(lambda: "as before: 1" in str(reader.app.screen.query_one("#count").render()))


async def test_what_was_likely_meant_but_makes_no_query_is_no_mistake(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.add([paper("Zephyrusabcdefghijkl", "Ann Author")])
        main = reader.app.screen
        assert isinstance(main, MainScreen)
        longest = "zephyrusabdefghijkl".rjust(LONGEST)
        assert main._meant(longest, main.meaning(longest, NEWEST_FIRST)) == (("zephyrusabcdefghijkl",), "")


async def test_what_is_wrong_is_underlined_in_the_bar(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"x sort:titel ")
        await reader.until(lambda: bool(trouble(reader)))

        def underlined() -> str:
            return "".join(part.text for part in line(reader).render_line(0) if part.style and part.style.underline)

        assert underlined() == "titel"
        await reader.press("ctrl+u")
        await reader.until(lambda: trouble(reader) == "")
        assert underlined() == ""


async def test_enter_stays_with_a_query_that_cannot_be_understood(reading: Reading) -> None:
    async with reading() as reader:
        reader.burst("/", *"is:stared ", "enter", "x")
        await reader.until(lambda: line(reader).value == "is:stared x")
        await reader.until(lambda: "did you mean starred?" in trouble(reader))
        assert reader.app.focused is line(reader)
        assert reader.papers.rows


async def test_a_mistake_without_a_likely_meaning_says_what_there_is(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"status:zzz ")
        await reader.until(lambda: "statuses: unread queued" in trouble(reader))
        await reader.press("tab")
        assert reader.app.focused is reader.papers
        assert len(reader.papers.rows) in (0, 43)


@pytest.mark.parametrize(
    ("column", "cells", "width", "expected"),
    [
        (4, 3, 30, "    ^^^ wrong word"),
        (20, 3, 30, "         wrong word ^^^"),
        (8, 3, 14, "        ^^^\nwrong word"),
        (-1, 3, 30, "wrong word"),
        (30, 3, 30, "wrong word"),
        (28, 9, 30, "                 wrong word ^^"),
    ],
)
def test_words_stand_beside_the_sign_or_below_it(column: int, cells: int, width: int, expected: str) -> None:
    assert pointed("wrong word", column, cells, width) == expected


async def test_without_a_hit_tab_takes_the_near_words_if_they_find_papers(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethak lerning")
        await reader.until(lambda: "In the search line, tab searches for: nethack learning" in reader.papers.empty_text)
        await reader.press("tab")
        assert line(reader).value == "nethack learning"
        await reader.until(lambda: bool(reader.papers.rows))


async def test_near_words_that_find_nothing_together_are_named_but_not_offered(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"title:nethak title:toolformer")
        await reader.until(lambda: "Did you mean nethack?" in reader.papers.empty_text)
        assert "takes" not in reader.papers.empty_text
        await reader.press("tab")
        assert reader.app.focused is reader.papers


async def test_a_misspelt_tag_has_a_near_one(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        tag_some(library)
        await reader.press("slash", *"tag:agetns ")
        main = reader.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        await reader.until(lambda: main.asked.all_answered() and "searches for: tag:agents" in reader.papers.empty_text)
        await reader.press("tab")
        await reader.until(lambda: len(reader.papers.rows) == 1)


# ---------------------------------------------------------------------- history


async def test_up_and_down_walk_the_history(reading: Reading) -> None:
    async with reading() as reader:
        for query in ("nethack", "toolformer", "net*"):
            await reader.press("slash", "ctrl+u", *query, "enter")
        await reader.press("slash", "ctrl+u")
        for expected in ("net*", "toolformer", "nethack", "nethack"):
            await reader.press("up")
            assert (line(reader).value, line(reader).cursor_position) == (expected, len(expected))
        await reader.until(lambda: len(reader.papers.rows) == 5)
        for expected in ("toolformer", "net*", "", ""):
            await reader.press("down")
            assert line(reader).value == expected
        await reader.press(*"net", "up", "up", "up")
        assert line(reader).value == "nethack"
        await reader.press("down", "down")
        assert line(reader).value == "net"


async def test_what_is_brought_back_is_not_completed_until_it_is_changed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"is:un", "enter", "slash", "ctrl+u", "up")
        await reader.until(lambda: line(reader).value == "is:un")
        await reader.pilot.pause(0.1)
        assert offered(reader) == []
        await reader.press("backspace")
        await reader.until(lambda: offered(reader) == [">uncertain"])


async def test_a_query_that_is_left_or_cleared_with_a_result_is_kept_and_no_other(
    reading: Reading, folder: Path
) -> None:
    def kept() -> list[str]:
        file = folder / "searches.txt"
        return file.read_text().split() if file.exists() else []

    async with reading() as reader:
        main = reader.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        await reader.press("slash", *"nethack")
        await reader.until(lambda: main.asked.all_answered() and len(reader.papers.rows) == 5)
        await reader.press("escape")
        await reader.until(lambda: kept() == ["nethack"])
        await reader.press("slash", *"zzzz")
        await reader.until(lambda: not reader.papers.rows)
        await reader.press("escape", "slash", *"toolf")
        await reader.until(lambda: main.asked.all_answered() and len(reader.papers.rows) == 1)
        await reader.press("tab")
        await reader.until(lambda: kept() == ["nethack", "toolf"])
        await reader.press("slash", *["backspace"] * 5, "escape")
        await reader.pilot.pause(0.1)
        assert kept() == ["nethack", "toolf"]


async def test_the_history_is_there_after_a_restart(reading: Reading, library: Library) -> None:
    library.keep_search("nethack")
    async with reading() as reader:
        reader.burst("/", "up", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 5)


async def test_a_history_that_cannot_be_kept_disturbs_nobody(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        (folder / "searches.txt").mkdir()
        await reader.press("slash", *"nethack", "enter", "slash", "ctrl+u", "up")
        assert line(reader).value == "nethack"
        assert reader.app.return_code is None


# ---------------------------------------------------------------------- editing


async def test_the_keys_that_edit_a_line_work(reading: Reading) -> None:
    async with reading() as reader:
        bar = line(reader)
        await reader.press("slash", *"net hack", "home")
        assert bar.cursor_position == 0
        await reader.press("end")
        assert bar.cursor_position == 8
        await reader.press("ctrl+a")
        assert bar.cursor_position == 0
        await reader.press("ctrl+e", "ctrl+w")
        assert bar.value == "net "
        await reader.press("ctrl+u")
        assert bar.value == ""
        assert reader.app.focused is bar


@pytest.mark.parametrize("query", ["zzzz", "quilt zz", "nethack"])
async def test_escape_goes_back_to_the_paper_where_the_search_began(reading: Reading, query: str) -> None:
    async with reading() as reader:
        await reader.press(*"jjjjjjj")
        title = reader.title
        await reader.press("slash", *query)
        await reader.until(lambda: len(reader.papers.rows) < 20)
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        assert reader.title == title


async def test_escape_in_the_list_goes_back_too_when_nothing_was_found(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press(*"jjjjjjj")
        title = reader.title
        await reader.press("slash", *"zzzz", "enter", "escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        assert reader.title == title


async def test_the_cursor_stays_on_what_was_found_once_the_list_was_gone_to(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press(*"jjj", "slash", *"nethack", "enter")
        await reader.until(lambda: len(reader.papers.rows) < 20)
        title = reader.title
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        assert reader.title == title


async def test_a_long_query_shows_where_it_goes_on_and_begins_when_it_is_left(reading: Reading) -> None:
    def top() -> str:
        return lines(reader)[0]

    async with reading((60, 16)) as reader:
        query = 'author:"Minqi Jiang" OR author:"Roberta Raileanu"'
        await reader.press("slash", *query)
        await reader.until(lambda: top().startswith(" readlist …") and 'Raileanu"' in top())
        await reader.press("home")
        await reader.until(lambda: top().startswith(' readlist author:"Minqi Jiang" OR') and "…" in top())
        await reader.press("end", "enter")
        await reader.until(lambda: top().startswith(' readlist author:"Minqi Jiang" OR') and "…" in top())
        await reader.press("slash")
        await reader.until(lambda: top().startswith(" readlist …"))


async def test_what_stands_in_an_empty_list_names_the_keys_as_they_are(reading: Reading, library: Library) -> None:
    settings = Settings(keys={"ingest": ("x",), "back": ("f9",)})
    async with reading(settings=settings, sample=False) as reader:
        await reader.until(lambda: "Press x to bring in a listing" in reader.papers.empty_text)
        with Library.open(library.folder) as other:  # as another process would
            other.add([paper("One", "Ann Li")])
        await reader.until(lambda: len(reader.papers.rows) == 1)
        await reader.press("slash", *"zzzz")
        await reader.until(lambda: reader.papers.empty_text.endswith("f9 clears the search."))
