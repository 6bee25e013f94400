"""The sidebar: views, and what the listed papers have in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events

from readlist.errors import ReadlistError
from readlist.library import Interrupted
from readlist.query import NEWEST_FIRST, Facet, Query
from readlist.text import safe_line
from readlist.tui.keymap import LIST
from readlist.tui.look import ROOMY, SHARED
from readlist.tui.main.viewing import Viewing
from readlist.tui.messages import Counted
from readlist.tui.places import DIGITS, reaching

if TYPE_CHECKING:
    from readlist.tui.widgets.outline import Line
    from readlist.tui.widgets.sidebar import Sidebar
    from readlist.view import View

_PAUSE: Final = 0.12
"""Seconds that a result must stand before it is counted: who types on does not want to know."""


class Browsing(Viewing):
    """Narrows the list by what is chosen from the sidebar."""

    _facets: Sequence[Facet] = ()
    _opened: frozenset[str] = frozenset()
    """The kinds of facets of which every value is shown."""
    _furnished = False
    """Whether the first papers are painted, so that what can wait may come."""
    _sidebar_fits = False
    """Whether the terminal has room for a sidebar that comes by itself."""
    _sidebar_called = False
    """Whether the reader has called the sidebar; forgotten where it gives way."""
    _counts = 0
    """Counts the countings; the answer to any but the last is of no interest."""

    @property
    def sidebar(self) -> Sidebar:
        """The sidebar, which is there from the first time that it is shown."""
        from readlist.tui.widgets.sidebar import Sidebar

        return self.query_one(Sidebar)

    @property
    def sidebar_shown(self) -> bool:
        """Whether the sidebar can be seen."""
        return self.has_class("-sidebar") and bool(self.query("Sidebar"))

    def in_sidebar(self) -> bool:
        """Whether the keys that move are meant for the sidebar."""
        return self.sidebar_shown and self.focused is self.sidebar

    @property
    def places(self) -> tuple[str, ...]:
        """The list and, while the sidebar has the focus, first the sidebar."""
        return (*reaching("sidebar"), LIST) if self.in_sidebar() else super().places

    def is_fixed(self, key: str) -> bool:
        """Whether a key is a digit while the sidebar has the focus."""
        return key in DIGITS and self.in_sidebar()

    async def on_key(self, event: events.Key) -> None:
        """Show the view that has the digit: it stands there, whatever the digit does elsewhere."""
        if self.is_fixed(event.key):
            event.stop()
            event.prevent_default()
            self._show_numbered(int(event.key))

    def _show_numbered(self, number: int) -> None:
        """Show the view with a number, if there is one."""
        if number <= len(self.views):
            self.show_view(self.views[number - 1])
        else:
            self.say(f"no view has the number {number}")

    # ------------------------------------------------------------------ showing it

    def await_sidebar(self, width: int) -> None:
        """Leave room for the sidebar, if there is any, so that the list need not move when it comes."""
        self.set_class(width >= ROOMY and not self.left.sidebar_hidden, "-awaited")

    def furnish_sidebar(self) -> None:
        """Put the sidebar in if there is room for it, and from now on whenever there is."""
        self._furnished = True
        self.suit_sidebar(self.app.size.width)

    def suit_sidebar(self, width: int) -> None:
        """Show the sidebar in a terminal as wide as this, or let it give way.

        It comes by itself where there is room, unless the reader has hidden it. Where there is less, it stays if the
        reader has called it there; where it would take the place of the list, only as long as it has the focus.
        """
        if not self._furnished:
            self.await_sidebar(width)
            return
        roomy = width >= ROOMY
        if self._sidebar_fits and not roomy:
            self._sidebar_called = False
        self._sidebar_fits = roomy
        called = self._sidebar_called and (width >= SHARED or self.in_sidebar())
        wanted = called or (roomy and not self.left.sidebar_hidden)
        if wanted and not self.sidebar_shown:
            self.show_sidebar()
        elif not wanted and self.sidebar_shown:
            self._let_sidebar_go()

    def action_sidebar(self) -> None:
        """Go to the sidebar, which is shown if it is not; from there, hide it."""
        if self.in_sidebar():
            self._hide_sidebar()
            return
        self._sidebar_called = True
        if self._sidebar_fits and self.left.sidebar_hidden:
            self.leave_as(sidebar_hidden=False)
        self.show_sidebar()
        self.set_focus(self.sidebar)

    def show_sidebar(self) -> None:
        """Show the sidebar."""
        from readlist.tui.widgets.sidebar import Sidebar

        if not self.query("Sidebar"):
            self.query_one("#panes").mount(Sidebar(), before=0)
        self.remove_class("-awaited")
        self.add_class("-sidebar")
        self.load_views()
        self._draw_sidebar()
        self.count_again(views=True)

    def _hide_sidebar(self) -> None:
        """Hide the sidebar until it is called again."""
        self._sidebar_called = False
        if self._sidebar_fits:
            self.leave_as(sidebar_hidden=True)
        self._let_sidebar_go()

    def _let_sidebar_go(self) -> None:
        """Show the sidebar no longer; keys that were meant for it go to the list."""
        had_focus = self.in_sidebar()
        self.remove_class("-sidebar")
        if had_focus:
            self.to_list()

    def leave_sidebar(self) -> None:
        """Go back to the list; where there is room for one of them only, the sidebar is hidden."""
        if self.app.size.width < SHARED:
            self._hide_sidebar()
        else:
            self.to_list()

    def _draw_sidebar(self) -> None:
        """Show what is known."""
        if not self.sidebar_shown:
            return
        self.sidebar.show(self._lines())

    def _lines(self) -> list[Line]:
        """Return the lines of the sidebar."""
        from readlist.tui.widgets.outline import outline

        return outline(
            [(view, self.sizes.get(view)) for view in self.views],
            self._facets,
            view=self.current_view.name if self.current_view else None,
            text=self.search_line.value,
            opened=self._opened,
            settings=self.settings,
        )

    # ------------------------------------------------------------------ counting

    def count_again(self, *, views: bool = False) -> None:
        """Count what is listed when it has stood for a moment.

        Args:
            views: Whether the numbers of the views may have changed too.
        """
        self._counts += 1
        if views:
            self.sizes = {}
        if self.sidebar_shown:
            self.set_timer(_PAUSE, partial(self._count, self._counts))

    def _count(self, number: int) -> None:
        """Count in a thread, if nothing has changed since."""
        if number == self._counts and self.asked.all_answered():
            known = dict(self.sizes)
            work = partial(self._count_in_thread, number, self.listed_query, known)
            self.run_worker(work, thread=True, exclusive=True, group="counting")

    def _count_in_thread(self, number: int, listed: Query, sizes: dict[View, int]) -> None:
        """Count facets, then views; what cannot be counted now is counted after the next search."""
        try:
            views = self.usable_views()
            facets = tuple(self.library.facets(listed))
            self.post_message(Counted(number, facets, views, dict(sizes)))
            for view in views:
                if view not in sizes:
                    try:
                        sizes[view] = self.library.size(self.meaning(view.query, NEWEST_FIRST, typing=False))
                    except Interrupted:
                        raise
                    except ReadlistError:
                        continue
                    self.post_message(Counted(number, facets, views, dict(sizes)))
        except Interrupted:
            return
        except ReadlistError as error:
            self.log.warning(error.message)

    def on_counted(self, event: Counted) -> None:
        """Show the numbers, unless the list is another one by now."""
        event.stop()
        if event.number == self._counts:
            self._facets, self.views, self.sizes = event.facets, event.views, event.sizes
            self._draw_sidebar()

    # ------------------------------------------------------------------ narrowing

    def on_sidebar_chosen(self, event: Sidebar.Chosen) -> None:
        """Show a view, narrow the list by a facet or take that back, or show every value of a kind."""
        event.stop()
        if isinstance(event.target, str):
            self._opened |= {event.target}
            self._draw_sidebar()
        elif isinstance(event.target, Facet):
            self._narrow(event.target, refused=event.refused)
        else:
            self.show_view(event.target)

    def _narrow(self, facet: Facet, *, refused: bool) -> None:
        """Put a facet into the search line, or take it out again."""
        from readlist.query import negated
        from readlist.query.adding import has_term, with_term, without_term

        if facet.tree is None:
            self.say(f"{safe_line(facet.name)} has no word that can be searched for")
            return
        wanted, other = str(facet.tree), str(negated(facet.tree))
        if refused:
            wanted, other = other, wanted
        text = without_term(self.search_line.value, other)
        if has_term(text, wanted):
            self.replace_query(without_term(text, wanted))
        else:
            self.replace_query(with_term(self.gone_on_from(text), wanted))

    def action_exclude(self) -> None:
        """Take the papers out of the list that have what stands under the cursor of the sidebar."""
        if self.in_sidebar():
            self.sidebar.choose(refused=True)
        else:
            self.say("nothing is chosen in the sidebar")
