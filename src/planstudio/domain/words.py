"""The words for every kind, status and field, so that screen, PDF and history agree."""

from __future__ import annotations

from enum import StrEnum

from planstudio.domain.kinds import (
    Direction,
    Frequency,
    GoalKind,
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
from planstudio.i18n import N_, _

_WORDS: dict[StrEnum, str] = {
    PlanState.DRAFT: N_("Draft"),
    PlanState.ADOPTED: N_("Adopted"),
    PlanState.ARCHIVED: N_("Archived"),
    StatementKind.MISSION: N_("Mission"),
    StatementKind.VISION: N_("Vision"),
    StatementKind.VALUES: N_("Values"),
    StatementKind.BELIEFS: N_("Beliefs"),
    StatementKind.GUIDING_PRINCIPLES: N_("Guiding principles"),
    StatementKind.COMMITMENTS: N_("Commitments"),
    StatementKind.PRIORITIES: N_("Priorities"),
    StatementKind.PROMISE: N_("Promise"),
    StatementKind.EQUITY: N_("Equity"),
    StatementKind.OTHER: N_("Statement"),
    GoalKind.GOAL: N_("Goal"),
    GoalKind.GUARDRAIL: N_("Guardrail"),
    GoalKind.PRIORITY: N_("Priority"),
    Status.NOT_STARTED: N_("Not started"),
    Status.ON_TRACK: N_("On track"),
    Status.AT_RISK: N_("At risk"),
    Status.OFF_TRACK: N_("Off track"),
    Status.COMPLETED: N_("Completed"),
    Status.ON_HOLD: N_("On hold"),
    Status.DISCONTINUED: N_("Discontinued"),
    Verdict.MET: N_("Met"),
    Verdict.IMPROVED: N_("Improved, not met"),
    Verdict.FLAT: N_("Flat or declined"),
    Verdict.NO_DATA: N_("No data"),
    MeasureKind.OUTCOME: N_("Outcome"),
    MeasureKind.OUTPUT: N_("Output"),
    MeasureKind.INPUT: N_("Input"),
    MeasureTiming.LEADING: N_("Leading"),
    MeasureTiming.LAGGING: N_("Lagging"),
    Direction.HIGHER: N_("Higher is better"),
    Direction.LOWER: N_("Lower is better"),
    Direction.BAND: N_("Within a band"),
    Frequency.ANNUAL: N_("Every year"),
    Frequency.SEMESTER: N_("Every semester"),
    Frequency.QUARTERLY: N_("Every quarter"),
    Frequency.MONTHLY: N_("Every month"),
    Frequency.WEEKLY: N_("Every week"),
    Frequency.IRREGULAR: N_("From time to time"),
    PolicyKind.POLICY: N_("Policy"),
    PolicyKind.REGULATION: N_("Regulation"),
    PolicyKind.EXHIBIT: N_("Exhibit"),
    PolicyKind.BYLAW: N_("Bylaw"),
    PolicyState.DRAFT: N_("Draft"),
    PolicyState.FIRST_READING: N_("First reading"),
    PolicyState.SECOND_READING: N_("Second reading"),
    PolicyState.ADOPTED: N_("Adopted"),
    PolicyState.UNDER_REVIEW: N_("Under review"),
    PolicyState.REPEALED: N_("Repealed"),
    RevisionKind.EDITORIAL: N_("Editorial"),
    RevisionKind.SUBSTANTIVE: N_("Substantive"),
    Relation.GOVERNS: N_("Governs"),
    Relation.SUPPORTS: N_("Supports"),
    Relation.REQUIRES: N_("Requires"),
    Relation.REPORTS: N_("Reports on"),
    PersonRole.BOARD_MEMBER: N_("Board member"),
    PersonRole.SUPERINTENDENT: N_("Superintendent"),
    PersonRole.SECRETARY: N_("Board secretary"),
    PersonRole.STAFF: N_("Staff"),
}

_TABLES = {
    "organization": N_("District"),
    "plan": N_("Plan"),
    "statement": N_("Statement"),
    "statement_item": N_("Entry"),
    "goal": N_("Goal"),
    "strategy": N_("Strategy"),
    "milestone": N_("Milestone"),
    "measure": N_("Measure"),
    "observation": N_("Figure"),
    "progress_update": N_("Progress update"),
    "policy_series": N_("Policy series"),
    "policy": N_("Policy"),
    "policy_version": N_("Policy text"),
    "policy_link": N_("Attached policy"),
    "person": N_("Person"),
    "attachment": N_("File"),
    "content": N_("File content"),
}


def word(kind: StrEnum) -> str:
    """What people call *kind*: "On track", "Guiding principles"."""
    return _(_WORDS[kind])


def table_word(table: str) -> str:
    """What people call a row of *table*."""
    return _(_TABLES.get(table, table))


def field_word(column: str) -> str:
    """A column's name as a phrase: period_end → "Period end"."""
    return column.removesuffix("_id").replace("_", " ").capitalize()
