"""The styles of the parts of a widget that draws its lines itself."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


def style_of(widget: Widget, part: str) -> Style:
    """Return the style of a part without its background, so that it goes on any line.

    Args:
        widget: The widget.
        part: The name of one of its component classes.
    """
    style = widget.get_component_rich_style(part)
    return Style(color=style.color, bold=style.bold, dim=style.dim)
