"""What the figures of a measure say by rule, whatever anybody judges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product
from math import ceil, floor
from typing import NamedTuple

from planstudio.domain.cards import HiddenRow, MeasureCard, ObservationRow
from planstudio.domain.coded import Bound, sign_of
from planstudio.domain.group_classes import inferred
from planstudio.domain.group_names import Subgroup, name_words, place
from planstudio.domain.group_sums import Cell, Range
from planstudio.domain.kinds import Direction, Verdict
from planstudio.domain.small_groups import hidden, threshold

_LEAST, _TREND = 3, 5  # figures that make a trend
_WHOLE, _FRACTION = 100, 5  # percent: no share is more; where others stand, a figure below 1 is a fraction
_LEAST_CODE = 5  # percent, for a student group of unknown size
_STUDENTS = name_words("students pupils learners children alumnos alumnas estudiantes niños niñas graduates")
_OF = name_words("number count of n de el los número cantidad")

Figure = tuple[str, str, date]  # of a measure, a student group and the end of a period
Group = tuple[date, Subgroup, int]  # on a day, and of how many students


def verdict(
    values: Sequence[float],
    *,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    band: tuple[float | None, float | None] = (None, None),
) -> Verdict:
    """Met, improved, or flat or declined, by the newest of *values* (oldest first).

    Improved means better than the value before it, or than the baseline where it is the first; where there is neither,
    nobody can say. Within a band, better means nearer to the band.
    """
    if not values:
        return Verdict.NO_DATA
    now = values[-1]
    if _met(now, target, direction, band):
        return Verdict.MET
    before = values[-2] if len(values) > 1 else baseline
    if before is None or (direction is Direction.BAND and band == (None, None)):
        return Verdict.UNCLEAR
    if direction is Direction.BAND:
        better = _distance(now, band) < _distance(before, band)
    else:
        better = now > before if direction is Direction.HIGHER else now < before
    return Verdict.IMPROVED if better else Verdict.FLAT


def verdict_of(measure: MeasureCard) -> Verdict:
    """The verdict of a measure by what is told of its figures; unclear where the rest would decide."""
    rows = [row for row in measure.observations if not row.student_group]
    if not rows:
        return Verdict.NO_DATA
    if contradicted(measure) or doubtful_newest(measure):
        return Verdict.UNCLEAR
    band = (measure.band_low, measure.band_high)
    figures = product(*(possible(row.value, band) for row in rows[-2:]))
    baselines = (None,) if measure.baseline is None else possible(measure.baseline, band)
    found = {
        verdict(values, baseline=baseline, target=measure.target, direction=measure.direction, band=band)
        for values, baseline in product(figures, baselines)
    }
    return found.pop() if len(found) == 1 else Verdict.UNCLEAR


def possible(value: float, band: tuple[float | None, float | None]) -> tuple[float, ...]:
    """What a figure may be, as far as a rule can tell it apart."""
    sign = sign_of(value)
    if not sign:
        return (value,)
    low, high, end = (0.0, float(value), 0.0) if sign == "<" else (float(value), 100.0, 100.0)
    inside = (low + (high - low) * n / 64 for n in range(1, 64))
    return (*inside, *(edge for edge in band if edge is not None and low < edge < high), end)


def contradicted(measure: MeasureCard) -> bool:
    """Whether the direction leads away from the target: more is better, and less is aimed at."""
    baseline, target = measure.kept_baseline if measure.kept_baseline is not None else measure.baseline, measure.target
    if measure.direction is Direction.BAND or baseline is None or target is None or baseline == target:
        return False
    return (target > baseline) is not (measure.direction is Direction.HIGHER)


def doubtful_newest(measure: MeasureCard) -> bool:
    """Whether the newest figure for everyone is a doubtful share, as it was recorded, however it is told."""
    newest = measure.newest
    recorded = {row.period_end: row.value for row in measure.kept if not row.student_group}
    return newest is not None and doubtful_share(recorded.get(newest.period_end, newest.value), measure)


def doubtful_share(value: float, measure: MeasureCard) -> bool:
    """Whether a figure in percent can hardly be one: 0.615 where 61.5 is meant, 615, or less than nothing."""
    if measure.unit.strip() != "%" or sign_of(value) or 1 <= value <= _WHOLE or not value:
        return False
    others = [one for one in (measure.baseline, measure.target, measure.band_low, measure.band_high) if one is not None]
    others += [row.value for row in measure.kept or measure.observations if not row.student_group]
    others = [other for other in others if not sign_of(other)]
    if value < 0:
        return not any(other < 0 for other in others if other != value)
    if value > _WHOLE:
        return not any(other > _WHOLE for other in others if other != value)
    usual = [other for other in others if other >= 1]
    return 0 < value < 1 and bool(usual) and min(usual) >= _FRACTION


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a goal: met when all its measures are, improved when any is better."""
    known = [v for v in verdicts if v is not Verdict.NO_DATA]
    if not known:
        return Verdict.NO_DATA
    if all(v in (Verdict.MET, Verdict.UNCLEAR) for v in known):
        return Verdict.UNCLEAR if Verdict.UNCLEAR in known else Verdict.MET
    return Verdict.IMPROVED if any(v in (Verdict.MET, Verdict.IMPROVED) for v in known) else Verdict.FLAT


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


class Recorded(NamedTuple):
    """The figures of a measure as they were recorded, and what decides which of them may be told."""

    id: str
    rows: Sequence[ObservationRow]
    minimum: int
    unit: str = ""
    name: str = ""
    student_group: str = ""
    baseline: float | None = None
    baseline_on: date | None = None

    @property
    def topic(self) -> tuple[frozenset[str], str]:
        """What is measured, whomever it counts: measures of one topic stand beside one another."""
        return name_words(self.name) - name_words(self.student_group), self.unit.strip().casefold()

    @property
    def is_share(self) -> bool:
        return self.unit.strip() == "%"


def counts_students(unit: str) -> bool:
    """Whether figures in this unit are themselves numbers of students: "students", "number of graduates"."""
    return bool(_STUDENTS & (words := name_words(unit))) and words <= _STUDENTS | _OF


class Suppressed(NamedTuple):
    """What of a measure may be told."""

    rows: tuple[ObservationRow, ...]
    hidden: tuple[HiddenRow, ...]
    baseline: float | None = None


def suppress_together(measures: Sequence[Recorded], coded_shares: int) -> dict[str, Suppressed]:
    """What may be told of measures that stand in one plan, by their ids; those of one topic are looked at as one.

    A figure of fewer than the minimum of students is hidden, with all groups of its period where it is everyone's, and
    so is what would give it away. A share so low or high that nearly all have it or nearly none is told by its bound.
    The same group of as many students is told in all topics or in none: else one would tell what another hides.
    """
    by_topic: dict[tuple[frozenset[str], str], list[Recorded]] = defaultdict(list)
    for measure in measures:
        counted = _counted(measure._replace(rows=tuple(measure.rows)))
        by_topic[measure.topic if measure.name else (frozenset((measure.id,)), "")].append(counted)
    topics = [tuple(together) for together in by_topic.values()]
    kept_back: set[Figure] = set()
    hidden_groups: set[Group] = set()
    waiting = topics
    while waiting:
        for together in waiting:
            groups = [each for one in together for each in _groups(one)]
            also = frozenset(key for key, group in groups if key in kept_back or group in hidden_groups)
            near = frozenset((day, where) for day, where, _n in hidden_groups)
            kept_back |= _hidden(together, coded_shares, also, near)
            hidden_groups |= {group for key, group in groups if key in kept_back and group[1]}
        waiting = [
            together
            for together in topics
            if any(group in hidden_groups and key not in kept_back for one in together for key, group in _groups(one))
        ]
    sized = {one.id: one.rows for together in topics for one in together}
    return {one.id: _told(one, sized[one.id], kept_back, coded_shares) for one in measures}


@lru_cache(maxsize=4_096)
def _counted(measure: Recorded) -> Recorded:
    """The measure with the number of students that others say of a group whose own nobody has said."""
    rows = list(measure.rows)
    if counts_students(measure.unit) or not 0 < sum(row.count is None for row in rows) < len(rows):
        return measure
    for day in {row.period_end for row in rows}:
        here = [
            (n, place(measure.student_group, row.student_group)) for n, row in enumerate(rows) if row.period_end == day
        ]
        sizes = inferred({where: rows[n].count for n, where in here})
        for n, where in here:
            if rows[n].count is None and where in sizes:
                rows[n] = replace(rows[n], count=sizes[where])
    return measure._replace(rows=tuple(rows))


def _groups(measure: Recorded) -> Iterator[tuple[Figure, Group]]:
    for row in measure.rows:
        size = int(row.value) if counts_students(measure.unit) and row.value == int(row.value) else row.count
        if size is not None:
            where = place(measure.student_group, row.student_group)
            yield (measure.id, row.student_group, row.period_end), (row.period_end, where, size)


@lru_cache(maxsize=4_096)
def _hidden(
    measures: tuple[Recorded, ...], coded_shares: int, also: frozenset[Figure], near: frozenset[tuple[date, Subgroup]]
) -> frozenset[Figure]:
    """The figures to hide, *also* among them, rather the groups *near*.

    Every page asks, and asks again after each edit, and hardly any figure has changed.
    """
    if not any(counts_students(measure.unit) or row.count is not None for measure in measures for row in measure.rows):
        return frozenset()
    periods: dict[date, list[tuple[Recorded, ObservationRow]]] = defaultdict(list)
    for measure in measures:
        for row in measure.rows:
            periods[row.period_end].append((measure, row))
    minimum = max(measure.minimum for measure in measures)
    found: set[Figure] = set()
    before: set[Subgroup] = set()
    for day in sorted(periods):
        digits = max(_digits(row.value) for _measure, row in periods[day])
        cells = [_cell(measure, row, coded_shares, digits) for measure, row in periods[day]]
        few = {
            cell.key
            for cell, (measure, row) in zip(cells, periods[day], strict=True)
            if (row.count is not None and row.count < measure.minimum) or (*cell.key, day) in also
        }
        here = hidden(cells, minimum, before | {where for on, where in near if on == day}, few)
        before |= {cell.place for cell in cells if cell.key in here}
        found |= {(*key, day) for key in here}
    return frozenset(found)


def _cell(measure: Recorded, row: ObservationRow, coded_shares: int, digits: int) -> Cell:
    key, where = (measure.id, row.student_group), place(measure.student_group, row.student_group)
    if counts_students(measure.unit):
        return Cell(key, where, int(row.value) if row.value >= 0 and row.value == int(row.value) else row.count)
    if row.count is None:
        return Cell(key, where)
    of = 100 if measure.is_share else 1
    total, slack = row.value * row.count / of, row.count * 0.5 * 10**-digits / of
    share = measure.is_share and 0 <= row.value <= 100
    if share and slack < 0.5 and abs(total - round(total)) <= slack:
        total, slack = float(round(total)), 0.0
    coded, bounds = _code(row, measure, coded_shares).value, None
    if sign := sign_of(coded):
        at = coded * row.count / 100
        bounds = Range(0, ceil(at) - 1) if sign == "<" else Range(floor(at) + 1, row.count)
    return Cell(key, where, row.count, total, slack, share, bounds)


def _digits(value: float) -> int:
    """How many digits a figure was written with behind its point."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _told(
    measure: Recorded, counted: Sequence[ObservationRow], kept_back: Set[Figure], coded_shares: int
) -> Suppressed:
    hidden_rows: list[HiddenRow] = []
    rows: list[ObservationRow] = []
    for row, sized in zip(measure.rows, counted, strict=True):
        if (measure.id, row.student_group, row.period_end) in kept_back:
            hidden_rows.append(HiddenRow(row.student_group, row.period_end, row.note))
        else:
            rows.append(replace(row, value=_code(sized, measure, coded_shares).value))
    return Suppressed(tuple(rows), tuple(hidden_rows), _baseline(measure, hidden_rows, coded_shares))


def _code(row: ObservationRow, measure: Recorded, coded_shares: int) -> ObservationRow:
    """The figure by its bound alone where it is a share that says too much of each student."""
    if row.coded or not measure.is_share or not 0 <= row.value <= 100:
        return row
    group = row.student_group or measure.student_group
    least = max(coded_shares, _LEAST_CODE) if coded_shares and group and row.count is None else coded_shares
    bound = threshold(row.count, least) or 0  # 0: never
    if row.value < bound:
        return replace(row, value=Bound(bound, "<"))
    return replace(row, value=Bound(100 - bound, ">")) if row.value > 100 - bound else row


def _baseline(measure: Recorded, hidden_rows: Sequence[HiddenRow], coded_shares: int) -> float | None:
    """The baseline as the figure for everyone that is nearest to its day may be told.

    Not where it is a hidden figure itself, or everyone's beside hidden groups on a day that has no other for everyone.
    """
    value, own = measure.baseline, [row for row in measure.rows if not row.student_group]
    if value is None or (counts_students(measure.unit) and value < measure.minimum):
        return None
    gone = {(row.student_group, row.period_end) for row in hidden_rows}
    if any(row.value == value for row in measure.rows if (row.student_group, row.period_end) in gone):
        return None
    if not own:
        if any(day == (measure.baseline_on or day) for _group, day in gone):
            return None
        row = ObservationRow("", measure.baseline_on or date.min, value)
    else:
        on = measure.baseline_on or own[0].period_end
        near = min(own, key=lambda row: abs((row.period_end - on).days))
        if ("", near.period_end) in gone:
            return None
        row = replace(near, value=value)
    return _code(row, measure, coded_shares).value


class Forecast(NamedTuple):
    """What the figures lead to; *figures* is how many of them were looked at."""

    value: float
    figures: int


def forecast(figures: Sequence[tuple[date, float]], on: date | None) -> Forecast | None:
    """Where the straight line through the last figures (oldest first) stands on a later day.

    Two figures make no trend; at most the last five count. None where nothing can be said.
    """
    last = figures[-_TREND:]
    if on is None or len(last) < _LEAST or on <= last[-1][0] or any(sign_of(value) for _day, value in last):
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
