"""Every key of the main screen does what the help says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, TextArea

from readlist.errors import SettingsError
from readlist.library import Library
from readlist.paper import Paper
from readlist.query import ALL
from readlist.settings import Settings
from readlist.tui.commands import COMMANDS
from readlist.tui.keymap import configured
from tests.listings import write_listing
from tests.tui.reader import Reading

FIRST = "goldie2026procedural"
SECOND = "lupidi2026airs"


async def test_the_cursor_moves_by_vim_keys_and_arrows(reading: Reading) -> None:
    async with reading() as reader:
        titles = [entry.paper.title for entry in reader.library.entries(reader.library.select(ALL))]
        assert reader.title == titles[0]
        for keys, place in [
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("G", 42), ("g", 0), ("end", 42), ("home", 0),
        ]:  # fmt: skip
            await reader.press(keys)
            assert reader.title == titles[place], keys
        await reader.press("ctrl+d")
        half = titles.index(reader.title)
        assert half > 10
        await reader.press("pagedown")
        assert titles.index(reader.title) > half
        await reader.press("pageup", "ctrl+u")
        assert reader.title == titles[0]


async def test_the_details_follow_the_cursor(reading: Reading) -> None:
    async with reading() as reader:
        assert "Alexander D. Goldie, Zilin Wang, Adrian Hayler et al." in reader.details
        assert "year inferred" in reader.details
        await reader.press("j")
        await reader.until(lambda: "AIRS-Bench" in reader.details)


async def test_the_list_narrows_with_every_key_and_escape_clears(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash")
        counts = []
        for typed in "nethack":
            await reader.press(typed)
            await reader.pilot.pause(0.05)
            counts.append(len(reader.papers.rows))
        assert counts == sorted(counts, reverse=True)
        await reader.until(lambda: 0 < len(reader.papers.rows) < 10)
        await reader.press("enter")
        assert reader.app.focused is reader.papers
        assert len(reader.papers.rows) < 43
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)


async def test_what_is_sought_is_set_off_in_the_list_and_the_details(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethack learning env", "enter")
        await reader.until(lambda: len(reader.papers.rows) < 5)
        await reader.until(lambda: "NetHack Learning Environment" in reader.details)
        row = reader.papers.render_line(0)
        assert "".join(segment.text for segment in row if segment.style and segment.style.underline) == (
            "NetHackLearningEnvironment"
        )
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        assert not any(segment.style and segment.style.underline for segment in reader.papers.render_line(0))


async def test_without_a_hit_near_words_are_named(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethak")
        await reader.until(lambda: "Did you mean nethack?" in reader.papers.empty_text)


async def test_a_wrong_query_is_told_and_the_list_stays(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash")
        reader.app.screen.query_one(Input).value = "auther:x "
        trouble = reader.app.screen.query_one("#trouble")
        await reader.until(lambda: trouble.has_class("-shown"))
        assert "author" in str(trouble.render())
        assert reader.papers.rows
        await reader.press("escape")
        await reader.until(lambda: not trouble.has_class("-shown"))


async def test_no_hit_says_what_to_do(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"zzzz")
        await reader.until(lambda: not reader.papers.rows)
        assert "escape" in reader.papers.empty_text


async def test_a_slash_can_be_typed_in_the_search(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"a", "slash", *"b")
        assert reader.app.screen.query_one(Input).value == "a/b"


async def test_star_read_status_and_rating_are_on_the_disk_when_shown(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        await reader.press("s")
        await reader.told("star on 1 paper · saved")
        assert json.loads((folder / "marks.json").read_text())
        assert reader.mark(FIRST).starred
        await reader.press("s")
        await reader.told("unstar on 1 paper")
        await reader.press("r")
        await reader.told("status read")
        await reader.press("r")
        await reader.told("status unread")
        await reader.press("space")
        await reader.told("status queued")
        for number, status in enumerate(("unread", "queued", "reading", "skimmed", "read", "dropped"), 1):
            await reader.press(str(number))
            await reader.told(f"status {status}")
        await reader.press("asterisk")
        await reader.press("4")
        await reader.told("rate 4")
        assert (reader.mark(FIRST).status, reader.mark(FIRST).rating) == ("dropped", 4)
        await reader.until(lambda: "rated 4 of 5" in reader.details)


async def test_quick_keys_are_all_done_in_order(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("s", "j", "s", "j", "s", "s", "s")
        await reader.until(lambda: len(reader.library.history()) == 5)
        assert sum(entry.mark.starred for entry in reader.library.entries(reader.library.select(ALL))) == 3


async def test_tags_are_added_taken_away_and_completed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("t", *"reinforcement rl", "enter")
        await reader.told("tag +reinforcement +rl on 1 paper")
        await reader.press("j", "t", *"rei")
        await reader.pilot.pause(0.1)
        await reader.press("tab", "enter")
        await reader.until(lambda: reader.mark(SECOND).tags == ("reinforcement",))
        await reader.press("t", *"-reinforcement x", "enter")
        await reader.until(lambda: reader.mark(SECOND).tags == ("x",))
        await reader.press("t", *"a", "quotation_mark", "enter")
        await reader.pilot.pause()
        assert reader.mark(SECOND).tags == ("x",)


async def test_a_note_is_written_and_edited_and_an_empty_one_is_not_kept(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("n", *"worth it", "ctrl+s")
        await reader.told("note on 1 paper")
        await reader.press("n", "escape")
        await reader.pilot.pause()
        assert [note.text for note in reader.mark(FIRST).notes] == ["worth it"]
        await reader.press("N", *" twice", "escape")
        await reader.told("edit note")
        assert [note.text for note in reader.mark(FIRST).notes] == ["worth it twice"]
        await reader.until(lambda: "worth it twice" in reader.details)


async def test_the_editor_is_opened_from_the_pane(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading() as reader:
        await reader.press("n", *"some")
        await reader.press("ctrl+o")  # a terminal of tests cannot be handed over: said, and nothing is lost
        assert reader.app.screen.query_one(TextArea).text == "some"


async def test_a_selection_is_marked_as_one_step(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("v", "v", "v")
        await reader.told("3 selected")
        await reader.press("s")
        await reader.told("star on 3 papers")
        await reader.press("escape")
        await reader.told("nothing selected")
        await reader.press("u")
        await reader.told("undo: star on 3 papers")
        await reader.press("ctrl+r")
        await reader.told("redo: star on 3 papers")
        await reader.press("V")
        await reader.told("43 selected")
        await reader.press("space")
        await reader.told("next status on 43 papers")
        await reader.press("V")
        await reader.told("nothing selected")


async def test_nothing_to_undo_is_said(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("u")
        await reader.told("there is nothing to undo")


async def test_the_copy_menu_copies_each_kind(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with reading() as reader:
        copied: list[str] = []
        monkeypatch.setattr(reader.app, "copy_to_clipboard", copied.append)
        for key, start in [
            ("b", "@misc{goldie2026procedural,"), ("k", FIRST), ("t", "Procedural Generation of"),
            ("c", "Goldie, A. D., Wang, Z., Hayler, A., et al. (2026)."), ("m", "Procedural Generation of"),
        ]:  # fmt: skip
            await reader.press("y", key)
            await reader.until(lambda: bool(copied))
            assert copied.pop().startswith(start)
        await reader.press("y", "u")
        await reader.told("no link is known")
        await reader.press("y", "escape")
        assert len(reader.app.screen_stack) == 1
        assert '"given_out": true' in (reader.library.folder / "marks.json").read_text()


async def test_the_copy_menu_shows_what_each_key_copies(reading: Reading) -> None:
    async with reading(settings=Settings(cite_style="ieee")) as reader:
        await reader.press("y")
        lines = reader.app.screen.query_one(".choices")
        assert "goldie2026procedural" in str(lines.render())
        await reader.until(lambda: "@misc{goldie2026procedural," in str(lines.render()))
        await reader.until(lambda: "[1] A. D. Goldie, Z. Wang, A. Hayler, et al., “" in str(lines.render()))
        await reader.press("escape", "j", "v", "v", "y")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        assert "Copy 2 papers" in str(reader.app.screen.query("Static").first().render())
        assert "AIRS-Bench" in str(reader.app.screen.query_one(".choices").render())
        await reader.press("a")
        await reader.until(lambda: "in the style of" in str(reader.app.screen.query("Static").first().render()))
        lines = reader.app.screen.query_one(".choices")
        await reader.until(lambda: "“AIRS" in str(lines.render()) and "…\n" not in str(lines.render()))
        await reader.press("4")
        await reader.until(lambda: "MLA citation of 2 papers" in reader.says)


async def test_many_papers_are_copied_in_their_order_by_the_style_of_the_settings(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with reading(settings=Settings(cite_style="nature")) as reader:
        copied: list[str] = []
        monkeypatch.setattr(reader.app, "copy_to_clipboard", copied.append)
        await reader.press("V", "y", "c")
        await reader.until(lambda: bool(copied))
        lines = copied[0].splitlines()
        assert [line.partition(". ")[0] for line in lines] == [str(number) for number in range(1, 44)]
        await reader.told("Nature citation of 43 papers: sent to the terminal's clipboard")


async def test_a_style_that_cannot_be_used_is_told(reading: Reading) -> None:
    async with reading(settings=Settings(cite_style="nowhere.csl")) as reader:
        await reader.press("y")
        lines = reader.app.screen.query_one(".choices")
        await reader.until(lambda: "cannot read the style nowhere.csl" in str(lines.render()))
        await reader.press("c")
        await reader.told("cannot read the style nowhere.csl")


async def test_a_text_that_cannot_be_copied_is_put_into_a_file(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    async with reading() as reader:
        await reader.press("y", "k")
        await reader.told("key of 1 paper: no clipboard can be reached: it is in")
        assert (reader.library.folder / "copied.txt").read_text() == FIRST


async def test_an_export_asks_before_it_replaces(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading() as reader:
        await reader.press("e", "enter")
        await reader.told("43 papers exported to readlist.bib")
        assert (tmp_path / "readlist.bib").read_text().count("@misc{") == 43
        await reader.press("v", "e", "enter", "n")
        await reader.pilot.pause(0.1)
        assert (tmp_path / "readlist.bib").read_text().count("@misc{") == 43
        await reader.press("e", "enter", "y")
        await reader.told("1 paper exported")
        assert (tmp_path / "readlist.bib").read_text().count("@misc{") == 1


async def test_a_file_is_ingested_and_its_rejects_are_shown(reading: Reading, tmp_path: Path) -> None:
    listing = tmp_path / "mine.txt"
    listing.write_text("furniture\nCLFeb 9, 2023\nA Study of New ThingsAnn Author\nText.\n")
    async with reading() as reader:
        await reader.press("i")
        reader.app.screen.query_one(Input).value = str(listing)
        await reader.press("enter")
        await reader.told("1 new, 0 updated")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        assert "furniture" in str(reader.app.screen.query_one("Static").render())
        await reader.press("escape")
        await reader.until(lambda: len(reader.papers.rows) == 44)
        await reader.press("i")
        reader.app.screen.query_one(Input).value = str(tmp_path / "nowhere.txt")
        await reader.press("enter")
        await reader.told("cannot read nowhere.txt")


async def test_what_belongs_to_the_page_that_was_copied_opens_no_dialog(reading: Reading, tmp_path: Path) -> None:
    listing = tmp_path / "mine.txt"
    listing.write_text(
        "Skip to content\nPublications\nCLFeb 9, 2023\nA Study of New ThingsAnn Author\nText.\nLoad more\n"
    )
    async with reading() as reader:
        await reader.press("i")
        reader.app.screen.query_one(Input).value = str(listing)
        await reader.press("enter")
        await reader.told("1 new, 0 updated, 0 unchanged, ignored 3 lines that belong to no paper")
        assert len(reader.app.screen_stack) == 1


async def test_a_pasted_listing_is_ingested(reading: Reading) -> None:
    async with reading() as reader:
        reader.app.post_message(events.Paste("CLFeb 9, 2023\nA Study of New ThingsAnn Author\nText.\n"))
        await reader.told("1 new")
        assert reader.library.find("author2023study") is not None


async def test_removing_asks_and_can_be_undone(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("D", "n")
        assert reader.library.count() == 43
        await reader.press("D", "y")
        await reader.told("remove 1 paper")
        await reader.until(lambda: len(reader.papers.rows) == 42)
        await reader.press("u")
        await reader.until(lambda: len(reader.papers.rows) == 43)


async def test_the_cursor_goes_to_the_next_paper_when_its_own_is_removed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press(*"jjjjj")
        following = reader.title
        await reader.press("k", "D", "y")
        await reader.until(lambda: len(reader.papers.rows) == 42)
        assert reader.title == following
        await reader.press("G", "D", "y")
        await reader.until(lambda: len(reader.papers.rows) == 41)
        assert reader.papers.cursor == 40


async def test_the_sample_is_removed_from_the_palette_and_marked_papers_stay(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("s")
        await reader.told("star on 1 paper")
        await reader.press("ctrl+p")
        await reader.press(*"sample")
        await reader.pilot.pause(0.3)
        await reader.press("enter")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        assert not reader.library.fresh


async def test_enter_and_tab_change_the_pane_and_escape_goes_back(reading: Reading) -> None:
    async with reading() as reader:
        details = reader.app.screen.query_one("#details")
        await reader.press("enter")
        assert reader.app.focused is details
        await reader.press("j", "k", "G", "g", "J", "K")
        await reader.press("escape")
        assert reader.app.focused is reader.papers
        await reader.press("tab")
        assert reader.app.focused is details
        await reader.press("tab")
        assert reader.app.focused is reader.app.screen.query_one("#sidebar")
        await reader.press("tab")
        assert reader.app.focused is reader.papers


async def test_the_mouse_moves_and_opens(reading: Reading) -> None:
    async with reading() as reader:
        await reader.pilot.click("#papers", offset=(10, 3))
        assert reader.title.startswith("AI Research Agents")
        await reader.pilot.click("#papers", offset=(10, 5), times=2)
        await reader.until(lambda: reader.app.focused is reader.app.screen.query_one("#details"))


async def test_every_command_has_a_method(reading: Reading) -> None:
    async with reading() as reader:
        assert all(hasattr(reader.app.screen, f"action_{command.id}") for command in COMMANDS)


async def test_what_another_process_does_is_shown(reading: Reading, folder: Path) -> None:
    async with reading() as reader:
        with Library.open(folder) as other:
            other.add([Paper(title="From Elsewhere", title_raw="From Elsewhere", date="2026-05")])
        await reader.until(lambda: len(reader.papers.rows) == 44)
        assert reader.title.startswith("Procedural Generation")


async def test_keys_can_be_remapped(reading: Reading) -> None:
    async with reading(settings=Settings(keys={"star": ("x",)})) as reader:
        await reader.press("x")
        await reader.told("star on 1 paper")
        await reader.press("s")
        await reader.pilot.pause(0.1)
        assert len(reader.library.history()) == 1


def test_wrong_keys_in_the_settings_are_told() -> None:
    with pytest.raises(SettingsError, match="no command") as error:
        configured(Settings(keys={"stra": ("x",)}))
    assert "star" in error.value.hint
    with pytest.raises(SettingsError, match="both"):
        configured(Settings(keys={"star": ("?",)}))


async def test_q_quits(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("q")
        assert reader.app.return_code == 0


async def test_escape_stops_an_ingest_between_batches(reading: Reading, tmp_path: Path) -> None:
    listing = write_listing(tmp_path / "long.txt", 5000)
    async with reading(sample=False) as reader:
        await reader.press("i")
        reader.app.screen.query_one(Input).value = str(listing)
        await reader.press("enter")
        await reader.told("papers read")
        await reader.press("escape")
        await reader.told("stopped: ")
        held = reader.library.count()
        assert 0 < held < 5000
        assert held % 500 == 0
        await reader.until(lambda: len(reader.papers.rows) == held)


async def test_keys_are_about_the_selected_papers_that_are_listed(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("v", "v")
        await reader.press("slash", *"toolf", "enter")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        await reader.press("s")
        await reader.told("star on 1 paper")
        assert reader.mark("schick2023toolformer").starred
        assert not reader.mark(FIRST).starred
        await reader.press("v")
        await reader.told("1 selected, 2 more not listed")
        reader.app.screen.query_one(Input).value = ""
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.press("r")
        await reader.told("status read on 3 papers")


async def test_select_all_selects_what_is_listed_and_again_none(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethack", "enter", "V")
        await reader.told("selected")
        listed = len(reader.papers.rows)
        assert len(reader.papers.listed.selected) == listed < 43
        await reader.press("V")
        await reader.told("nothing selected")


async def test_the_order_is_named_and_copies_keep_it(reading: Reading) -> None:
    async with reading() as reader:
        await reader.press("slash", *"nethack sort:title", "enter")
        await reader.until(lambda: "title A to Z" in str(reader.app.screen.query_one("#count").render()))
        titles = [entry.paper.title for entry in reader.library.entries(reader.papers.rows)]
        assert titles == sorted(titles, key=str.casefold)
        await reader.press("V", "y", "t")
        await reader.until(lambda: reader.app.clipboard != "")
        assert reader.app.clipboard.split("\n") == titles


async def test_undoing_a_removal_puts_the_cursor_back_on_the_paper(reading: Reading) -> None:
    async with reading() as reader:
        title = reader.title
        await reader.press("D", "y")
        await reader.until(lambda: len(reader.papers.rows) == 42)
        await reader.press("u")
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.until(lambda: reader.title == title)


async def test_an_export_to_a_format_that_cannot_be_written_is_refused(reading: Reading, tmp_path: Path) -> None:
    async with reading() as reader:
        await reader.press("e")
        reader.app.screen.query_one(Input).value = str(tmp_path / "refs.xlsx")
        await reader.press("enter")
        await reader.told(".xlsx files cannot be written")
        assert not (tmp_path / "refs.xlsx").exists()
        await reader.press("e")
        assert reader.app.screen.query_one(Input).value == "readlist.bib"


async def test_what_is_too_long_for_the_terminal_is_put_into_a_file(
    reading: Reading, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    library.add(Paper(title := f"{number} " + "word " * 400, title, ("Ann Author",)) for number in range(60))
    async with reading(sample=False) as reader:
        await reader.press("V", "y", "t")
        await reader.told("title of 60 papers: too long for the terminal: it is in")
        assert (library.folder / "copied.txt").read_text().count("\n") == 59
        assert reader.app.clipboard == ""
