"""What was written differently in two copies, answered under the same checks as what is typed.

An answer is a step of its own (store/settling.py). A third value is held to what the field may hold; where votes or the
attendance are answered, what was voted is counted anew. Approved minutes do not stand in the way: the copies have to
come to one record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Float
from sqlalchemy.orm import Session

from planstudio.domain.differences import Answer
from planstudio.domain.kinds import MinutesState
from planstudio.domain.voting import BY_VOTE
from planstudio.operations.ballots import has_votes, recounted, room_of
from planstudio.operations.rows import clean
from planstudio.store import journal
from planstudio.store.schema import JOURNALED, AgendaItem, Meeting, Motion
from planstudio.store.settling import Open, differences, settle
from planstudio.store.types import Day, Moment, Word, decode, encode


def settle_differences(session: Session, answers: Sequence[Answer]) -> None:
    """Carry the *answers* out as the step under way; what is settled already is NotFound, and nothing happens."""
    units = {answer.unit for answer in answers}
    asked = [one for one in differences(session.connection()) if one.unit in units]
    checked = [replace(answer, third=_third(answer)) if answer.third is not None else answer for answer in answers]
    settle(session, checked)
    for motion in sorted(_motions(asked)):
        _count(session, motion)
    for meeting in sorted(_meetings(asked)):
        row = session.get(Meeting, meeting)
        if row is not None and row.minutes_state is not MinutesState.APPROVED:
            with recounted(session, row):
                pass


def _third(answer: Answer) -> Any:
    """The value as the journal holds it, or a sentence why the field cannot hold it."""
    if answer.key is None:
        raise TypeError("a third value belongs to one cell")
    table, name, value = answer.key[0], answer.field, answer.third
    column = JOURNALED[table].c[name]
    if type(value) is str and isinstance(column.type, Word | Day | Moment):
        value = decode(column.type, value)
    if isinstance(column.type, Float):
        value = float(value)
    return encode(clean(table, name, value))


def _motions(asked: Iterable[Open]) -> set[str]:
    """The motions whose votes or results are answered."""
    votes = {json.loads(one.key[1])[0] for one in asked if one.key[0] == "vote"}
    return votes | {one.key[1] for one in asked if one.key[0] == "motion" and one.field == "result"}


def _meetings(asked: Iterable[Open]) -> set[str]:
    return {json.loads(one.key[1])[0] for one in asked if one.key[0] == "attendance"}


def _count(session: Session, motion_id: str) -> None:
    """Let the result follow the votes that stand now, said even where it stays: it is answered with them."""
    motion = session.get(Motion, motion_id)
    if motion is None or motion.result not in BY_VOTE or not has_votes(motion):
        return
    item = session.get_one(AgendaItem, motion.agenda_item_id)
    motion.result = room_of(session, item.section.meeting).outcome(motion, item)
    step: journal.Step = session.info["step"]
    step.restated.setdefault(("motion", motion_id), set()).add("result")
