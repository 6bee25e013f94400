"""The publications listing: headers, records, and the 43 papers of a real one."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.assets import asset
from readlist.paper import Furniture, Paper, Rejected
from readlist.readers import detect, names, reader
from readlist.readers.decoding import decoded
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


def papers(text: str) -> list[Paper | Rejected | Furniture]:
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
    heading, count, other, paper = papers(
        "Publications\n43 papers\nA Study of Lost ThingsAnn Author\nCLFeb 9, 2023\nA Study of ThingsAnn Author\nText.\n"
    )
    assert (heading, count) == (Furniture(1, "Publications", "test.txt"), Furniture(2, "43 papers", "test.txt"))
    assert isinstance(other, Rejected)
    assert (other.line, other.text) == (3, "A Study of Lost ThingsAnn Author")
    assert isinstance(paper, Paper)


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


RECORD = "A Study of ThingsAnn Author, Bob Builder et al. · mit, uw\nText."

HEADERS = [
    ("99.1LGMar 18Code", 99.1, "cs.LG", "2026-03-18", True, True),
    ("99.1 LG Mar 18 Code", 99.1, "cs.LG", "2026-03-18", True, True),
    ("87%CLFeb 9, 2023", 87.0, "cs.CL", "2023-02-09", False, False),
    ("100LGFeb 9 2023", 100.0, "cs.LG", "2023-02-09", False, False),
    ("LGMarch 18th, 2025Code", None, "cs.LG", "2025-03-18", False, True),
    ("LGSept. 3, 2024", None, "cs.LG", "2024-09-03", False, False),
    ("LGSEP 3, 2024", None, "cs.LG", "2024-09-03", False, False),
    ("LG18 Mar 2025", None, "cs.LG", "2025-03-18", False, False),
    ("99.1LG18 MarchCode", 99.1, "cs.LG", "2026-03-18", True, True),
    ("LG18-Mar-2025", None, "cs.LG", "2025-03-18", False, False),
    ("LG2025-03-18Code", None, "cs.LG", "2025-03-18", False, True),
    ("LG 2025/3/18", None, "cs.LG", "2025-03-18", False, False),
    ("LG18.03.2025", None, "cs.LG", "2025-03-18", False, False),
    ("LG18/03/2025", None, "cs.LG", "2025-03-18", False, False),
    ("LG03/18/2025", None, "cs.LG", "2025-03-18", False, False),
    ("LGMar 2025Code", None, "cs.LG", "2025-03", False, True),
    ("LG2025-03", None, "cs.LG", "2025-03", False, False),
    ("LG3 days agoCode", None, "cs.LG", "2026-03-29", True, True),
    ("LGyesterday", None, "cs.LG", "2026-03-31", True, False),
    ("LG5h ago", None, "cs.LG", "2026-04-01", True, False),
    ("LG2 weeks ago", None, "cs.LG", "2026-03-18", True, False),
    ("LG4 months ago", None, "cs.LG", "2025-12", True, False),
    ("LG2 years ago", None, "cs.LG", "2024", True, False),
    ("MLFeb 9, 2023CodePDF", None, "stat.ML", "2023-02-09", False, True),
    ("MLFeb 9, 2023Project", None, "stat.ML", "2023-02-09", False, False),
    ("cs.CLFeb 9, 2023", None, "cs.CL", "2023-02-09", False, False),
    ("hep-thFeb 9, 2023", None, "hep-th", "2023-02-09", False, False),
    ("9.5quant-phFeb 9, 2023", 9.5, "quant-ph", "2023-02-09", False, False),
    ("cond-mat.mes-hallFeb 9, 2023", None, "cond-mat.mes-hall", "2023-02-09", False, False),
    ("flu-dynFeb 9, 2023", None, "physics.flu-dyn", "2023-02-09", False, False),
    ("IMFeb 9, 2023", None, "astro-ph.IM", "2023-02-09", False, False),
    ("CDFeb 9, 2023", None, "nlin.CD", "2023-02-09", False, False),
    ("NTFeb 9, 2023", None, "math.NT", "2023-02-09", False, False),
    ("MNFeb 9, 2023", None, "q-bio.MN", "2023-02-09", False, False),
    ("PMFeb 9, 2023", None, "q-fin.PM", "2023-02-09", False, False),
    ("EMFeb 9, 2023", None, "econ.EM", "2023-02-09", False, False),
    ("IVFeb 9, 2023", None, "eess.IV", "2023-02-09", False, False),
    ("99.1\nLG\nMar 18\nCode", 99.1, "cs.LG", "2026-03-18", True, True),
    ("99.1\n\nLGMar 18\nCode", 99.1, "cs.LG", "2026-03-18", True, True),
    ("99.1LG\nMar 18Code", 99.1, "cs.LG", "2026-03-18", True, True),
    ("LG\nMar 18,\n2025", None, "cs.LG", "2025-03-18", False, False),
    ("LG\nMar 2025\nCode", None, "cs.LG", "2025-03", False, True),
    ("LGMar 18\nCode", None, "cs.LG", "2026-03-18", True, True),
    ("LG\n18 March 2025", None, "cs.LG", "2025-03-18", False, False),
]


@pytest.mark.parametrize(("header", "score", "category", "day", "inferred", "code"), HEADERS)
@pytest.mark.parametrize("before", ["", "CLFeb 9, 2020\nAnother ThingCy Dee\nOther text.\n"], ids=["first", "second"])
def test_headers_of_many_shapes(  # noqa: PLR0917 — a row of the table
    before: str, header: str, score: float | None, category: str, day: str, inferred: bool, code: bool
) -> None:
    found = papers(f"{before}{header}\n{RECORD}\n")
    assert len(found) == (2 if before else 1)
    paper = found[-1]
    assert isinstance(paper, Paper)
    assert (paper.score, paper.categories, paper.date) == (score, (category,), day)
    assert (paper.year_inferred, paper.has_code) == (inferred, code)
    assert (paper.title, paper.abstract) == ("A Study of Things", "Text.")
    if before:
        assert isinstance(found[0], Paper)
        assert found[0].abstract == "Other text."


def test_a_date_that_can_be_read_two_ways_is_only_a_year() -> None:
    paper = one(f"LG3/4/2020\n{RECORD}\n")
    assert (paper.date, paper.uncertain) == ("2020", ("date",))


@pytest.mark.parametrize(
    "line", ["AI", "In Mar 18 we", "GPT 4", "US Code", "The LGMar 18", "LGMar 18 and more", "2023"]
)
def test_a_line_of_an_abstract_is_no_header(line: str) -> None:
    paper = one(f"CLFeb 9, 2023\nA Study of ThingsAnn Author\nOne\n{line.replace('2023', 'in 2023')}\nlast.\n")
    assert paper.abstract == f"One\n{line.replace('2023', 'in 2023')}\nlast."


FURNITURE = [
    "Publications", "All papers", "Load more", "Load more…", "Show 20 more papers", "Show less", "43 papers",
    "1–20 of 43",
    "Showing 1-20 of 1,043 results", "Page 2 of 5", "1 2 3 … 9", "« Previous", "Next »", "Next page", "Sort by: newest",
    "Filters", "Search papers…", "Back to top", "© 2026 The Institute. All rights reserved.", "Privacy policy",
    "Terms of use | Contact | Imprint", "Loading…", "No more papers", "Cite", "Read more", "12 results",
    "Skip to content", "Skip to main content", "Toggle navigation",
]  # fmt: skip


@pytest.mark.parametrize("words", FURNITURE)
def test_what_belongs_to_the_page_is_no_reject_and_gets_into_no_paper(words: str) -> None:
    text = f"{words}\nCLFeb 9, 2023\n{RECORD}\n\n{words}\n\nLGFeb 8, 2023\nAnother ThingCy Dee\n{words}\n"
    first, paper, between, other, last = papers(text)
    assert [first, between, last] == [Furniture(line, words, "test.txt") for line in (1, 6, 10)]
    assert isinstance(paper, Paper)
    assert paper.abstract == "Text."
    assert isinstance(other, Paper)
    assert (other.title, other.abstract) == ("Another Thing", None)


MENUS = ["Research", "People", "Research | Publications | CV", "GitHub · Google Scholar · E-mail", "Dark mode"]


@pytest.mark.parametrize("words", MENUS)
def test_a_menu_is_furniture_around_the_records_only(words: str) -> None:
    first, paper, button, last = papers(f"{words}\nCLFeb 9, 2023\n{RECORD}\n{words}\nOn.\nLoad more\n{words}\n")
    assert isinstance(paper, Paper)
    assert paper.abstract == f"Text.\n{words}\nOn."
    assert [first, button, last] == [
        Furniture(1, words, "test.txt"),
        Furniture(7, "Load more", "test.txt"),
        Furniture(8, words, "test.txt"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "A Study of ThingsAnn Author",
        "Research Directions",
        "People | Places",
        "Publications by Ann Author",
        "99.1LG",
        "arXiv:2302.04761",
        "Contact Theory",
    ],
)
def test_what_may_be_of_a_paper_is_no_furniture(words: str) -> None:
    first, _, _, last = papers(f"{words}\nCLFeb 9, 2023\n{RECORD}\nLoad more\n{words}\n")
    told = [(one.line, one.text) for one in (first, last) if isinstance(one, Rejected)]
    assert told == [(1, words), (6, words)]


def test_a_record_without_a_title_is_told_with_the_line_that_may_be_it() -> None:
    header, title, paper = papers(f"CLFeb 8, 2023\nHome\nCLFeb 9, 2023\n{RECORD}\n")
    assert isinstance(header, Rejected)
    assert isinstance(title, Rejected)
    assert (title.line, title.text) == (2, "Home")
    assert isinstance(paper, Paper)


def test_no_line_takes_long_to_be_told_from_furniture() -> None:
    began = time.process_time()
    for unit in ("1", "1 ", "a ", "| a", "sort by date ", "… ", "1-", "99.1", "LG", "papers "):
        assert papers(f"CLFeb 9, 2023\n{RECORD}\n" + f"{(unit * 99)[:99]}\n" * 50)
    assert time.process_time() - began < 20  # what grows with a power of the length never ends


def test_the_foot_of_a_page_is_told_whole() -> None:
    _, button, foot, rights = papers(
        f"CLFeb 9, 2023\n{RECORD}\nLoad more\nThe Institute of Things\nSome Street 5\n© 2026\n"
    )
    assert button == Furniture(4, "Load more", "test.txt")
    assert isinstance(foot, Rejected)
    assert (foot.line, foot.text) == (5, "The Institute of Things\nSome Street 5")
    assert rights == Furniture(7, "© 2026", "test.txt")


def test_a_button_between_title_and_abstract_costs_nothing() -> None:
    paper, save, show = papers("CLFeb 9, 2023\nSave\nA Study of ThingsAnn Author\nShow abstract\nOne.\nTwo.\n")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.abstract) == ("A Study of Things", "One.\nTwo.")
    assert [save, show] == [Furniture(2, "Save", "test.txt"), Furniture(4, "Show abstract", "test.txt")]


@pytest.mark.parametrize("end", ["99.", "99.1", "LG", "99.1LG", "99.1LGMar", "LGMar 1", "LGFeb 9,", "cs.LG"])
def test_a_header_that_is_cut_at_the_end_is_told(end: str) -> None:
    found = papers(f"CLFeb 9, 2023\n{RECORD}\n{end}")
    assert isinstance(found[0], Paper)
    assert found[0].abstract == "Text."
    if end != "LGMar 1":  # a header with no title after it
        assert isinstance(found[1], Rejected)
        assert found[1].reason == "the listing ends in the middle of a header"
    assert [one.text for one in found[1:] if isinstance(one, Rejected)] == [end]


@pytest.mark.parametrize(
    ("people", "authors", "truncated", "places"),
    [
        ("Ann Author, Bob van Builder", ("Ann Author", "Bob van Builder"), False, ()),
        (
            "Ann Author, Bob Builder, C. D. Dee et al. · mit, uw",
            ("Ann Author", "Bob Builder", "C. D. Dee"),
            True,
            ("mit", "uw"),
        ),
        ("Ann Author · meta", ("Ann Author",), False, ("meta",)),
    ],
)
def test_title_and_authors_may_stand_on_two_lines(
    people: str, authors: tuple[str, ...], truncated: bool, places: tuple[str, ...]
) -> None:
    paper = one(f"99.1\nLG\nMar 18\nCode\nThe DeepMind Way: a Study\n{people}\nText of the\nabstract.\n")
    assert (paper.title, paper.authors, paper.authors_truncated) == ("The DeepMind Way: a Study", authors, truncated)
    assert (paper.affiliations, paper.abstract, paper.uncertain) == (places, "Text of the\nabstract.", ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", " \n", "\xa0\n\u200b\n", "\u3000\n"])
@pytest.mark.parametrize("begin", ["", "\ufeff", "\n\n\ufeff", "\xa0"])
def test_ends_of_lines_and_blanks_do_not_matter(tmp_path: Path, begin: str, end: str) -> None:
    path = tmp_path / "listing.txt"
    lines = f"Cl\u200b\n99.1LGMar\xa018Code\n{RECORD}\n".split("\n")[1:]
    path.write_text(begin + end.join(lines), encoding="utf-8", newline="")
    with path.open("rb") as file:
        (paper,) = read(decoded(file, "listing.txt"), as_of=AS_OF, source="listing.txt")
    assert isinstance(paper, Paper)
    assert (paper.title, paper.abstract, paper.affiliations) == ("A Study of Things", "Text.", ("mit", "uw"))


def test_listings_that_were_joined_are_read_on() -> None:
    found = papers(f"\ufeffCLFeb 9, 2023\n{RECORD}\n\ufeffLGFeb 8, 2023\nAnother ThingCy Dee\nMore.\n")
    assert [one.abstract for one in found if isinstance(one, Paper)] == ["Text.", "More."]


def test_a_listing_with_its_headers_on_several_lines_is_known() -> None:
    assert detect(f"Publications\n\n99.1\nLG\nMar 18\n{RECORD}\n") == "publications"


@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(["CLFeb 9, 2023", "99.1LGMar 18Code", "LGFeb 31", "TitleAnn Author", "Home", "Next"]),
        ),
        max_size=12,
    )
)
def test_every_line_ends_in_one_paper_reject_or_piece_of_furniture(lines: list[str]) -> None:
    text = [line.replace("\n", " ").replace("\r", " ") for line in lines]
    from readlist.text import safe_line

    kept = 0
    for found in read(text, as_of=AS_OF, source="x"):
        if not isinstance(found, Paper):
            kept += len(found.text.split("\n"))
        else:
            alone = found.title_raw in {safe_line(line) for line in text}  # the authors stand on a line of their own
            kept += (
                2
                + (alone and bool(found.authors))
                + len((found.abstract_raw or "").split("\n")) * (found.abstract_raw is not None)
            )
            assert found.title

    assert kept == sum(bool(safe_line(line)) for line in text)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ann Lee and Bo Xu", ("Ann Lee", "Bo Xu")),
        ("Ann Lee & Bo Xu \u00b7 mit", ("Ann Lee", "Bo Xu")),
        ("Ann Lee, Bo Xu, and Cy Young et al.", ("Ann Lee", "Bo Xu", "Cy Young")),
        ("Martin Luther King, Jr., Bo Xu", ("Martin Luther King Jr.", "Bo Xu")),
        ("Ann Lee\u00b9, Bo Xu*", ("Ann Lee", "Bo Xu")),
    ],
)
def test_the_authors_of_a_listing_are_told_apart_as_those_of_other_lists(written: str, names: tuple[str, ...]) -> None:
    paper = one(f"CLFeb 9, 2023\nDeep Learning for Everything{written}\nAn abstract of it.\n")
    assert (paper.title, paper.authors) == ("Deep Learning for Everything", names)
