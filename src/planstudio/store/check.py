"""A thorough check of an open plan: pages, references, and whether the history explains every cell."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DatabaseError

from planstudio.domain.errors import NotAPlan
from planstudio.domain.files import Finding, Kept
from planstudio.i18n import _, ngettext
from planstudio.store.asof import engine_as_of
from planstudio.store.becoming import everything
from planstudio.store.contents import of, outside
from planstudio.store.fold import Fold
from planstudio.store.lines import ROWS, SETS, Key
from planstudio.store.schema import JOURNALED
from planstudio.store.seal import SEAL, Seal, sealed


def findings(engine: Engine) -> tuple[Finding, ...]:
    """Harmless remarks and real damage, each as one sentence."""
    try:
        with engine.execution_options(reading=True).connect() as connection:
            return tuple(_damage(connection)) or tuple(_sense(connection))
    except DatabaseError as error:  # so damaged that it cannot even be looked through
        return (_damaged(error.orig),)


def _damage(connection: Connection) -> Iterator[Finding]:
    for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").fetchall():
        if problem != "ok":
            yield _damaged(problem)
    for table, *_rest in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        yield Finding(_("A row of {table} refers to one that is not there.").format(table=table))


def _damaged(what: object) -> Finding:
    return Finding(_("The file is damaged: {what}").format(what=what))


def _sense(connection: Connection) -> list[Finding]:
    """How much there is, and whether the history explains it."""
    rows = sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in JOURNALED.values())
    steps = connection.scalar(select(func.count()).select_from(SETS)) or 0
    found = _history(connection) if steps else [Finding(_("The file carries no history."), harmless=True)]
    found += _files(connection)
    if all(finding.harmless for finding in found):
        words = ngettext(
            "Sound: {rows} entries, {n} step of history.", "Sound: {rows} entries, {n} steps of history.", steps
        )
        found.insert(0, Finding(words.format(rows=rows, n=steps), harmless=True))
    return found


def _files(connection: Connection) -> list[Finding]:
    """The files whose bytes are neither here nor, as far as can be seen now, beside the plan."""
    contents, named = of(connection), outside(connection)
    if contents is not None and named:
        contents.gather(named)
    missing = sum(contents is None or contents.where(sha) is Kept.MISSING for sha in named)
    if not missing:
        return []
    words = ngettext(
        "{n} file is not here: it is neither in the plan nor in the folder of its files.",
        "{n} files are not here: they are neither in the plan nor in the folder of its files.",
        missing,
    )
    return [Finding(words.format(n=missing))]


def _history(connection: Connection) -> list[Finding]:
    """Fold the whole journal anew, in a copy: it must come to what stands in the tables."""
    engine = engine_as_of(connection, None)
    try:
        with engine.begin() as copy:
            known: set[Key] = {(tbl, row) for tbl, row in copy.execute(select(ROWS.c.tbl, ROWS.c.row).distinct())}
            if Fold(copy, known).run():
                return [Finding(_("The history does not fit what stands in the plan. The plan can be read."))]
            left = len(everything(copy).keys() - known)
            if Seal(**copy.execute(select(SEAL)).mappings().one()) != sealed(copy):
                return [Finding(_("The list of steps does not fit its seal. The plan can be read."))]
    except NotAPlan as error:
        return [Finding(str(error))]
    finally:
        engine.dispose()
    if left:
        words = ngettext("{n} entry is not in the history.", "{n} entries are not in the history.", left)
        return [Finding(words.format(n=left))]
    return []
