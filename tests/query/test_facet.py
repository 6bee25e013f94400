"""A facet of whatever name can be put into a query as text, is found there, and can be taken out again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.query import Facet, Label, Node, Text, negated, parse
from readlist.query.adding import has_term, with_term, without_term
from readlist.query.completing import quoted
from readlist.settings import STATUSES
from tests.papers import TODAY

KINDS = st.sampled_from(["tag", "author", "affil", "cat", "source"])
PIECES = st.sampled_from(
    ['"', '""', "*", "#", "\\", " ", "  ", "(", ")", "-", ":", "“", "”", "a", "x y", "OR", "é", "ẞ", "İ", "ŉ", "\x1b"]
)  # fmt: skip
NAMES = st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=20))
AROUND = ["", "nets", 'nets "a phrase"', "(a OR b) -c", 'source:"b ""y"""', "tag:rl* nets"]


def meaning(text: str, *, typing: bool) -> Node | None:
    return parse(text, statuses=STATUSES, today=TODAY, typing=typing).tree


@given(KINDS, NAMES)
@example("source", 'a "x"')
@example("source", 'a"')
@example("source", "a*")
@example("tag", "#a")
@example("author", 'William "Bill" Li*')
def test_its_text_means_what_it_is_counted_by(kind: str, name: str) -> None:
    tree = Facet(kind, name, 1).tree
    if tree is not None:
        assert meaning(str(tree), typing=False) == tree
        assert meaning(f"{tree} ", typing=True) == tree
        assert meaning(str(negated(tree)), typing=False) == negated(tree)


@given(KINDS, NAMES, st.sampled_from(AROUND), st.sampled_from(["", "-"]))
@example("source", 'a "x"', "nets", "")
@example("affil", '"', "nets", "-")
def test_what_is_put_in_is_found_and_taken_out_again(kind: str, name: str, text: str, sign: str) -> None:
    tree = Facet(kind, name, 1).tree
    if tree is None:
        return
    term = str(negated(tree)) if sign else str(tree)
    longer = with_term(text, term)
    assert has_term(longer, term)
    assert with_term(longer, term) == longer
    shorter = without_term(longer, term)
    assert not has_term(shorter, term)
    assert shorter.strip() in (text, f"({text})")


@pytest.mark.parametrize("kind", ["tag", "cat", "source"])
def test_a_name_that_can_stand_on_a_line_has_a_text(kind: str) -> None:
    for name in ('a "x"', '"', "*", "net*", "a\\", "(", "-", "OR"):
        assert Facet(kind, name, 1).tree == Label(kind, name.casefold())


def test_a_name_without_anything_to_look_for_has_none() -> None:
    assert Facet("author", '"*"', 1).tree is None
    assert Facet("source", "", 1).tree is None
    assert Facet("source", "two\nlines", 1).tree is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("source:net*", Label("source", "net", prefix=True)),
        ('source:"net*"', Label("source", "net*")),
        ('source:"net"*', Label("source", "net", prefix=True)),
        ('source:"net*"*', Label("source", "net*", prefix=True)),
        ('author:"net*"', Text("net", "author", prefix=True)),
        ('source:"a ""b"""', Label("source", 'a "b"')),
        ('source:""', None),
        ('source:"" nets ', Text("nets")),
        ('"net""hack"', parse("net hack", statuses=(), today=TODAY).tree),
    ],
)
def test_signs_between_quotation_marks_are_part_of_a_name(text: str, tree: Node | None) -> None:
    assert meaning(text, typing=True) == tree


@given(st.sampled_from(["author", "affil", "cat", "source", "key"]), NAMES)
def test_a_name_that_is_chosen_as_a_completion_stands_for_itself(field: str, name: str) -> None:
    tree = Facet(field, name, 1).tree
    if tree is not None and (kept := tree.name if isinstance(tree, Label) else name):
        assert meaning(f"{field}:{quoted(field, kept)} ", typing=True) == tree
