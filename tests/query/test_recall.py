"""Walking through former queries."""

from __future__ import annotations

from readlist.query.recall import Recall

SEARCHES = ["net hack", "tag:rl", "net*", "author:li"]


def test_up_goes_back_and_down_comes_home() -> None:
    walk = Recall.of("", SEARCHES)
    texts = []
    for _ in range(5):
        walk = walk.older()
        texts.append(walk.text)
    assert texts == ["author:li", "net*", "tag:rl", "net hack", "net hack"]
    texts = []
    for _ in range(5):
        walk = walk.newer()
        texts.append(walk.text)
    assert texts == ["tag:rl", "net*", "author:li", "", ""]


def test_what_is_half_typed_restricts_the_walk_to_what_begins_so() -> None:
    walk = Recall.of("net", SEARCHES)
    assert walk.former == ("net hack", "net*")
    assert walk.older().older().older().text == "net hack"
    assert walk.older().newer().text == "net"


def test_the_query_that_stands_there_is_no_step() -> None:
    assert Recall.of("net* ", SEARCHES).older().text == "net* "


def test_without_former_queries_nothing_moves() -> None:
    assert Recall.of("x", []).older().text == Recall.of("x", []).newer().text == "x"
