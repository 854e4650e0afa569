"""What a plan with more than one of everything says, where one of a kind would say the same by luck."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from factories import EVENING, add, add_goal, add_measure, add_strategy
from planstudio.domain.gaps import Gap
from planstudio.domain.kinds import Access, Enclosed, ItemType, PersonRole, Presence
from planstudio.operations import measures, meetings, people, plans, policies
from planstudio.queries.measures import measure_card
from planstudio.queries.meetings import meeting_card, posting_deadline
from planstudio.queries.plans import current_plan, organization_card, plan_outline
from planstudio.queries.reporting import report_data
from planstudio.workspace import Workspace

DAY = date(2026, 6, 30)


def figure(workspace: Workspace, measure: str, value: float, count: int) -> None:
    workspace.do("Figure", measures.record_observation, measure, DAY, value, count=count)


@pytest.mark.parametrize("on_strategy", [False, True])
def test_few_students_are_not_told_by_what_a_strategy_measures(workspace: Workspace, on_strategy: bool) -> None:
    """Twenty in the goal's measure and fifteen of them in the strategy's: five are left."""
    goal = add_goal(workspace)
    strategy = add_strategy(workspace, goal)
    whole = add_measure(workspace, goal, "Reading", unit="%", minimum_group=10)
    place = {"strategy_id": strategy} if on_strategy else {"goal_id": goal}
    part = add(workspace, "measure", measures.add_measure, name="Reading", unit="%", minimum_group=10,
               student_group="Girls", **place)  # fmt: skip
    figure(workspace, whole, 50.0, 20)
    figure(workspace, part, 60.0, 15)
    cards = [workspace.ask(measure_card, one) for one in (whole, part)]
    assert [len(card.observations) for card in cards].count(0) == 1
    assert sum(len(card.hidden) for card in cards) == 1


def test_each_goal_lacks_what_its_own_measures_lack(workspace: Workspace) -> None:
    ready, bare = add_goal(workspace, "Ready"), add_goal(workspace, "Bare")
    add_measure(workspace, ready, baseline=40.0, target=80.0)
    add_measure(workspace, bare, baseline=40.0)
    outline = workspace.ask(plan_outline, workspace.ask(current_plan))
    assert [Gap.NO_TARGET in goal.gaps for goal in outline.goals] == [False, True]
    assert [Gap.NO_BASELINE in goal.gaps for goal in outline.goals] == [False, False]


def test_a_meeting_is_posted_by_its_own_rule_where_it_has_one(workspace: Workspace) -> None:
    district = workspace.ask(organization_card)
    workspace.do("Rule", plans.edit_organization, district.id, posting_rule="72 hours")
    usual = add(workspace, "meeting", meetings.add_meeting, start=EVENING)
    own = add(workspace, "meeting", meetings.add_meeting, start=EVENING, posting_rule="24 hours")
    due = [workspace.ask(posting_deadline, one) for one in (usual, own)]
    assert [one and one.due.replace(tzinfo=None) for one in due] == [
        datetime(2026, 12, 6, 18, 30), datetime(2026, 12, 8, 18, 30),
    ]  # fmt: skip


def test_a_meeting_tells_who_left_and_what_is_enclosed(workspace: Workspace) -> None:
    meeting = add(workspace, "meeting", meetings.add_meeting, start=EVENING)
    ann = add(workspace, "person", people.add_person, "Ann Alvarez", role=PersonRole.BOARD_MEMBER)
    workspace.do("Roll", meetings.record_attendance, meeting, ann, Presence.PRESENT, arrived="18:40", departed="19:55")
    section = add(workspace, "agenda_section", meetings.add_section, meeting, title="Reports")
    item = add(workspace, "agenda_item", meetings.add_item, section, title="Plan", type=ItemType.REPORT)
    workspace.do("Enclose", meetings.enclose, item, Enclosed.ONE_PAGE, workspace.ask(current_plan))
    card = workspace.ask(meeting_card, meeting)
    assert [(row.person, row.arrived, row.departed) for row in card.attendance] == [("Ann Alvarez", "18:40", "19:55")]
    assert [one.name for one in next(card.items()).enclosures] == ["Strategic Plan"]


def test_a_report_on_decisions_keeps_the_policies_that_an_item_is_about(workspace: Workspace) -> None:
    plan = workspace.ask(current_plan)
    policy = add(workspace, "policy", policies.add_policy, "5145", "Student support")
    meeting = add(workspace, "meeting", meetings.add_meeting, start=datetime(2024, 9, 9, 18))
    section = add(workspace, "agenda_section", meetings.add_section, meeting, title="Action")
    item = add(workspace, "agenda_item", meetings.add_item, section, title="Policy", access=Access.PUBLIC)
    workspace.do("Link", meetings.support, item, "policy", policy)
    (told,) = workspace.ask(report_data, "decisions", plan, date(2026, 12, 20)).meetings
    assert [link.label for link in next(told.items()).links] == ["5145"], "however long ago"
