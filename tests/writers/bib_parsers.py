"""Reads a .bib file with the parsers that other programs use, and tells what they find otherwise than it is."""

from __future__ import annotations

from collections.abc import Sequence

from readlist.paper import Entry
from tests.writers.hard_papers import people_of


def faults_of_pybtex(text: str, entries: Sequence[Entry]) -> list[str]:
    """Return what pybtex finds: entries that are lost, and authors that are more or fewer."""
    from pybtex.database import parse_string
    from pybtex.errors import capture

    with capture() as errors:
        found = parse_string(text, "bibtex").entries
    said = [f"pybtex: {error}" for error in errors]
    counts = {key: len(one.persons.get("author", ())) for key, one in found.items()}
    return [*said, *_differences("pybtex", counts, entries)]


def faults_of_bibtexparser(text: str, entries: Sequence[Entry]) -> list[str]:
    """Return what bibtexparser finds: blocks that it cannot read, and authors that are more or fewer."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import SeparateCoAuthors

    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    said = [f"bibtexparser: {block.raw[:80]!r}" for block in library.failed_blocks if block.raw]
    counts = {
        one.key: len(one.fields_dict["author"].value) if "author" in one.fields_dict else 0 for one in library.entries
    }
    return [*said, *_differences("bibtexparser", counts, entries)]


def _differences(parser: str, counts: dict[str, int], entries: Sequence[Entry]) -> list[str]:
    """Return which entries a parser did not find, or with another number of authors than there are."""
    people = {one.citekey: people_of(one.paper) for one in entries}
    return [
        *(f"{parser}: {key} is lost" for key in people if key not in counts),
        *(f"{parser}: {key} is too many" for key in counts if key not in people),
        *(
            f"{parser}: {key} has {counts[key]} authors, not {count}"
            for key, count in people.items()
            if counts.get(key, count) != count
        ),
    ]
