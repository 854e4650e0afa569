"""What was recognised in a document, before anybody has taken it into a plan.

Texts are the document's own: white space normalised, wrapped lines joined,
bullets, numbers and markup gone, typos kept. Lines count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from planstudio.domain.kinds import StatementKind


@dataclass(frozen=True)
class Lines:
    """Where in the document something stands; both ends belong to it."""

    first: int
    last: int


@dataclass(frozen=True)
class RecognisedItem:
    text: str
    title: str = ""
    evidence: str = ""  # what follows an italic definition under "as evidenced by"
    source: Lines = Lines(0, 0)
    owner: str = ""  # who carries a strategy: "Responsible: …"
    start: date | None = None
    due: date | None = None
    notes: tuple[str, ...] = ()  # lines on who and when that fit no field, as printed

    @property
    def whole(self) -> str:
        return f"{self.text} {self.evidence}".strip()


@dataclass(frozen=True)
class RecognisedStatement:
    """Mission, vision or another statement. Several mission sentences are items of one mission."""

    kind: StatementKind
    heading: str
    lead: str = ""
    question: str = ""
    items: tuple[RecognisedItem, ...] = ()
    source: Lines = Lines(0, 0)
    paragraphs: tuple[str, ...] = ()  # the lead's paragraphs where it has several
    adopted: str = ""  # YYYY-MM-DD
    notes: tuple[str, ...] = ()  # "Adopted 2020": no day of the calendar, kept as printed


@dataclass(frozen=True)
class RecognisedGoal:
    label: str
    title: str
    description: str = ""
    strategies: tuple[RecognisedItem, ...] = ()
    measures: tuple[RecognisedItem, ...] = ()
    priority: str = ""  # "High Priority", the class of its strategies
    source: Lines = Lines(0, 0)
    owner: str = ""
    due: date | None = None
    notes: tuple[str, ...] = ()  # as an item's
    description_source: Lines = Lines(0, 0)


@dataclass(frozen=True)
class RecognisedLine:
    """Words that stand above all goals: `field` is the plan's column for them."""

    field: str
    text: str
    source: Lines = Lines(0, 0)


# Where those words are kept, in the order in which they are read.
GOALS_FIELDS = ("goals_heading", "goals_question", "goals_note", "strategies_heading", "strategies_question")


@dataclass(frozen=True)
class RecognisedSeries:
    number: str
    title: str
    source: Lines = Lines(0, 0)


@dataclass(frozen=True)
class RecognisedPolicy:
    """An entry of a policy index, or with a body a policy's full text as Markdown."""

    number: str
    title: str
    body: str = ""
    sections: tuple[str, ...] = ()
    adopted: str = ""  # YYYY-MM-DD, or YYYY-MM where only the month is printed
    revised: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    legal_refs: tuple[str, ...] = ()
    cross_refs: tuple[str, ...] = ()
    source: Lines = Lines(0, 0)
    in_force: bool = False  # listed in the index of a manual that is lived by


class RemarkKind(StrEnum):
    EMPTY_SECTION = "empty section"
    NEAR_DUPLICATE = "near-duplicate"
    LIKELY_TYPO = "likely typo"
    NOT_TAKEN = "not taken"
    TAKEN_AS = "taken as"  # days made of words that name none: "Fall 2026"


@dataclass(frozen=True)
class Remark:
    """Something a careful reader would point at. Nothing was changed because of it."""

    kind: RemarkKind
    message: str
    source: Lines = Lines(0, 0)
    more: tuple[Lines, ...] = ()  # further lines that the same is said of


@dataclass(frozen=True)
class Recognised:
    """All that one document holds."""

    organization: str = ""
    plan_title: str = ""
    slogan: str = ""
    adopted: str = ""  # of the plan: YYYY-MM-DD, or YYYY-MM where only the month is printed
    period_start: date | None = None
    period_end: date | None = None
    statements: tuple[RecognisedStatement, ...] = ()  # mission and vision among them, in the document's order
    goals: tuple[RecognisedGoal, ...] = ()
    above_goals: tuple[RecognisedLine, ...] = ()  # what is said over all goals
    missing: tuple[RecognisedStatement, ...] = ()  # announced, with nothing under the heading
    series: tuple[RecognisedSeries, ...] = ()
    policy_index: tuple[RecognisedPolicy, ...] = ()
    policies: tuple[RecognisedPolicy, ...] = ()
    remarks: tuple[Remark, ...] = ()
    lines: tuple[str, ...] = ()  # the document as read, for showing sources

    @property
    def empty(self) -> bool:
        return not (self.statements or self.goals or self.series or self.policy_index or self.policies)


def as_form(found: Recognised) -> dict[str, Any]:
    """The JSON of `import --dry-run --json`; absent keys mean that the document holds nothing of the kind."""
    form = _filled(
        organization=found.organization, plan_title=found.plan_title, slogan=found.slogan, adopted=found.adopted,
        period_start=found.period_start, period_end=found.period_end,
    )  # fmt: skip
    for statement in found.statements:
        if statement.kind is StatementKind.MISSION:
            texts = (statement.lead, *(item.whole for item in statement.items))
            form.setdefault("mission", []).extend(filter(None, texts))
        elif statement.kind is StatementKind.VISION and "vision" not in form:
            form["vision"] = _block(statement)
        else:
            kind = STATEMENT_FORM_KINDS.get(statement.kind, statement.kind.value)
            form.setdefault("statements", []).append({"heading": statement.heading, "kind": kind} | _block(statement))
    form |= {line.field: line.text for line in found.above_goals}
    return form | _filled(
        missing=[{"heading": s.heading, "kind": s.kind.value, **_filled(source=s.source)} for s in found.missing],
        goals=[_goal(goal) for goal in found.goals],
        series=[{"number": s.number, "title": s.title, **_filled(source=s.source)} for s in found.series],
        policy_index=[_policy(entry) for entry in found.policy_index],
        policies=[_policy(policy) for policy in found.policies],
        remarks=[{"kind": r.kind.value, "message": r.message, **_filled(source=r.source)} for r in found.remarks],
    )


STATEMENT_FORM_KINDS = dict.fromkeys((StatementKind.PRIORITIES, StatementKind.PROMISE, StatementKind.VISION), "other")


def _filled(**values: object) -> dict[str, Any]:
    """What is known of *values*: days as text, tuples as lists, places as their first and last line."""
    made: dict[str, Any] = {}
    for key, value in values.items():
        match value:
            case Lines(first, last):
                made[key] = [first, last] if first else None
            case date():
                made[key] = str(value)
            case _:
                made[key] = list(value) if isinstance(value, tuple) else value
    return {key: value for key, value in made.items() if value}


def _block(statement: RecognisedStatement) -> dict[str, Any]:
    items = [{"title": item.title, "text": item.whole} if item.title else item.whole for item in statement.items]
    return _filled(
        question=statement.question, lead=statement.lead, items=items, adopted=statement.adopted, notes=statement.notes,
        source=statement.source,
    )  # fmt: skip


def _goal(goal: RecognisedGoal) -> dict[str, Any]:
    strategies, measures = ([_entry(item) for item in items] for items in (goal.strategies, goal.measures))
    return _filled(
        label=goal.label, title=goal.title, description=goal.description, priority=goal.priority, strategies=strategies,
        measures=measures, owner=goal.owner, notes=goal.notes, due=goal.due,
        description_source=goal.description_source if goal.description else None, source=goal.source,
    )  # fmt: skip


def _entry(item: RecognisedItem) -> str | dict[str, Any]:
    """A strategy or measure: its words alone where nobody and no day is named."""
    filled = _filled(owner=item.owner, notes=item.notes, start=item.start, due=item.due)
    return {"text": item.whole, **filled} if filled else item.whole


def _policy(policy: RecognisedPolicy) -> dict[str, Any]:
    return {"number": policy.number, "title": policy.title} | _filled(
        sections=[{"heading": heading} for heading in policy.sections], adopted=policy.adopted, revised=policy.revised,
        reviewed=policy.reviewed, legal_refs=policy.legal_refs, cross_refs=policy.cross_refs, body=policy.body,
        source=policy.source,
    )  # fmt: skip


def first_day(text: str) -> date | None:
    """The date that *text* ("2021-06-01", "2021-06") begins with; None where there is none."""
    parts = text.split("-")
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
    except (ValueError, IndexError):
        return None
