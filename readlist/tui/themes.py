"""The colours: two themes of our own beside those of Textual, and which one a terminal gets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from textual.theme import Theme

_TERMINAL: Final = "ansi"
"""The name that stands for the terminal's own 16 colours, be they dark or light."""

_LIGHT_BACKGROUNDS: Final = ("7", "15")
"""What `COLORFGBG` ends in where the background is light."""


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    """Return a theme in which the colours of texts stand as they are, and are not mixed from others."""
    variables = {f"text-{part}": colours[part] for part in _TEXTS} | {
        "boost": colours["boost"],
        "text-muted": colours["muted"],
        "text-disabled": colours["muted"],
        "foreground-muted": colours["muted"],
        "foreground-disabled": colours["foreground"],  # it is drawn dim
        "secondary-muted": colours["chip"],
        "block-cursor-background": colours["cursor"],
        "block-cursor-foreground": colours["on-cursor"],
        "block-cursor-blurred-background": colours["cursor-blurred"],
        "block-cursor-blurred-foreground": colours["foreground"],
        "input-selection-background": colours["cursor"],
        "input-selection-foreground": colours["on-cursor"],
        "scrollbar": colours["rail"],
        "scrollbar-hover": colours["muted"],
        "scrollbar-active": colours["primary"],
        "scrollbar-background": colours["background"],
        "scrollbar-background-hover": colours["background"],
        "scrollbar-background-active": colours["background"],
        "scrollbar-corner-color": colours["background"],
    }
    main = {part: colours[part] for part in (*_TEXTS, "foreground", "background", "surface", "panel", "boost")}
    return Theme(name=name, dark=dark, variables=variables, **main)  # type: ignore[arg-type]  # all of them are texts


_TEXTS: Final = ("primary", "secondary", "warning", "error", "success", "accent")

DARK: Final = _theme(
    "readlist-dark",
    {
        "background": "#14171c", "surface": "#1b1f26", "panel": "#232831", "boost": "#2a3040", "foreground": "#dde2ea",
        "muted": "#9aa4b3", "primary": "#7fb2ee", "secondary": "#9ccc8a", "warning": "#f2c14e", "error": "#ff9088",
        "success": "#86d3a1", "accent": "#73c7cf", "chip": "#243524", "cursor": "#2c5280", "on-cursor": "#ffffff",
        "cursor-blurred": "#28303d", "rail": "#3a4352",
    },
    dark=True,
)  # fmt: skip
"""Quiet grey-blue, with a golden star."""

LIGHT: Final = _theme(
    "readlist-light",
    {
        "background": "#fbfaf7", "surface": "#f3f1eb", "panel": "#e9e6de", "boost": "#e3e9f2", "foreground": "#20252b",
        "muted": "#555e69", "primary": "#1d5a9e", "secondary": "#386318", "warning": "#7d5200", "error": "#a8201a",
        "success": "#216b3a", "accent": "#0b5c6b", "chip": "#e2edd8", "cursor": "#1d5a9e", "on-cursor": "#ffffff",
        "cursor-blurred": "#dbe5f1", "rail": "#c4c0b4",
    },
    dark=False,
)  # fmt: skip
"""Paper and ink."""

OWN: Final = (DARK, LIGHT)
"""The themes that readlist adds to Textual's."""


def usual_theme(environ: Mapping[str, str], *, colours: bool) -> str:
    """Return the name of the theme for a terminal that nobody has chosen one for.

    Args:
        environ: The environment; `COLORFGBG` says on what background some terminals write.
        colours: Whether the terminal has more than its own 16 colours.
    """
    light = environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_BACKGROUNDS
    if not colours:
        return "ansi-light" if light else "ansi-dark"
    return (LIGHT if light else DARK).name


def chosen_theme(wanted: str, left: str, usual: str, known: Collection[str]) -> str:
    """Return the name of the theme to begin with.

    Args:
        wanted: What the settings say; it may be no theme's name, but that one is to be found out.
        left: What was chosen in the app, if anything.
        usual: What this terminal gets when nobody has chosen.
        known: The names of all themes.
    """
    if wanted == _TERMINAL:
        return "ansi-light" if usual.endswith("light") else "ansi-dark"
    return next(name for name in (wanted, left, usual) if name in known)
