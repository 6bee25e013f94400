"""LaTeX becomes readable, and everything else stays as it is."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.latex import readable

SHARED = Path(__file__).parents[2] / "shared"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (r"\textbf{ORMs} need $10^6$ samples", "ORMs need 10⁶ samples"),
        (r"32\% or 5% of it", "32% or 5% of it"),
        ("$5 and $10 per hour, $1.5M", "$5 and $10 per hour, $1.5M"),
        ("from $5 million to $10 million", "from $5 million to $10 million"),
        (r"\href{https://x.y}{code} at \url{https://x.y/a_b}", "code at https://x.y/a_b"),
        (r"$\alpha_{max}$ and $x_i^{2n}$", "αₘₐₓ and xᵢ²ⁿ"),
        (r"G{\"o}del, Poincar\'e, na\"\i ve, \L{}ukasz, \c{c}", "Gödel, Poincaré, naïve, Łukasz, ç"),
        (r"$O(\sqrt{n} \log n)$, $\frac{a+b}{2}$, $\mathbb{R}^d$", "O(√n log n), (a+b)/2, Rᵈ"),
        (r"C:\temp stays", r"C:\temp stays"),
        (r"our \method{Foo} and \ours", "our Foo and ours"),
        ("{NetHack} but {0, 1}", "NetHack but {0, 1}"),
        ("``quoted'' a--b c---d", "“quoted” a–b c—d"),
        ("the --flag of ~5 and Fig.~5", "the --flag of ~5 and Fig. 5"),
        (r"$\{0,1\}^n$ with $p < 0.05$", "{0,1}ⁿ with p < 0.05"),
        (r"\(a^2\) \[b\] $$E=mc^2$$ $\pm$5", "a² b E=mc² ±5"),
        ("as shown \\cite{a,b}.", "as shown."),
        (r"10^6 and CO$_2$ and x_y", "10⁶ and CO₂ and x_y"),
        (r"\emph{a \textbf{b}} \& \#1 \_", "a b & #1 _"),
        (r"\footnote{aside} \sqrt{x+1} \binom{n}{k}", " (aside) √(x+1) C(n, k)"),
        (r"\input{secret} \begin{itemize}\item one\end{itemize}", "secret one"),
        ("{ unbalanced $ \\", "{ unbalanced $ \\"),
        (r"\textsuperscript{2} $\frac12$ \v s \~", "² 1/2 š \\~"),
        (
            r"p {\textless} 0.05, \textgreater{}9, a{\textbar}b, {\textbraceleft}c{\textbraceright}",
            "p < 0.05, >9, a|b, {c}",
        ),
        (r"\S{}2, {\textunderscore}x, \textquotedbl{}y\textquotedbl, {\copyright} $a \ne b$", '§2, _x, "y", © a ≠ b'),
        (r"$7~\text{fb}^{-1}$ of {\raisebox{-0.5ex}\textasciitilde}10 by {\relax Ch}en", "7 fb⁻¹ of ~10 by Chen"),
        (r"{$\acute\alpha$}{$\ddot\iota$} but $\ddot{x}$", "άϊ but x"),
    ],
)
def test_what_the_eye_should_see(raw: str, shown: str) -> None:
    assert readable(raw) == shown


@given(st.text(alphabet="ab \\${}^_~%`'-\"c1.αé\n", max_size=60))
def test_nothing_makes_it_fail(raw: str) -> None:
    readable(raw)


@given(st.text(alphabet=st.characters(blacklist_characters="\\${}^_~`-", blacklist_categories=["Cs"]), max_size=80))
def test_text_without_latex_comes_back_as_it_is(raw: str) -> None:
    assert readable(raw) == raw


def test_deep_nesting_ends() -> None:
    assert readable("{" * 5000 + "a" + "}" * 5000)
    assert readable("$" + "^{a" * 3000)


def test_no_word_of_ten_thousand_abstracts_is_lost() -> None:
    corpus = SHARED / "corpus" / "papers.jsonl.gz"
    if not corpus.exists():
        pytest.skip("the corpus is not here")
    lost = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        for line in file:
            raw = json.loads(line)["abstract"] or ""
            shown = readable(raw)
            if shown != raw:
                # Words outside commands and their keys; letters alone are compared, as scripts and accents join words.
                bare = re.sub(
                    r"\\(?:cite\w*|ref|label|begin|end|href|url)\s*(?:\[[^]]*\])?\{[^}]*\}|\\[A-Za-z]+", " ", raw
                )
                kept = re.sub(r"[^a-z]", "", shown.lower())
                lost += sum(word not in kept for word in re.findall(r"[a-z]{4,}", bare.lower()))
    assert lost <= 60  # in three thousand abstracts with LaTeX: words joined by accents, and keys of odd citations


def test_no_command_shows_in_the_listing() -> None:
    listing = SHARED / "listing" / "publications.txt"
    if not listing.exists():
        pytest.skip("the listing is not here")
    assert "\\" not in readable(listing.read_text(encoding="utf-8"))
