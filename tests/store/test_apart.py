"""A large union made apart is the union that it would have been, and what was typed meanwhile is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import add_goal, add_strategy, create, dump, reopen
from planstudio.operations import goals
from planstudio.workspace import Workspace

Pair = tuple[Workspace, Workspace]


@pytest.fixture
def two(place: Path, data: Path, tmp_path: Path) -> Iterator[Pair]:
    ann = create(place, data)
    add_goal(ann, "Read")
    ann.publish()
    bo = reopen(place, tmp_path / "laptop", device="laptop", author="Bo")
    yield ann, bo
    for workspace in (ann, bo):
        workspace.close()


def both_write(two: Pair) -> str:
    ann, bo = two
    (goal,) = dump(bo)["goal"]
    for n in range(4):
        add_strategy(bo, goal, f"Bo's {n}")
    bo.do("Rename", goals.edit_goal, goal, title="Read well")
    bo.publish()
    ann.do("Rename", goals.edit_goal, goal, title="Read early")
    ann.look_again()
    return goal


def test_it_comes_to_what_the_union_at_once_comes_to(two: Pair, place: Path) -> None:
    ann, bo = two
    goal = both_write(two)
    made = ann.unite_apart(lambda _share: None)
    ann.do("Meanwhile", goals.edit_goal, goal, statement="Typed meanwhile")
    add_goal(ann, "Made meanwhile")
    ann.take_over(made)
    assert ann.undo_state().undo == "Add goal"
    ann.publish()
    bo.publish()
    assert dump(ann) == dump(bo)
    assert dump(ann)["goal"][goal]["statement"] == "Typed meanwhile"
    assert len(dump(ann)["strategy"]) == 4
    assert all(finding.harmless for finding in ann.check())


def test_what_was_typed_meanwhile_is_undone_like_any_step(two: Pair) -> None:
    ann, _bo = two
    goal = both_write(two)
    made = ann.unite_apart(lambda _share: None)
    ann.do("Meanwhile", goals.edit_goal, goal, statement="Typed meanwhile")
    ann.take_over(made)
    ann.undo()
    assert dump(ann)["goal"][goal]["statement"] == ""
    ann.redo()
    assert dump(ann)["goal"][goal]["statement"] == "Typed meanwhile"
    assert len(ann.find("meanwhile")) == 1


def test_stopped_half_way_nothing_has_changed_and_nothing_is_left(two: Pair, data: Path) -> None:
    ann, _bo = two
    both_write(two)
    before = dump(ann)

    def stop(share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ann.unite_apart(stop)
    assert dump(ann) == before
    assert not list((data / "working").rglob("*.tmp*"))


def test_one_that_a_crash_left_is_swept_and_the_work_goes_on(two: Pair, place: Path, data: Path) -> None:
    ann, _bo = two
    goal = both_write(two)
    made = ann.unite_apart(lambda _share: None)
    ann.close()
    again = reopen(place, data)
    assert not made.path.exists()
    assert dump(again)["goal"][goal]["title"] in ("Read well", "Read early")
    assert len(dump(again)["strategy"]) == 4
    again.close()
