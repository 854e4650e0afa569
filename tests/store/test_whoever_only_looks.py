"""How a plan stands for whoever only looks, what lies beside it, and what another copy would bring."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import add_goal, create, dump, one_of_everything, reopen
from planstudio import files
from planstudio.domain.errors import NotAPlan, TakesMuch
from planstudio.domain.files import CopyCounts, FileRelation, FileState, OpenElsewhere
from planstudio.operations import goals, plans
from planstudio.store import merged_copies
from planstudio.store.becoming import lost, refuse_much
from planstudio.store.beside import Beside, near
from planstudio.store.note import Note
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.standing import how_it_stands
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace
from store.test_union import Pair

SINCE = datetime(2026, 11, 30, 9, 12, tzinfo=UTC)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# How it stands.


def test_a_plan_that_was_saved_and_closed_stands_so(workspace: Workspace, place: Path, data: Path) -> None:
    workspace.publish()
    workspace.close()
    before = files_of(place.parent)
    found = how_it_stands(place, data)
    assert (found.state, found.differences, found.elsewhere) == (FileState(FileRelation.SAVED), 0, None)
    assert (found.open_here, found.worked_on) == (False, True)
    assert found.written == datetime.fromtimestamp(place.stat().st_mtime).astimezone()
    assert files_of(place.parent) == before, "who only looks leaves nothing"


def test_an_open_plan_with_unwritten_steps_says_how_many(workspace: Workspace, place: Path, data: Path) -> None:
    workspace.publish()
    add_goal(workspace, "One")
    add_goal(workspace, "Two")
    found = how_it_stands(place, data)
    assert (found.state.relation, found.state.missing, found.state.new) == (FileRelation.WAITING, 2, 0)
    assert found.open_here
    assert found.worked_on


def test_steps_that_are_in_the_file_alone_are_counted(tmp_path: Path, data: Path) -> None:
    pair = Pair(tmp_path, data)
    add_goal(pair.theirs, "One")
    add_goal(pair.theirs, "Two")
    add_goal(pair.ours, "Mine")
    pair.theirs.write_file()
    shutil.copy(pair.theirs.path, pair.ours.path)
    found = how_it_stands(pair.ours.path, data)
    assert (found.state.relation, found.state.missing, found.state.new) == (FileRelation.BOTH, 1, 2)
    pair.close()


def test_a_plan_that_was_never_open_here_is_looked_at_by_itself(
    workspace: Workspace, place: Path, tmp_path: Path
) -> None:
    workspace.publish()
    workspace.close()
    found = how_it_stands(place, tmp_path / "another computer")
    assert (found.state, found.differences, found.worked_on) == (FileState(FileRelation.SAVED), 0, False)
    assert not found.open_here
    assert not (tmp_path / "another computer").exists()
    with pytest.raises(NotAPlan):
        how_it_stands(_written(tmp_path / "words.planstudio", b"words " * 40), tmp_path / "another computer")
    torn = _written(tmp_path / "torn.planstudio", place.read_bytes()[:-4096])
    assert how_it_stands(torn, tmp_path / "another computer").state.relation is FileRelation.UNREADABLE


@pytest.mark.parametrize("here", [True, False])
def test_differences_that_wait_are_counted_as_questions(tmp_path: Path, data: Path, here: bool) -> None:
    pair = Pair(tmp_path, data)
    for copy, words in ((pair.ours, "Ours"), (pair.theirs, "Theirs")):
        copy.do("Rename", goals.edit_goal, pair.names.goal, title=words, label=words)
        copy.do("Rename", goals.edit_goal, pair.names.other_goal, title=words)
    pair.meet()
    pair.ours.publish()
    pair.ours.close()
    pair.theirs.close()
    found = how_it_stands(pair.ours.path, data if here else tmp_path / "another computer")
    assert found.differences == 2, "by what is answered together"


def test_a_file_that_went_is_told_and_another_plan_in_its_place(
    workspace: Workspace, place: Path, data: Path, tmp_path: Path
) -> None:
    workspace.publish()
    workspace.close()
    moved = place.rename(place.with_name("Moved.planstudio"))
    found = how_it_stands(place, data)
    assert (found.state.relation, found.written) == (FileRelation.GONE, None)
    other = create(place, tmp_path / "other")
    other.publish()
    other.close()
    assert how_it_stands(place, data).state.relation is FileRelation.OTHER_PLAN
    place.write_bytes(b"words " * 40)
    assert how_it_stands(place, data).state.relation is FileRelation.NO_PLAN
    os.replace(moved, place)
    assert how_it_stands(place, data).state.relation is FileRelation.SAVED


def test_a_step_that_a_crash_left_half_done_is_read_around(workspace: Workspace, place: Path, data: Path) -> None:
    workspace.publish()
    workspace.close()
    folder = working_folder(place, data)
    with closing(sqlite3.connect(folder / "work.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE half AS SELECT * FROM change")
        connection.execute("INSERT INTO half SELECT a.* FROM change a, change b, change_set c, change_set d LIMIT 4000")
        for name in ("work.db", "work.db-journal"):
            shutil.copy(folder / name, folder / f"kept-{name}")
        connection.execute("ROLLBACK")
    for name in ("work.db", "work.db-journal"):
        os.replace(folder / f"kept-{name}", folder / name)
    before = files_of(folder)
    assert how_it_stands(place, data).state == FileState(FileRelation.SAVED)
    assert files_of(folder) == before, "only a writer takes the half step back"


def test_who_else_has_it_open_is_told_by_the_note(workspace: Workspace, place: Path, data: Path) -> None:
    workspace.publish()
    workspace.close()
    note = place.with_name(f"~${place.name}")
    now = datetime.now(UTC)
    words = {"user": "Bo" * 50, "computer": "laptop" * 20, "pid": 1, "since": now.isoformat()}
    note.write_text(json.dumps(words), "utf-8")
    told = how_it_stands(place, data, "Ann").elsewhere
    assert told == OpenElsewhere(words["user"][:80], words["computer"][:80], now)
    for odd in (
        words | {"since": (now - timedelta(days=1, minutes=1)).isoformat()},
        words | {"since": "2026-11-30T09:12:00"},
        words | {"computer": socket.gethostname(), "pid": os.getpid()},
        words | {"computer": socket.gethostname(), "pid": 2**22 + 1},
        {name: value for name, value in words.items() if name != "pid"},
        words | {"pid": "many"},
    ):
        note.write_text(json.dumps(odd), "utf-8")
        assert how_it_stands(place, data, "Ann").elsewhere is None, odd
    note.write_text(json.dumps(words | {"since": (now - timedelta(hours=23)).isoformat()}), "utf-8")
    assert how_it_stands(place, data).elsewhere is not None


def test_a_note_is_left_by_name_and_taken_away(tmp_path: Path) -> None:
    plan = tmp_path / "Plan.planstudio"
    mine = Note(plan, "Ann")
    mine.leave()
    said = json.loads((tmp_path / "~$Plan.planstudio").read_text("utf-8"))
    assert (said["user"], said["computer"], said["pid"]) == ("Ann", socket.gethostname(), os.getpid())
    assert abs(datetime.now(UTC) - datetime.fromisoformat(said["since"])) < timedelta(hours=1)
    other = tmp_path / "~$Other.planstudio"
    other.write_text(json.dumps(said | {"computer": "laptop", "user": "Bo"}), "utf-8")
    before = other.read_bytes()
    theirs = Note(tmp_path / "Other.planstudio", "Ann")
    theirs.leave()
    theirs.take_away()
    assert other.read_bytes() == before, "the note of somebody else stays"
    mine.take_away()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["~$Other.planstudio"]


# What lies beside.


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Plan (Ana's conflicted copy 2026-11-30)", True), ("Plan (Copia en conflicto de Bo)", True),
        ("Plan KONFLIKT", True), ("Plan (conflit de Zoé)", True), ("Plan (copia in conflitto)", True),
        ("Plan-RUTH-LAPTOP", True), ("Plan-PC1", True), ("Plan-PC", False), ("Plan-ABCDEFGHIJKLMNO", True),
        ("Plan-ABCDEFGHIJKLMNOP", False), ("Plan-laptop", False), ("Plan 2030", False), ("Plan (1)", False),
        ("Another conflicted copy", False), ("Plan-1PC", False), ("Plan", False),
    ],
)  # fmt: skip
def test_copies_of_programs_that_synchronise_are_known_by_their_names(
    tmp_path: Path, data: Path, name: str, is_one: bool
) -> None:
    place = tmp_path / "Plan.planstudio"
    workspace = create(place, data)
    add_goal(workspace, "Hers")
    workspace.publish()
    plan, steps = _seal(place)
    if name != "Plan":
        shutil.copy(place, tmp_path / f"{name}.planstudio")
        shutil.copy(place, tmp_path / f"{name}.txt")
    lies = Beside(place, tmp_path / "work")
    assert [path.name for path in lies.copies_to_unite(plan, set)] == ([f"{name}.planstudio"] if is_one else [])
    assert lies.copies_to_unite("another plan", set) == []
    assert lies.copies_to_unite(plan, lambda: steps) == []
    assert [path.stem for path in lies.copies] == ([name] if is_one else [])
    assert (tmp_path / f"{name}.planstudio").exists() is not is_one
    kept = [path.name for path in (tmp_path / "work").rglob("*.planstudio")]
    assert [one.partition(" ")[2] for one in kept] == ([f"{name}.planstudio"] if is_one else [])
    workspace.close()


def test_leftovers_go_when_they_are_taken_in_and_nobody_works_at_them(tmp_path: Path, data: Path) -> None:
    place = tmp_path / "Plan.planstudio"
    workspace = create(place, data)
    workspace.publish()
    plan, steps = _seal(place)
    (tmp_path / "work").mkdir()
    old, fresh = tmp_path / ".~Plan.planstudio.elsewhere-1-1.tmp", tmp_path / ".~Plan.planstudio.elsewhere-2-1.tmp"
    begun, forgotten = (
        tmp_path / ".~Plan.planstudio.elsewhere-3-1.tmp",
        tmp_path / ".~Plan.planstudio.elsewhere-4-1.tmp",
    )
    for path in (old, fresh):
        shutil.copy(place, path)
    for path in (begun, forgotten):
        path.write_bytes(b"SQL")
    for path, age in ((old, 70), (fresh, 30), (begun, 70), (forgotten, 3_700)):
        os.utime(path, (time.time() - age,) * 2)
    lies = Beside(place, tmp_path / "work")
    assert lies.copies_to_unite(plan, set) == [old]
    assert old.exists()
    assert begun.exists()
    assert not forgotten.exists()
    lies.let_go()
    assert not old.exists()
    assert fresh.exists(), "somebody may be at it"
    assert lies.copies == []
    out = tmp_path / "out.db"
    shutil.copy(place, out)
    lies.keep(out)
    (kept,) = (tmp_path / "work").glob("came-out-*.db")
    assert not out.exists()
    assert lies.copies_to_unite(plan, set) == [kept]
    assert lies.copies_to_unite(plan, lambda: steps) == []
    assert not kept.exists()
    workspace.close()


def test_a_moved_plan_is_looked_for_near_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    place = tmp_path / "Board" / "2026" / "Plan.planstudio"
    near_it = (
        "Board/2026/Moved.planstudio", "Board/Up.planstudio", "Board/2025/Side.planstudio",
        "Board/2026/Deep/In.planstudio", "home/Documents/Doc.planstudio", "home/Desktop/Desk.planstudio",
        "home/OneDrive - District/One.planstudio", "home/OneDrive/Plans/Two.planstudio",
    )  # fmt: skip
    others = (
        "Board/2026/Plan.planstudio", "Board/2026/Notes.txt", "Board/2026/Deep/Deeper/No.planstudio",
        "Board/.hidden/No.planstudio",
    )  # fmt: skip
    for name in (*near_it, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "Board" / "2026" / "Folder.planstudio").mkdir()
    assert {path.relative_to(tmp_path).as_posix() for path in near(place)} == {*near_it}
    for n in range(250):
        (tmp_path / "Board" / "2026" / f"{n:03}.planstudio").write_bytes(b"")
    assert len(near(place)) == 200


def test_a_long_name_is_kept_with_its_ending(tmp_path: Path) -> None:
    kept = merged_copies.place_for(tmp_path, "é" * 200 + ".planstudio")
    assert kept.parent == tmp_path / "backups" / "copies"
    assert kept.parent.is_dir()
    assert kept.name.endswith("é.planstudio")
    assert len(os.fsencode(kept.name)) <= 255
    assert files.same(kept.parent, tmp_path / "backups" / "copies")


# Another copy, and much that would go.


def test_a_copy_is_counted_before_it_is_taken_in(tmp_path: Path, data: Path) -> None:
    pair = Pair(tmp_path, data)
    add_goal(pair.ours, "Mine")
    add_goal(pair.theirs, "Theirs")
    add_goal(pair.theirs, "Theirs, too")
    pair.theirs.publish()
    both = pair.ours.ask(
        lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM change_set").scalar()
    )
    assert pair.ours.copy_counts(pair.theirs.path) == CopyCounts(2, int(both or 0) - 1, 1)
    branch = tmp_path / "Branch.planstudio"
    pair.theirs.save_copy(branch)
    assert pair.ours.copy_counts(branch).only_there >= 2
    other = create(tmp_path / "Other.planstudio", tmp_path / "other")
    other.publish()
    with pytest.raises(NotAPlan, match="another plan, not a copy"):
        pair.ours.copy_counts(other.path)
    other.close()
    pair.ours.merge_copy(pair.theirs.path)
    assert pair.ours.copy_counts(pair.theirs.path).only_there == 0
    pair.close()


def test_a_copy_that_would_empty_the_plan_is_asked_about_first(tmp_path: Path, data: Path) -> None:
    pair = Pair(tmp_path, data)
    pair.theirs.do("Delete", plans.delete_plan, pair.names.plan)
    pair.theirs.publish()
    before = dump(pair.ours)
    whole = sum(len(rows) for rows in before.values())
    gone = whole - sum(len(rows) for rows in dump(pair.theirs).values())
    with pytest.raises(TakesMuch, match=f"take away {gone} of the {whole} entries"):
        pair.ours.merge_copy(pair.theirs.path)
    assert dump(pair.ours) == before
    pair.ours.merge_copy(pair.theirs.path, much=True)
    assert dump(pair.ours)["goal"] == {}
    pair.close()


@pytest.mark.parametrize(("gone", "much"), [(0, False), (1, False), (2, False), (3, True), (6, True)])
def test_more_than_a_third_is_much(gone: int, much: bool) -> None:
    now = {("goal", str(n)) for n in range(6)}
    wanted = {("goal", str(n)) for n in range(gone, 9)}
    assert lost(now, wanted) == gone / 6
    assert lost(set(), wanted) == 0
    if not much:
        refuse_much(now, wanted)
        return
    with pytest.raises(TakesMuch) as told:
        refuse_much(now, wanted)
    assert (told.value.gone, told.value.whole) == (gone, 6)


def test_the_shelf_counts_what_was_done_after_each_backup(workspace: Workspace, place: Path, data: Path) -> None:
    one_of_everything(workspace)
    workspace.back_up()
    for n in range(3):
        add_goal(workspace, str(n))
    assert [row.steps_since for row in BackupsOfPlan(place, data).backups()][:1] == [3]
    workspace.close()
    (working_folder(place, data) / "work.db").unlink()
    assert all(row.steps_since == 0 for row in BackupsOfPlan(place, data).backups())


def test_an_older_file_can_take_the_place_of_the_work(tmp_path: Path, data: Path) -> None:
    place = tmp_path / "Plan.planstudio"
    workspace = create(place, data)
    first = add_goal(workspace, "First")
    workspace.publish()
    older = place.read_bytes()
    add_goal(workspace, "Second")
    workspace.do("Rename", goals.edit_goal, first, title="Renamed")
    workspace.publish()
    place.write_bytes(older)
    assert workspace.look_again().relation is FileRelation.OLDER
    assert workspace.look_again().missing == 2
    workspace.take_older()
    assert [row["title"] for row in dump(workspace)["goal"].values()] == ["First"]
    workspace.undo()
    assert [row["title"] for row in dump(workspace)["goal"].values()] == ["Renamed", "Second"]
    workspace.close()
    again = reopen(place, data)
    assert [row["title"] for row in dump(again)["goal"].values()] == ["Renamed", "Second"]
    again.close()


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _seal(place: Path) -> tuple[str, set[str]]:
    """The id of the plan in a file, and its steps."""
    with closing(sqlite3.connect(place)) as connection:
        (plan,) = connection.execute("SELECT plan FROM seal").fetchone()
        return plan, {one for (one,) in connection.execute("SELECT id FROM change_set")}
