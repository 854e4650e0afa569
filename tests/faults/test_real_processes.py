"""Several programs that save into one file at once: nobody's word is missing, and "saved" is never told too early.

The suite runs a short form; `make long` runs 500 saves of small plans and 60 of plans of 50 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from factories import KEY, add_goal, create, dump, reopen
from faults.saver import CHANGED, steps_at, steps_in
from planstudio import passwords
from planstudio.cli.passwords import VARIABLE
from planstudio.store import doors
from planstudio.store.schema import Goal
from planstudio.workspace import Workspace
from secrecy import BOTH, SECRET, in_the_clear, learn

Tell = Callable[[str], None]
ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))}
GOALS = 20


def plan_of(place: Path, data: Path, megabytes: int) -> None:
    """A saved plan with some goals, as large as that."""
    workspace = create(place, data)  # learns its key, where it is under one
    ids = [add_goal(workspace, f"Goal {n}") for n in range(GOALS)]
    for n in range(megabytes // 5):  # the words stand in the plan and in its history
        workspace.do("Write", write_much, ids[n], os.urandom(1_250_000).hex())
    workspace.publish()
    workspace.close()


def write_much(session: Session, goal: str, words: str) -> None:
    row = session.get(Goal, goal)
    assert row is not None
    row.statement = words


def at_once(
    place: Path, data: Path, people: int, saves: int, *how: str, first: tuple[str, ...] = ()
) -> tuple[list[str], list[str]]:
    """Everybody saves at once, each from a computer of their own; what was told to be saved, and was not there then.

    *first*: what the first one does besides.
    """
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "faults.saver", str(place), str(data / f"P{n}"), f"P{n}", str(saves), *how]
            + [*first] * (n == 0),
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        for n in range(people)
    ]
    said = [process.communicate(timeout=3600)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0] * people
    told = [line.split() for words in said for line in words.splitlines()]
    return [step for step, _found in told], [step for step, found in told if found != "there"]


def open_of(place: Path, data: Path, n: int) -> Workspace:
    return reopen(place, data / f"P{n}", device=f"P{n}", author=f"P{n}")


def check_at_rest(place: Path, data: Path, people: int, saves: int) -> None:
    """Everybody starts once more: all have everything, and so has the file; nothing is left beside it."""
    for n in range(people):
        workspace = open_of(place, data, n)
        workspace.publish()
        workspace.close()
    shown = []
    for n in range(people):
        workspace = open_of(place, data, n)
        assert not workspace.dirty
        shown.append(dump(workspace))
        assert all(finding.harmless for finding in workspace.check())
        workspace.close()
    fresh = reopen(place, data / "new computer", device="new", author="New")
    assert all(state == dump(fresh) for state in shown)
    fresh.close()
    assert len(steps_in(place)) >= people * saves
    assert [path.name for path in place.parent.iterdir() if path.is_file()] == [place.name]


def run(place: Path, data: Path, tell: Tell, people: int, saves: int, megabytes: int, *how: str) -> None:
    plan_of(place, data, megabytes)
    founding, began = len(steps_in(place)), time.monotonic()
    told, early = at_once(place, data, people, saves, *how)
    took, there = time.monotonic() - began, steps_at(place)
    size = place.stat().st_size / 1e6
    tell(f"{people} processes, {people * saves} saves, {size:.1f} MB, {how}: {took:.0f} s, {len(early)} told too early")
    if how in ((), ("drops",)):
        assert early == [], "told to be saved, and not in the file"
    if "rename" not in how:
        assert len(told) == len(set(told)) == people * saves
        assert set(told) <= there, "nobody's step is missing, even before anybody starts again"
        assert len(there) == founding + people * saves
    check_at_rest(place, data, people, saves)


@pytest.mark.parametrize(
    ("place", "people", "saves", "how"),
    [
        ("plain", 2, 4, ()),
        pytest.param("plain", 3, 2, (), marks=pytest.mark.long),
        pytest.param("plain", 2, 5, ("drops",), marks=pytest.mark.long),
        ("plain", 3, 2, ("drops",)),
        ("secret", 2, 3, ()),
        ("secret", 3, 2, ("drops",)),  # which such a plan lays none of
    ],
    indirect=["place"],
)
def test_several_save_at_once_and_nobodys_step_is_missing(
    place: Path, data: Path, tell: Tell, people: int, saves: int, how: tuple[str, ...]
) -> None:
    run(place, data, tell, people, saves, 0, *how)


@SECRET
@pytest.mark.parametrize(("people", "saves"), [(2, 4), pytest.param(3, 60, marks=pytest.mark.long)])
@pytest.mark.timeout(7200)
def test_one_changes_the_password_while_others_save(
    place: Path, data: Path, tmp_path: Path, tell: Tell, people: int, saves: int
) -> None:
    plan_of(place, data, 0)
    founding = len(steps_in(place))
    said, early = at_once(place, data, people, saves, first=("changes-password",))
    passwords.unlock(place, data, CHANGED)
    there, told = steps_at(place), [step for step in said if step != "ASKED"]
    tell(f"{people} processes, {people * saves} saves, asked {len(said) - len(told)} times for the new password")
    assert [step for step in early if step != "ASKED"] == []
    assert len(told) == len(set(told)) == people * saves
    assert set(told) <= there
    assert len(there) == founding + people * saves
    check_at_rest(place, data, people, saves)
    assert not in_the_clear(tmp_path)
    doors.forget()
    learn()
    for n in range(people):
        assert passwords.is_locked(place, data / f"P{n}"), "the former password opens nothing"


@BOTH
def test_commands_from_several_computers_at_once_all_arrive(place: Path, data: Path, tmp_path: Path) -> None:
    plan_of(place, data, 0)
    running = []
    for n in range(3):
        page = tmp_path / f"page{n}.txt"
        page.write_text(f"Goal 1: Computer number {n}\n", "utf-8")
        words = [sys.executable, "-m", "planstudio", "import", str(page), "--add", "--into", str(place)]
        env = ENVIRONMENT | {"PLANSTUDIO_DATA": str(data / f"P{n}"), VARIABLE: KEY.words}
        running.append(subprocess.Popen(words, env=env))
    assert [process.wait(timeout=600) for process in running] == [0, 0, 0]
    check_at_rest(place, data, 3, 1)
    workspace = open_of(place, data, 0)
    titles = {row["title"] for row in dump(workspace)["goal"].values()}
    workspace.close()
    assert titles >= {f"Computer number {n}" for n in range(3)}


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("how", [(), ("no-lock",), ("rename",), ("rename", "no-lock"), ("drops",)], ids=" ".join)
@pytest.mark.parametrize("people", [2, 3])
@BOTH
def test_500_saves(place: Path, data: Path, tell: Tell, people: int, how: tuple[str, ...]) -> None:
    run(place, data, tell, people, -(-500 // people), 0, *how)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("people", [2, 3])
def test_60_saves_of_50_megabytes(place: Path, data: Path, tell: Tell, people: int) -> None:
    run(place, data, tell, people, 60 // people, 50)
