"""What a click in a text is about: it travels with the text as a value, never as a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from textual.style import Style

_TERM: Final = "readlist-term"
_ADDRESS: Final = "readlist-address"
_COMMAND: Final = "readlist-command"


def pointing(*, term: str = "", address: str = "") -> Style:
    """Return a style for text that can be clicked: it searches a term, or goes to an address."""
    return Style.from_meta({_TERM: term} if term else {_ADDRESS: address})


def asking(command: str) -> Style:
    """Return a style for text that can be clicked: it asks for a command, by its name."""
    return Style.from_meta({_COMMAND: command})


def asked_for(meta: Mapping[str, Any]) -> str:
    """Return the name of the command that the text under the mouse asks for; nothing if it asks for none."""
    return str(meta.get(_COMMAND, ""))


def pointed_at(meta: Mapping[str, Any]) -> tuple[str, str]:
    """Return the term and the address, one of them or none, of the text under the mouse."""
    return str(meta.get(_TERM, "")), str(meta.get(_ADDRESS, ""))
