"""A text field with its styles: bold, italic, heading, lists, link.

They float above the field while it is written in, so that no word moves under the mouse.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QMoveEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QScrollArea, QWidget

from planstudio import richtext
from planstudio.domain.reading import level
from planstudio.gui.theme import gap
from planstudio.gui.widgets import table_edit, text_styles
from planstudio.gui.widgets.basics import area, column, complain, complaint, fill, quiet, row, text, tool
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, language, ngettext


class RichField(QWidget):
    """Markdown, edited as it will look. *edited* carries Markdown."""

    edited = Signal(str)
    focused = Signal(bool)

    def __init__(
        self, name: str, *, role: str = "body", placeholder: str = "", inline: bool = True, measured: bool = False
    ) -> None:
        """*measured* tells below the text how many words it has and how hard it is to read."""
        super().__init__()
        self.field = TextField(name, role=role, rich=True, placeholder=placeholder, inline=inline)
        self.words = text("", "caption", "muted")
        self.error = complaint()
        self.note = quiet("", "caption")
        self.note.hide()
        self.tools = area("float", self._bar())
        self.tools.setParent(self)
        self.tools.hide()
        self.destroyed.connect(self.tools.deleteLater)
        self.level = text("", "caption", "muted")
        self.level.setIndent(gap(1.5))
        self.level.hide()
        self._measured = measured
        self.setLayout(column(self.field, self.level, self.note, self.error, space=0.5))
        self.setFocusProxy(self.field)
        self.field.edited.connect(self.edited)
        self.field.focused.connect(self._on_focused)
        self.field.textChanged.connect(self._count)
        self.field.left_out.connect(partial(fill, self.note))  # what was pasted and is not here, until one writes again

    def _bar(self) -> QHBoxLayout:
        f = self.field
        actions = (
            ("bold", _("Bold"), "Ctrl+B", lambda: text_styles.toggle_bold(f)),
            ("italic", _("Italic"), "Ctrl+I", lambda: text_styles.toggle_italic(f)),
            ("heading", _("Heading"), "Ctrl+Shift+H", lambda: text_styles.toggle_heading(f, f.air)),
            ("list", _("List"), "Ctrl+L", lambda: text_styles.toggle_list(f, ordered=False)),
            ("number", _("Numbered list"), "Ctrl+Shift+L", lambda: text_styles.toggle_list(f, ordered=True)),
            ("link", _("Link"), "Ctrl+Shift+K", self._ask_link),
            ("table", _("Table"), "Ctrl+Shift+T", self._offer_table),
        )
        bar = row(space=0.5, edge=(0.5, 0.5, 1.5, 0.5))
        for icon_name, words, keys, act in actions:
            one = tool(icon_name, tip=f"{words} ({keys})", name=words, act=act)
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes on to the next field; each style has its keys
            bar.addWidget(one)
            if icon_name not in ("bold", "italic"):  # those two are the field's own
                keys_here = QShortcut(QKeySequence(keys), f, context=Qt.ShortcutContext.WidgetShortcut)
                keys_here.activated.connect(act)
        bar.addSpacing(gap(1))
        bar.addWidget(self.words)
        return bar

    def show_text(self, markdown: str) -> None:
        self.field.show_text(markdown)
        self._measure(markdown)

    def _measure(self, markdown: str) -> None:
        if not self._measured:
            return
        n = sum(len(words.split()) for words in richtext.paragraphs(markdown))
        counted = ngettext("{n} word", "{n} words", n).format(n=n) if n else ""
        self.level.setText("  ·  ".join(filter(None, (counted, level(markdown, language())))))
        self.level.setVisible(bool(n))

    def accept(self, markdown: str) -> None:
        self.field.accept(markdown)
        self._measure(markdown)
        self.complain("")

    def complain(self, why: str) -> None:
        self.field.complain(why)
        complain(self.error, why, self.field.accessibleName())

    def _on_focused(self, here: bool) -> None:
        if here:
            fill(self.note, "")
        self.tools.setVisible(here and not self.field.isReadOnly())
        self._count()
        self.focused.emit(here)

    def _count(self) -> None:
        if self.tools.isVisible():
            n = len(self.field.toPlainText().split())
            self.words.setText(ngettext("{n} word", "{n} words", n).format(n=n))
            QTimer.singleShot(0, self, self._place_tools)  # when the page has been laid out

    def _place_tools(self) -> None:
        if self.tools.isHidden():
            return
        host = _page_of(self)
        if self.tools.parentWidget() is not host:
            self.tools.setParent(host)
            self.tools.show()
        self.words.show()
        self.tools.adjustSize()
        if self.tools.width() > host.width():
            self.words.hide()
            self.tools.adjustSize()
        self.tools.move(self._free_place(host))
        self.tools.raise_()

    def _free_place(self, host: QWidget) -> QPoint:
        """Below or above the field, at its right or left: where it is seen and covers the fewest others."""
        box = QRect(self.field.mapTo(host, QPoint(0, 0)), self.field.size())
        size, away = self.tools.size(), gap(0.5)
        right = max(0, min(box.right() + 1, host.width()) - size.width())
        below, above = box.bottom() + away, box.top() - size.height() - away
        places = [QPoint(x, y) for y in (below, above) for x in (right, box.left())]
        seen = host.visibleRegion().boundingRect()
        others = [
            QRect(one.mapTo(host, QPoint(0, 0)), one.size())
            for one in host.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not self.isAncestorOf(one)
        ]
        shown = [place for place in places if seen.contains(QRect(place, size))]
        covered = [sum(QRect(place, size).intersects(other) for other in others) for place in shown]
        return shown[covered.index(min(covered))] if shown else QPoint(right, max(seen.top(), 0))

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_tools()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tools()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.tools.hide()

    def _offer_table(self) -> None:
        """Make a table at once; in one, ask what is to be done with it."""
        if self.field.textCursor().currentTable() is None:
            table_edit.insert_table(self.field)
            return
        menu = QMenu(self)
        table_edit.add_actions(menu, self.field)
        menu.exec(self.field.mapToGlobal(self.field.cursorRect().bottomLeft()))

    def _ask_link(self) -> None:
        question, linked = _("Address, beginning with https:// or mailto:"), self.field.currentCharFormat().anchorHref()
        target, given = QInputDialog.getText(self, _("Link"), question, text=linked)
        if given:
            target = target.strip()
            if target and not richtext.SAFE_LINK.match(target):  # as people write it: www.example.org, j@example.org
                target = f"mailto:{target}" if "@" in target and "/" not in target else f"https://{target}"
            text_styles.set_link(self.field, target)


def _page_of(widget: QWidget) -> QWidget:
    """What scrolls with *widget*, else its window."""
    while (above := widget.parentWidget()) is not None:
        if isinstance(above.parentWidget(), QScrollArea):
            return widget
        widget = above
    return widget
