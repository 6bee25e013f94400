"""What fields of .bib files are called, and which of them a name that nobody knows was likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from readlist.query.spelling import near

MEANT: Final = "extra."
"""What stands before the name of a field that is meant as it is written, however like a known one."""

_BIB: Final = frozenset(
    # The data model of BibLaTeX 3.20 (section 2.2 of its manual), with the names that it takes from BibTeX.
    """
    abstract addendum address afterword annotation annotator annote archiveprefix author authortype bookauthor
    bookpagination booksubtitle booktitle booktitleaddon chapter commentator crossref date day doi edition editor
    editora editorb editorc editortype editoratype editorbtype editorctype eid entryset entrysubtype eprint
    eprintclass eprinttype eventdate eventtitle eventtitleaddon execute file foreword gender holder howpublished ids
    indexsorttitle indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle
    issuetitleaddon iswc journal journalsubtitle journaltitle journaltitleaddon key keywords label langid langidopts
    language library location mainsubtitle maintitle maintitleaddon month nameaddon note number options organization
    origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination part pdf presort
    primaryclass publisher pubstate related relatedoptions relatedstring relatedtype reprinttitle school series
    shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname
    sortshorthand sorttitle sortyear subtitle title titleaddon translator type url urldate urn venue version volume
    volumes xdata xref year
    """.split()
    # What programs and archives write beside it.
    + """
    abbr adsnote adsurl affiliation affiliations articleno arxivid bibsource biburl code collaboration comment comments
    copyright creationdate groups issued keyword
    lang lccn modificationdate mrclass mrnumber numpages owner paper pmcid pmid
    preprint printed priority project qualityassured rank ranking rating readstatus relevance reportnumber review
    rights slides status tags timestamp video website zblnumber
    """.split()
)
"""Names in lower case."""

_SHORT: Final = 5
"""Letters up to which a name is like another only when it is one edit away."""


def meant(name: str, others: Iterable[str] = ()) -> str | None:
    """Return the known name that one which nobody knows is nearly; None if it is known, or like none.

    A known name with a number behind it, such as `url2`, is a field of its own.

    Args:
        name: In lower case.
        others: More names that are known.
    """
    known = _BIB.union(others)
    if name in known or name.rstrip("0123456789") in known:
        return None
    short = {one for one in known if len(one) <= _SHORT}
    return near(name, sorted(known - short)) or near(name, sorted(short), most=1)
