"""Every key there is, in one place (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, plain, row, scrolled, text
from planstudio.i18n import _


class Shortcuts(QDialog):
    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.setMinimumSize(gap(130), gap(120))
        more = (
            (_("Alt+Up, Alt+Down"), _("Move the row")),
            (_("Enter or F2"), _("Open or edit the row")),
            (_("Esc"), _("Give the old text back")),
            (_("Left, Right"), _("Fold, unfold in the outline")),
            (_("Ctrl+Enter"), _("Record progress")),
            (_("Del"), _("Delete the row")),
            (_("Ctrl+B, Ctrl+I, Ctrl+Shift+K"), _("Bold, italic, link")),
            (_("Ctrl+L, Ctrl+Shift+L, Ctrl+Shift+H"), _("List, numbered list, heading")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(gap(6))
        grid.setVerticalSpacing(gap(1.5))
        for n, (key, words) in enumerate((*keys, *more)):
            grid.addWidget(text(key, "strong"), n, 0)
            grid.addWidget(text(words), n, 1)
        grid.setColumnStretch(1, 1)
        close = button(_("Close"), "plain")
        close.clicked.connect(self.accept)
        listed = scrolled(column(plain(grid), None))
        box = column(text(_("Keys"), "heading"), 2, listed, 2, row(None, close), edge=(5, 5, 5, 5))
        box.setStretch(2, 1)
        self.setLayout(box)
