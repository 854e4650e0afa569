"""The plan made what it was in another state, by a step: it travels, is listed where it must be, can be undone."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from planstudio.domain.errors import TakesMuch
from planstudio.store import contents, journal
from planstudio.store.applying import apply
from planstudio.store.engine import opened
from planstudio.store.lines import ORDER, Cells, Key, Line, key_of
from planstudio.store.schema import JOURNALED
from planstudio.store.types import encode

MUCH = 1 / 3  # of a plan: whoever takes away more than this is asked first


def everything(connection: Connection) -> dict[Key, Cells]:
    """Every row of the plan, cells encoded."""
    return {
        (tbl, key_of(table, dict(row))): {name: encode(value) for name, value in row.items()}
        for tbl, table in JOURNALED.items()
        for row in connection.execute(select(table)).mappings()
    }


def keys_in(connection: Connection) -> set[Key]:
    return {
        (tbl, key_of(table, dict(row)))
        for tbl, table in JOURNALED.items()
        for row in connection.execute(select(*table.primary_key)).mappings()
    }


def lost(now: Collection[Key], wanted: Collection[Key]) -> float:
    """Which share of the rows that are there now would go."""
    return len({*now} - {*wanted}) / len(now) if now else 0.0


def refuse_much(now: Collection[Key], wanted: Collection[Key]) -> None:
    """TakesMuch where more of the rows that are there *now* would go than anybody takes away unasked."""
    if lost(now, wanted) > MUCH:
        raise TakesMuch(len({*now} - {*wanted}), len(now))


def become_file(session: Session, path: Path, *, much: bool = True) -> None:
    """Make the plan what stands in the verified file at *path*, with what files that names; TakesMuch if not *much*."""
    with opened(path, read_only=True) as engine, engine.connect() as other:
        wanted = everything(other)
        if not much:
            refuse_much(keys_in(session.connection()), wanted)
        contents.bring(other, session.connection())
        become(session, wanted)


def become(session: Session, wanted: dict[Key, Cells]) -> None:
    """Make the plan the rows *wanted*, as the step under way."""
    connection = session.connection()
    now = everything(connection)
    lines = [Line(*key, "I", None, wanted[key]) for key in sorted(wanted.keys() - now.keys(), key=_depth)]
    for key in wanted.keys() & now.keys():
        changed = {name: value for name, value in wanted[key].items() if value != now[key][name]}
        if changed:
            lines.append(Line(*key, "U", {name: now[key][name] for name in changed}, changed))
    lines += [Line(*key, "D", now[key], None) for key in sorted(now.keys() - wanted.keys(), key=_depth, reverse=True)]
    apply(connection, lines)
    journal.note(session, lines)
    session.expire_all()


def _depth(key: Key) -> tuple[int, str]:
    return ORDER[key[0]], key[1]
