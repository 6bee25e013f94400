"""RIS as reference managers read it."""

from __future__ import annotations

import re

import rispy
from hypothesis import given, settings

from readlist.paper import Entry, Identifiers
from readlist.text import safe_line
from readlist.writers.options import Options
from tests.papers import paper
from tests.writers.hostile import OPTIONS, entry, libraries, written


def test_a_record_is_as_it_should_be() -> None:
    one = paper(
        "Toolformer", "Timo Schick", "Aäron van den Oord", "Martin King, Jr.", "The X Collaboration",
        authors_truncated=True, date="2023-02", venue="Journal of *Things", kind="article", abstract="One.\nTwo.",
        extra=(("volume", "{3}"), ("Number", "2"), ("pages", "12--34"), ("editor", "Bob Builder and Eve Editor")),
        identifiers=Identifiers("2302.04761", "10.1000/a_b"),
    )  # fmt: skip
    assert written("ris", [entry(one, "schick2023toolformer")]).split("\r\n") == [
            "TY  - JOUR", "ID  - schick2023toolformer", "AU  - Schick, Timo", "AU  - van den Oord, Aäron",
            "AU  - King, Martin, Jr.", "AU  - The X Collaboration", "AU  - et al.", "A2  - Builder, Bob",
            "A2  - Editor, Eve", "TI  - Toolformer", "T2  - Journal of Things", "PY  - 2023", "DA  - 2023/02//",
            "VL  - 3", "IS  - 2", "SP  - 12", "EP  - 34", "AB  - One. Two.", "DO  - 10.1000/a_b",
            "AN  - arXiv:2302.04761", "UR  - https://doi.org/10.1000/a_b", "UR  - https://arxiv.org/abs/2302.04761",
            "ER  - ", "", "",
    ]  # fmt: skip


def test_the_type_is_what_is_known() -> None:
    def kind(**facts: object) -> str:
        return written("ris", [entry(paper("T", "Ann A", **facts))]).split("\r\n")[0][6:]

    assert kind() == "GEN"
    assert kind(identifiers=Identifiers("2302.04761")) == "UNPB"
    assert kind(kind="inproceedings", venue="ICML") == "CPAPER"
    assert kind(kind="PhDThesis") == "THES"


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_rispy_reads_every_paper_back(entries: list[Entry], options: Options) -> None:
    text = written("ris", entries, options)
    found = rispy.loads(text)
    assert [one["title"] for one in found] == [safe_line(one.paper.title) for one in entries]
    assert all(re.fullmatch("[A-Z][A-Z0-9]  - .*", line) for line in text.split("\r\n") if line)
    assert "\n" not in text.replace("\r\n", "")
    for one, record in zip(entries, found, strict=True):
        assert ("keywords" in record) <= (options.with_tags and bool(one.mark.tags))
        assert ("notes" in record) <= (options.with_notes and bool(one.mark.notes))
        assert record["id"] == one.citekey
