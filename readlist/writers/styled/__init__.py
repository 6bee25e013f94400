"""Formatted citations by styles of the Citation Style Language (CSL), through citeproc-py.

The styles of APA, IEEE, Chicago, MLA, Nature, ACM and Vancouver come with readlist; any other is a `.csl` file. What
citeproc-py does not do is done around it: in `items` before, in `documents` and `rules` to the style, in `marked`
after. What cannot be done outside it:

- names of journals and proceedings are not abbreviated, as IEEE, Nature and Vancouver ask: no source has the short
  names;
- title case (Chicago, MLA) is citeproc-py's: words after a hyphen keep their case, one after a full stop gets a
  capital, and a title is taken for English unless its source names another language;
- in sentence case a name that only the title knows may lose its capital (see `casing`);
- two papers of the same authors and year get no `a` and `b`, and no dash stands for authors who come again: each
  citation is set by itself;
- a list of authors that its source has cut is printed as far as it is known, then `et al.`, even where a style would
  name fewer if it knew how many there are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from readlist.errors import UsageError
from readlist.paper import Entry
from readlist.text import safe_line
from readlist.writers.options import Options
from readlist.writers.plain import citation as plain_citation
from readlist.writers.styled.documents import Document, load, shipped
from readlist.writers.styled.forms import FORMS, document
from readlist.writers.styled.items import styled_item
from readlist.writers.styled.marked import finished, hidden

if TYPE_CHECKING:
    from readlist.writers import Writer


class Style(Struct, frozen=True):
    """What is known of a style besides its file."""

    file: str
    """The name of its file."""
    sentence: bool = False
    """Whether its manual wants titles of papers in sentence case."""


STYLES: Final = {
    "apa": Style("apa.csl", sentence=True),
    "ieee": Style("ieee.csl", sentence=True),
    "chicago": Style("chicago-author-date.csl"),
    "mla": Style("modern-language-association.csl"),
    "nature": Style("nature.csl", sentence=True),
    "acm": Style("association-for-computing-machinery.csl"),
    "vancouver": Style("nlm-citation-sequence.csl", sentence=True),
}
"""The styles that come with readlist."""

_SETTING: Final = threading.Lock()
"""citeproc-py keeps what it is at in the style: one citation is set at a time."""


def writer(style: str, form: str) -> Writer:
    """Return what writes citations in a style and form.

    Args:
        style: The name of a style, or the path of a `.csl` file.
        form: One of `FORMS`.

    Raises:
        UsageError: There is no such form or style, or the file cannot be used.
    """
    if form not in FORMS:
        raise UsageError(f"citations have no form {form!r}", "forms: " + ", ".join(FORMS))
    known = STYLES.get(style)
    cite = partial(
        _citation,
        shipped(known.file) if known else load(Path(style).expanduser()),
        style,
        sentence=bool(known and known.sentence),
    )

    def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: ARG001, B008 — every writer takes them; a frozen value
        return document((cite(number, entry) for number, entry in enumerate(entries, 1)), form)

    return write


def _citation(style: Document, name: str, number: int, entry: Entry, *, sentence: bool) -> str:
    """Return one citation, marked up; a plain one where citeproc-py cannot set the paper."""
    from readlist.writers.styled.setting import set_item

    try:
        with _SETTING:
            item = styled_item(entry, style=name, sentence=sentence, initials=style.initials)
            text = set_item(style, item, number)
    except Exception:  # noqa: BLE001 — citeproc-py raises whatever a style or a paper that it does not expect leads to
        text = ""
    return safe_line(finished(text, style=name, inside_quotes=style.inside_quotes)) or hidden(
        plain_citation(entry.paper)
    )
