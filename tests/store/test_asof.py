"""The plan of a former day, rebuilt from the journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from factories import Rows, add_goal, create, dump, one_of_everything, rows_of
from planstudio.domain.clock import Clock
from planstudio.operations import goals
from planstudio.queries.plans import current_plan, plan_book
from planstudio.store.document import Document
from planstudio.workspace import Workspace
from store.random_session import gesture


class Hours:
    """A clock that goes on by an hour with every step."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 1, 8).astimezone()

    def __call__(self) -> datetime:
        return self.now


def one_hour_on(hours: Hours) -> datetime:
    hours.now += timedelta(hours=1)
    return hours.now


@pytest.mark.parametrize("seed", range(3))
def test_every_moment_of_a_random_session_is_shown_as_it_was(place: Path, data: Path, seed: int) -> None:
    hours, chance = Hours(), Random(seed)
    workspace = create(place, data, clock=Clock(hours))
    one_of_everything(workspace)
    remembered: list[tuple[datetime, Rows]] = [(hours.now, dump(workspace))]
    for _step in range(30):
        moment = one_hour_on(hours)
        gesture(workspace, chance, undoing=True)
        remembered.append((moment, dump(workspace)))
    assert len({str(state) for _moment, state in remembered}) > 18, "the session hardly did anything"
    for moment, state in remembered:
        assert workspace.ask_as_of(moment, rows_of) == state
    half_past = remembered[20][0] + timedelta(minutes=30)
    assert workspace.ask_as_of(half_past, rows_of) == remembered[20][1]
    workspace.close()


def test_before_the_first_step_there_was_nothing(place: Path, data: Path) -> None:
    hours = Hours()
    workspace = create(place, data, clock=Clock(hours))
    one_of_everything(workspace)
    assert not any(workspace.ask_as_of(hours.now - timedelta(days=1), rows_of).values())
    workspace.close()


def test_a_report_of_a_former_day_reads_as_it_was_printed_then(place: Path, data: Path) -> None:
    hours = Hours()
    workspace = create(place, data, clock=Clock(hours))
    names = one_of_everything(workspace)
    then, day = hours.now, hours.now.date()
    printed = workspace.ask(plan_book, names.plan, day)
    one_hour_on(hours)
    workspace.do("Delete", goals.delete_goal, names.goal)
    assert workspace.ask(plan_book, names.plan, day) != printed
    assert workspace.ask_as_of(then, plan_book, names.plan, day) == printed
    workspace.close()


def test_looking_back_changes_nothing(workspace: Workspace, clock: Clock) -> None:
    goal = add_goal(workspace)
    before = dump(workspace)
    workspace.ask_as_of(clock.now() - timedelta(days=9), rows_of)
    assert dump(workspace) == before
    workspace.undo()
    assert goal not in dump(workspace)["goal"]


def test_a_clock_set_back_does_not_hide_later_steps(place: Path, data: Path) -> None:
    """The order is that of the steps: what was done after the clock was set back is later all the same."""
    hours = Hours()
    workspace = create(place, data, clock=Clock(hours))
    goal = add_goal(workspace, "Read")
    hours.now -= timedelta(days=300)
    workspace.do("Rename", goals.edit_goal, goal, title="Read well")
    assert workspace.ask_as_of(hours.now, rows_of)["goal"][goal]["title"] == "Read well"
    workspace.close()


def test_the_past_reaches_into_what_another_copy_brought(place: Path, data: Path) -> None:
    hours = Hours()
    workspace = create(place, data, clock=Clock(hours))
    goal = add_goal(workspace, "Read")
    workspace.publish()
    other = Workspace(Document(place, data / "laptop"), device="laptop", author="Bo", clock=Clock(hours))
    other.do("Rename", goals.edit_goal, goal, title="Theirs")
    other.publish()
    other.close()
    one_hour_on(hours)
    workspace.do("Relabel", goals.edit_goal, goal, label="Ours")
    before, then = dump(workspace), hours.now
    one_hour_on(hours)
    workspace.publish()
    assert dump(workspace)["goal"][goal]["title"] == "Theirs"
    assert workspace.ask_as_of(then, rows_of) == before
    assert workspace.ask_as_of(then, current_plan)
    workspace.close()
