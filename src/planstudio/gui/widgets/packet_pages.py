"""The packet's pages, small: each with its number and what it belongs to, marked where somebody should look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from planstudio.domain.packets import PagePlace
from planstudio.gui.models.rows import CardRole, Index, Rows
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.pages_view import PdfFile
from planstudio.gui.widgets.painted_rows import PaintedRows
from planstudio.i18n import _

_WIDE, _TALL = 22.0, 28.5  # gaps of a small page


class _Places(Rows):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.cards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{place.label}  {place.title}"
            case Qt.ItemDataRole.ToolTipRole:
                return place.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return _("Page {n}: {title}").format(n=place.label, title=place.title)
        return place if role == CardRole else None


class PacketPages(QListView):
    opened = Signal(str)  # an item's id

    def __init__(self) -> None:
        super().__init__()
        self._file: PdfFile | None = None
        self._places = _Places(self)
        self.setModel(self._places)
        self.pictures: dict[int, QPixmap] = {}
        self.flags: Mapping[str, str] = {}
        self._waiting: list[int] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_next)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        _Pages(self, _("Packet pages"))
        self.activated.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(lambda _n: self._ask_for_shown())

    def show_packet(
        self, file: PdfFile | None, places: Sequence[PagePlace], flags: Mapping[str, str] | None = None
    ) -> None:
        """The pages of *file*; *flags* are statuses by the key of the part they mark."""
        at = self.currentIndex().row()
        bar = self.verticalScrollBar().value()
        old, self._file = self._file, file
        self.flags = flags or {}
        self.pictures.clear()
        self._places.show(places)
        if old is not None:
            old.close()
        self._choose(min(at, len(places) - 1))
        self.verticalScrollBar().setValue(bar)
        self._ask_for_shown()

    def go(self, item_id: str) -> None:
        """Show the first page of an agenda item."""
        own = (n for n, place in enumerate(self._places.cards) if place.item_id == item_id)
        self._choose(next(own, -1))  # an item may have no page of its own

    def go_page(self, number: int) -> None:
        """Show a page by its place in the packet, from 1."""
        self._choose(number - 1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, row: int) -> None:
        index = self._places.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_shown()

    def _ask_for_shown(self) -> None:
        """Draw the pages that are seen, first of all."""
        first = self.indexAt(QPoint(gap(_WIDE / 2), gap(1)))
        if not first.isValid():
            first = self.indexAt(QPoint(gap(_WIDE / 2), gap(8)))  # between two rows
        a_row = max(1, self.viewport().width() // gap(_WIDE + 4))
        rows = self.viewport().height() // gap(_TALL + 8) + 2
        start = max(0, first.row()) if first.isValid() else 0
        shown = range(start, min(len(self._places.cards), start + a_row * rows))
        self._waiting = [n for n in shown if n not in self.pictures]
        if self._waiting:
            self._timer.start()

    def _draw_next(self) -> None:
        """Draw one page, so that the window can go on between two."""
        if not self._waiting or self._file is None:
            self._timer.stop()
            return
        page = self._waiting.pop(0)
        width, height = self._file.sizes[page]
        wide = round(min(gap(_WIDE), gap(_TALL) * width / height) * self.devicePixelRatioF())
        picture = self._file.picture(page, wide)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.pictures[page] = picture
        self.update(self._places.index(page, 0))

    def _open(self, index: Index) -> None:
        if item_id := self._places.cards[index.row()].item_id:
            self.opened.emit(item_id)


class _Pages(PaintedRows):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(gap(_WIDE + 4), gap(_TALL + 8))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, PacketPages)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        room = QRectF(box.x() + gap(2), box.y() + gap(1.5), gap(_WIDE), gap(_TALL))
        picture = view.pictures.get(index.row())
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
        if flag := view.flags.get(index.data(CardRole).key):
            _paint_flag(painter, sheet, flag)
        words = QRectF(box.x() + gap(0.5), room.bottom() + gap(0.5), box.width() - gap(1.5), gap(5))
        tone = "text" if chosen else "muted"
        put(painter, words, index.data(), "caption", tone, Qt.AlignmentFlag.AlignHCenter)


def _paint_flag(painter: QPainter, sheet: QRectF, flag: str) -> None:
    """The mark at the corner of a page of which something is to be said."""
    spot = QRectF(sheet.right() - gap(4), sheet.top() - gap(1.5), gap(5.5), gap(5.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("page"))
    painter.drawEllipse(spot)
    inner = gap(1.2)
    paint_mark(painter, spot.adjusted(inner, inner, -inner, -inner), flag)
