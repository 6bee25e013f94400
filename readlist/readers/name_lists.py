"""Names in parts as a .bib file lists them, for sources that say what is given and what is family name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from readlist.names import Name, is_group, split_name, spoken


@lru_cache(1 << 12)  # those who write one paper of a source often write others
def parted(written: str) -> Name:
    """Return the parts of a name as they are usually divided; that of a group has one."""
    return Name("", "", written, "") if is_group(written) else split_name(written)


def untold(names: Sequence[Name]) -> str:
    """Return names as a .bib file lists them if the order of speech does not tell their parts; else nothing.

    `Gabriel García Márquez` does not tell that his family name has two words.
    """
    return "" if all(parted(spoken(name)) == name for name in names) else listed(names)


def listed(names: Iterable[Name]) -> str:
    """Return names as a .bib file lists them."""
    return " and ".join(_turned(name) for name in names if name.last or name.first)


def _turned(name: Name) -> str:
    """Return a name as `von Last, Jr, First`; one without parts in braces."""
    if not (name.first or name.particle or name.suffix):
        return f"{{{name.last}}}" if " " in name.last else name.last
    family = f"{name.particle} {name.last}".strip()
    return ", ".join(part for part in (family, name.suffix, name.first) if part)
