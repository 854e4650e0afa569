"""Find and replace: every place of the words in the plan, chosen one by one or all, replaced in one step."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit

from planstudio.domain.replacing import Wanted
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.pages.registry import shows
from planstudio.gui.widgets.basics import area, button, column, quiet, row, text
from planstudio.gui.widgets.fields import Captioned
from planstudio.gui.widgets.place_list import PlaceList
from planstudio.i18n import N_, _, ngettext, number
from planstudio.operations.replacing import replace_words
from planstudio.queries.replacing import MOST, adopted_places, places


@shows(page="replace", title=N_("Find and replace"))
class ReplacePage(Page):
    watches = ("plan", "statement", "statement_item", "goal", "strategy", "milestone", "measure")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.wanted, self.by = QLineEdit(), QLineEdit()
        for line in (self.wanted, self.by):
            line.setAcceptDrops(False)  # a file is for the window, or its address would be written
        self.case, self.whole = QCheckBox(_("Match case")), QCheckBox(_("Whole words"))
        self.list = PlaceList()
        self.all = button(_("Choose all"), "quiet", act=lambda: self.list.choose_all(True))
        self.none = button(_("Choose none"), "quiet", act=lambda: self.list.choose_all(False))
        self.replace = button(_("Replace"), "primary", act=self._replace)
        self.count = text("", "body", "muted")
        self._closed = 0  # places in adopted words
        hint = quiet(_("Space chooses or leaves a place, Enter opens it. Policies stay as they are."), "caption")
        fields = row(Captioned(_("Find"), self.wanted), Captioned(_("Replace with"), self.by), space=3)
        options = row(self.case, self.whole, None, self.replace, space=4)
        chosen = row(self.count, None, self.all, self.none, space=1)
        body = column(
            text(_("Find and replace"), "display"), 3, fields, 2, options, 3, chosen, 1, self.list, 1, hint,
            edge=(8, 6, 8, 4), grow=8,
        )  # fmt: skip
        self.set_body(area("page", body))
        self.first = self.wanted
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self.refresh)
        self.wanted.textChanged.connect(lambda _words: self._later.start())
        self.wanted.returnPressed.connect(self.refresh)
        for box in (self.case, self.whole):
            box.toggled.connect(lambda _on: self.refresh())
        self.by.textChanged.connect(self.list.show_words)
        self.by.returnPressed.connect(self._replace)
        self.list.picked.connect(self._show_count)
        self.list.opened.connect(self.go_requested)

    def begin(self) -> None:
        self.wanted.setFocus()
        self.wanted.selectAll()

    def look_for(self, words: str) -> None:
        """Begin with *words*, as they stand in the line for finding."""
        if words:
            self.wanted.setText(words)
            self.refresh()

    def _now(self) -> Wanted:
        return Wanted(self.wanted.text(), self.case.isChecked(), self.whole.isChecked())

    def refresh(self) -> None:
        self._later.stop()
        self._closed = self.desk.ask(adopted_places, self.desk.plan_id, self._now())
        self.list.show_places(self.desk.ask(places, self.desk.plan_id, self._now()))

    def _show_count(self) -> None:
        found, chosen = self.list.model().rowCount(), len(self.list.chosen())
        if not self.wanted.text().strip():
            words = _("Write what to find above.")
        elif not found:
            words = _("“{words}” is not in this plan.").format(words=self.wanted.text()[:40])
        elif found >= MOST:
            words = _("The first {n} places; {chosen} chosen").format(n=number(MOST), chosen=number(chosen))
        else:
            words = ngettext("{n} place, {chosen} chosen", "{n} places, {chosen} chosen", found)
            words = words.format(n=number(found), chosen=number(chosen))
        if closed := self._closed:
            more = ngettext(
                "{n} place in adopted words stays as it is", "{n} places in adopted words stay as they are", closed
            )
            words = f"{words} · {more.format(n=number(closed))}"
        self.count.setText(words)
        for one in (self.all, self.none):
            one.setVisible(found > 1)
        self.replace.setEnabled(chosen > 0 and not self.desk.workspace.read_only)
        words = ngettext("Replace {n}", "Replace {n}", chosen).format(n=number(chosen))
        self.replace.setText(words if chosen else _("Replace"))

    def _replace(self) -> None:
        chosen, wanted, by = self.list.chosen(), self._now(), self.by.text()
        if not chosen or not self.replace.isEnabled():
            return
        label, n = _("Replace “{old}” by “{new}”").format(old=wanted.words[:30], new=by[:30]), len(chosen)
        if self.desk.do_long(label, replace_words, chosen, wanted, by):
            done = ngettext(
                "{n} place was replaced. Undo takes it back.", "{n} places were replaced. Undo takes them back.", n
            )
            self.told.emit(done.format(n=number(n)))
