"""What a document cites: the citation keys in LaTeX, in the .aux file that LaTeX makes, and in pandoc's Markdown.

The readers are pure, one module a kind of document; they take any text and find the keys that are surely cited in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from msgspec import Struct

from readlist.cited.aux import included
from readlist.cited.aux import keys as keys_of_aux
from readlist.cited.markdown import keys as keys_of_markdown
from readlist.cited.tex import keys as keys_of_tex
from readlist.errors import SourceError
from readlist.text import safe_line

EVERYTHING: Final = "*"
"""The key by which LaTeX and pandoc cite every paper that there is."""

_LARGEST: Final = 256 << 20
"""Bytes of a document, beyond which it is none: a device never ends."""

_DEEPEST: Final = 1000
"""How many .aux files one may lead to."""

KINDS: Final[dict[str, Callable[[str], list[str]]]] = {
    "aux": keys_of_aux,
    "tex": keys_of_tex,
    "md": keys_of_markdown,
}
"""The kinds of documents, and what reads one."""


class Cited(Struct, frozen=True):
    """What documents cite."""

    keys: tuple[str, ...]
    """In the order of their first citation, each once; without `*`."""
    everything: bool = False
    """Whether every paper that there is is cited too: `\\nocite{*}`."""

    @classmethod
    def of(cls, keys: Iterable[str]) -> Cited:
        """Return what these keys cite, in the order in which they were met."""
        met = dict.fromkeys(keys)
        return cls(tuple(key for key in met if key != EVERYTHING), EVERYTHING in met)


def cited_in(documents: Iterable[tuple[str, Path]]) -> Cited:
    """Return what documents cite, each given as its kind and its file; an .aux file leads to those of its chapters.

    Raises:
        SourceError: A document cannot be read.
    """
    return Cited.of(key for kind, path in documents for text in _texts(kind, path) for key in KINDS[kind](text))


def _texts(kind: str, path: Path) -> Iterable[str]:
    """Yield the text of a document, and of the .aux files that one includes.

    LaTeX names these from where it runs, which is where the main .aux file is. Those that are not there are left out:
    a chapter that was never set has none.
    """
    yield (text := _text(path))
    if kind != "aux":
        return
    met = {path.resolve()}
    waiting = included(text)
    while waiting and len(met) < _DEEPEST:
        chapter = (path.parent / waiting.pop(0)).resolve()
        if chapter in met or not chapter.is_file():
            continue
        met.add(chapter)
        yield (text := _text(chapter))
        waiting += included(text)


def _text(path: Path) -> str:
    """Return what a file says; what is no UTF-8 in it cannot be a key.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except IsADirectoryError:
        raise SourceError(f"{safe_line(str(path))} is a folder, not a file") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"cannot read {safe_line(str(path))}: {why}") from error
    if len(data) > _LARGEST:
        raise SourceError(f"{safe_line(str(path))} is too large for a document")
    return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
