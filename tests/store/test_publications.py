"""Where a paper appeared is told as one: a publication wins over a preprint, whichever comes first."""

from __future__ import annotations

from itertools import permutations

import pytest

from readlist.ingest import Source, ingest
from readlist.library import Library
from readlist.paper import Entry, Identifiers
from readlist.query import ALL
from readlist.writers.biblatex import write as biblatex
from readlist.writers.bibtex import write as bibtex
from tests.papers import TODAY

PREPRINT = """@article{nets,
  title = {Deep Nets for Many Things},
  author = {Li, Ann},
  journal = {arXiv preprint arXiv:2001.00009},
  pages = {1--30},
  year = {2020},
  month = jan,
  abstract = {We study nets.},
}
"""
ARTICLE = """@article{nets,
  title = {Deep Nets for Many Things},
  author = {Li, Ann},
  journal = {Nature},
  volume = {5},
  number = {2},
  pages = {7--9},
  year = {2022},
  doi = {10.1000/nets},
}
"""
DBLP = """@article{nets,
  title = {Deep Nets for Many Things},
  author = {Ann Li},
  journal = {CoRR},
  volume = {abs/2001.00009},
  year = {2020},
  eprinttype = {arXiv},
  eprint = {2001.00009},
}
"""
ON_ARXIV = """@misc{nets,
  title = {Deep Nets for Many Things},
  author = {Li, Ann},
  year = {2020},
  month = jan,
  eprint = {2001.00009},
  archiveprefix = {arXiv},
  doi = {10.48550/arXiv.2001.00009},
}
"""


def take_in(library: Library, *texts: str) -> Entry:
    for number, text in enumerate(texts):
        ingest(library, [Source.from_text(text, f"{number}.txt")], as_of=TODAY)
    [entry] = library.entries(library.select(ALL))
    return entry


@pytest.mark.parametrize("preprint", [PREPRINT, DBLP, ON_ARXIV], ids=["journal", "CoRR", "eprint"])
@pytest.mark.parametrize("first", ["preprint", "article"])
@pytest.mark.parametrize("apart", [True, False], ids=["two files", "one file"])
def test_an_article_wins_over_its_preprint_whole(library: Library, preprint: str, first: str, apart: bool) -> None:
    texts = [preprint, ARTICLE] if first == "preprint" else [ARTICLE, preprint]
    paper = take_in(library, *(texts if apart else ["".join(texts)])).paper
    assert (paper.kind, paper.venue, paper.date) == ("article", "Nature", "2022")
    assert paper.identifiers == Identifiers("2001.00009", "10.1000/nets")
    fields = dict(paper.extra)
    assert {name: fields[name] for name in ("journal", "volume", "number", "pages")} == {
        "journal": "Nature", "volume": "5", "number": "2", "pages": "7--9",
    }  # fmt: skip
    assert "month" not in fields
    if preprint is PREPRINT:
        assert paper.abstract == "We study nets."
    if apart:
        report = ingest(library, [Source.from_text(text, f"{n}.txt") for n, text in enumerate(texts)], as_of=TODAY)
        assert (report.new, report.updated, report.unchanged) == (0, 0, 2)


def test_three_sources_say_the_same_in_any_order(library: Library) -> None:
    for order in permutations([PREPRINT, ARTICLE, ON_ARXIV]):
        entry = take_in(library, *order)
        assert (entry.paper.venue, entry.paper.date, dict(entry.paper.extra)["volume"]) == ("Nature", "2022", "5")
        library.remove([entry.id])


def test_an_export_names_one_journal_and_one_year(library: Library) -> None:
    entry = take_in(library, PREPRINT, ARTICLE)
    for text in ("".join(bibtex([entry])), "".join(biblatex([entry]))):
        told = [line.split(" = ")[0].strip() for line in text.splitlines() if " = " in line]
        assert [name for name in told if name.startswith("journal")] == ["journal"]
        assert "month" not in told
        assert "{Nature}" in text
        assert "2022" in text
        assert "2020" not in text
        assert "2001.00009" in text


def test_the_day_in_a_listing_stays_beside_the_year_of_the_article(library: Library) -> None:
    listed = "Deep Nets for Many Things"
    bare = f"@misc{{nets, title = {{{listed}}}, author = {{Li, Ann}}, date = {{2022-03-07}}}}"
    assert take_in(library, bare, ARTICLE).paper.date == "2022-03-07"
    [entry] = library.entries(library.select(ALL))
    library.remove([entry.id])
    assert take_in(library, ARTICLE, bare).paper.date == "2022-03-07"


def test_two_publications_are_not_mixed(library: Library) -> None:
    talk = ARTICLE.replace("article", "inproceedings").replace("journal", "booktitle").replace("Nature", "NeurIPS")
    talk = talk.replace("  volume = {5},\n  number = {2},\n  pages = {7--9},\n", "").replace("2022", "2021")
    paper = take_in(library, talk, ARTICLE).paper
    assert (paper.kind, paper.venue, paper.date) == ("inproceedings", "NeurIPS", "2021")
    assert "volume" not in dict(paper.extra)


def test_what_was_left_out_is_told(library: Library) -> None:
    talk = ARTICLE.replace("article", "inproceedings").replace("journal = {Nature}", "booktitle = {Nature}")
    later = talk.replace("2022", "2023").replace("7--9", "70--72")
    take_in(library, ARTICLE)
    for _ in range(2):
        report = ingest(library, [Source.from_text(later, "later.bib")], as_of=TODAY)
        assert report.unfollowed == "1 appeared elsewhere too, which was left out"
        assert report.record()["left_out"] == 1
    for same in (ARTICLE, PREPRINT):
        assert ingest(library, [Source.from_text(same, "later.bib")], as_of=TODAY).unfollowed == ""


@pytest.mark.parametrize("turned", [False, True], ids=["article first", "talk first"])
def test_proceedings_that_are_said_to_be_a_journal_and_a_book_complete_each_other(
    library: Library, turned: bool
) -> None:
    article = "@article{one, title = {Deep Nets for Many Things}, author = {Li, Ann}, year = 2020, volume = 119,\n"
    article += "  journal = {Proceedings of ICML}}\n"
    talk = "@inproceedings{two, title = {Deep Nets for Many Things}, author = {Li, Ann}, year = 2020,\n"
    talk += "  booktitle = {Proceedings of ICML}, pages = {1--9}, publisher = {PMLR}}\n"
    paper = take_in(library, *((talk, article) if turned else (article, talk))).paper
    extra = dict(paper.extra)
    assert (extra["volume"], extra["pages"], extra["publisher"]) == ("119", "1--9", "PMLR")
    assert len({"journal", "booktitle"} & extra.keys()) == 1


def test_a_publication_told_twice_gets_what_it_lacked(library: Library) -> None:
    shorter = ARTICLE.replace("  number = {2},\n", "").replace("  year = {2022},\n", "")
    paper = take_in(library, shorter, ARTICLE).paper
    assert (dict(paper.extra)["number"], paper.date) == ("2", "2022")


POSTED = """@article{posted,
  title = {Deep Nets for Many Things},
  author = {Ann Li},
  journal = {bioRxiv},
  publisher = {Cold Spring Harbor Laboratory},
  year = {2021},
  doi = {10.1101/2021.03.04.433999},
}
"""


@pytest.mark.parametrize("first", ["preprint", "article"])
@pytest.mark.parametrize(
    "doi", ["10.1101/2021.03.04.433999", "10.2139/ssrn.3456789", "10.21203/rs.3.rs-123456/v1", "10.31219/osf.io/abcde"]
)
def test_an_article_wins_over_its_preprint_on_any_server(library: Library, first: str, doi: str) -> None:
    preprint = POSTED.replace("10.1101/2021.03.04.433999", doi)
    texts = [preprint, ARTICLE] if first == "preprint" else [ARTICLE, preprint]
    entry = take_in(library, *texts)
    assert (entry.paper.venue, entry.paper.date, entry.paper.identifiers.doi) == ("Nature", "2022", "10.1000/nets")
    assert dict(entry.paper.extra)["preprint-doi"] == doi
    found = library.find(doi)
    assert found is not None
    assert found.id == entry.id
    report = ingest(library, [Source.from_text(text, f"{n}.txt") for n, text in enumerate(texts)], as_of=TODAY)
    assert (report.new, report.updated, report.unchanged) == (0, 0, 2)


@pytest.mark.parametrize("authors", ["Li, Ann and Bo, Cy", "Li, Ann and others"])
def test_a_preprint_of_a_server_stays_two_where_the_authors_differ(library: Library, authors: str) -> None:
    ingest(library, [Source.from_text(ARTICLE + POSTED.replace("Ann Li", authors), "refs.bib")], as_of=TODAY)
    assert library.count() == 2
    assert len(library.likely_same()) == 1


def test_two_preprints_of_a_server_stay_two_and_a_journal_of_its_publisher_is_none(library: Library) -> None:
    other = POSTED.replace("433999", "500000")
    journal = POSTED.replace("10.1101/2021.03.04.433999", "10.1101/gad.1234").replace("bioRxiv", "Genes & Development")
    ingest(library, [Source.from_text(POSTED + other, "refs.bib")], as_of=TODAY)
    assert library.count() == 2
    ingest(library, [Source.from_text(ARTICLE + journal, "more.bib")], as_of=TODAY)
    assert {"10.1000/nets", "10.1101/gad.1234"} <= {
        entry.paper.identifiers.doi for entry in library.entries(library.select(ALL))
    }
