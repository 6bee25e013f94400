"""What was not understood, written so that it can be corrected and read again: the same format, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from readlist.paper import Rejected
from readlist.text import safe_line

_RULE: Final = "-" * 78


def written(rejected: Iterable[Rejected]) -> list[tuple[str, str]]:
    """Return the texts to save, each with the name of its format.

    There is one text for each format, and for each header row of tables: records of two kinds make no source.
    """
    kinds: dict[tuple[str, str], list[Rejected]] = {}
    for one in rejected:
        kinds.setdefault((one.format, one.heading), []).append(one)
    return [(name, _FRAMES.get(name, _plain)(records)) for (name, _), records in kinds.items()]


def _why(one: Rejected) -> str:
    """Return where a record stood and what is wrong with it, as one line."""
    return f"{safe_line(one.source)}, line {one.line}: {safe_line(one.reason)}"


def _plain(records: list[Rejected]) -> str:
    """Return records of a format without comments, one after the other."""
    return "".join(f"{one.text}\n" for one in records)


def _publications(records: list[Rejected]) -> str:
    """Return pieces of a listing; what has no header stands first, for it would be taken for the end of another."""
    from readlist.readers.publications.headers import header

    return _plain(sorted(records, key=lambda one: header(safe_line(one.text.split("\n", 1)[0])) is not None))


def _bibtex(records: list[Rejected]) -> str:
    """Return entries; what stands between entries is a comment as long as there is no @ in it."""
    return "".join(f"% {_why(one).replace('@', '(at)')}\n{one.text}\n\n" for one in records)


def _links(records: list[Rejected]) -> str:
    """Return lines of a list."""
    return "".join(f"# {_why(one)}\n{one.text}\n" for one in records)


def _table(records: list[Rejected]) -> str:
    """Return rows below their header row."""
    return f"{records[0].heading}\n{_plain(records)}" if records[0].heading else _plain(records)


def _ris(records: list[Rejected]) -> str:
    """Return records, each with an end, so that none goes on in the next."""
    ended = (one.text if one.text.rstrip().endswith("ER  -") else f"{one.text}\nER  - " for one in records)
    return "".join(f"{text}\n\n" for text in ended)


def _objects(records: list[Rejected]) -> str:
    """Return an array of objects; what is none stands behind it."""
    texts = [one.text for one in records if one.text.lstrip().startswith("{")]
    others = [one for one in records if not one.text.lstrip().startswith("{")]
    array = "[\n" + ",\n".join(texts) + "\n]\n" if texts else ""
    return array + _plain(others)


def _mail(records: list[Rejected]) -> str:
    """Return announcements between the lines that arXiv's mails have around them."""
    return "".join(f"{_RULE}\n\\\\\n{one.text}\n\\\\\n" for one in records) + f"{_RULE}\n"


def _listing(records: list[Rejected]) -> str:
    """Return entries of a page, with blank lines between them."""
    return "".join(f"{one.text}\n\n" for one in records)


def _csl_yaml(records: list[Rejected]) -> str:
    """Return items of lists, each of which has items that are set in alike."""
    found = []
    margin = -1
    for one in records:
        before, margin = margin, len(one.text) - len(one.text.lstrip(" "))
        begin = "" if before == margin else "---\nreferences:\n"
        found.append(f"{begin}# {_why(one)}\n{one.text}\n")
    return "".join(found)


def _feed(records: list[Rejected]) -> str:
    """Return entries of a feed below a root of their own."""
    return _below("feed", records)


def _oai(records: list[Rejected]) -> str:
    """Return records of OAI-PMH below a root of their own."""
    return _below("ListRecords", records)


def _below(root: str, records: list[Rejected]) -> str:
    """Return elements below a root."""
    elements = (f"<!-- {_why(one).replace('--', '- -')} -->\n{one.text}\n" for one in records)
    return f"<{root}>\n{''.join(elements)}</{root}>\n"


_FRAMES: Final[dict[str, Callable[[list[Rejected]], str]]] = {
    "publications": _publications,
    "bibtex": _bibtex,
    "links": _links,
    "csv": _table,
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
