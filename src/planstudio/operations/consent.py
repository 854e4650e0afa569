"""Texts of motions that are made from the agenda: they follow it while open, and hold it fast when decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.orm import Session

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import ItemState, MotionResult
from planstudio.domain.numbering import item_number
from planstudio.domain.room import consent_motion
from planstudio.i18n import _
from planstudio.operations.ballots import motions_of
from planstudio.operations.rows import assign, last_rank, ordered
from planstudio.store.schema import AgendaItem, Meeting, Motion


class _Group(NamedTuple):
    """The items that one motion carries, with their numbers and titles; none where an item stands alone."""

    ids: tuple[str, ...] = ()
    words: str = ""


def made_text(session: Session, item: AgendaItem) -> str:
    """What is moved at *item*: its consent group, or what was recommended."""
    group = _group_of(item.section.meeting, item)
    return group.words if len(group.ids) > 1 else item.recommended_motion


def is_carried(items: Iterable[AgendaItem]) -> bool:
    """Whether a motion at one of these items of a consent section is decided."""
    return any(motion.result is not MotionResult.OPEN for item in items if not item.pulled for motion in item.motions)


@contextmanager
def kept_true(session: Session, meeting: Meeting) -> Iterator[None]:
    """While the agenda is changed: an open motion that is made from it is made anew, a decided one refuses."""
    session.flush()
    before = {motion.id: (motion, _group_of(meeting, item)) for motion, item in motions_of(session, meeting)}
    yield
    if not before:
        return
    session.flush()
    session.expire(meeting, ["sections"])  # what was added, moved or deleted stands there now
    for section in meeting.sections:
        session.expire(section, ["items"])
    now = {motion.id: item for motion, item in motions_of(session, meeting)}
    for ident, (motion, group) in before.items():
        if ident in now:
            _follow(session, meeting, motion, now[ident], group)
        elif len(group.ids) > 1:
            raise _decided()


def rescue_motions(session: Session, item: AgendaItem) -> None:
    """Before *item* leaves for good: the open motion of its consent group goes to the next item of the group."""
    group = _group_of(item.section.meeting, item)
    others = [ident for ident in group.ids if ident != item.id]
    if not others or item.id not in group.ids:
        return
    heir = session.get_one(AgendaItem, others[0])
    for motion in list(item.motions):
        if motion.made:
            _hand_over(motion, heir)
    session.flush()
    session.expire(item, ["motions"])
    session.expire(heir, ["motions"])


def _follow(session: Session, meeting: Meeting, motion: Motion, item: AgendaItem, before: _Group) -> None:
    group = _group_of(meeting, item)
    together = len(before.ids) > 1
    if together and item.id not in group.ids:  # what carries the motion left: the motion stays with the group
        group = _rest(session, meeting, item, before)
    changed = group.ids != before.ids or (motion.made and group.words != before.words)
    if together and changed and motion.result is not MotionResult.OPEN:
        raise _decided()
    if motion.made and motion.result is MotionResult.OPEN:
        if together and group.ids and item.id not in group.ids:
            _hand_over(motion, session.get_one(AgendaItem, group.ids[0]))
        text = group.words if len(group.ids) > 1 or (together and group.ids) else item.recommended_motion
        assign(motion, {"text": text})


def _rest(session: Session, meeting: Meeting, item: AgendaItem, before: _Group) -> _Group:
    """What is left of a group without *item*."""
    for ident in before.ids:
        one = session.get(AgendaItem, ident)
        if one is not None and ident != item.id and ident in (group := _group_of(meeting, one)).ids:
            return group
    return _Group()


def _hand_over(motion: Motion, heir: AgendaItem) -> None:
    motion.rank = last_rank(heir.motions)
    motion.agenda_item_id = heir.id


def _group_of(meeting: Meeting, item: AgendaItem) -> _Group:
    """The consent group of *item*; nothing where it stands alone."""
    found = ((n, section) for n, section in enumerate(ordered(meeting.sections), 1) if section.id == item.section_id)
    n, section = next(found, (0, None))
    if section is None or not section.consent or item.pulled or item.state is ItemState.RETURNED:
        return _Group()
    named = {
        one.id: (item_number(meeting.numbering, n, m), one.title)
        for m, one in enumerate(ordered(section.items), 1)
        if not one.pulled and one.state is not ItemState.RETURNED
    }
    return _Group(tuple(named), consent_motion([*named.values()]))


def _decided() -> InvalidInput:
    words = _(
        "The board has decided on this consent group. Set the result of its motion to “Not decided” first, "
        "or deal with the item apart."
    )
    return InvalidInput(words, field="consent")
