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
from planstudio.reports.story import Story
from planstudio.reports.style import GOOD, S1, S3, S4, WARN
from planstudio.reports.wording import clock, motion_lines, result_words, when_and_where


def minutes(story: Story, meeting: MeetingCard, district: OrganizationCard, audience: Access = Access.PUBLIC) -> None:
    """The minutes of *meeting* as *audience* may read them."""
    meeting = for_audience(meeting, audience)
    story.title(_("Minutes of the {meeting}").format(meeting=_lower(meeting.name)), kicker=district.board_name)
    story.p(when_and_where(meeting), story.styles.lead)
    _standing(story, meeting)
    _opening(story, meeting)
    _roll(story, meeting)
    for section in meeting.sections:
        _section(story, section)
    _closing(story, meeting)
    _amendments(story, meeting)
    _signature(story)


def _lower(name: str) -> str:
    """A kind of meeting inside a title; a meeting's own name stays as it is."""
    first, _space, rest = name.partition(" ")
    return f"{first.lower()} {rest}".strip() if rest and rest == rest.lower() else name


def _standing(story: Story, meeting: MeetingCard) -> None:
    """Whether the board has approved them."""
    if meeting.minutes_state is MinutesState.APPROVED:
        mark, words = Mark("check", GOOD), _("Approved by the board.")
        if meeting.minutes_approved_on:
            words = _("Approved by the board on {date}.").format(date=long_date(meeting.minutes_approved_on))
    else:
        mark, words = Mark("triangle", WARN), _("Draft: the board has not approved these minutes.")
    standings.line(story, mark, words, after=S3)


def _opening(story: Story, meeting: MeetingCard) -> None:
    with story.hung(_("Call to order")):
        if meeting.called_to_order:
            story.p(_("The meeting was called to order at {time}.").format(time=clock(meeting.called_to_order)))
        else:
            story.p(_("The time of the call to order is not on record."))
        if late := late_words(meeting):
            story.p(_("Agenda: {posted}.").format(posted=late))
        if meeting.minutes_opening:
            prose.write(story, meeting.minutes_opening)


def _roll(story: Story, meeting: MeetingCard) -> None:
    with story.hung(_("Roll call")):
        if not meeting.attendance:
            story.p(_("The attendance is not on record."))
            return
        present = sum(row.presence in (Presence.PRESENT, Presence.REMOTE) for row in meeting.attendance)
        told = _("Present: {present} of {all}.").format(present=present, all=len(meeting.attendance))
        story.p(told, replace(story.styles.main, keep=True))
        table = story.table([0.0, 120.0, 64.0, 64.0], left=story.grid.side)
        table.set_head(story.heads(_("Member"), _("Presence"), _("Arrived"), _("Left")))
        for row in meeting.attendance:
            times = (clock(text) if text else "–" for text in (row.arrived, row.departed))
            table.add_row([story.cell(row.person), story.cell(word(row.presence)), *story.cells(*times)])
        if words := quorum_line(meeting):
            story.p(words)


def _section(story: Story, section: SectionCard) -> None:
    items = dealt_with(section.items)
    if not items:
        return
    name = f"{section.number}  {section.title}".strip()
    look = replace(story.styles.h2, color=story.styles.section.color, before=S4)
    story.boxes.append(story.text(name, look, story.heading_tag(2)))
    if section.consent:
        told = _("The consent agenda: one motion approves these items together, unless a member takes one out.")
        story.p(told, replace(story.styles.note, keep=True))
    for item in items:
        _item(story, item, section)


def _item(story: Story, item: AgendaItemCard, section: SectionCard) -> None:
    note = _item_note(item, section)
    closed = item.type is ItemType.CLOSED or item.access is Access.CLOSED
    more = bool(note or closed or item.notes or item.motions)
    with story.hung(_("Item {number}").format(number=item.number), level=3, before=S3 - S1):
        story.p(item.title or word(item.type), replace(story.styles.main, font="Serif-B", keep=more, after=S1))
        if note:
            story.p(note, story.styles.note_main)
    if closed:
        _closed(story, item)
    if item.notes:
        prose.write(story, item.notes)
    for motion in item.motions:
        _motion(story, motion)


def _item_note(item: AgendaItemCard, section: SectionCard) -> str:
    said = []
    if section.consent and item.pulled:
        said.append(_("Taken out of the consent agenda."))
    if item.presenter:
        said.append(_("Presented by {person}.").format(person=item.presenter))
    if item.began and item.ended and item.type is not ItemType.CLOSED and item.access is not Access.CLOSED:
        said.append(_("From {began} to {ended}.").format(began=clock(item.began), ended=clock(item.ended)))
    return " ".join(said)


def _closed(story: Story, item: AgendaItemCard) -> None:
    """When the board went into closed session, and by what law."""
    if item.began:
        story.p(_("The board went into closed session at {time}.").format(time=clock(item.began)))
    if item.ended:
        story.p(_("The board returned to open session at {time}.").format(time=clock(item.ended)))
    if not item.began and not item.ended:
        story.p(_("The times of the closed session are not on record."))
    story.p(_("Ground: {law}").format(law=item.ground or _("not stated")))


# ── motions


def _motion(story: Story, motion: MotionCard) -> None:
    with story.whole():
        if motion.text:
            bold = replace(story.styles.main, font="Serif-B")
            prose.write(story, motion.text, after=story.setter.plain(_("Motion: "), bold))
        else:
            story.p(_("Motion: not worded."))
        story.boxes[-1].keep = True
        for line in motion_lines(motion, together=True):
            story.p(line, replace(story.styles.note_main, keep=True, after=S1))
        if motion.doubt:
            standings.line(story, Mark("triangle", WARN), motion.doubt, left=story.grid.side, after=S1)
        mark = standings.MARKS[motion.result]
        standings.line(story, mark, result_words(motion), left=story.grid.side, after=S3)


# ── the end


def _closing(story: Story, meeting: MeetingCard) -> None:
    with story.hung(_("Adjournment"), before=S4):
        if meeting.minutes_closing:
            prose.write(story, meeting.minutes_closing)
        if meeting.adjourned:
            story.p(_("The meeting was adjourned at {time}.").format(time=clock(meeting.adjourned)))
        else:
            story.p(_("The time of the adjournment is not on record."))


def _amendments(story: Story, meeting: MeetingCard) -> None:
    """What the board changed after it had approved the minutes."""
    if not meeting.amendments:
        return
    with story.hung(_("Amendments"), before=S4):
        for one in meeting.amendments:
            story.p(_("Amended by the board on {date}.").format(date=long_date(one.on)), story.styles.note_main)
            prose.write(story, one.text)


def _signature(story: Story) -> None:
    """A line to sign on, with room above it for the hand."""
    with story.whole():
        story.gap(S4)
        story.p(_("Signed:"), replace(story.styles.note_main, after=S4 + S3))
        story.rule(left=story.grid.side)
        story.boxes[-1].after = S1
        story.p(_("Secretary of the board, and the day of signing"), story.styles.note_main)
