"""The plan as it stood at an earlier moment, as a database of its own in memory.

The database is copied page by page (50,000 figures in 30 ms), the steps that
arrived later are dropped from the copy, and the rows that they touched are made
what they were: by walking back where one line stands over the other, else by
folding them anew. So every query answers for the past without knowing it.
Between the pages others may write, so that a job can copy while somebody types;
what has been written meanwhile is copied again.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planstudio.domain.errors import EditConflict, NotAPlan
from planstudio.i18n import _
from planstudio.store import contents, doors
from planstudio.store.engine import memory_engine
from planstudio.store.fold import OPEN, Fold, ever_deleted, open_rows, put, remove
from planstudio.store.journal import tips_of
from planstudio.store.lines import ROWS, SETS, Cells, Key, by_table, cells_of, over_of, standing
from planstudio.store.types import altered_history
from planstudio.store.union import lay_over

_PAGES = 2000  # copied at a time: 8 MB, some milliseconds
_WAIT = 0.005  # seconds until the next try, where somebody is writing


def sequence_at(connection: Connection, moment: datetime) -> int:
    """The last step that had arrived in this copy by *moment*; 0 when there is none."""
    asked = select(SETS.c.seq, SETS.c.arrived).order_by(SETS.c.seq.desc())
    made = connection.execution_options(stream_results=True).execute(asked)
    return next((seq for seq, arrived in made if datetime.fromisoformat(arrived) <= moment), 0)


def engine_as_of(source: Connection, seq: int | None) -> Engine:
    """An engine in memory that holds *source* as it was after step *seq*, as it is now for None."""
    secret = doors.is_by_cipher(_raw(source))
    engine = memory_engine(secret=secret, keyed=secret, known=contents.known(contents.of(source)))
    try:
        _fill(engine, source, seq)
    except BaseException as error:
        engine.dispose()
        if not isinstance(error, EditConflict | IntegrityError):
            raise
        words = _("The history does not fit what stands in the plan, so its past is unknown. The plan can be read.")
        raise NotAPlan(words) from error
    return engine


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _fill(engine: Engine, source: Connection, seq: int | None) -> None:
    raw = engine.raw_connection()
    _raw(source).backup(raw.driver_connection, pages=_PAGES, sleep=_WAIT)
    raw.close()
    if seq is not None:
        with Session(engine) as session, session.begin():
            forget_after(session.connection(), seq)


def forget_after(connection: Connection, seq: int) -> None:
    """In a copy: the plan as it stood after the step *seq* had arrived here."""
    if (connection.scalar(select(func.max(SETS.c.seq))) or 0) <= seq:
        return
    later = select(SETS.c.id).where(SETS.c.seq > seq)
    columns = (ROWS.c.set_id, ROWS.c.tbl, ROWS.c.row, ROWS.c.op, ROWS.c.before, ROWS.c.after, ROWS.c.over)
    asked = select(*columns).join(SETS, SETS.c.id == ROWS.c.set_id).where(SETS.c.seq > seq)
    by_row: dict[Key, list[Any]] = defaultdict(list)
    for line in connection.execute(asked.order_by(SETS.c.clock.desc(), SETS.c.id.desc())):
        by_row[line.tbl, line.row].append(line)
    tips = {key: [tip.step for tip in row] for key, row in tips_of(connection, by_row).items()}
    doubtful = open_rows(connection) | ever_deleted(connection, by_row)
    plain = {k for k, lines in by_row.items() if k not in doubtful and _is_chain(lines, tips.get(k, []))}
    _walk_back(connection, {key: by_row[key] for key in plain})
    connection.execute(delete(ROWS).where(ROWS.c.set_id.in_(later)))
    connection.execute(delete(SETS).where(SETS.c.seq > seq))
    _fold_anew(connection, (by_row.keys() | doubtful) - plain)


def _is_chain(lines: list[Any], tips: list[str]) -> bool:
    """Whether *lines*, the last first, stand one over the other, and the first of them over one line at most."""
    over = sorted(tips)
    for line in lines:
        if over != [line.set_id] or line.op not in "IU":
            return False
        over = sorted(over_of(line.over))
    return len(over) < 2


def _walk_back(connection: Connection, by_row: dict[Key, list[Any]]) -> None:
    now = standing(connection, by_row)
    wanted: dict[Key, Cells] = {}
    for key, lines in by_row.items():
        cells: Cells | None = dict(now.get(key, {}))
        for line in lines:
            if line.op == "I":
                cells = None
            elif cells is not None:
                lay_over(cells, cells_of(line.tbl, line.after) or {}, cells_of(line.tbl, line.before) or {})
        if cells is not None:
            wanted[key] = cells
    if wanted.keys() - now.keys():
        raise altered_history()
    put(connection, now, wanted, by_row)


def _fold_anew(connection: Connection, keys: set[Key]) -> None:
    if not keys:
        return
    known: set[Key] = set()
    for tbl, rows in by_table(keys).items():
        asked = select(ROWS.c.row).where(ROWS.c.tbl == tbl).distinct()
        known |= {(tbl, row) for row in set(connection.execute(asked).scalars()) & set(rows)}
    for tbl, rows in by_table(keys - known).items():
        remove(connection, tbl, rows)
        connection.execute(delete(OPEN).where(OPEN.c.tbl == tbl, OPEN.c.row.in_(rows)))
    Fold(connection, known).run()
