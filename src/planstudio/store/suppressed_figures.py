"""In a copy for others each figure as it is told: left out where it speaks of too few, a bound where it is coded."""

from __future__ import annotations

import sqlite3
from datetime import date

from planstudio.domain import measures
from planstudio.domain.cards import ObservationRow
from planstudio.domain.coded import bounded, sign_of

_FIGURE = "measure_id = ? AND student_group = ? AND period_end = ?"


def tell_figures(connection: sqlite3.Connection) -> None:
    """Leave of the measures what `measures.suppress_together` tells, in the way it tells it."""
    (shares,) = connection.execute("SELECT coded_shares FROM organization ORDER BY id").fetchone() or (0,)
    for recorded in _recorded(connection):
        for ident, told in measures.suppress_together(recorded, shares).items():
            # A baseline of which only a bound may be told goes: it has no room for the bound's sign.
            baseline = None if sign_of(told.baseline) else told.baseline
            connection.execute("UPDATE measure SET baseline = ? WHERE id = ?", (baseline, ident))
            connection.executemany(
                f"DELETE FROM observation WHERE {_FIGURE}",
                [(ident, row.student_group, row.period_end.isoformat()) for row in told.hidden],
            )
            connection.executemany(
                f"UPDATE observation SET value = ?, coded = ?, count = ? WHERE {_FIGURE}",
                [
                    (float(row.value), row.coded, row.count, ident, row.student_group, row.period_end.isoformat())
                    for row in told.rows
                ],
            )


def _recorded(connection: sqlite3.Connection) -> list[list[measures.Recorded]]:
    """The measures with their figures, plan by plan."""
    figures: dict[str, list[ObservationRow]] = {}
    columns = "measure_id, student_group, period_end, value, coded, count, note"
    for ident, group, day, value, coded, count, note in connection.execute(f"SELECT {columns} FROM observation"):
        row = ObservationRow(group, date.fromisoformat(day), bounded(value, coded), count, note)
        figures.setdefault(ident, []).append(row)
    plans: dict[str, list[measures.Recorded]] = {}
    asked = connection.execute(
        "SELECT g.plan_id, m.id, m.minimum_group, m.unit, m.name, m.student_group, m.baseline, m.baseline_on "
        "FROM measure m LEFT JOIN strategy s ON s.id = m.strategy_id JOIN goal g ON g.id IN (m.goal_id, s.goal_id)"
    )
    for plan, ident, minimum, unit, name, group, baseline, on in asked.fetchall():
        day = date.fromisoformat(on) if on else None
        rows = sorted(figures.get(ident, ()), key=lambda row: (row.period_end, row.student_group))
        plans.setdefault(plan, []).append(measures.Recorded(ident, rows, minimum, unit, name, group, baseline, day))
    return list(plans.values())
