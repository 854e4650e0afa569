"""Every page of an open plan, made when it is first shown and kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from planstudio.domain.places import Place
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.registry import kinds
from planstudio.gui.settings import Settings

P = TypeVar("P", bound=Page)


class PageStack(QStackedWidget):
    """Shows one page at a time."""

    made = Signal(object)  # a Page, before it shows anything

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk = desk
        self._settings = settings
        self._made: dict[type[Page], Page] = {}

    def __iter__(self) -> Iterator[Page]:
        return iter(self._made.values())

    @property
    def shown(self) -> Page | None:
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    def get(self, kind: type[P]) -> P:
        page = self._made.get(kind)
        if page is None:
            page = self._made[kind] = kind(self._desk)
            page.recall(self._settings)
            self.made.emit(page)
            self.addWidget(page)
        assert isinstance(page, kind)
        return page

    def page_at(self, place: Place) -> Page | None:
        """The page that shows *place*; None where there is none."""
        kind = kinds().get(place if place.is_page else place.noun)
        return self.get(kind) if kind is not None else None
