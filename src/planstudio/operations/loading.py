"""The complete JSON into rows: it can create anything, and change what has an id.

An object whose id is in the file already is changed in the fields it names;
any other is added. A sentence about a wrong value says where it stands:
goals[0].strategies[1].due. Owners may be given by name, policies by code,
series by number, files by bytes.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Float, Integer, select
from sqlalchemy.orm import Session

from planstudio.domain import ranks
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.i18n import _
from planstudio.operations.files import safe_name
from planstudio.operations.people import person_named
from planstudio.operations.rows import assign, build
from planstudio.store.schema import MODELS, Content, Organization, Plan, Policy, PolicySeries
from planstudio.store.tree import CHILDREN, TOP
from planstudio.store.types import Day, Word

Given = dict[str, Any]
MOST_DEEP = 12


def load(session: Session, whole: Given) -> int:
    """Add or change what *whole* holds; how many rows that were."""
    _clear_blank(session, whole)
    loader = _Loader(session)
    known = {key for key, _table in TOP} | {"format", "version"}
    _refuse_unknown(whole, known, "")
    for key, table in TOP:
        given = whole.get(key, [])
        if key == "organization":
            given = [given] if given else []
        loader.rows(table, given, key, {})
    if session.scalars(select(Organization)).first() is None:
        session.add(build(Organization))
    if session.scalars(select(Plan)).first() is None:
        session.add(build(Plan))
    session.flush()
    return loader.count


def _clear_blank(session: Session, whole: Given) -> None:
    """A new file's empty plan and nameless district make room for the ones that come."""
    plans = session.scalars(select(Plan)).all()
    if whole.get("plans") and len(plans) == 1 and not (plans[0].statements or plans[0].goals or plans[0].title):
        session.delete(plans[0])
    districts = session.scalars(select(Organization)).all()
    if whole.get("organization") and len(districts) == 1 and not districts[0].name:
        session.delete(districts[0])
    session.flush()


class _Loader:
    def __init__(self, session: Session) -> None:
        self._session = session
        self.count = 0

    def rows(self, table: str, given: Any, where: str, fixed: Given, depth: int = 0) -> None:
        if not isinstance(given, list) or depth > MOST_DEEP:
            raise _wrong(where, _("a list belongs here"))
        places = ranks.spread(len(given)) if given else []
        for n, (one, rank) in enumerate(zip(given, places, strict=True)):
            at = where if table == "organization" else f"{where}[{n}]"
            if not isinstance(one, dict):
                raise _wrong(at, _("an object in braces belongs here"))
            self._row(table, one, at, fixed, rank, depth)

    def _row(self, table: str, given: Given, at: str, fixed: Given, rank: str, depth: int) -> None:
        model = MODELS[table]
        columns = model.__table__.columns
        children = CHILDREN.get(table, ())
        short = {"owner", "series", "policy", "data", "path"} if table != "observation" else set()
        _refuse_unknown(given, {c.name for c in columns} | {key for key, _t, _c in children} | short, at)
        values = {
            name: _value(columns[name].type, value, f"{at}.{name}") for name, value in given.items() if name in columns
        }
        values |= fixed | self._references(table, given, at)
        if table == "attachment":
            values |= self._content(given, at)
        key = tuple(values.get(c.name) for c in model.__table__.primary_key)
        row = self._session.get(model, key) if all(k is not None for k in key) else None
        try:
            if row is None:
                if "rank" in columns:
                    values.setdefault("rank", rank)
                self._require(table, columns, values, at)
                row = build(model, **values)
                self._session.add(row)
            else:
                assign(row, values)
            self._session.flush()
        except InvalidInput as error:
            raise InvalidInput(f"{at}: {error}", field=error.field) from error
        self.count += 1
        ident = str(getattr(row, "id", ""))
        for child_key, child, column in children:
            if child_key in given:
                self.rows(child, given[child_key], f"{at}.{child_key}", {column: ident}, depth + 1)

    def _require(self, table: str, columns: Any, values: Given, at: str) -> None:
        for column in columns:
            if not column.nullable and column.default is None and values.get(column.name) is None:
                raise _wrong(f"{at}.{column.name}", _("this is missing"))

    def _references(self, table: str, given: Given, at: str) -> Given:
        found: Given = {}
        if given.get("owner"):
            found["owner_id"] = person_named(self._session, str(given["owner"]))
        named: tuple[tuple[str, Any, Any, str], ...] = (
            ("series", PolicySeries, PolicySeries.number, "series_id"),
            ("policy", Policy, Policy.code, "policy_id"),
        )
        for key, model, field, column in named:
            if given.get(key):
                ident = self._session.scalars(select(model.id).where(field == str(given[key]))).first()
                if ident is None:
                    raise _wrong(f"{at}.{key}", _("there is none called “{name}”").format(name=given[key]))
                found[column] = ident
        return found

    def _content(self, given: Given, at: str) -> Given:
        """The bytes of a file into the store; its hash and size."""
        try:
            data = b64decode(given.get("data", ""), validate=True)
        except (NotBase64, TypeError, ValueError) as error:
            raise _wrong(f"{at}.data", _("these are not bytes in Base64")) from error
        digest = sha256(data).hexdigest()
        if self._session.get(Content, digest) is None:
            self._session.add(Content(sha256=digest, data=data))
            self._session.flush()
        return {"sha256": digest, "size": len(data), "name": safe_name(str(given.get("name", "")))}


def _refuse_unknown(given: Given, known: set[str], at: str) -> None:
    for name in given:
        if name not in known:
            raise _wrong(f"{at}.{name}".lstrip("."), _("there is no field of this name"))


def _value(kind: Any, value: Any, at: str) -> Any:
    """A JSON value as its column wants it, or a sentence."""
    if value is None:
        return None
    match kind:
        case Day():
            try:
                return date.fromisoformat(value)
            except (TypeError, ValueError) as error:
                raise _wrong(at, _("“{value}” is not a date like 2026-10-14").format(value=_short(value))) from error
        case Word():
            try:
                return kind.kind(value)
            except ValueError as error:
                words = ", ".join(one.value for one in kind.kind)
                raise _wrong(
                    at, _("“{value}” is not one of: {words}").format(value=_short(value), words=words)
                ) from error
        case Float():
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
        case Boolean() | Integer():
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        case _:
            if isinstance(value, str):
                return value
    raise _wrong(at, _("“{value}” is not what belongs here").format(value=_short(value)))


def _short(value: Any) -> str:
    return str(value)[:60]


def _wrong(at: str, what: str) -> PlanStudioError:
    return InvalidInput(f"{at}: {what}.", field=at)
