"""Where somebody is in an open plan: at an element, or on a page that stands for none."""

from __future__ import annotations

from typing import NamedTuple

PAGE = "page"


class Place(NamedTuple):
    """An element by its table and id; a view of one by its own name and that id ("brief", a goal's); else a page."""

    noun: str
    ident: str  # of the row, else the name of the page

    def __bool__(self) -> bool:
        return bool(self.noun and self.ident)

    @property
    def is_page(self) -> bool:
        return self.noun == PAGE


def at_page(name: str) -> Place:
    """The page called *name*: its module in gui/pages says what it shows."""
    return Place(PAGE, name)


NOWHERE = Place("", "")
OVERVIEW = at_page("overview")
