"""Titles in a .bib file: what must keep its capitals stands in braces, word by word.

BibTeX's styles turn a title to lower case except for its first letter, the first after a colon, and what is in
braces (btxdoc, section 4). The whole title is never put in braces: then no style could do its work.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from readlist.latex import readable
from readlist.writers.math import looks_like_math, settable
from readlist.writers.raw_tex import OPAQUE, Unit, joined, raw_units, seen, trimmed
from readlist.writers.tex import composed, escape_piece, guarded

PROPER_NAMES: Final = frozenset(
    "abel abelian african alzheimer america american android arabic arxiv asia asian atari australia australian "
    "banach bayes bayesian beijing bellman berkeley bernoulli bessel bing boltzmann boole boolean boston bregman "
    "britain british brown brownian byzantine california canada canadian carlo cauchy chebyshev chernoff china "
    "chinese cholesky christian christoffel chrome claude clifford covid coulomb czech danish dantzig darwin darwinian "
    "dempster diffie dirichlet doob dutch earth einstein english erdos euclid euclidean euler eulerian europe european "
    "facebook fenchel feynman fibonacci finnish fisher fokker fourier france frank french frobenius gabor galerkin "
    "galois gauss gaussian gemini german germany gibbs gini google greek green hamilton hamiltonian hamming hausdorff "
    "hawkes hebbian hebrew hermite hermitian hessian hilbert hindi hodge hoeffding hölder hopf hopfield hungarian "
    "huber india indian indonesian instagram internet israel italian italy jacobi jacobian japan japanese java jensen "
    "kalman kepler korea korean kolmogorov krylov kubernetes kullback lagrange lagrangian langevin laplace laplacian "
    "latin lebesgue legendre leibler leibniz levenshtein lévy linux lipschitz llama london lorentz lorenz lovász "
    "lyapunov mahalanobis mandarin markov markovian martin maxwell mercer mersenne minecraft minkowski mistral monte "
    "moore moreau nash nesterov newton newtonian neyman nobel nyström parkinson pareto paris parzen pascal pearson "
    "persian petri pitman planck poincaré poisson polish portuguese prolog python rademacher rayleigh reddit rényi "
    "riccati riemann riemannian robbins russian rust saharan schrödinger schur shannon shapley sinkhorn skolem sobolev "
    "spain spanish spearman stackelberg stein stiefel stirling swedish swiss sylvester taiwan taylor thai thompson "
    "tikhonov toeplitz tokyo tukey turing turkish twitter unix vapnik vietnamese viterbi voronoi wald wasserstein "
    "weibull welsch whittle wiener wikipedia wilson windows yoruba youtube".split()
)
"""Names that titles in capitals speak of, casefolded."""

_WORD: Final = re.compile(
    "(?:[^\\W_][\u0300-\u036f]*)+(?:['’](?:[^\\W_][\u0300-\u036f]*)+)*"  # letters, with accents that stand apart
)
_MATH: Final = re.compile(r"\$([^$]+)\$(?!\d)")
_BARE: Final = re.compile(r"""\\[a-z]*[A-Z]|\$|\\(?:[`'^"~=.]|[cdbuvkrt](?![A-Za-z]))""")
"""A macro with a capital (which is another one in small letters), math, or an accent: what must stand in braces for
BibTeX to see that it is one.
"""
_BEGINS: Final = frozenset(":.?!—–")
_LONG: Final = 4
"""Words of fewer letters do not tell whether a title is written in capitals."""


def title(raw: str, shown: str, *, unicode: bool = False) -> str:
    """Return the title of a paper that did not come in as BibTeX.

    Math between dollars is kept when it uses known macros only.

    Args:
        raw: The title as its source wrote it.
        shown: The same as readable text.
        unicode: Whether letters that pdflatex reads in UTF-8 stay as they are.
    """
    text = composed(raw)
    if "$" not in text:
        return _kept(composed(shown), unicode=unicode)
    units: list[Unit] = []
    at = 0
    for found in _MATH.finditer(text):
        if looks_like_math(found[1]) and (kept := settable(found[1])) is not None:
            units += _letters(readable(text[at : found.start()]), unicode=unicode)
            units.append(Unit(f"{{${kept}$}}", seen(f"{{${kept}$}}")))
            at = found.end()
    if not units:
        return _kept(composed(shown), unicode=unicode)
    units += _letters(readable(text[at:]), unicode=unicode)
    return _kept_units(units)


def raw_title(raw: str, *, unicode: bool = False) -> str:
    """Return the title of a paper that came in as BibTeX; the braces that it has are kept."""
    text = composed(raw)
    if text.isascii() and "\\" not in text and "{" not in text and "$" not in text and "~" not in text:
        return _kept(text, unicode=unicode)
    units = raw_units(text, unicode=unicode, links=False)
    return _kept_units([Unit(f"{{{one.written}}}", one.seen) if _BARE.match(one.written) else one for one in units])


def _letters(text: str, *, unicode: bool) -> list[Unit]:
    """Return text, one unit a letter with the accents that follow it."""
    parts = re.findall("[^\u0300-\u036f]?[\u0300-\u036f]*", re.sub(r"\s+", " ", text))
    written = [(escape_piece(part, unicode=unicode), part[0]) for part in parts if part]
    return [Unit(text, OPAQUE if "$" in text else letter) for text, letter in written]


def _kept(text: str, *, unicode: bool) -> str:
    """Return escaped text with the words in braces that must keep their capitals."""
    found, at = [], 0
    for begin, end in _spans(text if text.isascii() else _without_math(text)):
        found.append(escape_piece(text[at:begin], unicode=unicode))
        found.append(f"{{{escape_piece(text[begin:end], unicode=unicode)}}}")
        at = end
    return guarded("".join([*found, escape_piece(text[at:], unicode=unicode)]))


def _without_math(text: str) -> str:
    """Return text with the characters that are written as formulas (α, ∇) no letters any more."""
    return "".join(OPAQUE if not char.isascii() and "$" in escape_piece(char) else char for char in text)


def _kept_units(units: list[Unit]) -> str:
    """Return units put together, with the words in braces that must keep their capitals."""
    text = "".join(unit.seen for unit in units)
    found: list[Unit] = []
    at = 0
    for begin, end in _spans(text):
        found += [*units[at:begin], Unit("{", ""), *units[begin:end], Unit("}", "")]
        at = end
    return trimmed(joined([*found, *units[at:]]))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the words begin and end that must keep their capitals."""
    kept, capitals, small = [], [], 0
    at, first = 0, True
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        first = (first and OPAQUE not in between) or "--" in between or not _BEGINS.isdisjoint(between)
        at = word.end()
        letters = word[0]
        if _always(letters) or (
            len(letters) == 1 and _is_symbol(letters, text[at : at + 2], text[max(at - 3, 0) : at - 1])
        ):
            kept.append(word.span())
        elif letters[0].isupper():
            if not first:
                capitals.append(word.span())
        elif len(letters) >= _LONG and not first:
            small += 1
        first = False
    # In a title that is not written in capitals, a capital is that of a name.
    long = [span for span in capitals if span[1] - span[0] >= _LONG]
    if capitals and small > max(1, len(long)):
        return sorted(kept + capitals)
    return kept


@lru_cache(maxsize=20_000)
def _always(word: str) -> bool:
    """Whether a word has capitals of its own wherever it stands: NetHack, LLMs, Bayesian."""
    if word.islower():
        return False
    if any(char.isupper() for char in word[1:]):
        return True
    return word[0].isupper() and word.casefold().removesuffix("'s").removesuffix("’s") in PROPER_NAMES


def _is_symbol(word: str, after: str, before: str) -> bool:
    """Whether a word is a capital that stands alone for a name, as in Q-learning and A*, and not the article."""
    if len(word) > 1 or not word.isupper():
        return False
    joined_after = after[:1] in ("*", "+", "#") or (after[:1] == "-" and after != "--")
    return word != "A" or joined_after or (before[-1:] == "-" and before != "--")
