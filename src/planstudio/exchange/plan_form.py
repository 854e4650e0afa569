"""A whole plan in the field names of the import form, with ids, policies, links, progress and measures.

Texts are words without Markdown; "markdown" stands beside a text whose Markdown
says more. An entry's "text" is all of it; "evidence" repeats its second part.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from planstudio.domain.cards import (
    GoalCard,
    ItemCard,
    MeasureCard,
    PlanBook,
    PolicyCard,
    PolicyRef,
    StatementCard,
    StrategyCard,
    UpdateCard,
)
from planstudio.domain.coded import sign_of
from planstudio.domain.kinds import StatementKind
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Kind, Uses
from planstudio.domain.recognised import STATEMENT_FORM_KINDS
from planstudio.i18n import amount
from planstudio.richtext import Heading, blocks, plain

Form = dict[str, Any]


def book_form(book: PlanBook) -> Form:
    """What `show --json` prints."""
    plan = book.plan
    form: Form = {"organization": book.organization.name, "organization_id": book.organization.id}
    form |= _some(plan_id=plan.id, plan_title=plan.title, slogan=plan.slogan, motto=book.organization.motto)
    form |= _fields(plan, "state", "period_start", "period_end", "adopted_on") | _some(as_of=book.as_of)
    form |= _fields(plan, "goals_heading", "goals_question") | _text("goals_note", plan.goals_note)
    form |= _fields(plan, "strategies_heading", "strategies_question")
    form |= _statements(book.statements)
    form |= _some(missing=_missing(book))
    form["goals"] = [_goal(goal) for goal in book.goals]
    form["series"] = [{"id": s.id, "number": s.number, "title": s.title} for s in book.series]
    form["policy_index"] = [{"id": p.id, "number": p.code, "title": p.title} for p in book.policies]
    form["policies"] = [_policy(p) for p in book.policies if p.body or p.uses or p.adopted]
    return form


def _statements(statements: tuple[StatementCard, ...]) -> Form:
    """The first mission and the first vision by themselves, then all others, in the order of the import form."""
    mission, vision, others = Form(), Form(), []
    for statement in statements:
        if statement.kind is StatementKind.MISSION and not mission:
            parts = (_lead(statement), *map(_sentence, statement.items))
            mission = {"mission": [part for part in parts if part], "mission_id": statement.id}
            mission |= _some(mission_heading=statement.heading, mission_question=statement.question)
            mission |= _some(mission_policies=_refs(statement.policies))
        elif statement.kind is StatementKind.VISION and not vision:
            vision = {"vision": _statement(statement)}
        else:
            kind = STATEMENT_FORM_KINDS.get(statement.kind, statement.kind.value)
            others.append({"kind": kind} | _statement(statement))
    return mission | vision | _some(statements=others)


def _missing(book: PlanBook) -> list[Form]:
    """The headings that nothing stands under yet."""
    bare = (one for one in book.statements if not (one.lead or one.body or one.items))
    found = [_fields(one, "id", "heading", "kind") for one in bare]
    if book.plan.goals_heading and not book.goals:
        found.append({"heading": book.plan.goals_heading, "kind": "goals"})
    return found


def _some(**values: Any) -> Form:
    """The values that are there, dates and kinds as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value.value if isinstance(value, StrEnum) else value
        for name, value in values.items()
        if value not in (None, "", [], ())
    }


def _fields(card: object, *names: str) -> Form:
    """The fields of *card* that are there, under their own names."""
    return _some(**{name: getattr(card, name) for name in names})


def _text(name: str, markdown: str) -> Form:
    words = plain(markdown)
    made = {name: words} if words else {}
    return made | ({f"{name}_markdown": markdown} if words != markdown else {})


def _declared(table: str, card: object) -> Form:
    """The fields of an element that the redline compares, under their own names."""
    made = Form()
    for field in NOUNS[table].using(Uses.COMPARE):
        value = getattr(card, field.shown)
        made |= _text(field.name, value) if field.kind is Kind.MARKDOWN else _some(**{field.shown: value})
    return made


def _lead(statement: StatementCard) -> str:
    return " ".join(filter(None, (plain(statement.lead), plain(statement.body))))


def _statement(statement: StatementCard) -> Form:
    return (
        _fields(statement, "id", "heading", "question")
        | _some(lead=_lead(statement))
        | _fields(statement, "adopted_on", "source")
        | _some(items=[_item(item) for item in statement.items], policies=_refs(statement.policies))
    )


def _whole(item: ItemCard) -> str:
    return " ".join(filter(None, (plain(item.text), plain(item.evidence))))


def _item(item: ItemCard) -> Form:
    made = _some(id=item.id, title=item.title, text=_whole(item), evidence=plain(item.evidence))
    return made | _some(markdown=item.text if plain(item.text) != item.text else "", policies=_refs(item.policies))


def _sentence(item: ItemCard) -> str | Form:
    """A sentence of the mission; an object only where it has more than its text."""
    return _item(item) if item.title or item.policies else _whole(item)


def _goal(goal: GoalCard) -> Form:
    return (
        _fields(goal, "id", "number", "kind", "label", "title")
        | _text("description", goal.statement)
        | _fields(goal, "owner", "status", "percent", "verdict", "updated_on", "population", "measured_by")
        | _fields(goal, "baseline", "target", "deadline")
        | _some(strategies=[_strategy(one) for one in goal.strategies], measures=[_measure(m) for m in goal.measures])
        | _some(progress=[_update(u) for u in goal.updates], policies=_refs(goal.policies))
    )


def _strategy(one: StrategyCard) -> Form:
    return (
        _fields(one, "id", "number")
        | _declared("strategy", one)
        | _fields(one, "status", "percent", "updated_on")
        | _some(milestones=[_some(id=m.id) | _declared("milestone", m) for m in one.milestones])
        | _some(measures=[_measure(m) for m in one.measures], progress=[_update(u) for u in one.updates])
        | _some(policies=_refs(one.policies))
    )


def _measure(measure: MeasureCard) -> Form:
    figures = [
        _some(period_end=o.period_end, **_told("value", o.value, measure.unit), student_group=o.student_group)
        | _some(count=o.count, note=plain(o.note))
        for o in measure.observations
    ]
    return (
        _some(id=measure.id, title=measure.name)
        | _fields(measure, "kind", "timing", "unit")
        | _text("definition", measure.definition)
        | _fields(measure, "direction", "frequency")
        | _some(**_told("baseline", measure.baseline, measure.unit))
        | _fields(
            measure, "baseline_on", "target", "target_on", "band_low", "band_high", "interim", "source", "verdict"
        )
        | _some(observations=figures, policies=_refs(measure.policies))
    )


def _told(name: str, value: float | None, unit: str) -> Form:
    """A figure by its name; where only a bound is told, in words: "value_told": "<5%"."""
    return {f"{name}_told": amount(value, unit)} if value is not None and sign_of(value) else {name: value}


def _update(update: UpdateCard) -> Form:
    made = _fields(update, "id", "on", "status", "percent", "author")
    return made | _text("done", update.done) | _text("next", update.next)


def _refs(refs: tuple[PolicyRef, ...]) -> list[Form]:
    return [
        _fields(ref, "link_id", "policy_id")
        | _some(number=ref.code, title=ref.title, relation=ref.relation, note=plain(ref.note), adopted=ref.adopted)
        for ref in refs
    ]


def _policy(policy: PolicyCard) -> Form:
    headings = [b for b in blocks(policy.body) if isinstance(b, Heading)]
    sections = [{"heading": "".join(span.text for span in b.spans if not span.italic).strip()} for b in headings]
    uses = [_some(table=u.table, id=u.row_id, name=u.name, relation=u.relation) for u in policy.uses]
    return (
        _some(id=policy.id, number=policy.code, title=policy.title, kind=policy.kind, state=policy.state)
        | _some(sections=sections, series=policy.series.number if policy.series else "")
        | _fields(policy, "owner", "first_reading", "second_reading", "adopted", "effective")
        | _some(revised=[day.isoformat() for day in policy.revised])
        | _fields(policy, "reviewed", "repealed")
        | _some(legal_refs=list(policy.legal_refs), cross_refs=list(policy.cross_refs), attached_to=uses)
        | _text("body", policy.body)
    )
