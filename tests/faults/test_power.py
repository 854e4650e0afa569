"""Power cuts, simulated: what reaches the disk recorded, and hundreds of half-written disks made of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from factories import reopen
from faults.editing import gesture, gesture_in, plan_to_edit, read_back
from faults.recorder import Disk, Recorder, lay
from planstudio.domain.files import FileRelation
from planstudio.files import is_secret
from planstudio.store import contents, doors, drops, engine
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace
from sampling import SAMPLED
from secrecy import BOTH, in_the_clear

CUTS, SAVES_CUT = 300, 24
GESTURES, SAVES = 12, 3


def record(root: Path, place: Path, data: Path, work: Callable[[Workspace, list[str], Recorder], None]) -> Recorder:
    """What the program does to the files in *root* during some *work*."""
    ids = plan_to_edit(place, data)
    recorder = Recorder(root)
    with recorder.recording():
        workspace = reopen(place, data)
        work(workspace, ids, recorder)
        workspace.close()
    return recorder


def edit(workspace: Workspace, ids: list[str], recorder: Recorder) -> None:
    for number in range(1, GESTURES + 1):
        gesture(workspace, ids, number)
        recorder.acknowledge(number)


def cut(recorder: Recorder, root: Path, chance: Random, cuts: int) -> Iterator[int]:
    """Make *root* what each of *cuts* power cuts leaves of it; what had been acknowledged by then.

    They come at random moments of as many equal parts, so that every stretch of the work meets some.
    """
    moments = len(recorder.operations) - recorder.began
    for n in range(cuts):
        at = recorder.began + 1 + int((n + chance.random()) * moments / cuts)
        at = min(at, len(recorder.operations))
        disk = Disk(recorder.operations[:at], recorder.began)
        shutil.rmtree(root)
        lay(disk.after_the_cut(chance), root)
        yield disk.acknowledged


def after_cuts(recorder: Recorder, root: Path, chance: Random, cuts: int) -> Counter[str]:
    """How the working copy looks after each of *cuts* power cuts."""
    met: Counter[str] = Counter()
    (work,) = root.glob("*/work.db")
    for acknowledged in cut(recorder, root, chance, cuts):
        met["hot"] += Path(f"{work}-journal").exists() and Path(f"{work}-journal").stat().st_size > 0
        met[verdict(work, acknowledged)] += 1
    return met


def verdict(path: Path, acknowledged: int) -> str:
    try:
        number = read_back(path)
    except (*doors.either(), AssertionError, TypeError, ValueError):
        return "torn"
    return "lost" if number < acknowledged else "whole"


@BOTH
def test_a_power_cut_loses_and_tears_nothing(place: Path, data: Path, tell: Callable[[str], None]) -> None:
    recorder = record(data / "working", place, data, edit)
    kinds: Counter[Any] = Counter(operation.kind for operation in recorder.operations[recorder.began :])
    cuts = CUTS // 3 if is_secret(place) else CUTS
    met = after_cuts(recorder, data / "working", Random(11), cuts)
    tell(f"{cuts} cuts in {len(recorder.operations)} operations ({kinds['sync']} syncs): {dict(met)}")
    assert kinds["sync"] >= 3 * GESTURES
    assert met["hot"] > cuts / 10
    assert met["whole"] == cuts


@BOTH
def test_the_same_cuts_tear_a_plan_that_does_not_wait_for_the_disk(
    place: Path, data: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    """The check has teeth: with synchronous=OFF it finds damage and loss."""
    pragmas = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    recorder = record(data / "working", place, data, edit)
    met = after_cuts(recorder, data / "working", Random(11), 50)
    tell(f"50 cuts without a sync: {dict(met)}")
    assert met["torn"] + met["lost"] > 25


@SAMPLED
@pytest.mark.parametrize(
    ("place", "whole"),
    [("plain", True), ("plain", False), ("secret", True)],
    ids=["whole files", "drops", "secret"],
    indirect=["place"],
)
def test_a_power_cut_while_saving_leaves_what_was_saved_and_what_was_typed(
    place: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tell: Callable[[str], None],
    whole: bool,
    sampled: bool,
) -> None:
    monkeypatch.setattr(drops, "HEAVY", 10**9 if whole else 0)
    monkeypatch.setattr(contents, "LIGHT", 10**9 if whole else 0)

    def save(workspace: Workspace, ids: list[str], recorder: Recorder) -> None:
        for number in range(1, SAVES + 1):
            gesture(workspace, ids, number)
            workspace.publish(whole=whole)
            recorder.acknowledge(number)

    recorder, met, cuts = record(tmp_path, place, data, save), Counter[str](), SAVES_CUT // (3 if sampled else 1)
    work = working_folder(place, data) / "work.db"
    for saved in cut(recorder, tmp_path, Random(12), cuts):
        assert not is_secret(place) or not in_the_clear(tmp_path)
        typed = read_back(work)
        assert typed in (saved, saved + 1)
        elsewhere = reopen(place, tmp_path / "elsewhere", device="laptop", author="Bo")
        assert gesture_in(elsewhere) in (saved, saved + 1)
        elsewhere.close()
        met[f"{typed - saved} ahead"] += 1
        if met.total() % 4 == 0:
            doors.replaced(work)
            workspace = reopen(place, data)
            assert gesture_in(workspace) == typed
            workspace.publish()
            assert workspace.file_state.relation is FileRelation.SAVED
            workspace.close()
    tell(f"{cuts} cuts in {len(recorder.operations) - recorder.began} operations: {dict(met)}")
    assert met["1 ahead"]
