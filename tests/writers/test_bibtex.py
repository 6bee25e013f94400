"""BibTeX and BibLaTeX: what each rule writes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from readlist.errors import UsageError
from readlist.latex import readable
from readlist.mark import Mark, Note
from readlist.paper import Entry, Identifiers, Paper
from readlist.writers import format_writer, formats, styles
from readlist.writers.math import is_harmless
from readlist.writers.names import authors, raw_names
from readlist.writers.options import Options
from readlist.writers.raw_tex import is_balanced, sanitised
from readlist.writers.tex import escape, unsettable
from readlist.writers.titles import raw_title, title
from tests.papers import NOW, from_bib, paper
from tests.writers.hard_papers import as_entries, hostile_papers


def entry(one: Paper, key: str = "key") -> Entry:
    return Entry("p1", key, NOW, one)


def written(one: Paper | Entry, style: str = "bibtex", **options: bool) -> str:
    chosen = one if isinstance(one, Entry) else entry(one)
    return "".join(format_writer(style)([chosen], Options(**options)))


def field(one: Paper | Entry, name: str, style: str = "bibtex", **options: bool) -> str | None:
    found = re.search(rf"^  {name} = (.*),$", written(one, style, **options), re.MULTILINE)
    return found[1] if found else None


PREPRINT = paper(
    "Toolformer: LLM Agents and NetHack in MLE-bench", "Timo Schick", "Roberto Dessì", authors_truncated=True,
    date="2023-02-09", categories=("cs.CL",), identifiers=Identifiers("2302.04761"),
)  # fmt: skip


# ---------------------------------------------------------------------- entries


def test_a_preprint_is_misc_with_what_arxiv_asks_for() -> None:
    assert written(PREPRINT) == (
        "@misc{key,\n"
        "  title = {Toolformer: {LLM} Agents and {NetHack} in {MLE}-bench},\n"
        "  author = {Schick, Timo and Dess{\\`i}, Roberto and others},\n"
        "  year = {2023},\n  month = feb,\n"
        "  eprint = {2302.04761},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2302.04761},\n}\n"
    )


def test_biblatex_has_names_of_its_own_and_is_in_utf8() -> None:
    assert written(PREPRINT, "biblatex") == (
        "@online{key,\n"
        "  title = {Toolformer: {LLM} Agents and {NetHack} in {MLE}-bench},\n"
        "  author = {Schick, Timo and Dessì, Roberto and others},\n"
        "  date = {2023-02-09},\n"
        "  eprint = {2302.04761},\n  eprinttype = {arxiv},\n  eprintclass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2302.04761},\n}\n"
    )
    assert written(paper("T"), "biblatex").startswith("@misc{")


def test_an_old_preprint_keeps_its_archive_and_has_no_class() -> None:
    text = written(replace(PREPRINT, identifiers=Identifiers("hep-th/9901001"), categories=("hep-th",)))
    assert (
        "  eprint = {hep-th/9901001},\n  archivePrefix = {arXiv},\n  url = {https://arxiv.org/abs/hep-th/9901001}"
        in text
    )


@pytest.mark.parametrize(
    ("venue", "doi", "kind", "name"),
    [
        ("NeurIPS 2023", None, "inproceedings", "booktitle"),
        ("Proceedings of the 5th Meeting", None, "inproceedings", "booktitle"),
        ("nips", None, "inproceedings", "booktitle"),
        ("Nature", None, "article", "journal"),
        ("arXiv preprint", None, "misc", "howpublished"),
        (None, "10.1038/s41586-023-1", "article", None),
        (None, "10.1007/978-3-031-1", "inproceedings", None),
        (None, "10.1109/cvpr52688.2022.00001", "inproceedings", None),
        (None, "10.1109/tpami.2022.3", "article", None),
        (None, "10.48550/arxiv.2302.04761", "misc", None),
        (None, "10.9999/x", "misc", None),
    ],
)
def test_the_venue_or_the_doi_says_what_kind_of_entry_it_is(
    venue: str | None, doi: str | None, kind: str, name: str | None
) -> None:
    one = paper("T", venue=venue, identifiers=Identifiers(None, doi))
    assert written(one).startswith(f"@{kind}{{")
    if name:
        assert field(one, name) == f"{{{venue}}}"


def test_identifiers_and_addresses_are_read_verbatim_and_steer_nothing() -> None:
    one = paper("T", identifiers=Identifiers(None, "10.1002/(sici)49:8<693::a_b>3.0.co;2-o"))
    assert field(one, "doi") == "{10.1002/(sici)49:8<693::a_b>3.0.co;2-o}"
    hostile = paper("T", identifiers=Identifiers(None, "10.1/}\\input{x}^^5c#@misc(\ud800"))
    assert field(hostile, "doi") == "{10.1/%7D%5Cinput%7Bx%7D%5E%5E5c%23%40misc(}"


def test_a_key_that_no_program_can_read_is_made_one() -> None:
    assert written(entry(paper("T"), "o'neil:2020+x")).startswith("@misc{o'neil:2020+x,")
    assert written(entry(paper("T"), "a{b, c")).startswith("@misc{abc-p1,")
    assert written(entry(paper("T"), "o'neil")).startswith("@misc{o'neil,")
    assert written(entry(paper("T"), "o'neil"), "biblatex").startswith("@misc{oneil-p1,")


# ---------------------------------------------------------------------- what came in with a .bib file

FOREIGN = paper(
    "The NetHack Environment", "Ann Author", title_raw="The {NetHack} {\\'E}nvironment \\& $x^2$", kind="techreport",
    date="2020-05", venue="Some Lab", sources=("refs.bib",), abstract_raw="An {\\'a}bstract.\nIn lines.",
    extra=(
        ("author", "{Google Team} and {\\'E}lan, Ann"), ("institution", "Some {Lab}"), ("volume", "{3}"),
        ("pages", "1--10"), ("month", "may"), ("x-own", "a\\textbf{b} 100\\%"), ("url", "http://a.b/c_d?e=%20f&g#h"),
        ("howpublished", "\\url{http://a.b/~c_d}"), ("file", "C\\:\\\\x\\\\y.pdf:PDF"),
        ("editor", "{, Smith}, and , Jones"),
        ("annote", "mine"), ("keywords", "rl, games"), ("crossref", "elsewhere"),
    ),
)  # fmt: skip


def test_what_came_in_goes_out_again() -> None:
    one = replace(FOREIGN, authors=("Google Team", "Ann Élan"))
    assert written(one) == (
        "@techreport{key,\n"
        "  title = {The {NetHack} {\\'E}nvironment \\& {$x^2$}},\n"
        "  author = {{Google Team} and {\\'E}lan, Ann},\n"
        "  year = {2020},\n  month = may,\n"
        "  institution = {Some {Lab}},\n  howpublished = {\\url{http://a.b/~c_d}},\n"
        "  url = {http://a.b/c_d?e=%20f&g#h},\n"
        "  abstract = {An {\\'a}bstract.\nIn lines.},\n"
        "  volume = {{3}},\n  pages = {1--10},\n  x-own = {a\\textbf{b} 100\\%},\n"
        "  file = {C\\:\\\\x\\\\y.pdf:PDF},\n  editor = {{, Smith} and Jones},\n  keywords = {rl, games},\n}\n"
    )


def test_authors_of_a_source_that_are_not_the_papers_any_more_are_not_written() -> None:
    assert field(FOREIGN, "author") == "{Author, Ann}"


def test_the_fields_of_a_hostile_file_are_harmless() -> None:
    extra = (
        ("note", "\\input{secret} \\write18{rm} ^^5cinput lone }"), ("editor", ", and and {"), ("bad name", "x"),
        ("abstract", "$\\input{x}$ $y$"), ("url", "\\input{x}"), ("file", "lone }"),
    )  # fmt: skip
    text = written(paper("T", kind="string", extra=extra))
    assert text.startswith("@misc{")
    assert "bad name" not in text
    assert not re.search(r"\\(?:input|write)|\^\^", text)
    assert "$y$" in text
    assert text.count("{") == text.count("}")


@given(st.text(alphabet=" nd,ab X{}\\$%&#_^~'\"`-.,:@<>|=\u0301\u00e9\u65e5\u03b1\u0131", max_size=24))
def test_what_was_written_once_is_written_the_same_again(raw: str) -> None:
    once = sanitised(raw)
    assert sanitised(once) == once
    of_bib = raw_title(raw)
    assert raw_title(of_bib) == of_bib
    names = raw_names(raw)
    assert raw_names(names) == names
    assert all(map(is_balanced, (once, of_bib, names)))


@pytest.mark.parametrize("unicode", [False, True])
def test_a_title_that_comes_back_from_a_file_is_written_the_same(unicode: bool) -> None:
    for one in hostile_papers(400):
        if one.kind is None:
            once = title(one.title_raw, one.title, unicode=unicode)
            assert raw_title(once, unicode=unicode) == once


# ---------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aäron van den Oord", 'van den Oord, A{\\"a}ron'),
        ("Martin Luther King, Jr.", "King, Jr., Martin Luther"),
        ("D'Oro, Pierluca", "D'Oro, Pierluca"),
        ("The X Collaboration", "{The X Collaboration}"),
        ("Barnes and Noble, Inc.", "{Barnes and Noble, Inc.}"),
        ("Barnes & Noble", "{Barnes {\\&} Noble}"),
        ("ａｎｄ Co", "{and Co}"),
        ("others", "other{s}"),
        ("AT&T Labs", "AT{\\&}T{ }Labs"),
        ("Xα-β Gamma", "Gamma, X{\\ensuremath{\\alpha}}-{\\ensuremath{\\beta}}"),
        ("OpenAI", "OpenAI"),
        ("Garcia y Vega, Jose", "{Garcia y Vega}, Jose"),
        (", Smith", "Smith"),
        ("{, Smith}", "Smith)"),
        ("École and Co", "{\\'E}cole{ }and{ }Co"),
        ("%", "{-}"),
        ("(;", "{(;}"),
        ("·Ann `Author", "Author, Ann"),
        ("·", "{-}"),
        ("\u200b", ""),
        (",", ""),
    ],
)
def test_names_are_written_as_bibtex_reads_them(name: str, expected: str) -> None:
    assert authors(paper("T", name)) == expected


def test_a_cut_list_ends_in_others_and_an_empty_one_is_none() -> None:
    assert authors(paper("T", "Ann A", ",", authors_truncated=True)) == "A, Ann and others"
    assert "author" not in written(paper("T", ",", authors_truncated=True))


# ---------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deep Learning for NetHack and LLMs", "Deep Learning for {NetHack} and {LLMs}"),
        ("A* Search and Q-Learning: A Survey", "{A}* Search and {Q}-Learning: A Survey"),
        ("Bayesian Methods for Markov Chains", "{Bayesian} Methods for {Markov} Chains"),
        ("learning to play the games of Zork well", "learning to play the games of {Zork} well"),
        ("O'Neil's 3D ÉCOLE", "{O'Neil's} {3D} {{\\'E}COLE}"),
        ("100% of $5 & #1_a ~ {x", "100\\% of \\$5 \\& \\#1\\_a {\\textasciitilde} {\\textbraceleft}x"),
        ("Bounds of $\\mathcal{O}(n)$ for α-VAEs", "Bounds of {$\\mathcal{O}(n)$} for {$\\alpha$}-{VAEs}"),
        ("@misc{x, title = y}", "{@}misc{\\textbraceleft}x, title = y{\\textbraceright}"),
        ("\\input ^^5c", "{\\textbackslash}input {\\textasciicircum}{\\textasciicircum}5c"),
    ],
)  # fmt: skip
def test_titles_keep_their_capitals_word_by_word(text: str, expected: str) -> None:
    assert title(text, text) == expected


@pytest.mark.parametrize(
    ("math", "harmless"),
    [
        ("x^2", True), ("\\alpha_{i}^{2}", True), ("\\mathcal{O}(n \\log n)", True), ("\\frac{1}{\\sqrt{n}}", True),
        ("\\mathbb R^n", True), ("\\{0,1\\}", True), ("x'^2", True), ("x''", True), ("\\hat x_t", True),
        ("\\input{x}", False), ("x^^5c", False), ("a}{b", False), ("x^2^3", False), ("x^2 ^3", False), ("x_", False),
        ("\\frac{1}", False), ("\\def\\x{}", False), ("x^2'", False), ("\\left( x", False), ("\u65e5", False),
        (" ", False),
        ("\\mathbf", False), ("x&y", False), ("x%y", False), ("{" * 50 + "}" * 50, False), ("\\{", False),
    ],
)  # fmt: skip
def test_math_is_kept_only_if_tex_is_sure_to_set_it(math: str, harmless: bool) -> None:
    assert is_harmless(math) == harmless


# ---------------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        (r"$7~\text{fb}^{-1}$", r"$7\ \mathrm{fb}^{-1}$"),
        (r"$\operatorname{Tr}_{\text{a b}} \bm x$", r"$\mathrm{Tr}_{\mathrm{a\ b}} \mathbf x$"),
        (r"$\unheardof{x}$", "{x}"),
        ("$5 & $6", r"\$5 \& \$6"),
    ],
)
def test_math_that_needs_a_package_is_written_as_latex_itself_sets_it_or_as_text(raw: str, written: str) -> None:
    assert sanitised(raw) == written
    assert sanitised(written) == written


def test_accents_are_ascii_or_utf8_and_never_on_a_dotless_letter() -> None:
    assert escape("Dessì ŭı ñ Şậấ ø") == "Dess{\\`i} {\\u{u}}{\\i} {\\~n} {\\c{S}}{\\d{\\^a}}{\\'{{\\^a}}} {\\o}"
    assert escape("Dessì ñ Ş ø – “q”", unicode=True) == "Dessì ñ Ş ø – “q”"
    assert escape("Şậấ", unicode=True) == "Şậ{\\'{{\\^a}}}"
    assert escape("– “q” ‘r’ …") == "-- ``q'' `r' {\\ldots}"
    assert escape("n\u0303 i\u0301 \u0131\u0301") == "{\\~n} {\\'i} {\\'i}"
    assert sanitised("\\'\\i \\'{\\i} \\v{\\j}") == "\\'i \\'i \\v{j}"


def test_accents_in_utf8_are_those_of_the_option() -> None:
    one = paper("Über α", "Roberto Dessì")
    assert field(one, "author", unicode=True) == "{Dessì, Roberto}"
    assert field(one, "title", unicode=True) == "{Über {$\\alpha$}}"
    assert written(one).isascii()


def test_nothing_that_hides_or_steers_is_written() -> None:
    text = written(paper("a\u202eb\x1b[31mc\x00d\u200be\ud800f\ng", "A\u202eB \x07C"))
    assert "ab[31mcdef g" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]", text)


def test_scripts_that_pdflatex_cannot_set_are_kept_and_can_be_told() -> None:
    text = written(paper("日本語 и ß é α", "李 雷"))
    assert unsettable(text) == "日本語и雷李"
    assert not unsettable(written(paper("ß é α – ½", "Łukasz Ğ"), "biblatex"))


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
@given(st.lists(st.tuples(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=3)), max_size=4))
def test_braces_balance_and_entries_are_as_many_as_papers(style: str, drawn: list[tuple[str, list[str]]]) -> None:
    papers = [paper(text, *people, kind="misc" if len(text) % 2 else None) for text, people in drawn]
    text = "".join(format_writer(style)(as_entries(papers)))
    depth, entries = 0, 0
    for char in text:
        entries += char == "@" and depth == 0
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert entries == len(drawn)
    assert not re.search(r"\\(?:input|write|csname|def|openout)\b|\^\^", text)


# ---------------------------------------------------------------------- private marks

MARKED = replace(
    entry(paper("T", kind="misc", extra=(("keywords", "games, RL"), ("annote", "held & true")), sources=("x.bib",))),
    mark=Mark(
        tags=("ml/deep", "rl"), notes=(Note("n1", "100% mine\nand more", NOW, NOW), Note("n2", "held & true", NOW, NOW))
    ),
)


def test_private_marks_go_out_only_when_they_are_asked_for() -> None:
    text = written(MARKED)
    assert "mine" not in text
    assert "held" not in text
    assert "ml/deep" not in text
    assert field(MARKED, "keywords") == "{games, RL}"


def test_notes_and_tags_join_what_the_source_had() -> None:
    text = written(MARKED, with_notes=True, with_tags=True)
    assert "  keywords = {games, RL, ml/deep},\n" in text
    assert "  annote = {held \\& true\n\n100\\% mine\nand more},\n" in text
    bare = replace(MARKED, paper=paper("T"))
    assert "  annotation = {100\\% mine\nand more\n\nheld \\& true},\n" in written(bare, "biblatex", with_notes=True)
    assert field(bare, "keywords", with_tags=True) == "{ml/deep, rl}"


# ---------------------------------------------------------------------- the whole


def test_the_same_entries_give_the_same_bytes_and_nothing_is_held() -> None:
    entries = as_entries(list(hostile_papers(50)))
    write = format_writer("bibtex")
    assert list(write(entries)) == list(write(entries))
    pieces = write(iter(entries))
    assert next(pieces).startswith("@")
    assert readable(title("$x^2$", "x²")) == "x²"


def test_what_cannot_be_written_is_told() -> None:
    assert {"bibtex", "biblatex", "json", "ris"} <= set(formats())
    assert {"bibtex", "biblatex", "plain"} <= set(styles())
    with pytest.raises(UsageError) as error:
        format_writer("xlsx")
    assert "bibtex" in error.value.hint


def test_what_biblatex_calls_otherwise_stands_under_the_names_that_bibtex_knows() -> None:
    thesis = written(
        from_bib("@thesis{t, type={phdthesis}, institution={UMass}, location={Amherst}, title={T}, date={1984-02}}")
    )
    assert thesis.startswith("@phdthesis{")
    assert "  school = {UMass},\n" in thesis
    assert "  address = {Amherst},\n" in thesis
    assert "type" not in thesis.replace("@phdthesis", "")
    article = written(from_bib("@article{a, title={T}, author={Ann Au}, journaltitle={Annalen}, date={1905}}"))
    assert "  journal = {Annalen},\n" in article
    assert written(from_bib("@report{r, type={techreport}, institution={WHO}, title={T}}")).startswith("@techreport{")
    assert written(from_bib("@thesis{t, type={Habilitation}, institution={U}, title={T}}")).startswith("@thesis{")
    assert "  journaltitle = {Annalen},\n" in written(
        from_bib("@article{a, title={T}, journaltitle={Annalen}}"), "biblatex"
    )


def test_a_doi_stands_without_a_resolver_and_no_address_is_made_of_it() -> None:
    entry = written(from_bib("@article{a, title={T}, journal={J}, doi={https://doi.org/10.1109/CVPR.2009.1}}"))
    assert "  doi = {10.1109/CVPR.2009.1},\n" in entry
    assert "url" not in entry
    kept = written(from_bib("@article{a, title={T}, journal={J}, doi={10.1109/x}, url={https://doi.org/10.1109/x}}"))
    assert "  url = {https://doi.org/10.1109/x},\n" in kept


def test_a_link_in_a_title_is_its_words() -> None:
    linked = r"On \href{http://a.b/c_d%20e}{the \emph{thing}} and \href{x}"
    wanted = r"{On {the \emph{thing}} and {\textbackslash}href{x}}"
    assert field(from_bib(f"@misc{{k, title={{{linked}}}}}"), "title") == wanted


def test_addresses_and_the_day_of_a_month_go_out_as_they_came() -> None:
    one = from_bib(
        r"@misc{k, title = {A \href{https://x.org/t}{linked} title}, author = {Ann A}, year = 2020, "
        r'month = feb # "~12", howpublished = {\url{https://x.org/a?b=1&c=2}}, '
        r"note = {\href{https://y.org}{the page}, \href{http://z.org}{http://z.org}}}"
    )
    text = written(one)
    for line in (
        'month = feb # "~12",', r"howpublished = {\url{https://x.org/a?b=1&c=2}},", "url = {https://x.org/t},",
        r"note = {{the page} (\url{https://y.org}), \url{http://z.org}},",
    ):  # fmt: skip
        assert f"  {line}\n" in text
    assert written(from_bib(text)) == text
    other = from_bib('@misc{k, title = {T}, author = {Ann A}, year = 2020, month = "12 Feb."}')
    assert 'month = "12~" # feb' in written(other)
    assert "date = {2020-02-12}" in written(other, "biblatex")


@pytest.mark.parametrize(
    ("written_url", "wanted"),
    [
        (r"http://x.org/a{\_}b{\%}20c{~}d", "{http://x.org/a_b%20c~d}"),
        (r"http://x.org/\textasciitilde{}a/{\textasciitilde}b/$\sim$c", "{http://x.org/~a/~b/~c}"),
        (r"\url{https://example.org/b}", "{https://example.org/b}"),
        (r"http://x.org/a\_b", r"{http://x.org/a\_b}"),
    ],
)
def test_an_address_is_written_without_what_tex_needs_elsewhere(written_url: str, wanted: str) -> None:
    assert field(from_bib(f"@misc{{k, title={{T}}, url={{{written_url}}}}}"), "url") == wanted


def test_an_address_that_no_macro_may_set_is_a_field_of_its_own() -> None:
    one = from_bib(r"@misc{k, title={T}, howpublished={\url{https://x.org/a_b%20c#d}}}")
    assert field(one, "url") == field(one, "url", "biblatex") == "{https://x.org/a_b%20c#d}"
    assert field(one, "howpublished") == r"{{https://x.org/a\_b\%20c\#d}}"
    assert field(one, "howpublished", "biblatex") is None
    assert written(from_bib(written(one))) == written(one)
    other = from_bib(r"@misc{k, title={T}, url={https://y.org}, howpublished={\url{https://x.org/a%20b}}}")
    assert (field(other, "url", "biblatex"), field(other, "howpublished", "biblatex")) == (
        "{https://y.org}", r"{{https://x.org/a\%20b}}"
    )  # fmt: skip


def test_marks_of_html_and_markdown_are_macros_and_everything_else_is_escaped() -> None:
    raw = 'H<sub>2</sub>O &amp; <span class="nocase">the BERT</span>, 5% of <i>E. coli_x</i> in *bold words* of C*'
    shown = "H₂O & the BERT, 5% of E. coli_x in bold words of C*"
    wanted = r"{{H}\textsubscript{2}{O} \& {the BERT}, 5\% of \textit{E. coli\_x} in \textit{bold words} of {C}*}"
    for kind in (None, "article"):
        assert field(paper(shown, "Ann A", title_raw=raw, kind=kind), "title") == wanted
    emphatic = paper("A fine thing", "Ann A", title_raw="A *fine* thing")
    assert field(emphatic, "title") == r"{A \textit{fine} thing}"
    assert field(paper("T", kind="article", venue="J X", extra=(("journal", "J <i>X</i> &amp; Y"),)), "journal") == (
        r"{J \textit{X} \& Y}"
    )


def test_marks_in_a_title_that_came_as_tex_are_macros_and_relations_stay() -> None:
    hidden = r"On <i>Flies</i> \&amp; H<sub>2</sub>".replace("<", r"{\textless}").replace(">", r"{\textgreater}")
    for raw, wanted in (
        (hidden, r"{On \textit{Flies} \& {H}\textsubscript{2}}"),
        ("If $a<b>c$, then <i>z</i>", r"{If {$a<b>c$}, then \textit{z}}"),
        (r"Risk at p {\textless} 0.05", r"{Risk at p {\textless} 0.05}"),
    ):
        one = from_bib(f"@misc{{k, title={{{raw}}}}}")
        assert field(one, "title") == wanted
        assert written(from_bib(written(one))) == written(one)


def test_a_season_is_a_month_in_words_and_in_biblatex_a_part_of_the_date() -> None:
    for one in (
        from_bib("@misc{k, title={T}, author={Ann A}, year=2019, month={Spring}}"),
        from_bib("@misc{k, title={T}, author={Ann A}, date={2019-21}, month={Spring}}"),
        paper("T", "Ann A", kind="misc", date="2019", extra=(("issued", "Spring 2019"),)),
    ):
        assert one.date == "2019"
        assert (field(one, "year"), field(one, "month"), field(one, "issued")) == ("{2019}", "{Spring}", None)
        assert (field(one, "date", "biblatex"), field(one, "month", "biblatex")) == ("{2019-21}", None)
    other = paper("T", "Ann A", kind="misc", date="2019", extra=(("issued", "forthcoming"),))
    assert (field(other, "year"), field(other, "issued")) == ("{2019}", "{forthcoming}")
    assert field(paper("T", "Ann A", kind="misc", extra=(("year", "in press"),)), "year") == "{in press}"


@pytest.mark.parametrize(
    ("said", "bibtex", "biblatex"),
    [
        ("year={2019/2020}, month={Nov--Dec}", ("{2019/2020}", "{Nov--Dec}"), "{Nov--Dec 2019/2020}"),
        (r"year={{\noop{2001}}2019a}", ("{2019a}", None), "{2019a}"),
        ("date={15 March 2019}", ("{2019}", "mar"), None),
        ("year={{2019}}, month=mar", ("{2019}", "mar"), None),
    ],
)
def test_more_than_a_year_goes_out_as_it_came(said: str, bibtex: tuple[str, str | None], biblatex: str | None) -> None:
    one = from_bib(f"@misc{{k, title={{T}}, author={{Ann A}}, {said}}}")
    assert (field(one, "year"), field(one, "month")) == bibtex
    assert (field(one, "issued", "biblatex"), field(one, "year", "biblatex")) == (biblatex, None)
    assert written(from_bib(written(one))) == written(one)


@pytest.mark.parametrize(
    ("keywords", "wanted"),
    [
        ("deep learning; graphs", "{deep learning; graphs; extra}"),
        ("Deep Learning, graphs", "{Deep Learning, graphs, extra}"),
        ("A > B, Graphs, deep  learning", "{A {\\textgreater} B, Graphs, deep learning, extra}"),
    ],
)
def test_a_tag_that_a_keyword_made_is_written_once(keywords: str, wanted: str) -> None:
    one = from_bib(f"@misc{{k, title={{T}}, author={{Ann A}}, keywords={{{keywords}}}}}")
    tags = ("deep-learning", "extra", "graphs", *(("a/b",) if ">" in keywords else ()))
    marked = Entry("p1", "k", NOW, one, Mark(tags=tags))
    assert f"  keywords = {wanted},\n" in "".join(format_writer("bibtex")([marked], Options(with_tags=True)))
    for style in ("ris", "csl-json"):
        text = "".join(format_writer(style)([marked], Options(with_tags=True)))
        assert ("deep-learning" in text, text.casefold().count("graphs"), "extra" in text) == (False, 1, True)


@pytest.mark.parametrize("said", ["Doe, J.; Roe, A.; Poe, B.", "J. Doe; A. Roe; B. Poe", "Doe, J., Roe, A., Poe, B."])
def test_authors_that_other_signs_divide_are_written_as_bibtex_divides_them(said: str) -> None:
    one = from_bib(f"@misc{{k, title={{T}}, author={{{said}}}}}")
    assert (one.authors, one.uncertain) == (("J. Doe", "A. Roe", "B. Poe"), ("authors",))
    assert field(one, "author") == "{Doe, J. and Roe, A. and Poe, B.}"


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("publisher", "Stone and and Sons", "{{Stone and and Sons}}"),
        ("publisher", "Stone and Sons", "{Stone and Sons}"),
        ("pages", "7⁻", "{7{$^{-}$}}"),
        ("editor", "on –€", "{on}"),
        (
            "note",
            "$7 \\text{fb \\input{x}}^{-1}$",
            "{\\$7 {\\textbackslash}text{fb {\\textbackslash}input{x}}{\\textasciicircum}{-1}\\$}",
        ),
    ],
)
def test_no_field_breaks_what_biber_makes_of_it(name: str, value: str, written: str) -> None:
    text = "".join(format_writer("bibtex")([entry(paper("T", "Ann A", kind="book", extra=((name, value),)))]))
    assert f"{name} = {written}" in text
