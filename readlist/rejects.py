"""What was not understood, written so that it can be corrected and read again: the same format, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from readlist.paper import Rejected
from readlist.report import rejects_spool
from readlist.spool import Spool
from readlist.text import safe_line

_RULE: Final = "-" * 78


Records = Sequence[Rejected]
"""Records of one kind: there may be more than memory holds, so they are gone through from the first to the last."""


def written(rejected: Iterable[Rejected]) -> list[tuple[str, Iterator[str]]]:
    """Return the texts to save, piece by piece, each with the name of its format.

    There is one text for each format, and for each header row of tables: records of two kinds make no source.

    Raises:
        OSError: There is no room to put the kinds apart.
    """
    kinds: dict[tuple[str, str], Spool[Rejected]] = {}
    for one in rejected:
        kind = (one.format, one.heading)
        if kind not in kinds:
            kinds[kind] = rejects_spool()
        kinds[kind].append(one)
    return [(name, _FRAMES.get(name, _plain)(records.so_far)) for (name, _), records in kinds.items()]


def _why(one: Rejected) -> str:
    """Return where a record stood and what is wrong with it, as one line."""
    return f"{safe_line(one.source)}, line {one.line}: {safe_line(one.reason)}"


def _plain(records: Iterable[Rejected]) -> Iterator[str]:
    """Yield records of a format without comments, one after the other."""
    return (f"{one.text}\n" for one in records)


def _publications(records: Records) -> Iterator[str]:
    """Yield pieces of a listing; what has no header stands first, for it would be taken for the end of another."""
    from readlist.readers.publications.headers import header

    for headed in (False, True):
        for one in records:
            if (header(safe_line(one.text.split("\n", 1)[0])) is not None) == headed:
                yield f"{one.text}\n"


def _bibtex(records: Records) -> Iterator[str]:
    """Yield entries; what stands between entries is a comment as long as there is no @ in it."""
    return (f"% {_why(one).replace('@', '(at)')}\n{one.text}\n\n" for one in records)


def _links(records: Records) -> Iterator[str]:
    """Yield lines of a list."""
    return (f"# {_why(one)}\n{one.text}\n" for one in records)


def _table(records: Records) -> Iterator[str]:
    """Yield rows below their header row."""
    heading = records[0].heading
    return chain([f"{heading}\n"] if heading else [], _plain(records))


def _ris(records: Records) -> Iterator[str]:
    """Yield records, each with an end, so that none goes on in the next."""
    ended = (one.text if one.text.rstrip().endswith("ER  -") else f"{one.text}\nER  - " for one in records)
    return (f"{text}\n\n" for text in ended)


def _objects(records: Records) -> Iterator[str]:
    """Yield an array of objects; what is none stands behind it."""
    before = "[\n"
    for one in records:
        if _is_object(one):
            yield f"{before}{one.text}"
            before = ",\n"
    if before == ",\n":
        yield "\n]\n"
    yield from _plain(one for one in records if not _is_object(one))


def _is_object(one: Rejected) -> bool:
    """Whether a record begins as an object."""
    return one.text.lstrip().startswith("{")


def _mail(records: Records) -> Iterator[str]:
    """Yield announcements between the lines that arXiv's mails have around them."""
    return chain((f"{_RULE}\n\\\\\n{one.text}\n\\\\\n" for one in records), [f"{_RULE}\n"])


def _listing(records: Records) -> Iterator[str]:
    """Yield entries of a page, with blank lines between them."""
    return (f"{one.text}\n\n" for one in records)


def _csl_yaml(records: Records) -> Iterator[str]:
    """Yield items of lists, each of which has items that are set in alike."""
    margin = -1
    for one in records:
        before, margin = margin, len(one.text) - len(one.text.lstrip(" "))
        begin = "" if before == margin else "---\nreferences:\n"
        yield f"{begin}# {_why(one)}\n{one.text}\n"


def _feed(records: Records) -> Iterator[str]:
    """Yield entries of a feed below a root of their own."""
    return _below("feed", records)


def _oai(records: Records) -> Iterator[str]:
    """Yield records of OAI-PMH below a root of their own."""
    return _below("ListRecords", records)


def _below(root: str, records: Records) -> Iterator[str]:
    """Yield elements below a root."""
    elements = (f"<!-- {_why(one).replace('--', '- -')} -->\n{one.text}\n" for one in records)
    return chain([f"<{root}>\n"], elements, [f"</{root}>\n"])


_FRAMES: Final[dict[str, Callable[[Records], Iterator[str]]]] = {
    "publications": _publications,
    "bibtex": _bibtex,
    "links": _links,
    "csv": _table,
    "web-of-science": _table,
    "ris": _ris,
    "json": _objects,
    "zotero": _objects,
    "semantic-scholar": _objects,
    "csl-json": _objects,
    "arxiv-mail": _mail,
    "arxiv-listing": _listing,
    "arxiv-feed": _feed,
    "arxiv-oai": _oai,
    "csl-yaml": _csl_yaml,
}
"""Format → how its records are put together; others stand one after the other, one line each (JSON lines)."""
