"""The verbs keep the contract: what they print, and what they exit with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from readlist.assets import asset
from readlist.cli.program import VERBS
from tests.program import run_text

KEY = "schick2023toolformer"


class Shell:
    """Runs readlist as a program on a library of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "READLIST_LIBRARY": str(folder / "library"), "PYTHONIOENCODING": "utf-8"}

    def __call__(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        return run_text(*words, env=self.environment, cwd=self.folder, given=given)

    def json(self, *words: str) -> Any:
        done = self(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def filled(shell: Shell) -> Shell:
    done = shell("ingest", str(asset("sample.txt")), "--as-of", "2026-04-01")
    assert done.returncode == 0, done.stderr
    return shell


def test_an_ingest_tells_what_it_did_and_doing_it_again_changes_nothing(shell: Shell) -> None:
    words = ("ingest", str(asset("sample.txt")), "--as-of", "2026-04-01", "--json")
    first, second = shell.json(*words), shell.json(*words)
    assert first == {
        "format": "publications", "read": 43, "new": 43, "updated": 0, "unchanged": 0,
        "uncertain": first["uncertain"], "rejected": [],
    }  # fmt: skip
    assert (second["new"], second["updated"], second["unchanged"]) == (0, 0, 43)


def test_a_dry_run_changes_nothing(shell: Shell) -> None:
    done = shell("ingest", str(asset("sample.txt")), "--dry-run")
    assert "would be: 43 new" in done.stdout
    assert shell.json("list", "--json") == []


def test_standard_input_tags_and_rejects(shell: Shell) -> None:
    text = "furniture\nCLFeb 9, 2023\nA Study of ThingsAnn Author\nText.\nCLFeb 30, 2023\nAnotherBob Builder\n"
    done = shell("ingest", "-", "--tag", "digest", "--rejects", "rejects.txt", "--json", given=text)
    assert done.returncode == 3
    report = json.loads(done.stdout)
    assert [(one["line"], one["source"]) for one in report["rejected"]] == [(1, "stdin"), (5, "stdin")]
    assert (shell.folder / "rejects.txt").read_text() == "furniture\nCLFeb 30, 2023\nAnotherBob Builder\n"
    assert shell.json("list", "tag:digest", "--json")[0]["title"] == "A Study of Things"


PAGE = f"""Skip to content\nHome\nPublications\n12 results\n
{asset("sample.txt").read_text(encoding="utf-8")}\nLoad more\nPrivacy | Imprint\n© 2026 The Institute\n"""


def test_what_belongs_to_the_page_that_was_copied_is_counted_and_is_no_reject(shell: Shell) -> None:
    done = shell("ingest", "-", "--rejects", "rejects.txt", given=PAGE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "43 new, 0 updated, 0 unchanged" in done.stdout
    assert "; ignored 7 lines that belong to no paper" in done.stdout
    assert (shell.folder / "rejects.txt").read_text() == ""


def test_the_report_as_json_has_each_line_of_the_page(shell: Shell) -> None:
    report = json.loads(shell("ingest", "-", "--json", given=PAGE).stdout)
    assert (report["read"], report["rejected"], len(report["furniture"])) == (43, [], 7)
    assert report["furniture"][0] == {"line": 1, "text": "Skip to content", "source": "stdin"}


def test_a_page_without_papers_is_not_called_empty(shell: Shell) -> None:
    done = shell("ingest", "-", "--format", "publications", given="Publications\nLoad more\n")
    assert done.returncode == 1
    assert "ignored 2 lines that belong to no paper" in done.stdout
    assert "nothing was accepted" in done.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "0 new"), ("[]", "it is empty"), ("nothing of the kind\n", "no reader knows"), ("a\0b", "not a text file")],
)
def test_nothing_accepted_exits_with_1(shell: Shell, text: str, words: str) -> None:
    done = shell("ingest", "-", given=text)
    assert done.returncode == 1
    assert words in done.stdout + done.stderr


def test_a_zero_byte_costs_no_bibliography_and_gets_into_no_paper(shell: Shell) -> None:
    text = "@misc{a, title = {A Study\0 of Things}, author = {Author, Ann}}\n@misc{b,\0 title = {More Things}}\n"
    assert "2 new" in shell("ingest", "-", given=text).stdout
    assert {one["title"] for one in shell.json("list", "--json")} == {"A Study of Things", "More Things"}


def test_a_source_that_cannot_be_read_is_told(shell: Shell) -> None:
    assert "cannot read nowhere.txt" in shell("ingest", "nowhere.txt").stderr
    (shell.folder / "empty").mkdir()
    assert "holds no file" in shell("ingest", "empty").stderr


def test_list_gives_whole_objects_newest_first(filled: Shell) -> None:
    papers = filled.json("list", "--json")
    assert len(papers) == 43
    dates = [paper["date"] for paper in papers]
    assert dates == sorted(dates, reverse=True)
    one = next(paper for paper in papers if paper["citekey"] == KEY)
    assert list(one) == [
        "id", "citekey", "kind", "title", "title_raw", "authors", "authors_truncated", "affiliations", "categories",
        "date", "year_inferred", "has_code", "score", "abstract", "abstract_raw", "identifiers", "venue", "extra",
        "sources", "uncertain", "corrected", "added", "mark", "decided",
    ]  # fmt: skip
    assert one["mark"] == {
        "status": "unread", "status_dates": {}, "starred": False, "tags": [], "rating": 0, "priority": 0, "rank": None,
        "notes": [], "changed": None,
    }  # fmt: skip
    assert one["identifiers"] == {"arxiv": None, "doi": None}
    assert filled.json("list", "--json", "--limit", "2", "--sort", "title")[0]["title"].startswith("A Study")


def test_a_query_without_a_hit_is_no_error(filled: Shell) -> None:
    assert filled("list", "zzzz", "--json").stdout == "[]\n"
    table = filled("list", "zzzz")
    assert (table.returncode, len(table.stdout.splitlines())) == (0, 1)


def test_a_wrong_query_exits_with_2_and_a_caret(filled: Shell) -> None:
    done = filled("list", "auther:schick")
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:3] == ["  auther:schick", "  ^"]


def test_words_that_begin_with_a_dash_are_words(filled: Shell) -> None:
    assert len(filled.json("list", "-is:starred", "--json")) == 43
    assert len(filled.json("list", "--json", "nethack", "-dungeons")) < len(filled.json("list", "nethack", "--json"))
    filled("tag", "+b", "+nlp", KEY)
    assert filled("tag", "-b", KEY).returncode == 0
    assert filled("tag", "--query", "title:toolformer", "-nlp").returncode == 0
    assert filled.json("show", KEY, "--json")["mark"]["tags"] == []
    assert filled("list", "--", "-is:starred").returncode == 0
    assert filled("list", "--nonsense").returncode == 2


def test_marks_can_be_set_and_undone(filled: Shell) -> None:
    for words in (
        ("star", KEY),
        ("status", "read", KEY),
        ("rate", "4", KEY),
        ("priority", "2", KEY),
        ("note", KEY, "a", "b"),
    ):
        assert filled(*words).returncode == 0, words
    mark = filled.json("show", KEY, "--json")["mark"]
    assert (mark["starred"], mark["status"], mark["rating"], mark["priority"]) == (True, "read", 4, 2)
    assert [note["text"] for note in mark["notes"]] == ["a b"]
    assert list(mark["status_dates"]) == ["read"]
    assert filled("unstar", KEY).stdout == "unstar on 1 paper\n"
    assert "1 paper" in filled("undo").stdout
    assert filled.json("show", KEY, "--json")["mark"]["starred"]
    assert filled("redo").returncode == 0
    assert "unstar" in filled("history").stdout
    for _ in range(6):
        assert filled("undo").returncode == 0
    assert filled("undo").stdout == "undo: ingest sample.txt on 43 papers\n"
    assert filled.json("list", "--json") == []
    assert filled("undo").returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ("rate", "6", KEY), ("rate", "x", KEY), ("priority", "9", KEY), ("status", "gone", KEY), ("status",),
        ("tag", KEY), ("tag", "+a,b", KEY), ("star",), ("star", KEY, "--query", "x"), ("note", KEY), ("show",),
        ("frobnicate",), ("export", "--format", "xlsx"), ("cite", "--style", "harvard", KEY),
        ("ingest", "x", "--as-of", "soon"), ("ingest", "x", "--format", "nonsense"),
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_2(filled: Shell, words: tuple[str, ...]) -> None:
    done = filled(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


def test_unknown_keys_exit_with_3_or_1(filled: Shell) -> None:
    assert filled("star", KEY, "nobody").returncode == 3
    assert filled.json("show", KEY, "--json")["mark"]["starred"]
    assert filled("star", "nobody").returncode == 1
    assert filled("show", "nobody").returncode == 1
    assert "--query" not in filled("cite", "nobody").stderr
    assert "a query stands after --query" in filled("cite", "is:starred").stderr


def test_cite_keeps_the_order_and_export_sorts(filled: Shell) -> None:
    cited = filled("cite", "schick2023toolformer", "mialon2023augmented").stdout
    assert cited.index("schick2023") < cited.index("mialon2023")
    assert filled("cite", "--style", "plain", KEY).stdout.startswith("Timo Schick, Jane Dwivedi-Yu")
    assert filled("export", "-o", "refs.bib").returncode == 0
    keys = [line[6:-1] for line in (filled.folder / "refs.bib").read_text().splitlines() if line.startswith("@misc{")]
    assert keys == sorted(keys)
    assert len(keys) == 43
    assert len(json.loads(filled("export", "nethack", "--format", "json").stdout)) > 1
    assert filled("export", "-o", "refs.json").returncode == 0
    assert len(json.loads((filled.folder / "refs.json").read_text())) == 43
    assert filled("export", "-o", ".").returncode == 2


def test_remove_by_query_keeps_what_is_marked(filled: Shell) -> None:
    filled("star", KEY)
    done = filled("remove", "--query", "source:sample.txt")
    assert "remove 42 papers" in done.stdout
    assert "1 marked paper stays" in done.stdout
    assert [paper["citekey"] for paper in filled.json("list", "--json")] == [KEY]
    filled("remove", KEY)
    assert filled.json("list", "--json") == []
    filled("undo")
    assert filled.json("show", KEY, "--json")["mark"]["starred"]


def test_tags_are_counted(filled: Shell) -> None:
    filled("tag", "+rl", "--query", "nethack")
    assert filled("tags").stdout.split()[1] == "rl"


def test_the_page_of_a_paper_is_readable(filled: Shell) -> None:
    filled("tag", "+llm", KEY)
    filled("note", KEY, "mine")
    page = filled("show", KEY).stdout
    for words in ("Timo Schick, Jane Dwivedi-Yu, Roberto Dessì et al.", "meta-ai, uw", "cs.CL", "#llm", "mine"):
        assert words in page


def test_a_verb_never_brings_in_the_sample(shell: Shell) -> None:
    assert shell.json("list", "--json") == []


def test_the_app_needs_a_terminal(shell: Shell) -> None:
    assert "needs a terminal" in shell(given="").stderr
    assert shell("--config", "nowhere.toml", given="").returncode == 2


def test_a_library_that_cannot_be_is_told_in_a_sentence(shell: Shell) -> None:
    (shell.folder / "file").write_text("")
    done = shell("--library", "file", "list")
    assert done.returncode == 1
    assert "is a file, not a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_at_fault_are_told_with_the_key(shell: Shell) -> None:
    (shell.folder / "s.toml").write_text("[statuses]\nunread = 3\n")
    done = shell("--config", "s.toml", "list")
    assert done.returncode == 1
    assert "statuses.unread" in done.stderr


def test_formatted_citations_are_in_the_order_of_the_keys(filled: Shell) -> None:
    done = filled("cite", "--style", "ieee", KEY, "hambro2022dungeons")
    first, second = done.stdout.splitlines()
    assert first.startswith("[1] T. Schick, J. Dwivedi-Yu, R. Dessì, et al., “Toolformer: Language models can teach")
    assert second.startswith("[2] E. Hambro")
    done = filled("cite", "--style", "apa", "--as", "html", KEY)
    assert "<i>Toolformer: Language models can teach themselves to use tools</i>" in done.stdout
    done = filled("cite", "--style", "apaa", KEY)
    assert done.returncode == 2
    assert "did you mean apa?" in done.stderr
    done = filled("cite", "--style", "nowhere.csl", KEY)
    assert done.returncode == 2
    assert "cannot read the style nowhere.csl" in done.stderr
    assert filled("cite", "--as", "html", KEY).returncode == 2


def test_csl_json_is_a_format_of_exports(filled: Shell) -> None:
    found = filled.json("export", "--format", "csl-json")
    assert len(found) == 43
    assert next(one for one in found if one["id"] == KEY)["author"][-1] == {"literal": "others"}


def test_a_closed_pipe_ends_quietly(filled: Shell) -> None:
    command = f"{sys.executable} -m readlist list --json | head -1"
    done = subprocess.run(
        ["bash", "-c", command], env=filled.environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout == "[\n"
    assert "Traceback" not in done.stderr


def test_a_terminal_of_ascii_gets_what_it_can_show(filled: Shell) -> None:
    filled.environment |= {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    assert filled("list").returncode == 0


def test_the_help_names_every_verb(shell: Shell) -> None:
    text = shell("--help").stdout
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    for verb in VERBS:
        assert f"\n  {verb}" in text
        assert f"`{verb}`" in readme
        assert "readlist" in shell(verb, "--help").stdout


def test_each_verb_loads_all_that_it_needs_itself(shell: Shell) -> None:
    """Each is run in a fork of an interpreter that has loaded no verb."""
    program = """
import os, sys
from readlist.cli import main
from readlist.cli.program import VERBS
for verb in VERBS:
    if os.fork() == 0:
        sys.argv = ["readlist", verb, "--help"]
        sys.exit(main())
    print(verb, os.waitstatus_to_exitcode(os.wait()[1]), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env=shell.environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr.splitlines() == [f"{verb} 0" for verb in VERBS]
    assert done.stdout.count("Usage: readlist ") == len(VERBS)


@pytest.mark.parametrize(
    "words",
    [["list", "--limit", "3"], ["show", KEY, "--json"], ["star", "nobody"], ["list", "year:x"], ["rate", "9", KEY], []],
)
def test_a_run_of_these_tests_is_what_the_started_program_is(filled: Shell, words: list[str]) -> None:
    started = subprocess.run(
        [sys.executable, "-m", "readlist", *words], env=filled.environment, cwd=filled.folder, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    run = filled(*words)
    assert (run.returncode, run.stdout, run.stderr) == (started.returncode, started.stdout, started.stderr)


def loaded(shell: Shell, *words: str) -> set[str]:
    program = """
import sys
from readlist.cli import main
try:
    main()
except SystemExit:
    pass
print("", *sys.modules, sep="\\n")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=shell.environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.splitlines())


def test_verbs_do_not_load_textual_nor_more_than_they_need(filled: Shell) -> None:
    for words in (["list"], ["star", KEY], ["export"], ["undo"], ["cite", KEY], ["show", KEY]):
        assert not {name for name in loaded(filled, *words) if name.split(".")[0] == "textual"}, words
    assert not {"tinydb", "pylatexenc", "filelock"} & loaded(filled, "list")
    assert not {"citeproc", "lxml"} & loaded(filled, "cite", KEY)
    assert "click" not in loaded(filled, "--version")


def test_an_encoding_that_was_guessed_is_told_with_what_to_do(shell: Shell, tmp_path: Path) -> None:
    title = "\u041e \u043d\u0435\u0439\u0440\u043e\u043d\u043d\u044b\u0445 \u0441\u0435\u0442\u044f\u0445"
    (tmp_path / "refs.bib").write_bytes(f"@misc{{k, title = {{{title}}}}}\n".encode("cp1251"))
    done = shell("ingest", "refs.bib", "--dry-run")
    assert "the encoding of refs.bib was guessed" in done.stderr
    assert "--encoding" in done.stderr
    assert shell.json("ingest", "refs.bib", "--dry-run", "--json")["encoding_guessed"] == ["refs.bib"]
    done = shell("ingest", "refs.bib", "--encoding", "cp1251")
    assert (done.returncode, done.stderr) == (0, "")
    assert shell.json("list", "--json")[0]["title"] == title
    wrong = shell("ingest", "refs.bib", "--encoding", "base64")
    assert (wrong.returncode, "no encoding is called 'base64'" in wrong.stderr) == (2, True)
