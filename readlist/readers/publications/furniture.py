"""What stands on a page of papers and is no paper: headings, counts, buttons, the numbers of pages, the foot."""

from __future__ import annotations

import re
from typing import Final

from readlist.readers.publications.headers import LONGEST

_THINGS: Final = r"(?:papers?|publications?|results?|articles?|preprints?|entries|items|works)"
_STEP: Final = r"(?:\d{1,4}|…|\.\.\.|[«‹›»<>])"
_SHAPES: Final = (
    rf"(?:all |our |my |selected |recent |latest |featured |more )?{_THINGS}(?: ?\(\d[\d,]*\))?:?",
    (
        r"(?:showing |displaying |total(?: of)?:? )?\d[\d,]*(?: ?[-–—] ?\d[\d,]*)?"
        rf"(?: ?(?:of|/|out of) ?\d[\d,]*)? ?{_THINGS}?"
    ),
    rf"(?:load|show|see|view|read)(?: \d+)? (?:more|less|all|older|newer)(?: {_THINGS})?(?: ?\(?\d*\)?)?[ .…›»→▾]*",
    r"(?:load|show) (?:abstract|bibtex|details)",
    r"loading[ .…]*|end of (?:list|results)|no more (?:papers|publications|results)",
    r"(?:[«‹←<] ?)?(?:prev(?:ious)?|next|first|last|older|newer|back)(?: page)?(?: ?[»›→>])?",
    rf"(?:page )?\d+(?: (?:of|/) \d+)|{_STEP}(?: {_STEP})*",
    (
        r"(?:sort(?:ed)?|order(?:ed)?|filter|group(?:ed)?)(?: by)?:?(?: (?:date|year|title|score|relevance|newest|"
        r"oldest|topic|citations?|new(?:est)? first|category))*(?: [↑↓▲▼▾])?|filters?|"
        r"search(?: papers| publications)?[ .…]*"
    ),
    r"skip to (?:the )?(?:main )?(?:content|navigation|search|footer)|(?:toggle|open|close) (?:navigation|menu|search)",
    r"(?:back|return|scroll) to (?:the )?top|top|share|cite|bibtex|copy|save|bookmark|abstract",
    (
        r"(?:privacy|cookies?|terms|imprint|impressum|contact|about|home|menu|log ?in|sign (?:in|up|out)|subscribe|"
        r"help|accessibility|careers)(?: us| policy| settings| statement| of (?:use|service)| (?:&|and) conditions)?"
        r"(?: ?[|·•] ?[a-z &]{3,30}){0,8}"
    ),
    r"(?:©|\(c\)|copyright).{0,90}|all rights reserved\.?|powered by .{1,40}",
)
"""Such lines, whatever their case."""
_MENU: Final = (
    r"(?:home(?:page)?|about(?: (?:us|me))?|research(?: (?:areas|interests|group))?|publications?|papers|preprints|"
    r"people|(?:our )?team|group|labs?|members|alumni|projects?|teaching|courses|students|news(?:letter)?|blog|events|"
    r"talks|awards|press|media|gallery|software|code|data(?:sets?)?|models|demos|resources|tools|docs|documentation|"
    r"faq|cv|résumé|bio|jobs|careers|join us|contact(?: us)?|search|menu|login|log in|sign (?:in|up)|account|profile|"
    r"settings|language|english|explore|discover|trending|topics|categories|tags|years?|all|"
    r"(?:dark|light) mode|github|twitter|x|linkedin|(?:google )?scholar|orcid|youtube|mastodon|bluesky|facebook|"
    r"instagram|rss|e-?mail|follow(?: us)?)"
)
"""What a menu offers; within a record such a word may be a title, or a line of an abstract."""
_FURNITURE: Final = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES), re.IGNORECASE)
_WORDS: Final = re.compile(rf"{_MENU}(?: ?[|·•/›>–—-] ?{_MENU}){{0,12}}", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line, made safe before, belongs to the page and to no paper."""
    return len(line) <= LONGEST and _FURNITURE.fullmatch(line) is not None


def is_menu(line: str) -> bool:
    """Whether a line that stands in no record, made safe before, is of a menu: one of its words or several."""
    return len(line) <= LONGEST and _WORDS.fullmatch(line) is not None
