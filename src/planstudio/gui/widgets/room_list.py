"""The agenda in the room: what is over, what is going on, how long it takes. The chosen row is written beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, SectionCard, dealt_with
from planstudio.domain.room import is_running
from planstudio.gui import icons
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.basics import tip_of
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.outline_view import paint_ground
from planstudio.gui.widgets.time_field import time_words
from planstudio.i18n import _, ngettext

CardRole = Qt.ItemDataRole.UserRole
ROLL = ""  # the id of the first row


@dataclass(frozen=True)
class RollHead:
    """The first row: who is here."""

    count: str  # "6 of 7"
    words: str
    id: str = ROLL


Card = RollHead | SectionCard | AgendaItemCard


class RoomList(QListWidget):
    chosen = Signal(str)  # an item's id, or ROLL
    opened = Signal()  # Enter: to be written in

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Agenda"))
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListWidget::item { min-height: 0; padding: 0; }")
        self._filling = False
        self.currentItemChanged.connect(self._on_current)

    def show_meeting(self, meeting: MeetingCard, head: RollHead, chosen: str) -> None:
        """The agenda of *meeting*, the row *chosen* the current one."""
        cards: list[Card] = [head]
        for section in meeting.sections:
            cards += [section, *dealt_with(section.items)]
        self._filling = True
        while self.count() > len(cards):
            self.takeItem(self.count() - 1)
        for n, card in enumerate(cards):
            if n == self.count():
                self.addItem(QListWidgetItem())
            self._fill(self.item(n), card)
        self._filling = False
        self.go(chosen)

    def _fill(self, line: QListWidgetItem, card: Card) -> None:
        line.setData(CardRole, card)
        head = isinstance(card, SectionCard)
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line.setFlags(Qt.ItemFlag.NoItemFlags if head else usable)
        line.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(card))
        line.setToolTip("" if isinstance(card, RollHead) else tip_of(card.title))
        line.setSizeHint(QSize(0, gap(9.5 if head else 7.75)))

    def go(self, ident: str) -> None:
        """Make a row the current one, without telling anybody."""
        for n in range(self.count()):
            card = self.item(n).data(CardRole)
            if card.id == ident and not isinstance(card, SectionCard):
                self._filling = True
                self.setCurrentRow(n)
                self._filling = False

    def _on_current(self, line: QListWidgetItem | None) -> None:
        if line is not None and not self._filling:
            self.chosen.emit(line.data(CardRole).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def minutes_words(item: AgendaItemCard) -> str:
    """ "9 of 8 min", "since 6:42 PM", "8 min"."""
    if is_running(item):
        return _("since {time}").format(time=time_words(item.began))
    if item.actual is not None and item.minutes is not None:
        return _("{actual} of {n} min").format(actual=item.actual, n=item.minutes)
    n = item.minutes if item.actual is None else item.actual
    return "" if n is None else _("{n} min").format(n=n)


def _spoken(card: Card) -> str:
    """The row in words, in the order in which it is seen."""
    if isinstance(card, RollHead):
        return _("Attendance, {words}").format(words=card.words)
    if isinstance(card, SectionCard):
        return f"{card.number} {card.title}"
    planned = ngettext("{n} minute planned", "{n} minutes planned", card.minutes or 0).format(n=card.minutes or 0)
    taken = "" if card.actual is None else ngettext("{n} taken", "{n} taken", card.actual).format(n=card.actual)
    running = minutes_words(card) if is_running(card) else ""
    consent = _("consent") if card.consent else ""
    return ", ".join(filter(None, (f"{card.number} {card.title}", consent, planned, taken, running)))


class _Rows(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(CardRole)
        painter.save()
        if isinstance(card, SectionCard):
            self._section(painter, QRectF(option.rect), card)
        else:
            chosen = paint_ground(painter, option)
            self._row(painter, QRectF(option.rect), card, "strong" if chosen else "body")
        painter.restore()

    def _section(self, painter: QPainter, box: QRectF, card: SectionCard) -> None:
        box = box.adjusted(gap(3), gap(2), -gap(3), 0)
        title = card.title or _("Untitled section")
        words = f"{card.number}  {title}"
        said = _("one motion for all") if card.consent else ""
        right = width_of(said, "caption")
        put(painter, box.adjusted(0, 0, -right - gap(2), 0), words, "strong")
        put(painter, box, said, "caption", "muted", Qt.AlignmentFlag.AlignRight, elide=False)

    def _row(self, painter: QPainter, box: QRectF, card: RollHead | AgendaItemCard, role: str) -> None:
        box = box.adjusted(gap(3), 0, -gap(3), 0)
        sign = QRectF(box.x(), box.center().y() - gap(1.5), gap(3), gap(3))
        if isinstance(card, RollHead):
            icons.paint(painter, sign.adjusted(-gap(0.5), -gap(0.5), gap(0.5), gap(0.5)), "people", color("muted"))
            put(painter, box.adjusted(gap(5), 0, 0, 0), _("Attendance"), role)
            put(painter, box, card.count, "caption", "muted", Qt.AlignmentFlag.AlignRight, elide=False)
            return
        running = is_running(card)
        if running:
            icons.paint(painter, sign.adjusted(-gap(0.5), -gap(0.5), gap(0.5), gap(0.5)), "clock", color("accent"))
        elif card.ended:
            paint_mark(painter, sign, "completed")
        said = minutes_words(card)
        look, tone = ("caption strong", "accent") if running else ("caption", "muted")
        right = width_of(said, look)
        put(painter, QRectF(box.x() + gap(5), box.y(), gap(9), box.height()), card.number, "body", "muted")
        put(painter, box.adjusted(gap(14), 0, -right - gap(2), 0), card.title or _("Untitled item"), role)
        put(painter, box, said, look, tone, Qt.AlignmentFlag.AlignRight, elide=False)
