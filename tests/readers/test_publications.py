"""The publications listing: headers, records, and the 43 papers of a real one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.assets import asset
from readlist.paper import Paper, Rejected
from readlist.readers import detect, names, reader
from readlist.readers.publications import read

AS_OF = date(2026, 4, 1)
LISTING = Path(__file__).parents[3] / "shared" / "listing" / "publications.txt"

TRUTH = """\
Toolformer: Language Models Can Teach Themselves to Use Tools | Timo Schick, Jane Dwivedi-Yu, Roberto Dessì
Augmented Language Models: a Survey | Grégoire Mialon, Roberto Dessì, Maria Lomeli
The Llama 3 Herd of Models | Aaron Grattafiori, Abhimanyu Dubey, Abhinav Jauhri
Chain-of-Verification Reduces Hallucination in Large Language Models | Shehzaad Dhuliawala, Mojtaba Komeili, Jing Xu
On the Importance of Exploration for Generalization in Reinforcement Learning | Yiding Jiang, J. Zico Kolter, Roberta Raileanu
Hyperparameters in Reinforcement Learning and How To Tune Them | Theresa Eimer, Marius Lindauer, Roberta Raileanu
Insights From the NeurIPS 2021 NetHack Challenge | Eric Hambro, Sharada Mohanty, Dmitrii Babaev
Challenges and Applications of Large Language Models | Jean Kaddour, Joshua Harris, Maximilian Mozes
Dungeons and Data: A Large-Scale NetHack Dataset | Eric Hambro, Roberta Raileanu, Danielle Rothermel
MAESTRO: Open-Ended Environment Design for Multi-Agent Reinforcement Learning | Mikayel Samvelyan, Akbir Khan, Michael Dennis
Procedural Generation of Algorithm Discovery Tasks in Machine Learning | Alexander D. Goldie, Zilin Wang, Adrian Hayler
Understanding the Effects of RLHF on LLM Generalisation and Diversity | Robert Kirk, Ishita Mediratta, Christoforos Nalmpantis
AIRS-Bench: a Suite of Tasks for Frontier AI Research Science Agents | Alisia Lupidi, Bhavul Gauri, Thomas Simon Foster
Improving Language Plasticity via Pretraining with Active Forgetting | Yihong Chen, Kelly Marchisio, Roberta Raileanu
Exploration via Elliptical Episodic Bonuses | Mikael Henaff, Roberta Raileanu, Minqi Jiang
Motif: Intrinsic Motivation from Artificial Intelligence Feedback | Martin Klissarov, Pierluca D'Oro, Shagun Sodhani
Building a Subspace of Policies for Scalable Continual Learning | Jean-Baptiste Gaya, Thang Doan, Lucas Caccia
Source2Synth: Synthetic Data Generation and Curation Grounded in Real Data Sources | Alisia Lupidi, Carlos Gemmell, Nicola Cancedda
A Study of Global and Episodic Bonuses for Exploration in Contextual MDPs | Mikael Henaff, Minqi Jiang, Roberta Raileanu
Are Large Language Models Strategic Decision Makers? A Study of Performance and Bias in Two-Player Non-Zero-Sum Games | Nathan Herr, Fernando Acero, Roberta Raileanu
MLGym: A New Framework and Benchmark for Advancing AI Research Agents | Deepak Nathani, Lovish Madaan, Nicholas Roberts
Teaching Large Language Models to Reason with Reinforcement Learning | Alex Havrilla, Yuqing Du, Sharath Chandra Raparthy
Rainbow Teaming: Open-Ended Generation of Diverse Adversarial Prompts | Mikayel Samvelyan, Sharath Chandra Raparthy, Andrei Lupu
LLM-First Search: Self-Guided Exploration of the Solution Space | Nathan Herr, Tim Rocktäschel, Roberta Raileanu
Decoupling Value and Policy for Generalization in Reinforcement Learning | Roberta Raileanu, Rob Fergus
Fast Adaptation via Policy-Dynamics Value Functions | Roberta Raileanu, Max Goldstein, Arthur Szlam
The NetHack Learning Environment | Heinrich Küttler, Nantas Nardelli, Alexander H. Miller
Automatic Data Augmentation for Generalization in Deep Reinforcement Learning | Roberta Raileanu, Max Goldstein, Denis Yarats
GLoRe: When, Where, and How to Improve LLM Reasoning via Global and Local Refinements | Alex Havrilla, Sharath Raparthy, Christoforus Nalmpantis
Generalization to New Sequential Decision Making Tasks with In-Context Learning | Sharath Chandra Raparthy, Eric Hambro, Robert Kirk
TOOLVERIFIER: Generalization to New Tools via Self-Verification | Dheeraj Mekala, Jason Weston, Jack Lanchantin
DreamCraft: Text-Guided Generation of Functional 3D Environments in Minecraft | Sam Earle, Filippos Kokkinos, Yuhe Nie
MaestroMotif: Skill Design from Artificial Intelligence Feedback | Martin Klissarov, Mikael Henaff, Roberta Raileanu
AI Research Agents for Machine Learning: Search, Exploration, and Generalization in MLE-bench | Edan Toledo, Karen Hambardzumyan, Martin Josifoski
The Automated LLM Speedrunning Benchmark: Reproducing NanoGPT Improvements | Bingchen Zhao, Despoina Magka, Minqi Jiang
Souper-Model: How Simple Arithmetic Unlocks State-of-the-Art LLM Performance | Shalini Maiti, Amar Budhiraja, Bhavul Gauri
The Generalization Gap in Offline Reinforcement Learning | Ishita Mediratta, Qingfei You, Minqi Jiang
Improving Intrinsic Exploration with Language Abstractions | Jesse Mu, Victor Zhong, Roberta Raileanu
Open-Ended Learning Leads to Generally Capable Agents | Open Ended Learning Team, Adam Stooke, Anuj Mahajan
Learning with AMIGo: Adversarially Motivated Intrinsic Goals | Andres Campero, Roberta Raileanu, Heinrich Küttler
RIDE: Rewarding Impact-Driven Exploration for Procedurally-Generated Environments | Roberta Raileanu, Tim Rocktäschel
Backplay: "Man muss immer umkehren" | Cinjon Resnick, Roberta Raileanu, Sanyam Kapoor
Modeling Others using Oneself in Multi-Agent Reinforcement Learning | Roberta Raileanu, Emily Denton, Arthur Szlam
"""  # noqa: E501 — one paper a line


def papers(text: str) -> list[Paper | Rejected]:
    return list(read(text.splitlines(keepends=True), as_of=AS_OF, source="test.txt"))


def one(text: str) -> Paper:
    (found,) = papers(text)
    assert isinstance(found, Paper)
    return found


@pytest.mark.parametrize("path", [asset("sample.txt"), LISTING], ids=["shipped", "user's"])
def test_all_43_papers_come_out_exactly_right(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    found = papers(path.read_text(encoding="utf-8"))
    assert [f"{p.title} | {', '.join(p.authors)}" for p in found if isinstance(p, Paper)] == TRUTH.splitlines()
    assert sum(bool(p.uncertain) for p in found if isinstance(p, Paper)) <= 3
    assert all(p.abstract and "\\" not in p.abstract for p in found if isinstance(p, Paper))


def test_a_header_says_score_category_date_and_code() -> None:
    paper = one("99.1LGMar 18Code\nProcedural Generation of TasksAlexander D. Goldie, Zilin Wang\nAutomating.\n")
    assert (paper.score, paper.categories, paper.date, paper.has_code) == (99.1, ("cs.LG",), "2026-03-18", True)
    assert paper.year_inferred
    assert not paper.uncertain


def test_a_header_without_a_badge_has_no_code() -> None:
    paper = one("MLFeb 9, 2023\nA Study of ThingsAnn Author\nText.\n")
    assert (paper.score, paper.categories, paper.has_code, paper.year_inferred) == (None, ("stat.ML",), False, False)


@pytest.mark.parametrize(
    ("header", "day"),
    [("CLApr 1", "2026-04-01"), ("CLApr 2", "2025-04-02"), ("CLFeb 29", "2024-02-29"), ("CLDec 31", "2025-12-31")],
)
def test_a_date_without_a_year_is_the_latest_such_day(header: str, day: str) -> None:
    assert one(f"{header}\nA Study of ThingsAnn Author\nText.\n").date == day


@pytest.mark.parametrize("header", ["CLFeb 30, 2023", "CLFoo 3, 2023", "CLFeb 30"])
def test_an_impossible_date_is_told_with_its_line(header: str) -> None:
    (found,) = papers(f"\n{header}\nA Study of ThingsAnn Author\nText.\n")
    assert isinstance(found, Rejected)
    assert (found.line, found.source) == (2, "test.txt")
    assert "is not a day" in found.reason
    assert found.text.splitlines()[0] == header


def test_what_stands_before_the_first_header_is_told() -> None:
    first, second = papers("Publications\n43 papers\nCLFeb 9, 2023\nA Study of ThingsAnn Author\nText.\n")
    assert isinstance(first, Rejected)
    assert first.text == "Publications\n43 papers"
    assert isinstance(second, Paper)


def test_a_cut_last_record_is_told() -> None:
    _, last = papers("CLFeb 9, 2023\nA Study of ThingsAnn Author\nText.\nCLFeb 9, 2023\n")
    assert isinstance(last, Rejected)
    assert last.line == 4


def test_an_abstract_may_be_missing_or_long() -> None:
    assert one("CLFeb 9, 2023\nA Study of ThingsAnn Author\n").abstract is None
    assert one("CLFeb 9, 2023\nA Study of ThingsAnn Author\nOne.\n\nTwo.\n").abstract == "One.\nTwo."


def test_byte_order_marks_carriage_returns_and_hard_blanks_do_not_matter() -> None:
    paper = one("\ufeffCLFeb\xa09, 2023\r\nA Study of ThingsAnn Author\r\nText.\r\n")
    assert paper.title == "A Study of Things"


def test_latex_is_readable_and_the_raw_text_is_kept() -> None:
    paper = one("CLFeb 9, 2023\nA Study of ThingsAnn Author\nIt \\textbf{wins} $10^6$ times at 32\\% for $5.\n")
    assert paper.abstract == "It wins 10⁶ times at 32% for $5."
    assert paper.abstract_raw == "It \\textbf{wins} $10^6$ times at 32\\% for $5."


def test_an_unknown_code_is_kept_and_not_guessed() -> None:
    paper = one("ZZFeb 9, 2023\nA Study of ThingsAnn Author\nText.\n")
    assert paper.categories == ()
    assert paper.extra == (("code", "ZZ"),)


def test_escape_codes_never_get_in() -> None:
    paper = one("CLFeb 9, 2023\nA \x1b]52;c;aGk=\x07Study of\u202e ThingsAnn Author\n\x9b31mText\x00.\n")
    assert all(c.isprintable() for c in f"{paper.title}{paper.title_raw}{paper.abstract}{paper.authors}")


def test_the_format_is_known_by_its_first_header() -> None:
    assert detect("Publications\n\n99.1LGMar 18Code\nTitle") == "publications"
    assert detect("nothing of the kind\n") is None
    assert names()[0] == "publications"
    assert reader("publications").NAME == "publications"


@given(
    st.lists(
        st.one_of(
            st.text(max_size=40), st.sampled_from(["CLFeb 9, 2023", "99.1LGMar 18Code", "LGFeb 31", "TitleAnn Author"])
        ),
        max_size=12,
    )
)
def test_every_line_ends_in_one_paper_or_reject(lines: list[str]) -> None:
    text = [line.replace("\n", " ").replace("\r", " ") for line in lines]
    kept = 0
    for found in read(text, as_of=AS_OF, source="x"):
        if isinstance(found, Rejected):
            kept += len(found.text.split("\n"))
        else:
            kept += 2 + len((found.abstract_raw or "").split("\n")) * (found.abstract_raw is not None)
            assert found.title
    from readlist.text import safe_line

    assert kept == sum(bool(safe_line(line)) for line in text)
