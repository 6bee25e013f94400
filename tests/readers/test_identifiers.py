"""Which words are identifiers of papers, and which only look like one."""

from __future__ import annotations

import pytest

from readlist.paper import Paper, Rejected
from readlist.readers.identifiers import arxiv_id, arxiv_version
from tests.readers.samples import read


@pytest.mark.parametrize(
    "written",
    [
        "0704.0001",
        "1412.9999",
        "1501.00001",
        "2302.04761",
        "hep-th/9108001",
        "hep-th/9901001",
        "math/0703001",
        "cs/0001001",
    ],
)
def test_what_arxiv_has_given_is_an_id(written: str) -> None:
    for text in (written, f"{written}v2", f"arXiv:{written}", f"https://arxiv.org/abs/{written}v3"):
        assert arxiv_id(text) == written


@pytest.mark.parametrize(
    "written",
    [
        "2413.00001", "2400.00001", "0703.0001", "0612.1234", "1412.00001", "1501.0001", "2302.00000", "0704.0000",
        "hep-th/9913001", "hep-th/9900001", "hep-th/9106001", "hep-th/0704001", "hep-th/1001001", "hep-th/9901000",
    ],
)  # fmt: skip
def test_what_arxiv_cannot_have_given_is_none(written: str) -> None:
    for text in (written, f"{written}v2", f"arXiv:{written}", f"https://arxiv.org/abs/{written}v3"):
        assert (arxiv_id(text), arxiv_version(text)) == (None, None)


def test_an_id_behind_one_that_cannot_be_is_found() -> None:
    assert arxiv_id("arXiv:2413.00001, which is arXiv:2312.00001v2") == "2312.00001"


def test_an_id_that_cannot_be_is_told_in_a_list() -> None:
    good, bad = read("links", "2312.00001\n2413.00001\n")
    assert isinstance(good, Paper)
    assert (type(bad), getattr(bad, "line", 0)) == (Rejected, 2)
