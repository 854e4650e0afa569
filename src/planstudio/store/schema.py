"""The tables of a plan file, and which of them the journal records.

Every row that a person makes has a UUIDv7 id; observations have their natural
key, so that two people who record the same figure meet in one cell. Foreign
keys hold until the step ends in SQL and cascade in the ORM: the journal must see
each row that goes. Siblings are ordered by `rank`, a fraction written as text.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from planstudio.domain import kinds
from planstudio.domain.ids import uuid7
from planstudio.store.types import Day, Moment, Word

SCHEMA = 1  # PRAGMA user_version
# Of each schema what `verify.structure` says of a file that has it; of this one until it is released.
FINGERPRINTS = {1: "92fa907c08eba5b5894dd285b48eef1429e9667c41275f43aca78b1044f8f7c6"}
APPLICATION = 0x504C4E53  # PRAGMA application_id, "PLNS"

Words = Annotated[str, mapped_column(Text, default="")]
Rank = Annotated[str, mapped_column(String(200), default="i")]
Origin = Annotated[str, mapped_column(String(36), default="")]  # the id of the row that this one was copied from


def _refers(column: str) -> ForeignKey:
    """To a row that must be there when the step ends: a fold puts rows in place in any order."""
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


def _parent(table: str) -> Mapped[str]:
    return mapped_column(_refers(f"{table}.id"), index=True)


def _perhaps(table: str) -> Mapped[str | None]:
    return mapped_column(_refers(f"{table}.id"), index=True)


def _one_of(*columns: str) -> CheckConstraint:
    words = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in columns) + " = 1"
    return CheckConstraint(words, name="one_owner", info={"owners": columns})


def owners_of(table: Table) -> tuple[str, ...]:
    """The columns of which a row fills exactly one: what it belongs to."""
    return next((check.info["owners"] for check in table.constraints if "owners" in check.info), ())


class Base(DeclarativeBase):
    """A table is called as its class, in small letters, unless that says another name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {date: Day(), datetime: Moment()} | {
        kind: Word(kind)
        for kind in vars(kinds).values()
        if isinstance(kind, type) and issubclass(kind, kinds.Worded) and kind is not kinds.Worded
    }

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


class Row(Base):
    """What has an id of its own."""

    __abstract__ = True
    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7, sort_order=-1)


class Organization(Row):
    name: Mapped[Words]
    short_name: Mapped[Words]
    motto: Mapped[Words]
    address: Mapped[Words]
    contact: Mapped[Words]
    website: Mapped[Words]
    board_name: Mapped[Words]
    posting_rule: Mapped[Words]  # a state's name in posting-rules.json, or "72 hours", "3 business days"
    status_words: Mapped[Words]  # "on track=Green light", a line each; empty is the field's own
    logo_sha256: Mapped[str | None] = mapped_column(_refers("content.sha256"))
    closed_days: Mapped[Words]  # YYYY-MM-DD, a line each, beside the state's holidays
    level_words: Mapped[Words]  # "goal=Priority, Priorities", a line each; empty is the field's own
    dictionary: Mapped[Words]  # words that the spell check knows, a line each
    time_zone: Mapped[Words]  # IANA's name, "America/Denver"; "" is that of the computer
    seats: Mapped[int | None]  # of the board; None is as many as its members
    quorum: Mapped[int | None]  # None is more than half of the seats
    majority: Mapped[kinds.Majority] = mapped_column(default=kinds.Majority.SIMPLE)
    coded_shares: Mapped[int] = mapped_column(default=1)  # below how many percent a share is told as its bound


class Person(Row):
    name: Mapped[Words]
    title: Mapped[Words]
    role: Mapped[kinds.PersonRole] = mapped_column(default=kinds.PersonRole.STAFF)
    term_start: Mapped[date | None]
    term_end: Mapped[date | None]
    department: Mapped[Words]


class Plan(Row):
    title: Mapped[Words]
    slogan: Mapped[Words]
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    state: Mapped[kinds.PlanState] = mapped_column(default=kinds.PlanState.DRAFT)
    adopted_on: Mapped[date | None]
    rank: Mapped[Rank]
    origin: Mapped[Origin]
    goals_heading: Mapped[Words]  # what the district calls this part of its plan: "Our Goals and Strategies"
    goals_question: Mapped[Words]  # "What we will achieve"
    goals_note: Mapped[Words]  # Markdown: what is said of all goals together
    strategies_heading: Mapped[Words]  # above each goal's strategies: "High Priority Strategies"
    strategies_question: Mapped[Words]  # "What is our priority work"
    statements: Mapped[list[Statement]] = relationship(back_populates="plan", cascade="all")
    goals: Mapped[list[Goal]] = relationship(back_populates="plan", cascade="all")
    monitoring: Mapped[list[Monitoring]] = relationship(cascade="all")
    enclosures: Mapped[list[Enclosure]] = relationship(cascade="all")


class Statement(Row):
    plan_id: Mapped[str] = _parent("plan")
    kind: Mapped[kinds.StatementKind]
    heading: Mapped[Words]
    question: Mapped[Words]
    lead: Mapped[Words]
    body: Mapped[Words]
    adopted_on: Mapped[date | None]
    source: Mapped[Words]
    rank: Mapped[Rank]
    origin: Mapped[Origin]
    plan: Mapped[Plan] = relationship(back_populates="statements")
    items: Mapped[list[StatementItem]] = relationship(back_populates="statement", cascade="all")
    links: Mapped[list[PolicyLink]] = relationship(cascade="all")
    comments: Mapped[list[Comment]] = relationship(cascade="all")
    files: Mapped[list[Attachment]] = relationship(cascade="all")


class StatementItem(Row):
    statement_id: Mapped[str] = _parent("statement")
    title: Mapped[Words]
    text: Mapped[Words]
    evidence: Mapped[Words]
    rank: Mapped[Rank]
    origin: Mapped[Origin]
    statement: Mapped[Statement] = relationship(back_populates="items")
    links: Mapped[list[PolicyLink]] = relationship(cascade="all")
    comments: Mapped[list[Comment]] = relationship(cascade="all")


class Goal(Row):
    plan_id: Mapped[str] = _parent("plan")
    kind: Mapped[kinds.GoalKind] = mapped_column(default=kinds.GoalKind.GOAL)
    label: Mapped[Words]
    title: Mapped[Words]
    statement: Mapped[Words]
    population: Mapped[Words]
    measured_by: Mapped[Words]
    baseline: Mapped[Words]
    target: Mapped[Words]
    deadline: Mapped[date | None]
    owner_id: Mapped[str | None] = _perhaps("person")
    rank: Mapped[Rank]
    update_every: Mapped[kinds.Frequency | None]
    update_by: Mapped[date | None]  # the next update, where it is not reckoned from the last
    origin: Mapped[Origin]
    plan: Mapped[Plan] = relationship(back_populates="goals")
    strategies: Mapped[list[Strategy]] = relationship(back_populates="goal", cascade="all")
    measures: Mapped[list[Measure]] = relationship(cascade="all")
    updates: Mapped[list[ProgressUpdate]] = relationship(cascade="all")
    links: Mapped[list[PolicyLink]] = relationship(cascade="all")
    comments: Mapped[list[Comment]] = relationship(cascade="all")
    files: Mapped[list[Attachment]] = relationship(cascade="all")
    agenda: Mapped[list[AgendaLink]] = relationship(cascade="all")
    enclosures: Mapped[list[Enclosure]] = relationship(cascade="all")
    monitoring: Mapped[list[Monitoring]] = relationship(cascade="all")


class Strategy(Row):
    goal_id: Mapped[str] = _parent("goal")
    title: Mapped[Words]
    text: Mapped[Words]
    priority: Mapped[Words]
    owner_id: Mapped[str | None] = _perhaps("person")
    department: Mapped[Words]
    start: Mapped[date | None]
    due: Mapped[date | None]
    rank: Mapped[Rank]
    update_every: Mapped[kinds.Frequency | None]
    update_by: Mapped[date | None]  # the next update, where it is not reckoned from the last
    origin: Mapped[Origin]
    budget: Mapped[float | None]  # in the district's currency
    goal: Mapped[Goal] = relationship(back_populates="strategies")
    milestones: Mapped[list[Milestone]] = relationship(cascade="all")
    measures: Mapped[list[Measure]] = relationship(cascade="all")
    updates: Mapped[list[ProgressUpdate]] = relationship(cascade="all")
    links: Mapped[list[PolicyLink]] = relationship(cascade="all")
    comments: Mapped[list[Comment]] = relationship(cascade="all")
    files: Mapped[list[Attachment]] = relationship(cascade="all")
    agenda: Mapped[list[AgendaLink]] = relationship(cascade="all")


class Milestone(Row):
    strategy_id: Mapped[str] = _parent("strategy")
    text: Mapped[Words]
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    rank: Mapped[Rank]
    origin: Mapped[Origin]


class Measure(Row):
    goal_id: Mapped[str | None] = _perhaps("goal")
    strategy_id: Mapped[str | None] = _perhaps("strategy")
    name: Mapped[Words]
    definition: Mapped[Words]
    kind: Mapped[kinds.MeasureKind] = mapped_column(default=kinds.MeasureKind.OUTCOME)
    timing: Mapped[kinds.MeasureTiming] = mapped_column(default=kinds.MeasureTiming.LAGGING)
    unit: Mapped[Words]
    direction: Mapped[kinds.Direction] = mapped_column(default=kinds.Direction.HIGHER)
    frequency: Mapped[kinds.Frequency] = mapped_column(default=kinds.Frequency.ANNUAL)
    baseline: Mapped[float | None]
    baseline_on: Mapped[date | None]
    target: Mapped[float | None]
    target_on: Mapped[date | None]
    band_low: Mapped[float | None]
    band_high: Mapped[float | None]
    interim: Mapped[Words]
    source: Mapped[Words]
    minimum_group: Mapped[int] = mapped_column(default=10)
    rank: Mapped[Rank]
    student_group: Mapped[Words]  # whom it counts; "" is everyone
    origin: Mapped[Origin]
    observations: Mapped[list[Observation]] = relationship(cascade="all")
    links: Mapped[list[PolicyLink]] = relationship(cascade="all")
    comments: Mapped[list[Comment]] = relationship(cascade="all")
    files: Mapped[list[Attachment]] = relationship(cascade="all")
    __table_args__ = (_one_of("goal_id", "strategy_id"),)


class Observation(Base):
    measure_id: Mapped[str] = mapped_column(_refers("measure.id"), primary_key=True)
    student_group: Mapped[str] = mapped_column(Text, primary_key=True, default="")
    period_end: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[float]
    count: Mapped[int | None]
    note: Mapped[Words]
    source: Mapped[Words]
    coded: Mapped[Words]  # "<" or ">" where only a bound is known, such as in a copy without its students' figures
    __table_args__ = ({"sqlite_with_rowid": False},)


class ProgressUpdate(Row):
    goal_id: Mapped[str | None] = _perhaps("goal")
    strategy_id: Mapped[str | None] = _perhaps("strategy")
    on: Mapped[date]
    status: Mapped[kinds.Status]
    percent: Mapped[int | None]
    done: Mapped[Words]
    next: Mapped[Words]
    author: Mapped[Words]
    __table_args__ = (_one_of("goal_id", "strategy_id"),)


class PolicySeries(Row):
    number: Mapped[Words]
    title: Mapped[Words]
    policies: Mapped[list[Policy]] = relationship(back_populates="series")


class Policy(Row):
    series_id: Mapped[str | None] = _perhaps("policy_series")
    code: Mapped[Words]
    title: Mapped[Words]
    kind: Mapped[kinds.PolicyKind] = mapped_column(default=kinds.PolicyKind.POLICY)
    state: Mapped[kinds.PolicyState] = mapped_column(default=kinds.PolicyState.DRAFT)
    review_months: Mapped[int | None]
    owner_id: Mapped[str | None] = _perhaps("person")
    series: Mapped[PolicySeries | None] = relationship(back_populates="policies")
    versions: Mapped[list[PolicyVersion]] = relationship(cascade="all")
    links: Mapped[list[PolicyLink]] = relationship(cascade="all")
    comments: Mapped[list[Comment]] = relationship(cascade="all")
    files: Mapped[list[Attachment]] = relationship(cascade="all")
    agenda: Mapped[list[AgendaLink]] = relationship(cascade="all")
    enclosures: Mapped[list[Enclosure]] = relationship(cascade="all")


class PolicyVersion(Row):
    policy_id: Mapped[str] = _parent("policy")
    body: Mapped[Words]
    first_reading: Mapped[date | None]
    second_reading: Mapped[date | None]
    adopted: Mapped[date | None]
    effective: Mapped[date | None]
    revised: Mapped[Words]  # YYYY-MM-DD or YYYY-MM, a line each
    reviewed: Mapped[date | None]
    repealed: Mapped[date | None]
    revision: Mapped[kinds.RevisionKind] = mapped_column(default=kinds.RevisionKind.SUBSTANTIVE)
    legal_refs: Mapped[Words]  # a line each
    cross_refs: Mapped[Words]  # a line each


class PolicyLink(Row):
    policy_id: Mapped[str] = _parent("policy")
    version_id: Mapped[str | None] = _perhaps("policy_version")  # None is always the newest
    statement_id: Mapped[str | None] = _perhaps("statement")
    statement_item_id: Mapped[str | None] = _perhaps("statement_item")
    goal_id: Mapped[str | None] = _perhaps("goal")
    strategy_id: Mapped[str | None] = _perhaps("strategy")
    measure_id: Mapped[str | None] = _perhaps("measure")
    relation: Mapped[kinds.Relation] = mapped_column(default=kinds.Relation.SUPPORTS)
    note: Mapped[Words]
    rank: Mapped[Rank]
    __table_args__ = (_one_of("statement_id", "statement_item_id", "goal_id", "strategy_id", "measure_id"),)


class Attachment(Row):
    statement_id: Mapped[str | None] = _perhaps("statement")
    goal_id: Mapped[str | None] = _perhaps("goal")
    strategy_id: Mapped[str | None] = _perhaps("strategy")
    measure_id: Mapped[str | None] = _perhaps("measure")
    policy_id: Mapped[str | None] = _perhaps("policy")
    name: Mapped[Words]
    media_type: Mapped[Words]
    sha256: Mapped[str] = mapped_column(_refers("content.sha256"))
    size: Mapped[int]
    alternative_text: Mapped[Words]
    access: Mapped[kinds.Access] = mapped_column(default=kinds.Access.PUBLIC)
    agenda_item_id: Mapped[str | None] = _perhaps("agenda_item")
    rank: Mapped[str | None] = mapped_column(String(200), default="i")
    __table_args__ = (_one_of("statement_id", "goal_id", "strategy_id", "measure_id", "policy_id", "agenda_item_id"),)


class Comment(Row):
    """What a colleague says of an element, until it is resolved."""

    statement_id: Mapped[str | None] = _perhaps("statement")
    statement_item_id: Mapped[str | None] = _perhaps("statement_item")
    goal_id: Mapped[str | None] = _perhaps("goal")
    strategy_id: Mapped[str | None] = _perhaps("strategy")
    measure_id: Mapped[str | None] = _perhaps("measure")
    policy_id: Mapped[str | None] = _perhaps("policy")
    text: Mapped[Words]
    author: Mapped[Words]
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[Words]
    __table_args__ = (
        _one_of("statement_id", "statement_item_id", "goal_id", "strategy_id", "measure_id", "policy_id"),
    )


class NamedMoment(Row):
    """A moment of the plan's history that somebody has given a name."""

    __tablename__ = "moment"
    name: Mapped[Words]
    kind: Mapped[kinds.MomentKind] = mapped_column(default=kinds.MomentKind.OTHER)
    at: Mapped[str] = mapped_column(String(40))  # ISO 8601 with its offset, as in the journal


class Meeting(Row):
    """A meeting of the board, or a template of one: then it has no date."""

    kind: Mapped[kinds.MeetingKind] = mapped_column(default=kinds.MeetingKind.REGULAR)
    state: Mapped[kinds.MeetingState] = mapped_column(default=kinds.MeetingState.DRAFT)
    title: Mapped[Words]  # "" is the kind's word
    start: Mapped[datetime | None]
    place: Mapped[Words]
    taking_part: Mapped[Words]
    posting_rule: Mapped[Words]  # "" is the district's
    posted_at: Mapped[datetime | None]
    numbering: Mapped[kinds.Numbering] = mapped_column(default=kinds.Numbering.LETTERS)
    page_numbers: Mapped[kinds.PageNumbers] = mapped_column(default=kinds.PageNumbers.RENUMBERED)
    called_to_order: Mapped[Words]  # HH:MM
    adjourned: Mapped[Words]  # HH:MM
    minutes_state: Mapped[kinds.MinutesState] = mapped_column(default=kinds.MinutesState.NONE)
    minutes_approved_on: Mapped[date | None]
    minutes_opening: Mapped[Words]
    minutes_closing: Mapped[Words]
    frozen_at: Mapped[Words]  # ISO 8601 with its offset: enclosures show the plan as it stood then
    time_zone: Mapped[Words]  # "" is the district's
    posted_for: Mapped[datetime | None]  # the start that stood on the agenda when it was posted
    posted_deadline: Mapped[datetime | None]  # until when that had to be done
    posted_notice: Mapped[Words]  # by which rule: "72 hours"
    seats: Mapped[int | None]  # kept when the minutes are approved; before that the district's
    quorum: Mapped[int | None]
    approved_roll: Mapped[Words]  # JSON: by a person's id the name, and whether a member, when they were approved
    sections: Mapped[list[AgendaSection]] = relationship(back_populates="meeting", cascade="all")
    attendance: Mapped[list[Attendance]] = relationship(cascade="all")
    packets: Mapped[list[Packet]] = relationship(cascade="all")
    clearances: Mapped[list[Clearance]] = relationship(cascade="all")
    amendments: Mapped[list[Amendment]] = relationship(cascade="all")


class AgendaSection(Row):
    meeting_id: Mapped[str] = _parent("meeting")
    title: Mapped[Words]
    consent: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[Rank]
    meeting: Mapped[Meeting] = relationship(back_populates="sections")
    items: Mapped[list[AgendaItem]] = relationship(back_populates="section", cascade="all")


class AgendaItem(Row):
    section_id: Mapped[str] = _parent("agenda_section")
    title: Mapped[Words]
    type: Mapped[kinds.ItemType] = mapped_column(default=kinds.ItemType.INFORMATION)
    access: Mapped[kinds.Access] = mapped_column(default=kinds.Access.PUBLIC)
    ground: Mapped[Words]  # the law that lets it be closed; printed in the public packet
    state: Mapped[kinds.ItemState] = mapped_column(default=kinds.ItemState.DRAFT)
    returned_because: Mapped[Words]
    presenter: Mapped[Words]
    contact: Mapped[Words]
    minutes: Mapped[int | None]
    time_use: Mapped[kinds.TimeUse] = mapped_column(default=kinds.TimeUse.OTHER)
    pulled: Mapped[bool] = mapped_column(default=False)  # taken out of the consent group
    background: Mapped[Words]
    rationale: Mapped[Words]
    fiscal_impact: Mapped[Words]
    recommended_motion: Mapped[Words]
    began: Mapped[Words]  # HH:MM
    ended: Mapped[Words]  # HH:MM
    notes: Mapped[Words]  # for the minutes
    rank: Mapped[Rank]
    section: Mapped[AgendaSection] = relationship(back_populates="items")
    links: Mapped[list[AgendaLink]] = relationship(cascade="all")
    enclosures: Mapped[list[Enclosure]] = relationship(cascade="all")
    files: Mapped[list[Attachment]] = relationship(cascade="all")
    motions: Mapped[list[Motion]] = relationship(cascade="all")


class AgendaLink(Row):
    """What an item supports or rests on."""

    agenda_item_id: Mapped[str] = _parent("agenda_item")
    goal_id: Mapped[str | None] = _perhaps("goal")
    strategy_id: Mapped[str | None] = _perhaps("strategy")
    policy_id: Mapped[str | None] = _perhaps("policy")
    rank: Mapped[Rank]
    __table_args__ = (_one_of("goal_id", "strategy_id", "policy_id"),)


class Enclosure(Row):
    """Pages of the plan or the policy manual that are printed behind an item."""

    agenda_item_id: Mapped[str] = _parent("agenda_item")
    what: Mapped[kinds.Enclosed]
    policy_id: Mapped[str | None] = _perhaps("policy")
    goal_id: Mapped[str | None] = _perhaps("goal")
    plan_id: Mapped[str | None] = _perhaps("plan")
    since: Mapped[date | None]  # changes since this day; None is since it was adopted
    rank: Mapped[Rank]
    __table_args__ = (_one_of("policy_id", "goal_id", "plan_id"),)


class Attendance(Base):
    meeting_id: Mapped[str] = mapped_column(_refers("meeting.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(_refers("person.id"), primary_key=True)
    presence: Mapped[kinds.Presence]
    arrived: Mapped[Words]  # HH:MM
    departed: Mapped[Words]  # HH:MM
    __table_args__ = ({"sqlite_with_rowid": False},)


class Motion(Row):
    agenda_item_id: Mapped[str] = _parent("agenda_item")
    text: Mapped[Words]
    mover_id: Mapped[str | None] = _perhaps("person")
    seconder_id: Mapped[str | None] = _perhaps("person")
    result: Mapped[kinds.MotionResult] = mapped_column(default=kinds.MotionResult.OPEN)
    rank: Mapped[Rank]
    majority: Mapped[kinds.Majority | None]  # None is the district's
    made: Mapped[bool] = mapped_column(default=False)  # its text is made from the agenda, and follows it while open
    votes: Mapped[list[Vote]] = relationship(cascade="all")


class Vote(Base):
    motion_id: Mapped[str] = mapped_column(_refers("motion.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(_refers("person.id"), primary_key=True)
    choice: Mapped[kinds.Choice]
    __table_args__ = ({"sqlite_with_rowid": False},)


class Amendment(Row):
    """What the board changed in minutes that it had approved."""

    meeting_id: Mapped[str] = _parent("meeting")
    on: Mapped[date]
    text: Mapped[Words]


class Packet(Row):
    """A packet that was printed: its bytes are kept, so that it can be printed again exactly."""

    meeting_id: Mapped[str] = _parent("meeting")
    revision: Mapped[int]
    audience: Mapped[kinds.Access]
    printed_at: Mapped[datetime]
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(_refers("content.sha256"))
    record: Mapped[Words]  # JSON: what each part was and where it stood, for the next revision
    note: Mapped[Words]  # what changed, in the secretary's words


class Clearance(Row):
    """Why words of something withheld may stand in a packet all the same; in no public paper, JSON or copy."""

    meeting_id: Mapped[str] = _parent("meeting")
    code: Mapped[Words]  # of the finding: a digest of its words and of both places
    words: Mapped[Words]
    kind: Mapped[kinds.ClearedAs]
    reason: Mapped[Words]
    author: Mapped[Words]
    at: Mapped[datetime]
    access: Mapped[kinds.Access] = mapped_column(default=kinds.Access.CLOSED)  # who may read the words withheld
    withheld: Mapped[Words]  # where the words are withheld, and where they are shown
    shown: Mapped[Words]


class Monitoring(Row):
    """One line of the monitoring calendar, and the report given in it."""

    plan_id: Mapped[str] = _parent("plan")
    goal_id: Mapped[str | None] = _perhaps("goal")
    subject: Mapped[Words]  # where it is no goal: "Superintendent's evaluation"
    month: Mapped[date]  # its first day
    reported_on: Mapped[date | None]
    evaluation: Mapped[kinds.Compliance] = mapped_column(default=kinds.Compliance.NONE)
    reason: Mapped[Words]
    evidence: Mapped[Words]
    next_steps: Mapped[Words]


class Content(Base):
    """A file's bytes, once for each content; never changed, so never in the journal."""

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(default=0)  # bytes
    data: Mapped[bytes | None] = mapped_column(LargeBinary)  # none where they are in a file (store/contents.py)


class ChangeSet(Base):
    """One gesture of a person: one transaction, one step of undo."""

    seq: Mapped[int] = mapped_column(primary_key=True)  # the order of arrival in this copy
    id: Mapped[str] = mapped_column(String(36), unique=True)
    clock: Mapped[int] = mapped_column(index=True)  # one more than every step known when it was made
    device: Mapped[str] = mapped_column(String(36))
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(40))  # ISO 8601 with its offset, as the clock stood
    arrived: Mapped[str] = mapped_column(String(40))  # when it came into this copy
    kind: Mapped[str] = mapped_column(String(10))  # new, edit, import, undo, redo, restore, settle
    label: Mapped[str] = mapped_column(Text)
    target: Mapped[str | None] = mapped_column(String(36))  # the step that an undo or redo takes back


class ChangeRow(Base):
    """What a step did to one row (store/lines.py)."""

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("change_set.id"), index=True)
    tbl: Mapped[str] = mapped_column(String(40))
    row: Mapped[str] = mapped_column(Text)
    op: Mapped[str] = mapped_column(String(1))  # I, U, D, R
    before: Mapped[str | None] = mapped_column(Text)  # JSON
    after: Mapped[str | None] = mapped_column(Text)  # JSON
    over: Mapped[str] = mapped_column(Text)  # JSON: the steps whose lines of this row were its last when it was written
    head: Mapped[int]  # 1 while nobody has written over it; found from `over`
    __table_args__ = (Index("ix_change_row", "tbl", "row", "head"),)


class Conflict(Base):
    """A cell that was written differently in ignorance of each other; found from the journal, until it is answered."""

    tbl: Mapped[str] = mapped_column(String(40), primary_key=True)
    row: Mapped[str] = mapped_column(Text, primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)  # "*": whether the row is there at all
    unit: Mapped[str] = mapped_column(Text)  # what is answered together: "goal:" or "motion:" and an id
    sides: Mapped[str] = mapped_column(Text)  # JSON [[step, value], …], the shown one first


class SealRow(Base):
    """Which plan this is, and which steps it holds (store/seal.py); one row."""

    __tablename__ = "seal"
    plan: Mapped[str] = mapped_column(String(36), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32))
    count: Mapped[int]


_BOOKKEEPING = {"content", "change_set", "change", "conflict", "seal"}

# Parents before children: the order to insert in.
JOURNALED: dict[str, Table] = {t.name: t for t in Base.metadata.sorted_tables if t.name not in _BOOKKEEPING}
MODELS: dict[str, type[Base]] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
    if mapper.local_table.name not in _BOOKKEEPING  # type: ignore[attr-defined]
}
