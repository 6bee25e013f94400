"""One good source in each format that can be read, and what every reader must stand."""

# ruff: noqa: E501 — records stand as programs write them

from __future__ import annotations

from datetime import date
from typing import Final

from readlist.paper import Found, Incoming, Paper, Rejected
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
    "web-of-science": "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Author, A\n   Garcia Marquez, GJ\n"
    "AF Author, Ann\n   Garcia Marquez, Gabriel J., Jr.\nCA The Team\nTI A Study of\n   Things\nSO NATURE\nLA English\nDT Article\n"
    "DE one; two words\nID THREE\nAB Text that\n   goes on.\nC1 [Author, Ann; Dee, C.] Univ X, City, England.\n   [Dee, C.] Univ Y, Town, USA.\n"
    "CR Dee C, 1999, NATURE\nNR 1\nTC 5\nPU NATURE PORTFOLIO\nPI BERLIN\nSN 0028-0836\nEI 1476-4687\nJ9 NATURE\nJI Nature\nPD APR 26\n"
    "PY 2021\nVL 3\nIS 2\nBP 1\nEP 9\nAR e1023\nDI 10.1145/ABC\nUT WOS:000123\nER\n\nPT C\nAU Dee, C\nTI Two\nSO PROC X\n"
    "CT Conference X\nPY 2020\nER\n\nEF\n",
    "medline": "\nPMID- 31942072\nOWN - NLM\nSTAT- MEDLINE\nIS  - 1476-4687 (Electronic)\nIS  - 0028-0836 (Linking)\nVI  - 577\n"
    "IP  - 7792\nDP  - 2020 Jan 15\nTI  - A Study of\n      Things.\nPG  - 706-710\nLID - 10.1145/ABC [doi]\nAB  - Text that\n      goes on.\n"
    "FAU - Author, Ann W\nAU  - Author AW\nAD  - Univ X, City.\nFAU - van der Meer, Jan P Jr\nAU  - van der Meer JP Jr\nCN  - The Team\n"
    "LA  - eng\nPT  - Journal Article\nPL  - England\nTA  - Nature\nJT  - Nature\nJID - 0410462\nMH  - *Mice\nMH  - Humans, Male\nOT  - one\n"
    "EDAT- 2020/01/17 06:00\nPMC - PMC123\nSO  - Nature. 2020.\n\nPMID- 2\nTI  - Two\nAU  - Dee C\nPG  - e1023\n\n",
    "csv": 'Key,Title,Authors,Publication Year,Journal,DOI,Manual Tags,Notes,Volume\r\n'
    'ann20,"A Study, of ""Things""","Author, Ann; Builder, Bob",2020,J. of X,10.1145/ABC,x; y z,"two\nlines",3\r\n',
    "arxiv-snapshot": r"""{"id":"2002.00001","submitter":"Ann","authors":"Ann Author, J. Bal\\'azs","title":"A Study of\n  Things","comments":"9 pages","journal-ref":null,"doi":"10.1145/ABC","report-no":null,"categories":"cs.CL stat.ML","license":"http://l","abstract":"  Text on\nlines.\n","versions":[{"version":"v1","created":"Mon, 3 Feb 2020 19:18:42 GMT"},{"version":"v2","created":"Tue, 4 Feb 2020 19:18:42 GMT"}],"update_date":"2020-02-05","authors_parsed":[["Author","Ann",""],["Bal\\'azs","J.","Jr."]]}
{"id":"hep-th/9901001","authors":"B","title":"Two","categories":"hep-th","abstract":"x","authors_parsed":[["B","",""]]}
""",
    "arxiv-mail": r"""Subject: cs daily
------------------------------------------------------------------------------
 Submissions to:
Computation and Language
 received from  Thu  6 Feb 20 19:00:00 GMT  to  Fri  7 Feb 20 19:00:00 GMT
------------------------------------------------------------------------------
------------------------------------------------------------------------------
\\
arXiv:2002.00001
Date: Mon, 3 Feb 2020 16:49:57 GMT   (1024kb)

Title: A Study of Things That Are So Long That the Title
  Is Folded
Authors: Ann Author, J\'er\^ome Builder (1) and Cy Dee
  (2) ((1) MIT, (2) Oxford)
Categories: cs.CL stat.ML
Comments: 9 pages, with
  figures
Report-no: R-1
MSC-class: 68T50
Journal-ref: J. of X 3 (2020) 1-9
DOI: 10.1145/ABC
License: http://creativecommons.org/licenses/by/4.0/
\\
  Text on
lines with $x^2$.
\\ ( https://arxiv.org/abs/2002.00001 ,  1024kb)
------------------------------------------------------------------------------
\\
arXiv:2002.00002 (*cross-listing*)
Date: Mon, 3 Feb 2020 16:49:57 GMT   (10kb,D)

Title: Crossed
Authors: The Team
Categories: math.CO cs.DM
\\
  Text.
\\ ( https://arxiv.org/abs/2002.00002 ,  10kb)
%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%
------------------------------------------------------------------------------
\\
arXiv:1901.00001
replaced with revised version Thu, 6 Feb 2020 12:00:00 GMT   (500kb)

Title: Replaced
Authors: Ann Author
Categories: cs.CL
\\ ( https://arxiv.org/abs/1901.00001 ,  500kb)
------------------------------------------------------------------------------
""",
    "arxiv-listing": """Computation and Language
Showing new listings for Friday, 7 February 2020
Total of 3 entries
New submissions (showing 1 of 1 entries)
[1] arXiv:2002.00001 [pdf, html, other]
Title: A Study
Ann Author, Jerome Builder
Comments: 9 pages
Subjects: Computation and Language (cs.CL); Machine Learning (stat.ML)
Text of the
abstract.

Cross submissions (showing 1 of 1 entries)
[2] arXiv:2002.00002 (cross-list from math.CO) [pdf, other]
Title:Crossed
Authors:The Team, Bob
Subjects: Combinatorics (math.CO)
[3]
arXiv:2002.00003
[pdf]

Title: Three
Ann Author
Journal-ref: J. of X
Subjects: Robotics (cs.RO)
""",
    "arxiv-feed": """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2002.00001v2</id>
    <updated>2020-02-04T16:49:57Z</updated><published>2020-02-03T16:49:57Z</published>
    <title>A Study of
  Things &amp; $x^2$</title>
    <summary>  Text.
</summary>
    <author><name>Ann Author</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">MIT</arxiv:affiliation></author>
    <author><name>Bob Builder</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">9 pages</arxiv:comment>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1145/ABC</arxiv:doi>
    <arxiv:journal_ref>J. of X</arxiv:journal_ref>
    <link href="http://arxiv.org/abs/2002.00001v2" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/><category term="stat.ML"/>
  </entry>
</feed>
""",
    "arxiv-oai": r"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2020-03-01T00:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXiv">http://oaipmh.arxiv.org/oai</request>
<ListRecords>
<record><header><identifier>oai:arXiv.org:2002.00001</identifier><datestamp>2020-02-05</datestamp><setSpec>cs</setSpec></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2002.00001</id><created>2020-02-03</created><updated>2020-02-04</updated>
<authors><author><keyname>Author</keyname><forenames>Ann</forenames><suffix>Jr</suffix><affiliation>MIT</affiliation></author>
<author><keyname>Bal\'azs</keyname><forenames>C.</forenames></author></authors><title>A Study of
  Things &amp; $x_1$</title><categories>cs.CL stat.ML</categories><comments>9 pages</comments><report-no>R-1</report-no>
<msc-class>68T50</msc-class><journal-ref>J. of X 3 (2020) 1-9</journal-ref><doi>10.1145/ABC</doi><license>http://l</license>
<abstract>  Text on
lines.
</abstract></arXiv></metadata></record>
<record><header><identifier>oai:arXiv.org:2002.00002</identifier></header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
<id>2002.00002</id><submitter>Ann</submitter><version version="v1"><date>Mon, 3 Feb 2020 20:46:54 GMT</date><size>21kb</size></version>
<version version="v2"><date>Sat, 8 Feb 2020 23:47:24 GMT</date><size>21kb</size></version><title>Two</title>
<authors>Ann Author (MIT), Bob Builder and Cy Dee</authors><categories>cs.RO</categories><abstract>Text.</abstract></arXivRaw></metadata></record>
<record><header><identifier>oai:arXiv.org:hep-th/9901001</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Three</dc:title><dc:creator>van der Author, Ann</dc:creator><dc:creator>The ATLAS Collaboration</dc:creator>
<dc:subject>High Energy Physics - Theory</dc:subject><dc:description>Text.</dc:description><dc:description>Comment: 10 pages</dc:description>
<dc:date>1999-03-02</dc:date><dc:date>1999-01-04</dc:date><dc:type>text</dc:type><dc:identifier>http://arxiv.org/abs/hep-th/9901001</dc:identifier>
<dc:identifier>Phys.Lett. B (1999)</dc:identifier><dc:identifier>doi:10.1016/ABC</dc:identifier></oai_dc:dc></metadata></record>
<resumptionToken cursor="0" completeListSize="9">x|1001</resumptionToken>
</ListRecords></OAI-PMH>
""",
    "csl-yaml": """---
references:
- abstract: |
    Text.

    - and a list
  author:
  - family: Author
    given: Ann
    non-dropping-particle: van
  - literal: The Team
  container-title: J. of *X*
  DOI: 10.1145/ABC
  id: ann20
  issued: 2020-02-09
  keyword: x, y z
  page: 1-9
  title: '[BERT]{.nocase}: A Study of *Things*'
  type: article-journal
  volume: 3
# the next is as Better BibTeX writes it
- id: bobTwo
  title: >-
    A Study of <span class="nocase">BERT</span> that
    goes on
  type: paper-conference
  issued:
    - year: 2020
      month: 5
- {id: c, type: book, title: "Three", issued: {date-parts: [[2019, 7]]}}
...
""",
    "links": "# to read\n2302.04761v2\n- https://arxiv.org/abs/hep-th/9901001\narXiv:2002.00001\n* https://doi.org/10.1145/ABC\n"
    "1. http://arxiv.org/pdf/2002.00002v1.pdf\n",
}  # fmt: skip
"""Format → a source."""


def read(name: str, text: str) -> list[Found]:
    """Return what a reader makes of a text."""
    return list(reader(name).read(iter(text.splitlines(keepends=True)), as_of=AS_OF, source="a.txt"))


def papers(name: str, text: str) -> list[Paper]:
    """Return the papers of a text; nothing of it may be rejected."""
    found = read(name, text)
    assert not [one for one in found if isinstance(one, Rejected)], found
    return [one.paper if isinstance(one, Incoming) else one for one in found if isinstance(one, Incoming | Paper)]
