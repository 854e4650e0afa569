"""What the board voted on: the record of one meeting, and its decisions by goal over a period."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.board_actions import Decision, by_goal, decisions
from planstudio.domain.cards import GoalCard, OrganizationCard
from planstudio.domain.reporting import ReportData, Table
from planstudio.domain.room import quorum_line
from planstudio.domain.words import word
from planstudio.i18n import _, ngettext
from planstudio.reports import standings
from planstudio.reports.columns import DATE, Column, Columns
from planstudio.reports.goal_names import goal_name
from planstudio.reports.motions import motion_cell
from planstudio.reports.wording import day, motion_lines, period_words, result_words, said, when_and_where
from planstudio.reports.writer import Writer
from planstudio.richtext import plain
from taggedpdf.box import Box


def vote_record(writer: Writer, meeting: MeetingCard, district: OrganizationCard) -> None:
    """Each motion of a meeting: who moved and seconded it, how each member voted, and the result."""
    writer.title(_("Vote record"), kicker=district.board_name)
    writer.p(f"{meeting.name}. {when_and_where(meeting)}", writer.styles.lead)
    found = decisions([meeting])
    if not found:
        writer.quiet(_("No motion is on record for this meeting."))
        return
    if quorum := quorum_line(meeting):
        writer.p(quorum, writer.styles.note)
    writer.p(ngettext("{n} motion.", "{n} motions.", len(found)).format(n=len(found)), writer.styles.note)
    _record(found).write(writer, found)


def vote_sheet(data: ReportData) -> Table:
    """A motion a line of a spreadsheet, a member a column."""
    found = decisions([data.meeting] if data.meeting else [])
    return _record(found).sheet(_("Vote record"), found)


def _record(found: Sequence[Decision]) -> Columns[Decision]:
    members = dict.fromkeys(vote.person for one in found for vote in one.motion.votes)
    return Columns(
        Column(_("Date"), lambda one: one.on, DATE),
        Column(_("Item"), lambda one: one.item.number, width=42, bold=True),
        Column(_("Subject"), lambda one: one.item.title),
        Column(_("Motion"), lambda one: plain(one.motion.text), cell=_bare_motion, width=0),
        Column(_("Moved by"), lambda one: one.motion.mover),
        Column(_("Seconded by"), lambda one: one.motion.seconder),
        Column(_("Votes"), cell=_votes, width=190),
        *(Column(name, partial(_vote, name=name)) for name in members),
        Column(_("Result"), lambda one: word(one.motion.result), cell=_result, width=108),
    )  # fmt: skip


def _votes(writer: Writer, one: Decision) -> list[Box]:
    lines: list[Box] = [writer.cell(line) for line in motion_lines(one.motion)]
    doubt = [writer.cell(one.motion.doubt, writer.styles.cell_bold)] if one.motion.doubt else []
    return [*lines, *doubt]


def _vote(one: Decision, name: str) -> str:
    return next((said(vote.choice) for vote in reversed(one.motion.votes) if vote.person == name), "")


def _bare_motion(writer: Writer, one: Decision) -> list[Box]:
    return motion_cell(writer, one, numbered=False)


def _result(writer: Writer, one: Decision) -> Box:
    return standings.marked(writer, one.motion.result, result_words(one.motion))


def decisions_by_goal(writer: Writer, data: ReportData) -> None:
    """The motions of a period under the goals that their items support."""
    writer.title(_("Decisions by goal"), kicker=period_words(data))
    found = decisions(data.meetings)
    if not found:
        writer.quiet(_("No motion is on record in this time."))
        return
    groups, others = by_goal(data.book, found)
    words = ngettext(
        "Of {all} motion, {linked} bore on a goal of the plan.",
        "Of {all} motions, {linked} bore on a goal of the plan.",
        len(found),
    )
    writer.p(words.format(all=len(found), linked=len(found) - len(others)), writer.styles.lead)
    if without := [goal_name(goal) for goal, rows in groups if not rows]:
        names = "; ".join(writer.setter.name(name, 90).rstrip(".") for name in without)
        writer.p(_("No motion on: {goals}.").format(goals=names), writer.styles.note)
    columns = _by_goal()
    table = columns.begin(writer)
    for name, rows in (*((goal_name(goal), rows) for goal, rows in groups), (_("Not linked to a goal"), others)):
        if rows:
            columns.add(writer, table, (_Decided(None, one) for one in rows), writer.setter.name(name, 120))


class _Decided(NamedTuple):
    goal: GoalCard | None
    one: Decision


def decision_sheet(data: ReportData) -> Table:
    """A motion a line of a spreadsheet, under each goal that it bears on."""
    groups, others = by_goal(data.book, decisions(data.meetings))
    rows = [_Decided(goal, one) for goal, under in groups for one in under]
    return _by_goal().sheet(_("Decisions by goal"), [*rows, *(_Decided(None, one) for one in others)])


def _by_goal() -> Columns[_Decided]:
    return Columns(
        Column(_("Goal number"), lambda row: row.goal.number if row.goal else ""),
        Column(_("Goal"), lambda row: row.goal.name if row.goal else ""),
        Column(_("Date"), lambda row: row.one.on, DATE),
        Column(_("Meeting"), lambda row: row.one.meeting.name, cell=lambda w, row: w.cell(day(row.one.on)), width=80),
        Column(_("Item"), lambda row: row.one.item.number),
        Column(_("Subject"), lambda row: row.one.item.title),
        Column(
            _("Motion"), lambda row: plain(row.one.motion.text), cell=lambda w, row: motion_cell(w, row.one), width=0
        ),
        Column(
            _("Result"), lambda row: word(row.one.motion.result), cell=lambda w, row: _result(w, row.one), width=118
        ),
    )
