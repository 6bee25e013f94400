"""The registry of settings: the file, its checking, its documentation and the screen that changes it come from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from readlist.errors import PatternError, ReadlistError
from readlist.pattern import DEFAULT, Pattern, parse_pattern
from readlist.settings.values import (
    CITATION_STYLES,
    DENSITIES,
    GLYPHS,
    KEY_SETS,
    STATUSES,
    STYLE_SUFFIX,
    THEMES,
    Status,
)
from readlist.text import plain, safe_line

Kind = Literal["choice", "text", "switch", "table"]
"""How a setting is changed in the app: a word of some, a line of text, yes or no, or by its own screen."""

Toml = object
"""A value as a TOML file gives it."""


class WrongValueError(ReadlistError):
    """A value that a setting does not take.

    Attributes:
        inside: The key at fault inside of a table; empty when it is the setting itself.
    """

    def __init__(self, message: str, hint: str = "", inside: str = "") -> None:
        super().__init__(message, hint)
        self.inside = inside


class Known(Struct, frozen=True):
    """A setting that readlist knows."""

    key: str
    """Where it stands in the file, e.g. `cite.style`; the name of a table for all that stands in that."""
    field: str
    """The attribute of `Settings` that it becomes."""
    kind: Kind
    doc: str
    """What it is for, as a sentence or two."""
    default: str
    """Its line or lines in a settings file, with the value that it has when nobody sets it."""
    read: Callable[[Toml], object]
    """Checks a value of the file, and makes what `Settings` holds of it; raises `WrongValueError`."""
    write: Callable[[object], str | bool] = str
    """Makes of what `Settings` holds what stands in the file; not used for tables."""
    choices: tuple[str, ...] = ()
    """The words that a choice is made of."""
    free: bool = False
    """Whether a choice takes other texts than these, too."""
    at_once: bool = True
    """Whether the app follows a change at once; else at the next start."""

    @property
    def table(self) -> str:
        """The table that it stands in; empty at the top of the file."""
        return self.key if self.kind == "table" else self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Its name inside of the table."""
        return self.key.rpartition(".")[2]


# ---------------------------------------------------------------------- how each is read


def _table(value: Toml, example: str) -> Mapping[str, Toml]:
    """Return a table."""
    if not isinstance(value, dict):
        raise WrongValueError("should be a table", f"e.g. {example}")
    return value


def _statuses(value: Toml) -> tuple[Status, ...]:
    """Read `[statuses]`: `id = "label"`, or `id = {label = "…", glyph = "…"}`; all of them, in order."""
    values = _table(value, '[statuses] and below it unread = "new"')
    if not values:
        return STATUSES
    found = tuple(_status(name, one) for name, one in values.items())
    missing = {"unread", "read"} - {status.id for status in found}
    if missing:
        raise WrongValueError(
            f"there must be {' and '.join(sorted(missing))} too", "the table names all statuses; labels are free"
        )
    return found


def _status(name: str, value: Toml) -> Status:
    """Read one status."""
    table = {"label": value} if isinstance(value, str) else value
    if not isinstance(table, dict) or set(table) - {"label", "glyph"}:
        raise WrongValueError(
            "should be a label, or a table of label and glyph", f'{name} = {{label = "…", glyph = "•"}}', name
        )
    usual = {status.id: status.glyph for status in STATUSES}
    label, glyph = table.get("label", name), table.get("glyph", usual.get(name, "•"))
    if not isinstance(label, str) or not isinstance(glyph, str) or len(safe_line(glyph)) != 1:
        raise WrongValueError("needs a text as label and one character as glyph", inside=name)
    if name != plain(name) or any(c.isspace() or c in '":()' for c in name):
        raise WrongValueError("an id is lower case, without blanks, quotes or colons", "the label is free", name)
    return Status(name, safe_line(label), safe_line(glyph))


def _keys(value: Toml) -> dict[str, tuple[str, ...]]:
    """Read `[keys]`: `command = "key"` or `command = ["key", "key"]`; an empty text takes the key away."""
    found = {}
    for command, given in _table(value, '[keys] and below it star = "x"').items():
        if command == "set":
            continue
        if isinstance(given, dict):
            inside = f"{command}.{next(iter(given), '')}".rstrip(".")
            raise WrongValueError("a name with a dot stands in quotes", f'e.g. "{inside}" = "x"', inside)
        keys = [given] if isinstance(given, str) else given
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise WrongValueError("should be a key or a list of keys", 'e.g. "s" or ["s", "ctrl+d"]', command)
        if odd := next((key for key in keys if not key.isprintable() or key != key.strip()), None):
            raise WrongValueError(
                f"{odd!r} is no key", "keys are written like s, S, ?, ctrl+d, alt+x, f5, pagedown", command
            )
        found[command] = tuple(key for key in keys if key)
    return found


def _key_set(value: Toml) -> str:
    """Read `[keys] set`."""
    if value not in KEY_SETS or not isinstance(value, str):
        raise WrongValueError(f"{value!r} is no set of keys", "sets: " + ", ".join(KEY_SETS))
    return value


def _cite_style(value: Toml) -> str:
    """Read `[cite] style`."""
    known = (*CITATION_STYLES, "plain")
    if not isinstance(value, str) or not (value in known or value.casefold().endswith(STYLE_SUFFIX)):
        hint = f"styles: {', '.join(known)}; or the path of a {STYLE_SUFFIX} file"
        raise WrongValueError(f"{value!r} is no style of citations", hint)
    return value


def _pattern(value: Toml) -> Pattern:
    """Read `[citekeys] pattern`."""
    if not isinstance(value, str):
        raise WrongValueError("should be a text", f'e.g. "{DEFAULT}"')
    try:
        return parse_pattern(value)
    except PatternError as error:
        place = f"character {error.column + 1} of {safe_line(value)!r}"
        raise WrongValueError(f"{place}: {error.message}", error.hint) from error


def _word_of(words: Sequence[str]) -> Callable[[Toml], str]:
    """Return what reads one of some words."""

    def read(value: Toml) -> str:
        if not isinstance(value, str) or value not in words:
            raise WrongValueError(f"{value!r:.60} is none of them", "it can be: " + ", ".join(words))
        return value

    return read


def _switch(value: Toml) -> bool:
    """Read yes or no."""
    if not isinstance(value, bool):
        raise WrongValueError("should be true or false")
    return value


def _written_switch(value: object) -> bool:
    """Return yes or no as it is written."""
    return value is True


_STATUSES_WRITTEN: Final = "\n".join(
    f'{one.id} = {{ label = "{one.label}", glyph = "{one.glyph}" }}' for one in STATUSES
)

KNOWN: Final = (
    Known(
        "hints",
        "hints",
        "switch",
        "Whether a quicker way is told after a slow one was taken three times.",
        "hints = true",
        _switch,
        _written_switch,
    ),
    Known(
        "keys.set",
        "key_set",
        "choice",
        "The keys to begin with: " + "; ".join(f"{name} ({words})" for name, words in KEY_SETS.items()) + ".",
        'set = "vim"',
        _key_set,
        choices=tuple(KEY_SETS),
    ),
    Known(
        "keys",
        "keys",
        "table",
        "Other keys for commands, by the command's name; a list of keys, or [] for none. A name with a dot is of "
        "another place than the list, and stands in quotes. `?` in the app names the commands and changes their keys.",
        'star = "x"\npage_down = ["pagedown", "ctrl+f"]\nremove = []\n"triage.keep" = "k"',
        _keys,
    ),
    Known(
        "look.theme",
        "theme",
        "choice",
        "The colours: readlist-dark, readlist-light, ansi (the terminal's own), or one of Textual's; "
        "auto is the one that was chosen in the app last, else what suits the terminal.",
        'theme = "auto"',
        _word_of(THEMES),
        choices=THEMES,
        at_once=False,
    ),
    Known(
        "look.glyphs",
        "glyphs",
        "choice",
        "The signs: unicode, ascii for fonts that have no others, or auto, as the terminal's encoding has it.",
        'glyphs = "auto"',
        _word_of(GLYPHS),
        choices=GLYPHS,
        at_once=False,
    ),
    Known(
        "look.density",
        "density",
        "choice",
        "Whether a paper of the list takes one line (compact) or two (comfortable); auto is as `z` in the app left it.",
        'density = "auto"',
        _word_of(DENSITIES),
        choices=DENSITIES,
        at_once=False,
    ),
    Known(
        "cite.style",
        "cite_style",
        "choice",
        f"The style of the copy menu's citations: {', '.join(CITATION_STYLES)}, plain, or the path of a .csl file.",
        'style = "apa"',
        _cite_style,
        choices=(*CITATION_STYLES, "plain"),
        free=True,
    ),
    Known(
        "citekeys.pattern",
        "citekeys",
        "text",
        "What the citation keys of new papers are made of: "
        "{author} {authors:2} {year} {year:2} {word} {title:3} {venue} {arxiv}; `readlist keys --help` tells more.",
        f'pattern = "{DEFAULT}"',
        _pattern,
    ),
    Known(
        "statuses",
        "statuses",
        "table",
        "The statuses, all of them and in order: a label, or a label and the glyph of the list. "
        "unread and read must be among them; the first six have the keys 1 to 6.",
        _STATUSES_WRITTEN,
        _statuses,
        at_once=False,
    ),
)
"""Every setting, in the order of the file."""


def known(key: str) -> Known:
    """Return the setting that stands at a key."""
    return next(one for one in KNOWN if one.key == key)
