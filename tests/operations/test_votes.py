"""Votes as the verbs take them: with a quorum, of who was there, never over what was settled by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from factories import add, cell, dump
from gui.evening import Evening, an_evening
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import (
    Access,
    Choice,
    ItemState,
    ItemType,
    Majority,
    MotionResult,
    PersonRole,
    Presence,
)
from planstudio.domain.room import contradictions, roll_of, still_open, unanimous, unheard_words
from planstudio.operations import meetings, people, plans
from planstudio.operations.loading import load
from planstudio.operations.room import call_everyone_present
from planstudio.queries.meetings import meeting_card
from planstudio.queries.plans import organization_card
from planstudio.workspace import Workspace

YES, NO = Choice.YES, Choice.NO


@pytest.fixture
def evening(workspace: Workspace) -> Evening:
    return an_evening(workspace)


@pytest.fixture
def motion(workspace: Workspace, evening: Evening) -> str:
    return add(workspace, "motion", meetings.add_motion, evening.boiler)


def ids(evening: Evening) -> list[str]:
    return list(evening.members.values())


def come(workspace: Workspace, evening: Evening, n: int) -> list[str]:
    """The first *n* of seven are there, the others excused."""
    for at, person in enumerate(ids(evening)):
        presence = Presence.PRESENT if at < n else Presence.EXCUSED
        workspace.do("Roll", meetings.record_attendance, evening.meeting, person, presence)
    return ids(evening)[:n]


def vote(workspace: Workspace, motion: str, choices: dict[str, Choice | None]) -> MotionResult:
    workspace.do("Vote", meetings.record_votes, motion, choices)
    return MotionResult(cell(workspace, "motion", motion, "result"))


def test_two_of_seven_carry_nothing(workspace: Workspace, evening: Evening, motion: str) -> None:
    here = come(workspace, evening, 2)
    assert vote(workspace, motion, dict.fromkeys(here, YES)) is MotionResult.OPEN
    card = workspace.ask(meeting_card, evening.meeting)
    told = next(item for item in card.items() if item.id == evening.boiler).motions[0]
    assert told.doubt == "No quorum: 2 of 7 present, 4 needed. The result stays open."
    assert any("No quorum" in line for line in contradictions(card))
    with pytest.raises(InvalidInput, match="No quorum"):
        workspace.do("Result", meetings.edit_motion, motion, result=MotionResult.PASSED)


def test_the_result_follows_who_turns_out_to_have_been_there(
    workspace: Workspace, evening: Evening, motion: str
) -> None:
    here = come(workspace, evening, 3)
    assert vote(workspace, motion, dict.fromkeys(here, YES)) is MotionResult.OPEN
    workspace.do("Roll", meetings.record_attendance, evening.meeting, ids(evening)[3], Presence.REMOTE)
    assert cell(workspace, "motion", motion, "result") is MotionResult.PASSED
    workspace.undo()
    assert cell(workspace, "motion", motion, "result") is MotionResult.OPEN


def test_the_excused_do_not_vote_and_who_voted_was_not_away(
    workspace: Workspace, evening: Evening, motion: str
) -> None:
    here = come(workspace, evening, 5)
    before = dump(workspace)
    with pytest.raises(InvalidInput, match="is recorded as excused"):
        vote(workspace, motion, dict.fromkeys(ids(evening), YES))
    assert dump(workspace) == before, "nothing of a refused vote stays"
    vote(workspace, motion, dict.fromkeys(here, YES))
    with pytest.raises(InvalidInput, match="voted on “Boiler”"):
        workspace.do("Roll", meetings.record_attendance, evening.meeting, here[0], Presence.ABSENT)


def test_who_moved_is_neither_recused_nor_away_nor_unknown(workspace: Workspace, evening: Evening, motion: str) -> None:
    come(workspace, evening, 5)
    workspace.do("Move", meetings.edit_motion, motion, mover="Ann Alvarez")
    with pytest.raises(InvalidInput, match="Ann Alvarez moved or seconded"):
        vote(workspace, motion, {evening.members["Ann Alvarez"]: Choice.RECUSED})
    vote(workspace, motion, {evening.members["Sam Cole"]: Choice.RECUSED})
    with pytest.raises(InvalidInput, match="Sam Cole is recused"):
        workspace.do("Second", meetings.edit_motion, motion, seconder="Sam Cole")
    with pytest.raises(InvalidInput, match="Owen Marsh was not in the room"):
        workspace.do("Second", meetings.edit_motion, motion, seconder="Owen Marsh")
    everybody = dump(workspace)["person"]
    with pytest.raises(InvalidInput, match="Nobody is called “Nobody Known”"):
        workspace.do("Second", meetings.edit_motion, motion, seconder="Nobody Known")
    assert dump(workspace)["person"] == everybody
    workspace.do("Second", meetings.edit_motion, motion, seconder="Nobody Known", add_as=PersonRole.STAFF)
    assert len(dump(workspace)["person"]) == len(everybody) + 1


def test_by_hand_nothing_goes_against_the_votes_and_votes_not_against_the_hand(
    workspace: Workspace, evening: Evening, motion: str
) -> None:
    here = come(workspace, evening, 5)
    vote(workspace, motion, {here[0]: YES, here[1]: NO, here[2]: NO})
    with pytest.raises(InvalidInput, match="1 yes and 2 no"):
        workspace.do("Result", meetings.edit_motion, motion, result=MotionResult.PASSED)
    voice = add(workspace, "motion", meetings.add_motion, evening.report, "To accept")
    workspace.do("Result", meetings.edit_motion, voice, result=MotionResult.PASSED)
    with pytest.raises(InvalidInput, match="set by hand to “Carried”, and with this vote it would be “Failed”"):
        vote(workspace, voice, dict.fromkeys(here, NO))
    assert cell(workspace, "motion", voice, "result") is MotionResult.PASSED
    workspace.do("Result", meetings.edit_motion, voice, result=MotionResult.OPEN)
    assert vote(workspace, voice, dict.fromkeys(here, NO)) is MotionResult.FAILED
    workspace.do("Result", meetings.edit_motion, voice, result=MotionResult.TABLED)
    assert vote(workspace, voice, {here[0]: YES}) is MotionResult.TABLED


def test_a_motion_says_what_it_needs_and_the_district_what_is_usual(
    workspace: Workspace, evening: Evening, motion: str
) -> None:
    here = come(workspace, evening, 7)
    cast = dict(zip(here, (YES, YES, YES, YES, NO, NO, NO), strict=True))
    assert vote(workspace, motion, cast) is MotionResult.PASSED
    workspace.do("Needs", meetings.edit_motion, motion, majority=Majority.TWO_THIRDS)
    assert cell(workspace, "motion", motion, "result") is MotionResult.FAILED
    workspace.do("Needs", meetings.edit_motion, motion, majority=None)
    assert cell(workspace, "motion", motion, "result") is MotionResult.PASSED
    district = workspace.ask(organization_card).id
    workspace.do("Rules", plans.edit_organization, district, seats=9, majority=Majority.SEATS)
    card = workspace.ask(meeting_card, evening.meeting)
    told = next(item for item in card.items() if item.id == evening.boiler).motions[0]
    assert told.result is MotionResult.FAILED, "four of nine seats"
    with pytest.raises(InvalidInput, match="quorum"):
        workspace.do("Rules", plans.edit_organization, district, quorum=10)


def test_all_present_yes_guesses_for_nobody_at_an_item_without_times(
    workspace: Workspace, evening: Evening, motion: str
) -> None:
    people_here = ids(evening)
    workspace.do("Roll", call_everyone_present, evening.meeting, people_here)
    workspace.do("Opened", meetings.edit_meeting, evening.meeting, called_to_order="6:32 PM")
    record = meetings.record_attendance
    workspace.do("Late", record, evening.meeting, people_here[0], Presence.PRESENT, arrived="7:45 PM")
    workspace.do("Left", record, evening.meeting, people_here[1], Presence.PRESENT, departed="8:20 PM")
    card = workspace.ask(meeting_card, evening.meeting)
    item = next(one for one in card.items() if one.id == evening.boiler)
    assert unanimous(roll_of(card), item, "18:32") == dict.fromkeys(people_here[2:], YES)
    vote(workspace, motion, unanimous(roll_of(card), item, "18:32"))
    card = workspace.ask(meeting_card, evening.meeting)
    item = next(one for one in card.items() if one.id == evening.boiler)
    told = unheard_words(card, item, item.motions[0])
    assert told.startswith("The vote of Ann Alvarez, Sam Cole is not on record. Ask whether")
    assert "the vote of Ann Alvarez, Sam Cole in 3A" in still_open(card, roll_of(card))
    assert vote(workspace, motion, {people_here[0]: NO, people_here[1]: YES}) is MotionResult.PASSED
    card = workspace.ask(meeting_card, evening.meeting)
    assert not any("the vote of" in line for line in still_open(card, roll_of(card)))


def test_the_second_motion_is_no_copy_of_the_first(workspace: Workspace, evening: Evening, motion: str) -> None:
    assert cell(workspace, "motion", motion, "text") == "To accept the bid of **$163,900**."
    second = add(workspace, "motion", meetings.add_motion, evening.boiler)
    assert cell(workspace, "motion", second, "text") == ""


def test_a_member_of_another_year_has_no_vote_that_counts(workspace: Workspace, evening: Evening, motion: str) -> None:
    former = add(
        workspace, "person", people.add_person, "Former", role=PersonRole.BOARD_MEMBER, term_end=date(2020, 1, 1)
    )
    here = come(workspace, evening, 4)
    cast = {here[0]: YES, here[1]: NO, here[2]: Choice.ABSTAIN, here[3]: Choice.ABSTAIN, former: YES}
    assert vote(workspace, motion, cast) is MotionResult.FAILED
    told = contradictions(workspace.ask(meeting_card, evening.meeting))
    assert told == ("3A: Former voted and was not a member of the board that day. It does not count.",)


def test_votes_that_came_with_a_file_are_not_believed_against_the_roll(
    workspace: Workspace, evening: Evening, motion: str
) -> None:
    come(workspace, evening, 2)
    votes = [{"person_id": person, "choice": "yes"} for person in ids(evening)]
    row = dump(workspace)["motion"][motion]
    given = {"id": motion, "result": "passed", "votes": votes}
    section = dump(workspace)["agenda_item"][row["agenda_item_id"]]["section_id"]
    inside = {"id": section, "items": [{"id": evening.boiler, "motions": [given]}]}
    whole = {"format": "planstudio", "version": 1, "meetings": [{"id": evening.meeting, "sections": [inside]}]}
    workspace.bring_in("Import", load, whole)
    card = workspace.ask(meeting_card, evening.meeting)
    told = next(item for item in card.items() if item.id == evening.boiler).motions[0]
    assert told.result is MotionResult.OPEN
    assert told.doubt.startswith("No quorum: 2 of 7 present")
    assert len([line for line in contradictions(card) if "was not there by the attendance" in line]) == 5


# Texts that are made from the agenda.


@pytest.fixture
def consent(workspace: Workspace, evening: Evening) -> str:
    return add(workspace, "motion", meetings.add_motion, evening.consent[0])


def said(workspace: Workspace, motion: str) -> str:
    return str(cell(workspace, "motion", motion, "text"))


def test_the_consent_motion_follows_its_group(workspace: Workspace, evening: Evening, consent: str) -> None:
    first, second, third = evening.consent
    assert said(workspace, consent) == "To approve the consent agenda: 2A Minutes; 2B Bills; 2C Travel"
    workspace.do("Pull", meetings.pull_item, second, True)
    assert said(workspace, consent) == "To approve the consent agenda: 2A Minutes; 2C Travel"
    workspace.do("Name", meetings.edit_item, third, title="Travel to Boise")
    workspace.do("Back", meetings.pull_item, second, False)
    workspace.do("Return", meetings.send_item, third, ItemState.RETURNED, "No amount")
    assert said(workspace, consent) == "To approve the consent agenda: 2A Minutes; 2B Bills"
    workspace.do("Submit", meetings.send_item, third, ItemState.SUBMITTED)
    workspace.do("Section", meetings.add_section, evening.meeting, after=None, title="Last")
    section = next(iter(workspace.ask(meeting_card, evening.meeting).sections)).id
    workspace.do("Move", meetings.move_section, section, 2)
    assert said(workspace, consent) == "To approve the consent agenda: 1A Minutes; 1B Bills; 1C Travel to Boise"
    workspace.do("Delete", meetings.delete_item, first)
    assert cell(workspace, "motion", consent, "agenda_item_id") == second, "the motion stays with the group"
    assert said(workspace, consent) == "To approve the consent agenda: 1A Bills; 1B Travel to Boise"
    workspace.undo()
    assert cell(workspace, "motion", consent, "agenda_item_id") == first


def test_the_item_that_carries_the_motion_is_taken_out_without_it(
    workspace: Workspace, evening: Evening, consent: str
) -> None:
    workspace.do("Pull", meetings.pull_item, evening.consent[0], True)
    assert cell(workspace, "motion", consent, "agenda_item_id") == evening.consent[1]
    assert said(workspace, consent) == "To approve the consent agenda: 2B Bills; 2C Travel"


def test_a_decided_consent_group_stays_as_it_was_voted_on(workspace: Workspace, evening: Evening, consent: str) -> None:
    here = come(workspace, evening, 5)
    vote(workspace, consent, dict.fromkeys(here, YES))
    second = evening.consent[1]
    before = dump(workspace)
    for operation, arguments, values in (
        (meetings.pull_item, (second, True), {}),
        (meetings.delete_item, (second,), {}),
        (meetings.delete_item, (evening.consent[0],), {}),
        (meetings.send_item, (second, ItemState.RETURNED, "No amount"), {}),
        (meetings.edit_item, (second,), {"title": "Other bills"}),
    ):
        with pytest.raises(InvalidInput, match="decided on this consent group"):
            workspace.do("x", operation, *arguments, **values)
    assert dump(workspace) == before
    section = before["agenda_item"][second]["section_id"]
    late = add(workspace, "agenda_item", meetings.add_item, section, title="Late")
    assert cell(workspace, "agenda_item", late, "pulled"), "the board has not carried what came later"


def test_own_words_of_a_motion_are_left_alone(workspace: Workspace, evening: Evening, consent: str) -> None:
    workspace.do("Write", meetings.edit_motion, consent, text="To approve all of it")
    workspace.do("Pull", meetings.pull_item, evening.consent[1], True)
    assert said(workspace, consent) == "To approve all of it"


def test_an_open_motion_follows_what_is_recommended(workspace: Workspace, evening: Evening, motion: str) -> None:
    workspace.do("Edit", meetings.edit_item, evening.boiler, recommended_motion="To accept $170,000.")
    assert said(workspace, motion) == "To accept $170,000."


# What a hidden field holds, and what a section makes of a new item.


def test_what_is_public_again_has_no_ground_in_the_dark(workspace: Workspace, evening: Evening) -> None:
    workspace.do("Open", meetings.edit_item, evening.closed, type=ItemType.ACTION, access=Access.PUBLIC)
    assert cell(workspace, "agenda_item", evening.closed, "ground") == ""
    workspace.undo()
    assert cell(workspace, "agenda_item", evening.closed, "ground") == "Sec. 2(c)(2)"
    given = {"id": evening.report, "ground": "Sec. 9"}
    section = dump(workspace)["agenda_item"][evening.report]["section_id"]
    inside = [{"id": evening.meeting, "sections": [{"id": section, "items": [given]}]}]
    workspace.bring_in("Import", load, {"format": "planstudio", "version": 1, "meetings": inside})
    assert not any(one.ground == "Sec. 9" for one in workspace.ask(meeting_card, evening.meeting).items())


@pytest.mark.parametrize(
    ("title", "kind", "access"),
    [
        ("Action", ItemType.ACTION, Access.PUBLIC),
        ("Action items", ItemType.ACTION, Access.PUBLIC),
        ("Public hearing", ItemType.HEARING, Access.PUBLIC),
        ("Closed session", ItemType.CLOSED, Access.CLOSED),
        ("Business", ItemType.INFORMATION, Access.PUBLIC),
    ],
)
def test_a_new_item_is_of_the_kind_of_its_section(
    workspace: Workspace, evening: Evening, title: str, kind: ItemType, access: Access
) -> None:
    section = add(workspace, "agenda_section", meetings.add_section, evening.meeting, title=title)
    item = add(workspace, "agenda_item", meetings.add_item, section)
    assert cell(workspace, "agenda_item", item, "type") is kind
    assert cell(workspace, "agenda_item", item, "access") is access


def test_a_new_item_is_what_most_of_its_section_are(workspace: Workspace, evening: Evening) -> None:
    section = add(workspace, "agenda_section", meetings.add_section, evening.meeting, title="Business")
    for kind in (ItemType.ACTION, ItemType.REPORT, ItemType.ACTION):
        workspace.do("Add", meetings.add_item, section, title="x", type=kind)
    item = add(workspace, "agenda_item", meetings.add_item, section)
    assert cell(workspace, "agenda_item", item, "type") is ItemType.ACTION


def test_like_a_former_meeting_is_what_stands_on_every_agenda(workspace: Workspace) -> None:
    old = add(workspace, "meeting", meetings.add_meeting, start=datetime(2026, 11, 10, 18, 30))
    model = add(workspace, "meeting", meetings.add_meeting, start=datetime(2026, 12, 8, 18, 30))

    def item(meeting: str, title: str, **values: object) -> None:
        section = next(
            (key for key, row in dump(workspace)["agenda_section"].items() if row["meeting_id"] == meeting), None
        ) or add(workspace, "agenda_section", meetings.add_section, meeting, title="Business")
        workspace.do(
            "Item", meetings.add_item, section, title=title, type=values.pop("type", ItemType.ACTION), **values
        )

    item(old, "Treasurer’s report of October 2026")
    item(model, "Call to order", type=ItemType.PROCEDURAL)
    item(model, "Treasurer’s report of November 2026", recommended_motion="To accept the report of November 2026.")
    item(model, "Minutes of November 10, 2026", type=ItemType.CONSENT)
    item(model, "Buy a bus", recommended_motion="To buy it.")
    new = add(workspace, "meeting", meetings.add_meeting, like=model, start=datetime(2027, 1, 12, 18, 30))
    items = list(workspace.ask(meeting_card, new).items())
    assert [one.title for one in items] == [
        "Call to order",
        "Treasurer’s report of December 2026",
        "Minutes of December 8, 2026",
    ]
    assert items[1].recommended_motion == "To accept the report of December 2026."
