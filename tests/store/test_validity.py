"""A doctored value: the file is refused with a sentence, or everything that reads a plan can live with it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

import factories
from canaries import Aviary, fill
from planstudio.domain.changes import Past
from planstudio.domain.errors import NotAPlan, PlanStudioError
from planstudio.domain.kinds import Access
from planstudio.domain.reporting import SOURCES
from planstudio.packets import Packets, book_at, report
from planstudio.queries.conflicts import open_differences
from planstudio.queries.export import whole_file
from planstudio.queries.history import element_history, plan_history, step_details
from planstudio.queries.meetings import meeting_card, meeting_rows
from planstudio.queries.moments import history_moments, history_step
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.reports import build
from planstudio.reports.listing import LISTING, print_report, table_of
from planstudio.store.schema import Base
from planstudio.store.transfer import salvage
from planstudio.store.validity import first_odd, stored_as
from planstudio.store.verify import inspect
from planstudio.workspace import Workspace

GARBAGE: dict[str, tuple[Any, ...]] = {
    "text": (
        "garbage", "", "99:99", "2026-02-31", "0000-00-00", "9999-12-31", "2026-10-14T18:30", "[]", "{}", "Infinity",
        "x" * 5000, "\u202e🙂", "2026-11-21T10:00:00",
    ),
    "integer": (-1, 901, 2**62, 2),
    "real": (float("inf"), float("-inf"), 1e300, -5.0, 2.0**53),
    "blob": (b"", b"garbage"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Aviary]:
    """A published plan with rows in every table."""
    folder = tmp_path_factory.mktemp("sound")
    workspace = factories.create(folder / "Sound.planstudio", folder / "data")
    hatched: list[Aviary] = []
    workspace.do("Fill", lambda session: hatched.append(fill(session)))
    workspace.publish()
    workspace.close()
    return folder / "Sound.planstudio", hatched[0]


def test_the_sound_plan_is_sound(sound: tuple[Path, Aviary]) -> None:
    inspect(sound[0])


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("change_set", "at", "garbage"), ("change_set", "at", "2026-11-21T10:00:00"),
        ("change_set", "at", "2026-02-31T10:00:00+00:00"),
        ("change", "before", "no json"), ("change", "after", "[1]"), ("change", "tbl", "nowhere"),
        ("change", "op", "X"),
        ("change", "after", None), ("conflict", "sides", "no json"), ("conflict", "tbl", "nowhere"),
        ("observation", "value", float("inf")), ("measure", "baseline", 1e300), ("observation", "count", -3),
        ("progress_update", "percent", 900), ("progress_update", "status", "splendid"),
        ("plan", "period_start", "0000-01-01"),
        ("plan", "adopted_on", "9999-12-31"), ("strategy", "due", "2026-02-30"),
        ("meeting", "called_to_order", "99:99"),
        ("meeting", "start", "2026-10-14"), ("meeting", "frozen_at", "yesterday"), ("agenda_item", "minutes", -5),
        ("agenda_item", "began", "6 pm"), ("goal", "rank", "0"), ("goal", "rank", "Ä"), ("goal", "plan_id", "nowhere"),
        ("agenda_section", "consent", 7), ("enclosure", "what", "goal"), ("content", "sha256", "x"),
        ("moment", "at", "noon"),
        ("goal", "id", ""), ("attachment", "size", -1), ("packet", "pages", -1), ("policy", "review_months", 10**9),
        ("goal", "title", b"\xff\xfe"),
    ],
)  # fmt: skip
def test_what_this_program_never_writes_is_refused_with_its_place(
    sound: tuple[Path, Aviary], tmp_path: Path, table: str, column: str, value: Any
) -> None:
    path = _doctored(sound[0], tmp_path, [(table, column, value)])
    with pytest.raises(NotAPlan) as refused:
        inspect(path)
    assert "was not opened" in str(refused.value)
    salvage(path, tmp_path / "Saved.planstudio")
    inspect(tmp_path / "Saved.planstudio")


@pytest.mark.parametrize(
    "nth", [pytest.param(nth, marks=[] if nth in (0, 1, 3, 4, 11) else [pytest.mark.long]) for nth in range(13)]
)
def test_what_opens_can_be_asked_and_printed(sound: tuple[Path, Aviary], tmp_path: Path, nth: int) -> None:
    """The *nth* kind of garbage in every column that takes it."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(sqlite3.connect(sound[0])) as source:
        source.backup(memory)
    memory.execute("PRAGMA ignore_check_constraints=ON")
    accepted = [
        (table.name, column.name, values[nth])
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if nth < len(values := GARBAGE[stored_as(column)[0]]) and _opens(memory, table.name, column.name, values[nth])
    ]
    memory.close()
    path = _doctored(sound[0], tmp_path, accepted)
    with closing(sqlite3.connect(path)) as connection:
        if first_odd(connection) is not None:
            pytest.fail(f"together they do not open: {first_odd(connection)}")
    workspace = factories.reopen(path, tmp_path / "data")
    _read_all(workspace, sound[1], tmp_path)
    workspace.close()


def _read_all(workspace: Workspace, aviary: Aviary, tmp_path: Path) -> None:
    """Everything that a window or a command asks of a plan; a sentence is an answer, a bug is not."""
    ids = aviary.ids
    plan = workspace.ask(current_plan)
    for query, about in (
        (plan_outline, (plan,)), (meeting_rows, ()), (history_step, (0,)), (history_moments, ()), (plan_history, ()),
        (open_differences, ()), (whole_file, ()), (element_history, ("goal", ids["goal of plan in force"])),
        (meeting_card, (ids["posted meeting"],)),
    ):  # fmt: skip
        workspace.ask(query, *about)
    for line in workspace.ask(plan_history):
        workspace.ask(step_details, line.seq)
    workspace.find("garbage 99:99 x")
    build("packet", book_at(workspace, Past(plan, None, factories.TODAY, "")))
    chosen = {
        "meeting_id": ids["meeting of record"], "goal_id": ids["goal of plan in force"],
        "policy_id": ids["policy in force"],
    }  # fmt: skip
    for one in LISTING:
        about = {f"{need}_id": chosen[f"{need}_id"] for need in SOURCES[one.name].needs if f"{need}_id" in chosen}
        at = Past(plan, None, factories.TODAY, "")
        data = report(workspace, one.name, at=at, before=at if one.name == "redline" else None, **about)
        print_report(one.name, data)
        table_of(one.name, data)
    with closing(Packets(workspace, tmp_path / "prepared")) as printer:
        for audience in Access:
            shot = printer.snapshot(ids["posted meeting"], audience)
            printer.preflight(shot)
            printer.print(shot)
    workspace.undo_state()
    with suppress(PlanStudioError):  # the past may be unknown, in a sentence
        workspace.snapshot(1).close()
    workspace.clean_copy(tmp_path / "copy.planstudio")


def _doctored(sound: Path, folder: Path, changes: list[tuple[str, str, Any]]) -> Path:
    """A copy of the sound plan with one row of each table changed behind its back."""
    path = folder / "Doctored.planstudio"
    shutil.copyfile(sound, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for table, column, value in changes:
            _change(connection, table, column, value)
    return path


def _change(connection: sqlite3.Connection, table: str, column: str, value: Any) -> None:
    cast = "CAST(? AS TEXT)" if isinstance(value, bytes) and column != "data" else "?"
    keys = ", ".join(f'"{c.name}"' for c in Base.metadata.tables[table].primary_key)
    one = f'SELECT {keys} FROM "{table}" ORDER BY "{column}" IS NULL LIMIT 1'
    where = f"({keys}) = ({one})" if "," in keys else f"{keys} = ({one})"
    connection.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = {cast} WHERE {where}', (value,))


def _opens(memory: sqlite3.Connection, table: str, column: str, value: Any) -> bool:
    """Whether a plan with this one cell altered would be opened."""
    memory.execute("BEGIN")
    try:
        _change(memory, table, column, value)
        return first_odd(memory) is None and memory.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return False
    finally:
        memory.execute("ROLLBACK")
