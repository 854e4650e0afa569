"""The policy manual: its series and policies in the order of their codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from planstudio.domain.cards import PolicyCard, SeriesCard
from planstudio.domain.folding import holds
from planstudio.domain.places import Place
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.place_tree import PlaceRole, PlaceTree
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, complain, complaint, quiet, row, text, unfold_all
from planstudio.gui.widgets.fields import LineField
from planstudio.gui.widgets.painted import search_line
from planstudio.i18n import N_, _, medium_date, ngettext
from planstudio.operations.policies import add_policy, add_series, delete_series, edit_series
from planstudio.queries.policies import all_policies, all_series


@shows(page="policies", title=N_("Policies"), also=("policy_series",))
class PoliciesPage(Page):
    watches = ("policy", "policy_version", "policy_series", "policy_link")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.count = text("", "body", "muted")
        self.search = search_line(_("Find a policy by code or title"), _("Find a policy"))
        self.list = _List()
        self.code, self.title = LineField(_("Code"), placeholder="5145"), LineField(_("Title"))
        self.number, self.series_title = LineField(_("Series"), placeholder="5000"), LineField(_("Title of the series"))
        self._empty = quiet(_("No policies yet. Add one below, or bring in your policy index from a document."))
        self.add = button(_("Add policy"), "plain", "plus", act=self._add)
        self.add_series = button(_("Add series"), "plain", "plus", act=self._add_series)
        self.error = complaint()
        self.rename = button(_("Rename series"), "quiet", "pencil", act=self.list.edit_current)
        self.delete = button(_("Delete series"), "quiet", "trash")
        self.delete.clicked.connect(lambda: self._delete_series(self.list.current_series()))
        self._lay_out()
        self.title.entry.returnPressed.connect(self._add)
        self.series_title.entry.returnPressed.connect(self._add_series)
        self.search.textEdited.connect(lambda _words: self._show())
        self.list.opened.connect(self._open)
        self.list.delete_requested.connect(lambda place: self._delete_series(place.ident))
        self.list.currentItemChanged.connect(lambda *_items: self._show_verbs())
        self.list.series_renamed.connect(self._rename_series)
        self.desk.failed.connect(self._on_failed)

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
        code, title = self.code.entry.text(), self.title.entry.text()
        fitting = [one for one in self._series if one.number and code.startswith(one.number[:1])]
        series_id = max(fitting, key=lambda one: one.number).id if fitting else None
        label = _("Add policy {code}").format(code=code)
        if done := self.desk.do(label, add_policy, code, title, series_id=series_id):
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

    def _open(self, place: Place) -> None:
        if place.noun == "policy":  # a series has no page of its own
            self.go_requested.emit(place)

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


class _List(PlaceTree):
    series_renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("Policies"), [_("Policy"), _("State"), _("Adopted"), _("Attached to")], (34, 32, 34), 8)
        self.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed | QTreeWidget.EditTrigger.DoubleClicked)
        self._filling = False
        self.itemChanged.connect(self._on_item_changed)

    def show_policies(self, policies: Sequence[PolicyCard], series: Sequence[SeriesCard]) -> None:
        self._filling = True
        self.clear()
        heads = {one.id: self._series_head(one) for one in series}
        for policy in policies:
            key = policy.series.id if policy.series else ""
            if key not in heads:
                heads[key] = self._series_head(policy.series) if policy.series else self.add_head(_("Without a series"))
            uses = ngettext("{n} element", "{n} elements", len(policy.uses)).format(n=len(policy.uses))
            adopted = medium_date(policy.adopted) if policy.adopted else ""
            words = [f"{policy.code}   {policy.title}", word(policy.state), adopted, uses if policy.uses else ""]
            item = QTreeWidgetItem(words)
            item.setData(0, PlaceRole, Place("policy", policy.id))
            heads[key].addChild(item)
        unfold_all(self)
        self._filling = False

    def current_series(self) -> str:
        """The id of the series whose line is current; "" for none."""
        place = self.place_of(self.currentItem())
        return place.ident if place.noun == "policy_series" else ""

    def edit_current(self) -> None:
        if (item := self.currentItem()) is not None:
            self.editItem(item, 0)

    def _series_head(self, series: SeriesCard) -> QTreeWidgetItem:
        head = self.add_head(f"{series.number}  {series.title}".strip())
        head.setData(0, PlaceRole, Place("policy_series", series.id))
        head.setFlags(head.flags() | Qt.ItemFlag.ItemIsEditable)
        head.setToolTip(0, _("F2 or a double click renames this series"))
        return head

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        place = self.place_of(item)
        if not self._filling and place.noun == "policy_series":
            self.series_renamed.emit(place.ident, item.text(0))
