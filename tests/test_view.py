"""Saved views as values: what may be kept, and what is said of what may not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from readlist.errors import UsageError
from readlist.query import parse
from readlist.settings import STATUSES
from readlist.view import DEFAULTS, LONGEST, View, all_checked, checked, named


def test_what_hides_or_steers_is_taken_out_and_each_text_is_one_line() -> None:
    view = checked(View(" To\u202e  read\u200b ", "tag:rl\n -status:read\x1b", "+Title"))
    assert view == View("To read", "tag:rl -status:read", "title")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View("", ""), "needs a name"),
        (View(" \u200b ", ""), "needs a name"),
        (View("x" * (LONGEST + 1), ""), "at most 40 characters, not 41"),
        (View("a\tb", ""), "no control characters: 'a\\tb'"),
        (View("a\x9b31m", ""), "no control characters"),
        (View("RL", "", ""), "is no order"),
        (View("RL", "", "title tag:rl"), "is no order"),
        (View("RL", "", "--date"), "is no order"),
    ],
)
def test_what_cannot_be_kept_is_told_with_a_hint(view: View, words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)) as told:
        checked(view)
    assert told.value.hint


def test_the_longest_name_can_be_kept() -> None:
    view = View("ü" * LONGEST, "")
    assert checked(view) == view


def test_two_views_do_not_go_by_one_name() -> None:
    with pytest.raises(UsageError, match="there is a view 'STRASSE' already"):
        all_checked([View("straße", "a"), View("STRASSE", "b")])


def test_a_view_is_found_by_its_name_in_any_case() -> None:
    assert named(DEFAULTS, "recently ADDED ").query == "added:7d"
    with pytest.raises(UsageError, match="no view is called 'Outbox'") as told:
        named(DEFAULTS, "Outbox")
    assert told.value.hint.startswith("views: Inbox, Queue, Reading")
    with pytest.raises(UsageError) as none:
        named((), "Inbox")
    assert none.value.hint == "there are no views"


def test_the_views_that_readlist_comes_with_can_be_kept_and_understood() -> None:
    assert all_checked(DEFAULTS) == DEFAULTS
    for view in DEFAULTS:
        query = parse(f"{view.query} sort:{view.order}", statuses=STATUSES, today=date(2026, 4, 1))
        assert query.tree is not None
        assert str(query.order) == f"sort:{view.order}"
