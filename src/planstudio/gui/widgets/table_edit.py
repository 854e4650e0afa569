"""Tables in a text: made, widened and walked through as in a word processor.

Tab goes to the next cell and makes a row after the last one; the first row is the head.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCursor, QTextTableFormat
from PySide6.QtWidgets import QMenu, QTextEdit

from planstudio.gui.theme import color, gap
from planstudio.i18n import _


def table_format() -> QTextTableFormat:
    shape = QTextTableFormat()
    shape.setCellPadding(gap(1))
    shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderBrush(color("line"))
    return shape


def insert_table(field: QTextEdit) -> None:
    """A new table of three rows and columns, the cursor in its first cell."""
    table = field.textCursor().insertTable(3, 3, table_format())
    field.setTextCursor(table.cellAt(0, 0).firstCursorPosition())


def step(field: QTextEdit, by: int) -> bool:
    """Go to the next cell (or back, with -1), after the last one to a new row; False outside of a table."""
    table = field.textCursor().currentTable()
    if table is None:
        return False
    cell = table.cellAt(field.textCursor())
    at = cell.row() * table.columns() + cell.column() + by
    if at < 0:
        return False
    if at >= table.rows() * table.columns():
        table.appendRows(1)
    target = table.cellAt(at // table.columns(), at % table.columns())
    cursor = target.firstCursorPosition()
    cursor.setPosition(target.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    return True


def add_actions(menu: QMenu, field: QTextEdit) -> None:
    """What can be done with the table at the cursor, or that one can be made."""
    table = field.textCursor().currentTable()
    if table is None:
        menu.addAction(_("Insert a table")).triggered.connect(lambda: insert_table(field))
        return
    cell = table.cellAt(field.textCursor())
    row, column = cell.row(), cell.column()

    def without(remove: Callable[[int, int], None], at: int) -> None:
        remove(at, 1)
        place = min(row, table.rows() - 1), min(column, table.columns() - 1)
        field.setTextCursor(table.cellAt(*place).firstCursorPosition())

    acts: tuple[tuple[str, Callable[[], object], bool], ...] = (
        (_("Add a row below"), lambda: table.insertRows(row + 1, 1), True),
        (_("Add a column at the right"), lambda: table.insertColumns(column + 1, 1), True),
        (_("Delete this row"), lambda: without(table.removeRows, row), table.rows() > 1),
        (_("Delete this column"), lambda: without(table.removeColumns, column), table.columns() > 1),
        (_("Delete the table"), lambda: table.removeRows(0, table.rows()), True),
    )
    for words, act, can in acts:
        action = menu.addAction(words)
        action.setEnabled(can)
        action.triggered.connect(lambda _on=False, act=act: act())
