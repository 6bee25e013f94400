"""Make the pages on keys and settings from their registries: `docs/keys.md` and `docs/settings.md`.

python assets/makers/reference.py
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from readlist.settings import KEY_SETS, Settings
from readlist.settings.known import KNOWN
from readlist.settings.writing import default_text
from readlist.tui.commands import COMMANDS, Command, in_settings
from readlist.tui.elsewhere import ELSEWHERE
from readlist.tui.keymap import configured
from readlist.tui.keynames import shown_key
from readlist.tui.keyset import SETS
from readlist.tui.places import FIXED, PLACES

DOCS: Final = Path(__file__).parents[2] / "docs"

_KEYS: Final = """\
# Keys

`?` in the app shows this page as it is for you, with the keys that you have changed: type to narrow it, by a word or by
a key. The last line of the screen shows the keys that matter where you are; greyed ones do not work now, and pressing
one says why. `ctrl+p` finds every command by its name.

To change a key, move to its line in the sheet of keys, press `enter`, then the new key. If that is another command's,
you are asked whether to swap the two. What you change is written to the [settings file](settings.md), where a command
can have several keys, too: its name there stands in the last column.
"""

_ELSEWHERE: Final = """\
## Elsewhere than at the list

These are changed in the same way; `?` shows those of the screen where you are first. What a screen has in common with
the list follows it: give `star` or `cursor_down` another key, or choose another set, and that holds everywhere, unless
you give the command of a screen keys of its own, e.g. `"triage.star"`. Where a screen needs the key for something else,
the command keeps its usual one. A key can stand for different commands on different screens; that two commands of one
screen have the same is told.
"""

_SETTINGS: Final = """\
# Settings

`,` in the app shows the settings and changes them; most changes hold at once, and the app says which do not. They are
kept in `settings.toml` in the platform's folder for settings, or in the file that `--config` names; comments that you
write there stay.

```console
$ readlist settings --path     # where the file is
$ readlist settings --write    # write one with everything as comments
$ readlist settings            # what holds now, as a settings file
```

The file is checked at every start: an error names the line, the key and what was likely meant. If it breaks while the
app runs, nothing is lost: the app goes on with the settings that it has, and leaves the file alone.
"""


def _code(keys: Sequence[str]) -> str:
    """Return keys as Markdown."""
    return " ".join(key if key == "…" else f"`{key}`" for key in keys)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in lines) + "\n"


def _row(command: Command, without: str) -> tuple[str, str, str]:
    """Return the line of a command; without keys, a word stands in their place."""
    also = f", else as {' and '.join(f'`{name}`' for name in command.follows)}" if command.follows else ""
    return _code(command.shown_keys.split()) or without, command.help, f"`{in_settings(command.id)}`{also}"


def keys_page() -> str:
    """Return the page on keys."""
    keymap = configured(Settings())
    # Not the keymap's own: there the statuses go by their labels, which the reader chooses.
    of_list = [replace(one, keys=keymap.named(one.id).keys) for one in COMMANDS]
    elsewhere = [replace(one, keys=keymap.named(one.id).keys) for one in ELSEWHERE]
    parts = [_KEYS]
    for group in dict.fromkeys(command.group for command in of_list):
        rows = [_row(one, "palette") for one in of_list if one.group == group]
        parts += [f"## {group}\n", _table(("key", "what it does", "in the settings"), rows)]
    parts += [_ELSEWHERE]
    for name, place in PLACES.items():
        rows = [_row(command, "none") for command in elsewhere if command.place == name]
        rows += [(_code(one.shown.split()), one.help, "") for one in FIXED if one.place == name]
        within = f"The keys of *{PLACES[place.within].heading.lower()}* work, too.\n\n" if place.within else ""
        parts += [f"## {place.heading}\n", within + _table(("key", "what it does", "in the settings"), rows)]
    parts.append("## Other sets of keys\n")
    parts.append(
        '`[keys] set = "emacs"` in the settings, or `,` in the app, begins with another set. These keys differ:\n'
    )
    for name, words in KEY_SETS.items():
        parts.append(f"### {name}\n\n{words[:1].upper()}{words[1:]}.\n")
        if differing := SETS[name]:
            rows3 = [
                (_code([shown_key(key) for key in keys]) or "none", f"`{in_settings(one)}`")
                for one, keys in differing.items()
            ]
            parts.append(_table(("key", "command"), rows3))
    return "\n".join(parts)


def settings_page() -> str:
    """Return the page on settings."""
    rows = [(f"`{one.key}`", one.doc, "at once" if one.at_once else "at the next start") for one in KNOWN]
    table = _table(("setting", "what it is for", "a change in the app holds"), rows)
    return "\n".join([_SETTINGS, table, "## The file\n", f"```toml\n{default_text()}```\n"])


def pages() -> dict[str, str]:
    """Return the pages by the names of their files."""
    return {"keys.md": keys_page(), "settings.md": settings_page()}


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(name, len(text))


if __name__ == "__main__":
    main()
