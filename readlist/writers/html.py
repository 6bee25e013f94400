"""HTML: a reading list as one page that needs nothing else, for the web, a phone or a printer.

Nothing on it can run or be fetched: every text is escaped, and its policy allows one style sheet, by its hash. Links go
to doi.org and arxiv.org only, since `link` makes no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from readlist.link import link
from readlist.paper import Entry
from readlist.text import safe_line, safe_text
from readlist.writers.described import ET_AL, addresses, full_title, notes, site
from readlist.writers.options import Options

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d1f21; --faint: #5b6168; --paper: #fdfdfc; --line: #dcdedf; --link: #0b57a4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e5e3; --faint: #a3a9af; --paper: #17191b; --line: #35393d; --link: #8ab8ee }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; overflow-wrap: anywhere }
h1 { margin: 0 0 1.5rem; font-size: 1.6rem; line-height: 1.2 }
h2 { margin: 0; font-size: 1.1rem; line-height: 1.35; font-weight: 600 }
p { margin: .25rem 0 0 }
a { color: var(--link); text-underline-offset: .15em }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.papers { margin: 0; padding: 0; list-style: none }
.papers > li { padding: 1.1rem 0; border-top: 1px solid var(--line) }
.about, .links, .tags, footer { color: var(--faint); font-size: .9rem }
.links a, .tags li { margin-inline-end: .9em }
.tags { display: flex; flex-wrap: wrap; margin: .25rem 0 0; padding: 0; list-style: none }
details { margin-top: .5rem }
summary { width: fit-content; color: var(--faint); font-size: .9rem; cursor: pointer }
.abstract { white-space: pre-line }
.note { margin: .6rem 0 0; padding: .1rem 0 .1rem .9rem; border-inline-start: 3px solid var(--line);
  white-space: pre-wrap }
footer { padding-top: 1.1rem; border-top: 1px solid var(--line) }
@page { margin: 16mm }
@media print {
  :root { color-scheme: light; --ink: #000; --faint: #333; --paper: #fff; --line: #bbb; --link: #000 }
  body { max-width: none; padding: 0; font-size: 10.5pt }
  .papers > li { break-inside: avoid }
  details:not([open]) { display: none }
  .links a::after { content: " (" attr(href) ")" }
}
"""

_HEAD: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; \
form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Reading list</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>Reading list</h1>
<ol class="papers">
"""


def write(entries: Iterable[Entry], options: Options = Options()) -> Iterator[str]:  # noqa: B008 — a frozen value
    """Yield the page: its head, an item of a list for each paper, and how many there are."""
    yield _HEAD.format(digest=_digest(), style=_STYLE)
    count = 0
    for entry in entries:
        count += 1
        yield "\n".join(["<li><article>", *_article(entry, options), "</article></li>\n"])
    yield f"</ol>\n</main>\n<footer>{count:,} {'paper' if count == 1 else 'papers'}</footer>\n</body>\n</html>\n"


def _digest() -> str:
    """Return the hash by which the page's policy knows its style sheet."""
    from base64 import b64encode
    from hashlib import sha256

    return b64encode(sha256(_STYLE.encode()).digest()).decode()


def _article(entry: Entry, options: Options) -> Iterator[str]:
    """Yield the lines of one paper; what is not known is left out."""
    paper = entry.paper
    address = link(paper)
    title = _line(full_title(paper))
    yield f'<h2 dir="auto">{_linked(address, title) if address else title}</h2>'
    if paper.authors:
        names = ", ".join(_own_direction(author) for author in paper.authors)
        yield f"<p>{names}{f' {ET_AL}' if paper.authors_truncated else ''}</p>"
    about = [f'<time datetime="{_line(paper.date)}">{_line(paper.date)}</time>' if paper.date else ""]
    about += [_own_direction(text) for text in (paper.venue or "", ", ".join(paper.categories))]
    if any(about):
        yield f'<p class="about">{" · ".join(text for text in about if text)}</p>'
    links = addresses(paper)
    if at := site(paper):
        links.append((at.split("/")[2], at))
    if links:
        yield f'<p class="links">{" ".join(_linked(to, _line(name)) for name, to in links)}</p>'
    if options.with_tags and entry.mark.tags:
        tags = "".join(f"<li>{_own_direction(f'#{tag}')}</li>" for tag in entry.mark.tags)
        yield f'<ul class="tags" aria-label="Tags">{tags}</ul>'
    if paper.abstract:
        abstract = escape(safe_text(paper.abstract))
        yield f'<details><summary>Abstract</summary><p class="abstract" dir="auto">{abstract}</p></details>'
    if options.with_notes:
        yield from (f'<blockquote class="note" dir="auto">{escape(note)}</blockquote>' for note in notes(entry))


def _line(text: str) -> str:
    """Return a text as one line in which nothing is markup."""
    return escape(safe_line(text))


def _own_direction(text: str) -> str:
    """Return a text whose direction, right to left or left to right, stays its own."""
    return f"<bdi>{_line(text)}</bdi>" if safe_line(text) else ""


def _linked(address: str, html: str) -> str:
    """Return a link; the page that it opens learns nothing of this one."""
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{html}</a>'
