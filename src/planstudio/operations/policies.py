"""The policy manual: series, policies, their texts, and what they are attached to."""

from __future__ import annotations

from typing import Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.adopted import check_policy, check_policy_goes
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PolicyState, Relation
from planstudio.domain.nouns.policies import (
    NewPolicyFields,
    PolicyFields,
    PolicyLinkFields,
    PolicySeriesFields,
    PolicyVersionFields,
)
from planstudio.domain.texts import line
from planstudio.i18n import _
from planstudio.operations.rows import added, assign, build, fetch, last_rank
from planstudio.store.held import newest
from planstudio.store.schema import MODELS, Policy, PolicyLink, PolicySeries, PolicyVersion


def add_series(session: Session, number: str, title: str) -> str:
    number = line(number, "number")
    if not number and not line(title, "title"):
        raise InvalidInput(_("A series needs a number or a title."), field="number")
    return added(session, build(PolicySeries, number=number, title=title))


def edit_series(session: Session, series_id: str, **values: Unpack[PolicySeriesFields]) -> None:
    assign(fetch(session, PolicySeries, series_id), values)


def delete_series(session: Session, series_id: str) -> None:
    """The series goes, its policies stay without one."""
    series = fetch(session, PolicySeries, series_id)
    for policy in series.policies:
        policy.series_id = None
    session.flush()
    session.delete(series)


def add_policy(session: Session, code: str, title: str, /, **values: Unpack[NewPolicyFields]) -> str:
    """A policy with its first text, which may be empty; its id."""
    _free(session, code)
    text = {name: value for name, value in values.items() if name in PolicyVersion.__table__.columns}
    own = {name: value for name, value in values.items() if name not in text}
    policy = build(Policy, code=code, title=title, **own)
    policy.versions = [build(PolicyVersion, **text)]
    return added(session, policy)


def edit_policy(session: Session, policy_id: str, **values: Unpack[PolicyFields]) -> None:
    policy = fetch(session, Policy, policy_id)
    if "code" in values:
        _free(session, values["code"], policy_id)
    if policy.title and "state" not in values:
        check_policy(policy.state, values)
    assign(policy, values)


def edit_policy_text(
    session: Session, policy_id: str, *, filling: bool = False, **values: Unpack[PolicyVersionFields]
) -> None:
    """Change the policy's newest text or its dates. An adopted text stays; *filling* writes the first one.

    The first words are written bit by bit, each stored for itself: only who writes them knows that there were none.
    """
    policy = fetch(session, Policy, policy_id)
    version = newest(policy)
    if version is None:
        version = build(PolicyVersion, policy_id=policy_id)
        session.add(version)
    if version.body and not filling:
        check_policy(policy.state, values)
    assign(version, values)


def begin_version(session: Session, policy_id: str) -> str:
    """A draft that begins with the policy's words, the adopted version and its dates behind it; its id."""
    policy = fetch(session, Policy, policy_id)
    before = newest(policy)
    kept = {name: getattr(before, name) for name in ("body", "legal_refs", "cross_refs")} if before else {}
    policy.state = PolicyState.DRAFT
    return added(session, build(PolicyVersion, policy_id=policy_id, **kept))


def delete_policy(session: Session, policy_id: str) -> None:
    policy = fetch(session, Policy, policy_id)
    check_policy_goes(policy.state)
    session.delete(policy)


def attach_policy(
    session: Session, policy_id: str, table: str, row_id: str, relation: Relation = Relation.SUPPORTS, note: str = ""
) -> str:
    """Attach a policy to the element *row_id* of *table*; the id of the link."""
    policy = fetch(session, Policy, policy_id)
    fetch(session, MODELS[table], row_id)
    column = f"{table}_id"
    if any(getattr(link, column) == row_id and link.relation is relation for link in policy.links):
        words = _("{code} is attached here already with this relation.")
        raise InvalidInput(words.format(code=policy.code), field="policy")
    here = session.scalars(select(PolicyLink).where(getattr(PolicyLink, column) == row_id)).all()
    own = {"policy_id": policy_id, column: row_id}
    return added(session, build(PolicyLink, relation=relation, note=note, rank=last_rank(here), **own))


def edit_link(session: Session, link_id: str, **values: Unpack[PolicyLinkFields]) -> None:
    assign(fetch(session, PolicyLink, link_id), values)


def detach_policy(session: Session, link_id: str) -> None:
    session.delete(fetch(session, PolicyLink, link_id))


def _free(session: Session, code: str, own: str | None = None) -> None:
    """Refuse a code that another policy has."""
    code = line(code, "code")
    if not code:
        raise InvalidInput(_("A policy needs a code, such as 5145 or JICFB."), field="code")
    other = session.scalars(select(Policy).where(Policy.code == code)).first()
    if other is not None and other.id != own:
        words = _("{code} is the code of “{title}” already.")
        raise InvalidInput(words.format(code=code, title=other.title), field="code")
