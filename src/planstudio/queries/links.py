"""Policies and files as seen from the elements they belong to, and the other way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.cards import FileCard, PolicyRef, Use
from planstudio.domain.files import Kept
from planstudio.domain.kinds import StatementKind
from planstudio.domain.texts import name_of
from planstudio.domain.words import word
from planstudio.i18n import _, medium_date
from planstudio.queries.rows import alike, bytes_here, in_plan, placed, rows, there
from planstudio.store.contents import whereabouts
from planstudio.store.schema import (
    Attachment,
    Goal,
    Measure,
    Packet,
    Policy,
    PolicyLink,
    PolicyVersion,
    Statement,
    StatementItem,
    Strategy,
)


def links_by(session: Session, column: str) -> dict[str, list[PolicyRef]]:
    """The attached policies by the element in *column* of the link."""
    target = getattr(PolicyLink, column)
    versions = select(PolicyVersion.adopted).where(PolicyVersion.policy_id == Policy.id)
    newest = versions.order_by(PolicyVersion.id.desc()).limit(1).scalar_subquery()
    columns = (PolicyLink.id, Policy.id, Policy.code, Policy.title, PolicyLink.relation, PolicyLink.note)
    query = (
        select(target, *columns, newest, Policy.state)
        .join(Policy, Policy.id == PolicyLink.policy_id)
        .where(target.is_not(None))
        .order_by(PolicyLink.rank, PolicyLink.id)
    )
    found: dict[str, list[PolicyRef]] = defaultdict(list)
    for owner, *rest in rows(session, query):
        found[owner].append(PolicyRef(*rest))
    return found


def uses_by_policy(session: Session, plan_id: str, policy_id: str | None = None) -> dict[str, list[Use]]:
    """Where each policy is attached in the plan, with the element's name."""
    names: dict[type[Any], tuple[Any, ...]] = {
        Statement: (Statement.heading, Statement.kind),
        StatementItem: (StatementItem.title, StatementItem.text),
        Goal: (Goal.title, Goal.statement),
        Strategy: (Strategy.title, Strategy.text),
        Measure: (Measure.name, Measure.definition),
    }
    inside = in_plan(plan_id)
    found: dict[str, list[Use]] = defaultdict(list)
    for model, own in names.items():
        table = model.__tablename__
        columns = (PolicyLink.policy_id, PolicyLink.id, model.id, *own, PolicyLink.relation, PolicyLink.note)
        query = select(*columns).join(model, model.id == getattr(PolicyLink, f"{table}_id")).where(inside[model])
        if policy_id is not None:
            query = query.where(PolicyLink.policy_id == policy_id)
        for owner, link_id, row_id, first, second, relation, note in rows(session, query):
            name = name_of(first, word(second) if isinstance(second, StatementKind) else second)
            found[owner].append(Use(link_id, table, row_id, name, relation, note))
    return found


def files_of(session: Session, column: str, row_id: str) -> tuple[FileCard, ...]:
    """The files kept with an element; *column* is the attachment's column for it."""
    query = select(*alike(Attachment, FileCard)).where(getattr(Attachment, column) == row_id)
    found = rows(session, query.order_by(Attachment.rank, Attachment.id))
    return placed(session, (FileCard(*row) for row in found))


def file_bytes(session: Session, attachment_id: str) -> bytes:
    """What an attached file holds; NotHere where its bytes did not come with the plan."""
    query = select(Attachment.sha256, Attachment.name).where(Attachment.id == attachment_id)
    return bytes_here(session, *there(session.execute(query).one_or_none(), _("The file has been deleted.")))


def names_of(session: Session, shas: Collection[str]) -> tuple[str, ...]:
    """What the files with these hashes are called: where they are attached, as printed packets, in the past."""
    attached = select(Attachment.sha256, Attachment.name).where(Attachment.sha256.in_(shas)).order_by(Attachment.name)
    found = [(sha, name) for sha, name in session.execute(attached)]
    printed = select(Packet.sha256, Packet.printed_at).where(Packet.sha256.in_(shas)).order_by(Packet.printed_at)
    packet = _("the packet printed on {day}")
    found += [(sha, packet.format(day=medium_date(at.date()))) for sha, at in session.execute(printed)]
    if {*shas} - {sha for sha, _name in found}:
        found.append(("", _("a file of the history")))
    return tuple(dict.fromkeys(name for _sha, name in found))


def count_missing(session: Session) -> int:
    """How many files, printed packets among them, are neither on this computer nor known to be on their way."""
    named = [sha for column in (Attachment.sha256, Packet.sha256) for sha in session.scalars(select(column))]
    where = whereabouts(session.connection(), named)
    return sum(where[sha] is Kept.MISSING for sha in named)
