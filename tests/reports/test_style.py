"""Colors can be read, statuses can be told apart without them, and both papers hold the grid."""

from __future__ import annotations

import pytest
from reportlab.lib.colors import Color

from planstudio.domain.kinds import Status, Verdict
from planstudio.reports import marks, style
from planstudio.reports.style import PAPERS, Grid, Styles


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2."""

    def light(color: Color) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.rgb()]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("color", "least"),
    [
        (style.INK, 7), (style.QUIET, 7), (style.ACCENT, 7), (style.GOOD, 4.5), (style.WARN, 4.5), (style.BAD, 4.5),
        (style.CALM, 4.5), (style.MUTED, 3),
    ],
)  # fmt: skip
def test_every_color_that_carries_a_meaning_can_be_seen_on_white(color: Color, least: float) -> None:
    assert contrast(color, style.WHITE) >= least


def test_the_accent_can_be_read_on_the_tint() -> None:
    assert contrast(style.ACCENT, style.TINT) >= 7


def test_every_style_is_set_in_a_color_that_can_be_read() -> None:
    styles = vars(Styles(Grid(*PAPERS["letter"]))).values()
    assert all(contrast(s.color, style.WHITE) >= 7 for s in styles)
    assert all(s.size >= 8.5 for s in styles)


@pytest.mark.parametrize("table", [marks.STATUS, marks.VERDICT])
def test_no_two_statuses_share_a_shape(table: dict[object, marks.Mark]) -> None:
    assert len({mark.shape for mark in table.values()}) == len(table)


def test_every_status_has_a_mark() -> None:
    assert set(marks.STATUS) == set(Status)
    assert set(marks.VERDICT) == set(Verdict)


def test_completed_and_on_track_differ_in_shape_and_in_color() -> None:
    done, going = marks.STATUS[Status.COMPLETED], marks.STATUS[Status.ON_TRACK]
    assert done.shape != going.shape
    assert done.color != going.color


@pytest.mark.parametrize(
    "mark", [*marks.STATUS.values(), *marks.VERDICT.values(), marks.OUTDATED], ids=lambda m: m.shape
)
def test_a_mark_paints_something_and_leaves_the_state_as_it_was(mark: marks.Mark) -> None:
    code = marks.mark_code(mark, 10, 10, 4).split()
    assert code[0] == "q"
    assert code[-1] == "Q"
    assert {"S", "f"} & set(code)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_reading_column_is_about_seventy_letters_wide(paper: str) -> None:
    grid = Grid(*PAPERS[paper])
    assert 355 < grid.main < 380
    assert grid.side + grid.main == pytest.approx(grid.text)
