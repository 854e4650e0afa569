"""What a plan file says already, in words: operations take a document in beside it, queries show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.adopted import is_adopted_policy
from planstudio.domain.import_matching import Held, HeldGoal, HeldPolicy, HeldStatement, HeldText
from planstudio.domain.recognised import GOALS_FIELDS
from planstudio.richtext import plain
from planstudio.store.schema import (
    Goal,
    Measure,
    Organization,
    Person,
    Plan,
    Policy,
    PolicySeries,
    PolicyVersion,
    Statement,
    StatementItem,
    Strategy,
)

R = TypeVar("R", Statement, StatementItem, Goal, Strategy, Measure)


def held(session: Session, plan_id: str) -> Held:
    """What the plan and its district say, as far as a document may say it too."""
    plan = session.get_one(Plan, plan_id)
    people = {person.id: person.name for person in session.scalars(select(Person))}
    return Held(
        _texts(session, plan),
        tuple(_statement(one) for one in _ordered(plan.statements)),
        tuple(_goal(one, people) for one in _ordered(plan.goals)),
        {one.number: HeldText(one.id, one.title) for one in session.scalars(select(PolicySeries))},
        {one.code: _policy(one) for one in session.scalars(select(Policy))},
    )


def _ordered(rows: Iterable[R]) -> list[R]:
    return sorted(rows, key=lambda row: (row.rank, row.id))


def has_words(statement: Statement) -> bool:
    """Whether anything stands under its heading."""
    return bool(statement.lead or statement.body or statement.items)


def newest(policy: Policy) -> PolicyVersion | None:
    return max(policy.versions, key=lambda one: one.id or "", default=None)


def _texts(session: Session, plan: Plan) -> dict[str, str]:
    district = session.scalars(select(Organization)).first()
    period = " – ".join(str(day) for day in (plan.period_start, plan.period_end) if day)
    return {
        "organization": district.name if district else "",
        "plan_title": plan.title,
        "slogan": plan.slogan,
        "adopted": str(plan.adopted_on or ""),
        "period": period,
        **{name: plain(getattr(plan, name)) if name == "goals_note" else getattr(plan, name) for name in GOALS_FIELDS},
    }


def _joined(*texts: str) -> str:
    return " ".join(filter(None, map(plain, texts)))


def _statement(one: Statement) -> HeldStatement:
    entries = [f"{item.title} {_joined(item.text, item.evidence)}".strip() for item in _ordered(one.items)]
    words = " ".join(filter(None, (one.question, _joined(one.lead, one.body), *entries)))
    return HeldStatement(one.id, one.kind, one.heading, words, one.adopted_on is not None)


def _goal(one: Goal, people: dict[str, str]) -> HeldGoal:
    facts = {"owner": people.get(one.owner_id or "", ""), "due": str(one.deadline or "")}
    return HeldGoal(
        one.id, one.label, one.title, plain(one.statement), facts,
        tuple(_strategy(strategy, people) for strategy in _ordered(one.strategies)),
        tuple(_measure(measure) for measure in _ordered(one.measures)),
    )  # fmt: skip


def _strategy(one: Strategy, people: dict[str, str]) -> HeldText:
    facts = {"owner": people.get(one.owner_id or "", ""), "start": str(one.start or ""), "due": str(one.due or "")}
    return HeldText(one.id, " ".join(filter(None, (one.title, plain(one.text)))), facts)


def _measure(one: Measure) -> HeldText:
    return HeldText(one.id, plain(one.definition) or one.name)


def _policy(one: Policy) -> HeldPolicy:
    version = newest(one)
    return HeldPolicy(one.id, one.title, version.body if version else "", is_adopted_policy(one.state))
