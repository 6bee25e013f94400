"""One paper set by citeproc-py, which is loaded with this module."""

from __future__ import annotations

from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography
from citeproc.source import Reference
from citeproc.source.json import CiteProcJSON

from readlist.writers.csl_json import Item
from readlist.writers.styled.documents import Document
from readlist.writers.styled.items import OTHERS
from readlist.writers.styled.rules import Told


class Asked(Reference):  # type: ignore[misc]  # citeproc-py has no types
    """A paper that knows what it was asked for."""

    asked: Told

    def __init__(self, paper: Reference) -> None:
        """Take what is known of a paper."""
        object.__setattr__(self, "asked", Told())  # citeproc-py makes every other attribute a variable
        self.update(paper)

    def __getitem__(self, variable: str) -> object:
        """Return a variable."""
        if variable in self:
            self.asked.add(variable)
        else:
            self.asked.miss(variable)
        return super().__getitem__(variable)


class Known(CitationItem):  # type: ignore[misc]  # citeproc-py has no types
    """An item that knows its number and its paper: citeproc-py would look for both again and again."""

    def __init__(self, number: int, paper: Asked) -> None:
        """Take the number of the citation, and the paper."""
        super().__init__("paper")
        self._number, self._paper = number, paper

    @property
    def number(self) -> int:
        """The number of the citation."""
        self._paper.asked.add("citation-number")
        return self._number

    @property
    def reference(self) -> Asked:
        """The paper."""
        return self._paper


def set_item(style: Document, item: Item, number: int) -> str:
    """Return a paper set in a style, marked up; a list of authors that its source has cut ends in `et al.`."""
    names: Any = item.get("author", [])
    is_cut = bool(names) and names[-1].get("literal") == OTHERS
    if is_cut and len(names) == 1:
        del item["author"]
    source = CiteProcJSON([item])
    cited = Known(number, Asked(source[str(item["id"])]))
    bibliography = CitationStylesBibliography(style, source, style.root.formatter)
    bibliography.register(Citation([cited]))
    layout = style.root.bibliography.layout
    if is_cut and len(names) > 1:
        with style.cut_names(len(names) - 1):
            return "".join(map(str, layout.render_bibliography([cited])))
    return "".join(map(str, layout.render_bibliography([cited])))
