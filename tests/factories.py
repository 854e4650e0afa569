"""Plans for tests, made by the same operations that the screens call, and a look at every row of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.clock import Clock
from planstudio.domain.kinds import (
    Access,
    Choice,
    ClearedAs,
    Enclosed,
    MomentKind,
    PersonRole,
    Presence,
    StatementKind,
    Status,
)
from planstudio.domain.leaks import Leak, Spot
from planstudio.domain.progress import ProgressDraft
from planstudio.files import is_secret
from planstudio.operations import (
    comments,
    files,
    goals,
    measures,
    meetings,
    minutes,
    moments,
    monitoring,
    people,
    plans,
    policies,
    progress,
    statements,
)
from planstudio.operations.clearances import clear_leaks
from planstudio.queries.plans import current_plan
from planstudio.store import doors
from planstudio.store.document import Document
from planstudio.store.schema import JOURNALED
from planstudio.workspace import Workspace

T = TypeVar("T")
DISTRICT = "Alder Bend School District"
TODAY = date(2026, 11, 21)
EVENING = datetime(2026, 12, 9, 18, 30)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY = doors.Key(b"salt of a test..."[:16], b"key to the plans of all the tests"[:32])
LONG_TEXT = "The board reviews this policy each year and hears the superintendent's report on it. " * 120


# Plan files.


def create(
    path: Path, data: Path, *, clock: Clock | None = None, device: str = "desk", author: str = "Ann"
) -> Workspace:
    """A new plan file at *path*, open, with a named plan in it; under a password where its name says so."""
    key = None
    if is_secret(path):
        doors.learn(key := KEY)
    document = Document.create(path, data, author=author, key=key)
    workspace = Workspace(document, device=device, author=author, clock=clock)
    workspace.do("New plan", plans.create_plan, DISTRICT, "Strategic Plan")
    return workspace


def reopen(
    path: Path,
    data: Path,
    *,
    clock: Clock | None = None,
    device: str = "desk",
    author: str = "Ann",
    read_only: bool = False,
) -> Workspace:
    """The plan file at *path*, as another start of the program opens it."""
    document = Document(path, data, author=author, read_only=read_only)
    return Workspace(document, device=device, author=author, clock=clock)


_prepared: dict[Callable[[Workspace], Any], tuple[bytes, Any]] = {}


def copied(fill: Callable[[Workspace], T], path: Path, *, clock: Clock | None = None) -> T:
    """A saved plan that *fill* has filled, at *path*; what it answered. It is filled once, and each test has a copy."""
    if fill not in _prepared:
        with TemporaryDirectory() as folder:
            made = create(Path(folder) / "Plan.planstudio", Path(folder) / "data", clock=clock)
            answer = fill(made)
            made.publish()
            made.close()
            _prepared[fill] = made.path.read_bytes(), answer
    path.write_bytes(_prepared[fill][0])
    return cast(T, _prepared[fill][1])


def forget_prepared() -> None:
    """Fill each plan anew: for who asks which test reaches what."""
    _prepared.clear()


def prepared(
    fill: Callable[[Workspace], T], path: Path, data: Path, *, clock: Clock | None = None
) -> tuple[Workspace, T]:
    """As copied(), and the plan is open."""
    answer = copied(fill, path, clock=clock)
    return reopen(path, data, clock=clock), answer


def plan_in(workspace: Workspace) -> str:
    return workspace.ask(current_plan)


# What stands in them.


def add(workspace: Workspace, table: str, operation: Callable[..., Any], *args: Any, **values: Any) -> str:
    """Do *operation* as a step; the id of the one row of *table* that it made."""
    change = workspace.do(f"Add {table}", operation, *args, **values)
    (made,) = (row for touched, row in change.touched if touched == table)
    return made


def add_goal(workspace: Workspace, title: str = "Every student reads", **values: Any) -> str:
    return add(workspace, "goal", goals.add_goal, plan_in(workspace), title=title, **values)


def add_strategy(workspace: Workspace, goal_id: str, title: str = "Coach teachers", **values: Any) -> str:
    return add(workspace, "strategy", goals.add_strategy, goal_id, title=title, **values)


def add_measure(workspace: Workspace, goal_id: str, name: str = "Grade 3 reading", **values: Any) -> str:
    return add(workspace, "measure", measures.add_measure, goal_id=goal_id, name=name, **values)


def add_statement(workspace: Workspace, heading: str = "Mission", **values: Any) -> str:
    kind = values.pop("kind", StatementKind.MISSION)
    return add(workspace, "statement", statements.add_statement, plan_in(workspace), kind, heading, **values)


def add_policy(workspace: Workspace, code: str = "5145", title: str = "Student support", **values: Any) -> str:
    return add(workspace, "policy", policies.add_policy, code, title, **values)


@dataclass(frozen=True)
class Names:
    """The ids of a plan that has one of everything, at least."""

    plan: str
    organization: str
    person: str
    statement: str
    item: str
    goal: str
    other_goal: str
    strategy: str
    other_strategy: str
    milestone: str
    measure: str
    update: str
    series: str
    policy: str
    link: str
    file: str
    meeting: str
    section: str
    agenda_item: str
    agenda_link: str
    enclosure: str
    motion: str
    packet: str
    monitoring: str
    comment: str
    moment: str


def a_leak() -> Leak:
    spot = Spot("9A", "Personnel", "Background", "", "at", "Mill Street", "School")
    return Leak("a1b2c3d4e5", "Mill Street", spot, spot, Access.CLOSED)


def one_of_everything(workspace: Workspace) -> Names:
    """Fill the plan so that no table stays empty; each row is a step of its own."""
    plan = plan_in(workspace)
    organization = next(iter(dump(workspace)["organization"]))
    person = add(workspace, "person", people.add_person, "Jordan Lee", title="Superintendent")
    statement = add_statement(workspace, "Core Values", kind=StatementKind.VALUES, lead="We believe:")
    item = add(workspace, "statement_item", statements.add_item, statement, title="Trust", text="We keep our word.")
    add(workspace, "statement_item", statements.add_item, statement, title="Care", text="We know every child.")
    goal = add_goal(workspace, "Every student reads", label="Goal One", owner_id=person)
    other_goal = add_goal(workspace, "Every student belongs", label="Goal Two")
    strategy = add_strategy(workspace, goal, "Coach teachers", text=LONG_TEXT, owner_id=person, due=date(2027, 6, 30))
    other_strategy = add_strategy(workspace, goal, "Open the library on Saturdays")
    milestone = add(workspace, "milestone", goals.add_milestone, strategy, text="Hire two coaches")
    measure = add_measure(workspace, goal, unit="%", baseline=58.5, target=80.0)
    workspace.do("Record figure", measures.record_observation, measure, date(2026, 5, 31), 66.4, count=212)
    workspace.do("Record figure", measures.record_observation, measure, date(2026, 5, 31), 51.0, "EL", count=34)
    draft = ProgressDraft(date(2026, 10, 5), Status.ON_TRACK, 40, "Two coaches hired", "Train them")
    update = add(
        workspace, "progress_update", progress.record_progress, draft, author="Ann", today=TODAY, strategy_id=strategy
    )
    series = add(workspace, "policy_series", policies.add_series, "5000", "Students")
    policy = add_policy(workspace, series_id=series, owner_id=person, body=LONG_TEXT)
    link = add(workspace, "policy_link", policies.attach_policy, policy, "goal", goal)
    file = add(workspace, "attachment", files.attach_file, "goal", goal, "survey.csv", b"school,score\nNorth,4\n")
    meeting = add(workspace, "meeting", meetings.add_meeting, start=EVENING, place="Birch Room")
    section = add(workspace, "agenda_section", meetings.add_section, meeting, title="Consent", consent=True)
    agenda_item = add(workspace, "agenda_item", meetings.add_item, section, title="Minutes of October", minutes=2)
    agenda_link = add(workspace, "agenda_link", meetings.support, agenda_item, "goal", goal)
    enclosure = add(workspace, "enclosure", meetings.enclose, agenda_item, Enclosed.POLICY, policy)
    voter = add(workspace, "person", people.add_person, "Rosa Finch", role=PersonRole.BOARD_MEMBER)
    workspace.do("Attendance", meetings.record_attendance, meeting, voter, Presence.PRESENT, arrived="18:35")
    motion = add(workspace, "motion", meetings.add_motion, agenda_item, "To approve", mover="Rosa Finch")
    workspace.do("Vote", meetings.record_votes, motion, {voter: Choice.YES})
    packet = add(workspace, "packet", record_packet, meeting)
    old = add(workspace, "meeting", meetings.add_meeting, start=datetime(2026, 10, 14, 18, 30))
    workspace.do("Held", meetings.hold_meeting, old, "2026-10-14T20:30:00+00:00")
    workspace.do("Approve", minutes.approve_minutes, old, date(2026, 11, 11))
    workspace.do("Amend", minutes.add_amendment, old, date(2026, 11, 18), "The roll")
    told = {"reason": "It is a school.", "author": "Ann", "at": EVENING}
    workspace.do("Answer", clear_leaks, meeting, (a_leak(),), ClearedAs.PLACE, **told)
    monitoring_row = add(workspace, "monitoring", monitoring.schedule, plan, date(2026, 12, 9), goal_id=goal)
    comment = add(
        workspace, "comment", comments.add_comment, "goal", goal, "By spring?", author="Bo Alvarez", at=EVENING
    )
    moment = add(workspace, "moment", moments.name_moment, "Adopted", NOON, MomentKind.ADOPTED)
    return Names(
        plan,
        organization,
        person,
        statement,
        item,
        goal,
        other_goal,
        strategy,
        other_strategy,
        milestone,
        measure,
        update,
        series,
        policy,
        link,
        file,
        meeting,
        section,
        agenda_item,
        agenda_link,
        enclosure,
        motion,
        packet,
        monitoring_row,
        comment,
        moment,
    )


def record_packet(session: Session, meeting_id: str) -> str:
    """A packet with a few bytes in place of a PDF."""
    return meetings.record_packet(
        session, meeting_id, files.store(session, b"%PDF-1.7"), revision=0, audience=Access.PUBLIC,
        printed_at=EVENING, pages=3, record="{}",
    )  # fmt: skip


# A look at them.

Rows = dict[str, dict[object, dict[str, Any]]]


def rows_of(session: Session) -> Rows:
    """Every row of every table that the journal records, by table and key."""
    found: Rows = {}
    for table in JOURNALED.values():
        keys = [column.name for column in table.primary_key]
        lines = [dict(row) for row in session.execute(select(table)).mappings()]
        found[table.name] = {row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys): row for row in lines}
    return found


def dump(workspace: Workspace) -> Rows:
    return workspace.ask(rows_of)


def cell(workspace: Workspace, table: str, row: object, field: str) -> Any:
    return dump(workspace)[table][row][field]
