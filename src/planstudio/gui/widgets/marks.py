"""Status marks, chips and bars: a status is told by word, shape and color."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from planstudio.gui.accessible import Role, present
from planstudio.gui.theme import color, font, gap, width_of
from planstudio.gui.widgets.painted import Painted
from planstudio.i18n import N_, _


class Look(NamedTuple):
    tone: str
    shape: str
    words: str


STATUS = {
    "not started": Look("grey", "ring", N_("Not started")),
    "on track": Look("green", "disc", N_("On track")),
    "at risk": Look("amber", "triangle", N_("At risk")),
    "off track": Look("red", "diamond", N_("Off track")),
    "completed": Look("blue", "tick", N_("Completed")),
    "on hold": Look("violet", "pause", N_("On hold")),
    "discontinued": Look("grey", "slash", N_("Discontinued")),
    "outdated": Look("grey", "dashes", N_("Outdated")),
    "current": Look("green", "clock", N_("Current")),
    "aged": Look("grey", "clock", N_("Outdated")),
    "met": Look("green", "target", N_("Met")),
    "improved, not met": Look("teal", "up", N_("Improved, not met")),
    "flat or declined": Look("amber", "down", N_("Flat or declined")),
    "cannot be judged": Look("violet", "question", N_("Cannot be judged")),
    "no data": Look("grey", "dashes", N_("No data")),
    "saved": Look("green", "tick", N_("Saved")),
    "waiting": Look("amber", "triangle", N_("Waiting")),
    "good to know": Look("blue", "ring", N_("Good to know")),
    "settled": Look("green", "tick", N_("Settled")),
    "adopted": Look("green", "disc", N_("Adopted")),
    "draft": Look("grey", "ring", N_("Draft")),
    "first reading": Look("teal", "up", N_("First reading")),
    "second reading": Look("teal", "up", N_("Second reading")),
    "under review": Look("amber", "triangle", N_("Under review")),
    "repealed": Look("grey", "slash", N_("Repealed")),
    "archived": Look("grey", "slash", N_("Archived")),
}
_POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0, -0.78), (0.88, 0.72), (-0.88, 0.72)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "up": ((0, -0.85), (0.8, 0), (0.28, 0), (0.28, 0.85), (-0.28, 0.85), (-0.28, 0), (-0.8, 0)),
    "down": ((0, 0.85), (0.8, 0), (0.28, 0), (0.28, -0.85), (-0.28, -0.85), (-0.28, 0), (-0.8, 0)),
}
_DISC, _FRAME = QRectF(-0.8, -0.8, 1.6, 1.6), QRectF(-0.72, -0.72, 1.44, 1.44)
_ROUND = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def status_word(status: str) -> str:
    return _(STATUS[status].words)


def paint_mark(painter: QPainter, box: QRectF, status: str) -> None:
    """Draw the shape of *status* into *box*."""
    tone, shape, _words = STATUS[status]
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(box.center())
    painter.scale(side / 2, side / 2)  # from here on the mark lives in -1 … 1
    painter.fillPath(_solid(shape), color(tone))
    _outline(painter, shape, QPen(QBrush(color(tone)), 0.32, *_ROUND))
    painter.restore()


def _solid(shape: str) -> QPainterPath:
    path = QPainterPath()
    if shape in _POLYGONS:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _POLYGONS[shape]]))
    elif shape == "disc":
        path.addEllipse(_DISC)
    elif shape == "tick":
        path.addEllipse(_DISC.adjusted(-0.2, -0.2, 0.2, 0.2))
    elif shape == "pause":
        path.addRoundedRect(QRectF(-0.7, -0.75, 0.5, 1.5), 0.15, 0.15)
        path.addRoundedRect(QRectF(0.2, -0.75, 0.5, 1.5), 0.15, 0.15)
    elif shape == "target":
        path.addEllipse(QRectF(-0.32, -0.32, 0.64, 0.64))
    path.closeSubpath()
    return path


def _outline(painter: QPainter, shape: str, pen: QPen) -> None:
    if shape == "dashes":
        pen.setDashPattern([1.2, 1.7])
    painter.setPen(pen)
    if shape in ("ring", "slash", "dashes", "target", "clock"):
        painter.drawEllipse(_DISC)
    if shape == "slash":
        painter.drawLine(QPointF(-0.5, 0.5), QPointF(0.5, -0.5))
    if shape == "clock":
        painter.drawPolyline([QPointF(0, -0.45), QPointF(0, 0.05), QPointF(0.35, 0.25)])
    if shape == "question":
        points = ((-0.5, -0.4), (-0.25, -0.85), (0.3, -0.85), (0.55, -0.4), (0, 0.2))
        painter.drawPolyline([QPointF(x, y) for x, y in points])
        painter.drawPoint(QPointF(0, 0.85))
    if shape == "tick":
        painter.setPen(QPen(QBrush(color("page")), 0.3, *_ROUND))
        painter.drawPolyline([QPointF(-0.45, 0.02), QPointF(-0.1, 0.38), QPointF(0.48, -0.34)])


def put(
    painter: QPainter,
    box: QRectF,
    words: str,
    role: str = "body",
    tone: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    elide: bool = True,
) -> None:
    """Write one line into *box*."""
    painter.setFont(font(role))
    painter.setPen(color(tone))
    if elide:
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, words)


def chip_width(status: str, words: str | None = None) -> float:
    return width_of(words or status_word(status), "caption strong") + gap(2.75) + gap(5.5)


def paint_chip(painter: QPainter, left: float, middle: float, status: str, words: str | None = None) -> None:
    """A status on its wash, its left edge at *left*, centered on *middle*."""
    tone = STATUS[status].tone
    height, side = gap(5.5), gap(2.75)
    box = QRectF(left, middle - height / 2, chip_width(status, words), height)
    paint_round(painter, box, tone + "_wash", height / 2)
    paint_mark(painter, QRectF(left + gap(2), middle - side / 2, side, side), status)
    after = box.adjusted(gap(2) + side + gap(1.25), 0, 0, 0)
    painter.save()
    put(painter, after, words or status_word(status), "caption strong", tone, elide=False)
    painter.restore()


def paint_bar(painter: QPainter, box: QRectF, percent: float, tone: str = "accent") -> None:
    half = box.height() / 2
    paint_round(painter, box, "line", half)
    if percent:
        full = QRectF(box.x(), box.y(), max(box.height(), box.width() * percent / 100), box.height())
        paint_round(painter, full, tone, half)


def paint_round(painter: QPainter, box: QRectF, tone: str, radius: float) -> None:
    """Fill *box*, its corners rounded."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tone))
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def chip(status: str, words: str | None = None) -> Painted:
    name = words or status_word(status)
    made = Painted(
        chip_width(status, words) + 1, gap(5.5), lambda p, b: paint_chip(p, 0, b.center().y(), status, words), name
    )
    present(made, Role.StaticText)
    return made


def mark(status: str, steps: float = 3) -> Painted:
    return Painted(gap(steps), gap(steps), lambda p, b: paint_mark(p, b, status), status_word(status))


def initials(name: str) -> str:
    """RH for Dr. Ruth B. Hale."""
    words = name.replace(".", " ").split()
    parts = [word for word in words if word[0].isalpha() and word.lower() not in ("dr", "mr", "ms", "mrs")]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


def face(name: str, tone: str = "teal") -> Painted:
    """A person's initials in a disc."""
    short = initials(name)

    def paint(p: QPainter, box: QRectF) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(color(tone + "_wash"))
        p.drawEllipse(box)
        put(p, box, short, "caption strong", tone, Qt.AlignmentFlag.AlignHCenter, elide=False)

    return Painted(gap(7), gap(7), paint, name)


class Stack(QWidget):
    """A bar of counts by status, with a hair of air between."""

    def __init__(self, parts: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._parts = parts
        self.setFixedHeight(gap(1.5))
        self.setMinimumWidth(gap(16))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(f"{n} {status_word(status).lower()}" for status, n in parts))
        present(self, Role.Graphic)

    def paintEvent(self, _event: QPaintEvent) -> None:
        total = sum(n for _status, n in self._parts) or 1
        air, left, high = gap(0.75), 0.0, self.height()
        wide = self.width() - air * (len(self._parts) - 1)
        with QPainter(self) as painter:
            for status, n in self._parts:
                share = wide * n / total
                paint_round(painter, QRectF(left, 0, share, high), STATUS[status].tone, high / 2)
                left += share + air
