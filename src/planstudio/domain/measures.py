"""What the figures of a measure say by rule, whatever anybody judges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from planstudio.domain.cards import HiddenRow, MeasureCard, ObservationRow
from planstudio.domain.kinds import Direction, Verdict

_LEAST, _TREND = 3, 5  # figures that make a trend


def verdict(
    values: Sequence[float],
    *,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    band: tuple[float | None, float | None] = (None, None),
) -> Verdict:
    """Met, improved, or flat or declined, by the newest of *values* (oldest first).

    Improved means better than the value before it, or than the baseline where
    it is the first. Within a band, better means nearer to the band.
    """
    if not values:
        return Verdict.NO_DATA
    now = values[-1]
    if _met(now, target, direction, band):
        return Verdict.MET
    before = values[-2] if len(values) > 1 else baseline
    if before is None:
        return Verdict.FLAT
    if direction is Direction.BAND:
        better = _distance(now, band) < _distance(before, band)
    else:
        better = now > before if direction is Direction.HIGHER else now < before
    return Verdict.IMPROVED if better else Verdict.FLAT


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a goal: met when all its measures are, improved when any is better."""
    known = [v for v in verdicts if v is not Verdict.NO_DATA]
    if not known:
        return Verdict.NO_DATA
    if all(v is Verdict.MET for v in known):
        return Verdict.MET
    return Verdict.IMPROVED if any(v is not Verdict.FLAT for v in known) else Verdict.FLAT


def _met(now: float, target: float | None, direction: Direction, band: tuple[float | None, float | None]) -> bool:
    if direction is Direction.BAND:
        return band != (None, None) and _distance(now, band) == 0
    if target is None:
        return False
    return now >= target if direction is Direction.HIGHER else now <= target


def _distance(value: float, band: tuple[float | None, float | None]) -> float:
    low, high = band
    if low is not None and value < low:
        return low - value
    return value - high if high is not None and value > high else 0.0


def told(rows: Sequence[ObservationRow], minimum: int) -> tuple[tuple[ObservationRow, ...], tuple[HiddenRow, ...]]:
    """The figures that may be told, and those that are hidden; both oldest first.

    A figure of fewer than *minimum* students is hidden. Where that leaves too few hidden students in a
    period beside the figure for everyone, they could be reckoned; so the next smallest group is hidden, too.
    """
    hidden: set[tuple[str, date]] = set()
    if any(row.count is not None and row.count < minimum for row in rows):
        for day in {row.period_end for row in rows}:
            hidden |= {(group, day) for group in _hidden([row for row in rows if row.period_end == day], minimum)}
    return (
        tuple(row for row in rows if (row.student_group, row.period_end) not in hidden),
        tuple(
            HiddenRow(row.student_group, row.period_end, row.note)
            for row in rows
            if (row.student_group, row.period_end) in hidden
        ),
    )


def _hidden(period: Sequence[ObservationRow], minimum: int) -> set[str]:
    counted = sorted((row.count, row.student_group) for row in period if row.count is not None)
    found = {group for count, group in counted if count < minimum}
    groups = [(count, group) for count, group in counted if group]
    if not any(group in found for _count, group in groups) or "" in found:
        return found
    left = [group for _count, group in groups if group not in found]
    while left and sum(count for count, group in groups if group in found) < minimum:
        found.add(left.pop(0))
    if len(found) == 1 and left:
        found.add(left[0])
    return found


class Forecast(NamedTuple):
    """What the figures lead to; *figures* is how many of them were looked at."""

    value: float
    figures: int


def forecast(figures: Sequence[tuple[date, float]], on: date | None) -> Forecast | None:
    """Where the straight line through the last figures (oldest first) stands on a later day.

    Two figures make no trend; at most the last five count. None where nothing can be said.
    """
    last = figures[-_TREND:]
    if on is None or len(last) < _LEAST or on <= last[-1][0]:
        return None
    days = [float((day - last[0][0]).days) for day, _value in last]
    middle, mean = sum(days) / len(days), sum(value for _day, value in last) / len(last)
    spread = sum((day - middle) ** 2 for day in days)
    slope = sum((day - middle) * (value - mean) for day, (_day, value) in zip(days, last, strict=True)) / spread
    return Forecast(mean + slope * ((on - last[0][0]).days - middle), len(last))


def forecast_of(measure: MeasureCard) -> Forecast | None:
    """The forecast for everyone to the day of the target: no percent under 0 or over 100, nothing counted under 0."""
    figures = [(row.period_end, row.value) for row in measure.observations if not row.student_group]
    found = forecast(figures, measure.target_on)
    if found is None:
        return None
    value = max(found.value, 0.0) if all(value >= 0 for _day, value in figures) else found.value
    if measure.unit == "%" and all(value <= 100 for _day, value in figures):
        value = min(value, 100.0)
    return found._replace(value=value)
