"""Measures of a goal or strategy, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.texts import line
from planstudio.i18n import _
from planstudio.operations.rows import assign, build, fetch, move, rank_after
from planstudio.store.schema import Goal, Measure, Observation, Strategy


def add_measure(session: Session, *, goal_id: str | None = None, strategy_id: str | None = None, **values: Any) -> str:
    """A measure of the goal or of the strategy, at the end; its id."""
    owner = fetch(session, Goal, goal_id) if goal_id else fetch(session, Strategy, strategy_id or "")
    rank = rank_after(owner.measures, None)
    measure = build(Measure, goal_id=goal_id, strategy_id=strategy_id, rank=rank, **values)
    check(measure)
    session.add(measure)
    session.flush()
    return measure.id


def edit_measure(session: Session, measure_id: str, **values: Any) -> None:
    measure = fetch(session, Measure, measure_id)
    assign(measure, values)
    check(measure)


def delete_measure(session: Session, measure_id: str) -> None:
    session.delete(fetch(session, Measure, measure_id))


def move_measure(session: Session, measure_id: str, to: int) -> None:
    measure = fetch(session, Measure, measure_id)
    goal_id, strategy_id = measure.goal_id, measure.strategy_id
    owner = fetch(session, Goal, goal_id) if goal_id else fetch(session, Strategy, strategy_id or "")
    move(measure, owner.measures, to)


def record_observation(
    session: Session, measure_id: str, period_end: date, value: float, student_group: str = "", **values: Any
) -> None:
    """Set the figure of a period for a student group; an earlier figure there is replaced."""
    fetch(session, Measure, measure_id)
    student_group = line(student_group, "student_group")
    found = session.get(Observation, (measure_id, student_group, period_end))
    if found is None:
        key = {"measure_id": measure_id, "student_group": student_group, "period_end": period_end}
        session.add(build(Observation, **key, value=value, **values))
    else:
        assign(found, {"value": value, **values})


def record_block(session: Session, measure_id: str, figures: Sequence[tuple[date, str, float]]) -> None:
    """Set many figures at once, each a period's end, a student group and a value."""
    for day, group, value in figures:
        record_observation(session, measure_id, day, value, group)


def delete_observation(session: Session, measure_id: str, period_end: date, student_group: str = "") -> None:
    found = session.get(Observation, (measure_id, line(student_group, "student_group"), period_end))
    if found is None:
        raise NotFound(_("This figure has been deleted meanwhile."))
    session.delete(found)


def delete_block(session: Session, measure_id: str, figures: Sequence[tuple[date, str]]) -> None:
    """Delete many figures at once, each a period's end and a student group."""
    for day, group in figures:
        delete_observation(session, measure_id, day, group)


def move_period(session: Session, measure_id: str, old: date, new: date) -> None:
    """Give the figures of the period that ends on *old* another end, with all that was said of them."""
    if old == new:
        return
    found = list(
        session.scalars(select(Observation).where(Observation.measure_id == measure_id, Observation.period_end == old))
    )
    for one in found:
        if session.get(Observation, (measure_id, one.student_group, new)) is not None:
            raise InvalidInput(
                _("There is a figure for that day already. Delete one of the two first."), field="period_end"
            )
    for one in found:
        record_observation(
            session, measure_id, new, one.value, one.student_group, count=one.count, note=one.note, source=one.source
        )
        session.delete(one)


def check(measure: Measure) -> None:
    """Refuse a band upside down and a group size below nothing."""
    low, high = measure.band_low, measure.band_high
    if low is not None and high is not None and low > high:
        raise InvalidInput(_("The band's lower end lies above its upper end."), field="band_low")
    if measure.minimum_group < 0:
        raise InvalidInput(_("The smallest group that may be shown cannot be below 0."), field="minimum_group")
