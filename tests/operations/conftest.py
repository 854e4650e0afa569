"""A plan that has one of everything, made once and copied for each test that starts from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import factories
from factories import Names
from planstudio.domain.clock import Clock
from planstudio.domain.kinds import StatementKind
from planstudio.workspace import Workspace


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Names]:
    folder = tmp_path_factory.mktemp("full")
    workspace = factories.create(folder / "Full.planstudio", folder / "data")
    names = factories.one_of_everything(workspace)
    factories.add_statement(workspace, "Our promise", kind=StatementKind.PROMISE)
    factories.add_measure(workspace, names.goal, "Books borrowed")
    workspace.publish()
    workspace.close()
    return workspace.path, names


@pytest.fixture
def names(full: tuple[Path, Names]) -> Names:
    return full[1]


@pytest.fixture
def filled(full: tuple[Path, Names], place: Path, data: Path, clock: Clock) -> Iterator[Workspace]:
    """A workspace of its own on a copy of the full plan."""
    shutil.copyfile(full[0], place)
    opened = factories.reopen(place, data, clock=clock)
    yield opened
    opened.close()
