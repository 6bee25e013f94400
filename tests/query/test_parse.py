"""What queries mean: from the text to the tree."""

from __future__ import annotations

from datetime import date

import pytest

from readlist.errors import QueryError
from readlist.query import ALL, And, Flag, InStatus, Label, Node, Not, Or, Order, Query, Span, Text, both, parse
from readlist.query.parser import DEEPEST, MOST
from readlist.query.tokens import LONGEST
from readlist.settings import STATUSES, Status

TODAY = date(2026, 4, 1)


def read(text: str, *, typing: bool = False) -> Query:
    return parse(text, statuses=STATUSES, today=TODAY, typing=typing)


def tree(text: str, *, typing: bool = False) -> Node | None:
    return read(text, typing=typing).tree


def refused(text: str, *, typing: bool = False) -> QueryError:
    with pytest.raises(QueryError) as caught:
        read(text, typing=typing)
    assert caught.value.text == text
    return caught.value


def days(first: str, last: str) -> Span:
    return Span("date", date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


def test_nothing_means_all_papers_newest_first() -> None:
    assert read("") == read("  ") == ALL
    assert str(ALL) == ""


def test_words_side_by_side_must_all_match() -> None:
    assert tree("net hack") == And((Text("net"), Text("hack")))
    assert tree("net AND hack") == tree("net hack")


def test_a_phrase_stands_in_quotation_marks_of_any_kind() -> None:
    assert tree('"few shot"') == tree("“few shot”") == Text("few shot")


def test_a_star_makes_a_prefix() -> None:
    assert tree("net*") == Text("net", prefix=True)
    assert tree('"few sh"*') == tree('"few sh*"') == Text("few sh", prefix=True)
    assert tree("tag:r*") == Label("tag", "r", prefix=True)


@pytest.mark.parametrize("field", ["title", "author", "affil", "abstract", "note"])
def test_a_field_takes_a_word_or_a_phrase(field: str) -> None:
    assert tree(f"{field}:word") == Text("word", field)
    assert tree(f'{field.upper()}:"two words"') == Text("two words", field)


@pytest.mark.parametrize("field", ["tag", "cat", "source", "key"])
def test_a_label_is_kept_in_lower_case(field: str) -> None:
    assert tree(f"{field}:A.b-C") == Label(field, "a.b-c")
    assert tree(f'{field}:"reading list.bib"') == Label(field, "reading list.bib")


def test_a_tag_may_be_written_with_its_sign() -> None:
    assert tree("tag:#RL/offline") == Label("tag", "rl/offline")


def test_or_binds_less_than_standing_side_by_side() -> None:
    a, b, c = Text("a"), Text("b"), Text("c")
    assert tree("a b OR c") == Or((And((a, b)), c))
    assert tree("a (b OR c)") == And((a, Or((b, c))))
    assert tree("((a)) (b (c))") == And((a, b, c))


def test_minus_and_not_take_out() -> None:
    assert tree("-a") == tree("NOT a") == Not(Text("a"))
    assert tree("-(a b)") == Not(And((Text("a"), Text("b"))))
    assert tree('-"a b" -tag:x') == And((Not(Text("a b")), Not(Label("tag", "x"))))
    assert tree("NOT NOT a") == tree("NOT -a") == Text("a")


def test_a_status_goes_by_its_id_or_its_label() -> None:
    statuses = (*STATUSES, Status("later", "Später lesen", "…"))
    assert parse('status:"spater lesen"', statuses=statuses, today=TODAY).tree == InStatus("later")
    assert tree("status:READ") == InStatus("read")


def test_flags_are_named_after_is_and_has() -> None:
    assert tree("is:starred has:Code") == And((Flag("is:starred"), Flag("has:code")))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("year:2023", "2023-01-01", "2023-12-31"),
        ("year:2022..2024", "2022-01-01", "2024-12-31"),
        ("date:2024-02", "2024-02-01", "2024-02-29"),
        ("date:2023-06..2023-09", "2023-06-01", "2023-09-30"),
        ("date:2023-06-15", "2023-06-15", "2023-06-15"),
        ("date:9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_means_all_its_days(text: str, first: str, last: str) -> None:
    assert tree(text) == days(first, last)


def test_a_range_of_dates_may_be_open() -> None:
    june = date(2023, 6, 1).toordinal()
    assert tree("date:>=2023-06") == tree("date:2023-06..") == Span("date", june, None)
    assert tree("date:>2023-05") == Span("date", june, None)
    assert tree("date:<2023-06") == tree("date:<=2023-05") == tree("date:..2023-05") == Span("date", None, june - 1)


def test_ratings_and_priorities_are_numbers() -> None:
    assert tree("rating:>=3 priority:1..2") == And((Span("rating", 3, None), Span("priority", 1, 2)))


def test_an_order_can_be_named() -> None:
    assert read("sort:-date") == ALL
    assert read("a sort:title") == Query(Text("a"), Order("title", descending=False))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Toolformer: Language Models", ["Toolformer", "Language", "Models"]),
        ("Note: this is a title", ["Note", "this", "is", "a", "title"]),
        ("Dungeons - and Data", ["Dungeons", "and", "Data"]),
        ("few-shot – why? & how!", ["few-shot", "why", "how"]),
        ("C++", ["C"]),
        ("MiniHack:Planet", ["MiniHack:Planet"]),
        ("https://arxiv.org", ["https://arxiv.org"]),
        ("10:30 2:1", ["10:30", "2:1"]),
        ("--limit", ["limit"]),
        ("Attention (is all)", ["Attention", "is", "all"]),
    ],
)
def test_a_pasted_title_is_ordinary_text(text: str, meaning: list[str]) -> None:
    assert tree(text) == both(map(Text, meaning))


def test_a_status_that_papers_have_is_known_though_the_settings_have_none_of_that_name() -> None:
    asked = []

    def former() -> set[str]:
        asked.append(True)
        return {"later", "rea"}

    def read(text: str, *, typing: bool = False) -> Node | None:
        return parse(text, statuses=STATUSES, today=TODAY, typing=typing, former=former).tree

    assert read("status:read") == InStatus("read")
    assert not asked
    assert read("status:Later") == read("status:later", typing=True) == InStatus("later")
    with pytest.raises(QueryError, match="no status is called 'late'"):
        read("status:late")


@pytest.mark.parametrize("text", ["-", "…", "()", '""', "* & -", '-"…"', "( ) *"])
def test_punctuation_alone_matches_everything(text: str) -> None:
    assert read(text) == ALL


def test_a_misspelt_field_is_an_error_with_the_likely_intention() -> None:
    error = refused("deep auther:li")
    assert (error.message, error.column) == ("unknown field 'auther'", 5)
    assert "did you mean author:li?" in error.hint


@pytest.mark.parametrize("text", ["tga:rl", "statsu:read", "yaer:2023", "titel:x", "affill:x"])
def test_two_edits_are_near_enough(text: str) -> None:
    assert "did you mean" in refused(text).hint


def day(written: str) -> int:
    return date.fromisoformat(written).toordinal()


@pytest.mark.parametrize(
    ("text", "field", "low", "high"),
    [
        ("added:7d", "added", "2026-03-25", None),
        ("added:2w", "added", "2026-03-18", None),
        ("date:1y", "date", "2025-04-01", None),
        ("changed:today", "changed", "2026-04-01", "2026-04-01"),
        ("changed:Yesterday", "changed", "2026-03-31", "2026-03-31"),
        ("read:2023-03", "read", "2023-03-01", "2023-03-31"),
        ("read:30d..7d", "read", "2026-03-02", "2026-03-25"),
        ("added:<1m", "added", None, "2026-03-01"),
        ("date:2023-06..2023-09", "date", "2023-06-01", "2023-09-30"),
    ],
)
def test_days_may_be_said_by_how_long_ago_they_are(text: str, field: str, low: str | None, high: str | None) -> None:
    assert tree(text) == Span(field, None if low is None else day(low), None if high is None else day(high))


@pytest.mark.parametrize("text", ["added:1", "added:14", "changed:t", "changed:toda", "read:>=", "date:yest"])
def test_a_half_typed_day_says_nothing_yet(text: str) -> None:
    assert tree(text, typing=True) is None


def test_a_wrong_day_is_refused_with_an_example() -> None:
    assert "write added:today, added:7d" in refused("added:soon").hint


def test_an_unknown_status_names_those_that_there_are() -> None:
    error = refused("x status:finished")
    assert error.column == len("x status:")
    assert error.hint == "statuses: unread queued reading skimmed read dropped"


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("tag:", 0, "needs a value"),
        ('a "b', 2, "never closed"),
        ("a (b", 2, "never closed"),
        ("a) b", 1, "closes nothing"),
        ("a OR", 2, "OR needs something"),
        ("OR a", 0, "OR needs something"),
        ("a OR OR b", 5, "OR needs something"),
        ("a (OR b)", 3, "OR needs something"),
        ("NOT", 0, "NOT needs something"),
        ("a AND", 2, "AND needs something"),
        ("AND a", 0, "AND needs something"),
        ("NOT OR a", 0, "NOT needs something"),
        ("is:nice", 3, "unknown is:nice"),
        ("is:stared", 3, "unknown is:stared"),
        ("year:soon", 5, "does not take 'soon'"),
        ("year:2024..2022", 5, "ends before it begins"),
        ("year:..", 5, "does not take"),
        ("date:2023-13", 5, "does not take"),
        ("date:2023-02-30", 5, "does not take"),
        ("year:0000", 5, "does not take"),
        ("rating:many", 7, "does not take"),
        ("sort:size", 5, "cannot sort by"),
        ("-sort:title", 1, "outside of parentheses"),
        ("(a sort:title)", 3, "outside of parentheses"),
    ],
)
def test_an_error_names_the_place(text: str, column: int, words: str) -> None:
    error = refused(text)
    assert error.column == column
    assert words in error.message


@pytest.mark.parametrize("text", ["(" * 10_000, "(a " * 10_000, "-(" * 10_000 + "a", "(" * 10_000 + "a" + ")" * 9_999])
def test_deep_nesting_is_an_error_and_never_a_crash(text: str) -> None:
    for typing in (False, True):
        assert refused(text[:LONGEST], typing=typing).message == f"at most {DEEPEST} parentheses can be open"


def test_endless_queries_are_refused() -> None:
    assert "characters" in refused("a" * (LONGEST + 1)).message
    assert "words" in refused("a " * (MOST + 1)).message
    assert tree("NOT " * 4_998 + "a") == Text("a")


def test_what_steers_a_terminal_never_gets_into_a_tree() -> None:
    assert tree('author:"a\x1b]52;c;\u202eb\ud800"') == Text("a]52;c;b", "author")


# ---------------------------------------------------------------------- in the search bar


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("net ha", "net ha*"),
        ("net ha ", "net ha"),
        ('"net ha', '"net ha"*'),
        ('"net hack"', '"net hack"'),
        ("Toolformer:", "Toolformer"),
        ("tag:r", "tag:r*"),
        ("author:tim", "author:tim*"),
        ('author:"tim rock', 'author:"tim rock"*'),
        ("-ha", "-ha"),
        ("-tag:r", "-tag:r"),
        ("a tag:", "a"),
        ('a tag:"', "a"),
        ("a status:", "a"),
        ("status:rea", "status:reading OR status:read"),
        ("status:read", "status:read"),
        ("is:s", "is:starred"),
        ("year:20", "year:2000..2099"),
        ("year:0", "year:0001..0999"),
        ("year:2022..", "year:>=2022"),
        ("year:2022..20", "year:2022..2099"),
        ("year:2022..19", ""),
        ("-year:20", ""),
        ("date:2023-", "year:2023"),
        ("date:2023-1", "year:2023"),
        ("date:2023-06-1", "date:2023-06"),
        ("date:>=", ""),
        ("rating:>", ""),
        ("rating:3..1", ""),
        ("a OR", "a"),
        ("a OR ", "a"),
        ("a OR (", "a"),
        ("a AND", "a"),
        ("a -", "a"),
        ("a -(", "a"),
        ("a NOT", "a"),
        ("(a OR b", "a OR b*"),
        ("sort:ti", ""),
        ("sort:-", ""),
        ("sort:-ti", ""),
    ],
)
def test_what_is_half_typed_is_forgiven(text: str, meaning: str) -> None:
    assert str(read(text, typing=True)) == meaning


@pytest.mark.parametrize("text", ["auther:x", "status:zzz", "is:zzz", "year:soon ", "sort:zzz", "a ) b"])
def test_what_cannot_become_right_is_an_error_while_typing_too(text: str) -> None:
    refused(text, typing=True)
