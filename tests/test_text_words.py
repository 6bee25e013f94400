"""Words are told by tables, for speed: the same as a plain definition of them finds, for every character."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from readlist.text import PARTS_FOLLOW, indexed, plain, safe_line, safe_text, safe_verbatim, words


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


def test_no_character_that_could_do_harm_gets_through_whatever_python_takes_it_for() -> None:
    bad = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0]
    bad += [*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
    bad += [*range(0xFE00, 0xFE10), *range(0xD800, 0xE000), *range(0xE0000, 0xE1000)]
    for code in bad:
        for text in (f"a{chr(code)}b", f"é{chr(code)}’"):
            assert chr(code) not in safe_line(text)
            assert chr(code) not in safe_text(text)
            assert chr(code) not in safe_verbatim(text)
