"""What figures say by rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.cards import ObservationRow
from planstudio.domain.kinds import Direction, Verdict
from planstudio.domain.measures import overall, verdict
from suppressing import suppress

HIGHER, LOWER, BAND = Direction.HIGHER, Direction.LOWER, Direction.BAND
MET, IMPROVED, FLAT, NO_DATA = Verdict.MET, Verdict.IMPROVED, Verdict.FLAT, Verdict.NO_DATA
UNCLEAR = Verdict.UNCLEAR


@pytest.mark.parametrize(
    ("values", "baseline", "target", "direction", "said"),
    [
        ([], 50, 75, HIGHER, NO_DATA),
        ([75], 50, 75, HIGHER, MET),
        ([60], 50, 75, HIGHER, IMPROVED),
        ([50], 50, 75, HIGHER, FLAT),
        ([40], 50, 75, HIGHER, FLAT),
        ([60, 59], 50, 75, HIGHER, FLAT),  # better than the baseline, worse than last year
        ([40, 45], 50, 75, HIGHER, IMPROVED),
        ([80, 74], 50, 75, HIGHER, FLAT),
        ([60], None, 75, HIGHER, UNCLEAR),  # nothing to compare with
        ([60], 50, None, HIGHER, IMPROVED),  # nothing to meet
        ([12], 20, 10, LOWER, IMPROVED),
        ([10], 20, 10, LOWER, MET),
        ([9], 20, 10, LOWER, MET),
        ([21], 20, 10, LOWER, FLAT),
        ([0], 5, 0, LOWER, MET),
        ([0], -5, 3, HIGHER, IMPROVED),
    ],
)
def test_the_newest_figure_speaks(
    values: list[float], baseline: float | None, target: float | None, direction: Direction, said: Verdict
) -> None:
    assert verdict(values, baseline=baseline, target=target, direction=direction) is said


@pytest.mark.parametrize(
    ("values", "baseline", "band", "said"),
    [
        ([5], None, (4, 6), MET),
        ([4], None, (4, 6), MET),
        ([6], None, (4, 6), MET),
        ([8, 7], None, (4, 6), IMPROVED),
        ([2, 3], None, (4, 6), IMPROVED),
        ([7, 8], None, (4, 6), FLAT),
        ([1, 9], None, (4, 6), FLAT),
        ([7], 9, (4, 6), IMPROVED),
        ([100], None, (4, None), MET),
        ([3], 2, (4, None), IMPROVED),
        ([1], None, (None, 2), MET),
        ([5], None, (None, None), UNCLEAR),
        ([5], 4, (None, None), UNCLEAR),
        ([7], None, (4, 6), UNCLEAR),
    ],
)
def test_within_a_band_nearer_is_better(
    values: list[float], baseline: float | None, band: tuple[float | None, float | None], said: Verdict
) -> None:
    assert verdict(values, baseline=baseline, target=None, direction=BAND, band=band) is said


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_lower_is_better_is_higher_is_better_upside_down(values: list[float], baseline: float, target: float) -> None:
    up = verdict(values, baseline=baseline, target=target, direction=HIGHER)
    down = verdict([-v for v in values], baseline=-baseline, target=-target, direction=LOWER)
    assert up is down


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], NO_DATA),
        ([NO_DATA, NO_DATA], NO_DATA),
        ([MET, MET], MET),
        ([MET, NO_DATA], MET),
        ([MET, FLAT], IMPROVED),
        ([IMPROVED, FLAT], IMPROVED),
        ([FLAT, NO_DATA], FLAT),
    ],
)
def test_a_goal_is_met_when_all_its_measures_are(verdicts: list[Verdict], said: Verdict) -> None:
    assert overall(verdicts) is said


# Figures of too few students.

JUNE = date(2026, 6, 30)


def shown(minimum: int, *figures: tuple[str, int | None]) -> list[str]:
    rows = [ObservationRow(group, JUNE, 50.0, count) for group, count in figures]
    kept, hidden = suppress(rows, minimum)
    assert {row.student_group for row in kept} | {row.student_group for row in hidden} == dict(figures).keys()
    return [row.student_group for row in kept]


@pytest.mark.parametrize(
    ("figures", "left"),
    [
        ([("", 200), ("EL", 34)], ["", "EL"]),
        ([("", 200), ("EL", 9)], [""]),
        ([("", 200), ("EL", 9), ("A", 90), ("B", 101)], ["", "B"]),  # else EL were everyone less A and B
        ([("", 200), ("EL", 3), ("A", 4), ("B", 96), ("C", 97)], ["", "C"]),  # EL and A together are still 7
        ([("", 200), ("EL", 6), ("A", 7), ("B", 187)], ["", "B"]),  # two that are hidden, 13 together
        ([("", 9), ("EL", None), ("A", 4)], []),  # of few students no group is told
        ([("", 100), ("Girls", 95)], [""]),  # else the boys were everyone less the girls
        ([("", 100), ("Girls", 100)], ["", "Girls"]),
        ([("", 100), ("Boys", 5), ("Girls", 95), ("Asian", 40), ("White", 60)], ["", "Asian", "White"]),
        # two ways to part the same students: by origin EL were everyone less A and B, whatever the boys hide
        ([("", 100), ("EL", 3), ("A", 40), ("B", 57), ("Boys", 8), ("Girls", 92)], ["", "B"]),
        ([("", None), ("EL", None)], ["", "EL"]),  # nobody has said how many
        ([("EL", 10)], ["EL"]),
    ],
)
def test_a_figure_of_few_students_is_hidden_with_what_would_give_it_away(
    figures: list[tuple[str, int | None]], left: list[str]
) -> None:
    assert shown(10, *figures) == left


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=4), st.lists(st.integers(1, 40), min_size=1, max_size=4),
    st.integers(1, 12),
)  # fmt: skip
def test_what_is_told_never_leaves_a_few_students_of_one_way_to_part_them(
    first: list[int], second: list[int], minimum: int
) -> None:
    everyone = sum(first)
    second = [*second, everyone - sum(second)] if sum(second) < everyone else [everyone]
    groups = {f"{way}{n}": count for way, part in enumerate((first, second)) for n, count in enumerate(part)}
    kept = set(shown(minimum, ("", everyone), *groups.items()))
    assert ("" in kept) == (everyone >= minimum)
    assert all(groups[one] >= minimum for one in kept - {""})
    for way in ("0", "1"):
        left = sum(count for name, count in groups.items() if name[0] == way and name not in kept)
        assert left == 0 or left >= minimum or "" not in kept


def test_other_periods_keep_their_figures() -> None:
    rows = [ObservationRow("EL", date(2025, 6, 30), 40.0, 22), ObservationRow("EL", JUNE, 50.0, 4)]
    kept, hidden = suppress(rows, 10)
    assert [row.period_end.year for row in kept] == [2025]
    assert [(row.student_group, row.period_end) for row in hidden] == [("EL", JUNE)]
