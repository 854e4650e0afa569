"""What people who did not know of each other wrote differently, as it is shown to whoever answers it.

Difference   one cell, or whether an element is there; what each side says of it
Question     what is answered together: a difference, or a motion with its votes
Voice        one side of a question
Answer       what is kept
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from planstudio.domain.places import NOWHERE, Place

WHOLE = "*"  # in the place of a cell: whether the element is there
_MOTION = "motion:"


class Sort(StrEnum):
    """What stands in a cell, and so how it can be answered."""

    LINE = "line"  # words on one line; words can be woven
    LINES = "lines"  # a list of lines
    MARKDOWN = "markdown"
    NUMBER = "number"  # a figure can be chosen or written, and is never averaged
    DAY = "day"
    TIME = "time"
    CHOICE = "choice"  # one of a list
    ORDER = "order"  # the place among its neighbors
    CLOSED = "closed"  # what the program keeps for itself: can only be chosen
    ELEMENT = "element"  # there, or deleted


WORDS = (Sort.LINE, Sort.LINES, Sort.MARKDOWN)
WRITTEN = (*WORDS, Sort.NUMBER, Sort.DAY, Sort.TIME, Sort.CHOICE)  # a third value can be said


@dataclass(frozen=True)
class Unsettled:
    """A value that two copies of the plan have written differently, and nobody has chosen from."""

    element: str  # the id of the statement, goal, strategy or measure
    words: str  # which of its values


@dataclass(frozen=True)
class Answer:
    """Take what the step *side* said of all that is open in *unit*; or, of one cell of it, a *third* value.

    *also* are further steps of the same person, for what was said in several; *more*
    are other cells of the row that go with the one that is named.
    """

    unit: str
    side: str
    key: tuple[str, str] | None = None
    field: str = ""
    third: Any = None
    also: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        return (self.side, *self.also)


@dataclass(frozen=True)
class Side:
    """What one of them wrote; *value* as the journal holds it, None where the element or the cell is empty."""

    step: str  # "" stands for what is there now, beside a deletion
    author: str
    at: datetime | None
    words: str
    value: Any
    mine: bool = False
    gone: bool = False  # this side deleted the element
    beside: str = ""  # what helps to judge it: the source of a figure


@dataclass(frozen=True)
class Difference:
    """One cell, or the whole of an element; the side that is shown in the plan comes first."""

    unit: str  # what is answered together
    table: str
    row: str
    field: str  # "*": whether the element is there
    element: str  # in words
    field_words: str
    before: str  # what stood there before both, in words
    sides: tuple[Side, ...]
    prose: bool = False  # words, which can be woven; else a value, which can only be chosen
    sort: Sort = Sort.CLOSED
    base: Any = None  # what stood there before both, as the journal holds it
    name: str = ""  # what the element is called
    place: Place = NOWHERE  # that shows it
    page: str = ""  # and what that is called
    part: str = ""  # the goal, policy, meeting … that it all belongs to
    options: tuple[tuple[Any, str], ...] = ()  # what else can be chosen: values with their words
    unit_of_measure: str = ""
    together: str = ""  # cells with the same word here say one thing: where an element stands

    @property
    def whole(self) -> bool:
        return self.field == WHOLE

    @property
    def key(self) -> tuple[str, str]:
        return self.table, self.row


@dataclass(frozen=True)
class Voice:
    """One side of a question, by whom and when."""

    author: str
    at: datetime | None
    steps: tuple[str, ...]
    mine: bool = False
    elsewhere: bool = False  # the same person, on another computer

    def of(self, difference: Difference) -> Side | None:
        """What this voice says in *difference*; None where it says nothing of it."""
        return next((side for side in difference.sides if side.step in self.steps), None)


@dataclass(frozen=True)
class BallotRow:
    """A member's vote that nobody disputes; *by* is the step that alone said it, "" for one that both know."""

    person: str
    words: str
    by: str = ""


@dataclass(frozen=True)
class Question:
    """What is answered together."""

    differences: tuple[Difference, ...]

    @property
    def first(self) -> Difference:
        return self.differences[0]

    @property
    def unit(self) -> str:
        return self.first.unit

    @property
    def ballot(self) -> bool:
        """Whether it is a motion with votes."""
        return self.unit.startswith(_MOTION) and any(one.table == "vote" for one in self.differences)

    @property
    def key(self) -> str:
        one = self.first
        return one.unit if self.ballot else one.together or f"{one.table}:{one.row}:{one.field}"

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Mine first, then the others; in a motion each person is one voice, however many steps it took."""
        found: dict[Any, list[Side]] = {}
        for one in self.differences:
            for side in one.sides:
                found.setdefault((side.mine, side.author) if self.ballot else side.step, []).append(side)
        me = {side.author for sides in found.values() for side in sides if side.mine}
        voices = [
            Voice(
                sides[0].author,
                max((side.at for side in sides if side.at), default=None),
                tuple(dict.fromkeys(side.step for side in sides)),
                sides[0].mine,
                not sides[0].mine and sides[0].author in me,
            )
            for sides in found.values()
        ]
        return tuple(sorted(voices, key=lambda voice: not voice.mine))

    @property
    def mine(self) -> Voice | None:
        return next((voice for voice in self.voices if voice.mine), None)

    @property
    def theirs(self) -> Voice | None:
        """The other voice, where there is one besides mine."""
        others = [voice for voice in self.voices if not voice.mine]
        return others[0] if len(others) == 1 and self.mine else None

    def take(self, voice: Voice) -> Answer:
        """The answer that keeps what *voice* said."""
        if self.ballot:
            return Answer(self.unit, voice.steps[0], also=voice.steps[1:])
        more = tuple(one.field for one in self.differences[1:])
        return Answer(self.unit, voice.steps[0], self.first.key, self.first.field, more=more)

    def words(self, voice: Voice) -> str:
        """What *voice* says, in words; "" for nothing."""
        sides = (voice.of(one) for one in self.differences)
        return ", ".join(side.words for side in sides if side is not None and side.words)

    def say(self, third: Any) -> Answer:
        """The answer that keeps another value."""
        return Answer(self.unit, "", self.first.key, self.first.field, third)


def questions(differences: Sequence[Difference]) -> tuple[Question, ...]:
    """*differences* by what is answered together: each cell for itself, a motion with its votes as one."""
    motions: dict[str, list[Difference]] = {}
    placed: dict[str, list[Difference]] = {}
    for one in differences:
        if one.unit.startswith(_MOTION):
            motions.setdefault(one.unit, []).append(one)
        if one.together:
            placed.setdefault(one.together, []).append(one)
    made: dict[str, Question] = {}
    for one in differences:
        question = Question(tuple(motions.get(one.unit, (one,))))
        if not question.ballot:
            question = Question(tuple(placed.get(one.together, (one,))))
        made.setdefault(question.key, question)
    return tuple(made.values())
