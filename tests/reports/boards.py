"""Meetings of an invented board, built as snapshots: one that was held, one to come, and the monitoring calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from planstudio.domain.agenda import (
    AgendaItemCard,
    AttendanceRow,
    MeetingCard,
    MonitoringRow,
    MotionCard,
    SectionCard,
    Support,
    VoteRow,
)
from planstudio.domain.cards import PlanBook, UpdateCard
from planstudio.domain.kinds import (
    Access,
    Choice,
    Compliance,
    ItemState,
    ItemType,
    MeetingKind,
    MeetingState,
    MinutesState,
    MotionResult,
    Numbering,
    PageNumbers,
    Presence,
    Status,
    TimeUse,
)
from planstudio.domain.reporting import ReportData
from reports import books

MEMBERS = ("Dana Okafor", "Luis Brandt", "Mei Ferreira", "Rosa Sandoval", "Tom Whitlock")
SECRET = "The names of two employees were read."

GOAL = Support("a1", "goal", "g1", "Goal One", "Every child a reader")
STRATEGY = Support("a2", "strategy", "s2.1", "Strategy 2.1", "An adult for every student")


def item(number: str, title: str, type_: ItemType = ItemType.INFORMATION, **more: object) -> AgendaItemCard:
    card = AgendaItemCard(
        id=f"i{number}", section_id=f"s{number[:1]}", number=number, title=title, type=type_, access=Access.PUBLIC,
        ground="", state=ItemState.ACCEPTED, returned_because="", presenter="", contact="", minutes=5,
        time_use=TimeUse.OTHER, pulled=False, background="", rationale="", fiscal_impact="", recommended_motion="",
    )  # fmt: skip
    return replace(card, **more)  # type: ignore[arg-type]


def motion(
    text: str = "to approve the agenda", choices: str = "YYYYY", result: MotionResult = MotionResult.PASSED
) -> MotionCard:
    """A motion on which the members voted as the letters of *choices* say."""
    known = {"Y": Choice.YES, "N": Choice.NO, "A": Choice.ABSTAIN, "-": Choice.ABSENT, "R": Choice.RECUSED}
    votes = tuple(VoteRow(name, name, known[one]) for name, one in zip(MEMBERS, choices, strict=False))
    return MotionCard(f"m{text}", text, MEMBERS[0], MEMBERS[1], result, votes)


def meeting(ident: str = "mt1", start: datetime | None = None, **more: object) -> MeetingCard:
    card = MeetingCard(
        id=ident, kind=MeetingKind.REGULAR, state=MeetingState.HELD, title="",
        start=start or datetime(2026, 9, 23, 18, 30),
        place="Harbor Room, 18 Pier Road", taking_part="", posting_rule="", posted_at=None,
        numbering=Numbering.LETTERS, page_numbers=PageNumbers.RENUMBERED, called_to_order="18:32", adjourned="20:41",
        minutes_state=MinutesState.DRAFT, minutes_approved_on=None, minutes_opening="The pledge was said.",
        minutes_closing="", frozen_at="",
    )  # fmt: skip
    return replace(card, **more)  # type: ignore[arg-type]


SECTIONS = (
    SectionCard(
        "s1", "1", "Opening", False,
        (item("1A", "Approval of the agenda", ItemType.ACTION, motions=(motion(),), minutes=2),),
    ),
    SectionCard(
        "s2", "2", "Consent agenda", True,
        (
            item("2A", "Minutes of August 26", ItemType.CONSENT, consent=True, minutes=1,
                 motions=(motion("to approve the consent agenda but for item 2B"),)),
            item("2B", "Claims of August", ItemType.CONSENT, pulled=True, presenter="T. Whitlock", minutes=1,
                 motions=(motion("to approve the claims", "YYNYR"),)),
        ),
    ),
    SectionCard(
        "s3", "3", "Reports", False,
        (
            item("3A", "Goal One: monitoring report", ItemType.REPORT, minutes=30, began="18:50", ended="19:28",
                 time_use=TimeUse.GOAL_MONITORING, links=(GOAL,), presenter="Ines Calloway",
                 notes="The board asked how many tutors are **still missing**.\n\n- Cedar: two\n- Elm: none"),
            item("3B", "Hearing on the budget", ItemType.HEARING, minutes=20, began="19:28", ended="19:50"),
        ),
    ),
    SectionCard(
        "s4", "4", "Action", False,
        (
            item("4A", "Reading tutors for two schools", ItemType.ACTION, minutes=15, began="19:50", ended="20:02",
                 time_use=TimeUse.GOAL_SETTING, links=(GOAL, STRATEGY), presenter="Ines Calloway",
                 recommended_motion="I move that the board approve two posts for reading tutors.",
                 motions=(motion("I move that the board approve two posts for reading tutors.", "YYYNA"),
                          motion("to table the matter", "NNNYY", MotionResult.FAILED))),
            item("4B", "A new roof for Elm", ItemType.ACTION, minutes=10,
                 motions=(MotionCard("m9", "to award the contract", MEMBERS[2], "", MotionResult.NO_SECOND),)),
        ),
    ),
    SectionCard(
        "s5", "5", "Closed session", False,
        (
            item("5A", "Complaint against two employees", ItemType.CLOSED, access=Access.CLOSED, began="20:05",
                 ended="20:38", ground="State Code 24-7: personnel", notes=SECRET, minutes=None,
                 motions=(motion("to dismiss the complaint"),)),
        ),
    ),
)  # fmt: skip

ATTENDANCE = (
    AttendanceRow("p1", MEMBERS[1], Presence.PRESENT),
    AttendanceRow("p2", MEMBERS[2], Presence.REMOTE),
    AttendanceRow("p3", MEMBERS[0], Presence.PRESENT, "18:40", "20:30"),
    AttendanceRow("p4", MEMBERS[3], Presence.EXCUSED),
)

HELD = meeting(sections=SECTIONS, attendance=ATTENDANCE)
AUGUST = meeting(
    "mt0",
    datetime(2026, 8, 26, 18, 30),
    kind=MeetingKind.WORK_SESSION,
    minutes_state=MinutesState.APPROVED,
    minutes_approved_on=date(2026, 9, 23),
    sections=(
        SectionCard(
            "s1", "1", "Work", False,
            (
                item("1A", "Which pathways first?", ItemType.DISCUSSION, minutes=60, time_use=TimeUse.GOAL_SETTING,
                     links=(STRATEGY,)),
                item("1B", "Parking at Cedar", ItemType.ACTION, minutes=40,
                     motions=(motion("to paint new lines", "YYYYY"),)),
            ),
        ),
    ),
)  # fmt: skip
COMING = meeting(
    "mt2",
    datetime(2026, 10, 21, 18, 30),
    state=MeetingState.POSTED,
    minutes_state=MinutesState.NONE,
    sections=(
        SectionCard(
            "s1", "1", "Action", False,
            (
                item("1A", "One sequence of lessons", ItemType.ACTION, links=(GOAL,), minutes=15,
                     recommended_motion="I move that the board adopt *Stepping Stones* for kindergarten to grade 2."),
            ),
        ),
    ),
)  # fmt: skip


def entry(month: date, goal_id: str | None = "g1", subject: str = "", **more: object) -> MonitoringRow:
    row = MonitoringRow(f"mo{month}{goal_id}{subject}", goal_id, subject, month)
    return replace(row, **more)  # type: ignore[arg-type]


CALENDAR = (
    entry(date(2026, 7, 1), "g3"),
    entry(
        date(2026, 9, 1),
        reported_on=date(2026, 9, 23),
        evaluation=Compliance.PARTIALLY,
        reason="Growth is steady, but **two of eleven** schools have no tutor.",
        evidence="- Results of the fall screening\n- Tutors by school, September 2026",
        next_steps="We ask the board to approve two posts for reading tutors.",
    ),
    entry(date(2026, 10, 1), "g3"),
    entry(date(2026, 12, 1)),
    entry(date(2027, 3, 1)),
    entry(date(2027, 3, 1), None, "Evaluation of the superintendent"),
    entry(date(2027, 12, 1), None, "Self-evaluation of the board"),
)


def whole() -> ReportData:
    """Everything that any report may ask for."""
    book = books.whole()
    first = book.goals[0]
    updates = (
        UpdateCard("u9", date(2026, 9, 30), Status.ON_TRACK, 40, "All first grades have the lessons.", "", "T. Brand"),
        UpdateCard("u8", date(2026, 5, 12), Status.AT_RISK, 20, "Books were late.", "", "T. Brand"),
    )
    strategies = (first.strategies[0], replace(first.strategies[1], updates=updates), *first.strategies[2:])
    measures = (replace(first.measures[0], interim="2027: 66; 2028: 71"), *first.measures[1:])
    goal = replace(first, strategies=strategies, measures=measures)
    book = replace(book, goals=(goal, *book.goals[1:]))
    return ReportData(
        book,
        books.TODAY,
        meeting=HELD,
        meetings=(AUGUST, HELD, COMING),
        monitoring=CALENDAR,
        goal_id="g1",
        policy_id="pol6141",
        before=earlier(),
        before_words="June 12, 2026",
    )


def earlier() -> PlanBook:
    """The plan of Heron Lake as it was before."""
    book = books.whole()
    goal, other, third = book.goals
    body = books.BODY.replace("every 5 years", "every 7 years").replace(
        "## Gifts\n", "## Gifts\n\nGifts are accepted by the principal of the school alone.\n"
    )
    policies = tuple(replace(p, body=body) if p.id == "pol6141" else p for p in book.policies[1:])
    strategies = tuple(replace(s, number=f"2.{n}") for n, s in enumerate(goal.strategies[::-1], 1))
    before = replace(
        goal, number="2", statement="By the end of third grade, every child reads.", strategies=strategies, label=""
    )
    return replace(
        book, goals=(replace(other, number="1"), before, third), policies=policies, statements=book.statements[:3]
    )
