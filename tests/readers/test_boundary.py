"""Where a title ends and the first author begins."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.assets import asset
from readlist.readers.boundary import Glued, Split, split_listing
from readlist.readers.boundary.context import Context, context
from readlist.readers.boundary.features import FEATURES, features
from readlist.readers.boundary.lines import candidates, folded, take_apart
from readlist.readers.boundary.listing import Listing
from readlist.readers.boundary.table import NAME, parse, shipped, write


def split(line: str, abstract: str = "") -> Split:
    (found,) = split_listing([Glued(line, abstract)])
    return found


READINGS = r"""
Toolformer: Language Models Can Teach Themselves to Use Tools | Timo Schick, Jane Dwivedi-Yu, Roberto Dessì et al.
MLE-bench: Evaluating Machine Learning Agents on Machine Learning Engineering | Jun Shern Chan, Neil Chowdhury
Neural Discrete Representation Learning | Aäron van den Oord, Oriol Vinyals, Koray Kavukcuoglu
Pixel Recurrent Neural Networks | van den Oord, Nal Kalchbrenner
Neurosymbolic AI: The 3rd Wave | d'Avila Garcez, Luis C. Lamb
Exploration in Contextual MDPs | Mikael Henaff, Minqi Jiang
The Rank of a Matrix | Łukasz Kaiser, Øyvind Tafjord, Şeyma Yücer
Language Models as Knowledge Bases? | Fabio Petroni, Tim Rocktäschel, Patrick Lewis et al.
Stop Explaining Black Boxes! | Cynthia Rudin
Backplay: "Man muss immer umkehren" | Cinjon Resnick, Roberta Raileanu, Sanyam Kapoor et al.
Generative Adversarial Networks (GANs) | Ian Goodfellow
Scaling Laws for GPT-4 | Yi Wu, Bo An
Bounds of order $O(\sqrt{T})$ | Yi Wu
Learning with $\epsilon$-greedy Exploration | J. Zico Kolter, J Zico
A Tutorial on Thompson Sampling | Daniel Russo, Benjamin Van Roy, Abbas Kazerouni et al.
Adam: A Method for Stochastic Optimization | Diederik P. Kingma, Jimmy Ba
Sequential Monte Carlo | Arnaud Doucet
Rates of Convergence for Nonparametric Bayes | Andrew McCallum, Tom O'Brien
An Analysis of Policy Gradients | Pierluca D'Oro, Yann LeCun
GPT-4 Technical Report | OpenAI
Open-Ended Learning Leads to Generally Capable Agents | Open Ended Learning Team, Adam Stooke, Anuj Mahajan et al.
Images, Text, and Sound: One Model | Jane Doe, John Smith
Learning, Fast and Slow | Quang Pham, Chenghao Liu, Steven Hoi
Comment on "Deep Learning" by LeCun et al. | Jürgen Schmidhuber
О нейронных сетях | Иван Петров, Анна Смирнова
Training Very Deep NETWORKS | YOSHUA BENGIO, AARON COURVILLE
Playing Atari with DQN | Mnih, Kavukcuoglu
Understanding RLHF | A. B. Clark, C. D. Evans
Automatic Generation of a Digital Brain Phantom | D.L. Collins, A.P. Zijdenbos
Learnability of Non-I.I.D. | Wei Gao, Xin-Yi Niu, Zhi-Hua Zhou
Gauge Fields | G. 't Hooft, M. Veltman
A Critical Review of Deep Learning | danah boyd, Kate Crawford
Using Inner Products x · y in Search | Jane Doe, John Smith
Measurement of Jets in Collisions at 13 TeV | ATLAS Collaboration
Jet Quenching at 5.02 TeV | The ALICE Collaboration
A Search for Dark Photons below 10 GeV | Ann Smith, John Doe
""".strip().splitlines()


@pytest.mark.parametrize("reading", READINGS)
def test_a_line_is_read_right_alone_and_without_its_abstract(reading: str) -> None:
    title, _, names = reading.partition(" | ")
    found = split(title + names)
    assert found.title == title
    assert ", ".join(found.authors) + " et al." * found.truncated == names


def test_authors_behind_a_cut_and_affiliations_are_taken_apart() -> None:
    found = split("The Herd of ModelsAaron Grattafiori, Abhimanyu Dubey, Abhinav Jauhri et al. · allen-ai, berkeley")
    assert found.truncated
    assert found.affiliations == ("allen-ai", "berkeley")
    assert found.authors == ("Aaron Grattafiori", "Abhimanyu Dubey", "Abhinav Jauhri")


def test_a_title_without_authors_stays_whole_and_is_uncertain() -> None:
    found = split("deep learning")
    assert not found.certain


def test_an_empty_line_is_no_error() -> None:
    assert split("") == Split(title="", authors=(), truncated=False, affiliations=(), certain=False)


GLUED = "Playing Games with FooBarQux Quuxson, Ann Author"


def test_the_abstract_tells_which_word_the_title_ends_in() -> None:
    assert split(GLUED, "We build FooBar, an environment.").title == "Playing Games with FooBar"
    assert split(GLUED, "We build Foo, an environment.").title == "Playing Games with Foo"


def test_names_elsewhere_in_the_listing_tell_where_the_author_begins() -> None:
    others = [Glued(f"A Study of {word}Ann Author, BarQux Quuxson, Tim Other et al.", "") for word in ("Bees", "Ants")]
    assert split_listing([Glued(GLUED, ""), *others])[0].authors[0] == "BarQux Quuxson"


@given(st.text(max_size=120), st.text(max_size=60))
def test_no_text_is_an_error_and_no_letter_is_lost(line: str, abstract: str) -> None:
    found = split(line, abstract)
    kept = "".join((found.title, *found.authors, *found.affiliations))
    lost = sorted(c for c in line if c.isalnum()), sorted(c for c in kept if c.isalnum())
    assert lost[0] == lost[1] or found.truncated


LETTERS = st.text(st.sampled_from("aB ,.·'-é王(1"), max_size=60)


@given(st.lists(LETTERS, max_size=6))
def test_each_line_of_a_listing_gets_one_reading(lines: list[str]) -> None:
    assert len(split_listing([Glued(line, line) for line in lines])) == len(lines)


@pytest.mark.parametrize(
    "line", ["aB" * 20_000, "A" * 40_000, "a, " * 20_000, "Ab " * 20_000, "!" * 40_000 + "aB", "," * 40_000]
)
def test_a_huge_line_is_read_as_well(line: str) -> None:
    assert split(line).title is not None


def test_every_reading_has_as_many_numbers_as_there_are_features_and_weights() -> None:
    line = take_apart("The NetHack ChallengeEric Hambro, Sharada Mohanty")
    found = candidates(line)
    shared: Context = context(line, found, "nethack", shipped(), Listing())
    assert len(found) > 1
    assert all(len(features(index, shared)) == len(FEATURES) for index in range(len(found)))
    assert len(shipped().weights) == len(FEATURES) + 1


def test_the_table_is_small_and_what_is_written_is_read_back() -> None:
    assert asset(NAME).stat().st_size <= 300_000
    table = shipped()
    again = parse(write(table))
    assert again.words == table.words
    assert again.letters == table.letters
    assert list(again.weights) == list(table.weights)


def test_the_table_is_not_read_at_import() -> None:
    code = (
        "from readlist.readers.boundary.table import shipped\nimport readlist.readers.publications\n"
        "raise SystemExit(shipped.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_words_are_compared_without_accents_and_signs() -> None:
    assert folded("“Dessì”,") == "dessi"
    assert folded("-?!") == ""


def test_a_line_with_more_authors_than_usual_is_not_split_inside_a_word() -> None:
    names = ("Timo Schick", "Jane Dwivedi-Yu", "Roberto Dessì", "Roberta Raileanu", "Maria Lomeli", "Luke Zettlemoyer")
    title = "Toolformer: Language Models Can Teach Themselves to Use Tools"
    for cut in ("", " et al."):
        (split,) = split_listing([Glued(title + ", ".join(names) + cut, "Language models can solve new tasks.")])
        assert (split.title, split.authors) == (title, names)
