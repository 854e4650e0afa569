"""The columns of a table, each written once: its head, its value in a spreadsheet, its cell and width on paper.

    Column(_("Unit"), lambda row: row.unit)                          in the spreadsheet alone
    Column(_("Owner"), lambda row: row.owner, width=100)             on paper in the words of the value
    Column(_("Status"), status, cell=status_cell, width=100)         on paper with more than that
    Column(_("Motion"), cell=motion_cell, width=0)                   on paper alone; 0 takes what the others leave

Figures stand right on paper, and so do their heads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from planstudio.domain import reporting
from planstudio.domain.reporting import ColumnKind, Table, Value
from planstudio.i18n import amount, medium_date
from planstudio.reports.writer import Writer
from taggedpdf.box import Box
from taggedpdf.table import Table as PaperTable

Row = TypeVar("Row")
Cell = Box | list[Box]
DATE, NUMBER, PERCENT = ColumnKind.DATE, ColumnKind.NUMBER, ColumnKind.PERCENT


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column. *right* is what a figure keeps clear of the next column."""

    head: str
    value: Callable[[Row], Value] | None = None
    kind: ColumnKind = ColumnKind.TEXT
    cell: Callable[[Writer, Row], Cell] | None = None
    width: float | None = None
    right: float = 0
    bold: bool = False

    def set_head(self, writer: Writer) -> Box:
        look = writer.styles.head_number if self.kind in (NUMBER, PERCENT) else writer.styles.head
        return writer.cell(self.head, replace(look, right=self.right))

    def set(self, writer: Writer, row: Row) -> Cell:
        """The cell on paper; without one of its own the value, an en dash where there is none."""
        if self.cell:
            return self.cell(writer, row)
        value = self.value(row) if self.value else None
        if self.kind is PERCENT and isinstance(value, int | float):
            return writer.cell(amount(value, "%"), replace(writer.styles.number, right=self.right))
        look = writer.styles.cell_bold if self.bold else writer.styles.cell
        return writer.cell(medium_date(value) if isinstance(value, date) else str(value or "–"), look)


class Columns(Generic[Row]):
    """A table's columns, for paper and for a spreadsheet."""

    def __init__(self, *columns: Column[Row]) -> None:
        self._paper = [one for one in columns if one.width is not None]
        self._sheet = [(one, one.value) for one in columns if one.value is not None]

    def begin(self, writer: Writer) -> PaperTable:
        """A table on paper with its head, to be filled."""
        table = writer.table([one.width or 0.0 for one in self._paper])
        table.set_head([one.set_head(writer) for one in self._paper])
        return table

    def add(self, writer: Writer, table: PaperTable, rows: Iterable[Row], section: str = "") -> None:
        """Rows on paper, under a *section* of their own."""
        if section:
            table.add_section(writer.cell(section, writer.styles.section))
        for row in rows:
            table.add_row([one.set(writer, row) for one in self._paper])

    def write(self, writer: Writer, rows: Iterable[Row]) -> PaperTable:
        """A table on paper with all its rows."""
        table = self.begin(writer)
        self.add(writer, table, rows)
        return table

    def sheet(self, title: str, rows: Iterable[Row]) -> Table:
        heads = tuple(reporting.Column(one.head, one.kind) for one, _value in self._sheet)
        return Table(title, heads, tuple(tuple(value(row) for _one, value in self._sheet) for row in rows))
