"""Text that means harm to some format, and papers made of it; what the tests of the writers share."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from readlist.mark import Mark, Note
from readlist.paper import Entry, Identifiers, Paper
from readlist.text import safe_line, safe_verbatim
from readlist.writers import format_writer
from readlist.writers.options import Options
from tests.papers import NOW, paper

HOSTILE = [
    "<script>document.title = 'owned'</script>", "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    "--><svg onload=alert(1)>", "]]>", "&lt;b&gt; &amp; &#60;", "\"quoted\" 'single' “curly”", "javascript:alert(1)",
    "=cmd|' /C calc'!A0", " +1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "a,b;c\"d\"\r\ne",
    "[x](javascript:alert(1))", "**bold** _it_ `code` ~~gone~~ ==high== %%no%%", "a | b \\| c \\", "| --- |", "# head",
    "- item", "1. item", "> quote", "```", "~~~", "    code", "***", "===", ": term", "![img](http://evil.example/x.png)",
    "<http://evil.example>", "http://evil.example www.evil.example me@evil.example", "[^1]: note", "$x^2$ and $5",
    "[ref]: http://evil.example", "\\*kept\\*", "key: value # no", "- {a: b}", "'", '"',
    "\\", "\\\\", "\\N \\x41 \\",
    "%YAML 1.2",
    "---", "...", "&anchor *alias !tag", "{[}]", "null", "yes", "2023", "0x1F", "~", "?", "$#read(\"secret.txt\")$",
    "#read(\"secret.txt\")", "${math}$", "{Brace", "brace}",
    "\\{x\\}", "ER  - ", "TY  - JOUR", "\nER  - \nTY  - JOUR\nTI  - x",
    "TI  - x", "שלום עולם", "مرحبا", "\u202eevil\u202c", "日本語の題名", "Łódź ß é ü",
    "\x00\x1b]52;c;x\x07", "\x85\u2028\u2029x",
    "\ufeffx", "\ufffe\uffffx", "\ud800x", "😀 👩‍🔬", "NetHack & LLMs in MLE-bench", "A" * 300, "a  b\tc",
]  # fmt: skip
"""What titles, names, tags and notes may have in them."""

_PIECES = st.sampled_from([*HOSTILE, " ", "a", "Word"])
TEXTS = st.one_of(_PIECES, st.tuples(_PIECES, _PIECES).map("".join), st.text(max_size=12))
TITLES = TEXTS.filter(safe_line).map(safe_line)
"""Titles as papers have them: a safe line that is not empty."""

_TEXT_LISTS = st.lists(TEXTS, max_size=2).map(tuple)
_DATES = st.sampled_from([None, "2023", "2023-02", "2023-02-09"])
_OPTIONAL = st.none() | TEXTS.filter(safe_line)
_EXTRA = st.dictionaries(
    st.sampled_from("volume number pages publisher editor isbn note".split()), TEXTS.map(safe_verbatim), max_size=3
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Draw a paper with hostile text in every field."""
    return paper(
        draw(TITLES), *draw(_TEXT_LISTS), authors_truncated=draw(st.booleans()), date=draw(_DATES),
        venue=draw(_OPTIONAL), kind=draw(st.none() | st.sampled_from(["article", "inproceedings", "book", "odd"])),
        abstract=draw(_OPTIONAL), extra=tuple(draw(_EXTRA).items()), categories=draw(_TEXT_LISTS),
        affiliations=draw(_TEXT_LISTS), has_code=draw(st.none() | st.booleans()),
        identifiers=Identifiers(draw(_OPTIONAL), draw(_OPTIONAL)),
    )  # fmt: skip


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    """Draw a mark with hostile notes and tags."""
    notes = draw(st.lists(TEXTS, max_size=2))
    tags = draw(st.sets(TEXTS.map(safe_line).filter(bool), max_size=2))
    status = draw(st.sampled_from(["unread", "read", "my own"]))
    return Mark(
        status, tags=tuple(sorted(tags)), notes=tuple(Note(f"n{n}", text, NOW, NOW) for n, text in enumerate(notes))
    )


@st.composite
def libraries(draw: st.DrawFn) -> list[Entry]:
    """Draw the entries of an export, their keys unlike each other."""
    drawn = draw(st.lists(st.tuples(papers(), marks()), max_size=3))
    return [entry(one, f"key{number}", mark) for number, (one, mark) in enumerate(drawn)]


OPTIONS = st.builds(Options, unicode=st.booleans(), with_notes=st.booleans(), with_tags=st.booleans())


def entry(one: Paper, key: str = "key", mark: Mark | None = None) -> Entry:
    """Return a paper as it stands in a library."""
    return Entry("p1", key, NOW, one, mark or Mark())


def written(name: str, entries: Iterable[Entry], options: Options | None = None) -> str:
    """Return what an export has in it; that it can be encoded is part of every test."""
    text = "".join(format_writer(name)(entries, options or Options()))
    text.encode()
    return text


MARKED = entry(
    paper("A Title", "Ann Author", identifiers=Identifiers("2302.04761", "10.1/x"), date="2023-02-09"),
    "author2023title",
    Mark(
        "dropped",
        (("dropped", NOW),),
        starred=True,
        tags=("sekrettag",),
        rating=5,
        priority=3,
        notes=(Note("n1", "sekretnote", NOW, NOW),),
        changed=NOW,
    ),
)
"""A paper with every mark a reader can make."""
