"""The names of keys: Textual's, and as people write them."""

from __future__ import annotations

import unicodedata
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

_SHOWN: Final = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "delete": "del",
    "slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_",
}  # fmt: skip

_MODIFIERS: Final = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
_NAMES: Final = frozenset(key.value for key in Keys)


def shown_key(key: str) -> str:
    """Return Textual's name of a key as people write it: `slash` is `/`."""
    if key in _SHOWN or len(key) == 1 or "+" in key:
        return _SHOWN.get(key, key)
    char = key_to_character(key) or ""
    return char if char.isprintable() and char.strip() else key


def key_shown_as(shown: str) -> str:
    """Return Textual's name of a key as people write it: `del` is `delete`."""
    return next((key for key, one in _SHOWN.items() if one == shown), named(shown))


def named(key: str) -> str:
    """Return Textual's name of a key that is written as its character: `?` is `question_mark`."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def exists(key: str) -> bool:
    """Whether a terminal may send a key of that name."""
    *modifiers, bare = key.split("+") if len(key) > 1 else [key]
    if not set(modifiers) <= _MODIFIERS or (modifiers and bare.isupper()):
        return False
    return len(shown_key(bare)) == 1 or bare in _NAMES or key in _NAMES


def types(key: str) -> bool:
    """Whether a key types a character where something is typed."""
    return key == "space" or (len(shown_key(key)) == 1 and key not in _ARROWS)


def is_pressed_for_itself(key: str) -> bool:
    """Whether someone who presses a key waits for an answer: not one that only changes others, or is for the machine.

    Terminals that tell every key tell shift alone, too, and the keys of the loudspeaker.
    """
    bare = key.rpartition("+")[2] or key
    return types(bare) or bare in _SHOWN or bare in _ALONE or (bare[:1] == "f" and bare[1:].isdecimal())


_ARROWS: Final = frozenset({"down", "up", "left", "right"})
_ALONE: Final = frozenset({"home", "end", "insert", "backspace", "enter", "tab"})
