"""What counts something whole is refused as a fraction, wherever it is typed, and never rounded in silence."""

from __future__ import annotations

import math
from typing import Any

import pytest

from factories import add_goal, add_measure, add_policy, cell, dump
from planstudio.domain.errors import InvalidInput
from planstudio.operations.measures import edit_measure
from planstudio.operations.plans import edit_organization
from planstudio.operations.policies import edit_policy
from planstudio.workspace import Workspace


@pytest.fixture(params=["seats", "review_months", "minimum_group"])
def counted(request: pytest.FixtureRequest, workspace: Workspace) -> tuple[Any, str, str, str]:
    """An operation, the table and id of what it changes, and the field that counts."""
    match request.param:
        case "seats":
            (district,) = dump(workspace)["organization"]
            return edit_organization, "organization", str(district), "seats"
        case "review_months":
            return edit_policy, "policy", add_policy(workspace), "review_months"
    return edit_measure, "measure", add_measure(workspace, add_goal(workspace)), "minimum_group"


@pytest.mark.parametrize("value", [5.4, 2.5])
def test_a_fraction_is_refused_with_the_field(
    workspace: Workspace, counted: tuple[Any, str, str, str], value: float
) -> None:
    operation, table, ident, field = counted
    before = cell(workspace, table, ident, field)
    with pytest.raises(InvalidInput, match="write a whole number") as refused:
        workspace.do("Count", operation, ident, **{field: value})
    assert refused.value.field == field
    assert cell(workspace, table, ident, field) == before


def test_a_whole_number_with_a_point_is_one(workspace: Workspace, counted: tuple[Any, str, str, str]) -> None:
    operation, table, ident, field = counted
    workspace.do("Count", operation, ident, **{field: 6.0})
    assert cell(workspace, table, ident, field) == 6


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_refused(workspace: Workspace, counted: tuple[Any, str, str, str], value: float) -> None:
    operation, table, ident, field = counted
    before = cell(workspace, table, ident, field)
    with pytest.raises(InvalidInput):
        workspace.do("Count", operation, ident, **{field: value})
    assert cell(workspace, table, ident, field) == before
