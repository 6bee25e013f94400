"""Papers that are hard to write into a .bib file: made up to do harm, and chosen from real ones."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import count as count_from
from pathlib import Path
from typing import Any, Final

from readlist.latex import readable
from readlist.paper import Entry, Identifiers, Paper
from readlist.text import safe_line
from tests.papers import NOW

SECRET: Final = "canarythatsings"
"""What stands in `secret.tex` beside the document that is set; no paper speaks of it."""

PROJECT: Final = Path(__file__).parent.parent.parent
CORPUS: Final = PROJECT.parent / "shared/corpus/papers.jsonl.gz"
"""Where ten thousand real papers may be: beside the project."""

ATTACKS: Final = (
    r"\input{secret}", r"\input secret ", r"\csname input\endcsname secret ", r"^^5cinput secret ",
    r"\include{secret}",
    r"\write18{touch canary}", r"\immediate\write18{touch canary}", r"\immediate\openout5=canary ",
    r"\@@input secret ",
    r"\immediate\openout5=canary\immediate\write5{x}", r"\openin5=secret \read5 to\x \x ", r"\def\par{}", r"\end",
    r"\end{document}", r"\catcode`\%=12 ", r"\loop\iftrue\repeat", r"\expandafter\input\jobname", r"\verb|x|",
    r"\par",
    r"$\input{secret}$", r"$\mathrm{\input{secret}}$", r"$\def\x{}$", r"$x^^5cinput secret $", r"\'\input{secret}",
    "}, note = {x", "}}\n@misc{fake, title = {Fake}}\n", '", author = "X', "@comment{", "@string{a = {b}}",
    "@preamble{",
    "}", "{", "}{", "{{", "\\", "\\\\", "\\{", "\\}", "%", "100% ", "$", "$$", "$x", "x$ ", "#", "#1", "&", "_",
    "^", "^^", "~",
    '"', "'", "`", "@", "=", ",", ";", "|", "<", ">", "*", "--", "---", "\n", "\n\n", "\t", "\0", "\x1b[31m", "\x7f",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\xad", "\xa0", "\ud800",
    "$x^2$", "$\\alpha_{i}^{2}$", "$\\mathcal{O}(n)$", "$x^2^3$", "$x_$", "$\\frac{1}$", "$\\sqrt[3]{x}$",
    "$a}{b$", "$x'$",
    "$\\mathbb R^n$", "$\\left( x$", "$5 and $6", "$x'^2$", "$\\{0,1\\}$", "\\textbf{bold}", "\\emph",
    "{\\bf x}", "\\LaTeX",
    "$7~\\text{fb \\input{secret}}^{-1}$", "$\\operatorname{Tr}_{\\text{a b}}$", "$\\boldsymbol\\beta$",
    "{\\relax Ch}en",
)  # fmt: skip
"""Pieces of text that do something to BibTeX, biber or TeX when they are written as they are."""

FOREIGN: Final = (
    "日本語", "深度学习", "한국어", "Москва", "Ελλάδα", "שלום", "العربية", "हिन्दी", "ไทย", "😀", "𝒪(n)", "ℝⁿ",
    "α-β", "∇", "→", "≤",
    "x̂", "q̃", "é", "e\u0301", "ñ", "ł", "ß", "ø", "İ", "ı", "ậ", "ấ", "ą", "ę", "đ", "ð", "þ", "ŋ", "ǧ", "ȩ",
    "ﬁ", "ﬃ", "ＡＢ", "ａｎｄ",
    "“q”", "‘q’", "–", "—", "…", "™", "©", "°", "½", "²", "₂", "€", "£", "§", "¿", "„", "«", "‰", "′", "−", "×",
    "·", "•", "†", "\u0301",
)  # fmt: skip
"""Characters that are not ASCII, from accents to scripts that pdflatex cannot set."""

WORDS: Final = (
    "learning deep the of and for Networks LLM NetHack Bayesian graph a A Transformers in on with Q X attention others "
    "Reinforcement search GPT-4 3D COVID-19 self-supervised Markov O'Neil efficient Zero-Shot"
).split()

NAMES: Final = (
    "Ann Author", "Łukasz Kaiser", "Aäron van den Oord", "D'Oro, Pierluca", "Martin Luther King, Jr.",
    "Jean-Baptiste Gaya",
    "{, Smith}", ", Smith", "Smith,", ",", ",,,", "A and B", "and", "And", "others", "et al.",
    "The X Collaboration", "OpenAI", "李 雷",
    "{", "}", "}{", "\\", "%", "-", "~", ".", '"', '"quoted" Name', "a~b", "A, B, C, D",
    "de la Cruz, Jr, Maria", "bell hooks",
    "van Gogh", "von", "Garcia y Vega, Jose", "Barnes and Noble, Inc.", "AND Gate", "x and", "@misc{x",
    "{Google} Team", "Ş. Ö.",
    "ａｎｄ Co", "A\u202eB", "\u200b", " ", "", "José  María", "Müller-Lüdenscheidt, K.-H.", "O\u2019Brien",
    "A\nand\nB", "Jr.", "X Jr.",
    "\\input{secret}", "^^5cinput secret", "Ngô Bảo Châu", "Владимир", "#1", "$x$", "A&B", "A_B", "{{{", "}}}",
    "B. {\\'E}. X", "and and and",
)  # fmt: skip
"""Names that are odd, wrong or no names at all."""


def _text(chance: random.Random) -> str:
    """Return a title made of harm, foreign characters and words."""
    kinds = (ATTACKS, FOREIGN, WORDS)
    drawn = [chance.choice(kinds[chance.choices((0, 1, 2), (3, 2, 6))[0]]) for _ in range(chance.randint(1, 9))]
    return "".join(piece + chance.choice((" ", " ", " ", "")) for piece in drawn)


def _date(chance: random.Random) -> str | None:
    """Return a date, seldom none: `alpha` labels without a year are soon alike, and it counts to 26."""
    if chance.random() < 0.02:
        return None
    return str(chance.randint(1925, 2024)) + chance.choice(("", "-02", "-12-31"))


def hostile_papers(count: int, seed: int = 5) -> Iterator[Paper]:
    """Yield papers that try to break what is made of them; every other one came in with a .bib file."""
    chance = random.Random(seed)
    for number in range(count):
        raw = _text(chance)
        people = tuple(chance.choice((*NAMES, _text(chance))) for _ in range(chance.randint(0, 5)))
        extra: tuple[tuple[str, str], ...] = ()
        if number % 2:
            fields = (
                "note",
                "volume",
                "pages",
                "editor",
                "url",
                "howpublished",
                "month",
                "series",
                "x-own",
                "keywords",
                "abstract",
            )
            extra = tuple((name, _text(chance)) for name in chance.sample(fields, 3))
        yield Paper(
            title=safe_line(readable(raw)) or "untitled",
            title_raw=raw or "untitled",
            authors=people,
            authors_truncated=chance.random() < 0.3,
            date=_date(chance),
            venue=chance.choice((None, None, "NeurIPS", "Nature", _text(chance) or None)),
            kind=chance.choice(("article", "inproceedings", "misc", "book", "techreport")) if number % 2 else None,
            extra=extra,
            categories=chance.choice(((), ("cs.CL",), ("}",))),
            identifiers=chance.choice(
                (
                    Identifiers(), Identifiers("2302.04761"), Identifiers("hep-th/9901001"),
                    Identifiers(None, "10.1000/a_b"),
                    Identifiers(None, "10.1002/(sici)1097-4571(1998)49:8<693::aid-asi4>3.0.co;2-o"),
                    Identifiers("23}02", "10.1/" + _text(chance)),
                )
            ),
        )  # fmt: skip


def corpus() -> Path | None:
    """Return the file of ten thousand real papers; None where it is not."""
    return CORPUS if CORPUS.exists() else None


def real_papers(count: int) -> list[Paper]:
    """Return papers of the corpus, half of them with the hardest characters, half of them as they come."""
    path = corpus()
    assert path
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records: list[dict[str, Any]] = [json.loads(line) for line in lines]
    hard = sorted(range(len(records)), key=lambda n: (-_hardness(records[n]), n))[: count // 2]
    chosen = dict.fromkeys(hard)
    step = max(1, len(records) // count)
    for number in (*range(0, len(records), step), *range(len(records))):
        if len(chosen) == count:
            break
        chosen[number] = None
    return [_real(records[number]) for number in chosen]


def _hardness(record: dict[str, Any]) -> int:
    """Return how many different characters of a record are no plain letters."""
    text = record["title"] + " ".join(record["authors"])
    return len({char for char in text if not (char.isascii() and char.isalnum()) and char not in " -.,:'"})


def _real(record: dict[str, Any]) -> Paper:
    title = safe_line(readable(record["title"])) or "untitled"
    return Paper(
        title=title, title_raw=record["title"] or title, authors=tuple(record["authors"]),
        date=str(record["year"]), venue=record["venue"],
    )  # fmt: skip


def as_entries(papers: list[Paper]) -> list[Entry]:
    """Return papers as a library gives them, with keys of their own; few begin alike, since `alpha` counts to 26."""
    letters = ("".join(chr(97 + number // 26**place % 26) for place in range(3)) for number in count_from())
    return [
        Entry(f"p{number:016x}", f"{first}{number:05}", NOW, one)
        for (number, one), first in zip(enumerate(papers), letters, strict=False)
    ]


def people_of(paper: Paper) -> int:
    """Return how many people a parser should find: those that have a name, and one for the others of a cut list."""
    named = sum(bool(safe_line(name).strip(", ")) for name in paper.authors)
    return named + bool(named and paper.authors_truncated)
