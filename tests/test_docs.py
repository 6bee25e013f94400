"""The documentation: its queries can be asked, its verbs and options exist, and its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from readlist import readers, writers
from readlist.cli.program import VERBS, program
from readlist.query import parse
from readlist.query.fields import FIELDS, ORDERS
from readlist.settings import STATUSES
from tests.papers import TODAY

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def calls() -> Iterator[tuple[str, str]]:
    """Yield the calls of readlist that the pages show, each with its page."""
    for page in PAGES:
        for line in re.findall(r"^\$ (.*\breadlist .*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            yield page.name, line.partition("readlist ")[2].partition("   #")[0].partition(" > ")[0]


def queries() -> Iterator[str]:
    """Yield the queries that stand in the tables of the page about finding."""
    for line in text("finding.md").splitlines():
        if line.startswith("| `"):
            cells = line.strip("| ").split(" | ")
            shown = cells[0] if len(cells) == 2 else cells[1]
            yield from (one for one in re.findall("`([^`]+)`", shown) if one != "-")


@pytest.mark.parametrize(("page", "call"), list(calls()))
def test_a_command_that_is_shown_exists_with_its_options(page: str, call: str) -> None:
    verb, *words = call.split()
    assert verb in VERBS, page
    context = click.Context(program)
    found = program.get_command(context, verb)
    assert found is not None
    if isinstance(found, click.Group) and words and words[0] in found.commands:
        found = found.commands[words[0]]
    known = {name for option in found.get_params(context) for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= known, page


@pytest.mark.parametrize("query", list(queries()))
def test_a_query_that_is_shown_can_be_asked(query: str) -> None:
    assert parse(query, statuses=STATUSES, today=TODAY) != parse("", statuses=STATUSES, today=TODAY)


def test_every_field_and_every_order_is_explained() -> None:
    page = text("finding.md")
    assert [field for field in FIELDS if f"`{field}:" not in page] == []
    assert [order for order in ORDERS if f"`{order}`" not in page] == []


def test_every_format_is_explained() -> None:
    read, written = text("formats.md"), text("citing.md")
    assert [name for name in readers.names() if f"`{name}`" not in read] == []
    assert [name for name in writers.formats() if f"`{name}`" not in written] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
