"""A table as an Excel workbook: real dates and numbers, and no cell that runs.

Words that begin like a formula are written as words, so that nothing a
person typed is ever calculated.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planstudio.domain.coded import sign_of
from planstudio.domain.reporting import Column, ColumnKind, Table, Value
from planstudio.i18n import amount

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_UNSAFE_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767  # what a cell of Excel holds
_NARROW, _WIDE = 9, 60  # a column's width in letters
_FORMATS = {ColumnKind.DATE: "yyyy-mm-dd", ColumnKind.PERCENT: "0%"}


def write_table(table: Table) -> bytes:
    """*table* as the bytes of an .xlsx file."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name(table.title)
    book.properties.title = _words(table.title)
    book.properties.creator = ""
    for at, column in enumerate(table.columns, 1):
        cell = sheet.cell(1, at)
        _put(cell, Column(column.title), column.title)
        cell.font = Font(bold=True)
        side = "right" if column.kind in (ColumnKind.NUMBER, ColumnKind.PERCENT) else "left"
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
    for line, row in enumerate(table.rows, 2):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            cell = sheet.cell(line, at)
            _put(cell, column, value)
            cell.alignment = Alignment(wrap_text=column.kind is ColumnKind.TEXT, vertical="top")
    _lay_out(sheet, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(title: str) -> str:
    """*title* as Excel takes it for a sheet: at most 31 characters, none of []:*?/\\, no apostrophe at an end."""
    name = " ".join(_UNSAFE_NAME.sub(" ", _words(title)).split()).strip("'")[:31].strip().strip("'")
    return name if name and name.casefold() != "history" else "Sheet 1"


def _put(cell: Any, column: Column, value: Value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, float) and sign_of(value):
        value = amount(value, "%" if column.kind is ColumnKind.PERCENT else "")
    if isinstance(value, str):
        cell.value = _words(value)
        cell.data_type = "s"  # never a formula
        if value.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
        return
    cell.value = value / 100 if column.kind is ColumnKind.PERCENT and isinstance(value, int | float) else value
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = _FORMATS[ColumnKind.DATE]
    elif column.kind in _FORMATS:
        cell.number_format = _FORMATS[column.kind]


def _words(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST]


def _lay_out(sheet: Worksheet, table: Table) -> None:
    """Columns as wide as their words, and a head that stays in sight and is printed on each page."""
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(table.columns):
        words = [column.title, *(str(row[at]) for row in table.rows[:500] if row[at] is not None)]
        longest = max(len(line) for text in words for line in text.split("\n"))
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(longest + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    if table.columns and table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
