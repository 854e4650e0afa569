"""A migration killed at any of its writes: the next start has the old plan or the new one, and all of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from factories import add_strategy, create, dump, one_of_everything, reopen
from faults.recorder import Disk, Recorder, lay
from planstudio.files import is_secret
from planstudio.store import doors, migrations
from planstudio.store.engine import open_engine
from planstudio.store.schema import FINGERPRINTS, SCHEMA
from planstudio.store.verify import structure
from planstudio.store.working import working_folder
from secrecy import BOTH
from store.future import NEXT, from_the_future


def record(work: Path) -> Recorder:
    """What migrating the database at *work* writes."""
    recorder = Recorder(work.parent)
    with recorder.recording():
        engine = open_engine(work)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            connection.exec_driver_sql("PRAGMA cache_size=20")  # pages reach it before the commit, as in a large plan
            migrations.upgrade(connection, SCHEMA)
        engine.dispose()
    return recorder


def version_and_structure(path: Path) -> tuple[int, str]:
    doors.replaced(path)
    with closing(doors.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0]), structure(connection)


@BOTH
def test_a_migration_killed_at_any_write_leaves_the_old_plan_or_the_new_one(
    place: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    workspace = create(place, data)
    names = one_of_everything(workspace)
    for number in range(20):
        add_strategy(workspace, names.goal, f"Strategy {number}", text="x" * 3000)
    workspace.publish()
    before = dump(workspace)
    workspace.close()
    folder = working_folder(place, data)
    future = from_the_future(monkeypatch)
    next(future)
    recorder = record(folder / "work.db")
    operations, began = recorder.operations, recorder.began
    old, new = (SCHEMA, FINGERPRINTS[SCHEMA]), (NEXT, FINGERPRINTS[NEXT])
    writes = range(began, len(operations))
    # Every write of the commit, where the header may tell of the new before the rest is there; a sample of the others.
    most = 6 if is_secret(place) else 20
    points = sorted({*writes[:: max(1, len(writes) // most)], *writes[-most:]})
    hot = met_old = 0
    for point in points:
        shutil.rmtree(folder)
        lay(Disk(operations[: point + 1], began).whole(), folder)
        journal = folder / "work.db-journal"
        hot += journal.exists() and journal.stat().st_size > 0
        probe = tmp_path / "probe"
        shutil.rmtree(probe, ignore_errors=True)
        shutil.copytree(folder, probe)
        found = version_and_structure(probe / "work.db")
        assert found in (old, new), "half migrated"
        met_old += found == old
        again = reopen(place, data)
        assert dump(again) == before
        again.close()
        assert version_and_structure(folder / "work.db") == new
    tell(f"{len(points)} of {len(writes)} writes, {hot} with a hot journal, {met_old} times the old plan")
    assert hot > len(points) / 10
    assert 0 < met_old < len(points)
    future.close()
