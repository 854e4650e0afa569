"""Twelve years of figures for six groups, copied in Excel and pasted."""

from __future__ import annotations

from datetime import date

from gui.test_figures_grid import GROUPS, YEARS, block, card, page, paste
from planstudio.gui.pages.measure_page import MeasurePage

__all__ = ["page"]


def test_twelve_by_six_figures_are_pasted_with_their_heads_and_dates_as_one_step(page: MeasurePage) -> None:
    paste(page, block())
    rows = card(page).observations
    assert len(rows) == 72
    assert {row.student_group for row in rows} == {"", *GROUPS[1:]}
    assert {row.period_end for row in rows} == {date(year, 6, 30) for year in YEARS}
    assert next(row.value for row in rows if row.student_group == "Girls" and row.period_end.year == 2020) == 58.5
    assert page.desk.undo_state().undo == "Record 72 figures"
    assert page.grid.told.isHidden()
    page.desk.undo()
    assert card(page).observations == ()
    assert page.grid.table.rowCount() == 1
