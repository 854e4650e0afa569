"""What the board voted on: the record of one meeting, and its decisions by goal over a period."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.board_actions import Decision, by_goal, decisions
from planstudio.domain.cards import OrganizationCard
from planstudio.domain.reporting import ReportData
from planstudio.domain.room import quorum_line
from planstudio.i18n import _, medium_date, ngettext
from planstudio.reports import standings
from planstudio.reports.book import goal_name
from planstudio.reports.brief import motion_cell
from planstudio.reports.periods import period_words
from planstudio.reports.story import Story
from planstudio.reports.tagged.box import Box
from planstudio.reports.tagged.table import Table
from planstudio.reports.wording import motion_lines, result_words, when_and_where


def vote_record(story: Story, meeting: MeetingCard, district: OrganizationCard) -> None:
    """Each motion of a meeting: who moved and seconded it, how each member voted, and the result."""
    story.title(_("Vote record"), kicker=district.board_name)
    story.p(f"{meeting.name}. {when_and_where(meeting)}", story.styles.lead)
    found = decisions([meeting])
    if not found:
        story.quiet(_("No motion is on record for this meeting."))
        return
    if quorum := quorum_line(meeting):
        story.p(quorum, story.styles.note)
    words = ngettext("{n} motion.", "{n} motions.", len(found)).format(n=len(found))
    story.p(words, story.styles.note)
    table = story.table([42.0, 0.0, 190.0, 108.0])
    table.set_head(story.heads(_("Item"), _("Motion"), _("Votes"), _("Result")))
    for one in found:
        lines: list[Box] = [story.cell(line) for line in motion_lines(one.motion)]
        if one.motion.doubt:
            lines.append(story.cell(one.motion.doubt, story.styles.cell_bold))
        table.add_row([
            story.cell(one.item.number, story.styles.cell_bold),
            motion_cell(story, one, numbered=False),
            lines,
            standings.marked(story, one.motion.result, result_words(one.motion)),
        ])  # fmt: skip


def decisions_by_goal(story: Story, data: ReportData) -> None:
    """The motions of a period under the goals that their items support."""
    story.title(_("Decisions by goal"), kicker=period_words(data))
    found = decisions(data.meetings)
    if not found:
        story.quiet(_("No motion is on record in this time."))
        return
    groups, others = by_goal(data.book, found)
    linked = len(found) - len(others)
    words = ngettext(
        "Of {all} motion, {linked} bore on a goal of the plan.",
        "Of {all} motions, {linked} bore on a goal of the plan.",
        len(found),
    )
    story.p(words.format(all=len(found), linked=linked), story.styles.lead)
    without = [goal_name(goal) for goal, rows in groups if not rows]
    if without:
        names = "; ".join(story.setter.name(name, 90).rstrip(".") for name in without)
        story.p(_("No motion on: {goals}.").format(goals=names), story.styles.note)
    table = story.table([80.0, 0.0, 118.0])
    table.set_head(story.heads(_("Meeting"), _("Motion"), _("Result")))
    for goal, rows in groups:
        _group(story, table, goal_name(goal), rows)
    _group(story, table, _("Not linked to a goal"), others)


def _group(story: Story, table: Table, name: str, rows: Sequence[Decision]) -> None:
    if not rows:
        return
    table.add_section(story.cell(story.setter.name(name, 120), story.styles.section))
    for one in rows:
        table.add_row([
            story.cell(medium_date(one.on) if one.on else "–"),
            motion_cell(story, one),
            standings.marked(story, one.motion.result, result_words(one.motion)),
        ])  # fmt: skip
