"""What the board's time went to: by category, by meeting, and item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planstudio.domain.agenda import OUTCOME_SHARE, AgendaItemCard, MeetingCard
from planstudio.domain.board_time import TimeRow, TimeSum, by_category, day_of, time_rows, total
from planstudio.domain.kinds import TimeUse
from planstudio.domain.monitored import Met
from planstudio.domain.reporting import ReportData, Table
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, ngettext, pgettext
from planstudio.reports import standings
from planstudio.reports.columns import DATE, NUMBER, Column, Columns
from planstudio.reports.style import S2
from planstudio.reports.wording import day, period_words
from planstudio.reports.writer import Writer
from taggedpdf.box import Box


def time_use(writer: Writer, data: ReportData) -> None:
    """The minutes of one meeting, or of all of a period."""
    meetings = [data.meeting] if data.meeting else list(data.meetings)
    kicker = meeting_words(data.meeting) if data.meeting else period_words(data)
    writer.title(_("How the board used its time"), kicker=kicker)
    rows = time_rows(meetings)
    found = total(rows)
    if not found.actual and not found.planned:
        writer.quiet(_("No minutes are planned or recorded, so nothing can be said about the use of time."))
        return
    writer.p(time_sentence(found), replace(writer.styles.lead, keep=True))
    words = _("The share is reached") if found.reached else _("The share is not reached")
    standings.line(writer, standings.MARKS[Met.MET if found.reached else Met.NOT_MET], words)
    writer.p(_rules(rows, found), writer.styles.note)
    _categories(writer, rows)
    if len(meetings) > 1:
        _by_meeting(writer, meetings)
    for meeting in meetings:
        _items(writer, meeting, [row for row in rows if row.meeting is meeting])


def meeting_words(meeting: MeetingCard) -> str:
    day = day_of(meeting)
    return f"{meeting.name}, {long_date(day)}" if day else meeting.name


def time_sentence(found: TimeSum) -> str:
    words = ngettext(
        "{outcome} of {taken} minute went to student outcomes: {share}. The aim is {least} or more.",
        "{outcome} of {taken} minutes went to student outcomes: {share}. The aim is {least} or more.",
        found.actual,
    )
    share, least = _percent(share_words(found)), _percent(str(OUTCOME_SHARE))
    return words.format(outcome=found.outcome, taken=found.actual, share=share, least=least)


def _percent(share: str) -> str:
    """A share in words; the number stays with its unit."""
    return _("{share} percent").format(share=share).replace(" ", "\u00a0")


def share_words(found: TimeSum) -> str:
    """The share in whole percents; one that falls short of the aim is not rounded up to it."""
    if found.share is None:
        return "–"
    return str(round(found.share) if found.reached else min(round(found.share), OUTCOME_SHARE - 1))


def _rules(rows: Sequence[TimeRow], found: TimeSum) -> str:
    said = [_("Setting and monitoring goals and guardrails count as time on student outcomes.")]
    if found.estimated:
        said.append(_("Where no time was recorded, the planned minutes count; they are marked with an asterisk."))
    if any(not row.counted for row in rows):
        said.append(_("Public hearings are listed, but not counted."))
    return " ".join(said)


def _categories(writer: Writer, rows: Sequence[TimeRow]) -> None:
    writer.subtitle(_("By category"))
    found = total(rows)
    table = writer.table([220.0, 80.0, 80.0])
    table.set_head(writer.heads(_("Category"), pgettext("length of time", "Minutes"), _("Percent"), numbers=[1, 2]))
    for use, count in by_category(rows).items():
        share = f"{round(count / found.actual * 100)}%" if found.actual else "–"
        table.add_row([writer.cell(word(use)), *writer.cells(str(count), share, look=writer.styles.number)])
    outcome = (_("Student outcomes"), found.outcome, share_words(found))
    for name, count, share in (outcome, (_("All"), found.actual, "100" if found.actual else "–")):
        numbers = writer.cells(str(count), f"{share}%" if share != "–" else share, look=writer.styles.number_bold)
        table.add_row([writer.cell(name, writer.styles.cell_bold), *numbers])


def _by_meeting(writer: Writer, meetings: Sequence[MeetingCard]) -> None:
    writer.subtitle(_("By meeting"))
    table = writer.table([84.0, 0.0, 62.0, 62.0, 74.0, 62.0])
    heads = (_("Date"), _("Meeting"), _("Planned"), _("Taken"), _("On outcomes"), _("Percent"))
    table.set_head(writer.heads(*heads, numbers=range(2, 6)))
    look = writer.styles.number
    for meeting in meetings:
        found, on = total(time_rows([meeting])), day_of(meeting)
        share = f"{share_words(found)}%" if found.share is not None else "–"
        numbers = writer.cells(str(found.planned), str(found.actual), str(found.outcome), share, look=look)
        table.add_row([*writer.cells(day(on), meeting.name), *numbers])


def _items(writer: Writer, meeting: MeetingCard, rows: Sequence[TimeRow]) -> None:
    writer.subtitle(meeting_words(meeting))
    if not rows:
        writer.quiet(_("This meeting has no items."))
        return
    table, found, bold = _columns().write(writer, rows), total(rows), writer.styles.number_bold
    share = _("On outcomes: {n} ({share}%)").format(n=found.outcome, share=share_words(found))
    heads = writer.cells(_("All"), share, look=writer.styles.cell_bold)
    taken = writer.cell(str(found.actual), replace(bold, right=S2))
    table.add_row([*heads, writer.cell(str(found.planned), bold), taken, None, None])


def sheet(data: ReportData) -> Table:
    """Every item on a line of a spreadsheet."""
    meetings = [data.meeting] if data.meeting else data.meetings
    return _columns().sheet(_("Use of time"), time_rows(meetings))


def _columns() -> Columns[TimeRow]:
    return Columns(
        Column(_("Date"), lambda row: day_of(row.meeting), DATE),
        Column(_("Meeting"), lambda row: row.meeting.name),
        Column(_("Item"), lambda row: row.item.number, width=42, bold=True),
        Column(_("Subject"), lambda row: row.item.title, cell=_subject, width=0),
        Column(_("Planned"), None, NUMBER, _planned, width=52),
        Column(_("Taken"), None, NUMBER, _taken, width=60, right=S2),
        Column(_("Minutes planned"), lambda row: row.item.minutes, NUMBER),
        Column(_("Minutes recorded"), lambda row: row.item.actual, NUMBER),
        Column(_("Minutes counted"), _counted, NUMBER),
        Column(_("Category"), lambda row: word(row.item.time_use), cell=_category, width=124),
        Column(_("On student outcomes"), _on_outcomes, NUMBER),
        Column(_("Goals"), lambda row: ", ".join(link.label for link in row.item.goals)),
        Column(_("Goal"), cell=lambda w, row: w.cell(goal_words(row.item)), width=84),
    )


def _counted(row: TimeRow) -> int:
    return row.minutes if row.counted else 0


def _subject(writer: Writer, row: TimeRow) -> Box:
    return writer.cell(row.item.title or word(row.item.type))


def _on_outcomes(row: TimeRow) -> int:
    return 0 if row.item.time_use is TimeUse.OTHER else _counted(row)


def _planned(writer: Writer, row: TimeRow) -> Box:
    return writer.cell("–" if row.item.minutes is None else str(row.item.minutes), writer.styles.number)


def _taken(writer: Writer, row: TimeRow) -> Box:
    """The recorded minutes, or with an asterisk the planned ones."""
    item = row.item
    words = str(item.actual) if item.actual is not None else f"{row.minutes}*" if item.minutes else "–"
    return writer.cell(words, replace(writer.styles.number, right=S2))


def _category(writer: Writer, row: TimeRow) -> Box:
    look = writer.styles.cell if row.item.time_use is TimeUse.OTHER else writer.styles.cell_bold
    return writer.cell(word(row.item.time_use) if row.counted else _("Hearing, not counted"), look)


def goal_words(item: AgendaItemCard) -> str:
    return ", ".join(link.label for link in item.goals) or "–"
