"""One good source in each format that can be read, and what every reader must stand."""

# ruff: noqa: E501 — records stand as programs write them

from __future__ import annotations

from datetime import date
from typing import Final

from readlist.paper import Incoming, Paper, Rejected
from readlist.readers import reader

AS_OF: Final = date(2026, 4, 1)

SAMPLES: Final = {
    "publications": "Publications\n99.1LGMar 18Code\nA Study of ThingsAnn Author, Bob Builder\nText.\n"
    "CLFeb 9, 2023\nAnotherCy Dee\n",
    "bibtex": '@string{s = "J"}\n@article{k1, title = {A {Study}}, author = {Author, Ann and others}, journal = s,\n'
    "  year = 2020, month = feb, keywords = {x, y}, annote = {n}}\n@misc{k2, title={Two}, crossref={k1}}\n",
    "json": """[
  {"id": "p0123456789abcdef", "citekey": "author2020study", "kind": null, "title": "A Study", "title_raw": "A Study",
   "authors": ["Ann Author"], "authors_truncated": false, "affiliations": [], "categories": ["cs.CL"],
   "date": "2020-02", "year_inferred": false, "has_code": true, "score": 9.5, "abstract": "Text.", "abstract_raw": "Text.",
   "identifiers": {"arxiv": "2002.00001", "doi": null}, "venue": null, "extra": {"x": "y"}, "sources": ["a.txt"],
   "uncertain": [], "added": "2024-01-01T00:00:00Z", "mark": {"status": "read",
   "status_dates": {"read": "2024-01-02T00:00:00Z"}, "starred": true, "tags": ["x"], "rating": 3, "priority": 1,
   "notes": [{"id": "n1", "text": "note", "created": "2024-01-02T00:00:00Z", "changed": "2024-01-02T00:00:00Z"}],
   "changed": "2024-01-02T00:00:00Z"}}
]
""",
    "zotero": """[{"key": "K1", "version": 3, "meta": {"numChildren": 1}, "data": {"key": "K1",
 "itemType": "conferencePaper", "title": "A Study of <i>Things</i>", "creators": [{"creatorType": "author", "firstName": "Ann", "lastName": "Author"},
 {"creatorType": "editor", "name": "The Editors"}], "abstractNote": "Text.", "proceedingsTitle": "Proc. of X",
 "date": "9 February 2020", "DOI": "10.1145/ABC", "url": "https://x.org", "pages": "1-9", "volume": "",
 "extra": "arXiv:2002.00001 [cs]\\nCitation Key: ann20", "tags": [{"tag": "To Do"}, {"tag": "ml", "type": 1}]}},
{"key": "N1", "data": {"key": "N1", "itemType": "note", "parentItem": "K1", "note": "<p>One &amp; two</p>"}},
{"key": "A1", "data": {"key": "A1", "itemType": "attachment", "parentItem": "K1", "title": "PDF"}}]
""",
    "semantic-scholar": """{"total": 1, "offset": 0, "data": [{"paperId": "abc", "externalIds": {"ArXiv": "2002.00001",
 "DOI": "10.1145/ABC", "CorpusId": 7}, "url": "https://s2", "title": "A Study", "abstract": "Text.", "venue": "ICML",
 "year": 2020, "publicationDate": "2020-02-09", "publicationTypes": ["JournalArticle", "Conference"],
 "journal": {"name": "ICML", "pages": "1-9", "volume": "3"}, "citationCount": 4, "isOpenAccess": true,
 "authors": [{"authorId": "1", "name": "Ann Author"}, {"authorId": null, "name": "Bob Builder"}]}]}
""",
    "csl-json": """[{"id": "ann20", "type": "article-journal", "title": "A Study", "container-title": "J. of X",
 "author": [{"family": "Author", "given": "Ann", "non-dropping-particle": "van"}, {"literal": "The Team"}],
 "issued": {"date-parts": [["2020", 2, 9]]}, "DOI": "10.1145/ABC", "volume": "3", "page": "1-9", "keyword": "x, y z",
 "editor": [{"family": "Ed", "given": "I."}], "abstract": "Text."}]
""",
    "ris": "TY  - JOUR\r\nID  - ann20\r\nAU  - van Author, Ann, Jr.\r\nA1  - The Team\r\nTI  - A Study\r\n"
    "T2  - J. of X\r\nPY  - 2020\r\nDA  - 2020/02/09/\r\nSP  - 1\r\nEP  - 9\r\nVL  - 3\r\nDO  - 10.1145/ABC\r\nKW  - x\r\nKW  - y z\r\n"
    "N1  - a note\r\n  of two lines\r\nAN  - arXiv:2002.00001\r\nER  - \r\n\r\n",
    "csv": 'Key,Title,Authors,Publication Year,Journal,DOI,Manual Tags,Notes,Volume\r\n'
    'ann20,"A Study, of ""Things""","Author, Ann; Builder, Bob",2020,J. of X,10.1145/ABC,x; y z,"two\nlines",3\r\n',
}  # fmt: skip
"""Format → a source."""


def read(name: str, text: str) -> list[Paper | Incoming | Rejected]:
    """Return what a reader makes of a text."""
    return list(reader(name).read(iter(text.splitlines(keepends=True)), as_of=AS_OF, source="a.txt"))


def papers(name: str, text: str) -> list[Paper]:
    """Return the papers of a text; nothing of it may be rejected."""
    found = read(name, text)
    assert not [one for one in found if isinstance(one, Rejected)], found
    return [one.paper if isinstance(one, Incoming) else one for one in found if not isinstance(one, Rejected)]
