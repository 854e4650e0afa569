"""A plan file that is renamed, moved, linked to or kept from others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factories import add_goal, create, reopen
from planstudio.domain.errors import StoreUnavailable
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.workspace import Workspace


def names(workspace: Workspace) -> list[str]:
    return [goal.name for goal in workspace.ask(plan_outline, workspace.ask(current_plan)).goals]


def test_work_that_waited_is_found_again_under_the_file_s_new_name(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    add_goal(workspace, "Not published yet")
    workspace.close()
    moved = place.with_name("Renamed.planstudio")
    place.rename(moved)
    workspace = reopen(moved, data)
    assert names(workspace) == ["Not published yet"]
    assert workspace.recovered == 1
    assert workspace.backups()
    workspace.close()


def test_a_copy_of_a_plan_that_is_still_there_keeps_to_itself(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    copy = place.with_name("Copy.planstudio")
    workspace.save_copy(copy)
    add_goal(workspace, "Only in the first")
    workspace.close()
    other = reopen(copy, data)
    assert names(other) == []
    other.close()
    workspace = reopen(place, data)
    assert names(workspace) == ["Only in the first"]
    workspace.close()


def test_an_earlier_copy_does_not_get_the_work_of_a_plan_on_an_unplugged_stick(
    place: Path, data: Path, tmp_path: Path
) -> None:
    workspace = create(place, data)
    workspace.publish()
    mailed = tmp_path / "Mailed.planstudio"
    workspace.save_copy(mailed)
    add_goal(workspace, "Published later")
    workspace.publish()
    add_goal(workspace, "Waiting")
    workspace.close()
    away = tmp_path / "unplugged"
    place.parent.rename(away)
    other = reopen(mailed, data)
    assert names(other) == []
    other.close()
    away.rename(place.parent)
    workspace = reopen(place, data)
    assert names(workspace) == ["Published later", "Waiting"]
    workspace.close()


@pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")
def test_publishing_keeps_a_link_and_the_file_s_rights(place: Path, data: Path, tmp_path: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    workspace.close()
    real = tmp_path / "real.planstudio"
    place.rename(real)
    real.chmod(0o640)
    place.symlink_to(real)
    workspace = reopen(place, data)
    add_goal(workspace, "Through the link")
    workspace.publish()
    workspace.close()
    assert place.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    real_one = reopen(real, data / "elsewhere")
    assert names(real_one) == ["Through the link"]
    real_one.close()


def test_two_copies_at_once_do_not_meet(place: Path, data: Path, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    workspace = create(place, data)
    add_goal(workspace, "Read")
    target = tmp_path / "target.planstudio"

    def copy(_n: int) -> str:
        try:
            workspace.save_copy(target)
            return ""
        except StoreUnavailable as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(copy, range(12))) == [""] * 12
    workspace.close()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".~")]
