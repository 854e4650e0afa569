"""Spelling: every word of the plan that no list knows, where it stands, and what may have been meant."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from planstudio.domain.cards import OrganizationCard
from planstudio.domain.replacing import Wanted
from planstudio.gui.desk import Desk
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, empty_state, fill, listed, plain, quiet, row, text
from planstudio.gui.widgets.fields import Captioned, LineField
from planstudio.gui.widgets.place_list import PlaceList
from planstudio.gui.widgets.spelling import spelling
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import N_, _, ngettext, number
from planstudio.operations.plans import edit_organization, learn_word
from planstudio.operations.replacing import replace_words
from planstudio.queries.plans import organization_card
from planstudio.queries.replacing import places, texts_of

WordRole = Qt.ItemDataRole.UserRole


@shows(page="spelling", title=N_("Spelling"))
class SpellingPage(Page):
    watches = ("organization", "plan", "statement", "statement_item", "goal", "strategy", "milestone", "measure")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._district = OrganizationCard("", "")
        self.count = quiet("")
        self.words = listed(_("Words that are not known"))
        self.own = Binding(
            self,
            "organization",
            edit_organization,
            lambda _n: _("Edit the district's words"),
            lambda: self._district.id,
        )
        name, hint = _("The district's words"), _("One word on a line")
        words = TextField(name, lines=True, inline=False, spelled=False, placeholder=hint)
        self.known = self.own.bind("dictionary", words)
        self.word = text("", "display", wrap=True)
        self._suggestions = row(space=1)
        self.right = LineField(_("Change to"))
        self.mend = button(_("Change"), "primary", act=self._change)
        self.learn = button(_("Add to the district's words"), act=self._learn)
        self.list = PlaceList()
        head, known = text(_("Spelling"), "display"), Captioned(_("The district's words"), self.known)
        left = area("side", column(head, self.count, 2, self.words, 3, known, edge=(4, 5, 4, 4), grow=3))
        left.setFixedWidth(gap(80))
        inside = column(
            self.word, 2, self._suggestions, 3, row(self.right, self.mend, None, space=3), 1, row(self.learn, None), 3,
            self.list, grow=8,
        )  # fmt: skip
        self._sheet = plain(inside)
        hint = _("Names of people and of the district are known by themselves.")
        self._nothing = empty_state(_("Every word is known"), hint)
        self.set_body(area("page", row(left, plain(column(self._sheet, self._nothing, edge=(8, 6, 8, 4))), grow=1)))
        self.words.currentItemChanged.connect(lambda item, _before: self._show_word(item))
        self.words.itemActivated.connect(lambda _item: self.right.entry.setFocus())
        self.list.opened.connect(self.go_requested)
        self.list.picked.connect(self._show_change)
        self.right.entry.textChanged.connect(lambda _words: self._show_change())
        self.right.entry.returnPressed.connect(self._change)
        spelling().changed.connect(self._on_lists)

    def begin(self) -> None:
        self.words.setFocus()

    def _on_lists(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        self._district = self.desk.ask(organization_card)
        self.own.show(self._district)
        speller = spelling().speller
        found: Counter[str] = Counter()
        if speller is not None:
            for words in self.desk.ask(texts_of, self.desk.plan_id):
                found.update(word for _at, word in speller.wrong(words))
        now = self.words.currentItem()
        before, at = (now.data(WordRole) if now else ""), max(0, self.words.currentRow())
        self.words.clear()
        for word in sorted(found, key=lambda one: (one.casefold(), one)):
            item = QListWidgetItem(f"{word}  ·  {number(found[word])}" if found[word] > 1 else word)
            item.setData(WordRole, word)
            self.words.addItem(item)
            if word == before:
                at = self.words.count() - 1
        n = len(found)
        if speller is None:
            told = _("The spell check is off. Turn it on in Preferences.")
        else:
            told = ngettext("{n} word is not known", "{n} words are not known", n).format(n=number(n)) if n else ""
        fill(self.count, told)
        self._sheet.setVisible(n > 0)
        self._nothing.setVisible(n == 0 and speller is not None)
        if n:
            self.words.setCurrentRow(min(at, n - 1))

    def _show_word(self, item: QListWidgetItem | None) -> None:
        speller = spelling().speller
        if item is None or speller is None:
            return
        word = item.data(WordRole)
        self.word.setText(word)
        found = speller.suggest(word)
        name = _("Change to {word}")
        offers = [button(one, name=name.format(word=one), act=partial(self._change_to, one)) for one in found]
        refill(self._suggestions, offers or [text(_("No suggestion"), "body", "muted")])
        self._suggestions.addStretch(1)
        self.list.show_places(self.desk.ask(places, self.desk.plan_id, Wanted(word, case=True, whole=True)))
        self.right.show_value(found[0] if found else "")
        self._show_change()

    def _show_change(self) -> None:
        by, n = self.right.entry.text().strip(), len(self.list.chosen())
        self.list.show_words(by)
        self.mend.setEnabled(bool(by) and n > 0 and not self.desk.workspace.read_only)
        self.mend.setText(ngettext("Change {n}", "Change {n}", n).format(n=number(n)) if n else _("Change"))

    def _change_to(self, by: str, _on: bool = False) -> None:
        self.right.show_value(by)
        self._change()

    def _change(self) -> None:
        word, by = self.word.text(), self.right.entry.text().strip()
        if self.mend.isEnabled():
            label = _("Replace “{old}” by “{new}”").format(old=word[:30], new=by[:30])
            self.desk.do(label, replace_words, self.list.chosen(), Wanted(word, case=True, whole=True), by)
            self.words.setFocus()

    def _learn(self) -> None:
        word = self.word.text()
        self.desk.do(_("Add “{word}” to the district's words").format(word=word), learn_word, word)
        self.words.setFocus()
