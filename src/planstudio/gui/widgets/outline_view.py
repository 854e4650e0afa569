"""The outline at the left: a tree that is read, walked and dragged."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyle, QStyleOptionViewItem, QTreeView

from planstudio.domain.places import NOWHERE, Place
from planstudio.gui import icons
from planstudio.gui.models.outline import CountRole, GapsRole, IconRole, KindRole, OutlineModel, StatusRole
from planstudio.gui.models.rows import Index
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.keys import ENTER, moves
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.painted_rows import PaintedRows, paint_ground, span, square
from planstudio.i18n import _

_OWN = ("statement", "goal", "strategy")  # the rows that can be moved and deleted


class OutlineView(QTreeView):
    chosen = Signal(object)  # a Place
    opened = Signal(object)  # the Place to be written in
    move_requested = Signal(object, int)  # a Place, rows down (or up, negative)
    delete_requested = Signal(object)  # a Place
    several_requested = Signal(str, str, list)  # own, prioritize, move, delete, up or down; table and ids in order

    def __init__(self, model: OutlineModel) -> None:
        super().__init__(headerHidden=True, rootIsDecorated=False, expandsOnDoubleClick=False)
        self._model = model
        self.setModel(model)
        self.setProperty("kind", "outline")  # its rows paint their own ground
        self.setIndentation(gap(4))
        _Rows(self, _("Plan outline"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAutoExpandDelay(700)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._open: set[Place] = set()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        self._at = NOWHERE
        self._several: list[Place] = []
        self._telling = False
        self._pressed = NOWHERE  # the row that was current when the mouse was pressed
        self.clicked.connect(self._on_clicked)
        self._over: QPoint | None = None  # where something is dragged
        self._known: set[Place] = set()

    def go(self, place: Place) -> None:
        """Mark a row as the current one, without telling anybody."""
        self._at = place
        index = self._model.index_of(place)
        if self._telling and index == self.currentIndex():
            return  # the view chooses it itself, perhaps with others
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        else:
            self.clearSelection()

    def expand_first(self, most: int = 40) -> None:
        """Unfold goals until about *most* rows are shown."""
        shown = self._model.rowCount()
        for index in self._tops():
            shown += self._model.rowCount(index)
            if shown > most:
                break
            self.expand(index)

    def _tops(self) -> list[QModelIndex]:
        return [self._model.index(n, 0) for n in range(self._model.rowCount())]

    def _keep(self) -> None:
        self._open = {self._model.place(index) for index in self._tops() if self.isExpanded(index)}
        self._several = [self._model.place(index) for index in self.selectedIndexes()]
        self._known = {self._model.place(index) for index in self._tops()}

    def _bring_back(self) -> None:
        for index in self._tops():
            place = self._model.place(index)
            if place in self._open or (self._known and place not in self._known):
                self.expand(index)
        self.go(self._at)
        for place in self._several if len(self._several) > 1 else ():
            index = self._model.index_of(place)
            if index.isValid():
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        place = self._model.place(current)
        if place and place != self._at and place.noun != "head":
            self._at = place
            self._choose(place)

    def _choose(self, place: Place) -> None:
        self._telling = True
        self.chosen.emit(place)
        self._telling = False

    def _on_clicked(self, index: Index) -> None:
        """The current row may stand for a page below it, such as a policy: a click goes to its own page."""
        place = self._model.place(index)
        if place and place == self._pressed and place.noun != "head" and len(self.selectedIndexes()) < 2:
            self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place, step = self._model.place(self.currentIndex()), moves(event)
        own = place.noun in _OWN
        several = self.chosen_rows()
        act = "delete" if event.key() == Qt.Key.Key_Delete else {-1: "up", 1: "down"}.get(step)
        if len(several) > 1 and act:
            self.several_requested.emit(act, several[0].noun, [one.ident for one in several])
        elif step:
            if own:
                self.move_requested.emit(place, step)
        elif event.key() in (*ENTER, Qt.Key.Key_F2):
            self.opened.emit(place)
        elif event.key() == Qt.Key.Key_Delete and own:
            self.delete_requested.emit(place)
        else:
            super().keyPressEvent(event)

    def chosen_rows(self) -> list[Place]:
        """The rows that are chosen and are of one table, in the order of the plan; the current one's table counts."""
        current = self._model.place(self.currentIndex())
        found = [self._model.place(index) for index in self.selectedIndexes()]
        if current.noun not in _OWN or current not in found:
            return []
        return self._model.in_order([current, *found])

    def _offer_several(self, rows: list[Place], at: QPoint) -> None:
        menu = QMenu(self)
        table, ids = rows[0].noun, [one.ident for one in rows]
        acts = [("up", _("Move up") + "\tAlt+Up"), ("down", _("Move down") + "\tAlt+Down")]
        if table != "statement":
            acts.append(("own", _("Owner…")))
        if table == "strategy":
            acts += [("prioritize", _("Priority…")), ("move", _("Move to…"))]
        acts.append(("delete", _("Delete") + "\tDel"))
        for act, words in acts:
            chosen = menu.addAction(words)
            chosen.triggered.connect(lambda _on=False, act=act: self.several_requested.emit(act, table, ids))
        menu.exec(at)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._over = event.position().toPoint() if event.isAccepted() else None
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._over = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = None
        super().dropEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over is not None:
            self._paint_drop(self._over)

    def _paint_drop(self, at: QPoint) -> None:
        """A line where the rows would land, begun by a disc; a frame around the goal that would take them."""
        where, box = self.dropIndicatorPosition(), QRectF(self.visualRect(self.indexAt(at)))
        spot = QAbstractItemView.DropIndicatorPosition
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("accent"), 2))
            if where == spot.OnItem:
                painter.drawRoundedRect(box.adjusted(1, 1, -gap(1), -1), gap(1.5), gap(1.5))
            elif where != spot.OnViewport:
                y, left = (box.top() if where == spot.AboveItem else box.bottom()), box.left() + gap(2)
                painter.drawLine(QPointF(left, y), QPointF(box.right() - gap(1), y))
                painter.setBrush(color("accent"))
                painter.drawEllipse(QPointF(left, y), gap(0.9), gap(0.9))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a row, at the mouse or by the menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self._model.place(self.currentIndex() if by_key else self.indexAt(event.pos()))
        if place.noun not in _OWN:
            return
        several = self.chosen_rows()
        if len(several) > 1 and place in several:
            self._offer_several(several, event.globalPos())
            return
        menu = QMenu(self)
        menu.addAction(_("Open") + "\tEnter").triggered.connect(lambda: self.opened.emit(place))
        menu.addAction(_("Move up") + "\tAlt+Up").triggered.connect(lambda: self.move_requested.emit(place, -1))
        menu.addAction(_("Move down") + "\tAlt+Down").triggered.connect(lambda: self.move_requested.emit(place, 1))
        menu.addSeparator()
        menu.addAction(_("Delete") + "\tDel").triggered.connect(lambda: self.delete_requested.emit(place))
        menu.exec(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._model.place(self.currentIndex())
        index = self.indexAt(event.position().toPoint())
        at_arrow = event.position().x() > self.viewport().width() - gap(8)
        if index.isValid() and self._model.hasChildren(index) and at_arrow:
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def drawBranches(self, painter: QPainter, rect: object, index: object) -> None:
        """The fold arrow is drawn by the row, at its right."""


class _Rows(PaintedRows):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(gap(20), gap(9.5) if index.data(KindRole) == "head" else gap(7.75))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        if index.data(KindRole) == "head":
            put(painter, box.adjusted(gap(2), gap(2.5), 0, 0), index.data(), "caption strong", "muted")
            return
        chosen = paint_ground(painter, option)
        x, middle, right = box.x() + gap(2), box.center().y(), box.right()
        if status := index.data(StatusRole):
            paint_mark(painter, square(x + gap(0.75), middle, gap(2.75)), status)
        elif name := index.data(IconRole):
            place = QRectF(x, middle - gap(2.1), gap(4.2), gap(4.2))
            icons.paint(painter, place, name, color("accent" if chosen else "muted"))
        x += gap(6)
        count = index.data(CountRole)
        if index.model().hasChildren(index):
            arrow = "down" if option.state & QStyle.StateFlag.State_Open else "next"
            icons.paint(painter, square(right - gap(4) - gap(2), middle, gap(4)), arrow, color("muted"))
        room = width_of(count, "caption") + gap(8) if count else gap(2)
        if index.data(GapsRole):  # something is missing: the tip says what
            room += gap(4)
            _paint_gap(painter, QRectF(right - room + gap(0.5), middle - gap(1.9), gap(3.8), gap(3.8)))
        put(painter, span(box, x, right - x - room), index.data(), "strong" if chosen else "body")
        counted = span(box, right - gap(40), gap(40) - gap(6.5))
        put(painter, counted, count, "caption", "muted", Qt.AlignmentFlag.AlignRight, elide=False)


def _paint_gap(painter: QPainter, box: QRectF) -> None:
    """A question mark in a ring."""
    painter.setPen(QPen(color("amber"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    put(painter, box, "?", "caption strong", "amber", Qt.AlignmentFlag.AlignHCenter, elide=False)
