"""Plans of invented districts, built as snapshots: a whole one, a bare one, and parts to put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planstudio.domain.cards import (
    GoalCard,
    ItemCard,
    MeasureCard,
    MilestoneRow,
    ObservationRow,
    OrganizationCard,
    PlanBook,
    PlanCard,
    PolicyCard,
    PolicyRef,
    SeriesCard,
    StatementCard,
    StrategyCard,
    UpdateCard,
    Use,
)
from planstudio.domain.kinds import (
    Direction,
    Frequency,
    GoalKind,
    MeasureKind,
    MeasureTiming,
    PlanState,
    PolicyKind,
    PolicyState,
    Relation,
    StatementKind,
    Status,
    Verdict,
)

TODAY = date(2026, 10, 14)
DISTRICT = OrganizationCard(
    "o1",
    "Heron Lake School District",
    "Heron Lake",
    "Every child, every tide",
    "Board of Trustees",
    "18 Pier Road, Heron Lake",
    "Office: 555-0188",
    "https://heronlake.example",
)
PLAN = PlanCard(
    "p1",
    "A Lake of Learning, 2024–2029",
    "Every child, every tide",
    date(2024, 7, 1),
    date(2029, 6, 30),
    PlanState.ADOPTED,
    date(2024, 6, 11),
)


def measure(
    name: str = "Fourth graders who read at grade level",
    values: tuple[float, ...] = (52, 55, 61),
    *,
    ident: str = "m1",
    unit: str = "%",
    direction: Direction = Direction.HIGHER,
    baseline: float | None = 50,
    target: float | None = 75,
    verdict: Verdict = Verdict.IMPROVED,
    **more: object,
) -> MeasureCard:
    """A yearly measure since 2023, its baseline in 2023."""
    rows = tuple(ObservationRow("", date(2024 + n, 6, 1), value) for n, value in enumerate(values))
    card = MeasureCard(
        ident,
        name,
        MeasureKind.OUTCOME,
        unit,
        direction,
        Frequency.ANNUAL,
        MeasureTiming.LAGGING,
        baseline,
        date(2023, 6, 1),
        target,
        date(2029, 6, 1),
        observations=rows,
        verdict=verdict,
    )
    return replace(card, **more)  # type: ignore[arg-type]


def monthly(count: int, **more: object) -> MeasureCard:
    """A measure with a figure every month."""
    rows = tuple(
        ObservationRow("", date(2023 + (n + 8) // 12, (n + 8) % 12 + 1, 28), 88 + (n * 7) % 9 + n * 0.1)
        for n in range(count)
    )
    return measure("Buses that came on time", (), ident="m9", baseline=None, target=97, observations=rows, **more)


def strategy(
    number: str = "1.1", title: str = "Know each reader by October", text: str = "", **more: object
) -> StrategyCard:
    card = StrategyCard(
        f"s{number}",
        "g1",
        number,
        title,
        text,
        "",
        "Ines Calloway",
        None,
        "",
        None,
        None,
        Status.ON_TRACK,
        40,
        date(2026, 9, 30),
    )
    return replace(card, **more)  # type: ignore[arg-type]


def goal(number: str = "1", title: str = "Every child a reader", statement: str = "", **more: object) -> GoalCard:
    card = GoalCard(
        f"g{number}",
        number,
        GoalKind.GOAL,
        "",
        title,
        statement,
        "Ines Calloway",
        None,
        Status.AT_RISK,
        35,
        date(2026, 10, 5),
        verdict=Verdict.IMPROVED,
    )
    return replace(card, **more)  # type: ignore[arg-type]


def policy(code: str = "6141", title: str = "Choosing what is taught", body: str = "", **more: object) -> PolicyCard:
    card = PolicyCard(
        f"pol{code}", code, title, PolicyKind.POLICY, PolicyState.ADOPTED, body=body, adopted=date(2019, 5, 8)
    )
    return replace(card, **more)  # type: ignore[arg-type]


def book(**parts: object) -> PlanBook:
    """A book of only these parts."""
    bare = PlanBook(DISTRICT, PLAN, (), (), (), (), TODAY)
    return replace(bare, **parts)  # type: ignore[arg-type]


STATEMENTS = (
    StatementCard(
        "st1",
        StatementKind.MISSION,
        "Our Mission",
        "Why are we here?",
        "",
        "We teach every child of the lake to **read**, to reason and to row together.",
        date(2024, 6, 11),
    ),
    StatementCard(
        "st2",
        StatementKind.VISION,
        "",
        "",
        "",
        "A graduate of Heron Lake can name a skill, a plan, and three people who believe in both.",
    ),
    StatementCard(
        "st3",
        StatementKind.BELIEFS,
        "What We Believe",
        "",
        "We believe that",
        "",
        date(2024, 6, 11),
        items=(
            ItemCard("i1", "", "every child can learn to read, and most need to be taught;"),
            ItemCard("i2", "", "a student who is known comes to school;"),
            ItemCard("i3", "", "good teaching is a craft that is learned from others, over years;"),
            ItemCard("i4", "", "families are owed the truth early and in plain words."),
        ),
    ),
    StatementCard(
        "st4",
        StatementKind.VALUES,
        "Values",
        "What do we hold to?",
        "In all that we do:",
        "",
        source="Board retreat, 2023",
        items=(
            ItemCard(
                "i5",
                "Candor",
                "We say what the figures say, *also* when they are low.",
                "Every report to the board opens with the verdict.",
                (PolicyRef("l9", "pol1326", "1326", "Visitors to schools", Relation.SUPPORTS),),
            ),
            ItemCard(
                "i6",
                "Thrift",
                "Money is a promise between neighbors.\n\n- We compare three offers.\n- We mend before we buy.",
            ),
            ItemCard("i7", "Kindness that holds its ground", "", "Fewer suspensions, and safer halls."),
        ),
    ),
)

BODY = """## Purpose

The board chooses what students learn from. It does so in the open, on evidence, and with those who will teach from it.

## Choosing materials

The superintendent recommends materials after a committee has compared them. The committee includes:

1. the director of instruction;
2. a principal from each level, and
   - one from a small school,
   - one from a large school;
3. at least six teachers.

See [the state's list](https://education.example/list) and write to [the office](mailto:office@heronlake.example).

| Subject | Review | Committee |
|---|---|---|
| Reading | every 5 years | Standing |
| Science | every 7 years | Named when needed |

### Small purchases

A principal may buy materials for up to $500.

## Gifts

Materials that are given follow the same review as those that are bought.
"""

REF = PolicyRef(
    "l1",
    "pol6141",
    "6141",
    "Choosing what is taught",
    Relation.GOVERNS,
    "Section 2 sets the committee.",
    date(2019, 5, 8),
)

SERIES = (SeriesCard("se1", "1000", "Community"), SeriesCard("se6", "6000", "Instruction"))

POLICIES = (
    policy("1326", "Visitors to schools", "Visitors report to the office.", series=SERIES[0]),
    policy(
        "1326.1", "Visitors: forms", kind=PolicyKind.EXHIBIT, series=SERIES[0], adopted=None, state=PolicyState.DRAFT
    ),
    policy(
        "6141",
        "Choosing what is taught",
        BODY,
        series=SERIES[1],
        owner="Director of Instruction",
        review_months=60,
        revised=(date(2021, 3, 9),),
        reviewed=date(2025, 4, 1),
        first_reading=date(2019, 4, 10),
        second_reading=date(2019, 5, 8),
        legal_refs=("State Education Code, section 24-118: textbooks", "State Education Code, section 24-131"),
        cross_refs=("1326 Visitors to schools",),
        uses=(
            Use("l1", "goal", "g1", "Every child a reader", Relation.GOVERNS),
            Use("l2", "strategy", "s1.2", "One sequence of lessons", Relation.SUPPORTS, "From 2026 on"),
        ),
    ),
    policy("9000", "The board", "The board governs; the superintendent leads.", kind=PolicyKind.BYLAW),
)

GOALS = (
    goal(
        "1",
        "Every child a reader",
        "By the end of **fourth grade**, every child reads at grade level.",
        label="Goal One",
        population="All fourth graders",
        measured_by="The spring test of the state",
        baseline="50 percent in 2023",
        target="75 percent",
        deadline=date(2029, 6, 1),
        policies=(REF,),
        measures=(
            measure(),
            measure(
                "Children two years behind",
                (19, 18, 18),
                ident="m2",
                direction=Direction.LOWER,
                baseline=20,
                target=8,
                verdict=Verdict.FLAT,
            ),
            measure(
                "Kindergartners who know all letter sounds",
                (70, 82, 92),
                ident="m3",
                baseline=66,
                target=90,
                verdict=Verdict.MET,
            ),
        ),
        strategies=(
            strategy(
                "1.1",
                "Know each reader by October",
                "Every child is heard reading in the first six weeks; the results reach the teacher *in a week*.",
                priority="High priority",
                status=Status.COMPLETED,
                milestones=(
                    MilestoneRow("ms1", "All schools have the kit", date(2026, 9, 1), date(2026, 8, 28)),
                    MilestoneRow("ms2", "First round of results", date(2026, 10, 15)),
                ),
            ),
            strategy(
                "1.2",
                "One sequence of lessons in every classroom",
                "",
                priority="High priority",
                owner="Tomas Brand",
                policies=(REF,),
            ),
            strategy(
                "1.3",
                "Tutors for those who are behind",
                status=Status.AT_RISK,
                updated_on=date(2026, 4, 2),
                updates=(
                    UpdateCard(
                        "u2",
                        date(2026, 4, 2),
                        Status.AT_RISK,
                        40,
                        "Nine of eleven schools have a tutor.",
                        "Fill two posts by December.",
                        "Tomas Brand",
                    ),
                ),
                measures=(
                    measure("Tutoring hours a week", (40, 95, 130), ident="m4", unit="hours", baseline=0, target=160),
                ),
            ),
            strategy(
                "1.4",
                "",
                "Books to take home, [chosen by children](https://books.example).",
                status=Status.NOT_STARTED,
                updated_on=None,
            ),
        ),
        updates=(
            UpdateCard(
                "u1",
                date(2026, 10, 5),
                Status.AT_RISK,
                35,
                "Two posts are open, at *Cedar* and *Elm*.\n\n- Cedar: two candidates\n- Elm: none",
                "Ask the college for student teachers.",
                "Ines Calloway",
            ),
        ),
    ),
    goal(
        "2",
        "Present, safe and known",
        "",
        owner="",
        status=Status.OFF_TRACK,
        updated_on=None,
        verdict=Verdict.NO_DATA,
        strategies=(
            strategy("2.1", "An adult for every student", status=Status.ON_HOLD),
            strategy("2.2", "One code of conduct", status=Status.DISCONTINUED),
        ),
    ),
    goal(
        "3",
        "",
        "Live within our means, and keep three months of reserves.",
        kind=GoalKind.GUARDRAIL,
        status=Status.ON_TRACK,
        verdict=Verdict.MET,
        measures=(
            measure(
                "Months of reserves", (1.8, 2.4, 3.1), ident="m5", unit="", baseline=1.5, target=3, verdict=Verdict.MET
            ),
            measure(
                "Bus fleet on time",
                (91, 94, 93),
                ident="m6",
                direction=Direction.BAND,
                baseline=90,
                target=None,
                band_low=92.0,
                band_high=96.0,
            ),
        ),
    ),
)


def whole() -> PlanBook:
    """The plan of Heron Lake, with something of everything."""
    return book(statements=STATEMENTS, goals=GOALS, series=SERIES, policies=POLICIES)
