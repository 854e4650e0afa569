"""The words for every kind, status and field, so that screen, PDF and history agree."""

from __future__ import annotations

from enum import StrEnum

from planstudio.domain.kinds import (
    Access,
    Choice,
    ClearedAs,
    Compliance,
    Direction,
    Enclosed,
    Frequency,
    GoalKind,
    ItemState,
    ItemType,
    Majority,
    MeasureKind,
    MeasureTiming,
    MeetingKind,
    MeetingState,
    MinutesState,
    MomentKind,
    MotionResult,
    Numbering,
    PageNumbers,
    PersonRole,
    PlanState,
    PolicyKind,
    PolicyState,
    Presence,
    Relation,
    RevisionKind,
    StatementKind,
    Status,
    TimeUse,
    Verdict,
)
from planstudio.domain.nouns import NOUNS, field_of
from planstudio.i18n import N_, NP_, _, pgettext

# Words of two lists may be the same to Python ("draft" of a plan and of an agenda), so each is kept with its list.
_WORDS: dict[tuple[type[StrEnum], str], str | tuple[str, str]] = {
    (type(kind), kind.value): said
    for kind, said in (
        (PlanState.DRAFT, N_("Draft")),
        (PlanState.ADOPTED, N_("Adopted")),
        (PlanState.ARCHIVED, N_("Archived")),
        (StatementKind.MISSION, N_("Mission")),
        (StatementKind.VISION, N_("Vision")),
        (StatementKind.VALUES, N_("Values")),
        (StatementKind.BELIEFS, N_("Beliefs")),
        (StatementKind.GUIDING_PRINCIPLES, N_("Guiding principles")),
        (StatementKind.COMMITMENTS, N_("Commitments")),
        (StatementKind.PRIORITIES, N_("Priorities")),
        (StatementKind.PROMISE, N_("Promise")),
        (StatementKind.EQUITY, N_("Equity")),
        (StatementKind.OTHER, N_("Statement")),
        (GoalKind.GOAL, N_("Goal")),
        (GoalKind.GUARDRAIL, N_("Guardrail")),
        (GoalKind.PRIORITY, N_("Priority")),
        (Status.NOT_STARTED, N_("Not started")),
        (Status.ON_TRACK, N_("On track")),
        (Status.AT_RISK, N_("At risk")),
        (Status.OFF_TRACK, N_("Off track")),
        (Status.COMPLETED, N_("Completed")),
        (Status.ON_HOLD, N_("On hold")),
        (Status.DISCONTINUED, N_("Discontinued")),
        (Verdict.MET, N_("Met")),
        (Verdict.IMPROVED, N_("Improved, not met")),
        (Verdict.FLAT, N_("Flat or declined")),
        (Verdict.UNCLEAR, N_("Cannot be judged")),
        (Verdict.NO_DATA, N_("No data")),
        (MeasureKind.OUTCOME, N_("Outcome")),
        (MeasureKind.OUTPUT, N_("Output")),
        (MeasureKind.INPUT, N_("Input")),
        (MeasureTiming.LEADING, N_("Leading")),
        (MeasureTiming.LAGGING, N_("Lagging")),
        (Direction.HIGHER, N_("Higher is better")),
        (Direction.LOWER, N_("Lower is better")),
        (Direction.BAND, N_("Within a band")),
        (Frequency.ANNUAL, N_("Every year")),
        (Frequency.SEMESTER, N_("Every semester")),
        (Frequency.QUARTERLY, N_("Every quarter")),
        (Frequency.MONTHLY, N_("Every month")),
        (Frequency.WEEKLY, N_("Every week")),
        (Frequency.IRREGULAR, N_("From time to time")),
        (PolicyKind.POLICY, N_("Policy")),
        (PolicyKind.REGULATION, N_("Regulation")),
        (PolicyKind.EXHIBIT, N_("Exhibit")),
        (PolicyKind.BYLAW, N_("Bylaw")),
        (PolicyState.DRAFT, N_("Draft")),
        (PolicyState.FIRST_READING, N_("First reading")),
        (PolicyState.SECOND_READING, N_("Second reading")),
        (PolicyState.ADOPTED, NP_("policy", "Adopted")),
        (PolicyState.UNDER_REVIEW, N_("Under review")),
        (PolicyState.REPEALED, N_("Repealed")),
        (RevisionKind.EDITORIAL, N_("Editorial")),
        (RevisionKind.SUBSTANTIVE, N_("Substantive")),
        (Relation.GOVERNS, N_("Governs")),
        (Relation.SUPPORTS, N_("Supports")),
        (Relation.REQUIRES, N_("Requires")),
        (Relation.REPORTS, N_("Reports on")),
        (PersonRole.BOARD_MEMBER, N_("Board member")),
        (PersonRole.SUPERINTENDENT, N_("Superintendent")),
        (PersonRole.SECRETARY, N_("Board secretary")),
        (PersonRole.STAFF, N_("Staff")),
        (MeetingKind.REGULAR, N_("Regular meeting")),
        (MeetingKind.SPECIAL, N_("Special meeting")),
        (MeetingKind.WORK_SESSION, N_("Work session")),
        (MeetingKind.HEARING, N_("Public hearing")),
        (MeetingKind.RETREAT, N_("Retreat")),
        (MeetingKind.EMERGENCY, N_("Emergency meeting")),
        (MeetingKind.ORGANIZATIONAL, N_("Organizational meeting")),
        (MeetingState.TEMPLATE, N_("Template")),
        (MeetingState.DRAFT, N_("Agenda in draft")),
        (MeetingState.POSTED, N_("Agenda posted")),
        (MeetingState.HELD, N_("Held")),
        (MinutesState.NONE, N_("No minutes yet")),
        (MinutesState.DRAFT, N_("Minutes in draft")),
        (MinutesState.APPROVED, N_("Minutes approved")),
        (ItemType.PROCEDURAL, N_("Procedural")),
        (ItemType.ACTION, N_("Action")),
        (ItemType.CONSENT, N_("Action (Consent)")),
        (ItemType.DISCUSSION, N_("Discussion")),
        (ItemType.INFORMATION, N_("Information")),
        (ItemType.FIRST_READING, N_("First reading")),
        (ItemType.SECOND_READING, N_("Second reading")),
        (ItemType.REPORT, N_("Report")),
        (ItemType.HEARING, N_("Public hearing")),
        (ItemType.RECOGNITION, N_("Recognition")),
        (ItemType.CLOSED, N_("Closed session")),
        (ItemState.DRAFT, N_("Draft")),
        (ItemState.SUBMITTED, N_("Submitted")),
        (ItemState.ACCEPTED, N_("Accepted")),
        (ItemState.RETURNED, N_("Returned")),
        (Access.PUBLIC, N_("Public")),
        (Access.ADMINISTRATIVE, N_("Administrative")),
        (Access.CLOSED, N_("Closed")),
        (Numbering.LETTERS, N_("1A, 1B, 2A")),
        (Numbering.DECIMALS, N_("1.1, 1.2, 2.1")),
        (Numbering.ROMAN, N_("I.A, I.B, II.A")),
        (PageNumbers.RENUMBERED, N_("Number pages anew")),
        (PageNumbers.KEPT, N_("Keep page numbers (12a)")),
        (TimeUse.GOAL_SETTING, N_("Setting goals")),
        (TimeUse.GOAL_MONITORING, N_("Monitoring goals")),
        (TimeUse.GUARDRAIL_SETTING, N_("Setting guardrails")),
        (TimeUse.GUARDRAIL_MONITORING, N_("Monitoring guardrails")),
        (TimeUse.OTHER, N_("Other business")),
        (Enclosed.POLICY, N_("The policy")),
        (Enclosed.POLICY_CHANGES, N_("What changes in the policy")),
        (Enclosed.PLAN, N_("The plan book")),
        (Enclosed.ONE_PAGE, N_("The plan on one page")),
        (Enclosed.SCORECARD, N_("The scorecard")),
        (Enclosed.GOAL, N_("The goal")),
        (Enclosed.MONITORING, N_("The monitoring report")),
        (Presence.PRESENT, N_("Present")),
        (Presence.REMOTE, N_("Present by telephone or video")),
        (Presence.ABSENT, N_("Absent")),
        (Presence.EXCUSED, N_("Excused")),
        (MotionResult.OPEN, N_("Not decided")),
        (MotionResult.PASSED, N_("Carried")),
        (MotionResult.FAILED, N_("Failed")),
        (MotionResult.TABLED, N_("Tabled")),
        (MotionResult.WITHDRAWN, N_("Withdrawn")),
        (MotionResult.NO_SECOND, N_("Died for lack of a second")),
        (Choice.YES, N_("Yes")),
        (Choice.NO, N_("No")),
        (Choice.ABSTAIN, N_("Abstained")),
        (Choice.ABSENT, N_("Absent")),
        (Choice.RECUSED, N_("Recused")),
        (Majority.SIMPLE, N_("More yes than no")),
        (Majority.SEATS, N_("More than half of all seats")),
        (Majority.TWO_THIRDS, N_("Two thirds of those voting")),
        (Majority.TWO_THIRDS_SEATS, N_("Two thirds of all seats")),
        (MomentKind.ADOPTED, N_("Adopted by the board")),
        (MomentKind.PRESENTED, N_("Presented to the board")),
        (MomentKind.IMPORTED, N_("Brought in")),
        (MomentKind.OTHER, N_("Something else")),
        (Compliance.NONE, N_("Not evaluated")),
        (Compliance.COMPLIANT, N_("Compliant")),
        (Compliance.PARTIALLY, N_("Partially compliant")),
        (Compliance.NONCOMPLIANT, N_("Noncompliant")),
        (ClearedAs.PUBLIC, N_("The words are public already")),
        (ClearedAs.NAME, N_("It is a common name")),
        (ClearedAs.PLACE, N_("It is a place")),
        (ClearedAs.NO_WEIGHT, N_("It is of no weight")),
    )
}

# What every row has, and what only the journal has: a doctored history may name any.
_KEYS = {
    "id": N_("Id"),
    "rank": N_("Rank"),
    "origin": N_("Origin"),
    "arrived": N_("Arrived"),
    "at": N_("At"),
    "section_id": N_("Section"),
}
_FILE_CONTENT = N_("File content")


def word(kind: StrEnum) -> str:
    """What people call *kind*: "On track", "Guiding principles"."""
    said = _WORDS[type(kind), kind.value]
    return _(said) if isinstance(said, str) else pgettext(*said)


def table_word(table: str) -> str:
    """What people call a row of *table*."""
    noun = NOUNS.get(table)
    if noun is None:
        return _(_FILE_CONTENT) if table == "content" else table
    return _(noun.word)


def field_word(table: str, column: str) -> str:
    """What people call a column: period_start of a plan → "Begins"."""
    field = field_of(table, column)
    if field is not None:
        return _(field.word)
    if column in _KEYS:
        return _(_KEYS[column])
    return table_word(column.removesuffix("_id")) if column.endswith("_id") else column
