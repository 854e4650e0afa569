"""A part of the details at the right: fold arrow, name, count, one quiet verb, body."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from planstudio.gui.accessible import show_expanded
from planstudio.gui.icons import icon
from planstudio.gui.theme import font, gap
from planstudio.gui.widgets.basics import button, column, row, text, tool
from planstudio.i18n import _


class Section(QWidget):
    """Click or Space on its head folds it."""

    acted = Signal()
    folded = Signal(bool)

    def __init__(self, title: str, body: QWidget, action: str = "", *, is_folded: bool = False) -> None:
        super().__init__()
        self.title = title
        self._body = body
        self._head = tool("down", title, tone="muted", act=lambda: self.fold(not self._body.isHidden()))
        self._head.setFont(font("strong"))
        self._head.setIconSize(QSize(gap(3.5), gap(3.5)))
        self._head.setToolTip("")
        self._head.setStyleSheet(f"padding: {gap(0.5)}px {gap(0.5)}px")
        self._count = text("", "body", "muted")
        bar = row(self._head, self._count, None)
        if action:
            name = _("{action}: {title}").format(action=action, title=title)
            self.action = button(action, "quiet", name=name, act=self.acted)
            bar.addWidget(self.action)
        self.setLayout(column(bar, body, space=1))
        self._fold(is_folded)

    def rename(self, title: str) -> None:
        self._head.setText(" " + title)
        self._head.setAccessibleName(title)

    def show_count(self, count: int | None) -> None:
        self._count.setText("" if count is None else str(count))

    def fold(self, away: bool) -> None:
        self._fold(away)
        self.folded.emit(away)

    def _fold(self, away: bool) -> None:
        self._body.setVisible(not away)
        self._head.setIcon(icon("next" if away else "down", "muted"))
        show_expanded(self._head, not away)
