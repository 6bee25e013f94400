"""BibTeX and BibLaTeX: what the entries say, what is kept as it stands, and what is told of bad ones."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.mark import UNMARKED
from readlist.paper import Found, Furniture, Identifiers, Incoming, Paper, Rejected
from readlist.readers import detect
from readlist.readers.bibtex import read

AS_OF: Final = date(2026, 4, 1)


def found(text: str) -> list[Found]:
    return list(read(text.splitlines(keepends=True), as_of=AS_OF, source="refs.bib"))


def one(text: str) -> Incoming:
    (only,) = found(text)
    assert isinstance(only, Incoming), only
    return only


def fields(text: str) -> Paper:
    return one(f"@article{{key, title = {{T}}, {text}\n}}\n").paper


def keys(text: str) -> list[str | None]:
    told = [item for item in found(text) if not isinstance(item, Furniture)]
    return [item.citekey if isinstance(item, Incoming) else "rejected" for item in told]


def test_an_entry_gives_its_type_its_key_and_all_its_fields() -> None:
    incoming = one(
        "% Encoding: UTF-8\n@InProceedings{Vas:2017-x,\n  Title = {Attention is {A}ll you Need},\n"
        "  author = {Vaswani, Ashish and Noam Shazeer},\n  booktitle = {Advances in {NIPS}}, year = 2017,"
        " month = jun,\n  pages = {5998--6008}, x-own = {kept \\& raw},\n}\n"
    )
    paper = incoming.paper
    assert incoming.citekey == "Vas:2017-x"
    assert incoming.mark == UNMARKED
    assert (paper.kind, paper.title, paper.title_raw) == (
        "inproceedings", "Attention is All you Need", "Attention is {A}ll you Need"
    )  # fmt: skip
    assert paper.authors == ("Ashish Vaswani", "Noam Shazeer")
    assert (paper.date, paper.venue) == ("2017-06", "Advances in NIPS")
    assert paper.extra == (
        ("booktitle", "Advances in {NIPS}"), ("pages", "5998--6008"), ("x-own", "kept \\& raw")
    )  # fmt: skip


def test_strings_are_expanded_and_joined() -> None:
    text = (
        '@string{s = "Journal of "}\n@string(ml = s # {{ML}})\n@article{a, title={T}, journal = ml # " X", year = y}\n'
    )
    paper = one(text).paper
    assert paper.venue == "Journal of ML X"
    assert paper.extra == (("journal", "Journal of {ML} X"), ("year", "y"))


def test_strings_that_grow_without_end_are_refused() -> None:
    text = "@string{a = {" + "x" * 100 + "}}\n" + "@string{a = a # a # a # a}\n" * 20 + "@misc{k, title = a}\n"
    assert any(isinstance(item, Rejected) and "longer than" in item.reason for item in found(text))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("year = 2020, month = feb", "2020-02"), ("year = {2020}, month = {February}", "2020-02"),
        ('year = "2020", month = 2', "2020-02"), ("year = 2020, month = feb, day = 9", "2020-02-09"),
        ('year = 2020, month = feb # "~9"', "2020-02-09"), ("date = {2020-02-09}", "2020-02-09"),
        ("date = {2020-02/2020-03}", "2020-02"), ("year = 2020, month = {10--12}", "2020"),
        ("year = {in press}", None), ("year = 2020, month = feb, day = 31", "2020-02"), ("date = {2020-13}", None),
        ("date = {2020-21}", "2020"),
    ],
)  # fmt: skip
def test_dates_in_all_their_shapes(written: str, day: str | None) -> None:
    paper = fields(written)
    assert paper.date == day
    assert not paper.year_inferred


@pytest.mark.parametrize("written", ["month = {10--12}, year = 2020", "year = {in press}", "date = {2020/2021}"])
def test_what_a_date_does_not_say_is_kept(written: str) -> None:
    name, value = written.split(",", maxsplit=1)[0].split(" = ")
    assert (name, value.strip("{}")) in fields(written).extra


@pytest.mark.parametrize(
    ("written", "authors", "truncated"),
    [
        (r"G{\"o}del, Kurt and others", ("Kurt Gödel",), True),
        ("Ng, A. Y. and al., et", ("A. Y. Ng",), True),
        ("van den Berg, Jr., Ann", ("Ann van den Berg Jr.",), False),
        ("{Open Ended Learning Team} and {Barnes and Noble}", ("Open Ended Learning Team", "Barnes and Noble"), False),
        (r"Guzm{\'a}n D{\'\i}az, Mar{\'\i}a", ("María Guzmán Díaz",), False),
        ("given=Hans, family=Harman, prefix=von", ("Hans von Harman",), False),
        (r"Erd\H{o}s, Paul AND {\L}ukasz Kaiser", ("Paul Erdős", "Łukasz Kaiser"), False),
        ("Ann~Author and\n   Bob Builder", ("Ann Author", "Bob Builder"), False),
    ],
)
def test_names_in_all_their_shapes(written: str, authors: tuple[str, ...], truncated: bool) -> None:
    paper = fields(f"author = {{{written}}}")
    assert (paper.authors, paper.authors_truncated) == (authors, truncated)


def test_a_list_of_authors_that_is_none_of_bibtex_is_read_and_marked_uncertain() -> None:
    paper = fields("author = {Ann Author, Bob Builder, Cy Dee}")
    assert paper.authors == ("Ann Author", "Bob Builder", "Cy Dee")
    assert paper.uncertain == ("authors",)
    assert ("author", "Ann Author, Bob Builder, Cy Dee") in paper.extra


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Schick, Timo and {van den Berg}, Ann", True), ("Schick, Timo and Ann van den Berg", False),
        ("Guzmán Díaz, María", True), ("{Google Research}", True), ("Schick, Timo and others", False),
        (r"G{\"o}del, Kurt", False),
    ],
)  # fmt: skip
def test_authors_are_kept_raw_only_when_their_names_do_not_tell_the_parts(written: str, kept: bool) -> None:
    assert (("author", written) in fields(f"author = {{{written}}}").extra) is kept


@pytest.mark.parametrize(
    ("written", "arxiv", "doi"),
    [
        ("eprint = {2302.04761v2}, archivePrefix = {arXiv}", "2302.04761", None),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", "hep-th/9901001", None),
        ("eprint = {2302.04761}, eprinttype = {jstor}", None, None),
        ("journal = {arXiv preprint arXiv:2302.04761}", "2302.04761", None),
        ("journal = {CoRR}, volume = {abs/2302.04761}", "2302.04761", None),
        ("url = {http://arxiv.org/pdf/2302.04761v1.pdf}", "2302.04761", None),
        ("doi = {https://doi.org/10.1145/ABC.1}", None, "10.1145/abc.1"),
        (r"doi = {10.1007/978-3-030-1\_2}", None, "10.1007/978-3-030-1_2"),
        (
            "doi = {10.1002/(SICI)1-2(1998)49:8<693::AID-A4>3.0.CO;2-O}",
            None,
            "10.1002/(sici)1-2(1998)49:8<693::aid-a4>3.0.co;2-o",
        ),
        ("url = {https://doi.org/10.1002/1:8%3C6::AID%3E3.0}", None, "10.1002/1:8<6::aid>3.0"),
        ("doi = {10.48550/arXiv.2302.04761}", "2302.04761", "10.48550/arxiv.2302.04761"),
    ],
)
def test_identifiers_are_found_where_programs_put_them(written: str, arxiv: str | None, doi: str | None) -> None:
    assert fields(written).identifiers == Identifiers(arxiv, doi)


def test_what_the_facts_give_back_word_for_word_is_not_kept_twice() -> None:
    paper = fields(
        "author = {Schick, Timo}, year = 2023, month = feb, eprint = {2302.04761}, archiveprefix = {arXiv}, "
        "primaryclass = {cs.CL}, doi = {10.1145/x}, url = {https://arxiv.org/abs/2302.04761}, abstract = {A.}"
    )
    assert paper.extra == ()
    assert (paper.categories, paper.abstract) == (("cs.CL",), "A.")


def test_a_field_inherits_from_the_entry_that_it_names_before_or_after_it() -> None:
    child = "@inproceedings{c, title={T}, crossref={P}}\n"
    parent = "@proceedings{p, title={Proc. of {X}}, year=2001, publisher={ACM}, editor={E F}}\n"
    for text in (child + parent, parent + child):
        papers = {item.citekey: item.paper for item in found(text) if isinstance(item, Incoming)}
        assert (papers["c"].venue, papers["c"].date) == ("Proc. of X", "2001")
        assert ("publisher", "ACM") in papers["c"].extra
        assert papers["p"].title == "Proc. of X"


def test_entries_that_name_each_other_or_nobody_come_in_all_the_same() -> None:
    assert sorted(map(str, keys("@misc{a,title={A},crossref={b}}@misc{b,title={B},crossref={a}}@misc{c,title={C},crossref={z}}"))) == ["a", "b", "c"]  # fmt: skip  # noqa: E501


def test_reading_fields_of_jabref_and_zotero_become_a_mark_and_stay_fields() -> None:
    incoming = one(
        "@article{k, title={T}, keywords = {Machine Learning; RL; A > B}, readstatus = {skimmed}, ranking = {rank4},\n"
        "priority = {prio1}, relevance = {relevant}, annote = {First\n  second}, comment-ann = {Hers}}"
    )
    mark = incoming.mark
    assert (mark.status, mark.rating, mark.priority, mark.starred) == ("skimmed", 4, 3, True)
    assert mark.tags == ("a/b", "machine-learning", "rl")
    assert [note.text for note in mark.notes] == ["First\nsecond", "Hers"]
    assert ("readstatus", "skimmed") in incoming.paper.extra


@pytest.mark.parametrize(
    "bad",
    [
        "@misc{x, title = {open, year = 2020",
        "@misc{x, title = {T}, what is this}",
        '@misc{x, title = "a } b"}',
        "@misc{x, author = {No Title}}",
        "@misc{x, title = {{}}}",
        "@misc{x, title = {T} year {2020}}",
    ],
)
def test_a_bad_entry_is_told_with_its_line_and_costs_no_other(bad: str) -> None:
    first, rejected, last = found(f"@misc{{a, title={{A}}}}\n\n{bad}\n@misc{{b, title={{B}}}}\n")
    assert isinstance(first, Incoming)
    assert isinstance(last, Incoming)
    assert last.citekey == "b"
    assert isinstance(rejected, Rejected)
    assert (rejected.line, rejected.source) == (3, "refs.bib")
    assert rejected.text.startswith("@misc{x")
    assert rejected.reason


def test_the_line_inside_an_entry_is_named() -> None:
    (rejected,) = found("\n@misc{x,\n  title = {T},\n  what is this\n}\n")
    assert isinstance(rejected, Rejected)
    assert (rejected.line, "line 3 of the entry" in rejected.reason) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, abstract = {See\n@article{x, y}\nfor more}, title={A}}",
        "@misc{a, title = {T} year = 2020 note = {missing commas}}",
        "@misc{a, title = {T}, % a comment\n year = ,\n}",
        '@misc(a, title = "The {5"} (x)", note = {)})',
        "@misc{a, title = {ends in a backslash \\\\}, year = 2020}",
        "@misc\n{a, title = {T}}",
        "junk @misc {a , title={T}} junk",
        '@comment{jabref-meta: x}\n@preamble{"\\newcommand{\\x}{y}"}\n@misc{a, title={T}}',
    ],
)
def test_what_can_be_read_is_read(text: str) -> None:
    assert keys(text) == ["a"]


@pytest.mark.parametrize(
    "comment",
    [
        "% Encoding: UTF-8",
        "This file was made by JabRef, see https://www.jabref.org",
        "https://arxiv.org/abs/2302.04761",
        "title, author, year",
        "mail me@x.org @ home",
        "TI - no record",
        "[1] {see below}",
    ],
)
def test_other_text_among_entries_is_a_comment(comment: str) -> None:
    assert keys(f"{comment}\n@misc{{a, title={{T}}}}\n\n{comment}\n@misc{{b, title={{T}}}}\n{comment}") == ["a", "b"]


def test_several_entries_stand_on_one_line() -> None:
    assert keys("@misc{a,title={A}} @misc{b,title={B}}@misc{c,title={C}}\n") == ["a", "b", "c"]


def test_an_entry_without_a_key_has_none() -> None:
    assert keys("@misc{, title={T}}\n@misc{title={U}}\n") == [None, None]


def test_a_field_that_stands_twice_is_kept_twice_unless_it_says_the_same() -> None:
    assert fields("note = {x}, note = {y}, note = {x}").extra == (("note", "x"), ("note-2", "y"))


def test_an_entry_of_no_end_is_given_up_and_the_next_one_comes_in() -> None:
    endless = "@misc{x, title = {" + "word {\n" * 800_000
    told = found(f"{endless}@misc{{b, title={{B}}}}\n@misc{{c, title={{C}}}}\n")
    rejected, last = [item for item in told if not isinstance(item, Furniture)][:2]
    assert isinstance(rejected, Rejected)
    assert len(rejected.text) <= 1 << 16
    assert isinstance(last, Incoming)


@pytest.mark.parametrize("text", ["@article{x, title={y}}\n", "\n% c\n @string{a = {b}}\n", "@comment{x}\n@misc{a,\n"])
def test_the_format_is_told_by_the_beginning_of_an_entry(text: str) -> None:
    assert detect(text) == "bibtex"


@pytest.mark.parametrize("text", ["mail me @home {sweet}", "@user: hello", "a@b.c {x}", "CLFeb 9, 2023\n@misc\n"])
def test_other_texts_are_no_bibtex(text: str) -> None:
    assert detect(text) != "bibtex"


_PIECES = st.sampled_from(
    ["@misc{a,", "@article(b,", "title = {T}", ",", "}", "{", ")", '"', "\n", " # ", "jan", "@string{s={x}}", "\\", "=",
     "@comment{", "crossref={a}", "author={A and B}", "@", "year=2020", "%", "\0", "\x1b[1m", "é"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=9)), max_size=40))
def test_any_text_is_read_without_an_error_and_nothing_unsafe_comes_out(pieces: list[str]) -> None:
    for item in found("".join(pieces)):
        if isinstance(item, Rejected):
            assert item.line >= 1
            assert item.reason
        elif isinstance(item, Furniture):
            assert not any(char in item.text for char in "\0\x1b\x9b\u202e")
        else:
            assert isinstance(item, Incoming)
            paper = item.paper
            whole = "".join((paper.title, paper.title_raw, *paper.authors, *map("".join, paper.extra)))
            assert paper.title
            assert not any(char in whole for char in "\0\x1b\x9b\u202e")


@given(st.integers(0, 400))
def test_a_file_cut_anywhere_gives_what_stood_before_the_cut(at: int) -> None:
    text = "".join(f"@misc{{k{n}, title = {{Paper {n}}}, year = {{20{n:02}}}}}\n" for n in range(9))[:at]
    whole = text.count("}}\n") + text.endswith("}}")
    items = found(text)
    assert [item.citekey for item in items if isinstance(item, Incoming)] == [f"k{n}" for n in range(whole)]
    assert len(items) - whole <= 1


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        (r"10.1002/(SICI)1097{\textless}1661::AID{\textgreater}3.0.CO;2-2", "10.1002/(sici)1097<1661::aid>3.0.co;2-2"),
        (r"10.1002/(SICI)1097\textless{}1661::AID\textgreater{}3.0.CO;2-2", "10.1002/(sici)1097<1661::aid>3.0.co;2-2"),
        (r"10.1007/978-3{\_}12", "10.1007/978-3_12"),
        (r"\url{https://doi.org/10.1007/978-3_12}", "10.1007/978-3_12"),
        (r"{10.1016/0370-2693(94)90000--0}", "10.1016/0370-2693(94)90000--0"),
    ],
)
def test_a_doi_is_read_without_what_tex_needs(written: str, doi: str) -> None:
    assert fields(f"doi = {{{written}}}").identifiers.doi == doi


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("CRISPR in <i>E. coli</i> and H<sub>2</sub>O &amp; more", "CRISPR in E. coli and H₂O & more"),
        (r"On {\textless}i{\textgreater}Flies{\textless}/i{\textgreater} \&amp; {BERT}", "On Flies & BERT"),
        ("CO{$<$}sub{$>$}2{$<$}/sub{$>$} and <b>{\\'E}t{\\'e}</b>", "CO₂ and Été"),
        ("If $a<b>c$ and $x<i>y$, then <i>z</i>", "If a<b>c and x<i>y, then z"),
        (r"Risk at p {\textless} 0.05, q {\textgreater} 3, a<b and c>d", "Risk at p < 0.05, q > 3, a<b and c>d"),
    ],
)
def test_marks_of_html_are_unicode_for_the_eye_and_relations_are_none(raw: str, shown: str) -> None:
    paper = one(f"@article{{k, title = {{{raw}}}, journal = {{{raw}}}, abstract = {{{raw}}}}}").paper
    assert (paper.title, paper.venue, paper.abstract, paper.title_raw) == (shown, shown, shown, raw)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("year = {2019/2020}, month = {Nov--Dec}", "2019"),
        ("year = {2019--20}", "2019"),
        ("date = {15 March 2019}", "2019-03-15"),
        ("year = {15 March 2019}", "2019-03-15"),
        (r"year = {{\noop{2001}}2019a}", "2019"),
        (r"year = {\noopsort{1973c}1981}", "1981"),
        ("year = {c. 2019}", "2019"),
        ("year = {2019-10}", "2019"),
        ("year = {in press}", None),
    ],
)
def test_a_date_that_is_more_than_a_year_is_read_and_kept(written: str, date: str | None) -> None:
    paper = fields(written)
    assert paper.date == date
    name, _, value = written.split(",", maxsplit=1)[0].partition(" = ")
    assert (name, value[1:-1]) in paper.extra


def test_what_a_preamble_defines_is_told() -> None:
    text = '@preamble{"\\newcommand{\\noop}[1]{}"}\n@misc{k, title = {T}}\n'
    told, _ = found(text)
    assert told == Furniture(1, text.splitlines()[0], "refs.bib")


def test_fields_behind_a_brace_too_many_are_told_with_their_entry() -> None:
    bad = "@article{a,\n  title = {Closed early}},\n  author = {Doe, Jane},\n  year = 2020\n}"
    rejected, last = found(f"{bad}\n\n@misc{{b, title={{B}}}}\n")
    assert rejected == Rejected(1, "line 2 of the entry: a brace closes it, and fields follow", bad, "refs.bib")
    assert isinstance(last, Incoming)
    assert keys(bad.replace("}},", "},")) == ["a"]


def test_what_stands_behind_a_bad_entry_in_its_line_is_told_with_it() -> None:
    rejected, *others = found('@misc{x, title = "a } b"}\n')
    assert isinstance(rejected, Rejected)
    assert (rejected.text, others) == ('@misc{x, title = "a } b"}', [])


def test_fields_that_stand_in_no_entry_are_told() -> None:
    _, rejected = found("@misc{a,\n  title={T}\n}\nmisc{b,\n  title = {U},\n}\n")
    assert rejected == Rejected(4, "it stands in no entry", "misc{b,\n  title = {U},\n}", "refs.bib")


def test_words_among_entries_are_counted_and_signs_and_lines_after_a_percent_sign_are_not() -> None:
    told = found("% title = {T},\nMade by hand\n@misc{a, title={T}},\n% @ home\n}\nThe end\n")
    assert [item for item in told if not isinstance(item, Incoming)] == [
        Furniture(2, "Made by hand", "refs.bib"), Furniture(6, "The end", "refs.bib")
    ]  # fmt: skip


def test_an_entry_of_ads_names_its_journal_and_its_authors_in_words() -> None:
    paper = fields(r"author = {{Abbott}, B.~P. and {Mac Low}, M.-M. and D.~E. Knuth}, journal = {\prl}, volume = 116")
    assert paper.authors == ("B. P. Abbott", "M.-M. Mac Low", "D. E. Knuth")
    assert paper.venue == "Phys. Rev. Lett."
    assert ("author", "{Abbott}, B.~P. and {Mac Low}, M.-M. and D.~E. Knuth") in paper.extra
    assert fields(r"journal = \aap").venue == "A&A"
    assert fields(r"journal = {\unheardof}").venue == "unheardof"


def test_a_macro_that_only_keeps_two_letters_together_is_not_seen() -> None:
    assert fields(r"author = {{\relax Ch}en, {\relax St}efan}").authors == ("Stefan Chen",)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("King, Martin Luther, Jr.", ("Martin Luther King Jr.",)),
        ("J. Smith and and A. Doe", ("J. Smith", "A. Doe")),
        ("Wei Wang 0001 and Wang, Wei 0002", ("Wei Wang", "Wei Wang")),
    ],
)
def test_names_that_are_not_written_as_bibtex_has_them_are_read(written: str, names: tuple[str, ...]) -> None:
    assert fields(f"author = {{{written}}}").authors == names


def test_a_list_with_initials_last_between_commas_is_marked() -> None:
    paper = fields("author = {Smith J., Doe A.}")
    assert (paper.authors, paper.uncertain) == (("J. Smith", "A. Doe"), ("authors",))


def test_a_group_behind_a_macro_in_braces_is_no_argument_of_it() -> None:
    assert fields(r"note = {x}, journal = {A{\textbackslash}{@}(b) \emph{c} {\'E}{D}}").venue == "A\\@(b) c \u00c9D"
