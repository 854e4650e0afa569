"""What was recognised in a document, into a plan, as one step."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain import ranks, texts
from planstudio.domain.kinds import PlanState, PolicyState, StatementKind
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedStatement,
    first_day,
)
from planstudio.operations.people import person_named
from planstudio.operations.rows import build, fetch, last_rank
from planstudio.richtext import escape
from planstudio.store.schema import (
    Goal,
    Measure,
    Organization,
    Plan,
    Policy,
    PolicySeries,
    PolicyVersion,
    Statement,
    StatementItem,
    Strategy,
)


def take_in(session: Session, plan_id: str, found: Recognised, source: str = "") -> None:
    """Add everything in *found* behind what the plan holds; names that are there already stay.

    Texts were words, and become Markdown that reads as they did. *source* is the document's name.
    """
    plan = fetch(session, Plan, plan_id)
    _name(session, plan, found)
    _date(plan, found)
    rank = last_rank(plan.statements)
    for statement in found.statements:
        session.add(_statement(plan_id, statement, rank, source))
        rank = ranks.between(rank, None)
    rank = last_rank(plan.goals)
    for goal in found.goals:
        session.add(_goal(session, plan_id, goal, rank))
        rank = ranks.between(rank, None)
    _policies(session, found)
    session.flush()


def _name(session: Session, plan: Plan, found: Recognised) -> None:
    district = session.scalars(select(Organization)).first()
    if district is not None and not district.name and found.organization:
        district.name = texts.line(found.organization, "organization")
    if not plan.title and found.plan_title:
        plan.title = texts.line(found.plan_title, "plan_title")
    if not plan.slogan and found.slogan:
        plan.slogan = texts.line(found.slogan, "slogan")


def _date(plan: Plan, found: Recognised) -> None:
    """When the plan was adopted and which years it is for, where it does not say so yet."""
    if plan.adopted_on is None and found.adopted:
        plan.adopted_on = first_day(found.adopted)
        if plan.adopted_on and plan.state is PlanState.DRAFT:
            plan.state = PlanState.ADOPTED
    if plan.period_start is None and plan.period_end is None:
        plan.period_start, plan.period_end = found.period_start, found.period_end


def _statement(plan_id: str, found: RecognisedStatement, rank: str, source: str) -> Statement:
    lead = "\n\n".join(escape(text) for text in found.paragraphs) or escape(found.lead)
    # The only text of a mission is its body; a text that leads to entries is a lead.
    field = "lead" if found.items else "body"
    statement = build(
        Statement,
        plan_id=plan_id,
        kind=found.kind,
        heading=found.heading or ("" if found.kind is StatementKind.OTHER else found.kind.value.title()),
        question=found.question,
        source=source,
        rank=rank,
        **{field: lead},
    )
    statement.items = [
        build(StatementItem, title=item.title, text=escape(item.text), evidence=escape(item.evidence), rank=place)
        for item, place in zip(found.items, ranks.spread(len(found.items)), strict=True)
    ]
    return statement


def _goal(session: Session, plan_id: str, found: RecognisedGoal, rank: str) -> Goal:
    goal = build(
        Goal,
        plan_id=plan_id,
        label=found.label,
        title=found.title,
        statement=_with_notes(found.description, found.notes),
        owner_id=person_named(session, found.owner),
        deadline=found.due,
        rank=rank,
    )
    goal.strategies = [
        build(
            Strategy,
            text=_with_notes(item.text, item.notes),
            title=item.title,
            priority=found.priority,
            owner_id=person_named(session, item.owner),
            start=item.start,
            due=item.due,
            rank=place,
        )
        for item, place in zip(found.strategies, ranks.spread(len(found.strategies)), strict=True)
    ]
    goal.measures = [
        build(Measure, **_measure(item), rank=place)
        for item, place in zip(found.measures, ranks.spread(len(found.measures)), strict=True)
    ]
    return goal


def _with_notes(text: str, notes: tuple[str, ...]) -> str:
    """*text*, and each line that fitted no field as a paragraph below it."""
    return "\n\n".join(escape(paragraph) for paragraph in (text, *notes) if paragraph)


def _measure(item: RecognisedItem) -> dict[str, str]:
    """A short text is the measure's name; a long one its definition, named by its beginning."""
    if len(item.whole) <= texts.LINE:
        return {"name": item.whole}
    return {"name": item.whole[:120].rsplit(" ", 1)[0] + "…", "definition": escape(item.whole)}


def _policies(session: Session, found: Recognised) -> None:
    """Series and policies that the manual does not have yet; a full text fills a policy without one."""
    numbers = {series.number: series for series in session.scalars(select(PolicySeries))}
    for one in found.series:
        if one.number not in numbers:
            numbers[one.number] = build(PolicySeries, number=one.number, title=one.title)
            session.add(numbers[one.number])
    session.flush()
    codes = {policy.code: policy for policy in session.scalars(select(Policy))}
    for entry in (*found.policy_index, *found.policies):
        policy = codes.get(entry.number)
        if policy is None:
            under = _series_of(entry.number, numbers)
            policy = build(Policy, code=entry.number, title=entry.title, series_id=under.id if under else None)
            policy.state = PolicyState.ADOPTED if entry.in_force else PolicyState.DRAFT
            codes[entry.number] = policy
            session.add(policy)
        elif policy.series_id is None and (series := _series_of(entry.number, numbers)):
            policy.series_id = series.id
        _fill(policy, entry)


def _fill(policy: Policy, found: RecognisedPolicy) -> None:
    if not policy.versions:
        policy.versions.append(build(PolicyVersion))
    version = max(policy.versions, key=lambda one: one.id or "")
    if not version.body and found.body:
        version.body = texts.prose(found.body, "body")
    if version.adopted is None and found.adopted:
        version.adopted = first_day(found.adopted)
    if found.adopted and policy.state is PolicyState.DRAFT:
        policy.state = PolicyState.ADOPTED
    for field, lines in (
        ("revised", found.revised),
        ("legal_refs", found.legal_refs),
        ("cross_refs", found.cross_refs),
    ):
        if lines and not getattr(version, field):
            setattr(version, field, texts.prose("\n".join(lines), field))
    if version.reviewed is None and found.reviewed:
        version.reviewed = first_day(max(found.reviewed))


def _series_of(code: str, series: dict[str, PolicySeries]) -> PolicySeries | None:
    """The series a code is filed under: 1326.1 under 1300 or 1000, BEDB under the longest number it begins with."""
    if code in series:
        return series[code]
    head = code.split(".")[0].split("-")[0]
    if head.isdigit() and len(head) >= 3:
        rounded = (head[:kept] + "0" * (len(head) - kept) for kept in range(len(head), 0, -1))
        return next((series[number] for number in rounded if number in series), None)
    fitting = [number for number in series if number and code.startswith(number)]
    return series[max(fitting, key=len)] if fitting else None
