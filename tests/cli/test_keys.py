"""The verb for citation keys: preview, apply, pin, unpin, and a script that a project's files are renamed with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from readlist.assets import asset
from tests.cli.test_verbs import KEY, Shell, filled, shell

__all__ = ["filled", "shell"]


def test_a_preview_prints_old_and_new_and_changes_nothing(filled: Shell) -> None:
    before = filled("list").stdout
    done = filled("keys", "preview", "author:schick", "--pattern", "{authors:2|title}{year:2}")
    assert done.returncode == 0, done.stderr
    assert f"{KEY} → SchickDwivediyu23\n" in done.stdout
    assert filled("list").stdout == before
    assert "nothing" not in filled("history").stdout


def test_apply_renames_as_one_step_that_undo_takes_back(filled: Shell) -> None:
    words = ("keys", "preview", "--pattern", "{author}:{year}")
    planned = filled(*words)
    applied = filled("keys", "apply", *words[2:])
    assert applied.stdout == planned.stdout
    assert "rename keys on 43 papers" in applied.stderr
    assert filled("show", "schick:2023").stdout == filled("show", KEY).stdout
    assert "nothing to change" in filled("keys", "apply", *words[2:]).stderr
    assert "undo: rename keys on 43 papers" in filled("undo").stdout
    assert f"\n{KEY} " in filled("list").stdout


def test_the_pattern_of_the_settings_is_used_for_new_papers_and_when_none_is_said(shell: Shell) -> None:
    config = shell.folder / "settings.toml"
    config.write_text('[citekeys]\npattern = "{author}{year:2}{title:2|title}"\n')
    done = shell("--config", str(config), "ingest", str(asset("sample.txt")), "--as-of", "2026-04-01")
    assert done.returncode == 0, done.stderr
    new = "schick23ToolformerLanguage"
    assert shell("show", new).returncode == 0
    assert f"{new} → {KEY}\n" in shell("keys", "apply").stdout
    assert shell("--config", str(config), "keys", "apply", f"key:{KEY}").stdout == f"{KEY} → {new}\n"


@pytest.mark.parametrize("action", ["preview", "apply"])
def test_a_wrong_pattern_is_told_with_a_caret_under_the_place(filled: Shell, action: str) -> None:
    done = filled("keys", action, "--pattern", "{autor}{year}")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert lines[0] == "error: there is no field 'autor'"
    assert lines[2] == "   ^"
    assert lines[3].startswith("hint: fields: author")


def test_a_wrong_pattern_in_the_settings_is_told_with_its_place(filled: Shell) -> None:
    config = filled.folder / "settings.toml"
    config.write_text('[citekeys]\npattern = "{author}{yaer}"\n')
    done = filled("--config", str(config), "keys", "preview")
    assert done.returncode == 1
    assert "citekeys.pattern: character 10 of '{author}{yaer}': there is no field 'yaer'" in done.stderr
    config.write_text('[citekeys]\nptatern = "{author}"\n')
    assert "unknown key 'citekeys.ptatern'" in filled("--config", str(config), "list").stderr


def test_a_key_is_pinned_by_hand_and_stays(filled: Shell) -> None:
    done = filled("keys", "pin", KEY, "Toolformer")
    assert (done.returncode, done.stdout) == (0, f"{KEY} → Toolformer\n")
    applied = filled("keys", "apply", "--pattern", "{author}{year:2}")
    assert "1 key was set by hand, and stays" in applied.stderr
    assert filled.json("show", KEY, "--json")["citekey"] == "Toolformer"
    assert filled("keys", "unpin", "toolformer", "nobody").returncode == 3
    assert "Toolformer → schick23\n" in filled("keys", "apply", "--pattern", "{author}{year:2}").stdout


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("pin", KEY, "two words"), 2, "cannot be a citation key"),
        (("pin", KEY, "mialon2023augmented"), 2, "another paper has the key"),
        (("pin", KEY, "MIALON2023augmented"), 2, "another paper has the key"),
        (("pin", "nobody", "somebody"), 1, "no paper goes by: nobody"),
        (("pin",), 2, "say which paper"),
        (("unpin",), 2, "name papers"),
    ],
)
def test_what_cannot_be_pinned_is_refused(filled: Shell, words: tuple[str, ...], status: int, told: str) -> None:
    done = filled("keys", *words)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
    assert "pin" not in filled("history").stdout


def test_the_help_names_every_field_and_filter(shell: Shell) -> None:
    told = shell("keys", "--help").stdout
    assert all(f"{{{name}}}" in told for name in ("author", "authors", "year", "word", "title", "venue", "arxiv"))
    assert all(f"|{name}" in told for name in ("upper", "title", "initials", "cut:N", "join:C"))


SED = shutil.which("sed")


@pytest.mark.skipif(SED is None, reason="there is no sed")
def test_the_script_for_sed_renames_the_keys_of_a_project_and_nothing_else(filled: Shell) -> None:
    query = f"key:{KEY} OR key:mialon2023augmented"
    done = filled("keys", "apply", query, "--pattern", "{author}+{year}", "--sed")
    assert done.returncode == 0, done.stderr
    script = filled.folder / "keys.sed"
    script.write_text(done.stdout)
    new = "schick+2023"
    lines = {
        f"\\cite{{{KEY}}} {KEY}.": f"\\cite{{{new}}} {new}.",
        f"\\cite[p.~3]{{{KEY},{KEY},mialon2023augmented}}": f"\\cite[p.~3]{{{new},{new},mialon+2023}}",
        f"[@{KEY}; -@{KEY}, p. 3] @{KEY}: x": f"[@{new}; -@{new}, p. 3] @{new}: x",
        KEY: new,
        f"@misc{{{KEY},": f"@misc{{{new},",
        f"{KEY}b x{KEY} {KEY}-b {KEY.upper()} a:{KEY}": f"{KEY}b x{KEY} {KEY}-b {KEY.upper()} a:{KEY}",
    }
    renamed = subprocess.run(
        [str(SED), "-E", "-f", str(script)], input="\n".join(lines), capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert renamed.splitlines() == list(lines.values())


def test_no_library_is_opened_and_no_settings_are_read_for_help(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    for words in (("keys", "--help"), ("keys", "apply", "--help"), ("keys", "pin", "--help")):
        assert shell(*words).returncode == 0
    assert not (tmp_path / "library").exists()
