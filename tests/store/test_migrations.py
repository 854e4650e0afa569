"""The structure of a plan file, what a migration will do to it, and what is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Column, Text

from factories import add_goal, create, dump, one_of_everything, reopen
from planstudio.domain.errors import TooNew
from planstudio.operations import goals
from planstudio.store import migrations, verify
from planstudio.store.engine import open_engine
from planstudio.store.schema import FINGERPRINTS, SCHEMA, Base
from planstudio.store.verify import structure
from planstudio.store.working import working_folder
from store.future import from_the_future


def test_the_fingerprint_is_that_of_what_the_program_declares() -> None:
    """Changed with the schema, in place, until the first release; from then on a file of each released schema opens."""
    engine = open_engine(":memory:")
    Base.metadata.create_all(engine)
    with closing(engine.raw_connection()) as connection:
        assert structure(connection.driver_connection) == FINGERPRINTS[SCHEMA]
    engine.dispose()
    assert FINGERPRINTS.keys() == set(range(1, SCHEMA + 1))


def test_a_file_of_a_newer_schema_is_refused_with_both_numbers(place: Path, data: Path) -> None:
    create(place, data).close()
    shutil.rmtree(data)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA + 41}")
    for read_only in (False, True):
        with pytest.raises(TooNew, match=rf"format {SCHEMA + 41}; this program knows {SCHEMA}"):
            reopen(place, data, read_only=read_only)


# The next schema, made up: what a migration does to the user's file.


@pytest.fixture
def future(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    yield from from_the_future(monkeypatch)


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


@pytest.fixture
def old(place: Path, data: Path) -> dict[str, Any]:
    """What a plan of today's schema holds; it lies at *place*, published and closed."""
    workspace = create(place, data)
    one_of_everything(workspace)
    workspace.publish()
    rows = dump(workspace)
    workspace.close()
    return rows


def test_a_migration_keeps_every_row_and_a_backup_of_before(
    old: dict[str, Any], place: Path, data: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("future")
    workspace = reopen(place, data)
    assert dump(workspace) == old
    assert "color" in columns(working_folder(place, data) / "work.db", "goal")
    assert workspace.recovered == 0
    before = [row for row in workspace.backups() if "color" not in columns(_backup(place, data, row.name), "goal")]
    assert before
    workspace.restore(before[0].name)
    assert dump(workspace) == old, "the backup of before is migrated when it comes back"
    add_goal(workspace, "Later")
    workspace.publish()
    assert "color" in columns(place, "goal")
    workspace.close()


def _backup(place: Path, data: Path, name: str) -> Path:
    return working_folder(place, data) / "backups" / name


def test_a_plan_opened_to_read_is_migrated_in_its_copy_only(
    old: dict[str, Any], place: Path, data: Path, request: pytest.FixtureRequest
) -> None:
    before = place.read_bytes()
    request.getfixturevalue("future")
    workspace = reopen(place, data, read_only=True)
    assert dump(workspace) == old
    workspace.close()
    assert place.read_bytes() == before


def test_a_copy_of_the_schema_before_is_migrated_before_it_is_merged(
    old: dict[str, Any], place: Path, data: Path, request: pytest.FixtureRequest
) -> None:
    """Two people do not update the program on the same day."""
    goal = next(iter(old["goal"]))
    theirs = reopen(place, data / "laptop", device="laptop", author="Bo")
    theirs.do("Rename", goals.edit_goal, goal, title="Theirs")
    before = place.read_bytes()
    theirs.publish()
    theirs.close()
    os.replace(place, place.with_suffix(".theirs"))
    place.write_bytes(before)
    request.getfixturevalue("future")
    ours = reopen(place, data)
    ours.do("Relabel", goals.edit_goal, goal, label="Ours")
    ours.publish()
    shutil.copy(place.with_suffix(".theirs"), place)
    copy = ours._document.incoming.today(place)
    assert "color" in columns(copy, "goal")
    ours.do("Relabel", goals.edit_goal, goal, label="Ours too")
    ours.publish()
    row = dump(ours)["goal"][goal]
    assert (row["title"], row["label"]) == ("Theirs", "Ours too")
    ours.close()


def test_a_migration_that_fails_leaves_the_plan_as_it_was(
    old: dict[str, Any], place: Path, data: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    future: ModuleType = request.getfixturevalue("future")
    work = working_folder(place, data) / "work.db"

    def half(operations: Any) -> None:
        operations.add_column("goal", Column("color", Text))
        raise RuntimeError("a bug in the migration")

    with monkeypatch.context() as patch:
        patch.setattr(future, "upgrade", half)
        with pytest.raises(RuntimeError, match="a bug"):
            reopen(place, data)
    assert "color" not in columns(work, "goal")
    assert (migrations.SCHEMA, verify.SCHEMA) == (SCHEMA + 1, SCHEMA + 1)
    workspace = reopen(place, data)
    assert dump(workspace) == old
    workspace.close()


def test_a_migration_that_would_orphan_a_row_is_not_kept(
    old: dict[str, Any], place: Path, data: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    future: ModuleType = request.getfixturevalue("future")
    monkeypatch.setattr(future, "upgrade", lambda operations: operations.execute("DELETE FROM goal"))
    with pytest.raises(Exception, match="do not fit together"):
        reopen(place, data)
    with closing(sqlite3.connect(working_folder(place, data) / "work.db")) as connection:
        assert connection.execute("SELECT count(*) FROM goal").fetchone() == (len(old["goal"]),)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
