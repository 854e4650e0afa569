"""The folder of the document: not ours to write, gone and back, or watched by a sync client."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factories import add_goal, cell, create, dump, reopen
from faults.children import Acknowledge, in_a_child, working
from faults.editing import gesture, plan_to_edit, read_back
from planstudio.domain.errors import StoreUnavailable
from planstudio.operations import goals
from planstudio.store.verify import inspect
from planstudio.workspace import Workspace

NOBODY = 65534


# Not ours to write.


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user of the computer can get to."""
    if os.geteuid() != 0:
        pytest.skip("only root may become somebody else")
    folder = Path(tempfile.mkdtemp(prefix="planstudio-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(work: Callable[[], object]) -> object:
    """What *work* answers when somebody without rights does it: root could write anywhere."""

    def drop() -> object:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return work()

    return in_a_child(drop)


def test_a_plan_in_a_folder_one_may_only_read_can_be_worked_on_and_is_published_later(open_folder: Path) -> None:
    share, data = open_folder / "share", open_folder / "data"
    share.mkdir()
    data.mkdir()
    os.chown(data, NOBODY, NOBODY)
    place = share / "Board.planstudio"
    workspace = create(place, open_folder / "mine")
    goal = add_goal(workspace, "Read")
    workspace.publish()
    workspace.close()
    before = place.read_bytes()

    def first() -> str:
        workspace = reopen(place, data)
        workspace.do("Rename", goals.edit_goal, goal, title="Read well")
        refused = ""
        try:
            workspace.publish()
        except StoreUnavailable as error:
            refused = str(error)
        assert workspace.dirty
        workspace.do("Relabel", goals.edit_goal, goal, label="Goal One")
        workspace.close()
        return refused

    assert as_nobody(first) == f"The folder {share} does not let this program write."
    assert place.read_bytes() == before
    assert [path.name for path in share.iterdir()] == [place.name]
    os.chown(share, NOBODY, NOBODY)

    def later() -> tuple[int, str]:
        workspace = reopen(place, data)
        recovered = workspace.recovered
        workspace.publish()
        title = cell(workspace, "goal", goal, "title")
        workspace.close()
        return recovered, title

    assert as_nobody(later) == (2, "Read well")
    inspect(place)
    fresh = reopen(place, open_folder / "other")
    assert dump(fresh)["goal"][goal]["label"] == "Goal One"
    fresh.close()


def test_a_plan_one_may_not_even_read_is_refused_with_a_sentence(open_folder: Path) -> None:
    data = open_folder / "data"
    data.mkdir()
    os.chown(data, NOBODY, NOBODY)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    for path in (open_folder / "a.planstudio", closed / "b.planstudio"):
        create(path, open_folder / "mine").close()
        path.chmod(0o600)

        def attempt(path: Path = path) -> str:
            try:
                reopen(path, data)
            except Exception as error:  # noqa: BLE001 - what it is, is the question
                return f"{type(error).__name__}: {error}"
            return "opened"

        said = as_nobody(attempt)
        assert said in (
            f"StoreUnavailable: {path.name} cannot be read: Permission denied.",
            f"NotAPlan: There is no file at {path}.",
        )


def test_a_data_folder_one_may_not_write_is_told(open_folder: Path) -> None:
    place, data = open_folder / "a.planstudio", open_folder / "data"
    create(place, open_folder / "mine").close()
    data.mkdir(mode=0o755)

    def attempt() -> str:
        try:
            reopen(place, data)
        except StoreUnavailable as error:
            return str(error)
        return "opened"

    assert "does not let this program write" in str(as_nobody(attempt))


# Unplugged.


@pytest.fixture
def plugged(place: Path, data: Path) -> Iterator[Workspace]:
    workspace = create(place, data)
    workspace.publish()
    yield workspace
    workspace.close()


def test_an_unplugged_folder_keeps_the_work_here_until_it_is_back(plugged: Workspace, place: Path) -> None:
    add_goal(plugged, "Before")
    away = place.parent.with_name("unplugged")
    place.parent.rename(away)
    with pytest.raises(StoreUnavailable, match=f"folder {place.parent} cannot be reached"):
        plugged.publish()
    add_goal(plugged, "Meanwhile")
    assert plugged.dirty
    plugged.undo()
    plugged.redo()
    away.rename(place.parent)
    plugged.publish()
    assert not plugged.dirty
    inspect(place)


def test_a_start_without_the_stick_opens_what_this_computer_has(plugged: Workspace, place: Path, data: Path) -> None:
    add_goal(plugged, "Only here")
    away = place.parent.with_name("unplugged")
    place.parent.rename(away)
    plugged.close()
    again = reopen(place, data)
    assert [row["title"] for row in dump(again)["goal"].values()] == ["Only here"]
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        again.publish()
    again.close()
    away.rename(place.parent)
    third = reopen(place, data)
    assert third.recovered == 1
    third.publish()
    third.close()
    inspect(place)


def test_a_folder_that_was_deleted_and_made_anew_gets_the_whole_plan(plugged: Workspace, place: Path) -> None:
    add_goal(plugged, "Read")
    shutil.rmtree(place.parent)
    with pytest.raises(StoreUnavailable):
        plugged.publish()
    place.parent.mkdir()
    plugged.publish()
    inspect(place)
    assert not plugged.dirty


def test_copies_into_a_folder_that_goes_away_are_told(plugged: Workspace, tmp_path: Path) -> None:
    for save in (plugged.save_copy, plugged.clean_copy):
        with pytest.raises(StoreUnavailable, match="no folder"):
            save(tmp_path / "stick" / "a.planstudio")


# Watched.


def test_a_sync_client_that_copies_all_the_time_never_gets_a_torn_plan(
    place: Path, data: Path, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    ids = plan_to_edit(place, data)

    def edit_and_publish(acknowledge: Acknowledge) -> None:
        workspace = reopen(place, data)
        for number in range(1, 99_999):
            gesture(workspace, ids, number)
            workspace.publish()
            acknowledge(number)

    copy, seen = tmp_path / "cloud", set()
    with working(edit_and_publish) as child:
        child.wait_for(1)
        for _copy in range(120):
            slowly(place, copy, child.acknowledged)
            inspect(copy)
            seen.add(read_back(copy))
        last = child.acknowledged
    tell(f"120 copies of {len(seen)} different states during {last} publications")
    assert len(seen) > 8, "the plan hardly ever changed between two copies"


def slowly(source: Path, target: Path, _moment: int) -> None:
    """Copy as a sync client does: a piece at a time, the file open all the while."""
    with open(source, "rb") as reading, open(target, "wb") as writing:
        while piece := reading.read(8192):
            writing.write(piece)
            os.sched_yield()
