"""The district and its plans."""

from __future__ import annotations

from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain import naming
from planstudio.domain.errors import InvalidInput
from planstudio.domain.nouns.district import OrganizationFields
from planstudio.domain.nouns.plans import PlanFields
from planstudio.domain.posting import check_days, check_rule
from planstudio.domain.voting import check_board
from planstudio.domain.zones import check_zone
from planstudio.i18n import _
from planstudio.operations.rows import added, assign, build, fetch, last_rank
from planstudio.store.schema import Organization, Plan


def create_plan(session: Session, organization: str = "", title: str = "") -> str:
    """A plan, with the district it belongs to where the file has none yet; its id."""
    if session.scalars(select(Organization)).first() is None:
        session.add(build(Organization, name=organization))
    return added(session, build(Plan, title=title, rank=last_rank(session.scalars(select(Plan)).all())))


def edit_organization(session: Session, organization_id: str, **values: Unpack[OrganizationFields]) -> None:
    check_rule(values.get("posting_rule", ""))
    check_days(values.get("closed_days", ""))
    naming.check(values.get("level_words", ""), values.get("status_words", ""))
    check_zone(values.get("time_zone", ""))
    if not 0 <= values.get("coded_shares", 0) <= 50:
        raise InvalidInput(_("A share is told by a bound below 0 to 50 percent."), field="coded_shares")
    district = fetch(session, Organization, organization_id)
    check_board(values.get("seats", district.seats), values.get("quorum", district.quorum))
    assign(district, values)


def learn_word(session: Session, word: str) -> None:
    """Add *word* to those that the spell check of this district knows."""
    district = session.scalars(select(Organization)).one()
    known = district.dictionary.split("\n") if district.dictionary else []
    if word not in known:
        assign(district, {"dictionary": "\n".join(sorted((*known, word), key=str.casefold))})


def edit_plan(session: Session, plan_id: str, **values: Unpack[PlanFields]) -> None:
    assign(fetch(session, Plan, plan_id), values)


def delete_plan(session: Session, plan_id: str) -> None:
    session.delete(fetch(session, Plan, plan_id))
