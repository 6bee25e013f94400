"""The key that opens papers in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from readlist.errors import ReadlistError
from readlist.link import page
from readlist.text import safe_line
from readlist.tui.main.listing import ListingScreen
from readlist.tui.messages import Done
from readlist.tui.widgets.details import Details

_AT_ONCE: Final = 10
"""Pages that are opened at once, at the most."""


class Opening(ListingScreen):
    """Opens pages of the web; where there is no browser, their addresses are copied."""

    def action_open(self) -> None:
        """Open the page of the paper, or of the selected ones."""
        addresses = [page(entry.paper) for entry in self.library.by_ids(self.targets())]
        if len(addresses) > _AT_ONCE:
            self.say(f"{len(addresses):,} pages are too many to open at once: select up to {_AT_ONCE}")
        elif addresses:
            self.open_pages(addresses)
        else:
            self.say("there is nothing to open")

    def on_details_linked(self, event: Details.Linked) -> None:
        """Open the address that was clicked."""
        event.stop()
        self.open_pages([event.address])

    def open_pages(self, addresses: Sequence[str]) -> None:
        """Open pages in a thread, or copy their addresses."""
        self.run_worker(partial(self._open_in_thread, addresses), thread=True, group="open")

    def _open_in_thread(self, addresses: Sequence[str]) -> None:
        """Ask for the browser."""
        from readlist.browser import open_page

        try:
            for address in addresses:
                open_page(address)
        except ReadlistError as error:
            what = "link" if len(addresses) == 1 else f"{len(addresses)} links"
            self.copy_in_thread(f"{error.message}; {what}", "\n".join(addresses))
        else:
            opened = safe_line(addresses[0]) if len(addresses) == 1 else f"{len(addresses)} pages"
            self.post_message(Done(f"{opened} opened in the browser"))
