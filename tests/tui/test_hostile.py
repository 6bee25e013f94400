"""A hostile paper on every screen: it is text there, and nothing of it reaches the terminal as anything else."""

from __future__ import annotations

import unicodedata

import pytest

from readlist.library import Library
from readlist.mark import add_note, change_tags, new_note_id
from readlist.view import View
from tests.papers import paper
from tests.tui.reader import Reading
from tests.tui.test_frames import HOSTILE

SCREENS = {
    "list": [], "two lines": ["z"], "details": ["enter"], "sidebar": ["F"], "related": ["R"], "people": ["A"],
    "author": ["A", "enter"], "statistics": ["number_sign"], "triage": ["T"], "same": ["W"], "uncertain": ["U"],
    "copy": ["y"], "views": ["f"], "form": ["E"], "note": ["N"], "quick note": ["M"], "tags": ["t"], "remove": ["D"],
    "keys": ["question_mark"], "palette": ["ctrl+p"], "search": ["slash", *"author:b"],
}  # fmt: skip
"""What leads to each screen from the list."""


@pytest.mark.parametrize("size", [(60, 16), (140, 40)])
@pytest.mark.parametrize("name", SCREENS)
async def test_it_is_text(reading: Reading, library: Library, name: str, size: tuple[int, int]) -> None:
    people = (f"Bad {HOSTILE}", "[red]Group[/] \u202eeno")
    papers = [paper(f"{HOSTILE} {n}", *people, abstract=HOSTILE, venue=HOSTILE, date=f"2024-0{n}") for n in (1, 2, 3)]
    ids = library.add(papers).ids
    library.mark(ids, add_note(new_note_id(), f"# {HOSTILE}\n\n[a](javascript:x) {HOSTILE}"))
    library.mark(ids, change_tags(add=["[/x]"]))
    library.set_views([View("[/v] Evil", "bad")], "keep a view")
    async with reading(size, sample=False) as reader:
        await reader.press(*SCREENS[name])
        await reader.pilot.pause(0.3)
        assert reader.app.is_running
        assert reader.app._exception is None
        strips = reader.app.screen._compositor.render_strips()
        shown = "".join(segment.text for strip in strips for segment in strip)
        assert {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs")} == set()
        if name in ("list", "details", "related", "people", "triage", "form", "copy"):
            assert "[/x]" in shown
