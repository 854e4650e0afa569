"""What was recognised in a document, each element beside its source and beside what the plan says already.

Elements are corrected, dropped, or where they differ chosen, before anything is taken.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QTextEdit, QTreeWidgetItem, QWidget

from planstudio.domain.import_matching import Comparison, Held, Standing, Wish, compare
from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import Recognised, RecognisedStatement
from planstudio.domain.words import field_word
from planstudio.gui.theme import color
from planstudio.gui.widgets.basics import area, button, column, plain, quiet, row, split, text
from planstudio.gui.widgets.fields import Captioned, ChoiceField
from planstudio.gui.widgets.text_field import TextField
from planstudio.gui.window.import_parts import NAMED, NOUN_OF, fields_of, shown, with_field, words_in
from planstudio.gui.window.import_rows import (
    Branch,
    ComparedRole,
    FieldRole,
    LinesRole,
    PartRole,
    WishRole,
    collected,
    place,
    standing,
    wish_of,
)
from planstudio.gui.window.import_tree import ImportTree
from planstudio.i18n import N_, _, ngettext

_STANDINGS = {
    Standing.NEW: N_("new"),
    Standing.FILLS: N_("fills what is missing"),
    Standing.SAME: N_("the same"),
    Standing.DIFFERS: N_("differs"),
}
_WISHES = {Wish.KEEP: N_("Keep the plan's"), Wish.REPLACE: N_("Replace"), Wish.ADD: N_("Add as another")}
_MOST_SHOWN = 600  # characters of the plan's words beside the document's


class ImportPage(QWidget):
    """A tree with a tick before each element; its words can be edited; its lines are shown at the right."""

    taken = Signal(object, str, object)  # Recognised, the document's name, a Wish by the key of what differs
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("area", "page")
        self._found = Recognised()
        self._held: Held | None = None
        self._name = ""
        self._filling = False
        self.title, self.summary = text("", "display", wrap=True), quiet("")
        self.tree = ImportTree()
        self.editors = {
            name: TextField(field_word(noun, name), inline=False, lines=name in ("text", "evidence"))
            for name, noun in NOUN_OF.items()
        }
        self._captions = {name: Captioned(field_word(noun, name), self.editors[name]) for name, noun in NOUN_OF.items()}
        self.kind = ChoiceField(_("Kind of statement"), list(StatementKind))
        self.held = quiet("")
        self.wishes = {wish: QRadioButton(_(words)) for wish, words in _WISHES.items()}
        group = QButtonGroup(self)
        for choice in self.wishes.values():
            group.addButton(choice)
        self._choice = plain(column(self.held, 1, row(*self.wishes.values(), None, space=3)))
        self.source = QPlainTextEdit()
        self.source.setReadOnly(True)
        self.source.setAccessibleName(_("The document"))
        self.source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.source.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.take = button(_("Take into the plan"), "primary", act=self._take)
        self.leave = button(_("Cancel"), "plain", act=self.closed)
        hint = quiet(_("Untick what you do not want. Change words below. Nothing is rewritten by itself."))
        left = column(
            self.title, 1, self.summary, hint, 2, self.tree, 2,
            *self._captions.values(), row(self.kind, None), self._choice, 3,
            row(None, self.leave, 2, self.take), space=0.5, edge=(8, 6, 5, 5), grow=5,
        )  # fmt: skip
        right = column(text(_("In the document"), "heading"), 2, self.source, edge=(4, 7, 4, 5), grow=2)
        self.setLayout(column(split((area("page", left), 190), (area("side", right), 130))))
        self._connect()

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(lambda item, _before: self._show_item(item))
        self.tree.itemChanged.connect(self._on_ticked)
        for name, field in self.editors.items():
            field.edited.connect(lambda words, name=name: self._on_words(name, words))
        self.kind.edited.connect(self._on_kind)
        for wish, choice in self.wishes.items():
            choice.clicked.connect(lambda _on=True, wish=wish: self._on_wish(wish))

    def open(self, found: Recognised, name: str, held: Held | None = None) -> None:
        """Show what was recognised in the document *name*, beside what the plan says where one is open."""
        self._found, self._name, self._held = found, name, held
        self.title.setText(_("Bring in {name}").format(name=name))
        self.source.setPlainText("\n".join(found.lines))
        self._filling = True
        self.tree.fill(found)
        self._filling = False
        self.tree.expandToDepth(1)
        self._compare(first=True)
        rows = self.tree.rows()
        self.take.setEnabled(bool(rows))
        nothing = _("Nothing of a plan was recognised in this document. You can still copy words from it at the right.")
        self.summary.setText(self._summary(rows) if rows else nothing)
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self.tree.setFocus()

    def _summary(self, rows: list[QTreeWidgetItem]) -> str:
        n = len(rows)
        said = [ngettext("{n} element was recognised.", "{n} elements were recognised.", n).format(n=n)]
        if n := sum(standing(item) is Standing.DIFFERS for item in rows):
            differ = ngettext(
                "{n} differs from the plan: the plan's words stay unless you choose the document's.",
                "{n} differ from the plan: the plan's words stay unless you choose the document's.",
                n,
            )
            said.append(differ.format(n=n))
        if n := len(self._found.remarks):
            said.append(ngettext("{n} remark is at the end.", "{n} remarks are at the end.", n).format(n=n))
        return " ".join(said)

    def _compare(self, *, first: bool = False) -> None:
        """Say of each row how it stands to the plan; what is the same or differs is not ticked to begin with."""
        if self._held is None:
            return
        found, keys = self._collect(everything=True)
        compared = compare(found, self._held)
        self._filling = True
        for item in self.tree.rows():
            one = compared.get(keys.get(place(item), ""))
            item.setData(0, ComparedRole, one)
            item.setText(1, _(_STANDINGS[one.standing]) if one else "")
            if first and one and one.standing in (Standing.SAME, Standing.DIFFERS):
                item.setCheckState(0, Qt.CheckState.Unchecked)
        self._filling = False

    def _on_ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        if not self._filling and item is self.tree.currentItem():
            self._show_choice(item)

    def _show_choice(self, item: QTreeWidgetItem) -> None:
        """The plan's words and what may be done, where this row differs."""
        one: Comparison | None = item.data(0, ComparedRole)
        self._choice.setVisible(one is not None and one.standing is Standing.DIFFERS)
        if one is None:
            return
        self.held.setText(_("In the plan: {words}").format(words=one.held[:_MOST_SHOWN]))
        wish = wish_of(item)
        for each, choice in self.wishes.items():
            choice.setVisible(each in one.wishes)
            choice.setChecked(each is wish)

    def _on_wish(self, wish: Wish) -> None:
        if (item := self.tree.currentItem()) is not None:
            item.setData(0, WishRole, wish.value)
            item.setCheckState(0, Qt.CheckState.Unchecked if wish is Wish.KEEP else Qt.CheckState.Checked)

    def _show_item(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self._commit()
        part = item.data(0, PartRole)
        editable = fields_of(part, item.data(0, FieldRole))
        for name, field in self.editors.items():
            self._captions[name].setVisible(name in editable)
            field.release()
            field.show_text(words_in(part, name) if name in editable else "")
        self.kind.setVisible(isinstance(part, RecognisedStatement))
        if isinstance(part, RecognisedStatement):
            self.kind.show_value(part.kind)
        self._show_choice(item)
        self._mark(*item.data(0, LinesRole))

    def _commit(self) -> None:
        for field in self.editors.values():
            field.commit()

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

    def _on_words(self, name: str, words: str) -> None:
        if (item := self.tree.currentItem()) is None:
            return
        changed = with_field(item.data(0, PartRole), name, words)
        item.setData(0, PartRole, changed)
        label = NAMED.get(item.data(0, FieldRole), "")
        item.setText(0, f"{_(label)}: {words}" if label else shown(changed))
        self.editors[name].accept(words)
        self._compare()
        self._show_choice(item)

    def _on_kind(self, kind: StatementKind) -> None:
        item = self.tree.currentItem()
        if item is not None and isinstance(part := item.data(0, PartRole), RecognisedStatement):
            item.setData(0, PartRole, replace(part, kind=kind))
            item.setText(0, shown(item.data(0, PartRole)))
            self._compare()
            self._show_choice(item)

    def _take(self) -> None:
        self._commit()
        found, keys = self._collect()
        at = {place(item): item for item in self.tree.rows()}
        wishes = {name: wish for where, name in keys.items() if (wish := wish_of(at[where])) is not None}
        self.taken.emit(found, self._name, wishes)

    def chosen(self) -> Recognised:
        """What is ticked, with its corrected words."""
        self._commit()
        return self._collect()[0]

    def _collect(self, *, everything: bool = False) -> tuple[Recognised, dict[Branch, str]]:
        return collected(self.tree.invisibleRootItem(), self._found, everything=everything)
