"""Reports on meetings as tables for a spreadsheet."""

from __future__ import annotations

from planstudio.domain.board_actions import Decision, by_goal, decisions
from planstudio.domain.board_time import day_of, time_rows
from planstudio.domain.kinds import TimeUse
from planstudio.domain.reporting import ColumnKind, ReportData, Table, Value
from planstudio.domain.words import word
from planstudio.i18n import _
from planstudio.reports.tables import columns
from planstudio.reports.wording import said
from planstudio.richtext import plain

_NUMBER, _DATE = ColumnKind.NUMBER, ColumnKind.DATE


def votes(data: ReportData) -> Table:
    """A motion a row, a member a column."""
    found = decisions([data.meeting] if data.meeting else [])
    members = list(dict.fromkeys(vote.person for one in found for vote in one.motion.votes))
    heads = columns((_("Date"), _DATE), _("Item"), _("Subject"), _("Motion"), _("Moved by"), _("Seconded by"))
    rows: list[tuple[Value, ...]] = []
    for one in found:
        cast = {vote.person: said(vote.choice) for vote in one.motion.votes}
        rows.append((
            one.on, one.item.number, one.item.title, plain(one.motion.text), one.motion.mover, one.motion.seconder,
            *(cast.get(member, "") for member in members), word(one.motion.result),
        ))  # fmt: skip
    return Table(_("Vote record"), (*heads, *columns(*members), *columns(_("Result"))), tuple(rows))


def decisions_by_goal(data: ReportData) -> Table:
    heads = columns(
        _("Goal number"), _("Goal"), (_("Date"), _DATE), _("Meeting"), _("Item"), _("Subject"), _("Motion"),
        _("Result"),
    )  # fmt: skip
    groups, others = by_goal(data.book, decisions(data.meetings))
    rows = [_decided(goal.number, goal.name, one) for goal, under in groups for one in under]
    rows += [_decided("", "", one) for one in others]
    return Table(_("Decisions by goal"), heads, tuple(rows))


def _decided(number: str, name: str, one: Decision) -> tuple[Value, ...]:
    motion = one.motion
    return (
        number, name, one.on, one.meeting.name, one.item.number, one.item.title, plain(motion.text), word(motion.result)
    )  # fmt: skip


def time_use(data: ReportData) -> Table:
    heads = columns(
        (_("Date"), _DATE), _("Meeting"), _("Item"), _("Subject"), (_("Minutes planned"), _NUMBER),
        (_("Minutes recorded"), _NUMBER), (_("Minutes counted"), _NUMBER), _("Category"),
        (_("On student outcomes"), _NUMBER), _("Goals"),
    )  # fmt: skip
    meetings = [data.meeting] if data.meeting else data.meetings
    rows = []
    for row in time_rows(meetings):
        item, counted = row.item, row.minutes if row.counted else 0
        on_outcomes = counted if item.time_use is not TimeUse.OTHER else 0
        rows.append((
            day_of(row.meeting), row.meeting.name, item.number, item.title, item.minutes, item.actual, counted,
            word(item.time_use), on_outcomes, ", ".join(link.label for link in item.goals),
        ))  # fmt: skip
    return Table(_("Use of time"), heads, tuple(rows))
