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
    UNCLEAR = "cannot be judged"  # its fields contradict each other, or too little is told to compare
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


class MeetingKind(StrEnum):
    REGULAR = "regular"
    SPECIAL = "special"
    WORK_SESSION = "work session"
    HEARING = "hearing"
    RETREAT = "retreat"
    EMERGENCY = "emergency"
    ORGANIZATIONAL = "organizational"


class MeetingState(StrEnum):
    """A template never has a date; a held meeting shows its policies and plan pages as they stood."""

    TEMPLATE = "template"
    DRAFT = "draft"
    POSTED = "posted"
    HELD = "held"


class MinutesState(StrEnum):
    NONE = "none"
    DRAFT = "draft"
    APPROVED = "approved"


class MomentKind(StrEnum):
    """Why a moment of the history has a name."""

    ADOPTED = "adopted"
    PRESENTED = "presented"
    IMPORTED = "imported"
    OTHER = "other"


class ItemType(StrEnum):
    PROCEDURAL = "procedural"
    ACTION = "action"
    CONSENT = "consent"
    DISCUSSION = "discussion"
    INFORMATION = "information"
    FIRST_READING = "first reading"
    SECOND_READING = "second reading"
    REPORT = "report"
    HEARING = "hearing"
    RECOGNITION = "recognition"
    CLOSED = "closed session"


class ItemState(StrEnum):
    """Where an item stands on its way onto the agenda."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Access(StrEnum):
    """Who may see an item or a file; each level sees those before it, too."""

    PUBLIC = "public"
    ADMINISTRATIVE = "administrative"
    CLOSED = "closed"


class Numbering(StrEnum):
    LETTERS = "1A"
    DECIMALS = "1.1"
    ROMAN = "I.A"


class PageNumbers(StrEnum):
    """What becomes of page numbers when a packet is revised."""

    RENUMBERED = "renumbered"
    KEPT = "kept"  # added pages are 12a, 12b


class TimeUse(StrEnum):
    """What the board's minutes go to; all but the last count as time on student outcomes."""

    GOAL_SETTING = "goal setting"
    GOAL_MONITORING = "goal monitoring"
    GUARDRAIL_SETTING = "guardrail setting"
    GUARDRAIL_MONITORING = "guardrail monitoring"
    OTHER = "other"


class Enclosed(StrEnum):
    """What of the plan or the policy manual is printed behind an item."""

    POLICY = "policy"
    POLICY_CHANGES = "policy changes"
    PLAN = "plan"
    ONE_PAGE = "one page"
    SCORECARD = "scorecard"
    GOAL = "goal"
    MONITORING = "monitoring report"


class Presence(StrEnum):
    PRESENT = "present"
    REMOTE = "remote"
    ABSENT = "absent"
    EXCUSED = "excused"


class MotionResult(StrEnum):
    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"
    TABLED = "tabled"
    WITHDRAWN = "withdrawn"
    NO_SECOND = "no second"


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    ABSENT = "absent"
    RECUSED = "recused"


class Majority(StrEnum):
    """How many yes a motion needs."""

    SIMPLE = "simple"  # more yes than no
    SEATS = "of all seats"
    TWO_THIRDS = "two thirds"  # of those who vote yes or no
    TWO_THIRDS_SEATS = "two thirds of all seats"


class Compliance(StrEnum):
    """The superintendent's evaluation in a monitoring report."""

    NONE = "not evaluated"
    COMPLIANT = "compliant"
    PARTIALLY = "partially compliant"
    NONCOMPLIANT = "noncompliant"


class ClearedAs(StrEnum):
    """Why words of something withheld may stand in a packet all the same."""

    PUBLIC = "public already"
    NAME = "common name"
    PLACE = "place"
    NO_WEIGHT = "no weight"
