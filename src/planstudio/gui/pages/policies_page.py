"""The policy manual: its series and policies in the order of their codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from planstudio.domain.cards import PolicyCard, SeriesCard
from planstudio.domain.folding import holds
from planstudio.domain.places import Place
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import font, gap
from planstudio.gui.widgets.basics import area, button, column, complain, complaint, quiet, row, text, unfold_all
from planstudio.gui.widgets.fields import LineField
from planstudio.gui.widgets.painted import search_line
from planstudio.i18n import N_, _, medium_date, ngettext
from planstudio.operations.policies import add_policy, add_series, delete_series, edit_series
from planstudio.queries.policies import all_policies, all_series

IdRole = Qt.ItemDataRole.UserRole


@shows(page="policies", title=N_("Policies"), also=("policy_series",))
class PoliciesPage(Page):
    watches = frozenset(("policy", "policy_version", "policy_series", "policy_link"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = text("", "body", "muted")
        self.search = search_line(_("Find a policy by code or title"), _("Find a policy"))
        self.list = _List()
        self.code = LineField(_("Code"), placeholder="5145")
        self.title = LineField(_("Title"))
        self.number = LineField(_("Series"), placeholder="5000")
        self.series_title = LineField(_("Title of the series"))
        self._empty = quiet(_("No policies yet. Add one below, or bring in your policy index from a document."))
        self.add = button(_("Add policy"), "plain", "plus", act=self._add)
        self.add_series = button(_("Add series"), "plain", "plus", act=self._add_series)
        self.error = complaint()
        self.rename = button(_("Rename series"), "quiet", "pencil", act=self.list.edit_current)
        self.delete = button(
            _("Delete series"), "quiet", "trash", act=lambda: self._delete_series(self.list.current_series())
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        entry = row(self.code, self.title, self.add, 6, self.number, self.series_title, self.add_series, space=2)
        entry.setStretch(1, 3)
        entry.setStretch(5, 2)
        self.search.setFixedWidth(gap(56))
        for field, verb in ((self.code, self.add), (self.number, self.add_series)):
            field.setMaximumWidth(gap(24))
            entry.setAlignment(verb, Qt.AlignmentFlag.AlignBottom)
        for verb in (self.rename, self.delete):
            verb.hide()
        head = row(text(_("Policies"), "display"), 2, self.count, None, self.rename, self.delete, 2, self.search)
        box = column(head, 3, self._empty, self.list, 3, entry, self.error, edge=(8, 6, 8, 5), grow=3)
        self.set_body(area("page", box))

    def _connect(self) -> None:
        self.title.entry.returnPressed.connect(self._add)
        self.series_title.entry.returnPressed.connect(self._add_series)
        self.search.textEdited.connect(lambda _words: self._show())
        self.list.opened.connect(lambda ident: self.go_requested.emit(Place("policy", ident)))
        self.list.series_delete_requested.connect(self._delete_series)
        self.list.currentItemChanged.connect(lambda *_items: self._show_verbs())
        self.list.series_renamed.connect(self._rename_series)
        self.desk.failed.connect(self._on_failed)

    def refresh(self) -> None:
        self._policies = self.desk.ask(all_policies, self.desk.plan_id)
        self._series = self.desk.ask(all_series)
        self._show()

    def _show(self) -> None:
        words = self.search.text().strip()
        shown = [p for p in self._policies if holds(f"{p.code} {p.title}", words)]
        self.count.setText(ngettext("{n} policy", "{n} policies", len(self._policies)).format(n=len(self._policies)))
        self.list.show_policies(shown, [] if words else self._series)
        self._empty.setVisible(not self._policies)

    def _add(self) -> None:
        self.error.hide()
        code = self.code.entry.text()
        series = max(
            (s for s in self._series if s.number and code.startswith(s.number[:1])),
            key=lambda s: s.number,
            default=None,
        )
        done = self.desk.do(
            _("Add policy {code}").format(code=code),
            add_policy,
            code,
            self.title.entry.text(),
            series_id=series.id if series else None,
        )
        if done:
            self.code.entry.clear()
            self.title.entry.clear()
            self.go_requested.emit(Place("policy", done.answer))

    def _add_series(self) -> None:
        self.error.hide()
        if self.desk.do(_("Add a series"), add_series, self.number.entry.text(), self.series_title.entry.text()):
            self.number.entry.clear()
            self.series_title.entry.clear()

    def _show_verbs(self) -> None:
        for verb in (self.rename, self.delete):
            verb.setVisible(bool(self.list.current_series()))

    def _delete_series(self, ident: str) -> None:
        one = next((series for series in self._series if series.id == ident), None)
        if one is not None:
            self.remove(f"{one.number} {one.title}".strip(), delete_series, ident)

    def _rename_series(self, ident: str, words: str) -> None:
        number, _space, title = words.strip().partition(" ")
        if not number[:1].isdigit() and len(number) > 2:
            number, title = "", words
        self.desk.do(_("Rename a series"), edit_series, ident, number=number, title=title)

    def _on_failed(self, error: Exception) -> None:
        if self.isVisible():
            complain(self.error, str(error))


class _List(QTreeWidget):
    opened = Signal(str)
    series_delete_requested = Signal(str)
    series_renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(4)
        self.setHeaderLabels([_("Policy"), _("State"), _("Adopted"), _("Attached to")])
        self.setAccessibleName(_("Policies"))
        self.setRootIsDecorated(False)
        self.setIndentation(gap(3))
        self.setUniformRowHeights(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for n, steps in ((1, 34), (2, 32), (3, 34)):
            head.resizeSection(n, gap(steps))
        self.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed | QTreeWidget.EditTrigger.DoubleClicked)
        self._filling = False
        self.itemChanged.connect(self._on_item_changed)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)
        self.setStyleSheet(f"QTreeView::item {{ height: {gap(8)}px; }}")

    def show_policies(self, policies: Sequence[PolicyCard], series: Sequence[SeriesCard]) -> None:
        self._filling = True
        self.clear()
        heads: dict[str | None, QTreeWidgetItem] = {}
        for one in series:
            heads[one.id] = self._head(f"{one.number}  {one.title}".strip(), one.id)
        for policy in policies:
            key = policy.series.id if policy.series else None
            if key not in heads:
                name = f"{policy.series.number}  {policy.series.title}" if policy.series else _("Without a series")
                heads[key] = self._head(name, key or "")
            uses = ngettext("{n} element", "{n} elements", len(policy.uses)).format(n=len(policy.uses))
            adopted = medium_date(policy.adopted) if policy.adopted else ""
            words = [f"{policy.code}   {policy.title}", word(policy.state), adopted, uses if policy.uses else ""]
            item = QTreeWidgetItem(words)
            item.setData(0, IdRole, ("policy", policy.id))
            heads[key].addChild(item)
        unfold_all(self)
        self._filling = False

    def current_series(self) -> str:
        """The id of the series whose line is current; "" for none."""
        item = self.currentItem()
        table, ident = (item.data(0, IdRole) if item is not None else None) or ("", "")
        return str(ident) if table == "policy_series" else ""

    def edit_current(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.editItem(item, 0)

    def _head(self, words: str, ident: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem([words])
        head.setFont(0, font("strong"))
        head.setData(0, IdRole, ("policy_series", ident))
        if ident:
            head.setFlags(head.flags() | Qt.ItemFlag.ItemIsEditable)
            head.setToolTip(0, _("F2 or a double click renames this series"))
        self.addTopLevelItem(head)
        return head

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None:
            table, ident = item.data(0, IdRole)
            if table == "policy_series" and ident:
                self.series_delete_requested.emit(ident)
        else:
            super().keyPressEvent(event)

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        table, ident = item.data(0, IdRole) or ("", "")
        if not self._filling and table == "policy_series" and ident:
            self.series_renamed.emit(ident, item.text(0))

    def _open(self, item: QTreeWidgetItem, _column: int) -> None:
        table, ident = item.data(0, IdRole)
        if table == "policy":
            self.opened.emit(ident)
