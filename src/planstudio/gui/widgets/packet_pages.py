"""The packet's pages, small: each with its number and what it belongs to, marked where somebody should look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from planstudio.domain.packets import PagePlace
from planstudio.gui.models.outline import Index
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.pages_view import PdfFile
from planstudio.i18n import _

PlaceRole, FlagRole = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_WIDE, _TALL = 22.0, 28.5  # gaps of a small page
_AT_ONCE = 4  # pages drawn between two events of the window


class PacketPages(QListWidget):
    opened = Signal(str)  # an item's id

    def __init__(self) -> None:
        super().__init__()
        self._file: PdfFile | None = None
        self._pictures: dict[int, QPixmap] = {}
        self._waiting: list[int] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_next)
        self.setAccessibleName(_("Packet pages"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Pages(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(lambda _n: self._ask_for_shown())

    def show_packet(
        self, file: PdfFile | None, places: Sequence[PagePlace], flags: Mapping[str, str] | None = None
    ) -> None:
        """The pages of *file*; *flags* are statuses by the key of the part they mark."""
        at = self.currentRow()
        bar = self.verticalScrollBar().value()
        old, self._file = self._file, file
        self._pictures.clear()
        self.clear()
        if old is not None:
            old.close()
        for place in places:
            item = QListWidgetItem(f"{place.label}  {place.title}")
            item.setData(PlaceRole, place)
            item.setData(FlagRole, (flags or {}).get(place.key, ""))
            item.setToolTip(place.title)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, _("Page {n}: {title}").format(n=place.label, title=place.title)
            )
            self.addItem(item)
        self.setCurrentRow(min(at, self.count() - 1))
        self.verticalScrollBar().setValue(bar)
        self._ask_for_shown()

    def go(self, item_id: str) -> None:
        """Show the first page of an agenda item."""
        for n in range(self.count()):
            item = self.item(n)
            if item is not None and item.data(PlaceRole).item_id == item_id:
                self.setCurrentRow(n)
                self.scrollToItem(item, QListWidget.ScrollHint.PositionAtCenter)
                return
        self.setCurrentRow(-1)  # it has no page of its own

    def picture(self, page: int) -> QPixmap | None:
        return self._pictures.get(page)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._ask_for_shown()

    def _ask_for_shown(self) -> None:
        """Draw the pages that are seen, first of all."""
        first = self.indexAt(QPoint(gap(_WIDE / 2), gap(1)))
        if not first.isValid():
            first = self.indexAt(QPoint(gap(_WIDE / 2), gap(8)))  # between two rows
        a_row = max(1, self.viewport().width() // gap(_WIDE + 4))
        rows = self.viewport().height() // gap(_TALL + 8) + 2
        start = max(0, first.row()) if first.isValid() else 0
        shown = range(start, min(self.count(), start + a_row * rows))
        self._waiting = [n for n in shown if n not in self._pictures]
        if self._waiting:
            self._timer.start()

    def _draw_next(self) -> None:
        for _n in range(_AT_ONCE):
            if not self._waiting or self._file is None:
                self._timer.stop()
                break
            page = self._waiting.pop(0)
            width, height = self._file.sizes[page]
            wide = round(min(gap(_WIDE), gap(_TALL) * width / height) * self.devicePixelRatioF())
            picture = self._file.picture(page, wide)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._pictures[page] = picture
        self.viewport().update()

    def _open(self, item: QListWidgetItem) -> None:
        place: PagePlace = item.data(PlaceRole)
        if place.item_id:
            self.opened.emit(place.item_id)


class _Pages(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(gap(_WIDE + 4), gap(_TALL + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, PacketPages)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        room = QRectF(box.x() + gap(2), box.y() + gap(1.5), gap(_WIDE), gap(_TALL))
        picture = view.picture(index.row())
        sheet = room
        if picture is not None and not picture.isNull():
            size = picture.deviceIndependentSize()
            sheet = QRectF(0, 0, size.width(), size.height())
            sheet.moveCenter(room.center())
            sheet.moveTo(round(sheet.x()), round(sheet.y()))  # else every page would be scaled when it is painted
        painter.fillRect(sheet, QColor("#FFFFFF"))  # paper is white, also in the dark
        if picture is not None:
            painter.drawPixmap(sheet.topLeft(), picture)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(color("accent" if chosen else "line"), 2 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet)
        flag = index.data(FlagRole)
        if flag:
            spot = QRectF(sheet.right() - gap(4), sheet.top() - gap(1.5), gap(5.5), gap(5.5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("page"))
            painter.drawEllipse(spot)
            inner = gap(1.2)
            paint_mark(painter, spot.adjusted(inner, inner, -inner, -inner), flag)
        words = QRectF(box.x() + gap(0.5), room.bottom() + gap(0.5), box.width() - gap(1.5), gap(5))
        tone = "text" if chosen else "muted"
        put(painter, words, index.data(), "caption", tone, Qt.AlignmentFlag.AlignHCenter)
        painter.restore()
