"""What a chart of a measure shows, before anybody draws it: its points, their names, and it all in words.

Only the figures for everyone are charted; student groups are told elsewhere.
Figures of a year each are named by the year and stand on equal steps;
otherwise each stands at its own date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planstudio.domain.cards import MeasureCard
from planstudio.domain.coded import sign_of
from planstudio.domain.kinds import Direction, Verdict
from planstudio.domain.measures import contradicted, doubtful_newest, forecast_of
from planstudio.domain.monitored import interim_targets
from planstudio.i18n import _, amount, medium_date, number
from planstudio.reports.fonts import one_line

_TOLD = 24  # alternative texts tell up to so many values one by one


@dataclass(frozen=True)
class Point:
    """One value: where it stands on a line of time, and what that place is called."""

    at: float
    name: str
    value: float


@dataclass(frozen=True)
class Series:
    """The points of a measure from its baseline on, and its target."""

    points: tuple[Point, ...]
    from_baseline: bool  # the first point is the baseline
    target: Point | None
    yearly: bool
    interim: tuple[Point, ...] = ()  # targets on the way that are still ahead
    forecast: Point | None = None  # where the figures lead by the day of the target

    @property
    def end(self) -> float:
        return max([point.at for point in self.points] + ([self.target.at] if self.target else []), default=0)

    @property
    def start(self) -> float:
        return self.points[0].at if self.points else self.target.at if self.target else 0


def series(measure: MeasureCard) -> Series:
    """The points of *measure* for everyone, oldest first."""
    rows = {row.period_end: row.value for row in measure.observations if not row.student_group}
    baseline_on = measure.baseline_on
    if measure.baseline is not None and baseline_on is None and rows:
        baseline_on = min(rows).replace(year=min(rows).year - 1, day=min(min(rows).day, 28))
    from_baseline = False
    if measure.baseline is not None and baseline_on is not None and baseline_on <= min(rows, default=baseline_on):
        from_baseline = True
        rows.setdefault(baseline_on, measure.baseline)
    days = sorted(rows)
    yearly = len({day.year for day in days}) == len(days)

    def place(day: date) -> float:
        return float(day.year) if yearly else day.toordinal() / 365.25

    def name(day: date) -> str:
        if from_baseline and day == baseline_on and measure.baseline_on is None:
            return ""
        return str(day.year) if yearly else medium_date(day)

    points = tuple(Point(place(day), name(day), rows[day]) for day in days)
    target = None
    if measure.target is not None:
        on = measure.target_on
        last = points[-1].at if points else 0.0
        at = max(place(on), last) if on else last + 1  # a target that is past stands beside the newest figure
        target = Point(at, name(on) if on else "", measure.target)
    led = forecast_of(measure) if target is not None else None
    ahead = Point(target.at, target.name, led.value) if led is not None and target is not None else None
    return Series(points, from_baseline, target, yearly, _interim(measure, points, target, yearly), ahead)


def _interim(measure: MeasureCard, points: tuple[Point, ...], target: Point | None, yearly: bool) -> tuple[Point, ...]:
    """The targets on the way between the newest figure and the last target, where figures stand by the year."""
    if target is None or not yearly:
        return ()
    last = points[-1].at if points else float("-inf")
    found = sorted(interim_targets(measure).items())
    return tuple(Point(float(year), str(year), value) for year, value in found if last < year < target.at)


def unit_words(unit: str) -> str:
    """A unit as it is spoken."""
    return _("percent") if unit == "%" else _("dollars") if unit == "$" else unit


def in_unit(measure: MeasureCard) -> str:
    """A measure's name and unit, over its chart."""
    unit = unit_words(measure.unit)
    return f"{measure.name}, {unit}" if unit else measure.name


def charted(measures: Iterable[MeasureCard]) -> MeasureCard | None:
    """The first with more than one figure."""
    return next((measure for measure in measures if len(series(measure).points) > 1), None)


def trend_text(measure: MeasureCard) -> str:
    """The line chart in words: what, in which unit, the values, what is special, how far is left."""
    shown = series(measure)
    unit = unit_words(measure.unit)
    name = _("{name}, in {unit}").format(name=measure.name, unit=unit) if unit else measure.name
    parts = [_("Line chart."), f"{name}.", _told(shown) if shown.points else _("No figures yet.")]
    if shown.points and shown.from_baseline:
        parts.append(_("The first value is the baseline."))
    return one_line(" ".join([*parts, *_ends(measure, shown)]))


def _told(shown: Series) -> str:
    points = shown.points
    if len(points) <= _TOLD:
        return ", ".join(f"{p.name}: {number(p.value)}" if p.name else number(p.value) for p in points) + "."
    values = [p.value for p in points]
    told = _("{count} values, from {first} ({since}) to {last} ({until}); the lowest {low}, the highest {high}.")
    return told.format(
        count=len(points), first=number(values[0]), since=points[0].name, last=number(values[-1]),
        until=points[-1].name, low=number(min(values)), high=number(max(values)),
    )  # fmt: skip


def _ends(measure: MeasureCard, shown: Series) -> list[str]:
    if measure.direction is Direction.BAND and measure.band_low is not None and measure.band_high is not None:
        return [_("The band is {low} to {high}.").format(low=number(measure.band_low), high=number(measure.band_high))]
    if shown.target is None:
        return []
    target = number(shown.target.value)
    words = _("Target {value} by {when}") if shown.target.name else _("Target {value}")
    by = words.format(value=target, when=shown.target.name)
    if not shown.points:
        return [f"{by}."]
    told = [f"{by}: {_left(measure, shown.points[-1].value, shown.target.value)}."]
    if shown.interim:
        steps = ", ".join(f"{point.name}: {number(point.value)}" for point in shown.interim)
        told.append(_("Targets on the way: {targets}.").format(targets=steps))
    if shown.forecast is not None:
        words = _("If it goes on so, a forecast of {value} by then.")
        told.append(words.format(value=number(shown.forecast.value, 1)))
    return told


def _left(measure: MeasureCard, newest: float, target: float) -> str:
    """How far is left to the target."""
    if measure.verdict is Verdict.MET:
        return _("the target is met")
    unclear = sign_of(newest) and measure.verdict is Verdict.UNCLEAR
    if contradicted(measure) or doubtful_newest(measure) or unclear:
        return _("whether it is met cannot be judged")
    if sign_of(newest):
        return _("the target is not met")
    gap = newest - target if measure.direction is Direction.LOWER else target - newest
    return _("the target is met") if gap <= 0 else _("{gap} to go").format(gap=number(gap))


def bar_text(measure: MeasureCard, now: float) -> str:
    unit = f" {unit_words(measure.unit)}" if measure.unit == "%" else measure.unit

    def say(value: float | None) -> str:
        return amount(value or 0, unit).replace("  ", " ")

    told = _("Bar. {name}: from the baseline of {baseline} to {now} now; the target is {target}.")
    values = {"baseline": say(measure.baseline), "now": say(now), "target": say(measure.target)}
    return one_line(told.format(name=measure.name, **values))
