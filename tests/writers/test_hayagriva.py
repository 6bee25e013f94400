"""Hayagriva as YAML reads it and as Typst compiles it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from readlist.paper import Entry, Identifiers
from readlist.text import safe_line
from readlist.writers.options import Options
from tests.papers import paper
from tests.writers.hostile import HOSTILE, MARKED, OPTIONS, entry, libraries, written


def plain(formatted: str) -> str:
    """Return what Hayagriva shows of a text in which it takes braces for its own."""
    return re.sub(r"\\([\\{}$])|[{}]", lambda found: found[1] or "", formatted)


def test_an_entry_is_as_it_should_be() -> None:
    one = paper(
        "Toolformer: LLM Agents and $5 {more}", "Timo Schick", "Aäron van den Oord", "Martin King, Jr.", "The X Team",
        authors_truncated=True, date="2023-02-09", identifiers=Identifiers("2302.04761", "10.1000/a_b"),
    )  # fmt: skip
    assert written("hayagriva", [entry(one, "schick2023")]) == (
        '"schick2023":\n'
        "  type: article\n"
        '  title: "Toolformer: {LLM} Agents and \\\\$5 \\\\{more\\\\}"\n'
        "  author:\n"
        '    - "Schick, Timo"\n'
        '    - { name: "Oord", given-name: "Aäron", prefix: "van den" }\n'
        '    - { name: "King", given-name: "Martin", suffix: "Jr." }\n'
        '    - { name: "The X Team" }\n'
        '    - { name: "others" }\n'
        '  date: "2023-02-09"\n'
        '  url: "https://doi.org/10.1000/a_b"\n'
        "  serial-number:\n"
        '    doi: "10.1000/a_b"\n'
        '    arxiv: "2302.04761"\n'
        "  parent:\n"
        "    type: repository\n"
        '    title: "{arXiv}"\n'
    )


def test_an_article_has_its_journal_for_a_parent() -> None:
    extra = (("volume", "{3}"), ("number", "2"), ("pages", "12--34"), ("publisher", "MIT Press"))
    one = paper("T", "Ann A", kind="article", venue="Journal of NLP", extra=extra)
    [found] = yaml.safe_load(written("hayagriva", [entry(one)])).values()
    assert found["parent"] == {"type": "periodical", "title": "Journal of {NLP}", "volume": "3", "issue": "2"}
    assert (found["page-range"], found["publisher"]) == ("12-34", "{MIT} Press")


def test_notes_and_tags_stand_in_fields_that_are_not_printed() -> None:
    [found] = yaml.safe_load(written("hayagriva", [MARKED], Options(with_notes=True, with_tags=True))).values()
    assert (found["annotation"], found["keywords"]) == ("sekretnote", ["sekrettag"])
    assert "note" not in found


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_yaml_reads_every_paper_back(entries: list[Entry], options: Options) -> None:
    found = yaml.safe_load(written("hayagriva", entries, options))
    assert list(found) == [one.citekey for one in entries]
    assert [plain(one["title"]) for one in found.values()] == [one.paper.title for one in entries]
    for one in found.values():
        assert set(one) <= {
            "type", "title", "author", "editor", "date", "publisher", "isbn", "page-range", "url", "serial-number",
            "parent", "keywords", "annotation", "volume",
        }  # fmt: skip


def compiled(folder: Path, text: str) -> str:
    """Return the words of the bibliography that Typst makes of a file, each entry a line."""
    typst = pytest.importorskip("typst", reason="typst is not installed")
    (folder / "refs.yaml").write_text(text, encoding="utf-8")
    (folder / "main.typ").write_text('#bibliography("refs.yaml", full: true, style: "ieee")\n', encoding="utf-8")
    page = typst.compile(str(folder / "main.typ"), root=str(folder), format="html").decode()
    body = page[page.index("<body>") :].replace("</li>", "\n")
    return html.unescape(re.sub(r"<[^>]*>", "", body))


def seen(text: str) -> str:
    """Return the letters and figures of a text, which Typst's quotation marks and blanks leave alone."""
    return re.sub(r"[\W_]+", "", text)


def test_typst_prints_every_hostile_title_and_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("canary")
    # What is no character cannot stand in the page that is asked for here; Typst's PDF takes it.
    texts = [text for raw in HOSTILE if seen(text := safe_line(raw)) and "\ufffe" not in text]
    papers = [
        paper(f"{text} end", text, "Ann Author", venue=text, kind="article", extra=(("pages", text), ("volume", text)))
        for text in texts
    ]
    entries = [entry(one, f"key{number} {one.authors[0]}") for number, one in enumerate(papers)]
    told = compiled(tmp_path, written("hayagriva", entries))
    assert len(re.findall(r"\[\d+\]", told)) >= len(texts)
    for text in texts:
        assert seen(f"{text} end") in seen(told), text
    assert "canary" not in told


def test_typst_reads_a_file_when_a_title_is_not_escaped(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("canary")
    safe = written("hayagriva", [entry(paper('$#read("secret.txt")$', "Ann A"))])
    assert "canary" not in compiled(tmp_path, safe)
    assert "canary" in compiled(tmp_path, safe.replace("\\\\$", "$"))


def test_typst_prints_a_preprint_an_article_and_a_paper_of_a_conference(tmp_path: Path) -> None:
    one = paper("First", "Aäron van den Oord", "Martin King, Jr.", date="2023-02-09", identifiers=Identifiers("2302.1"))
    two = paper("Second", "Ann A", kind="article", venue="Science", date="2022", extra=(("volume", "3"),))
    three = paper("Third", "The X Team", kind="inproceedings", venue="ICML", extra=(("pages", "1--9"),), date="2021")
    told = compiled(tmp_path, written("hayagriva", [entry(one, "a"), entry(two, "b"), entry(three, "c")]))
    for words in (
        "A. van den Oord",
        "M. King Jr.",
        "2023",
        "Science, vol. 3, 2022",
        "The X Team",
        "ICML, 2021, pp. 1–9",
    ):
        assert words in re.sub(r"\s+", " ", told), told


def test_typst_accepts_a_bibliography_without_entries(tmp_path: Path) -> None:
    assert "[1]" not in compiled(tmp_path, written("hayagriva", []))
