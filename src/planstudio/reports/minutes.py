"""The minutes of a meeting: who was there, what was moved, how each member voted, what the board decided.

Nothing that the audience may not see is printed: the meeting is cut to it
before a word is set.
"""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, MotionCard, SectionCard, dealt_with, for_audience
from planstudio.domain.cards import OrganizationCard
from planstudio.domain.kinds import Access, ItemType, MinutesState, Presence
from planstudio.domain.posting import late_words
from planstudio.domain.room import quorum_line
from planstudio.domain.words import word
from planstudio.i18n import _, long_date
from planstudio.reports import prose, standings
from planstudio.reports.marks import Mark
from planstudio.reports.style import GOOD, S1, S3, S4, WARN
from planstudio.reports.wording import clock, motion_lines, result_words, when_and_where
from planstudio.reports.writer import Writer


def minutes(writer: Writer, meeting: MeetingCard, district: OrganizationCard, audience: Access = Access.PUBLIC) -> None:
    """The minutes of *meeting* as *audience* may read them."""
    meeting = for_audience(meeting, audience)
    writer.title(_("Minutes of the {meeting}").format(meeting=_lower(meeting.name)), kicker=district.board_name)
    writer.p(when_and_where(meeting), writer.styles.lead)
    _standing(writer, meeting)
    _opening(writer, meeting)
    _roll(writer, meeting)
    for section in meeting.sections:
        _section(writer, section)
    _closing(writer, meeting)
    _amendments(writer, meeting)
    _signature(writer)


def _lower(name: str) -> str:
    """A kind of meeting inside a title; a meeting's own name stays as it is."""
    first, _space, rest = name.partition(" ")
    return f"{first.lower()} {rest}".strip() if rest and rest == rest.lower() else name


def _standing(writer: Writer, meeting: MeetingCard) -> None:
    """Whether the board has approved them."""
    mark, words = Mark("triangle", WARN), _("Draft: the board has not approved these minutes.")
    if meeting.minutes_state is MinutesState.APPROVED:
        on = meeting.minutes_approved_on
        words = _("Approved by the board on {date}.").format(date=long_date(on)) if on else _("Approved by the board.")
        mark = Mark("check", GOOD)
    standings.line(writer, mark, words, after=S3)


def _opening(writer: Writer, meeting: MeetingCard) -> None:
    with writer.hung(_("Call to order")):
        begun, missing = meeting.called_to_order, _("The time of the call to order is not on record.")
        writer.p(_("The meeting was called to order at {time}.").format(time=clock(begun)) if begun else missing)
        if late := late_words(meeting):
            writer.p(_("Agenda: {posted}.").format(posted=late))
        if meeting.minutes_opening:
            prose.write(writer, meeting.minutes_opening)


def _roll(writer: Writer, meeting: MeetingCard) -> None:
    with writer.hung(_("Roll call")):
        if not meeting.attendance:
            writer.p(_("The attendance is not on record."))
            return
        present = sum(row.presence in (Presence.PRESENT, Presence.REMOTE) for row in meeting.attendance)
        told = _("Present: {present} of {all}.").format(present=present, all=len(meeting.attendance))
        writer.p(told, replace(writer.styles.main, keep=True))
        table = writer.table([0.0, 120.0, 64.0, 64.0], left=writer.grid.side)
        table.set_head(writer.heads(_("Member"), _("Presence"), _("Arrived"), _("Left")))
        for row in meeting.attendance:
            times = (clock(text) if text else "–" for text in (row.arrived, row.departed))
            table.add_row([writer.cell(row.person), writer.cell(word(row.presence)), *writer.cells(*times)])
        if words := quorum_line(meeting):
            writer.p(words)


def _section(writer: Writer, section: SectionCard) -> None:
    if not (items := dealt_with(section.items)):
        return
    name = f"{section.number}  {section.title}".strip()
    writer.heading(name, replace(writer.styles.h2, color=writer.styles.section.color, before=S4), 2)
    if section.consent:
        told = _("The consent agenda: one motion approves these items together, unless a member takes one out.")
        writer.p(told, replace(writer.styles.note, keep=True))
    for item in items:
        _item(writer, item, section)


def _item(writer: Writer, item: AgendaItemCard, section: SectionCard) -> None:
    note = _item_note(item, section)
    closed = item.type is ItemType.CLOSED or item.access is Access.CLOSED
    more = bool(note or closed or item.notes or item.motions)
    with writer.hung(_("Item {number}").format(number=item.number), level=3, before=S3 - S1):
        writer.p(item.title or word(item.type), replace(writer.styles.main, font="Serif-B", keep=more, after=S1))
        if note:
            writer.p(note, writer.styles.note_main)
    if closed:
        _closed(writer, item)
    if item.notes:
        prose.write(writer, item.notes)
    for motion in item.motions:
        _motion(writer, motion)


def _item_note(item: AgendaItemCard, section: SectionCard) -> str:
    said = []
    if section.consent and item.pulled:
        said.append(_("Taken out of the consent agenda."))
    if item.presenter:
        said.append(_("Presented by {person}.").format(person=item.presenter))
    if item.began and item.ended and item.type is not ItemType.CLOSED and item.access is not Access.CLOSED:
        said.append(_("From {began} to {ended}.").format(began=clock(item.began), ended=clock(item.ended)))
    return " ".join(said)


def _closed(writer: Writer, item: AgendaItemCard) -> None:
    """When the board went into closed session, and by what law."""
    if item.began:
        writer.p(_("The board went into closed session at {time}.").format(time=clock(item.began)))
    if item.ended:
        writer.p(_("The board returned to open session at {time}.").format(time=clock(item.ended)))
    if not item.began and not item.ended:
        writer.p(_("The times of the closed session are not on record."))
    writer.p(_("Ground: {law}").format(law=item.ground or _("not stated")))


# ── motions


def _motion(writer: Writer, motion: MotionCard) -> None:
    with writer.whole():
        if motion.text:
            bold = replace(writer.styles.main, font="Serif-B")
            prose.write(writer, motion.text, after=writer.setter.plain(_("Motion: "), bold))
        else:
            writer.p(_("Motion: not worded."))
        writer.boxes[-1].keep = True
        for line in motion_lines(motion, together=True):
            writer.p(line, replace(writer.styles.note_main, keep=True, after=S1))
        if motion.doubt:
            standings.line(writer, Mark("triangle", WARN), motion.doubt, left=writer.grid.side, after=S1)
        mark = standings.MARKS[motion.result]
        standings.line(writer, mark, result_words(motion), left=writer.grid.side, after=S3)


# ── the end


def _closing(writer: Writer, meeting: MeetingCard) -> None:
    with writer.hung(_("Adjournment"), before=S4):
        if meeting.minutes_closing:
            prose.write(writer, meeting.minutes_closing)
        ended, missing = meeting.adjourned, _("The time of the adjournment is not on record.")
        writer.p(_("The meeting was adjourned at {time}.").format(time=clock(ended)) if ended else missing)


def _amendments(writer: Writer, meeting: MeetingCard) -> None:
    """What the board changed after it had approved the minutes."""
    if not meeting.amendments:
        return
    with writer.hung(_("Amendments"), before=S4):
        for one in meeting.amendments:
            writer.p(_("Amended by the board on {date}.").format(date=long_date(one.on)), writer.styles.note_main)
            prose.write(writer, one.text)


def _signature(writer: Writer) -> None:
    """A line to sign on, with room above it for the hand."""
    with writer.whole():
        writer.gap(S4)
        writer.p(_("Signed:"), replace(writer.styles.note_main, after=S4 + S3))
        writer.rule(left=writer.grid.side)
        writer.boxes[-1].after = S1
        writer.p(_("Secretary of the board, and the day of signing"), writer.styles.note_main)
