"""kill -9 at any moment: what was acknowledged is there, and no gesture is there by half."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from factories import reopen
from faults.children import Acknowledge, Child, working
from faults.editing import gesture, gesture_in, plan_to_edit, read_back
from planstudio.operations import files
from planstudio.store import contents, drops
from planstudio.store.verify import inspect
from planstudio.store.working import working_folder
from secrecy import BOTH

STATES = 200
DROP_STATES = 20


def copy_of(work: Path, folder: Path) -> tuple[Path, bool]:
    """The database and its journal as they are at this moment, and whether the journal is hot."""
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        left.unlink()
    journal = Path(f"{work}-journal")
    hot = journal.exists() and journal.stat().st_size > 0
    shutil.copy(work, folder)
    if journal.exists():
        shutil.copy(journal, folder)
    return folder / work.name, hot


def any_moment(child: Child, chance: Random) -> None:
    """Stop the child somewhere in its work: not an event to be waited for, but a sample of all moments."""
    time.sleep(chance.random() * 0.004)
    child.stop()


def test_a_kill_while_editing_loses_and_tears_nothing(
    place: Path, data: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    ids, work = plan_to_edit(place, data), working_folder(place, data) / "work.db"

    def edit(acknowledge: Acknowledge) -> None:
        workspace = reopen(place, data)
        for number in range(1, 99_999):
            gesture(workspace, ids, number)
            acknowledge(number)

    chance, hot_states, between = Random(7), 0, 0
    with working(edit) as child:
        child.wait_for(2)
        for _state in range(STATES):
            any_moment(child, chance)
            acknowledged = child.acknowledged
            copy, hot = copy_of(work, tmp_path / "killed")
            child.go_on()
            hot_states += hot
            number = read_back(copy)
            assert number in (acknowledged, acknowledged + 1)
            between += number > acknowledged
        child.wait_for(child.acknowledged + 1)
        last = child.acknowledged
    tell(f"{STATES} states over {last} gestures, {hot_states} with a hot journal, {between} committed but not told yet")
    assert hot_states > STATES / 10, "the kills hardly ever met a commit"
    workspace = reopen(place, data)
    assert workspace.recovered >= last
    workspace.publish()
    workspace.close()
    assert read_back(place) >= last


def test_a_kill_while_publishing_leaves_a_complete_document_and_the_whole_working_copy(
    place: Path, data: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    ids, work = plan_to_edit(place, data), working_folder(place, data) / "work.db"

    def edit_and_publish(acknowledge: Acknowledge) -> None:
        workspace = reopen(place, data)
        for number in range(1, 99_999):
            gesture(workspace, ids, number)
            workspace.publish()
            acknowledge(number)

    chance, half_written, hot_states, ahead = Random(8), 0, 0, 0
    with working(edit_and_publish) as child:
        child.wait_for(1)
        for _state in range(STATES):
            any_moment(child, chance)
            published = child.acknowledged
            half_written += any(
                path.name.startswith(".~") for path in (*place.parent.iterdir(), *work.parent.iterdir())
            )
            shutil.copy(place, tmp_path / "document")
            copy, hot = copy_of(work, tmp_path / "killed")
            child.go_on()
            hot_states += hot
            inspect(tmp_path / "document")
            in_document, in_work = read_back(tmp_path / "document"), read_back(copy)
            assert in_document in (published, published + 1)
            assert in_work in (published, published + 1)
            assert in_work >= in_document
            ahead += in_work > in_document
        child.wait_for(child.acknowledged + 1)
        last = child.acknowledged
    tell(
        f"{STATES} states over {last} publications, {half_written} in the middle of one, "
        f"{hot_states} with a hot journal, {ahead} with the working copy ahead"
    )
    assert half_written, "the kills never met a publication"
    left = sorted(path.name for path in place.parent.iterdir() if path.name.startswith(".~"))
    workspace = reopen(place, data)
    workspace.publish()
    workspace.close()
    assert read_back(place) >= last
    assert len(left) <= 1


def test_a_kill_while_saving_by_drops_leaves_everything_that_was_saved(
    place: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drops, "HEAVY", 0)
    monkeypatch.setattr(contents, "LIGHT", 0)
    ids = plan_to_edit(place, data)

    def edit_and_save(acknowledge: Acknowledge) -> None:
        workspace = reopen(place, data)
        for number in range(1, 99_999):
            if number % 3 == 0:
                workspace.do("Attach", files.attach_file, "goal", ids[0], f"{number}.txt", b"%d " % number * 999)
            gesture(workspace, ids, number)
            workspace.publish(whole=number % 5 == 0)
            acknowledge(number)

    chance = Random(9)
    with working(edit_and_save) as child:
        child.wait_for(1)
        for state in range(DROP_STATES):
            any_moment(child, chance)
            saved, away = child.acknowledged, tmp_path / f"killed {state}"
            shutil.copytree(place.parent, away, ignore=shutil.ignore_patterns("data"))
            child.go_on()
            elsewhere = reopen(away / place.name, tmp_path / f"data {state}")
            assert all(finding.harmless for finding in elsewhere.check()), "each file came before what names it"
            assert gesture_in(elsewhere) in (saved, saved + 1)
            elsewhere.close()
        child.wait_for(child.acknowledged + 1)
        last = child.acknowledged
    workspace = reopen(place, data)
    workspace.publish()
    assert gesture_in(workspace) >= last
    workspace.close()


def test_what_a_killed_publication_left_is_swept_away_after_a_while(place: Path, data: Path) -> None:
    ids = plan_to_edit(place, data)
    left, fresh = place.with_name(f".~{place.name}.77.tmp"), place.with_name(f".~{place.name}.78.tmp")
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (time.time() - 7200,) * 2)
    workspace = reopen(place, data)
    gesture(workspace, ids, 1)
    workspace.publish()
    workspace.close()
    assert not left.exists()
    assert fresh.exists(), "it may be another computer's, at work this moment"


@BOTH
def test_every_real_kill_is_followed_by_a_start_that_has_everything(place: Path, data: Path) -> None:
    ids, chance, done = plan_to_edit(place, data), Random(9), 0
    for _kill in range(12):
        start = done

        def edit(acknowledge: Acknowledge, start: int = start) -> None:
            workspace = reopen(place, data)
            for number in range(start + 1, 99_999):
                gesture(workspace, ids, number)
                if number % 3 == 0:
                    workspace.publish()
                acknowledge(number)

        with working(edit) as child:
            child.wait_for(start + 1)
            time.sleep(chance.random() * 0.02)
            child.stop()
            told = child.acknowledged
        workspace = reopen(place, data)
        done = gesture_in(workspace)
        workspace.close()
        assert done in (told, told + 1)
