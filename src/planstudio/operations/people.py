"""The people a plan names: board, superintendent, secretary, staff."""

from __future__ import annotations

from typing import Any, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.domain.nouns.district import PersonFields
from planstudio.domain.people import one_called
from planstudio.domain.texts import line
from planstudio.i18n import _
from planstudio.operations.rows import added, assign, build, fetch
from planstudio.store.schema import MODELS, Attendance, Goal, Motion, Person, Policy, Strategy, Vote


def person_named(session: Session, name: str) -> str | None:
    """The id of the person of that name, added where nobody is; None for an empty name."""
    name = line(name, "owner")
    if not name:
        return None
    return known_person(session, name) or add_person(session, name)


def known_person(session: Session, name: str) -> str | None:
    """The id of the person of that name, however it is spelled; None where nobody has it."""
    known = session.execute(select(Person.id, Person.name).order_by(Person.id))
    return one_called(name, ((ident, told) for ident, told in known))


def add_person(session: Session, name: str, /, **values: Unpack[PersonFields]) -> str:
    if not line(name, "name"):
        raise InvalidInput(_("A person needs a name."), field="name")
    return added(session, build(Person, name=name, **values))


def edit_person(session: Session, person_id: str, **values: Unpack[PersonFields]) -> None:
    assign(fetch(session, Person, person_id), values)


def delete_person(session: Session, person_id: str) -> None:
    """The person goes; what they owned has no owner."""
    person = fetch(session, Person, person_id)
    if session.scalars(select(Vote).where(Vote.person_id == person_id)).first() is not None:
        words = _("{name} has voted in meetings, so the record of them keeps the name. Give the term an end instead.")
        raise InvalidInput(words.format(name=person.name), field="name")
    owners: tuple[type[Any], ...] = (Goal, Strategy, Policy)
    for model in owners:
        for row in session.scalars(select(model).where(model.owner_id == person_id)):
            row.owner_id = None
    for motion in session.scalars(select(Motion)):
        named = (name for name in ("mover_id", "seconder_id") if getattr(motion, name) == person_id)
        assign(motion, dict.fromkeys(named))
    for there in session.scalars(select(Attendance).where(Attendance.person_id == person_id)):
        session.delete(there)
    session.flush()
    session.delete(person)


def set_owner(session: Session, table: str, row_id: str, name: str) -> None:
    """Make the person called *name* the owner of a goal, strategy or policy."""
    assign(fetch(session, MODELS[table], row_id), {"owner_id": person_named(session, name)})
