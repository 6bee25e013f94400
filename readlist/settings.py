"""The reader's settings: a TOML file, checked whole, every error with the key at fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from readlist.errors import PatternError, SettingsError, UsageError
from readlist.pattern import DEFAULT, Pattern, parse_pattern
from readlist.text import plain, safe_line


@dataclass(frozen=True, slots=True)
class Status:
    """One step of reading."""

    id: str
    """What the library stores and queries name, e.g. `queued`; lower case, without blanks."""
    label: str
    """What the screen shows."""
    glyph: str
    """One cell that stands for it in the list."""


STATUSES: Final = (
    Status("unread", "unread", "○"),
    Status("queued", "queued", "◔"),
    Status("reading", "reading", "◐"),
    Status("skimmed", "skimmed", "◑"),
    Status("read", "read", "●"),
    Status("dropped", "dropped", "×"),
)
"""The statuses that readlist comes with, in order."""


CITATION_STYLES: Final = ("apa", "ieee", "chicago", "mla", "nature", "acm", "vancouver")
"""The styles of formatted citations that readlist comes with; any other is a `.csl` file."""

STYLE_SUFFIX: Final = ".csl"
"""What the name of a file with a style of citations ends in."""


GLYPHS: Final = ("auto", "unicode", "ascii")
"""Which signs the screen is drawn with: those of the terminal's encoding, all, or those that every font has."""

DENSITIES: Final = ("compact", "comfortable")
"""Whether a paper of the list takes one line or two."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a reader can set."""

    statuses: tuple[Status, ...] = STATUSES
    """The statuses in order; the first six have the keys 1 to 6."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys for commands, by the command's name; commands that are not named keep their own."""

    cite_style: str = "apa"
    """The style of the citations that the copy menu gives: one of `CITATION_STYLES`, `plain`, or a `.csl` file."""
    citekeys: Pattern = DEFAULT
    """What the citation keys of new papers are made of."""
    theme: str = ""
    """The name of the colours; without one, those that were chosen in the app last."""
    glyphs: str = "auto"
    """One of `GLYPHS`."""
    density: str = ""
    """One of `DENSITIES`; without one, as the list was left."""

    def status(self, name: str) -> Status:
        """Return the status with that id or label.

        Raises:
            UsageError: There is none; the hint names those that there are.
        """
        wanted = plain(name.strip())
        for status in self.statuses:
            if wanted in (status.id, plain(status.label)):
                return status
        raise UsageError(f"no status is called {name!r}", "statuses: " + ", ".join(s.id for s in self.statuses))

    def known_status(self, status_id: str) -> Status:
        """Return the status with that id, or one made up for an id that the settings no longer name."""
        return next((s for s in self.statuses if s.id == status_id), Status(status_id, status_id, "?"))


_TABLES: Final = frozenset({"statuses", "keys", "cite", "citekeys", "look"})
"""What the file may have."""


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`; the defaults where there is no such file.

    Raises:
        SettingsError: The file cannot be read, is not TOML, or has an unknown key or a wrong value.
    """
    import tomllib

    try:
        values = tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"cannot read the settings {path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} is not a TOML file: {error}") from error
    unknown = sorted(set(values) - _TABLES)
    if unknown:
        raise SettingsError(f"{path}: unknown key {unknown[0]!r}", "known keys: " + ", ".join(sorted(_TABLES)))
    return Settings(
        statuses=_statuses(values.get("statuses", {}), path),
        keys=_keys(values.get("keys", {}), path),
        cite_style=_cite_style(values.get("cite", {}), path),
        citekeys=_citekeys(values.get("citekeys", {}), path),
        **_look(values.get("look", {}), path),
    )


def _statuses(values: object, path: Path) -> tuple[Status, ...]:
    """Read `[statuses]`: `id = "label"`, or `id = {label = "…", glyph = "…"}`; all of them, in order."""
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: statuses should be a table")
    if not values:
        return STATUSES
    glyphs = {status.id: status.glyph for status in STATUSES}
    found = []
    for name, value in values.items():
        table = {"label": value} if isinstance(value, str) else value
        if not isinstance(table, dict) or set(table) - {"label", "glyph"}:
            raise SettingsError(f"{path}: statuses.{name} should be a label, or a table of label and glyph")
        label, glyph = table.get("label", name), table.get("glyph", glyphs.get(name, "•"))
        if not isinstance(label, str) or not isinstance(glyph, str) or len(safe_line(glyph)) != 1:
            raise SettingsError(f"{path}: statuses.{name} needs a text as label and one character as glyph")
        if name != plain(name) or any(c.isspace() or c in '":()' for c in name):
            raise SettingsError(f"{path}: statuses.{name}: an id is lower case, without blanks, quotes or colons")
        found.append(Status(name, safe_line(label), safe_line(glyph)))
    missing = {"unread", "read"} - {status.id for status in found}
    if missing:
        raise SettingsError(f"{path}: statuses needs {' and '.join(sorted(missing))}", "labels can be changed freely")
    return tuple(found)


def _keys(values: object, path: Path) -> dict[str, tuple[str, ...]]:
    """Read `[keys]`: `command = "key"` or `command = ["key", "key"]`; an empty text takes the key away."""
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: keys should be a table")
    found = {}
    for command, value in values.items():
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise SettingsError(f'{path}: keys.{command} should be a key or a list of keys, e.g. "s" or "ctrl+d"')
        found[command] = tuple(key for key in keys if key)
    return found


def _cite_style(values: object, path: Path) -> str:
    """Read `[cite]`: `style = "ieee"`, or the path of a `.csl` file."""
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: cite should be a table")
    unknown = sorted(set(values) - {"style"})
    if unknown:
        raise SettingsError(f"{path}: unknown key cite.{unknown[0]}", "known keys: cite.style")
    style = values.get("style", "apa")
    known = (*CITATION_STYLES, "plain")
    if not isinstance(style, str) or not (style in known or style.casefold().endswith(STYLE_SUFFIX)):
        raise SettingsError(
            f"{path}: cite.style should be a style of citations, and is {style!r}",
            f"styles: {', '.join(known)}; or the path of a {STYLE_SUFFIX} file",
        )
    return style


def _citekeys(values: object, path: Path) -> Pattern:
    """Read `[citekeys]`: `pattern = "{author}{year}{word}"`."""
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: citekeys should be a table", 'e.g. pattern = "{author}{year}{word}" in it')
    if unknown := sorted(set(values) - {"pattern"}):
        raise SettingsError(f"{path}: unknown key 'citekeys.{unknown[0]}'", "known key: citekeys.pattern")
    written = values.get("pattern", str(DEFAULT))
    if not isinstance(written, str):
        raise SettingsError(f"{path}: citekeys.pattern should be a text", 'e.g. "{author}{year}{word}"')
    try:
        return parse_pattern(written)
    except PatternError as error:
        place = f"{path}: citekeys.pattern, character {error.column + 1} of {safe_line(written)!r}"
        raise SettingsError(f"{place}: {error.message}", error.hint) from error


def _look(values: object, path: Path) -> dict[str, str]:
    """Read `[look]`: `theme = "readlist-light"`, `glyphs = "ascii"`, `density = "comfortable"`."""
    known: dict[str, tuple[str, ...]] = {"theme": (), "glyphs": GLYPHS, "density": DENSITIES}
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: look should be a table", 'e.g. theme = "readlist-light" in it')
    if unknown := sorted(set(values) - set(known)):
        raise SettingsError(f"{path}: unknown key 'look.{unknown[0]}'", "known keys: look." + ", look.".join(known))
    for name, value in values.items():
        if not isinstance(value, str) or (known[name] and value not in known[name]):
            hint = ", ".join(known[name]) or 'the name of a theme, e.g. "readlist-light"'
            raise SettingsError(f"{path}: look.{name} is {value!r:.60}", f"it can be: {hint}")
    return dict(values)
