"""The language as a reader writes it: every kind of word, field, range and nesting, on a handful of papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from readlist.library import Library
from readlist.mark import Mark, Note
from readlist.paper import Identifiers
from readlist.query import Query, parse
from readlist.settings import STATUSES
from readlist.store.catalogue import Catalogue
from tests.papers import paper

TODAY = date(2026, 4, 1)
PAPERS = {
    "nethack": paper(
        "The NetHack Learning Environment",
        "Heinrich Küttler",
        "Roberta Raileanu",
        date="2020-06-24",
        affiliations=("Facebook AI Research",),
        categories=("cs.LG", "cs.AI"),
        has_code=True,
        identifiers=Identifiers("2006.13760"),
    ),
    "fewshot": paper(
        "Language Models are Few-Shot Learners",
        "Tom B. Brown",
        date="2020-05",
        affiliations=("OpenAI",),
        categories=("cs.CL",),
        abstract="A naïve baseline: GPT-3.",
    ),
    "kl": paper(
        "The Kurdyka–Łojasiewicz Inequality",
        "Tim Rocktäschel",
        date="2023-06-30",
        affiliations=("UCL",),
        abstract="On nets.",
    ),
    "toolformer": paper(
        "Toolformer: Language Models Can Teach Themselves to Use Tools",
        "Timo Schick",
        "Jane Dwivedi-Yu",
        date="2023-02-09",
        categories=("cs.CL",),
        identifiers=Identifiers("2302.04761", "10.48550/arXiv.2302.04761"),
        sources=("digest.txt",),
        uncertain=("title",),
    ),
    "autumn": paper("Autumn", "Ann Author", date="2023-09-30", abstract="An eﬃcient straße of reinforcement learning"),
    "october": paper("October", "Ann Other", date="2023-10-01", has_code=False),
    "undated": paper("Undated", "Bo Li"),
}  # fmt: skip
MARKS = {
    "nethack": Mark(
        status="read",
        tags=("games", "rl/offline"),
        starred=True,
        rating=4,
        changed="2026-03-31T12:00:00Z",
        status_dates=(("read", "2026-03-20T12:00:00Z"),),
    ),
    "toolformer": Mark(
        status="reading",
        tags=("rlhf",),
        priority=2,
        notes=(Note("n1", "compare with Gumbel softmax", "2026-04-01T10:00:00Z", "2026-04-01T10:00:00Z"),),
        changed="2026-04-01T10:00:00Z",
    ),
    "autumn": Mark(status="dropped", rating=2, changed="2026-01-01T12:00:00Z"),
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = Catalogue.open(tmp_path_factory.mktemp("language") / "catalogue.sqlite", read_only=False)
    for day, name in enumerate(PAPERS, 20):
        made.add([PAPERS[name]], now=f"2026-03-{day}T12:00:00Z", given_keys={})
    ids = dict(zip(PAPERS, _ids(made), strict=True))
    made.mirror({ids[name]: mark for name, mark in MARKS.items()}, generation=1)
    yield made
    made.close()


def _ids(catalogue: Catalogue) -> list[str]:
    by_title = {entry.paper.title: entry.id for entry in catalogue.entries(catalogue.select(_read("")))}
    return [by_title[held.title] for held in PAPERS.values()]


def _read(text: str, *, typing: bool = False) -> Query:
    return parse(text, statuses=STATUSES, today=TODAY, typing=typing)


def found(catalogue: Catalogue, text: str, *, typing: bool = False) -> set[str]:
    names = {held.title: name for name, held in PAPERS.items()}
    return {names[entry.paper.title] for entry in catalogue.entries(catalogue.select(_read(text, typing=typing)))}


QUERIES = """
# words, folded
Rocktaschel → kl
rocktäschel → kl
naive → fewshot
Lojasiewicz → kl
ŁOJASIEWICZ → kl
kuttler → nethack
efficient strasse → autumn
kurdyka lojasiewicz → kl
# compounds by their parts and as one
nethack → nethack
NetHack → nethack
net hack → nethack
"net hack" → nethack
few shot → fewshot
fewshot → fewshot
few-shot → fewshot
"few shot learners" → fewshot
gpt3 → fewshot
gpt-3 → fewshot
dwivediyu → toolformer
# whole words, and prefixes only where they are asked for
net → nethack
neth →
neth* → nethack
net* → nethack kl
title:net* → nethack
"few sho"* → fewshot
learn* → nethack fewshot autumn
abstract:net* → kl
# words in every text, side by side in different ones
openai brown naive → fewshot
gumbel → toolformer
games → nethack
offline → nethack
facebook → nethack
toolformer gumbel rlhf schick → toolformer
# fields
author:tim → kl
author:timo → toolformer
author:"timo schick" → toolformer
affil:ucl → kl
title:language → fewshot toolformer
abstract:reinforcement → autumn
note:softmax → toolformer
cat:cs.CL → fewshot toolformer
cat:cs → nethack fewshot toolformer
cat:c →
source:digest.txt → toolformer
key:schick2023toolformer → toolformer
key:SCHICK* → toolformer
tag:rl → nethack
tag:rl/offline → nethack
tag:#RL → nethack
tag:rl* → nethack toolformer
tag:offline →
tag:* → nethack toolformer
status:read → nethack
status:unread → fewshot kl october undated
# flags
is:starred → nethack
is:uncertain → toolformer
has:code → nethack
has:note → toolformer
has:doi → toolformer
has:arxiv → nethack toolformer
-has:arxiv -has:code → fewshot kl autumn october undated
# ranges of years, dates and numbers
year:2020 → nethack fewshot
year:2020..2023 → nethack fewshot kl toolformer autumn october
year:>=2023 → kl toolformer autumn october
year:<2023 → nethack fewshot
date:2023-06..2023-09 → kl autumn
date:2023-06-30..2023-09-30 → kl autumn
date:2020-05 → fewshot
date:>2023-09 → october
date:..2020-05 → fewshot
date:2023-10.. → october
rating:4 → nethack
rating:>=2 → nethack autumn
rating:0 year:2023 → kl toolformer october
priority:1..2 → toolformer
rating:<3 rating:>0 → autumn
# relative days
changed:today → toolformer
changed:yesterday → nethack
changed:7d → nethack toolformer
read:30d → nethack
read:2026-03 → nethack
added:8d → autumn october undated
# together
language OR nethack → fewshot toolformer nethack
language -gpt* → toolformer
NOT year:2023 → nethack fewshot undated
-(year:2020 OR year:2023) → undated
(language OR learning) year:2020..2022 → nethack fewshot
((language (gpt3 OR gumbel)) OR (ann date:2023-06..2023-09)) -status:dropped → fewshot toolformer
(tag:rl OR is:uncertain) NOT (rating:>=4 has:code) → toolformer
year:2023 NOT (ann OR (language -status:unread)) → kl
NOT NOT nethack AND NOT -has:code → nethack
a OR -a → every one
 → every one
sort:title → every one
# what a reader pastes
Toolformer: Language Models Can Teach Themselves to Use Tools → toolformer
Language Models are Few-Shot Learners → fewshot
The Kurdyka–Łojasiewicz Inequality → kl
“few shot” → fewshot
"""
"""Queries and the papers that they find."""

HALF_TYPED = """
neth → nethack
net hac → nethack
neth  →
"few sho → fewshot
author:tim → kl toolformer
author:tim  → kl
tag:r → nethack toolformer
tag:rl/o → nethack
cat:c → nethack fewshot toolformer
-neth → every one
language (gumbel OR gp → toolformer fewshot
is:st → nethack
status:rea → nethack toolformer
year:202 → nethack fewshot kl toolformer autumn october
date:2023-06..2023-0 → kl autumn october
nethack OR → nethack
nethack ( → nethack
nethack author: → nethack
rating:> → every one
added: → every one
"""
"""The same where the query is still being typed at its end."""


def cases(table: str) -> list[tuple[str, str]]:
    """Return the lines of a table in two parts."""
    lines = [line for line in table.strip("\n").split("\n") if not line.startswith("#")]
    return [(text, names) for text, _, names in (re.split("( ?→ ?)", line) for line in lines)]


def expected(names: str) -> set[str]:
    return set(PAPERS) if names == "every one" else set(names.split())


@pytest.mark.parametrize(("text", "names"), cases(QUERIES))
def test_a_query_finds(catalogue: Catalogue, text: str, names: str) -> None:
    assert found(catalogue, text) == expected(names)
    query = _read(text)
    assert _read(str(query)) == query


@pytest.mark.parametrize(("text", "names"), cases(HALF_TYPED))
def test_in_the_search_bar_what_is_typed_last_goes_on(catalogue: Catalogue, text: str, names: str) -> None:
    assert found(catalogue, text, typing=True) == expected(names)


def test_the_days_of_the_reader_count_from_today(library: Library) -> None:
    library.add([paper("Now", "Ann Author")])
    for text, count in [("added:today", 1), ("added:7d", 1), ("added:yesterday", 0), ("added:>=2026-04-01", 1)]:
        assert len(library.select(_read(text))) == count, text
