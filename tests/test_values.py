"""Names, keys, text, marks, merging, records and settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from readlist.citekey import base_key, unique_key
from readlist.errors import ReadlistError, SettingsError, UsageError
from readlist.link import link
from readlist.mark import (
    UNMARKED,
    add_note,
    change_note,
    change_tags,
    checked_tag,
    set_priority,
    set_rating,
    set_status,
)
from readlist.merge import merged, united
from readlist.names import Name, family_name, is_group, split_name
from readlist.paper import Entry, Identifiers, date_ordinal
from readlist.record import RecordError, entry_from, entry_record
from readlist.settings import STATUSES, Origin, Settings, load
from readlist.text import glue, indexed, plain, safe_line, safe_text, safe_verbatim, words
from tests.papers import NOW, paper


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Timo Schick", Name("Timo", "", "Schick", "")),
        ("Aäron van den Oord", Name("Aäron", "van den", "Oord", "")),
        ("J. Zico Kolter", Name("J. Zico", "", "Kolter", "")),
        ("van der Maaten, Laurens", Name("Laurens", "van der", "Maaten", "")),
        ("Martin Luther King Jr.", Name("Martin Luther", "", "King", "Jr.")),
        ("King, Jr., Martin", Name("Martin", "", "King", "Jr.")),
        ("Martin King, Jr.", Name("Martin", "", "King", "Jr.")),
        ("Open Ended Learning Team", Name("", "", "Open Ended Learning Team", "")),
        ("Plato", Name("", "", "Plato", "")),
        (", Smith", Name("", "", "Smith", "")),
        ("", Name("", "", "", "")),
    ],
)
def test_names_have_parts(author: str, name: Name) -> None:
    assert split_name(author) == name


def test_groups_are_told_from_people() -> None:
    assert is_group("The ATLAS Collaboration")
    assert not is_group("Ann Team-Smith")
    assert family_name("Aäron van den Oord") == "van den Oord"


def test_citation_keys_say_author_year_and_word() -> None:
    assert base_key(paper("Toolformer: Language Models", "Timo Schick", date="2023-02-09")) == "schick2023toolformer"
    assert base_key(paper("On the Łojasiewicz Way", "Aäron van den Oord")) == "oordlojasiewicz"
    assert base_key(paper("A", "Ann Author", date="2020")) == "author2020a"
    assert re.fullmatch(r"p[0-9a-f]{16}", base_key(paper("北京")))


@given(st.text(max_size=20), st.lists(st.text(max_size=15), max_size=3))
def test_every_key_is_of_letters_and_digits(title: str, authors: list[str]) -> None:
    assert re.fullmatch(r"[a-z0-9]+", base_key(paper(title, *authors)))


def test_keys_are_made_unique_by_letters() -> None:
    taken: set[str] = set()
    for _ in range(30):
        taken.add(unique_key("x", taken.__contains__))
    assert {"x", "xb", "xz", "xaa"} <= taken
    assert len(taken) == 30


def test_text_is_made_safe() -> None:
    assert safe_line(" a\x1b]52;c;x\x07\tb\n\u202ec\u200bd\ud800 ") == "a]52;c;x b cd"
    assert safe_text("a \r\nb\x00\x85c") == "a\nb\nc"
    assert safe_verbatim("  a\tb\r\n") == "  a\tb\n"


@given(st.text())
def test_a_safe_line_stays_safe(text: str) -> None:
    line = safe_line(text)
    assert safe_line(line) == line
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ud800-\udfff]", line)


def test_words_are_folded() -> None:
    assert words("Rocktäschel’s NAÏVE Łojasiewicz ﬁne Straße") == [
        "rocktaschel",
        "s",
        "naive",
        "lojasiewicz",
        "fine",
        "strasse",
    ]
    assert words("学习 deep") == ["学", "习", "deep"]
    assert indexed("NetHack few-shot").split()[:3] == ["nethack", "few", "shot"]
    assert {"net", "hack", "fewshot"} <= set(indexed("NetHack few-shot").split())
    assert plain("Ünïcode") == "unicode"
    assert glue("Tools", "Timo Schick") == glue("ToolsTimo", "Schick")


def test_dates_have_a_place_in_time() -> None:
    assert date_ordinal(None) == 0
    assert date_ordinal("2023") == date_ordinal("2023-01") == date_ordinal("2023-01-01")
    for wrong in ("23", "2023-13", "2023-02-30", "soon-ish!!"):
        with pytest.raises(ReadlistError):
            date_ordinal(wrong)


def test_marks_change_by_making_new_ones() -> None:
    mark = change_tags(add=["RL", "#a/b"], remove=["x"])(UNMARKED, NOW)
    assert mark.tags == ("a/b", "rl")
    assert mark.changed == NOW
    assert set_status("unread")(UNMARKED, NOW) is UNMARKED
    assert set_status("read")(mark, NOW).status_dates == (("read", NOW),)
    noted = add_note("n1", " hello ")(UNMARKED, NOW)
    assert noted.notes[0].text == "hello"
    assert add_note("n2", "  ")(noted, NOW) == noted
    assert change_note("n1", "bye")(noted, "later").notes[0].changed == "later"
    assert change_note("n1", " ")(noted, NOW).notes == ()


@pytest.mark.parametrize("tag", ["", "a b", "a,b", "+a", "-a", "a//b", "/a", 'a"'])
def test_what_cannot_be_a_tag_is_told(tag: str) -> None:
    with pytest.raises(UsageError):
        checked_tag(tag)


def test_numbers_out_of_range_are_told() -> None:
    for wrong, change in ((6, set_rating), (-1, set_rating), (4, set_priority)):
        with pytest.raises(UsageError):
            change(wrong)


def test_merging_takes_the_better_of_each_field() -> None:
    held = paper("T", "Ann A", authors_truncated=True, date="2025-03-18", year_inferred=True, sources=("a",))
    other = paper("T", "Ann A", "Bob B", date="2024-03-18", abstract="x", abstract_raw="x", sources=("b",), score=1.0)
    both = merged(held, other)
    assert (both.date, both.year_inferred, both.authors) == ("2024-03-18", False, ("Ann A", "Bob B"))
    assert (both.abstract, both.sources, both.score) == ("x", ("a", "b"), 1.0)
    assert merged(both, other) == both
    assert merged(both, held).date == "2024-03-18"
    assert merged(both, held).authors == both.authors


@pytest.mark.parametrize(("cut", "more_cut"), [(True, False), (False, False), (True, True), (False, True)])
def test_merging_takes_the_longer_of_two_author_lists_that_begin_alike(cut: bool, more_cut: bool) -> None:
    short = paper("T", "Ann Author", "B. Builder", authors_truncated=cut, sources=("a",))
    long = paper("T", "A. Author", "Bob Builder", "Cy Dee", authors_truncated=more_cut, sources=("b",))
    for both in (merged(short, long), united(short, long)):
        assert both.authors[1:] == ("Bob Builder", "Cy Dee")
        assert both.authors_truncated == more_cut
        assert merged(both, long) == both
        assert merged(both, short) == both
    for both in (merged(long, short), united(long, short)):
        assert (both.authors, both.authors_truncated) == (long.authors, more_cut)


def test_a_list_of_authors_that_was_written_by_hand_stays_unless_it_says_that_it_is_cut() -> None:
    hand = paper("T", "Ann Author", sources=("hand",))
    long = paper("T", "Ann Author", "Bob Builder", sources=("b",))
    assert merged(hand, long).authors == hand.authors
    assert merged(replace(hand, authors_truncated=True), long).authors == long.authors


def test_merging_keeps_the_fuller_of_two_ways_to_write_an_author() -> None:
    short = paper("T", "Ann Author", "B. Builder", sources=("a",))
    long = paper("T", "A. Author", "Bob Builder", "Cy Dee", authors_truncated=True, sources=("b",))
    assert united(short, long).authors == ("Ann Author", "Bob Builder", "Cy Dee")


def test_merging_leaves_author_lists_alone_that_do_not_begin_alike() -> None:
    held = paper("T", "Ann Author", "Cy Dee", sources=("a",))
    for authors in (("Ann Author", "Bob Builder", "Cy Dee"), ("Abe Author", "Cy Dee", "Eve Fox"), ("Ann Author",)):
        other = paper("T", *authors, sources=("b",))
        assert merged(held, other).authors == held.authors
        assert united(held, other).authors == held.authors


def test_a_certain_reading_replaces_an_uncertain_one() -> None:
    held = paper("Title Ann", "Author", uncertain=("title", "authors"), sources=("a",))
    sure = paper("Title", "Ann Author", sources=("b",))
    assert merged(held, sure).title == "Title"
    assert merged(held, sure).uncertain == ()
    assert merged(merged(held, sure), held).title == "Title"


def test_the_first_source_may_correct_itself() -> None:
    held = paper("T", "A", score=1.0, date="2023", sources=("a",))
    assert merged(held, replace(held, score=2.0, date="2024")).score == 2.0
    assert merged(held, replace(held, score=2.0, date="2024")).date == "2024"
    assert merged(held, replace(held, score=2.0, sources=("b",))).score == 1.0
    assert merged(held, replace(held, date="2023-05", sources=("b",))).date == "2023-05"


def test_what_the_sample_says_gives_way_to_the_readers_own_listing() -> None:
    held = paper("T", "A", abstract="ours", abstract_raw="ours", sources=("sample",))
    own = paper("T", "A", abstract="theirs", abstract_raw="theirs", sources=("mine.txt",))
    assert merged(held, own) == own
    assert merged(own, held).abstract == "theirs"


TEXT = st.text(max_size=8)


@given(
    TEXT,
    st.lists(TEXT, max_size=3),
    st.none() | TEXT,
    st.none() | st.booleans(),
    st.dictionaries(TEXT, TEXT, max_size=2),
)
def test_records_come_back_as_they_were(
    title: str, names: list[str], date: str | None, code: bool | None, extra: dict[str, str]
) -> None:
    one = paper(
        title, *names, date=date, has_code=code, extra=tuple(extra.items()), identifiers=Identifiers(date, None)
    )
    entry = Entry("p1", "key", NOW, one, add_note("n1", title)(UNMARKED, NOW))
    assert entry_from(entry_record(entry)) == entry


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("title", 3),
        ("authors", "x"),
        ("has_code", 1),
        ("score", True),
        ("extra", []),
        ("mark", None),
        ("identifiers", 0),
    ],
)
def test_a_wrong_record_names_the_place(place: str, value: object) -> None:
    record = entry_record(Entry("p1", "key", NOW, paper("T"), UNMARKED))
    record[place] = value  # type: ignore[assignment]  # the wrong kind is the point
    with pytest.raises(RecordError, match=place):
        entry_from(record)


def test_links_go_by_doi_then_arxiv() -> None:
    assert link(paper()) is None
    assert link(paper(identifiers=Identifiers("2302.04761"))) == "https://arxiv.org/abs/2302.04761"
    assert link(paper(identifiers=Identifiers("2302.04761", "10.1/a<b"))) == "https://doi.org/10.1/a%3Cb"


def test_settings_have_defaults_and_can_be_set(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Settings(origin=Origin(tmp_path / "none.toml"))
    path = tmp_path / "settings.toml"
    path.write_text(
        '[statuses]\nunread = "new"\nread = {label = "done", glyph = "✓"}\nlater = "later"\n[keys]\nstar = ["x", ""]\n'
    )
    settings = load(path)
    assert [(s.id, s.label, s.glyph) for s in settings.statuses] == [
        ("unread", "new", "○"), ("read", "done", "✓"), ("later", "later", "•"),
    ]  # fmt: skip
    assert settings.keys == {"star": ("x",)}
    assert settings.status("DONE").id == "read"
    assert settings.known_status("gone").glyph == "?"
    with pytest.raises(UsageError, match="no status"):
        settings.status("nope")
    assert len(STATUSES) == 6


@pytest.mark.parametrize(
    "text",
    [
        "x = 1", "nonsense", "statuses = 1", "[statuses]\nread = 3", "[statuses]\nread = 'a'", "keys = 1",
        "[keys]\nstar = 1", "[statuses]\nunread='a'\nread='b'\n'X y'='c'",
        "[statuses]\nunread={label='a',glyph='ab'}\nread='b'", "\ud800",
        "cite = 1", "[cite]\nstyle = 'apaa'", "[cite]\nstyle = 1", "[cite]\nform = 'html'",
    ],
)  # fmt: skip
def test_wrong_settings_are_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SettingsError):
        load(path)


@pytest.mark.parametrize("style", ["ieee", "plain", "~/styles/neuron.csl"])
def test_the_style_of_citations_is_a_setting(tmp_path: Path, style: str) -> None:
    path = tmp_path / "settings.toml"
    assert load(path).cite_style == "apa"
    path.write_text(f'[cite]\nstyle = "{style}"\n')
    assert load(path).cite_style == style
