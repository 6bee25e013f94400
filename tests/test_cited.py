"""What documents cite: LaTeX, the .aux files of real runs, pandoc's Markdown, and any junk."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cited import KINDS, Cited, cited_in
from readlist.cited.aux import keys as of_aux
from readlist.cited.markdown import keys as of_markdown
from readlist.cited.tex import keys as of_tex
from readlist.errors import SourceError


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\cite{a}", ["a"]),
        (r"\cite{a, b ,c,,}", ["a", "b", "c"]),
        ("\\cite{a,%\n  b,\n  c}", ["a", "b", "c"]),
        (r"\cite[p.~3]{a} \cite[see][p. 3]{b} \cite [x] {c}", ["a", "b", "c"]),
        ("\\cite\n[p]\n{a}", ["a"]),
        ("\\cite\n\n{a}", []),
        (r"\cite[{see [x]}]{a} \cite[see \emph{x} and [y]]{b}", ["a", "b"]),
        (r"\citep*{a} \Citet{b} \citeauthor{c} \citeyearpar{d} \citealp[e]{f} \citealt{g}", list("abcdfg")),
        (r"\parencite{a} \textcite{b} \footcite{c} \autocite*{d} \Parencite{e} \fullcite{f}", list("abcdef")),
        (r"\footcitetext{a} \smartcite{b} \supercite{c} \nocite{d} \citefield{e}{title}", list("abcde")),
        (r"\cites{a}{b} \parencites[1]{c}[2][3]{d}{e} {f}", list("abcdef")),
        (r"\textcites(see)(also)[1]{a}[2]{b,c}", list("abc")),
        (r"\cites(a (b) [c)[1]{d}", ["d"]),
        (r"\volcite{2}{a} \pvolcite[see]{1}[p. 3]{b} \volcites{1}{c}{2}[p]{d}", list("abcd")),
        (r"\defcitealias{a}{Paper I} \citetalias{a} \bibentry{b} \onlinecite{c} \citeA<see>{d}", ["a", "a", "b", "c"]),
        (r"\citetext{see \citealp{a}}", ["a"]),
        (r"\mycite{a} \longcite{b}", ["a", "b"]),
        (r"\newcommand{\mycite}[1]{\cite{#1}} \newcommand\other[1]{\cite{#1}}", []),
        (r"\bibcite{a}{1} \citestyle{apa} \AtEveryCite{x} \excitement{y} \setcitestyle{z} \newcites{w}{W}", []),
        (r"% \cite{a}", []),
        (r"50\% \cite{a} \\% \cite{b}", ["a"]),
        (r"\\cite{a}", []),
        (r"\verb|\cite{a}| \verb*+\cite{b}+ \lstinline!\cite{c}! \cite{d}", ["d"]),
        ("\\verb|\\cite{a}\n\\cite{b}", ["a", "b"]),
        ("\\begin{verbatim}\n\\cite{a} %\n\\end{verbatim}\\cite{b}", ["b"]),
        ("\\begin{lstlisting}[x]\\cite{a}\\end{lstlisting} \\begin{comment}\\cite{b}\\end{comment}", []),
        ("% \\begin{verbatim}\n\\cite{a}", ["a"]),
        ("\\begin{verbatim}\n\\cite{a}", ["a"]),
        (r"\iffalse \cite{a} \fi \cite{b}", ["b"]),
        (r"\cite{a} \end{document} \cite{b}", ["a"]),
        (r"\nocite{*} \cite{a}", ["*", "a"]),
        (r"\cite[never closed \cite{a}", ["a"]),
        (r"\cite{never closed \cite{a}", ["a"]),
        (r"\cite{DBLP:conf/nips/X17} \cite{a_b-c.d+e}", ["DBLP:conf/nips/X17", "a_b-c.d+e"]),
    ],
)
def test_latex_cites_what_its_commands_are_given(text: str, keys: list[str]) -> None:
    assert of_tex(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@a]", ["a"]),
        ("[see @a, pp. 3-5; also @b]", ["a", "b"]),
        ("[-@a] and -@b says", ["a", "b"]),
        ("@a says [p. 3]. As @b.", ["a", "b"]),
        ("@a's (@b) **@c** @d, @e; @f: @g!", list("abcdefg")),
        ("@Foo_2020 @doe:2020/x @a--b @a.b.", ["Foo_2020", "doe:2020/x", "a", "a.b"]),
        ("@{https://example.com/bib?name=foobar&date=2000}", ["https://example.com/bib?name=foobar&date=2000"]),
        ("@{a key} @{} @ @-a", []),
        ("me@site.org a\\@b @@c", []),
        ("`@a` ``x ` @b`` @c", ["c"]),
        ("`never closed @a", ["a"]),
        ("`\n\n@a `", ["a"]),
        ("```\n@a\n```\n@b", ["b"]),
        ("```python\n@a\n~~~\n@b\n`````\n@c", ["c"]),
        ("> ~~~\n> @a\n> ~~~\n@b", ["b"]),
        ("````\n@a\n```\n@b", ["a", "b"]),
        ("<!-- @a --> @b <!-- @c", ["b", "c"]),
        ("https://medium.com/@a/x [x](http://y.z/@b) @c", ["c"]),
        ("@fig:one @sec:intro @fig-two @tbl-x @section-x", ["section-x"]),
        ('---\nnocite: "@*"\nauthor: me@x.org\n---\n@a', ["*", "a"]),
        ("---\nnocite: |\n  @a, @b\n---\n", ["a", "b"]),
        ("@größe2020 @李2020", ["größe2020", "李2020"]),
    ],
)
def test_markdown_cites_as_pandoc_reads_it(text: str, keys: list[str]) -> None:
    assert of_markdown(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("\\relax\n\\citation{a,b}\n\\citation{a}\n\\bibcite{c}{1}\n", ["a", "b", "a"]),
        ("\\abx@aux@cite{0}{a}\n\\abx@aux@segm{0}{0}{a}\n\\abx@aux@cite{b}\n", ["a", "b"]),
        (
            "\\citation{biblatex-control}\n\\citation{REVTEX42Control}\n\\citation{apsrev42Control}\n\\citation{a}",
            ["a"],
        ),
        ("\\citation{*}", ["*"]),
        ("\\abx@aux@cite{0}{a}\n\\abx@aux@nociteall\n", ["a", "*"]),
        ("x \\citation{a}", []),
    ],
)
def test_an_aux_file_hands_over_its_keys(text: str, keys: list[str]) -> None:
    assert of_aux(text) == keys


def test_the_keys_of_several_documents_come_in_order_and_once(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"\cite{b,a} \nocite{*}")
    (tmp_path / "b.md").write_text("[@c; @a]")
    found = cited_in([("tex", tmp_path / "a.tex"), ("md", tmp_path / "b.md")])
    assert found == Cited(("b", "a", "c"), everything=True)


def test_the_aux_files_of_chapters_are_followed_but_not_twice_nor_where_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    lines = ("citation{a}", "@input{chapters/one.aux}", "@input{none.aux}", "@input{main.aux}")
    (tmp_path / "main.aux").write_text("".join(f"\\{line}\n" for line in lines))
    (tmp_path / "chapters" / "one.aux").write_text("\\citation{b}\n\\@input{chapters/../main.aux}\n")
    assert cited_in([("aux", tmp_path / "main.aux")]).keys == ("a", "b")


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_document_that_cannot_be_read_is_told(tmp_path: Path, kind: str) -> None:
    for path, told in ((tmp_path / "none", "cannot read"), (tmp_path, "is a folder"), (Path("a\0b"), "cannot read")):
        with pytest.raises(SourceError, match=told):
            cited_in([(kind, path)])


def test_a_document_with_other_line_ends_and_encodings_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_bytes(b"\xef\xbb\xbf\\cite{a}% \\cite{no}\r\\cite{b} \xe9\xff \\cite{c\xe9}\r\n\\cite{d}")
    assert cited_in([("tex", path)]).keys == ("a", "b", "d")


PARTS = [*"\\{}[]()%@*`~<!->,;: \nab|vr", "cite", "\\cite", "\\cites", "\\begin{verbatim}", "```"]
JUNK = st.lists(st.sampled_from(PARTS), max_size=30).map("".join) | st.text()


@pytest.mark.parametrize("kind", list(KINDS))
@given(text=JUNK)
def test_any_text_is_read_and_every_key_stands_in_it(kind: str, text: str) -> None:
    for key in KINDS[kind](text):
        assert key
        assert key in text
        assert not any(char.isspace() for char in key)


@given(before=JUNK, keys=st.lists(st.from_regex(r"[a-z]{3}[0-9]{4}", fullmatch=True), min_size=1, max_size=4))
def test_a_citation_in_a_paragraph_of_its_own_is_found_after_anything_that_is_no_comment(
    before: str, keys: list[str]
) -> None:
    opened = ("\\begin", "\\iffalse", "\\verb", "\\end", "\\lst")
    if not any(word in before for word in opened):
        assert of_tex(f"{before}\n\n\\cite{{{','.join(keys)}}}\n")[-len(keys) :] == keys


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize(
    "part",
    [
        *(r"\cite[", r"\cite{", r"\cites(", r"\cites[a]{b}", "%", r"\begin{verbatim}", r"\iffalse", r"\verb|", "`"),
        *("` `` ``` ", "```\n~~~\n", "<!--", "@", "@a:", "@{", "http://", "a.", "\n ", "\\citation{", "\\@input{"),
    ],
)
def test_a_large_file_of_one_thing_is_read_in_time_that_grows_with_it(kind: str, part: str) -> None:
    """Were it to grow with the square of it, this would not end."""
    assert set(KINDS[kind](part * 30_000)) <= {"a", "b"}


BIBLATEX = r"\usepackage[backend=biber]{biblatex}"
LATEX = [name for name in ("pdflatex", "bibtex") if shutil.which(name) is None]


@pytest.mark.skipif(bool(LATEX), reason=f"not installed: {', '.join(LATEX)}")
@pytest.mark.parametrize(
    ("preamble", "body", "keys"),
    [
        ("", r"\cite{one} \cite[p.~2]{two,three} \include{chapter}", "one two three four"),
        (r"\usepackage{natbib}", r"\citep[see][p.~3]{one} \citet{two} \citeauthor{three}", "one two three"),
        (BIBLATEX, r"\textcites(a)[1]{one}[2]{two} \nocite{three}", "one two three"),
        (BIBLATEX, r"\parencite{one} \nocite{*}", "one *"),
        (BIBLATEX.replace("biber", "bibtex"), r"\autocite{one} \include{chapter}", "one four"),
        ("", r"\cite{one} \nocite{*}", "one *"),
    ],
)
def test_the_aux_file_and_the_source_of_a_real_run_cite_the_same(
    tmp_path: Path, preamble: str, body: str, keys: str
) -> None:
    (tmp_path / "chapter.tex").write_text(r"\chapter{X}\cite{four}")
    (tmp_path / "main.tex").write_text(
        f"\\documentclass{{report}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n\\cite{{never}}\n"
    )
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "main.tex"],
        cwd=tmp_path, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    if b"File `biblatex.sty' not found" in done.stdout or b"File `natbib.sty' not found" in done.stdout:
        pytest.skip("the package is not installed")
    assert cited_in([("aux", tmp_path / "main.aux")]) == Cited.of(keys.split())
    documents = [("tex", tmp_path / "main.tex"), *([("tex", tmp_path / "chapter.tex")] if "chapter" in body else [])]
    assert cited_in(documents) == Cited.of(keys.split())
