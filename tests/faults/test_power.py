"""Power cuts, simulated: the working copy's writes recorded, and thousands of half-written disks made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from sqlite3 import DatabaseError
from typing import Any

import pytest

from factories import reopen
from faults.apsw_driver import driver
from faults.editing import gesture, plan_to_edit, read_back
from faults.recorder import Operation, Recorder, power_cut
from planstudio.store import document, engine

CUTS = 500
GESTURES = 12


def record(place: Path, data: Path, monkeypatch: pytest.MonkeyPatch, synchronous: str) -> list[Operation]:
    """What the program writes to the working copy during some gestures."""
    ids = plan_to_edit(place, data)
    recorder = Recorder(f"recorder-{synchronous}")
    pragmas = tuple(p.replace("synchronous=FULL", f"synchronous={synchronous}") for p in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    monkeypatch.setattr(document, "open_engine", partial(engine.open_engine, dbapi=driver(recorder.name)))
    workspace = reopen(place, data)
    recorder.acknowledge(0)
    for number in range(1, GESTURES + 1):
        gesture(workspace, ids, number)
        recorder.acknowledge(number)
    workspace.close()
    recorder.unregister()
    return recorder.operations


def after_cuts(operations: list[Operation], folder: Path, chance: Random, cuts: int) -> Counter[str]:
    """How the plan looks after each of *cuts* power cuts at random moments."""
    met: Counter[str] = Counter()
    first = next(n for n, operation in enumerate(operations) if operation.kind == "ack")
    folder.mkdir()
    for _cut in range(cuts):
        for left in folder.iterdir():
            left.unlink()
        acknowledged = power_cut(operations[: chance.randint(first + 1, len(operations))], chance, folder)
        met[verdict(folder / "work.db", acknowledged)] += 1
        journal = folder / "work.db-journal"
        met["hot"] += journal.exists() and journal.stat().st_size > 0
    return met


def verdict(path: Path, acknowledged: int) -> str:
    try:
        number = read_back(path)
    except (DatabaseError, AssertionError, TypeError, ValueError):
        return "torn"
    return "lost" if number < acknowledged else "whole"


def test_a_power_cut_loses_and_tears_nothing(
    place: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    operations = record(place, data, monkeypatch, "FULL")
    kinds: Counter[Any] = Counter(operation.kind for operation in operations)
    met = after_cuts(operations, tmp_path / "cut", Random(11), CUTS)
    tell(f"{CUTS} cuts in {len(operations)} operations ({kinds['sync']} syncs): {dict(met)}")
    assert kinds["sync"] >= 3 * GESTURES
    assert met["whole"] == CUTS


def test_the_same_cuts_tear_a_plan_that_does_not_wait_for_the_disk(
    place: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    """The check has teeth: with synchronous=OFF it finds damage and loss."""
    operations = record(place, data, monkeypatch, "OFF")
    met = after_cuts(operations, tmp_path / "cut", Random(11), 100)
    tell(f"100 cuts without a sync: {dict(met)}")
    assert met["torn"] + met["lost"] > 50
