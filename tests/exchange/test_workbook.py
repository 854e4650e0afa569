"""A spreadsheet holds real dates and numbers, and nothing a person typed is calculated."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from planstudio.domain.reporting import Column, ColumnKind, Table
from planstudio.exchange.workbook import sheet_name, write_table

TABLE = Table(
    "Strategies: status",
    (
        Column("Strategy"),
        Column("Figure", ColumnKind.NUMBER),
        Column("Updated", ColumnKind.DATE),
        Column("Done", ColumnKind.PERCENT),
    ),
    (("Coach teachers", 66.4, date(2026, 10, 5), 40), ("Open the library", None, None, None)),
)


def sheet(table: Table = TABLE):  # type: ignore[no-untyped-def]
    return load_workbook(BytesIO(write_table(table))).active


def test_values_keep_their_kinds() -> None:
    made = sheet()
    assert [cell.value for cell in made[2]] == ["Coach teachers", 66.4, datetime(2026, 10, 5), 0.4]
    assert made["C2"].is_date
    assert made["D2"].number_format == "0%"
    assert [cell.value for cell in made[3]] == ["Open the library", None, None, None]


def test_the_head_is_bold_stays_and_is_printed_on_each_page() -> None:
    made = sheet()
    assert [cell.value for cell in made[1]] == ["Strategy", "Figure", "Updated", "Done"]
    assert all(cell.font.bold for cell in made[1])
    assert made.freeze_panes == "A2"
    assert made.print_title_rows == "$1:$1"


def test_columns_are_as_wide_as_their_words_within_bounds() -> None:
    made = sheet(Table("T", (Column("A"), Column("B")), (("x" * 30, "y" * 500),)))
    assert made.column_dimensions["A"].width == 32
    assert made.column_dimensions["B"].width == 60


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_words_that_look_like_formulas_stay_words(text: str) -> None:
    made = sheet(Table(text, (Column(text),), ((text,),)))
    for cell in (made["A1"], made["A2"]):
        assert cell.value == text
        assert cell.data_type == "s"
        assert cell.quotePrefix


@pytest.mark.parametrize("text", ["\x00\x01bell\x07", "\ud800", "a\r\nb", "x" * 100_000, "\ufffe"])
def test_any_text_gives_a_file_that_opens(text: str) -> None:
    made = sheet(Table(text, (Column(text),), ((text,),)))
    assert len(made["A2"].value or "") <= 32_767


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Strategies: status", "Strategies status"),
        ("a/b\\c?d*e[f]g", "a b c d e f g"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
        ("", "Sheet 1"),
        ("History", "Sheet 1"),
        (":", "Sheet 1"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_a_table_without_rows_still_names_its_columns() -> None:
    made = sheet(Table("Empty", TABLE.columns))
    assert [cell.value for cell in made[1]] == ["Strategy", "Figure", "Updated", "Done"]
    assert made.max_row == 1
