"""A plan and what stands in it."""

from datetime import date, datetime
from typing import Annotated, TypedDict

from planstudio.domain.audiences import HOUSE, PUBLIC, STAFF, Rows
from planstudio.domain.kinds import (
    Direction,
    Frequency,
    GoalKind,
    MeasureKind,
    MeasureTiming,
    MomentKind,
    PlanState,
    StatementKind,
    Status,
)
from planstudio.domain.nouns.fields import (
    COMPARE,
    FIND,
    REPLACE,
    WORDS,
    choice,
    day,
    exact_day,
    figure,
    first_day,
    line,
    markdown,
    moment,
    money,
    noun,
    percent,
    person,
    prose,
    stamp,
    whole,
)
from planstudio.i18n import N_


class PlanFields(TypedDict, total=False):
    title: Annotated[str, line(N_("Title"), PUBLIC, WORDS)]
    slogan: Annotated[str, line(N_("Slogan"), PUBLIC, WORDS)]
    period_start: Annotated[date | None, first_day(N_("Begins"), PUBLIC, COMPARE)]
    period_end: Annotated[date | None, day(N_("Ends"), PUBLIC, COMPARE)]
    state: Annotated[PlanState, choice(N_("Standing"), PUBLIC, COMPARE)]
    adopted_on: Annotated[date | None, exact_day(N_("Adopted"), PUBLIC, COMPARE)]
    goals_heading: Annotated[str, line(N_("Heading of the goals"), PUBLIC, WORDS)]
    goals_question: Annotated[str, line(N_("Question of the goals"), PUBLIC, WORDS)]
    goals_note: Annotated[str, markdown(N_("Note on all goals"), PUBLIC, WORDS)]
    strategies_heading: Annotated[str, line(N_("Heading of the strategies"), PUBLIC, WORDS)]
    strategies_question: Annotated[str, line(N_("Question of the strategies"), PUBLIC, WORDS)]


class StatementFields(TypedDict, total=False):
    kind: Annotated[StatementKind, choice(N_("Kind"), PUBLIC, COMPARE)]
    heading: Annotated[str, line(N_("Heading"), PUBLIC, WORDS)]
    question: Annotated[str, line(N_("Question"), PUBLIC, WORDS)]
    lead: Annotated[str, markdown(N_("Lead-in"), PUBLIC, WORDS)]
    body: Annotated[str, markdown(N_("Text"), PUBLIC, WORDS)]
    adopted_on: Annotated[date | None, exact_day(N_("Adopted"), PUBLIC, COMPARE)]
    source: Annotated[str, prose(N_("Source"), PUBLIC, WORDS)]


class StatementItemFields(TypedDict, total=False):
    title: Annotated[str, line(N_("Name"), PUBLIC, WORDS)]
    text: Annotated[str, markdown(N_("Text"), PUBLIC, WORDS)]
    evidence: Annotated[str, markdown(N_("Evidence"), PUBLIC, WORDS)]


class GoalFields(TypedDict, total=False):
    kind: Annotated[GoalKind, choice(N_("Kind"), PUBLIC, COMPARE)]
    label: Annotated[str, line(N_("Label"), PUBLIC, WORDS)]
    title: Annotated[str, line(N_("Title"), PUBLIC, WORDS)]
    statement: Annotated[str, markdown(N_("Statement"), PUBLIC, WORDS)]
    population: Annotated[str, line(N_("For whom"), PUBLIC, WORDS)]
    measured_by: Annotated[str, line(N_("Measured by"), PUBLIC, WORDS)]
    baseline: Annotated[str, line(N_("Baseline"), PUBLIC, WORDS)]
    target: Annotated[str, line(N_("Target"), PUBLIC, WORDS)]
    deadline: Annotated[date | None, day(N_("Deadline"), PUBLIC, COMPARE)]
    owner_id: Annotated[str | None, person(N_("Owner"), PUBLIC, COMPARE)]
    update_every: Annotated[Frequency | None, choice(N_("Update every"), PUBLIC)]
    update_by: Annotated[date | None, day(N_("Update by"), PUBLIC)]


class StrategyFields(TypedDict, total=False):
    title: Annotated[str, line(N_("Title"), PUBLIC, WORDS)]
    text: Annotated[str, markdown(N_("Text"), PUBLIC, WORDS)]
    priority: Annotated[str, line(N_("Priority"), PUBLIC, WORDS)]
    owner_id: Annotated[str | None, person(N_("Owner"), PUBLIC, COMPARE)]
    department: Annotated[str, line(N_("Department"), PUBLIC, WORDS)]
    start: Annotated[date | None, first_day(N_("Begins"), PUBLIC, COMPARE)]
    due: Annotated[date | None, day(N_("Due"), PUBLIC, COMPARE)]
    budget: Annotated[float | None, money(N_("Budget"), PUBLIC, FIND | COMPARE)]
    update_every: Annotated[Frequency | None, choice(N_("Update every"), PUBLIC)]
    update_by: Annotated[date | None, day(N_("Update by"), PUBLIC)]


class MilestoneFields(TypedDict, total=False):
    text: Annotated[str, prose(N_("Text"), PUBLIC, WORDS)]
    due: Annotated[date | None, day(N_("Due"), PUBLIC, COMPARE)]
    done_on: Annotated[date | None, exact_day(N_("Done"), PUBLIC, COMPARE)]


class MeasureFields(TypedDict, total=False):
    name: Annotated[str, line(N_("Name"), PUBLIC, WORDS)]
    definition: Annotated[str, markdown(N_("Definition"), PUBLIC, WORDS)]
    student_group: Annotated[str, line(N_("Student group"), PUBLIC, REPLACE)]
    kind: Annotated[MeasureKind, choice(N_("Kind"), PUBLIC)]
    timing: Annotated[MeasureTiming, choice(N_("Timing"), PUBLIC)]
    unit: Annotated[str, line(N_("Unit"), PUBLIC, COMPARE)]
    direction: Annotated[Direction, choice(N_("Direction"), PUBLIC, COMPARE)]
    frequency: Annotated[Frequency, choice(N_("Frequency"), PUBLIC)]
    baseline: Annotated[float | None, figure(N_("Baseline"), PUBLIC, COMPARE)]
    baseline_on: Annotated[date | None, day(N_("Baseline date"), PUBLIC)]
    target: Annotated[float | None, figure(N_("Target"), PUBLIC, COMPARE)]
    target_on: Annotated[date | None, day(N_("Target date"), PUBLIC, COMPARE)]
    band_low: Annotated[float | None, figure(N_("Band low"), PUBLIC)]
    band_high: Annotated[float | None, figure(N_("Band high"), PUBLIC)]
    interim: Annotated[str, prose(N_("On the way"), PUBLIC, FIND | COMPARE)]
    source: Annotated[str, prose(N_("Source"), PUBLIC, WORDS)]
    minimum_group: Annotated[int, whole(N_("Minimum group"), PUBLIC, least=0)]


class ObservationFields(TypedDict, total=False):
    student_group: Annotated[str, line(N_("Student group"), PUBLIC)]
    period_end: Annotated[date, day(N_("Period end"), PUBLIC)]
    value: Annotated[float, figure(N_("Value"), PUBLIC)]
    count: Annotated[int | None, whole(N_("Count"), PUBLIC, least=0)]
    note: Annotated[str, prose(N_("Note"), STAFF)]
    source: Annotated[str, prose(N_("Source"), PUBLIC)]
    coded: Annotated[str, line(N_("Told by a bound"), PUBLIC)]


class ProgressUpdateFields(TypedDict, total=False):
    on: Annotated[date, exact_day(N_("On"), PUBLIC)]
    status: Annotated[Status, choice(N_("Status"), PUBLIC)]
    percent: Annotated[int | None, percent(N_("Percent"), PUBLIC)]
    done: Annotated[str, markdown(N_("Done"), PUBLIC, FIND)]
    next: Annotated[str, markdown(N_("Next"), PUBLIC, FIND)]
    author: Annotated[str, line(N_("Author"), STAFF, FIND)]


class CommentFields(TypedDict, total=False):
    text: Annotated[str, markdown(N_("Text"), HOUSE)]
    author: Annotated[str, line(N_("Author"), HOUSE)]
    at: Annotated[datetime, moment(N_("At"), HOUSE)]
    resolved_at: Annotated[datetime | None, moment(N_("Resolved at"), HOUSE)]
    resolved_by: Annotated[str, line(N_("Resolved by"), HOUSE)]


class NamedMomentFields(TypedDict, total=False):
    name: Annotated[str, line(N_("Name"), HOUSE)]
    kind: Annotated[MomentKind, choice(N_("Kind"), HOUSE)]
    at: Annotated[str, stamp(N_("At"), HOUSE)]


NOUNS = (
    noun("plan", N_("Plan"), Rows.IN_FORCE, PlanFields, title="title", origin=True),
    noun("statement", N_("Statement"), Rows.ALL, StatementFields, inside="plan", title="heading", origin=True),
    noun("statement_item", N_("Entry"), Rows.ALL, StatementItemFields, inside="statement", title="title", origin=True),
    noun("goal", N_("Goal"), Rows.ALL, GoalFields, inside="plan", title="title", origin=True),
    noun("strategy", N_("Strategy"), Rows.ALL, StrategyFields, inside="goal", title="title", origin=True),
    noun("milestone", N_("Milestone"), Rows.ALL, MilestoneFields, inside="strategy", title="text", origin=True),
    noun("measure", N_("Measure"), Rows.ALL, MeasureFields, inside="goal strategy", title="name", origin=True),
    noun("observation", N_("Figure"), Rows.ALL, ObservationFields, inside="measure", keyed=False, ranked=False),
    noun("progress_update", N_("Progress update"), Rows.ALL, ProgressUpdateFields,
         inside="goal strategy", title="done", ranked=False),
    noun("comment", N_("Comment"), Rows.NONE, CommentFields,
         inside="statement statement_item goal strategy measure policy", ranked=False),
    noun("moment", N_("Named moment"), Rows.NONE, NamedMomentFields, ranked=False),
)  # fmt: skip
