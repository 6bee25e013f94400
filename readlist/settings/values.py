"""Everything that a reader can set, as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from readlist.errors import SettingsError, UsageError
from readlist.pattern import DEFAULT, Pattern
from readlist.text import plain


class Status(Struct, frozen=True):
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

KEY_SETS: Final = {
    "vim": "j k g G ctrl+d ctrl+u, and the arrows",
    "arrows": "arrows, Home and End; ctrl+z undoes, ctrl+f searches, F1 helps",
    "emacs": "ctrl+n ctrl+p ctrl+v alt+v, ctrl+s searches, ctrl+g goes back, alt+x finds commands",
}
"""The sets of keys that readlist comes with, each with what is special about it; the first is the usual one."""


AUTO: Final = "auto"
"""What is not set, and found out or remembered."""

THEMES: Final = (
    AUTO, "readlist-dark", "readlist-light", "ansi", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light",
    "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki",
    "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark",
    "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
"""The names of colours: ours, the terminal's own sixteen (`ansi`: dark or light as the terminal is), and Textual's."""

GLYPHS: Final = (AUTO, "unicode", "ascii")
"""Which signs the screen is drawn with: those of the terminal's encoding, all, or those that every font has."""

DENSITIES: Final = (AUTO, "compact", "comfortable")
"""Whether a paper of the list takes one line or two, or as many as when the app was left."""


class Origin(Struct, frozen=True):
    """The file that settings were read from."""

    path: Path | None = None
    text: str = ""

    def error(self, key: str, message: str, hint: str = "") -> SettingsError:
        """Return an error that names the file and the line where a key such as `cite.style` stands."""
        if self.path is None:
            return SettingsError(message, hint)
        from readlist.settings.lines import line_of

        line = line_of(self.text, key)
        return SettingsError(f"{self.path}{f', line {line}' if line else ''}: {message}", hint)


class Settings(Struct, frozen=True):
    """Everything that a reader can set."""

    statuses: tuple[Status, ...] = STATUSES
    """The statuses in order; the first six have the keys 1 to 6."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys for commands, by the command's name; commands that are not named keep their own."""
    key_set: str = "vim"
    """The keys of commands that are not named in `keys`: one of `KEY_SETS`."""

    cite_style: str = "apa"
    """The style of the citations that the copy menu gives: one of `CITATION_STYLES`, `plain`, or a `.csl` file."""
    citekeys: Pattern = DEFAULT
    """What the citation keys of new papers are made of."""
    hints: bool = True
    """Whether quicker ways are told when a slow one was taken three times."""

    theme: str = AUTO
    """The name of the colours; or those that were chosen in the app last, else those that suit the terminal."""
    glyphs: str = AUTO
    """One of `GLYPHS`."""
    density: str = AUTO
    """One of `DENSITIES`."""

    origin: Origin = Origin()
    """Where they were read from."""

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
