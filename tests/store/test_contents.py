"""Attached files: in the plan while they are light, then once each beside it; and what happens where they are not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from factories import add, add_goal, create, dump, reopen
from planstudio.domain.errors import NotHere, StoreUnavailable
from planstudio.domain.files import FileRelation, Kept
from planstudio.domain.kinds import Access
from planstudio.exchange import plan_json
from planstudio.operations import files, loading
from planstudio.queries.export import whole_file
from planstudio.queries.links import count_missing, file_bytes, files_of
from planstudio.store import contents
from planstudio.workspace import Workspace

LIGHT = 60_000  # bytes, for plans that a test can make heavy
FOLDER = "Alder Bend files"


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LIGHT", LIGHT)


def some(n: int, size: int = 40_000) -> bytes:
    """Bytes that no compression makes less, the same for each *n*."""
    return b"".join(sha256(b"%d %d" % (n, k)).digest() for k in range(size // 32))


class Attached:
    """A plan with *count* files kept with its goal."""

    def __init__(self, workspace: Workspace, count: int) -> None:
        self.workspace, self.goal = workspace, add_goal(workspace)
        self.ids = [self.attach(n) for n in range(count)]

    def attach(self, n: int) -> str:
        return add(
            self.workspace, "attachment", files.attach_file, "goal", self.goal, f"Bids {n}.pdf", some(n)
        )  # fmt: skip


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "contents").iterdir()}


def test_two_who_make_the_folder_at_once_share_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bo = (contents.PlanFiles(place, lambda: "plan") for _who in range(2))
    rename = os.rename

    def after_bo(one: Path, other: Path) -> None:
        monkeypatch.setattr(os, "rename", rename)
        bo.make()
        rename(one, other)

    monkeypatch.setattr(os, "rename", after_bo)
    assert ann.make() == bo.make() == place.with_name(FOLDER)
    assert [path.name for path in place.parent.iterdir()] == [FOLDER]


def test_a_folder_of_somebody_else_is_left_alone(place: Path) -> None:
    place.with_name(FOLDER).mkdir()
    assert contents.PlanFiles(place, lambda: "plan").make() == place.with_name(f"{FOLDER} 2")
    assert contents.PlanFiles(place, lambda: "plan").find() == place.with_name(f"{FOLDER} 2")


def test_a_light_plan_is_one_file(workspace: Workspace, place: Path) -> None:
    Attached(workspace, 1)
    workspace.publish()
    assert [path.name for path in place.parent.iterdir() if path.is_dir()] == []
    assert some(0)[:1000] in place.read_bytes()


def test_a_heavy_plan_keeps_its_files_once_each_beside_it(workspace: Workspace, place: Path, data: Path) -> None:
    held = Attached(workspace, 3)
    again = held.attach(1)
    workspace.publish()
    assert names(place.parent / FOLDER) == {sha256(some(n)).hexdigest() for n in range(3)}
    assert not any(some(n)[:64] in place.read_bytes() for n in range(3))
    work = next((data / "working").glob("*/work.db"))
    assert not any(some(n)[:64] in work.read_bytes() for n in range(3)), "the room they took is given back"
    assert [workspace.ask(file_bytes, ident) for ident in (*held.ids, again)] == [some(n) for n in (0, 1, 2, 1)]
    workspace.publish()
    assert workspace.check()[0].harmless


def test_a_word_costs_no_file(workspace: Workspace, place: Path) -> None:
    held = Attached(workspace, 3)
    workspace.publish()
    before = {path: path.stat().st_mtime_ns for path in (place.parent / FOLDER / "contents").iterdir()}
    add_goal(workspace, "One more")
    workspace.publish()
    assert {path: path.stat().st_mtime_ns for path in before} == before
    held.attach(7)
    workspace.publish()
    assert len(names(place.parent / FOLDER)) == 4
    workspace.back_up()
    assert all(row.size < place.stat().st_size * 2 for row in workspace.backups()[:1]), "a backup holds no file"


def carried(place: Path, to: Path, *, folder: str = "") -> Path:
    """The plan's file at another computer, with the folder of its files under the name *folder* or without it."""
    to.mkdir()
    shutil.copy(place, to / place.name)
    if folder:
        shutil.copytree(place.parent / FOLDER, to / folder)
    return to / place.name


@pytest.mark.parametrize("folder", [FOLDER, "Renamed by somebody"])
def test_another_computer_has_them_and_keeps_them(
    workspace: Workspace, place: Path, tmp_path: Path, folder: str
) -> None:
    held = Attached(workspace, 3)
    workspace.publish()
    copy = carried(place, tmp_path / "laptop", folder=folder)
    theirs = reopen(copy, tmp_path / "data of the laptop")
    assert theirs.ask(file_bytes, held.ids[0]) == some(0), "before anything was fetched"
    assert [card.kept for card in theirs.ask(files_of, "goal_id", held.goal)] == [Kept.HERE, *[Kept.MISSING] * 2]
    assert theirs.gather() == 2
    assert {card.kept for card in theirs.ask(files_of, "goal_id", held.goal)} == {Kept.HERE}
    shutil.rmtree(copy.parent / folder)
    assert theirs.ask(file_bytes, held.ids[2]) == some(2)
    add_goal(theirs, "Written there")
    theirs.publish()
    assert names(copy.parent / FOLDER) == {sha256(some(n)).hexdigest() for n in range(3)}, "laid beside it once more"
    theirs.close()


def test_a_plan_that_was_moved_alone_gets_its_folder_again(
    workspace: Workspace, place: Path, data: Path, tmp_path: Path
) -> None:
    Attached(workspace, 3)
    workspace.publish()
    workspace.close()
    moved = carried(place, tmp_path / "moved")
    place.unlink()
    here = reopen(moved, data)
    here.gather()
    assert len(names(moved.parent / FOLDER)) == 3
    assert here.look_again().relation is FileRelation.SAVED
    here.close()


@pytest.fixture
def alone(workspace: Workspace, place: Path, tmp_path: Path) -> tuple[Workspace, Attached]:
    """Somebody sent the plan's file without the folder of its files."""
    held = Attached(workspace, 3)
    workspace.publish()
    return reopen(carried(place, tmp_path / "sent"), tmp_path / "data elsewhere"), held


def test_what_did_not_come_along_is_told_and_nothing_else_fails(alone: tuple[Workspace, Attached]) -> None:
    theirs, held = alone
    with pytest.raises(NotHere, match=r"Bids 0\.pdf is not on this computer"):
        theirs.ask(file_bytes, held.ids[0])
    assert {card.kept for card in theirs.ask(files_of, "goal_id", held.goal)} == {Kept.MISSING}
    assert theirs.ask(count_missing) == 3
    assert [one.message for one in theirs.check() if not one.harmless] == [
        "3 files are not here: they are neither in the plan nor in the folder of its files."
    ]
    add_goal(theirs, "Written all the same")
    theirs.publish()
    assert theirs.look_again().relation is FileRelation.SAVED
    theirs.close()


def test_a_file_that_is_on_its_way_comes_when_it_is_whole(
    alone: tuple[Workspace, Attached], place: Path, tmp_path: Path
) -> None:
    theirs, held = alone
    shutil.copytree(place.parent / FOLDER, theirs.path.parent / FOLDER)
    half = theirs.path.parent / FOLDER / "contents" / sha256(some(1)).hexdigest()
    half.write_bytes(some(1)[:1000])
    assert theirs.gather() == 2
    cards = {card.name: card.kept for card in theirs.ask(files_of, "goal_id", held.goal)}
    assert cards == {"Bids 0.pdf": Kept.HERE, "Bids 1.pdf": Kept.COMING, "Bids 2.pdf": Kept.HERE}
    half.write_bytes(some(1))
    assert theirs.gather() == 1
    assert theirs.ask(file_bytes, held.ids[1]) == some(1)
    theirs.close()


def test_the_folder_of_another_plan_is_left_alone(workspace: Workspace, place: Path, data: Path) -> None:
    other = create(place.with_name("other.planstudio"), data)
    Attached(other, 3)
    other.publish()
    (place.parent / "other files").rename(place.parent / FOLDER)
    held = Attached(workspace, 3)
    workspace.publish()
    assert names(place.parent / f"{FOLDER} 2") == {sha256(some(n)).hexdigest() for n in range(3)}
    assert workspace.ask(file_bytes, held.ids[0]) == some(0)
    other.close()


def test_the_complete_json_of_a_plan_without_its_files_comes_back_and_they_do_too(
    alone: tuple[Workspace, Attached], workspace: Workspace, place: Path, data: Path, tmp_path: Path
) -> None:
    theirs, held = alone
    written = plan_json.write(theirs.ask(whole_file))
    (tmp_path / "json").mkdir()
    empty = create(tmp_path / "json" / "made.planstudio", tmp_path / "data elsewhere")
    empty.bring_in("Load", loading.load, plan_json.read(written, tmp_path))
    assert {card.kept for card in empty.ask(files_of, "goal_id", held.goal)} == {Kept.MISSING}
    assert [card.size for card in empty.ask(files_of, "goal_id", held.goal)] == [40_000] * 3
    empty.bring_in("Load", loading.load, plan_json.read(plan_json.write(workspace.ask(whole_file)), tmp_path))
    assert empty.ask(file_bytes, held.ids[1]) == some(1)
    empty.close()
    theirs.close()


def test_one_file_can_be_sent_and_what_comes_back_is_merged(workspace: Workspace, place: Path, tmp_path: Path) -> None:
    held = Attached(workspace, 3)
    workspace.publish()
    sent = tmp_path / "mail" / "sent.planstudio"
    sent.parent.mkdir()
    workspace.one_file(sent)
    theirs = reopen(sent, tmp_path / "data elsewhere", author="Ben")
    assert [theirs.ask(file_bytes, ident) for ident in held.ids] == [some(n) for n in range(3)]
    new = add(theirs, "attachment", files.attach_file, "goal", held.goal, "New.pdf", some(9))
    theirs.publish()
    theirs.one_file(tmp_path / "back.planstudio")
    theirs.close()
    workspace.merge_copy(tmp_path / "back.planstudio")
    assert workspace.ask(file_bytes, new) == some(9)
    workspace.publish()
    assert len(names(place.parent / FOLDER)) == 4
    assert [path.name for path in sent.parent.iterdir() if path.is_dir()] == ["sent files"], "heavy there as well"


@pytest.mark.parametrize("make", [Workspace.save_copy, Workspace.clean_copy])
def test_a_copy_is_one_file_with_its_files(
    workspace: Workspace, tmp_path: Path, make: Callable[[Workspace, Path], None]
) -> None:
    held = Attached(workspace, 3)
    workspace.publish()
    (tmp_path / "mail").mkdir()
    make(workspace, tmp_path / "mail" / "copy.planstudio")
    copy = reopen(tmp_path / "mail" / "copy.planstudio", tmp_path / "data elsewhere")
    assert [copy.ask(file_bytes, ident) for ident in held.ids] == [some(n) for n in range(3)]
    copy.close()


def test_the_json_for_others_has_them(workspace: Workspace) -> None:
    Attached(workspace, 3)
    workspace.publish()
    given = workspace.snapshot_for(Access.PUBLIC)
    assert all(row["data"] for goal in given.ask(whole_file)["plans"][0]["goals"] for row in goal["files"])
    given.close()


def test_the_past_and_a_backup_have_their_files(workspace: Workspace) -> None:
    held = Attached(workspace, 3)
    workspace.publish()
    workspace.back_up()
    name = workspace.backups()[0].name
    workspace.do("Remove", files.detach_file, held.ids[0])
    before = dump(workspace)
    then = workspace.snapshot(5)
    assert then.ask(file_bytes, held.ids[0]) == some(0)
    then.close()
    workspace.undo()
    assert workspace.ask(file_bytes, held.ids[0]) == some(0)
    workspace.redo()
    assert dump(workspace) == before
    workspace.restore(name)
    assert workspace.ask(file_bytes, held.ids[0]) == some(0)


def test_a_disk_that_takes_no_file_leaves_each_in_one_of_both_places(
    workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LIGHT", 1_000_000)
    held = Attached(workspace, 3)
    monkeypatch.setattr(contents, "LIGHT", LIGHT)
    kept: list[str] = []
    real = contents.Contents.keep

    def full(self: contents.Contents, data: bytes) -> str:
        if kept:
            raise StoreUnavailable("The disk is full.")
        kept.append(real(self, data))
        return kept[0]

    monkeypatch.setattr(contents.Contents, "keep", full)
    with pytest.raises(StoreUnavailable):
        workspace.publish()
    assert [workspace.ask(file_bytes, ident) for ident in held.ids] == [some(n) for n in range(3)]
    monkeypatch.setattr(contents.Contents, "keep", real)
    workspace.publish()
    assert len(names(place.parent / FOLDER)) == 3
    assert [workspace.ask(file_bytes, ident) for ident in held.ids] == [some(n) for n in range(3)]


def test_a_file_that_does_not_fit_its_name_is_not_believed(workspace: Workspace, data: Path, place: Path) -> None:
    held = Attached(workspace, 3)
    workspace.publish()
    (data / "contents" / sha256(some(0)).hexdigest()).write_bytes(b"x" * 40_000)
    assert workspace.ask(file_bytes, held.ids[0]) == some(0), "the folder beside the plan has it whole"
    assert (data / "contents" / sha256(some(0)).hexdigest()).read_bytes() == some(0), "and mends what was damaged"
    shutil.rmtree(place.parent / FOLDER)
    (data / "contents" / sha256(some(1)).hexdigest()).write_bytes(b"x" * 40_000)
    with pytest.raises(NotHere):
        workspace.ask(file_bytes, held.ids[1])


def test_no_empty_folder_is_laid_beside_a_plan_that_came_without_its_files(alone: tuple[Workspace, Attached]) -> None:
    theirs, _held = alone
    theirs.gather()
    assert [path.name for path in theirs.path.parent.iterdir() if path.is_dir()] == []
    theirs.close()
