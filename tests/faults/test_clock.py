"""A clock that goes backwards, by a second or by a lifetime."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from factories import add_goal, create, dump, reopen
from planstudio.domain import ids
from planstudio.domain.clock import Clock
from planstudio.queries.history import plan_history

YEARS = (2027, 2023, 1970, 2026)


def test_ids_and_history_keep_their_order_when_the_clock_goes_back(
    place: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2027, 1, 1).astimezone()
    workspace = create(place, data, clock=Clock(lambda: moment))
    made = []
    for year in YEARS:
        moment = datetime(year, 1, 2).astimezone()
        seconds = max(0.0, moment.timestamp())
        monkeypatch.setattr(time, "time_ns", lambda seconds=seconds: int(seconds * 1e9))
        made += [add_goal(workspace, f"{year}.{number}") for number in range(3)]
    assert made == sorted(made), "the order of the ids is that of their making"
    assert len(set(made)) == len(made)
    told = workspace.ask(plan_history)
    assert [line.at.year for line in told] == [2026] * 3 + [1970] * 3 + [2023] * 3 + [2027] * 4
    assert [line.seq for line in told] == list(range(len(told), 0, -1))
    states = [dump(workspace)]
    while workspace.undo():
        states.append(dump(workspace))
    assert [len(state["goal"]) for state in states] == [*range(12, -1, -1), 0]
    workspace.close()


def test_what_is_done_before_the_last_publication_by_the_clock_is_published_all_the_same(
    place: Path, data: Path
) -> None:
    moment = datetime(2026, 11, 21).astimezone()
    workspace = create(place, data, clock=Clock(lambda: moment))
    workspace.publish()
    moment -= timedelta(days=400)
    add_goal(workspace, "Later")
    assert workspace.dirty
    workspace.publish()
    workspace.close()
    fresh = reopen(place, data / "other")
    assert len(dump(fresh)["goal"]) == 1
    fresh.close()


def test_ids_of_one_moment_are_all_different_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_800_000_000_000_000_000)
    made = [ids.uuid7() for _n in range(10_000)]
    assert made == sorted(set(made))
