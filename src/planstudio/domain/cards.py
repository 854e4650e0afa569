"""Snapshots: what screens and reports are shown. Frozen values, never rows.

    PlanBook ── OrganizationCard, PlanCard
      ├── StatementCard ── ItemCard
      ├── GoalCard ── MeasureCard ── ObservationRow
      │     └── StrategyCard ── MilestoneRow, MeasureCard
      └── PolicyCard ── Use (where it is attached)

Fields called text, lead, body, statement, evidence, goals_note, done and next hold Markdown.
Percent is 0 to 100. Texts that are not there are "", other values None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from planstudio.domain.coded import sign_of
from planstudio.domain.differences import Unsettled
from planstudio.domain.files import Kept
from planstudio.domain.kinds import (
    Access,
    Direction,
    Frequency,
    GoalKind,
    Majority,
    MeasureKind,
    MeasureTiming,
    PersonRole,
    PlanState,
    PolicyKind,
    PolicyState,
    Relation,
    RevisionKind,
    StatementKind,
    Status,
    Verdict,
)
from planstudio.domain.places import Place
from planstudio.domain.texts import name_of
from planstudio.domain.words import word


@dataclass(frozen=True)
class PersonCard:
    id: str
    name: str
    title: str
    role: PersonRole
    term_start: date | None = None
    term_end: date | None = None
    department: str = ""


@dataclass(frozen=True)
class OrganizationCard:
    id: str
    name: str
    short_name: str = ""
    motto: str = ""
    board_name: str = ""
    address: str = ""
    contact: str = ""
    website: str = ""
    status_words: str = ""
    level_words: str = ""
    dictionary: str = ""
    time_zone: str = ""
    seats: int | None = None
    quorum: int | None = None
    majority: Majority = Majority.SIMPLE
    coded_shares: int = 1


@dataclass(frozen=True)
class PlanCard:
    id: str
    title: str
    slogan: str = ""
    period_start: date | None = None
    period_end: date | None = None
    state: PlanState = PlanState.DRAFT
    adopted_on: date | None = None
    goals_heading: str = ""
    goals_question: str = ""
    goals_note: str = ""
    strategies_heading: str = ""
    strategies_question: str = ""

    @property
    def introduces(self) -> bool:
        """Whether something is said of all goals together."""
        return any((self.goals_heading, self.goals_question, self.goals_note, self.strategies_question))


@dataclass(frozen=True)
class PolicyRef:
    """A policy as seen from the element it is attached to."""

    link_id: str
    policy_id: str
    code: str
    title: str
    relation: Relation
    note: str = ""
    adopted: date | None = None
    state: PolicyState = PolicyState.DRAFT


@dataclass(frozen=True)
class Use:
    """An element as seen from a policy that is attached to it."""

    link_id: str
    table: str
    row_id: str
    name: str
    relation: Relation
    note: str = ""


@dataclass(frozen=True)
class UpdateCard:
    """One dated progress update."""

    id: str
    on: date
    status: Status
    percent: int | None
    done: str
    next: str
    author: str


@dataclass(frozen=True)
class CommentCard:
    """What a colleague says of an element; `resolved_at` None is still open."""

    id: str
    text: str
    author: str
    at: datetime
    resolved_at: datetime | None = None
    resolved_by: str = ""


@dataclass(frozen=True)
class FileCard:
    """An attached file; its bytes are asked for apart."""

    id: str
    name: str
    media_type: str
    size: int
    alternative_text: str = ""
    access: Access = Access.PUBLIC
    sha256: str = ""
    kept: Kept = Kept.HERE  # where its bytes are


@dataclass(frozen=True)
class ItemCard:
    """One entry of a statement: a value, a belief, an element of the vision."""

    id: str
    title: str
    text: str
    evidence: str = ""
    policies: tuple[PolicyRef, ...] = ()

    @property
    def name(self) -> str:
        return name_of(self.title, self.text)


@dataclass(frozen=True)
class StatementCard:
    """Mission, vision, values or whatever the district calls it."""

    id: str
    kind: StatementKind
    heading: str
    question: str
    lead: str
    body: str
    adopted_on: date | None = None
    source: str = ""
    items: tuple[ItemCard, ...] = ()
    policies: tuple[PolicyRef, ...] = ()

    @property
    def name(self) -> str:
        return self.heading or word(self.kind)


@dataclass(frozen=True)
class ObservationRow:
    """One figure: the value of a measure for a student group ("" is everyone) at the end of a period.

    Where no more than a bound is told, the value is that Bound.
    """

    student_group: str
    period_end: date
    value: float
    count: int | None = None
    note: str = ""
    source: str = ""

    @property
    def coded(self) -> str:
        return sign_of(self.value)


@dataclass(frozen=True)
class HiddenRow:
    """A figure that is kept and not told, because it speaks of too few students, or would give such a one away."""

    student_group: str
    period_end: date
    note: str = ""


@dataclass(frozen=True)
class MeasureCard:
    id: str
    name: str
    kind: MeasureKind
    unit: str
    direction: Direction
    frequency: Frequency
    timing: MeasureTiming
    baseline: float | None
    baseline_on: date | None
    target: float | None
    target_on: date | None
    band_low: float | None = None
    band_high: float | None = None
    interim: str = ""  # "2027: 70; 2028: 75"
    source: str = ""
    minimum_group: int = 10
    definition: str = ""
    student_group: str = ""  # whom it counts
    observations: tuple[ObservationRow, ...] = ()  # as they are told: oldest first, without those that are hidden
    hidden: tuple[HiddenRow, ...] = ()
    verdict: Verdict = Verdict.NO_DATA
    policies: tuple[PolicyRef, ...] = ()
    kept: tuple[ObservationRow, ...] = ()  # all as they were recorded, for those who record them and nobody else
    kept_baseline: float | None = None  # as it was written, where baseline is what may be told

    @property
    def newest(self) -> ObservationRow | None:
        """The newest figure for everyone."""
        return next((row for row in reversed(self.observations) if not row.student_group), None)


@dataclass(frozen=True)
class MilestoneRow:
    id: str
    text: str
    due: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class StrategyCard:
    id: str
    goal_id: str
    number: str  # "1.2", by its place in the plan
    title: str
    text: str
    priority: str
    owner: str
    owner_id: str | None
    department: str
    start: date | None
    due: date | None
    status: Status
    percent: int
    updated_on: date | None
    milestones: tuple[MilestoneRow, ...] = ()
    measures: tuple[MeasureCard, ...] = ()
    updates: tuple[UpdateCard, ...] = ()  # newest first
    policies: tuple[PolicyRef, ...] = ()
    update_every: Frequency | None = None
    update_by: date | None = None
    budget: float | None = None

    @property
    def name(self) -> str:
        return name_of(self.title, self.text)


@dataclass(frozen=True)
class GoalCard:
    id: str
    number: str  # "1", by its place in the plan
    kind: GoalKind
    label: str
    title: str
    statement: str
    owner: str
    owner_id: str | None
    status: Status
    percent: int
    updated_on: date | None
    population: str = ""
    measured_by: str = ""
    baseline: str = ""
    target: str = ""
    deadline: date | None = None
    strategies: tuple[StrategyCard, ...] = ()
    measures: tuple[MeasureCard, ...] = ()
    updates: tuple[UpdateCard, ...] = ()  # newest first
    policies: tuple[PolicyRef, ...] = ()
    verdict: Verdict = Verdict.NO_DATA
    update_every: Frequency | None = None
    update_by: date | None = None

    @property
    def name(self) -> str:
        return name_of(self.title, self.statement, self.label)


@dataclass(frozen=True)
class SeriesCard:
    id: str
    number: str
    title: str


@dataclass(frozen=True)
class PolicyCard:
    """A policy with its newest text."""

    id: str
    code: str
    title: str
    kind: PolicyKind
    state: PolicyState
    series: SeriesCard | None = None
    review_months: int | None = None
    owner: str = ""
    owner_id: str | None = None
    version_id: str | None = None
    body: str = ""
    first_reading: date | None = None
    second_reading: date | None = None
    adopted: date | None = None
    effective: date | None = None
    revised: tuple[date, ...] = ()
    reviewed: date | None = None
    repealed: date | None = None
    revision: RevisionKind = RevisionKind.SUBSTANTIVE
    legal_refs: tuple[str, ...] = ()
    cross_refs: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """Two things that hardly hold together: where, what stands there, and what is asked."""

    table: str
    id: str
    field: str
    number: str
    name: str
    words: str  # a sentence, and the question
    page: Place  # where it is mended


@dataclass(frozen=True)
class PlanBook:
    """A whole plan with the policy manual, as reports print it."""

    organization: OrganizationCard
    plan: PlanCard
    statements: tuple[StatementCard, ...]
    goals: tuple[GoalCard, ...]
    series: tuple[SeriesCard, ...]
    policies: tuple[PolicyCard, ...]  # in the order of their codes
    today: date
    as_of: str = ""  # the moment shown, in words; "" is now
    doubts: tuple[Doubt, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()

    @property
    def attached(self) -> tuple[PolicyCard, ...]:
        """The policies that are attached to something in the plan."""
        return tuple(policy for policy in self.policies if policy.uses)

    def strategies(self) -> Iterator[StrategyCard]:
        for goal in self.goals:
            yield from goal.strategies
