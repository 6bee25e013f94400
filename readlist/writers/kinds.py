"""The type of an entry: what a source said, else what the venue or the DOI tells, else `misc`."""

from __future__ import annotations

import re
from typing import Final

from readlist.paper import Paper

ARTICLE: Final = "article"
IN_PROCEEDINGS: Final = "inproceedings"
MISC: Final = "misc"

_KIND: Final = re.compile("[A-Za-z]+")
_NO_ENTRY: Final = frozenset("comment string preamble set xdata".split())
"""What an `@` may stand before that is no entry of its own, casefolded."""

_MEETING_WORDS: Final = re.compile(
    r"\b(?:proceedings|proc|conference|workshop|symposium|congress|meeting|colloquium)\b", re.IGNORECASE
)
_MEETINGS: Final = frozenset(
    "aaai aamas acl acml aies aistats alt asru automl bmvc ccs cav chi chil cikm clear cogsci coling collas colt conll "
    "corl cvpr dac dsn ecai eccv ecir ecml eacl emnlp esop esa facct focs fse hpca hri icaps icassp iccv icdcs icde "
    "icdm icdt icfp iclr icml icpr icra icse icsme icwsm ijcai ijcnn interspeech iros isca ismir issta itcs iui kdd "
    "kr lics lrec l4dc mcmc miccai micro midl mlsys mm mobicom msr naacl ndss neurips nips nsdi odyssey oopsla osdi "
    "pakdd pkdd pldi pods podc popl ppopp recsys rlc rlhf rss sat sdm sensys siggraph sigcomm sigir sigmod slt soda "
    "sosp spaa sp stacs stoc tacas uai uist usenix vldb wacv wmt wsdm www".split()
)
"""Conferences that are known by their letters, casefolded."""
_PREPRINTS: Final = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|preprint|openreview|ssrn)\b", re.IGNORECASE)
_LETTERS: Final = re.compile("[a-z0-9]*[a-z]")

_DOIS: Final = (
    (MISC, re.compile(r"10\.(?:48550|1101|21203|2139|5281|36227)/")),
    (
        IN_PROCEEDINGS,
        re.compile(r"10\.18653/v1/|10\.3115/|10\.1109/[a-z0-9-]*[a-z-]\d{4,6}\.|10\.1007/978-|10\.21437/"),
    ),
    (IN_PROCEEDINGS, re.compile(r"10\.(?:1609/aaai|24963/ijcai|5555/)")),
    (
        ARTICLE,
        re.compile(
            r"10\.(?:1038|1126|1162|1613|1016|1103|1371|1073|1093|3390|1002|1111|1080|1214|1137|1098|3389|1088|1063)/|"
            r"10\.1007/s\d|10\.1109/[a-z]+\.\d{4}\.|10\.1186/s\d|10\.1017/s\d"
        ),
    ),
)
"""What the first part of a DOI tells: preprint servers, the proceedings and the journals of large publishers."""


def kind_of(paper: Paper) -> str:
    """Return the type of a paper's entry."""
    if paper.kind:
        fits = _KIND.fullmatch(paper.kind) and paper.kind.casefold() not in _NO_ENTRY
        return paper.kind if fits else MISC
    if paper.venue:
        return _by_venue(paper.venue)
    if paper.identifiers.doi:
        return next((kind for kind, shape in _DOIS if shape.match(paper.identifiers.doi)), MISC)
    return MISC


def _by_venue(venue: str) -> str:
    """Return the type that the name of a venue tells."""
    if _PREPRINTS.search(venue):
        return MISC
    letters = _LETTERS.match(venue.casefold())
    if _MEETING_WORDS.search(venue) or (letters and letters[0] in _MEETINGS):
        return IN_PROCEEDINGS
    return ARTICLE
