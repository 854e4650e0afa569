"""What is missing in a plan or does not hold together, kind by kind, and what was looked for and not found."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.cards import PlanBook
from planstudio.domain.gaps import Finding, Gap, findings
from planstudio.domain.reporting import ReportData, Table
from planstudio.domain.words import table_word
from planstudio.i18n import _, long_date, medium_date, ngettext
from planstudio.reports.columns import DATE, Column, Columns
from planstudio.reports.wording import said
from planstudio.reports.writer import Writer
from taggedpdf.box import Box


def data_quality(writer: Writer, book: PlanBook, meetings: Sequence[MeetingCard]) -> None:
    """Every gap with the element it is at."""
    writer.title(_("What is missing in this plan"), kicker=book.plan.title)
    found = findings(book, meetings)
    seen = {finding.gap for finding in found}
    if found:
        words = ngettext(
            "{n} thing to look at, of {kinds} kind. As of {date}.",
            "{n} things to look at, of {kinds} kinds. As of {date}.",
            len(found),
        )
        moment = book.as_of or long_date(book.today)
        writer.p(words.format(n=len(found), kinds=len(seen), date=moment), writer.styles.lead)
    else:
        writer.p(_("Nothing is missing of all that was looked for."), writer.styles.lead)
    if good := [said(gap).lower() for gap in Gap if gap not in seen]:
        writer.p(_("Looked for and not found: {kinds}.").format(kinds="; ".join(good)), writer.styles.note)
    if not meetings:
        writer.p(_("There are no meetings, so agendas could not be looked at."), writer.styles.note)
    for gap in Gap:
        if rows := [finding for finding in found if finding.gap is gap]:
            _group(writer, gap, rows)


def sheet(data: ReportData) -> Table:
    """Every gap on a line of a spreadsheet."""
    return _columns().sheet(_("What is missing"), findings(data.book, data.meetings))


def _columns(*last: Column[Finding]) -> Columns[Finding]:
    return Columns(
        Column(_("What is missing"), lambda one: said(one.gap)),
        Column(_("Element"), lambda one: table_word(one.table), width=84),
        Column(_("Number"), lambda one: one.number, width=44),
        Column(_("Name"), lambda one: one.name, cell=_name, width=0),
        Column(_("What is asked, or nearly the same as"), lambda one: one.other),
        Column(_("Last update"), lambda one: one.on, DATE),
        *last,
    )


def _name(writer: Writer, one: Finding) -> Box:
    return writer.cell(writer.setter.name(one.name, 200) or _("without a name"))


def _group(writer: Writer, gap: Gap, rows: Sequence[Finding]) -> None:
    """The findings of one kind; of some kinds a last column says more."""
    writer.subtitle(f"{said(gap)}: {len(rows)}")
    columns = _columns(*{
        Gap.DOUBTFUL: [Column[Finding](_("What is asked"), cell=_asked, width=240)],
        Gap.ALIKE: [Column[Finding](_("Says nearly the same as"), cell=_other, width=150)],
        Gap.OUTDATED: [Column[Finding](_("Last update"), cell=_other, width=150)],
    }.get(gap, []))  # fmt: skip
    columns.write(writer, rows)


def _asked(writer: Writer, one: Finding) -> Box:
    return writer.cell((medium_date(one.on) if one.on else one.other) or "–")


def _other(writer: Writer, one: Finding) -> Box:
    return writer.cell((medium_date(one.on) if one.on else writer.setter.name(one.other, 200)) or "–")
