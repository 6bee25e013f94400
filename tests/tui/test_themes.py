"""Colours: text can be read in our themes wherever it is drawn, every theme shows the cursor, and none is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.screen import ModalScreen
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import OptionList

import readlist.tui
from readlist.library import Library
from readlist.mark import add_note, change_tags, set_status, star
from readlist.query import ALL
from readlist.settings import Settings
from readlist.settings.values import THEMES
from readlist.tui import look
from readlist.tui.left import load_left
from readlist.tui.signs import PlainSigns, needs_plain_signs
from readlist.tui.themes import OWN, chosen_theme, usual_theme
from tests.papers import paper
from tests.tui.reader import Reader, Reading
from tests.tui.test_frames import lines

AA = 4.5
"""What WCAG 2.2 asks of the contrast of text, at level AA (success criterion 1.4.3)."""

NAMES = sorted([*BUILTIN_THEMES, *(theme.name for theme in OWN)])
ROOM = Path(readlist.tui.__file__).parent


def luminance(colour: Color) -> float:
    """Return the relative luminance as WCAG defines it."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour.clamped[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


# ------------------------------------------------------------------ every colour on every surface


def written(what: str) -> set[str]:
    """Return the colours that are given to some property in the styles of the whole room."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    return set(re.findall(rf"(?<![\w-]){what}:\s*(\$[\w-]+)\s*;", styles))


def tokens() -> set[str]:
    """Return the colours of text that stand in `look`."""
    texts = [value for value in vars(look).values() if isinstance(value, str)]
    return {token for text in texts for token in re.findall(r"\$[\w-]+", text.partition(" on ")[0])}


SURFACES = {"$background", "$surface", "$panel", "$boost"}
"""What text of any colour may be written on."""

PAIRS = {
    "$block-cursor-background": {"$block-cursor-foreground"},
    "$block-cursor-blurred-background": {"$foreground"},
    "$secondary-muted": {"$foreground", "$foreground-muted", "$text-warning", "$text-secondary", "$text-error"},
}
"""Further surfaces, with the colours that are written on them."""

NO_TEXT = {"$scrollbar"}
"""Colours of what is no text: bars beside which their number stands."""


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_every_colour_of_text_can_be_read_on_every_surface(theme: Theme) -> None:
    variables = {**theme.to_color_system().generate(), **theme.variables}
    colours = (written("color") | tokens()) - NO_TEXT - {"$block-cursor-foreground"}
    assert {"$foreground", "$foreground-muted", "$text-warning", "$text-error"} <= colours
    assert (written("background") - {"$block-cursor-background"}) <= SURFACES | set(PAIRS)
    pairs = [*product(colours, SURFACES), *((text, on) for on, texts in PAIRS.items() for text in texts)]
    poor = {}
    for text, on in pairs:
        surface = Color.parse(variables[on.removeprefix("$")])
        found = contrast(Color.parse(variables[text.removeprefix("$")]), surface)
        if found < AA:
            poor[text, on] = round(found, 2)
    assert not poor


# ------------------------------------------------------------------ what is really drawn


def drawn(reader: Reader) -> Iterator[Segment]:
    """Yield the pieces of the screen in which something can be read; of what lies below a dialog, none."""
    screen = reader.app.screen
    region = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        for segment in strip.crop(region.x, region.right):
            if re.search(r"\w", segment.text) and segment.style:
                yield segment


def unreadable(reader: Reader) -> dict[str, float]:
    """Return the texts on the screen that have too little contrast."""
    found = {}
    for segment in drawn(reader):
        style = segment.style
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        text, on = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        if contrast(text, on) < AA:
            found[segment.text.strip()] = round(contrast(text, on), 2)
    return found


NOTE = "# Head\nsee *it* in `code` and [a link](https://x.org)\n\n> said\n\n- item"


async def fill(reader: Reader, library: Library) -> None:
    """Give the first papers marks of every kind."""
    ids = library.ids(reader.papers.rows)
    library.mark(ids[:1], add_note("n1", NOTE))
    library.mark(ids[:3], star())
    library.mark(ids[:4], change_tags(add=["llm", "tools"]))
    library.mark(ids[3:5], set_status("dropped"))
    reader.papers.forget()
    await reader.until(lambda: "Head" in reader.details)


SCREENS = {
    "list": [], "elsewhere": ["tab"], "sidebar": ["F", "j"], "selected": ["v", "v"], "two lines": ["z"],
    "search": ["slash", *"agents tas"], "mistake": ["slash", *"statsu:x"], "no hit": ["slash", *"zzzz", "enter"],
    "views": ["f"], "copy": ["y"], "keys": ["question_mark"], "note": ["n", *"some text"], "tags": ["t", "l"],
    "related": ["R"], "people": ["A"], "settings": ["comma"],
    "palette": ["ctrl+p", *"sta"],
    "ingest": ["i"], "statistics": ["number_sign"], "export": ["e"], "sort": ["S"],
}  # fmt: skip


@pytest.mark.parametrize("theme", [theme.name for theme in OWN])
@pytest.mark.parametrize("name", SCREENS)
async def test_everything_on_the_screen_can_be_read(reading: Reading, library: Library, theme: str, name: str) -> None:
    async with reading(settings=Settings(theme=theme)) as reader:
        await fill(reader, library)
        await reader.press(*SCREENS[name])
        await reader.pilot.pause(0.2)
        assert unreadable(reader) == {}


@pytest.mark.parametrize("theme", NAMES)
async def test_in_every_theme_the_cursor_is_seen_and_a_hostile_title_is_text(
    reading: Reading, library: Library, theme: str
) -> None:
    odd = "[/x] \x1b]52;c;aGk=\x07 [bold]title[/] \x1b[2J &#27; $primary"
    library.add([paper(odd, odd[:30], "Ann Author", abstract=odd, date="2023-02"), paper("Plain", "B", date="2022")])
    library.mark(library.ids(library.select(ALL)), add_note("n1", odd))
    async with reading(settings=Settings(theme=theme), sample=False) as reader:
        assert reader.app.theme == theme
        await reader.until(lambda: "[/x]" in reader.details)
        await reader.until(lambda: "\n".join(lines(reader)).count("[bold]title[/]") >= 3)
        text = "\n".join(lines(reader))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
        for keys in ([], ["tab"]):
            await reader.press(*keys)
            rows = [list(reader.papers.render_line(y)) for y in range(2)]
            styles = [
                {(s.style.color, s.style.bgcolor, s.style.underline, s.style.reverse) for s in row if s.style}
                for row in rows
            ]
            assert not styles[0] & styles[1]


# ------------------------------------------------------------------ which one


async def test_a_theme_is_seen_before_it_is_chosen_and_then_kept(reading: Reading, library: Library) -> None:
    async with reading(settings=Settings()) as reader:
        before = reader.app.theme
        await reader.app.screen.run_action("theme")
        await reader.press("j")
        await reader.until(lambda: reader.app.theme != before)
        await reader.press("escape")
        await reader.until(lambda: reader.app.theme == before)
        await reader.app.screen.run_action("theme")
        await reader.press("j", "enter")
        await reader.told("theme: readlist-light")
        await reader.until(lambda: load_left(library.folder).theme == "readlist-light")
    async with reading() as reader:
        assert reader.app.theme == "readlist-light"
    async with reading(settings=Settings(theme="nord")) as reader:
        assert reader.app.theme == "nord"


async def test_every_theme_has_one_line_in_the_menu_on_a_small_screen(reading: Reading) -> None:
    async with reading((60, 16), settings=Settings()) as reader:
        await reader.app.screen.run_action("theme")
        await reader.until(lambda: bool(reader.app.screen.query(OptionList)))
        menu = reader.app.screen.query_one(OptionList)
        await reader.until(lambda: menu.size.height > 0)
        assert menu.virtual_size.height == menu.option_count


def test_a_terminal_gets_colours_that_it_has() -> None:
    assert usual_theme({}, colours=True) == "readlist-dark"
    assert usual_theme({"COLORFGBG": "0;15"}, colours=True) == "readlist-light"
    assert usual_theme({"COLORFGBG": "15;0"}, colours=False) == "ansi-dark"
    assert chosen_theme("ansi", "nord", "readlist-light", NAMES) == "ansi-light"
    assert chosen_theme("auto", "gone", "readlist-dark", NAMES) == "readlist-dark"


def test_the_settings_know_every_theme() -> None:
    assert set(THEMES) == {*NAMES, "ansi", "auto"}


# ------------------------------------------------------------------ without colours, and without glyphs


async def test_without_colours_none_is_written_and_the_cursor_is_seen(
    reading: Reading, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading() as reader:
        await fill(reader, library)
        await reader.press("j", "v")
        styles = [segment.style for segment in drawn(reader) if segment.style]
        assert {style.color.name for style in styles if style.color} == {"default"}
        assert {style.bgcolor.name for style in styles if style.bgcolor} == {"default"}

        def reversed_lines() -> list[str]:
            strips = reader.app.screen._compositor.render_strips()
            return [strip.text for strip in strips if any(s.style and s.style.reverse and "▌" in s.text for s in strip)]

        assert len(reversed_lines()) == 1
        assert reader.title[:20] in reversed_lines()[0]
        await reader.press("F", "j")
        await reader.until(lambda: any(name in reversed_lines()[0] for name in ("Inbox", "Queue")))


@pytest.mark.parametrize("density", ["compact", "comfortable"])
async def test_with_plain_signs_every_line_is_ascii_but_for_what_papers_say(
    reading: Reading, library: Library, density: str
) -> None:
    async with reading(settings=Settings(glyphs="ascii", density=density)) as reader:
        await fill(reader, library)
        for keys in (
            [],
            ["F"],
            ["escape", "f"],
            ["escape", "n"],
            ["escape", "question_mark"],
            ["q", "number_sign"],
            ["q", "T"],
        ):
            await reader.press(*keys)
            await reader.pilot.pause(0.1)
            text = "\n".join(strip.text for strip in reader.app.screen._compositor.render_strips())
            assert set(re.findall(r"[^\x00-\x7f]", text)) <= set("äüöéè·×"), keys
            assert keys or " o *" in text


def test_plain_signs_are_as_wide_as_what_they_stand_for() -> None:
    odd = "○◔◐◑●★✎✓▌…▏│╭─╯█ é 深層 “x” · × \u0301"
    for encoding in ("utf-8", "latin-1", "ascii", "no-such-encoding"):
        filtered = PlainSigns(encoding).apply([Segment(odd)], Color.parse("#000000"))
        assert cell_len(filtered[0].text) == cell_len(odd)
        if encoding in ("latin-1", "ascii"):
            filtered[0].text.encode(encoding)
    plain = PlainSigns("ascii").apply([Segment("7 of 43 · “Łukasz – Gröbner’s × 深”")], Color.parse("#000000"))
    assert plain[0].text == '7 of 43 . "Lukasz - Grobner\'s x ??"'
    assert not needs_plain_signs("auto", {"TERM": "xterm-256color"}, "utf-8")
    assert needs_plain_signs("auto", {"TERM": "linux"}, "utf-8")
    assert needs_plain_signs("auto", {}, "iso-8859-1")
    assert not needs_plain_signs("unicode", {"TERM": "linux"}, "ascii")


@pytest.mark.parametrize("theme", ["ansi", "ansi-light", "readlist-light"])
async def test_the_list_can_be_seen_behind_a_dialog_that_has_a_border(reading: Reading, theme: str) -> None:
    async with reading((80, 24), Settings(theme=theme)) as reader:
        before = lines(reader)
        await reader.press("asterisk")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.pilot.pause()
        frame = lines(reader)
        assert frame[1:4] == before[1:4]
        assert any("╭" in line for line in frame)


async def test_the_list_can_be_seen_behind_a_dialog_without_colours(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading((80, 24)) as reader:
        before = lines(reader)
        await reader.press("asterisk")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.pilot.pause()
        assert lines(reader)[1:4] == before[1:4]
