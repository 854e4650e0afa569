"""What snapshots tell about themselves."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date

import pytest

from planstudio.domain import cards, changes, files, outline, recognised
from planstudio.domain.cards import ObservationRow
from planstudio.domain.changes import Change
from planstudio.domain.kinds import Direction, Frequency, MeasureKind, MeasureTiming

SNAPSHOTS = [
    one
    for module in (cards, changes, files, outline, recognised)
    for one in vars(module).values()
    if isinstance(one, type) and is_dataclass(one)
]


@pytest.mark.parametrize("snapshot", SNAPSHOTS, ids=lambda one: one.__name__)
def test_nobody_can_change_a_snapshot(snapshot: type) -> None:
    one = object.__new__(snapshot)
    with pytest.raises(FrozenInstanceError):
        setattr(one, fields(snapshot)[0].name, "changed")


def test_the_newest_figure_is_the_one_for_everyone() -> None:
    rows = (
        ObservationRow("", date(2024, 6, 1), 61),
        ObservationRow("", date(2025, 6, 1), 64),
        ObservationRow("English learners", date(2026, 6, 1), 40),
    )
    card = cards.MeasureCard(
        "m",
        "Readers",
        MeasureKind.OUTCOME,
        "%",
        Direction.HIGHER,
        Frequency.ANNUAL,
        MeasureTiming.LAGGING,
        None,
        None,
        None,
        None,
        observations=rows,
    )
    assert card.newest == rows[1]


def test_a_change_tells_what_it_concerns() -> None:
    change = Change("Rename", frozenset({("goal", "g1"), ("strategy", "s1")}))
    assert change.concerns("goal")
    assert change.concerns("goal", "g1")
    assert not change.concerns("goal", "g2")
    assert not change.concerns("policy")
