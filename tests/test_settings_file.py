"""The settings file: errors name the line, and a change leaves everything else as it stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from readlist.errors import SettingsError
from readlist.settings import Settings, load
from readlist.settings.lines import line_of
from readlist.settings.writing import change, write_default
from readlist.tui.keymap import configured
from readlist.tui.places import PLACES, reaching

WRONG = {
    "not TOML": ('hints = true\n\n[cite]\nstyle = apa\n', 4, "this is not TOML", "quotes"),
    "cut off": ('hints = true\n[cite]\nstyle = "apa', 3, "this is not TOML", "quotes"),
    "a word that is none": ('# mine\nhint = true\n', 2, "unknown key 'hint'", "did you mean hints?"),
    "a key without its table": ('\nstyle = "apa"\n', 2, "unknown key 'style'", "did you mean style in [cite]?"),
    "a key in a table": ('[cite]\n# c\nstile = "apa"\n', 3, "unknown key 'cite.stile'", "did you mean cite.style?"),
    "a style": ('[cite]\nstyle = "apaa"\n', 2, "cite.style: 'apaa' is no style", "styles: apa, ieee"),
    "a dotted key": ('hints = true\ncite.style = "apaa"\n', 2, "cite.style", "styles"),
    "an inline table": ('hints = true\ncite = { style = "apaa" }\n', 2, "cite.style", "styles"),
    "a pattern": ('[citekeys]\n\npattern = "{autor}"\n', 3, "character 2 of '{autor}'", "author"),
    "a set": ('[keys]\nset = "vi"\n', 2, "'vi' is no set of keys", "vim, arrows, emacs"),
    "a switch": ('hints = "no"\n', 1, "hints: should be true or false", ""),
    "a glyph": ('[statuses]\nunread = "a"\nread = { label = "b", glyph = "cd" }\n', 3, "statuses.read", ""),
    "a status that is missing": ('hints = true\n[statuses]\nunread = "a"\n', 2, "there must be read too", "labels"),
    "a key that is none": ('[keys]\nundo = "x"\nstar = 3\n', 3, "keys.star: should be a key", "ctrl+d"),
    "a key that cannot be typed": ('[keys]\nstar = "\\u001b]"\n', 2, "keys.star: '\\x1b]' is no key", "ctrl+d"),
    "a name with a dot": ('[keys]\nundo = "z"\ntriage.keep = "x"\n', 3, "stands in quotes", '"triage.keep" ='),
    "a table in the keys": ('[keys.triage]\nkeep = "x"\n', 2, "keys.triage.keep: a name with a dot", '"triage.keep" ='),
    "a long text before": ('[citekeys]\npattern = """\n[cite]\nstyle = 3"""\n', 2, "citekeys.pattern", ""),
    "a table that is none": ("\ncite = 3\n", 2, "cite should be a table", "[cite]"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, message, hint = WRONG[name]
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as error:
        load(path)
    assert error.value.message.startswith(f"{path}, line {line}: ")
    assert message in error.value.message
    assert hint in error.value.hint


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('[keys]\n# mine\nstra = "x"\n', 3, "keys.stra: 'stra' is no command", "did you mean star?"),
        ('[keys]\nundo = "f9"\nstar = "?"\n', 3, "? is the key of both star and help", "help = []"),
        ('[keys]\nstar = "PgDn"\n', 2, "there is no key 'PgDn'", "pagedown"),
        ('[keys]\nstar = "Ctrl+d"\n', 2, "there is no key 'Ctrl+d'", "ctrl+d"),
        ('[keys]\nstar = "ctrl+q"\n', 2, "ctrl+q always leaves the program", ""),
        (
            '[keys]\n\n"triage.kep" = "x"\n',
            3,
            "keys.triage.kep: 'triage.kep' is no command",
            "did you mean triage.keep?",
        ),
        ('[keys]\n"triage.skip" = "x"\n', 2, "x is the key of both triage.skip and triage.drop", '"triage.drop" = []'),
        ('[keys]\n"triage.skip" = "s"\n', 2, "s is the key of both triage.skip and triage.star", '"triage.star" = []'),
        ('[keys]\n"same.all" = "s"\n', 2, "s is the key of both same.all and papers.star", '"papers.star" = []'),
        ('[keys]\n"lists.down" = "b"\n', 2, "b is the key of both lists.down and same.keep_both", "same.keep_both"),
        ('[keys]\n"triage.keep" = "1"\n', 2, "keys.triage.keep: 1 has a fixed meaning there", ""),
        ('[keys]\n"note.save" = "x"\n', 2, "keys.note.save: x is typed there", "ctrl+x"),
        ('[keys]\n"triage.keep" = "ctrl+q"\n', 2, "ctrl+q always leaves the program", ""),
        (
            '[keys]\nset = "emacs"\nstar = "ctrl+n"\n',
            3,
            "ctrl+n is the key of both star and cursor_down",
            "cursor_down",
        ),
    ],
)
def test_a_wrong_key_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as error:
        configured(load(path))
    assert error.value.message.startswith(f"{path}, line {line}: ")
    assert message in error.value.message
    assert hint in error.value.hint


def test_a_line_is_found_however_the_key_is_written() -> None:
    text = 'a = 1\n[t]\n"b c" = 2\n[ "u" ]\nd.e = """\nf = 1\n"""\ng = 3\n'
    assert [line_of(text, key) for key in ("a", "t.b c", "u.d.e", "u.f", "u.g", "t", "x")] == [1, 3, 5, 4, 8, 2, None]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"hints = true\n# \xff\n")
    with pytest.raises(SettingsError, match="line 2: this is no UTF-8"):
        load(path)


def test_a_change_leaves_comments_and_order(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\n[cite]\nstyle = "apa"  # for the thesis\n\n[keys]\n# quick\nstar = "x"\nundo = "z"\n')
    change(path, {"cite.style": "ieee", "keys.star": None, "keys.read": ["R", "ctrl+x"], "hints": False})
    text = path.read_text()
    assert 'style = "ieee"  # for the thesis' in text
    assert text.index("# mine") < text.index("[cite]") < text.index("# quick") < text.index('undo = "z"')
    settings = load(path)
    assert (settings.cite_style, settings.hints) == ("ieee", False)
    assert settings.keys == {"undo": ("z",), "read": ("R", "ctrl+x")}


def test_a_file_that_is_made_by_a_change_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    change(path, {"keys.set": "emacs"})
    assert "# Other keys for commands" in path.read_text()
    assert load(path).key_set == "emacs"
    with pytest.raises(SettingsError, match="already"):
        write_default(path)


@pytest.mark.parametrize("text", ['[cite\nstyle = "apa"\n', "hint = 1\n"])
def test_a_broken_file_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match="line 1"):
        change(path, {"cite.style": "ieee"})
    assert path.read_text() == text


def test_a_change_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("hints = true\n")
    with pytest.raises(SettingsError, match=r"cite\.style"):
        change(path, {"cite.style": "nothing"})
    assert path.read_text() == "hints = true\n"


@pytest.mark.parametrize(
    "text",
    [
        '"triage.keep" = "y"\n"splits.accept" = "y"\n"same.merge" = "y"\n',  # one key on three screens
        '"triage.keep" = "f"\n',  # that of a command of the list
        '"splits.accept" = "z"\n"same.all" = "z"\n',
        '"triage.skip" = "s"\n"triage.star" = "f9"\n',
        "star = 'd'\n",  # letters that other screens use for something else: that is no mistake of the list's commands
        "star = 'd'\ntags = 'b'\nnote = 'x'\nread = 'h'\nundo = 'l'\n",
        "star = '7'\n",
        "cursor_down = 'n'\nnote = 'j'\n",
    ],
)
def test_the_same_key_can_stand_for_commands_of_different_screens(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"[keys]\n{text}")
    keymap = configured(load(path))
    for places in (("",), *map(reaching, PLACES)):
        reached = [keymap.here(command, places) for place in places for command in keymap.of(place)]
        assert [one.id for one in reached if not one.keys and one.id not in _WITHOUT] == [], places
    assert all(keymap.named(f"triage.{name}").keys for name in ("keep", "drop", "star", "tags", "note", "undo"))


_WITHOUT = {one.id for one in configured(Settings()).commands if not one.keys}


def test_commands_elsewhere_follow_the_list_unless_they_have_keys_of_their_own() -> None:
    def keys(name: str, **given: str) -> str:
        held = {one.replace("__", "."): tuple(text.split()) for one, text in given.items()}
        return " ".join(configured(Settings(keys=held)).named(name).keys)

    assert keys("triage.star") == "s"
    assert keys("triage.star", star="c") == "c"
    assert keys("triage.star", star="") == ""
    assert keys("triage.star", star="c", triage__star="C") == "C"
    assert keys("triage.star", star="d") == "s", "d drops a paper there"
    assert keys("papers.star", star="d") == "d"
    assert keys("triage.star", star="d", tags="s") == "", "s is what tags have there, too"
    assert keys("lists.down", cursor_down="h") == "h j down", "h is needed among uncertain papers only"
    assert keys("sheet.down", cursor_down="c ctrl+n") == "ctrl+n", "c is typed there"
    assert keys("sheet.down", cursor_down="c") == "down"
    assert keys("triage.star", star="c", triage__undo="c") == "s"
    assert keys("triage.undo", star="c", triage__undo="c") == "c"


def test_a_key_of_another_place_is_written_in_quotes_and_taken_out_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\ntriage = "Y"  # mine\n')
    change(path, {"keys.triage.keep": "k", "keys.star": "x"})
    assert '"triage.keep" = "k"' in path.read_text()
    assert load(path).keys == {"triage": ("Y",), "triage.keep": ("k",), "star": ("x",)}
    change(path, {"keys.triage.keep": None, "keys.star": None})
    assert path.read_text() == '[keys]\ntriage = "Y"  # mine\n'
