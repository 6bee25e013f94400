"""Reading the settings file: checked whole, every error with the line and the key at fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from readlist.errors import SettingsError
from readlist.settings.values import Origin, Settings


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`; the defaults where there is no such file.

    Raises:
        SettingsError: The file cannot be read, is not TOML, or has an unknown key or a wrong value.
    """
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return Settings(origin=Origin(path))
    except OSError as error:
        raise SettingsError(f"cannot read the settings {path}: {error.strerror}") from error
    try:
        text = written.decode()
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}: this is no UTF-8 text", "save the file as UTF-8") from error
    return parsed(text, path)


def parsed(text: str, path: Path) -> Settings:
    """Return the settings that a text gives.

    Raises:
        SettingsError: It is not TOML, or has an unknown key or a wrong value; `path` is what it names.
    """
    import tomllib

    from readlist.settings.known import KNOWN, WrongValueError

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, text, path) from error
    origin = Origin(path, text)
    _check_names(values, origin)
    fields: dict[str, Any] = {}
    for one in KNOWN:
        try:
            if (value := _value_at(values, one.key)) is not None:
                fields[one.field] = one.read(value)
        except WrongValueError as error:
            key = f"{one.key}.{error.inside}" if error.inside else one.key
            raise origin.error(key, f"{key}: {error.message}", error.hint) from error
    return Settings(**fields, origin=origin)


def _value_at(values: Mapping[str, Any], key: str) -> object:
    """Return what stands at a key; None when nothing does."""
    from readlist.settings.known import WrongValueError

    table, _, name = key.rpartition(".")
    if not table:
        return values.get(name)
    inner = values.get(table, {})
    if not isinstance(inner, dict):
        raise WrongValueError(f"{table} should be a table", f"e.g. [{table}]")
    return inner.get(name)


def _not_toml(error: ValueError, text: str, path: Path) -> SettingsError:
    """Return what is wrong with a text that is not TOML, with the line at fault."""
    words = str(error)
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", words)
    line = place[1] if place and place[1] else len(text.splitlines()) or 1
    message = words[: place.start()] if place else words
    return SettingsError(f"{path}, line {line}: this is not TOML: {message}", 'texts stand in quotes, e.g. star = "x"')


def _check_names(values: Mapping[str, Any], origin: Origin) -> None:
    """Raise a SettingsError at the first name that no setting has; the names of whole tables are checked with these."""
    from readlist.settings.known import KNOWN

    tables = {one.key for one in KNOWN if one.kind == "table"}
    keys = {one.key for one in KNOWN}
    tops = {key.partition(".")[0] for key in keys}
    for name, value in values.items():
        if name not in tops:
            raise origin.error(name, f"unknown key {name!r}", near(name, tops, keys))
        if name not in tables and isinstance(value, dict):
            for inner in value:
                if f"{name}.{inner}" not in keys:
                    there = [key for key in keys if key.startswith(f"{name}.")]
                    message = f"unknown key '{name}.{inner}'"
                    raise origin.error(f"{name}.{inner}", message, near(f"{name}.{inner}", there))


def near(name: str, known: Iterable[str], further: Iterable[str] = ()) -> str:
    """Return a hint that names what was likely meant, else what there is.

    Args:
        name: What was written.
        known: The names that could stand in its place.
        further: Others that may have been meant; a last part of them counts too.
    """
    from difflib import get_close_matches

    names = sorted(known)
    by_last = {key.rpartition(".")[2]: key for key in further}
    if found := get_close_matches(name, names, 1):
        return f"did you mean {found[0]}?"
    if found := get_close_matches(name, by_last, 1):
        table, _, last = by_last[found[0]].rpartition(".")
        return f"did you mean {last} in [{table}]?" if table else f"did you mean {last}?"
    return "known keys: " + ", ".join(names)
