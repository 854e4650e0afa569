"""Measures with their figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from planstudio.domain import measures
from planstudio.domain.cards import MeasureCard, ObservationRow, PolicyRef
from planstudio.domain.coded import bounded
from planstudio.domain.measures import Recorded, Suppressed
from planstudio.domain.places import Place
from planstudio.i18n import _
from planstudio.queries.links import links_by
from planstudio.queries.rows import alike, rows, there
from planstudio.store.schema import Goal, Measure, Observation, Organization, Strategy

_APART = ("goal_id", "strategy_id", "rank", "origin")
_RECORDED = ("minimum_group", "unit", "name", "student_group", "baseline", "baseline_on")
_AT_ONCE = 500  # ids in one question
_FIELDS = [column.name for column in Measure.__table__.columns if column.name not in _APART]


def measure_card(session: Session, measure_id: str) -> MeasureCard:
    found = next(iter(_cards(session, Measure.id == measure_id)), None)
    return there(found, _("The measure has been deleted."))[2]


def measure_owner(session: Session, measure_id: str) -> Place:
    """The goal or strategy that the measure belongs to."""
    found = session.execute(select(Measure.goal_id, Measure.strategy_id).where(Measure.id == measure_id)).first()
    goal_id, strategy_id = there(found, _("The measure has been deleted."))
    return Place("goal", goal_id) if goal_id else Place("strategy", strategy_id or "")


def measure_names(session: Session, goal_id: str) -> tuple[tuple[str, str], ...]:
    """The id and name of each measure of a goal and its strategies."""
    inside = select(Strategy.id).where(Strategy.goal_id == goal_id)
    query = select(Measure.id, Measure.name).where(or_(Measure.goal_id == goal_id, Measure.strategy_id.in_(inside)))
    found = rows(session, query.order_by(Measure.goal_id.is_(None), Measure.strategy_id, Measure.rank))
    return tuple((ident, name) for ident, name in found)


def measures_of_goals(
    session: Session, goal_ids: list[str], *, with_strategies: bool = True
) -> tuple[dict[str, list[MeasureCard]], dict[str, list[MeasureCard]]]:
    """The measures by goal, and by strategy of these goals."""
    condition: ColumnElement[bool] = Measure.goal_id.in_(goal_ids)
    if with_strategies:
        inner = select(Strategy.id).join(Goal).where(Goal.id.in_(goal_ids))
        condition = or_(condition, Measure.strategy_id.in_(inner))
    return _by_owner(_cards(session, condition))


def measures_of_strategy(session: Session, strategy_id: str) -> list[MeasureCard]:
    return _by_owner(_cards(session, Measure.strategy_id == strategy_id))[1][strategy_id]


def _by_owner(
    cards: list[tuple[str | None, str | None, MeasureCard]],
) -> tuple[dict[str, list[MeasureCard]], dict[str, list[MeasureCard]]]:
    goals, strategies = defaultdict(list), defaultdict(list)
    for goal_id, strategy_id, card in cards:
        if goal_id is not None:
            goals[goal_id].append(card)
        elif strategy_id is not None:
            strategies[strategy_id].append(card)
    return goals, strategies


def _cards(session: Session, condition: ColumnElement[bool]) -> list[tuple[str | None, str | None, MeasureCard]]:
    columns = [getattr(Measure, name) for name in _FIELDS]
    query = select(Measure.goal_id, Measure.strategy_id, *columns).where(condition).order_by(Measure.rank, Measure.id)
    found = [(row[0], row[1], dict(zip(_FIELDS, row[2:], strict=True))) for row in rows(session, query)]
    recorded = _recorded(session, [fields for _goal, _strategy, fields in found])
    told = measures.suppress_together(recorded, coded_shares(session))
    kept = {one.id: tuple(one.rows) for one in recorded}
    links = links_by(session, "measure_id")
    return [
        (goal_id, strategy_id, _card(fields, told[fields["id"]], kept[fields["id"]], tuple(links[fields["id"]])))
        for goal_id, strategy_id, fields in found
    ]


def _card(
    fields: dict[str, Any], told: Suppressed, kept: tuple[ObservationRow, ...], policies: tuple[PolicyRef, ...]
) -> MeasureCard:
    values = fields | {"baseline": told.baseline, "kept_baseline": fields["baseline"]}
    card = MeasureCard(**values, observations=told.rows, hidden=told.hidden, kept=kept, policies=policies)
    return replace(card, verdict=measures.verdict_of(card))


def coded_shares(session: Session) -> int:
    return session.scalar(select(Organization.coded_shares).order_by(Organization.id).limit(1)) or 0


def _recorded(session: Session, wanted: list[dict[str, Any]]) -> list[Recorded]:
    """The measures with their figures, and those that stand in the same plan and measure the same of other students."""
    if not wanted:
        return []
    ids = {fields["id"] for fields in wanted}
    plans, columns = _plans(session, ids), [getattr(Measure, name) for name in _RECORDED]
    everything = [Recorded(ident, (), *rest) for ident, *rest in rows(session, select(Measure.id, *columns))]
    topics = {(plans.get(one.id), one.topic) for one in everything if one.id in ids and one.name}
    near = [one for one in everything if one.id in ids or (plans.get(one.id), one.topic) in topics]
    figures = _figures(session, {one.id for one in near})
    return [one._replace(rows=tuple(figures[one.id])) for one in near]


def _plans(session: Session, ids: set[str]) -> dict[str, str]:
    query = (
        select(Measure.id, Goal.plan_id)
        .outerjoin(Strategy, Strategy.id == Measure.strategy_id)
        .join(Goal, or_(Goal.id == Measure.goal_id, Goal.id == Strategy.goal_id))
    )
    return dict(rows(session, query))


def _figures(session: Session, ids: set[str]) -> dict[str, list[ObservationRow]]:
    query = select(Observation.measure_id, *alike(Observation, ObservationRow), Observation.coded)
    query = query.order_by(Observation.period_end, Observation.student_group)
    found: dict[str, list[ObservationRow]] = defaultdict(list)
    some = sorted(ids)
    for start in range(0, len(some), _AT_ONCE):
        part = query.where(Observation.measure_id.in_(some[start : start + _AT_ONCE]))
        for measure_id, group, day, value, *rest, coded in rows(session, part):
            found[measure_id].append(ObservationRow(group, day, bounded(value, coded), *rest))
    return found
