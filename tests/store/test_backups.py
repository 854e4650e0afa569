"""The verified copies in the data folder: which are kept, and how one comes back."""

from __future__ import annotations

import errno
import os
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from factories import add_goal, create, dump, reopen
from planstudio.domain.clock import Clock
from planstudio.domain.errors import NotAPlan, StoreUnavailable
from planstudio.domain.ids import uuid7
from planstudio.operations import goals
from planstudio.store import backups, drops
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.schema import Person
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace

NOW = datetime(2026, 11, 21, 10).astimezone()


def named(at: datetime) -> str:
    return f"{at:%Y%m%d-%H%M%S}-7.planstudio"


def kept(ages: list[timedelta]) -> list[timedelta]:
    """Which ages are left when NOW has thinned."""
    names = {named(NOW - age): age for age in ages}
    gone = backups.thinned(names, NOW)
    return sorted(age for name, age in names.items() if name not in gone)


def hours(*numbers: float) -> list[timedelta]:
    return [timedelta(hours=number) for number in numbers]


def days(*numbers: float) -> list[timedelta]:
    return [timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("ages", "left"),
    [
        ([], []),
        (hours(0, 0.1, 1, 5, 30, 47), hours(0, 0.1, 1, 5, 30, 47)),
        (hours(25, 26, 27, 47, 48), hours(25, 26, 27, 47, 48)),  # yesterday's, too: two days are kept whole
        (hours(49, 52, 56), hours(49)),  # one a day: the newest of it
        (days(3, 4, 5, 13), days(3, 4, 5, 13)),
        (days(16, 17, 18, 19), days(16)),  # one a week; Thursday to Monday of one week
        (days(70, 75, 79), days(70)),  # one a month
        (days(800), []),  # 26 months
    ],
    ids=["none", "two days", "yesterday", "a day", "fourteen days", "weeks", "months", "too old"],
)
def test_backups_are_thinned_as_they_age(ages: list[timedelta], left: list[timedelta]) -> None:
    assert kept(ages) == left


def test_three_years_of_daily_work_keep_a_bounded_and_well_spread_set() -> None:
    """Thinned every day, as the program does: the steps between the ages never grow beyond the rule."""
    start = NOW - timedelta(days=3 * 365)
    names: set[str] = set()
    for day in range(3 * 365 + 1):
        now = start + timedelta(days=day)
        names |= {named(now), named(now - timedelta(hours=2))}
        names -= set(backups.thinned(names, now))
    ages = sorted(NOW - datetime.strptime(name[:15], "%Y%m%d-%H%M%S").astimezone() for name in names)
    assert len(ages) < 60
    assert max(b - a for a, b in pairwise(ages) if b < timedelta(days=13)) <= timedelta(days=1.2)
    assert max(b - a for a, b in pairwise(ages) if b < timedelta(days=50)) <= timedelta(days=8)
    assert max(b - a for a, b in pairwise(ages)) <= timedelta(days=63)
    assert ages[-1] > timedelta(days=600)


def folder_of(place: Path, data: Path) -> Path:
    return working_folder(place, data) / "backups"


def test_each_session_keeps_one_verified_backup_at_its_first_publish(place: Path, data: Path) -> None:
    moments = iter(NOW + timedelta(hours=n) for n in range(1000))
    for session in range(3):
        clock = Clock(lambda: next(moments))
        workspace = create(place, data, clock=clock) if not session else reopen(place, data, clock=clock)
        for turn in range(3):
            add_goal(workspace, f"{session}.{turn}")
            workspace.publish()
        assert len(workspace.backups()) == session + 1
        workspace.close()
    newest, middle, oldest = BackupsOfPlan(place, data).backups()
    assert newest.at > middle.at > oldest.at
    assert (newest.steps_since, middle.steps_since, oldest.steps_since) == (2, 5, 8)
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder_of(place, data).iterdir())


def test_a_backup_cut_off_in_the_middle_is_never_listed(
    workspace: Workspace, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_goal(workspace)

    def killed(_path: Path, _name: str, **_how: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backups, "inspect", killed)
    with pytest.raises(KeyboardInterrupt):
        workspace.back_up()
    monkeypatch.undo()
    assert workspace.backups() == ()
    workspace.back_up()
    assert len(workspace.backups()) == 1


def test_two_backups_of_the_same_second_both_stand(workspace: Workspace, clock: Clock) -> None:
    goal = add_goal(workspace)
    workspace.back_up()
    workspace.do("Rename", goals.edit_goal, goal, title="Later")
    workspace.back_up()
    assert [row.steps_since for row in workspace.backups()] == [0, 1]


def test_a_restored_backup_is_the_plan_and_the_restore_can_be_taken_back(
    workspace: Workspace, place: Path, data: Path
) -> None:
    goal = add_goal(workspace, "Read")
    workspace.publish()
    (backup,) = workspace.backups()
    before = dump(workspace)
    workspace.do("Rename", goals.edit_goal, goal, title="Read well")
    add_goal(workspace, "Belong")
    after = dump(workspace)
    workspace.restore(backup.name)
    assert dump(workspace) == before
    assert workspace.dirty
    assert workspace.undo_state().undo == "Restore a backup"
    workspace.undo()
    assert dump(workspace) == after
    workspace.redo()
    assert dump(workspace) == before
    newest = workspace.backups()[0]
    assert newest.name != backup.name
    workspace.restore(newest.name)
    assert dump(workspace) == after
    workspace.publish()
    assert workspace.publish() is None, "nothing of the dropped state comes back as somebody else's"
    workspace.close()
    again = reopen(place, data)
    assert dump(again) == after
    again.close()


def test_a_restored_state_stays_when_the_program_ends_before_it_is_published(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    before = dump(workspace)
    add_goal(workspace, "Dropped")
    workspace.publish()
    workspace.restore(workspace.backups()[0].name)
    workspace._document.engine.dispose()
    workspace._document._unlock()
    again = reopen(place, data)
    assert dump(again) == before
    assert again.dirty
    again.publish()
    again.close()
    fresh = reopen(place, data / "other")
    assert dump(fresh) == before
    fresh.close()


def test_a_plan_on_an_unplugged_stick_can_be_restored_all_the_same(workspace: Workspace, place: Path) -> None:
    goal = add_goal(workspace, "Read")
    workspace.publish()
    workspace.do("Rename", goals.edit_goal, goal, title="Wrong")
    away = place.parent.with_name("away")
    place.parent.rename(away)
    workspace.restore(workspace.backups()[-1].name)
    assert [row["title"] for row in dump(workspace)["goal"].values()] == ["Read"]
    away.rename(place.parent)
    assert workspace.dirty
    workspace.publish()
    assert not workspace.dirty


@pytest.mark.parametrize("name", ["../work.db", "", "x.planstudio", "20260101-000000-1.planstudio", "/etc/passwd"])
def test_only_a_backup_of_the_list_is_restored(workspace: Workspace, name: str) -> None:
    before = dump(workspace)
    with pytest.raises(NotAPlan, match="no backup called"):
        workspace.restore(name)
    assert dump(workspace) == before


def test_a_damaged_backup_is_refused_and_the_plan_stays(workspace: Workspace, place: Path, data: Path) -> None:
    add_goal(workspace, "Read")
    workspace.back_up()
    (backup,) = folder_of(place, data).iterdir()
    backup.write_bytes(backup.read_bytes()[:9000])
    before = dump(workspace)
    with pytest.raises(NotAPlan, match="damaged"):
        workspace.restore(backup.name)
    assert dump(workspace) == before
    add_goal(workspace, "Goes on")


# The shelf: when the plan itself cannot be opened.


def test_the_shelf_brings_back_a_plan_whose_file_is_destroyed(place: Path, data: Path) -> None:
    workspace = create(place, data)
    add_goal(workspace, "Read")
    workspace.publish()
    before = dump(workspace)
    workspace.close()
    ruined = b"\0" * 4096
    place.write_bytes(ruined)
    with pytest.raises(NotAPlan):
        reopen(place, data)
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[0].name)
    again = reopen(place, data)
    assert dump(again) == before
    again.close()
    (kept_aside,) = place.parent.glob("* before restore *")
    assert kept_aside.read_bytes() == ruined, "what stood there is not thrown away"


def test_the_shelf_leaves_a_link_a_link_and_keeps_what_it_meant_beside_that(
    place: Path, data: Path, tmp_path: Path
) -> None:
    workspace = create(place, data)
    workspace.publish()
    workspace.back_up()
    workspace.close()
    real = tmp_path / "Share" / place.name
    real.parent.mkdir()
    os.replace(place, real)
    place.symlink_to(real)
    before = real.read_bytes()
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[0].name)
    assert place.is_symlink()
    (kept_aside,) = real.parent.glob("* before restore *")
    assert kept_aside.read_bytes() == before
    reopen(place, data).close()


def test_the_shelf_does_not_touch_a_plan_that_is_open(workspace: Workspace, place: Path, data: Path) -> None:
    workspace.publish()
    shelf = BackupsOfPlan(place, data)
    with pytest.raises(StoreUnavailable, match="already open"):
        shelf.restore(shelf.backups()[0].name)
    add_goal(workspace)


def test_the_shelf_keeps_what_only_the_working_copy_had(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    add_goal(workspace, "Only here")
    workspace._document.engine.dispose()
    workspace._document._unlock()
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[-1].name)
    again = reopen(place, data)
    assert not dump(again)["goal"]
    again.restore(again.backups()[0].name)
    assert [row["title"] for row in dump(again)["goal"].values()] == ["Only here"]
    again.close()


def test_a_shelf_that_cannot_write_leaves_the_plan_where_it_is(
    place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = create(place, data)
    workspace.publish()
    workspace.close()
    before = place.read_bytes()
    shelf = BackupsOfPlan(place, data)

    def refuse(_from: object, _to: object) -> None:
        raise OSError(errno.EIO, "the stick was pulled")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StoreUnavailable):
        shelf.restore(shelf.backups()[0].name)
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert (working_folder(place, data) / "work.db").exists()


def test_there_is_no_backup_of_a_plan_nobody_has_opened(place: Path, data: Path) -> None:
    assert BackupsOfPlan(place, data).backups() == ()


# Of heavy plans.


@pytest.fixture
def heavy(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A plan whose backups are a base and the steps since."""
    monkeypatch.setattr(drops, "HEAVY", 0)
    add_goal(workspace, "In the base")
    workspace.back_up()
    return workspace


def goal_titles(workspace: Workspace) -> set[str]:
    return {row["title"] for row in dump(workspace)["goal"].values()}


def test_a_backup_of_a_heavy_plan_holds_the_steps_since_its_base_and_restores_as_a_whole_one(
    heavy: Workspace,
) -> None:
    for n in range(3):
        add_goal(heavy, f"Goal {n}")
        heavy.back_up()
    rows = heavy.backups()
    assert [row.steps_since for row in rows] == [0, 1, 2, 3]
    assert all(row.size * 20 < rows[-1].size for row in rows[:-1])
    heavy.restore(rows[1].name)
    assert goal_titles(heavy) == {"In the base", "Goal 0", "Goal 1"}
    heavy.restore(rows[0].name)
    assert goal_titles(heavy) == {"In the base", "Goal 0", "Goal 1", "Goal 2"}


def test_a_plan_beyond_opening_is_restored_from_base_and_steps(heavy: Workspace, place: Path, data: Path) -> None:
    add_goal(heavy, "Since then")
    heavy.back_up()
    heavy.publish()
    heavy.close()
    next((data / "working").glob("*/work.db")).write_bytes(b"x" * 5000)
    shelf = BackupsOfPlan(place, data)
    shelf.restore(shelf.backups()[0].name)
    again = reopen(place, data)
    assert goal_titles(again) == {"In the base", "Since then"}
    assert all(finding.harmless for finding in again.check())
    again.close()


def test_what_is_much_beside_the_base_becomes_a_base(heavy: Workspace) -> None:
    before = heavy.backups()[0].size
    heavy.do("Fill", lambda session: session.add_all(Person(name=f"{n} {uuid7()}") for n in range(4000)))
    heavy.back_up()
    assert heavy.backups()[0].size > before


def test_a_base_stays_as_long_as_one_that_adds_to_it() -> None:
    base, later = "20240101-080000-5.planstudio", "20240115-080000-9-since-20240101-080000-5.steps"
    assert backups.thinned([base, later], datetime(2024, 1, 16).astimezone()) == []
    assert set(backups.thinned([base, later], datetime(2029, 1, 16).astimezone())) == {base, later}


def test_a_damaged_part_is_told_and_another_can_be_taken(heavy: Workspace, place: Path, data: Path) -> None:
    add_goal(heavy, "Since then")
    heavy.back_up()
    newest, base = heavy.backups()
    (folder_of(place, data) / newest.name).write_bytes(b"x")
    with pytest.raises(NotAPlan, match=r"damaged\. Take an older one"):
        heavy.restore(newest.name)
    heavy.restore(base.name)
    assert goal_titles(heavy) == {"In the base"}
