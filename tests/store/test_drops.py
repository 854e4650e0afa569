"""A heavy plan is saved by drops: small files of steps beside it that nobody ever changes."""

from __future__ import annotations

import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import pytest

from factories import add, add_goal, add_strategy, create, dump, reopen
from faults.saver import steps_in
from planstudio.domain.errors import NotAPlan
from planstudio.domain.files import FileRelation
from planstudio.operations import files, goals
from planstudio.queries.links import file_bytes
from planstudio.store import contents, drops
from planstudio.workspace import Workspace

Pair = tuple[Workspace, Workspace]


@pytest.fixture(autouse=True)
def _heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any plan is heavy."""
    monkeypatch.setattr(drops, "HEAVY", 0)


def steps_folder(place: Path) -> Path:
    return place.with_name(f"{place.stem} files") / "steps"


def titles(workspace: Workspace) -> set[str]:
    return {row["title"] for row in dump(workspace)["goal"].values()}


@pytest.fixture
def two(place: Path, data: Path, tmp_path: Path) -> Iterator[Pair]:
    """Ann and Bo, each on a computer of their own, with the same plan open."""
    ann = create(place, data)
    ann.publish()
    bo = reopen(place, tmp_path / "laptop", device="laptop", author="Bo")
    yield ann, bo
    for workspace in (ann, bo):
        workspace.close()


def test_a_save_writes_its_own_steps_and_leaves_the_file(workspace: Workspace, place: Path) -> None:
    workspace.publish()
    before = place.stat()
    add_goal(workspace, "Read")
    workspace.publish(whole=False)
    assert workspace.look_again().relation is FileRelation.SAVED
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    (drop,) = steps_folder(place).iterdir()
    assert drop.stat().st_size < 1500
    assert not workspace.file_is_whole
    workspace.publish(whole=False)
    assert len(list(steps_folder(place).iterdir())) == 1, "nothing new, nothing written"
    workspace.publish()
    assert workspace.file_is_whole
    assert len(steps_in(place)) == 2


def test_what_one_saves_the_other_takes_in_and_both_are_equal(two: Pair, place: Path, tmp_path: Path) -> None:
    ann, bo = two
    add_goal(ann, "Ann's")
    ann.publish(whole=False)
    add_goal(bo, "Bo's")
    bo.publish(whole=False)
    assert titles(bo) == {"Ann's", "Bo's"}
    ann.publish(whole=False)
    assert dump(ann) == dump(bo)
    fresh = reopen(place, tmp_path / "new computer", device="new")
    assert dump(fresh) == dump(ann), "who opens the plan for the first time reads the drops, too"
    fresh.close()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_drops_may_arrive_in_any_order(two: Pair, place: Path, tmp_path: Path, order: tuple[int, ...]) -> None:
    ann, _bo = two
    goal = add_goal(ann, "Read")
    ann.publish(whole=False)
    add_strategy(ann, goal, "Coach teachers")
    ann.publish(whole=False)
    ann.do("Rename", goals.edit_goal, goal, title="Read well")
    ann.publish(whole=False)
    made = sorted(steps_folder(place).iterdir(), key=lambda path: path.stat().st_mtime_ns)
    away = tmp_path / "cloud"
    shutil.copytree(place.parent, away, ignore=shutil.ignore_patterns("steps", "*.tmp", "~$*"))
    (away / steps_folder(place).parent.name / "steps").mkdir()
    late = reopen(away / place.name, tmp_path / "late", device="late")
    for n in order:
        shutil.copy(made[n], away / steps_folder(place).parent.name / "steps" / made[n].name)
        late.merge_foreign()
        assert all(finding.harmless for finding in late.check())
    assert dump(late) == dump(ann)
    assert late.look_again().relation is FileRelation.SAVED
    late.close()


def test_a_drop_that_is_half_there_is_read_when_it_is_whole(two: Pair, place: Path) -> None:
    ann, bo = two
    add_goal(ann, "Read")
    ann.publish(whole=False)
    (drop,) = steps_folder(place).iterdir()
    whole = drop.read_bytes()
    drop.write_bytes(whole[:100])
    assert bo.merge_foreign() is None
    drop.write_bytes(whole)
    bo.merge_foreign()
    assert titles(bo) == {"Read"}


def test_what_somebody_else_takes_away_is_put_there_again(two: Pair, place: Path) -> None:
    ann, bo = two
    add_goal(ann, "Read")
    ann.publish(whole=False)
    shutil.rmtree(steps_folder(place))
    assert ann.look_again().relation is FileRelation.OLDER
    ann.publish(whole=False)
    bo.publish(whole=False)
    assert titles(bo) == {"Read"}


def test_a_file_that_others_replace_loses_nothing_that_lies_in_drops(two: Pair, place: Path) -> None:
    ann, bo = two
    former = place.read_bytes()
    add_goal(ann, "Read")
    ann.publish(whole=False)
    add_goal(bo, "Belong")
    bo.publish()
    place.write_bytes(former)
    ann.publish()
    bo.publish()
    ann.publish()
    assert titles(ann) == titles(bo) == {"Read", "Belong"}
    assert dump(ann) == dump(bo)


@pytest.mark.parametrize("light", [0, contents.LIGHT])
def test_the_files_that_a_drop_names_come_along(two: Pair, monkeypatch: pytest.MonkeyPatch, light: int) -> None:
    monkeypatch.setattr(contents, "LIGHT", light)
    ann, bo = two
    file = add(ann, "attachment", files.attach_file, "goal", add_goal(ann), "Bids.txt", b"the bids")
    ann.publish(whole=False)
    bo.publish()
    assert bo.ask(file_bytes, file) == b"the bids"
    assert ann.merge_foreign() is None, "the file has no more than hers"
    assert bo.check()[0].harmless


def test_a_file_that_was_attached_while_the_plan_was_light_comes_along_when_it_is_heavy(
    two: Pair, place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(drops, "HEAVY", 10**9)
    ann, bo = two
    file = add(ann, "attachment", files.attach_file, "goal", add_goal(ann), "Bids.txt", b"the bids")
    ann.publish()
    bo.publish()
    monkeypatch.setattr(drops, "HEAVY", 0)
    for one in (bo, ann):
        add_goal(one, "More")
        one.publish()
    fresh = reopen(place, tmp_path / "new computer", device="new")
    assert fresh.ask(file_bytes, file) == b"the bids"
    fresh.close()


def test_a_backup_of_steps_alone_has_the_files_that_they_name(workspace: Workspace, data: Path) -> None:
    goal = add_goal(workspace, "Read")
    workspace.publish()
    file = add(workspace, "attachment", files.attach_file, "goal", goal, "Bids.txt", b"the bids")
    workspace.publish(whole=False)
    workspace.back_up()
    assert [path.suffix for path in sorted(data.glob("working/*/backups/*"))][-1:] == [".steps"]
    kept = data / "contents" / sha256(b"the bids").hexdigest()
    assert kept.read_bytes() == b"the bids", "on this computer, whatever becomes of the working copy"
    workspace.do("Detach", files.detach_file, file)
    workspace.restore(workspace.backups()[0].name)
    assert workspace.ask(file_bytes, file) == b"the bids"


def test_an_old_drop_goes_when_the_file_has_it_and_no_sooner(workspace: Workspace, place: Path) -> None:
    workspace.publish()
    add_goal(workspace, "Read")
    workspace.publish(whole=False)
    (drop,) = steps_folder(place).iterdir()
    add_goal(workspace, "Belong")
    workspace.publish()
    assert drop.exists(), "a computer that was off may need it"
    month_ago = time.time() - 31 * 86_400
    os.utime(drop, (month_ago, month_ago))
    workspace.publish(whole=False)
    assert drop.exists()
    add_goal(workspace, "Grow")
    workspace.publish()
    assert not drop.exists()


def lay(place: Path, data: bytes) -> None:
    steps_folder(place).mkdir(parents=True, exist_ok=True)
    (steps_folder(place) / sha256(data).hexdigest()).write_bytes(data)


JUNK = (b"no json", b"[]", b'{"planstudio": 1}', b'{"planstudio": "steps", "schema": 99, "steps": []}')


@pytest.mark.parametrize("junk", [b"", b"no zlib", *map(zlib.compress, JUNK)])
def test_what_is_no_drop_is_passed_over(two: Pair, place: Path, junk: bytes) -> None:
    ann, bo = two
    add_goal(ann, "Read")
    ann.publish(whole=False)
    lay(place, junk)
    bo.publish(whole=False)
    assert titles(bo) == {"Read"}


def test_a_doctored_drop_is_told_once_and_nothing_of_it_is_taken(two: Pair, place: Path) -> None:
    ann, bo = two
    add_goal(ann, "Read")
    ann.publish(whole=False)
    (drop,) = steps_folder(place).iterdir()
    said = json.loads(zlib.decompress(drop.read_bytes()))
    drop.unlink()
    said["lines"][0]["op"] = "X"
    lay(place, zlib.compress(json.dumps(said).encode()))
    with pytest.raises(NotAPlan, match="altered by another program"):
        bo.publish(whole=False)
    add_goal(bo, "Belong")
    bo.publish(whole=False)
    assert titles(bo) == {"Belong"}
    assert bo.look_again().relation is FileRelation.SAVED
