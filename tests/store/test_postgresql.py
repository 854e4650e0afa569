"""Fold, operations and queries on PostgreSQL: what stands beside the file one day needs no other code.

Skipped where no PostgreSQL is installed (apt-get install postgresql).
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from factories import Names, add_goal, create, dump, one_of_everything, plan_in, reopen, rows_of
from planstudio.operations import goals, meetings, policies, statements
from planstudio.queries.plans import plan_book
from planstudio.store import journal
from planstudio.store.contents import bring
from planstudio.store.layout import lay_out
from planstudio.store.schema import Base
from planstudio.store.taking_back import take_back
from planstudio.store.union import step_ids, steps_of, take_in
from planstudio.workspace import Workspace
from queries.test_answers import ASKED, _questions

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
NOW = "2026-11-30T12:00:00.000+00:00"


def _program(name: str) -> str | None:
    found = shutil.which(name) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL of its own in a folder of its own; the address for SQLAlchemy."""
    pg_ctl, initdb = _program("pg_ctl"), _program("initdb")
    if pg_ctl is None or initdb is None:
        pytest.skip("no PostgreSQL is installed")
    folder, who = Path(tempfile.mkdtemp(prefix="planstudio-pg-")), {}
    if os.getuid() == 0:  # it refuses to run as root
        try:
            person = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        os.chown(folder, person.pw_uid, person.pw_gid)
        who = {"user": person.pw_uid, "group": person.pw_gid, "cwd": folder}
    run = lambda *words: subprocess.run(words, check=True, capture_output=True, **who)  # type: ignore[call-overload]  # noqa: E731
    try:
        run(initdb, "-D", str(folder / "data"), "-U", "plan", "--auth=trust", "--locale=C", "--encoding=UTF8")
        where = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        subprocess.run(
            [pg_ctl, "-D", str(folder / "data"), "-o", where, "-w", "-l", str(folder / "log"), "start"],
            check=True, stdout=subprocess.DEVNULL, **who,
        )  # type: ignore[call-overload]  # fmt: skip
        try:
            yield f"postgresql+psycopg://plan@/postgres?host={folder}"
        finally:
            run(pg_ctl, "-D", str(folder / "data"), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def hub(server: str) -> Iterator[Engine]:
    """An empty plan there."""
    engine = create_engine(server)
    with engine.begin() as connection:
        Base.metadata.drop_all(connection)
        lay_out(connection)
    yield engine
    engine.dispose()


def pull(hub: Engine, workspace: Workspace) -> None:
    """What the hub has comes to the file."""
    with hub.connect() as there:
        missing = step_ids(there) - workspace.ask(lambda s: step_ids(s.connection()))
        steps, lines = steps_of(there, missing)

        def work(session: Session) -> None:
            bring(there, session.connection())
            take_in(session.connection(), steps, lines, NOW)

        workspace._transact(work)


def push(workspace: Workspace, hub: Engine) -> None:
    """What the file has comes to the hub."""

    def work(session: Session) -> None:
        with hub.begin() as there:
            bring(session.connection(), there)
            take_in(there, *steps_of(session.connection(), step_ids(session.connection()) - step_ids(there)), NOW)

    workspace.ask(work)


def do(hub: Engine, operation: Callable[..., Any], *args: Any, **values: Any) -> str:
    """An operation there, as a step; its id."""
    step = journal.Step("Edit", "Bo", "hub", NOW, "edit", None, None)
    with Session(hub, expire_on_commit=False) as session, session.begin():
        session.info["step"] = step
        operation(session, *args, **values)
        journal.end_step(session)
    assert step.set_id is not None
    return step.set_id


def undo(hub: Engine, target: str) -> None:
    with Session(hub, expire_on_commit=False) as session, session.begin():
        session.info["step"] = journal.Step("Edit", "Bo", "hub", NOW, "undo", target, None)
        take_back(session, target)
        journal.end_step(session)


def stands(hub: Engine) -> Any:
    with Session(hub) as session:
        return rows_of(session)


@pytest.fixture
def known(workspace: Workspace) -> Names:
    return one_of_everything(workspace)


def test_the_fold_comes_to_the_same_rows(hub: Engine, workspace: Workspace, known: Names) -> None:
    push(workspace, hub)
    assert stands(hub) == dump(workspace)


def test_every_question_gets_the_same_answer(hub: Engine, workspace: Workspace, known: Names) -> None:
    push(workspace, hub)
    for name, question in sorted(_questions().items()):
        given = ASKED[name](known)
        with Session(hub) as session:
            assert question(session, *given) == workspace.ask(question, *given), name


def test_operations_undo_and_the_way_back(hub: Engine, workspace: Workspace, known: Names) -> None:
    push(workspace, hub)
    do(hub, goals.edit_goal, known.goal, title="Written on the hub", statement="Word by word. " * 200)
    do(hub, policies.add_policy, "9999", "Made on the hub")
    do(hub, statements.edit_statement, known.statement, heading="Mission of the district")
    do(hub, meetings.edit_meeting, known.meeting, place="Library")
    taken_back = do(hub, goals.delete_goal, known.goal)
    undo(hub, taken_back)
    pull(hub, workspace)
    assert stands(hub) == dump(workspace)
    assert dump(workspace)["goal"][known.goal]["title"] == "Written on the hub"
    assert all(finding.harmless for finding in workspace.check())


@pytest.mark.parametrize("seed", range(3))
def test_two_copies_and_the_hub_come_to_the_same(
    hub: Engine, workspace: Workspace, place: Path, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    ids = [add_goal(workspace, f"Goal {n}") for n in range(4)]
    workspace.publish()
    other = reopen(place, tmp_path / "laptop", device="laptop", author="Bo")
    for n in range(25):
        one, goal = chance.choice((workspace, other)), chance.choice(ids)
        what = chance.random()
        if goal not in dump(one)["goal"]:
            one.undo()
        elif what < 0.15:
            one.do("Delete", goals.delete_goal, goal)
        elif what < 0.7:
            one.do("Edit", goals.edit_goal, goal, title=f"{one.author} {n}")
        elif what < 0.85:
            push(one, hub)
        else:
            pull(hub, one)
    for _n in range(2):
        for one in (workspace, other):
            push(one, hub)
            pull(hub, one)
    assert stands(hub) == dump(workspace) == dump(other)
    other.close()


def test_a_new_computer_gets_everything_from_the_hub(
    hub: Engine, workspace: Workspace, known: Names, tmp_path: Path
) -> None:
    push(workspace, hub)
    fresh = create(tmp_path / "fresh.planstudio", tmp_path / "data of fresh")
    pull(hub, fresh)
    plan = plan_in(workspace)
    assert fresh.ask(plan_book, plan, workspace.clock.today()) == workspace.ask(
        plan_book, plan, workspace.clock.today()
    )
    fresh.close()
