"""Status marks, chips and bars: a status is told by word, shape and color."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from planstudio.gui.accessible import Role, present
from planstudio.gui.theme import color, font, gap, width_of
from planstudio.gui.widgets.painted import Painted
from planstudio.i18n import N_, _

STATUS: dict[str, tuple[str, str]] = {  # word: (tone, shape)
    "not started": ("grey", "ring"),
    "on track": ("green", "disc"),
    "at risk": ("amber", "triangle"),
    "off track": ("red", "diamond"),
    "completed": ("blue", "tick"),
    "on hold": ("violet", "pause"),
    "discontinued": ("grey", "slash"),
    "outdated": ("grey", "dashes"),
    "current": ("green", "clock"),
    "aged": ("grey", "clock"),
    "met": ("green", "target"),
    "improved, not met": ("teal", "up"),
    "flat or declined": ("amber", "down"),
    "cannot be judged": ("violet", "question"),
    "no data": ("grey", "dashes"),
    "saved": ("green", "tick"),
    "waiting": ("amber", "triangle"),
    "good to know": ("blue", "ring"),
    "settled": ("green", "tick"),
    "adopted": ("green", "disc"),
    "draft": ("grey", "ring"),
    "first reading": ("teal", "up"),
    "second reading": ("teal", "up"),
    "under review": ("amber", "triangle"),
    "repealed": ("grey", "slash"),
    "archived": ("grey", "slash"),
}
_WORDS = {
    "not started": N_("Not started"),
    "on track": N_("On track"),
    "at risk": N_("At risk"),
    "off track": N_("Off track"),
    "completed": N_("Completed"),
    "on hold": N_("On hold"),
    "discontinued": N_("Discontinued"),
    "outdated": N_("Outdated"),
    "current": N_("Current"),
    "aged": N_("Outdated"),
    "met": N_("Met"),
    "improved, not met": N_("Improved, not met"),
    "flat or declined": N_("Flat or declined"),
    "cannot be judged": N_("Cannot be judged"),
    "no data": N_("No data"),
    "saved": N_("Saved"),
    "waiting": N_("Waiting"),
    "good to know": N_("Good to know"),
    "settled": N_("Settled"),
    "adopted": N_("Adopted"),
    "draft": N_("Draft"),
    "first reading": N_("First reading"),
    "second reading": N_("Second reading"),
    "under review": N_("Under review"),
    "repealed": N_("Repealed"),
    "archived": N_("Archived"),
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
    return _(_WORDS[status])


def paint_mark(painter: QPainter, box: QRectF, status: str) -> None:
    """Draw the shape of *status* into *box*."""
    tone, shape = STATUS[status]
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
    tone = STATUS[status][0]
    height, side = gap(5.5), gap(2.75)
    box = QRectF(left, middle - height / 2, chip_width(status, words), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tone + "_wash"))
    painter.drawRoundedRect(box, height / 2, height / 2)
    paint_mark(painter, QRectF(left + gap(2), middle - side / 2, side, side), status)
    after = box.adjusted(gap(2) + side + gap(1.25), 0, 0, 0)
    put(painter, after, words or status_word(status), "caption strong", tone, elide=False)
    painter.restore()


def paint_bar(painter: QPainter, box: QRectF, percent: float, tone: str = "accent") -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("line"))
    half = box.height() / 2
    painter.drawRoundedRect(box, half, half)
    if percent:
        painter.setBrush(color(tone))
        full = QRectF(box.x(), box.y(), max(box.height(), box.width() * percent / 100), box.height())
        painter.drawRoundedRect(full, half, half)
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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        total = sum(n for _status, n in self._parts) or 1
        air, left = gap(0.75), 0.0
        wide = self.width() - air * (len(self._parts) - 1)
        for status, n in self._parts:
            painter.setBrush(color(STATUS[status][0]))
            share = wide * n / total
            painter.drawRoundedRect(QRectF(left, 0, share, self.height()), self.height() / 2, self.height() / 2)
            left += share + air
        painter.end()
