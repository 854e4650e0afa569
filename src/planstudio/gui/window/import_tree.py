"""The tree of what was recognised in a document: a row for each element, with a tick and its line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from planstudio.domain.recognised import Lines, Recognised, RecognisedGoal, RecognisedStatement
from planstudio.domain.words import field_word
from planstudio.gui.theme import font, gap
from planstudio.gui.widgets.basics import tip_of
from planstudio.gui.window.import_parts import NAMED, period, shown
from planstudio.gui.window.import_rows import FieldRole, LinesRole, PartRole, walk
from planstudio.i18n import _

NO_LINES = Lines(0, 0)


class ImportTree(QTreeWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setHeaderLabels([_("Recognised"), _("In the plan"), _("Line")])
        self.setAccessibleName(_("Recognised elements; untick what is not to be taken"))
        self.setWordWrap(True)
        self.setIndentation(gap(5))
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(1, gap(34))
        head.resizeSection(2, gap(14))

    def fill(self, found: Recognised) -> None:
        self.clear()
        for field, label in NAMED.items():
            spanned = field == "period"
            if value := period(found.period_start, found.period_end) if spanned else getattr(found, field):
                self._add(self.invisibleRootItem(), value, f"{_(label)}: {value}", NO_LINES, field)
        for line in found.above_goals:
            words = f"{field_word('plan', line.field)}: {line.text}"
            self._add(self.invisibleRootItem(), line, words, line.source, line.field)
        for field in ("statements", "missing"):
            for statement in getattr(found, field):
                self._statement(statement, field)
        for goal in found.goals:
            self._goal(goal)
        self._policies(found)
        self._remarks(found)

    def _add(self, parent: QTreeWidgetItem, part: object, words: str, lines: Lines, field: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words, "", str(lines.first) if lines.first else ""])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked)
        item.setData(0, PartRole, part)
        item.setData(0, FieldRole, field)
        item.setData(0, LinesRole, (lines.first, lines.last))
        item.setToolTip(0, tip_of(words[:600]))
        parent.addChild(item)
        return item

    def _add_head(self, words: str, part: object = None, lines: Lines = NO_LINES, field: str = "") -> QTreeWidgetItem:
        item = self._add(self.invisibleRootItem(), part, words, lines, field)
        item.setFont(0, font("strong"))
        return item

    def _statement(self, found: RecognisedStatement, field: str) -> None:
        top = self._add_head(shown(found), found, found.source, field)
        if found.question:
            self._add(top, found.question, found.question, found.source, "question")
        if found.lead:
            self._add(top, "\n".join(found.paragraphs or (found.lead,)), found.lead, found.source, "lead")
        for item in found.items:
            self._add(top, item, shown(item), item.source, "items")

    def _goal(self, found: RecognisedGoal) -> None:
        top = self._add_head(shown(found), found, found.source, "goals")
        if found.description:
            self._add(top, found.description, found.description, found.description_source, "description")
        for field, items in (("strategies", found.strategies), ("measures", found.measures)):
            for item in items:
                self._add(top, item, shown(item), item.source, field)

    def _policies(self, found: Recognised) -> None:
        for label, field, parts in (
            (_("Policy series"), "series", found.series),
            (_("Policy index"), "policy_index", found.policy_index),
            (_("Policy texts"), "policies", found.policies),
        ):
            if parts:
                top = self._add_head(f"{label} ({len(parts)})")
                for part in parts:
                    self._add(top, part, shown(part), part.source, field)

    def _remarks(self, found: Recognised) -> None:
        """What a careful reader would point at, and every line that is not taken: looked at, not ticked."""
        if found.remarks:
            top = self._add_head(_("Remarks ({n})").format(n=len(found.remarks)))
            for item in (top, *(self._add(top, None, one.message, one.source, "") for one in found.remarks)):
                item.setData(0, Qt.ItemDataRole.CheckStateRole, None)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)

    def rows(self) -> list[QTreeWidgetItem]:
        return [item for item in walk(self.invisibleRootItem()) if item.data(0, FieldRole) != ""]
