"""Runs a .bib file through bibtex, biber and pdflatex as a hostile author would wish it, and tells what went wrong."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from readlist.latex import readable
from readlist.paper import Entry, Paper
from readlist.text import plain
from readlist.writers import format_writer, names
from readlist.writers.tex import readable_in_utf8, unsettable
from tests.writers.hard_papers import SECRET, people_of

PROGRAMS: Final = ("bibtex", "biber", "pdflatex", "pdftotext", "kpsewhich")
STYLES: Final = ("plain", "alpha", "abbrv")
_PREAMBLE: Final = (
    "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{lmodern,amssymb,url}\n\\pagestyle{empty}\n"
    "\\input{scripts}\n\\pdfpagewidth=60cm\n"
)
_BIBTEX: Final = (
    _PREAMBLE + "\\begin{document}\n\\nocite{*}\n\\bibliographystyle{STYLE}\n\\bibliography{refs}\n\\end{document}\n"
)
_BIBLATEX: Final = (
    _PREAMBLE + "\\usepackage[backend=biber,style=numeric,maxnames=99]{biblatex}\n\\addbibresource{refs.bib}\n"
    "\\begin{document}\n\\nocite{*}\n\\printbibliography\n\\end{document}\n"
)
_MATH: Final = re.compile(r"\$[^$]*\$")
_LETTERS: Final = re.compile("[a-z0-9]+")
_PATIENCE: Final = 900


def missing() -> str:
    """Return why nothing can be set here; an empty text if it can."""
    absent = [program for program in PROGRAMS if not shutil.which(program)]
    if absent:
        return f"not installed: {', '.join(absent)}"
    packages = ("biblatex.sty", "lmodern.sty", "amssymb.sty", "url.sty")
    absent = [name for name in packages if not _output(Path(), "kpsewhich", name).strip()]
    return f"TeX lacks {', '.join(absent)}" if absent else ""


def _output(folder: Path, *program: str) -> str:
    """Run a program; what it says."""
    done = subprocess.run(
        program, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", check=False, timeout=_PATIENCE,
    )  # fmt: skip
    return f"{done.stdout}\nexit status {done.returncode}\n" if program[0] != "kpsewhich" else done.stdout


def prepared(folder: Path, text: str, entries: Sequence[Entry]) -> None:
    """Put the .bib file, and the secret that nothing may read, into a new folder."""
    folder.mkdir(parents=True)
    (folder / "refs.bib").write_text(text, encoding="utf-8", errors="surrogatepass")
    (folder / "secret.tex").write_text(f"{SECRET}\n")
    # What pdflatex cannot set is nothing in these documents: whatever it still stumbles over is a fault.
    nothing = (f"\\DeclareUnicodeCharacter{{{ord(char):04X}}}{{}}\n" for char in unsettable(text + _said(entries)))
    (folder / "scripts.tex").write_text("".join(nothing))


def _said(entries: Sequence[Entry]) -> str:
    """Return all that the papers say: biber makes characters of macros where there are such."""
    papers = [entry.paper for entry in entries]
    values = "".join(value for one in papers for _, value in one.extra)
    titles = "".join(f"{one.title_raw}{one.title}{one.venue}{''.join(one.authors)}" for one in papers)
    return unicodedata.normalize("NFC", values + titles).encode(errors="ignore").decode()


def faults_of_bibtex(folder: Path, text: str, entries: Sequence[Entry], style: str) -> list[str]:
    """Return what goes wrong when a document with one of BibTeX's own styles is set."""
    found = faults_of_bibtex_alone(folder, text, entries, style)
    (folder / "main.tex").write_text(_BIBTEX.replace("STYLE", style))
    return [*found, *_faults_of_setting(folder, entries)]


def faults_of_bibtex_alone(folder: Path, text: str, entries: Sequence[Entry], style: str) -> list[str]:
    """Return what goes wrong when bibtex reads a file, before anything is set."""
    prepared(folder, text, entries)
    (folder / "main.aux").write_text(f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n")
    said = _output(folder, "bibtex", "main")
    items = _read(folder / "main.bbl").count("\\bibitem")
    return [
        *([] if "exit status 0" in said and "error message" not in said else [f"bibtex: {said[-500:]}"]),
        *(f"bibtex: {line}" for line in said.splitlines() if "Warning--" in line and not _lacks(line)),
        *([] if items == len(entries) else [f"bibtex: {len(entries)} entries, {items} items"]),
    ]


def _lacks(warning: str) -> bool:
    """Whether a warning says no more than that a paper has no author, journal or year."""
    return bool(
        re.search(r"Warning--(?:empty|to sort, need|there's a \w+ but no|can't use both|\w+ \w+ missing)", warning)
    )


def faults_of_biber(folder: Path, text: str, entries: Sequence[Entry]) -> list[str]:
    """Return what goes wrong when a document with biblatex is set."""
    prepared(folder, text, entries)
    (folder / "main.tex").write_text(_BIBLATEX)
    _set(folder)
    said = _output(folder, "biber", "main")
    written = _read(folder / "main.bbl")
    found = dict(re.findall(r"\\entry\{([^}]*)\}.*?(?:\\name\{author\}\{(\d+)\}|\\endentry)", written, re.DOTALL))
    people = {one.citekey: people_of(one.paper) - _others(one.paper) for one in entries}
    wrong = [key for key, count in people.items() if key in found and int(found[key] or 0) != count]
    return [
        *([] if "exit status 0" in said else [f"biber: {said[-500:]}"]),
        *(
            f"biber: {line}"
            for line in said.splitlines()
            if line.startswith(("ERROR", "WARN")) and not _is_foreign(line)
        ),
        *([] if len(found) == len(entries) else [f"biber: {len(entries)} entries, {len(found)} found"]),
        *(f"biber: {key} has {found[key]} authors, not {people[key]}" for key in wrong),
        *_faults_of_setting(folder, entries),
    ]


def _others(paper: Paper) -> bool:
    """Whether `and others` is written, which biber does not count as a name."""
    return bool(people_of(paper) and paper.authors_truncated)


def _is_foreign(line: str) -> bool:
    """Whether biber says no more than that the month, date, year or pages of a foreign file are none."""
    return "month" in line or "date" in line or "legacy year field" in line or "Range field 'pages'" in line


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _set(folder: Path) -> None:
    """Set the document, and let it do whatever it wants to the system, as some people do."""
    _output(folder, "pdflatex", "-interaction=nonstopmode", "-shell-escape", "main")


def _faults_of_setting(folder: Path, entries: Sequence[Entry]) -> Iterator[str]:
    """Set the document; yield what TeX stumbled over, what it should not have done, and which titles are not there."""
    _set(folder)
    if not (folder / "main.pdf").exists():
        yield "pdflatex: no PDF"
        return
    log = _read(folder / "main.log")
    for line in re.findall(r"^! .*", log, re.MULTILINE):
        yield f"pdflatex: {line}"
    _output(folder, "pdftotext", "-raw", "-enc", "UTF-8", "main.pdf", "main.txt")
    text = _read(folder / "main.txt")
    yield from (
        f"{name} was read"
        for name in ("main.txt", "main.log", "main.bbl", "main.aux")
        if SECRET in _read(folder / name)
    )
    yield from (f"{path.name} was written" for path in folder.iterdir() if "canary" in path.name)
    letters = "".join(_LETTERS.findall(_folded(text)))
    for entry in entries:
        lost = [piece for piece in title_pieces(entry.paper) if piece not in letters]
        if "$" in entry.paper.title_raw:  # formulas are taller than a line, so that words of two lines are mixed
            lost = [] if _mostly_there(entry.paper, letters) else lost
        if lost:
            yield f"the title of {entry.citekey} is not there: {lost[0]!r}"


def _mostly_there(paper: Paper, letters: str) -> bool:
    """Whether most words of a title are there."""
    words = [
        found
        for word in _MATH.sub(" ", paper.title_raw).split()
        if len(found := "".join(_LETTERS.findall(_folded(word)))) > 3
    ]
    return sum(word in letters for word in words) >= 0.7 * len(words)


def title_pieces(paper: Paper) -> list[str]:
    """Return the letters that a PDF must show of a title, without math and what pdflatex cannot set."""
    raw = paper.title_raw if paper.kind or "$" in paper.title_raw else paper.title
    if paper.kind and re.search(r"\\|\{|\}|\$", raw):  # TeX of a .bib file: what it shows is not what it says
        return []
    pieces = re.split(
        "[^" + re.escape("".join(map(chr, range(32, 127))) + "".join(sorted(readable_in_utf8()))) + "]",
        _MATH.sub("\0", raw),
    )
    return [found for piece in pieces if len(found := "".join(_LETTERS.findall(_folded(readable(piece))))) > 3]


def _folded(text: str) -> str:
    """Return text in small letters of ASCII, as far as it has any."""
    return plain(unicodedata.normalize("NFKC", text))


def within_biber(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that biber 2.18 can read in ASCII: a dot below a letter that has an accent is beyond it."""
    return [one for one in entries if not re.search(r"\\[a-zA-Z]\{\\", "".join(format_writer("bibtex")([one])))]


def with_settable_names(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries whose names pdflatex can set: bibtex cuts letters of others in two for labels and initials."""
    return [one for one in entries if not unsettable("".join(_names_in(one.paper)))]


def _names_in(paper: Paper) -> Iterator[str]:
    """Yield what names the people of a paper."""
    yield names.authors(paper)
    yield from (names.raw_names(value) for name, value in paper.extra if name == "editor")


def naive(entries: Sequence[Entry]) -> str:
    """Return what a writer makes that puts fields into the file as they are."""
    return "\n".join(
        f"@misc{{{one.citekey},\n  title = {{{one.paper.title_raw}}},\n"
        f"  author = {{{' and '.join(one.paper.authors)}}},\n  year = {{{one.paper.date or ''}}},\n}}"
        for one in entries
    )
