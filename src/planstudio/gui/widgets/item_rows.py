"""The entries of a statement, read and edited in place, moved by their handle or by Alt+Up and Alt+Down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from planstudio.domain.cards import ItemCard
from planstudio.domain.errors import PlanStudioError
from planstudio.gui.icons import icon
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.basics import column, dress, more_tool, plain, row, text
from planstudio.gui.widgets.kept_rows import kept_rows
from planstudio.gui.widgets.keys import moves
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _

MIME = "application/x-planstudio-item"


class ItemRow(QFrame):
    """One entry: handle, title, text, and what it is evidenced by."""

    edited = Signal(str, str, str)  # id, field, text
    asked = Signal(str, str)  # id, what: up, down, delete, attach, after

    def __init__(self, card: ItemCard, number: int) -> None:
        super().__init__()
        self.card = card
        self.setProperty("area", "row")
        self.handle = _Handle(self)
        self.title = TextField(_("Title of entry {n}").format(n=number), role="strong", placeholder=_("Title"))
        self.text = RichField(_("Text of entry {n}").format(n=number), placeholder=_("Text"))
        self.evidence = RichField(_("Evidence for entry {n}").format(n=number), placeholder=_("What shows it"))
        self.more = self._menu()
        self._evidence_label = text(_("As evidenced by"), "caption", "muted")
        self._body = plain(column(column(self.text, self._evidence_label, self.evidence, space=1), None))
        self._title_box = plain(column(self.title, None))
        handle = plain(column(0.75, self.handle, None))
        line = row(handle, 1, self._title_box, 1, self._body, self.more, edge=(1, 1.75, 1, 1.75), grow=4, top=self.more)
        self.setLayout(line)
        self._title_box.setFixedWidth(gap(32))
        self.fields: dict[str, TextField | RichField] = {
            "title": self.title, "text": self.text, "evidence": self.evidence,
        }  # fmt: skip
        for name, field in self.fields.items():
            field.edited.connect(lambda words, name=name: self.edited.emit(self.card.id, name, words))
            field.focused.connect(lambda _here: self._dress())
        self.title.finished.connect(lambda: self.text.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.show_card(card)

    def _menu(self) -> QToolButton:
        more, menu = more_tool(_("More"))
        for what, words in (
            ("after", _("Add an entry below") + "\tCtrl+N"), ("title", _("Write a title")),
            ("attach", _("Attach policy…")), ("up", _("Move up") + "\tAlt+Up"),
            ("down", _("Move down") + "\tAlt+Down"), ("delete", _("Delete")),
        ):  # fmt: skip
            menu.addAction(words).triggered.connect(lambda _on=False, what=what: self._ask(what))
        return more

    def _ask(self, what: str) -> None:
        if what == "title":
            self.begin()
        else:
            self.asked.emit(self.card.id, what)

    def begin(self) -> None:
        """Put the cursor into the title."""
        self._title_box.show()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_card(self, card: ItemCard) -> None:
        self.card = card
        for name, field in self.fields.items():
            field.show_text(getattr(card, name))
        self._dress()

    def _dress(self) -> None:
        """The row that is written in is a card with all its fields; the others show what they hold."""
        focus = self.window().focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        dress(self, "area", "open" if inside else "row")
        # A field that came to the left of words already there would push them from under the mouse.
        self._title_box.setVisible(bool(self.card.title) or (inside and not self.card.text) or self.title.hasFocus())
        evidence = bool(self.card.evidence) or inside
        self.evidence.setVisible(evidence)
        self._evidence_label.setVisible(evidence)
        self.text.setVisible(bool(self.card.text) or inside or not self.card.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := moves(event):
            self.asked.emit(self.card.id, "up" if step < 0 else "down")
        else:
            super().keyPressEvent(event)


class _Handle(QLabel):
    """Six dots to take a row by."""

    def __init__(self, line: ItemRow) -> None:
        super().__init__()
        self._line = line
        self._pressed = QPoint()
        self.setPixmap(icon("grip", "edge").pixmap(gap(4), gap(4)))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Drag to move, or press Alt+Up and Alt+Down"))
        self.setFixedWidth(gap(5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if (event.position().toPoint() - self._pressed).manhattanLength() < gap(1.5):
            return
        carried = QMimeData()
        carried.setData(MIME, self._line.card.id.encode())
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.setPixmap(self._line.grab().scaledToWidth(gap(60), Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)


class ItemRows(QWidget):
    """All entries, hairlines between them; an accent line shows where a dragged one would go."""

    edited = Signal(str, str, str)
    asked = Signal(str, str)
    moved = Signal(str, int)  # id, new place

    def __init__(self) -> None:
        super().__init__()
        self._box = column()
        self.setLayout(self._box)
        self.rows: list[ItemRow] = []
        self._drop = -1
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_items(self, items: Sequence[ItemCard]) -> None:
        rows, places = {line.card.id: line for line in self.rows}, {item.id: n for n, item in enumerate(items, 1)}
        new = partial(self._new, places)
        self.rows = kept_rows(self._box, rows, {item.id: item for item in items}, new, ruled=True)
        for line, item in zip(self.rows, items, strict=True):
            line.show_card(item)

    def _new(self, places: Mapping[str, int], item: ItemCard) -> ItemRow:
        line = ItemRow(item, places[item.id])
        line.edited.connect(self.edited)
        line.asked.connect(self.asked)
        return line

    def row_of(self, item_id: str) -> ItemRow | None:
        return next((line for line in self.rows if line.card.id == item_id), None)

    def open(self, item_id: str) -> None:
        """Put the cursor into the entry's title."""
        if (line := self.row_of(item_id)) is not None:
            line.begin()

    def refuse(self, item_id: str, field: str, error: PlanStudioError) -> None:
        if (line := self.row_of(item_id)) is not None:
            line.fields[field].complain(str(error))

    # Drop.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drop = self._place(event.position().toPoint().y())
        event.acceptProposedAction()
        self.update()

    def dragLeaveEvent(self, _event: object) -> None:
        self._drop = -1
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        item_id = bytes(event.mimeData().data(MIME).data()).decode()
        to, self._drop = self._place(event.position().toPoint().y()), -1
        start = next((n for n, line in enumerate(self.rows) if line.card.id == item_id), None)
        self.update()
        event.acceptProposedAction()
        if start is not None:
            self.moved.emit(item_id, to - 1 if start < to else to)

    def _place(self, y: int) -> int:
        return sum(1 for line in self.rows if line.geometry().center().y() < y)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop >= 0 and self.rows:
            last = self.rows[-1].geometry().bottom()
            y = self.rows[self._drop].geometry().top() if self._drop < len(self.rows) else last
            with QPainter(self) as painter:
                painter.fillRect(0, max(0, y - 1), self.width(), 3, color("accent"))
