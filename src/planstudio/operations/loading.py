"""The complete JSON into rows: it can create anything, and change what has an id.

An object whose id is in the file already is changed in the fields it names; any other is added behind what stands
there, but for people, who are known by their names. A sentence about a wrong value says where it stands:
goals[0].strategies[1].due. Owners may be given by name, policies by code, series by number, files and the logo by
bytes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planstudio.domain import naming, progress, ranks
from planstudio.domain.agenda import check_minutes
from planstudio.domain.errors import InvalidInput
from planstudio.domain.nouns.meetings import ENCLOSES
from planstudio.domain.posting import check_days, check_rule
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.voting import check_board
from planstudio.domain.words import word
from planstudio.domain.zones import check_zone
from planstudio.i18n import _
from planstudio.operations import measures
from planstudio.operations.loading_names import INSTEAD, Named
from planstudio.operations.loading_values import Given, placed, refuse_unknown, short, usual, value_of, wrong
from planstudio.operations.people import known_person
from planstudio.operations.rows import assign, build
from planstudio.store.contents import CONTENT, declare
from planstudio.store.schema import (
    MODELS,
    AgendaItem,
    Base,
    Enclosure,
    Measure,
    Meeting,
    Organization,
    Person,
    Plan,
    ProgressUpdate,
    owners_of,
)
from planstudio.store.tree import CHILDREN, TOP
from planstudio.store.validity import fits

_SHA = (CONTENT, CONTENT.c.sha256)
_PARENTS = {(table, column) for children in CHILDREN.values() for _key, table, column in children}


def load(session: Session, whole: Given) -> int:
    """Add or change what *whole* holds; how many rows that were."""
    refuse_unknown(whole, {key for key, _table in TOP} | {"format", "version"}, "")
    _clear_blank(session, whole)
    loader = _Loader(session)
    for key, table in TOP:
        given = whole.get(key, [])
        if key == "organization":
            given = [given] if given else []
        loader.rows(table, given, key, {})
    for model in (Organization, Plan):
        if session.scalars(select(model)).first() is None:
            session.add(build(model))
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
        self._named = Named(session)
        self._seen: dict[tuple[str, Any], str] = {}  # where each given key stood
        self._brought: dict[tuple[type[Base], tuple[Any, ...]], Base] = {}  # the new rows, by their key
        self._people: list[Person] = []  # the new ones
        self.count = 0

    def rows(self, table: str, given: Any, where: str, fixed: Given, *, fresh: bool = False) -> None:
        """Load the list *given* under the parent in *fixed*, which is *fresh* where this load has made it."""
        if not isinstance(given, list):
            raise wrong(where, _("a list belongs here"))
        for n, one in enumerate(given):
            if not isinstance(one, dict):
                raise wrong(_place(table, where, n), _("an object in braces belongs here"))
        for n, (one, rank) in enumerate(zip(given, self._ranks(table, given, fixed, fresh), strict=True)):
            self._row(table, one, _place(table, where, n), fixed, rank, fresh)
        self._flush(where)

    def _flush(self, at: str) -> None:
        try:
            self._session.flush()
        except IntegrityError as error:  # what no rule above has foreseen
            raise wrong(at, _("what stands here does not fit what is in the plan")) from error

    def _row(self, table: str, given: Given, at: str, fixed: Given, rank: str, fresh: bool) -> None:
        model = MODELS[table]
        refuse_unknown(given, fields_of(table), at)
        values = self._values(table, given, at, fixed) | fixed
        if model is Person and not values.get("id"):
            self._meet(values, at)
        else:
            self._refuse_twice(table, model, values, at)
        known = self._known(model, values, fresh)
        if known is None:
            if rank:
                values.setdefault("rank", rank)
            _require(model, values, at)
        _one_owner(model, known, values, at)
        children = [child for child in CHILDREN.get(table, ()) if child[0] in given]
        try:
            row = self._written(model, known, values)
            _obey_rules(row)
            if children:
                self._flush(at)  # what stands in it needs its id
        except InvalidInput as error:
            raise placed(error, at) from error
        self.count += 1
        for key, child, column in children:
            self.rows(child, given[key], f"{at}.{key}", {column: str(getattr(row, "id", ""))}, fresh=known is None)

    def _written(self, model: type[Base], known: Base | None, values: Given) -> Base:
        """The row that is *known*, changed, or a new one."""
        if known is not None:
            assign(known, values)
            return known
        row = build(model, **values)
        self._session.add(row)
        self._brought[model, _key(model, values)] = row
        if isinstance(row, Person):
            self._people.append(row)
        return row

    def _meet(self, values: Given, at: str) -> None:
        """A person without an id is whoever has that name, however it is spelled; the name stays as it is."""
        known = known_person(self._session, str(values.get("name") or ""))
        if known is None:
            return
        row = next((one for one in self._people if one.id == known), None)
        for name, value in values.items():
            held = getattr(row, name) if row is not None and name != "name" else None
            if value and held and held != value:
                said = _("“{name}” stands in this list already, with something else here")
                raise wrong(f"{at}.{name}", said.format(name=short(values["name"])))
        empty = [name for name, value in values.items() if row is not None and not value]
        for name in ("name", *empty):
            values.pop(name, None)
        values["id"] = known

    def _refuse_twice(self, table: str, model: type[Base], values: Given, at: str) -> None:
        """One id names one object, one period one figure: the second would silently write over the first."""
        key = _key(model, values)
        if table == "organization" or None in key:
            return
        first = self._seen.setdefault((table, key), at)
        if first != at:
            at = f"{at}.id" if "id" in values else at
            said = _("{place} has this id already") if "id" in values else _("{place} is of the same one already")
            raise wrong(at, said.format(place=first))

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

    def _values(self, table: str, given: Given, at: str, fixed: Given) -> Given:
        """The columns that *given* names, its references found and its files stored."""
        whole: Table = Base.metadata.tables[table]
        columns = {name: column for name, column in whole.columns.items() if name in given}
        values = {name: value_of(column, given[name], f"{at}.{name}") for name, column in columns.items()}
        for column in whole.primary_key:
            if column.name == "id" and not values.get("id"):
                values.pop("id", None)
            elif column.name not in given and usual(column) is not None:
                values[column.name] = usual(column)
        self._named.refuse_missing(columns, values, at)
        for name in INSTEAD.get(table, ()):
            if given.get(name) is not None:
                values |= self._named.resolve(table, name, given, f"{at}.{name}", fixed)
            elif name == "data":
                named, size = values.pop("sha256", None), values.pop("size", None)
                if "data" in given and fits(*_SHA, named):  # its bytes were not there when this was written
                    declare(self._session.connection(), named, size or 0)
                    values |= {"sha256": named} | ({"size": size} if size is not None else {})
        return values


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
            raise wrong(f"{at}.{name}", _("this is missing"))


def _one_owner(model: type[Base], row: Base | None, values: Given, at: str) -> None:
    """Refuse a row that belongs to nothing, to two things, or to another kind of thing than it says."""
    owners = owners_of(model.__table__)  # type: ignore[arg-type]
    now = {name: values[name] if name in values else getattr(row, name, None) for name in owners}
    named = [name.removesuffix("_id") for name, value in now.items() if value is not None]
    if owners and len(named) != 1:
        choices = ", ".join(name.removesuffix("_id") for name in owners)
        raise wrong(at, _("exactly one of these belongs here: {fields}").format(fields=choices))
    what: Any = values.get("what", getattr(row, "what", None))
    if model is Enclosure and now[ENCLOSES[what]] is None:
        needed = ENCLOSES[what].removesuffix("_id")
        raise wrong(at, _("{what} wants this field: {field}").format(what=word(what), field=needed))


def _obey_rules(row: Base) -> None:
    """The rules that the window keeps, too."""
    if isinstance(row, Measure):
        measures.check(row)
    if isinstance(row, ProgressUpdate):
        progress.check(ProgressDraft(row.on, row.status, row.percent), last=None, today=row.on)
    if isinstance(row, Organization | Meeting):
        check_rule(row.posting_rule)
        check_zone(row.time_zone)
        check_board(row.seats, row.quorum)
    if isinstance(row, Organization):
        check_days(row.closed_days)
        naming.check(row.level_words, row.status_words)
    if isinstance(row, AgendaItem):
        check_minutes(row.minutes)
