"""Measures of a goal or strategy, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.coded import bounded, sign_of
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.monitored import unread
from planstudio.domain.nouns.plans import MeasureFields, ObservationFields
from planstudio.domain.reviews import add_months
from planstudio.domain.texts import line
from planstudio.i18n import _, long_date
from planstudio.operations.rows import added, assign, build, fetch, move, owner_of, rank_after
from planstudio.store.schema import Measure, Observation

AHEAD = 12  # months that a period may end in the future


def add_measure(
    session: Session, *, goal_id: str | None = None, strategy_id: str | None = None, **values: Unpack[MeasureFields]
) -> str:
    """A measure of the goal or of the strategy, at the end; its id."""
    rank = rank_after(owner_of(session, goal_id, strategy_id).measures, None)
    measure = build(Measure, goal_id=goal_id, strategy_id=strategy_id, rank=rank, **values)
    check(measure)
    return added(session, measure)


def edit_measure(session: Session, measure_id: str, **values: Unpack[MeasureFields]) -> None:
    measure = fetch(session, Measure, measure_id)
    assign(measure, values)
    check(measure)
    if "interim" in values and (left := unread(measure.interim)):
        words = _("“{words}” is not a year with its target, such as 2027: 70.")
        raise InvalidInput(words.format(words=left[:40]), field="interim")


def delete_measure(session: Session, measure_id: str) -> None:
    session.delete(fetch(session, Measure, measure_id))


def move_measure(session: Session, measure_id: str, to: int) -> None:
    measure = fetch(session, Measure, measure_id)
    move(measure, owner_of(session, measure.goal_id, measure.strategy_id).measures, to)


def record_observation(
    session: Session, measure_id: str, period_end: date, value: float, student_group: str = "", /,
    *, today: date | None = None, **values: Unpack[ObservationFields],
) -> None:  # fmt: skip
    """Set the figure of a period for a student group; an earlier figure there is replaced.

    A period may end after *today*, as a school year that is under way does, but not more than a year after.
    """
    fetch(session, Measure, measure_id)
    if today is not None and period_end > add_months(today, AHEAD):
        words = _("{day} is more than a year ahead. Look at the year.")
        raise InvalidInput(words.format(day=long_date(period_end)), field="period_end")
    student_group = line(student_group, "student_group")
    found = session.get(Observation, (measure_id, student_group, period_end))
    if found is None:
        found = build(Observation, measure_id=measure_id, student_group=student_group, period_end=period_end)
        session.add(found)
    assign(found, {"value": float(value), "coded": sign_of(value), **values})


def record_block(
    session: Session, measure_id: str, figures: Sequence[tuple[date, str, float]], *, today: date | None = None
) -> None:
    """Set many figures at once, each a period's end, a student group and a value."""
    for day, group, value in figures:
        record_observation(session, measure_id, day, value, group, today=today)


def record_counts(session: Session, measure_id: str, counts: Sequence[tuple[date, str, float | None]]) -> None:
    """Say of how many students figures are, each by a period's end and a student group; None for unknown."""
    for day, group, count in counts:
        assign(_figure(session, measure_id, day, group), {"count": None if count is None else int(count)})


def delete_observation(session: Session, measure_id: str, period_end: date, student_group: str = "") -> None:
    session.delete(_figure(session, measure_id, period_end, student_group))


def _figure(session: Session, measure_id: str, day: date, group: str) -> Observation:
    found = session.get(Observation, (measure_id, line(group, "student_group"), day))
    if found is None:
        raise NotFound(_("This figure has been deleted meanwhile."))
    return found


def delete_block(session: Session, measure_id: str, figures: Sequence[tuple[date, str]]) -> None:
    """Delete many figures at once, each a period's end and a student group."""
    for day, group in figures:
        delete_observation(session, measure_id, day, group)


def move_period(session: Session, measure_id: str, old: date, new: date) -> None:
    """Give the figures of the period that ends on *old* another end, with all that was said of them."""
    if old == new:
        return
    query = select(Observation).where(Observation.measure_id == measure_id, Observation.period_end == old)
    found = session.scalars(query).all()
    if any(session.get(Observation, (measure_id, one.student_group, new)) is not None for one in found):
        words = _("There is a figure for that day already. Delete one of the two first.")
        raise InvalidInput(words, field="period_end")
    for one in found:
        record_observation(
            session, measure_id, new, bounded(one.value, one.coded), one.student_group,
            count=one.count, note=one.note, source=one.source,
        )  # fmt: skip
        session.delete(one)


def check(measure: Measure) -> None:
    """Refuse a band upside down and a group size below nothing."""
    low, high = measure.band_low, measure.band_high
    if low is not None and high is not None and low > high:
        raise InvalidInput(_("The band's lower end lies above its upper end."), field="band_low")
    if measure.minimum_group < 0:
        raise InvalidInput(_("The smallest group that may be shown cannot be below 0."), field="minimum_group")
