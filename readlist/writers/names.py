"""Authors in a .bib file: `von Last, Jr, First and … and others`, none of them two and none of them empty.

BibTeX's rules are those of "Tame the BeaST", section 11; an empty part (`{, Smith}`) ends biber.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from readlist.latex import readable
from readlist.names import Name, is_group, split_name
from readlist.paper import Paper
from readlist.text import words
from readlist.writers.raw_tex import is_balanced, sanitised
from readlist.writers.tex import escape, guarded
from readlist.writers.tex_tables import ASCII

NAME_LISTS: Final = frozenset(
    "author editor translator annotator commentator introduction foreword afterword bookauthor editora editorb editorc "
    "shortauthor shorteditor holder namea nameb namec sortname".split()
)
"""Fields that hold names."""

_MACRO_FIRST: Final = re.compile(r"[^\\$]{0,4}[\\$]")
_NO_LETTERS: Final = str.maketrans(dict(zip("{}\\^~<>|", "()/'-()/", strict=True)))
"""Signs that no name has and TeX has only as macros, and such as are like them.

Biber takes macros away before it cuts the initials off a name; of `{\\textbraceleft}X` it leaves half of the braces.
"""
_SYMBOL: Final = re.compile(r"\{\\(?:text|quote|guil|ldots)[A-Za-z]*\}|\{\\ensuremath\{(?:[^{}]|\{[^{}]*\})*\}\}")
_SYMBOL_FIRST: Final = re.compile(rf"^(\{{*)(?:{_SYMBOL.pattern}|[^\w\s\x00-\x5f\x61-\x7f]|[\u02b0-\u02ff])+")
"""Symbols at the beginning of a word, and signs like accents: biber takes the brace that follows for their letter."""
_PLAIN_NAME: Final = re.compile("[A-Za-z .,'-]*")
_PLAIN: Final = {ASCII[sign]: plain for sign, plain in zip("{}\\^~<>|", "()/'-()/", strict=True)}
_AS_MACROS: Final = re.compile("|".join(map(re.escape, _PLAIN)))
_MATH: Final = re.compile(r"\{\$([^$]*)\$\}|(?<!\\)\$([^$]*)\$")
"""A formula; styles that cut initials off cut between its dollars, but not in a macro."""
_SIGN: Final = re.compile(r"(?<!\{)\\[%&#_$]")
"""An escaped sign; styles that make labels cut it in two unless it is in braces."""
_SPACING: Final = re.compile(r"\\[ ,/-]|(?<!\\)~")
_AND_AT_END: Final = re.compile(r"^\s*(?:and(?:\s+|$))+|(?:(?:\s+|^)and)+\s*$", re.IGNORECASE)
_MACRO_START: Final = re.compile(
    r"\\(?:[A-Za-z]++ ?|[^A-Za-z])(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|(?<=[`'^\"~=.])\w|(?![{`'^\"~=.]))"
)
"""A macro with its argument; in braces it is one letter to BibTeX, and bibtexparser takes it for a name's beginning."""

_NO_NAME: Final = "{-}"
"""Stands for a name of symbols alone: of some that are like accents (·) biber takes the brace for the letter."""
_GAP: Final = re.compile(r"[ ,]+")
_PARTS: Final = 3
"""The most parts that commas make of a name."""


def authors(paper: Paper, *, unicode: bool = False) -> str:
    """Return the authors of a paper; a list that its source cut ends in `and others`."""
    names = [_begun(name) for author in paper.authors if (name := _author(author, unicode=unicode))]
    if paper.authors_truncated and names:
        names.append("others")
    return " and ".join(names)


@lru_cache(maxsize=20_000)
def _author(author: str, *, unicode: bool) -> str:
    """Return one author; a group and whatever could be taken for several names is braced whole."""
    whole = _written(author, unicode=unicode).strip(", ")
    if is_group(author) or _is_list(whole) or not any(char.isalnum() for char in author):
        return _whole(whole)
    if whole.casefold() == "others":  # biber looks through braces around the whole word
        return f"{whole[:-1]}{{{whole[-1]}}}"
    name = split_name(author)
    family = " ".join(part for part in (name.particle, _family(name, unicode=unicode)) if part)
    rest = (_written(name.suffix, unicode=unicode), _written(name.first, unicode=unicode))
    parts = [part for part in (family, *rest) if part]
    parts = [part for part in parts if _is_worded(part)] or parts[:1]
    return _whole(parts[0]) if len(parts) == 1 and " " in parts[0] else ", ".join(parts)


def _written(name: str, *, unicode: bool) -> str:
    """Return a part of a name escaped, such that biber can cut the initials off its words."""
    written = escape(name.translate(_NO_LETTERS), unicode=unicode)
    return written if written.isascii() and _PLAIN_NAME.fullmatch(written) else _with_letters_first(written)


def _with_letters_first(written: str) -> str:
    """Return a name without the symbols that its words begin with."""
    written = _SIGN.sub(r"{\g<0>}", _in_macros(written))
    left = list(map(_letter_first, written.split()))
    return guarded(" ".join(word for word in left if word.strip("{}") or not is_balanced(word)) or written.strip())


def _letter_first(word: str) -> str:
    """Return a word without symbols at its beginning, nor hyphens before macros, which biber cuts in two."""
    before = ""
    while word != before:
        before = word
        word = _SYMBOL_FIRST.sub(r"\1", word.lstrip("-") if "\\" in word else word)
    return word


def _in_macros(written: str) -> str:
    """Return a name with its formulas in a macro."""
    return (
        _MATH.sub(lambda found: f"{{\\ensuremath{{{found[1] or found[2]}}}}}", written) if "$" in written else written
    )


def _whole(written: str) -> str:
    """Return a name that is not taken apart: in braces, or without a gap when it begins with macros.

    Styles that make labels cut the first letters off a name, and know macros only outside of other braces.
    """
    if not _is_worded(written):
        return _wordless(written)
    if _MACRO_FIRST.match(written):
        return _GAP.sub(r"{\g<0>}", written)
    return f"{{{written}}}" if written else ""


def _wordless(written: str) -> str:
    """Return a name that is no word: braces keep its signs together, and macros are no name."""
    if not written:
        return ""
    return f"{{{written}}}" if written.isascii() and "\\" not in written else _NO_NAME


def _family(name: Name, *, unicode: bool) -> str:
    """Return a family name; one of several words is braced if BibTeX would find a particle in it."""
    written = _written(name.last, unicode=unicode)
    parts = name.last.split()
    return _whole(written) if len(parts) > 1 and any(part[0].islower() for part in parts[:-1]) else written


def _is_list(written: str) -> bool:
    """Whether BibTeX would take a name for several; a `&` makes one of several too."""
    return not {"and", "{\\&}"}.isdisjoint(written.casefold().split())


def raw_authors(raw: str, paper: Paper, *, unicode: bool = False) -> str:
    """Return the authors as a .bib file had them; nothing if they are not those of the paper any more.

    A list that has semicolons for `and`, which BibTeX takes for one name, is none either.
    """
    told = [name for name in _apart(raw, " and ") if name.strip(" ,").casefold() not in ("", "others")]
    same = len(told) == len(paper.authors) and sorted(words(readable(" ".join(told)))) == sorted(
        words(" ".join(paper.authors))
    )
    return raw_names(raw, unicode=unicode) if same else ""


def raw_names(raw: str, *, unicode: bool = False) -> str:
    """Return a list of names as a .bib file had them, harmless and without empty parts."""
    written = _AS_MACROS.sub(lambda found: _PLAIN[found[0]], sanitised(raw, unicode=unicode))
    written = _in_macros(_SPACING.sub(" ", written))
    return " and ".join(_begun(name) for one in _apart(written, " and ") if (name := _in_parts(one)))


def _begun(name: str) -> str:
    """Return a name with the macro in braces that it begins with."""
    return _MACRO_START.sub(r"{\g<0>}", name, count=1) if name.startswith("\\") else name


def _in_parts(name: str) -> str:
    """Return a name without the parts that are empty or too many."""
    parts = [_AND_AT_END.sub("", _with_letters_first(part)) for part in _apart(_AND_AT_END.sub("", name), ",")]
    parts = [part for part in parts if part.strip("{} ~")]
    parts = [part for part in parts if _is_worded(part)] or parts[:1]
    parts = [*parts[: _PARTS - 1], " ".join(parts[_PARTS - 1 :])] if len(parts) > _PARTS else parts
    if len(parts) == 1 and not _is_worded(parts[0]):
        return parts[0] if parts[0][0] == "{" and parts[0].isascii() and "\\" not in parts[0] else _wordless(parts[0])
    return ", ".join(parts)


def _is_worded(part: str) -> bool:
    """Whether there is a letter or digit in a part of a name that is no symbol."""
    return any(char.isalnum() for char in _SYMBOL.sub("", part))


def _apart(text: str, between: str) -> Iterator[str]:
    """Yield the pieces of a text around a separator that stands outside of braces."""
    depth, begin, folded = 0, 0, f"{text} ".casefold() if len(text.casefold()) == len(text) else f"{text} "
    for at, char in enumerate(text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if not depth and at >= begin and folded.startswith(between, at):
            yield text[begin:at]
            begin = at + len(between)
    yield text[begin:]
