"""An agenda as a tree of sections and items: read, walked, dragged, and moved by Alt+Up and Alt+Down."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, SectionCard
from planstudio.domain.kinds import Access, ItemState
from planstudio.domain.preflight import Weight
from planstudio.domain.words import word
from planstudio.gui import icons
from planstudio.gui.models.rows import CardRole, Index
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.basics import unfold_all
from planstudio.gui.widgets.keys import ENTER, moves
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.painted_rows import PaintedRows, paint_ground, span, square
from planstudio.i18n import _, ngettext

Card = AgendaItemCard | SectionCard
_SIGNS = {Weight.MUST: "off track", Weight.SHOULD: "at risk"}
_TYPE, _GOAL, _MINUTES = 28, 28, 16  # widths in gaps
_NARROW, _NARROWER = 150, 110
_SIGN = 4.5  # gaps of a sign behind a title


class AgendaView(QTreeWidget):
    chosen = Signal(str)  # an item's id, as one walks through the agenda
    opened = Signal(str)  # an item's id
    moved = Signal(str, int, str)  # an item's id, its new place, its section's id
    section_moved = Signal(str, int)
    section_renamed = Signal(str, str)
    asked = Signal(str, str)  # an item's or section's id, what: after, delete, rename, pull, consent …

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setProperty("kind", "outline")
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        _Rows(self, _("Agenda"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setItemsExpandable(False)
        self.findings: dict[str, Weight] = {}
        self._at = ""
        self._waiting: MeetingCard | None = None
        self._locked = False
        self.itemChanged.connect(self._on_edited)
        self.currentItemChanged.connect(self._on_current)
        self.itemDoubleClicked.connect(self._open)

    # Values in.

    def show_meeting(self, meeting: MeetingCard) -> None:
        """The agenda of *meeting*; the row one stands on stays the current one.

        While a section is being named the rows stay, and follow when it is done.
        """
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = meeting
            return
        self._waiting = None
        bar = self.verticalScrollBar().value()
        flag = Qt.ItemFlag
        usable = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled
        with QSignalBlocker(self):
            self.clear()
            for section in meeting.sections:
                head = _row(section, _spoken_section(section))
                head.setFlags(usable | flag.ItemIsEditable | flag.ItemIsDropEnabled)
                self.addTopLevelItem(head)
                for item in section.items:
                    row = _row(item, _spoken(item))
                    row.setFlags(usable)
                    row.setToolTip(0, item.title)
                    head.addChild(row)
            unfold_all(self)
        self.go(self._at)
        self.verticalScrollBar().setValue(bar)

    def show_findings(self, findings: Mapping[str, Weight]) -> None:
        """Mark the items that somebody should look at."""
        self.findings = dict(findings)
        self.viewport().update()

    def go(self, ident: str) -> None:
        """Make a row the current one, without telling anybody."""
        self._at = ident
        if (row := self._row_of(ident)) is not None:
            with QSignalBlocker(self):
                self.setCurrentItem(row)

    @property
    def current(self) -> Card | None:
        item = self.currentItem()
        card: Card | None = item.data(0, CardRole) if item is not None else None
        return card

    def edit_section(self, ident: str) -> None:
        """Let the title of a section be written."""
        if (row := self._row_of(ident)) is not None:
            self.setCurrentItem(row)
            self.editItem(row, 0)

    def _rows(self) -> list[QTreeWidgetItem]:
        return self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)

    def _row_of(self, ident: str) -> QTreeWidgetItem | None:
        return next((row for row in self._rows() if row.data(0, CardRole).id == ident), None)

    def lock(self, locked: bool) -> None:
        """Nobody names or drags anything in a plan that is only read."""
        if locked == self._locked:
            return
        self._locked = locked
        trigger, mode = QAbstractItemView.EditTrigger, QAbstractItemView.DragDropMode
        self.setEditTriggers(trigger.NoEditTriggers if locked else trigger.EditKeyPressed)
        self.setDragDropMode(mode.NoDragDrop if locked else mode.InternalMove)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._waiting is not None:
            self.show_meeting(self._waiting)

    # Signals out.

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            card = item.data(0, CardRole)
            self._at = card.id
            if isinstance(card, AgendaItemCard):
                self.chosen.emit(card.id)

    def _on_edited(self, item: QTreeWidgetItem) -> None:
        card = item.data(0, CardRole)
        if isinstance(card, SectionCard):
            self.section_renamed.emit(card.id, item.text(0))

    def _open(self, item: QTreeWidgetItem) -> None:
        card = item.data(0, CardRole)
        if isinstance(card, AgendaItemCard):
            self.opened.emit(card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card, key = self.current, event.key()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if card is None or (self._locked and key not in ENTER):
            super().keyPressEvent(event)
        elif step := moves(event):
            self._step(card, step)
        elif key in (*ENTER, Qt.Key.Key_F2) and isinstance(card, AgendaItemCard):
            self.opened.emit(card.id)
        elif control and key == Qt.Key.Key_N:
            self.asked.emit(card.id, "after")
        elif key == Qt.Key.Key_Delete:
            self.asked.emit(card.id, "delete")
        else:
            super().keyPressEvent(event)

    def _step(self, card: Card, step: int) -> None:
        """One place up or down; an item goes over the edge of its section into the next."""
        sections = self._sections()
        if isinstance(card, SectionCard):
            at = [one.id for one in sections].index(card.id)
            if 0 <= at + step < len(sections):
                self.section_moved.emit(card.id, at + step)
            return
        here = next(n for n, one in enumerate(sections) if one.id == card.section_id)
        place = [item.id for item in sections[here].items].index(card.id)
        if 0 <= place + step < len(sections[here].items):
            self.moved.emit(card.id, place + step, card.section_id)
        elif 0 <= here + step < len(sections):
            there = sections[here + step]
            self.moved.emit(card.id, len(there.items) if step < 0 else 0, there.id)

    def _sections(self) -> list[SectionCard]:
        heads = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        return [head.data(0, CardRole) for head in heads if head is not None]

    def dropEvent(self, event: QDropEvent) -> None:
        """The rows move when the plan says so."""
        card = self.current
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if card is None or target is None:
            return
        onto, sections = target.data(0, CardRole), self._sections()
        ids = [section.id for section in sections]
        on_head = isinstance(onto, SectionCard)
        at = ids.index(onto.id if on_head else onto.section_id)
        above = where == QAbstractItemView.DropIndicatorPosition.AboveItem
        if isinstance(card, SectionCard):
            start, to = ids.index(card.id), at if above and on_head else at + 1
            if to not in (start, start + 1):
                self.section_moved.emit(card.id, to - 1 if start < to else to)
        elif not on_head:
            items = [item.id for item in sections[at].items]
            to = items.index(onto.id) + (where == QAbstractItemView.DropIndicatorPosition.BelowItem)
            start = items.index(card.id) if card.id in items else len(items)
            self.moved.emit(card.id, to - 1 if start < to else to, ids[at])
        elif above and at > 0:
            self.moved.emit(card.id, sum(item.id != card.id for item in sections[at - 1].items), ids[at - 1])
        else:
            self.moved.emit(card.id, 0, onto.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self.current
        if card is None or self._locked:
            return
        if isinstance(card, AgendaItemCard):
            lines = [("open", _("Open") + "\tEnter")]
            if card.consent or card.pulled:
                lines.append(("pull", _("Put back into consent") if card.pulled else _("Take out of consent")))
        else:
            consent = _("No consent group any more") if card.consent else _("Make it a consent group")
            lines = [("rename", _("Rename") + "\tF2"), ("consent", consent)]
        lines += [("after", _("Add an item") + "\tCtrl+N"), ("section", _("Add a section below"))]
        menu = QMenu(self)
        for what, words in [*lines, ("delete", _("Delete") + "\tDel")]:
            menu.addAction(words).triggered.connect(lambda _on=False, what=what: self._ask(card, what))
        menu.exec(event.globalPos())

    def _ask(self, card: Card, what: str) -> None:
        if what == "open":
            self.opened.emit(card.id)
        elif what == "rename":
            self.edit_section(card.id)
        else:
            self.asked.emit(card.id, what)


def _row(card: Card, spoken: str) -> QTreeWidgetItem:
    made = QTreeWidgetItem([card.title])
    made.setData(0, CardRole, card)
    made.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
    return made


def _spoken(item: AgendaItemCard) -> str:
    """The row in words, in the order in which it is seen."""
    minutes = ngettext("{n} minute", "{n} minutes", item.minutes or 0).format(n=item.minutes) if item.minutes else ""
    goals = ", ".join(link.label for link in item.goals)
    access = word(item.access) if item.access is not Access.PUBLIC else ""
    state = word(item.state) if item.state in (ItemState.SUBMITTED, ItemState.RETURNED) else ""
    consent = _("consent") if item.consent else ""
    parts = (f"{item.number} {item.title}", goals, word(item.type), access, state, consent, minutes)
    return ", ".join(filter(None, parts))


def _spoken_section(section: SectionCard) -> str:
    minutes = ngettext("{n} minute", "{n} minutes", section.minutes).format(n=section.minutes)
    return f"{section.number} {section.title}, {minutes}"


class _Rows(PaintedRows):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, gap(9.5 if isinstance(index.data(CardRole), SectionCard) else 8))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(gap(8), gap(2), -gap(24), 0))

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CardRole)
        (self._section if isinstance(card, SectionCard) else self._item)(painter, option, card)

    def _section(self, painter: QPainter, option: QStyleOptionViewItem, card: SectionCard) -> None:
        box = QRectF(option.rect).adjusted(0, gap(2), 0, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            option.rect = box.toRect()
            paint_ground(painter, option)
        title = card.title or _("Untitled section")
        words = f"{card.number}  {title}"
        put(painter, box.adjusted(gap(3), 0, -gap(_MINUTES), 0), words, "strong")
        if card.consent:
            after = box.x() + gap(3) + width_of(words, "strong") + gap(2)
            put(painter, span(box, after, gap(40)), _("one motion for all"), "caption", "muted")
        right = box.adjusted(0, 0, -gap(3), 0)
        said = _("{n} min").format(n=card.minutes) if card.minutes else ""
        put(painter, right, said, "caption", "muted", Qt.AlignmentFlag.AlignRight, elide=False)

    def _item(self, painter: QPainter, option: QStyleOptionViewItem, card: AgendaItemCard) -> None:
        chosen = paint_ground(painter, option)
        box = QRectF(option.rect)
        middle, right = box.center().y(), box.right() - gap(3)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            icons.paint(painter, square(box.x() + gap(2), middle, gap(4)), "grip", color("edge"))
        minutes = "" if card.minutes is None else _("{n} min").format(n=card.minutes)
        right -= gap(_MINUTES)
        end = span(box, right, gap(_MINUTES))
        put(painter, end, minutes, "body", "text", Qt.AlignmentFlag.AlignRight, elide=False)
        if box.width() > gap(_NARROWER):
            right -= gap(_TYPE)
            kind = _("Consent") if card.consent else word(card.type)
            put(painter, span(box, right, gap(_TYPE)), kind, "body", "muted")
        if box.width() > gap(_NARROW) and card.links:
            right -= gap(_GOAL)
            labels = ", ".join(link.label for link in card.links)
            put(painter, span(box, right, gap(_GOAL - 2)), labels, "caption strong", "accent")
        x = box.x() + gap(7)
        put(painter, span(box, x, gap(10)), card.number, "body", "muted")
        x += gap(10)
        signs = self._signs_of(card)
        room = max(gap(10), right - gap(3 + _SIGN * len(signs)) - x)
        words, role = card.title or _("Untitled item"), "strong" if chosen else "body"
        put(painter, span(box, x, room), words, role, "text" if card.title else "muted")
        x += min(room, width_of(words, role))
        for sign in signs:
            _paint_sign(painter, sign, x + gap(1.5), middle)
            x += gap(_SIGN)

    def _signs_of(self, card: AgendaItemCard) -> list[str]:
        """An eye for what is not public, a paper clip for files, a mark for what is to be looked at."""
        view = self.parent()
        assert isinstance(view, AgendaView)
        eye = "eye" if card.access is not Access.PUBLIC else ""
        status = _SIGNS.get(view.findings.get(card.id, Weight.FINE), "")
        return [sign for sign in (eye, "clip" if card.files else "", status) if sign]


def _paint_sign(painter: QPainter, sign: str, x: float, middle: float) -> None:
    if sign in ("eye", "clip"):
        icons.paint(painter, square(x, middle, gap(3.5)), sign, color("violet" if sign == "eye" else "muted"))
    else:
        paint_mark(painter, square(x, middle, gap(3)), sign)
