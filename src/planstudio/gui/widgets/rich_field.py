"""A text field with its styles: bold, italic, heading, lists, link. They show while it is written in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QInputDialog, QWidget

from planstudio.gui.widgets.basics import column, plain, row, text, tool
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, ngettext


class RichField(QWidget):
    """Markdown, edited as it will look. *edited* carries Markdown."""

    edited = Signal(str)
    focused = Signal(bool)

    def __init__(
        self, name: str, *, role: str = "body", placeholder: str = "", tools_first: bool = True, inline: bool = True
    ) -> None:
        super().__init__()
        self.field = TextField(name, role=role, rich=True, placeholder=placeholder, inline=inline)
        self.words = text("", "caption", "muted")
        self.error = text("", "caption", "red", wrap=True)
        self.error.hide()
        self._tools = plain(self._bar())
        self._tools.hide()
        parts = (self._tools, self.field) if tools_first else (self.field, self._tools)
        self.setLayout(column(*parts, self.error, space=0.5))
        self.setFocusProxy(self.field)
        self.field.edited.connect(self.edited)
        self.field.focused.connect(self._on_focused)
        self.field.textChanged.connect(self._count)

    def _bar(self) -> QHBoxLayout:
        f = self.field
        actions = (
            ("bold", _("Bold"), "Ctrl+B", f.toggle_bold),
            ("italic", _("Italic"), "Ctrl+I", f.toggle_italic),
            ("heading", _("Heading"), "", f.toggle_heading),
            ("list", _("List"), "Ctrl+L", lambda: f.toggle_list(ordered=False)),
            ("number", _("Numbered list"), "", lambda: f.toggle_list(ordered=True)),
            ("link", _("Link"), "", self._ask_link),
        )
        bar = row(space=0.5)
        for icon_name, words, keys, act in actions:
            one = tool(icon_name, tip=f"{words} ({keys})" if keys else words)
            one.setAccessibleName(words)
            one.clicked.connect(act)
            one.clicked.connect(f.setFocus)
            bar.addWidget(one)
        bar.addStretch(1)
        bar.addWidget(self.words)
        return bar

    def show_text(self, markdown: str) -> None:
        self.field.show_text(markdown)

    def accept(self, markdown: str) -> None:
        self.field.accept(markdown)
        self.complain("")

    def complain(self, why: str) -> None:
        self.field.complain(why)
        self.error.setText(why)
        self.error.setVisible(bool(why))

    def _on_focused(self, here: bool) -> None:
        inside = here or self.isAncestorOf(QApplication.focusWidget() or self.window())
        self._tools.setVisible(inside)
        self._count()
        self.focused.emit(inside)

    def _count(self) -> None:
        if self._tools.isVisible():
            n = self.field.word_count()
            self.words.setText(ngettext("{n} word", "{n} words", n).format(n=n))

    def _ask_link(self) -> None:
        target, given = QInputDialog.getText(
            self, _("Link"), _("Address, beginning with https:// or mailto:"), text=self.field.link_target()
        )
        if given:
            self.field.set_link(target.strip())
