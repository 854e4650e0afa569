"""Measures with their figures."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from planstudio.domain import measures
from planstudio.domain.cards import MeasureCard, ObservationRow
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import Verdict
from planstudio.i18n import _
from planstudio.queries.links import links_by
from planstudio.queries.rows import rows
from planstudio.store.schema import Goal, Measure, Observation, Strategy

_APART = ("goal_id", "strategy_id", "rank", "origin")
_FIELDS = [column.name for column in Measure.__table__.columns if column.name not in _APART]


def measure_card(session: Session, measure_id: str) -> MeasureCard:
    found = _cards(session, Measure.id == measure_id)
    if not found:
        raise NotFound(_("The measure has been deleted."))
    return found[0][2]


def measure_owner(session: Session, measure_id: str) -> tuple[str, str]:
    """The table and id of the goal or strategy that the measure belongs to."""
    row = next(rows(session, select(Measure.goal_id, Measure.strategy_id).where(Measure.id == measure_id)), None)
    if row is None:
        raise NotFound(_("The measure has been deleted."))
    return ("goal", row[0]) if row[0] else ("strategy", row[1])


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
    query = select(Measure.goal_id, Measure.strategy_id, *columns).order_by(Measure.rank, Measure.id)
    figures = select(
        Observation.measure_id,
        Observation.student_group,
        Observation.period_end,
        Observation.value,
        Observation.count,
        Observation.note,
        Observation.source,
    ).order_by(Observation.period_end, Observation.student_group)
    query = query.where(condition)
    figures = figures.where(Observation.measure_id.in_(select(Measure.id).where(condition)))
    observations: dict[str, list[ObservationRow]] = defaultdict(list)
    for measure_id, *rest in rows(session, figures):
        observations[measure_id].append(ObservationRow(*rest))
    links = links_by(session, "measure_id")
    made = []
    for goal_id, strategy_id, *values in rows(session, query):
        fields = dict(zip(_FIELDS, values, strict=True))
        figures_of, hidden = measures.told(observations[fields["id"]], fields["minimum_group"])
        said = _verdict(fields, figures_of)
        policies = tuple(links[fields["id"]])
        card = MeasureCard(**fields, observations=figures_of, hidden=hidden, verdict=said, policies=policies)
        made.append((goal_id, strategy_id, card))
    return made


def _verdict(fields: dict[str, Any], observations: tuple[ObservationRow, ...]) -> Verdict:
    return measures.verdict(
        [row.value for row in observations if not row.student_group],
        baseline=fields["baseline"],
        target=fields["target"],
        direction=fields["direction"],
        band=(fields["band_low"], fields["band_high"]),
    )
