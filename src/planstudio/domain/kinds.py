"""The closed lists of the field: statuses, kinds, states, relations. Their words are in words.py."""

from __future__ import annotations

from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"
    ARCHIVED = "archived"


class StatementKind(StrEnum):
    MISSION = "mission"
    VISION = "vision"
    VALUES = "values"
    BELIEFS = "beliefs"
    GUIDING_PRINCIPLES = "guiding_principles"
    COMMITMENTS = "commitments"
    PRIORITIES = "priorities"
    PROMISE = "promise"
    EQUITY = "equity"
    OTHER = "other"


class GoalKind(StrEnum):
    GOAL = "goal"
    GUARDRAIL = "guardrail"
    PRIORITY = "priority"


class Status(StrEnum):
    """An owner's judgment. It changes only by a dated update."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    COMPLETED = "completed"
    ON_HOLD = "on hold"
    DISCONTINUED = "discontinued"


class Verdict(StrEnum):
    """What the figures say by rule, whatever anybody judges."""

    MET = "met"
    IMPROVED = "improved, not met"
    FLAT = "flat or declined"
    NO_DATA = "no data"


class MeasureKind(StrEnum):
    OUTCOME = "outcome"
    OUTPUT = "output"
    INPUT = "input"


class MeasureTiming(StrEnum):
    LEADING = "leading"
    LAGGING = "lagging"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


class Frequency(StrEnum):
    ANNUAL = "annual"
    SEMESTER = "semester"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    IRREGULAR = "irregular"


class PolicyKind(StrEnum):
    POLICY = "policy"
    REGULATION = "regulation"
    EXHIBIT = "exhibit"
    BYLAW = "bylaw"


class PolicyState(StrEnum):
    DRAFT = "draft"
    FIRST_READING = "first reading"
    SECOND_READING = "second reading"
    ADOPTED = "adopted"
    UNDER_REVIEW = "under review"
    REPEALED = "repealed"


class RevisionKind(StrEnum):
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


class Relation(StrEnum):
    """How a policy bears on an element of the plan."""

    GOVERNS = "governs"
    SUPPORTS = "supports"
    REQUIRES = "requires"
    REPORTS = "reports"


class PersonRole(StrEnum):
    BOARD_MEMBER = "board member"
    SUPERINTENDENT = "superintendent"
    SECRETARY = "secretary"
    STAFF = "staff"
