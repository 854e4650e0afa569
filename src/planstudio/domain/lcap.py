"""The outcomes of a goal's measures by the years of the plan, as California's LCAP asks for them.

Years count from the plan's first; a year's outcome is the last figure for everyone in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planstudio.domain.cards import GoalCard, MeasureCard, PlanBook
from planstudio.domain.coded import sign_of
from planstudio.domain.monitored import interim_targets
from planstudio.domain.reviews import add_months

_YEARS = 2  # whose outcome is shown; the third has the target


@dataclass(frozen=True)
class Metric:
    """A line of "Measuring and reporting results"."""

    number: str
    measure: MeasureCard
    years: tuple[float | None, ...]

    target: float | None
    target_on: date | None  # where the target is another than that of year 3

    @property
    def difference(self) -> float | None:
        """From the baseline to the newest figure."""
        newest, baseline = self.measure.newest, self.measure.baseline
        if newest is None or baseline is None or newest.coded or sign_of(baseline):
            return None
        return newest.value - baseline


def metrics(goal: GoalCard, book: PlanBook) -> Iterator[Metric]:
    """The measures of a goal and of its strategies, numbered "1.1", with the outcomes of the first years."""
    held = [*goal.measures, *(measure for strategy in goal.strategies for measure in strategy.measures)]
    for place, measure in enumerate(held, 1):
        years = tuple(_outcome(measure, book, year) for year in range(_YEARS))
        yield Metric(f"{goal.number}.{place}", measure, years, *_target(measure, book))


def _outcome(measure: MeasureCard, book: PlanBook, year: int) -> float | None:
    """The last figure for everyone in a year of the plan."""
    if (start := _start(measure, book)) is None:
        return None
    first, last = add_months(start, 12 * year), add_months(start, 12 * (year + 1))
    values = [row.value for row in measure.observations if not row.student_group and first <= row.period_end < last]
    return values[-1] if values else None


def _target(measure: MeasureCard, book: PlanBook) -> tuple[float | None, date | None]:
    """The target of the third year; without one, the measure's own and its day."""
    start = _start(measure, book)
    if start is not None:
        end = add_months(start, 12 * (_YEARS + 1))
        if (value := interim_targets(measure).get(end.year)) is not None:
            return value, None
        if measure.target_on and add_months(start, 12 * _YEARS) <= measure.target_on <= end:
            return measure.target, None
    return measure.target, measure.target_on


def _start(measure: MeasureCard, book: PlanBook) -> date | None:
    """Where the plan's years begin; in a plan without a period, after the measure's baseline."""
    first = min((row.period_end for row in measure.observations), default=None)
    return book.plan.period_start or measure.baseline_on or first
