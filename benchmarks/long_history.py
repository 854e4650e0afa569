"""A plan of 500,000 steps beside an empty one: opening, an edit to its commit, Find, Look back, publish, a backup.

    python benchmarks/long_history.py [--steps 500000] [--policies 5000] [--meetings 300]

The plan is made by one step that founds it; then each step changes one cell of one row, in turn, as twenty
years of work do: the journal is written as the program writes it, by raw sqlite3 because nobody wants to wait.
`check` must find it sound. Medians of --times runs, and how many times the empty plan's they are.

    open     the program's Document and Workspace over the file, as saved and closed the last time
    edit     one title edited, to the end of its commit, and its undo state asked for
    find     the first Find after opening, then the next after an edit
    back     the plan as it stood 50 steps ago, and its outline
    publish  one edit saved
    backup   one more backup kept
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy.orm import Session

from planstudio.domain.ids import uuid7
from planstudio.domain.kinds import GoalKind
from planstudio.operations import goals, plans
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.store.document import Document
from planstudio.store.schema import AgendaItem, AgendaSection, Goal, Meeting, Policy, PolicyVersion, Strategy
from planstudio.store.seal import digest_of
from planstudio.workspace import Workspace

GOALS, STRATEGIES, ITEMS = 20, 200, 10
WORDS = "The board reviews this policy each year and hears a report on it. " * 8
BEGAN = datetime(2006, 7, 1, 9).astimezone()


def opened(place: Path, data: Path) -> Workspace:
    return Workspace(Document(place, data, author="Ann"), device="desk", author="Ann")


def empty(folder: Path) -> tuple[Path, Path]:
    place, data = folder / "Empty.planstudio", folder / "data"
    workspace = Workspace(Document.create(place, data, author="Ann"), device="desk", author="Ann")
    workspace.start_plan("New plan", plans.create_plan, "Alder Bend", "Plan")
    workspace.do("Add", goals.add_goal, workspace.ask(current_plan), title="Read")
    workspace.publish()
    workspace.close()
    return place, data


def long_one(folder: Path, steps: int, policies: int, meetings: int) -> tuple[Path, Path]:
    place, data = folder / "Long.planstudio", folder / "data"
    workspace = Workspace(Document.create(place, data, author="Ann"), device="desk", author="Ann")
    workspace.start_plan("New plan", plans.create_plan, "Alder Bend", "Plan")
    workspace.do("Bring in", lambda session: fill(session, policies, meetings))
    workspace.close()
    work = next((data / "working").glob("*/work.db"))
    for other in (data / "working").glob("*/work.db"):
        if other.stat().st_size > work.stat().st_size:
            work = other
    age(work, steps)
    workspace = opened(place, data)
    workspace.publish()
    sound = [finding.message for finding in workspace.check() if not finding.harmless]
    if sound:
        sys.exit(f"The plan that was made is not sound: {sound}")
    workspace.close()
    return place, data


def fill(session: Session, policies: int, meetings: int) -> None:
    plan = session.scalars(current_plan_rows()).first()
    assert plan is not None
    for n in range(GOALS):
        goal = Goal(plan_id=plan, kind=GoalKind.GOAL, title=f"Goal {n}")
        session.add(goal)
        session.flush()
        session.add_all(
            Strategy(goal_id=goal.id, title=f"Strategy {n}.{m}") for m in range(STRATEGIES // GOALS)
        )  # fmt: skip
    for n in range(policies):
        policy = Policy(code=f"{1000 + n}", title=f"Policy {n}")
        session.add(policy)
        session.flush()
        session.add(PolicyVersion(policy_id=policy.id, body=f"{n}: {WORDS}"))
    for n in range(meetings):
        meeting = Meeting(title=f"Meeting {n}", start=BEGAN.replace(tzinfo=None) + timedelta(days=20 * n))
        session.add(meeting)
        session.flush()
        section = AgendaSection(meeting_id=meeting.id, title="Business")
        session.add(section)
        session.flush()
        session.add_all(AgendaItem(section_id=section.id, title=f"Item {n}.{m}") for m in range(ITEMS))


def current_plan_rows() -> object:
    from sqlalchemy import select

    from planstudio.store.schema import Plan

    return select(Plan.id)


def age(work: Path, steps: int) -> None:
    """Twenty years of small edits, a title each, written into the working copy as the journal has them."""
    with closing(sqlite3.connect(work, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        rows = [
            (table, ident)
            for table in ("strategy", "policy", "agenda_item", "goal", "meeting")
            for (ident,) in connection.execute(f'SELECT id FROM "{table}"')
        ]
        last = {
            (table, row): step
            for step, table, row in connection.execute("SELECT set_id, tbl, row FROM change WHERE head = 1")
        }
        titles = {
            (t, i): connection.execute(f'SELECT title FROM "{t}" WHERE id = ?', (i,)).fetchone()[0] for t, i in rows
        }
        (clock,) = connection.execute("SELECT max(clock) FROM change_set").fetchone()
        made: list[str] = []
        newest: dict[tuple[str, str], int] = {}
        for n in range(steps):
            key = rows[(n * 7919) % len(rows)]
            step, at = uuid7(), (BEGAN + timedelta(minutes=20 * n)).isoformat(timespec="milliseconds")
            words = f"{key[0]} {n}"
            connection.execute(
                "INSERT INTO change_set (id, clock, device, author, at, arrived, kind, label) VALUES (?,?,?,?,?,?,?,?)",
                (step, clock + n + 1, "desk", "Ann", at, at, "edit", "Edit"),
            )
            cursor = connection.execute(
                "INSERT INTO change (set_id, tbl, row, op, before, after, over, head) VALUES (?,?,?,?,?,?,?,0)",
                (
                    step,
                    *key,
                    "U",
                    json.dumps({"title": titles[key]}),
                    json.dumps({"title": words}),
                    json.dumps([last[key]]),
                ),
            )
            newest[key] = int(cursor.lastrowid or 0)
            last[key], titles[key] = step, words
            made.append(step)
        by_table: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in newest:
            by_table[key[0]].append((titles[key], key[1]))
        for key, ident in newest.items():
            connection.execute("UPDATE change SET head = 0 WHERE tbl = ? AND row = ? AND head = 1", key)
            connection.execute("UPDATE change SET head = 1 WHERE id = ?", (ident,))
        for table, values in by_table.items():
            connection.executemany(f'UPDATE "{table}" SET title = ? WHERE id = ?', values)
        digest, count = connection.execute("SELECT digest, count FROM seal").fetchone()
        connection.execute("UPDATE seal SET digest = ?, count = ?", (digest_of(made, digest), count + steps))
        connection.execute("COMMIT")


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Run:
    def __init__(self, place: Path, data: Path) -> None:
        self.place, self.data, self.times = place, data, defaultdict[str, list[float]](list)

    def once(self, n: int) -> None:
        began = time.perf_counter()
        workspace = opened(self.place, self.data)
        workspace.ask(plan_outline, workspace.ask(current_plan))
        self.times["open"].append(time.perf_counter() - began)
        outline = workspace.ask(plan_outline, workspace.ask(current_plan))
        goal = outline.goals[0].id

        def edit(words: str) -> None:
            workspace.do("Edit", goals.edit_goal, goal, title=words)
            workspace.undo_state()

        self.times["edit"] += [timed(lambda m=m: edit(f"Read {n} {m}")) for m in range(10)]
        self.times["find, first"].append(timed(lambda: workspace.find("Read")))
        edit(f"Read {n} once more")
        self.times["find, next"].append(timed(lambda: workspace.find("Read")))
        step = workspace.undo_state() and workspace.ask(
            lambda s: s.connection().exec_driver_sql("SELECT max(seq) FROM change_set").scalar()
        )
        self.times["back"].append(timed(lambda: self._back(workspace, max(1, step - 10))))
        self.times["publish"].append(timed(lambda: workspace.publish(whole=False)))
        workspace.back_up()
        edit(f"Read {n} after the backup")
        self.times["backup"].append(timed(workspace.back_up))
        self.times["close"].append(timed(workspace.publish))
        workspace.close()

    @staticmethod
    def _back(workspace: Workspace, step: int) -> None:
        with closing(workspace.snapshot(step)) as then:
            then.ask(plan_outline, then.ask(current_plan))


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--steps", type=int, default=500_000)
    given.add_argument("--policies", type=int, default=5_000)
    given.add_argument("--meetings", type=int, default=300)
    given.add_argument("--times", type=int, default=5)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="planstudio-bench-") as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        small.mkdir()
        large.mkdir()
        runs = Run(*empty(small)), Run(*long_one(large, asked.steps, asked.policies, asked.meetings))
        sys.stdout.write(f"the plan's file: {runs[1].place.stat().st_size / 1e6:.0f} MB, {asked.steps} steps\n")
        for n in range(asked.times):
            for run in runs:
                run.once(n)
        for name, short in runs[0].times.items():
            a, b = median(short) * 1000, median(runs[1].times[name]) * 1000
            sys.stdout.write(f"    {name:12} {a:9.1f} ms  {b:9.1f} ms  {b / a:6.1f} times\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
