"""A plan that has one of everything, and two things more, for each test that starts from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import factories
from factories import Names
from planstudio.domain.clock import Clock
from planstudio.domain.kinds import StatementKind
from planstudio.workspace import Workspace


def _fill(workspace: Workspace) -> Names:
    names = factories.one_of_everything(workspace)
    factories.add_statement(workspace, "Our promise", kind=StatementKind.PROMISE)
    factories.add_measure(workspace, names.goal, "Books borrowed")
    return names


@pytest.fixture
def full(place: Path, data: Path, clock: Clock) -> Iterator[tuple[Workspace, Names]]:
    opened, names = factories.prepared(_fill, place, data, clock=clock)
    yield opened, names
    opened.close()


@pytest.fixture
def filled(full: tuple[Workspace, Names]) -> Workspace:
    return full[0]


@pytest.fixture
def names(full: tuple[Workspace, Names]) -> Names:
    return full[1]
