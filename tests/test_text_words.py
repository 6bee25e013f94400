"""Words are told by tables, for speed: the same as a plain definition of them finds, for every character."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from readlist.text import PARTS_FOLLOW, indexed, plain, words


def plainly(text: str) -> list[str]:
    """Find words as they are defined: runs of letters and digits of the folded text, an ideograph being one alone."""
    folded = re.sub("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])", r" \1 ", plain(text))
    return re.findall(r"[^\W_]+", folded)


def test_every_character_is_folded_as_defined_alone_and_among_others() -> None:
    for begin in range(0, 0x110000, 64):
        characters = [chr(code) for code in range(begin, begin + 64) if unicodedata.category(chr(code)) != "Cs"]
        for text in (" aB".join(characters), " _".join(characters)):
            assert words(text) == plainly(text)


@given(st.text(max_size=60))
def test_words_are_as_defined(text: str) -> None:
    assert words(text) == plainly(text)


def test_parts_of_compounds_follow_in_the_order_of_the_text() -> None:
    text = "Few-shot NetHack with the model’s GPT4 state-of-the-art"
    whole, parts = indexed(text).split(f" {PARTS_FOLLOW} ")
    assert whole.split() == plainly(text)
    assert parts.split() == ["fewshot", "models", "stateoftheart", "net", "hack", "gpt", "4"]
