"""Papers as the styles want them: CSL leaves to the data what the manuals rule."""

from __future__ import annotations

import re
from typing import Final, cast

from readlist.paper import Entry
from readlist.text import safe_line
from readlist.writers.csl_json import Item, item
from readlist.writers.described import article_number, other_fields, plain_words
from readlist.writers.styled.casing import sentence_case
from readlist.writers.styled.marked import END, as_it_stands, hidden

OTHERS: Final = "others"
"""The name that stands for all that a cut list leaves out, as in CSL-JSON."""

_TEXTS: Final = ("container-title", "publisher", "publisher-place", "collection-title", "edition", "genre")
_NUMBERS: Final = ("volume", "issue", "page", "number", "DOI", "URL", "ISBN", "chapter-number", "version")
_GENRES: Final = {
    "PhD thesis": {
        "apa": "Doctoral dissertation", "ieee": "Ph.D. dissertation", "chicago": "PhD diss.", "mla": "PhD dissertation",
        "acm": "Ph.D. Dissertation", "vancouver": "dissertation",
    },
    "Master's thesis": {
        **dict.fromkeys(("apa", "mla", "nature", "acm"), "Master’s thesis"), "ieee": "M.S. thesis",
        "chicago": "master’s thesis", "vancouver": "master’s thesis",
    },
    "Technical report": {"ieee": "Tech. Rep.", "vancouver": ""},
}  # fmt: skip
"""What the manuals call theses and reports."""
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)?\.?", re.IGNORECASE)
_ORDINALS: Final = {
    word: str(number)
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_LANGUAGES: Final = dict.fromkeys(
    "english american british canadian australian newzealand usenglish ukenglish en en-us en-gb en-ca eng".split(), "en"
)
"""The names of the language whose titles have a case: those of babel and those of ISO 639, casefolded."""
_KEPT: Final = re.compile(r"\$[^$]+\$|\\\(.+?\\\)|(?<!\w)\{[^{}\\$]+\}(?!\w)")
"""What keeps its capitals in a title as its source wrote it: formulas, and words in braces."""
_CHINESE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
"""The scripts of China, Japan and Korea, in which the family name comes first."""
_CALL_IT_PREPRINT: Final = ("chicago", "nature")
"""The styles that print the word `Preprint` for what is neither in a journal nor at a conference."""

_SAY_PAGE: Final = ("apa", "ieee", "mla", "vancouver")
"""The styles that print `p.` before what stands for pages in proceedings, which a number of an article is not."""

_ARXIV_DOI: Final = "10.48550/arXiv."
"""What the DOI of every paper on arXiv begins with (https://info.arxiv.org/help/doi.html)."""


def styled_item(entry: Entry, *, style: str, sentence: bool, initials: bool) -> Item:
    """Return a paper as the item that citeproc-py sets, everything of the paper's own hidden from it.

    Args:
        entry: The paper.
        style: The name of the style, for rules that only its manual has.
        sentence: Whether titles of papers are in sentence case.
        initials: Whether given names are printed as initials.
    """
    plain = item(entry.citekey, entry.paper)
    language = _LANGUAGES.get(str(plain.get("language", "english")).casefold(), "")
    if sentence and language == "en":
        paper = entry.paper
        plain["title"] = sentence_case(str(plain["title"]), paper.title_raw, paper.abstract or "")
    _say_where(plain, style, article_number(other_fields(entry.paper)))
    genre = str(plain.get("genre", ""))
    plain["genre"] = _GENRES.get(genre, {}).get(style, genre)
    if style == "apa" and plain["type"] == "thesis" and genre in _GENRES and not plain.keys() & {"DOI", "URL"}:
        plain["genre"] = f"Unpublished {_GENRES[genre]['apa'].lower()}"  # the manual, 10.6
    if plain["type"] == "article" and style in _CALL_IT_PREPRINT and not plain.keys() & {"DOI", "number"}:
        plain["type"] = "webpage" if "URL" in plain else "document"  # nobody has said that it is a preprint
    found: Item = {"id": "paper", "type": plain["type"], "language": language or "xx"}
    found |= {field: hidden(str(plain[field])) + END for field in _TEXTS if plain.get(field)}
    found["title"] = _formulas_kept(str(plain["title"]), entry.paper.title_raw)
    found |= {field: hidden(str(plain[field])) for field in _NUMBERS if plain.get(field)}
    for field in ("number", "publisher"):
        if "arXiv" in str(found.get(field, "")):
            found[field] = as_it_stands(str(found[field]))
    found |= {date: plain[date] for date in ("issued", "accessed") if date in plain}
    if edition := _ordinal(str(plain.get("edition", ""))):
        found["edition"] = edition
    for role in ("author", "editor"):
        names = cast("list[dict[str, str]]", plain.get(role, []))
        known = [shaped for name in names if (shaped := _name(name, initials=initials))]
        if known:
            found[role] = known
    return found


def _formulas_kept(title: str, raw: str) -> str:
    """Return a title, hidden, in which formulas and what the source has in braces keep their capitals as they are."""
    text = hidden(title) + END
    pieces = dict.fromkeys(re.escape(hidden(plain_words(found))) for found in _KEPT.findall(raw))
    if not any(pieces):
        return text
    kept = re.compile("|".join(rf"(?<!\S)\S*?{piece}\S*" for piece in pieces if piece))
    return kept.sub(lambda found: as_it_stands(found[0]), text)


def _ordinal(edition: str) -> str:
    """Return the number of an edition, which styles write as their language does; empty when it has none."""
    found = _ORDINAL.fullmatch(edition)
    return found[1] if found else _ORDINALS.get(edition.casefold(), "")


def _say_where(plain: Item, style: str, located: str) -> None:
    """Put in what a reader finds the paper by: its DOI, else its address; what arXiv calls it if it is a preprint.

    Args:
        plain: The item.
        style: The name of the style.
        located: The number that an article has in place of pages; empty when it has none.
    """
    arxiv = str(plain.get("archive_location", ""))
    preprint = plain["type"] == "article" and bool(arxiv)
    if located and "page" not in plain and plain["type"] == "article-journal":
        plain["number" if style in ("apa", "ieee") else "page"] = located
    elif located and "page" not in plain and plain["type"] == "paper-conference" and style not in _SAY_PAGE:
        plain["page"] = located
    if "DOI" in plain:
        plain["DOI"] = str(plain["URL"]).removeprefix("https://doi.org/")
    elif preprint:
        plain["DOI"] = _ARXIV_DOI + arxiv
    if "DOI" in plain and style != "vancouver":
        plain.pop("URL", None)
    if style == "ieee":
        _as_ieee(plain, preprint=preprint)
    if style == "apa" and plain["type"] == "paper-conference" and _is_book(plain):
        plain["type"] = (
            "chapter"  # APA's manual, 10.5; its CSL style takes all proceedings without editors for a series
        )


def _is_book(plain: Item) -> bool:
    """Whether proceedings are a book of their own, with a year in their name, rather than a volume of a series."""
    return "volume" not in plain or bool(re.search(r"\d", str(plain.get("container-title", ""))))


def _as_ieee(plain: Item, *, preprint: bool) -> None:
    """Follow IEEE's manual where its CSL style does not.

    A preprint is cited by year and arXiv number alone; proceedings are named with their volume, for which the style
    has no place but the publisher's, and without their publisher.
    """
    if preprint:
        for field in ("DOI", "URL", "publisher"):
            plain.pop(field, None)
        if "issued" in plain:
            plain["issued"] = {"date-parts": [cast("dict[str, list[list[int]]]", plain["issued"])["date-parts"][0][:1]]}
    elif plain["type"] == "paper-conference":
        plain.pop("publisher-place", None)
        volume = plain.pop("volume", None)
        plain["publisher"] = f"vol. {volume}" if volume else ""


def _name(name: dict[str, str], *, initials: bool) -> dict[str, str] | None:
    """Return a name as citeproc-py can set it; None for one of which nothing is left."""
    if name.get("literal"):
        literal = hidden(name["literal"])
        return {"literal": literal} if literal else None
    given = name.get("given", "")
    if given and not any(char.lower() != char.upper() for char in given):  # no script with capitals: no initials
        family = name["family"]
        whole = hidden(f"{family}{given}" if _CHINESE.match(family) else f"{given} {family}")
        return {"literal": whole} if whole else None
    parts = {part: hidden(text) for part, text in name.items()}
    if given:
        parts["given"] = hidden(_capitalised(given) if initials else given)
    return {part: text for part, text in parts.items() if text} if parts.get("family") else None


def _capitalised(given: str) -> str:
    """Return given names each of which begins with a capital: citeproc-py takes no initial from others.

    What has no letters is left out, and so are marks before the first letter of a name.
    """
    words = []
    for word in safe_line(given).split():
        parts = [re.sub(r"^[\W_]+", "", part) for part in word.split("-")]
        words.append("-".join(part[0].upper()[:1] + part[1:] for part in parts if part))
    return " ".join(word for word in words if word)
