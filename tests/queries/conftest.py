"""One full plan for all questions: asking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import factories
from factories import Names
from planstudio.domain.clock import Clock
from planstudio.domain.kinds import StatementKind
from planstudio.workspace import Workspace


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Names]]:
    folder = tmp_path_factory.mktemp("known")
    workspace = factories.create(folder / "Known.planstudio", folder / "data", clock=Clock())
    names = factories.one_of_everything(workspace)
    factories.add_statement(workspace, "", kind=StatementKind.MISSION, body="We *teach*.")
    yield workspace, names
    workspace.close()
