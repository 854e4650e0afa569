"""Measures, their figures, and progress."""

from __future__ import annotations

from datetime import date

import pytest

import factories
from factories import Names
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Direction, Status, Verdict
from planstudio.domain.progress import ProgressDraft
from planstudio.operations import measures, progress
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.measures import measure_card, measure_owner
from planstudio.workspace import Workspace

JUNE = date(2026, 6, 30)


@pytest.fixture
def measure(workspace: Workspace) -> str:
    return factories.add_measure(workspace, factories.add_goal(workspace), baseline=50.0, target=75.0)


def test_a_figure_of_the_same_period_and_group_is_replaced(workspace: Workspace, measure: str) -> None:
    record = measures.record_observation
    workspace.do("Record", record, measure, JUNE, 61.0, count=200)
    workspace.do("Record", record, measure, JUNE, 62.5, note="corrected")
    workspace.do("Record", record, measure, JUNE, 40.0, " English  learners ")
    workspace.do("Record", record, measure, JUNE, 41.0, "English learners")
    rows = workspace.ask(measure_card, measure).observations
    assert [(r.student_group, r.value, r.count, r.note) for r in rows] == [
        ("", 62.5, 200, "corrected"),
        ("English learners", 41.0, None, ""),
    ]


def test_figures_stand_by_period_and_the_verdict_follows_the_newest(workspace: Workspace, measure: str) -> None:
    said = []
    for year, value in ((2026, 74.0), (2024, 52.0), (2027, 75.0), (2028, 70.0)):
        workspace.do("Record", measures.record_observation, measure, date(year, 6, 1), value)
        card = workspace.ask(measure_card, measure)
        said.append(card.verdict)
    assert [row.period_end.year for row in card.observations] == [2024, 2026, 2027, 2028]
    assert said == [Verdict.IMPROVED, Verdict.IMPROVED, Verdict.MET, Verdict.FLAT]


def test_a_student_group_does_not_decide_the_verdict(workspace: Workspace, measure: str) -> None:
    workspace.do("Record", measures.record_observation, measure, JUNE, 60.0)
    workspace.do("Record", measures.record_observation, measure, date(2027, 6, 1), 99.0, "Band members")
    assert workspace.ask(measure_card, measure).verdict is Verdict.IMPROVED


def test_a_goal_speaks_by_its_own_measures(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    for name, value in (("met", 80.0), ("flat", 10.0)):
        measure = factories.add_measure(workspace, goal, name, baseline=50.0, target=75.0)
        workspace.do("Record", measures.record_observation, measure, JUNE, value)
    assert workspace.ask(goal_card, goal).verdict is Verdict.IMPROVED


def test_a_band_upside_down_is_refused(workspace: Workspace, measure: str) -> None:
    with pytest.raises(InvalidInput, match="lower end") as refused:
        workspace.do("Edit", measures.edit_measure, measure, direction=Direction.BAND, band_low=5.0, band_high=4.0)
    assert refused.value.field == "band_low"
    assert workspace.ask(measure_card, measure).band_low is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_no_figure(workspace: Workspace, measure: str, value: float) -> None:
    with pytest.raises(InvalidInput, match="not a number"):
        workspace.do("Record", measures.record_observation, measure, JUNE, value)
    with pytest.raises(InvalidInput, match="not a number"):
        workspace.do("Edit", measures.edit_measure, measure, target=value)


@pytest.mark.parametrize("values", [{"minimum_group": -1}, {"minimum_group": 2**60}])
def test_a_group_size_is_a_sensible_number(workspace: Workspace, measure: str, values: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        workspace.do("Edit", measures.edit_measure, measure, **values)


def test_a_measure_knows_its_owner(workspace: Workspace, measure: str) -> None:
    goal = workspace.ask(measure_owner, measure)[1]
    strategy = factories.add_strategy(workspace, goal)
    inner = factories.add(workspace, "measure", measures.add_measure, strategy_id=strategy, name="Coaches")
    assert workspace.ask(measure_owner, inner) == ("strategy", strategy)
    assert [m.name for m in workspace.ask(strategy_card, strategy).measures] == ["Coaches"]


def test_a_figure_that_is_gone_is_told(workspace: Workspace, measure: str) -> None:
    with pytest.raises(NotFound, match="figure"):
        workspace.do("Delete", measures.delete_observation, measure, JUNE)


def test_the_status_is_that_of_the_newest_update(filled: Workspace, names: Names) -> None:
    def update(day: date, status: Status, percent: int | None) -> str:
        draft = ProgressDraft(day, status, percent, "Done", "Next")
        return factories.add(
            filled, "progress_update", progress.record_progress, draft, author="Ann", today=factories.TODAY,
            strategy_id=names.strategy,
        )  # fmt: skip

    update(date(2026, 11, 1), Status.AT_RISK, None)
    card = filled.ask(strategy_card, names.strategy)
    assert (card.status, card.percent, card.updated_on) == (Status.AT_RISK, 40, date(2026, 11, 1))
    correction = update(date(2026, 11, 1), Status.COMPLETED, None)
    card = filled.ask(strategy_card, names.strategy)
    assert (card.status, card.percent) == (Status.COMPLETED, 100)
    assert [u.status for u in card.updates] == [Status.COMPLETED, Status.AT_RISK, Status.ON_TRACK]
    filled.do("Delete", progress.delete_update, correction)
    assert filled.ask(strategy_card, names.strategy).status is Status.AT_RISK


def test_a_goal_without_a_percent_of_its_own_shows_the_mean_of_its_strategies(filled: Workspace, names: Names) -> None:
    assert filled.ask(goal_card, names.goal).percent == 20  # 40 and 0
    draft = ProgressDraft(date(2026, 11, 1), Status.ON_TRACK, 70)
    filled.do("Record", progress.record_progress, draft, author="Ann", today=factories.TODAY, goal_id=names.goal)
    assert filled.ask(goal_card, names.goal).percent == 70


def test_an_update_before_the_last_one_is_refused(filled: Workspace, names: Names) -> None:
    draft = ProgressDraft(date(2026, 10, 4), Status.OFF_TRACK)
    with pytest.raises(InvalidInput, match="later update"):
        filled.do(
            "Record", progress.record_progress, draft, author="", today=factories.TODAY, strategy_id=names.strategy
        )
    assert filled.ask(strategy_card, names.strategy).status is Status.ON_TRACK
