"""The complete JSON into rows: it can create anything, and change what has an id.

An object whose id is in the file already is changed in the fields it names;
any other is added behind what stands there. A sentence about a wrong value
says where it stands: goals[0].strategies[1].due. Owners may be given by name,
policies by code, series by number, files and the logo by bytes.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer, Table, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from planstudio.domain import progress, ranks, texts
from planstudio.domain.agenda import check_minutes, time_of_day
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.file_names import of_path
from planstudio.domain.posting import check_days, check_rule
from planstudio.domain.progress import ProgressDraft
from planstudio.i18n import _
from planstudio.operations import measures, written
from planstudio.operations.files import media_type
from planstudio.operations.meetings import TIMES
from planstudio.operations.people import person_named
from planstudio.operations.rows import assign, build
from planstudio.store.schema import (
    MODELS,
    AgendaItem,
    Base,
    Content,
    Goal,
    Measure,
    Meeting,
    Organization,
    Plan,
    Policy,
    PolicySeries,
    ProgressUpdate,
    Strategy,
)
from planstudio.store.tree import CHILDREN, TOP
from planstudio.store.types import Day, Moment, Word, wall_time

Given = dict[str, Any]
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
LARGEST = 1e300  # a whole number beyond it is no figure of a school
LONGEST_ID = 36
_PARENTS = {(table, column) for children in CHILDREN.values() for _key, table, column in children}


def load(session: Session, whole: Given) -> int:
    """Add or change what *whole* holds; how many rows that were."""
    _refuse_unknown(whole, {key for key, _table in TOP} | {"format", "version"}, "")
    _clear_blank(session, whole)
    loader = _Loader(session)
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


def fields_of(table: str) -> set[str]:
    """Every field that an object of *table* may have in the JSON."""
    columns = {c.name for c in Base.metadata.tables[table].columns if (table, c.name) not in _PARENTS}
    return columns | {key for key, _t, _c in CHILDREN.get(table, ())} | set(INSTEAD.get(table, ()))


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
        self._seen: dict[tuple[str, Any], str] = {}  # where each given id stood
        self._brought: dict[tuple[type[Base], tuple[Any, ...]], Base] = {}  # the new rows, by their key
        self.count = 0

    def rows(self, table: str, given: Any, where: str, fixed: Given, *, fresh: bool = False) -> None:
        """Load the list *given* under the parent in *fixed*, which is *fresh* where this load has made it."""
        if not isinstance(given, list):
            raise _wrong(where, _("a list belongs here"))
        for n, one in enumerate(given):
            if not isinstance(one, dict):
                raise _wrong(_place(table, where, n), _("an object in braces belongs here"))
        for n, (one, rank) in enumerate(zip(given, self._ranks(table, given, fixed, fresh), strict=True)):
            self._row(table, one, _place(table, where, n), fixed, rank, fresh)
        self._session.flush()

    def _row(self, table: str, given: Given, at: str, fixed: Given, rank: str, fresh: bool) -> None:
        model = MODELS[table]
        _refuse_unknown(given, fields_of(table), at)
        values = self._values(table, given, at) | fixed
        self._refuse_twice(table, values, at)
        row = self._known(model, values, fresh)
        new = row is None
        if row is None:
            if "rank" in model.__table__.columns:
                values.setdefault("rank", rank)
            _require(model, values, at)
        try:
            if row is None:
                row = build(model, **values)
                self._session.add(row)
                self._brought[model, _key(model, values)] = row
            else:
                assign(row, values)
            _obey_rules(row)
            if any(key in given for key, _t, _c in CHILDREN.get(table, ())):
                self._session.flush()  # what stands in it needs its id
        except InvalidInput as error:
            raise _placed(error, at) from error
        self.count += 1
        for key, child, column in CHILDREN.get(table, ()):
            if key in given:
                self.rows(child, given[key], f"{at}.{key}", {column: str(getattr(row, "id", ""))}, fresh=new)

    def _refuse_twice(self, table: str, values: Given, at: str) -> None:
        """One id names one object: the second would silently write over the first."""
        ident = values.get("id")
        if ident is None:
            return
        first = self._seen.setdefault((table, ident), at)
        if first != at:
            raise _wrong(f"{at}.id", _("{place} has this id already").format(place=first))

    def _known(self, model: type[Base], values: Given, fresh: bool) -> Base | None:
        """The row that is there already, by its key; the one district in any case."""
        if model is Organization and (district := self._session.scalars(select(Organization)).first()) is not None:
            values.pop("id", None)
            return district
        key = _key(model, values)
        if None in key:
            return None
        if (brought := self._brought.get((model, key))) is not None or fresh:
            return brought  # under a parent that is new nothing else can stand
        return self._session.get(model, key)

    def _ranks(self, table: str, given: list[Given], fixed: Given, fresh: bool) -> list[str]:
        """A rank for each of *given*: its own, or one behind the object before it and behind what stands there."""
        columns = MODELS[table].__table__.columns
        if "rank" not in columns:
            return [""] * len(given)
        among = [columns[name] == value for name, value in fixed.items()]
        last = "" if fresh else self._session.scalar(select(func.max(columns["rank"])).where(*among)) or ""
        made: list[str] = []
        for n, one in enumerate(given):
            own, following = _own_rank(one), _own_rank(given[n + 1]) if n + 1 < len(given) else ""
            last = own or ranks.between(last, following if following > last else None)
            made.append(last)
        return made

    def _values(self, table: str, given: Given, at: str) -> Given:
        """The columns that *given* names, its references found and its files stored."""
        whole: Table = Base.metadata.tables[table]
        columns = {name: column for name, column in whole.columns.items() if name in given}
        values = {name: _value(column, given[name], f"{at}.{name}") for name, column in columns.items()}
        for column in whole.primary_key:
            if column.name == "id" and not values.get("id"):
                values.pop("id", None)
            elif column.name not in given and _usual(column) is not None:
                values[column.name] = _usual(column)
        self._find(columns, values, at)
        for name in INSTEAD.get(table, ()):
            if given.get(name) is None and name == "data":  # a file that stays as it is
                values.pop("sha256", None)
                values.pop("size", None)
            elif given.get(name) is not None:
                values |= self._instead(table, name, given, f"{at}.{name}")
        return values

    def _find(self, columns: dict[str, Column[Any]], values: Given, at: str) -> None:
        """Refuse an id that nobody has."""
        for name, column in columns.items():
            for key in column.foreign_keys:
                target = key.column
                wanted = values.get(name)
                if wanted is None or target.table.name == "content":
                    continue
                if self._session.scalar(select(target).where(target == wanted)) is None:
                    raise _wrong(f"{at}.{name}", _("there is none with the id “{id}”").format(id=_short(wanted)))

    def _instead(self, table: str, name: str, given: Given, at: str) -> Given:
        match name:
            case _ if name in _PEOPLE:
                try:
                    return {f"{name}_id": person_named(self._session, _name(given[name], at))}
                except InvalidInput as error:
                    raise _wrong(at, str(error).rstrip(".")) from error
            case "series":
                return {"series_id": self._named(PolicySeries.id, PolicySeries.number, given[name], at)}
            case "policy":
                return {"policy_id": self._named(Policy.id, Policy.code, given[name], at)}
            case "goal":
                return {"goal_id": self._named(Goal.id, (Goal.label, Goal.title), given[name], at)}
            case "strategy":
                return {"strategy_id": self._named(Strategy.id, Strategy.title, given[name], at)}
            case "plan":
                return {"plan_id": self._named(Plan.id, Plan.title, given[name], at)}
            case "logo":
                if not isinstance(given[name], dict):
                    raise _wrong(at, _("an object in braces belongs here"))
                _refuse_unknown(given[name], {"data", "name"}, at)
                return {"logo_sha256": self._stored(given[name].get("data"), f"{at}.data")[0]}
        digest, size = self._stored(given["data"], at)
        if table == "packet":
            return {"sha256": digest}
        file_name = of_path(str(given.get("name", "")))
        kind = given.get("media_type") or media_type(file_name)
        return {"sha256": digest, "size": size, "name": file_name, "media_type": kind}

    def _named(self, ident: Any, field: Any, value: Any, at: str) -> str:
        fields = field if isinstance(field, tuple) else (field,)
        wanted = texts.tidy(_name(value, at))
        found = self._session.scalars(select(ident).where(or_(*(one == wanted for one in fields)))).first()
        if found is None:
            raise _wrong(at, _("there is none called “{name}”").format(name=_short(value)))
        return str(found)

    def _stored(self, text: Any, at: str) -> tuple[str, int]:
        """The bytes of a file into the store; their hash and how many they are."""
        try:
            data = b64decode(text, validate=True)
        except (NotBase64, TypeError, ValueError) as error:
            raise _wrong(at, _("these are not bytes in Base64")) from error
        digest = sha256(data).hexdigest()
        if self._session.get(Content, digest) is None:
            self._session.add(Content(sha256=digest, data=data))
            self._session.flush()
        return digest, len(data)


def _place(table: str, where: str, n: int) -> str:
    return where if table == "organization" else f"{where}[{n}]"


def _key(model: type[Base], values: Given) -> tuple[Any, ...]:
    return tuple(values.get(column.name) for column in model.__table__.primary_key)


def _own_rank(given: Given) -> str:
    rank = given.get("rank")
    return rank if isinstance(rank, str) and ranks.sound(rank) else ""


def _require(model: type[Base], values: Given, at: str) -> None:
    for column in model.__table__.columns:
        if not column.nullable and column.default is None and values.get(column.name) is None:
            name = "data" if column.name in ("sha256", "size") else column.name
            raise _wrong(f"{at}.{name}", _("this is missing"))


def _obey_rules(row: Base) -> None:
    """The rules that the window keeps, too."""
    if isinstance(row, Measure):
        measures.check(row)
    if isinstance(row, ProgressUpdate):
        progress.check(ProgressDraft(row.on, row.status, row.percent), last=None, today=row.on)
    if isinstance(row, Organization | Meeting):
        check_rule(row.posting_rule)
    if isinstance(row, Organization):
        check_days(row.closed_days)
    if isinstance(row, AgendaItem):
        check_minutes(row.minutes)
    for name in TIMES.intersection(row.__table__.columns.keys()):
        setattr(row, name, time_of_day(getattr(row, name), name))


def _refuse_unknown(given: Given, known: set[str], at: str) -> None:
    for name in given:
        if name not in known:
            raise _wrong(f"{at}.{name}".lstrip("."), _("there is no field of this name"))


def _value(column: Column[Any], value: Any, at: str) -> Any:
    """A JSON value as its column wants it, or a sentence."""
    if value is None or written.is_blank(column, value):
        return _empty(column, at)
    match kind := column.type:
        case Day() if not isinstance(value, str):
            raise _wrong(at, _("“{value}” is not a date like 2026-10-14").format(value=_short(value)))
        case Day() | Float() | Integer() if isinstance(value, str) and not isinstance(kind, Boolean):
            try:
                return written.read(column, texts.tidy(value))
            except InvalidInput as error:
                raise _wrong(at, str(error)) from error
        case Moment():
            try:
                return wall_time(value)
            except (TypeError, ValueError) as error:
                words = _("“{value}” is not a day and time like 2026-10-14T18:30")
                raise _wrong(at, words.format(value=_short(value))) from error
        case Word():
            try:
                return kind.kind(value)
            except ValueError as error:
                words = ", ".join(one.value for one in kind.kind)
                raise _wrong(
                    at, _("“{value}” is not one of: {words}").format(value=_short(value), words=words)
                ) from error
        case Float():
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST:
                return float(value)
        case Boolean():
            if isinstance(value, bool):
                return value
        case Integer():
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        case _ if isinstance(value, str):
            return _text(column, value, at)
    raise _wrong(at, _("“{value}” is not what belongs here").format(value=_short(value)))


def _empty(column: Column[Any], at: str) -> Any:
    """What null stands for."""
    if column.nullable or column.primary_key:
        return None
    if _usual(column) == "":
        return ""
    raise _wrong(at, _("this cannot be empty"))


def _usual(column: Column[Any]) -> Any:
    """The value of a column that nobody names; None where there is none."""
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _text(column: Column[Any], value: str, at: str) -> str:
    if column.name == "rank" and not ranks.sound(value):
        raise _wrong(at, _("a rank is made of 0 to 9 and a to z and does not end with 0"))
    if column.name != "id" and not column.primary_key and not column.foreign_keys:
        return value  # tidied when it is written
    try:
        tidied = texts.line(value, column.name)
    except InvalidInput as error:
        raise _wrong(at, str(error).rstrip(".")) from error
    if column.name == "id" and len(tidied) > LONGEST_ID:
        raise _wrong(at, _("an id has room for {most} characters").format(most=LONGEST_ID))
    return tidied


def _name(value: Any, at: str) -> str:
    """A name, code or number; a number may be typed as one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _wrong(at, _("“{value}” is not what belongs here").format(value=_short(value)))
    return str(value)


def _short(value: Any) -> str:
    return texts.tidy(str(value)[:60])


def _wrong(at: str, what: str) -> PlanStudioError:
    return InvalidInput(f"{at}: {what}.", field=at)


def _placed(error: InvalidInput, at: str) -> InvalidInput:
    """*error* with the place in the JSON where it arose."""
    at = f"{at}.{error.field}"
    return InvalidInput(f"{at}: {error}", field=at)
