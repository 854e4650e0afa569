"""A plan of 20 goals, 200 strategies, 2,000 measures and 50,000 figures beside an empty one.

    python benchmarks/large_plan.py [--rounds 7] [--json]

Measured in one run, medians: opening each in the window (from the request to the
painted overview), one edit from the key press to the commit, and beside it the
floor: the same cell written by raw sqlite3 with the same journal and synchronous.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planstudio.domain.places import Place

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
GOALS, STRATEGIES, MEASURES, FIGURES = 20, 10, 10, 25  # a goal, a goal, a strategy, a measure


def build(path: Path) -> None:
    """Write the large plan through the operations, as a user's import would."""
    from planstudio import app
    from planstudio.operations.loading import load

    def measure(name: str) -> dict[str, Any]:
        start = date(2010, 6, 30)
        figures = [
            {"period_end": (start + timedelta(days=200 * n)).isoformat(), "value": 50.0 + n} for n in range(FIGURES)
        ]
        return {"name": name, "unit": "%", "baseline": 50.0, "target": 90.0, "observations": figures}

    goals = [
        {
            "label": f"Goal {g}",
            "title": f"A goal about subject {g}",
            "statement": "By June 2030 more students do more. " * 4,
            "strategies": [
                {
                    "text": f"Do the {s}th thing for subject {g}, and do it well.",
                    "measures": [measure(f"Measure {g}.{s}.{m}") for m in range(MEASURES)],
                    "updates": [{"on": "2026-03-01", "status": "on track", "percent": 40, "done": "A good deal."}],
                }
                for s in range(STRATEGIES)
            ],
        }
        for g in range(GOALS)
    ]
    whole = {
        "format": "planstudio",
        "version": 1,
        "organization": {"name": "Bench"},
        "plans": [{"title": "Large", "goals": goals}],
    }
    workspace = app.open_workspace(path, create=True)
    workspace.bring_in("Build", load, whole)
    workspace.publish()
    workspace.close()


def empty(path: Path) -> None:
    from planstudio import app
    from planstudio.operations.plans import create_plan

    workspace = app.open_workspace(path, create=True)
    workspace.start_plan("New plan", create_plan, "Bench", "Empty")
    workspace.publish()
    workspace.close()


def timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def raw_commit(folder: Path) -> Callable[[], None]:
    """The floor: one cell of a small table, same pragmas."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE goal (id TEXT PRIMARY KEY, title TEXT)")
    connection.executemany("INSERT INTO goal VALUES (?, ?)", [(str(n), "x" * 80) for n in range(200)])
    count = iter(range(10**6))

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE goal SET title = ? WHERE id = '7'", (f"title {next(count)}",))
        connection.execute("COMMIT")

    return commit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    os.environ["PLANSTUDIO_DATA"] = str(folder / "data")

    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from planstudio import app
    from planstudio.gui import theme
    from planstudio.gui.settings import Settings
    from planstudio.gui.window import Window
    from planstudio.queries.plans import current_plan, plan_outline

    qt = QApplication([])
    theme.apply(qt, dark=False)
    (folder / "data").mkdir()
    small, large = folder / "empty.planstudio", folder / "large.planstudio"
    empty(small)
    build(large)
    window = Window(app.open_workspace, lambda: small, Settings(folder / "s.ini"), folder / "data", "Bench")
    window.resize(1440, 900)
    window.show()
    qt.processEvents()

    def show(path: Path) -> None:
        window.open_plan(path)
        window.repaint()
        qt.processEvents()

    opening: dict[str, list[float]] = {"empty": [], "large": []}
    for _round in range(arguments.rounds + 1):
        for name, path in (("empty", small), ("large", large)):
            opening[name].append(timed(lambda path=path: show(path)))
            window.close_plan()
            qt.processEvents()

    show(large)
    desk, view = window.plan.desk, window.plan.view
    outline = desk.ask(plan_outline, desk.ask(current_plan))
    edits, redraws, commits = [], [], []
    view.go(Place("goal", outline.goals[3].id))
    title = view.stack.currentWidget().title
    title.setFocus()
    commit = raw_commit(folder)
    for n in range(arguments.rounds * 6):
        QTest.keyClick(title, "abcdefgh"[n % 8])
        edits.append(timed(title.commit))  # what the rest of 0.8 s, or leaving the field, sets off
        redraws.append(timed(qt.processEvents))
        commits.append(timed(commit))
    window.close()
    result = {
        "open empty, ms": statistics.median(opening["empty"][1:]),
        "open large, ms": statistics.median(opening["large"][1:]),
        "edit, key to commit and page redrawn, ms": statistics.median(edits),
        "then outline and details redrawn, ms": statistics.median(redraws),
        "raw sqlite3 commit, ms": statistics.median(commits),
    }
    result["large to empty"] = result["open large, ms"] / result["open empty, ms"]
    print(
        json.dumps(result) if arguments.json else "\n".join(f"{name:40} {value:8.2f}" for name, value in result.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
