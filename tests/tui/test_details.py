"""The details: notes set as Markdown that can do no harm, and texts that can be clicked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets import Input

from readlist.library import Library
from readlist.mark import add_note, change_tags
from readlist.paper import Identifiers
from readlist.query import ALL, Text
from readlist.tui.look import HIT, LINK
from readlist.tui.widgets.markdown import blocks, laid_out
from readlist.tui.widgets.pointing import pointed_at
from tests.papers import paper
from tests.test_browser import opened, program_in
from tests.tui.reader import Reader, Reading

NOTE = """# Verdict
Compare *operators* and **search policies**
with our own `scaffold`.

- cites [MLE-bench](https://arxiv.org/abs/2410.07095), and a line that has to be wrapped
- ask Edan
  3. seeds?
  4. cost

> neither part alone

```
for op in ops:
    print(op)
```
"""


def said(text: str, width: int = 40) -> list[str]:
    return str(laid_out(blocks(text), width)).split("\n")


def test_a_note_is_set_with_hanging_indents() -> None:
    assert said(NOTE) == [
        "Verdict",
        "",
        "Compare operators and search policies",
        "with our own scaffold.",
        "",
        "• cites MLE-bench, and a line that has",
        "  to be wrapped",
        "• ask Edan",
        "  3. seeds?",
        "  4. cost",
        "",
        "▏ neither part alone",
        "",
        "for op in ops:",
        "    print(op)",
    ]


def test_what_looks_like_markup_of_textual_is_text() -> None:
    assert said("[/x] [bold]b[/] [@click=app.quit]q[/] \\[x] $primary") == [
        "[/x] [bold]b[/] [@click=app.quit]q[/]",
        "[x] $primary",
    ]


@pytest.mark.parametrize("odd", ["\x1b]52;c;aGk=\x07", "&#27;[2J", "&#x9b;", "a\u202eb", "&#x202e;", "<b>\x00</b>"])
def test_no_control_character_comes_through(odd: str) -> None:
    for text in [odd, f"# {odd}", f"`{odd}`", f"[{odd}](https://x.org/{odd})", f"```\n{odd}\n```", f"> - *{odd}*"]:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", str(laid_out(blocks(text), 30))), text


def test_only_what_leads_to_the_web_can_be_clicked() -> None:
    def address(text: str) -> str:
        spans = [span for block in blocks(text) for span in block.text.spans if not isinstance(span.style, str)]
        return pointed_at(spans[0].style.meta)[1] if spans else ""  # type: ignore[union-attr]  # no text by now

    assert address("[here](https://x.org/a)") == "https://x.org/a"
    assert address("see https://x.org/a.") == "https://x.org/a"
    assert address("<https://x.org/a>") == "https://x.org/a"
    for harmless in ["[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[x](../y)", "[x](x:\x1b[2J)", "[x]()"]:
        assert address(harmless) == ""


def test_what_is_sought_is_set_off_in_a_note_also_across_its_styles() -> None:
    block = blocks("the *search* policies", (Text("search policies"),))[0]
    assert [block.text.plain[span.start : span.end] for span in block.text.spans if span.style == HIT] == [
        "search policies"
    ]


def test_a_very_long_note_is_shown_as_it_was_written() -> None:
    assert said("**x** " * 5000, 60)[0] == "**x** " * 9 + "**x**"


@given(st.text(st.sampled_from("ab *_`#>-1.)[](!<&;\n\t\u6df1\x1b~\\"), max_size=60), st.integers(1, 40))
def test_any_note_fits_any_width(text: str, width: int) -> None:
    for line in str(laid_out(blocks(text), width)).split("\n"):
        assert cell_len(line) <= max(width, 2)


@given(st.integers(1, 60))
def test_lists_in_lists_fit_too(width: int) -> None:
    text = "\n".join(f"{'  ' * depth}- > item {depth}" for depth in range(12))
    assert all(cell_len(line) <= max(width, 2) for line in str(laid_out(blocks(text), width)).split("\n"))


# ------------------------------------------------------------------ the mouse


def place(reader: Reader, text: str) -> tuple[int, int]:
    """Return where a text stands on the screen."""
    for y, strip in enumerate(reader.app.screen._compositor.render_strips()):
        if (x := strip.text.rfind(text)) >= 0:
            return cell_len(strip.text[:x]) + 1, y
    raise AssertionError(f"{text!r} is not on the screen")


async def click(reader: Reader, text: str) -> None:
    await reader.until(lambda: text in "\n".join(s.text for s in reader.app.screen._compositor.render_strips()))
    await reader.pilot.click(offset=place(reader, text))


def query(reader: Reader) -> str:
    return reader.app.screen_stack[0].query_one("#search", Input).value


async def test_a_click_on_an_author_an_affiliation_or_a_tag_searches_it(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        library.mark(library.ids(reader.papers.rows)[:2], change_tags(add=["llm"]))
        reader.papers.forget()
        await click(reader, "Zilin Wang")
        await reader.until(lambda: len(reader.papers.rows) == 1)
        assert query(reader) == 'author:"Zilin Wang" '
        await click(reader, "#llm")
        await reader.until(lambda: len(reader.papers.rows) == 2)
        assert query(reader) == "tag:llm "
        reader.app.screen_stack[0].query_one("#search", Input).value = ""
        await reader.until(lambda: len(reader.papers.rows) == 43)
        await reader.press("g", "j", "j", "j")
        await click(reader, "meta-ai, oxford"[:7])
        await reader.until(lambda: query(reader) == "affil:meta-ai ")


async def test_a_click_on_a_link_opens_it_where_there_is_a_browser_and_else_copies_it(
    reading: Reading, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = program_in(tmp_path)
    monkeypatch.setenv("BROWSER", str(browser))
    library.add([paper("Linked", "Ann Author", identifiers=Identifiers(doi="10.1000/x"))])
    library.mark(library.ids(library.select(ALL)), add_note("n1", "see [this](https://example.org/page) first"))
    async with reading(sample=False) as reader:
        await click(reader, "doi.org/10.1000/x")
        await reader.told("https://doi.org/10.1000/x opened in the browser")
        assert opened(browser).strip() == "https://doi.org/10.1000/x"
        monkeypatch.setenv("BROWSER", "/no/such/program")
        await click(reader, "this first"[:4])
        await reader.told("; link: ")


async def test_a_note_is_shown_below_its_date_and_links_are_seen_as_such(reading: Reading, library: Library) -> None:
    async with reading() as reader:
        library.mark(library.ids(reader.papers.rows)[:1], add_note("n1", NOTE))
        reader.papers.forget()
        await reader.until(lambda: "Verdict" in reader.details)
        assert "• ask Edan" in reader.details
        assert LINK in [
            span.style
            for span in reader.app.screen.query_one("#notes").render().spans  # type: ignore[union-attr]
        ]
        await reader.press("j")
        await reader.until(lambda: "Verdict" not in reader.details)
        assert not reader.app.screen.query_one("#notes").display


async def test_notes_are_wrapped_anew_for_every_width(reading: Reading, library: Library) -> None:
    async with reading((70, 20)) as reader:
        library.mark(library.ids(reader.papers.rows)[:1], add_note("n1", NOTE))
        reader.papers.forget()
        await reader.press("enter")
        await reader.pilot.pause(0.2)
        await reader.press("G")
        for width in (70, 40, 99, 30, 140):
            await reader.pilot.resize_terminal(width, 120)
            await reader.press("K")
            await reader.pilot.pause()
            shown = reader.app.screen.query_one("#notes")
            frame = "\n".join(strip.text for strip in reader.app.screen._compositor.render_strips())
            for line in said(NOTE, shown.content_size.width):
                assert line in frame, width
