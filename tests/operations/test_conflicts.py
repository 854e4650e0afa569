"""What two copies changed differently is settled by a person; the answer is a step and travels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import add, cell, dump
from gui.evening import an_evening
from planstudio.domain.differences import Answer, Difference, Question, Sort, questions
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Choice, MotionResult, Presence
from planstudio.operations import goals, measures, meetings, minutes
from planstudio.queries.conflicts import ballot_rows, count_differences, open_differences
from planstudio.store.fold import Fold
from planstudio.store.schema import Measure
from planstudio.workspace import Workspace
from store.test_union import Pair

MAY = date(2027, 5, 31)


@pytest.fixture
def pair(tmp_path: Path, data: Path) -> Iterator[Pair]:
    made = Pair(tmp_path, data)
    yield made
    made.close()


def open_in(workspace: Workspace) -> tuple[Question, ...]:
    return questions(workspace.ask(open_differences, workspace.device))


def only(workspace: Workspace) -> Question:
    (question,) = open_in(workspace)
    return question


def take(question: Question, *, mine: bool) -> Answer:
    (voice,) = (voice for voice in question.voices if voice.mine is mine)
    return question.take(voice)


def settled(pair: Pair, table: str, row: object, field: str) -> Any:
    """The value that both copies show after they have met, with nothing open in either."""
    pair.meet()
    found = [cell(workspace, table, row, field) for workspace in (pair.ours, pair.theirs)]
    assert open_in(pair.ours) == open_in(pair.theirs) == ()
    assert found[0] == found[1]
    return found[0]


def retitled(pair: Pair) -> Question:
    for workspace, words in ((pair.ours, "Ours *all*"), (pair.theirs, "Theirs")):
        workspace.do("Rename", goals.edit_goal, pair.names.goal, title=words)
    pair.meet()
    return only(pair.ours)


# How it is shown.


def test_the_difference_is_shown_with_both_texts_and_what_stood_before(pair: Pair) -> None:
    one = retitled(pair).first
    assert (one.element, one.field_words, one.before) == ("Goal “Theirs”", "Title", "Every student reads")
    assert [(side.words, side.author, side.mine) for side in one.sides] == [
        ("Theirs", "Bo", False),
        ("Ours all", "Ann", True),
    ]
    assert one.prose
    assert one.place == ("goal", pair.names.goal)


def test_before_both_is_what_both_knew_however_often_each_has_written(pair: Pair) -> None:
    for words in ("First", "Second", "Third"):
        pair.ours.do("Rename", goals.edit_goal, pair.names.goal, title=words)
    pair.theirs.do("Rename", goals.edit_goal, pair.names.goal, title="Theirs")
    pair.meet()
    assert only(pair.ours).first.before == "Every student reads"


def test_mine_is_first_and_a_colleague_is_no_other_computer_of_mine(pair: Pair) -> None:
    retitled(pair)
    for workspace, other in ((pair.ours, "Bo"), (pair.theirs, "Ann")):
        voices = only(workspace).voices
        assert [voice.mine for voice in voices] == [True, False]
        assert voices[1].author == other
        assert not voices[1].elsewhere


def test_values_are_told_in_words(pair: Pair) -> None:
    strategy = pair.names.strategy
    pair.ours.do("Due", goals.edit_strategy, strategy, due=date(2027, 3, 1), owner_id=None)
    pair.theirs.do("Due", goals.edit_strategy, strategy, due=date(2027, 4, 1))
    pair.ours.do("Move", goals.move_strategy, strategy, 1)
    add(pair.theirs, "strategy", goals.add_strategy, pair.names.goal, title="The last")
    pair.theirs.do("Move", goals.move_strategy, strategy, 2)
    pair.meet()
    shown = {one.first.field: one.first for one in open_in(pair.ours)}
    assert {side.words for side in shown["due"].sides} == {"Mar 1, 2027", "Apr 1, 2027"}
    assert shown["due"].before == "Jun 30, 2027"
    assert shown["due"].sort is Sort.DAY
    assert {side.words for side in shown["rank"].sides} == {"after “Open the library on Saturdays”", "after “The last”"}


# The answers.


@pytest.mark.parametrize("mine", [True, False])
def test_either_text_can_be_taken_on_every_copy(pair: Pair, mine: bool) -> None:
    pair.ours.settle([take(retitled(pair), mine=mine)])
    assert settled(pair, "goal", pair.names.goal, "title") == ("Ours *all*" if mine else "Theirs")


def test_a_third_text_can_be_written_and_is_tidied_like_any_other(pair: Pair) -> None:
    pair.ours.settle([retitled(pair).say("  Both\u202e \n read\u0007 ")])
    assert settled(pair, "goal", pair.names.goal, "title") == "Both read"


def test_a_text_that_the_field_cannot_hold_is_refused_and_nothing_happens(pair: Pair) -> None:
    question = retitled(pair)
    before = dump(pair.ours)
    with pytest.raises(InvalidInput, match="room for 1,000 characters"):
        pair.ours.settle([question.say("x" * 1_001)])
    assert dump(pair.ours) == before
    assert only(pair.ours) == question


def test_an_answer_to_keep_what_stands_travels_too(pair: Pair) -> None:
    question = retitled(pair)
    shown = question.first.sides[0]
    pair.ours.publish()
    assert not pair.ours.dirty
    pair.ours.settle([Answer(question.unit, shown.step, question.first.key, question.first.field)])
    assert pair.ours.dirty
    assert settled(pair, "goal", pair.names.goal, "title") == "Theirs"


def test_several_are_settled_in_one_step_and_opened_again_by_one_undo(pair: Pair) -> None:
    for workspace, words in ((pair.ours, "Ours"), (pair.theirs, "Theirs")):
        workspace.do("Rename", goals.edit_goal, pair.names.goal, title=words)
        workspace.do("Say", goals.edit_goal, pair.names.goal, statement=words)
        workspace.do("Rename", goals.edit_strategy, pair.names.strategy, title=words)
    pair.meet()
    asked = open_in(pair.ours)
    assert len(asked) == pair.ours.ask(count_differences) == 3
    pair.ours.settle([take(one, mine=True) for one in asked])
    assert pair.ours.undo_state().undo == "Settle 3 differences"
    assert open_in(pair.ours) == ()
    assert cell(pair.ours, "strategy", pair.names.strategy, "title") == "Ours"
    pair.ours.undo()
    assert {one.key for one in open_in(pair.ours)} == {one.key for one in asked}
    pair.ours.redo()
    assert settled(pair, "goal", pair.names.goal, "statement") == "Ours"


def test_a_difference_is_settled_once(pair: Pair) -> None:
    question = retitled(pair)
    pair.ours.settle([take(question, mine=False)])
    with pytest.raises(NotFound, match="settled already"):
        pair.ours.settle([take(question, mine=True)])


def test_two_people_who_answer_differently_are_asked_again(pair: Pair) -> None:
    retitled(pair)
    for workspace in (pair.ours, pair.theirs):
        workspace.settle([take(only(workspace), mine=True)])
    pair.meet()
    assert {side.value for side in only(pair.ours).first.sides} == {"Ours *all*", "Theirs"}


def test_an_undo_opens_the_question_again_everywhere(pair: Pair) -> None:
    question = retitled(pair)
    pair.ours.settle([take(question, mine=False)])
    pair.meet()
    pair.ours.undo()
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        assert [side.value for side in only(workspace).first.sides] == ["Theirs", "Ours *all*"]


def test_where_an_element_stands_is_one_question_whatever_it_stands_in(pair: Pair) -> None:
    """A measure stands in a goal or in a strategy: the two cells are never answered apart."""

    def move(session: Any, **owners: str | None) -> None:
        row = session.get(Measure, pair.names.measure)
        for name, owner in owners.items():
            setattr(row, name, owner)

    pair.ours.do("Move", move, goal_id=None, strategy_id=pair.names.strategy)
    pair.theirs.do("Move", move, goal_id=pair.names.other_goal)
    pair.meet()
    question = only(pair.ours)
    assert pair.ours.ask(count_differences) == 1
    assert [question.words(voice) for voice in question.voices] == ["Coach teachers", "Every student belongs"]
    pair.ours.settle([take(question, mine=True)])
    assert settled(pair, "measure", pair.names.measure, "strategy_id") == pair.names.strategy
    assert cell(pair.theirs, "measure", pair.names.measure, "goal_id") is None


# Elements.


def deleted_beside_an_edit(pair: Pair) -> Question:
    pair.ours.do("Edit", goals.edit_strategy, pair.names.strategy, priority="High")
    pair.theirs.do("Delete", goals.delete_goal, pair.names.goal)
    pair.meet()
    return only(pair.ours)


def test_whoever_kept_an_element_is_named_beside_who_deleted_it(pair: Pair) -> None:
    kept, gone = deleted_beside_an_edit(pair).first.sides
    assert (kept.gone, gone.gone) == (False, True)
    assert (gone.author, gone.mine) == ("Bo", False)
    assert kept.mine


def test_a_deletion_is_carried_out_with_all_that_stood_in_it(pair: Pair) -> None:
    pair.ours.settle([take(deleted_beside_an_edit(pair), mine=False)])
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        assert pair.names.goal not in dump(workspace)["goal"]
        assert pair.names.strategy not in dump(workspace)["strategy"]
        assert not open_in(workspace)
    pair.ours.undo()
    assert only(pair.ours).first.whole


def test_an_element_is_kept_with_all_that_stood_in_it(pair: Pair) -> None:
    pair.ours.settle([take(deleted_beside_an_edit(pair), mine=True)])
    assert settled(pair, "strategy", pair.names.strategy, "priority") == "High"
    assert pair.names.other_strategy in dump(pair.theirs)["strategy"]


def test_what_goes_with_a_deleted_element_needs_no_answer_of_its_own(pair: Pair) -> None:
    """Chosen together: the goal goes, and the words of its strategy that were open, too, go with it."""
    pair.ours.do("Rename", goals.edit_strategy, pair.names.strategy, title="Ours")
    pair.theirs.do("Rename", goals.edit_strategy, pair.names.strategy, title="Theirs")
    pair.theirs.do("Delete", goals.delete_goal, pair.names.goal)
    pair.meet()
    asked = open_in(pair.ours)
    pair.ours.settle([take(one, mine=False) for one in asked if not all(v.mine for v in one.voices)])
    pair.meet()
    assert pair.names.strategy not in dump(pair.theirs)["strategy"]
    assert open_in(pair.ours) == open_in(pair.theirs) == ()


# Figures.


def test_a_figure_is_chosen_or_written_and_its_source_stands_beside(pair: Pair) -> None:
    row = (pair.names.measure, "", MAY)
    for workspace, value, source in ((pair.ours, 70.0, "screening of May"), (pair.theirs, 71.5, "")):
        workspace.do("Figure", measures.record_observation, pair.names.measure, MAY, value, source=source)
    pair.meet()
    asked = {one.first.field: one for one in open_in(pair.ours)}
    one = asked["value"].first
    assert one.sort is Sort.NUMBER
    assert {side.words: side.beside for side in one.sides} == {"70%": "screening of May", "71.5%": "no source written"}
    assert one.element == "Figure “Grade 3 reading, May 31, 2027”"
    assert one.place == ("measure", pair.names.measure)
    pair.ours.settle([asked["value"].say(71), *(take(asked[name], mine=True) for name in asked if name != "value")])
    assert settled(pair, "observation", row, "value") == 71.0


def test_a_figure_that_is_too_large_is_refused(pair: Pair) -> None:
    for workspace, value in ((pair.ours, 70.0), (pair.theirs, 71.5)):
        workspace.do("Figure", measures.record_observation, pair.names.measure, MAY, value)
    pair.meet()
    with pytest.raises(InvalidInput, match="too large"):
        pair.ours.settle([only(pair.ours).say(1e300)])


def test_a_day_is_written_within_the_years_of_a_plan(pair: Pair) -> None:
    pair.ours.do("Due", goals.edit_strategy, pair.names.strategy, due=date(2027, 3, 1))
    pair.theirs.do("Due", goals.edit_strategy, pair.names.strategy, due=date(2027, 4, 1))
    pair.meet()
    with pytest.raises(InvalidInput, match="no year of a plan"):
        pair.ours.settle([only(pair.ours).say(date(1066, 10, 14))])
    pair.ours.settle([only(pair.ours).say(date(2027, 3, 15))])
    assert settled(pair, "strategy", pair.names.strategy, "due") == date(2027, 3, 15)


# Votes and attendance.


class Evening:
    """Seven who were there, and two secretaries who wrote down how three of them voted."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        evening = an_evening(pair.ours)
        self.meeting, self.people = evening.meeting, list(evening.members.values())
        for person in self.people:
            pair.ours.do("Roll", meetings.record_attendance, evening.meeting, person, Presence.PRESENT)
        self.motion = add(pair.ours, "motion", meetings.add_motion, evening.boiler)
        pair.meet()

    def vote(self, workspace: Workspace, *choices: Choice) -> None:
        for person, choice in zip(self.people, choices, strict=False):
            workspace.do("Vote", meetings.record_votes, self.motion, {person: choice})

    def result(self, workspace: Workspace) -> MotionResult:
        return MotionResult(cell(workspace, "motion", self.motion, "result"))

    def votes(self, workspace: Workspace) -> list[Choice | None]:
        rows = dump(workspace)["vote"]
        return [rows.get((self.motion, one), {}).get("choice") for one in self.people]


YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


@pytest.fixture
def evening(pair: Pair) -> Evening:
    made = Evening(pair)
    made.vote(pair.ours, YES, YES, YES, YES, NO)
    made.vote(pair.theirs, YES, NO, NO, NO, NO, NO)
    pair.meet()
    return made


@pytest.mark.parametrize("mine", [True, False])
def test_a_vote_is_one_question_and_its_result_is_counted(pair: Pair, evening: Evening, mine: bool) -> None:
    question = only(pair.ours)
    assert question.ballot
    assert {one.table for one in question.differences} == {"vote", "motion"}
    pair.ours.settle([take(question, mine=mine)])
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        assert evening.votes(workspace)[:5] == ([YES, YES, YES, YES, NO] if mine else [YES, NO, NO, NO, NO])
        assert evening.result(workspace) is (MotionResult.PASSED if mine else MotionResult.FAILED)
        assert not open_in(workspace)


def test_a_vote_is_settled_member_by_member_and_counted(pair: Pair, evening: Evening) -> None:
    question = only(pair.ours)
    kept = dict(zip(evening.people, [YES, YES, ABSTAIN, NO], strict=False))
    answers = []
    for one in question.differences:
        if one.table == "vote":
            person = json.loads(one.row)[1]
            answers.append(Answer(one.unit, "", one.key, one.field, kept[person].value))
        else:
            answers.append(Answer(one.unit, one.sides[0].step, one.key, one.field))
    pair.ours.settle(answers)
    pair.meet()
    for workspace in (pair.ours, pair.theirs):
        assert evening.votes(workspace) == [YES, YES, ABSTAIN, NO, NO, NO, None]
        assert evening.result(workspace) is MotionResult.FAILED, "two yes and three no"
        assert not open_in(workspace)
    pair.ours.undo()
    assert only(pair.ours).ballot


def test_a_vote_that_one_alone_wrote_down_is_told_as_such(pair: Pair, evening: Evening) -> None:
    rows = {row.person: row for row in pair.ours.ask(ballot_rows, evening.motion).values()}
    assert len(rows) == 6
    steps = {step for voice in only(pair.ours).voices for step in voice.steps}
    assert rows["Owen Marsh"].by
    assert rows["Owen Marsh"].by not in steps, "a step of its own"
    assert not rows["Ann Alvarez"].by, "both said so"


def test_the_attendance_is_settled_and_what_was_voted_counted_anew(pair: Pair) -> None:
    evening = Evening(pair)
    evening.vote(pair.ours, YES, YES, YES, YES)
    pair.meet()
    assert evening.result(pair.ours) is MotionResult.PASSED
    last = evening.people[-1]
    pair.ours.do("Roll", meetings.record_attendance, evening.meeting, last, Presence.PRESENT, arrived="18:40")
    pair.theirs.do("Roll", meetings.record_attendance, evening.meeting, last, Presence.PRESENT, arrived="18:50")
    pair.meet()
    question = only(pair.ours)
    assert {side.words for side in question.first.sides} == {"6:40 PM", "6:50 PM"}
    with pytest.raises(InvalidInput, match="not a time of day"):
        pair.ours.settle([question.say("quarter to never")])
    pair.ours.settle([question.say("6:45 pm")])
    assert settled(pair, "attendance", (evening.meeting, last), "arrived") == "18:45"
    assert evening.result(pair.theirs) is MotionResult.PASSED


def test_approved_minutes_do_not_stand_in_the_way(pair: Pair, evening: Evening) -> None:
    pair.ours.do("Held", meetings.hold_meeting, evening.meeting, "2026-12-09T20:30:00+00:00")
    pair.ours.do("Approve", minutes.approve_minutes, evening.meeting, date(2027, 1, 13))
    pair.ours.settle([take(only(pair.ours), mine=False)])
    pair.meet()
    assert evening.votes(pair.theirs)[:4] == [YES, NO, NO, NO]
    assert not open_in(pair.theirs)


def test_the_list_is_the_same_when_everything_is_folded_anew(pair: Pair, evening: Evening) -> None:
    retitled_too = retitled_beside(pair)
    listed = pair.ours.ask(open_differences)
    keys = {one.key for one in listed}
    assert retitled_too in {one.key for one in listed}

    def folded(session: Any) -> tuple[Difference, ...]:
        Fold(session.connection(), keys).run()
        return open_differences(session)

    assert pair.ours.ask(folded) == listed


def retitled_beside(pair: Pair) -> tuple[str, str]:
    for workspace, words in ((pair.ours, "Ours"), (pair.theirs, "Theirs")):
        workspace.do("Rename", goals.edit_goal, pair.names.goal, title=words)
    pair.meet()
    return "goal", pair.names.goal
