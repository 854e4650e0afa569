"""The files of an agenda item: name, who may see it, what it shows, and what the pre-flight says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from planstudio.domain.cards import FileCard
from planstudio.domain.file_words import kept_words
from planstudio.domain.kinds import Access
from planstudio.domain.preflight import Weight
from planstudio.domain.words import word
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column, empty, more_tool, plain, quiet, row, text
from planstudio.gui.widgets.fields import Choices, LineField
from planstudio.gui.widgets.kept_rows import kept_rows
from planstudio.gui.widgets.keys import moves
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.painted import Elided, sign
from planstudio.i18n import _, number

_SIGNS = {Weight.MUST: "off track", Weight.SHOULD: "at risk", Weight.FINE: "completed"}


class FileRows(QWidget):
    described = Signal(str, str)
    access_chosen = Signal(str, object)
    moved = Signal(str, int)
    delete_requested = Signal(str, str)  # id, name
    save_requested = Signal(object)  # FileCard

    def __init__(self) -> None:
        super().__init__()
        self._box = column()
        hint = quiet(_("Drag files here, or add them: PDF, Word, Excel, pictures, text."))
        hint.setContentsMargins(gap(1.5), gap(1), 0, 0)
        self.setLayout(column(self._box, hint))
        self.rows: list[FileRow] = []
        self._notes: dict[str, tuple[Weight, str]] = {}

    def show_files(self, files: Sequence[FileCard], *, read_only: bool = False) -> None:
        rows = {line.card.id: line for line in self.rows}
        self.rows = kept_rows(self._box, rows, {file.id: file for file in files}, self._new, ruled=True)
        for line, file in zip(self.rows, files, strict=True):
            line.show_card(file)
            line.setEnabled(not read_only)
            line.show_note(*self._notes.get(file.id, (Weight.FINE, "")))

    def show_notes(self, notes: Mapping[str, tuple[Weight, str]]) -> None:
        self._notes = dict(notes)
        for line in self.rows:
            line.show_note(*notes.get(line.card.id, (Weight.FINE, "")))

    def row_of(self, ident: str) -> QWidget | None:
        """The field in which is written what a file shows."""
        return next((line.description.entry for line in self.rows if line.card.id == ident), None)

    def _new(self, file: FileCard) -> FileRow:
        line = FileRow(file)
        line.description.edited.connect(lambda words: self.described.emit(line.card.id, words))
        line.access.activated.connect(lambda n: self.access_chosen.emit(line.card.id, list(Access)[n]))
        line.asked.connect(self._on_asked)
        return line

    def _on_asked(self, ident: str, what: str) -> None:
        at = next(n for n, line in enumerate(self.rows) if line.card.id == ident)
        card = self.rows[at].card
        if what == "delete":
            self.delete_requested.emit(ident, card.name)
        elif what == "save":
            self.save_requested.emit(card)
        elif 0 <= (to := at + (-1 if what == "up" else 1)) < len(self.rows):
            self.moved.emit(ident, to)


class FileRow(QFrame):
    """One file."""

    asked = Signal(str, str)  # id, what: up, down, delete, save

    def __init__(self, card: FileCard) -> None:
        super().__init__()
        self.card = card
        self.name = Elided("", "strong")
        self.bytes = text("", "caption", "muted")
        self.access = Choices(options=[(word(one), one) for one in Access])
        self.access.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.description = LineField(_("What it shows"), placeholder=_("for those who cannot see it"))
        self._note = column()
        self.more, menu = more_tool(_("More"))
        for what, words in (
            ("save", _("Save a copy…")), ("up", _("Move up") + "\tAlt+Up"), ("down", _("Move down") + "\tAlt+Down"),
            ("delete", _("Remove")),
        ):  # fmt: skip
            menu.addAction(words).triggered.connect(lambda _on=False, what=what: self.asked.emit(self.card.id, what))
        line = row(sign("clip"), 2, self.name, 2, self.bytes, 2, self.access, self.more, grow=2)
        self.setLayout(column(line, plain(self._note), self.description, space=1, edge=(1.5, 2, 0, 2)))
        self.show_card(card)

    def show_card(self, card: FileCard) -> None:
        self.card = card
        self.name.show_words(card.name)
        self.bytes.setText(kept_words(card.kept) or _size(card.size))
        self.access.setCurrentIndex(list(Access).index(card.access))
        self.access.setAccessibleName(_("Who may see {name}").format(name=card.name))
        self.more.setAccessibleName(_("More about {name}").format(name=card.name))
        self.description.entry.setAccessibleName(_("What {name} shows").format(name=card.name))
        self.description.show_value(card.alternative_text)

    def show_note(self, weight: Weight, words: str) -> None:
        """What the pre-flight found; "" takes it away."""
        empty(self._note)
        if words:
            line = row(mark(_SIGNS[weight], 3), 2, quiet(words, "caption"), edge=(6.5, 0, 0, 0), grow=2)
            self._note.addWidget(plain(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := moves(event):
            self.asked.emit(self.card.id, "up" if step < 0 else "down")
        else:
            super().keyPressEvent(event)


def _size(count: int) -> str:
    if count < 1024:
        return _("{n} bytes").format(n=count)
    if count < 1_048_576:
        return _("{n} KB").format(n=number(count / 1024, 0))
    return _("{n} MB").format(n=number(count / 1_048_576, 1))
