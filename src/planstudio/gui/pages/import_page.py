"""What was recognised in a document, each element beside its source, corrected or dropped before it is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QSplitter, QTextEdit, QTreeWidget, QTreeWidgetItem, QWidget

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import (
    Lines,
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.domain.words import word
from planstudio.gui.theme import color, font, gap
from planstudio.gui.widgets.basics import area, button, column, row, text, tip_of
from planstudio.gui.widgets.fields import ChoiceField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, long_date, ngettext

PartRole = Qt.ItemDataRole.UserRole  # the element, or which text of its parent this row is
FieldRole = Qt.ItemDataRole.UserRole + 1
LinesRole = Qt.ItemDataRole.UserRole + 2


class ImportPage(QWidget):
    """A tree with a tick before each element; its words can be edited; its lines are shown at the right."""

    taken = Signal(object, str)  # Recognised, the document's name
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("area", "page")
        self._found = Recognised()
        self._name = ""
        self.title = text("", "display", wrap=True)
        self.summary = text("", "body", "muted", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("Recognised"), _("Line")])
        self.tree.setAccessibleName(_("Recognised elements; untick what is not to be taken"))
        self.tree.setWordWrap(True)
        self.tree.setIndentation(gap(5))
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, gap(16))
        self.words = TextField(_("The words of the chosen element"), inline=False, placeholder=_("Choose an element"))
        self.kind = ChoiceField(_("Kind of statement"), list(StatementKind))
        self.source = QPlainTextEdit()
        self.source.setReadOnly(True)
        self.source.setAccessibleName(_("The document"))
        self.source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.source.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.take = button(_("Take into the plan"), "primary")
        leave = button(_("Cancel"), "plain")
        rule = _("Untick what you do not want. Change words below. Nothing is rewritten by itself.")
        hint = text(rule, "body", "muted", wrap=True)
        left = column(
            self.title, 1, self.summary, hint, 2, self.tree, 2,
            text(_("The words of the chosen element"), "caption", "muted"), 0.5, self.words, 1,
            row(self.kind, None), 3,
            row(None, leave, 2, self.take), edge=(8, 6, 5, 5),
        )  # fmt: skip
        left.setStretchFactor(self.tree, 1)
        right = column(text(_("In the document"), "heading"), 2, self.source, edge=(4, 7, 4, 5))
        right.setStretch(2, 1)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(area("page", left))
        split.addWidget(area("side", right))
        split.setSizes([gap(190), gap(130)])
        self.setLayout(column(split))
        leave.clicked.connect(self.closed)
        self.take.clicked.connect(lambda: self.taken.emit(self.chosen(), self._name))
        self.tree.currentItemChanged.connect(lambda item, _before: self._show_item(item))
        self.words.edited.connect(self._on_words)
        self.kind.edited.connect(self._on_kind)

    def open(self, found: Recognised, name: str) -> None:
        """Show what was recognised in the document *name*."""
        self._found, self._name = found, name
        self.title.setText(_("Bring in {name}").format(name=name))
        self.source.setPlainText("\n".join(found.lines))
        self.tree.clear()
        for field, label in (("organization", _("District")), ("plan_title", _("Plan")), ("slogan", _("Slogan"))):
            if value := getattr(found, field):
                self._add(self.tree.invisibleRootItem(), value, f"{label}: {value}", Lines(0, 0), field)
        for field, label, value in (
            ("adopted", _("Adopted"), found.adopted),
            ("period", _("Period"), _period(found.period_start, found.period_end)),
        ):
            if value:
                self._add(self.tree.invisibleRootItem(), value, f"{label}: {value}", Lines(0, 0), field)
        for statement in found.statements:
            self._statement(statement)
        for goal in found.goals:
            self._goal(goal)
        self._policies(found)
        self._remarks(found)
        self.tree.expandToDepth(1)
        count = sum(1 for item in _walk(self.tree.invisibleRootItem()) if item.data(0, FieldRole) != "")
        self.summary.setText(
            ngettext("{n} element was recognised.", "{n} elements were recognised.", count).format(n=count)
            if count
            else _("Nothing of a plan was recognised in this document. You can still copy words from it at the right.")
        )
        if found.remarks:
            n = len(found.remarks)
            look = ngettext("{n} remark is at the end.", "{n} remarks are at the end.", n).format(n=n)
            self.summary.setText(f"{self.summary.text()} {look}")
        self.take.setEnabled(count > 0)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)
        self.tree.setFocus()

    # Filling the tree.

    def _add(self, parent: QTreeWidgetItem, part: object, words: str, lines: Lines, field: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words, str(lines.first) if lines.first else ""])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked)
        item.setData(0, PartRole, part)
        item.setData(0, FieldRole, field)
        item.setData(0, LinesRole, (lines.first, lines.last))
        item.setToolTip(0, tip_of(words[:600]))
        parent.addChild(item)
        return item

    def _statement(self, found: RecognisedStatement) -> None:
        name = found.heading or word(found.kind)
        top = self._add(self.tree.invisibleRootItem(), found, f"{word(found.kind)}: {name}", found.source, "heading")
        top.setFont(0, font("strong"))
        if found.question:
            self._add(top, found.question, found.question, found.source, "question")
        if found.lead:
            self._add(top, found.lead, found.lead, found.source, "lead")
        for item in found.items:
            words = f"{item.title}: {item.whole}" if item.title else item.whole
            self._add(top, item, words, item.source, "items")

    def _goal(self, found: RecognisedGoal) -> None:
        name = " ".join(filter(None, (found.label, found.title)))
        top = self._add(self.tree.invisibleRootItem(), found, name or found.description[:80], found.source, "title")
        top.setFont(0, font("strong"))
        if found.description:
            self._add(top, found.description, found.description, found.description_source, "description")
        if facts := _facts(found.owner, None, found.due, found.notes):
            top.setText(0, f"{top.text(0)}  ({facts})")
        for field, items in (("strategies", found.strategies), ("measures", found.measures)):
            for item in items:
                self._add(top, item, _said(item), item.source, field)

    def _policies(self, found: Recognised) -> None:
        for label, field, parts in (
            (_("Policy series"), "series", found.series),
            (_("Policy index"), "policy_index", found.policy_index),
            (_("Policy texts"), "policies", found.policies),
        ):
            if not parts:
                continue
            top = self._add(self.tree.invisibleRootItem(), None, f"{label} ({len(parts)})", Lines(0, 0), "")
            top.setFont(0, font("strong"))
            for part in parts:
                self._add(top, part, f"{part.number}  {part.title}".strip(), part.source, field)

    def _remarks(self, found: Recognised) -> None:
        """What a careful reader would point at, and every line that is not taken: looked at, not ticked."""
        if not found.remarks:
            return
        top = self._add(
            self.tree.invisibleRootItem(), None, _("Remarks ({n})").format(n=len(found.remarks)), Lines(0, 0), ""
        )
        top.setFont(0, font("strong"))
        for item in (top, *(self._add(top, None, one.message, one.source, "") for one in found.remarks)):
            item.setData(0, Qt.ItemDataRole.CheckStateRole, None)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)

    # Looking and correcting.

    def _show_item(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self.words.commit()
        self.words.show_text(_words(item.data(0, PartRole)))
        self.words.setEnabled(item.data(0, FieldRole) not in ("", "adopted", "period"))
        part = item.data(0, PartRole)
        self.kind.setVisible(isinstance(part, RecognisedStatement))
        if isinstance(part, RecognisedStatement):
            self.kind.show_value(part.kind)
        first, last = item.data(0, LinesRole)
        self._mark(first, last)

    def _mark(self, first: int, last: int) -> None:
        """Show the lines *first* to *last* of the document on the accent's wash."""
        if not first:
            self.source.setExtraSelections([])
            return
        document = self.source.document()
        cursor = QTextCursor(document.findBlockByNumber(first - 1))
        end = document.findBlockByNumber(min(last, document.blockCount()) - 1)
        cursor.setPosition(end.position() + max(0, end.length() - 1), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(color("accent_wash"))
        marked = QTextEdit.ExtraSelection()
        marked.cursor, marked.format = cursor, look
        self.source.setExtraSelections([marked])
        self.source.setTextCursor(QTextCursor(document.findBlockByNumber(first - 1)))
        self.source.centerCursor()

    def _on_words(self, words: str) -> None:
        item = self.tree.currentItem()
        if item is None:
            return
        part, field = item.data(0, PartRole), item.data(0, FieldRole)
        changed = _with_words(part, words)
        item.setData(0, PartRole, changed)
        named = isinstance(part, RecognisedStatement) or field in ("organization", "plan_title", "slogan")
        prefix = item.text(0).split(": ")[0] + ": " if named else ""
        number = f"{part.number}  " if isinstance(part, RecognisedPolicy | RecognisedSeries) else ""
        item.setText(0, prefix + number + words)
        self.words.accept(words)

    def _on_kind(self, kind: StatementKind) -> None:
        item = self.tree.currentItem()
        if item is not None and isinstance(part := item.data(0, PartRole), RecognisedStatement):
            item.setData(0, PartRole, replace(part, kind=kind))
            item.setText(0, f"{word(kind)}: {part.heading or word(kind)}")

    def chosen(self) -> Recognised:
        """What is ticked, with its corrected words."""
        self.words.commit()
        tops = [top for top in _children(self.tree.invisibleRootItem()) if _ticked(top)]
        named = {t.data(0, FieldRole): t.data(0, PartRole) for t in tops if isinstance(t.data(0, PartRole), str)}
        lists: dict[str, Any] = {"series": [], "policy_index": [], "policies": []}
        for top in tops:
            for child in _children(top):
                if child.data(0, FieldRole) in lists and _ticked(child):
                    lists[child.data(0, FieldRole)].append(child.data(0, PartRole))
        dated = "period" in named
        return replace(
            self._found,
            **{name: named.get(name, "") for name in ("organization", "plan_title", "slogan", "adopted")},
            period_start=self._found.period_start if dated else None,
            period_end=self._found.period_end if dated else None,
            statements=tuple(_kept_statement(t) for t in tops if isinstance(t.data(0, PartRole), RecognisedStatement)),
            goals=tuple(_kept_goal(t) for t in tops if isinstance(t.data(0, PartRole), RecognisedGoal)),
            series=tuple(lists["series"]),
            policy_index=tuple(lists["policy_index"]),
            policies=tuple(lists["policies"]),
        )


def _period(start: date | None, end: date | None) -> str:
    return " – ".join(long_date(day) for day in (start, end) if day)


def _facts(owner: str, start: date | None, due: date | None, notes: tuple[str, ...]) -> str:
    """Who and when, as it is taken with an element."""
    dated = _("due {day}").format(day=long_date(due)) if due and not start else _period(start, due)
    return " · ".join(part for part in (owner, dated, *notes) if part)


def _said(item: RecognisedItem) -> str:
    facts = _facts(item.owner, item.start, item.due, item.notes)
    return f"{item.whole}  ({facts})" if facts else item.whole


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for n in range(item.childCount()) if (child := item.child(n)) is not None]


def _walk(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [one for child in _children(item) for one in (child, *_walk(child))]


def _ticked(item: QTreeWidgetItem) -> bool:
    return item.checkState(0) == Qt.CheckState.Checked


def _kept(top: QTreeWidgetItem, field: str) -> tuple[RecognisedItem, ...]:
    return tuple(c.data(0, PartRole) for c in _children(top) if c.data(0, FieldRole) == field and _ticked(c))


def _text_of(top: QTreeWidgetItem, field: str) -> str:
    return next((c.data(0, PartRole) for c in _children(top) if c.data(0, FieldRole) == field and _ticked(c)), "")


def _kept_statement(top: QTreeWidgetItem) -> RecognisedStatement:
    found: RecognisedStatement = top.data(0, PartRole)
    lead = _text_of(top, "lead")
    paragraphs = found.paragraphs if lead == found.lead else ()
    return replace(
        found, question=_text_of(top, "question"), lead=lead, paragraphs=paragraphs, items=_kept(top, "items")
    )


def _kept_goal(top: QTreeWidgetItem) -> RecognisedGoal:
    found: RecognisedGoal = top.data(0, PartRole)
    return replace(
        found,
        description=_text_of(top, "description"),
        strategies=_kept(top, "strategies"),
        measures=_kept(top, "measures"),
    )


def _words(part: object) -> str:
    """The text of an element that can be corrected."""
    match part:
        case RecognisedStatement():
            return part.heading
        case RecognisedGoal() | RecognisedPolicy() | RecognisedSeries():
            return part.title
        case RecognisedItem():
            return part.whole if not part.title else f"{part.title}: {part.whole}"
    return str(part or "")


def _with_words(part: object, words: str) -> object:
    match part:
        case RecognisedStatement():
            return replace(part, heading=words)
        case RecognisedGoal() | RecognisedPolicy() | RecognisedSeries():
            return replace(part, title=words)
        case RecognisedItem():
            title, sep, rest = words.partition(": ")
            if not (part.title and sep):
                title, rest = "", words
            if rest == part.whole:
                return replace(part, title=title)
            return replace(part, title=title, text=rest, evidence="")
    return words
