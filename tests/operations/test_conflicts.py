"""What two copies changed differently is settled by a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import factories
from factories import Names
from planstudio.domain.errors import NotFound
from planstudio.operations import goals
from planstudio.operations.conflicts import settle
from planstudio.queries.conflicts import open_conflicts
from planstudio.queries.goals import goal_card
from planstudio.workspace import Workspace


@pytest.fixture
def merged(full: tuple[Path, Names], place: Path, tmp_path: Path, names: Names) -> Iterator[Workspace]:
    """Ann and Bea renamed the same goal; Bea has published last."""
    shutil.copyfile(full[0], place)
    ann = factories.reopen(place, tmp_path / "ann", device="ann", author="Ann")
    bea = factories.reopen(place, tmp_path / "bea", device="bea", author="Bea")
    ann.do("Rename", goals.edit_goal, names.goal, title="All read *well*")
    bea.do("Rename", goals.edit_goal, names.goal, title="Everybody reads")
    ann.publish()
    ann.close()
    bea.publish()
    yield bea
    bea.close()


def test_the_difference_is_shown_with_both_texts(merged: Workspace, names: Names) -> None:
    (row,) = merged.ask(open_conflicts)
    assert (row.element, row.field) == ("Goal", "Title")
    assert {row.ours, row.theirs} == {"All read well", "Everybody reads"}
    assert row.author


@pytest.mark.parametrize("take_theirs", [True, False])
def test_either_text_can_be_taken(merged: Workspace, names: Names, take_theirs: bool) -> None:
    (row,) = merged.ask(open_conflicts)
    ours = merged.ask(goal_card, names.goal).title
    merged.do("Settle", settle, row.id, take_theirs=take_theirs)
    assert merged.ask(open_conflicts) == ()
    assert (merged.ask(goal_card, names.goal).title != ours) is take_theirs


def test_a_difference_is_settled_once(merged: Workspace) -> None:
    (row,) = merged.ask(open_conflicts)
    merged.do("Settle", settle, row.id, take_theirs=True)
    with pytest.raises(NotFound, match="settled already"):
        merged.do("Settle", settle, row.id, take_theirs=False)


def test_the_text_of_an_element_that_is_gone_is_not_taken(merged: Workspace, names: Names) -> None:
    (row,) = merged.ask(open_conflicts)
    merged.do("Delete", goals.delete_goal, names.goal)
    with pytest.raises(NotFound, match="deleted meanwhile"):
        merged.do("Settle", settle, row.id, take_theirs=True)
    merged.do("Settle", settle, row.id, take_theirs=False)
    assert merged.ask(open_conflicts) == ()
