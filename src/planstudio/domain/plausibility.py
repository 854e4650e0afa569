"""Fields that contradict each other: what a careful reader would ask about before anything is printed.

Nothing here is refused, for a plan may be meant so. Each finding names its place, says what stands there, and asks.
What contradicts the rule of a measure is judged by no rule (domain/measures.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import pairwise

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import (
    Doubt,
    GoalCard,
    MeasureCard,
    MilestoneRow,
    ObservationRow,
    PersonCard,
    PlanBook,
    PlanCard,
    PolicyCard,
    StrategyCard,
)
from planstudio.domain.kinds import Direction, Status
from planstudio.domain.measures import contradicted, counts_students, doubtful_share
from planstudio.domain.monitored import interim_targets, school_year
from planstudio.domain.order_of_time import policy_doubts
from planstudio.domain.places import Place, at_page
from planstudio.domain.reviews import add_months
from planstudio.i18n import _, amount, medium_date, month_year, number
from planstudio.richtext import plain

_AHEAD, _BEFORE = 12, 12  # months: a figure may end so long after today, and stand so long before the baseline
_REPORTED = 3  # months around the month of the monitoring calendar in which a report may be made
_NAME = 200
Asked = tuple[str, str]  # a field, and the sentence with the question


def doubts(
    book: PlanBook, monitoring: Sequence[MonitoringRow] = (), people: Sequence[PersonCard] = ()
) -> tuple[Doubt, ...]:
    """Everything in the plan that one would ask about, in its order."""
    by_id = terms(people)
    found = about_plan(book.plan, book.today)
    for goal in book.goals:
        found += about_goal(goal, book.plan, book.today, by_id)
        for strategy in goal.strategies:
            found += about_strategy(strategy, goal, book.plan, book.today, by_id)
            for measure in strategy.measures:
                found += about_measure(measure, strategy.number, book.today)
        for measure in goal.measures:
            found += about_measure(measure, goal.number, book.today)
    for policy in book.policies:
        found += about_policy(policy)
    return (*found, *about_monitoring(monitoring, book.today))


def terms(people: Iterable[PersonCard]) -> dict[str, PersonCard]:
    """Those whose time in office may end, by their ids."""
    return {person.id: person for person in people if person.term_end}


def _doubts(place: Place, number: str, name: str, found: Iterable[Asked], page: Place | None = None) -> list[Doubt]:
    """What is asked of the element at *place*; it is mended there, or on another *page*."""
    return [Doubt(*place, field, number, name, words, page or place) for field, words in found]


def about_plan(plan: PlanCard, today: date) -> list[Doubt]:
    found = []
    if plan.period_start and plan.period_end and plan.period_end < plan.period_start:
        words = _("It ends on {end}, before it begins on {start}. Are the two days mixed up?")
        found.append(("period_end", _with(words, end=plan.period_end, start=plan.period_start)))
    if plan.adopted_on and plan.adopted_on > today:
        words = _("It was adopted on {day}, which is still to come.")
        found.append(("adopted_on", _with(words, day=plan.adopted_on)))
    return _doubts(Place("plan", plan.id), "", plan.title, found, at_page("district"))


def about_policy(policy: PolicyCard) -> list[Doubt]:
    found = ((one.field, one.words) for one in policy_doubts(policy))
    return _doubts(Place("policy", policy.id), policy.code, policy.title, found)


def about_goal(goal: GoalCard, plan: PlanCard, today: date, people: Mapping[str, PersonCard]) -> list[Doubt]:
    found = [*_judged(goal, today), *_outside("deadline", goal.deadline, plan), *_term(goal, people, today)]
    return _doubts(Place("goal", goal.id), goal.number, goal.name, found)


def about_strategy(
    strategy: StrategyCard, goal: GoalCard, plan: PlanCard, today: date, people: Mapping[str, PersonCard]
) -> list[Doubt]:
    due, start = strategy.due, strategy.start
    found = [*_judged(strategy, today)]
    if start and due and due < start:
        words = _("It is due on {due}, before it begins on {start}. Are the two days mixed up?")
        found.append(("due", _with(words, due=due, start=start)))
    if due and goal.deadline and due > goal.deadline:
        words = _("It is due on {due}, after the goal’s deadline of {deadline}. Which of the two is right?")
        found.append(("due", _with(words, due=due, deadline=goal.deadline)))
    found += [*_outside("start", start, plan), *_outside("due", due, plan)]
    if start and strategy.updates and (early := min(update.on for update in strategy.updates)) < start:
        words = _("An update tells of {day}, before it begins on {start}. Did it begin earlier?")
        found.append(("start", _with(words, day=early, start=start)))
    found += _term(strategy, people, today)
    page = Place("strategy", strategy.id)
    made = _doubts(page, strategy.number, strategy.name, found)
    for step in strategy.milestones:
        asked = _of_milestone(step, strategy, goal, today)
        made += _doubts(Place("milestone", step.id), strategy.number, plain(step.text)[:_NAME], asked, page)
    return made


def _of_milestone(step: MilestoneRow, strategy: StrategyCard, goal: GoalCard, today: date) -> Iterator[Asked]:
    last, whose = (strategy.due, _("the strategy")) if strategy.due else (goal.deadline, _("the goal"))
    if step.due and last and step.due > last:
        words = _("It is due on {due}, after {whose} on {last}. Which of the two is right?")
        yield "due", words.format(due=medium_date(step.due), whose=whose, last=medium_date(last))
    if step.due and strategy.start and step.due < strategy.start:
        words = _("It is due on {due}, before the strategy begins on {start}. Which of the two is right?")
        yield "due", _with(words, due=step.due, start=strategy.start)
    if step.done_on and step.done_on > today:
        yield "done_on", _with(_("It was done on {day}, which is still to come."), day=step.done_on)
    if strategy.status is Status.COMPLETED and step.done_on is None:
        yield "done_on", _("The strategy is completed, and this is not done. Was it done, or left out?")


def _judged(element: GoalCard | StrategyCard, today: date) -> Iterator[Asked]:
    """What updates say of themselves: 100 percent and not completed, days to come."""
    if not element.updates:
        return
    newest, completed = element.updates[0], element.updates[0].status is Status.COMPLETED
    if completed and newest.percent not in (None, 100):
        words = _("It is completed at {percent} percent. Is all of it done?")
        yield "percent", words.format(percent=newest.percent)
    elif not completed and element.percent == newest.percent == 100:
        yield "status", _("It is at 100 percent and not completed. Is anything left to do?")
    if newest.status is Status.NOT_STARTED and newest.percent:
        words = _("It has not started, and {percent} percent is done. Which of the two is right?")
        yield "status", words.format(percent=newest.percent)
    if ahead := next((update.on for update in element.updates if update.on > today), None):
        yield "updated_on", _with(_("An update tells of {day}, which is still to come."), day=ahead)


def _outside(field: str, day: date | None, plan: PlanCard) -> Iterator[Asked]:
    """A day that lies outside the plan's years."""
    start, end = plan.period_start, plan.period_end
    if day is None or (start and end and end < start):
        return
    if start and day < start:
        words = _("{day} lies before the plan, which begins on {start}. Is the year right?")
        yield field, _with(words, day=day, start=start)
    elif end and day > end:
        words = _("{day} lies after the plan, which ends on {end}. Is the year right?")
        yield field, _with(words, day=day, end=end)


def _term(element: GoalCard | StrategyCard, people: Mapping[str, PersonCard], today: date) -> Iterator[Asked]:
    owner = people.get(element.owner_id or "")
    if owner and owner.term_end and owner.term_end < today and element.status is not Status.COMPLETED:
        words = _("The term of {name} ended on {day}. Who looks after it now?")
        yield "owner", words.format(name=owner.name, day=medium_date(owner.term_end))


def about_measure(measure: MeasureCard, number: str, today: date, *, recording: bool = False) -> list[Doubt]:
    """What of a measure and its figures does not hold together. The figures are those that were recorded.

    What may not be told is named and not told, but to those who are *recording* it.
    """
    told = {(row.student_group, row.period_end): row.value for row in measure.observations}
    kept = {(row.student_group, row.period_end): row.value for row in measure.kept}
    kept_back = set() if recording else {key for key, value in kept.items() if told.get(key) != value}
    found = [*_aims(measure), *_ways(measure), *_figures(measure, today, kept_back), *_groups(measure, kept_back)]
    return _doubts(Place("measure", measure.id), number, measure.name, found)


def _aims(measure: MeasureCard) -> Iterator[Asked]:
    target, unit, low, high = measure.target, measure.unit, measure.band_low, measure.band_high
    if contradicted(measure):
        words = _("Higher is better, and the target {target} lies below the baseline {baseline}. Is lower better?")
        if measure.direction is Direction.LOWER:
            words = _("Lower is better, and the target {target} lies above the baseline {baseline}. Is higher better?")
        told = amount(measure.baseline, unit) if measure.baseline is not None else ""  # not what may not be told
        yield "direction", words.format(target=amount(target or 0, unit), baseline=told).replace("  ", " ")
    outside = target is not None and ((low is not None and target < low) or (high is not None and target > high))
    if low is not None and high is not None and low > high:
        words = _("The band begins at {low} and ends at {high}. Are the two mixed up?")
        yield "band_low", words.format(low=amount(low, unit), high=amount(high, unit))
    elif measure.direction is Direction.BAND and outside:
        words = _("The target {target} lies outside the band. Which of the two is right?")
        yield "target", words.format(target=amount(target or 0, unit))
    for field, value in (("baseline", measure.baseline), ("target", target), ("band_low", low), ("band_high", high)):
        if value is not None and (words := _odd_share(value, measure)):
            yield field, words
    if measure.baseline_on and measure.target_on and measure.target_on <= measure.baseline_on:
        words = _("The target is for {target}, not after the baseline of {baseline}. Are the two days mixed up?")
        yield "target_on", _with(words, target=measure.target_on, baseline=measure.baseline_on)


def _odd_share(value: float, measure: MeasureCard) -> str:
    """Why a value in percent can hardly be one; "" where it can."""
    if not doubtful_share(value, measure):
        return ""
    words = _("{value} is no share of anything. Is a point missing, or is the unit another?")
    if 0 < value < 1:
        words = _("{value} stands where the others are far larger. Is {other} meant?")
    return words.format(value=amount(value, "%"), other=amount(round(value * 100, 6), "%"))


def _ways(measure: MeasureCard) -> Iterator[Asked]:
    """Targets on the way: one after the other, between baseline and target, before its day."""
    found = sorted(interim_targets(measure).items())
    baseline, target, sign = measure.kept_baseline, measure.target, -1 if measure.direction is Direction.LOWER else 1
    if not found or measure.direction is Direction.BAND:
        return
    ends = [value for value in (baseline, target) if value is not None]
    beyond = [value for _year, value in found if len(ends) == 2 and not min(ends) <= value <= max(ends)]
    if beyond:
        words = _("The target on the way {value} does not lie between baseline and target. Is it right?")
        yield "interim", words.format(value=amount(beyond[0], measure.unit))
    elif back := [later for (_a, earlier), (later, value) in pairwise(found) if (value - earlier) * sign < 0]:
        words = _("The target on the way for {year} is worse than the one before it. Are the years right?")
        yield "interim", words.format(year=back[0])
    last = school_year(measure.target_on) if measure.target_on else None
    if last is not None and found[-1][0] > max(last, measure.target_on.year if measure.target_on else last):
        words = _("A target on the way is for {year}, after the target’s own day. Is the year right?")
        yield "interim", words.format(year=found[-1][0])


def _figures(measure: MeasureCard, today: date, kept_back: Set[tuple[str, date]]) -> Iterator[Asked]:
    kept, first = measure.kept, dict[str, ObservationRow]()
    for row in kept:
        said = _odd_share(row.value, measure)
        if not said and row.value < 0 and counts_students(measure.unit):
            said = _("{value} students are fewer than none.").format(value=number(row.value))
        if not said and counts_students(measure.unit) and row.value != int(row.value):
            said = _("{value} is no whole number of students.").format(value=number(row.value))
        if said and (row.student_group, row.period_end) in kept_back:
            said = _("The figure, which is not told, is hardly one. Is it right?")
        if said:
            first.setdefault(said, row)
    yield from (("observations", f"{_of(row)}: {said}") for said, row in first.items())
    late = [row for row in kept if row.period_end > add_months(today, _AHEAD)]
    if late:
        words = _("A figure stands at {day}, more than a year from now. Is the year right?")
        yield "observations", _with(words, day=late[-1].period_end)
    if measure.baseline_on and kept and kept[0].period_end < add_months(measure.baseline_on, -_BEFORE):
        words = _("A figure stands at {day}, long before the baseline of {baseline}. Is the year right?")
        yield "observations", _with(words, day=kept[0].period_end, baseline=measure.baseline_on)


def _groups(measure: MeasureCard, kept_back: Set[tuple[str, date]]) -> Iterator[Asked]:
    """Groups that are larger than everyone: in their students, or in the number that is counted."""
    everyone = {row.period_end: row for row in measure.kept if not row.student_group}
    for row in measure.kept:
        whole = everyone.get(row.period_end)
        if whole is None or whole is row:
            continue
        part, every = row.count or 0, whole.count or 0
        more = row.count is not None and whole.count is not None and part > every
        words = _("{figure}: {part} students are more than the {all} of everyone. Which is right?")
        if (row.student_group, row.period_end) in kept_back and more:
            words = _("{figure}: these are more students than everyone. Which is right?")
        if more or (counts_students(measure.unit) and row.value > whole.value):
            figures = (part, every) if more else (row.value, whole.value)
            yield "observations", words.format(figure=_of(row), part=number(figures[0]), all=number(figures[1]))


def _of(row: ObservationRow) -> str:
    return _("{group}, {day}").format(group=row.student_group or _("everyone"), day=medium_date(row.period_end))


def about_monitoring(rows: Iterable[MonitoringRow], today: date) -> list[Doubt]:
    found = []
    for row in rows:
        if row.reported_on is None:
            continue
        if row.reported_on > today:
            words = _("It was reported on {day}, which is still to come.")
        elif not add_months(row.month, -_REPORTED) <= row.reported_on <= add_months(row.month, _REPORTED + 1):
            words = _("It stands in {month} and was reported on {day}. Is it another report, or another year?")
        else:
            continue
        words = words.format(month=month_year(row.month), day=medium_date(row.reported_on))
        found.append(Doubt("monitoring", row.id, "reported_on", "", row.subject, words, at_page("monitoring")))
    return found


def _with(words: str, **days: date) -> str:
    return words.format(**{name: medium_date(day) for name, day in days.items()})
