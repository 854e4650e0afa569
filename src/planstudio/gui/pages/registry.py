"""Which page shows a place: every module of this package ending in _page registers its own (docs/contributing.md)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from planstudio.domain.places import OVERVIEW, PAGE, Place, at_page
from planstudio.gui import pages
from planstudio.gui.pages.page import Page
from planstudio.i18n import _

P = TypeVar("P", bound=type[Page])
_kinds: dict[str | Place, type[Page]] = {}  # by a noun, or by a page's own place
_also: dict[str, Place] = {}  # nouns that a page shows among others


def shows(noun: str = "", *, page: str = "", title: str = "", also: tuple[str, ...] = ()) -> Callable[[P], P]:
    """The page of each *noun*, or the one that is called *page* and shows all of *also*."""

    def register(kind: P) -> P:
        _kinds[noun or at_page(page)] = kind
        kind.noun, kind.page_title = noun or PAGE, title
        _also.update(dict.fromkeys(also, at_page(page)))
        return kind

    return register


def whole(place: Place) -> Place:
    """Where *place* is shown: on a page of its own, else on the one that shows it among others."""
    kinds()
    return _also.get(place.noun, place)


def titles() -> dict[str, str]:
    """The pages that stand for no element: what each is called, the overview first."""
    found = {place.ident: _(kind.page_title) for place, kind in kinds().items() if isinstance(place, Place)}
    return dict(sorted(found.items(), key=lambda one: (one[0] != OVERVIEW.ident, one[1].casefold())))


@cache
def kinds() -> dict[str | Place, type[Page]]:
    """Every kind of page, by the table it shows the rows of, else by its own place."""
    for found in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        if found.name.endswith("_page"):
            importlib.import_module(found.name)
    return _kinds
