"""The one door to the store: open a library, add papers, select, mark, undo, redo, watch, close."""

from __future__ import annotations

from readlist.library.deciding import Deciding
from readlist.library.exporting import Exporting
from readlist.library.held import utc_now
from readlist.library.keeping import Keeping
from readlist.library.queueing import Queueing
from readlist.library.step import Step
from readlist.library.triage import Triage
from readlist.store.added import Added
from readlist.store.catalogue import Interrupted
from readlist.store.course import Course
from readlist.store.foreign import Foreign
from readlist.store.underway import Ongoing

__all__ = ["Added", "Course", "Foreign", "Interrupted", "Library", "Ongoing", "Step", "utc_now"]


class Library(Triage, Queueing, Keeping, Deciding, Exporting):
    """A folder with a catalogue of papers and the reader's marks. Every method may be called from any thread."""
