"""Correcting a paper: as a text in an editor, or one field after the other."""

from __future__ import annotations

from readlist.editing.assignments import Edits, assigned, field_called
from readlist.editing.text import EditError, as_text, edits, empty_text, paper_in

__all__ = ["EditError", "Edits", "as_text", "assigned", "edits", "empty_text", "field_called", "paper_in"]
