"""Styles of citation as documents: where they are, and what is put right in them before citeproc-py reads them.

What citeproc-py 0.11 does not know, and what is done about it in the copy that it is given (`rules` has the rest):

- `initialize="false"` (Chicago and MLA print given names in full): the wish for initials is taken to each name that
  has it, and away from where names inherit it.
- `second-field-align`: a blank is put after the number, where a word processor would align.
- `delimiter` of a date in a style's own locale: it is taken to where the date is used.
- `text-case="title"` of a label (APA's `(Eds.)`): it begins with a capital.
- names that stand in for the author inside of a `choose`: they get the form and the label of the names that they stand
  in for.

It also prints a list that a style cuts only by counting names. For a paper whose list its source has cut, the counts
are set so that all known names are printed and `et al.` after them (`cut_names`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Final, cast

from readlist.assets import asset
from readlist.errors import UsageError
from readlist.text import safe_line
from readlist.writers.styled.rules import CSL, Element, keep_rules

_LONGEST: Final = 4 * 1024 * 1024
"""Bytes of a style's file; the longest in CSL's repository has 170 kB."""


class Document:
    """A style that citeproc-py has read."""

    def __init__(self, style: Element) -> None:
        """Take the style of citeproc-py."""
        self.root: Element = style.root
        self._kept = _remembering([self.root, *self.root.locales])
        self._names = [name for names in self.root.iter(f"{CSL}names") for name in names.iterfind(f"{CSL}name")]
        self.initials = sum("initialize-with" in name.attrib for name in self._names) * 2 > len(self._names)
        """Whether given names are printed as initials."""
        keep_rules(self._kept)
        self.inside_quotes = self.root.get_locale_option("punctuation-in-quote") == "true"
        """Whether full stops and commas go inside closing quotation marks."""

    @contextmanager
    def cut_names(self, count: int) -> Iterator[None]:
        """Print at most `count` names and then `et al.`, or fewer where the style cuts earlier."""
        bibliography = self.root.find(f"{CSL}bibliography")
        changed: list[tuple[Element, dict[str, str]]] = []
        for name in self._names:
            least = next((int(one) for at in (name, bibliography, self.root) if (one := at.get("et-al-min"))), 0)
            changed.append((name, dict(name.attrib)))
            name.set("et-al-use-last", "false")
            if not least or least > count + 1:
                name.set("et-al-min", str(count + 1))
                name.set("et-al-use-first", str(count))
        try:
            yield
        finally:
            for name, attributes in changed:
                name.attrib.clear()
                name.attrib.update(attributes)


def _remembering(roots: list[Element]) -> list[Element]:
    """Make all elements of a style remember what they looked for in it; the elements, which must be kept for that.

    citeproc-py searches the whole style for every macro, term and layout that it comes to, again for each paper. What
    it finds never changes. lxml forgets what is set on an element when nobody holds it.
    """
    elements = [element for root in roots for element in root.iter() if hasattr(element, "xpath_search")]
    for element in elements:
        element.xpath_search = cache(element.xpath_search)
        if (answer := _whether(element)) is not None:
            element.calls_variable = partial(bool, answer)
    return elements


def _whether(element: Element) -> bool | None:
    """Return whether an element calls a variable (CSL 1.0.2, `cs:group`); None if it cannot be asked."""
    ask = getattr(type(element), "calls_variable", None)
    try:
        return None if ask is None else bool(ask(element))
    except (AttributeError, IndexError, TypeError, RecursionError):  # CSL knows no such element or macro, or it loops
        return None


def load(place: Path) -> Document:
    """Return the style in a file.

    Raises:
        UsageError: It cannot be read, or is no style that prints a list of references.
    """
    from lxml import etree

    shown = safe_line(place.name)
    try:
        with place.open("rb") as file:
            source = file.read(_LONGEST + 1)
    except OSError as error:
        raise UsageError(f"cannot read the style {shown}: {error.strerror}") from error
    if len(source) > _LONGEST:
        raise UsageError(f"{shown} is too long for a style of citation")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{shown} is not a style of citation: {safe_line(str(error))}", _HINT) from error
    if root.tag != f"{CSL}style":
        raise UsageError(f"{shown} is not a style of citation", _HINT)
    if root.find(f"{CSL}bibliography/{CSL}layout") is None:
        raise UsageError(f"{shown} prints no list of references", _of_another(root) or _HINT)
    _put_right(root)
    return _read(etree.tostring(root), shown)


_HINT: Final = "styles are .csl files, e.g. from https://www.zotero.org/styles"


def _of_another(root: Element) -> str:
    """Return a hint if the style only names another one that it is like."""
    for link in root.iter(f"{CSL}link"):
        if link.get("rel") == "independent-parent":
            name = safe_line(link.get("href", "")).rsplit("/", 1)[-1]
            return f"it stands for another style: get {name}.csl and name that"
    return ""


def _read(source: bytes, shown: str) -> Document:
    """Let citeproc-py read a style."""
    from citeproc import CitationStylesStyle

    from readlist.writers.styled.marked import Marking

    try:
        style = CitationStylesStyle(io.BytesIO(source), validate=False)
        style.root.formatter = Marking()
        return Document(style)
    except Exception as error:
        raise UsageError(f"the style {shown} cannot be used: {safe_line(str(error))}", _HINT) from error


@lru_cache(maxsize=1)
def shipped(file: str) -> Document:
    """Return a style that comes with readlist; the last one is kept."""
    return load(asset(f"styles/{file}"))


def _put_right(root: Element) -> None:
    """Change what citeproc-py does not know into what it knows."""
    bibliography = root.find(f"{CSL}bibliography")
    citation = root.find(f"{CSL}citation")
    for names in root.iterfind(f".//{CSL}names[{CSL}substitute]"):
        _shape_substitutes(names)
    _spell_out_names(root, [at for at in (bibliography, citation, root) if at is not None])
    if bibliography.get("second-field-align"):
        first = bibliography.find(f"{CSL}layout")[0]
        first.set("suffix", first.get("suffix", "").rstrip() + " ")
    for label in root.iterfind(f".//{CSL}label[@text-case='title']"):
        label.set("text-case", "capitalize-first")
    for date in root.iterfind(f"{CSL}locale/{CSL}date[@delimiter]"):
        for use in root.iter(f"{CSL}date"):
            if use.get("form") == date.get("form") and "variable" in use.attrib and "delimiter" not in use.attrib:
                use.set("delimiter", date.get("delimiter"))


def _shape_substitutes(names: Element) -> None:
    """Give names that stand in for others inside of a `choose` the form and the label of those."""
    shape = [one for one in names if one.tag in (f"{CSL}name", f"{CSL}et-al", f"{CSL}label")]
    for other in names.iterfind(f"{CSL}substitute/{CSL}choose//{CSL}names"):
        if not len(other):
            other.extend(deepcopy(shape))


def _spell_out_names(root: Element, above: list[Element]) -> None:
    """Say of each name whether it has initials, and take that away from where names inherit it."""
    inherited = next((one for at in above if (one := at.get("initialize-with")) is not None), None)
    for names in root.iter(f"{CSL}names"):
        if names.find(f"{CSL}name") is None and names.getparent().tag != f"{CSL}substitute":
            names.insert(0, names.makeelement(f"{CSL}name"))
    for name in root.iterfind(f".//{CSL}names/{CSL}name"):
        wanted = name.get("initialize-with", inherited)
        if name.get("initialize") == "false" or wanted is None:
            name.attrib.pop("initialize-with", None)
        else:
            name.set("initialize-with", cast("str", wanted))
    for at in above:
        at.attrib.pop("initialize-with", None)
