"""Differences as questions: whose voice is whose, what is answered together, and what an answer names."""

from __future__ import annotations

from datetime import UTC, datetime

from planstudio.domain.differences import Answer, Difference, Question, Side, questions
from planstudio.gui.widgets.question_words import done_words, verbs, voice_name, woven_of

AT = datetime(2026, 11, 20, 10, 40, tzinfo=UTC)


def side(step: str, author: str, value: object, *, mine: bool = False) -> Side:
    return Side(step, author, AT, str(value), value, mine)


def difference(unit: str, table: str, row: str, field: str, *sides: Side, **more: object) -> Difference:
    return Difference(unit, table, row, field, "Goal “Read”", "Title", "before", sides, **more)  # type: ignore[arg-type]


def test_each_cell_is_a_question_and_mine_comes_first() -> None:
    a, b = side("1", "Ana", "x"), side("2", "Ruth", "y", mine=True)
    one, other = questions([difference("goal:g", "goal", "g", name, a, b) for name in ("title", "statement")])
    assert [voice.author for voice in one.voices] == ["Ruth", "Ana"]
    assert one.take(one.voices[1]) == Answer("goal:g", "1", ("goal", "g"), "title")
    assert other.say("z") == Answer("goal:g", "", ("goal", "g"), "statement", "z")


def test_a_motion_with_votes_is_one_question_in_which_each_person_is_one_voice() -> None:
    made = [
        difference(
            "motion:m", "vote", f'["m", "{n}"]', "choice", side(f"a{n}", "Ana", "yes"),
            side(f"r{n}", "Ruth", "no", mine=True),
        )
        for n in (1, 2)
    ]  # fmt: skip
    (question,) = questions(made)
    assert question.ballot
    mine, theirs = question.voices
    assert question.take(theirs) == Answer("motion:m", "a1", also=("a2",))
    assert [mine.of(one).value for one in made if mine.of(one) is not None] == ["no", "no"]  # type: ignore[union-attr]


def test_a_motion_without_disputed_votes_is_asked_cell_by_cell() -> None:
    made = [
        difference("motion:m", "motion", "m", name, side("1", "Ana", "x"), side("2", "Bo", "y"))
        for name in ("text", "mover_id")
    ]
    assert [one.first.field for one in questions(made)] == ["text", "mover_id"]


def test_three_people_have_three_answers_and_no_letter_twice() -> None:
    one = difference(
        "goal:g", "goal", "g", "title", side("1", "Ana", "a c"), side("2", "Ruth", "b c", mine=True),
        side("3", "Jo", "a d"), prose=True, base="a b",
    )  # fmt: skip
    question = Question((one,))
    assert question.theirs is None, "there is more than one"
    said = [words for words, _voice in verbs(question)]
    assert said == ["K Keep mine", "T Take what Ana wrote", "3 Take what Jo wrote"]
    assert done_words(question, question.voices[2]) == "took what Jo wrote"
    woven = woven_of(question)
    assert woven is not None
    assert woven.touching


def test_who_wrote_neither_is_offered_both_by_name() -> None:
    question = Question((difference("goal:g", "goal", "g", "title", side("1", "Ana", "a"), side("2", "", "b")),))
    assert [words for words, _voice in verbs(question)] == ["K Take what Ana wrote", "T Take what Somebody wrote"]


def test_the_same_person_on_another_computer_is_told_apart() -> None:
    sides = side("1", "Ruth", "a"), side("2", "Ruth", "b", mine=True)
    question = Question((difference("goal:g", "goal", "g", "title", *sides),))
    assert [voice_name(voice) for voice in question.voices] == ["Yours", "Ruth, on another computer"]
