"""Views: queries and orders that have a name; and the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readlist.errors import QueryError, ReadlistError
from readlist.query import NEWEST_FIRST, Order
from readlist.text import safe_line
from readlist.tui.main.remembering import Remembering
from readlist.tui.main.searching import Searching
from readlist.tui.orders import SORTINGS, in_words
from readlist.tui.saver import Saver

if TYPE_CHECKING:
    from readlist.view import View


class Viewing(Searching, Remembering):
    """Shows and keeps views, and chooses the order."""

    saver: Saver
    view: str | None = None
    """The name of the view that is shown, as long as its query stands in the search line."""
    views: tuple[View, ...] = ()
    _sorted: Mapping[str, Order] = MappingProxyType({})
    """The orders that were chosen for views, by name; they hold until the disk has them, or where it refuses."""
    sizes: dict[View, int]
    """How many papers each view has, as far as that is known."""

    @property
    def current_view(self) -> View | None:
        """The view that is shown: it was chosen, and its query stands in the search line still."""
        if self.view is None:
            return None
        from readlist.query.adding import as_one

        text = as_one(self.search_line.value.strip())
        views = (view for view in self.views if view.name == self.view)
        return next((view for view in views if as_one(_words_of(view)) == text), None)

    @property
    def base_order(self) -> Order:
        """The order of a query that names none: that of the view that is shown, else the one that was chosen last."""
        view = self.current_view
        if view is None:
            return self.own_order
        return self._sorted.get(view.name) or self._order_of(view) or NEWEST_FIRST

    def shown_name(self) -> str:
        """Return the name of the view that is shown."""
        return safe_line(self.current_view.name) if self.current_view else ""

    def action_views(self) -> None:
        """Ask which view to show."""
        self.load_views()
        from readlist.tui.screens.menu import Choice, Menu
        from readlist.view import NUMBERED

        numbered = {str(number): view for number, view in enumerate(self.views[:NUMBERED], 1)}
        choices = [Choice(key, safe_line(view.name), self._about(view)) for key, view in numbered.items()]
        choices += [Choice("0", "All papers"), Choice("+", "keep", "keep this search as a view")]
        if self.views:
            choices.append(Choice("-", "remove", "remove a view"))

        def answered(key: str | None) -> None:
            if key == "0":
                self.view = None
                self._order_all(NEWEST_FIRST)
                self.replace_query("")
            elif key == "+":
                self.action_keep_view()
            elif key == "-":
                self.action_remove_view()
            elif key:
                self.show_view(numbered[key])

        self.app.push_screen(Menu("Views", choices), answered)

    def load_views(self) -> None:
        """Find out which views there are."""
        try:
            self.views = self.usable_views()
        except ReadlistError as error:
            self.say(error.message)

    def usable_views(self) -> tuple[View, ...]:
        """Return the views of the library; those that readlist comes with, as far as they can be understood."""
        from readlist.view import usable

        def is_understood(view: View) -> bool:
            try:
                self.meaning(view.query, NEWEST_FIRST, typing=False)
            except QueryError:
                return False
            return True

        return usable(self.library.views(), is_understood)

    def _about(self, view: View) -> str:
        """Return what a menu says of a view."""
        size = self.sizes.get(view)
        order = self._order_of(view)
        told = safe_line(view.order) if order is None else "" if order == NEWEST_FIRST else in_words(order)
        return " · ".join(filter(None, (safe_line(view.query) or "all papers", told))) + (
            "" if size is None else f" · {size:,}"
        )

    def show_view(self, view: View) -> None:
        """List the papers of a view in its order; what is typed behind its query narrows all of it."""
        from readlist.query.adding import as_one

        self.view = view.name
        if self._order_of(view) is None:
            self.say(f"the view {safe_line(view.name)}: cannot sort by {safe_line(view.order)!r}")
        query = as_one(_words_of(view))
        self.replace_query(f"{query} " if query else "")

    def follow_views(self, *, undone: bool) -> None:
        """Find out which views there are now, after a step or after one was undone."""
        self.load_views()
        if undone:
            self._sorted = {}

    def _order_of(self, view: View) -> Order | None:
        """Return the order of a view; None if there is no such order any more."""
        from readlist.query import order_named

        try:
            return order_named(view.order, self.settings.statuses)
        except QueryError:
            return None

    def action_keep_view(self) -> None:
        """Ask for a name, and keep the query and the order as a view."""
        from readlist.query.adding import without_order
        from readlist.tui.screens.dialogs import LineDialog
        from readlist.view import View

        self.load_views()
        query = without_order(self.search_line.value).strip()
        order = _name_of(self.order)

        def named(name: str | None) -> None:
            if name and name.strip():
                new = View(name.strip(), query, order)
                self.view, self._sorted = new.name, {}
                self._set_views(partial(_with_view, new=new), f"keep the view {safe_line(new.name)}")

        held = self.current_view.name if self.current_view else ""
        text = "a view of the same name is replaced"
        title = f"Keep {safe_line(query) or 'all papers'} ({in_words(self.order)}) as a view named"
        self.app.push_screen(LineDialog(title, text, held, suggested=True), named)

    def action_remove_view(self) -> None:
        """Ask which view to remove."""
        from readlist.tui.screens.menu import Choice, Menu

        self.load_views()
        letters = dict(zip("123456789abcdefghijklmnopqrstuvwxyz", self.views, strict=False))
        choices = [Choice(key, safe_line(view.name), self._about(view)) for key, view in letters.items()]

        def answered(key: str | None) -> None:
            if key:
                gone = letters[key].name
                self._set_views(partial(_without_view, name=gone), f"remove the view {safe_line(gone)}")

        self.app.push_screen(Menu("Remove a view", choices, self.told("undo", "brings it back")), answered)

    def _set_views(self, change: Callable[[Sequence[View]], list[View]], name: str) -> None:
        """Replace the views, made from those that there are when its turn comes."""
        self.saver.submit(lambda library: library.change_views(change, name), "nothing to change")

    # ------------------------------------------------------------------ order

    def action_sort(self) -> None:
        """Ask for the order; the key of the present one turns it round."""
        from readlist.tui.screens.menu import Choice, Menu

        choices = []
        for key, one in SORTINGS.items():
            present = one.field == self.order.field
            turned = one.turned if self.order.descending == one.descending else one.words
            choices.append(Choice(key, one.field, turned if present else one.words))
        self.app.push_screen(Menu(f"Sort by … (now {in_words(self.order)})", choices), self._sort)

    def _sort(self, key: str | None) -> None:
        """List the papers in another order, and keep it with the view."""
        from readlist.query import order_named
        from readlist.query.adding import without_order

        if not key:
            return
        field, descending = SORTINGS[key].field, SORTINGS[key].descending
        if field == self.order.field and field != "relevance":
            descending = not self.order.descending
        order = order_named(f"{'-' if descending else ''}{field}", self.settings.statuses)
        view = self.current_view
        if view is None:
            self._order_all(order)
        else:
            new = replace(view, query=_words_of(view), order=_name_of(order))
            self._sorted = {**self._sorted, view.name: order}
            self._set_views(partial(_with_view, new=new), f"sort the view {safe_line(view.name)} by {new.order}")
        self.replace_query(without_order(self.search_line.value))

    def _order_all(self, order: Order) -> None:
        """List what is no view in an order, at the next start too."""
        self.own_order = order
        self.leave_as(order="" if order == NEWEST_FIRST else _name_of(order))

    def order_left(self) -> Order:
        """Return the order that was chosen before the last end; the usual one if it is none any more."""
        from readlist.query import order_named

        if not self.left.order:
            return NEWEST_FIRST
        try:
            return order_named(self.left.order, self.settings.statuses)
        except QueryError:
            return NEWEST_FIRST


def _name_of(order: Order) -> str:
    """Return what stands after `sort:` for an order."""
    return str(order).removeprefix("sort:")


def _words_of(view: View) -> str:
    """Return the query of a view without an order: the view has its own."""
    from readlist.query.adding import without_order

    return without_order(view.query).strip()


def _with_view(views: Sequence[View], new: View) -> list[View]:
    """Return views with another one in the place of that of its name, or at the end."""
    found = [new if view.name.casefold() == new.name.casefold() else view for view in views]
    return found if new in found else [*found, new]


def _without_view(views: Sequence[View], name: str) -> list[View]:
    """Return views without the one of a name."""
    return [view for view in views if view.name != name]
