"""How the app was left: colours, panes, density, order, place in the list. A small file of the library's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from msgspec import Struct
from msgspec.structs import asdict

from readlist.errors import StoreError
from readlist.tui.look import LIST_SHARE, SHARES, SIDEBARS

_NAME: Final = "left.json"
_LARGEST: Final = 10_000
"""Bytes of such a file at the most."""


class Left(Struct, frozen=True):
    """How the app was left. It is a convenience: what cannot be read is as if it had never been set."""

    theme: str = ""
    """The name of the theme that was chosen; empty if none was."""
    comfortable: bool = False
    """Whether a paper takes two lines."""
    list_width: int = LIST_SHARE
    """Per cent of the width that the list has beside the details."""
    list_height: int = LIST_SHARE
    """Per cent of the height that the list has above the details."""
    sidebar: int = 0
    """Columns of the sidebar; 0 for as many as the terminal's width suggests."""
    sidebar_hidden: bool = False
    """Whether the reader has hidden it where there is room for it."""
    order: str = ""
    """The order that was chosen for what is no view, as it stands after `sort:`; empty for the usual one."""
    paper: str = ""
    """The id of the paper under the cursor; empty if none was there."""

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Self:
        """Return what a file says, as far as it makes sense."""
        ranges = {"list_width": SHARES, "list_height": SHARES, "sidebar": SIDEBARS}
        usual = cls()
        found: dict[str, object] = {}
        for name in cls.__struct_fields__:
            value = values.get(name)
            least, most = ranges.get(name, (0, 0))
            if type(value) is type(getattr(usual, name)) and (type(value) is not int or least <= value <= most):
                found[name] = value
        return cls(**found)  # type: ignore[arg-type]  # each is of its field's type


def load_left(folder: Path) -> Left:
    """Return how the app was left on the library in a folder."""
    import json

    try:
        text = (folder / _NAME).read_bytes()
        values = json.loads(text) if len(text) <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        return Left()
    return Left.of(values) if isinstance(values, dict) else Left()


def keep_left(folder: Path, left: Left) -> None:
    """Keep how the app is left; where the folder cannot be written, it is as it was before."""
    import json
    from contextlib import suppress

    from readlist.files import replace_file

    with suppress(StoreError, OSError):
        replace_file(folder / _NAME, (json.dumps(asdict(left), indent=1) + "\n").encode())
