"""The closed lists of the field, each with what people call it: statuses, kinds, states, relations."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from planstudio.i18n import N_, NP_


class Worded(StrEnum):
    """A closed list; *said* is in English, with its context where the word alone has two meanings."""

    said: str | tuple[str, str]

    def __new__(cls, value: str, said: str | tuple[str, str] = "") -> Self:  # the value alone finds its member
        made = str.__new__(cls, value)
        made._value_, made.said = value, said
        return made


class PlanState(Worded):
    DRAFT = "draft", N_("Draft")
    ADOPTED = "adopted", N_("Adopted")
    ARCHIVED = "archived", N_("Archived")


class StatementKind(Worded):
    MISSION = "mission", N_("Mission")
    VISION = "vision", N_("Vision")
    VALUES = "values", N_("Values")
    BELIEFS = "beliefs", N_("Beliefs")
    GUIDING_PRINCIPLES = "guiding_principles", N_("Guiding principles")
    COMMITMENTS = "commitments", N_("Commitments")
    PRIORITIES = "priorities", N_("Priorities")
    PROMISE = "promise", N_("Promise")
    EQUITY = "equity", N_("Equity")
    OTHER = "other", N_("Statement")


class GoalKind(Worded):
    GOAL = "goal", N_("Goal")
    GUARDRAIL = "guardrail", N_("Guardrail")
    PRIORITY = "priority", N_("Priority")


class Status(Worded):
    """An owner's judgment. It changes only by a dated update."""

    NOT_STARTED = "not started", N_("Not started")
    ON_TRACK = "on track", N_("On track")
    AT_RISK = "at risk", N_("At risk")
    OFF_TRACK = "off track", N_("Off track")
    COMPLETED = "completed", N_("Completed")
    ON_HOLD = "on hold", N_("On hold")
    DISCONTINUED = "discontinued", N_("Discontinued")


class Verdict(Worded):
    """What the figures say by rule, whatever anybody judges."""

    MET = "met", N_("Met")
    IMPROVED = "improved, not met", N_("Improved, not met")
    FLAT = "flat or declined", N_("Flat or declined")
    UNCLEAR = (
        "cannot be judged",
        N_("Cannot be judged"),
    )  # its fields contradict each other, or too little is told to compare
    NO_DATA = "no data", N_("No data")


class MeasureKind(Worded):
    OUTCOME = "outcome", N_("Outcome")
    OUTPUT = "output", N_("Output")
    INPUT = "input", N_("Input")


class MeasureTiming(Worded):
    LEADING = "leading", N_("Leading")
    LAGGING = "lagging", N_("Lagging")


class Direction(Worded):
    HIGHER = "higher", N_("Higher is better")
    LOWER = "lower", N_("Lower is better")
    BAND = "band", N_("Within a band")


class Frequency(Worded):
    ANNUAL = "annual", N_("Every year")
    SEMESTER = "semester", N_("Every semester")
    QUARTERLY = "quarterly", N_("Every quarter")
    MONTHLY = "monthly", N_("Every month")
    WEEKLY = "weekly", N_("Every week")
    IRREGULAR = "irregular", N_("From time to time")


class PolicyKind(Worded):
    POLICY = "policy", N_("Policy")
    REGULATION = "regulation", N_("Regulation")
    EXHIBIT = "exhibit", N_("Exhibit")
    BYLAW = "bylaw", N_("Bylaw")


class PolicyState(Worded):
    DRAFT = "draft", N_("Draft")
    FIRST_READING = "first reading", N_("First reading")
    SECOND_READING = "second reading", N_("Second reading")
    ADOPTED = "adopted", NP_("policy", "Adopted")
    UNDER_REVIEW = "under review", N_("Under review")
    REPEALED = "repealed", N_("Repealed")


class RevisionKind(Worded):
    EDITORIAL = "editorial", N_("Editorial")
    SUBSTANTIVE = "substantive", N_("Substantive")


class Relation(Worded):
    """How a policy bears on an element of the plan."""

    GOVERNS = "governs", N_("Governs")
    SUPPORTS = "supports", N_("Supports")
    REQUIRES = "requires", N_("Requires")
    REPORTS = "reports", N_("Reports on")


class PersonRole(Worded):
    BOARD_MEMBER = "board member", N_("Board member")
    SUPERINTENDENT = "superintendent", N_("Superintendent")
    SECRETARY = "secretary", N_("Board secretary")
    STAFF = "staff", N_("Staff")


class MeetingKind(Worded):
    REGULAR = "regular", N_("Regular meeting")
    SPECIAL = "special", N_("Special meeting")
    WORK_SESSION = "work session", N_("Work session")
    HEARING = "hearing", N_("Public hearing")
    RETREAT = "retreat", N_("Retreat")
    EMERGENCY = "emergency", N_("Emergency meeting")
    ORGANIZATIONAL = "organizational", N_("Organizational meeting")


class MeetingState(Worded):
    """A template never has a date; a held meeting shows its policies and plan pages as they stood."""

    TEMPLATE = "template", N_("Template")
    DRAFT = "draft", N_("Agenda in draft")
    POSTED = "posted", N_("Agenda posted")
    HELD = "held", N_("Held")


class MinutesState(Worded):
    NONE = "none", N_("No minutes yet")
    DRAFT = "draft", N_("Minutes in draft")
    APPROVED = "approved", N_("Minutes approved")


class MomentKind(Worded):
    """Why a moment of the history has a name."""

    ADOPTED = "adopted", N_("Adopted by the board")
    PRESENTED = "presented", N_("Presented to the board")
    IMPORTED = "imported", N_("Brought in")
    OTHER = "other", N_("Something else")


class ItemType(Worded):
    PROCEDURAL = "procedural", N_("Procedural")
    ACTION = "action", N_("Action")
    CONSENT = "consent", N_("Action (Consent)")
    DISCUSSION = "discussion", N_("Discussion")
    INFORMATION = "information", N_("Information")
    FIRST_READING = "first reading", N_("First reading")
    SECOND_READING = "second reading", N_("Second reading")
    REPORT = "report", N_("Report")
    HEARING = "hearing", N_("Public hearing")
    RECOGNITION = "recognition", N_("Recognition")
    CLOSED = "closed session", N_("Closed session")


class ItemState(Worded):
    """Where an item stands on its way onto the agenda."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted")
    ACCEPTED = "accepted", N_("Accepted")
    RETURNED = "returned", N_("Returned")


class Access(Worded):
    """Who may see an item or a file; each level sees those before it, too."""

    PUBLIC = "public", N_("Public")
    ADMINISTRATIVE = "administrative", N_("Administrative")
    CLOSED = "closed", N_("Closed")


class Numbering(Worded):
    LETTERS = "1A", N_("1A, 1B, 2A")
    DECIMALS = "1.1", N_("1.1, 1.2, 2.1")
    ROMAN = "I.A", N_("I.A, I.B, II.A")


class PageNumbers(Worded):
    """What becomes of page numbers when a packet is revised."""

    RENUMBERED = "renumbered", N_("Number pages anew")
    KEPT = "kept", N_("Keep page numbers (12a)")  # added pages are 12a, 12b


class TimeUse(Worded):
    """What the board's minutes go to; all but the last count as time on student outcomes."""

    GOAL_SETTING = "goal setting", N_("Setting goals")
    GOAL_MONITORING = "goal monitoring", N_("Monitoring goals")
    GUARDRAIL_SETTING = "guardrail setting", N_("Setting guardrails")
    GUARDRAIL_MONITORING = "guardrail monitoring", N_("Monitoring guardrails")
    OTHER = "other", N_("Other business")


class Enclosed(Worded):
    """What of the plan or the policy manual is printed behind an item."""

    POLICY = "policy", N_("The policy")
    POLICY_CHANGES = "policy changes", N_("What changes in the policy")
    PLAN = "plan", N_("The plan book")
    ONE_PAGE = "one page", N_("The plan on one page")
    SCORECARD = "scorecard", N_("The scorecard")
    GOAL = "goal", N_("The goal")
    MONITORING = "monitoring report", N_("The monitoring report")


class Presence(Worded):
    PRESENT = "present", N_("Present")
    REMOTE = "remote", N_("Present by telephone or video")
    ABSENT = "absent", N_("Absent")
    EXCUSED = "excused", N_("Excused")


class MotionResult(Worded):
    OPEN = "open", N_("Not decided")
    PASSED = "passed", N_("Carried")
    FAILED = "failed", N_("Failed")
    TABLED = "tabled", N_("Tabled")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    NO_SECOND = "no second", N_("Died for lack of a second")


class Choice(Worded):
    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    ABSTAIN = "abstain", N_("Abstained")
    ABSENT = "absent", N_("Absent")
    RECUSED = "recused", N_("Recused")


class Majority(Worded):
    """How many yes a motion needs."""

    SIMPLE = "simple", N_("More yes than no")  # more yes than no
    SEATS = "of all seats", N_("More than half of all seats")
    TWO_THIRDS = "two thirds", N_("Two thirds of those voting")  # of those who vote yes or no
    TWO_THIRDS_SEATS = "two thirds of all seats", N_("Two thirds of all seats")


class Compliance(Worded):
    """The superintendent's evaluation in a monitoring report."""

    NONE = "not evaluated", N_("Not evaluated")
    COMPLIANT = "compliant", N_("Compliant")
    PARTIALLY = "partially compliant", N_("Partially compliant")
    NONCOMPLIANT = "noncompliant", N_("Noncompliant")


class ClearedAs(Worded):
    """Why words of something withheld may stand in a packet all the same."""

    PUBLIC = "public already", N_("The words are public already")
    NAME = "common name", N_("It is a common name")
    PLACE = "place", N_("It is a place")
    NO_WEIGHT = "no weight", N_("It is of no weight")
