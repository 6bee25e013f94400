"""Titles in sentence case, which APA, IEEE, Nature and Vancouver ask for, and which CSL leaves to the data.

A word loses its capital only when the title is in title case. It keeps it when it begins the title or a subtitle, has
capitals or digits inside, stands in braces in the source, is a well-known name, or is written with a capital in the
middle of the abstract's sentences and never without. A name that only its title knows may lose its capital; braces
around it in the source (`{Minecraft}`) keep it.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEGINS: Final = re.compile(r"(?:^|[:?!.]\s|\s[—–-]\s)[^\w]*$")
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.:?!]\s|\n)[^\w]*$")
_BRACED: Final = re.compile(r"\{([^{}\\$]+)\}")
_TITLE_CASE: Final = 0.6
"""The part of the longer words that have a capital in a title in title case; function words do not count."""

_FUNCTION_WORDS: Final = frozenset(
    "about across after against along among around before behind below beneath beside between beyond during from into "
    "like onto over past since than that through throughout till toward towards under until upon versus when where "
    "which while with within without your their these those this they have does".split()
)
_NAMES: Final = frozenset(
    "africa african alzheimer amazon america american arabic asia asian atari australian banach bayes bayesian "
    "bellman bengali bernoulli bessel boltzmann boolean bregman brownian california canada cantonese carlo "
    "cartesian cauchy chebyshev china chinese chomsky czech danish dirichlet dutch dyck einstein england english "
    "ethereum euclid euclidean euler europe european facebook fermi fourier france french frobenius fréchet gauss "
    "gaussian georgian german germany gibbs google greek gumbel gödel hamilton hamiltonian hamming hausdorff hawkes "
    "hebbian hebrew hermite hessian hilbert hindi hoeffding hopfield huffman hungarian hölder india indian ising "
    "italian italy jacobi jacobian japan japanese java jensen kalman kolmogorov korea korean kronecker kubernetes "
    "lagrange lagrangian langevin laplace laplacian latin lebesgue leibler levenshtein likert linux lipschitz "
    "lyapunov mahalanobis mandarin markov markovian maxwell microsoft minecraft monte montezuma nash nesterov "
    "newton newtonian norwegian nyström occam pareto parkinson parzen pascal persian poincaré poisson polish "
    "portuguese python rademacher reddit riemann riemannian romanian russia russian rényi sanskrit schrödinger "
    "schwarz shannon shapley siamese sinkhorn sobolev spain spanish stackelberg stiefel sudoku swahili swedish "
    "swiss tamil taylor thompson tikhonov turing turkish twitter ukrainian urdu vapnik vietnamese viterbi voronoi "
    "wasserstein weibull wiener wikidata wikipedia winograd youtube zipf".split()
)
"""Names and words made of names that keep their capital in English, casefolded."""


def sentence_case(title: str, raw: str = "", abstract: str = "") -> str:
    """Return a title with capitals where a sentence has them; one that is not in title case as it is.

    Args:
        title: The title as readable text.
        raw: The same as its source wrote it: words in braces keep their capitals.
        abstract: What shows which words are names.
    """
    if not _is_title_case(title):
        return _subtitles_begun(title)
    kept = {word for braced in _BRACED.findall(raw) for word in _WORD.findall(braced)}
    always, never = _seen(abstract)
    found = []
    at = 0
    for word in _WORD.finditer(title):
        text = word[0]
        found.append(title[at : word.start()])
        stem = re.sub(r"['’]s$", "", text)
        begins = _BEGINS.search(title[: word.start()])
        if begins:
            found.append(text if "." in begins[0] else text[0].upper() + text[1:])  # `Proc. on` begins no sentence
        elif text in kept or not _loses_capital(text) or (stem in always and stem.casefold() not in never):
            found.append(text)
        else:
            found.append(text.lower() if stem.casefold() not in _NAMES else text)
        at = word.end()
    return "".join([*found, title[at:]])


def _is_title_case(title: str) -> bool:
    """Whether most words have a capital although they need none."""
    words = [word for word in _WORD.findall(title)[1:] if len(word) > 3 and word.casefold() not in _FUNCTION_WORDS]  # noqa: PLR2004 — shorter words have none in title case either
    capitals = sum(word[0].isupper() for word in words)
    return capitals > _TITLE_CASE * len(words) if words else True


def _subtitles_begun(title: str) -> str:
    """Return a title in which the first word after a colon has a capital."""
    return re.sub(r"(?<=[^\W\d_]: )[a-z](?=[a-z]* )", lambda found: found[0].upper(), title)


def _loses_capital(word: str) -> bool:
    """Whether the word has its capital from its place only: `Learning` and `A`, but neither `NetHack` nor `Q`."""
    if len(word) == 1:
        return word == "A"
    rest = re.sub(r"['’]s$", "", word)[1:]
    return word[0].isupper() and rest.islower() and rest.isalpha()


def _seen(abstract: str) -> tuple[set[str], set[str]]:
    """Return the words that have a capital in the middle of a sentence, and those that are written small."""
    capital, small = set(), set()
    for word in _WORD.finditer(abstract):
        if word[0][0].islower():
            small.add(word[0])
        elif word[0][0].isupper() and not _SENTENCE_BEGINS.search(abstract, 0, word.start()):
            capital.add(word[0])
    return capital, small
