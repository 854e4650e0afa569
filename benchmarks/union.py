"""What does it cost to take in a colleague's work, and to have it? Beside the same rows inserted by raw sqlite3.

    python benchmarks/union.py [--steps 10000] [--rows 4000]

A plan of --rows strategies is copied. In the copy --steps gestures are made:
titles edited, strategies and figures added, and every tenth on a row that the
original has edited as well. Then the original takes them in.

    union      the original's rows, journal, differences, all in one transaction
    raw        the same rows of the journal and of the tables, inserted by sqlite3 into an empty file
    edit       one title edited, to the end of its commit: in the plan of all those steps, and in an empty one
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from planstudio.domain.ids import uuid7
from planstudio.domain.kinds import GoalKind
from planstudio.store import journal
from planstudio.store.engine import open_engine
from planstudio.store.layout import lay_out
from planstudio.store.schema import Base, Goal, Plan, Strategy
from planstudio.store.union import step_ids, steps_of, take_in

NOW = "2026-11-30T12:00:00.000+00:00"


class Copy:
    """A plan in a file, written to as the workspace does."""

    def __init__(self, path: Path, device: str) -> None:
        self.path, self.device = path, device
        self.engine = open_engine(path)
        with self.engine.begin() as connection:
            lay_out(connection)

    def do(self, work: object) -> None:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.info["step"] = journal.Step("Edit", self.device, self.device, NOW)
            work(session)  # type: ignore[operator]
            journal.end_step(session)


def found(copy: Copy, rows: int) -> list[str]:
    ids = [uuid7() for _n in range(rows)]

    def work(session: Session) -> None:
        plan = Plan(title="Plan")
        session.add(plan)
        session.flush()
        goal = Goal(plan_id=plan.id, kind=GoalKind.GOAL, title="Goal")
        session.add(goal)
        session.flush()
        session.add_all(Strategy(id=ident, goal_id=goal.id, title=f"Strategy {n}") for n, ident in enumerate(ids))

    copy.do(work)
    return ids


def edit(ident: str, words: str) -> object:
    def work(session: Session) -> None:
        session.get_one(Strategy, ident).title = words

    return work


def add(ident: str) -> object:
    def work(session: Session) -> None:
        goal = session.get_one(Strategy, ident).goal_id
        session.add(Strategy(goal_id=goal, title="New"))

    return work


def raw(path: Path, steps: list[dict[str, object]], lines: list[dict[str, object]], made: int) -> float:
    with closing(sqlite3.connect(path)) as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(str(_created(table)))
        connection.commit()
        began = time.perf_counter()
        for name, rows in (("change_set", steps), ("change", lines)):
            names = ", ".join(rows[0])
            marks = ", ".join(f":{key}" for key in rows[0])
            connection.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)
        columns = [column.name for column in Strategy.__table__.columns]
        values = [[uuid7() if name == "id" else "" for name in columns] for _n in range(made)]
        connection.executemany(f"INSERT INTO strategy VALUES ({', '.join('?' * len(columns))})", values)
        connection.commit()
        return time.perf_counter() - began


def _created(table: object) -> object:
    from sqlalchemy.schema import CreateTable

    return CreateTable(table)  # type: ignore[arg-type]


def timed(work: object, times: int = 1) -> float:
    began = time.perf_counter()
    for _n in range(times):
        work()  # type: ignore[operator]
    return (time.perf_counter() - began) / times


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--steps", type=int, default=10_000)
    given.add_argument("--rows", type=int, default=4_000)
    asked = given.parse_args()
    chance = Random(7)
    with tempfile.TemporaryDirectory(prefix="planstudio-union-") as folder:
        ours = Copy(Path(folder) / "ours.db", "ours")
        ids = found(ours, asked.rows)
        theirs = Copy(Path(folder) / "theirs.db", "theirs")
        _take(ours, theirs)
        for ident in ids[:: max(1, 10 * asked.rows // asked.steps)]:
            ours.do(edit(ident, "Ours"))
        for n in range(asked.steps):
            ident = chance.choice(ids)
            theirs.do(edit(ident, f"Theirs {n}") if n % 3 else add(ident))
        with ours.engine.connect() as mine, theirs.engine.connect() as other:
            steps, lines = steps_of(other, step_ids(other) - step_ids(mine))
        union = timed(lambda: _unite(ours, steps, lines))
        stored = [step | {"arrived": NOW} for step in steps], [line | {"head": 1} for line in lines]
        plain = raw(Path(folder) / "raw.db", *stored, sum(1 for line in lines if line["op"] == "I"))
        empty = Copy(Path(folder) / "empty.db", "empty")
        (one,) = found(empty, 1)
        in_large = timed(lambda: ours.do(edit(ids[0], str(time.perf_counter()))), 20)
        in_empty = timed(lambda: empty.do(edit(one, str(time.perf_counter()))), 20)
    say = sys.stdout.write
    say(f"{len(steps)} steps, {len(lines)} lines\n")
    say(f"union {union:.2f} s   raw {plain:.2f} s   {union / plain:.1f} times\n")
    say(
        f"edit {in_large * 1000:.1f} ms   in an empty plan {in_empty * 1000:.1f} ms   {in_large / in_empty:.1f} times\n"
    )


def _take(source: Copy, target: Copy) -> None:
    with source.engine.connect() as connection:
        steps, lines = steps_of(connection, step_ids(connection))
    _unite(target, steps, lines)


def _unite(target: Copy, steps: list[dict[str, object]], lines: list[dict[str, object]]) -> None:
    with target.engine.begin() as connection:
        take_in(connection, steps, lines, NOW)


if __name__ == "__main__":
    main()
