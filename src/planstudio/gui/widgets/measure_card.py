"""A measure on a card: name, newest value, one trend with its target, what the data rule says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from planstudio.domain.cards import MeasureCard
from planstudio.domain.kinds import Direction
from planstudio.gui.accessible import Role, present
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column, row, text
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.painted import Elided, Pressable
from planstudio.i18n import _, amount

Draw = Callable[[MeasureCard, int, int], tuple[str, str]]  # a trend as SVG and in words, for a width and a height


class Trend(QWidget):
    """The chart of a measure, drawn by the same code as on paper, after the page has been shown."""

    def __init__(self, measure: MeasureCard, draw: Draw, height: float = 24) -> None:
        super().__init__()
        self._measure = measure
        self._draw = draw
        self._picture: QSvgRenderer | None = None
        self._for = QSize()
        self._words = ""
        present(self, Role.Chart)
        self.setMinimumHeight(gap(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self) -> str:
        """The chart in words, also where it has not been painted yet."""
        if self._picture is None:
            self._render()
        return self._words

    def _render(self) -> QSvgRenderer:
        self._for = self.size()
        times = gap(1) / 4 * 1.1  # the chart's type grows with the window's
        svg, self._words = self._draw(self._measure, round(self.width() / times), round(self.height() / times))
        self._picture = QSvgRenderer(QByteArray(svg.encode()))
        return self._picture

    def paintEvent(self, _event: QPaintEvent) -> None:
        picture = self._picture
        if picture is None or self._for != self.size():
            picture = self._render()
        with QPainter(self) as painter:
            picture.render(painter, QRectF(self.rect()))


class MeasureTile(Pressable):
    """One measure; a press opens it."""

    def __init__(self, measure: MeasureCard, draw: Draw) -> None:
        newest = measure.newest
        now = amount(newest.value, measure.unit) if newest else "–"
        aim = row(text(now, "title"), 1.5, Elided(standing(measure), "caption", "muted"), grow=2)
        box = column(text(measure.name, "strong", wrap=True), None, 1, aim, space=1, edge=(4, 3.5, 4, 3.5))
        if newest or measure.baseline is not None:
            box.addWidget(Trend(measure, draw))
        box.addSpacing(gap(1))
        box.addLayout(row(chip(measure.verdict.value), None))
        super().__init__(box, f"{measure.name}, {now}, {measure.verdict.value}")
        self.setMinimumWidth(gap(46))


def standing(measure: MeasureCard) -> str:
    """Where the measure aims, in a few words."""
    low, high = measure.band_low, measure.band_high
    if measure.direction is Direction.BAND and low is not None and high is not None:
        return _("band {low} to {high}").format(low=amount(low, ""), high=amount(high, measure.unit))
    if measure.direction is Direction.BAND or measure.target is None:
        return _("no target")
    words = _("target {value} or less") if measure.direction is Direction.LOWER else _("target {value}")
    return words.format(value=amount(measure.target, measure.unit))
