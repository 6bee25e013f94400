"""Terms are put into the text of a query and taken out again; the rest stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.errors import QueryError
from readlist.query import Facet, Query, both, parse
from readlist.query.adding import as_one, has_term, with_term, without_order, without_term
from readlist.settings import STATUSES
from tests.papers import TODAY

TERMS = [
    str(Facet(kind, name, 0).tree)
    for kind, name in (
        ("status", "unread"), ("tag", "rl/offline"), ("year", "2023"), ("author", "Timo Schick"), ("affil", "meta"),
        ("cat", "cs.CL"), ("source", "a list.txt"), ("has", "code"), ("author", "O'Hara, Ann"),
    )
]  # fmt: skip
TERMS += [f"-{term}" for term in TERMS]


def meaning(text: str) -> Query:
    return parse(text, statuses=STATUSES, today=TODAY, typing=True)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("text", ["", "nets", "nets OR trees", '"a phrase" -tag:nlp', "(a OR b) -c", "tag:", "a AND "])
def test_a_term_that_is_put_in_is_demanded_and_can_be_taken_out_again(text: str, term: str) -> None:
    longer = with_term(text, term)
    assert has_term(longer, term)
    demanded = [node for node in (meaning(text + " ").tree, meaning(term + " ").tree) if node]
    assert meaning(longer).tree == both(demanded)
    assert with_term(longer, term) == longer
    shorter = without_term(longer, term)
    assert meaning(shorter + " ").tree == meaning(text + " ").tree


def test_what_is_typed_around_it_stays_as_it_is() -> None:
    assert without_term('Nets  tag:rl "in  space"', "tag:rl") == 'Nets  "in  space"'
    assert without_term("nets TAG:RL", "tag:rl") == "nets "
    assert with_term("  nets ", "tag:rl") == "nets tag:rl "


@pytest.mark.parametrize("text", ["nets", "tag:rlhf", "-tag:rl", "(tag:rl)", "tag:rl OR nets", '"tag:rl"', "tag:rl*"])
def test_what_is_not_demanded_is_not_found(text: str) -> None:
    assert not has_term(text, "tag:rl")


def test_an_order_can_be_taken_out() -> None:
    assert without_order("nets sort:-title tag:rl sort:date") == "nets tag:rl "


@given(st.text(alphabet=' ab()":-OR*tg', max_size=30), st.sampled_from(TERMS))
def test_no_text_is_too_strange(text: str, term: str) -> None:
    longer = with_term(text, term)
    without_term(longer, term)
    try:
        before = meaning(text + " ").tree
    except QueryError:
        return
    try:
        after = meaning(longer).tree
    except QueryError:
        return
    assert before is None or str(meaning(term + " ").tree) in str(after)


@pytest.mark.parametrize("text", ["", "nets", "nets OR trees", "(a OR b) -c", "a OR (b OR c)", 'a OR "b'])
def test_what_is_written_behind_a_query_that_stands_as_one_narrows_all_of_it(text: str) -> None:
    demanded = [node for node in (meaning(text + " ").tree, meaning("tag:rl ").tree) if node]
    assert meaning(f"{as_one(text)} tag:rl ").tree == both(demanded)
    assert as_one(as_one(text)) == as_one(text)
