"""An agenda as a tree of sections and items: read, walked, dragged, and moved by Alt+Up and Alt+Down."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
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
from planstudio.gui.models.outline import Index
from planstudio.gui.theme import color, gap, width_of
from planstudio.gui.widgets.basics import unfold_all
from planstudio.gui.widgets.marks import paint_mark, put
from planstudio.gui.widgets.outline_view import paint_ground
from planstudio.i18n import _, ngettext

CardRole = Qt.ItemDataRole.UserRole
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
        self.setMouseTracking(True)
        self.setAccessibleName(_("Agenda"))
        self.setItemDelegate(_Rows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setItemsExpandable(False)
        self.findings: dict[str, Weight] = {}
        self._filling = False
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
        self._filling = True
        at = self._at
        bar = self.verticalScrollBar().value()
        self.clear()
        for section in meeting.sections:
            head = QTreeWidgetItem([section.title])
            head.setData(0, CardRole, section)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
            head.setFlags(flags | Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsDragEnabled)
            head.setData(0, Qt.ItemDataRole.AccessibleTextRole, _spoken_section(section))
            self.addTopLevelItem(head)
            for item in section.items:
                row = QTreeWidgetItem([item.title])
                row.setData(0, CardRole, item)
                row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
                row.setData(0, Qt.ItemDataRole.AccessibleTextRole, _spoken(item))
                row.setToolTip(0, item.title)
                head.addChild(row)
        unfold_all(self)
        self._filling = False
        self.go(at)
        self.verticalScrollBar().setValue(bar)

    def show_findings(self, findings: Mapping[str, Weight]) -> None:
        """Mark the items that somebody should look at."""
        self.findings = dict(findings)
        self.viewport().update()

    def go(self, ident: str) -> None:
        """Make a row the current one, without telling anybody."""
        self._at = ident
        for row in self._rows():
            if row.data(0, CardRole).id == ident:
                self._filling = True
                self.setCurrentItem(row)
                self._filling = False
                return

    @property
    def current(self) -> AgendaItemCard | SectionCard | None:
        item = self.currentItem()
        card: AgendaItemCard | SectionCard | None = item.data(0, CardRole) if item is not None else None
        return card

    def edit_section(self, ident: str) -> None:
        """Let the title of a section be written."""
        for row in self._rows():
            if row.data(0, CardRole).id == ident:
                self.setCurrentItem(row)
                self.editItem(row, 0)

    def _rows(self) -> list[QTreeWidgetItem]:
        found = []
        for n in range(self.topLevelItemCount()):
            head = self.topLevelItem(n)
            if head is not None:
                found.append(head)
                found += [row for m in range(head.childCount()) if (row := head.child(m)) is not None]
        return found

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
        if item is not None and not self._filling:
            card = item.data(0, CardRole)
            self._at = card.id
            if isinstance(card, AgendaItemCard):
                self.chosen.emit(card.id)

    def _on_edited(self, item: QTreeWidgetItem) -> None:
        card = item.data(0, CardRole)
        if not self._filling and isinstance(card, SectionCard):
            self.section_renamed.emit(card.id, item.text(0))

    def _open(self, item: QTreeWidgetItem) -> None:
        card = item.data(0, CardRole)
        if isinstance(card, AgendaItemCard):
            self.opened.emit(card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card, key = self.current, event.key()
        if self._locked and key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if card is None:
            super().keyPressEvent(event)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(card, -1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(card, AgendaItemCard):
            self.opened.emit(card.id)
        elif control and key == Qt.Key.Key_N:
            self.asked.emit(card.id, "after")
        elif key == Qt.Key.Key_Delete:
            self.asked.emit(card.id, "delete")
        elif key == Qt.Key.Key_F2 and isinstance(card, AgendaItemCard):
            self.opened.emit(card.id)
        else:
            super().keyPressEvent(event)

    def _step(self, card: AgendaItemCard | SectionCard, step: int) -> None:
        """One place up or down; an item goes over the edge of its section into the next."""
        sections = [self._card(self.topLevelItem(n)) for n in range(self.topLevelItemCount())]
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

    @staticmethod
    def _card(item: QTreeWidgetItem | None) -> SectionCard:
        assert item is not None
        card: SectionCard = item.data(0, CardRole)
        return card

    def dropEvent(self, event: QDropEvent) -> None:
        """The rows move when the plan says so."""
        card = self.current
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if card is None or target is None:
            return
        onto = target.data(0, CardRole)
        below = where == QAbstractItemView.DropIndicatorPosition.BelowItem
        above = where == QAbstractItemView.DropIndicatorPosition.AboveItem
        if isinstance(onto, AgendaItemCard) and isinstance(card, AgendaItemCard):
            self._drop_beside(card, onto, self._card(target.parent()), below=below)
            return
        sections = [self._card(self.topLevelItem(n)) for n in range(self.topLevelItemCount())]
        ids = [section.id for section in sections]
        if isinstance(card, SectionCard):
            at = ids.index(onto.id if isinstance(onto, SectionCard) else onto.section_id)
            start = ids.index(card.id)
            to = at if above and isinstance(onto, SectionCard) else at + 1
            if to not in (start, start + 1):
                self.section_moved.emit(card.id, to - 1 if start < to else to)
        else:
            before = sections[ids.index(onto.id) - 1] if above and onto.id != ids[0] else None
            if before is not None:
                count = sum(item.id != card.id for item in before.items)
                self.moved.emit(card.id, count, before.id)
            else:
                self.moved.emit(card.id, 0, onto.id)

    def _drop_beside(self, card: AgendaItemCard, onto: AgendaItemCard, section: SectionCard, *, below: bool) -> None:
        items = [item.id for item in section.items]
        to = items.index(onto.id) + below
        start = items.index(card.id) if card.id in items else len(items)
        self.moved.emit(card.id, to - 1 if start < to else to, section.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self.current
        if card is None or self._locked:
            return
        menu = QMenu(self)
        lines: list[tuple[str, str]] = []
        if isinstance(card, AgendaItemCard):
            lines.append(("open", _("Open") + "\tEnter"))
            if card.consent or card.pulled:
                lines.append(("pull", _("Put back into consent") if card.pulled else _("Take out of consent")))
        else:
            lines.append(("rename", _("Rename") + "\tF2"))
            lines.append(("consent", _("No consent group any more") if card.consent else _("Make it a consent group")))
        lines += [("after", _("Add an item") + "\tCtrl+N"), ("section", _("Add a section below"))]
        for what, words in [*lines, ("delete", _("Delete") + "\tDel")]:
            menu.addAction(words).triggered.connect(lambda _on=False, what=what: self._ask(card, what))
        menu.exec(event.globalPos())

    def _ask(self, card: AgendaItemCard | SectionCard, what: str) -> None:
        if what == "open":
            self.opened.emit(card.id)
        elif what == "rename":
            self.edit_section(card.id)
        else:
            self.asked.emit(card.id, what)


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


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head = isinstance(index.data(CardRole), SectionCard)
        return QSize(0, gap(9.5 if head else 8))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect.adjusted(gap(8), gap(2), -gap(24), 0)
        editor.setGeometry(box)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CardRole)
        painter.save()
        if isinstance(card, SectionCard):
            self._section(painter, option, card)
        else:
            self._item(painter, option, card)
        painter.restore()

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
            put(painter, QRectF(after, box.y(), gap(40), box.height()), _("one motion for all"), "caption", "muted")
        right = box.adjusted(0, 0, -gap(3), 0)
        said = _("{n} min").format(n=card.minutes) if card.minutes else ""
        put(painter, right, said, "caption", "muted", Qt.AlignmentFlag.AlignRight, elide=False)

    def _item(self, painter: QPainter, option: QStyleOptionViewItem, card: AgendaItemCard) -> None:
        chosen = paint_ground(painter, option)
        box = QRectF(option.rect)
        middle, right = box.center().y(), box.right() - gap(3)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            icons.paint(painter, QRectF(box.x() + gap(2), middle - gap(2), gap(4), gap(4)), "grip", color("edge"))
        wide = box.width()
        minutes = "" if card.minutes is None else _("{n} min").format(n=card.minutes)
        end = QRectF(right - gap(_MINUTES), box.y(), gap(_MINUTES), box.height())
        put(painter, end, minutes, "body", "text", Qt.AlignmentFlag.AlignRight, elide=False)
        right -= gap(_MINUTES)
        if wide > gap(_NARROWER):
            right -= gap(_TYPE)
            kind = _("Consent") if card.consent else word(card.type)
            put(painter, QRectF(right, box.y(), gap(_TYPE), box.height()), kind, "body", "muted")
        if wide > gap(_NARROW) and card.links:
            right -= gap(_GOAL)
            labels = ", ".join(link.label for link in card.links)
            put(painter, QRectF(right, box.y(), gap(_GOAL - 2), box.height()), labels, "caption strong", "accent")
        x = box.x() + gap(7)
        put(painter, QRectF(x, box.y(), gap(10), box.height()), card.number, "body", "muted")
        x += gap(10)
        signs = self._signs_of(card)
        x = self._title(painter, card, x, right - gap(3 + _SIGN * len(signs)), box, chosen=chosen)
        for sign in signs:
            self._paint_sign(painter, sign, x + gap(1.5), middle)
            x += gap(_SIGN)

    @staticmethod
    def _title(painter: QPainter, card: AgendaItemCard, x: float, right: float, box: QRectF, *, chosen: bool) -> float:
        words, role = card.title or _("Untitled item"), "strong" if chosen else "body"
        room = max(gap(10), right - x)
        put(painter, QRectF(x, box.y(), room, box.height()), words, role, "text" if card.title else "muted")
        return x + min(room, width_of(words, role))

    def _signs_of(self, card: AgendaItemCard) -> list[str]:
        """An eye for what is not public, a paper clip for files, a mark for what is to be looked at."""
        view = self.parent()
        assert isinstance(view, AgendaView)
        found = ["eye"] if card.access is not Access.PUBLIC else []
        found += ["clip"] if card.files else []
        status = _SIGNS.get(view.findings.get(card.id, Weight.FINE))
        return [*found, status] if status else found

    @staticmethod
    def _paint_sign(painter: QPainter, sign: str, x: float, middle: float) -> None:
        side = gap(3.5)
        if sign in ("eye", "clip"):
            tone = "violet" if sign == "eye" else "muted"
            icons.paint(painter, QRectF(x, middle - side / 2, side, side), sign, color(tone))
        else:
            paint_mark(painter, QRectF(x, middle - gap(1.5), gap(3), gap(3)), sign)
