"""What the complete JSON names instead of an id or a hash: people and elements by their names, files by their bytes."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, or_, select
from sqlalchemy.orm import Session

from planstudio.domain import texts
from planstudio.domain.errors import InvalidInput
from planstudio.domain.file_names import of_path
from planstudio.i18n import _
from planstudio.operations.files import media_type
from planstudio.operations.loading_values import Given, name_of, refuse_unknown, short, wrong
from planstudio.operations.people import person_named
from planstudio.store.contents import keep
from planstudio.store.schema import Goal, Plan, Policy, PolicySeries, Strategy
from planstudio.store.tree import first_plan

# What may stand instead of a column: a name for an id, bytes for their hash.
INSTEAD = {
    "organization": {"logo": "logo_sha256"},
    "goal": {"owner": "owner_id"},
    "strategy": {"owner": "owner_id"},
    "policy": {"owner": "owner_id", "series": "series_id"},
    "policy_link": {"policy": "policy_id"},
    "attachment": {"data": "sha256"},
    "agenda_link": {"goal": "goal_id", "strategy": "strategy_id", "policy": "policy_id"},
    "enclosure": {"goal": "goal_id", "plan": "plan_id", "policy": "policy_id"},
    "attendance": {"person": "person_id"},
    "motion": {"mover": "mover_id", "seconder": "seconder_id"},
    "vote": {"person": "person_id"},
    "packet": {"data": "sha256"},
    "monitoring": {"goal": "goal_id"},
}
_PEOPLE = ("owner", "person", "mover", "seconder")
_CALLED: dict[str, tuple[Any, ...]] = {  # the table, and the columns that hold what it is called
    "series": (PolicySeries, PolicySeries.number),
    "policy": (Policy, Policy.code),
    "goal": (Goal, Goal.label, Goal.title),
    "strategy": (Strategy, Strategy.title),
    "plan": (Plan, Plan.title),
}
_IN_PLAN: dict[Any, Any] = {
    Goal: Goal.plan_id,
    Strategy: select(Goal.plan_id).where(Goal.id == Strategy.goal_id).scalar_subquery(),
    Plan: Plan.id,
}


class Named:
    """Finds what is named in the plan of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def refuse_missing(self, columns: dict[str, Column[Any]], values: Given, at: str) -> None:
        """Refuse an id that nobody has."""
        named = [(name, key.column) for name, column in columns.items() for key in column.foreign_keys]
        for name, target in named:
            wanted = values.get(name)
            if wanted is None or (target.table.name == "content" and name != "logo_sha256"):
                continue  # the hash of a file is that of its bytes, whatever is written
            if self._session.scalar(select(target).where(target == wanted)) is None:
                raise wrong(f"{at}.{name}", _("there is none with the id “{id}”").format(id=short(wanted)))

    def resolve(self, table: str, name: str, given: Given, at: str, fixed: Given) -> Given:
        """The columns that stand for what *given* calls *name*."""
        if name in _PEOPLE:
            return {f"{name}_id": self._person(given[name], at)}
        if name in _CALLED:
            inside = [Goal.plan_id == fixed["plan_id"]] if name == "goal" and "plan_id" in fixed else []
            return {f"{name}_id": self._id(name, given[name], at, inside)}
        if name == "logo":
            return {"logo_sha256": self._logo(given[name], at)}
        digest, size = self._stored(given["data"], at)
        if table == "packet":
            return {"sha256": digest}
        file_name = of_path(str(given.get("name", "")))
        kind = given.get("media_type") or media_type(file_name)
        return {"sha256": digest, "size": size, "name": file_name, "media_type": kind}

    def _person(self, value: Any, at: str) -> str | None:
        try:
            return person_named(self._session, name_of(value, at))
        except InvalidInput as error:
            raise wrong(at, str(error).rstrip(".")) from error

    def _logo(self, value: Any, at: str) -> str:
        if not isinstance(value, dict):
            raise wrong(at, _("an object in braces belongs here"))
        refuse_unknown(value, {"data", "name"}, at)
        return self._stored(value.get("data"), f"{at}.data")[0]

    def _id(self, name: str, value: Any, at: str, inside: Sequence[Any]) -> str:
        """The id of the row of that name: of several the one in the plan in force, else it has to be said by its id."""
        model, *fields = _CALLED[name]
        wanted = texts.tidy(name_of(value, at))
        query = select(model.id).where(or_(*(one == wanted for one in fields)), *inside)
        found = self._session.scalars(query).all()
        if len(found) > 1 and (own := _IN_PLAN.get(model)) is not None:
            found = self._session.scalars(query.where(own == first_plan(self._session))).all() or found
        if not found:
            raise wrong(at, _("there is none called “{name}”").format(name=short(value)))
        if len(found) > 1:
            raise wrong(at, _("several are called “{name}”; give the id of one").format(name=short(value)))
        return str(found[0])

    def _stored(self, text: Any, at: str) -> tuple[str, int]:
        """The bytes of a file into the store; their hash and how many they are."""
        try:
            data = b64decode(text, validate=True)
        except (NotBase64, TypeError, ValueError) as error:
            raise wrong(at, _("these are not bytes in Base64")) from error
        return keep(self._session.connection(), data), len(data)
