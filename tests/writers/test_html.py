"""The page of a reading list: nothing on it runs, everything on it can be read; checked in a real browser."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from readlist.paper import Entry, Identifiers
from readlist.text import safe_line
from readlist.writers.options import Options
from tests.papers import paper
from tests.writers.hostile import HOSTILE, MARKED, OPTIONS, entry, libraries, written

TAGS = set(
    "html head meta title style body main h1 ol li article h2 a p bdi time ul details summary blockquote footer".split()
)
ATTRIBUTES = set("lang charset http-equiv content name class dir href rel datetime aria-label".split())


class Page(HTMLParser):
    """A page as a parser that knows nothing of us finds it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.headings: list[str] = []
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "h2":
            self.headings.append("")
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == "h2" else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.headings[-1] += data


@settings(deadline=None)
@given(libraries(), OPTIONS)
def test_every_paper_is_an_article_and_nothing_is_markup(entries: list[Entry], options: Options) -> None:
    page = Page(written("html", entries, options))
    assert page.headings == [one.paper.title for one in entries]
    assert page.tags.count("article") == len(entries)
    assert set(page.tags) <= TAGS
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    addresses = [value or "" for name, value in page.attributes if name == "href"]
    assert all(address.startswith(("https://doi.org/", "https://arxiv.org/abs/")) for address in addresses)
    assert page.attributes.count(("rel", "noopener noreferrer")) == len(addresses)


def test_a_paper_is_as_it_should_be() -> None:
    text = written("html", [MARKED], Options(with_notes=True, with_tags=True))
    assert text[text.index("<li>") : text.index("</ol>")] == (
        "<li><article>\n"
        '<h2 dir="auto"><a href="https://doi.org/10.1/x" rel="noopener noreferrer">A Title</a></h2>\n'
        "<p><bdi>Ann Author</bdi></p>\n"
        '<p class="about"><time datetime="2023-02-09">2023-02-09</time></p>\n'
        '<p class="links"><a href="https://doi.org/10.1/x" rel="noopener noreferrer">doi:10.1/x</a> '
        '<a href="https://arxiv.org/abs/2302.04761" rel="noopener noreferrer">arXiv:2302.04761</a></p>\n'
        '<ul class="tags" aria-label="Tags"><li><bdi>#sekrettag</bdi></li></ul>\n'
        '<blockquote class="note" dir="auto">sekretnote</blockquote>\n'
        "</article></li>\n"
    )
    assert "<footer>1 paper</footer>" in text


# ------------------------------------------------------------------ in a browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
in_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")

TEXTS = [text for raw in HOSTILE if (text := safe_line(raw))]
PAPERS = [
    paper(
        text, text, "Ann Author", venue=text, abstract=text, date="2023-02-09",
        identifiers=Identifiers("2302.04761", f"10.1/{text}"),
    )
    for text in TEXTS
]  # fmt: skip
HARMFUL = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"


def drawn(folder: Path, text: str, *options: str) -> str:
    """Return the document that a browser has made of a page when everything on it has run."""
    (folder / "page.html").write_text(text, encoding="utf-8")
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--disable-gpu", "--no-first-run", *sandbox, *options,
            f"--user-data-dir={folder / 'profile'}", "--dump-dom", (folder / "page.html").as_uri(),
        ],
        capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def unguarded(page: str) -> str:
    """Return a page without its policy."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)


@in_browser
def test_a_browser_shows_every_hostile_title_and_runs_nothing(tmp_path: Path) -> None:
    page = Page(drawn(tmp_path, unguarded(written("html", [entry(one) for one in PAPERS]))))
    assert page.headings == TEXTS
    assert not {"script", "img", "svg", "iframe", "object", "form", "b"} & set(page.tags)
    assert page.tags.count("style") == 1


@in_browser
def test_a_browser_would_have_run_what_is_not_escaped(tmp_path: Path) -> None:
    page = written("html", [entry(paper(HARMFUL))])
    broken = page.replace(html.escape(HARMFUL), HARMFUL)
    assert "<title>Reading list</title>" in drawn(tmp_path, page)
    assert "<title>owned</title>" in drawn(tmp_path, unguarded(broken))
    assert "<title>Reading list</title>" in drawn(tmp_path, broken), "the policy of the page is a second guard"


_MEASURED = """<!DOCTYPE html><title>not measured</title>
<iframe style="width: 360px; height: 700px; border: 0"></iframe>
<script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const page = frame.contentDocument, body = getComputedStyle(page.body);
  document.title = [page.documentElement.scrollWidth, body.backgroundColor, body.color,
    page.querySelectorAll("article").length].join("|");
};
frame.srcdoc = SOURCE;
</script>
"""


@in_browser
@pytest.mark.parametrize(("setting", "paper_is_dark"), [("0", True), ("1", False)])
def test_the_page_fits_a_phone_and_follows_the_colours_of_the_system(
    tmp_path: Path, setting: str, *, paper_is_dark: bool
) -> None:
    source = html.escape(written("html", [entry(one) for one in PAPERS], Options()))
    framed = _MEASURED.replace("<iframe", '<textarea hidden id="source">' + source + "</textarea><iframe").replace(
        "SOURCE", 'document.querySelector("#source").value'
    )
    told = drawn(tmp_path, framed, f"--blink-settings=preferredColorScheme={setting}", "--virtual-time-budget=10000")
    found = re.search(r"<title>(.*?)</title>", told)
    assert found is not None
    width, behind, ink, articles = found[1].split("|")
    assert int(width) <= 360
    assert int(articles) == len(PAPERS)
    brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (behind, ink)]
    assert (brightness[0] < brightness[1]) is paper_is_dark
    assert abs(brightness[0] - brightness[1]) > 450, "dark on light, or light on dark"
