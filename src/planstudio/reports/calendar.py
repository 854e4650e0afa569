"""The monitoring calendar: what is reported to the board in which month. It needs a wide page.

Twelve months stand beside each other; a longer calendar goes on below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import PlanBook
from planstudio.domain.monitored import LEAST_MONTHS, Cell, Line, cell, lines, months
from planstudio.i18n import _, long_date, month_name, month_year, near_date, ngettext
from planstudio.reports import standings
from planstudio.reports.goal_names import goal_label
from planstudio.reports.marks import Mark, mark_code
from planstudio.reports.wording import said
from planstudio.reports.writer import Writer
from taggedpdf.box import Box
from taggedpdf.canvas import TaggedCanvas

_ABREAST = 12
_NAME, _SIGN = 120.0, 9.5  # the width of names, the size of signs


class Sign(Box):
    """A mark on a line of its own, above its word."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark

    def wrap(self, width: float) -> float:
        return _SIGN + 2

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        r = _SIGN * 0.38
        canvas.put_text(f"/Artifact BMC {mark_code(self.mark, x + r, top - _SIGN * 0.6, r)} EMC")


def calendar(writer: Writer, book: PlanBook, rows: Sequence[MonitoringRow]) -> None:
    """Goals and other subjects by month."""
    writer.title(_("Monitoring calendar"), kicker=book.plan.title)
    if not rows:
        writer.quiet(_("Nothing is on the monitoring calendar yet."))
        return
    shown = months(rows, book.today)
    writer.p(calendar_sentence(rows, shown, book), writer.styles.lead)
    key = _("Done: reported, with the day. Now: due this month. Missed: the month has passed without a report.")
    writer.p(" ".join(filter(None, (key, unplanned(book, rows), _short(rows)))), writer.styles.note)
    found = lines(book.goals, rows)
    for start in range(0, len(shown), _ABREAST):
        part = shown[start : start + _ABREAST]
        here = [line for line in found if start == 0 or any(month in line.entries for month in part)]
        _months(writer, book, here, part)


def calendar_sentence(rows: Sequence[MonitoringRow], shown: Sequence[date], book: PlanBook) -> str:
    count = {state: sum(cell(row, book.today) is state for row in rows) for state in Cell}
    words = ngettext(
        "{all} report in {months} months: {done} done, {missed} missed, {coming} to come. As of {date}.",
        "{all} reports in {months} months: {done} done, {missed} missed, {coming} to come. As of {date}.",
        len(rows),
    )
    return words.format(
        all=len(rows), months=len(shown), done=count[Cell.DONE], missed=count[Cell.MISSED],
        coming=count[Cell.NOW] + count[Cell.PLANNED], date=book.as_of or long_date(book.today),
    )  # fmt: skip


def unplanned(book: PlanBook, rows: Sequence[MonitoringRow]) -> str:
    """The goals that are on no month of the calendar."""
    names = [goal_label(goal) for goal in book.goals if not any(row.goal_id == goal.id for row in rows)]
    return _("Without a month: {goals}.").format(goals=", ".join(names)) if names else ""


def _short(rows: Sequence[MonitoringRow]) -> str:
    first, last = min(row.month for row in rows), max(row.month for row in rows)
    covered = (last.year - first.year) * 12 + last.month - first.month + 1
    if covered >= LEAST_MONTHS:
        return ""
    words = ngettext(
        "The entries cover {n} month; a calendar should cover {least} or more.",
        "The entries cover {n} months; a calendar should cover {least} or more.",
        covered,
    )
    return words.format(n=covered, least=LEAST_MONTHS)


def _months(writer: Writer, book: PlanBook, found: Sequence[Line], shown: Sequence[date]) -> None:
    writer.subtitle(_("{first} to {last}").format(first=month_year(shown[0]), last=month_year(shown[-1])))
    if not found:
        writer.quiet(_("Nothing is planned in these months."))
        return
    each = (writer.grid.text - _NAME) / _ABREAST
    table = writer.table([_NAME] + [each] * len(shown))
    table.set_head(writer.heads(_("Subject"), *(month_name(month) for month in shown)))
    label = {goal.id: goal_label(goal) for goal in book.goals}
    for line in found:
        name: list[Box] = [writer.cell(writer.setter.name(line.subject, 90) or _("Without a subject"))]
        if line.goal_id:
            name.insert(0, writer.cell(label[line.goal_id], writer.styles.cell_bold))
        table.add_row([name, *(_cell(writer, line.entries.get(month, ()), book.today) for month in shown)])


def _cell(writer: Writer, entries: Sequence[MonitoringRow], today: date) -> list[Box] | None:
    """Each entry of a month: a sign, its word, and the day of a report."""
    boxes: list[Box] = []
    for row in entries:
        state, look = cell(row, today), writer.styles.cell_quiet
        mark, words = standings.MARKS[state], _("Now") if state is Cell.NOW else said(state)
        boxes += [Sign(mark), writer.cell(words, replace(look, font="Sans-B", color=mark.color))]
        if row.reported_on:
            boxes.append(writer.cell(near_date(row.reported_on, row.reported_on), look))
    return boxes or None
