"""Figures as a table: typed, pasted from a spreadsheet, looked at cell by cell."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from factories import add_goal, add_measure
from gui.meeting_window import press
from planstudio.domain.cards import MeasureCard
from planstudio.domain.places import Place
from planstudio.gui.pages.measure_page import MeasurePage
from planstudio.gui.window import Window
from planstudio.operations import measures
from planstudio.queries.measures import measure_card

GROUPS = ("All students", "English learners", "Girls", "Boys", "Grade 3", "Grade 4")
YEARS = range(2014, 2026)


@pytest.fixture
def page(window: Window) -> MeasurePage:
    measure = add_measure(window.plan.workspace, add_goal(window.plan.workspace), "Readers", unit="%")
    window.go(Place("measure", measure))
    shown = window.plan.view.stack.currentWidget()
    assert isinstance(shown, MeasurePage)
    press(shown, "As a table")
    return shown


def card(page: MeasurePage) -> MeasureCard:
    return page.desk.ask(measure_card, page.ident)


def paste(page: MeasurePage, words: str, at: tuple[int, int] = (0, 0)) -> None:
    QGuiApplication.clipboard().setText(words)
    page.grid.table.setCurrentCell(*at)
    QTest.keyClick(page.grid.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def block(*, heads: bool = True, dates: bool = True) -> str:
    lines = [[f"6/30/{year}", *(f"{50 + n + year - 2014}.5%" for n in range(6))] for year in YEARS]
    if heads:
        lines.insert(0, ["Date", *GROUPS])
    return "\r\n".join("\t".join(line if dates else line[1:]) for line in lines) + "\r\n"


PERIODS = "Period\tAll students\tEnglish learners\n8/31/2026\t72\t61\n9/30/2026\t75\t63\n10/31/2026\t78\t66\n"


def figures(page: MeasurePage) -> dict[tuple[date, str], float]:
    return {(row.period_end, row.student_group): row.value for row in card(page).observations}


def test_a_block_pasted_at_a_row_that_has_figures_keeps_all_of_its_periods(page: MeasurePage) -> None:
    page.desk.do("Record", measures.record_observation, page.ident, date(2026, 5, 31), 70.0)
    page.desk.do("Record", measures.record_observation, page.ident, date(2026, 9, 30), 1.0)
    paste(page, PERIODS, at=(0, 0))
    assert figures(page) == {
        (date(2026, 5, 31), ""): 70,
        **{(date(2026, month, day), group): value for (month, day), pair in
           {(8, 31): (72, 61), (9, 30): (75, 63), (10, 31): (78, 66)}.items()
           for group, value in zip(("", "English learners"), pair, strict=True)},
    }  # fmt: skip
    assert page.grid.sum.text().startswith("6 cells: 6 stored. 1 replaces another figure.")
    page.desk.undo()
    assert figures(page) == {(date(2026, 5, 31), ""): 70, (date(2026, 9, 30), ""): 1}


@pytest.mark.parametrize(
    ("words", "stored", "wrong"),
    [
        ('Date\tAll\t"English\nlearners"\n6/30/2024\t61\t30', {"": 61, "English learners": 30}, 0),
        ("Date\tAll students\n6/30/2024\t61\t30", {"": 61}, 1),
        ("Grade 3 reading\t\n\nDate\tAll students\n\nJun-24\t61", {"": 61}, 0),
        ("Group\tJun-24\nAll students\t61\nGirls\t63", {"": 61, "Girls": 63}, 0),
        ("Fecha;Todos los estudiantes;Niñas\n30/6/2024;61,5;62", {"": 61.5, "Niñas": 62}, 0),
        ("As of\tAll students\n45473\t(12)\n", {"": -12}, 0),
        ("School year\tAll\tGirls\n2023–24\t−5\t1.2M", {"": -5}, 1),
    ],
)  # fmt: skip
def test_blocks_of_every_shape_are_taken_or_told(
    page: MeasurePage, words: str, stored: dict[str, float], wrong: int
) -> None:
    paste(page, words)
    assert figures(page) == {(date(2024, 6, 30), group): value for group, value in stored.items()}
    assert len(page.grid.model.wrong()) == wrong
    assert page.grid.told.isHidden() == (not wrong)


def test_figures_without_a_head_are_taken_when_their_column_is_named(page: MeasurePage) -> None:
    paste(page, "Date\tAll students\n6/30/2024\t61\t30\n6/30/2025\t62\t31")
    assert "no head says for whom “30” is" in page.grid.told.text()
    page.grid.group.entry.setText("English learners")
    press(page.grid, "Add column")
    assert figures(page)[date(2025, 6, 30), "English learners"] == 31
    assert page.grid.told.isHidden()


def test_two_figures_for_a_day_and_a_group_are_asked(page: MeasurePage) -> None:
    page.desk.do("Record", measures.record_observation, page.ident, date(2024, 6, 30), 5.0)
    paste(page, "Date\tAll students\n6/30/2024\t61\nJune 2024\t62\n6/30/2025\t7\n6/30/2025\t7")
    assert figures(page) == {(date(2024, 6, 30), ""): 5, (date(2025, 6, 30), ""): 7}
    assert "2 figures for Jun 30, 2024: 61 · 62" in page.grid.told.text()
    assert {"5", "61", "62"} <= words_in(page)
    (cell,) = page.grid.table.findItems("62", Qt.MatchFlag.MatchExactly)
    cell.setText("")
    assert figures(page)[date(2024, 6, 30), ""] == 61
    assert page.grid.told.isHidden()


def test_what_was_not_taken_can_be_put_away(page: MeasurePage) -> None:
    paste(page, "Date\tAll students\nsummer\t61\n6/30/2025\tmany")
    assert not page.grid.drop.isHidden()
    press(page.grid, "Take away what was not taken")
    assert not {"summer", "61", "many"} & words_in(page)
    assert page.grid.told.isHidden()
    assert page.grid.drop.isHidden()


def test_figures_alone_fall_beside_the_dates_that_are_there(page: MeasurePage) -> None:
    paste(page, block())
    paste(page, "1\t2\n3\t4", at=(2, 2))
    told = {(row.period_end.year, row.student_group): row.value for row in card(page).kept}
    groups = [one.group for one in page.grid.model.columns]
    assert told[2016, groups[1]] == 1
    assert told[2016, groups[2]] == 2
    assert told[2017, groups[2]] == 4
    assert len(told) == 72


def test_cells_that_are_no_figures_stay_with_why_and_the_others_are_kept(page: MeasurePage) -> None:
    paste(page, "Date\tAll students\tGirls\n6/30/2024\t61\tn/a\nsummer\t64\t66\n6/30/2026\t67,5\t70")
    told = {(row.period_end, row.student_group): row.value for row in card(page).kept}
    assert told == {(date(2024, 6, 30), ""): 61, (date(2026, 6, 30), ""): 67.5, (date(2026, 6, 30), "Girls"): 70}
    assert page.grid.told.text().startswith("1 cell was not taken: row 3, End of the period: “summer”")
    assert page.grid.sum.text() == (
        "7 cells: 3 stored, 1 to mend, 2 waiting for their date, 1 left out. "
        "Left out first: “n/a” says that there is no number. "
        "Commas were read as decimal points: 67,5 as 67.5. Beside them 5 titles, heads and dates."
    )
    table = page.grid.table
    words = {
        table.item(r, c).text() for r in range(table.rowCount()) for c in range(table.columnCount()) if table.item(r, c)
    }
    assert {"n/a", "summer", "64", "66"} <= words
    (r,) = (r for r in range(table.rowCount()) if table.item(r, 0).text() == "summer")
    assert "is not a date" in table.item(r, 0).toolTip()
    table.item(r, 0).setText("6/30/2025")
    told = {(row.period_end, row.student_group): row.value for row in card(page).kept}
    assert told[date(2025, 6, 30), ""] == 64
    assert told[date(2025, 6, 30), "Girls"] == 66


def test_a_figure_is_typed_and_deleted_in_the_table(page: MeasurePage) -> None:
    paste(page, block())
    row = page.grid.table.rowCount() - 1
    page.grid.table.item(row, 0).setText("Jun 30 2026")
    page.grid.table.item(row, 1).setText("71.5")
    assert card(page).newest.value == 71.5
    at = next(n for n, line in enumerate(page.grid.model.lines) if line.day == date(2026, 6, 30))
    page.grid.table.setCurrentCell(at, 1)
    QTest.keyClick(page.grid.table, Qt.Key.Key_Delete)
    assert card(page).newest.period_end == date(2025, 6, 30)


def test_several_figures_are_deleted_as_one_step_and_an_emptied_cell_is_deleted(page: MeasurePage) -> None:
    paste(page, block())
    table = page.grid.table
    table.clearSelection()
    for row, column in ((0, 1), (0, 2), (3, 4)):
        table.item(row, column).setSelected(True)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert len(card(page).observations) == 69
    assert page.desk.undo_state().undo == "Delete 3 figures"
    page.desk.undo()
    assert len(card(page).observations) == 72
    page.grid.table.item(5, 2).setText("")
    assert len(card(page).observations) == 71


def test_another_date_moves_the_figures_of_its_row_and_a_taken_one_is_refused(page: MeasurePage) -> None:
    page.desk.do("Record", measures.record_observation, page.ident, date(2025, 6, 30), 70.0, count=80, note="Spring")
    page.desk.do("Record", measures.record_observation, page.ident, date(2026, 6, 30), 72.0)
    page.grid.table.item(0, 0).setText("5/31/2025")
    moved = card(page).observations[0]
    assert (moved.period_end, moved.value, moved.count, moved.note) == (date(2025, 5, 31), 70.0, 80, "Spring")
    assert len(card(page).observations) == 2
    page.grid.table.item(0, 0).setText("05/31/2025")  # the same day in other words
    assert page.grid.table.item(0, 0).text() == "May 31, 2025"
    page.grid.table.item(0, 0).setText("6/30/2026")
    assert [row.period_end for row in card(page).observations] == [date(2025, 5, 31), date(2026, 6, 30)]
    assert page.grid.table.item(0, 0).text() == "May 31, 2025"


def test_an_empty_cell_that_is_pasted_leaves_what_stands_there(page: MeasurePage) -> None:
    paste(page, block())
    paste(page, "1\t\t3", at=(2, 2))
    groups = [one.group for one in page.grid.model.columns]
    told = {(row.period_end.year, row.student_group): row.value for row in card(page).kept}
    assert told[2016, groups[1]] == 1
    assert told[2016, groups[2]] not in (1, 3)
    assert told[2016, groups[3]] == 3
    assert page.grid.table.item(2, 3).text() != ""


def test_a_column_for_a_group_is_added_and_the_block_copied(page: MeasurePage) -> None:
    page.grid.group.entry.setText("Grade 5")
    press(page.grid, "Add column")
    paste(page, "6/30/2026\t80\t81")
    assert {row.student_group: row.value for row in card(page).observations} == {"": 80, "Grade 5": 81}
    page.grid.table.selectAll()
    QTest.keyClick(page.grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Jun 30, 2026\t80\t81")


def test_figures_of_few_are_seen_where_they_are_written_and_nowhere_else(page: MeasurePage) -> None:
    day = date(2026, 6, 30)
    page.desk.do("Record", measures.record_observation, page.ident, day, 70.0, count=80)
    page.desk.do("Record", measures.record_observation, page.ident, day, 12.25, "English learners", count=4)
    page.desk.do("Record", measures.record_observation, page.ident, day, 73.0, "Girls", count=38)
    assert page.hidden.text().startswith("2 figures are told nowhere but in this table: of fewer than 10 students")
    table = page.grid.table
    cells = {table.item(0, c).text(): table.item(0, c).toolTip() for c in range(1, table.columnCount())}
    assert {words for words, tip in cells.items() if tip.startswith("Told nowhere but here")} == {"12.25", "73"}
    assert page.figures.table.rowCount() == 3
    assert [row.value for row in card(page).observations] == [70]
    page.minimum_group.edited.emit(3.0)
    assert (
        page.hidden.text()
        == "1 figure is told by its bound alone, as <50%: nearly all of its students, or nearly none."
    )


def test_the_forecast_says_that_it_is_one(page: MeasurePage) -> None:
    paste(page, "6/30/2023\t60\n6/30/2024\t62\n6/30/2025\t64")
    assert page.forecast.isHidden()
    page.desk.do("Aim", measures.edit_measure, page.ident, target=80.0, target_on=date(2030, 6, 30))
    assert page.forecast.text() == "Forecast, if it goes on as in the last 3 figures: about 74% on June 30, 2030."


def words_in(page: MeasurePage) -> set[str]:
    table = page.grid.table
    items = (table.item(r, c) for r in range(table.rowCount()) for c in range(table.columnCount()))
    return {item.text() for item in items if item is not None}


def test_mending_one_cell_leaves_the_others_marked(page: MeasurePage) -> None:
    paste(page, "Date\tAll students\tGirls\tBoys\n6/30/2024\tabsent\tn/a\t50\nno date\t53\t43\t33")
    table = page.grid.table
    (cell,) = table.findItems("absent", Qt.MatchFlag.MatchExactly)
    cell.setText("61")
    assert {"n/a", "no date", "53", "43", "33"} <= words_in(page)
    assert window_is_quiet(page)
    assert page.grid.told.text().startswith("1 cell was not taken: row 2, End of the period: “no date”")
    page.desk.undo()
    assert "n/a" in words_in(page)
    assert "61" not in words_in(page)


def window_is_quiet(page: MeasurePage) -> bool:
    return page.window().plan.view.banners.count() == 0


def test_a_wrong_word_is_taken_out_without_a_word(page: MeasurePage) -> None:
    paste(page, "Date\tAll students\tGirls\n6/30/2024\t61\tn/a")
    (cell,) = page.grid.table.findItems("n/a", Qt.MatchFlag.MatchExactly)
    cell.setText("")
    assert window_is_quiet(page)
    assert page.grid.told.isHidden()
    assert [row.value for row in card(page).observations] == [61]


def test_numbers_of_students_are_pasted_beside_their_figures_and_hide_the_few(page: MeasurePage) -> None:
    paste(page, "Date\tAll students\tGirls\tBoys\n6/30/2025\t60\t70\t50")
    page.grid.what.setCurrentIndex(1)
    page.grid.what.activated.emit(1)
    paste(page, "Date\tAll students\tGirls\tBoys\n6/30/2025\t100\t94\tsix\n6/30/2024\t90")
    assert {(row.student_group, row.count) for row in card(page).observations} == {("", 100)}
    why = "6 boys are everyone less the girls, and nobody has said how many boys there are"
    assert [row.student_group for row in card(page).hidden] == ["Boys", "Girls"], why
    assert {"six", "there is no figure yet"} <= words_in(page) | {
        page.grid.table.item(r, c).toolTip()
        for r in range(page.grid.table.rowCount())
        for c in range(page.grid.table.columnCount())
    }


def test_the_number_of_students_stands_in_the_list_and_in_the_line_for_new_figures(page: MeasurePage) -> None:
    press(page, "As a list")
    figures = page.figures
    figures.day.entry.setText("6/30/2026")
    figures.value.entry.setText("61")
    figures.count.entry.setText("few")
    press(figures, "Record figure")
    assert "not a number of students" in figures.error.text()
    figures.count.entry.setText("48")
    press(figures, "Record figure")
    assert [(row.value, row.count) for row in card(page).observations] == [(61, 48)]
    figures.table.item(0, 3).setText("9")
    assert card(page).observations == ()
    assert [row.period_end for row in card(page).hidden] == [date(2026, 6, 30)]


def test_a_date_far_ahead_is_a_slip(page: MeasurePage) -> None:
    paste(page, "5/31/2062\t91")
    assert card(page).observations == ()
    assert "more than a year ahead" in page.grid.told.text()
    press(page, "As a list")
    page.figures.day.entry.setText("5/31/2062")
    page.figures.value.entry.setText("91")
    press(page.figures, "Record figure")
    assert card(page).observations == ()
