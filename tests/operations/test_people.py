"""Owners, by name."""

from __future__ import annotations

import pytest

import factories
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Choice, PersonRole, Presence
from planstudio.operations import meetings, people
from planstudio.operations.loading import load
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.meetings import meeting_card
from planstudio.queries.plans import people as all_people
from planstudio.queries.policies import policy_card
from planstudio.workspace import Workspace


def test_naming_an_owner_adds_the_person_once(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    strategy = factories.add_strategy(workspace, goal)
    policy = factories.add_policy(workspace)
    for table, ident in (("goal", goal), ("strategy", strategy), ("policy", policy)):
        workspace.do("Owner", people.set_owner, table, ident, "  Inés   Calloway ")
    assert [person.name for person in workspace.ask(all_people)] == ["Inés Calloway"]
    shown = workspace.ask(goal_card, goal), workspace.ask(strategy_card, strategy), workspace.ask(policy_card, policy)
    assert [card.owner for card in shown] == ["Inés Calloway"] * 3
    assert len({card.owner_id for card in shown}) == 1


def test_an_empty_name_takes_the_owner_away(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    workspace.do("Owner", people.set_owner, "goal", goal, "Sam Rivera")
    workspace.do("Owner", people.set_owner, "goal", goal, " ")
    assert workspace.ask(goal_card, goal).owner_id is None
    assert len(workspace.ask(all_people)) == 1


def test_a_person_who_goes_leaves_their_goals_behind(workspace: Workspace) -> None:
    goal = factories.add_goal(workspace)
    workspace.do("Owner", people.set_owner, "goal", goal, "Sam Rivera")
    (sam,) = workspace.ask(all_people)
    workspace.do("Delete", people.delete_person, sam.id)
    assert workspace.ask(goal_card, goal).owner == ""
    workspace.undo()
    assert workspace.ask(goal_card, goal).owner == "Sam Rivera"


def test_whoever_has_voted_stays_and_whoever_only_moved_does_not(workspace: Workspace) -> None:
    meeting = factories.add(workspace, "meeting", meetings.add_meeting)
    section = factories.add(workspace, "agenda_section", meetings.add_section, meeting)
    item = factories.add(workspace, "agenda_item", meetings.add_item, section, title="Award the bid")
    motion = factories.add(workspace, "motion", meetings.add_motion, item, "Move to award")
    for name in ("Ann Alvarez", "Bo Iverson"):
        workspace.do("Add", people.add_person, name, role=PersonRole.BOARD_MEMBER)
    ann, bo = (person.id for person in workspace.ask(all_people))
    workspace.do("Present", meetings.record_attendance, meeting, ann, Presence.PRESENT)
    workspace.do("Vote", meetings.record_votes, motion, {ann: Choice.YES})
    with pytest.raises(InvalidInput, match="Ann Alvarez has voted"):
        workspace.do("Delete", people.delete_person, ann)
    workspace.do("Delete", people.delete_person, bo)
    assert [person.name for person in workspace.ask(all_people)] == ["Ann Alvarez"]
    (seen,) = workspace.ask(meeting_card, meeting).items()
    assert [(vote.person, vote.choice) for vote in seen.motions[0].votes] == [("Ann Alvarez", Choice.YES)]


def test_people_are_listed_by_name_whatever_the_case(workspace: Workspace) -> None:
    for name in ("walt", "Ann", "émile", "Bea"):
        workspace.do("Add", people.add_person, name, role=PersonRole.BOARD_MEMBER)
    assert [person.name for person in workspace.ask(all_people)] == ["Ann", "Bea", "walt", "émile"]


def test_nobody_is_called_nothing(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="needs a name"):
        workspace.do("Add", people.add_person, "\x00 ")


def test_a_name_written_in_several_ways_is_one_person(workspace: Workspace) -> None:
    ways = (
        "Pat O'Neil",
        "Pat O’Neil",
        "pat  o'neil",
        "PAT OʼNEIL",
        "José Muñoz",
        "Jose\u0301 Mun\u0303oz",
        "JOSÉ MUÑOZ",
    )
    for name in ways:
        workspace.do("Owner", people.set_owner, "goal", factories.add_goal(workspace), name)
    assert [person.name for person in workspace.ask(all_people)] == ["José Muñoz", "Pat O'Neil"], "the first spelling"


@pytest.mark.parametrize("other", ["Jose Muñoz", "Dr. José Muñoz", "José Muñoz Jr."])
def test_another_name_is_another_person(workspace: Workspace, other: str) -> None:
    for name in ("José Muñoz", other):
        workspace.do("Owner", people.set_owner, "goal", factories.add_goal(workspace), name)
    assert len(workspace.ask(all_people)) == 2


def test_two_who_are_there_already_stay_two(workspace: Workspace) -> None:
    for name in ("Pat O'Neil", "Pat O’Neil"):
        workspace.do("Add", people.add_person, name)
    goal = factories.add_goal(workspace)
    workspace.do("Owner", people.set_owner, "goal", goal, "Pat O’Neil")
    assert workspace.ask(goal_card, goal).owner == "Pat O’Neil"
    assert len(workspace.ask(all_people)) == 2


SPELLED = ("Pat O'Neil", "Pat O’Neil", "pat  o'neil", "José Muñoz", "Jose\u0301 Mun\u0303oz")


def test_people_of_the_complete_json_are_known_by_their_names(workspace: Workspace) -> None:
    whole = {"people": [{"name": name} for name in SPELLED] + [{"name": "PAT O’NEIL", "title": "Coach"}]}
    workspace.do("Load", load, whole)
    workspace.do("Load", load, whole)
    people = [(row["name"], row["title"]) for row in factories.dump(workspace)["person"].values()]
    assert sorted(people) == [("José Muñoz", ""), ("Pat O'Neil", "Coach")]
    twice = {"people": [{"name": "Ann Lee", "title": "Coach"}, {"name": "ann lee", "title": "Nurse"}]}
    with pytest.raises(InvalidInput, match=r"people\[1\].title: “ann lee” stands in this list already"):
        workspace.do("Load", load, twice)
    two = {"people": [{"id": "01a", "name": "Bo Ito"}, {"id": "01b", "name": "Bo Ito"}]}
    workspace.do("Load", load, two)
    assert [row["name"] for row in factories.dump(workspace)["person"].values()].count("Bo Ito") == 2, (
        "two by their ids"
    )
