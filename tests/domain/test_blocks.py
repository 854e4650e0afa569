"""Everything that is pasted, into cells; and blocks of figures, where no cell is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio.domain.blocks import Clip, cells_of, list_of, to_text
from planstudio.domain.figure_blocks import Beside, Cell, Fate, Rules, read_block

CELL = st.one_of(
    st.sampled_from(
        ["", "", "61", "61,5", "1,234", "n/a", "<10", "—", "many", "6/30/2024", "Jun-24", "June 2025", "2/30/2026",
         "Date", "14-Oct", "Fecha", "All students", "Girls", "English\nlearners", 'Grade "3"', "46568", "2024", "(12)",
         "N", "Student group", "Notes", "3/4/2026", "30/4/2026", '"quoted"', " ", "a;b", "1;2", "x,y"]
    ),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8),
)  # fmt: skip
GRID = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
)


def filled(grid: list[list[str]]) -> dict[tuple[int, int], str]:
    return {(r, c): " ".join(cell.split()) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell.strip()}


def trimmed(grid: list[list[str]]) -> list[list[str]]:
    wide = max((c + 1 for _r, c in filled(grid)), default=0)
    deep = max((r + 1 for r, _c in filled(grid)), default=0)
    return [row[:wide] for row in grid[:deep]]


@settings(deadline=None)
@given(GRID)
def test_a_block_comes_back_as_a_spreadsheet_wrote_it(grid: list[list[str]]) -> None:
    text = to_text(grid)
    if "\t" in text:
        assert cells_of(text) == trimmed(grid)
        assert cells_of("\ufeff" + text.replace("\n", "\r\n") + "\r\n") == trimmed(grid), "from Windows, with its mark"


@settings(deadline=None)
@given(
    GRID,
    st.lists(st.sampled_from(["", "6/30/2024", "6/30/2025"]), max_size=4),
    st.lists(st.sampled_from(["", "Girls", "Boys"]), unique=True, max_size=3),
    st.booleans(),
)
def test_cells_in_are_cells_stored_and_cells_told(
    grid: list[list[str]], days: list[str], groups: list[str], counting: bool
) -> None:
    rules = Rules(date(2030, 1, 1), counting, frozenset({(date(2024, 6, 30), "")}), tuple(groups))
    cells = read_block(grid, Beside(days, groups, groups), rules)
    assert {(cell.row, cell.column): cell.words for cell in cells} == filled(grid)
    assert len(cells) == len(filled(grid)), "each cell once"
    figures = [cell for cell in cells if cell.fate is Fate.FIGURE]
    assert all(cell.day and cell.group is not None and cell.value is not None for cell in figures)
    assert all(cell.why for cell in cells if cell.fate.has_reason), "what is not taken has a reason"
    assert len({(cell.day, cell.group) for cell in figures}) == len(figures), "no figure is over another"


def read(text: str, **rules: object) -> tuple[Cell, ...]:
    return read_block(cells_of(text), Beside(), Rules(**rules))  # type: ignore[arg-type]


def stored(cells: tuple[Cell, ...]) -> dict[tuple[str, str], float]:
    return {
        (f"{cell.day}", str(cell.group)): cell.value
        for cell in cells
        if cell.fate is Fate.FIGURE and cell.value is not None
    }


def told(cells: tuple[Cell, ...]) -> dict[str, str]:
    return {cell.words: cell.why for cell in cells if cell.fate.has_reason}


@pytest.mark.parametrize(
    "head", ["Date", "Period", "Month", "As of", "Fecha", "Period ending", "Mes", "", "Window", "School year"]
)
def test_the_head_of_the_dates_is_no_group(head: str) -> None:
    cells = read(f"{head}\tAll students\tGirls\n30-Jun-24\t61\t62\nOct-26\t63\t64")
    assert stored(cells) == {
        ("2024-06-30", ""): 61, ("2024-06-30", "Girls"): 62, ("2026-10-31", ""): 63, ("2026-10-31", "Girls"): 64,
    }  # fmt: skip
    assert not told(cells)


def test_heads_of_several_lines_are_one() -> None:
    assert stored(read("\tEnglish\t\nDate\tlearners\tGirls\n6/30/2024\t61\t62")).keys() == {
        ("2024-06-30", "English learners"),
        ("2024-06-30", "Girls"),
    }
    merged = read("\tGrade 3\t\tGrade 4\t\nDate\tAll\tEL\tAll\tEL\n6/30/2024\t61\t62\t63\t64")
    assert {group for _day, group in stored(merged)} == {"Grade 3 All", "Grade 3 EL", "Grade 4 All", "Grade 4 EL"}


@pytest.mark.parametrize(
    "text",
    [
        "\tPercent proficient\t\t\nMonth\tAll\tGirls\tBoys\nAug 2026\t61\t62\t60",
        "\tPercent proficient\t\t\nMonth\tGirls\tBoys\tTotal\nAug 2026\t62\t60\t61",
        "\tReading\t\t\n\tPercent proficient\t\t\nMonth\tAll\tGirls\tBoys\nAug 2026\t61\t62\t60",
        "Month|All|Girls|Boys\nAug 2026|61|62|60",
        "Fecha\tPorcentaje\t\t\n\tTodos\tGirls\tBoys\nAug 2026\t61\t62\t60",
    ],
)
def test_a_head_over_all_columns_is_a_title(text: str) -> None:
    day = "2026-08-31"
    assert stored(read(text)) == {(day, ""): 61, (day, "Girls"): 62, (day, "Boys"): 60}


@pytest.mark.parametrize(
    "text",
    [
        "Date\tAll\n6/30/2024\t61\n\nDate\tGirls\n6/30/2024\t63\n6/30/2025\t64",
        "Reading\nDate\tAll\n6/30/2024\t61\nMath\t\nPeriod\tAll\n6/30/2025\t64",
        "Group\tJun-24\nAll\t61\n\nMath\tJun-25\nAll\t63\nGirls\t64",
    ],
)
def test_a_second_block_below_is_told_and_never_taken_under_the_heads_of_the_first(text: str) -> None:
    cells = read(text)
    assert stored(cells) == {("2024-06-30", ""): 61}
    assert told(cells)["64"] == "another block begins above; paste it by itself"


def test_titles_over_the_only_column_and_heads_of_a_new_page_are_no_groups() -> None:
    assert stored(read("\tReading\n\tGrade 3\nDate\tAll\n6/30/2024\t61")) == {("2024-06-30", ""): 61}
    assert stored(read("\tAll\nDate\tstudents\n6/30/2024\t61")) == {("2024-06-30", ""): 61}
    pages = read("Date\tAll\n6/30/2024\t61\nDate\tAll\n6/30/2025\t62")
    assert stored(pages) == {("2024-06-30", ""): 61, ("2025-06-30", ""): 62}
    assert set(told(pages)) == {"Date", "All"}


def test_a_group_that_is_known_in_other_letters_is_the_same() -> None:
    cells = read("Date\tenglish  LEARNERS\n6/30/2024\t61", groups=("English learners",))
    assert stored(cells) == {("2024-06-30", "English learners"): 61}


def test_one_row_a_group_is_a_table_too() -> None:
    cells = read("Date\tStudent group\tPercent\tN\n6/30/2024\tAll students\t61\t100\n6/30/2024\tGirls\t30\t12")
    assert stored(cells) == {("2024-06-30", ""): 61, ("2024-06-30", "Girls"): 30}
    assert set(told(cells)) == {"100", "12"}
    counts = read(
        "Date\tGroup\tPercent\tN\n6/30/2024\tAll\t61\t100", counting=True, stored=frozenset({(date(2024, 6, 30), "")})
    )
    assert stored(counts) == {("2024-06-30", ""): 100}


def test_a_row_names_its_group_in_several_columns() -> None:
    cells = read("#\tDate\tGrade\tGender\tRate\n1\t6/30/2024\t3\tGirls\t61\n2\t6/30/2024\t4\tAll\t62")
    assert stored(cells) == {("2024-06-30", "Grade 3, Girls"): 61, ("2024-06-30", "Grade 4"): 62}
    assert set(told(cells)) == {"1", "2"}


def test_beside_days_that_stand_first_a_doubtful_order_is_asked() -> None:
    cells = read("Date\tAll\n30/6/2024\t61\n3/4/2025\t62")
    assert stored(cells) == {("2024-06-30", ""): 61}
    assert told(cells)["3/4/2025"] == "“3/4/2025” may be Mar 4, 2025 or Apr 3, 2025"
    assert told(cells)["62"] == "its date is to be mended first"


def test_beside_decimal_commas_thousands_are_asked() -> None:
    cells = read("Fecha;Todos;Niñas\n30/6/2024;61,5;1,234")
    assert stored(cells) == {("2024-06-30", ""): 61.5}
    assert told(cells)["1,234"] == "“1,234” may be 1,234 or 1.234"


def test_titles_notes_and_empty_rows_are_no_figures() -> None:
    cells = read("Grade 3 reading\t\n\nDate\tAll students\n\n6/30/2024\t61\n\nSource: the state\n")
    assert [(cell.words, cell.fate) for cell in cells] == [
        ("Grade 3 reading", Fate.TITLE), ("Date", Fate.HEAD), ("All students", Fate.HEAD), ("6/30/2024", Fate.DATE),
        ("61", Fate.FIGURE), ("Source: the state", Fate.LEFT),
    ]  # fmt: skip


def test_a_date_too_far_ahead_and_a_year_alone_are_told() -> None:
    cells = read("Date\tAll\n6/30/2062\t61\n2024\t62", latest=date(2027, 6, 30))
    assert not stored(cells)
    assert "more than a year ahead" in told(cells)["6/30/2062"]
    assert "names no day" in told(cells)["2024"]


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("a;b\n1;2", [["a", "b"], ["1", "2"]]),
        ('Date,All,"Girls, 3"\n6/30/2024,61,62', [["Date", "All", "Girls, 3"], ["6/30/2024", "61", "62"]]),
        ("1,234\n2,345", [["1,234"], ["2,345"]]),
        ("October 14, 2026\nOctober 15, 2026", [["October 14, 2026"], ["October 15, 2026"]]),
        ("Read, write\nSing, dance", [["Read, write"], ["Sing, dance"]]),
        ("| Date | All |\n|---|--:|\n| 6/30/2024 | 6\\|1 |", [["Date", "All"], ["6/30/2024", "6|1"]]),
        ('say "so"\t5" pipe\n"not closed\tx', [['say "so"', '5" pipe'], ['"not closed', "x"]]),
        ('"a ""b"" c"\td', [['a "b" c', "d"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\tc\nd", [["a", "b", "c"], ["d", "", ""]]),
        ("", []),
        (" \n ", []),
    ],
)
def test_text_is_parted_into_its_cells(text: str, grid: list[list[str]]) -> None:
    assert cells_of(text) == grid


def test_html_is_read_where_the_text_has_lost_the_cells() -> None:
    html = (
        "<table><tr><th>Date</th><th colspan=2>Reading <br>scores</th></tr><tr><td rowspan=2>6/30/2024</td><td>61</td>"
        "<td><p>6</p><p>2</p></td></tr><tr><td>63</td><td>64<del>99</del></td></tr></table>"
    )
    grid = [["Date", "Reading\nscores", ""], ["6/30/2024", "61", "6\n2"], ["", "63", "64"]]
    assert cells_of(Clip("Date\nReading\nscores\n6/30/2024\n61", html)) == grid
    assert cells_of(Clip("a\tb\n1\t2", html)) == [["a", "b"], ["1", "2"]], "a whole text is not poorer"


def test_lists_lose_their_signs_and_nothing_else() -> None:
    text = (
        "● Reading\no\tSub item\n➢ Math\n■ Art\n✓ Music\n1.1 Health\n2) Safety\n(3) Trust\n3.5 hours of art\n"
        "\uf0a7 Nights\n"
        '"Best" schools\n"One\nline"\no-level\n- \n'
    )
    assert list_of(text) == [
        "Reading", "Sub item", "Math", "Art", "Music", "Health", "Safety", "Trust", "3.5 hours of art", "Nights",
        '"Best" schools', "One line", "o-level",
    ]  # fmt: skip


def test_a_lone_sign_is_one_cell() -> None:
    """A comma alone parted the line into nothing, and ended in an error."""
    assert cells_of(",") == [[","]]
