"""What is recorded in the room: who is there, what a vote came to, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planstudio.domain.agenda import AgendaItemCard, AttendanceRow, MeetingCard, MotionCard, SectionCard, dealt_with
from planstudio.domain.kinds import Access, Choice, ItemType, MinutesState, MotionResult, Presence
from planstudio.domain.order_of_time import in_order
from planstudio.domain.voting import (
    BY_VOTE,
    BoardRules,
    RollRow,
    board_rules,
    counted,
    outcome,
    present,
    quorum_alarm,
    was_there,
)
from planstudio.domain.words import word
from planstudio.i18n import _, ngettext


def roll_of(meeting: MeetingCard) -> tuple[RollRow, ...]:
    return roll(meeting.members, meeting.attendance)


def roll(members: Sequence[tuple[str, str]], attendance: Sequence[AttendanceRow]) -> tuple[RollRow, ...]:
    """The members of the board (id and name), then whoever else has a record."""
    records = {row.person_id: (row.presence, row.arrived, row.departed) for row in attendance}
    ids = {person_id for person_id, _name in members}
    guests = (row for row in attendance if row.person_id not in ids)
    return (
        *(RollRow(person_id, person, True, *records.get(person_id, ())) for person_id, person in members),
        *(RollRow(row.person_id, row.person, False, *records[row.person_id]) for row in guests),
    )


def opened(meeting: MeetingCard) -> str:
    """When it began: as recorded, else as planned."""
    return meeting.called_to_order or (f"{meeting.start:%H:%M}" if meeting.start else "")


def quorum_words(rows: Sequence[RollRow], rules: BoardRules | None = None) -> str:
    """ "5 of 7 present: a quorum", as the room is now."""
    rules = rules or board_rules(sum(row.member for row in rows))
    if not any(row.presence for row in rows):
        return _("Nobody’s attendance is recorded yet")
    here = present(rows)
    words = _("{here} of {seats} present: a quorum")
    if here < rules.quorum or not rules.seats:
        words = _("{here} of {seats} present: no quorum")
    return words.format(here=here, seats=rules.seats)


def unanimous(rows: Sequence[RollRow], item: AgendaItemCard, opened: str) -> dict[str, Choice | None]:
    """Yes of every member who was there, the others absent; who may have been there or not is left to be asked."""
    there = {row.person_id: was_there(row, item, opened) for row in rows if row.member}
    return {person: Choice.YES if was else Choice.ABSENT for person, was in there.items() if was is not None}


def judged(meeting: MeetingCard) -> MeetingCard:
    """The meeting with what its votes come to; the results in approved minutes stay as the board approved them."""
    rows = roll_of(meeting)

    def told(section: SectionCard) -> Iterator[AgendaItemCard]:
        for item in section.items:
            yield replace(item, motions=tuple(_judged(meeting, rows, item, motion) for motion in item.motions))

    return meeting.with_items(told)


def _judged(meeting: MeetingCard, rows: Sequence[RollRow], item: AgendaItemCard, motion: MotionCard) -> MotionCard:
    votes = {vote.person_id: vote.choice for vote in motion.votes}
    if motion.result not in BY_VOTE or not any(counted(rows, votes)):
        return motion
    begin = opened(meeting)
    doubt = quorum_alarm(rows, item, begin, meeting.rules, votes)
    if meeting.minutes_state is MinutesState.APPROVED:
        return replace(motion, doubt=doubt) if motion.result is MotionResult.OPEN else motion
    result = outcome(votes, rows, item, begin, meeting.rules, motion.majority)
    if not doubt and motion.result not in (result, MotionResult.OPEN):
        doubt = _("It was recorded as “{result}”, which the votes do not come to.").format(result=word(motion.result))
    return replace(motion, result=result, doubt=doubt)


def unheard(meeting: MeetingCard, item: AgendaItemCard, motion: MotionCard) -> tuple[RollRow, ...]:
    """The members who were or may have been there and whose vote on a motion that was voted on is not recorded."""
    if not motion.votes or motion.result not in BY_VOTE:
        return ()
    voted = {vote.person_id for vote in motion.votes}
    begin = opened(meeting)
    return tuple(
        row
        for row in roll_of(meeting)
        if row.member and row.person_id not in voted and was_there(row, item, begin) is not False
    )


def unheard_words(meeting: MeetingCard, item: AgendaItemCard, motion: MotionCard) -> str:
    """ "Not recorded: the vote of A. Rivera. Nobody can tell by the times …"; "" where every vote is there."""
    missing = unheard(meeting, item, motion)
    if not missing:
        return ""
    names = ", ".join(row.person for row in missing)
    said = _("The vote of {names} is not on record.").format(names=names)
    begin = opened(meeting)
    unsure = ", ".join(row.person for row in missing if was_there(row, item, begin) is None)
    ask = _("Ask whether {names} took part: the times on record do not tell.").format(names=unsure)
    return f"{said} {ask}" if unsure else said


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
    moved = _("Moved by {mover}, seconded by {seconder}.")
    if not motion.seconder:
        moved = _("Moved by {mover}.") if motion.mover else ""
    elif not motion.mover:
        moved = _("Seconded by {seconder}.")
    moved = moved.format(mover=motion.mover, seconder=motion.seconder)
    names = {choice: ", ".join(v.person for v in motion.votes if v.choice is choice) for choice in Choice}
    votes = " ".join(f"{word(choice)}: {said}." for choice, said in names.items() if said)
    told = tally(motion)
    return tuple(filter(None, (moved, f"{told[0].upper()}{told[1:]}.", votes)))


def roll_words(attendance: Sequence[AttendanceRow]) -> str:
    """ "Present: Ann Alvarez, Bo Iverson. Excused: Theo Lindqvist."."""
    names = {kind: ", ".join(row.person for row in attendance if row.presence is kind) for kind in Presence}
    return " ".join(f"{word(kind)}: {said}." for kind, said in names.items() if said)


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


def consent_motion(named: Sequence[tuple[str, str]]) -> str:
    """What one motion moves for a whole consent group, of which the numbers and titles are *named*."""
    said = "; ".join(f"{number} {title}".strip() for number, title in named)
    return _("To approve the consent agenda: {items}").format(items=said)


def still_open(meeting: MeetingCard, rows: Sequence[RollRow]) -> tuple[str, ...]:
    """What the record of the meeting does not tell yet."""
    found = [] if meeting.called_to_order else [_("when it was called to order")]
    unsaid = sum(row.presence is None for row in rows)
    if unsaid:
        found.append(ngettext("whether {n} member came", "whether {n} members came", unsaid).format(n=unsaid))
    for item in dealt_with(meeting.items()):
        found += _open_in(meeting, item)
    return (*found, *(() if meeting.adjourned else (_("when it was adjourned"),)))


def _open_in(meeting: MeetingCard, item: AgendaItemCard) -> Iterator[str]:
    if is_running(item):
        yield _("when {number} ended").format(number=item.number)
    if any(motion.result is MotionResult.OPEN for motion in item.motions):
        yield _("what became of the motion in {number}").format(number=item.number)
    for motion in item.motions:
        names = ", ".join(row.person for row in unheard(meeting, item, motion))
        if names:
            yield _("the vote of {names} in {number}").format(names=names, number=item.number)


def contradictions(meeting: MeetingCard) -> tuple[str, ...]:
    """What stands in the record and cannot be, a sentence each."""
    items = dealt_with(meeting.items())
    found = [f"{item.number}: {motion.doubt}" for item in items for motion in item.motions if motion.doubt]
    pairs = [(_("the meeting"), meeting.called_to_order, meeting.adjourned)]
    pairs += [(item.number, item.began, item.ended) for item in items]
    pairs += [(row.person, row.arrived, row.departed) for row in meeting.attendance]
    words = _("{what}: the end lies before the beginning.")
    found += [words.format(what=what) for what, first, last in pairs if not in_order(first, last)]
    return (*found, *_impossible_votes(meeting))


def _impossible_votes(meeting: MeetingCard) -> Iterator[str]:
    rows, begin = {row.person_id: row for row in roll_of(meeting)}, opened(meeting)
    known = any(row.member for row in rows.values())
    cast = ((item, vote) for item in dealt_with(meeting.items()) for motion in item.motions for vote in motion.votes)
    for item, vote in cast:
        row = rows.get(vote.person_id)
        if known and (row is None or not row.member):
            words = _("{number}: {name} voted and was not a member of the board that day. It does not count.")
            yield words.format(number=item.number, name=vote.person)
        recorded = row is not None and row.presence is not None and vote.choice is not Choice.ABSENT
        if row is not None and recorded and was_there(row, item, begin) is False:
            words = _("{number}: {name} voted and was not there by the attendance.")
            yield words.format(number=item.number, name=vote.person)


def quorum_line(meeting: MeetingCard) -> str:
    """Of the whole meeting, for its minutes: how many of the seats came, and whether that is a quorum."""
    rows = roll_of(meeting)
    if not meeting.rules.seats or not any(row.presence for row in rows):
        return ""
    here = sum(row.member and row.came for row in rows)
    words = _("{here} of {seats} members came; a quorum of {quorum} was present.")
    if here < meeting.rules.quorum:
        words = _("{here} of {seats} members came; a quorum of {quorum} was not present.")
    return words.format(here=here, seats=meeting.rules.seats, quorum=meeting.rules.quorum)
