"""Sources that are in several formats one after the other: each part is read by its own reader, and nothing is lost."""

# ruff: noqa: E501 — records stand as programs write them

from __future__ import annotations

import gzip
import io
import json
import textwrap
from collections.abc import Iterator
from itertools import permutations, repeat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.errors import SourceError
from readlist.paper import Found, Furniture, Incoming, Paper, Rejected
from readlist.readers.decoding import decoded
from readlist.readers.parts import parts
from tests.readers.samples import AS_OF, SAMPLES
from tests.readers.test_long_runs import BEGINNINGS, UNITS, grows_evenly

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "papers.jsonl.gz"
LISTING = "CLFeb 9, 2023\nA Study of ThingsAnn Author, Bob Builder\nText of the abstract.\n"
BIB = "@article{key,\n  title = {A Book},\n  author = {Dee, Cy},\n}\n"
RIS = "TY  - JOUR\nTI  - A Report\nAU  - Eff, Di\nER  - \n"
CSL = '[{"type": "book", "title": "A Tale"}]\n'
IDS = "2302.04761\n1706.03762v2\n"


def read(text: str, said: str | None = None) -> tuple[list[str], list[Found]]:
    """Return the formats of a text's parts, and what is in them."""
    formats: list[str] = []
    found: list[Found] = []
    for part in parts(decoded(io.BytesIO(text.encode()), "a.txt"), "a.txt", said):
        formats.append(part.name)
        found += part.read(as_of=AS_OF, source="a.txt")
    return formats, found


def papers(found: list[Found]) -> list[Paper]:
    """Return the papers of what was found."""
    return [one.paper if isinstance(one, Incoming) else one for one in found if isinstance(one, Incoming | Paper)]


def titles(text: str) -> list[str]:
    """Return the titles of a text's papers."""
    return [paper.title for paper in papers(read(text)[1])]


@pytest.mark.parametrize(("one", "other"), list(permutations(SAMPLES, 2)))
def test_two_sources_one_below_the_other_are_read_as_each_would_be(one: str, other: str) -> None:
    formats, found = read(SAMPLES[one] + "\n" + SAMPLES[other])
    alone = [paper for name in (one, other) for paper in papers(read(SAMPLES[name])[1])]
    if (one, other) == ("publications", "arxiv-listing"):  # nothing tells the subject above a page from an abstract
        found, alone = [], []
    assert formats == [one, other]
    assert sorted(map(repr, papers(found))) == sorted(map(repr, alone))
    assert not [line for line in found if isinstance(line, Rejected)]


@pytest.mark.parametrize(
    "second", [BIB, RIS, CSL, IDS, SAMPLES["arxiv-mail"], SAMPLES["arxiv-feed"], SAMPLES["csl-yaml"]]
)
@pytest.mark.parametrize("between", ["", "\n", "\n\n\n", "Further reading\n", "\nFurther reading\n"])
def test_what_follows_a_listing_is_no_part_of_its_last_abstract(second: str, between: str) -> None:
    _, found = read(LISTING + between.removeprefix("Further reading\n") + second)
    first, *others = papers(found)
    assert first.abstract == "Text of the abstract."
    assert [one.title for one in others] == titles(second)


@pytest.mark.parametrize("first", [BIB, RIS, SAMPLES["csv"], SAMPLES["arxiv-oai"], SAMPLES["csl-yaml"], CSL, LISTING])
@pytest.mark.parametrize("second", [BIB, RIS])
def test_two_files_of_which_the_first_does_not_end_its_last_line_are_read_both(first: str, second: str) -> None:
    assert titles(first.rstrip() + second) == titles(first) + titles(second)


def test_the_format_that_goes_on_after_another_one_is_read_on() -> None:
    assert titles(f"2302.04761\n{BIB}1706.03762\n{RIS}1810.04805\n") == [
        "arXiv:2302.04761", "A Book", "arXiv:1706.03762", "A Report", "arXiv:1810.04805",
    ]  # fmt: skip
    assert titles(f"{LISTING}{BIB}CLFeb 8, 2023\nMore of ThingsBob Builder\nText.\n") == [
        "A Study of Things", "A Book", "More of Things",
    ]  # fmt: skip
    assert titles(f"title,authors\nOne,Ann Author\n{BIB}Two,Bob Builder\n") == ["One", "A Book", "Two"]
    assert titles(f'{CSL}{BIB}{{"type": "book", "title": "One More"}}\n') == ["A Tale", "A Book", "One More"]


def test_what_stands_behind_another_format_is_told_in_its_own_line() -> None:
    _, found = read(f"{LISTING}\n{BIB}And this is of nobody.\n\nCLFeb 30, 2023\nBad DayBob Builder\n")
    assert [(one.line, one.text.split("\n")[0], one.format) for one in found if isinstance(one, Rejected)] == [
        (9, "And this is of nobody.", "publications"), (11, "CLFeb 30, 2023", "publications"),
    ]  # fmt: skip


def test_lines_are_counted_through_all_parts() -> None:
    _, found = read(
        f"Publications\n{LISTING}@misc{{k,\n title = {{T}} x\n}}\nTY  - JOUR\nAU  - No Title\nER  - \n[{{}}, 1]\n"
    )
    assert [(type(one), one.line) for one in found if isinstance(one, Rejected | Furniture)] == [
        (Furniture, 1), (Rejected, 5), (Rejected, 8), (Rejected, 11),
    ]  # fmt: skip


def test_what_stands_behind_json_is_told() -> None:
    _, found = read(f"{CSL}\nSome words of nobody,\nand more.\n{CSL}")
    assert [(one.line, one.text) for one in found if isinstance(one, Rejected)] == [
        (3, "Some words of nobody,\nand more."),
    ]  # fmt: skip
    assert len(papers(found)) == 2


@pytest.mark.parametrize("said", ["publications", "bibtex", "ris", "csl-json", "links"])
def test_a_part_in_another_format_than_was_said_is_told_and_not_read(said: str) -> None:
    text = {"publications": LISTING, "bibtex": BIB, "ris": RIS, "csl-json": CSL, "links": IDS}
    other = "ris" if said != "ris" else "bibtex"
    _, found = read(text[said] + "\n" + text[other] * 3000, said)
    told = [one for one in found if isinstance(one, Rejected)]
    assert [one.title for one in papers(found)] == titles(text[said])
    assert {(one.reason, one.format) for one in told} == {(f"expected {said}, and this looks like {other}", other)}
    assert "".join(f"{one.text}\n" for one in told) == text[other] * 3000
    first = text[said].count("\n") + 2
    assert [one.line for one in told] == [
        first + sum(one.text.count("\n") + 1 for one in told[:at]) for at in range(len(told))
    ]


@pytest.mark.parametrize(
    "words",
    [
        "We read @article entries, and @misc{those} too.",
        "@article{key} is how it begins.",
        "@inproceedings{lee, and many others}",
        "TY  - a sign of RIS, as in TY  - JOUR",
        "TY  - JOUR",
        '{"a": 1} is JSON, and so is [{"type": 2}].',
        '[{"role": "user", "content": "x"}]',
        "[1] and [2] are references.",
        "\\\\",
        "https://arxiv.org/abs/2302.04761",
        "10.1145/ABC",
        "title, author, year",
        "AI May change things.",
        "<feed> is what it is called.",
        "references:",
        "- type: a list",
        "---",
        "------------------------------------------------------------------------------",
        "Subject: nothing",
        "Total of 3 entries, no less",
        "arXiv:2302.04761 is the one.",
    ],
)
@pytest.mark.parametrize("name", ["publications", "bibtex", "ris", "arxiv-mail", "csv", "csl-yaml"])
def test_an_abstract_that_speaks_of_formats_is_whole(name: str, words: str) -> None:
    text = f"First line.\n{words}\nLast line."
    source = {
        "publications": f"CLFeb 9, 2023\nA Study of ThingsAnn Author, Bob Builder\n{text}\nCLFeb 9, 2023\nOther ThingsAnn Author, Bob Builder\nX.\n",
        "bibtex": f"@misc{{a, title = {{A}}, abstract = {{{text}}}}}\n",
        "ris": f"TY  - JOUR\nTI  - A\nAB  - {text}\nER  - \n",
        "arxiv-mail": f"\\\\\narXiv:2002.00001\nTitle: A\nAuthors: Ann Author\n\\\\\n  {text}\n\\\\ ( https://arxiv.org/abs/2002.00001 ,  1kb)\n",
        "csv": 'title,abstract\nA,"' + text.replace('"', '""') + '"\n',
        "csl-yaml": "- type: book\n  title: A\n  abstract: |\n    " + text.replace("\n", "\n    ") + "\n",
    }[name]
    if name == "ris" and words.startswith("TY"):
        return  # a record begins there
    formats, found = read(source)
    assert formats == [name]
    if not (name == "arxiv-mail" and words[0] in "\\-"):  # these end an abstract there
        assert (papers(found)[0].abstract_raw or "").split() == text.split()


def test_records_within_a_value_are_part_of_it() -> None:
    assert read(f"@misc{{a, title = {{A}}, annote = {{\n{RIS}\n{IDS}\n{CSL}}}}}\n")[0] == ["bibtex"]
    assert read(f'title,authors,notes\nA,Ann,"\n{BIB}\n{RIS}"\n')[0] == ["csv"]
    assert read(f"TY  - JOUR\nTI  - A\nN1  - see\n{BIB}ER  - \n")[0] == ["ris"]


def test_a_record_of_ris_without_an_end_does_not_hold_what_stands_below_it() -> None:
    assert titles(f"TY  - JOUR\nTI  - A\nAB  - Text.\n\n{BIB}") == ["A", "A Book"]


def test_a_link_below_each_paper_of_a_listing_names_no_other_paper() -> None:
    record = "CLFeb 9, 2023\nA Study of ThingsAnn Author, Bob Builder\nText.\nhttps://arxiv.org/abs/2302.04761\nhttps://doi.org/10.1145/ABC\n"
    assert read(record * 2)[0] == ["publications"]


def test_nothing_known_is_told_with_the_formats_that_are() -> None:
    with pytest.raises(SourceError, match=r"a\.txt: no reader knows this format"):
        read("Once upon a time.\n")
    assert read("\n\n  \n") == ([], [])


def test_a_source_is_never_held_as_a_whole() -> None:
    given = 0

    def lines() -> Iterator[str]:
        nonlocal given
        for text in (LISTING, BIB, RIS, IDS):
            for line in (line for one in repeat(text, 5000) for line in one.splitlines(keepends=True)):
                given += 1
                yield line

    ahead = 0
    for part in parts(lines(), "a.txt"):
        taken = given
        for _ in part.lines:
            taken += 1
            ahead = max(ahead, given - taken)
    assert ahead < 10_000


@given(
    texts=st.lists(
        st.sampled_from([*SAMPLES.values(), BIB, RIS, CSL, IDS, "\n", "Text.\n", "x", "}", '"', "{", "TY  - JOUR\n"]),
        max_size=8,
    ),
    cut=st.integers(0, 3000),
)
@settings(deadline=None)
def test_no_line_is_left_out_and_none_comes_twice(texts: list[str], cut: int) -> None:
    text = "".join(texts)[cut:]
    lines = text.splitlines(keepends=True)
    try:
        found = [(part.line, part.heading, "".join(part.lines)) for part in parts(iter(lines), "a.txt")]
    except SourceError:
        return
    assert "".join(one for *_, one in found).strip() == text.strip()
    for number, _, one in found:
        assert one.split("\n")[0] in lines[number - 1] if one else True


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_run_of_one_thing_is_taken_apart_in_time_in_proportion(name: str) -> None:
    for unit in UNITS:
        for begin in (SAMPLES[name], *BEGINNINGS[name]):
            text = begin + unit * ((1 << 13) // len(unit))
            grows_evenly(lambda size, text=text: read_lines(text[:size]), 1 << 14)  # type: ignore[misc]  # a default binds the loop's value


def read_lines(text: str) -> None:
    """Take a text apart."""
    try:
        for part in parts(iter(text.splitlines(keepends=True)), "a.txt"):
            for _ in part.lines:
                pass
    except SourceError:
        pass


def test_every_paper_of_the_corpus_stands_in_one_part() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus is not here")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        corpus = [json.loads(line) for line in file]
    folded = [(one["title"], one["authors"], "\n".join(textwrap.wrap(one["abstract"] or "", 72))) for one in corpus]
    sources = {
        "publications": "".join(
            f"LGFeb 9, 2023\n{title}{', '.join(people)}\n{text}\n" for title, people, text in folded
        ),
        "arxiv-mail": "".join(
            f"\\\\\narXiv:2302.00001\nTitle: {title}\nAuthors: {', '.join(people)}\n\\\\\n  {text}\n\\\\\n"
            for title, people, text in folded
        ),
        "ris": "".join(f"TY  - JOUR\nTI  - {title}\nAB  - {text}\nER  - \n\n" for title, _, text in folded),
        "bibtex": "".join(
            f"@misc{{k,\n title = {{{title}}},\n abstract = {{{text}}}\n}}\n\n" for title, _, text in folded
        ),
    }
    for name, text in sources.items():
        found = []
        for part in parts(iter(text.splitlines(keepends=True)), "a.txt"):
            found.append(part.name)
            for _ in part.lines:
                pass
        assert found == [name]
