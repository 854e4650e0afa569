"""What the buttons above a rich text do to the words that are chosen in it."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QTextEdit

from planstudio.gui.theme import color
from planstudio.gui.widgets import rich_document


def toggle_bold(field: QTextEdit) -> None:
    bold = field.currentCharFormat().fontWeight() >= QFont.Weight.DemiBold
    field.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.DemiBold)


def toggle_italic(field: QTextEdit) -> None:
    field.setFontItalic(not field.fontItalic())


def toggle_list(field: QTextEdit, ordered: bool) -> None:
    cursor = field.textCursor()
    current = cursor.currentList()
    wanted = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
    if current is not None and current.format().style() == wanted:
        shape = cursor.blockFormat()
        shape.setIndent(0)
        current.remove(cursor.block())
        cursor.setBlockFormat(shape)
    else:
        cursor.createList(rich_document.list_format(ordered, 1))


def toggle_heading(field: QTextEdit, air: int) -> None:
    """*air* is the height of a line in percent."""
    cursor = field.textCursor()
    level = cursor.blockFormat().headingLevel()
    weight = QFont.Weight.Normal if level else QFont.Weight.DemiBold
    cursor.beginEditBlock()
    cursor.setBlockFormat(rich_document.block_format(air, heading=0 if level else 2))
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    look = cursor.charFormat()
    look.setFontWeight(weight)
    cursor.mergeCharFormat(look)
    cursor.endEditBlock()
    field.setFontWeight(weight)


def set_link(field: QTextEdit, target: str) -> None:
    """Make the selected words a link to *target*, or plain words for ""."""
    cursor = field.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    look = cursor.charFormat()
    look.setAnchor(bool(target))
    look.setAnchorHref(target)
    look.setFontUnderline(bool(target))
    look.setForeground(color("accent" if target else "text"))
    cursor.mergeCharFormat(look)
