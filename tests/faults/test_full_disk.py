"""A full disk, here or where the document lies: said plainly, nothing lost, and it goes on when there is room."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from factories import add_goal, add_policy, cell, create, dump, reopen
from faults.children import in_a_child
from planstudio.domain.errors import StoreUnavailable
from planstudio.operations import goals, policies
from planstudio.store.verify import inspect
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace
from secrecy import BOTH

LARGE = "Every child is known by name.\n\n" * 40_000  # 1.2 MB


def filled(disk: Path, leave: int) -> Path:
    """A file that takes up the disk but for *leave* bytes."""
    filler = disk / "holiday photos"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler.write_bytes(b"x" * max(0, free - leave))
    return filler


def bodies(workspace: Workspace) -> list[str]:
    return [row["body"] for row in dump(workspace)["policy_version"].values()]


def no_leftovers(folder: Path) -> bool:
    return not [path for path in folder.iterdir() if path.name.startswith(".~")]


def test_a_full_disk_of_this_computer_refuses_the_step_and_keeps_the_rest(small_disk: Path, tmp_path: Path) -> None:
    place = tmp_path / "a.planstudio"
    workspace = create(place, small_disk / "data")
    policy = add_policy(workspace, body="Short.")
    workspace.publish()
    filler = filled(small_disk, 40_000)
    before = dump(workspace)
    with pytest.raises(StoreUnavailable, match="disk of this computer is full"):
        workspace.do("Edit", policies.edit_policy_text, policy, body=LARGE)
    assert dump(workspace) == before
    filler.unlink()
    workspace.do("Edit", policies.edit_policy_text, policy, body=LARGE[:300_009])
    assert bodies(workspace) == [LARGE[:300_009].strip()]
    workspace.undo()
    assert dump(workspace) == before
    workspace.publish()
    workspace.close()
    again = reopen(place, small_disk / "data")
    assert dump(again) == before
    again.close()


def test_a_full_disk_of_this_computer_refuses_a_publication_it_cannot_back_up(small_disk: Path, tmp_path: Path) -> None:
    """The first publication of a session keeps a backup; without room for it, the step stays safe here."""
    place = tmp_path / "a.planstudio"
    workspace = create(place, small_disk / "data")
    filler = filled(small_disk, 100_000)
    before = place.read_bytes()
    with pytest.raises(StoreUnavailable, match="is full"):
        workspace.publish()
    assert place.read_bytes() == before
    assert workspace.dirty
    assert workspace.backups() == ()
    filler.unlink()
    workspace.publish()
    assert not workspace.dirty
    assert len(workspace.backups()) == 1
    workspace.close()


def test_a_full_stick_keeps_the_document_it_has_and_gets_the_new_one_later(small_disk: Path, data: Path) -> None:
    place = small_disk / "a.planstudio"
    workspace = create(place, data)
    policy = add_policy(workspace, body="Short.")
    workspace.publish()
    filler = filled(small_disk, 100_000)
    before = place.read_bytes()
    workspace.do("Edit", policies.edit_policy_text, policy, body=LARGE[:400_009])
    for save in (workspace.publish, lambda: workspace.save_copy(small_disk / "b.planstudio")):
        with pytest.raises(StoreUnavailable, match=f"disk that holds {small_disk} is full"):
            save()
    with pytest.raises(StoreUnavailable, match="is full"):
        workspace.clean_copy(small_disk / "c.planstudio")
    assert place.read_bytes() == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["a.planstudio", "holiday photos", "~$a.planstudio"]
    assert workspace.dirty
    workspace.close()  # the next start tries again
    filler.unlink()
    again = reopen(place, data)
    assert again.recovered == 1
    again.publish()
    inspect(place)
    assert bodies(again) == [LARGE[:400_009].strip()]
    assert no_leftovers(small_disk)
    again.close()


def test_a_new_plan_on_a_full_stick_is_refused_and_leaves_nothing(small_disk: Path, data: Path) -> None:
    filler = filled(small_disk, 50_000)
    with pytest.raises(StoreUnavailable, match="is full"):
        create(small_disk / "a.planstudio", data)
    assert [path.name for path in small_disk.iterdir()] == [filler.name]


@BOTH
def test_a_file_that_may_not_grow_refuses_the_step_and_goes_on_later(place: Path, data: Path) -> None:
    """A quota: the same without a disk of one's own."""
    workspace = create(place, data)
    goal = add_goal(workspace, "Read")
    workspace.publish()
    workspace.close()
    size = (working_folder(place, data) / "work.db").stat().st_size

    def work() -> tuple[str, str, str]:
        workspace = reopen(place, data)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, resource.RLIM_INFINITY))
        refused = ""
        try:
            workspace.do("Edit", goals.edit_goal, goal, statement=LARGE)
        except StoreUnavailable as error:
            refused = str(error)
        meanwhile = cell(workspace, "goal", goal, "statement")
        workspace.do("Rename", goals.edit_goal, goal, title="Small changes still fit")
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        workspace.do("Edit", goals.edit_goal, goal, statement=LARGE)
        workspace.close()
        return refused, meanwhile, ""

    refused, meanwhile, _nothing = in_a_child(work)
    assert "could not store the change" in refused
    assert meanwhile == ""
    again = reopen(place, data)
    assert cell(again, "goal", goal, "statement") == LARGE.strip()
    again.close()


@BOTH
def test_a_document_that_may_not_grow_stays_as_it_was(place: Path, data: Path) -> None:
    workspace = create(place, data)
    goal = add_goal(workspace, "Read")
    workspace.publish()
    workspace.close()
    before = place.read_bytes()

    def work() -> tuple[str, bool, bytes]:
        workspace = reopen(place, data)
        workspace.do("Edit", goals.edit_goal, goal, statement=LARGE)
        workspace.back_up()
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 40_000, resource.RLIM_INFINITY))
        refused = ""
        try:
            workspace.publish()
        except StoreUnavailable as error:
            refused = str(error)
        meanwhile = place.read_bytes()
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        dirty = workspace.dirty
        workspace.publish()
        workspace.close()
        return refused, dirty, meanwhile

    refused, dirty, meanwhile = in_a_child(work)
    assert refused
    assert dirty
    assert meanwhile == before
    inspect(place)
    assert place.stat().st_size > len(LARGE)
    assert no_leftovers(place.parent)
