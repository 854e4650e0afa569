"""Two copies in which every cell was written differently: how each difference is told, answered and settled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Float, Integer
from sqlalchemy.orm import Session

import golden
from factories import add, dump
from planstudio.domain.differences import Difference, questions
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Choice, Presence
from planstudio.domain.question_codes import coded, step_names
from planstudio.domain.words import field_word
from planstudio.operations import answers, goals, measures, meetings, people, statements
from planstudio.queries.conflicts import ballot_rows, count_differences, open_differences
from planstudio.store.schema import JOURNALED, MODELS
from planstudio.store.types import Day, Moment, Word
from store.test_union import Pair

GOLDEN = Path(__file__).parent / "golden"
MAY = date(2026, 5, 31)
# Cells with a form of their own, and those that say where a row stands.
SHAPED = {
    "called_to_order": ("18:31", "18:32"), "adjourned": ("20:01", "20:02"), "began": ("18:41", "18:42"),
    "ended": ("18:51", "18:52"), "arrived": ("18:33", "18:34"), "departed": ("19:33", "19:34"),
    "posting_rule": ("72 hours", "3 days"), "time_zone": ("America/Denver", "America/Chicago"),
    "closed_days": ("2026-12-24", "2026-12-25"), "level_words": ("goal = Pillar, Pillars", "goal = Aim, Aims"),
    "status_words": ("at risk = Behind", "at risk = Late"), "interim": ("2027: 70", "2027: 71"),
    "revised": ("2026-01-01", "2026-01-02"), "seats": (7, 9), "quorum": (4, 5), "coded_shares": (2, 3),
    "posted_notice": ("72 hours", "3 days"), "posted_deadline": None, "frozen_at": None, "minutes_state": None,
    "state": None, "origin": None, "rank": None, "sha256": None, "logo_sha256": None, "coded": None, "made": None,
    "approved_roll": None, "record": None, "code": ("7001", "7002"), "at": None, "minutes_approved_on": None,
    "adopted_on": None, "what": None,
    "posted_at": None, "posted_for": None, "start": None, "result": None, "choice": None, "presence": None,
}  # fmt: skip
_CLOCK = re.compile(r"at=20\d\d-[-0-9T:.]+\+00:00")
_STEP = re.compile(r"step='<an id>'|origin='[^']*'")


def _values(column: Any, side: int) -> Any:
    """What *side*, 0 or 1, writes in a column; None where both leave it."""
    if column.name in SHAPED:
        shaped = SHAPED[column.name]
        return None if shaped is None else shaped[side]
    match column.type:
        case Word(kind=kind):
            words: list[StrEnum] = list(kind)
            return words[-1 - side] if len(words) > 2 else None
        case Day():
            return date(2027, 3 + side, 1)
        case Moment():
            return datetime(2027, 3 + side, 1, 18, 30)
        case Boolean():
            return None
        case Float():
            return 10.5 + side
        case Integer():
            return 11 + side
    return f"{('Ours', 'Theirs')[side]}: {column.name} of {column.table.name}"


def _write(session: Session, side: int) -> None:
    """Every cell of the first row of each table, in other words than the other side."""
    for table in JOURNALED.values():
        key = [column.name for column in table.primary_key]
        row = session.execute(table.select().order_by(*table.primary_key).limit(1)).mappings().first()
        if row is None or table.name == "amendment":  # the only one belongs to approved minutes
            continue
        found = session.get_one(MODELS[table.name], tuple(row[name] for name in key))
        for column in table.columns:
            if column.name in key or column.foreign_keys or column.type.__class__.__name__ == "LargeBinary":
                continue
            value = _values(column, side)
            if value is not None:
                setattr(found, column.name, value)


def _go_apart(pair: Pair) -> None:
    n = pair.names
    voters = [key for key, row in dump(pair.ours)["person"].items() if row["name"] == "Rosa Finch"]
    for side, copy in enumerate((pair.ours, pair.theirs)):
        copy.do("Write", lambda session, side=side: _write(session, side))
    pair.ours.do("Delete", goals.delete_milestone, n.milestone)
    pair.theirs.do("Edit", goals.edit_milestone, n.milestone, done_on=MAY)
    pair.theirs.do("Delete", goals.delete_strategy, n.other_strategy)
    pair.ours.do("Edit", goals.edit_strategy, n.other_strategy, title="Open it on Sundays", owner_id=n.person)
    pair.ours.do("Move", statements.move_item, n.item, 1)
    third = add(pair.theirs, "statement_item", statements.add_item, n.statement, title="Third")
    pair.theirs.do("Move", statements.move_item, n.item, 2)
    assert third
    pair.ours.do("Vote", meetings.record_votes, n.motion, {voters[0]: Choice.NO})
    pair.theirs.do("Vote", meetings.record_votes, n.motion, {voters[0]: Choice.ABSTAIN, n.person: Choice.YES})
    pair.ours.do("Roll", meetings.record_attendance, n.meeting, n.person, Presence.REMOTE)
    pair.theirs.do("Roll", meetings.record_attendance, n.meeting, n.person, Presence.PRESENT)
    pair.ours.do("Figure", measures.record_observation, n.measure, MAY, 70.0, "EL", source="Ours")
    pair.theirs.do("Figure", measures.record_observation, n.measure, MAY, 71.0, "EL")
    pair.ours.do("Own", people.set_owner, "goal", n.other_goal, "Rosa Finch")
    pair.theirs.do("Own", people.set_owner, "goal", n.other_goal, "Jordan Lee")
    pair.meet()


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("apart")
    made = Pair(folder, folder / "data")
    _go_apart(made)
    yield made
    made.close()


@pytest.fixture
def pair(tmp_path: Path, data: Path) -> Iterator[Pair]:
    made = Pair(tmp_path, data)
    _go_apart(made)
    yield made
    made.close()


def _told(value: Any, names: dict[str, str]) -> list[str]:
    return [_STEP.sub("step", _CLOCK.sub("at=then", row)) for row in golden.tell(value, names)]


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_each_difference_is_told_in_the_words_of_the_screen(apart: Pair, side: str) -> None:
    copy = getattr(apart, side)
    found = copy.ask(open_differences, copy.device)
    golden.hold(GOLDEN / "differences.txt", side, _told(found, golden.names_in(copy)))


def test_questions_and_votes_are_counted(apart: Pair) -> None:
    asked = questions(apart.ours.ask(open_differences, "desk"))
    assert len(asked) == apart.ours.ask(count_differences) == apart.theirs.ask(count_differences)
    names = golden.names_in(apart.ours)
    said = [
        f"{one.first.element}, {one.first.field}: " + " | ".join(one.words(voice) for voice in one.voices)
        for one in asked
    ]
    rows = _told(apart.ours.ask(ballot_rows, apart.names.motion), names)
    golden.hold(GOLDEN / "differences.txt", "questions", [*said, *rows])


def test_questions_have_codes_that_tell_them_apart(apart: Pair) -> None:
    asked = coded(apart.ours.ask(open_differences, "desk"))
    codes = [one.code for one in asked]
    assert len({*codes}) == len(codes)
    assert {len(code) for code in codes} == {min(len(code) for code in codes)}
    assert min(len(code) for code in codes) >= 6
    assert [cell for one in asked for cell in one.cells] == [*apart.ours.ask(open_differences, "desk")]
    theirs = {one.code for one in coded(apart.theirs.ask(open_differences, "laptop"))}
    assert theirs == {*codes}, "both copies ask under the same codes"
    steps = step_names(asked)
    assert {*steps} == {step for one in asked for step in one.steps if step}
    assert len({*steps.values()}) == len(steps)
    assert all(step.endswith(name) for step, name in steps.items())


_TYPED = (
    "Third words",
    "61.5",
    "7",
    "1,234",
    "2027-06-30",
    "soon",
    "On Track",
    "at risk",
    "yes",
    "18:30",
    "",
    "x" * 2000,
)


def _say(one: Difference, words: str) -> str:
    try:
        return golden.short(answers.say(one, words).third, {})
    except InvalidInput as refusal:
        return f"refused at {refusal.field}: {refusal}"


def test_a_third_value_is_read_as_its_field_asks(apart: Pair) -> None:
    found = apart.ours.ask(open_differences, "desk")
    lines: list[str] = []
    known: set[object] = set()
    for one in found:
        kind = (one.sort, one.table in ("observation", "vote"), one.field.endswith("_id"), one.whole)
        if kind not in known:
            known.add(kind)
            lines += [f"{one.table} {one.field} {one.sort.value}", *(f"  {w[:20]!r}: {_say(one, w)}" for w in _TYPED)]
    golden.hold(GOLDEN / "third_values.txt", "third values", lines)


@pytest.mark.parametrize("mine", [True, False])
def test_what_is_taken_stands_in_both_copies(pair: Pair, mine: bool) -> None:
    before, names = dump(pair.ours), golden.names_in(pair.ours)
    while asked := questions(pair.ours.ask(open_differences, pair.ours.device)):
        together = [one for one in asked if not one.first.whole] or asked[:1]
        voices = [next((voice for voice in one.voices if voice.mine is mine), one.voices[0]) for one in together]
        pair.ours.settle([one.take(voice) for one, voice in zip(together, voices, strict=True)])
    assert pair.ours.ask(count_differences) == 0
    pair.meet()
    assert pair.theirs.ask(count_differences) == 0
    assert dump(pair.theirs) == dump(pair.ours)
    lines = golden.changed(before, dump(pair.ours), golden.names_in(pair.ours, names))
    golden.hold(GOLDEN / "differences.txt", f"settled with {'mine' if mine else 'theirs'}", lines)


def test_every_cell_that_may_differ_has_a_word_of_its_own() -> None:
    named = {f"{table.name}.{column.name}" for table in JOURNALED.values() for column in table.columns}
    raw = {name for name in named if field_word(*name.split(".")) == name.split(".")[1]}
    assert raw == set()
