"""The sidebar: views and facets narrow the list, visibly as text, and can be taken back."""

from __future__ import annotations

from textual.widgets import Input

from readlist.library import Library
from readlist.mark import change_tags, set_status
from readlist.query import ALL
from readlist.settings import STATUSES, Settings
from readlist.tui.main.screen import MainScreen
from readlist.tui.widgets.sidebar import Sidebar
from readlist.view import DEFAULTS, View
from tests.papers import paper
from tests.tui.reader import Reader, Reading


def sidebar(reader: Reader) -> Sidebar:
    return reader.app.screen_stack[0].query_one(Sidebar)


def screen(reader: Reader) -> MainScreen:
    found = reader.app.screen_stack[0]
    assert isinstance(found, MainScreen)
    return found


def shown(reader: Reader) -> dict[str, int | None]:
    """Return the labels of the sidebar's lines with their numbers."""
    return {line.label: line.count for line in sidebar(reader)._lines}


def panes(reader: Reader) -> tuple[bool, bool]:
    """Return whether the sidebar and the list are shown."""
    return bool(sidebar(reader).display), bool(reader.papers.display)


def text(reader: Reader) -> str:
    return reader.app.screen_stack[0].query_one("#search", Input).value


async def counted(reader: Reader, label: str, count: int) -> None:
    await reader.until(lambda: bool(reader.app.screen_stack[0].query(Sidebar)) and shown(reader).get(label) == count)


async def go_to(reader: Reader, label: str) -> None:
    """Put the cursor of the sidebar on a line."""
    await reader.press("g")
    for _ in shown(reader):
        line = sidebar(reader)._lines[sidebar(reader)._cursor]
        if line.label == label:
            return
        await reader.press("j")
    raise AssertionError(f"no line {label!r}")


async def test_it_shows_views_and_counts_where_there_is_room(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "1 Inbox", 43)
        await counted(reader, "Roberta Raileanu", 17)
        assert list(shown(reader))[:8] == ["Views", *(f"{n} {view.name}" for n, view in enumerate(DEFAULTS, 1))]


async def test_there_is_none_where_there_is_no_room_until_it_is_asked_for(reading: Reading) -> None:
    async with reading(size=(80, 24)) as reader:
        await reader.pilot.pause()
        assert not reader.app.screen.query(Sidebar)
        await reader.press("F")
        await counted(reader, "1 Inbox", 43)
        assert reader.papers.display
        await reader.press("F")
        assert not sidebar(reader).display
        assert reader.app.focused is reader.papers


async def test_on_a_narrow_terminal_it_takes_the_place_of_the_list(reading: Reading) -> None:
    async with reading(size=(50, 20)) as reader:
        await reader.press("F")
        await counted(reader, "1 Inbox", 43)
        assert panes(reader) == (True, False)
        await reader.press("escape")
        assert panes(reader) == (False, True)


async def test_a_facet_is_put_into_the_search_and_taken_out_again(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "2023", 13)
        await reader.press("F")
        await go_to(reader, "2023")
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 13)
        assert text(reader) == "year:2023 "
        await counted(reader, "○ unread", 13)
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        assert text(reader) == ""


async def test_several_facets_narrow_one_another_and_one_can_be_taken_out_of_the_list(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "2023", 13)
        await reader.press("F")
        await go_to(reader, "2023")
        await reader.press("enter")
        await counted(reader, "○ unread", 13)
        await go_to(reader, "Roberta Raileanu")
        found = shown(reader)["Roberta Raileanu"]
        assert found is not None
        await reader.press("minus")
        await reader.until(lambda: len(reader.papers.rows) == 13 - found)
        assert text(reader) == 'year:2023 -author:"Roberta Raileanu" '


async def test_counts_follow_a_mark(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "4 Starred", 0)
        await reader.press("s")
        await reader.told("star")
        await counted(reader, "4 Starred", 1)
        await reader.press("2")
        await reader.told("status queued")
        await counted(reader, "◔ queued", 1)
        await counted(reader, "1 Inbox", 42)


async def test_a_long_section_can_be_opened(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "2023", 13)
        await reader.press("F")
        await go_to(reader, "… 2 more")
        await reader.press("enter")
        await reader.until(lambda: "2019" in shown(reader) or "2020" in shown(reader))
        assert "… 2 more" not in list(shown(reader))[: list(shown(reader)).index("Authors")]


async def test_a_click_chooses(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "2023", 13)
        place = list(sidebar(reader)._lines).index(next(ln for ln in sidebar(reader)._lines if ln.label == "2023"))
        await reader.pilot.click(Sidebar, offset=(4, place))
        await reader.until(lambda: text(reader) == "year:2023 ")


def cursor_is_seen(reader: Reader) -> bool:
    pane = sidebar(reader)
    return 0 <= pane._cursor - pane.scroll_offset.y < pane.scrollable_content_region.height


async def test_the_cursor_is_seen_after_the_lines_the_room_or_the_focus_changed(reading: Reading) -> None:
    async with reading(size=(140, 20)) as reader:
        await counted(reader, "Roberta Raileanu", 17)
        await reader.press("F")
        await go_to(reader, "Roberta Raileanu")
        assert cursor_is_seen(reader)
        await reader.pilot.resize_terminal(140, 12)
        await reader.until(lambda: reader.app.size.height == 12 and cursor_is_seen(reader))
        sidebar(reader).scroll_to(y=0, animate=False, immediate=True)
        assert not cursor_is_seen(reader)
        await reader.press("enter")
        await counted(reader, "○ unread", 17)
        await reader.until(lambda: cursor_is_seen(reader))
        await reader.press("escape")
        sidebar(reader).scroll_to(y=0, animate=False, immediate=True)
        await reader.press("F")
        assert cursor_is_seen(reader)


async def test_a_name_with_quotation_marks_is_chosen_and_taken_back(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.add([paper("Of a List", "Ann Author", sources=('a "x"*',))])
        screen(reader).search()
        await counted(reader, 'a "x"*', 1)
        await reader.press("F")
        await go_to(reader, 'a "x"*')
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        assert text(reader) == 'source:"a ""x""*" '
        await counted(reader, "○ unread", 1)
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 44)
        assert text(reader) == ""


async def test_views_are_counted_while_the_query_is_wrong(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "4 Starred", 0)
        await counted(reader, "2023", 13)
        screen(reader).replace_query("is:zzz ")
        await reader.press("s")
        await reader.told("star")
        await counted(reader, "4 Starred", 1)
        assert shown(reader)["2023"] == 13


async def test_while_the_query_is_wrong_the_papers_are_counted_that_are_still_listed(reading: Reading) -> None:
    async with reading() as reader:
        await counted(reader, "2023", 13)
        screen(reader).replace_query("nethack")
        await reader.until(lambda: 0 < len(reader.papers.rows) < 43)
        screen(reader).replace_query("nethack is:zzz ")
        await reader.press("s")
        await reader.told("star")
        await counted(reader, "4 Starred", 1)
        listed = len(reader.papers.rows)
        assert 0 < listed < 43
        assert sum(count or 0 for label, count in shown(reader).items() if label.isdecimal()) == listed


# ------------------------------------------------------------------ views


async def test_views_that_another_process_has_made_are_there(reading: Reading) -> None:
    async with reading(size=(80, 24)) as reader:
        with Library.open(reader.library.folder) as other:
            other.set_views([View("Nets", "nethack"), *DEFAULTS], "nets")
        await reader.until(lambda: [view.name for view in screen(reader).views[:1]] == ["Nets"])


async def test_the_order_of_a_view_is_that_of_no_other_search(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.set_views([View("Nets", "nethack", "title"), *DEFAULTS], "nets")
        await reader.press("S", "u")
        await reader.until(lambda: str(screen(reader).order) == "sort:author")
        await reader.press("f", "1")
        await reader.until(lambda: str(screen(reader).order) == "sort:title")
        await reader.press("escape")
        await reader.until(lambda: str(screen(reader).order) == "sort:author")
        await reader.press("f", "1")
        await reader.until(lambda: str(screen(reader).order) == "sort:title")
        await reader.press("slash", *"agents ")
        await reader.until(lambda: str(screen(reader).order) == "sort:author")


async def test_an_order_in_the_query_of_a_view_is_left_out_of_the_search(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.set_views([View("Nets", "nethack sort:title", "-added"), *DEFAULTS], "nets")
        await reader.press("f", "1")
        await reader.until(lambda: text(reader) == "nethack ")
        await reader.until(lambda: str(screen(reader).order) == "sort:-added")
        assert screen(reader).shown_name() == "Nets"
        await reader.press("S", "t")
        await reader.told("sort the view Nets by title · saved")
        assert reader.library.views()[0] == View("Nets", "nethack", "title")
        await reader.until(lambda: str(screen(reader).order) == "sort:title")


async def test_a_key_shows_a_view(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.mark(reader.library.ids(reader.library.select(ALL))[:3], set_status("reading"))
        await reader.press("f", "3")
        await reader.until(lambda: len(reader.papers.rows) == 3)
        assert text(reader) == "status:reading "
        await reader.press("f", "0")
        await reader.until(lambda: len(reader.papers.rows) == 43)


async def test_what_is_typed_behind_a_view_with_alternatives_narrows_all_of_it(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("2", "j", "3", "f", "2")
        await reader.until(lambda: len(reader.papers.rows) == 2)
        main = reader.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        assert main.shown_name() == "Queue"
        await reader.press("slash", *"discovery", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        assert "Discovery" in reader.title
        assert main.search_line.value == "(status:reading OR status:queued) discovery"


async def test_alternatives_that_are_kept_as_a_view_are_that_view_at_once_and_later(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"discovery OR souper", "enter")
        await reader.until(lambda: 0 < len(reader.papers.rows) < 43)
        await reader.press("f", "plus", *"Both", "enter")
        main = reader.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        await reader.until(lambda: main.shown_name() == "Both")
        await reader.press("f", "0", "f", "8")
        await reader.until(lambda: main.shown_name() == "Both")


async def test_a_search_is_kept_as_a_view_with_its_order_and_comes_back(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("/", *"nethack", "enter", "S", "t")
        await reader.until(lambda: str(reader.app.screen_stack[0].order) == "sort:title")  # type: ignore[attr-defined]  # the main screen's
        titles = [entry.paper.title for entry in reader.library.entries(reader.papers.rows)]
        await reader.press("f", "+", *"Nethack", "enter")
        await reader.told("keep the view Nethack · saved")
        assert reader.library.views()[-1] == View("Nethack", "nethack", "title")
        await reader.press("f", "0")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.press("f", "8")
        await reader.until(lambda: len(reader.papers.rows) == len(titles))
        await reader.until(
            lambda: [entry.paper.title for entry in reader.library.entries(reader.papers.rows)] == titles
        )
        await reader.press("u")
        await reader.told("undo: keep the view Nethack")
        assert reader.library.views() == DEFAULTS


async def test_the_order_is_kept_with_the_view_and_undone_with_it(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("f", "1")
        await reader.until(lambda: text(reader) == "status:unread ")
        newest = list(reader.papers.rows)
        await reader.press("S", "t")
        await reader.told("sort the view Inbox by title · saved")
        assert reader.library.views()[0].order == "title"
        await reader.until(lambda: list(reader.papers.rows) != newest)
        await reader.press("f", "0", "f", "1")
        await reader.until(lambda: list(reader.papers.rows) != newest)
        await reader.press("u")
        await reader.told("undo")
        await reader.until(lambda: list(reader.papers.rows) == newest)


async def test_the_key_of_the_present_order_turns_it_round(reading: Reading) -> None:
    async with reading() as reader:
        newest = [entry.paper.date for entry in reader.library.entries(reader.papers.rows)]
        await reader.press("S", "d")
        await reader.until(
            lambda: reader.library.entries(reader.papers.rows)[0].paper.date == min(filter(None, newest))
        )


async def test_a_view_is_removed_and_comes_back(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("f", "-", "3")
        await reader.told("remove the view Reading · saved")
        assert "Reading" not in [view.name for view in reader.library.views()]
        await counted(reader, "3 Starred", 0)
        await reader.press("u")
        await counted(reader, "3 Reading", 0)


async def test_a_view_that_cannot_be_understood_does_no_harm(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.set_views([View("Odd", "(((", "nonsense"), *DEFAULTS], "odd")
        await reader.press("f", "1")
        await reader.until(lambda: text(reader) == "((( ")
        await reader.press("f", "2")
        await reader.until(lambda: text(reader) == "status:unread " and len(reader.papers.rows) == 43)


async def test_a_status_that_the_settings_leave_out_can_be_chosen_and_a_view_of_one_that_none_has_is_not_shown(
    reading: Reading,
) -> None:
    async with reading(settings=Settings(statuses=(STATUSES[0], STATUSES[4]))) as reader:
        reader.library.mark(reader.library.ids(reader.library.select(ALL))[:2], set_status("skimmed"))
        screen(reader).search()
        await counted(reader, "? skimmed", 2)
        assert list(shown(reader))[1:3] == ["1 Inbox", "2 Starred"]
        await reader.press("F")
        await go_to(reader, "? skimmed")
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 2)
        assert text(reader) == "status:skimmed "


async def test_escape_leaves_the_menus(reading: Reading) -> None:
    async with reading() as reader:
        for menu in (("f",), ("S",), ("f", "-")):
            await reader.press(*menu, "?", "escape")
            assert len(reader.app.screen_stack) == 1
        assert text(reader) == ""


async def test_a_tag_is_renamed_and_removed_everywhere(reading: Reading) -> None:
    async with reading() as reader:
        reader.library.mark(reader.library.ids(reader.library.select(ALL))[:3], change_tags(["rl"]))
        await counted(reader, "rl", 3)
        await reader.press("F")
        await go_to(reader, "rl")
        await reader.app.run_action("rename_tag", reader.app.screen)
        await reader.press(*"learning", "enter")
        await reader.told("rename the tag rl to learning on 3 papers · saved")
        await counted(reader, "learning", 3)
        await reader.app.run_action("remove_tag", reader.app.screen)
        await reader.press("enter")
        await reader.told("remove the tag learning on 3 papers · saved")
        await reader.press("u", "u")
        await counted(reader, "rl", 3)


async def test_a_word_that_is_being_typed_still_means_the_same_when_a_facet_is_put_behind_it(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"railean", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 17)
        await reader.until(lambda: bool(shown(reader).get("2023")))
        expected = shown(reader)["2023"]
        await reader.press("F")
        await go_to(reader, "2023")
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == expected)
        assert text(reader) == "railean* year:2023 "


async def test_in_the_sidebar_a_digit_shows_the_view_that_has_it_and_no_key_marks_the_paper_in_the_list(
    reading: Reading,
) -> None:
    async with reading() as reader:
        await counted(reader, "1 Inbox", 43)
        await reader.press("F", "1")
        await reader.until(lambda: text(reader).strip() == "status:unread")
        await reader.press("7")
        await reader.until(lambda: text(reader).strip() == "is:uncertain")
        assert "does nothing here" not in reader.says
        await reader.press("9")
        await reader.told("no view has the number 9")
        await reader.press("1")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.press("s")
        await reader.told("the sidebar has the keys: go to the list first")
        await reader.press("escape", "V", "F", "r")
        await reader.told("read on 43 papers")
        assert len(reader.library.history()) == 1


async def test_the_order_of_all_papers_is_there_again_at_the_next_start(reading: Reading) -> None:
    async with reading() as reader:
        newest = reader.title
        await reader.press("S", "t")
        await reader.until(lambda: str(screen(reader).order) == "sort:title")
        await reader.press("g")
        await reader.until(lambda: reader.title != newest)
        first = reader.title
    async with reading() as reader:
        assert str(screen(reader).order) == "sort:title"
        assert reader.title == first
        assert reader.papers.cursor == 0
        await reader.press("f", "0")
        await reader.until(lambda: str(screen(reader).order) == "sort:-date")
    async with reading() as reader:
        assert str(screen(reader).order) == "sort:-date"
