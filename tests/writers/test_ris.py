"""RIS as reference managers read it."""

from __future__ import annotations

import re

import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readlist.paper import Entry, Identifiers, Incoming
from readlist.text import safe_line
from readlist.writers.options import Options
from tests.papers import from_bib, paper
from tests.readers.samples import read
from tests.writers.hostile import OPTIONS, entry, libraries, written

SPECIFIED = (
    "A1 A2 A3 A4 AB AD AN AU C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DO DP ED EP ET J1 J2 JA JF JO KW L1 L2 L3 L4 "
    "LA LB LK M1 M2 M3 N1 N2 NO NV OP PB PP PY RI RN RP SE SN SP ST T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2"
).split()
"""The tags of the specification of 2011 and those that programs have beside it, but for `TY`, `ID` and `ER`."""
PEOPLE = ("A1", "A2", "A3", "A4", "AU", "ED")
SHAPED = {
    "PY": "2019", "Y1": "2019/03/04", "DA": "2019/03/04/Spring", "DO": "10.1000/x", "SN": "1234-5678", "SP": "1",
    "EP": "9", "UR": "https://e.org/x",
}  # fmt: skip
"""Values that are not any text."""
WORDS = st.text("abcXYZ éß0.:()", min_size=2, max_size=12).map(lambda text: f"v {' '.join(text.split())}".strip())


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
        said = {name.casefold() for name, _ in one.paper.extra}
        assert ("keywords" in record) <= (options.with_tags and bool(one.mark.tags)) | ("keywords" in said)
        assert ("notes" in record) <= (options.with_notes and bool(one.mark.notes)) | ("note" in said)
        assert record["id"] == one.citekey


@settings(deadline=None, max_examples=60)
@example({"PB": "v one", "JF": "v two", "JO": "v one"}, "JOUR")
@example({"PB": "v one", "J2": "v two", "JA": "v one"}, "JOUR")
@example({"PB": "v one", "J2": "v two", "JA": "v three", "T2": "v four"}, "THES")
@given(st.dictionaries(st.sampled_from(SPECIFIED), WORDS), st.sampled_from(["JOUR", "MGZN", "CHAP", "THES", "XYZ"]))
def test_every_field_of_the_specification_comes_back(values: dict[str, str], kind: str) -> None:
    said = {"TI": "v title"} | {
        tag: f"Family {tag}, G." if tag in PEOPLE else SHAPED.get(tag, value) for tag, value in values.items()
    }
    lines = [f"TY  - {kind}", "ID  - k1", *(f"{tag}  - {value}" for tag, value in said.items()), "ER  - ", ""]
    [found] = read("ris", "\n".join(lines))
    assert isinstance(found, Incoming)
    whole = Options(with_notes=True)
    out = written("ris", [Entry("p1", "k1", "2026-01-01T00:00:00Z", found.paper)], whole)
    given_back = {line[6:] for line in out.split("\r\n")}
    dates = {"PY", "Y1", "DA"} & said.keys()
    lost = {tag: value for tag, value in said.items() if tag not in dates and value not in given_back}
    assert not lost
    assert all(any(value.startswith(said[tag][:4]) for value in given_back) for tag in dates)
    assert f"TY  - {kind}" in out
    [again] = read("ris", out.replace("\r\n", "\n"))
    assert isinstance(again, Incoming)
    assert written("ris", [Entry("p1", "k1", "2026-01-01T00:00:00Z", again.paper)], whole) == out


def test_other_words_about_a_date_and_several_values_of_a_tag_come_back() -> None:
    [found] = read(
        "ris",
        "TY  - JOUR\nTI  - T\nPY  - in press\nUR  - https://a.org\nUR  - https://b.org\nKW  - a, b\nKW  - c\n"
        "N1  - Seen at X\nN1  - Cited By :3\nDB  - Scopus\nER  - \n",
    )
    assert isinstance(found, Incoming)
    assert (found.paper.date, dict(found.paper.extra)["year"]) == (None, "in press")
    came = Entry("p1", "k", "2026-01-01T00:00:00Z", found.paper, found.mark)
    lines = written("ris", [came], Options(with_notes=True)).split("\r\n")
    for line in (
        "PY  - in press", "UR  - https://a.org", "UR  - https://b.org", "KW  - a, b", "KW  - c", "N1  - Seen at X",
        "N1  - Cited By :3", "DB  - Scopus",
    ):  # fmt: skip
        assert lines.count(line) == 1
    for name in ("ris", "bibtex"):
        assert "Seen at X" not in written(name, [came])


def test_a_link_in_a_note_keeps_its_address() -> None:
    one = from_bib(r"@misc{k, title={T}, url={https://own.org}, note={See \href{https://h.org/q{\_}r}{the {Site}}}}")
    assert "\r\nN1  - See the Site (https://h.org/q_r)\r\n" in written("ris", [entry(one)])


def test_a_type_and_a_number_of_pages_go_out_as_they_came() -> None:
    for text in ("TY  - GEN\r\nTI  - T\r\nAN  - arXiv:2302.04761\r\n", "TY  - BOOK\r\nTI  - T\r\nSP  - 350\r\n"):
        (incoming,) = read("ris", f"{text}ER  - \r\n")
        assert isinstance(incoming, Incoming)
        lines = written("ris", [entry(incoming.paper)]).split("\r\n")
        assert set(text.split("\r\n")) <= set(lines)


def test_a_subtitle_goes_out_with_its_title() -> None:
    titles = {"The {E}lements": "The Elements: A Study", "Why?": "Why? A Study", "X: a Study": "X: a Study"}
    for title, written_title in titles.items():
        one = from_bib(f"@book{{k, title={{{title}}}, subtitle={{A {{Study}}}}, year=2009}}")
        assert f"\r\nTI  - {written_title}\r\n" in written("ris", [entry(one)])


def test_braces_that_group_letters_of_an_address_are_none_of_it() -> None:
    one = from_bib("@misc{k, title={T}, url={https://a.org/{ABC}/d{\\_}e}}")
    assert "\r\nUR  - https://a.org/ABC/d_e\r\n" in written("ris", [entry(one)])
    assert "  url = {https://a.org/ABC/d_e},\n" in written("bibtex", [entry(one)])
