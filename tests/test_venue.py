"""Names of journals, conferences and books: one written in two ways, or two."""

from __future__ import annotations

import pytest

from readlist.venue import may_be_one_venue

ADVANCES = "Advances in Neural Information Processing Systems"
ONE = [
    ("J. Mach. Learn. Res.", "Journal of Machine Learning Research"),
    ("Proc. Natl. Acad. Sci.", "Proceedings of the National Academy of Sciences of the United States of America"),
    ("Science (New York, N.Y.)", "Science"),
    ("The Lancet", "Lancet"),
    (f"{ADVANCES} 33: Annual Conference on Neural Information Processing Systems 2020", ADVANCES),
    ("Neural Information Processing Systems", ADVANCES),
    ("NeurIPS", "Advances in NeurIPS"),
    ("NeurIPS", ADVANCES),
    ("ICML", "Proceedings of the 37th International Conference on Machine Learning, ICML 2020, 13-18 July 2020"),
    ("Proc. of the 34th Int. Conf. on Machine Learning", "International Conference on Machine Learning"),
    ("ICML 2017", "International Conference on Machine Learning"),
    ("CVPR", "IEEE/CVF Conference on Computer Vision and Pattern Recognition"),
    ("Proc. VLDB Endow.", "Proceedings of the VLDB Endowment"),
    ("Workshop on Parsing", "Proceedings of the Third Workshop on Parsing"),
]
TWO = [
    ("Nature", "Science"),
    ("Nature", "Nature Physics"),
    ("Physical Review", "Physical Review Letters"),
    ("Physical Review A", "Physical Review B"),
    ("Machine Learning", "Journal of Machine Learning Research"),
    ("ICML", "JMLR"),
    ("EMNLP", "Workshop on Parsing at EMNLP"),
    ("EMNLP", "Findings of the Association for Computational Linguistics: EMNLP 2020"),
    ("ACM", "Communications of the ACM"),
    ("Handbook of Light", "Encyclopedia of Physics"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_venue_is_told_in_two_ways(one: str, other: str) -> None:
    assert may_be_one_venue(one, other)
    assert may_be_one_venue(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_venues_are_two(one: str, other: str) -> None:
    assert not may_be_one_venue(one, other)
    assert not may_be_one_venue(other, one)


def test_a_journal_is_no_conference_of_the_same_words() -> None:
    assert not may_be_one_venue("Machine Learning", "International Conference on Machine Learning", across=True)
    assert may_be_one_venue(f"{ADVANCES} 30", ADVANCES, across=True)
