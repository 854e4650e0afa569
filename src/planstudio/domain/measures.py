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

    A figure of fewer than *minimum* students is hidden, with all groups of its period where it is everyone's. So is
    a group when everyone but the group are too few, and the next smallest one as long as the hidden could be
    reckoned from what is told.
    """
    periods: dict[date, list[ObservationRow]] = {}
    for row in rows:
        periods.setdefault(row.period_end, []).append(row)
    hidden = {(group, day) for day, period in periods.items() for group in _hidden(period, minimum)}
    return (
        tuple(row for row in rows if (row.student_group, row.period_end) not in hidden),
        tuple(
            HiddenRow(row.student_group, row.period_end, row.note)
            for row in rows
            if (row.student_group, row.period_end) in hidden
        ),
    )


def _hidden(period: Sequence[ObservationRow], minimum: int) -> set[str]:
    counts = {row.student_group: row.count for row in period if row.count is not None}
    everyone = counts.pop("", None)
    if everyone is not None and everyone < minimum:
        return {row.student_group for row in period}
    found = {
        group
        for group, count in counts.items()
        if count < minimum or (everyone is not None and 0 < everyone - count < minimum)
    }
    left = sorted((group for group in counts if group not in found), key=lambda group: (counts[group], group))
    while (
        found and left and _reckoned([counts[one] for one in found], [counts[one] for one in left], everyone, minimum)
    ):
        found.add(left.pop(0))
    return found


def _reckoned(hidden: Sequence[int], told: Sequence[int], everyone: int | None, minimum: int) -> bool:
    """Whether fewer than *minimum* hidden students are what the told ones leave of everyone.

    Groups may part the students in several ways, by origin and by language, so every sum of them is looked at.
    """
    if sum(hidden) < minimum:
        return True
    if everyone is None:
        return False
    told_sums = _sums(told, everyone)
    return any(everyone - few in told_sums for few in _sums(hidden, minimum - 1) if few)


def _sums(counts: Sequence[int], most: int) -> set[int]:
    """Every sum of some of *counts* up to *most*."""
    sums = {0}
    for count in counts:
        sums |= {known + count for known in sums if known + count <= most}
    return sums


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
