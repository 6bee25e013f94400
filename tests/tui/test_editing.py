"""Correcting papers in the app, adding them by hand, uncertain splits, and papers that are one."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events
from textual.widgets import Input, TextArea

from readlist.library import Library
from readlist.mark import star
from readlist.paper import Identifiers, Paper
from readlist.query import ALL
from readlist.tui.main.screen import MainScreen
from readlist.tui.screens.edit_form import EditForm
from readlist.tui.screens.merging import MergingScreen
from readlist.tui.screens.same import SameScreen
from readlist.tui.screens.splits import Split, SplitsScreen
from tests.papers import paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import check, lines

SIZES = [(60, 16), (80, 24), (140, 40)]


def put(reader: Reader, field: str, value: str) -> None:
    """Replace what stands in a field of the form."""
    widget = reader.app.screen.query_one(f"#{field}")
    if isinstance(widget, Input):
        widget.value = value
    else:
        assert isinstance(widget, TextArea)
        widget.text = value


async def form(reader: Reader, key: str = "E") -> None:
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, EditForm) and bool(reader.app.screen.query("#abstract")))


def only(reader: Reader) -> Paper:
    """Return the one paper of the library."""
    [entry] = reader.library.entries(reader.library.select(ALL))
    return entry.paper


@pytest.mark.parametrize("size", SIZES)
async def test_a_correction_is_kept_shown_and_taken_back(
    reading: Reading, library: Library, size: tuple[int, int]
) -> None:
    library.add([paper("Wrogn title", "Ann Li", date="2019")])
    async with reading(size, sample=False) as reader:
        await form(reader)
        put(reader, "title", "Right title")
        put(reader, "authors", "Ann Li\nBo Müller\nothers")
        put(reader, "date", "2020-05")
        await reader.press("ctrl+s")
        await reader.told("edit 1 paper · saved")
        found = only(reader)
        assert (found.title, found.authors, found.date) == ("Right title", ("Ann Li", "Bo Müller"), "2020-05")
        assert found.authors_truncated
        await reader.until(lambda: reader.title == "Right title")
        await reader.press("u")
        await reader.until(lambda: reader.title == "Wrogn title")


async def test_a_field_is_given_back_to_the_sources(reading: Reading, library: Library) -> None:
    ids = library.add([paper("A title", "Ann Li", date="2019")]).ids
    library.edit(ids[0], {"date": "2021"})
    async with reading(sample=False) as reader:
        await form(reader)
        assert any("date yours" in line for line in lines(reader))
        reader.app.screen.query_one("#date", Input).focus()
        await reader.press("ctrl+r", "ctrl+s")
        await reader.until(lambda: only(reader).date == "2019")
        assert reader.library.by_ids(ids)[0].corrected == ()


async def test_what_cannot_be_is_told_and_the_form_stays(reading: Reading, library: Library) -> None:
    library.add([paper("A title", "Ann Li", date="2019"), paper("Another", "Bo Ek", date="2018")])
    async with reading(sample=False) as reader:
        await form(reader)
        for field, value, words in (
            ("date", "soon", "date"),
            ("doi", "nonsense", "is not a DOI"),
            ("title", "", "a paper needs a title"),
            ("key", "ek2018another", "another paper has the key ek2018another"),
            ("key", "no key", "key"),
        ):
            before = reader.app.screen.query_one(f"#{field}", Input).value
            put(reader, field, value)
            await reader.press("ctrl+s")
            told = str(reader.app.screen.query_one("#trouble").render())
            assert words.lower() in told.lower(), (field, told)
            put(reader, field, before)
        await reader.press("ctrl+s")
        assert not isinstance(reader.app.screen, EditForm)
        assert reader.library.history() == []


@pytest.mark.parametrize("written", ["et al.", "Et al", "others"])
async def test_a_list_of_authors_that_was_cut_ends_as_one_writes_it(
    reading: Reading, library: Library, written: str
) -> None:
    library.add([replace(paper("A title", "Ann Li"), authors_truncated=True)])
    async with reading((80, 24), sample=False) as reader:
        await form(reader)
        await reader.until(lambda: any(line.strip("│ ") == "et al." for line in lines(reader)))
        put(reader, "authors", f"Ann Li\nBo Ek\n{written}")
        await reader.press("ctrl+s")
        await reader.told("edit 1 paper · saved")
        assert (only(reader).authors, only(reader).authors_truncated) == (("Ann Li", "Bo Ek"), True)


async def test_a_form_that_is_saved_as_it_was_says_so(reading: Reading, library: Library) -> None:
    library.add([paper("A title", "Ann Li")])
    async with reading((80, 24), sample=False) as reader:
        await form(reader)
        await reader.press("ctrl+s")
        await reader.told("nothing to change")


async def test_a_paper_without_a_title_is_not_added_in_silence(reading: Reading, library: Library) -> None:
    async with reading((80, 24), sample=False) as reader:
        await form(reader, "a")
        await reader.press("ctrl+s")
        await reader.until(lambda: any("A paper needs a title" in line for line in lines(reader)))


async def test_a_field_shows_that_its_text_goes_on(reading: Reading, library: Library) -> None:
    def title() -> str:
        return next(line for line in lines(reader) if "│ title" in line)

    library.add([paper("Begins here and goes on for longer than a form of sixty columns can show", "Ann Li")])
    async with reading((60, 16), sample=False) as reader:
        await form(reader)
        await reader.until(lambda: " …" in title() and "can show" in title())
        await reader.press("tab")
        await reader.until(lambda: "Begins here" in title() and "…" in title())


async def test_leaving_drops_changes_only_when_that_is_meant(reading: Reading, library: Library) -> None:
    library.add([paper("A title", "Ann Li", date="2019")])
    async with reading(sample=False) as reader:
        await form(reader)
        await reader.press("X", "escape")
        assert "Not saved" in str(reader.app.screen.query_one("#trouble").render())
        await reader.press("escape")
        assert not isinstance(reader.app.screen, EditForm)
        assert only(reader).title == "A title"


async def test_the_whole_paper_can_be_edited_as_bibtex(
    reading: Reading, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([paper("A title", "Ann Li", date="2019")])
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/A title/By hand/' \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    async with reading(sample=False) as reader:
        monkeypatch.setattr(type(reader.app), "suspend", _suspended)
        await form(reader)
        await reader.press("ctrl+o")
        await reader.until(lambda: only(reader).title == "By hand")


async def test_the_editor_opens_on_what_was_typed_and_what_is_not_written_there_stays_in_the_form(
    reading: Reading, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([paper("A title", "Ann Li", date="2019")])
    monkeypatch.setenv("VISUAL", "true")
    async with reading(sample=False) as reader:
        monkeypatch.setattr(type(reader.app), "suspend", _suspended)
        await form(reader)
        put(reader, "title", "Typed & kept")
        await reader.press("ctrl+o")
        assert isinstance(reader.app.screen, EditForm)
        assert reader.app.screen.query_one("#title", Input).value == "Typed & kept"
        monkeypatch.setenv("VISUAL", _editor(tmp_path, "s/2019/2020/"))
        await reader.press("ctrl+o")
        await reader.until(lambda: (only(reader).title, only(reader).date) == ("Typed & kept", "2020"))


async def test_a_new_paper_is_written_in_the_editor(
    reading: Reading, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(sample=False) as reader:
        monkeypatch.setattr(type(reader.app), "suspend", _suspended)
        for typed, script, title in (
            ("", "s/title = {}/title = {All of it}/", "All of it"),
            ("Half of it", "s/Half/The whole/", "The whole of it"),
        ):
            monkeypatch.setenv("VISUAL", _editor(tmp_path, script))
            await form(reader, "a")
            put(reader, "title", typed)
            await reader.press("ctrl+o")
            await reader.until(lambda title=title: reader.title == title)  # type: ignore[misc]
    assert library.count() == 2


def _editor(folder: Path, script: str) -> str:
    """Return an editor that does what a script of sed says."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\nsed -i '{script}' \"$1\"\n")
    path.chmod(0o700)
    return str(path)


def _suspended(_: object) -> object:
    from contextlib import nullcontext

    return nullcontext()


async def test_a_paper_is_added_by_hand_and_taken_back(reading: Reading, library: Library) -> None:
    async with reading((80, 24), sample=False) as reader:
        await form(reader, "a")
        await reader.press("ctrl+s")  # an empty form adds nothing
        assert "A paper needs a title" in str(reader.app.screen.query_one("#trouble").render())
        assert library.count() == 0
        put(reader, "authors", "Ann Li")
        await reader.press("ctrl+s")
        assert "A paper needs a title" in str(reader.app.screen.query_one("#trouble").render())
        put(reader, "title", "My own report")
        put(reader, "date", "2024")
        await reader.press("ctrl+s")
        await reader.until(lambda: reader.title == "My own report")
        assert library.entries(library.select(ALL))[0].citekey.startswith("li2024")
        await reader.press("u")
        await reader.until(lambda: library.count() == 0)


# ---------------------------------------------------------------------- uncertain splits


def uncertain() -> Paper:
    return paper("On the use of Tools Timo", "Schick", "Jane Dwivedi-Yu", date="2023", uncertain=("title", "authors"))


def test_a_boundary_moves_by_words_and_leaves_a_word_on_each_side() -> None:
    split = Split.of(uncertain())
    assert split.moved(-1).authors == ["Timo Schick", "Jane Dwivedi-Yu"]
    assert split.moved(-1).moved(1) == split
    assert split.moved(1) == split  # a name keeps a word
    assert Split(("One",), ("Ann", "Li")).moved(-1) == Split(("One",), ("Ann", "Li"))


async def test_a_split_is_accepted_or_put_right(reading: Reading, library: Library) -> None:
    library.add(
        [
            uncertain(),
            paper("A sure one", "Bo Ek", date="2019"),
            paper("Fine", "Cy Do", date="2018", uncertain=("title",)),
        ]
    )
    async with reading((100, 30), sample=False) as reader:
        await reader.press("U")
        await reader.until(lambda: isinstance(reader.app.screen, SplitsScreen) and "1 of 2" in lines(reader)[-1])
        check(reader, "splits", (100, 30))
        await reader.press("h", "y")
        await reader.until(lambda: "1 of 1" in lines(reader)[-1] or any("Fine" in line for line in lines(reader)[:4]))
        await reader.press("y")
        await reader.until(lambda: _sure(library))
        by_title = {entry.paper.title: entry.paper for entry in library.entries(library.select(ALL))}
        assert by_title["On the use of Tools"].authors == ("Timo Schick", "Jane Dwivedi-Yu")
        await reader.press("u")
        await reader.until(lambda: not _sure(library))


def _sure(library: Library) -> bool:
    return not any(entry.paper.uncertain for entry in library.entries(library.select(ALL)))


async def test_a_paper_of_which_only_the_identifier_is_known_waits_for_its_title(
    reading: Reading, library: Library
) -> None:
    known = Identifiers(arxiv="2302.04761")
    library.add([paper("arXiv:2302.04761", date="2023", identifiers=known, uncertain=("title", "authors"))])
    async with reading((80, 24), sample=False) as reader:
        await reader.press("U")
        await reader.until(lambda: any("nothing else is known of it yet" in line for line in lines(reader)))
        await reader.press("y")
        await reader.until(lambda: "only its identifier is known yet: E fills it in" in lines(reader)[0])
        assert library.history() == []


async def test_nothing_uncertain_is_said(reading: Reading, library: Library) -> None:
    library.add([paper("A sure one", "Bo Ek", date="2019")])
    async with reading((80, 24), sample=False) as reader:
        await reader.press("U")
        await reader.until(lambda: "Nothing is uncertain" in lines(reader)[2])
        assert lines(reader)[3].strip() == "escape goes back; there E corrects any paper."
        assert lines(reader)[-1].strip() == "? keys · escape back"


# ---------------------------------------------------------------------- the same paper twice


def twice() -> list[Paper]:
    return [
        paper("Deep nets for things", "Ann Li", "Cy Bo", date="2020", identifiers=Identifiers(arxiv="2001.00001")),
        paper(
            "Deep nets for things: the journal version", "Ann Li", "C. Bo", date="2021",
            identifiers=Identifiers(doi="10.1000/xyz"),
        ),
    ]  # fmt: skip


async def same(reader: Reader) -> None:
    await reader.press("W")
    await reader.until(lambda: isinstance(reader.app.screen, SameScreen) and "1 of " in lines(reader)[2])


async def test_two_that_are_one_are_merged_and_parted_again(reading: Reading, library: Library) -> None:
    ids = library.add(twice()).ids
    library.mark(ids[1:], star())
    async with reading((100, 30), sample=False) as reader:
        await same(reader)
        check(reader, "same", (100, 30))
        await reader.press("m")
        await reader.until(lambda: library.count() == 1)
        [entry] = library.entries(library.select(ALL))
        assert (entry.paper.identifiers.arxiv, entry.paper.identifiers.doi) == ("2001.00001", "10.1000/xyz")
        assert entry.mark.starred
        await reader.until(lambda: "merge li2021deep into li2020deep · saved" in lines(reader)[0])
        await reader.press("u")
        await reader.until(lambda: library.count() == 2 and "undo: merge" in lines(reader)[0])
        await reader.until(lambda: any("1 of 1" in line for line in lines(reader)))


async def test_an_ingest_that_ends_meanwhile_is_not_taken_back_where_decisions_are_made(
    reading: Reading, library: Library
) -> None:
    library.add(twice())
    async with reading((100, 30), sample=False) as reader:
        await same(reader)
        screen = reader.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        screen._ingest("@article{b, title = {Something else}, author = {Dee Ek}, year = 2021}\n")
        await reader.told("1 new")
        await reader.press("u")
        await reader.until(lambda: "nothing was decided here yet" in lines(reader)[0])
        assert library.count() == 3
        await reader.press("b", "u")
        await reader.until(lambda: "undo: keep both" in lines(reader)[0])
        assert library.count() == 3


async def test_where_there_is_no_room_for_details_each_paper_says_where_it_is_from(
    reading: Reading, library: Library
) -> None:
    library.add([replace(one, sources=(f"{one.date}.bib",)) for one in twice()])
    async with reading((80, 24), sample=False) as reader:
        await same(reader)
        told = [line.strip() for line in lines(reader) if ", from " in line]
        assert told == ["li2020deep, from 2020.bib", "li2021deep, from 2021.bib"]
        await reader.press("j", "m")
        await reader.until(lambda: library.count() == 1)
        assert [entry.citekey for entry in library.entries(library.select(ALL))] == ["li2021deep"]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((60, 16), "1 paper looks like another: W"),
        ((140, 40), "2 new, 0 updated, 0 unchanged · 1 paper looks like another: W"),
    ],
)
async def test_an_ingest_says_that_a_new_paper_looks_like_another(
    reading: Reading, library: Library, size: tuple[int, int], words: str
) -> None:
    library.add(twice()[:1])
    text = """\
@article{a, title = {Deep nets for things: the journal version}, author = {Ann Li and C. Bo}, year = 2021}
@article{b, title = {Something else}, author = {Dee Ek}, year = 2021}
"""
    async with reading(size, sample=False) as reader:
        reader.app.screen.post_message(events.Paste(text))
        await reader.until(lambda: reader.says.strip() == words)
        await reader.press("W")
        await reader.until(lambda: isinstance(reader.app.screen, SameScreen) and "1 of 1" in lines(reader)[2])


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        ((60, 16), "m merge into this one · b keep both · ? keys · escape back"),
        ((80, 24), "m merge into this one · b keep both · a all such pairs · ? keys · escape back"),
    ],
)
async def test_no_key_of_the_last_line_is_cut(
    reading: Reading, library: Library, size: tuple[int, int], keys: str
) -> None:
    library.add(twice())
    async with reading(size, sample=False) as reader:
        await same(reader)
        await reader.until(lambda: lines(reader)[-1].strip() == keys)


async def test_two_that_are_kept_are_not_asked_about_again(reading: Reading, library: Library) -> None:
    library.add(twice())
    async with reading((80, 24), sample=False) as reader:
        await same(reader)
        await reader.press("b")
        await reader.until(lambda: bool(library.apart()) and "No likely duplicates are left" in lines(reader)[2])
        assert "keep both li2020deep and li2021deep · saved" in lines(reader)[0]
        assert "To merge papers that you know to be the same: escape goes" in lines(reader)[3]
        assert lines(reader)[-1].strip() == "u undo · ? keys · escape back"
        await reader.press("escape", "W")
        await reader.until(lambda: "No likely duplicates are left" in lines(reader)[2])
        await reader.press("escape", "u")
        await reader.told("undo: keep both")
        await reader.press("W")
        await reader.until(lambda: "1 of 1" in lines(reader)[2] and "m merge into this one" in lines(reader)[-1])
        await reader.press("b")
        await reader.until(lambda: "· saved" in lines(reader)[0])
        await reader.press("u")
        await reader.until(lambda: "undo: keep both" in lines(reader)[0] and "1 of 1" in lines(reader)[2])


async def test_a_key_that_stands_for_nothing_where_decisions_are_made_is_told(
    reading: Reading, library: Library
) -> None:
    library.add(twice())
    async with reading((80, 24), sample=False) as reader:
        await same(reader)
        await reader.press("z")
        await reader.until(lambda: "z does nothing here" in lines(reader)[0])
        await reader.press("y")
        await reader.until(lambda: library.count() == 1)
        await reader.press("escape", "u")
        await reader.until(lambda: library.count() == 2)
        await same(reader)
        await reader.press("n")
        await reader.until(lambda: bool(library.apart()))
        assert library.count() == 2


async def test_a_key_that_changes_nothing_where_decisions_are_made_says_so(reading: Reading, library: Library) -> None:
    library.add(twice())
    async with reading((80, 24), sample=False) as reader:
        await same(reader)
        await reader.press("1")
        await reader.until(lambda: "nothing to change" in lines(reader)[0])
        assert "saved" not in lines(reader)[0]


@pytest.mark.parametrize("keys", [["R"], ["number_sign"], ["W"], ["U"], ["v", "v", "m"], ["E"]])
async def test_the_way_back_is_named_however_narrow_it_is(reading: Reading, library: Library, keys: list[str]) -> None:
    library.add([replace(one, uncertain=("title",)) for one in twice()])
    async with reading((60, 16), sample=False) as reader:
        await reader.press(*keys)
        await reader.until(lambda: len(reader.app.screen_stack) == 2 and "escape" in lines(reader)[-1])
        if keys[-1] not in "EW":
            await reader.until(lambda: "1 of" in lines(reader)[-1] or "unread" in lines(reader)[-1])
        assert "escape" in lines(reader)[-1]


@pytest.mark.parametrize("key", ["W", "U"])
async def test_undo_on_a_screen_of_decisions_does_not_reach_past_it(
    reading: Reading, library: Library, key: str
) -> None:
    library.add([replace(one, uncertain=("title",)) for one in twice()])
    async with reading((100, 30), sample=False) as reader:
        await reader.press("s")
        await reader.told("star on 1 paper · saved")
        await reader.press(key)
        await reader.until(lambda: any("1 of" in line for line in lines(reader)))
        await reader.press("u")
        await reader.until(lambda: "nothing was decided here yet" in lines(reader)[0])
        assert library.count() == 2
        assert sum(entry.mark.starred for entry in library.entries(library.select(ALL))) == 1


async def test_all_pairs_of_one_kind_are_decided_about_at_once(reading: Reading, library: Library) -> None:
    papers = []
    for number, name in enumerate(("Alpha", "Beta", "Gamma")):
        preprint = Identifiers(arxiv=f"2001.0000{number}")
        title = f"Deep nets of the kind {name.lower()}"
        published = Identifiers(doi=f"10.1000/{name}")
        papers += [
            paper(title, f"Ann {name}", date="2020", sources=("a.bib",), identifiers=preprint),
            paper(f"{title}: in print", f"Ann {name}", date="2021", sources=("b.bib",), identifiers=published),
        ]
    library.add(papers)
    async with reading((100, 30), sample=False) as reader:
        await same(reader)
        await reader.press("a")
        await reader.until(lambda: any("3 pairs" in line for line in lines(reader)))
        await reader.press("m")
        await reader.until(lambda: library.count() == 3)


# ---------------------------------------------------------------------- merging what is known to be one


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)])
async def test_papers_that_are_selected_are_made_one_and_parted_by_one_undo(
    reading: Reading, library: Library, size: tuple[int, int]
) -> None:
    ids = library.add(
        [
            paper("Deep nets", "Ann Li", date="2020", identifiers=Identifiers(arxiv="2001.00001")),
            paper("Shallow waters", "Bo Ek", date="2021", identifiers=Identifiers(doi="10.1000/xyz")),
            paper("Something else", "Cy Do", date="2022"),
            paper("Another thing", "Dee Fo", date="2023"),
        ]
    ).ids
    library.mark(ids[1:2], star())
    async with reading(size, sample=False) as reader:
        await reader.press("m")
        await reader.until(lambda: "first select the papers to merge" in reader.says)
        await reader.press("j", "v", "v", "v", "m")
        await reader.until(
            lambda: isinstance(reader.app.screen, MergingScreen) and "1 of 3   m merge" in lines(reader)[-1]
        )
        assert "Merge these 3 papers into one?" in lines(reader)[0]
        assert "m merge into this one" in lines(reader)[-1]
        await reader.press("G", "m")
        await reader.until(lambda: library.count() == 2)
        await reader.told("merge do2022something, ek2021shallow into")
        await reader.until(lambda: reader.title == "Deep nets" and len(reader.papers.rows) == 2)
        whole = library.find("ek2021shallow")
        assert whole is not None
        assert (whole.citekey, whole.mark.starred) == ("li2020deep", True)
        assert (whole.paper.identifiers.arxiv, whole.paper.identifiers.doi) == ("2001.00001", "10.1000/xyz")
        await reader.press("u")
        await reader.until(lambda: library.count() == 4)
        assert [entry.mark.starred for entry in library.by_ids(ids)] == [False, False, True, False]


async def test_fewer_than_two_selected_papers_are_not_merged_and_the_palette_says_why(
    reading: Reading, library: Library
) -> None:
    async with reading() as reader:
        await reader.press("v", "ctrl+p", *"merge")
        await reader.until(lambda: any("not now: first select the papers to merge" in one for one in lines(reader)))
        await reader.press("escape", "escape", "V", "m")
        await reader.told("43 papers are selected: at most 20 can be merged at once")
        assert library.history() == []


# ---------------------------------------------------------------------- the form


async def test_a_long_title_is_cut_with_a_sign_and_what_is_wrong_is_a_sentence(
    reading: Reading, library: Library
) -> None:
    library.add([paper("A very long title about " + "the many things " * 9, "Ann Author", date="2023")])
    async with reading((80, 24), sample=False) as reader:
        await reader.press("E")
        await reader.until(lambda: "Edit A very long title" in "".join(lines(reader)))
        heading = next(line for line in lines(reader) if "Edit A very" in line)
        assert "…" in heading
        await reader.press("x", "escape")
        await reader.until(lambda: "Not saved: ctrl+s saves" in "".join(lines(reader)))
