"""The verb `views`, and listing and exporting within a saved view."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readlist.ingest import welcome
from readlist.library import Library
from readlist.view import DEFAULTS
from tests.cli.test_keeping import KEY, OTHER, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    with Library.open(made.library) as library:
        welcome(library)
    return made


def names(shell: Shell) -> list[str]:
    return [view["name"] for view in json.loads(shell.said("views", "--json"))]


def keys(shell: Shell, *words: str) -> list[str]:
    return [paper["citekey"] for paper in json.loads(shell.said("list", "--json", *words))]


def test_the_views_are_listed_with_query_and_order(shell: Shell) -> None:
    lines = shell.said("views").splitlines()
    assert lines[0].split() == ["NAME", "QUERY", "ORDER"]
    assert lines[1].split() == ["Inbox", "status:unread", "-date"]
    assert lines[2] == "Queue           status:reading OR status:queued  queue"
    assert lines[5].split() == ["Recently", "added", "added:7d", "-added"]
    assert [tuple(one.values()) for one in json.loads(shell.said("views", "--json"))] == [
        (view.name, view.query, view.order) for view in DEFAULTS
    ]
    assert not shell.marks.exists()


def test_a_view_is_added_used_removed_and_brought_back(shell: Shell) -> None:
    shell.said("tag", "+rl", KEY, OTHER)
    shell.said("status", "read", OTHER)
    assert shell.said("views", "add", "My RL", "tag:rl", "-status:read", "--sort", "-added") == "save the view My RL\n"
    assert json.loads(shell.said("views", "--json"))[-1] == {
        "name": "My RL", "query": "tag:rl -status:read", "order": "-added",
    }  # fmt: skip
    assert keys(shell, "--view", "my rl") == [KEY]
    assert shell.said("views", "remove", "my", "rl") == "remove the view My RL\n"
    assert names(shell) == [view.name for view in DEFAULTS]
    assert shell.said("undo") == "undo: remove the view My RL\n"
    assert names(shell)[-1] == "My RL"
    assert "save the view My RL\n" in shell.said("history")


def test_a_view_and_a_query_must_both_match_in_the_order_of_the_view(shell: Shell) -> None:
    shell.said("views", "add", "Words", "language OR agents", "--sort", "title")
    both = keys(shell, "--view", "Words", "tool OR tools OR planning")
    assert both
    assert set(both) == set(keys(shell, "language OR agents")) & set(keys(shell, "tool OR tools OR planning"))
    assert both == keys(shell, "(language OR agents) (tool OR tools OR planning) sort:title")
    for words in (("--sort", "-title"), ("sort:-title",)):
        assert keys(shell, "--view", "Words", "tool OR tools OR planning", *words) == both[::-1]
    assert keys(shell, "--view", "Words", "--limit", "2") == keys(shell, "language OR agents", "--sort", "title")[:2]


def test_a_view_keeps_the_order_that_its_query_names(shell: Shell) -> None:
    shell.said("views", "add", "By title", "language sort:title")
    last = json.loads(shell.said("views", "--json"))[-1]
    assert (last["query"], last["order"]) == ("language", "title")
    shell.said("views", "add", "Both", "sort:title", "language", "--sort", "-added")
    last = json.loads(shell.said("views", "--json"))[-1]
    assert (last["query"], last["order"]) == ("language", "-added")
    assert keys(shell, "--view", "By title") == keys(shell, "language", "--sort", "title")
    shell.said("views", "add", "All")
    assert keys(shell, "--view", "All") == keys(shell)


def test_what_a_view_has_is_exported(shell: Shell) -> None:
    shell.said("star", KEY, OTHER)
    exported = json.loads(shell.said("export", "--view", "starred", "--format", "json", "title:toolformer"))
    assert [paper["citekey"] for paper in exported] == [KEY]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("views", "add"), "views add needs a name"),
        (("views", "remove"), "views remove needs a name"),
        (("views", "change", "RL"), "views 'change': what?"),
        (("views", "remove", "RL"), "no view is called 'RL'"),
        (("views", "add", "inbox", "tag:rl"), "there is a view 'inbox' already"),
        (("views", "add", "", "tag:rl"), "a view needs a name"),
        (("views", "add", "x" * 41, "tag:rl"), "at most 40 characters"),
        (("views", "add", "RL", "tag:rl", "--sort", "titel"), "cannot sort by 'titel'"),
        (("views", "--sort", "title"), "--sort goes with views add"),
        (("views", "remove", "Inbox", "--json"), "--json goes with the list"),
        (("list", "--view", "RL"), "no view is called 'RL'"),
        (("export", "--view", "RL"), "no view is called 'RL'"),
    ],
)
def test_wrong_usage_exits_with_2_and_changes_nothing(shell: Shell, words: tuple[str, ...], message: str) -> None:
    done = shell(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.startswith("error: ")
    assert "hint: " in done.stderr or "--json" in words
    assert not shell.marks.exists()


def test_a_wrong_query_is_shown_with_a_caret_when_it_is_added(shell: Shell) -> None:
    done = shell("views", "add", "RL", "tag:rl", "auther:schick")
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:3] == ["  tag:rl auther:schick", "         ^"]
    assert names(shell) == [view.name for view in DEFAULTS]


def test_a_view_whose_query_is_no_longer_understood_is_named(shell: Shell, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[statuses]\nunread = "new"\nread = "done"\n')
    done = shell("--config", str(settings), "list", "--view", "Reading", "tools")
    assert done.returncode == 2
    assert done.stderr.splitlines()[:3] == [
        "error: the view Reading: no status is called 'reading'", "  status:reading sort:-date", "         ^",
    ]  # fmt: skip


def test_views_of_statuses_that_the_settings_leave_out_are_not_listed_unless_papers_have_these(
    shell: Shell, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[statuses]\nunread = "new"\nread = "done"\n')

    def with_settings(*words: str) -> str:
        done = shell("--config", str(settings), *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Reading" not in with_settings("views")
    assert "Reading" in shell.said("views")
    shell.said("status", "reading", KEY)
    assert "Reading" in with_settings("views")
    assert [paper["citekey"] for paper in json.loads(with_settings("list", "--json", "status:reading"))] == [KEY]


def test_an_undo_of_views_that_were_changed_by_hand_exits_with_3(shell: Shell) -> None:
    shell.said("views", "add", "RL", "tag:rl")
    shell.marks.write_text(shell.marks.read_text().replace("tag:rl", "tag:llm"))
    shell.said("restore", "--accept")
    done = shell("undo")
    assert (done.returncode, done.stdout) == (3, "undo: save the view RL\n")
    assert done.stderr == "the saved views were changed again since then, and that change stays\n"
    assert json.loads(shell.said("views", "--json"))[-1]["query"] == "tag:llm"
