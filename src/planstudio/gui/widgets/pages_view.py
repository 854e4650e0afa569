"""A PDF in the window: pages below each other, thumbnails at the left, zoom, keyboard.

Pages are rendered when they come into view, at the screen's own resolution; those far away are let go.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QListWidget, QListWidgetItem

from planstudio.gui.theme import color, gap
from planstudio.i18n import _

KEPT = 24

# Ctrl and one of these zooms so many times, 0 to the width; these turn so many pages.
_ZOOMS: dict[int, float] = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8, Qt.Key.Key_0: 0}
_TURNS: dict[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_PageUp: -1}


class PdfFile:
    """A PDF's pages as pictures. For the window's own thread: PDFium is not safe in two."""

    def __init__(self, pdf: bytes, sizes: Sequence[tuple[float, float]] = ()) -> None:
        """*sizes* of the pages in points, where they are known: to ask for them takes a while."""
        import pypdfium2

        self._file = pypdfium2.PdfDocument(pdf)
        self.sizes = list(sizes) or [self._file.get_page_size(n) for n in range(len(self._file))]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, width: int) -> QPixmap:
        """The page *page*, from 0, *width* pixels wide."""
        scale = width / self.sizes[page][0]
        bitmap = self._file[page].render(scale=scale, rev_byteorder=True)
        data: Any = bitmap.buffer
        shape = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
        image = QImage(bytes(data), bitmap.width, bitmap.height, bitmap.stride, shape)
        return QPixmap.fromImage(image)

    def close(self) -> None:
        self._file.close()


class PagesView(QAbstractScrollArea):
    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._file: PdfFile | None = None
        self._zoom = 0.0  # 0 fits the width
        self._pictures: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._tops: list[int] = []
        self.setAccessibleName(_("Pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.current = 0

    def show_file(self, file: PdfFile | None) -> None:
        self._file = file
        self._pictures.clear()
        self._lay()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()
        self.setAccessibleDescription(_("{n} pages").format(n=len(file)) if file else _("Nothing to show"))

    def go(self, page: int) -> None:
        if 0 <= page < len(self._tops):
            self.verticalScrollBar().setValue(self._tops[page] - gap(3))

    def zoom(self, times: float) -> None:
        """Larger or smaller; 0 fits the width again."""
        at = self.current
        self._zoom = 0.0 if not times else min(4.0, max(0.3, self._scale() * times))
        self._lay()
        self.go(at)
        self.viewport().update()

    def _scale(self) -> float:
        """Screen units for a point."""
        if self._zoom or not self._file:
            return self._zoom or 1.0
        return float(min(1.9, max(0.3, (self.viewport().width() - gap(8)) / self._widest())))

    def _widest(self) -> float:
        return max((width for width, _height in self._file.sizes), default=0) if self._file else 0

    def _lay(self) -> None:
        self._tops, y, scale = [], gap(4), self._scale()
        for _width, height in self._file.sizes if self._file else ():
            self._tops.append(y)
            y += round(height * scale) + gap(4)
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(gap(12))
        bar.setRange(0, max(0, y - self.viewport().height()))
        wide = round(self._widest() * scale + gap(8))
        self.horizontalScrollBar().setRange(0, max(0, wide - self.viewport().width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at = self.current
        self._lay()
        if at:
            self.go(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        room, scale = self.viewport().rect(), self._scale()
        top, left = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(room, color("hover"))
            painter.setPen(QPen(color("line"), 1))
            for page, (y, size) in enumerate(zip(self._tops, self._file.sizes if self._file else (), strict=True)):
                wide, tall = round(size[0] * scale), round(size[1] * scale)
                box = QRect(max(gap(4) - left, (room.width() - wide) // 2), y - top, wide, tall)
                if box.bottom() >= 0 and box.top() <= room.height():
                    painter.fillRect(box, QColor("#FFFFFF"))  # paper is white, also in the dark
                    painter.drawPixmap(box, self._picture(page, wide))
                    painter.drawRect(box)

    def _picture(self, page: int, width: int) -> QPixmap:
        assert self._file is not None
        key = page, round(width * self.devicePixelRatioF())
        if key not in self._pictures:
            self._pictures[key] = self._file.picture(*key)
            while len(self._pictures) > KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def _on_scrolled(self, value: int) -> None:
        middle = value + self.viewport().height() // 3
        current = max((n for n, y in enumerate(self._tops) if y <= middle), default=0)
        if current != self.current:
            self.current = current
            self.page_changed.emit(current)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _TURNS:
            self.go(max(0, self.current + _TURNS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + bar.singleStep() * (1 if key == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 0.9)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - event.angleDelta().y())


class Thumbnails(QListWidget):
    """Small pages at the left; a press goes to the page. They are drawn a few at a time."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._file: PdfFile | None = None
        self._waiting: list[int] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_next)
        self.setAccessibleName(_("Small pages"))
        self.setIconSize(QSize(gap(24), gap(32)))
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setSpacing(gap(1))
        self.setFixedWidth(gap(36))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(lambda at: self.chosen.emit(at) if at >= 0 else None)

    def show_file(self, file: PdfFile | None) -> None:
        self._file, self._waiting = file, list(range(len(file))) if file else []
        blank = QPixmap(gap(24), gap(32))
        blank.fill(QColor("#FFFFFF"))
        with QSignalBlocker(self):
            self.clear()
            for n in self._waiting:
                item = QListWidgetItem(blank, str(n + 1), self)
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, _("Page {n}").format(n=n + 1))
        self._timer.start()

    def mark(self, page: int) -> None:
        with QSignalBlocker(self):
            self.setCurrentRow(page)

    def _draw_next(self) -> None:
        if not self._waiting or self._file is None:
            self._timer.stop()
            return
        page = self._waiting.pop(0)
        picture = self._file.picture(page, round(gap(24) * self.devicePixelRatioF()))
        framed = QPixmap(picture.size() + QSize(2, 2))
        framed.fill(color("line"))
        with QPainter(framed) as painter:
            painter.drawPixmap(QPoint(1, 1), picture)
        framed.setDevicePixelRatio(self.devicePixelRatioF())
        item = self.item(page)
        if item is not None:
            item.setIcon(framed)
