"""The agenda in the room: what is over, what is going on, how long it takes. The chosen row is written beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyleOptionViewItem

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, SectionCard, dealt_with
from planstudio.domain.room import is_running
from planstudio.gui import icons
from planstudio.gui.models.rows import CardRole, Index
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.basics import tip_of
from planstudio.gui.widgets.keys import ENTER, OnKeys
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.painted_rows import PaintedRows, paint_ground, span, square
from planstudio.gui.widgets.time_field import time_words
from planstudio.i18n import _, ngettext

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
        _Rows(self, _("Agenda"))
        OnKeys(self, dict.fromkeys((*ENTER, Qt.Key.Key_F2), self.opened.emit))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListWidget::item { min-height: 0; padding: 0; }")
        self.currentItemChanged.connect(self._on_current)

    def show_meeting(self, meeting: MeetingCard, head: RollHead, chosen: str) -> None:
        """The agenda of *meeting*, the row *chosen* the current one."""
        cards: list[Card] = [head]
        for section in meeting.sections:
            cards += [section, *dealt_with(section.items)]
        with QSignalBlocker(self):
            while self.count() > len(cards):
                self.takeItem(self.count() - 1)
            for n, card in enumerate(cards):
                if n == self.count():
                    self.addItem(QListWidgetItem())
                self._fill(self.item(n), card)
        self.go(chosen)

    def _fill(self, line: QListWidgetItem, card: Card) -> None:
        line.setData(CardRole, card)
        head = isinstance(card, SectionCard)
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line.setFlags(Qt.ItemFlag.NoItemFlags if head else usable)
        line.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(card))
        line.setToolTip("" if isinstance(card, RollHead) else tip_of(card.title))

    def go(self, ident: str) -> None:
        """Make a row the current one, without telling anybody."""
        for n in range(self.count()):
            card = self.item(n).data(CardRole)
            if card.id == ident and not isinstance(card, SectionCard):
                with QSignalBlocker(self):
                    self.setCurrentRow(n)

    def _on_current(self, line: QListWidgetItem | None) -> None:
        if line is not None:
            self.chosen.emit(line.data(CardRole).id)


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


class _Rows(PaintedRows):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, gap(9.5 if isinstance(index.data(CardRole), SectionCard) else 7.75))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card, box = index.data(CardRole), QRectF(option.rect).adjusted(gap(3), 0, -gap(3), 0)
        if isinstance(card, SectionCard):
            title, said = card.title or _("Untitled section"), _("one motion for all") if card.consent else ""
            _put_both(painter, box.adjusted(0, gap(2), 0, 0), f"{card.number}  {title}", "strong", said)
            return
        role = "strong" if paint_ground(painter, option) else "body"
        big = square(box.x() - gap(0.5), box.center().y(), gap(3) + 2 * gap(0.5))
        if isinstance(card, RollHead):
            icons.paint(painter, big, "people", color("muted"))
            _put_both(painter, box.adjusted(gap(5), 0, 0, 0), _("Attendance"), role, card.count)
            return
        running = is_running(card)
        if running:
            icons.paint(painter, big, "clock", color("accent"))
        elif card.ended:
            paint_mark(painter, square(box.x(), box.center().y(), gap(3)), "completed")
        put(painter, span(box, box.x() + gap(5), gap(9)), card.number, "body", "muted")
        look = ("caption strong", "accent") if running else ("caption", "muted")
        title = card.title or _("Untitled item")
        _put_both(painter, box.adjusted(gap(14), 0, 0, 0), title, role, minutes_words(card), *look)


def _put_both(
    painter: QPainter, box: QRectF, words: str, role: str, said: str, look: str = "caption", tone: str = "muted"
) -> None:
    """*words* at the left of a row, and what is *said* at its right."""
    put(painter, box.adjusted(0, 0, -width_of(said, look) - gap(2), 0), words, role)
    put(painter, box, said, look, tone, Qt.AlignmentFlag.AlignRight, elide=False)
