"""The policy manual."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from planstudio.domain.cards import PolicyCard, SeriesCard, Use
from planstudio.domain.codes import natural
from planstudio.domain.kinds import RevisionKind
from planstudio.domain.recognised import first_day
from planstudio.i18n import _
from planstudio.queries.links import uses_by_policy
from planstudio.queries.rows import alike, rows, there
from planstudio.store.schema import Person, Policy, PolicySeries, PolicyVersion
from planstudio.store.tree import first_plan

_DAYS = ("first_reading", "second_reading", "adopted", "effective", "reviewed", "repealed")


def policy_card(session: Session, policy_id: str, plan_id: str | None = None) -> PolicyCard:
    """A policy, with what it is attached to in the plan; in the one in force for None."""
    found = next(iter(_cards(session, plan_id, policy_id)), None)
    return there(found, _("The policy has been deleted."))


def all_policies(session: Session, plan_id: str | None = None) -> tuple[PolicyCard, ...]:
    """Every policy with its newest text, in the order of the codes; what it is attached to as in policy_card()."""
    return _cards(session, plan_id)


def all_series(session: Session) -> tuple[SeriesCard, ...]:
    query = select(*alike(PolicySeries, SeriesCard))
    return tuple(sorted((SeriesCard(*row) for row in rows(session, query)), key=lambda s: (natural(s.number), s.title)))


def _cards(session: Session, plan_id: str | None, policy_id: str | None = None) -> tuple[PolicyCard, ...]:
    other = aliased(PolicyVersion)
    newest = select(func.max(other.id)).where(other.policy_id == Policy.id).correlate(Policy).scalar_subquery()
    policy, version = Policy.__table__.columns, PolicyVersion.__table__.columns
    query = (
        select(*policy, *(column for column in version if column.name not in ("id", "policy_id")))
        .add_columns(version["id"].label("version_id"), Person.name.label("owner"))
        .select_from(Policy)
        .outerjoin(PolicyVersion, PolicyVersion.id == newest)
        .outerjoin(Person, Person.id == Policy.owner_id)
    )
    if policy_id is not None:
        query = query.where(Policy.id == policy_id)
    series = {one.id: one for one in all_series(session)}
    uses = uses_by_policy(session, plan_id or first_plan(session) or "", policy_id)
    made = [_card(row, series, tuple(uses[row["id"]])) for row in session.execute(query).mappings()]
    return tuple(sorted(made, key=lambda card: (natural(card.code), card.code)))


def _card(row: Any, series: dict[str, SeriesCard], uses: tuple[Use, ...]) -> PolicyCard:
    same = ("id", "code", "title", "kind", "state", "review_months", "owner_id", "version_id", *_DAYS)
    return PolicyCard(
        **{name: row[name] for name in same},
        series=series.get(row["series_id"]),
        owner=row["owner"] or "",
        body=row["body"] or "",
        revised=_days(row["revised"]),
        revision=row["revision"] or RevisionKind.SUBSTANTIVE,
        legal_refs=_lines(row["legal_refs"]),
        cross_refs=_lines(row["cross_refs"]),
        uses=uses,
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line for line in (text or "").split("\n") if line.strip())


def _days(text: str | None) -> tuple[date, ...]:
    return tuple(day for line in _lines(text) if (day := first_day(line)) is not None)
