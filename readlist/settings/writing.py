"""Writing the settings file: what is changed is changed, its comments and everything else stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from readlist.errors import SettingsError
from readlist.settings.file import parsed
from readlist.settings.known import KNOWN, Known
from readlist.text import safe_line

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

    from readlist.settings.values import Settings

Value = str | bool | Sequence[str] | Mapping[str, str]
"""What can be written."""

_WIDTH: Final = 100


def default_text() -> str:
    """Return a settings file with everything that can be set as comments, each with what it is for."""
    lines = ["# The settings of readlist. What stands behind a # is what holds when nobody sets it, or an example.", ""]
    table = ""
    for one in sorted(KNOWN, key=lambda known: [bool(known.table), _tables().index(known.table)]):
        if one.table != table:
            table = one.table
            lines += [f"[{table}]"]
        lines += [f"# {line}" for line in wrap(one.doc, _WIDTH)]
        lines += [f"# {line}" for line in one.default.splitlines()]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _tables() -> list[str]:
    """Return the tables in the order in which the settings name them first."""
    return list(dict.fromkeys(one.table for one in KNOWN))


def write_default(path: Path) -> None:
    """Write a settings file with everything as comments.

    Raises:
        SettingsError: There is a file already.
        StoreError: It cannot be written.
    """
    if path.exists():
        raise SettingsError(f"there is a settings file already: {path}", "readlist settings --show prints what holds")
    _put(path, default_text())


def change(path: Path, changes: Mapping[str, Value | None]) -> None:
    """Set keys of the settings file; it is made, documented, when it is not there.

    Args:
        path: The file.
        changes: Keys such as `cite.style` with their new values; None takes a key out.

    Raises:
        SettingsError: The file as it is cannot be read or understood, or could not be with the changes; it stays as
            it is.
        StoreError: It cannot be written; it stays as it is.
    """
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        text = default_text()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read the settings {path}: {error}", "they stay as they are") from error
    parsed(text, path)
    import tomlkit

    document = tomlkit.parse(text)
    for key, value in changes.items():
        _set(document, key, value)
    changed = tomlkit.dumps(document)
    parsed(changed, path)
    _put(path, changed)


def _set(document: TOMLDocument, key: str, value: Value | None) -> None:
    """Set one key, or take it out."""
    import tomlkit

    table, dot, name = key.partition(".")
    if not dot:
        table, name = "", key
    place = document if not table else document.get(table)
    if value is None:
        if place is not None and name in place:
            del place[name]
        return
    if place is None:
        place = tomlkit.table()
        document[table] = place
    new: object = value
    if isinstance(value, Mapping):
        new = tomlkit.inline_table()
        new.update(value)
    elif not isinstance(value, str | bool):
        new = list(value)
    place[name] = new


def toml_of(settings: Settings) -> str:
    """Return a settings file that says what holds, defaults and all."""
    import tomlkit

    document = tomlkit.document()
    for one in KNOWN:
        held = getattr(settings, one.field)
        if one.key == "statuses":
            for status in settings.statuses:
                _set(document, f"statuses.{status.id}", {"label": status.label, "glyph": status.glyph})
        elif one.key == "keys":
            for name, keys in settings.keys.items():
                _set(document, f"keys.{name}", keys)
        elif (written := one.write(held)) != "":
            _set(document, one.key, written)
    return tomlkit.dumps(document)


def _put(path: Path, text: str) -> None:
    """Put a text in the place of the file."""
    from readlist.files import replace_file

    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.encode(), mode=0o644)


def shown_value(known: Known, held: object) -> str:
    """Return what a setting is, as one safe line."""
    if known.kind == "switch":
        return "yes" if held else "no"
    if isinstance(held, Mapping):
        told = [f"{name} = {' '.join(keys) or 'none'}" for name, keys in held.items()]
        return safe_line(", ".join(told)) or "none changed"
    return safe_line(str(held))
