"""The monitoring calendar as months and cells, and the periods that a monitoring report shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planstudio.domain import numbers
from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import GoalCard, MeasureCard, ObservationRow
from planstudio.domain.kinds import Compliance, Direction, Worded
from planstudio.domain.measures import contradicted, doubtful_newest, possible
from planstudio.domain.reviews import add_months
from planstudio.i18n import N_

_LAST_MONTH = 6  # of a school year
LEAST_MONTHS, MOST_MONTHS = 18, 36  # what a monitoring calendar covers (Lone Star Governance)
# "2027: 70; 2027–28: 75%": a year, or a school year, which counts as the one it ends in
_INTERIM = re.compile(
    r"\b((?:19|20)\d\d)(?:[-–/](?:20)?(\d\d)\b)?[^\d;,]{1,12}?([-−]?\d+(?:,\d{3})*(?:\.\d+|,\d{1,2}(?!\d))?)"
)


class Cell(Worded):
    PLANNED = "planned", N_("Planned")
    NOW = "now", N_("This month")  # this month
    DONE = "done", N_("Done")
    MISSED = "missed", N_("Missed")


@dataclass(frozen=True)
class Line:
    """A row of the calendar: what is reported, and the entries of each month that has any."""

    goal_id: str | None
    subject: str
    entries: dict[date, tuple[MonitoringRow, ...]]


def cell(row: MonitoringRow, today: date) -> Cell:
    """How an entry stands: done when it was reported, missed when its month has passed without."""
    if row.reported_on is not None:
        return Cell.DONE
    month = today.replace(day=1)
    if row.month < month:
        return Cell.MISSED
    return Cell.NOW if row.month == month else Cell.PLANNED


def months(rows: Sequence[MonitoringRow], today: date) -> list[date]:
    """The months that the calendar shows: from the first entry, at least eighteen, at most thirty-six.

    When the entries reach further back than that, it begins a year ago.
    """
    first = min((row.month for row in rows), default=today).replace(day=1)
    last = max((row.month for row in rows), default=today).replace(day=1)
    if _count(first, last) > MOST_MONTHS:
        first = max(first, add_months(today.replace(day=1), -12))
    count = min(max(_count(first, last), LEAST_MONTHS), MOST_MONTHS)
    return [add_months(first, n) for n in range(count)]


def _count(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def lines(goals: Sequence[GoalCard], rows: Sequence[MonitoringRow]) -> list[Line]:
    """A line for each goal, also for one without an entry, and one for each other subject."""
    known = {goal.id for goal in goals}
    others = [row for row in rows if row.goal_id not in known]
    subjects = dict.fromkeys(row.subject for row in others)
    return [
        *(Line(goal.id, goal.name, _by_month(row for row in rows if row.goal_id == goal.id)) for goal in goals),
        *(Line(None, one, _by_month(row for row in others if row.subject == one)) for one in subjects),
    ]


def _by_month(rows: Iterable[MonitoringRow]) -> dict[date, tuple[MonitoringRow, ...]]:
    found: dict[date, tuple[MonitoringRow, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.month.replace(day=1)] += (row,)
    return dict(found)


def entry_for(rows: Sequence[MonitoringRow], goal_id: str, day: date) -> MonitoringRow | None:
    """The entry that a report made on *day* answers: that of the month, else the last written, else the next."""
    own = [row for row in rows if row.goal_id == goal_id]
    month = day.replace(day=1)
    here = [row for row in own if row.month.replace(day=1) == month]
    written = [row for row in own if row.month <= day and (row.reported_on or row.evaluation is not Compliance.NONE)]
    coming = [row for row in own if row.month > month]
    return next(iter([*here[-1:], *written[-1:], *coming[:1]]), None)


def periods(measure: MeasureCard, count: int = 4) -> list[ObservationRow | None]:
    """The last figures for everyone, oldest first; None where there are fewer."""
    rows = {row.period_end: row for row in measure.observations if not row.student_group}
    newest: list[ObservationRow | None] = [rows[day] for day in sorted(rows)[-count:]]
    return [None] * (count - len(newest)) + newest


def annual_target(measure: MeasureCard, today: date) -> tuple[int, float] | None:
    """The year and value of the target on the way for the school year of the newest figure, or the next there is.

    A school year goes by the year it ends in. When all targets are past, the last one counts.
    """
    found = interim_targets(measure)
    if not found:
        return None
    newest = measure.newest
    wanted = school_year(newest.period_end if newest else today)
    year = min((year for year in found if year >= wanted), default=max(found))
    return year, found[year]


def school_year(day: date) -> int:
    """The year in which the school year of *day* ends."""
    return day.year + (day.month > _LAST_MONTH)


def interim_targets(measure: MeasureCard) -> dict[int, float]:
    """The targets on the way by their years, as far as they can be read."""
    return {
        int(year[:2] + end) if end else int(year): target
        for year, end, words in _INTERIM.findall(measure.interim[:2_000])
        if (target := numbers.read(words).value) is not None
    }


def unread(interim: str) -> str:
    """What among targets on the way has a year and no target, or all of it where no target is in it; "" for none."""
    if not _INTERIM.search(interim):
        return interim.strip()
    left = (words.strip() for words in re.split(r"[,;\n]", _INTERIM.sub(",", interim)))
    return next((words for words in left if re.search(r"\b(?:19|20)\d\d\b", words)), "")


class Met(Worded):
    """Whether the newest figure meets its target; one that is not due yet can still be met."""

    MET = "target met", N_("Met")
    NOT_YET = "target not met yet", N_("Not yet")
    NOT_MET = "target not met", N_("Not met")
    UNKNOWN = "target unknown", N_("No data")
    UNCLEAR = "cannot be judged", N_("Cannot be judged")  # the measure contradicts itself, or too little is told


def met(measure: MeasureCard, today: date) -> Met:
    """How the newest figure stands to the annual target, or to the deadline target where there is no annual one."""
    newest = measure.newest
    if newest is None:
        return Met.UNKNOWN
    found = {_met(measure, value, today) for value in possible(newest.value, (measure.band_low, measure.band_high))}
    if Met.UNKNOWN not in found and (contradicted(measure) or doubtful_newest(measure)):
        return Met.UNCLEAR
    return found.pop() if len(found) == 1 else Met.UNCLEAR


def _met(measure: MeasureCard, value: float, today: date) -> Met:
    if measure.direction is Direction.BAND:
        low, high = measure.band_low, measure.band_high
        if low is None and high is None:
            return Met.UNKNOWN
        inside = (low is None or value >= low) and (high is None or value <= high)
        return Met.MET if inside else Met.NOT_MET
    annual = annual_target(measure, today)
    target, due = (annual[1], date(annual[0], _LAST_MONTH, 30)) if annual else (measure.target, measure.target_on)
    if target is None:
        return Met.UNKNOWN
    if value <= target if measure.direction is Direction.LOWER else value >= target:
        return Met.MET
    return Met.NOT_YET if due is not None and due >= today else Met.NOT_MET
