"""What is recorded in the room: who is there, what a vote came to, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planstudio.domain.agenda import AgendaItemCard, AttendanceRow, MeetingCard, MotionCard, minutes_between
from planstudio.domain.kinds import Access, Choice, ItemState, ItemType, MotionResult, Presence
from planstudio.domain.words import word
from planstudio.i18n import _, ngettext

_HALF_A_DAY = 12 * 60


@dataclass(frozen=True)
class RollRow:
    """Somebody on the roll; *presence* is None as long as nobody has said."""

    person_id: str
    person: str
    member: bool = True
    presence: Presence | None = None
    arrived: str = ""
    departed: str = ""

    @property
    def came(self) -> bool:
        return self.presence in (Presence.PRESENT, Presence.REMOTE)


def roll(members: Sequence[tuple[str, str]], attendance: Sequence[AttendanceRow]) -> tuple[RollRow, ...]:
    """The members of the board (id and name), then whoever else has a record."""
    records = {row.person_id: row for row in attendance}
    made = []
    for person_id, person in members:
        row = records.pop(person_id, None)
        if row is None:
            made.append(RollRow(person_id, person))
        else:
            made.append(RollRow(person_id, person, True, row.presence, row.arrived, row.departed))
    for row in records.values():
        made.append(RollRow(row.person_id, row.person, False, row.presence, row.arrived, row.departed))
    return tuple(made)


def present(rows: Sequence[RollRow]) -> int:
    """How many members are in the room now."""
    return sum(1 for row in rows if row.member and row.came and not row.departed)


def quorum_words(rows: Sequence[RollRow]) -> str:
    """ "5 of 7 present: a quorum". A quorum is more than half of the seats."""
    seats, here = sum(row.member for row in rows), present(rows)
    if not any(row.presence for row in rows):
        return _("Nobody’s attendance is recorded yet")
    words = _("{here} of {seats} present: a quorum") if here * 2 > seats else _("{here} of {seats} present: no quorum")
    return words.format(here=here, seats=seats)


def was_there(row: RollRow, item: AgendaItemCard, opened: str) -> bool:
    """Whether somebody was in the room for *item*, as far as the times tell; *opened* is the call to order."""
    if not row.came:
        return False
    if row.departed and (not item.began or _since(opened, row.departed) <= _since(opened, item.began)):
        return False
    return not (row.arrived and item.ended and _since(opened, row.arrived) >= _since(opened, item.ended))


def _since(opened: str, time: str) -> int:
    """Minutes from the opening on, over midnight; what lies less than half a day before it is negative."""
    return ((minutes_between(opened or "12:00", time) or 0) + _HALF_A_DAY) % (2 * _HALF_A_DAY) - _HALF_A_DAY


def unanimous(rows: Sequence[RollRow], item: AgendaItemCard, opened: str) -> dict[str, Choice | None]:
    """Yes of every member who was there, the others absent."""
    return {row.person_id: Choice.YES if was_there(row, item, opened) else Choice.ABSENT for row in rows if row.member}


def tally(motion: MotionCard) -> str:
    """ "5 yes, 2 no: carried"."""
    counts = [(choice, motion.count(choice)) for choice in Choice]
    said = ", ".join(f"{n} {word(choice).lower()}" for choice, n in counts if n)
    result = word(motion.result).lower()
    if motion.result is MotionResult.OPEN:
        return said or _("No votes yet")
    return _("{votes}: {result}").format(votes=said, result=result) if said else word(motion.result)


def motion_words(motion: MotionCard) -> tuple[str, ...]:
    """The sentences below a motion: who moved and seconded it, what became of it, and who voted how."""
    moved = ""
    if motion.mover and motion.seconder:
        moved = _("Moved by {mover}, seconded by {seconder}.").format(mover=motion.mover, seconder=motion.seconder)
    elif motion.mover:
        moved = _("Moved by {mover}.").format(mover=motion.mover)
    elif motion.seconder:
        moved = _("Seconded by {seconder}.").format(seconder=motion.seconder)
    names = {choice: ", ".join(v.person for v in motion.votes if v.choice is choice) for choice in Choice}
    votes = " ".join(f"{word(choice)}: {said}." for choice, said in names.items() if said)
    told = tally(motion)
    return tuple(filter(None, (moved, f"{told[0].upper()}{told[1:]}.", votes)))


def roll_words(attendance: Sequence[AttendanceRow]) -> str:
    """ "Present: Ann Alvarez, Bo Iverson. Excused: Theo Lindqvist."."""
    names = {kind: ", ".join(row.person for row in attendance if row.presence is kind) for kind in Presence}
    return " ".join(f"{word(kind)}: {said}." for kind, said in names.items() if said)


def dealt_with(items: Sequence[AgendaItemCard]) -> tuple[AgendaItemCard, ...]:
    """The items without those that went back to whoever handed them in."""
    return tuple(item for item in items if item.state is not ItemState.RETURNED)


def is_closed(item: AgendaItemCard) -> bool:
    """Whether the minutes tell only the times of the item and the law that closes it."""
    return item.type is ItemType.CLOSED or item.access is not Access.PUBLIC


def consent_group(meeting: MeetingCard, item: AgendaItemCard) -> tuple[AgendaItemCard, ...]:
    """The items that one motion carries together with *item*; none where it stands alone."""
    section = next(one for one in meeting.sections if one.id == item.section_id)
    return tuple(one for one in dealt_with(section.items) if one.consent) if item.consent else ()


def carrier(group: Sequence[AgendaItemCard]) -> AgendaItemCard:
    """The item at which the motion of a consent group stands."""
    return next((one for one in group if one.motions), group[0])


def is_running(item: AgendaItemCard) -> bool:
    return bool(item.began) and not item.ended


def still_open(meeting: MeetingCard, rows: Sequence[RollRow]) -> tuple[str, ...]:
    """What the record of the meeting does not tell yet."""
    found = []
    if not meeting.called_to_order:
        found.append(_("when it was called to order"))
    unsaid = sum(row.presence is None for row in rows)
    if unsaid:
        found.append(ngettext("whether {n} member came", "whether {n} members came", unsaid).format(n=unsaid))
    for item in meeting.items():
        if is_running(item):
            found.append(_("when {number} ended").format(number=item.number))
        if any(motion.result is MotionResult.OPEN for motion in item.motions):
            found.append(_("what became of the motion in {number}").format(number=item.number))
    if not meeting.adjourned:
        found.append(_("when it was adjourned"))
    return tuple(found)
