"""A thorough check of an open plan: pages, references, and whether the history explains every cell."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from planstudio.domain.errors import EditConflict
from planstudio.domain.files import Finding
from planstudio.i18n import _, ngettext
from planstudio.store.asof import engine_as_of
from planstudio.store.journal import SETS, tables


def findings(engine: Engine) -> tuple[Finding, ...]:
    """Harmless remarks and real damage, each as one sentence."""
    found: list[Finding] = []
    with engine.execution_options(reading=True).connect() as connection:
        for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").fetchall():
            if problem != "ok":
                found.append(Finding(_("The file is damaged: {what}").format(what=problem)))
        for table, *_rest in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            found.append(Finding(_("A row of {table} refers to one that is not there.").format(table=table)))
        counts = {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables()}
        steps = connection.scalar(select(func.count()).select_from(SETS)) or 0
        if steps and not found:
            found += _history(connection)
        elif not steps:
            found.append(Finding(_("The file carries no history."), harmless=True))
    if all(finding.harmless for finding in found):
        rows = sum(counts.values())
        words = ngettext(
            "Sound: {rows} entries, {n} step of history.", "Sound: {rows} entries, {n} steps of history.", steps
        )
        found.insert(0, Finding(words.format(rows=rows, n=steps), harmless=True))
    return tuple(found)


def _history(connection: object) -> list[Finding]:
    """Walk the journal back to the beginning: nothing may be left there that it does not explain."""
    try:
        engine = engine_as_of(connection, 0)  # type: ignore[arg-type]
    except EditConflict:
        return [Finding(_("The history does not fit what stands in the plan. The plan itself can be read."))]
    with engine.connect() as past:
        left = sum(past.scalar(select(func.count()).select_from(table)) or 0 for table in tables())
    engine.dispose()
    if left:
        words = ngettext("{n} entry is older than the history.", "{n} entries are older than the history.", left)
        return [Finding(words.format(n=left), harmless=True)]
    return []
